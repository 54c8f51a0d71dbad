"""The ways from some networks to one destination at a time, as chains of next hops.

Ways lead over *places*: a row is one, where traffic follows its own choice. A carrier is a second
place, ``shift`` later, where traffic has come from above or across and follows the customer route.

Next hops are kept as chains: ``head[place]`` is the first hop of a place, ``later[k]`` the one
after hop ``k``, -1 the end. A row's list of customers or peers can be long, while few networks have
a customer route to one destination and hand it on: these look for their providers, and a carrier
looks which of those at the right distance are its peers (``peer_bits``).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner
from splinternet.routing._kernels.codes import NO_ROUTE, TO_PROVIDER
from splinternet.routing._kernels.hops import (
    code_of_told,
    from_provider,
    is_customer,
    is_peer,
    length_of,
    links_told,
)
from splinternet.routing._kernels.pins import pinned_hop

__all__ = [
    "Ways",
    "carrier_at",
    "carriers_only",
    "codes_of_places",
    "forget_walk",
    "is_carrier",
    "order_by_code",
    "room_to_walk",
    "transposed",
    "walk",
]


class Ways(NamedTuple):
    """The graph that routes lead over, its peerings as bits, and the rules by which they do."""

    graph: Any
    peer_bits: Any
    rules: Any


class Places(NamedTuple):
    """Codes of places by lane, and the shift to those of customer routes."""

    codes: Any
    shift: Any


class Chains(NamedTuple):
    """Next hops of places, as chains.

    Hop ``k`` leads from place ``of[k]`` to place ``hop[k]``, which is number ``rank[k]`` in the
    list of customers there, -1 by a pin.
    """

    head: Any
    hop: Any
    later: Any
    of: Any
    rank: Any


class Walk(NamedTuple):
    """The places that are visited on the way to a destination, and their next hops.

    ``visits`` are the places, of which ``seen`` are marked; ``order`` has them nearest first.
    Carriers with a customer route of ``n`` links are ``far[bucket[n]:bucket[n + 1]]``. ``tally`` is
    for work.
    """

    visits: Any
    seen: Any
    order: Any
    chains: Chains
    bucket: Any
    far: Any
    tally: Any


# No function below is called in an inner loop with arrays as arguments: numba would count
# references each time.


@inner
def room_to_walk(places, exporters, graph):
    """Room for the ways between so many places."""
    visits = np.empty(places, dtype=np.int32)
    # A link of provider and customer can be used both ways, and some chains are shared.
    most = 2 * len(graph.providers.row) + len(graph.peers.row) + graph.carriers
    hop = np.empty(most, dtype=np.int32)
    chains = Chains(
        np.full(places, -1, dtype=np.int32),
        hop,
        np.empty_like(hop),
        np.empty_like(hop),
        np.empty_like(hop),
    )
    return Walk(
        visits,
        np.zeros(places, dtype=np.uint8),
        np.empty_like(visits),
        chains,
        np.empty(66, dtype=np.int32),
        np.empty_like(exporters),
        np.empty(257, dtype=np.int32),
    )


@inner
def walk(places, lane, exporters, visited, room, ways, pins):
    """Follow the routes to a destination from the first so many ``visits``, which are ``seen``.

    ``places`` are as from ``codes_of_places``; ``exporters`` are the carriers with a customer route
    to any target, by ASN. Returns how many places are visited in all, and how many hops there are.
    """
    hops = _pinned(places, lane, room.chains, ways.graph, pins)
    hops = _descend(places, lane, exporters, hops, room, ways)
    visited, hops = _follow(places, lane, visited, hops, room, ways)
    for i in range(visited):
        room.seen[room.visits[i]] = 0
    return visited, hops


@inner
def forget_walk(hops, room):
    """Forget the chains of one destination."""
    head, of = room.chains.head, room.chains.of
    for k in range(hops):
        head[of[k]] = -1


@inner
def _pinned(places, lane, chains, graph, pins):
    """Chain the next hops of rows that are pinned; return how many there are."""
    codes, shift = places
    head, hop, later, of, rank = chains
    hops = 0
    for i in range(pins.lane_start[lane], pins.lane_start[lane + 1]):
        p = pins.by_lane[i]
        row = pins.row[p]
        if not pins.holds[p] or row >= shift:
            continue
        for from_above in range(2):
            if from_above and (row >= graph.carriers or codes[lane, row + shift] == NO_ROUTE):
                continue
            near = pinned_hop(pins, p, from_above, graph)
            if 0 <= near < graph.carriers and codes[lane, near] != 0:
                up = not from_above and pins.kind[p] == TO_PROVIDER
                place = row + shift if from_above else row
                hop[hops], later[hops], of[hops] = near if up else near + shift, -1, place
                head[place], rank[hops] = hops, -1
                hops += 1
    return hops


@inner
def _descend(places, lane, exporters, hops, room, ways):
    """Chain the next hops of all customer routes; return how many there are with those before.

    ``exporters`` are by ASN: the first to offer the route that was chosen has the lowest.
    """
    codes, shift = places
    head, hop, later, of, rank = room.chains
    bucket, far = room.bucket, room.far
    graph, split = ways.graph, ways.rules.split
    provider_start, provider_row = graph.providers
    step = code_of_told(np.uint8(1))
    bucket[:] = 0
    for near in exporters:
        code = codes[lane, near + shift]
        if is_customer(code):
            bucket[np.int64(links_told(code)) + 2] += 1
    for length in range(len(bucket) - 1):
        bucket[length + 1] += bucket[length]
    for near in exporters:
        code = codes[lane, near + shift]
        if not is_customer(code):
            continue
        links = np.int64(links_told(code))
        far[bucket[links + 1]] = near
        bucket[links + 1] += 1
        if code == 0:
            continue  # a hop that is the destination itself is not on the way to it
        for k in range(provider_start[near], provider_start[near + 1]):
            place = provider_row[k] + shift
            if codes[lane, place] != code + step:
                continue
            if head[place] < 0 or (split and not graph.ordered[provider_row[k]]):
                hop[hops], later[hops], of[hops] = near + shift, head[place], place
                head[place], rank[hops] = hops, graph.rank[k]
                hops += 1
            elif graph.rank[k] < rank[head[place]]:  # the provider's first choice goes before
                hop[head[place]], rank[head[place]] = near + shift, graph.rank[k]
    return hops


@inner
def _follow(places, lane, visited, hops, room, ways):
    """Chain the next hops of all ``visits``, and add these to them, until there are no more.

    Returns how many visits and how many hops there are.
    """
    codes, shift = places
    graph, peer_bits, rules = ways
    head, hop, later, of, _ = room.chains
    visits, seen, bucket, far = room.visits, room.seen, room.bucket, room.far
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    i = 0
    while i < visited:
        row = visits[i]
        i += 1
        code = codes[lane, row]
        split = rules.split and row < len(graph.ordered) and not graph.ordered[row]
        if head[row] >= 0 and row < shift:
            pass  # it is pinned
        elif is_customer(code):
            if row < shift:  # who chose the customer route goes as it does
                head[row] = head[row + shift]
                hop[hops], later[hops], of[hops] = -1, -1, row
                hops += 1
        elif code != NO_ROUTE and length_of(code, rules) > 1:  # else the destination is next
            if not is_peer(code):
                for k in range(provider_start[row], provider_start[row + 1]):
                    near = provider_row[k]
                    if from_provider(codes[lane, near]) == code:
                        hop[hops], later[hops], of[hops] = near, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
            elif row < len(peer_bits) and not graph.ordered[row]:
                links = np.int64(links_told(code)) - 1
                for k in range(bucket[links], bucket[links + 1]):
                    near = far[k]
                    if peer_bits[near, row >> 6] >> np.uint64(row & 63) & np.uint64(1):
                        hop[hops], later[hops], of[hops] = near + shift, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
            else:
                links = np.int64(links_told(code)) - 1
                for k in range(peer_start[row], peer_start[row + 1]):
                    near = peer_row[k]
                    if near >= len(peer_bits):
                        continue
                    there = codes[lane, near + shift]
                    if is_customer(there) and links_told(there) == links:
                        hop[hops], later[hops], of[hops] = near + shift, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
        k = head[row]
        while k >= 0:
            if not seen[hop[k]]:
                seen[hop[k]] = 1
                visits[visited] = hop[k]
                visited += 1
            k = later[k]
    return visited, hops


@inner
def carriers_only(places, lane, visited, carriers, room):
    """Leave in ``visits`` the carriers that have a route; return how many."""
    codes, shift = places
    visits = room.visits
    many = 0
    for i in range(visited):
        place = visits[i]
        if is_carrier(place, shift, carriers) and codes[lane, place] != NO_ROUTE:
            visits[many] = place
            many += 1
    return many


@inner
def is_carrier(place, shift, carriers):
    """Whether a place is a carrier's."""
    return place < carriers or place >= shift


