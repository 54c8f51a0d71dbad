"""Levels of a nation after a scenario: shipped figures, and the digest's difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.errors import WorldError
from splinternet.brief.changed import differences_told
from splinternet.brief.errors import is_told
from splinternet.figures.shipped import Figures, shipped_of
from splinternet.measures.continuity import MEASURE as CONTINUITY
from splinternet.measures.control import MEASURE as CONTROL
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.measure import Measure
from splinternet.measures.reliability import MEASURE as RELIABILITY
from splinternet.measures.states import MEASURE as STATES
from splinternet.scenario.headlines import Headlines
from splinternet.scenario.levelled import Levelled, measure_on_levels
from splinternet.scenario.moving import moved
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = ["FiguresAfter", "figures_after"]

#: Measures with tables of shares that are moved, and those whose figures alone are.
_TABLES, _ROWS = (CARRIERS, STATES), (CONTROL, RELIABILITY, CONTINUITY, DETOURS)

#: What a row of the table of detours is about.
_THROUGH = ("through", "asn", "country")


@dataclass(frozen=True, eq=False)
class FiguresAfter(Figures):
    """Figures of one nation after a scenario, on levels of the full world.

    Small differences are told as none.

    Attributes
    ----------
    of
        The shipped figures before it.
    country
        The nation's code.
    figures, tables
        Its row of an atlas, as far as it is moved, and shares by the name of their measure.
    headlines
        By measure what moves its headlines by any rule.
    """

    of: Figures
    country: str
    figures: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    headlines: Mapping[str, Headlines]

    def moved(self, name: str, table: pl.DataFrame, found: Mapping[str, Any]) -> dict[str, Any]:
        """Figures of a measure by a rule: headlines as its rows have them on levels."""
        of = self.headlines.get(name)
        return {**found, **({} if of is None or table.is_empty() else of.after(table))}

    def row(self, country: str) -> dict[str, Any]:
        """Figures of the nation by name."""
        return dict(self.figures) if country == self.country else {}

    def table(self, name: str, country: str | None = None) -> pl.DataFrame | None:
        """Shares of the nation's carriers or states; None of others, and of other tables."""
        return self.tables.get(name) if country == self.country else None


def figures_after(
    before: World, after: World, country: str, options: Mapping[str, Any]
) -> FiguresAfter | None:
    """Move what is shipped of a nation by what a scenario changes in the digest.

    Parameters
    ----------
    before, after
        The digest, and the same after the scenario.
    country
        The nation's code.
    options
        The choices of the brief.

    Returns
    -------
    FiguresAfter or None
        None of a full world, and where nothing is shipped that answers this.
    """
    shipped = shipped_of(before, CARRIERS, CARRIERS.only(options))
    if shipped is None or not shipped.row(country):
        return None
    row: dict[str, Any] = {}
    tables, headlines = {}, {}
    for measure in (*_TABLES, *_ROWS):
        try:
            told, then, now = _measured(before, after, measure, country, options)
        except WorldError:  # of one network nothing is within
            continue
        row |= _figures(told, now, measure, country, before)
        if measure in _TABLES and told.is_moved:
            tables[measure.name] = shares = _shares(told, now, before)
            row |= measure.summary(shares, country)  # a card has what its row has
            if found := Headlines.of(measure, country, then, shipped):
                headlines[measure.name] = found
        if measure is DETOURS and told.figures:
            tables[measure.name] = _detours(shipped, then, now, country, before)
    return FiguresAfter(shipped.made, shipped.folder, shipped, country, row, tables, headlines)


def _measured(
    before: World, after: World, measure: Measure, country: str, options: Mapping[str, Any]
) -> tuple[Levelled, pl.DataFrame, pl.DataFrame]:
    """Tell a measure after the scenario; also its tables of the digest before and after."""
    taken = measure.only(options)
    named = {name: value for name, value in taken.items() if name != "progress"}
    worlds = {"after": after, "before": before}
    tables = {when: measure.table(world, country, **taken) for when, world in worlds.items()}
    told = measure_on_levels(
        before,
        after,
        measure,
        country,
        lambda world: tables["before" if world is before else "after"],
        named,
    )
    return told, tables["before"], tables["after"]


def _figures(
    told: Levelled, now: pl.DataFrame, measure: Measure, country: str, before: World
) -> dict[str, Any]:
    """Figures of a measure after; before, where the difference is no larger than the error."""
    found = dict(measure.summary(now, country))
    for _, figure, _, was, becomes in told.figures:
        small = None not in (was, becomes) and not is_told(
            before.manifest, figure, (becomes or 0.0) - (was or 0.0)
        )
        found[figure] = was if small else becomes
    return found


def _shares(told: Levelled, now: pl.DataFrame, before: World) -> pl.DataFrame:
    """Shares after, without groups of the digest, as the measure's own table has them.

    Whoever has nothing left is not there, however small its share was.
    """
    left = told.table.filter(pl.col("share") > 0)
    shares = differences_told(left, before.manifest, told.country)
    if "asn" in shares.columns:
        shares = shares.filter(pl.col("asn") < FIRST_GROUP)
    return shares.select(now.columns).sort("share", now.columns[0], descending=[True, False])


def _detours(
    figures: Figures, then: pl.DataFrame, now: pl.DataFrame, country: str, before: World
) -> pl.DataFrame:
    """Detours after; a share with no level of the full world, which is below 1 %, is the digest's.

    Changes that are no larger than the digest's error are none.
    """
    rows = figures.table(DETOURS.name, country)
    levels, was = ({} if each is None else _by_way(each) for each in (rows, then))
    shares = []
    for row in now.to_dicts():
        way, share = tuple(row[name] for name in _THROUGH), row["share"]
        level, own = levels.get(way), was.get(way, 0.0)
        if level is not None:
            share = moved(level, own, share, "share")
            share = share if is_told(before.manifest, DETOURS.name, share - level) else level
        shares.append(share)
    total = pl.col("through").is_in(["abroad", "abroad or unknown"])
    found = now.with_columns(share=pl.Series(shares, dtype=pl.Float64))
    order = ("through", "share", "asn", "country")
    parts = found.filter(~total).sort(order, descending=[True, True, False, False])
    return pl.concat([found.filter(total), parts])


def _by_way(rows: pl.DataFrame) -> dict[tuple[Any, ...], float]:
    """Shares of a table of detours by what they pass."""
    return {tuple(row[name] for name in _THROUGH): row["share"] for row in rows.to_dicts()}
