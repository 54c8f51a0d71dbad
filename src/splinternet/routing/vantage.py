"""Networks that each source's traffic passes by itself: the view from single vantage points."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.routing.block import Block
from splinternet.routing.graph import graph_of
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand
from splinternet.routing.workers import cores
from splinternet.world.world import World

__all__ = ["both_by_source", "shares_by_source"]

#: Bytes of working memory that all threads together may take for the shares.
_MEMORY = 1 << 28

_Shares = npt.NDArray[np.float64]


def shares_by_source(
    world: World,
    sources: Iterable[int] | pl.Series,
    destinations: pl.DataFrame,
    networks: Iterable[int] | pl.Series,
    *,
    discount: bool = False,
    routing: Routing,
    progress: Progress | None = None,
) -> _Shares:
    """Share of what each source sends to all destinations that passes each network.

    Parameters
    ----------
    world
        The world.
    sources
        ASNs, none of them a destination.
    destinations
        ``asn`` and ``weight``, as from :func:`~splinternet.routing.traffic.weigh`.
    networks
        ASNs whose shares are wanted.
    discount
        Let a network count 1 / links from there to the destination, and only where the rest of
        the path goes down from providers to customers.
    routing
        How networks choose routes; the links are those of the world.

    Returns
    -------
    numpy.ndarray
        Shape ``(sources, networks)``, of all weight, also that to which there is no route. The
        ends of a path do not count as passed.

    Raises
    ------
    MisuseError
        If a network is not in the world, nothing is to be sent, or a source is a destination.
    RoutingError
        If routes cannot be computed.
    """
    found = _by_source(
        world, sources, destinations, networks, (not discount, discount), routing, progress
    )
    return found[discount]


def both_by_source(
    world: World,
    sources: Iterable[int] | pl.Series,
    destinations: pl.DataFrame,
    networks: Iterable[int] | pl.Series,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> tuple[_Shares, _Shares]:
    """Shares without and with ``discount``, of routes that are followed once for both.

    Takes and raises what :func:`shares_by_source` does.
    """
    wanted = (True, True)
    return _by_source(world, sources, destinations, networks, wanted, routing, progress)


def _by_source(
    world: World,
    sources: Iterable[int] | pl.Series,
    destinations: pl.DataFrame,
    networks: Iterable[int] | pl.Series,
    asked: tuple[bool, bool],
    routing: Routing,
    progress: Progress | None,
) -> tuple[_Shares, _Shares]:
    """Shares without and with ``discount``, where each is ``asked`` for; else nought."""
    graph = graph_of(world)
    senders = pl.Series(sources, dtype=pl.UInt32)
    both = senders.filter(senders.is_in(destinations.filter(pl.col("weight") > 0)["asn"].implode()))
    if len(both):
        raise MisuseError(f"AS{both[0]} is a source and a destination; leave it out of one")
    demand = Demand.of(
        world, graph, pl.DataFrame({"asn": senders, "weight": np.ones(len(senders))}), destinations
    )
    wanted = graph.row[graph.networks(networks)]
    rows, place_of = np.unique(graph.row[graph.networks(senders)], return_inverse=True)
    sweep = Sweep(graph, routing, sources=rows)
    found = np.zeros((2, len(rows), len(wanted)))
    columns = np.flatnonzero(wanted < graph.carriers)  # stubs are never passed
    width = max(1, _MEMORY // (8 * sum(asked) * max(len(rows), 1) * cores()))
    for start in range(0, len(columns), width):
        part = columns[start : start + width]
        group_of = np.full(graph.carriers, -1, dtype=np.int32)
        group_of[wanted[part]] = np.arange(len(part))
        views = _watch(sweep, demand, rows, group_of, len(part), asked, progress)
        for kind in np.flatnonzero(asked):
            found[kind][:, part] = views[kind]
    return found[0][place_of], found[1][place_of]


def _watch(
    sweep: Sweep,
    demand: Demand,
    rows: npt.NDArray[np.int32],
    group_of: npt.NDArray[np.int32],
    groups: int,
    asked: tuple[bool, bool],
    progress: Progress | None,
) -> tuple[_Shares, ...]:
    mine = threading.local()
    every: list[tuple[npt.NDArray[np.int64], ...]] = []

    def work(block: Block, place: slice) -> None:
        if not hasattr(mine, "shares"):
            mine.shares = tuple(
                np.zeros((len(rows) if wanted else 0, groups), dtype=np.int64) for wanted in asked
            )
            every.append(mine.shares)
        block.watch(rows, demand.weights[place], group_of, mine.shares)

    for _ in sweep.run(demand.targets, work, progress):
        pass
    # Whole numbers: their sum is the same on any number of threads.
    return tuple(sum(each) / demand.weights.sum() for each in zip(*every, strict=True))
