"""Traffic that passes none of some networks; and the last of a nation's networks that it passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.sweep import Block, Policy, Prefer, Progress, Sweep, Ties
from splinternet.routing.transit import Demand, mask_of
from splinternet.world.world import World

__all__ = ["avoiding", "last_of"]

_Floats = npt.NDArray[np.float64]


def avoiding(
    world: World,
    sets: Sequence[Iterable[int] | pl.Series],
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> _Floats:
    """Share of what each source sends to all destinations that arrives and passes none of a set.

    Parameters
    ----------
    world
        The world.
    sets
        ASNs of the networks to avoid, for each question; none of them a destination. An empty one
        asks what arrives at all. A source passes itself in no case.
    sources, destinations
        ``asn`` and ``weight``, as from :func:`~splinternet.routing.transit.weigh`; no network in
        both. The weights of sources do not matter here.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.sweep.Policy`.

    Returns
    -------
    numpy.ndarray
        Shape ``(sets, sources)``, of all weight of the destinations.

    Raises
    ------
    MisuseError
        If a network is not in the world, or nothing is to be sent.
    RoutingError
        If routes cannot be computed.
    """
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    marked = np.stack([mask_of(graph, networks) for networks in sets])
    weights = demand.weights / demand.weights.sum()

    def work(block: Block, place: slice) -> _Floats:
        kept, _, _ = block.avoiding(marked, weights[place])
        return kept

    sweep = Sweep(graph, Policy(prefer, ties), sources=demand.senders)
    total = np.zeros((len(marked), graph.rows))
    for kept in sweep.run(demand.targets, work, progress):
        total[:, sweep.rows] += kept
    shares: _Floats = total[:, graph.row[graph.networks(sources["asn"])]]
    return shares


def last_of(
    world: World,
    home: pl.Series,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> _Floats:
    """Share of traffic whose path has each of the sources as its last network of ``home``.

    Parameters
    ----------
    world
        The world.
    home
        ASNs, all sources among them, and no destination.
    sources, destinations
        ``asn`` and ``weight``, as from :func:`~splinternet.routing.transit.weigh`.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.sweep.Policy`.

    Returns
    -------
    numpy.ndarray
        Shape ``(sources,)``; the sum is the share of the traffic that has a route.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`avoiding`.
    """
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    at_home = mask_of(graph, home)
    carriers = np.flatnonzero(at_home)
    weights = demand.weights / demand.weights.sum()

    def work(block: Block, place: slice) -> tuple[_Floats, _Floats]:
        kept, clear, stained = block.avoiding(at_home[None], weights[place])
        # Who leaves for good need not be followed.
        flow = block.carry(demand.sources, demand.own[place], stops=1 - stained)
        to = len(weights[place])
        leaving = flow[carriers, :to].astype(np.float64)
        leaving *= clear[0, carriers, :to]
        return kept[0], leaving @ weights[place]

    sweep = Sweep(graph, Policy(prefer, ties), sources=demand.senders)
    own, passing = np.zeros(graph.rows), np.zeros(graph.carriers)
    for kept, left in sweep.run(demand.targets, work, progress):
        own[sweep.rows] += kept
        passing[carriers] += left
    row = graph.row[graph.networks(sources["asn"])]
    weight = sources["weight"].to_numpy()
    shares = own[row] * weight / weight.sum()
    carrier = row < graph.carriers
    shares[carrier] += passing[row[carrier]] / demand.sources.sum(dtype=np.int64)
    return shares
