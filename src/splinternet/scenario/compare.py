"""Comparison of a world before a scenario and after it, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Carriers, Choices, Counting, Direction, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError, SplinternetError
from splinternet.base.html import html_facts
from splinternet.base.texts import country_called, phrase
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.measure import Measure
from splinternet.measures.nation import ends, ends_in_states, in_country
from splinternet.measures.together import options_of, takes_of
from splinternet.routing.changes import Change, crossing_change, passing_change, transit_change
from splinternet.routing.reroutes import Reroutes, reroutes
from splinternet.routing.sweep import Progress
from splinternet.scenario.apply import apply
from splinternet.scenario.language import ScenarioLike
from splinternet.scenario.reachability import Pairs, Reachability
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["CHOKEPOINTS", "Comparison", "NationCompared", "what_if"]

#: What a table of all figures has, besides the difference.
_GIVEN = pl.Schema(
    {
        "country": pl.String(),
        "figure": pl.String(),
        "of": pl.String(),
        "name": pl.String(),
        "unit": pl.String(),
        "before": pl.Float64(),
        "after": pl.Float64(),
    }
)

#: Measures of how few networks and links a nation hangs on.
CHOKEPOINTS = ("cut", "reliability")

#: What the comparison itself leaves open; measures may leave open more.
_TAKES = (
    "prefer", "tie_break", "links", "observed", "direction", "by", "weights", "where",
    "parties", "outside", "vantages",
)  # fmt: skip

#: Paths to list that got longer by most.
_PATHS = 20

_Row = tuple[str | None, str, str | None, str | None, str, float | None, float | None]


@dataclass(frozen=True, eq=False)
class NationCompared:
    """Changes of a scenario for a nation.

    Attributes
    ----------
    country
        Its code.
    by
        Whether ``carriers`` are networks or states.
    direction
        Direction of the routes that they are on.
    abroad, within
        Its pairs of networks with others, and its own.
    carriers
        ``asn``, ``name``, ``country``, or by state ``country`` only; ``before``, ``after`` and
        ``difference``, shares of the traffic offered before that passes them. The largest gain
        is first, the largest loss last.
    detours
        Share of the domestic traffic offered before that passes a network known to be foreign,
        before and after; None where there is no domestic traffic.
    reroutes
        What takes more links than before.
    figures
        Figures of measures: the measure, the figure, its unit, before and after; None where there
        is nothing to measure.
    """

    country: str
    by: Carriers
    direction: Direction
    abroad: Pairs
    within: Pairs
    carriers: pl.DataFrame
    detours: tuple[float, float] | None
    reroutes: Reroutes
    figures: tuple[tuple[str, str, str, float | None, float | None], ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """A world before a scenario and after it.

    Attributes
    ----------
    before, after
        The two worlds.
    pairs
        Pairs of networks: those with an end in the nation, or all if there is none.
    lost
        The pairs that lose all routes: of the nation with each country, or of each country; see
        :class:`~splinternet.scenario.reachability.Reachability`.
    nation
        What changes for the nation that was asked for.
    levels
        Where they come from if not from the two worlds, see :mod:`splinternet.scenario.levels`.
    """

    before: World
    after: World
    pairs: Pairs
    lost: pl.DataFrame
    nation: NationCompared | None
    levels: str | None = None

    def __repr__(self) -> str:
        return f"<Comparison of {self.before.manifest.name} before and after {self._after}>"

    def _repr_html_(self) -> str:
        """Table of what changes most, for notebooks."""
        names = (f'"{name}"' for name in self.after.manifest.after)
        after = phrase("notebook.changes.and").join(names)
        nation = "" if self.nation is None else country_called(self.nation.country)
        facts = {
            phrase("notebook.changes.world"): self.before.manifest.name,
            phrase("notebook.changes.after"): after or phrase("notebook.changes.a_change"),
            phrase("notebook.changes.nation"): nation,
            phrase("notebook.changes.pairs_before"): f"{self.pairs.before:,}",
            phrase("notebook.changes.pairs_after"): f"{self.pairs.after:,}",
        }
        most = self.table().sort(pl.col("difference").abs(), descending=True, nulls_last=True)
        heading = phrase("notebook.changes.heading")
        return html_facts(heading, facts, most.head(10)._repr_html_())

    @property
    def _after(self) -> str:
        return " and ".join(f'"{name}"' for name in self.after.manifest.after) or "a change"

    def table(self) -> pl.DataFrame:
        """Return every figure in one long table.

        Returns
        -------
        polars.DataFrame
            ``country``, ``figure``, ``of`` (an AS number, a country, or the two ends of a path),
            ``name``, ``unit``, ``before``, ``after``, ``difference``, and ``factor``: by what the
            figure grows, ``after`` over ``before``; null where there was nothing before. Whether
            those who take over have the capacity is not known.
        """
        nation = self.nation
        few = _pairs_rows(None, "", self.pairs) if nation is None else _nation_rows(nation)
        frames = [pl.DataFrame(list(few), schema=_GIVEN, orient="row")]
        if nation is not None:
            frames += [_carriers_frame(nation), _paths_frame(nation)]
        frames.append(_lost_frame(self.lost, nation))
        before, after = pl.col("before"), pl.col("after")
        return pl.concat(frames).with_columns(
            difference=after - before, factor=pl.when(before > 0).then(after / before)
        )


@typed
def what_if(
    before: World,
    after: World | ScenarioLike,
    country: str | None = None,
    *,
    measures: Measures | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> Comparison:
    """Compare a world with the world after a scenario.

    Parameters
    ----------
    before
        The world.
    after
        The same after a scenario, see :func:`~splinternet.scenario.apply.apply`; or the scenario,
        as that takes it.
    country
        Code or name of a nation. Without one only reachability is compared, of all.
    measures
        Measures, or their names, whose figures of the nation are set side by side; its chokepoints
        by default, and exposure where observers are named. Not used without a nation.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. ``by`` state takes some times longer than by network.
        Measures take those of the choices that make a difference to them.
    progress
        Told of destinations done and of all, for each part of the work.

    Raises
    ------
    MisuseError
        If there is no such country, measure or choice, or ``after`` has networks of its own.
    WorldError
        If the world before has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Whether there is a route at all is asked for every pair; what is carried is followed again only
    to destinations whose routes can change, see :mod:`splinternet.routing.changes`.

    Examples
    --------
    >>> what_if(later, "two-blocs", "RU").nation.country
    'RU'
    """
    asked = find_measures(_usual(counting, choices) if measures is None else measures)
    takes = takes_of("what_if", asked, _TAKES)
    options = options_of(takes, routing, counting, choices) | {"progress": progress}
    routing, counting = takes.chosen(routing, counting, choices)
    if counting.by not in ("network", "state"):
        raise MisuseError(
            f"what-if compares carriers by network or by state, not by {counting.by}; 'splinternet "
            f"depend --by {counting.by} --scenario ...' tells of either world"
        )
    if not isinstance(after, World):
        after = apply(before, after, links=routing.links)
    before, after = (as_routed(world, routing) for world in (before, after))
    change = Change.between(before, after)
    if country is None:
        known, pairs = _reachability(before, after, None)
        return Comparison(before, after, known.total(pairs), known.by_country(pairs), None)
    code = country_code(country)
    both = ends_in_states(before, code, counting)
    # What tells no progress is done beside what does: neither has work for every core at all times.
    with ExitStack() as stack:
        beside = stack.enter_context(ThreadPoolExecutor(1))
        stack.callback(beside.shutdown, cancel_futures=True)  # where the rest fails or is cancelled
        reached = beside.submit(_reachability, before, after, code)
        longer = beside.submit(reroutes, change, *both, routing=routing)
        carriers = _carriers(change, both, counting.by, routing, progress)
        detours = _detours(change, code, counting, routing, progress)
        known, pairs = reached.result()
        longest = longer.result()
    nation = NationCompared(
        country=code,
        by=counting.by,
        direction=counting.direction,
        abroad=known.abroad(pairs),
        within=known.within(pairs),
        carriers=carriers,
        detours=detours,
        reroutes=longest,
        figures=tuple(_figures(asked, before, after, code, options)),
    )
    return Comparison(before, after, known.total(pairs), known.with_each(pairs), nation)


def _usual(counting: Counting | None, choices: Choices) -> tuple[str, ...]:
    """Measures whose figures are compared where none is named."""
    observed = counting is not None and counting.observers is not None
    return (*CHOKEPOINTS, "exposure") if observed or "observers" in choices else CHOKEPOINTS


def _reachability(
    before: World, after: World, country: str | None
) -> tuple[Reachability, npt.NDArray[np.float64]]:
    known = Reachability.known(before, country)
    return known, known.after(after)


def _carriers(
    change: Change,
    both: tuple[pl.DataFrame, pl.DataFrame],
    by: Carriers,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    networks = change.world.networks
    if by == "state":
        states = networks.select("asn", group="country")
        found = crossing_change(change, states, *both, routing=routing, progress=progress).rename(
            {"group": "country"}
        )
        columns = ["country"]
    else:
        found = transit_change(change, *both, routing=routing, progress=progress).join(
            change.world.named.select("asn", "name", "country"), on="asn", how="left"
        )
        columns = ["asn", "name", "country"]
    return (
        found.with_columns(difference=pl.col("after") - pl.col("before"))
        .select(*columns, "before", "after", "difference")
        .sort("difference", "after", columns[0], descending=[True, True, False])
    )


def _detours(
    change: Change, code: str, counting: Counting, routing: Routing, progress: Progress | None
) -> tuple[float, float] | None:
    home = in_country(change.world, code, counting.where)
    if change.world.networks.filter(pl.col("asn").is_in(home.implode()))["members"].sum() < 2:
        return None
    foreign = change.world.networks.filter(pl.col("country") != code)["asn"]
    within = Counting(direction="domestic", weights=counting.weights, where=counting.where)
    both = ends(change.world, code, within)
    return passing_change(change, foreign, *both, routing=routing, progress=progress)


def _figures(
    measures: Iterable[Measure], before: World, after: World, code: str, options: dict[str, Any]
) -> Iterator[tuple[str, str, str, float | None, float | None]]:
    """Yield the figures of measures that are numbers, before and after."""
    for measure in measures:
        taken = measure.only(options)
        found = [_summary(measure, world, code, taken) for world in (before, after)]
        for figure in measure.figures:
            then, now = (each.get(figure.name) for each in found)
            if figure.is_number:
                yield measure.name, figure.name, figure.unit, then, now


def _summary(measure: Measure, world: World, code: str, options: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(measure.summary(measure.table(world, code, **options), code))
    except SplinternetError:
        return {}  # nothing is left to measure


def _pairs_rows(country: str | None, side: str, pairs: Pairs) -> Iterator[_Row]:
    end = f"_{side}" if side else ""
    yield country, f"pairs{end}", None, None, "pairs", pairs.before, pairs.after
    yield country, f"reached{end}", None, None, "share", pairs.share_before, pairs.share_after
    yield (
        country, f"reached{end}_addresses", None, None, "share",
        pairs.addresses_before, pairs.addresses_after,
    )  # fmt: skip


def _nation_rows(nation: NationCompared) -> Iterator[_Row]:
    code = nation.country
    yield from _pairs_rows(code, "abroad", nation.abroad)
    yield from _pairs_rows(code, "domestic", nation.within)
    if nation.detours is not None:
        yield code, "detours", None, None, "share", *nation.detours
    yield code, "longer_paths", None, None, "share", 0.0, nation.reroutes.longer
    for measure, figure, unit, before, after in nation.figures:
        yield code, f"{measure}.{figure}", None, None, unit, before, after


def _carriers_frame(nation: NationCompared) -> pl.DataFrame:
    by_state = nation.by == "state"
    return nation.carriers.select(
        country=pl.lit(nation.country),
        figure=pl.lit(f"{nation.direction}_passes"),
        of=pl.col("country") if by_state else pl.format("AS{}", "asn"),
        name=pl.lit(None) if by_state else pl.col("name"),
        unit=pl.lit("share"),
        before="before",
        after="after",
    ).cast(_GIVEN)


def _paths_frame(nation: NationCompared) -> pl.DataFrame:
    return (
        nation.reroutes.paths.head(_PATHS)
        .select(
            country=pl.lit(nation.country),
            figure=pl.lit("path"),
            of=pl.format("AS{} AS{}", "source", "destination"),
            name=pl.lit(None),
            unit=pl.lit("links"),
            before="before",
            after="after",
        )
        .cast(_GIVEN)
    )


def _lost_frame(lost: pl.DataFrame, nation: NationCompared | None) -> pl.DataFrame:
    return lost.select(
        country=pl.col("country") if nation is None else pl.lit(nation.country),
        figure=pl.format("pairs_{}", "side") if nation is None else pl.lit("pairs_with"),
        of=pl.lit(None) if nation is None else pl.col("country"),
        name=pl.lit(None),
        unit=pl.lit("pairs"),
        before="pairs",
        after=pl.col("pairs") - pl.col("lost"),
    ).cast(_GIVEN)
