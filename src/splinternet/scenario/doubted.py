"""Doubts about the carriers of a what-if, before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from splinternet.base.errors import SplinternetError
from splinternet.figures.shipped import LEAST, shipped_of
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.scenario.comparison import Comparison
from splinternet.world.world import World

__all__ = ["with_doubts"]

_NONE = pl.Schema({"asn": pl.UInt32(), "doubt": pl.String()})


def with_doubts(told: Comparison, named: Mapping[str, Any]) -> Comparison:
    """Add to the carriers of a comparison why their shares before or after are not sure.

    A carrier is in doubt as in :mod:`splinternet.measures.doubts`. The doubts before are those
    shipped of the full world, where they answer this question; else they are looked for in the
    world before. Those after are looked for where a network gains 1 % or more.

    Parameters
    ----------
    told
        The comparison of a nation, by network.
    named
        The choices that are named.

    Returns
    -------
    Comparison
        Its carriers have ``doubt`` as their last column, null where there is none.
    """
    nation = told.nation
    if nation is None or nation.by != "network":
        return told
    options = CARRIERS.only({**named, "progress": None})
    figures = shipped_of(told.before, CARRIERS, CARRIERS.only(named))
    shipped = None if figures is None else figures.table("dependence", nation.country)
    if shipped is None:
        shipped = _carriers(told.before, nation.country, options)
    found = [shipped]
    if (nation.carriers["difference"] >= LEAST).any():
        found.insert(0, _carriers(told.after, nation.country, options))
    every = pl.concat([each.select(_NONE.names()).drop_nulls("doubt") for each in found])
    doubts = every.cast(_NONE).unique("asn", keep="first")
    carriers = nation.carriers.join(doubts, on="asn", how="left", maintain_order="left")
    return replace(told, nation=replace(nation, carriers=carriers))


def _carriers(world: World, country: str, options: Mapping[str, Any]) -> pl.DataFrame:
    try:
        return CARRIERS.table(world, country, **options)
    except SplinternetError:
        return _NONE.to_frame()  # nothing is left of the nation, or nothing to measure
