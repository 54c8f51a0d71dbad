"""Supply of a nation's networks: their vendors."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from splinternet.base.shares import UNKNOWN
from splinternet.brief.chapters.teller import Teller
from splinternet.brief.document import (
    Block,
    Chapter,
    Column,
    Paragraph,
    Picture,
    Points,
    Subheading,
    Table,
)
from splinternet.brief.facts.asked import NOTHING
from splinternet.supply.ban_words import ban_sentences
from splinternet.supply.words import figure_words, is_uncertain

__all__ = ["supply"]

#: Which measures stand in which table, by a part of their names.
_TABLES = {
    "vendors": ["share of equipment", "equipment from", "HHI of vendors"],
    "parts": ["part of", "reach among"],
    "cables": ["cables", "landing points"],
    "finance": ["finance"],
    "positions": ["position"],
    "acts": ["own acts"],
}

#: Measures whose figures are drawn as bars: of addresses where nothing is known of users.
_DRAWN = ("share of equipment", "reach among users", "reach among addresses")


def supply(tell: Teller) -> Chapter:
    """Tell who builds a nation's networks, as intervals with their works."""
    figures = tell.brief.supplied.figures
    blocks = (
        tuple(_known(tell, figures))
        if figures.height
        else (Paragraph(tell("supply.none"), (_note(tell),)),)
    )
    gaps = (
        Subheading(tell("supply.gaps")),
        Points((tell.brief.supplied.coverage, *tell.brief.supplied.gaps), (_note(tell),)),
    )
    return Chapter("supply", tell("supply.title"), (*_bans(tell), *blocks, *gaps))


def _bans(tell: Teller) -> Iterator[Block]:
    """Tell what the bans of the scenario reach, and how routes here are to be read."""
    asked = tell.brief.asked
    for answer in tell.brief.bans:
        yield Subheading(tell("supply.banned", vendor=answer.vendor))
        yield Points(tuple(said for said in ban_sentences(answer)))
    if tell.brief.bans:
        removed = asked.world.networks.height < asked.standing.networks.height
        yield Paragraph(tell("supply.strictly" if removed else "supply.reported"))
        yield Subheading(tell("supply.after_bans"))


def _note(tell: Teller) -> int:
    return tell.note("vendors", f"vendors {tell.brief.country}", NOTHING)


def _known(tell: Teller, figures: pl.DataFrame) -> Iterator[Block]:
    note = _note(tell)
    yield Paragraph(tell("supply.intro", ledger=tell.brief.ledger.title), (note,))
    yield Paragraph(tell("supply.words"), small=True)
    yield from _bars(tell, figures, note)
    for name, measures in _TABLES.items():
        among = figures["measure"].str.contains_any(measures)
        if among.any():
            yield _table(tell, name, figures.filter(among), note)


def _table(tell: Teller, name: str, figures: pl.DataFrame, note: int) -> Table:
    columns = ("measure", "tie", "figure", "dated", "works")
    rows = tuple(
        (
            row["measure"],
            row["tie"],
            _figure(tell, row["least"], row["most"], row["unit"], row["kind"]),
            row["dated"] or UNKNOWN,
            tell.works(row["sources"]) or tell("supply.counted"),
        )
        for row in figures.iter_rows(named=True)
    )
    return Table(
        tell(f"supply.tables.{name}"),
        tuple(Column(tell(f"supply.{each}"), wide=each == "tie") for each in columns),
        rows,
        (note,),
    )


def _figure(tell: Teller, least: float, most: float | None, unit: str, kind: str | None) -> str:
    """Write a figure; what is not a fact is told so."""
    words = figure_words(least, most, unit)
    return tell("supply.uncertain", figure=words, kind=kind) if is_uncertain(words, kind) else words


def _bars(tell: Teller, figures: pl.DataFrame, note: int) -> Iterator[Picture]:
    """Draw vendors' shares of equipment, and what is behind operators that use them."""
    drawn = figures.filter(pl.col("unit") == "%", pl.col("measure").is_in(_DRAWN))
    if (drawn["measure"] == _DRAWN[1]).any():
        drawn = drawn.filter(pl.col("measure") != _DRAWN[2])  # bars of both would be called alike
    if not drawn.height:
        return
    low, high = pl.col("least") / 100, pl.col("most") / 100
    yield Picture(
        key="vendors",
        kind="bars",
        # A figure that is an interval has no middle that anybody stated.
        frame=drawn.select(
            label="tie",
            value=pl.when(low == high).then(low),
            low=pl.when(low != high).then(low),
            high=pl.when(low != high).then(high),
        ),
        title=tell("supply.bars"),
        notes=(note,),
    )
