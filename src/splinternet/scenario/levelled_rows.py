"""Figures of a nation after a scenario as one row: on levels, with ranges and doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from splinternet.figures.ranges import ends_around
from splinternet.figures.shipped import Figures
from splinternet.measures.doubt_column import read_doubts, write_doubts
from splinternet.measures.measure import Measure
from splinternet.scenario.comparison import BothTables
from splinternet.scenario.headlines import Headlines, has_headlines, headlines_after
from splinternet.scenario.moving import moved
from splinternet.scenario.ruled import BothFigures, ends_by_rule
from splinternet.world.world import World

__all__ = ["BEFORE", "DIFFERENCE", "ByRule", "Sides", "row_on_levels", "rows_table"]

#: What a column of a figure before begins with, and one of its change.
BEFORE, DIFFERENCE = "before_", "difference_"

#: Figures of a measure by the asked rule and by each other one, headlines as they are moved.
ByRule = Callable[[Measure, Headlines | None], Sequence[BothFigures]]

#: What ranges of a row are of: names of the ends, and what their column begins with.
_ENDS = {"before": BEFORE, "after": "", "difference": DIFFERENCE}


@dataclass(frozen=True, eq=False)
class Sides:
    """A nation before a scenario and after it.

    Attributes
    ----------
    country
        Its code.
    world
        The digest before.
    then, now
        Its figures in the digest before and after.
    figures
        What is shipped of the full world; None where nothing is.
    tables
        The tables of a measure.
    by_rule
        Figures by every rule, where ranges of what comes after are wanted; else nothing.
    """

    country: str
    world: World
    then: Mapping[str, Any]
    now: Mapping[str, Any]
    figures: Figures | None
    tables: Callable[[Measure], BothTables]
    by_rule: ByRule | None = None

    @property
    def levels(self) -> dict[str, Any]:
        """The nation's figures of the full world."""
        return {} if self.figures is None else self.figures.row(self.country)

    @property
    def around(self) -> dict[str, float]:
        """``FIGURE_low`` and ``FIGURE_high`` that are shipped."""
        if self.figures is None:
            return {}
        return ends_around(self.figures.around.get(self.country, {}), self.levels)


@dataclass
class _Row:
    """Headlines of a nation, their doubts and ranges."""

    headlines: dict[str, Any] = field(default_factory=dict)
    doubts: dict[str, str | None] = field(default_factory=dict)
    ends: dict[str, dict[str, float]] = field(default_factory=dict)


def row_on_levels(
    sides: Sides, measures: Sequence[Measure], choices: Mapping[str, Any]
) -> dict[str, Any]:
    """Figures after on levels, ``before_FIGURE``, ranges that are known, and doubts.

    Parameters
    ----------
    sides
        The nation.
    measures
        What is asked.
    choices
        Those that are named.
    """
    found, levels = _Row(), sides.levels
    row = dict(sides.now)
    for measure in measures:
        heads = _take_headlines(found, sides, measure, choices)
        told = [*_told(measure, sides, levels, found.headlines)]
        for figure, _, before, after in told:
            row[figure], row[f"{BEFORE}{figure}"] = after, before
        names = _names(measure)
        row |= {name: found.headlines[name] for name in names & found.headlines.keys()}
        row |= {f"{BEFORE}{name}": (levels or sides.then).get(name) for name in names}
        by_rule = sides.by_rule(measure, heads) if sides.by_rule else ()
        if len(by_rule) > 1:  # any rule makes a difference to it
            known = frozenset() if heads is None else heads.known
            found.ends |= ends_by_rule(told, by_rule, known)
    row |= _columns(found.ends, row)
    around = sides.around
    row |= {f"{BEFORE}{name}": end for name, end in around.items() if f"{BEFORE}{_of(name)}" in row}
    row["doubt"] = _doubts(sides.now.get("doubt"), measures, found.doubts)
    row["before_doubt"] = _doubts((levels or sides.then).get("doubt"), measures, {})
    return row


def _take_headlines(
    found: _Row, sides: Sides, measure: Measure, choices: Mapping[str, Any]
) -> Headlines | None:
    """Find the headlines of a measure, and their doubts."""
    if not has_headlines(measure):
        return None
    tables = then, now = sides.tables(measure)
    found.headlines |= headlines_after(
        measure, sides.country, sides.world, tables, sides.figures, choices
    )
    heads = Headlines.of(measure, sides.country, then, sides.figures)
    if heads is not None and heads.known and now is not None and now.height:
        found.doubts[measure.name] = heads.doubt(now)
    return heads


def _names(measure: Measure) -> set[str]:
    """Figures that are no numbers: whose the others are."""
    return {each.name for each in measure.figures if not each.is_number}


def _told(
    measure: Measure, sides: Sides, levels: Mapping[str, Any], headlines: Mapping[str, Any]
) -> Iterable[tuple[str, str, float | None, float | None]]:
    """Each figure that is a number, its unit, before and after."""
    for each in measure.figures:
        if not each.is_number or each.name not in sides.now:
            continue
        level, own, after = (of.get(each.name) for of in (levels, sides.then, sides.now))
        if each.name in headlines:
            after = headlines[each.name]
        elif level is not None and own is not None and after is not None:
            after = moved(level, own, after, each.unit)
        yield each.name, each.unit, own if level is None else level, after


def _columns(
    ends: Mapping[str, Mapping[str, float]], row: Mapping[str, Any]
) -> dict[str, float | None]:
    """Name both ends of ranges, and differences that have any, as columns of a row."""
    found: dict[str, float | None] = {}
    for figure, each in ends.items():
        found[f"{DIFFERENCE}{figure}"] = row[figure] - row[f"{BEFORE}{figure}"]
        for name, value in each.items():
            of, _, end = name.rpartition("_")
            found[f"{_ENDS[of]}{figure}_{end}"] = value
    return found


def _of(name: str) -> str:
    """The figure that an end is of."""
    return name.rpartition("_")[0]


def _doubts(
    cell: str | None, measures: Sequence[Measure], own: Mapping[str, str | None]
) -> str | None:
    """Doubts of some measures as one cell, in place of those that a table has of itself."""
    known = {**read_doubts(cell), **own}
    names = [each.name for each in measures]
    return write_doubts({name: doubt for name in names if (doubt := known.get(name))})


def rows_table(
    rows: Sequence[Mapping[str, Any]], schema: Mapping[str, Any], measures: Sequence[Measure]
) -> pl.DataFrame:
    """Table of rows: behind the columns of ``schema`` each figure's range, and what was before."""
    figures = {
        each.name: each.is_number
        for measure in measures
        for each in measure.figures
        if each.name in schema
    }
    known = {name for row in rows for name, value in row.items() if value is not None}
    kinds: dict[str, Any] = dict(schema)
    for figure in figures:
        before, difference = f"{BEFORE}{figure}", f"{DIFFERENCE}{figure}"
        of = {figure: schema[figure], before: schema[figure], difference: pl.Float64()}
        for name, kind in of.items():
            if name != difference or name in known:
                kinds[name] = kind
            ends = (f"{name}_low", f"{name}_high")
            kinds |= {end: pl.Float64() for end in ends if end in known}
    kinds |= {"before_doubt": pl.String()} if "before_doubt" in known else {}
    loose = {
        name: pl.Float64() if figures.get(name.removeprefix(BEFORE)) else kind
        for name, kind in kinds.items()
    }
    given = [{name: row.get(name) for name in kinds} for row in rows]
    table = pl.DataFrame(given, schema=pl.Schema(loose), orient="row")
    return table.cast(pl.Schema(kinds))
