"""The nations whose routes pass a network or a state after a scenario, on levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from splinternet.base.asn import Asn, looks_like_asn
from splinternet.base.choices import Carriers, Counting, Routing
from splinternet.figures.ranges import weightings
from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import LEAST, shipped_of
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.scenario.doubted import doubts_after
from splinternet.scenario.levelled import (
    ByRule,
    Levelled,
    as_shares,
    both_shares,
    own_line,
    shares_line,
)
from splinternet.scenario.moving import shares_on_levels
from splinternet.scenario.ruled import other_rules, with_ends
from splinternet.world.world import World

__all__ = ["dependents_on_levels"]


def dependents_on_levels(
    before: World,
    after: World,
    carrier: Asn,
    compute: ByRule,
    options: Mapping[str, Any],
    *,
    ranges: bool = False,
    least: float = LEAST,
) -> Levelled:
    """Tell whose routes pass a network or a state after a scenario.

    Parameters
    ----------
    before, after
        The digest, and the same after the scenario.
    carrier
        The network or the state.
    compute
        The nations that depend on it in a world, and their shares; by a preference and a
        weighting, where these are named.
    options
        The choices that are named.
    ranges
        Whether ranges by other rules are wanted of shares after and of differences.
    least
        Doubts after are looked for where a share gains so much.
    """
    now = compute(after, {})
    figures = shipped_of(before, CARRIERS, options)
    shares = None if figures is None else shipped_dependents(figures, carrier)
    if shares is None:
        return Levelled(now, own_line(before, CARRIERS, options))
    own = both_shares(compute(before, {}), now, "country")
    told = shares_on_levels(own, shares, "country", pl.lit(value=True))
    by: Carriers = "network" if looks_like_asn(carrier) else "state"
    if ranges:
        others = _by_rules(before, after, compute, own, by)
        told = with_ends(told, own, others, "country")
    table = as_shares(told, now)
    gaining = table.filter(pl.col("difference") >= least)
    later = doubts_after(after, carrier, gaining, options)
    doubts = pl.concat([later, shares.select("country", "doubt").drop_nulls()])
    table = table.join(
        doubts.unique("country", keep="first", maintain_order=True),
        on="country",
        how="left",
        maintain_order="left",
    )
    return Levelled(table, shares_line(table, by, "ranges_only"), is_moved=True)


def _by_rules(
    before: World, after: World, compute: ByRule, own: pl.DataFrame, by: Carriers
) -> list[pl.DataFrame]:
    """Shares before and after by every other rule; of states by other preferences alone.

    A nation of which a weighting is not known has its own shares by it.
    """
    usual = Counting().weights
    known = {code: weightings(before, code, usual) for code in own["country"]}
    every = dict.fromkeys(weights for each in known.values() for weights in each)
    found = []
    for routing, counting in other_rules(
        Routing(), Counting(), [usual] if by == "state" else [*every]
    ):
        choices = {"prefer": routing.prefer, "weights": counting.weights}
        both = both_shares(compute(before, choices), compute(after, choices), "country")
        codes = [code for code, each in known.items() if counting.weights in each]
        parts = (
            both.filter(pl.col("country").is_in(codes)),
            own.filter(~pl.col("country").is_in(codes)),
        )
        found.append(pl.concat([each.select("country", "before", "after") for each in parts]))
    return found
