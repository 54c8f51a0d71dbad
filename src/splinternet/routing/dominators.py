"""Failures of single networks: who has no way to the core of the Internet without each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import graph_of
from splinternet.world.world import World

__all__ = ["lost_with"]

_Weights = npt.NDArray[np.float64]


def lost_with(world: World, core: Iterable[int], weights: _Weights) -> tuple[_Weights, _Weights]:
    """Sum the weight of the networks that have no way to the core if a network fails.

    A way climbs from customer to provider and crosses one peering link at the most, to the core.

    Parameters
    ----------
    world
        The world.
    core
        ASNs at the top.
    weights
        Shape ``(networks, k)``: any weights of the world's networks, by ASN.

    Returns
    -------
    lost : numpy.ndarray
        Shape ``(networks, k)``: what loses the core with each network, that network among it.
    connected : numpy.ndarray
        Shape ``(networks, k)``: the weights, 0 for networks that have no way from the start.
    """
    graph = graph_of(world)
    in_core = np.zeros(graph.rows, dtype=np.uint8)
    in_core[graph.row[graph.networks(core)]] = 1
    over = _kernels.dominate(
        in_core, graph.providers.start, graph.providers.row, graph.peers.start, graph.peers.row,
        graph.carriers,
    )  # fmt: skip
    connected = np.where((over != -2)[graph.row, None], weights, 0)
    below = np.zeros((graph.rows, weights.shape[1]))
    np.add.at(below, graph.row, connected)
    for row in range(graph.rows - 1, -1, -1):  # what hangs on a row has a higher number, or no more
        if over[row] >= 0:
            below[over[row]] += below[row]
    is_carrier = (graph.row < graph.carriers)[:, None]
    return np.where(is_carrier, below[graph.row], connected), connected
