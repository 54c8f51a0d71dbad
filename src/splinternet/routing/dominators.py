"""Failures of single networks: who has no way to the tier-1 clique without each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from splinternet.base.errors import MisuseError
from splinternet.routing import _kernels
from splinternet.routing.graph import Ints, graph_of
from splinternet.world.world import World

__all__ = ["lost_with"]

_Weights = npt.NDArray[np.float64]


def lost_with(
    world: World, clique: Iterable[int], weights: _Weights
) -> tuple[_Weights, npt.NDArray[np.bool_]]:
    """Sum the weight of the other networks that lose all ways to the clique if a network fails.

    A way climbs from customer to provider and crosses one peering link at the most, to the clique.

    Parameters
    ----------
    world
        The world.
    clique
        ASNs at the top, which have customers.
    weights
        Shape ``(networks, k)``: any weights of the world's networks, by ASN.

    Returns
    -------
    lost : numpy.ndarray
        Shape ``(networks, k)``: what loses the clique with each network, which is not among it.
    connected : numpy.ndarray
        Shape ``(networks,)``: which networks have a way from the start.

    Raises
    ------
    MisuseError
        If a network of the clique is not in the world, or has no customers.
    RoutingError
        If providers and customers form a cycle.
    """
    graph = graph_of(world)
    over = _dominators(world, tuple(clique))
    connected = (over != -2)[graph.row]
    there = np.where(connected[:, None], weights, 0)
    sums = [np.bincount(graph.row, each, minlength=graph.rows) for each in there.T]
    below = np.stack(sums, axis=1) if sums else np.zeros((graph.rows, 0))
    _kernels.sum_below(over, below)
    is_carrier = (graph.row < graph.carriers)[:, None]
    return np.where(is_carrier, below[graph.row] - there, 0), connected


def _dominators(world: World, clique: tuple[int, ...]) -> Ints:
    """On which row each hangs, found once for a clique: every nation asks."""

    def find() -> Ints:
        graph = graph_of(world)
        in_clique = np.zeros(graph.rows, dtype=np.uint8)
        top = graph.networks(clique)
        idle = top[graph.row[top] >= graph.carriers]  # nothing hangs on it; others share its row
        if len(idle):
            number = graph.asn[idle[0]]
            raise MisuseError(f"AS{number} has no customers; leave it out of the clique")
        in_clique[graph.row[top]] = 1
        over: Ints = _kernels.dominate(in_clique, graph.topology)
        return over

    return world.derived("dominators", find, of=clique, most=1)