@inner
def carrier_at(place, shift):
    """The carrier that a place is of."""
    return place - shift if place >= shift else place


@inner
def order_by_code(codes, lane, visited, room):
    """Fill ``order`` with the visited, nearest first: a next hop's code is always the smaller."""
    visits, order, tally = room.visits, room.order, room.tally
    tally[:] = 0
    for i in range(visited):
        tally[np.int64(codes[lane, visits[i]]) + 1] += 1
    for least in range(256):
        tally[least + 1] += tally[least]
    for i in range(visited):
        code = codes[lane, visits[i]]
        order[tally[code]] = visits[i]
        tally[code] += 1


@inner
def codes_of_places(codes, told):
    """Places of some rows and of carriers, with their codes."""
    rows, lanes = codes.shape
    carriers = len(told) - 1
    turned = np.empty((lanes, rows + carriers), dtype=np.uint8)
    for first in range(0, rows, 64):
        for lane in range(lanes):
            for row in range(first, min(first + 64, rows)):
                turned[lane, row] = codes[row, lane]
    for first in range(0, carriers, 64):
        for lane in range(lanes):
            for row in range(first, min(first + 64, carriers)):
                turned[lane, rows + row] = code_of_told(told[row, lane])
    return Places(turned, rows)


@inner
def transposed(block):
    """Transpose in pieces that stay in the cache."""
    rows, lanes = block.shape
    turned = np.empty((lanes, rows), dtype=block.dtype)
    for first in range(0, rows, 64):
        for lane in range(lanes):
            for row in range(first, min(first + 64, rows)):
                turned[lane, row] = block[row, lane]
    return turned
