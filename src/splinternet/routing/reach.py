"""Whether there is a route at all, also when some networks carry for nobody.

Asked of routes alone, not of which one is chosen, a destination takes a bit: four times as many
as the sweep takes at a time, and no lengths to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.sweep import Mask, Sweep, threads
from splinternet.routing.transit import Demand

__all__ = ["Reach", "lost_without"]

_TARGETS = 512
_Sums = npt.NDArray[np.int64]
_T = TypeVar("_T")
_Key = TypeVar("_Key")


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

    def missing(self, which: Ints, silent: Mask | None = None) -> _Sums:
        """Weight of the sources that have no route to some of the targets.

        Parameters
        ----------
        which
            Places of targets in ``demand.targets``.
        silent
            Carriers that hand on no route but that to themselves, shape ``(carriers,)``.

        Returns
        -------
        numpy.ndarray
            A sum for each of ``which``, int64.
        """
        found = np.empty(len(which), dtype=np.int64)
        for first in range(0, len(which), _TARGETS):
            part = which[first : first + _TARGETS]
            bits = self.bits(part, silent)
            found[first : first + _TARGETS] = _kernels.missing_block(
                bits, self.demand.targets[part], self.demand.senders,
                self.demand.sources.astype(np.int64), self.demand.own[part].astype(np.int64),
            )  # fmt: skip
        return found

    def bits(self, which: Ints, silent: Mask | None = None) -> npt.NDArray[np.uint64]:
        """Return a bit for each row and target: whether there is a route; see ``_kernels.reach``.

        Rows that neither send nor lie above a sender have bits of customer and peer routes only.
        """
        graph = self.graph
        words = -(-len(which) // 64)
        up = np.empty((graph.carriers, words), dtype=np.uint64)
        any_way = np.empty((graph.rows, words), dtype=np.uint64)
        _kernels.reach_block(
            self.demand.targets[which], self.rows,
            np.zeros(graph.carriers, dtype=np.uint8) if silent is None else silent,
            graph.providers.start, graph.providers.row, graph.peers.start, graph.peers.row,
            graph.carriers, up, any_way,
        )  # fmt: skip
        return any_way


def lost_without(
    reach: Reach,
    groups: Mapping[_Key, Mask],
    concerned: Callable[[_Key], Ints] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[_Key, float]]:
    """Yield the share of a demand's traffic that has a route only with each group of carriers.

    Parameters
    ----------
    reach
        The traffic.
    groups
        Carriers that would carry for nobody, by any key; each still sends and receives for itself.
    concerned
        Tells for a group which targets can lose a route: those some chosen path to which passes
        the group. The others keep the path they have. All of them by default.
    progress
        Told of groups done and of all.
    """
    every = np.arange(len(reach.demand.targets), dtype=np.int32)
    weights = reach.demand.weights
    before = np.concatenate(
        _side_by_side(lambda part: reach.missing(part), np.array_split(every, threads()))
    )

    def lost(name: _Key) -> float:
        which = every if concerned is None else concerned(name)
        gone = reach.missing(which, groups[name]) - before[which]
        return float((gone * weights[which]).sum()) / reach.demand.offered

    with ThreadPoolExecutor(threads()) as pool:
        for done, (name, share) in enumerate(zip(groups, pool.map(lost, groups), strict=True), 1):
            if progress:
                progress(done, len(groups))
            yield name, share


def _side_by_side(work: Callable[[Ints], _T], parts: list[Ints]) -> list[_T]:
    with ThreadPoolExecutor(threads()) as pool:
        return list(pool.map(work, parts))
