"""Brief on a nation: figures and facts, not yet their words or layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from html import escape
from typing import Any, TypeVar, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Choices, Counting, Routing, Weights, Where
from splinternet.base.countries import country_code
from splinternet.base.texts import nation_called, phrase
from splinternet.brief.facts.after import figures_after
from splinternet.brief.facts.asked import FIGURES as FIGURES_TAKEN
from splinternet.brief.facts.asked import TAKES, Asked, Missing, attempt, compared_by
from splinternet.brief.facts.carriers import Carried, carried
from splinternet.brief.facts.changes import FIGURES, changes, evidence
from splinternet.brief.facts.diverting import Diverting, diverting
from splinternet.brief.facts.front import Front, front
from splinternet.brief.facts.glance import Headline, headlines
from splinternet.brief.facts.knowledge import Knowledge, knowledge
from splinternet.brief.facts.lost import routes_lost
from splinternet.brief.facts.supply import Supplied, supplied
from splinternet.brief.facts.sureness import Sureness, at_hand, headline_doubts, sureness
from splinternet.brief.facts.timeline import Timeline, timeline
from splinternet.brief.facts.watch import Watch, watch
from splinternet.brief.facts.what_ifs import WhatIf, what_ifs
from splinternet.figures.shipped import Figures, nearest_figures, shipped_figures
from splinternet.figures.standing import carrier_ends, with_standing
from splinternet.ledger.catalogue import LedgerLike, ledger_of
from splinternet.ledger.ledger import Ledger
from splinternet.measures.nation import carriers_by, ends
from splinternet.measures.observers import observing
from splinternet.measures.resampling import Draws
from splinternet.routing.sweep import Progress
from splinternet.supply.bans import BanAnswer
from splinternet.world.learned import as_routed
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = ["CountryBrief", "make_brief", "usual_weights"]

_Result = TypeVar("_Result")

#: Types of the figures that the first screen is about, of which a nation may have none.
_FIGURES = {
    **dict.fromkeys(
        (
            "dependence",
            "foreign_dependence",
            "state_share",
            "control_points",
            "reliability",
            "continuity",
            "detours",
        ),
        pl.Float64(),
    ),
    **dict.fromkeys(("dependence_on", "foreign_dependence_on", "reliability_of"), pl.UInt32()),
    **dict.fromkeys(("state", "detours_through"), pl.String()),
}


@dataclass(frozen=True, eq=False)
class CountryBrief:
    """On whom a nation's Internet depends, how far that is known, and how to redo it.

    Attributes
    ----------
    asked
        The nation, the world and the choices.
    knowledge
        What the world knows.
    headlines
        Five figures, with their rank.
    carried
        Who carries its traffic, or why that cannot be said.
    watch
        Who could watch it, or cut it.
    diverting
        Who could divert it, and whose filtering would help.
    sureness
        How sure its headlines are.
    what_ifs
        Five scenarios, before and after.
    supplied
        Who builds its networks.
    timeline
        Its ties and the laws about them.
    changes
        Its figures over time, None where there are no two worlds.
    followed
        The provenance of the worlds that these are of.
    atlas
        All nations side by side, None where that is not at hand.
    ledger
        Where ties and supplies are from.
    bans
        What the bans of the scenario reach, if it has any.
    lost
        The part of its routes that the scenario takes away, None without one.
    pending
        Names of the facts that are not found yet, in a draft.
    """

    asked: Asked
    knowledge: Knowledge
    headlines: tuple[Headline, ...]
    carried: Carried | Missing
    watch: Watch
    diverting: Diverting
    sureness: Sureness
    what_ifs: tuple[WhatIf, ...]
    supplied: Supplied
    timeline: Timeline
    changes: pl.DataFrame | None
    followed: tuple[Manifest, ...]
    atlas: pl.DataFrame | None
    ledger: Ledger
    bans: tuple[BanAnswer, ...] = ()
    lost: float | None = None
    pending: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<CountryBrief on {self.country} in {self.manifest.name}>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, for notebooks."""
        from splinternet.brief.page import page  # it draws all charts

        shown = escape(page(self), quote=True)
        title = escape(phrase("notebook.brief.title", nation=nation_called(self.country)))
        return f'<iframe srcdoc="{shown}" width="100%" height="640" title="{title}"></iframe>'

    @property
    def country(self) -> str:
        """The nation's code."""
        return self.asked.country

    @property
    def manifest(self) -> Manifest:
        """The provenance of the world."""
        return self.asked.world.manifest

    @property
    def others(self) -> Figures | None:
        """Shipped figures whose nations stand beside its own, where it has no atlas."""
        return None if self.atlas is not None else nearest_figures(self.manifest.date)

    @property
    def front(self) -> Front:
        """First screen, among the nations of the atlas or of the nearest shipped."""
        if self.atlas is not None:
            known = self.asked.full
            nations = with_standing(self.atlas, known.table("states") if known else None)
            own = nations.filter(pl.col("country") == self.country)
            beside = self._beside(next(own.iter_rows(named=True), {}))
            return front(nations, self.country, beside, self.lost)
        row = self._row
        own = pl.DataFrame([row], schema_overrides=_FIGURES)
        if self.others is None:
            return front(own, self.country, self._beside(row), self.lost)
        others = self.others.nations.filter(pl.col("country") != self.country)
        own = own.cast({n: t for n, t in others.schema.items() if n in own.columns})
        every = pl.concat([others, own], how="diagonal")
        return front(every, self.country, self._beside(row), self.lost)

    def _beside(self, row: dict[str, Any]) -> dict[str, Any]:
        """Intervals and doubts of the figures of the nation's row of an atlas."""
        own = carrier_ends(row, self.sureness.of)
        return self.sureness.ends(row) | own | headline_doubts(self.carried, row)

    @property
    def _row(self) -> dict[str, Any]:
        """The nation's own row of an atlas, as far as the first screen needs it."""
        figures = {each.figure: each.value for each in self.headlines}
        about = {each.figure: each.of for each in self.headlines}
        largest = None if isinstance(self.carried, Missing) else self.carried.largest
        detours = self.watch.detours
        return {
            "country": self.country,
            "networks": self.knowledge.networks,
            **figures,
            "foreign_dependence_on": about["foreign_dependence"],
            "state": about["state_share"],
            "reliability_of": about["reliability"],
            "dependence": largest.inbound if largest else None,
            "dependence_on": largest.asn if largest else None,
            "detours": None if isinstance(detours, Missing) else detours["share"].first(),
            "detours_through": None,
        }

    @property
    def was_followed(self) -> bool:
        """Whether a world of any date has figures of the nation, to tell how they changed."""
        return self.changes is not None and any(self.changes[name].count() for name in FIGURES)


