"""Whether there is a route at all, also when some networks carry for nobody.

Asked of routes alone, not of which one is chosen, a destination takes a bit and not a
byte, so more of them are taken at a time, and there are no lengths to compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.sweep import Sweep
from splinternet.routing.traffic import Demand

__all__ = ["TARGETS", "Reach", "Words"]

Words = npt.NDArray[np.uint64]

#: Targets at a time.
TARGETS = 512

_Sums = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Reach:
    """Reach of networks, for the traffic of a demand.

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
        self,
        which: Ints,
        group_of: Ints | None = None,
        silent: Ints | None = None,
        apart: Ints | None = None,
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
        apart
            For each of ``which`` the group whose third parties are the sources, of those that the
            demand tells apart; all sources by default.

        Returns
        -------
        numpy.ndarray
            A sum for each of ``which``, int64.
        """
        found = np.empty(len(which), dtype=np.int64)
        demand = self.demand
        own, within = demand.own[:, None], _kernels.Within.nothing(len(demand.sources))
        if apart is not None and demand.third is not None:
            own, within = demand.third.own, demand.third.within
        kind = np.zeros_like(which) if apart is None else apart
        for first in range(0, len(which), TARGETS):
            some = slice(first, first + TARGETS)
            part = which[some]
            bits = self.bits(part, group_of, None if silent is None else silent[some])
            found[some] = _kernels.missing_block(
                bits,
                demand.targets[part],
                demand.senders,
                demand.sources,
                within,
                own[part],
                kind[some],
            )
        return found

    def bits(
        self,
        which: Ints,
        group_of: Ints | None = None,
        silent: Ints | None = None,
        nearer: Words | None = None,
    ) -> Words:
        """Return a bit for each row and target: whether there is a route; see ``_kernels.reach``.

        Rows that neither send nor lie above a sender have bits of customer and peer routes only;
        ``nearer``, of the same shape, is filled with these of all rows.
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
            self.demand.targets[which],
            self.rows,
            group_of,
            hushed,
            graph.topology,
            told,
            any_way,
            np.empty((0, words), dtype=np.uint64) if nearer is None else nearer,
        )
        return any_way
