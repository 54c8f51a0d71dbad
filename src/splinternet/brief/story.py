"""A brief put into words: its chapters, in the order in which a person asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial

import polars as pl

from splinternet.base.texts import phrase, texts_of
from splinternet.brief.chapters.at_hand import at_hand, map_at_hand
from splinternet.brief.chapters.carriers import carriers, lede
from splinternet.brief.chapters.changes import changes
from splinternet.brief.chapters.diverting import diverting
from splinternet.brief.chapters.front import Asked, opening
from splinternet.brief.chapters.glance import glance
from splinternet.brief.chapters.happened import in_a_sentence
from splinternet.brief.chapters.method import method
from splinternet.brief.chapters.sources import sources
from splinternet.brief.chapters.supply import supply
from splinternet.brief.chapters.tabs import KEYS, states_map, tabs
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.chapters.timeline import timeline
from splinternet.brief.chapters.watch import watch
from splinternet.brief.chapters.what_ifs import what_ifs
from splinternet.brief.country import CountryBrief
from splinternet.brief.document import Chapter, Document, Opening, Pending, Picture
from splinternet.brief.facts.after import FiguresAfter
from splinternet.brief.facts.front import front
from splinternet.brief.ranged import figure_ranged
from splinternet.brief.words import filter_line, repair_line, scenario_line
from splinternet.figures.ranges import COUNTED, ends_around
from splinternet.figures.shipped import Figures
from splinternet.figures.standing import carrier_ends, with_standing

__all__ = ["tell_at_hand", "tell_brief", "tell_draft"]

_CHAPTERS = (
    glance,
    carriers,
    watch,
    diverting,
    what_ifs,
    supply,
    timeline,
    changes,
    method,
    sources,
)


def tell_brief(brief: CountryBrief, lang: str | None = None) -> Document:
    """Put a brief into words.

    Raises
    ------
    MisuseError
        If there are no texts in this language.
    """
    tell = Teller(brief, texts_of("brief", lang))
    answers = tuple(map(_drawable, tabs(tell))) if brief.knowledge.networks else ()
    shown = {b.key for tab in answers for b in tab.blocks if isinstance(b, Picture)}
    chapters = _CHAPTERS if brief.knowledge.networks else tuple(_of_the_ledger(brief))
    return Document(
        lang=lang,
        title=tell("document.title", name=tell.country(brief.country)),
        subtitle=tell("document.subtitle", world=tell.world),
        lede=tuple(_lede(tell)),
        chapters=tuple(_drawable(chapter(tell), shown) for chapter in chapters),
        opening=_opening(tell) if brief.knowledge.networks else None,
        map=_map(tell),
        tabs=answers,
        notes=tuple(tell.notes),
    )


def _opening(tell: Teller) -> Opening:
    first = opening(tell.brief.front, tell.texts, tell.network, _asked(tell))
    return replace(first, known=tuple(_known_first(tell)))


def tell_draft(brief: CountryBrief, first: Document | None, lang: str | None = None) -> Document:
    """Put what is found of a brief into words, below a ``first`` document of what is at hand.

    Pictures that take long come with the whole brief: nobody waits for them before the first word.
    """
    tell = Teller(brief, texts_of("brief", lang))
    found = map(_drawable, tabs(tell)) if brief.knowledge.networks else ()
    told = tuple(map(_quick, found))
    name = tell.country(brief.country)
    if first is None:
        return Document(
            lang=lang,
            title=name,
            subtitle="",
            lede=(),
            chapters=(),
            opening=None,
            map=_map(tell),
            tabs=told,
            notes=tuple(tell.notes),
        )
    before = {tab.key: tab for tab in first.tabs}
    shown = tuple(before[tab.key] if tab.blocks == (Pending(),) else tab for tab in told)
    return replace(first, tabs=shown, notes=tuple(tell.notes))


def tell_at_hand(
    figures: Figures,
    country: str,
    asked: Asked,
    network: Callable[[int], str],
    lang: str | None = None,
) -> Document:
    """Put into words what shipped figures say of a nation: its first screen, and first answers."""
    texts = texts_of("brief", lang)
    nations = with_standing(figures.nations, figures.table("states"))
    beside = ends_around(figures.around.get(country, {}), figures.row(country))
    ends = partial(_carrier_ends, figures, country)
    own = nations.filter(pl.col("country") == country)
    beside |= carrier_ends(next(own.iter_rows(named=True), {}), ends)
    first = opening(front(nations, country, beside), texts, network, asked)
    told = at_hand(figures, country, texts, network, KEYS)
    drawn = map_at_hand(figures, country, texts)
    return Document(
        lang=lang,
        title=first.name,
        subtitle="",
        lede=(),
        chapters=(),
        opening=first,
        map=drawn,
        tabs=tuple(map(_drawable, told)),
    )


def _carrier_ends(
    figures: Figures, country: str, carrier: int | str, _share: float
) -> tuple[float, float] | None:
    """Range of the share of a network or a state, as it is shipped."""
    table, column = ("states", "country") if isinstance(carrier, str) else ("dependence", "asn")
    rows = figures.ranged(table, country)
    if rows is None or "share_low" not in rows.columns:
        return None
    found = rows.filter(pl.col(column) == carrier).select("share_low", "share_high").drop_nulls()
    return (float(found["share_low"][0]), float(found["share_high"][0])) if found.height else None


def _map(tell: Teller) -> Picture | None:
    """Draw the map above the tabs, if it is known who is on the routes."""
    known = tell.brief.knowledge.networks and "carried" not in tell.brief.pending
    return states_map(tell) if known else None


def _asked(tell: Teller) -> Asked:
    """Name the world, and the one whose nations stand beside its own where that is another."""
    manifest, others = tell.brief.manifest, tell.brief.others
    which = "front.world_digest" if manifest.is_digest else "front.world"
    beside = "" if others is None else tell("front.others", world=others.world.name)
    chosen = tell.brief.asked.chosen
    asked = tell("front.chosen", choices=chosen) if chosen else ""
    about = tell(which, world=manifest.name) + beside + asked
    return Asked(about, manifest.date, tell.brief.asked.counting.outside)


def _of_the_ledger(brief: CountryBrief) -> Iterator[Callable[[Teller], Chapter]]:
    """Return the chapters on a nation without networks: what does not need any."""
    if brief.supplied.figures.height:
        yield supply
    if any((brief.timeline.laws, brief.timeline.accusations, brief.timeline.deals)):
        yield timeline
    if brief.was_followed:
        yield changes
    yield from (method, sources)


def _drawable(chapter: Chapter, shown: Collection[str] = ()) -> Chapter:
    """Leave out pictures of nothing, and those that are shown elsewhere."""
    blocks = (
        block
        for block in chapter.blocks
        if not (isinstance(block, Picture) and (block.frame.is_empty() or block.key in shown))
    )
    return replace(chapter, blocks=tuple(blocks))


def _quick(chapter: Chapter) -> Chapter:
    """Put pictures off that take long to draw."""
    blocks = (
        Pending() if isinstance(block, Picture) and not block.is_quick else block
        for block in chapter.blocks
    )
    return replace(chapter, blocks=tuple(blocks))


def _known_first(tell: Teller) -> Iterator[str]:
    """Say what must be known first: after which scenario, what it led astray, what was repaired."""
    brief = tell.brief
    if after := scenario_line(brief.manifest, _levels_after(tell)):
        yield after
    yield from in_a_sentence(tell)
    if filtering := filter_line(brief.asked.world):
        yield filtering
    if repaired := repair_line(brief.manifest):
        yield repaired


def _levels_after(tell: Teller) -> str:
    """Say of a brief after a scenario on levels which they are, and what they were before."""
    moved = tell.brief.asked.figures
    if not isinstance(moved, FiguresAfter):
        return ""
    row = moved.of.row(tell.brief.country)
    ends = ends_around(moved.of.around.get(tell.brief.country, {}), row)
    said = [
        tell(f"happened.before.{figure}", value=figure_ranged(row[figure], low, high, unit))
        for figure, unit in _BEFORE.items()
        if row.get(figure) is not None
        for low, high in [(ends.get(f"{figure}_low"), ends.get(f"{figure}_high"))]
    ]
    before = tell("happened.before.said", figures=", ".join(said)) if said else ""
    return f"{phrase('what_if.levels.brief')} {before}".rstrip()


#: Figures that are told as they were before a scenario, and what each is in.
_BEFORE = {"foreign_dependence": "share", "state_share": "share", COUNTED: "networks"}


def _lede(tell: Teller) -> Iterator[str]:
    """Say what must be known first, then the most important."""
    brief = tell.brief
    yield from _known_first(tell)
    if not brief.knowledge.with_country:
        yield tell("document.no_countries", world=brief.manifest.name)
    elif not brief.knowledge.networks:
        yield tell("document.no_network", world=brief.manifest.name)
    elif not brief.knowledge.addresses and brief.asked.weights == "networks":
        yield tell("document.no_addresses", world=brief.manifest.name)
    yield from lede(tell)
