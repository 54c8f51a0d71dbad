"""Figures of nations or dates side by side after a scenario, on levels of the full world."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from splinternet.base.countries import country_code
from splinternet.base.texts import phrase
from splinternet.figures.atlas import shipped_atlas
from splinternet.figures.shipped import levels_line, shipped_figures
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.scenario.levelled import Levelled, Table
from splinternet.scenario.levels import moved
from splinternet.world.world import World

__all__ = ["BEFORE", "atlas_on_levels", "history_on_levels"]

#: What a column of a figure before begins with.
BEFORE = "before_"


def atlas_on_levels(
    before: World,
    after: World,
    measures: Measures | None,
    countries: list[str] | None,
    compute: Table,
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
        The atlas of a world.
    """
    shipped = shipped_atlas(before, measures, countries, choices)
    now = compute(after)
    if shipped is None:
        return Levelled(now, levels_line(before, {**choices}))
    every = (
        {each["country"]: each for each in frame.to_dicts()}
        for frame in (compute(before), shipped.nations)
    )
    then, levels = ([rows.get(code, {}) for code in now["country"]] for rows in every)
    table = _rows_on_levels(now, then, levels, measures)
    return Levelled(table, phrase("what_if.levels.atlas"), is_moved=True)


def history_on_levels(
    before: Sequence[World],
    measures: Measures | None,
    country: str,
    now: pl.DataFrame,
    compute: Callable[[], pl.DataFrame],
    settings: Mapping[str, Any],
) -> Levelled:
    """Follow a nation's figures after a scenario; those on levels have ``before_FIGURE``.

    Parameters
    ----------
    before
        The worlds before the scenario.
    measures, country
        What is followed.
    now
        The history after the scenario, a row for each world.
    compute
        That before it.
    settings
        The choices.
    """
    ordered = sorted(before, key=lambda world: world.manifest.date)  # as the rows are
    known = [
        shipped_figures(each, settings) if each.manifest.is_digest else None for each in ordered
    ]
    if not any(known):
        return Levelled(now, levels_line(before[0], settings))
    code = country_code(country)
    levels = [{} if each is None else each.row(code) for each in known]
    table = _rows_on_levels(now, compute().to_dicts(), levels, measures)
    return Levelled(table, phrase("what_if.levels.atlas"), is_moved=True)


def _rows_on_levels(
    now: pl.DataFrame,
    then: Iterable[Mapping[str, Any]],
    levels: Iterable[Mapping[str, Any]],
    measures: Measures | None,
) -> pl.DataFrame:
    """Move the figures of rows to their levels; behind them what each was before."""
    units = {
        each.name: each.unit
        for measure in find_measures(measures)
        for each in measure.figures
        if each.is_number and each.name in now.columns
    }
    rows = [_moved_row(*each, units) for each in zip(now.to_dicts(), then, levels, strict=True)]
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
    units: Mapping[str, str],
) -> dict[str, Any]:
    found = dict(now)
    for name, unit in units.items():
        before, own, after = level.get(name), then.get(name), now[name]
        found[f"{BEFORE}{name}"] = own if before is None else before
        if before is not None and own is not None and after is not None:
            most = 1.0 if unit == "share" else math.inf
            found[name] = moved(before, own, after, most)
    return found
