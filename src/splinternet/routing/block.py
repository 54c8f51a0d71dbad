"""A block: the routes to 128 destinations at a time, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.base.errors import RoutingError
from splinternet.routing import _kernels
from splinternet.routing.codes import Following
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.learned import PinTable

__all__ = ["Block", "LinkFlow", "Marks", "Mask", "Routed", "is_pinned"]

#: A byte for each carrier, 1 for those that are meant.
Mask = npt.NDArray[np.uint8]

_Number = TypeVar("_Number", np.int32, np.int64, np.float64)


class Routed(NamedTuple):
    """The routes of a block, as kernels take them; see :class:`Block`."""

    codes: npt.NDArray[np.uint8]
    told: npt.NDArray[np.uint8]
    active: npt.NDArray[np.uint8]
    targets: Ints
    pins: _kernels.Pins


class _Sending(NamedTuple):
    """Demand from sources to destinations, for ``_kernels.path_sets_block``."""

    origins: Ints
    owners: npt.NDArray[np.int64]
    sent: npt.NDArray[np.int64]
    lane_owner: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


class Marks(NamedTuple):
    """A byte for each link, in the order of the graph's lists of neighbours, 1 if it is meant."""

    providers: Mask
    customers: Mask
    peers: Mask

    @classmethod
    def of(cls, graph: Graph, pairs: Iterable[tuple[int, int]] | None = None) -> Marks:
        """Mark what leads from one row to another for some pairs of these; all by default."""
        lists = (graph.providers, graph.customers, graph.peers)
        if pairs is None:
            return cls(*(np.ones(len(each.row), dtype=np.uint8) for each in lists))
        rows = np.int64(graph.rows)
        wanted = np.array([a * rows + b for a, b in pairs], dtype=np.int64)
        if not len(wanted):
            return cls(*(np.zeros(len(each.row), dtype=np.uint8) for each in lists))
        from_row = (np.repeat(np.arange(graph.rows) * rows, np.diff(each.start)) for each in lists)
        keys = (of + each.row for of, each in zip(from_row, lists, strict=True))
        return cls(*(np.isin(each, wanted).astype(np.uint8) for each in keys))


class LinkFlow(NamedTuple):
    """Traffic of each link that is ``wanted``, in the order of the graph's lists of neighbours.

    The last link to a stub is left out: all that the stub receives comes over it or its like.
    Traffic to the targets of the block at hand counts times their ``value``.
    """

    value: npt.NDArray[np.int64]
    providers: npt.NDArray[np.int64]
    customers: npt.NDArray[np.int64]
    peers: npt.NDArray[np.int64]
    wanted: Marks

    @classmethod
    def of(cls, graph: Graph, wanted: Marks | None = None) -> LinkFlow:
        """Make one that has seen no traffic; all links are wanted by default."""
        lists = (graph.providers, graph.customers, graph.peers)
        to_providers, to_customers, to_peers = (np.zeros(len(each.row), np.int64) for each in lists)
        marks = Marks.of(graph) if wanted is None else wanted
        return cls(_NOTHING, to_providers, to_customers, to_peers, marks)

    def valued(self, value: npt.NDArray[np.int64]) -> LinkFlow:
        """Add to the same sums at the rates of another block's targets."""
        return self._replace(value=value)


def is_pinned(graph: Graph, routing: Routing) -> bool:
    """Whether networks take the next hops that were observed; by ``shortest`` alone they can."""
    return routing.pinned and len(graph.pins.row) > 0


_NOTHING = np.empty(0, dtype=np.int64)
_UNMARKED = np.empty(0, dtype=np.uint8)
_NO_LINKS = LinkFlow(
    np.zeros(_kernels.LANES, dtype=np.int64),
    _NOTHING,
    _NOTHING,
    _NOTHING,
    Marks(_UNMARKED, _UNMARKED, _UNMARKED),
)


