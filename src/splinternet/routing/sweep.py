"""Running the sweep: destinations in blocks, blocks shared out among the cores."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

import numpy as np

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing.block import Block, is_pinned
from splinternet.routing.graph import Graph, Ints, graph_of, spans, with_graph
from splinternet.routing.precomputed import Precomputed
from splinternet.routing.workers import in_order
from splinternet.world.world import World

__all__ = ["Progress", "Sweep", "precompute"]

#: Called with the number of destinations done and their total.
Progress = Callable[[int, int], None]

_T = TypeVar("_T")


class Sweep:
    """Routes to many targets, a block at a time, on every core.

    Parameters
    ----------
    graph
        The graph of a world.
    routing
        How routes are chosen.
    sources
        Rows whose routes are wanted, all by default. Only these and the rows that they can
        climb to are finished, which for one nation's sources is some ten times quicker. Rows that
        are pinned are finished too: it shows whether their pins hold.
    """

    def __init__(self, graph: Graph, routing: Routing, sources: Ints | None = None) -> None:
        self.graph, self.routing = graph, routing
        every = np.arange(graph.rows, dtype=np.int32)
        if sources is not None and is_pinned(graph, routing):
            sources = np.concatenate([sources, graph.pins.carriers])
        self.rows = every if sources is None else self.above(graph, sources)
        self._local = threading.local()

    def run(
        self,
        targets: Ints,
        work: Callable[[Block, slice], _T],
        progress: Progress | None = None,
    ) -> Iterator[_T]:
        """Route target rows, a block at a time; yield what ``work(block, which)`` makes of them.

        ``which`` tells the place of the block's targets in ``targets``. Results come in order.
        """
        size = _kernels.LANES
        places = [slice(i, min(i + size, len(targets))) for i in range(0, len(targets), size)]

        def one(place: slice) -> _T:
            block = self.block()
            block.route(targets[place])
            return work(block, place)

        with closing(in_order(one, places)) as results:
            for place, result in zip(places, results, strict=True):
                if progress:
                    progress(place.stop, len(targets))
                yield result

    @staticmethod
    def above(graph: Graph, rows: Ints) -> Ints:
        """Return rows with their providers, the providers of these, and so on up."""
        wanted = np.zeros(graph.rows, dtype=bool)
        wanted[rows] = True
        fresh = np.flatnonzero(wanted)
        start, provider = graph.providers
        while len(fresh):
            above = np.zeros_like(wanted)
            above[provider[spans(start[fresh], start[fresh + 1])]] = True
            fresh = np.flatnonzero(above & ~wanted)
            wanted |= above
        return np.flatnonzero(wanted).astype(np.int32)

    def block(self) -> Block:
        """Return the working arrays of the thread that asks."""
        if not hasattr(self._local, "block"):
            self._local.block = Block(self.graph, self.routing, self.rows)
        block: Block = self._local.block
        return block


def precompute(world: World, routing: Routing) -> World:
    """The same world with carriers' routes to everybody, for as long as it lives.

    They take two bytes for each carrier and row. Where next hops are pinned, customers' routes
    depend on providers', and the world stays as it is. All that is computed of it stays the same,
    to within rounding; what few networks send to everybody is computed several times as fast.

    Raises
    ------
    RoutingError
        If the world has a provider-customer cycle or a path of more than 62 links.
    """
    graph = graph_of(world)
    if (graph.precomputed and graph.precomputed.routing == routing) or is_pinned(graph, routing):
        return world
    found = Precomputed.room(routing, graph.rows, graph.carriers)

    def work(block: Block, place: slice) -> None:
        found.fill(place.start, block.told, block.active, block.codes)

    sweep = Sweep(graph, routing, sources=np.arange(graph.carriers, dtype=np.int32))
    for _ in sweep.run(np.arange(graph.rows, dtype=np.int32), work):
        pass
    return with_graph(world, replace(graph, precomputed=found))
