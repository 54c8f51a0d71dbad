"""Routes to a block of destinations, counted and measured."""

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
    length_of,
    offer_here,
)
from splinternet.routing._kernels.compiler import inline, jit

__all__ = ["count_block", "finish_block", "longest", "next_hops", "route_block"]


@jit
def route_block(
    block, active, targets, rows,
    provider_start, provider_row, peer_start, peer_row,
    carriers, customer_first,
):  # fmt: skip
    """Fill ``block`` with the routes to ``targets`` (rows): up, across, down.

    ``rows`` are the rows to finish, ascending, every provider of each among them; the others
    hold customer and peer routes only. ``active`` (one byte a carrier) comes back telling who
    has a customer route to any of the targets.
    """
    block[:] = NO_ROUTE
    active[:] = 0
    for lane in range(len(targets)):
        target = targets[lane]
        if target < carriers:
            block[target, lane] = 0
            active[target] = 1
        else:
            # The row stands for every stub like it, which are sources too: it has no own route.
            for k in range(provider_start[target], provider_start[target + 1]):
                block[provider_row[k], lane] = 1
                active[provider_row[k]] = 1
    for row in range(carriers - 1, -1, -1):
        if active[row]:
            mine = block[row]
            for k in range(provider_start[row], provider_start[row + 1]):
                active[provider_row[k]] = 1
                theirs = block[provider_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_customer(mine[lane], customer_first))
    for row in range(carriers):
        if active[row]:
            mine = block[row]
            for k in range(peer_start[row], peer_start[row + 1]):
                theirs = block[peer_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_peer(mine[lane], customer_first))
    _next_to_stubs(block, targets, peer_start, peer_row, carriers, customer_first)
    _from_above(block, rows, provider_start, provider_row, customer_first)


@inline
def _next_to_stubs(block, targets, peer_start, peer_row, carriers, customer_first):
    """Offer the peers of stubs among the targets the way to these."""
    for lane in range(len(targets)):
        target = targets[lane]
        if target >= carriers:
            for k in range(peer_start[target], peer_start[target + 1]):
                theirs = block[peer_row[k]]
                theirs[lane] = min(theirs[lane], from_peer(np.uint8(0), customer_first))


@inline
def _from_above(block, rows, provider_start, provider_row, customer_first):
    """Let rows, ascending, learn what their providers have."""
    for row in rows:
        mine = block[row]
        for k in range(provider_start[row], provider_start[row + 1]):
            theirs = block[provider_row[k]]
            for lane in range(LANES):
                mine[lane] = min(mine[lane], from_provider(theirs[lane], customer_first))


@jit
def finish_block(
    block, active, targets, rows, kept, kept_active,
    provider_start, provider_row, peer_start, peer_row, customer_first,
):  # fmt: skip
    """Do as ``route_block`` does, from what it left of carriers with no ``rows`` to finish.

    ``kept`` is the carriers' part of that block, shape ``(carriers, LANES)``. Rows that neither
    are among ``rows`` nor have a customer route to any target hold nothing of use, and none of
    theirs. ``active`` must be that of what the block held before.
    """
    carriers = len(kept)
    for row in range(carriers):
        if kept_active[row]:
            block[row] = kept[row]
        elif active[row]:
            block[row] = NO_ROUTE  # it was another block's
        active[row] = kept_active[row]
    for row in rows:
        if row < carriers:
            block[row] = kept[row]
            continue
        mine = block[row]
        mine[:] = NO_ROUTE
        for k in range(peer_start[row], peer_start[row + 1]):
            near = peer_row[k]
            if near < carriers and active[near]:
                theirs = block[near]
                for lane in range(LANES):
                    mine[lane] = min(mine[lane], from_peer(theirs[lane], customer_first))
    _next_to_stubs(block, targets, peer_start, peer_row, carriers, customer_first)
    _from_above(block, rows, provider_start, provider_row, customer_first)


@jit
def longest(block, rows, customer_first):
    """The length of the longest route that any of ``rows`` has."""
    most = np.zeros(LANES, dtype=np.uint8)
    for row in rows:
        mine = block[row]
        for lane in range(LANES):
            length = length_of(mine[lane], customer_first)
            most[lane] = max(most[lane], length if mine[lane] < np.uint8(192) else np.uint8(0))
    found = np.uint8(0)
    for lane in range(LANES):
        found = max(found, most[lane])
    return found


@jit
def count_block(block, members, customer_first, routed, customers, peers, lengths):
    """Count, for each lane, the networks with a route, those by customer, by peer, and all lengths.

    ``members`` says how many networks each row is. The last four, shape ``(LANES,)``, are added to.
    """
    for row in range(block.shape[0]):
        mine = block[row]
        many = members[row]
        for lane in range(LANES):
            code = mine[lane]
            routed[lane] += many if code < np.uint8(192) else 0
            customers[lane] += many if code < PEER else 0
            peers[lane] += many if is_peer(code, customer_first) else 0
            length = np.int64(length_of(code, customer_first))
            lengths[lane] += many * length if code < np.uint8(192) else 0


@jit
def next_hops(
    block, active, lane, rows,
    provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
    customer_first, split, start, found,
):  # fmt: skip
    """List the next hops (carriers) of rows towards one target, by ASN.

    Those of ``rows[i]`` come back as ``found[start[i]:start[i + 1]]``: all of them with
    ``split``, else the first. None where there is no route, or where the next hop is the target
    itself. Returns how many there are; what does not fit in ``found`` is counted only.
    """
    carriers = len(active)
    many = 0
    for i in range(len(rows)):
        start[i] = many
        row = rows[i]
        code = block[row, lane]
        if code == NO_ROUTE or code == 0:
            continue
        if is_peer(code, customer_first):
            near = peer_row[peer_start[row] : peer_start[row + 1]]
        elif code < PEER:
            near = customer_row[customer_start[row] : customer_start[row + 1]]
        else:
            near = provider_row[provider_start[row] : provider_start[row + 1]]
        for k in range(len(near)):
            if near[k] >= carriers:
                continue
            if offer_here(block[near[k], lane], code, customer_first) == code:
                if many < len(found):
                    found[many] = near[k]
                many += 1
                if not split:
                    break
    start[len(rows)] = many
    return many
