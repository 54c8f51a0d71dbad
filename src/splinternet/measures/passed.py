"""Networks that a nation's routes pass: found once for all measures that ask."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.nation import NATIONS_KEPT, ends
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import transit
from splinternet.world.world import World

__all__ = ["networks_passed"]


def networks_passed(
    world: World,
    country: str,
    counting: Counting,
    routing: Routing,
    progress: Progress | None = None,
    *,
    at_home: bool = False,
) -> pl.DataFrame:
    """Share of a nation's traffic that passes each network, for as long as the world keeps it.

    Parameters
    ----------
    world
        The world, with the links that are to be used.
    country
        The nation's code.
    counting, routing
        What is counted, and how routes are chosen. Parties and kinds of carriers play no part.
    at_home
        Whether the nation's end is its residents alone, see
        :func:`~splinternet.measures.nation.ends`.

    Returns
    -------
    polars.DataFrame
        ``asn`` and ``share``, as :func:`~splinternet.routing.transit.transit` gives them.
    """
    usual = Counting()
    asked = replace(counting, by=usual.by, parties=usual.parties, observers=None)
    alone = at_home and counting.where != "registered"  # else all are residents

    def find() -> pl.DataFrame:
        both = ends(world, country, asked, at_home=alone)
        return transit(world, *both, routing=routing, progress=progress)

    return world.derived(
        "networks passed", find, of=(country, asked, routing, alone), most=NATIONS_KEPT
    )
