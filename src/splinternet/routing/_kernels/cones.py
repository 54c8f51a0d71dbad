"""Networks below each carrier, and those to which its neighbours are seen to go through it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inline, inner, jit
from splinternet.routing._kernels.codes import LANES, NO_ROUTE, PEER, TO_CUSTOMER, TO_PEER
from splinternet.routing._kernels.hops import (
    from_customer,
    from_peer,
    is_customer,
    is_peer,
)
from splinternet.routing._kernels.pins import pinned_hop

__all__ = ["cone_block", "tally_cones"]

_BY_PROVIDER, _BY_PEER = np.uint8(1), np.uint8(2)


class _Marks(NamedTuple):
    """Marks of next hops: ``used`` has them by lane, in row ``place[near]``, -1 for none.

    ``left`` are the lanes of the row at hand that still look for one.
    """

    place: Any
    left: Any
    used: Any


@inline
def _mark_next_hops(offer, by, split, told, mine, row, neighbours, marks):
    """Mark the neighbours of a row that are its next hops.

    ``offer`` gives the code that a neighbour's customer route would have here.
    """
    start, near_row = neighbours
    place, left, used = marks
    for k in range(start[row], start[row + 1]):
        near = near_row[k]
        at = place[near]
        if at < 0:
            continue
        waiting, idle = np.uint8(0), np.uint8(0)
        for lane in range(LANES):
            code = told[near, lane]
            same = code < PEER and offer(code) == mine[row, lane]
            hit = (np.uint8(1) if same else np.uint8(0)) & left[lane]
            used[at, lane] |= np.uint8(by * hit)
            left[lane] ^= np.uint8(0) if split else hit
            waiting |= left[lane]
            idle |= np.uint8(1) if code < PEER and used[at, lane] == 0 else np.uint8(0)
        if split and idle == 0:
            place[near] = -1
        if waiting == 0:
            break


@inline
def _mark_pinned(kind, by, pins, row, graph, marks):
    """Mark the neighbours of a kind that pins tell, in lanes that are then done."""
    place, left, used = marks
    for p in range(pins.start[row], pins.start[row + 1]):
        lane = pins.lane[p]
        if pins.holds[p] and left[lane] and (kind == TO_CUSTOMER or pins.kind[p] == kind):
            near = pinned_hop(pins, p, kind == TO_CUSTOMER, graph)
            if near >= 0 and place[near] >= 0:
                used[place[near], lane] |= by
            left[lane] = 0


@inner
def _bits(lanes, which):
    """Pack the lanes that have any of the bits ``which`` into a word."""
    word = np.uint64(0)
    for lane in range(len(lanes)):
        if lanes[lane] & which:
            word |= np.uint64(1) << np.uint64(lane)
    return word


@inner
def _mark_for_providers(block, exporters, marks, graph, rules):
    """Mark next hops of all customer routes that are taken.

    One is taken by the carrier that chose it, and for what others hand down or across to it.
    """
    codes, told, _, _, pins = block
    _, left, used = marks
    at = np.full(graph.carriers, -1, dtype=np.int32)
    for i in range(len(exporters)):
        at[exporters[i]] = i
    for row in range(graph.carriers):
        if at[row] < 0:
            continue
        for lane in range(LANES):
            chosen = is_customer(codes[row, lane])
            taken = (chosen or used[at[row], lane] != 0) and told[row, lane] < PEER
            left[lane] = np.uint8(1) if taken else np.uint8(0)
        split = rules.split and not graph.ordered[row]
        _mark_pinned(TO_CUSTOMER, _BY_PROVIDER, pins, row, graph, marks)
        _mark_next_hops(from_customer, _BY_PROVIDER, split, told, told, row, graph.customers, marks)


@jit
def cone_block(block, exporters, members, graph, rules, on_the_way, below, seen):
    """Tell for the targets of a block which carriers they are below, and seen to be.

    ``exporters`` are the carriers with a customer route to any target, by ASN; ``members`` says
    how many networks each row is. Both results have a bit for each target, shape
    ``(carriers, LANES / 64)``, uint64. ``below``: the carrier has a customer route. ``seen``: and
    a provider or peer of it takes that route. Returns the rest of what is seen, if it is asked
    ``on_the_way``, as pairs ``carrier * carriers + carrier``: carriers on the way of such routes,
    which are seen themselves with these. A target alone in its row loses that row's code.
    """
    codes, told, _, targets, pins = block
    peer_start = graph.peers.start
    carriers = len(below)
    below[:] = 0
    seen[:] = 0
    for lane in range(len(targets)):
        if targets[lane] >= carriers and members[targets[lane]] == 1:
            codes[targets[lane], lane] = NO_ROUTE  # the row's route is that of its other networks
    place = np.full(len(codes), -1, dtype=np.int32)
    for i in range(len(exporters)):
        place[exporters[i]] = i
    used = np.zeros((len(exporters), LANES), dtype=np.uint8)
    left = np.empty(LANES, dtype=np.uint8)
    marks = _Marks(place, left, used)
    for row in range(len(codes)):
        if peer_start[row] == peer_start[row + 1]:
            continue
        waiting = np.uint8(0)
        for lane in range(LANES):
            left[lane] = np.uint8(1) if is_peer(codes[row, lane]) else np.uint8(0)
            waiting |= left[lane]
        if waiting:
            split = rules.split and not graph.ordered[row]
            _mark_pinned(TO_PEER, _BY_PEER, pins, row, graph, marks)
            _mark_next_hops(from_peer, _BY_PEER, split, told, codes, row, graph.peers, marks)
    for i in range(len(exporters)):
        place[exporters[i]] = i
    _mark_for_providers(block, exporters, marks, graph, rules)
    held = np.empty(LANES, dtype=np.uint8)
    for i in range(len(exporters)):
        near = exporters[i]
        mine = used[i]
        for lane in range(LANES):
            held[lane] = np.uint8(1) if told[near, lane] < PEER else np.uint8(0)
        for word in range(LANES // 64):
            lanes = slice(64 * word, 64 * word + 64)
            below[near, word] = _bits(held[lanes], np.uint8(1))
            seen[near, word] = _bits(mine[lanes], _BY_PROVIDER | _BY_PEER)
    if not on_the_way:
        return np.empty(0, dtype=np.int64)
    return _on_the_way(block, exporters, used, graph, rules)


@inner
def _on_the_way(block, exporters, used, graph, rules):
    """List the carriers on the way of routes that peers alone take, with who announces these.

    A provider that takes a carrier's route to a destination takes its route to whatever lies on
    the way there too: any other offer for that would be one for the destination. So does a peer,
    unless for what lies on the way a provider's route is the shorter one. Where next hops are
    pinned, neither need do so.
    """
    told, targets, pins = block.told, block.targets, block.pins
    provider_start, provider_row = graph.providers
    carriers = graph.carriers
    head = np.full(carriers, -1, dtype=np.int32)
    stamp = np.full(carriers, -1, dtype=np.int64)
    hop = np.empty(len(provider_row), dtype=np.int32)
    later, of, rank = np.empty_like(hop), np.empty_like(hop), np.empty_like(hop)
    stack = np.empty(carriers, dtype=np.int32)
    found = np.empty(1024, dtype=np.int64)
    many = 0
    for lane in range(len(targets)):
        hops = 0
        for near in exporters:
            code = told[near, lane]
            if code == 0 or code >= PEER:
                continue  # a hop that is the destination itself is not on the way to it
            for k in range(provider_start[near], provider_start[near + 1]):
                row = provider_row[k]
                if told[row, lane] != code + 1:
                    continue
                if head[row] < 0 or (rules.split and not graph.ordered[row]):
                    hop[hops], later[hops], of[hops] = near, head[row], row
                    head[row], rank[hops] = hops, graph.rank[k]
                    hops += 1
                elif graph.rank[k] < rank[head[row]]:  # the row's first choice goes before
                    hop[head[row]], rank[head[row]] = near, graph.rank[k]
        for at in range(pins.lane_start[lane], pins.lane_start[lane + 1]):
            row = pins.row[pins.by_lane[at]]
            if row >= carriers or not pins.holds[pins.by_lane[at]] or told[row, lane] >= PEER:
                continue
            near = pinned_hop(pins, pins.by_lane[at], True, graph)
            if near < 0 or told[near, lane] == 0:
                head[row] = -1
                continue
            if head[row] < 0:
                of[hops], head[row] = row, hops
                hops += 1
            hop[head[row]], later[head[row]] = near, -1
        for i in range(len(exporters)):
            is_known = not rules.pinned and used[i, lane] & _BY_PROVIDER
            if used[i, lane] == 0 or is_known or head[exporters[i]] < 0:
                continue
            mark = np.int64(lane) * len(exporters) + i
            stack[0] = exporters[i]
            waiting = 1
            while waiting:
                waiting -= 1
                k = head[stack[waiting]]
                while k >= 0:
                    if stamp[hop[k]] != mark:
                        stamp[hop[k]] = mark
                        stack[waiting] = hop[k]
                        waiting += 1
                        if many == len(found):
                            found = np.concatenate((found, np.empty_like(found)))
                        found[many] = np.int64(exporters[i]) * carriers + hop[k]
                        many += 1
                    k = later[k]
        for k in range(hops):
            head[of[k]] = -1
    return found[:many]


@jit
def tally_cones(bits, first, amounts, marks, total, met):
    """Add up what the cones hold: each bit of ``bits[row]`` is a row from ``first`` on.

    ``amounts``, int64, shape ``(rows, kinds)``, is added to ``total[row]``; ``marks``, uint64,
    shape ``(rows, words)``, is joined to ``met[row]``.
    """
    for row in range(len(bits)):
        for word in range(bits.shape[1]):
            left = bits[row, word]
            below = first + 64 * word
            while left:
                if left & np.uint64(1):
                    for kind in range(amounts.shape[1]):
                        total[row, kind] += amounts[below, kind]
                    for mark in range(marks.shape[1]):
                        met[row, mark] |= marks[below, mark]
                left >>= np.uint64(1)
                below += 1
