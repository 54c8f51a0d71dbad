"""Traffic of a block that avoids marked carriers, and traffic that leaves them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner, jit, spliced
from splinternet.routing._kernels.codes import (
    LANES,
    NO_ROUTE,
    PEER,
    TO_CUSTOMER,
    TO_PEER,
    TO_PROVIDER,
)
from splinternet.routing._kernels.flow import ancestors, any_peer_route, descendants
from splinternet.routing._kernels.hops import is_customer, offered
from splinternet.routing._kernels.pins import pinned_hop

__all__ = ["Summing", "avoiding_block", "leaving_block"]


class _NextHops(NamedTuple):
    """Next hops of a row: in which lanes one is, and how many there are in each lane."""

    hit: Any
    ways: Any


@spliced
def _room():
    """Room for the next hops of a row."""
    return _NextHops(np.empty(LANES, dtype=np.uint8), np.empty(LANES, dtype=np.uint16))


class Summing(NamedTuple):
    """Weights of the lanes, for sums over the targets.

    ``own`` has for each lane what part of its target's own row's traffic would stay with the
    network itself, which is none. ``lane_of`` has -1 for each row, and is left so.
    """

    weights: Any
    own: Any
    lane_of: Any


class _Side(NamedTuple):
    """Neighbours of one kind, which of them offer a route, what they tell, and what rows chose."""

    neighbours: Any
    offering: Any
    theirs: Any
    mine: Any


class _Towards(NamedTuple):
    """Rows from which something marked may lie ahead: of carriers down, of all rows up.

    From any by a peer, if ``any_above``.
    """

    down: Any
    up: Any
    any_above: Any


class _Ahead(NamedTuple):
    """Part clear of the ``marked`` after each carrier, in each lane, and room for one row's."""

    marked: Any
    clear: Any
    parts: Any


@spliced
def _hits(kind, split, side, near, row, next_hops):
    """Mark the lanes in which a neighbour is a next hop, and count it there; say if there is any.

    The neighbour is of the ``kind`` of links that lead to it.
    """
    hit, ways = next_hops
    theirs, mine = side.theirs, side.mine
    found = np.uint8(0)
    for lane in range(LANES):
        code = offered(kind, theirs[near, lane])
        same = code == mine[row, lane] and code != NO_ROUTE
        hit[lane] = np.uint8(1) if same else np.uint8(0)
        found |= hit[lane]
    if found:
        for lane in range(LANES):
            hit[lane] &= np.uint8(1) if split or ways[lane] == 0 else np.uint8(0)
            ways[lane] += hit[lane]
    return found != 0


@spliced
def _add_clear(kind, split, row, side, known, shift, ahead, next_hops):
    """Add to ``parts`` what stays clear from each next hop of a row on: all, if not ``known``.

    It is in row ``shift`` after the next hop's own of ``clear``.
    """
    start, near_row = side.neighbours
    offering, hit = side.offering, next_hops.hit
    marked, clear, parts = ahead
    for k in range(start[row], start[row + 1]):
        near = near_row[k]
        if not offering[near]:
            continue
        if not _hits(kind, split, side, near, row, next_hops):
            continue
        for which in range(len(marked)):
            if marked[which, near]:
                continue
            if known[near]:
                for lane in range(LANES):
                    there = clear[which, near + shift, lane]
                    parts[which, lane] += there if hit[lane] else np.float32(0)
            else:
                for lane in range(LANES):
                    parts[which, lane] += np.float32(hit[lane])


@spliced
def _clear_by_pins(from_above, pins, row, graph, towards, ahead, ways):
    """Put into ``parts`` what stays clear where a pin tells the next hop; see ``_add_clear``."""
    marked, clear, parts = ahead
    for p in range(pins.start[row], pins.start[row + 1]):
        if not pins.holds[p]:
            continue
        lane = pins.lane[p]
        near = pinned_hop(pins, p, from_above, graph)
        up = not from_above and pins.kind[p] == TO_PROVIDER
        ways[lane] = 1 if 0 <= near < graph.carriers else 0
        if ways[lane]:
            is_known = towards.up[near] if up else towards.down[near]
            place = near if up else near + graph.carriers
            for which in range(len(marked)):
                there = clear[which, place, lane] if is_known else np.float32(1)
                parts[which, lane] = np.float32(0) if marked[which, near] else there


@spliced
def _shared(part, ways):
    """Part clear of the next hops together; where no carrier is one, it is the destination."""
    shared = part / np.float32(ways)
    return shared if ways else np.float32(1)


