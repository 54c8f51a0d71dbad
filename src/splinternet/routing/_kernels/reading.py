"""Routes of a block, once chosen: their lengths, their kinds and their next hops."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import jit
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.hops import (
    code_of_told,
    from_customer,
    from_peer,
    from_provider,
    is_customer,
    is_peer,
    length_of,
)
from splinternet.routing._kernels.pins import pinned_hop

__all__ = ["count_block", "longest", "next_hops"]


@jit
def longest(codes, rows, rules):
    """The length of the longest route that any of ``rows`` has."""
    most = np.zeros(LANES, dtype=np.uint8)
    for row in rows:
        mine = codes[row]
        for lane in range(LANES):
            length = length_of(mine[lane], rules)
            most[lane] = max(most[lane], length if mine[lane] != NO_ROUTE else np.uint8(0))
    found = np.uint8(0)
    for lane in range(LANES):
        found = max(found, most[lane])
    return found


@jit
def count_block(codes, members, rules, routed, customers, peers, lengths):
    """Count, for each lane, the networks with a route, those by customer, by peer, and all lengths.

    ``members`` says how many networks each row is. The last four, shape ``(LANES,)``, are added to.
    """
    for row in range(codes.shape[0]):
        mine = codes[row]
        many = members[row]
        for lane in range(LANES):
            code = mine[lane]
            routed[lane] += many if code != NO_ROUTE else 0
            customers[lane] += many if is_customer(code) else 0
            peers[lane] += many if is_peer(code) else 0
            length = np.int64(length_of(code, rules))
            lengths[lane] += many * length if code != NO_ROUTE else 0


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
    many = 0
    for i in range(len(rows)):
        start[i] = many
        row = rows[i]
        code = codes[row, lane]
        if from_above:
            code = code_of_told(told[row, lane]) if row < graph.carriers else NO_ROUTE
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
        if is_peer(code):
            near = peer_row[peer_start[row] : peer_start[row + 1]]
        elif is_customer(code):
            near = customer_row[customer_start[row] : customer_start[row + 1]]
        else:
            near = provider_row[provider_start[row] : provider_start[row + 1]]
        for k in range(len(near)):
            if near[k] >= graph.carriers:
                continue
            if is_peer(code):
                offered = from_peer(told[near[k], lane])
            elif is_customer(code):
                offered = code_of_told(from_customer(told[near[k], lane]))
            else:
                offered = from_provider(codes[near[k], lane])
            if offered == code:
                if many < len(found):
                    found[many] = near[k]
                many += 1
                if not rules.split or graph.ordered[row]:
                    break
    start[len(rows)] = many
    return many
