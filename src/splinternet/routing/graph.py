"""The graph that routes are computed on: a world's links as arrays, renumbered for the sweep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import Asn, as_numbers
from splinternet.base.errors import MisuseError, RoutingError, remedy
from splinternet.base.frames import check_numbers_of_networks
from splinternet.routing.learned import LearnedHops, PinTable, Used
from splinternet.routing.precomputed import Precomputed
from splinternet.world.world import World

__all__ = [
    "Adjacency",
    "Graph",
    "Ints",
    "Topology",
    "graph_of",
    "graph_of_each",
    "link_ends",
    "spans",
    "with_graph",
    "with_link_ends",
]

Ints = npt.NDArray[np.int32]
_Words = npt.NDArray[np.uint64]


class Adjacency(NamedTuple):
    """Neighbours of each row: those of row ``r`` are ``row[start[r]:start[r + 1]]``.

    Those that the row was seen to prefer come first, then the most used; others follow by ASN.
    """

    start: Ints
    row: Ints


class Topology(NamedTuple):
    """Neighbours by what they are to a row, and the number of carriers: what kernels take.

    ``ordered`` and ``rank`` are as in :class:`Graph`.
    """

    providers: Adjacency
    customers: Adjacency
    peers: Adjacency
    carriers: int
    ordered: npt.NDArray[np.uint8]
    rank: Ints


@dataclass(frozen=True, eq=False)
class Graph:
    """A world's networks as rows, providers before their customers.

    Networks with customers (*carriers*) have a row each, ``0`` to ``carriers - 1``, in an order
    in which every provider comes before its customers. Networks without customers (*stubs*)
    follow. Stubs with the same providers and the same peers choose the same routes and are chosen
    alike, so they share one row: this loses nothing and makes the sweep some three times shorter.
    Where a world has learned next hops, stubs share a row only if these are the same too.

    Attributes
    ----------
    asn
        The networks' ASNs, ascending; shape ``(networks,)``.
    row
        The row of each network; shape ``(networks,)``.
    first
        The network with the lowest ASN in each row; shape ``(rows,)``.
    members
        How many networks each row stands for; shape ``(rows,)``.
    carriers
        How many rows are carriers.
    depth
        Links in the longest chain of providers.
    providers, customers, peers
        Neighbours of each row; ``customers`` has carriers only, on both sides.
    ordered
        Which rows have learned an order of their neighbours, a byte each.
    rank
        For each entry of ``providers`` the place of its row in the provider's list of customers;
        only carriers have one.
    pins
        The next hops that were observed.
    precomputed
        Routes that need not be computed again, if there are any.
    """

    asn: npt.NDArray[np.uint32]
    row: Ints
    first: Ints
    members: npt.NDArray[np.int64]
    carriers: int
    depth: int
    providers: Adjacency
    customers: Adjacency
    peers: Adjacency
    ordered: npt.NDArray[np.uint8]
    rank: Ints
    pins: PinTable
    precomputed: Precomputed | None = None

    @cached_property
    def topology(self) -> Topology:
        """The links."""
        return Topology(
            self.providers, self.customers, self.peers, self.carriers, self.ordered, self.rank
        )

    @cached_property
    def peer_bits(self) -> _Words:
        """Peering of carriers, a bit each; shape ``(carriers, ceil(carriers / 64))``."""
        bits = np.zeros((self.carriers, -(-self.carriers // 64)), dtype=np.uint64)
        start = self.peers.start[: self.carriers + 1]
        of = np.repeat(np.arange(self.carriers), np.diff(start))
        peer = self.peers.row[: start[-1]]
        of, peer = of[peer < self.carriers], peer[peer < self.carriers]
        np.bitwise_or.at(bits, (of, peer >> 6), np.uint64(1) << (peer & 63).astype(np.uint64))
        return bits

    @property
    def carrier_asn(self) -> npt.NDArray[np.uint32]:
        """ASNs of the carriers; shape ``(carriers,)``."""
        return self.asn[self.first[: self.carriers]]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.first)

    def has(self, asns: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        """Tell which ASNs are of networks here."""
        at = np.minimum(np.searchsorted(self.asn, asns), len(self.asn) - 1)
        here: npt.NDArray[np.bool_] = self.asn[at] == asns
        return here

    def networks(self, asns: Iterable[Asn] | pl.Series) -> Ints:
        """Return the index of each ASN among the networks.

        Raises
        ------
        MisuseError
            If one is no AS number, or the world has no such network.
        """
        if isinstance(asns, pl.Series):
            check_numbers_of_networks(asns)
        plain = isinstance(asns, pl.Series | np.ndarray)  # made here, of whole numbers
        wanted = np.asarray(asns if plain else as_numbers(asns))
        if wanted.dtype != self.asn.dtype:  # else all numbers here would be copied each time
            wanted = wanted.astype(np.int64)
        at = np.minimum(np.searchsorted(self.asn, wanted), len(self.asn) - 1)
        missing = wanted[self.asn[at] != wanted] if len(self.asn) else wanted
        if len(missing):
            raise MisuseError(
                f"AS{missing[0]} is not in this world; it has no link there, or the number is wrong"
            )
        return at.astype(np.int32)


def graph_of(world: World) -> Graph:
    """Graph of a world, made once.

    Raises
    ------
    RoutingError
        If providers and customers form a cycle: then nobody is above anybody.
    """
    return world.derived("graph", lambda: _build(world))


def graph_of_each(world: World) -> Graph:
    """Graph of a world in which every network has a row of its own, made once.

    All of them are carriers there, also those without customers: each can announce something
    that its neighbours tell from what its twins announce.

    Raises
    ------
    RoutingError
        If providers and customers form a cycle.
    """
    return world.derived("graph of each", lambda: _build(world, apart=True))


def with_graph(world: World, graph: Graph) -> World:
    """The same world, with this graph of it and no other answers."""
    other = replace(world)
    other.derived("graph", lambda: graph)
    return other


def link_ends(world: World) -> tuple[Ints, Ints]:
    """Both ends of each link, as places of networks in the order of their numbers; made once."""

    def find() -> tuple[Ints, Ints]:
        asn = np.sort(world.networks["asn"].to_numpy())
        a, b = (np.searchsorted(asn, world.links[side].to_numpy()) for side in "ab")
        return a.astype(np.int32), b.astype(np.int32)

    return world.derived("link ends", find)


def with_link_ends(world: World, a: Ints, b: Ints) -> World:
    """The world, which is new, with both ends of its links in place of a search for them."""
    world.derived("link ends", lambda: (a, b))
    return world


def _build(world: World, *, apart: bool = False) -> Graph:
    networks = world.networks.sort("asn")
    asn = networks["asn"].to_numpy()
    a, b = link_ends(world)
    transit = (world.links["kind"] == "p2c").to_numpy()
    above, below = a[transit], b[transit]
    left = np.concatenate([a[~transit], b[~transit]])
    right = np.concatenate([b[~transit], a[~transit]])

    is_carrier = np.full(len(asn), apart)
    is_carrier[above] = True
    order, depth = _providers_first(asn, above, below, is_carrier)
    carriers = len(order)
    row = np.full(len(asn), -1, dtype=np.int32)
    row[order] = np.arange(carriers, dtype=np.int32)
    learned = LearnedHops.of(world, asn)
    stubs = np.flatnonzero(~is_carrier).astype(np.int32)
    ties = (below, above), (left, right)
    row[stubs] = carriers + _shared_rows(stubs, row, *ties, learned.alike)

    rows = int(row.max(initial=-1)) + 1
    first = np.full(rows, len(asn), dtype=np.int32)
    np.minimum.at(first, row, np.arange(len(asn), dtype=np.int32))
    members = np.zeros(rows, dtype=np.int64)
    np.add.at(members, row, networks["members"].to_numpy())
    used = learned.used(row, first)
    providers = _adjacency(row, first, below, above, used)
    customers = _adjacency(row, first, above, below, used, only=is_carrier)
    peers = _adjacency(row, first, left, right, used)
    ordered = np.zeros(rows, dtype=np.uint8)
    ordered[row[learned.network]] = 1
    return Graph(
        asn=asn,
        row=row,
        first=first,
        members=members,
        carriers=carriers,
        depth=depth,
        providers=providers,
        customers=customers,
        peers=peers,
        ordered=ordered,
        rank=_ranks(providers, customers, carriers),
        pins=learned.pins(row, carriers, (providers, peers, customers)),
    )


def _providers_first(
    asn: npt.NDArray[np.uint32], above: Ints, below: Ints, is_carrier: npt.NDArray[np.bool_]
) -> tuple[Ints, int]:
    """Order carriers so that providers come first, peeling off those with no provider left."""
    inner = is_carrier[below]
    above, below = above[inner], below[inner]
    by_provider = np.argsort(above, kind="stable")
    below = below[by_provider]
    start = np.searchsorted(above[by_provider], np.arange(len(asn) + 1)).astype(np.int32)
    waiting = np.bincount(below, minlength=len(asn))
    layer = np.flatnonzero(is_carrier & (waiting == 0))
    layers = []
    while len(layer):
        layers.append(layer)
        reached = below[spans(start[layer], start[layer + 1])]
        np.subtract.at(waiting, reached, 1)
        layer = np.sort(reached[waiting[reached] == 0])
        layer = layer[_differs(layer)]
    order = np.concatenate(layers).astype(np.int32) if layers else np.empty(0, dtype=np.int32)
    if len(order) < is_carrier.sum():
        stuck = asn[np.flatnonzero(is_carrier & (waiting > 0))]
        named = ", ".join(f"AS{number}" for number in stuck[:5])
        raise RoutingError(
            f"providers and customers form a cycle (at or below {named}); import the world with "
            f"{remedy('repair=True', '--repair')}, which leaves out the links on such cycles and "
            "names them"
        )
    return order, len(layers)


def _shared_rows(
    stubs: Ints,
    row: Ints,
    up: tuple[Ints, Ints],
    across: tuple[Ints, Ints],
    alike: Sequence[tuple[Ints, _Words]],
) -> Ints:
    """Number stubs so that those with the same providers and peers, and ``alike``, share a number.

    Sets of neighbours, and of what else a stub has by ``alike``, are compared by sums of 64-bit
    hashes. Numbers follow the first provider's row, so that stubs of one provider lie together in
    memory.
    """
    n = len(row)
    keys = [_set_hash(n, *up, seed=1), _set_hash(n, *across, seed=2), _set_hash(n, *up, seed=3)]
    keys[2] += _set_hash(n, *across, seed=4)
    keys += [_set_hash(n, *each, seed=5) for each in alike]
    top = np.full(n, n, dtype=np.int32)
    np.minimum.at(top, up[0], row[up[1]])
    columns = [key[stubs] for key in keys] + [top[stubs]]
    order = np.lexsort(columns)
    new = np.zeros(len(stubs), dtype=bool)
    for column in columns:
        new |= _differs(column[order])
    number = np.empty(len(stubs), dtype=np.int32)
    number[order] = np.cumsum(new) - 1
    return number


def _set_hash(n: int, of: Ints, neighbour: Ints | _Words, seed: int) -> _Words:
    """Sum a hash of each neighbour: equal for equal sets, whatever their order."""
    x = (neighbour.astype(np.uint64) + np.uint64(seed << 40)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
    total = np.zeros(n, dtype=np.uint64)
    np.add.at(total, of, x ^ (x >> np.uint64(31)))
    return total


def _adjacency(
    row: Ints,
    first: Ints,
    of: Ints,
    neighbour: Ints,
    used: Used,
    only: npt.NDArray[np.bool_] | None = None,
) -> Adjacency:
    """List the neighbours of each row, the most ``used`` first, others by ASN.

    One member speaks for the row, the others agree.
    """
    speaks = first[row[of]] == of
    if only is not None:
        speaks &= only[neighbour]
    of, neighbour = row[of[speaks]], first[row[neighbour[speaks]]]
    pairs = np.sort(of.astype(np.int64) * len(row) + neighbour)  # by row, then by ASN
    pairs = pairs[_differs(pairs)]
    of, neighbour = pairs // max(len(row), 1), pairs % max(len(row), 1)
    if len(used.pair):
        order = used.order(of, pairs)
        of, neighbour = of[order], neighbour[order]
    start = np.searchsorted(of, np.arange(len(first) + 1))
    return Adjacency(start.astype(np.int32), row[neighbour])


def _ranks(providers: Adjacency, customers: Adjacency, carriers: int) -> Ints:
    """Tell for each provider of a carrier where it has the carrier in its list of customers."""
    rank = np.zeros(len(providers.row), dtype=np.int32)
    above = providers.row[: providers.start[carriers]].astype(np.int64)
    below = np.repeat(np.arange(carriers), np.diff(providers.start[: carriers + 1]))
    of = np.repeat(np.arange(carriers), np.diff(customers.start[: carriers + 1]))
    place = np.arange(len(of), dtype=np.int32) - customers.start[of]
    rank[np.argsort(above * carriers + below)] = place[np.argsort(of * carriers + customers.row)]
    return rank


def _differs(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Tell which values differ from the one before, the first always."""
    differs = np.ones(len(values), dtype=bool)
    differs[1:] = values[1:] != values[:-1]
    return differs


def spans(start: Ints, stop: Ints) -> Ints:
    """Concatenate the ranges ``start[i]:stop[i]``."""
    length = stop - start
    offset = np.cumsum(length) - length
    places: Ints = np.arange(length.sum(), dtype=np.int32) + np.repeat(start - offset, length)
    return places
