"""Sets of networks that traffic passes together: those that a cover must meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.routing.block import Block
from splinternet.routing.codes import NO_ROUTE
from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.passing import mask_of
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand
from splinternet.world.world import World

__all__ = ["PathSets", "path_sets"]

_Floats = npt.NDArray[np.float64]
_Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PathSets:
    """Sets of networks, each with what passes all of its networks and none of the others.

    Attributes
    ----------
    share
        What passes each set, of the traffic that has a route; shape ``(sets,)``. Paths past none
        of the networks are left out.
    start, member
        The networks of set ``i`` are ``member[start[i]:start[i + 1]]``, as places in the list that
        was asked for.
    clipped
        Which sets may lack networks; shape ``(sets,)``. None do, unless what stands at a network
        splits over more than 1,024 sets.
    routed
        The share of all traffic that has a route.
    """

    share: _Floats
    start: _Int64s
    member: _Int64s
    clipped: npt.NDArray[np.bool_]
    routed: float


def path_sets(
    world: World,
    networks: pl.Series,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> PathSets:
    """Divide traffic by the set of the given networks that it passes, its ends included.

    Parameters
    ----------
    world
        The world.
    networks
        ASNs, no two alike.
    sources, destinations
        ``asn`` and ``weight``, as from :func:`~splinternet.routing.traffic.weigh`; no network
        with a weight in both. Every source sends to every destination, in proportion to both.
    routing
        How networks choose routes; the links are those of the world.

    Raises
    ------
    MisuseError
        If a network is not in the world, nothing is to be sent, or a source is a destination.
    RoutingError
        If routes cannot be computed.
    """
    send, receive = (side.filter(pl.col("weight") > 0) for side in (sources, destinations))
    both = send.filter(pl.col("asn").is_in(receive["asn"].implode()))["asn"]
    if len(both):
        raise MisuseError(f"AS{both[0]} is a source and a destination; leave it out of one")
    graph = graph_of(world)
    demand = Demand.of(world, graph, sources, destinations)
    finder = _Finder(graph, demand, networks, send, receive)
    sweep = Sweep(graph, routing, sources=demand.senders)
    parts = list(sweep.run(demand.targets, finder.find, progress))
    sets = _merged([part for part, _ in parts], finder.salt_of_place)
    routed = sum(amount for _, amount in parts)
    # What is left of rounding, where all that came to a set was taken away again, is none.
    real = np.flatnonzero(sets.amount > 1e-12 * routed)
    sets = sets.taken(real, sets.amount[real])
    return PathSets(
        share=sets.amount / max(routed, 1.0),
        start=sets.start,
        member=sets.member,
        clipped=sets.clipped,
        routed=routed / demand.offered,
    )


@dataclass(frozen=True, eq=False)
class _Sets:
    """Some of the sets, with amounts of traffic; otherwise as ``PathSets``."""

    amount: _Floats
    start: _Int64s
    member: _Int64s
    clipped: npt.NDArray[np.bool_]

    def taken(self, which: _Int64s, amount: _Floats) -> _Sets:
        """Take some of the sets, any number of times, with other amounts."""
        start, stop = self.start[which], self.start[which + 1]
        return _Sets(
            amount, _starts(stop - start), self.member[_spans(start, stop)], self.clipped[which]
        )

    def and_with(self, place: _Int64s) -> _Sets:
        """Add one more member to each set, where ``place`` is not -1."""
        size = np.diff(self.start)
        start = _starts(size + (place >= 0))
        member = np.empty(start[-1], dtype=np.int64)
        member[_spans(start[:-1], start[:-1] + size)] = self.member
        member[start[1:][place >= 0] - 1] = place[place >= 0]
        return _Sets(self.amount, start, member, self.clipped)


class _Finder:
    """Finds the sets of one block of targets.

    Carriers among the networks are marked: ``_kernels.path_sets_block`` names them wherever they
    are passed. The rest is at the ends of the traffic: stubs that send are origins by themselves,
    and of targets among the networks the traffic is kept apart.
    """

    def __init__(
        self,
        graph: Graph,
        demand: Demand,
        networks: pl.Series,
        send: pl.DataFrame,
        receive: pl.DataFrame,
    ) -> None:
        random = np.random.default_rng(0)
        self.demand = demand
        self.marked = mask_of(graph, networks)
        self.salt = random.integers(1 << 63, size=graph.carriers + 1, dtype=np.uint64)
        self.salt_of_place = random.integers(1 << 63, size=len(networks) + 1, dtype=np.uint64)
        row = graph.row[graph.networks(networks)]
        self.place_of = np.full(graph.carriers, -1, dtype=np.int64)
        carries = np.flatnonzero(row < graph.carriers)
        self.place_of[row[carries]] = carries
        self.carriers = np.flatnonzero(self.marked).astype(np.int32)

        source = _Ends.of(graph, networks, send).only(graph.carriers)
        self.target = _Ends.of(graph, networks, receive)
        self.stubs, self.stub_place = source.row, source.place
        self.stub_sends = np.rint(source.part * demand.sources[source.row]).astype(np.int32)
        self.carrier_sends = demand.sources[self.carriers]
        self.others = demand.sources.copy()
        self.others[self.carriers] = 0
        np.subtract.at(self.others, source.row, self.stub_sends)
        # What comes from above or across may take another way: it is an origin of its own.
        places = [self.carriers, self.carriers + graph.rows]
        self.origins = np.concatenate([*places, self.stubs])
        carrying = sum(map(len, places))
        self.owners = np.concatenate(
            [np.zeros(carrying), np.arange(1, len(self.stubs) + 1)]
        ).astype(np.int64)

    def find(self, block: Block, place: slice) -> tuple[_Sets, float]:
        """Find the sets, and how much of the traffic to these targets has a route."""
        demand, targets = self.demand, self.demand.targets[place]
        weights, own = demand.weights[place].astype(np.float64), demand.own[place]
        enters = block.carry(self.others, own, stops=self.marked)
        sent = np.concatenate(
            [
                enters[self.carriers] + self.carrier_sends[:, None],
                enters[block.graph.carriers + self.carriers],
                np.broadcast_to(self.stub_sends[:, None], (len(self.stubs), enters.shape[1])),
            ]
        )
        # Traffic to a target is kept apart if the target is, in part, one of the networks.
        apart = np.isin(targets, self.target.row)
        lane_owner = np.where(apart, np.arange(1, len(targets) + 1), 0) * (len(self.stubs) + 1)
        owner, clipped, amount, start, member = block.path_sets(
            self.origins, self.owners, sent, lane_owner, weights, self.marked, self.salt
        )
        lane, stub = np.divmod(owner, len(self.stubs) + 1)
        sets = _Sets(amount, start, self.place_of[member], clipped.astype(bool))
        sets = sets.and_with(np.concatenate([[-1], self.stub_place])[stub])
        routed = weights * self._routed(block, own)
        known = np.bincount(lane, weights=amount, minlength=len(targets) + 1)[1:]
        # What comes to a target past none of the marked carriers is a set of its own.
        direct = _Sets(
            np.maximum(routed - known, 0)[apart],
            np.zeros(apart.sum() + 1, dtype=np.int64),
            np.empty(0, dtype=np.int64),
            np.zeros(apart.sum(), dtype=bool),
        )
        rows = np.concatenate([[-1], targets])[np.concatenate([lane, 1 + np.flatnonzero(apart)])]
        found = self.target.shared_out(_joined([sets, direct]), rows)
        return _merged([found], self.salt_of_place), float(routed.sum())

    def _routed(self, block: Block, own: Ints) -> _Int64s:
        """How much of what is sent to each target has a route."""
        senders = self.demand.senders
        row, lane = np.nonzero(block.codes[senders, : len(own)] == NO_ROUTE)
        routed: _Int64s = self.demand.sources.sum(dtype=np.int64) - own.astype(np.int64)
        np.subtract.at(routed, lane, self.demand.sources[senders[row]])
        return routed


@dataclass(frozen=True, eq=False)
class _Ends:
    """Networks at the ends of traffic, by row: their places, and their part of the row's weight."""

    row: Ints
    place: _Int64s
    part: _Floats

    @classmethod
    def of(cls, graph: Graph, networks: pl.Series, weights: pl.DataFrame) -> _Ends:
        """Find those of the networks that have a weight."""
        amount = np.zeros(len(graph.asn))
        np.add.at(amount, graph.networks(weights["asn"]), weights["weight"].to_numpy())
        total = np.zeros(graph.rows)
        np.add.at(total, graph.row, amount)
        index = graph.networks(networks)
        place = np.flatnonzero(amount[index] > 0)
        place = place[np.argsort(graph.row[index[place]], kind="stable")]
        row = graph.row[index[place]]
        return cls(row, place, amount[index[place]] / total[row])

    def only(self, carriers: int) -> _Ends:
        """Leave out the carriers."""
        stubs = self.row >= carriers
        return _Ends(self.row[stubs], self.place[stubs], self.part[stubs])

    def shared_out(self, sets: _Sets, row: Ints) -> _Sets:
        """Divide what belongs to a row among its networks, and add each to its part of the sets.

        Rows of networks that are not meant stay without; so does row -1.
        """
        first, after = (np.searchsorted(self.row, row, side) for side in ("left", "right"))
        total = np.zeros(len(sets.amount))
        which = np.repeat(np.arange(len(row)), after - first)
        ends = _spans(first, after)
        np.add.at(total, which, self.part[ends])
        rest = np.flatnonzero(total < 1 - 1e-12)
        every = np.concatenate([which, rest])
        part = np.concatenate([self.part[ends], 1 - total[rest]])
        place = np.concatenate([self.place[ends], np.full(len(rest), -1)])
        return sets.taken(every, sets.amount[every] * part).and_with(place)


