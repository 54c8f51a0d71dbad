"""Next hops that a world has learned, on the rows of its graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.world.world import World

if TYPE_CHECKING:
    from splinternet.routing.graph import Adjacency

__all__ = ["LearnedHops", "PinTable", "Used"]

_Ints = npt.NDArray[np.int32]
_Int64s = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]
_Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Used:
    """How much each row was seen to use a neighbour.

    Attributes
    ----------
    pair
        ``row * networks + neighbour``, ascending, the neighbour by its index among the networks.
    origins
        How many origins it reaches so; same shape.
    strength
        How strongly it prefers the neighbour to equally good ones, 0 where it had no choice; same
        shape.
    """

    pair: _Int64s
    origins: _Int64s
    strength: _Floats

    def order(self, of: _Ints | _Int64s, pairs: _Int64s) -> _Int64s:
        """Order pairs by row, by strength, by origins, and else as they are given."""
        at = np.minimum(np.searchsorted(self.pair, pairs), len(self.pair) - 1)
        seen = self.pair[at] == pairs
        order: _Int64s = np.lexsort(
            (-np.where(seen, self.origins[at], 0), -np.where(seen, self.strength[at], 0.0), of)
        )
        return order


@dataclass(frozen=True, eq=False)
class PinTable:
    """All pins of a graph, by target row and then by row; see ``_kernels.pins``.

    Attributes
    ----------
    start
        Pins for routes to row ``r`` are from ``start[r]`` to ``start[r + 1]``.
    row, kind, link
        Which row is pinned, to a neighbour of which kind, over which link of that list.
    carriers
        The carriers among the pinned rows, each once.
    """

    start: _Ints
    row: _Ints
    kind: npt.NDArray[np.uint8]
    link: _Ints
    carriers: _Ints

    def towards(self, targets: _Ints) -> _kernels.Pins:
        """Pins for the routes to the targets of a block, all of which hold."""
        many = self.start[targets + 1] - self.start[targets]
        lane = np.repeat(np.arange(len(targets), dtype=np.int32), many)
        lane_start = np.full(_kernels.LANES + 1, len(lane), dtype=np.int32)
        lane_start[: len(targets) + 1] = np.concatenate([[0], np.cumsum(many)])
        at = np.arange(len(lane)) - np.repeat(lane_start[: len(targets)], many)
        at += np.repeat(self.start[targets], many)
        by_row = np.argsort(self.row[at], kind="stable")
        by_lane = np.empty(len(lane), dtype=np.int32)
        by_lane[by_row] = np.arange(len(lane), dtype=np.int32)
        row = self.row[at][by_row]
        return _kernels.Pins(
            start=np.searchsorted(row, np.arange(len(self.start))).astype(np.int32),
            row=row,
            lane=lane[by_row],
            kind=self.kind[at][by_row],
            link=self.link[at][by_row],
            holds=np.ones(len(lane), dtype=np.uint8),
            below=np.full(len(lane), -1, dtype=np.int32),
            lane_start=lane_start,
            by_lane=by_lane,
        )

    @classmethod
    def empty(cls, rows: int) -> PinTable:
        """Nothing observed, of a graph of so many rows."""
        none = np.empty(0, dtype=np.int32)
        start = np.zeros(rows + 1, dtype=np.int32)
        return cls(start, none, none.astype(np.uint8), none, none)


@dataclass(frozen=True, eq=False)
class LearnedHops:
    """The table ``learned`` of a world, by the index of networks.

    Attributes
    ----------
    network, next_hop
        Of each next hop between networks that are there.
    origin
        For which origin, -1 for one that is gone.
    alike
        What stubs that share a row have in common: pairs of network and what they have, as
        origins and as networks that send.
    preferred
        Networks, neighbours and strengths of the table ``preferred``.
    """

    network: _Ints
    next_hop: _Ints
    origin: _Ints
    alike: Sequence[tuple[_Ints, _Words]]
    preferred: tuple[_Ints, _Ints, _Floats]

    @classmethod
    def of(cls, world: World, asn: npt.NDArray[np.uint32]) -> LearnedHops:
        """Find the networks, whose numbers are ascending, of what a world has learned."""
        if not world.learned.height:
            none = np.empty(0, dtype=np.int32)
            return cls(none, none, none, (), (none, none, none.astype(np.float64)))
        numbers = [world.learned[name].to_numpy() for name in ("asn", "next_hop", "origin")]
        network, next_hop, origin = (_places(asn, each) for each in numbers)
        wide = [each.astype(np.uint64) for each in numbers]
        alike = [
            (network[network >= 0], ((wide[2] << np.uint64(32)) | wide[1])[network >= 0]),
            (origin[origin >= 0], ((wide[0] << np.uint64(32)) | wide[1])[origin >= 0]),
        ]
        here = (network >= 0) & (next_hop >= 0)
        of, near = (_places(asn, world.preferred[name].to_numpy()) for name in ("asn", "next_hop"))
        there = (of >= 0) & (near >= 0)
        preferred = of[there], near[there], world.preferred["strength"].to_numpy()[there]
        return cls(network[here], next_hop[here], origin[here], alike, preferred)

    def used(self, row: _Ints, first: _Ints) -> Used:
        """Count the origins that each row reaches over each neighbour, and tell its strength."""
        pairs = row[self.network].astype(np.int64) * len(row) + first[row[self.next_hop]]
        pair, origins = np.unique(pairs, return_counts=True)
        network, near, strength = self.preferred
        preferred = row[network].astype(np.int64) * len(row) + first[row[near]]
        every = np.union1d(pair, preferred)
        counted = np.zeros(len(every), dtype=np.int64)
        counted[np.searchsorted(every, pair)] = origins
        strong = np.zeros(len(every))
        np.maximum.at(strong, np.searchsorted(every, preferred), strength)
        return Used(every, counted, strong)

    def pins(
        self, row: _Ints, carriers: int, lists: tuple[Adjacency, Adjacency, Adjacency]
    ) -> PinTable:
        """Find the links that next hops lead over, in lists of providers, peers and customers.

        A next hop that is no neighbour is left out; and so is one to a customer without customers,
        who is the origin, for none is nearer.
        """
        rows = len(lists[0].start) - 1
        if not len(self.origin):
            return PinTable.empty(rows)
        there = self.origin >= 0
        of, near = row[self.network[there]], row[self.next_hop[there]]
        to = row[self.origin[there]].astype(np.int64)
        _, once = np.unique(to * rows + of, return_index=True)  # by target, then by row
        of, near, to = of[once], near[once], to[once]
        kind = np.full(len(of), 3, dtype=np.uint8)
        link = np.zeros(len(of), dtype=np.int32)
        kinds = (_kernels.TO_PROVIDER, _kernels.TO_PEER, _kernels.TO_CUSTOMER)
        for which, adjacency in zip(kinds, lists, strict=True):
            place = _links(adjacency, rows, of.astype(np.int64) * rows + near)
            kind[place >= 0], link[place >= 0] = which, place[place >= 0]
        kept = (kind < 3) & (of != to)
        of, to, kind, link = of[kept], to[kept], kind[kept], link[kept]
        return PinTable(
            start=np.searchsorted(to, np.arange(rows + 1)).astype(np.int32),
            row=of,
            kind=kind,
            link=link,
            carriers=np.unique(of[of < carriers]),
        )


def _places(asn: npt.NDArray[np.uint32], wanted: npt.NDArray[np.uint32]) -> _Ints:
    """Index of each number among ascending ones, -1 for those that are not there."""
    at = np.minimum(np.searchsorted(asn, wanted), len(asn) - 1)
    places: _Ints = np.where(asn[at] == wanted, at, -1).astype(np.int32)
    return places


def _links(adjacency: Adjacency, rows: int, wanted: _Int64s) -> _Ints:
    """Place in a list of each pair ``row * rows + neighbour``, -1 for those that are not there."""
    pairs = np.repeat(np.arange(rows, dtype=np.int64), np.diff(adjacency.start)) * rows
    pairs += adjacency.row
    order = np.argsort(pairs)
    if not len(order):
        return np.full(len(wanted), -1, dtype=np.int32)
    at = order[np.minimum(np.searchsorted(pairs, wanted, sorter=order), len(order) - 1)]
    found: _Ints = np.where(pairs[at] == wanted, at, -1).astype(np.int32)
    return found
