"""Doubts about carriers and states before and after a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.countries import country_code
from splinternet.base.errors import SplinternetError
from splinternet.figures.reverse import resting_on_doubt
from splinternet.figures.shipped import LEAST, Figures, shipped_of
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.parallel import side_by_side
from splinternet.scenario.comparison import Comparison
from splinternet.world.world import World

__all__ = ["doubts_after", "with_doubts", "with_own_doubts"]

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
    carriers = _with_first(nation.carriers, found, "asn")
    return replace(told, nation=replace(nation, carriers=carriers))


def with_own_doubts(
    table: pl.DataFrame, figures: Figures, after: World, country: str, named: Mapping[str, Any]
) -> pl.DataFrame:
    """Add to a nation's shares on levels why they are not sure, as :func:`with_doubts` does.

    Parameters
    ----------
    table
        ``asn`` or ``country``, ``share`` and ``difference``.
    figures
        The shipped ones, whose doubts are those before.
    after
        The world after the scenario.
    country
        The nation's code.
    named
        The choices that are named.

    Returns
    -------
    polars.DataFrame
        With ``doubt`` as the last column. A state's share is in doubt if one carrier in doubt has
        half of it or more.
    """
    networks = figures.table("dependence", country)
    if networks is None:
        return table
    known = [networks]
    if (table["difference"] >= LEAST).any():
        options = CARRIERS.only({**named, "by": "network", "progress": None})
        known.insert(0, _carriers(after, country, options))
    table = table.drop("doubt", strict=False)
    if "asn" in table.columns:
        return _with_first(table, known, "asn")
    states = figures.table("states", country)
    shares = [table] if states is None else [table, states]
    found = [
        _of_states(share, each, country)
        for share, each in zip(shares[-len(known) :], known, strict=True)
    ]
    return _with_first(table, found, "country")


def doubts_after(
    after: World, carrier: Asn, nations: pl.DataFrame, named: Mapping[str, Any]
) -> pl.DataFrame:
    """Doubts about a carrier's or a state's shares of nations in the world after a scenario.

    Parameters
    ----------
    after
        The world.
    carrier
        A network's number, or a state's code or name.
    nations
        ``country`` and ``share``: the nations, and what passes it.
    named
        The choices that are named.

    Returns
    -------
    polars.DataFrame
        ``country`` and ``doubt``, of nations whose share is in doubt.
    """
    options = CARRIERS.only({**named, "progress": None})

    def doubt(row: Mapping[str, Any]) -> str | None:
        carriers = _carriers(after, row["country"], options)
        if looks_like_asn(carrier):
            found = carriers.filter(asn=as_number(carrier))
        else:
            state = pl.DataFrame({"country": [country_code(str(carrier))], "share": row["share"]})
            found = _of_states(state, carriers, row["country"])
        return None if found.is_empty() else found["doubt"].item()

    rows = nations.to_dicts()
    doubts = side_by_side(doubt, rows)
    schema = {"country": pl.String(), "doubt": pl.String()}
    codes = [row["country"] for row in rows]
    return pl.DataFrame({"country": codes, "doubt": doubts}, schema=schema).drop_nulls()


def _of_states(states: pl.DataFrame, networks: pl.DataFrame, country: str) -> pl.DataFrame:
    """Shares of states on a nation's routes with the doubt that they rest on, if any."""
    if "country" not in networks.columns:
        return states.with_columns(doubt=pl.lit(None, pl.String)).clear()
    of = pl.lit(country).alias("nation")
    shares = states.select(of, "country", "share")
    return resting_on_doubt(shares, networks.with_columns(of)).drop("nation")


def _with_first(table: pl.DataFrame, found: Sequence[pl.DataFrame], key: str) -> pl.DataFrame:
    """Add the first doubt that is found of each row."""
    every = pl.concat(
        [each.select(key, "doubt").drop_nulls() for each in found], how="vertical_relaxed"
    )
    doubts = every.cast({key: table.schema[key]}).unique(key, keep="first", maintain_order=True)
    return table.join(doubts, on=key, how="left", maintain_order="left")


def _carriers(world: World, country: str, options: Mapping[str, Any]) -> pl.DataFrame:
    try:
        return CARRIERS.table(world, country, **options)
    except SplinternetError:
        return _NONE.to_frame()  # nothing is left of the nation, or nothing to measure
