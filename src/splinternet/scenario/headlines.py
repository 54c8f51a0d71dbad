"""Headline figures of a nation after a scenario: the largest of rows that are moved one by one.

Where another network or state leads after a scenario than before, the level of the first and the
difference of the two in the digest would be nobody's figure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from splinternet.figures.observed import exposure_on_levels
from splinternet.figures.shipped import Figures
from splinternet.measures.doubts import figures_doubt
from splinternet.measures.exposure import MEASURE as EXPOSURE
from splinternet.measures.measure import Measure, Rows
from splinternet.scenario.moving import moved, shares_on_levels
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = ["Headlines", "has_headlines", "headlines_after"]

#: So far apart may a figure and that of its row be, as both are rounded.
_SAME = 1e-4


@dataclass(frozen=True, eq=False)
class Headlines:
    """Headline figures of a nation, from rows on levels of the full world.

    Attributes
    ----------
    measure
        The measure, one whose figures are of the largest of its rows.
    country
        The nation's code.
    then
        Its table of the digest before the scenario.
    rows
        Those that are shipped of the full world.
    levels
        The nation's figures that are shipped.
    """

    measure: Measure
    country: str
    then: pl.DataFrame
    rows: pl.DataFrame
    levels: Mapping[str, Any]

    @classmethod
    def of(
        cls, measure: Measure, country: str, then: pl.DataFrame | None, figures: Figures | None
    ) -> Headlines | None:
        """Headlines of a measure; None if its rows are not shipped, are none, or no such rows."""
        if figures is None or then is None or then.is_empty() or not _is_ranked(measure):
            return None
        rows = figures.table(measure.name, country)
        if rows is None:
            return None
        return cls(measure, country, then, rows, figures.row(country))

    @cached_property
    def known(self) -> frozenset[str]:
        """Figures that the rows at hand give before just as they are shipped."""
        before = self._found(self.then)
        return frozenset(
            each.name
            for each in self.measure.figures
            if not each.of_others and _same(before.get(each.name), self.levels.get(each.name))
        )

    def after(self, now: pl.DataFrame) -> dict[str, Any]:
        """Figures that are known, by name, from the digest's table of another world.

        It is the world after the scenario, or either world by another rule.
        """
        return {name: value for name, value in self._found(now).items() if name in self.known}

    def doubt(self, now: pl.DataFrame) -> str | None:
        """Carriers in doubt that the figures rest on, and why."""
        return figures_doubt(self.measure, self._moved(now).filter(self._named), self.country)

    def _found(self, now: pl.DataFrame) -> dict[str, Any]:
        """Figures of the moved rows: of networks, and of groups where nothing else is left."""
        own = dict(self.measure.summary(now, self.country))
        if not now.height:
            return own
        table = self._moved(now)
        every = self.measure.summary(table, self.country)
        named = table.filter(self._named)
        found = self.measure.summary(named, self.country) if named.height else every
        return {
            name: None if value is None else every[name] if found[name] is None else found[name]
            for name, value in own.items()
        }

    @property
    def _named(self) -> pl.Expr:
        is_network = "asn" in self.then.columns
        return pl.col("asn") < FIRST_GROUP if is_network else pl.lit(value=True)

    def _moved(self, now: pl.DataFrame) -> pl.DataFrame:
        """Table of a world with each row at its level, the largest first."""
        rows = self.measure.rows or Rows()
        key = rows.key
        values = [name for name in rows.ranked if name in now.columns]
        table = now
        for name in values:
            if now[name].null_count() < now.height:
                table = table.with_columns(self._at_level(now, key, name))
        if "unavoidable" in values:  # it is no more than the share
            table = table.with_columns(pl.min_horizontal("unavoidable", "share"))
        if "doubt" in now.columns and "doubt" in self.rows.columns:
            table = self._doubted(table)
        return table.sort(*values, key, descending=[*(True for _ in values), False])

    def _at_level(self, now: pl.DataFrame, key: str, name: str) -> pl.Series:
        was = self.then.select(key, before=name)
        both = now.select(key, after=name).join(
            was, on=key, how="left", nulls_equal=True, maintain_order="left"
        )
        both = both.with_columns(pl.col("before", "after").fill_null(0.0), difference=0.0)
        levels = self.rows.select(key, share=name)
        return shares_on_levels(both, levels, key, self._named)["after"].alias(name)

    def _doubted(self, table: pl.DataFrame) -> pl.DataFrame:
        """Doubts of the full world, and those that the digest has not had before."""
        was = self.then.drop_nulls("doubt")["asn"].implode()
        shipped = self.rows.select("asn", known="doubt").drop_nulls()
        new = pl.when(~pl.col("asn").is_in(was)).then("doubt")
        joined = table.join(shipped, on="asn", how="left", maintain_order="left")
        return joined.with_columns(doubt=pl.coalesce("known", new)).drop("known")


def _is_ranked(measure: Measure) -> bool:
    """Whether a measure's figures are of the largest of rows that are shipped."""
    return measure.rows is not None and bool(measure.rows.ranked)


def has_headlines(measure: Measure) -> bool:
    """Whether a measure's figures are of the largest of some rows, or of the main state."""
    return _is_ranked(measure) or measure.name == EXPOSURE.name


def headlines_after(
    measure: Measure,
    country: str,
    before: World,
    tables: tuple[pl.DataFrame | None, pl.DataFrame | None],
    figures: Figures | None,
    named: Mapping[str, Any],
) -> dict[str, Any]:
    """Headline figures after a scenario, by name; none where rows do not give them.

    Parameters
    ----------
    measure, country
        The measure, and the nation's code.
    before
        The digest before the scenario.
    tables
        The measure's tables of the digest before and after.
    figures
        What is shipped of the full world, if it answers this question.
    named
        The choices that are named.
    """
    then, now = tables
    if figures is None or then is None or now is None or now.is_empty():
        return {}
    if measure.name == EXPOSURE.name:
        return _exposed(country, before, then, now, figures, named)
    found = Headlines.of(measure, country, then, figures)
    return {} if found is None else found.after(now)


def _exposed(
    country: str,
    before: World,
    then: pl.DataFrame,
    now: pl.DataFrame,
    figures: Figures,
    named: Mapping[str, Any],
) -> dict[str, Any]:
    """Exposure to the main state after a scenario, where another was it before; else nothing.

    Its own shares before are looked for, and moved by its own difference.
    """
    observer = now["observer"][0]
    if observer == then["observer"][0]:
        return {}
    options = EXPOSURE.only({**named, "observers": (observer,), "progress": None})
    table = EXPOSURE.table(before, country, **options)
    every = exposure_on_levels(table, figures, country), table, now
    level, was, left = (EXPOSURE.summary(each, country) for each in every)
    found: dict[str, Any] = {"exposed_to": observer}
    for each in EXPOSURE.figures:
        if each.is_number:
            values = level[each.name], was[each.name], left[each.name]
            found[each.name] = None if None in values else moved(*values, "share")
    return found


def _same(found: Any, level: Any) -> bool:  # noqa: ANN401 (numbers and names)
    if isinstance(found, float) and isinstance(level, float):
        return math.isclose(found, level, rel_tol=0.0, abs_tol=_SAME)
    return level is not None and found == level
