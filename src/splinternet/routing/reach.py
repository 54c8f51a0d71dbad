"""Whether there is a route at all, also when some networks carry for nobody.

Asked of routes alone, not of which one is chosen, a destination takes a bit: four times as many
as the sweep takes at a time, and no lengths to compare.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.sweep import Sweep, threads
from splinternet.routing.transit import Demand

__all__ = ["Reach", "lost_without"]

_TARGETS = 512
_Sums = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Reach:
    """Who has a route to whom, for the traffic of a demand.

    Attributes
    ----------
    graph
        The graph of a world.
    demand
        Who sends to whom.
    rows
        The rows to finish: those that send, and all above them.
    """

    graph: Graph
    demand: Demand
    rows: Ints

    @classmethod
    def of(cls, graph: Graph, demand: Demand) -> Reach:
        """Prepare the question for a demand."""
        return cls(graph, demand, Sweep.above(graph, demand.senders))

    def missing(
        self, which: Ints, group_of: Ints | None = None, silent: Ints | None = None
    ) -> _Sums:
        """Weight of the sources that have no route to some of the targets.

        Parameters
        ----------
        which
            Places of targets in ``demand.targets``, any number of times.
        group_of
            The group of each carrier, -1 for none; shape ``(carriers,)``.
        silent
            For each of ``which`` the group whose carriers hand on no route to it, if it is not
            theirs; none by default.

        Returns
        -------
        numpy.ndarray
            A sum for each of ``which``, int64.
        """
        found = np.empty(len(which), dtype=np.int64)
        for first in range(0, len(which), _TARGETS):
            some = slice(first, first + _TARGETS)
            part = which[some]
            bits = self.bits(part, group_of, None if silent is None else silent[some])
            found[some] = _kernels.missing_block(
                bits, self.demand.targets[part], self.demand.senders,
                self.demand.sources.astype(np.int64), self.demand.own[part].astype(np.int64),
            )  # fmt: skip
        return found

    def bits(
        self, which: Ints, group_of: Ints | None = None, silent: Ints | None = None
    ) -> npt.NDArray[np.uint64]:
        """Return a bit for each row and target: whether there is a route; see ``_kernels.reach``.

        Rows that neither send nor lie above a sender have bits of customer and peer routes only.
        """
        graph = self.graph
        words = -(-len(which) // 64)
        if group_of is None or silent is None:
            group_of = np.full(graph.carriers, -1, dtype=np.int32)
            hushed = np.empty((0, words), dtype=np.uint64)
        else:
            lane = np.arange(len(which), dtype=np.uint64)
            groups = 1 + max(int(group_of.max(initial=-1)), int(silent.max(initial=-1)))
            hushed = np.zeros((groups, words), dtype=np.uint64)
            at = silent, (lane >> np.uint64(6)).astype(np.int64)
            np.bitwise_or.at(hushed, at, np.uint64(1) << (lane & np.uint64(63)))
        told = np.empty((graph.carriers, words), dtype=np.uint64)
        any_way = np.empty((graph.rows, words), dtype=np.uint64)
        _kernels.reach_block(
            self.demand.targets[which], self.rows, group_of, hushed,
            graph.providers.start, graph.providers.row, graph.peers.start, graph.peers.row,
            graph.carriers, told, any_way,
        )  # fmt: skip
        return any_way


def lost_without(
    reach: Reach,
    group_of: Ints,
    concerned: npt.NDArray[np.bool_],
    progress: Callable[[int, int], None] | None = None,
) -> npt.NDArray[np.float64]:
    """Share of a demand's traffic that has a route only with each group of carriers.

    Parameters
    ----------
    reach
        The traffic.
    group_of
        The group of each carrier, -1 for none; shape ``(carriers,)``. Its carriers would carry for
        nobody; each still sends and receives for itself.
    concerned
        Which targets can lose a route without which group, shape ``(targets, groups)``: those
        some chosen path to which passes the group. The others keep the path they have.
    progress
        Told of questions, a target and a group each, done and of all.

    Returns
    -------
    numpy.ndarray
        A share for each group.
    """
    group, which = (at.astype(np.int32) for at in np.nonzero(concerned.T))
    touched = np.unique(which)
    before = np.zeros(len(concerned), dtype=np.int64)
    starts = range(0, len(which), _TARGETS)

    def gone(first: int) -> npt.NDArray[np.int64]:
        some = slice(first, first + _TARGETS)
        return reach.missing(which[some], group_of, group[some])

    lost = np.zeros(concerned.shape[1])
    with ThreadPoolExecutor(threads()) as pool:
        parts = np.array_split(touched, threads())
        before[touched] = np.concatenate(list(pool.map(reach.missing, parts)))
        for first, missing in zip(starts, pool.map(gone, starts), strict=True):
            some = slice(first, first + _TARGETS)
            more = (missing - before[which[some]]) * reach.demand.weights[which[some]]
            np.add.at(lost, group[some], more)
            if progress:
                progress(min(first + _TARGETS, len(which)), len(which))
    return lost / reach.demand.offered
