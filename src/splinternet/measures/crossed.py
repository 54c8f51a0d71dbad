"""States that a nation's routes cross: found once for all measures that ask."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from math import inf

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.nation import NATIONS_KEPT, carriers_by, ends_in_states
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import Crossing, crossing_by_destination
from splinternet.world.world import World

__all__ = ["crossing_of_states", "states_crossed", "states_on_most"]

#: A bound is trusted but for this part of it: ends are whole numbers, networks send not to
#: themselves.
_ROOM = 1e-3

#: States that are looked at before bounds rule out the others.
_FIRST = 3


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


def states_on_most(
    world: World,
    country: str,
    counting: Counting,
    routing: Routing,
    passed: pl.DataFrame,
    among: Collection[str] = (),
) -> pl.DataFrame:
    """Share of a nation's traffic that crosses some states, and the one that most crosses.

    As :func:`states_crossed` gives them, but several times quicker. A state's share is at the most
    the sum of those of its networks: states that so cannot come before the largest of the others
    are left out.

    Parameters
    ----------
    world, country, counting, routing
        As there.
    passed
        ``asn`` and ``share``: the traffic that passes each network, by the same choices.
    among
        Codes of the states that are wanted besides.

    Returns
    -------
    polars.DataFrame
        Rows as there of the states that are wanted, of the other state with most, and of some more.
    """
    bounds = _bounds(world, country, counting, passed)
    first = bounds["country"].head(_FIRST)
    while True:
        wanted = pl.Series([*first, *among], dtype=pl.String).unique()
        states = carriers_by(world, "state").filter(pl.col("group").is_in(wanted.implode()))
        both = ends_in_states(world, country, counting)
        found = _tabled(crossing_by_destination(world, states, *both, routing=routing))
        others = found.filter(pl.col("country") != country)
        most = others["share"].max() or 0.0
        rest = bounds.filter(pl.col("bound") >= most, ~pl.col("country").is_in(wanted.implode()))
        if rest.is_empty():
            return found.drop_nulls("country")
        first = pl.concat([first, rest["country"]])


def _bounds(world: World, country: str, counting: Counting, passed: pl.DataFrame) -> pl.DataFrame:
    """The most that can cross each other state, ``country`` and ``bound``, the largest first."""
    abroad = ends_in_states(world, country, replace(counting, parties="third"))[
        counting.direction == "outbound"
    ]
    part = pl.col("weight").sum() / abroad["weight"].sum()
    within = abroad.group_by(country="group").agg(left=1 - part)
    left = pl.col("left").fill_null(1.0)
    return (
        passed.select("asn", "share")
        .join(world.networks.select("asn", "country"), on="asn")
        .filter(pl.col("country") != country)
        .group_by("country")
        .agg(pl.col("share").sum())
        .join(within, on="country", how="left")
        .select(
            "country",
            bound=pl.when(left > _ROOM).then(pl.col("share") * (1 + _ROOM) / left).otherwise(inf),
        )
        .sort("bound", "country", descending=[True, False])
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
    asked = replace(counting, by="state", observers=None)
    return world.derived(
        "states crossed",
        lambda: _tabled(find()),
        of=(country, asked, routing),
        most=NATIONS_KEPT,
    )


def _tabled(found: Crossing) -> pl.DataFrame:
    """States with any share, the largest first."""
    return (
        pl.DataFrame({"country": found.names, "share": found.shares, "counted": found.counted})
        .filter(pl.col("share") > 0)
        .sort("share", "country", descending=[True, False])
    )
