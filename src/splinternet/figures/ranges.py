"""Ranges of figures: how far below and above a figure those by other rules lie."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from splinternet.base.choices import Weights
from splinternet.world.world import World

__all__ = [
    "COUNTED",
    "RANGES",
    "Around",
    "around_of",
    "ends_around",
    "figure_ends",
    "no_less_than_rows",
    "range_columns",
    "range_rows",
    "ranges_of",
    "share_ranges",
    "weightings",
    "with_ranges",
]

#: The table of shipped figures that has those of the headlines.
RANGES = "ranges"

#: The headline that is a number of networks, and no share.
COUNTED = "control_points"

#: By figure: how far below its value the range reaches (0 or less), and how far above it.
Around = Mapping[str, tuple[float, float]]

_SCHEMA = pl.Schema(
    {"nation": pl.String(), "figure": pl.String(), "below": pl.Float64(), "above": pl.Float64()}
)

#: What a row of a table of shares is about, by the name of the table.
_ABOUT = {"dependence": "asn", "states": "country"}

_ABROAD = pl.col("country").ne_missing(pl.col("nation"))

#: Figures that are the largest share of a table, and the rows that may lead it.
_LARGEST = {
    "dependence": ("dependence", pl.col("doubt").is_null()),
    "foreign_dependence": ("dependence", pl.col("doubt").is_null() & _ABROAD),
    "state_share": ("states", pl.col("country").is_not_null() & _ABROAD),
}

#: Digits after the point of how far ranges of shares reach: two digits of them are told.
_DIGITS = 4


def ranges_of(table: str) -> str:
    """Name the table of shipped figures with the ranges of the shares in another."""
    return f"{table}_{RANGES}"


def range_rows(found: Iterable[tuple[str, Around]]) -> pl.DataFrame:
    """Rows of nations' ranges: ``nation``, ``figure``, ``below`` and ``above``."""
    rows = [(nation, figure, *ends) for nation, around in found for figure, ends in around.items()]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("nation", "figure")


def share_ranges(
    shares: pl.DataFrame, found: Mapping[str, Mapping[Any, tuple[float, float]]], table: str
) -> pl.DataFrame:
    """Rows of how far around shares of nations those by other rules lie.

    Parameters
    ----------
    shares
        Rows of 1 % or more of the full world, as the shipped table has them.
    found
        By nation, then by carrier (a network's number, or a state's code): how far below and above.
    table
        ``dependence`` or ``states``.

    Returns
    -------
    polars.DataFrame
        ``nation``, ``asn`` or ``country``, ``below`` and ``above``, in the order of ``shares``;
        without those of which nothing was found.
    """
    about = _ABOUT[table]
    rows = [
        (nation, carrier, *ends) for nation, each in found.items() for carrier, ends in each.items()
    ]
    schema = {name: shares.schema[name] for name in ("nation", about)}
    known = pl.DataFrame(
        rows, schema={**schema, "below": pl.Float64, "above": pl.Float64}, orient="row"
    )
    return (
        shares.select("nation", about)
        .join(known, on=["nation", about], how="inner", maintain_order="left")
        .with_columns(pl.col("below", "above").round(_DIGITS))
    )


def with_ranges(shares: pl.DataFrame, ranges: pl.DataFrame | None) -> pl.DataFrame:
    """Add ``share_low`` and ``share_high`` after shares, null where no range is known.

    Parameters
    ----------
    shares
        ``share``, and what ``ranges`` have besides ``below`` and ``above``.
    ranges
        How far around a share those by other rules lie; None if that is not known of any.
    """
    if ranges is None:
        none = pl.lit(None, pl.Float64)
        known = shares.with_columns(share_low=none, share_high=none)
    else:
        on = [name for name in ranges.columns if name not in ("below", "above")]
        share = pl.col("share")
        known = shares.join(ranges, on=on, how="left", maintain_order="left").with_columns(
            share_low=(share + pl.col("below")).clip(0, 1).round(_DIGITS + 1),
            share_high=(share + pl.col("above")).clip(0, 1).round(_DIGITS + 1),
        )
    at = shares.columns.index("share") + 1
    return known.select(*shares.columns[:at], "share_low", "share_high", *shares.columns[at:])


