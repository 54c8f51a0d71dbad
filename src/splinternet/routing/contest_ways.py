"""Ways of packets in contests: next hops, paths, and networks that what is diverted passes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.codes import Choosing, codes_of_keys
from splinternet.routing.contest_setting import Contest, Setting
from splinternet.routing.graph import Graph, Ints

__all__ = ["Decided", "Links", "Ways"]


class Decided(NamedTuple):
    """A contest that was decided, and all that decided it."""

    graph: Graph
    rules: Choosing
    contest: Contest
    setting: Setting

    def next_hops(self, lane: int, rows: Ints) -> tuple[Ints, Ints]:
        """Next hops of rows, as ``(start, hops)`` lists: one each, or with ``split`` all."""
        start = np.empty(len(rows) + 1, dtype=np.int32)
        found = np.empty(len(rows), dtype=np.int32)
        while True:
            many = _kernels.hops_block(
                self.contest,
                self.setting,
                self.graph.topology,
                self.rules,
                lane,
                rows,
                start,
                found,
            )
            if many <= len(found):
                return start, found[:many]
            found = np.empty(many, dtype=np.int32)

    def path(self, lane: int, row: int) -> list[list[int]]:
        """AS path from a row, itself first: the networks at each step, several with ``split``.

        Empty if it has no route.
        """
        codes = self.contest.codes[:, lane]
        if codes[row] == _kernels.NO_ROUTE:
            return []
        steps = [np.array([row], dtype=np.int32)]
        while codes[steps[-1][0]]:
            steps.append(np.unique(self.next_hops(lane, steps[-1])[1]))
        return [self.graph.asn[self.graph.first[step]].tolist() for step in steps]


class Links(NamedTuple):
    """Links that packets take in one contest: from rows to rows, and the part of each."""

    start: Ints
    end: Ints
    part: npt.NDArray[np.float64]
    #: Links from there to the end of the route.
    length: npt.NDArray[np.uint8]


class Ways:
    """Ways of the packets of one trial, each hop by its most specific route.

    Parameters
    ----------
    lane
        The trial's place in its block.
    ends
        Rows at which packets end.

    Attributes
    ----------
    contests
        The links that packets take by each prefix, the most specific one first.
    """

    def __init__(self, lane: int, ends: Ints) -> None:
        self._lane, self._ends = lane, ends
        self.contests: list[Links] = []

    def add(self, decided: Decided, has_route: npt.NDArray[np.bool_]) -> None:
        """Add the next hops of a contest for rows that have no more specific route yet."""
        codes = decided.contest.codes[:, self._lane]
        going = (codes != _kernels.NO_ROUTE) & ~has_route
        going[self._ends] = False
        rows = np.flatnonzero(going).astype(np.int32)
        start, hops = decided.next_hops(self._lane, rows)
        many = np.diff(start)
        length = codes_of_keys(codes[rows], decided.rules.preference) >> 2
        self.contests.append(
            Links(np.repeat(rows, many), hops, 1 / np.repeat(many, many), np.repeat(length, many))
        )

    def passed(self, weights: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Add up by row the packets that pass it or end there, of other rows with such weights."""
        flow = weights.astype(np.float64)
        for links in reversed(self.contests):  # from a longer prefix none goes back to a shorter
            for length in np.unique(links.length)[::-1]:
                at = links.length == length
                np.add.at(flow, links.end[at], flow[links.start[at]] * links.part[at])
        passed: npt.NDArray[np.float64] = flow - weights
        return passed