@typed
def make_brief(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    called: str | None = None,
    scenario: str | None = None,
    before: World | None = None,
    bans: Sequence[BanAnswer] = (),
    atlas: pl.DataFrame | None = None,
    worlds: Sequence[World] = (),
    ledger: LedgerLike | None = None,
    draws: Draws | None = None,
    draft: Callable[[CountryBrief], None] | None = None,
    listed: str | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> CountryBrief:
    """Compute what a brief on a nation says.

    Whatever cannot be computed (a nation of one network has no traffic within it) is missing there
    with its reason, and the rest is as ever.

    Parameters
    ----------
    world
        The world. It may have no network of the nation.
    country
        Code or English name.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. Where neither ``counting`` nor ``weights`` is given, a
        network of the nation counts its addresses, or one where the world knows no addresses of
        the nation. ``by`` organisation or owner adds the shares of these, ``observers`` what they
        could see.
    called
        Name or folder by which the command line finds the world, if not the manifest's name.
    scenario
        Name or file by which it finds the scenario that the world is after, if any.
    before, bans
        The world before that, by which operators are weighed, and what the bans in it reach.
    atlas
        All nations side by side, in this world and by these rules, for ranks; that of a shipped
        digest by default.
    worlds
        Worlds of several dates, of one kind, to follow the nation through.
    ledger
        Who is tied to whom; the shipped one by default.
    draws
        Worlds to draw for intervals of its headlines; without them intervals hold what other rules
        give, and no more.
    listed
        File by which the command line finds the ``vantages``, if they are listed in one.
    draft
        Told of the brief before each step, with the facts that are found by then.
    progress
        Told of steps done, of all. It may raise an exception to end the work.

    Raises
    ------
    MisuseError
        If there is no such country, choice, vantage or observer, or ``worlds`` are not of one kind.
    WorldError
        If the world does not know by what the nation's networks, or those abroad, are to count.

    Examples
    --------
    >>> brief = make_brief(world, "CU", observers=["US"])
    >>> brief.watch.asked["observer"].first()
    'US'
    """
    code = country_code(country)
    by_default = counting is None and "weights" not in choices
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    if by_default:
        counting = replace(counting, weights=usual_weights(world, code, counting.where))
    rules = compared_by(routing, counting)
    figures: Figures | None = shipped_figures(world, rules)
    if figures is None and before is not None and world.manifest.after:
        figures = figures_after(before, world, code, FIGURES_TAKEN.said(routing, counting))
    asked = Asked(
        world,
        code,
        routing,
        counting,
        called or world.manifest.name,
        scenario,
        listed,
        figures=figures,
        before=before,
    )
    _check(asked, unless=Counting(weights=counting.weights) if by_default else Counting())
    steps = _Steps(asked, progress)
    opened = ledger_of(ledger)
    known = asked.full
    followed = steps.do(lambda step: changes(step, worlds))
    built = steps.do(lambda step: supplied(step, opened))
    brief = CountryBrief(
        asked=asked,
        knowledge=knowledge(world, code),
        headlines=(),
        carried=_PENDING,
        watch=Watch(None, *[_PENDING] * 5),
        diverting=Diverting(_PENDING, _PENDING),
        sureness=at_hand(asked, draws),
        what_ifs=(),
        supplied=built,
        timeline=timeline(opened, code, date.fromisoformat(world.manifest.date)),
        changes=followed,
        followed=evidence(asked, followed, worlds),
        atlas=atlas if atlas is not None or known is None else known.nations,
        ledger=opened,
        bans=tuple(bans),
        lost=routes_lost(before, world, code, routing),
        pending=frozenset(_LATER),
    )
    for fact, find in _LATER.items():
        if draft is not None:
            draft(brief)
        found = steps.do(partial(find, brief, draws))
        brief = replace(brief, pending=brief.pending - {fact}, **{fact: found})
    return brief


_PENDING = Missing("not found yet")

#: Facts that take their time, in the order in which they are found; each needs those before it.
_LATER: dict[str, Callable[[CountryBrief, Draws | None, Asked], Any]] = {
    "carried": lambda _brief, _draws, step: attempt(lambda: carried(step)),
    "watch": lambda brief, _draws, step: watch(step, brief.carried),
    "diverting": lambda _brief, _draws, step: diverting(step),
    "headlines": lambda brief, _draws, step: headlines(
        step, brief.carried, brief.watch.control, brief.atlas
    ),
    "what_ifs": lambda brief, _draws, step: what_ifs(step, brief.carried, brief.supplied.main),
    "sureness": lambda _brief, draws, step: sureness(step, draws),
}


def usual_weights(world: World, code: str, where: Where = Counting().where) -> Weights:
    """Weigh by addresses, or by networks where no address of the nation is known."""
    known = world.networks.filter(pl.col("country") == code)["ipv4_addresses"].sum()
    located = where == "located" and world.located.filter(pl.col("country") == code).height
    return "addresses" if known or located else "networks"


def _check(asked: Asked, unless: Counting) -> None:
    """Find before the long work what cannot be counted as is asked."""
    if asked.counting.observers is not None:
        observing(asked.world, asked.counting.observers)
    if asked.counting.by not in ("network", "state"):
        carriers_by(asked.world, asked.counting.by)
    counted = replace(asked.counting, by="network", observers=None)
    if counted != unless and asked.country in set(asked.world.networks["country"]):
        ends(asked.world, asked.country, counted)


class _Steps:
    """Does one thing after the other, and tells how far it is, in thousandths of a step."""

    #: How many there are: changes, supply, and those that take their time.
    _ALL = 2 + len(_LATER)

    def __init__(self, asked: Asked, progress: Progress | None) -> None:
        self._asked = asked
        self._progress = progress
        self._done = 0

    def do(self, compute: Callable[[Asked], _Result]) -> _Result:
        """Do one step."""
        result = compute(replace(self._asked, progress=self._part()))
        self._done += 1
        if self._progress:
            self._progress(1000 * self._done, 1000 * self._ALL)
        return result

    def _part(self) -> Progress | None:
        """Make the progress of any part of this step that of the whole, which never falls back."""
        progress = self._progress
        if progress is None:
            return None
        start, furthest = 1000 * self._done, 0

        def report(done: int, total: int) -> None:
            nonlocal furthest
            furthest = max(furthest, 999 * done // max(total, 1))
            progress(start + furthest, 1000 * self._ALL)

        return report
