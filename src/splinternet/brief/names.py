"""Names of networks, alike in briefs, what-ifs and tables."""

from __future__ import annotations

import polars as pl

__all__ = ["shown_name"]


def shown_name() -> pl.Expr:
    """The name of a network: its organisation's where its own is but a handle, as COGENT-174.

    For frames with ``name`` and ``org``, as :attr:`splinternet.world.world.World.networks`.
    """
    handle = pl.col("name").str.contains(r"^[A-Z0-9_-]+$")
    return pl.coalesce(pl.when(~handle).then("name"), "org", "name").alias("name")