@spliced
def _weighed(part, weights):
    """Sum the parts times the weights; four sums side by side, for each addition takes its time."""
    a = b = c = d = 0.0
    for lane in range(0, LANES, 4):
        a += part[lane] * weights[lane]
        b += part[lane + 1] * weights[lane + 1]
        c += part[lane + 2] * weights[lane + 2]
        d += part[lane + 3] * weights[lane + 3]
    return (a + b) + (c + d)


@inner
def _exporting(active, rows):
    """Tell of every row whether it is a carrier that tells its peers and providers of routes."""
    found = np.zeros(rows, dtype=np.uint8)
    for row in range(len(active)):
        found[row] = active[row]
    return found


@inner
def _clear_down(block, graph, rules, towards, ahead):
    """Find what is clear of what carriers hand down: by their customer routes."""
    _, told, active, _, pins = block
    customers = _Side(graph.customers, active, told, told)
    clear, parts = ahead.clear, ahead.parts
    known, shift = towards.down, graph.carriers
    next_hops = _room()
    ways = next_hops.ways
    for row in range(graph.carriers - 1, -1, -1):
        if not known[row]:
            continue
        ways[:] = 0
        parts[:] = 0
        split = rules.split and not graph.ordered[row]
        _add_clear(TO_CUSTOMER, split, row, customers, known, shift, ahead, next_hops)
        _clear_by_pins(True, pins, row, graph, towards, ahead, ways)
        for which in range(len(parts)):
            for lane in range(LANES):
                clear[which, row + shift, lane] = _shared(parts[which, lane], ways[lane])


@inner
def _clear_by_choice(block, rows, graph, rules, towards, ahead, sums):
    """Find what is clear of what rows send by their own choice, and add it up over the targets.

    Returns shape ``(sets, rows)``; ``clear`` comes to hold that of carriers.
    """
    codes, told, active, _, pins = block
    marked, clear, parts = ahead
    weights, own, lane_of = sums
    known, below, any_above = towards
    carriers = shift = graph.carriers
    next_hops = _room()
    ways, part, up = next_hops.ways, np.empty(LANES), np.int64(0)
    kept = np.zeros((len(marked), len(rows)))
    peers = _Side(graph.peers, _exporting(active, len(codes)), told, codes)
    providers = _Side(graph.providers, np.ones(len(codes), dtype=np.uint8), codes, codes)
    for i in range(len(rows)):
        row = np.int64(rows[i])
        if below[row]:
            split = rules.split and not graph.ordered[row]
            ways[:] = 0
            parts[:] = 0
            if any_above and any_peer_route(codes, row):
                _add_clear(TO_PEER, split, row, peers, known, shift, ahead, next_hops)
            _add_clear(TO_PROVIDER, split, row, providers, below, up, ahead, next_hops)
            _clear_by_pins(False, pins, row, graph, towards, ahead, ways)
            for which in range(len(marked)):
                for lane in range(LANES):
                    there = _shared(parts[which, lane], ways[lane])
                    parts[which, lane] = there if codes[row, lane] != NO_ROUTE else np.float32(0)
                if row < carriers:
                    for lane in range(LANES):
                        if is_customer(codes[row, lane]):
                            there = clear[which, row + shift, lane]
                            parts[which, lane] = there if known[row] else 1
                        clear[which, row, lane] = parts[which, lane]
        else:
            for which in range(len(marked)):
                for lane in range(LANES):
                    parts[which, lane] = 1 if codes[row, lane] != NO_ROUTE else 0
        for which in range(len(marked)):
            for lane in range(LANES):
                part[lane] = parts[which, lane]
            kept[which, i] = _weighed(part, weights)
            lane = lane_of[row]
            if lane >= 0:
                kept[which, i] -= part[lane] * weights[lane] * own[lane]
    return kept


