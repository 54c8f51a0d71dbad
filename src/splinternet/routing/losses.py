"""Traffic without a route if groups of carriers, such as a state's, carried for nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Ints
from splinternet.routing.reach import TARGETS, Reach, Words
from splinternet.routing.sweep import Progress
from splinternet.routing.workers import cores, in_order

__all__ = ["lost_without"]

#: From so many questions on it pays to find first who is below whom.
_MANY = 15_000

_Sums = npt.NDArray[np.int64]
_Questions = npt.NDArray[np.bool_]
_Piece = Callable[[], _Sums]


def lost_without(
    reach: Reach, group_of: Ints, concerned: _Questions, progress: Progress | None = None
) -> npt.NDArray[np.float64]:
    """Share of a demand's traffic that has a route only with each group of carriers.

    Parameters
    ----------
    reach
        The traffic. If it tells third parties apart, a group's share is of theirs.
    group_of
        The group of each carrier, -1 for none; shape ``(carriers,)``. Its carriers would carry for
        nobody; each still sends and receives for itself.
    concerned
        Which targets can lose a route without which group, shape ``(targets, groups)``: those
        some chosen path to which passes the group. The others keep the path they have.
    progress
        Told of pieces of work done and of all.

    Returns
    -------
    numpy.ndarray
        A share for each group.
    """
    if np.count_nonzero(concerned) < _MANY:
        pieces = list(_anew(reach, group_of, concerned))
    else:
        groups = _Groups.of(reach, group_of, concerned.shape[1])
        above = groups.above(reach.demand.targets)
        pieces = [
            *_anew(reach, group_of, concerned & above),
            *_below(groups, concerned & ~above),
        ]
    lost = np.zeros(concerned.shape[1], dtype=np.int64)
    with closing(in_order(lambda piece: piece(), pieces)) as parts:
        for done, part in enumerate(parts, 1):
            lost += part
            if progress:
                progress(done, len(pieces))
    third = reach.demand.third
    offered = reach.demand.offered if third is None else np.maximum(third.offered, 1)
    shares: npt.NDArray[np.float64] = lost / offered
    return shares


def _anew(reach: Reach, group_of: Ints, asked: _Questions) -> Iterator[_Piece]:
    """Ask of all sources: a group above the target can be on the way down to it from anywhere."""
    touched = np.flatnonzero(asked.any(axis=1)).astype(np.int32)
    before = np.zeros(len(asked), dtype=np.int64)
    parts = np.array_split(touched, cores())
    before[touched] = np.concatenate(list(in_order(reach.missing, parts)))
    group, which = (at.astype(np.int32) for at in np.nonzero(asked.T))
    third = reach.demand.third

    def lost(some: slice) -> _Sums:
        to, without = which[some], group[some]
        apart = None if third is None else without
        missing = reach.missing(to, group_of, without, apart)
        had_none = before[to]
        if third is None:
            weights = reach.demand.weights[to]
        else:
            weights = third.weights[to, without]
            some_had = had_none > 0
            had_none[some_had] = reach.missing(to[some_had], apart=without[some_had])
        sums = np.zeros(asked.shape[1], dtype=np.int64)
        np.add.at(sums, without, (missing - had_none) * weights)
        return sums

    for first in range(0, len(which), TARGETS):
        yield partial(lost, slice(first, first + TARGETS))


def _below(groups: _Groups, asked: _Questions) -> Iterator[_Piece]:
    """Ask of the sources below each group only: from above others have no route by its carriers."""
    which = np.flatnonzero(asked.any(axis=1)).astype(np.int32)
    for first in range(0, len(which), TARGETS):
        some = which[first : first + TARGETS]
        yield partial(groups.lost, some, asked[some])


@dataclass(frozen=True)
class _Groups:
    """Groups of carriers, and who is below them.

    ``below`` has a bit for each row and group, ``rows[start[g]:start[g + 1]]`` are the rows below
    group ``g``, of those that send or lie above a sender.
    """

    reach: Reach
    group_of: Ints
    below: Words
    start: Ints
    rows: Ints

    @classmethod
    def of(cls, reach: Reach, group_of: Ints, groups: int) -> _Groups:
        below = _kernels.below_groups(group_of, groups, reach.graph.providers)
        among = below[reach.rows]
        sets = [np.flatnonzero(_bit(among, group)) for group in range(groups)]
        rows = np.concatenate(sets) if sets else np.empty(0, dtype=np.int64)
        start = np.cumsum([0, *map(len, sets)]).astype(np.int32)
        return cls(reach, group_of, below, start, reach.rows[rows])

    def above(self, rows: Ints) -> _Questions:
        """Tell which groups have a carrier above each of some rows; shape ``(rows, groups)``."""
        groups = len(self.start) - 1
        among = self.below[rows]
        bits = [_bit(among, group) for group in range(groups)]
        return np.stack(bits, axis=1) if bits else np.zeros((len(rows), 0), dtype=np.bool_)

    def lost(self, which: Ints, asked: _Questions) -> _Sums:
        """Weight of the traffic to some targets that is lost, by group; none is below it."""
        reach, graph = self.reach, self.reach.graph
        words = -(-len(which) // 64)
        nearer = np.empty((graph.rows, words), dtype=np.uint64)
        any_way = reach.bits(which, nearer=nearer)
        lanes = np.zeros((asked.shape[1], 64 * words), dtype=np.bool_)
        lanes[:, : len(which)] = asked.T
        sums = np.zeros(asked.shape[1], dtype=np.int64)
        demand = reach.demand
        own, weights = demand.own[:, None], demand.weights[:, None]
        if demand.third is not None:
            own, weights = demand.third.own, demand.third.weights
        _kernels.lost_below_block(
            any_way,
            nearer,
            (demand.targets[which], demand.sources, demand.within, own[which], weights[which]),
            np.packbits(lanes, axis=1, bitorder="little").view(np.uint64),
            (self.group_of, self.below, self.start, self.rows),
            graph.providers,
            sums,
        )
        return sums


def _bit(words: Words, group: int) -> npt.NDArray[np.bool_]:
    marked: npt.NDArray[np.bool_] = (words[:, group >> 6] >> np.uint64(group & 63) & 1).astype(bool)
    return marked