def _spans(start: _Int64s, stop: _Int64s) -> _Int64s:
    """Concatenate the ranges ``start[i]:stop[i]``, of which there can be more than 2**31."""
    size = stop - start
    places: _Int64s = np.arange(size.sum()) + np.repeat(start - (np.cumsum(size) - size), size)
    return places


def _starts(sizes: _Int64s) -> _Int64s:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _joined(parts: Sequence[_Sets]) -> _Sets:
    return _Sets(
        np.concatenate([part.amount for part in parts]),
        _starts(np.concatenate([np.diff(part.start) for part in parts])),
        np.concatenate([part.member for part in parts]),
        np.concatenate([part.clipped for part in parts]),
    )


def _merged(parts: Sequence[_Sets], salt: npt.NDArray[np.uint64]) -> _Sets:
    """Add up equal sets, known by the sum of their members' random numbers; drop empty ones."""
    sets = _joined(parts)
    so_far = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(salt[sets.member])])
    key = so_far[sets.start[1:]] - so_far[sets.start[:-1]]  # of 64 bits, whatever the overflow
    key += np.where(sets.clipped, salt[-1], np.uint64(0))
    _, which, of = np.unique(key, return_index=True, return_inverse=True)
    amount = np.zeros(len(which))
    np.add.at(amount, of, sets.amount)
    filled = (np.diff(sets.start)[which] > 0) & (amount > 0)
    return sets.taken(which[filled], amount[filled])
