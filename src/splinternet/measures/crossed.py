"""States that a nation's routes cross: found once for all measures that ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.nation import NATIONS_KEPT, carriers_by, ends_in_states
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import Crossing, crossing_by_destination
from splinternet.world.world import World

__all__ = ["crossing_of_states", "states_crossed"]


def crossing_of_states(
    world: World,
    country: str,
    counting: Counting,
    routing: Routing,
    progress: Progress | None = None,
) -> Crossing:
    """Traffic of a nation that crosses each state, by destination; :func:`states_crossed` keeps it.

    Raises
    ------
    MisuseError, WorldError
        As :func:`~splinternet.measures.nation.ends_in_states`.
    RoutingError
        If routes cannot be computed.
    """
    found = _crossing(world, country, counting, routing, progress)
    _kept(world, country, counting, routing, lambda: found)
    return found


def states_crossed(
    world: World,
    country: str,
    counting: Counting,
    routing: Routing,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Share of a nation's traffic that crosses each state.

    Returns
    -------
    polars.DataFrame
        ``country``, null for the unknown ones, ``share`` and ``counted``, the part of all traffic
        that the share is of; largest first, only states with any.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As :func:`crossing_of_states`.
    """
    return _kept(
        world,
        country,
        counting,
        routing,
        lambda: _crossing(world, country, counting, routing, progress),
    )


def _crossing(
    world: World, country: str, counting: Counting, routing: Routing, progress: Progress | None
) -> Crossing:
    states = carriers_by(world, "state")
    both = ends_in_states(world, country, counting)
    return crossing_by_destination(world, states, *both, routing=routing, progress=progress)


def _kept(
    world: World, country: str, counting: Counting, routing: Routing, find: Callable[[], Crossing]
) -> pl.DataFrame:
    """Table of what crosses states, for as long as the world keeps it."""

    def table() -> pl.DataFrame:
        found = find()
        return (
            pl.DataFrame({"country": found.names, "share": found.shares, "counted": found.counted})
            .filter(pl.col("share") > 0)
            .sort("share", "country", descending=[True, False])
        )

    asked = replace(counting, by="state", observers=None)
    return world.derived("states crossed", table, of=(country, asked, routing), most=NATIONS_KEPT)
