"""Routes to a block of destinations, counted and measured."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inline, jit
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.offers import (
    choice_of,
    from_customer,
    from_peer,
    from_provider,
    has_route,
    is_apart,
    is_customer,
    is_peer,
    length_of,
)
from splinternet.routing._kernels.pins import follow_pins, pinned_hop, tell_as_pinned

__all__ = ["count_block", "finish_block", "longest", "next_hops", "route_block"]


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
    if is_apart(preference):
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
            tell_as_pinned(block, row, graph, preference)
            mine = told[row]
            for k in range(provider_start[row], provider_start[row + 1]):
                active[provider_row[k]] = 1
                theirs = told[provider_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_customer(preference, mine[lane]))
    if is_apart(preference):
        for row in range(carriers):
            if active[row]:
                for lane in range(LANES):
                    codes[row, lane] = choice_of(preference, told[row, lane])
    for row in range(carriers):
        if active[row]:
            mine = told[row]
            for k in range(peer_start[row], peer_start[row + 1]):
                theirs = codes[peer_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], from_peer(preference, mine[lane]))
    _next_to_stubs(codes, targets, graph, preference)
    return _from_above(block, rows, graph, preference)


@inline
def _next_to_stubs(codes, targets, graph, preference):
    """Offer the peers of stubs among the targets the way to these."""
    peer_start, peer_row = graph.peers
    for lane in range(len(targets)):
        target = targets[lane]
        if target >= graph.carriers:
            for k in range(peer_start[target], peer_start[target + 1]):
                theirs = codes[peer_row[k]]
                theirs[lane] = min(theirs[lane], from_peer(preference, np.uint8(0)))


@inline
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
        again |= follow_pins(block, row, graph, preference)
    return again


@jit
def finish_block(block, rows, known, graph, preference):
    """Do as ``route_block`` does, from what it left of carriers with no ``rows`` to finish.

    ``known`` has the carriers' part of that block, ``codes`` of shape ``(carriers, LANES)``: of
    their customer routes. With preferences for which these are among the choices it holds peers'
    routes too; with others ``across`` has them of the carriers that have a ``place`` there.
    ``active`` are its active carriers. Rows that neither are among ``rows`` nor have a
    customer route to any target hold nothing of use, and none of theirs. The active carriers of
    the block at hand must be those of what it held before. There may be no pins.
    """
    codes, told, active, targets, _ = block
    known_codes, known_active, place, across = known
    peer_start, peer_row = graph.peers
    carriers = len(known_codes)
    for row in range(carriers):
        if known_active[row]:
            told[row] = known_codes[row]
        elif active[row]:
            told[row] = NO_ROUTE  # it was another block's
        active[row] = known_active[row]
    for row in rows:
        mine = codes[row]
        if row < carriers and place[row] >= 0:
            mine[:] = across[place[row]]
            continue
        if row < carriers:
            for lane in range(LANES):
                mine[lane] = choice_of(preference, known_codes[row, lane])
            if not is_apart(preference):
                continue  # peers' routes are known
        else:
            mine[:] = NO_ROUTE
        for k in range(peer_start[row], peer_start[row + 1]):
            near = peer_row[k]
            if near < carriers and active[near]:
                theirs = told[near]
                for lane in range(LANES):
                    mine[lane] = min(mine[lane], from_peer(preference, theirs[lane]))
    _next_to_stubs(codes, targets, graph, preference)
    _from_above(block, rows, graph, preference)


@jit
def longest(codes, rows, preference):
    """The length of the longest route that any of ``rows`` has."""
    most = np.zeros(LANES, dtype=np.uint8)
    for row in rows:
        mine = codes[row]
        for lane in range(LANES):
            length = length_of(preference, mine[lane])
            here = has_route(preference, mine[lane])
            most[lane] = max(most[lane], length if here else np.uint8(0))
    found = np.uint8(0)
    for lane in range(LANES):
        found = max(found, most[lane])
    return found


@jit
def count_block(codes, members, preference, routed, customers, peers, lengths):
    """Count, for each lane, the networks with a route, those by customer, by peer, and all lengths.

    ``members`` says how many networks each row is. The last four, shape ``(LANES,)``, are added to.
    """
    for row in range(codes.shape[0]):
        mine = codes[row]
        many = members[row]
        for lane in range(LANES):
            code = mine[lane]
            routed[lane] += many if has_route(preference, code) else 0
            customers[lane] += many if is_customer(preference, code) else 0
            peers[lane] += many if is_peer(preference, code) else 0
            length = np.int64(length_of(preference, code))
            lengths[lane] += many * length if has_route(preference, code) else 0


@jit
def next_hops(block, lane, rows, from_above, graph, rules, start, found):
    """List the next hops (carriers) of rows towards one target, by ASN.

    Those of ``rows[i]`` come back as ``found[start[i]:start[i + 1]]``: all of them with ``split``,
    unless the row was observed; else the first, or where a pin leads. None where there is no route,
    or where the next hop is the target itself. With ``from_above`` they are those of what comes
    from a provider or a peer, else of what a row sends itself. Returns how many there are; what
    does not fit in ``found`` is counted only.
    """
    codes, told, _, _, pins = block
    provider_start, provider_row = graph.providers
    customer_start, customer_row = graph.customers
    peer_start, peer_row = graph.peers
    preference, split = rules
    many = 0
    for i in range(len(rows)):
        start[i] = many
        row = rows[i]
        code = codes[row, lane]
        if from_above:
            code = choice_of(preference, told[row, lane]) if row < graph.carriers else NO_ROUTE
        if code == NO_ROUTE or code == 0:
            continue
        pin = -1
        for p in range(pins.start[row], pins.start[row + 1]):
            if pins.lane[p] == lane and pins.holds[p]:
                pin = p
        if pin >= 0:
            hop = pinned_hop(pins, pin, from_above, graph)
            if 0 <= hop < graph.carriers:
                if many < len(found):
                    found[many] = hop
                many += 1
            continue
        if is_peer(preference, code):
            near = peer_row[peer_start[row] : peer_start[row + 1]]
        elif is_customer(preference, code):
            near = customer_row[customer_start[row] : customer_start[row + 1]]
        else:
            near = provider_row[provider_start[row] : provider_start[row + 1]]
        for k in range(len(near)):
            if near[k] >= graph.carriers:
                continue
            if is_peer(preference, code):
                offered = from_peer(preference, told[near[k], lane])
            elif is_customer(preference, code):
                offered = choice_of(preference, from_customer(preference, told[near[k], lane]))
            else:
                offered = from_provider(preference, codes[near[k], lane])
            if offered == code:
                if many < len(found):
                    found[many] = near[k]
                many += 1
                if not split or graph.ordered[row]:
                    break
    start[len(rows)] = many
    return many
