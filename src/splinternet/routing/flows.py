"""Where traffic flows: through each carrier and over each link."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.routing.block import Block, LinkFlow, Marks
from splinternet.routing.codes import lengths
from splinternet.routing.graph import Adjacency, Ints, graph_of
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand
from splinternet.world.world import World

__all__ = ["Flows", "measure_flows"]


@dataclass(frozen=True)
class Flows:
    """Where traffic flows, in parts of the whole.

    ``through`` has each carrier's part, by row; ``over`` that of each link that was asked for, by
    the rows that it leads from and to, with what begins or ends there.
    """

    through: npt.NDArray[np.float64]
    over: dict[tuple[int, int], float]


def measure_flows(
    world: World,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    links: Marks | None = None,
    routing: Routing | None = None,
    progress: Progress | None = None,
) -> Flows:
    """Send traffic and note what each carrier and each link carries.

    Parameters
    ----------
    world
        The world, with the links that are to be used.
    sources, destinations
        As for :func:`~splinternet.routing.transit.transit`.
    links
        Links between carriers that are asked for, which costs hardly more than none; by default
        all, also those to stubs.
    routing
        How networks choose routes.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    per_thread: list[LinkFlow] = []
    local = threading.local()

    def work(block: Block, place: slice) -> tuple[npt.NDArray[np.int64], list[_LastHops]]:
        if not hasattr(local, "links"):
            local.links = LinkFlow.of(graph, links)
            per_thread.append(local.links)
        weights = demand.weights[place]
        noted = local.links.valued(weights)
        block.carry(demand.sources, demand.own[place], links=noted)
        last = [
            _last_hops(block, lane, demand.sources, int(weights[lane]))
            for lane, target in enumerate(block.targets)
            if links is None and target >= graph.carriers
        ]
        return block.passed(weights), last

    through = np.zeros(graph.carriers, dtype=np.int64)
    over: dict[tuple[int, int], int] = {}
    sweep = Sweep(graph, routing or Routing(), sources=demand.senders)
    for passed, last in sweep.run(demand.targets, work, progress):
        through += passed
        for target, near, amount in last:
            over.update(zip(((row, target) for row in near.tolist()), amount.tolist(), strict=True))
    for adjacency, carried in (
        (graph.providers, sum(each.providers for each in per_thread)),
        (graph.customers, sum(each.customers for each in per_thread)),
        (graph.peers, sum(each.peers for each in per_thread)),
    ):
        _note(over, adjacency, np.asarray(carried))
    return Flows(
        through=through / demand.offered,
        over={link: amount / demand.offered for link, amount in over.items()},
    )


_LastHops = tuple[int, Ints, npt.NDArray[np.int64]]


def _last_hops(block: Block, lane: int, sources: Ints, weight: int) -> _LastHops:
    """Traffic that each direct neighbour hands to a stub; see ``LinkFlow`` for why it is not there.

    To a stub that is its customer a carrier hands all that enters it; to one that is its peer only
    what comes from below: the rest takes the carrier's customer route, if it has one.
    """
    graph, target = block.graph, int(block.targets[lane])
    near, handed = [], []
    for neighbours, entering in (
        (_neighbours(graph.providers, target), block.entered),
        (_neighbours(graph.peers, target), block.flow.__getitem__),
    ):
        carriers = neighbours[neighbours < graph.carriers]
        length = lengths(block.codes[carriers, lane], block.rules)
        carriers = carriers[length == 1]
        near.append(carriers)
        handed.append(entering(carriers)[:, lane].astype(np.int64) + sources[carriers])
    return target, np.concatenate(near), np.concatenate(handed) * weight


def _neighbours(adjacency: Adjacency, row: int) -> Ints:
    return adjacency.row[adjacency.start[row] : adjacency.start[row + 1]]


def _note(
    over: dict[tuple[int, int], int], adjacency: Adjacency, carried: npt.NDArray[np.int64]
) -> None:
    """Add what links carry to what is known of them."""
    start = np.repeat(np.arange(len(adjacency.start) - 1), np.diff(adjacency.start))
    used = np.flatnonzero(carried)
    for link, amount in zip(
        zip(start[used].tolist(), adjacency.row[used].tolist(), strict=True),
        carried[used].tolist(),
        strict=True,
    ):
        over[link] = over.get(link, 0) + amount
