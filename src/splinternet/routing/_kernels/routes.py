"""Routes that networks choose to a block of destinations."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import jit, spliced
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.hops import (
    from_customer,
)
from splinternet.routing._kernels.pins import follow_pins, tell_as_pinned
from splinternet.routing._kernels.preferences import (
    code_of,
    from_peer,
    from_provider,
    from_told,
    key_of,
)

__all__ = ["finish_block", "route_block"]


@jit
def route_block(block, rows, graph, preference):
    """Fill a block with the routes to its targets: up, across, down.

    ``rows`` are the rows to finish, ascending, every provider of each among them; the others
    hold customer and peer routes only. ``active`` (one byte a carrier) comes back telling who
    has a customer route to any of the targets. Returns whether to do it again, for pins do not hold
    any more by which customer routes were held back; all pinned carriers are among the ``rows``.
    """
    codes, told, active, targets, _ = block
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    carriers = graph.carriers
    codes[:] = NO_ROUTE
    told[:] = NO_ROUTE
    active[:] = 0
    for lane in range(len(targets)):
        target = targets[lane]
        if target < carriers:
            told[target, lane] = 0
            active[target] = 1
        else:
            # The row stands for every stub like it, which are sources too: it has no own route.
            for k in range(provider_start[target], provider_start[target + 1]):
                told[provider_row[k], lane] = 1
                active[provider_row[k]] = 1
    for row in range(carriers - 1, -1, -1):
        if active[row]:
            tell_as_pinned(block, row, graph)
            mine = told[row]
            for k in range(provider_start[row], provider_start[row + 1]):
                active[provider_row[k]] = 1
                theirs = told[provider_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_customer(mine[lane]))
    for row in range(carriers):
        if active[row]:
            for lane in range(LANES):
                codes[row, lane] = from_told(preference, told[row, lane])
    for row in range(carriers):
        if active[row]:
            mine = told[row]
            for k in range(peer_start[row], peer_start[row + 1]):
                theirs = codes[peer_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_peer(preference, mine[lane]))
    _next_to_stubs(codes, targets, np.int64(0), graph, preference)
    again = _from_above(block, rows, graph, preference)
    for row in range(carriers):
        _encode(codes, row, preference)
    for row in rows:
        if row >= carriers:
            _encode(codes, row, preference)
    return again


@spliced
def _encode(codes, row, preference):
    """Make codes of the keys by which a row chose."""
    for lane in range(LANES):
        codes[row, lane] = code_of(preference, codes[row, lane])


@spliced
def _next_to_stubs(codes, targets, first, graph, preference):
    """Offer the peers of stubs among the targets, from row ``first`` on, the way to these."""
    peer_start, peer_row = graph.peers
    for lane in range(len(targets)):
        target = targets[lane]
        if target >= graph.carriers:
            for k in range(peer_start[target], peer_start[target + 1]):
                if peer_row[k] >= first:
                    theirs = codes[peer_row[k]]
                    theirs[lane] = min(theirs[lane], from_peer(preference, np.uint8(0)))


@spliced
def _from_above(block, rows, graph, preference):
    """Let rows, ascending, learn what their providers have, and choose; see ``follow_pins``."""
    codes = block.codes
    provider_start, provider_row = graph.providers
    again = False
    for row in rows:
        mine = codes[row]
        for k in range(provider_start[row], provider_start[row + 1]):
            theirs = codes[provider_row[k]]
            for lane in range(LANES):
                mine[lane] = min(mine[lane], from_provider(preference, theirs[lane]))
        again |= follow_pins(block, row, graph)
    return again


@jit
def finish_block(block, rows, known, graph, preference):
    """Do as ``route_block`` does, from what it left of carriers: all that they choose is ``known``.

    ``known`` has the carriers' part of that block: ``told``, ``active`` and ``codes``. Rows that
    neither are among ``rows`` nor have a customer route to any target hold nothing of use, and none
    of theirs. The active carriers of the block at hand must be those of what it held before. There
    may be no pins.
    """
    codes, told, active, targets, _ = block
    known_told, known_active, chosen = known
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    carriers = len(known_told)
    for row in range(carriers):
        if known_active[row]:
            for lane in range(LANES):
                told[row, lane] = known_told[row, lane]
        elif active[row]:
            for lane in range(LANES):
                told[row, lane] = NO_ROUTE  # it was another block's
        active[row] = known_active[row]
    for row in rows:
        mine = codes[row]
        if row < carriers:
            theirs = chosen[row]
            for lane in range(LANES):
                mine[lane] = theirs[lane]
            continue
        for lane in range(LANES):
            mine[lane] = NO_ROUTE
        for k in range(peer_start[row], peer_start[row + 1]):
            near = peer_row[k]
            if near < carriers and active[near]:
                theirs = told[near]
                for lane in range(LANES):
                    mine[lane] = min(mine[lane], from_peer(preference, theirs[lane]))
        for k in range(provider_start[row], provider_start[row + 1]):
            theirs = chosen[provider_row[k]]
            for lane in range(LANES):
                key = key_of(preference, theirs[lane])
                mine[lane] = min(mine[lane], from_provider(preference, key))
    _next_to_stubs(codes, targets, np.int64(carriers), graph, preference)
    for row in rows:
        if row >= carriers:
            _encode(codes, row, preference)
