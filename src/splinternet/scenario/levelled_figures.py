"""Figures of nations or dates side by side after a scenario, on levels of the full world."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.texts import phrase
from splinternet.figures.atlas import shipped_atlas
from splinternet.figures.shipped import Figures, levels_line, shipped_figures
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.measure import Measure
from splinternet.scenario.compare import tables_of
from splinternet.scenario.comparison import BothTables
from splinternet.scenario.headlines import has_headlines, headlines_after
from splinternet.scenario.levelled import Levelled
from splinternet.scenario.moving import moved
from splinternet.world.world import World

__all__ = ["BEFORE", "LEAST", "atlas_on_levels", "history_on_levels"]

#: What a column of a figure before begins with.
BEFORE = "before_"

#: Rows of tables with less are taken for none.
LEAST = 1e-4

#: Computes the figures of nations in a world, and the rows behind them, by measure.
Atlas = Callable[[World], tuple[pl.DataFrame, Mapping[str, pl.DataFrame]]]


def atlas_on_levels(
    before: World,
    after: World,
    measures: Measures | None,
    countries: list[str] | None,
    compute: Atlas,
    choices: Mapping[str, Any],
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
    """
    shipped = shipped_atlas(before, measures, countries, choices)
    now, rows = compute(after)
    if shipped is None:
        return Levelled(now, levels_line(before, {**choices}))
    then, rows_then = compute(before)
    every = (
        {each["country"]: each for each in frame.to_dicts()} for frame in (then, shipped.nations)
    )
    own, levels = ([found.get(code, {}) for code in now["country"]] for found in every)

    def headlines(code: str) -> dict[str, Any]:
        def tables(measure: Measure) -> BothTables:
            return _of(rows_then, measure, code), _of(rows, measure, code)

        return _headlines(measures, code, before, tables, shipped.figures, choices)

    found = [headlines(code) for code in now["country"]]
    table = _rows_on_levels(now, own, levels, found, measures)
    return Levelled(table, phrase("what_if.levels.atlas"), is_moved=True)


def _of(rows: Mapping[str, pl.DataFrame], measure: Measure, country: str) -> pl.DataFrame | None:
    """Rows of a nation; None where a measure has none."""
    found = rows.get(measure.name)
    return None if found is None else found.filter(nation=country).drop("nation")


def _headlines(
    measures: Measures | None,
    country: str,
    before: World,
    tables: Callable[[Measure], BothTables],
    figures: Figures | None,
    choices: Mapping[str, Any],
) -> dict[str, Any]:
    """Headline figures of some measures after a scenario."""
    found: dict[str, Any] = {}
    for measure in find_measures(measures):
        if has_headlines(measure):
            found |= headlines_after(measure, country, before, tables(measure), figures, choices)
    return found


def history_on_levels(
    worlds: Sequence[tuple[World, World]],
    measures: Measures | None,
    country: str,
    now: pl.DataFrame,
    compute: Callable[[], pl.DataFrame],
    settings: Mapping[str, Any],
    options: Mapping[str, Any],
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
    """
    ordered = sorted(worlds, key=lambda both: both[0].manifest.date)  # as the rows are
    known = [
        shipped_figures(then, settings) if then.manifest.is_digest else None for then, _ in ordered
    ]
    if not any(known):
        return Levelled(now, levels_line(ordered[0][0], settings))
    code = country_code(country)
    levels = [{} if each is None else each.row(code) for each in known]

    def headlines(both: tuple[World, World], figures: Figures | None) -> dict[str, Any]:
        def tables(measure: Measure) -> BothTables:
            return tables_of(measure, both, code, measure.only(options))

        return _headlines(measures, code, both[0], tables, figures, options)

    found = [headlines(*each) for each in zip(ordered, known, strict=True)]
    table = _rows_on_levels(now, compute().to_dicts(), levels, found, measures)
    return Levelled(table, phrase("what_if.levels.atlas"), is_moved=True)


def _rows_on_levels(
    now: pl.DataFrame,
    then: Iterable[Mapping[str, Any]],
    levels: Iterable[Mapping[str, Any]],
    headlines: Iterable[Mapping[str, Any]],
    measures: Measures | None,
) -> pl.DataFrame:
    """Move the figures of rows to their levels; behind them what each was before."""
    units = {
        each.name: each.unit
        for measure in find_measures(measures)
        for each in measure.figures
        if each.is_number and each.name in now.columns
    }
    every = zip(now.to_dicts(), then, levels, headlines, strict=True)
    rows = [_moved_row(*each, units) for each in every]
    kinds = {name: pl.Float64() for name in units}
    loose = pl.Schema(
        {**now.schema, **kinds, **{f"{BEFORE}{name}": pl.Float64() for name in kinds}}
    )
    kept = {name: now.schema[name] for name in units}
    kept |= {f"{BEFORE}{name}": kind for name, kind in kept.items()}
    return pl.DataFrame(rows, schema=loose, orient="row").cast(pl.Schema(kept))


def _moved_row(
    now: Mapping[str, Any],
    then: Mapping[str, Any],
    level: Mapping[str, Any],
    headlines: Mapping[str, Any],
    units: Mapping[str, str],
) -> dict[str, Any]:
    """Move the figures of a row; ``headlines`` are those that their own rows give, and names."""
    found = {**now, **headlines}
    for name, unit in units.items():
        before, own, after = level.get(name), then.get(name), now[name]
        found[f"{BEFORE}{name}"] = own if before is None else before
        if name in headlines:
            continue
        if before is not None and own is not None and after is not None:
            most = 1.0 if unit == "share" else math.inf
            found[name] = moved(before, own, after, most)
    return found
