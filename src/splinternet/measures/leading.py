"""The figures of dependence alone, without the doubts of every carrier: several times quicker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.doubts import carrier_doubts, with_doubts
from splinternet.measures.nation import ends
from splinternet.measures.passed import networks_passed
from splinternet.world.world import World

__all__ = ["leading_networks"]

_LEADERS = ("dependence_on", "foreign_dependence_on")


def leading_networks(
    world: World, country: str, counting: Counting, routing: Routing
) -> Mapping[str, Any]:
    """Figures of :func:`~splinternet.measures.dependence.depend`: the networks with most.

    Doubts of other carriers are looked for only if a leader is in doubt, and stays out.

    Parameters
    ----------
    world
        The world, with the links that are to be used.
    country
        The nation's code.
    counting, routing
        What is counted, by network, and how routes are chosen.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As ``depend``.
    """
    passed = networks_passed(world, country, counting, routing)
    carriers = passed.join(world.named, on="asn", how="left", maintain_order="left").select(
        "asn", "name", "country", "share"
    )
    first = CARRIERS.summary(carriers, country)
    leaders = {first[each] for each in _LEADERS} - {None}
    both = ends(world, country, counting)
    if not carrier_doubts(world, passed, *both, routing=routing, among=leaders):
        return first
    doubts = carrier_doubts(world, passed, *both, routing=routing)
    sure = with_doubts(carriers, doubts).filter(pl.col("doubt").is_null())
    return CARRIERS.summary(sure, country)
