"""What part of the traffic of a block keeps clear of marked carriers on the rest of its way."""

from __future__ import annotations

import numpy as np

from splinternet.routing._kernels.codes import (
    LANES,
    NO_ROUTE,
    PEER,
    from_customer,
    from_peer,
    from_provider,
    is_peer,
)
from splinternet.routing._kernels.compiler import inline, jit

__all__ = ["avoiding_block", "leaving_block"]


@inline
def _any_stained(row, start, neighbours, offering, stained):
    """Tell whether a neighbour that offers routes is marked, or leads to one that is."""
    for k in range(start[row], start[row + 1]):
        if offering[neighbours[k]] and stained[neighbours[k]]:
            return True
    return False


@inline
def _add_next_hops(
    offer, customer_first, split, codes, row, start, neighbours, offering, marked, clear,
    stained, hit, ways, parts,
):  # fmt: skip
    """Add to ``parts`` what stays clear from each next hop of a row on, and count these.

    ``offer`` gives the code that the neighbour's route would have here. Tells whether any next
    hop is stained.
    """
    met = False
    for k in range(start[row], start[row + 1]):
        near = neighbours[k]
        if not offering[near]:
            continue
        found = np.uint8(0)
        for lane in range(LANES):
            offered = offer(codes[near, lane], customer_first)
            same = offered == codes[row, lane] and offered != NO_ROUTE
            hit[lane] = np.uint8(1) if same else np.uint8(0)
            found |= hit[lane]
        if found:
            for lane in range(LANES):
                hit[lane] &= np.uint8(1) if split or ways[lane] == 0 else np.uint8(0)
                ways[lane] += hit[lane]
            met |= stained[near] != 0
            for which in range(len(marked)):
                if not marked[which, near]:
                    for lane in range(LANES):
                        there = clear[which, near, lane]
                        parts[which, lane] += there if hit[lane] else np.float32(0)
    return met


@inline
def _weighed(parts, which, weights):
    """Sum the parts times the weights; four sums side by side, for each addition takes its time."""
    a = b = c = d = 0.0
    for lane in range(0, LANES, 4):
        a += np.float64(parts[which, lane]) * weights[lane]
        b += np.float64(parts[which, lane + 1]) * weights[lane + 1]
        c += np.float64(parts[which, lane + 2]) * weights[lane + 2]
        d += np.float64(parts[which, lane + 3]) * weights[lane + 3]
    return (a + b) + (c + d)


@jit
def avoiding_block(
    codes, active, rows,
    provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
    customer_first, split, marked, weights, clear, stained,
):  # fmt: skip
    """Return what part of each row's traffic to the targets of a block passes no marked carrier.

    ``marked`` has a byte for each carrier, shape ``(sets, carriers)``: several questions asked at
    once. No target may be marked. ``rows`` are those of the block, every provider of each among
    them. Returns shape ``(sets, rows)``, float64: a sum over the targets, each times its of the
    ``weights`` of the lanes. Where there is no route, nothing is clear.

    ``clear``, float32, shape ``(sets, carriers, LANES)``, comes back with the part that is clear
    of the marked after the carrier, be it marked itself or not, for all ``rows`` and all customer
    routes; ``stained``, a byte a row, with 1 for those that are marked or where some part is not
    clear. Most are not: they need no sums.
    """
    sets, carriers = marked.shape
    ways = np.empty(LANES, dtype=np.uint16)
    hit = np.empty(LANES, dtype=np.uint8)
    parts = np.empty((sets, LANES), dtype=np.float32)
    kept = np.zeros((sets, len(rows)))
    anyone = np.ones(len(codes), dtype=np.uint8)
    exporting = np.zeros(len(codes), dtype=np.uint8)
    exporting[:carriers] = active
    stained[:] = 0
    for which in range(sets):
        stained[:carriers] |= marked[which]
    for row in range(carriers - 1, -1, -1):
        if not active[row]:
            continue
        clear[:, row] = 1
        if not _any_stained(row, customer_start, customer_row, exporting, stained):
            continue
        ways[:] = 0
        parts[:] = 0
        if _add_next_hops(
            from_customer, customer_first, split, codes, row, customer_start, customer_row,
            exporting, marked, clear, stained, hit, ways, parts,
        ):  # fmt: skip
            stained[row] = 1
            for which in range(sets):
                for lane in range(LANES):
                    # Where no carrier is the next hop, it is the destination itself.
                    if ways[lane]:
                        clear[which, row, lane] = parts[which, lane] / np.float32(ways[lane])
    for i in range(len(rows)):
        row = rows[i]
        by_peer = np.uint8(0)
        for lane in range(LANES):
            by_peer |= np.uint8(1) if is_peer(codes[row, lane], customer_first) else np.uint8(0)
        ways[:] = 0
        parts[:] = 0
        met = False
        if _any_stained(row, provider_start, provider_row, anyone, stained) or (
            by_peer and _any_stained(row, peer_start, peer_row, exporting, stained)
        ):
            if by_peer:
                met = _add_next_hops(
                    from_peer, customer_first, split, codes, row, peer_start, peer_row,
                    exporting, marked, clear, stained, hit, ways, parts,
                )  # fmt: skip
            met |= _add_next_hops(
                from_provider, customer_first, split, codes, row, provider_start, provider_row,
                anyone, marked, clear, stained, hit, ways, parts,
            )  # fmt: skip
        for which in range(sets):
            for lane in range(LANES):
                shared = parts[which, lane] / np.float32(ways[lane])
                part = shared if met and ways[lane] else np.float32(1)
                parts[which, lane] = part if codes[row, lane] != NO_ROUTE else np.float32(0)
            if row < carriers:
                for lane in range(LANES):
                    if codes[row, lane] < PEER:
                        parts[which, lane] = clear[which, row, lane]
                    clear[which, row, lane] = parts[which, lane]
            kept[which, i] = _weighed(parts, which, weights)
        if met:
            stained[row] = 1
    return kept


@jit
def leaving_block(flow, clear, rows, weights):
    """Sum what enters each of ``rows`` and is clear after it, each lane times its weight.

    ``flow`` and ``clear`` have shape ``(carriers, LANES)``.
    """
    leaving = np.zeros(len(rows))
    for i in range(len(rows)):
        for lane in range(LANES):
            part = np.float64(flow[rows[i], lane]) * np.float64(clear[rows[i], lane])
            leaving[i] += part * weights[lane]
    return leaving