def no_less_than_rows(
    ranges: pl.DataFrame,
    nations: pl.DataFrame,
    shares: Mapping[str, pl.DataFrame],
    of_shares: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """Ranges of largest shares, neither end of which is below that of a row.

    By each rule the largest share is no smaller than any. A digest moves a headline by the
    difference of whichever two lead in it, and each row by its own, so only the rows say so.

    Parameters
    ----------
    ranges
        As :func:`range_rows` gives them.
    nations
        Figures of nations of the full world, with ``country``.
    shares, of_shares
        By table the shares of its rows, and their ranges as :func:`share_ranges` gives them.

    Returns
    -------
    polars.DataFrame
        ``ranges``, of which some are shifted up.
    """
    for figure, (table, leads) in _LARGEST.items():
        rows = shares[table].filter(leads).join(of_shares[table], on=["nation", _ABOUT[table]])
        least = rows.group_by("nation").agg(
            least_low=(pl.col("share") + pl.col("below")).max(),
            least_high=(pl.col("share") + pl.col("above")).max(),
            figure=pl.lit(figure).first(),
        )
        level = nations.select(nation="country", level=figure)
        low, high = (pl.col(f"least_{end}") - pl.col("level") for end in ("low", "high"))
        ranges = (
            ranges.join(least, on=["nation", "figure"], how="left", maintain_order="left")
            .join(level, on="nation", how="left", maintain_order="left")
            .with_columns(
                below=pl.min_horizontal(pl.max_horizontal("below", low), pl.lit(0.0)),
                above=pl.max_horizontal("above", high),
            )
            .select(ranges.columns)
        )
    return ranges


def around_of(rows: pl.DataFrame | None) -> Around:
    """Ranges of one nation from its rows; none where no rows are shipped."""
    if rows is None:
        return {}
    return {
        figure: (below, above)
        for figure, below, above in rows.select("figure", "below", "above").iter_rows()
    }


def ends_around(around: Around, row: Mapping[str, Any]) -> dict[str, float]:
    """``FIGURE_low`` and ``FIGURE_high`` of the figures of a nation's row.

    Shares stay between 0 and 1; a number of networks is 1 at the least.
    """
    found = {}
    for figure, (below, above) in around.items():
        if (value := row.get(figure)) is not None:
            least, most = (1.0, math.inf) if figure == COUNTED else (0.0, 1.0)
            found[f"{figure}_low"] = max(least, value + below)
            found[f"{figure}_high"] = min(most, value + above)
    return found


def figure_ends(nations: pl.DataFrame, ranges: pl.DataFrame | None) -> pl.DataFrame:
    """``FIGURE_low`` and ``FIGURE_high`` of all nations' figures that have ranges.

    Parameters
    ----------
    nations
        All nations side by side, with ``country``.
    ranges
        Rows of their ranges, as :func:`range_rows` gives them; None if none are known.

    Returns
    -------
    polars.DataFrame
        A row for each nation, in the same order; null where a range is not known. No column where
        none is.
    """
    if ranges is None:
        return nations.select()
    known = set(ranges["figure"])
    found = nations.select("country")
    for figure in (name for name in nations.columns if name in known):
        own = ranges.filter(figure=figure).select("below", "above", country="nation")
        value = nations.select("country", value=pl.col(figure).cast(pl.Float64))
        least, most = (1.0, None) if figure == COUNTED else (0.0, 1.0)
        ends = value.join(own, on="country", how="left", maintain_order="left").select(
            (pl.col("value") + pl.col(beyond)).clip(least, most).round(5).alias(f"{figure}_{end}")
            for end, beyond in (("low", "below"), ("high", "above"))
        )
        found = found.hstack(ends)
    return found.drop("country")


def weightings(world: World, country: str, own: Weights) -> tuple[Weights, ...]:
    """The asked weighting first, then the others that a world knows of a nation.

    Parameters
    ----------
    world
        The world.
    country
        The nation's code.
    own
        The asked one.
    """
    networks = world.networks.filter(world.networks["country"] == country)
    known: tuple[Weights, ...] = ("networks",)
    if networks["ipv4_addresses"].sum():
        known = ("addresses", *known)
    if networks["users"].sum():
        known = (*known, "users")
    return (own, *(each for each in known if each != own))


def range_columns(
    names: Iterable[str], columns: Mapping[str, Mapping[str, str]], *, drawn: bool = False
) -> dict[str, dict[str, str]]:
    """Say what columns of ends are, by what is said of their figures.

    Parameters
    ----------
    names
        Columns of a table.
    columns
        By figure what it is: ``measure``, ``unit``, ``meaning`` and ``source``.
    drawn
        Whether the ends are those of intervals of worlds drawn.
    """
    found = {}
    for name in names:
        figure, _, end = name.rpartition("_")
        if figure in columns and end in _ENDS:
            if drawn:
                meaning = f"The {end} end of the interval of {figure}, of the worlds drawn."
            else:
                meaning = f"{_ENDS[end]} value of {figure} by other rules; empty if not known."
            found[name] = {**columns[figure], "meaning": meaning}
    return found


#: Of an end of a range which of the values it is.
_ENDS = {"low": "The smallest", "high": "The largest"}
