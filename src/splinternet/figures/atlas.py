"""The shipped figures as an atlas: where they answer just what one would compute on a digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import polars as pl

from splinternet.base.countries import codes_of
from splinternet.base.naming import with_shown_names
from splinternet.figures.ranges import range_columns, with_ranges
from splinternet.figures.shipped import Figures, shipped_figures
from splinternet.measures.atlas import atlas, atlas_manifest, settings_of
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.doubt_column import read_doubts, write_doubts
from splinternet.measures.measure import Measure
from splinternet.measures.together import options_of, schema_of, takes_of
from splinternet.world.world import World

__all__ = ["ShippedAtlas", "shipped_atlas"]

#: What a row begins with.
_FACTS = ("country", "name", "networks", "addresses")


@dataclass(frozen=True, eq=False)
class ShippedAtlas:
    """Figures of all nations in a full world, and the rows behind them.

    Attributes
    ----------
    figures
        Whose they are.
    nations
        As :func:`~splinternet.measures.atlas.atlas` gives them; behind them ``FIGURE_low`` and
        ``FIGURE_high`` of figures whose range by other rules is shipped, null where it is not.
    rows
        By measure its rows of 1 % or more, ``nation`` before them.
    manifest
        As :func:`~splinternet.measures.atlas.atlas_manifest` gives it.
    """

    figures: Figures
    nations: pl.DataFrame
    rows: Mapping[str, pl.DataFrame]
    manifest: Mapping[str, Any]


def shipped_atlas(
    world: World,
    measures: Measures | None = None,
    countries: str | Iterable[str] | None = None,
    choices: Mapping[str, Any] | None = None,
) -> ShippedAtlas | None:
    """Take the shipped figures of the full world that a digest is made of, if they answer this.

    Parameters
    ----------
    world
        The world; one that is no digest computes its own.
    measures, countries
        As :func:`~splinternet.measures.atlas.atlas` takes them.
    choices
        Those that are named.

    Returns
    -------
    ShippedAtlas or None
        None where they are not shipped of the world, the choices, every measure and nation. A
        nation that the world has no network of has its row, without figures.

    Raises
    ------
    MisuseError
        If there is no such measure, choice or country.
    """
    chosen, named = find_measures(measures), dict(choices or {})
    wanted = None if countries is None else codes_of(countries)
    options = options_of(takes_of("atlas", chosen), None, None, named)
    found = shipped_figures(world, settings_of(options)) if world.manifest.is_digest else None
    if found is None or {each.figures[0].name for each in chosen} - set(found.nations.columns):
        return None
    codes = found.nations["country"].to_list() if wanted is None else sorted(set(wanted))
    nations = _nations(found, chosen).filter(pl.col("country").is_in(codes))
    if absent := sorted({*codes} - {*found.nations["country"]}):
        # Nothing is shipped of a nation without networks; that costs the others no level.
        rows = atlas(world, chosen, absent, **named)
        if rows["networks"].sum():
            return None
        nations = pl.concat([nations, rows], how="diagonal_relaxed").sort("country")
    said = atlas_manifest(world, chosen, **named)
    columns = {**said["columns"], **range_columns(nations.columns, said["columns"])}
    return ShippedAtlas(
        found,
        nations,
        {
            each.name: with_shown_names(_rows(found, each.name, codes), world.networks)
            for each in chosen
            if _has_rows(found, each)
        },
        {**said, "world": msgspec.to_builtins(found.world), "columns": columns},
    )


def _nations(figures: Figures, measures: Iterable[Measure]) -> pl.DataFrame:
    """Figures of some measures, with what is in doubt and missing of these, and with ranges."""
    schema, names = schema_of(measures), {each.name for each in measures}
    every = figures.nations_ranged
    ends = [
        name
        for name in every.columns
        if name.rpartition("_")[0] in schema and name.endswith(("_low", "_high"))
    ]
    doubts, missing = (
        pl.Series(each, [read(cell, names) for cell in every[each]], pl.String)
        for each, read in (("doubt", _doubts), ("missing", _missing))
    )
    return (
        every.with_columns(doubts, missing).select(*_FACTS, *schema, *ends).cast(pl.Schema(schema))
    )


def _doubts(cell: str | None, names: set[str]) -> str | None:
    return write_doubts({name: doubt for name, doubt in read_doubts(cell).items() if name in names})


#: Where the reason begins why figures of a measure are missing.
_REASON = re.compile(r"(?:^|; )(?=[a-z]+: )")


def _missing(cell: str | None, names: set[str]) -> str | None:
    """Leave of the reasons why figures are missing those of some measures."""
    reasons = [each for each in _REASON.split(cell or "") if each]
    return "; ".join(each for each in reasons if each.partition(": ")[0] in names) or None


def _has_rows(figures: Figures, measure: Measure) -> bool:
    return measure.rows is not None and measure.name in figures.made.tables


def _rows(figures: Figures, name: str, codes: Iterable[str]) -> pl.DataFrame:
    rows = figures.table(name)
    assert rows is not None
    ranges = figures.ranges(name)
    ranged = rows if ranges is None else with_ranges(rows, ranges)
    return ranged.filter(pl.col("nation").is_in(list(codes)))
