"""Traffic that avoids some networks, and where it leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.routing.block import Block
from splinternet.routing.graph import graph_of
from splinternet.routing.passing import mask_of
from splinternet.routing.reach import Reach
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand
from splinternet.world.world import World

__all__ = ["arriving", "arriving_clear", "avoiding", "leaving", "networks_below"]

_Floats = npt.NDArray[np.float64]


def arriving(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Share of the traffic between networks that has a route.

    Parameters
    ----------
    world, sources, destinations
        As for :func:`~splinternet.routing.transit.transit`.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    graph = graph_of(world)
    if len(sources) < len(destinations):
        # The export rule lets every path be walked both ways, and each destination takes its time.
        sources, destinations = destinations, sources
    demand = Demand.of(world, graph, sources, destinations)
    missing = Reach.of(graph, demand).missing(np.arange(len(demand.targets), dtype=np.int32))
    return 1 - int(missing @ demand.weights) / demand.offered


def arriving_clear(
    world: World,
    networks: Iterable[int] | pl.Series,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> float:
    """Share of the traffic between networks that has a route and passes none of the given ones.

    The rest that :func:`~splinternet.routing.transit.passing` and traffic without a route leave, in
    two thirds of the time; to within 1e-6, for parts of traffic are float32.

    Parameters
    ----------
    networks
        ASNs, none of them a source or a destination.
    world, sources, destinations, routing
        As for :func:`~splinternet.routing.transit.transit`.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    marked = np.stack([mask_of(graph, networks)])
    weights = demand.weights.astype(np.float64)
    own = demand.own / np.maximum(demand.sources[demand.targets], 1)

    def work(block: Block, place: slice) -> _Floats:
        return block.avoiding(marked, weights[place], own[place])

    sweep = Sweep(graph, routing, sources=demand.senders)
    total = np.zeros((1, len(sweep.rows)))
    for kept in sweep.run(demand.targets, work, progress):
        total += kept
    return float(total[0] @ demand.sources[sweep.rows]) / demand.offered


def networks_below(world: World, networks: Iterable[int] | pl.Series) -> pl.Series:
    """Return the ASNs of all customers of some networks, their customers, and so on down.

    Raises
    ------
    MisuseError
        If a network is not in the world.
    RoutingError
        If the world has a provider-customer cycle.
    """
    graph = graph_of(world)
    top = np.zeros(graph.rows, dtype=bool)
    top[: graph.carriers] = mask_of(graph, networks)
    provider = graph.providers.row
    customer = np.repeat(np.arange(graph.rows), np.diff(graph.providers.start))
    below = np.zeros_like(top)
    fresh = top
    while fresh.any():
        reached = np.zeros_like(top)
        reached[customer[fresh[provider]]] = True
        fresh = reached & ~below
        below |= reached
    return pl.Series(graph.asn[below[graph.row]])


def avoiding(
    world: World,
    sets: Sequence[Iterable[int] | pl.Series],
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> _Floats:
    """Share of what each source sends to all destinations that arrives and passes none of a set.

    Parameters
    ----------
    world
        The world.
    sets
        ASNs of the networks to avoid, for each of several questions; no destination among them.
        A source does not pass itself.
    sources, destinations
        ``asn`` and ``weight``, as from :func:`~splinternet.routing.traffic.weigh`; no network in
        both. How much a source weighs does not matter.
    routing
        How networks choose routes; the links are those of the world.

    Returns
    -------
    numpy.ndarray
        Shape ``(sets, sources)``, of all that the source sends; parts of traffic are float32.

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
        return block.avoiding(marked, weights[place], np.zeros(len(weights[place])))

    sweep = Sweep(graph, routing, sources=demand.senders)
    total = np.zeros((len(marked), graph.rows))
    for kept in sweep.run(demand.targets, work, progress):
        total[:, sweep.rows] += kept
    shares: _Floats = total[:, graph.row[graph.networks(sources["asn"])]]
    return shares


def leaving(
    world: World,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> _Floats:
    """Share of the traffic that goes from each source to a network that is no source.

    Parameters
    ----------
    world, sources, destinations, routing
        As for :func:`avoiding`; sources that weigh nothing count as sources.

    Returns
    -------
    numpy.ndarray
        Shape ``(sources,)``, of all that is sent. Traffic that leaves the sources at several of
        them, and comes back in between, counts at each.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`avoiding`.
    """
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    home = mask_of(graph, sources["asn"])
    rows = np.unique(graph.row[graph.networks(sources["asn"])])
    weights = demand.weights / demand.weights.sum()

    def work(block: Block, place: slice) -> _Floats:
        block.carry(demand.sources, demand.own[place], towards=home)
        return block.leaving(home, rows, weights[place])

    total = np.zeros((2, graph.rows))
    for left in Sweep(graph, routing, sources=rows).run(demand.targets, work, progress):
        total[:, rows] += left
    row = graph.row[graph.networks(sources["asn"])]
    weight = sources["weight"].to_numpy()
    own, passed = total[:, row]
    shares: _Floats = own * weight / weight.sum() + passed / demand.sources.sum(dtype=np.int64)
    return shares
