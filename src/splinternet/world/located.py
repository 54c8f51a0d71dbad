"""Where the addresses of networks are, at a world's date, from files of several dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from splinternet.world.schema import TABLES

__all__ = ["Located", "interpolated"]

_SCHEMA = TABLES["located"].schema


@dataclass(frozen=True, eq=False)
class Located:
    """Locations that one file, or a pair of files, tells: ``asn``, ``country``, ``addresses``.

    A file without a date counts as of the world's own.
    """

    table: pl.DataFrame
    day: date | None


def interpolated(found: Sequence[Located], day: date) -> pl.DataFrame:
    """Interpolate the addresses of each network in each country between two dates.

    These are those of the last file before the world's date and of the first one after it that
    tell of the network; where only files on one side do, the nearest counts whole. Of files of
    one date the first counts.

    Returns
    -------
    polars.DataFrame
        As the table ``located``: whole addresses, by network and country; without those whose
        number comes to nothing.

    Examples
    --------
    >>> def told(year, addresses):
    ...     row = {"asn": [64500], "country": ["KZ"], "addresses": [addresses]}
    ...     return Located(pl.DataFrame(row), date(year, 1, 1))
    >>> interpolated([told(2018, 100), told(2022, 500)], date(2019, 1, 1))["addresses"].item()
    200
    """
    told = [((each.day - day).days if each.day else 0, each.table) for each in found]
    before = _nearest([(-days, table) for days, table in told if days <= 0])
    after = _nearest([(days, table) for days, table in told if days > 0])
    gaps = (
        before.select("asn", before="days")
        .unique()
        .join(after.select("asn", after="days").unique(), on="asn", how="full", coalesce=True)
    )
    weight = pl.col("after") / (pl.col("before") + pl.col("after"))
    sides = [
        side.join(gaps, on="asn").with_columns(pl.col("addresses") * weight.fill_null(1.0))
        for side, weight in ((before, weight), (after, 1 - weight))
    ]
    rows = pl.concat(sides).group_by("asn", "country").agg(pl.col("addresses").sum().round())
    whole = rows.filter(pl.col("addresses") > 0).cast(_SCHEMA)
    return whole.select(_SCHEMA.names()).sort("asn", "country")


def _nearest(told: Sequence[tuple[int, pl.DataFrame]]) -> pl.DataFrame:
    """Take each network's addresses from the nearest file that tells of it, with its days."""
    nearest = pl.DataFrame(schema={**_SCHEMA, "days": pl.Int64})
    for days, table in sorted(told, key=lambda pair: pair[0]):
        ours = table.select(_SCHEMA.names()).cast(_SCHEMA).join(nearest, on="asn", how="anti")
        nearest = pl.concat([nearest, ours.with_columns(days=pl.lit(days, pl.Int64))])
    return nearest
