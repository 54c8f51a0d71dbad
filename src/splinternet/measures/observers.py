"""Observers: networks and states that could watch what passes them, several taken as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import passing
from splinternet.world.world import World

__all__ = ["Ends", "Passed", "observing", "passed_by"]

#: Sources and destinations of traffic: ``asn`` and ``weight``.
Ends = tuple[pl.DataFrame, pl.DataFrame]


def observing(world: World, observers: Iterable[int | str]) -> tuple[str, pl.Series]:
    """Names of observers in one, and the AS numbers of all their networks, ascending.

    Parameters
    ----------
    world
        The world.
    observers
        AS numbers, and codes or names of states, all of whose networks count.

    Raises
    ------
    MisuseError
        If nobody observes, there is no such state, or one has no network in the world.
    """
    asns: set[int] = set()
    names = []
    for each in observers:
        if isinstance(each, int):
            found = world.networks.filter(pl.col("asn") == each)["asn"]
            name = f"AS{each}"
        else:
            name = country_code(each)
            found = world.networks.filter(pl.col("country") == name)["asn"]
        if not len(found):
            raise MisuseError(f"observer {name} has no network in world {world.manifest.name}")
        asns.update(found)
        names.append(name)
    if not names:
        raise MisuseError("nobody observes; name networks or states")
    return " and ".join(names), pl.Series(sorted(asns), dtype=pl.UInt32)


class Passed(NamedTuple):
    """Traffic that an observer sees on its way.

    Attributes
    ----------
    third
        Share of the traffic without an end at the observer that passes it, from 0 to 1; 0 where
        there is none.
    left, offered
        Weight of the pairs of networks without an end at the observer, and of all pairs.
    """

    third: float
    left: float
    offered: float


def passed_by(
    world: World,
    watching: pl.Series,
    both: Ends,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> Passed:
    """Traffic between two sets of ends that passes any network of an observer.

    Raises
    ------
    RoutingError
        If routes cannot be computed.
    """
    sources, destinations = (side.filter(~pl.col("asn").is_in(watching.implode())) for side in both)
    left, third = _offered(world, sources, destinations), 0.0
    if left > 0:
        third = passing(world, watching, sources, destinations, routing=routing, progress=progress)
    return Passed(third, left, _offered(world, *both))


def _offered(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Weight of all pairs of two different networks."""
    members = world.networks.select("asn", "members")
    to_itself = sources.join(destinations, on="asn").join(members, on="asn")
    own = to_itself["weight"] * to_itself["weight_right"] / to_itself["members"]
    sent, received = (float(side["weight"].sum()) for side in (sources, destinations))
    return sent * received - float(own.sum())
