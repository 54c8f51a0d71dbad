"""Transit: the share of it that passes each network, or any network of a group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Routing, RoutingChoices
from splinternet.base.takes import Takes
from splinternet.routing.block import Block
from splinternet.routing.graph import Ints, graph_of
from splinternet.routing.passing import AnyOf, EachNetwork, Groups, add_up
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["Crossing", "crossing", "crossing_by_destination", "passing", "transit"]

_TAKES = Takes("transit", ROUTING)


@typed
def transit(
    world: World,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Share of the traffic between networks that passes through each network.

    Every source sends to every destination but itself, in proportion to both their weights.

    Parameters
    ----------
    world
        The world.
    sources, destinations
        ``asn`` and ``weight``, as from :func:`weigh`; every network, weighing one, by default.
    routing, choices
        How networks choose routes, and single fields of it, see
        :class:`~splinternet.base.choices.Routing`.

    Returns
    -------
    polars.DataFrame
        ``asn`` and ``share`` of all traffic offered (also of what finds no route), strictly
        between its ends; largest first, only networks with any.

    Raises
    ------
    MisuseError
        If a network is not in the world, or nothing is to be sent.
    RoutingError
        If the world has a provider-customer cycle or a path of more than 62 links.

    Examples
    --------
    >>> transit(world)["asn"].first()
    3356
    """
    routing = _TAKES.routed(routing, choices)
    world = as_routed(world, routing)
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    count = EachNetwork(np.sort(graph.carrier_asn))
    total = add_up(graph, demand, routing, count, progress)
    return (
        pl.DataFrame({"asn": count.asns, "share": total / demand.offered})
        .filter(pl.col("share") > 0)
        .sort("share", "asn", descending=[True, False])
    )


@typed
def crossing(
    world: World,
    groups: pl.DataFrame,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Share of the traffic between networks that passes through any network of each group.

    Traffic that passes two networks of a group counts once, so this is not the sum of their
    :func:`transit`. The networks of no group are one more, null. The ends of a path do not count
    as passed.

    Parameters
    ----------
    groups
        ``asn`` and ``group`` (text): each network belongs to one at the most.
    world, sources, destinations, routing, choices
        As for :func:`transit`. Where ``sources`` and ``destinations`` have a column ``group``, it
        tells in which group each is an end; then a group's share is of the traffic of third
        parties, which has no end in it.

    Returns
    -------
    polars.DataFrame
        ``group``, ``share``, largest first, only groups with any; and ``counted``, the part of all
        traffic that the share is of.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`transit`.

    Examples
    --------
    >>> states = world.networks.select("asn", group="country")
    >>> cuba = weigh(world, "addresses", world.networks.filter(country="CU")["asn"])
    >>> crossing(world, states, None, cuba).sort("share", descending=True)["group"].first()
    'CU'
    """
    routing = _TAKES.routed(routing, choices)
    world = as_routed(world, routing)
    found = crossing_by_destination(
        world, groups, sources, destinations, routing=routing, progress=progress
    )
    return (
        pl.DataFrame({"group": found.names, "share": found.shares, "counted": found.counted})
        .filter(pl.col("share") > 0)
        .sort("share", "group", descending=[True, False])
    )


@dataclass(frozen=True, eq=False)
class Crossing:
    """Traffic that crosses groups of networks, by destination: the parts of :func:`crossing`.

    Attributes
    ----------
    demand
        The traffic.
    names
        The groups that have a carrier, null among them if some carriers have none.
    group_of
        The group of each carrier, as its place among these; shape ``(carriers,)``.
    amounts
        Weight of the sources whose traffic to a target passes a group, in the units of
        ``demand.sources``; shape ``(targets, groups)``. Where the demand tells third parties apart,
        without sources in the group itself.
    """

    demand: Demand
    names: pl.Series
    group_of: Ints
    amounts: npt.NDArray[np.float64]

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Share of the traffic offered that crosses each group; where none counts for it, 0."""
        third = self.demand.third
        if third is None:
            every: npt.NDArray[np.float64] = (
                self.demand.weights @ self.amounts / self.demand.offered
            )
            return every
        crossed: npt.NDArray[np.float64] = (third.weights * self.amounts).sum(axis=0)
        return crossed / np.maximum(third.offered, 1)

    @property
    def counted(self) -> npt.NDArray[np.float64]:
        """Part of all traffic offered that counts for each group."""
        third = self.demand.third
        if third is None:
            return np.ones(len(self.names))
        return third.offered / self.demand.offered


def crossing_by_destination(
    world: World,
    groups: pl.DataFrame,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> Crossing:
    """Follow what traffic to each destination passes any network of each group.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`transit`.
    """
    graph = graph_of(world)
    count = Groups.of(np.sort(graph.carrier_asn), groups)
    demand = Demand.of(world, graph, sources, destinations, count.names)
    group_of = count.of_carriers(graph)

    def work(block: Block, which: slice) -> npt.NDArray[np.float64]:
        return count.crossed(block, demand, which, group_of)

    sweep = Sweep(graph, routing, sources=demand.senders)
    parts = list(sweep.run(demand.targets, work, progress))
    crossed = np.concatenate(parts) if parts else np.empty((0, len(count.names)))
    return Crossing(demand, count.names, group_of, crossed)


@typed
def passing(
    world: World,
    networks: Iterable[int] | pl.Series,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> float:
    """Share of the traffic between networks that passes any of the given ones.

    As one group of :func:`crossing`, but several times quicker.

    Parameters
    ----------
    networks
        ASNs. Those that are the end of a path do not count as passed by it.
    world, sources, destinations, routing, choices
        As for :func:`transit`.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`transit`.

    Examples
    --------
    >>> round(passing(world, [3356]), 2)
    0.18
    """
    routing = _TAKES.routed(routing, choices)
    world = as_routed(world, routing)
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    count = AnyOf(graph.asn[graph.networks(networks)])
    return int(add_up(graph, demand, routing, count, progress)) / demand.offered
