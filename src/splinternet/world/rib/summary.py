"""Monitors of a routing table, and how much each tells a route collector."""

from __future__ import annotations

import polars as pl

__all__ = ["FULL", "summarise_monitors"]

#: Monitors that tell routes to this part of the origins that any monitor tells have full tables.
FULL = 0.75


def summarise_monitors(paths: pl.DataFrame) -> pl.DataFrame:
    """Monitors of route collectors, and how much of the Internet each of them shows.

    Parameters
    ----------
    paths
        The table ``paths``.

    Returns
    -------
    polars.DataFrame
        Columns ``asn`` (the monitor) and ``collector``; ``table``, ``full`` if the monitor shows
        routes to at least three quarters of the origins that any shows, else ``partial``;
        ``origins``, ``prefixes``, ``addresses`` (IPv4, null where unknown) and ``paths``, counts.
        The monitor with most origins first.
    """
    every = paths["origin"].n_unique()
    known = pl.col("addresses").is_not_null().any()
    return (
        paths.group_by("monitor", "collector")
        .agg(
            pl.col("origin").n_unique().alias("origins"),
            pl.col("prefixes").sum(),
            pl.when(known).then(pl.col("addresses").sum()).alias("addresses"),
            pl.len().alias("paths"),
        )
        .with_columns(
            pl.when(pl.col("origins") >= FULL * every)
            .then(pl.lit("full"))
            .otherwise(pl.lit("partial"))
            .alias("table")
        )
        .select(
            pl.col("monitor").alias("asn"),
            *("collector", "table", "origins", "prefixes", "addresses", "paths"),
        )
        .sort("origins", "asn", "collector", descending=[True, False, False])
    )