class Block:
    """One thread's working arrays, holding the routes to a number of targets at a time.

    Attributes
    ----------
    codes
        A byte for each row's choice of a route to each target, shape ``(rows, LANES)``; see
        ``_kernels``.
    told
        A byte for each customer route, which is what peers and providers are told: shape
        ``(carriers + 1, LANES)``, the last for all stubs, which have none.
    active
        Which carriers have a customer route to any target, shape ``(carriers,)``.
    flow
        What enters each carrier for each target after :meth:`carry`, shape
        ``(2 * carriers, LANES)``: from below, and then from above and across.
    targets
        The rows of the targets.
    pinned
        Whether next hops that were observed are taken.
    pins
        Those for these targets, and whether they hold.
    """

    def __init__(self, graph: Graph, routing: Routing, rows: Ints) -> None:
        self.graph, self.routing, self.rows = graph, routing, rows
        self.pinned = is_pinned(graph, routing)
        self.preference = _kernels.PREFERENCES[routing.prefer]
        self.rules = Following.of(routing, pinned=self.pinned)
        self.codes = np.full((graph.rows, _kernels.LANES), _kernels.NO_ROUTE)
        self.told = np.full((graph.carriers + 1, _kernels.LANES), _kernels.NO_ROUTE)
        self.active = np.zeros(graph.carriers, dtype=np.uint8)
        self.flow = np.zeros((2 * graph.carriers, _kernels.LANES), dtype=np.int32)
        self._used = np.zeros(len(self.flow), dtype=np.uint8)
        self.targets = np.empty(0, dtype=np.int32)
        self.pins = PinTable.empty(graph.rows).towards(self.targets)
        self._lane_of = np.full(graph.rows, -1, dtype=np.int16)
        self._clear = np.empty((0, 0, 0), dtype=np.float32)
        # Who finishes no row wants those of all carriers, of which some only are kept up to date.
        self._precomputed = graph.precomputed if len(rows) and not self.pinned else None
        self._carriers = rows[rows < graph.carriers]

    def route(self, targets: Ints) -> None:
        """Compute the routes to the targets.

        Raises
        ------
        RoutingError
            If a path is longer than 62 links.
        """
        graph, preference = self.graph, self.preference
        self.targets = targets
        known = self._precomputed.find(self.routing, targets) if self._precomputed else None
        if self.pinned:
            self.pins = graph.pins.towards(targets)
        if known:
            _kernels.finish_block(self.routed, self.rows, known, graph.topology, preference)
        else:
            while _kernels.route_block(self.routed, self.rows, graph.topology, preference):
                pass  # there are fewer pins that hold
        self._check_lengths(known is not None)

    def _check_lengths(self, known: bool) -> None:
        most = 30 if self.pinned else 62
        # A stub's route is one link longer than a carrier's: look at the many only if need be.
        carriers = self._carriers if known else np.arange(self.graph.carriers, dtype=np.int32)
        longest = _kernels.longest(self.codes, carriers, self.rules)
        # What was computed before was looked at then.
        if not known and any((self.told == code).any() for code in {63, most + 1}):
            longest = most + 1  # though nobody may choose it
        if longest >= most:
            longest = max(longest, _kernels.longest(self.codes, self.rows, self.rules))
        if longest > most:
            raise RoutingError(
                f"a path is longer than {most} links, which no real network's is; "
                "look for a chain of providers that should not be there"
            )

    @property
    def routed(self) -> Routed:
        """The routes."""
        return Routed(self.codes, self.told, self.active, self.targets, self.pins)

    def carry(
        self,
        sources: Ints,
        own: Ints,
        *,
        stops: Mask | None = None,
        towards: Mask | None = None,
        links: LinkFlow | None = None,
    ) -> Ints:
        """Fill ``flow`` with what enters each carrier; see ``_kernels.flow_block``.

        The carriers that ``stops`` marks, shape ``(carriers,)``, pass nothing on. Where only what
        enters some is of interest, ``towards`` marks these.
        """
        nowhere, anywhere = (np.full(self.graph.carriers, mark, dtype=np.uint8) for mark in (0, 1))
        wanted = _NO_LINKS if links is None else links.valued(_lanes(links.value))
        stopped = nowhere if stops is None else stops
        _kernels.flow_block(
            self.routed,
            self.rows,
            _kernels.Traffic(sources, _lanes(own), stopped, self._lane_of),
            self.graph.topology,
            self.rules,
            anywhere if towards is None else towards,
            _kernels.Entering(self.flow, self._used, wanted),
        )
        return self.flow

    def entered(self, rows: Ints) -> Ints:
        """Return what enters some carriers for each target, from wherever; shape ``(rows, LANES)``.

        To be asked after :meth:`carry`.
        """
        entered: Ints = self.flow[rows]
        return entered + self.flow[rows + self.graph.carriers]

    def passed(self, weights: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Sum ``flow`` over the targets, each times its weight: what each carrier passes on."""
        total: npt.NDArray[np.int64] = _kernels.sum_lanes(self.flow, self._used, _lanes(weights))
        carriers = self.graph.carriers
        return total[:carriers] + total[carriers:]

    def next_hops(self, lane: int, rows: Ints, *, from_above: bool = False) -> tuple[Ints, Ints]:
        """Return the next hops of rows towards a target, as ``(start, carriers)`` lists.

        They are those of what a row sends, or of what comes to it from a provider or a peer.
        """
        start = np.empty(len(rows) + 1, dtype=np.int32)
        found = np.empty(2 * len(rows), dtype=np.int32)
        while True:
            many = _kernels.next_hops(
                self.routed, lane, rows, from_above, self.graph.topology, self.rules, start, found
            )
            if many <= len(found):
                return start, found[:many]
            found = np.empty(many, dtype=np.int32)

    def cross(
        self, enters: Ints, group_of: Ints, groups: int, inside: _kernels.Inside
    ) -> npt.NDArray[np.float64]:
        """Return what crosses each group for each target, shape ``(targets, groups)``.

        ``enters`` is as from :meth:`carry`. See ``_kernels.crossing``.
        """
        crossed: npt.NDArray[np.float64] = _kernels.crossing_block(
            self.routed, self._exporters(), enters, inside, group_of, groups, self._ways()
        )
        return crossed

    def watch(
        self,
        vantages: Ints,
        weights: npt.NDArray[np.int64],
        group_of: Ints,
        shares: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    ) -> None:
        """Add to ``shares`` what each vantage's traffic to the targets crosses, and how near.

        See ``_kernels.crossing``.
        """
        exporters, ways = self._exporters(), self._ways()
        _kernels.vantage_block(self.routed, exporters, weights, vantages, group_of, ways, shares)

    def path_sets(
        self,
        origins: Ints,
        owners: npt.NDArray[np.int64],
        sent: npt.NDArray[np.int64],
        lane_owner: npt.NDArray[np.int64],
        weights: npt.NDArray[np.float64],
        marked: Mask,
        salt: npt.NDArray[np.uint64],
    ) -> tuple[npt.NDArray[Any], ...]:
        """Add up what passes each set of marked carriers; see ``_kernels.paths``."""
        found: tuple[npt.NDArray[Any], ...] = _kernels.path_sets_block(
            self.routed,
            self._exporters(),
            _Sending(origins, owners, sent, lane_owner, weights),
            marked,
            salt,
            self._ways(),
        )
        return found

    def avoiding(
        self, marked: Mask, weights: npt.NDArray[np.float64], own: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Return what part of what leaves each of ``rows`` for the targets meets no marked carrier.

        Summed over the targets, by ``weights``; shape ``(sets, rows)`` for ``marked`` of shape
        ``(sets, carriers)``, none of them a target. Of what a target's own row sends there, the
        part ``own`` is no traffic. See ``_kernels.avoiding``.
        """
        if len(self._clear) != len(marked):
            self._clear = np.zeros((len(marked), *self.flow.shape), dtype=np.float32)
        clear: npt.NDArray[np.float64] = _kernels.avoiding_block(
            self.routed,
            self.rows,
            self.graph.topology,
            self.rules,
            marked,
            _kernels.Summing(_lanes(weights), _lanes(own), self._lane_of),
            self._clear,
        )
        return clear

    def leaving(
        self, home: Mask, rows: Ints, weights: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Return what leaves ``home`` from each of some rows, after :meth:`carry`.

        Shape ``(2, rows)``: what part of the row's own traffic, and how much of what enters it,
        summed over the targets, by ``weights``. No target is at home. See ``_kernels.avoiding``.
        """
        left: npt.NDArray[np.float64] = _kernels.leaving_block(
            self.routed, rows, self.graph.topology, self.rules, home, self.flow, _lanes(weights)
        )
        return left

    def cones(
        self,
    ) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
        """Return who the targets are below, and who they are seen to be; see ``_kernels.cones``.

        The codes of targets that are alone in their row are lost.
        """
        shape = self.graph.carriers, _kernels.LANES // 64
        below, seen = np.empty(shape, dtype=np.uint64), np.empty(shape, dtype=np.uint64)
        more = _kernels.cone_block(
            self.routed,
            self._exporters(),
            self.graph.members,
            self.graph.topology,
            self.rules,
            self.pinned or self.preference.then_shorter,
            below,
            seen,
        )
        return below, seen, more

    def _exporters(self) -> Ints:
        """List the carriers with a customer route to any target, by ASN."""
        exporters = np.flatnonzero(self.active).astype(np.int32)
        by_asn: Ints = exporters[np.argsort(self.graph.first[exporters])]
        return by_asn

    def _ways(self) -> _kernels.Ways:
        return _kernels.Ways(self.graph.topology, self.graph.peer_bits, self.rules)


def _lanes(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Fill what is left of the lanes with zeros."""
    filled = np.zeros(_kernels.LANES, dtype=values.dtype)
    filled[: len(values)] = values
    return filled
