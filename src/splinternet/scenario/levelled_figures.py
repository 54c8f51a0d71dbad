"""Figures of nations or dates side by side after a scenario, on levels of the full world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.figures.atlas import shipped_atlas
from splinternet.figures.ranges import weightings
from splinternet.figures.shipped import Figures, levels_line, shipped_figures
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.measure import Measure
from splinternet.scenario.compare import tables_of
from splinternet.scenario.comparison import BothTables
from splinternet.scenario.headlines import Headlines, has_headlines
from splinternet.scenario.levelled import Levelled
from splinternet.scenario.levelled_rows import ByRule, Sides, row_on_levels, rows_table
from splinternet.scenario.ruled import (
    BothFigures,
    choices_by_rule,
    figures_by_rule,
    other_rules,
)
from splinternet.world.world import World

__all__ = ["LEAST", "Atlas", "atlas_on_levels", "history_on_levels"]

#: Rows of tables with less are taken for none.
LEAST = 1e-4

#: Why there are no ranges.
_UNRANGED = "no figures are shipped by these choices, which ranges could stand around"

#: Computes some measures of nations in a world, by a rule, and the rows behind them by measure.
Atlas = Callable[
    [World, Sequence[Measure], Mapping[str, Any]], tuple[pl.DataFrame, Mapping[str, pl.DataFrame]]
]


@dataclass(frozen=True, eq=False)
class _Nations:
    """Figures of nations in one world, by code, and the rows behind them."""

    figures: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, pl.DataFrame]

    @classmethod
    def of(cls, nations: pl.DataFrame, rows: Mapping[str, pl.DataFrame]) -> _Nations:
        return cls({row["country"]: row for row in nations.to_dicts()}, rows)

    def table(self, measure: Measure, code: str) -> pl.DataFrame | None:
        """Rows of a nation; None where a measure has none."""
        found = self.rows.get(measure.name)
        return None if found is None else found.filter(nation=code).drop("nation")

    def by_name(self, measure: Measure, code: str, headlines: Headlines | None) -> dict[str, Any]:
        """Figures of a nation, headlines as they are moved."""
        table, found = self.table(measure, code), dict(self.figures.get(code, {}))
        if headlines is None or table is None or table.is_empty():
            return found
        return found | headlines.after(table)


#: Both worlds by a rule, its weights, and the measures that were asked by it.
_Ruled = tuple[_Nations, _Nations, str, tuple[str, ...]]


def atlas_on_levels(
    before: World,
    after: World,
    measures: Measures | None,
    countries: list[str] | None,
    compute: Atlas,
    choices: Mapping[str, Any],
    *,
    ranges: bool = False,
) -> Levelled:
    """Set nations side by side after a scenario; figures on levels have ``before_FIGURE``.

    Parameters
    ----------
    before, after
        The digest, and the same after the scenario.
    measures, countries, choices
        As :func:`~splinternet.figures.atlas.shipped_atlas` takes them.
    compute
        The atlas of a world, and the rows of :data:`LEAST` or more behind it.
    ranges
        Whether ranges by other rules are wanted of what comes after and of differences: an atlas of
        both worlds by each rule.

    Raises
    ------
    MisuseError
        If ranges are wanted, and no figures are shipped by these choices.
    """
    chosen = find_measures(measures)
    shipped = shipped_atlas(before, measures, countries, choices)
    if shipped is None and ranges:
        raise MisuseError(_UNRANGED)
    table, rows = compute(after, chosen, {})
    if shipped is None:
        return Levelled(table, levels_line(before, {**choices}))
    now, then = _Nations.of(table, rows), _Nations.of(*compute(before, chosen, {}))
    every = _atlases(before, after, chosen, table["country"], compute, choices) if ranges else ()
    ruled = [*every]

    def sides(code: str) -> Sides:
        def tables(measure: Measure) -> BothTables:
            return then.table(measure, code), now.table(measure, code)

        def by_rule(measure: Measure, headlines: Headlines | None) -> list[BothFigures]:
            if not measure.by_rule:
                return []
            known = weightings(before, code, Counting().weights)
            others = [each[:2] for each in ruled if each[2] in known and measure.name in each[3]]
            return [
                (was.by_name(measure, code, headlines), left.by_name(measure, code, headlines))
                for was, left in ((then, now), *others)
            ]

        both = then.figures.get(code, {}), now.figures[code]
        return Sides(code, before, *both, shipped.figures, tables, by_rule if ranges else None)

    found = [row_on_levels(sides(code), chosen, choices) for code in table["country"]]
    on_levels = rows_table(found, table.schema, chosen)
    return Levelled(on_levels, _line(ranges=ranges), is_moved=True)


def _line(*, ranges: bool) -> str:
    key = "ruled_figures" if ranges else "ranges_figures"
    return f"{phrase('what_if.levels.atlas')} {phrase(f'what_if.levels.{key}')}"


def _atlases(
    before: World,
    after: World,
    measures: Sequence[Measure],
    codes: pl.Series,
    compute: Atlas,
    choices: Mapping[str, Any],
) -> Iterator[_Ruled]:
    """Atlases of both worlds by every other rule, of measures to which it makes a difference.

    One atlas has all nations; of states by the usual weights alone, as they take long.
    """
    usual = Counting().weights
    known = dict.fromkeys(each for code in codes for each in weightings(before, code, usual))
    asked_by = {"prefer": Routing().prefer, "weights": usual, **choices}
    seen = {each.name: [each.only(asked_by)] for each in measures if each.by_rule}
    for routing, counting in other_rules(Routing(), Counting(), [*known]):
        rule = {"prefer": routing.prefer, "weights": counting.weights}
        asked = []
        for measure in measures:
            if measure.name not in seen or (
                measure.by_rule == "state" and counting.weights != usual
            ):
                continue
            only = measure.only({**asked_by, **rule})
            if only not in seen[measure.name]:
                seen[measure.name].append(only)
                asked.append(measure)
        if asked:
            then, now = (_Nations.of(*compute(world, asked, rule)) for world in (before, after))
            yield then, now, counting.weights, tuple(each.name for each in asked)


def history_on_levels(
    worlds: Sequence[tuple[World, World]],
    measures: Measures | None,
    country: str,
    now: pl.DataFrame,
    compute: Callable[[], pl.DataFrame],
    settings: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    ranges: bool = False,
) -> Levelled:
    """Follow a nation's figures after a scenario; those on levels have ``before_FIGURE``.

    Parameters
    ----------
    worlds
        Each world before the scenario and after it.
    measures, country
        What is followed.
    now
        The history after the scenario, a row for each world.
    compute
        That before it.
    settings, options
        The choices; and those by which its measures were asked.
    ranges
        Whether ranges by other rules are wanted of what comes after and of differences.

    Raises
    ------
    MisuseError
        If ranges are wanted, and no figures are shipped by these choices.
    """
    chosen, code = find_measures(measures), country_code(country)
    ordered = sorted(worlds, key=lambda both: both[0].manifest.date)  # as the rows are
    known = [
        shipped_figures(then, settings) if then.manifest.is_digest else None for then, _ in ordered
    ]
    if ranges and not any(known):
        raise MisuseError(_UNRANGED)
    if not any(known):
        return Levelled(now, levels_line(ordered[0][0], settings))
    every = zip(ordered, known, compute().to_dicts(), now.to_dicts(), strict=True)
    rows = [
        row_on_levels(_sides(code, *each, chosen, options, ranges=ranges), chosen, options)
        for each in every
    ]
    return Levelled(rows_table(rows, now.schema, chosen), _line(ranges=ranges), is_moved=True)


def _sides(
    country: str,
    worlds: tuple[World, World],
    figures: Figures | None,
    own: Mapping[str, Any],
    left: Mapping[str, Any],
    measures: Sequence[Measure],
    options: Mapping[str, Any],
    *,
    ranges: bool,
) -> Sides:
    """The nation in one world before and after."""
    known = {
        each.name: tables_of(each, worlds, country, each.only(options))
        for each in measures
        if has_headlines(each)
    }

    def tables(measure: Measure) -> BothTables:
        return known[measure.name]

    by_rule = _by_rule(worlds, country, known, options) if ranges and figures else None
    return Sides(country, worlds[0], own, left, figures, tables, by_rule)


def _by_rule(
    worlds: tuple[World, World],
    country: str,
    tables: Mapping[str, BothTables],
    options: Mapping[str, Any],
) -> ByRule:
    """Figures of a nation by every rule; of states by the usual weights alone."""
    known = weightings(worlds[0], country, Counting().weights)

    def by_rule(measure: Measure, headlines: Headlines | None) -> list[BothFigures]:
        if not measure.by_rule:
            return []
        some = known[:1] if measure.by_rule == "state" else known
        others = choices_by_rule(measure, options, [*other_rules(Routing(), Counting(), some)])
        asked = tables[measure.name]
        return figures_by_rule(measure, country, worlds, asked, others, headlines)

    return by_rule