@jit
def avoiding_block(block, rows, graph, rules, marked, sums, clear):
    """Return what part of each row's traffic to the targets of a block passes no marked carrier.

    ``marked`` has a byte for each carrier, shape ``(sets, carriers)``: several questions asked at
    once. No target may be marked. ``rows`` are those of the block, every provider of each among
    them. Returns shape ``(sets, rows)``, float64: a sum over the targets, weighed by ``sums``.
    Where there is no route, nothing is clear. ``clear``, float32, shape
    ``(sets, 2 * carriers, LANES)``, is for work: what part is clear of the marked after each
    carrier, be it marked itself or not, by its own choice, and then by its customer route.
    """
    targets, lane_of = block.targets, sums.lane_of
    sets, carriers = marked.shape
    ahead = _Ahead(marked, clear, np.empty((sets, LANES), dtype=np.float32))
    any_marked = np.zeros(carriers, dtype=np.uint8)
    for which in range(sets):
        for row in range(carriers):
            any_marked[row] |= marked[which, row]
    # Down from all others, and up from all that are not below, nothing marked lies ahead.
    down, any_above = ancestors(block.active, any_marked, graph.providers)
    up = descendants(any_marked, rows, len(block.codes), any_above, graph.providers)
    towards = _Towards(down, up, any_above)
    for lane in range(len(targets)):
        lane_of[targets[lane]] = lane
    _clear_down(block, graph, rules, towards, ahead)
    kept = _clear_by_choice(block, rows, graph, rules, towards, ahead, sums)
    for lane in range(len(targets)):
        lane_of[targets[lane]] = -1
    return kept


@spliced
def _add_staying(kind, split, row, side, home, next_hops, stay):
    """Add to ``stay`` the next hops of a row that are at home."""
    start, near_row = side.neighbours
    offering, hit = side.offering, next_hops.hit
    for k in range(start[row], start[row + 1]):
        near = near_row[k]
        if not offering[near]:
            continue
        found = _hits(kind, split, side, near, row, next_hops)
        if found and home[near]:
            for lane in range(LANES):
                stay[lane] += hit[lane]


@spliced
def _staying_by_pins(from_above, pins, row, graph, home, ways, stay):
    """Put into ``stay`` whether the next hop that a pin tells is at home, as ``_add_staying``."""
    for p in range(pins.start[row], pins.start[row + 1]):
        if pins.holds[p]:
            near = pinned_hop(pins, p, from_above, graph)
            ways[pins.lane[p]] = 1 if 0 <= near < graph.carriers else 0
            stay[pins.lane[p]] = home[near] if ways[pins.lane[p]] else 0


@spliced
def _gone(stay, ways):
    """Part that leaves; where no carrier is the next hop, it is the destination itself."""
    return 1 - np.float64(stay) / np.float64(max(ways, np.uint16(1)))


@jit
def leaving_block(block, rows, graph, rules, home, flow, weights):
    """Return what leaves the carriers of ``home`` (a byte for each) from each of ``rows``.

    Shape ``(2, rows)``, float64: what part of that row's own traffic goes to a next hop that is
    not at home, summed over the targets, each times its of the ``weights``; and how much of the
    ``flow`` that enters it, as from ``flow_block``. No target is at home.
    """
    codes, told, active, _, pins = block
    carriers = graph.carriers
    shift = len(flow) - carriers
    next_hops = _room()
    ways, stay = next_hops.ways, np.empty(LANES, dtype=np.uint16)
    part = np.empty(LANES)
    left = np.zeros((2, len(rows)))
    customers = _Side(graph.customers, active, told, told)
    peers = _Side(graph.peers, _exporting(active, len(codes)), told, codes)
    providers = _Side(graph.providers, np.ones(len(codes), dtype=np.uint8), codes, codes)
    for i in range(len(rows)):
        row = np.int64(rows[i])
        split = rules.split and not graph.ordered[row]
        ways[:] = 0
        stay[:] = 0
        if row < carriers and active[row]:
            _add_staying(TO_CUSTOMER, split, row, customers, home, next_hops, stay)
            _staying_by_pins(True, pins, row, graph, home, ways, stay)
        if row < carriers:
            # What comes from above or across leaves by the customer route; the rest may not.
            for lane in range(LANES):
                there = np.float64(flow[row + shift, lane]) if told[row, lane] < PEER else 0.0
                part[lane] = there * _gone(stay[lane], ways[lane])
            left[1, i] = _weighed(part, weights)
            for lane in range(LANES):
                if not is_customer(codes[row, lane]):
                    ways[lane] = stay[lane] = 0
        if any_peer_route(codes, row):
            _add_staying(TO_PEER, split, row, peers, home, next_hops, stay)
        _add_staying(TO_PROVIDER, split, row, providers, home, next_hops, stay)
        _staying_by_pins(False, pins, row, graph, home, ways, stay)
        for lane in range(LANES):
            gone = _gone(stay[lane], ways[lane])
            part[lane] = gone if codes[row, lane] != NO_ROUTE else 0.0
        left[0, i] = _weighed(part, weights)
        if row < carriers:
            for lane in range(LANES):
                part[lane] *= np.float64(flow[row, lane])
            left[1, i] += _weighed(part, weights)
    return left
