"""The inner loops of routing, compiled by numba. Nothing else here knows numba.

They are in one file because numba keeps compiled code on disk until the file of a function
changes, and does not notice a change of another that it uses.

A *block* holds the routes of every row to 128 destinations, one byte lane each: shape
``(rows, LANES)``. A byte (a *code*) is a route; the smaller is the better:

- below 64, a customer's route: the code is its length, 0 for the destination itself;
- from 64 to 191, a route from a peer or a provider. With ``customer_first`` false, 64 + length
  from a peer, 128 + length from a provider; with ``customer_first`` true, 64 + 2 length from a
  peer, 65 + 2 length from a provider;
- 255, no route.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = [
    "LANES",
    "NO_ROUTE",
    "count_block",
    "flow_block",
    "groups_block",
    "longest",
    "next_hops",
    "route_block",
    "sum_lanes",
]

LANES = 128
NO_ROUTE = np.uint8(255)
_PEER = np.uint8(64)
_MARK = np.uint8(63)

_jit = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inline = njit(inline="always", nogil=True, error_model="numpy")


@_inline
def _from_customer(code, customer_first):
    """The code for a route learned from a customer whose own is ``code``."""
    return np.uint8(code + 1) if code < _PEER else NO_ROUTE


@_inline
def _from_peer(code, customer_first):
    """The code for a route learned from a peer whose own is ``code``."""
    if code >= _PEER:
        return NO_ROUTE
    return np.uint8(code + code + 66) if customer_first else np.uint8(code + 65)


@_inline
def _from_provider(code, customer_first):
    """The code for a route learned from a provider whose own is ``code``."""
    if code >= np.uint8(192):
        return NO_ROUTE
    if customer_first:
        return np.uint8(code + code + 67) if code < _PEER else np.uint8((code | 1) + 2)
    return np.uint8((code & _MARK) + 129)


@_jit
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
                    theirs[lane] = min(theirs[lane], _from_customer(mine[lane], customer_first))
    for row in range(carriers):
        if active[row]:
            mine = block[row]
            for k in range(peer_start[row], peer_start[row + 1]):
                theirs = block[peer_row[k]]
                for lane in range(LANES):
                    theirs[lane] = min(theirs[lane], _from_peer(mine[lane], customer_first))
    for lane in range(len(targets)):
        target = targets[lane]
        if target >= carriers:
            for k in range(peer_start[target], peer_start[target + 1]):
                theirs = block[peer_row[k]]
                theirs[lane] = min(theirs[lane], _from_peer(np.uint8(0), customer_first))
    for row in rows:
        mine = block[row]
        for k in range(provider_start[row], provider_start[row + 1]):
            theirs = block[provider_row[k]]
            for lane in range(LANES):
                mine[lane] = min(mine[lane], _from_provider(theirs[lane], customer_first))


@_inline
def _length(code, customer_first):
    if customer_first and code >= _PEER:
        return np.uint8((code - _PEER) >> 1)
    return np.uint8(code & _MARK)


@_inline
def _is_peer(code, customer_first):
    if customer_first:
        return _PEER <= code < np.uint8(192) and (code & 1) == 0
    return _PEER <= code < np.uint8(128)


@_jit
def longest(block, start, stop, customer_first):
    """The length of the longest route in rows ``start`` to ``stop`` of the block."""
    most = np.zeros(LANES, dtype=np.uint8)
    for row in range(start, stop):
        mine = block[row]
        for lane in range(LANES):
            length = _length(mine[lane], customer_first)
            most[lane] = max(most[lane], length if mine[lane] < np.uint8(192) else np.uint8(0))
    return most.max()


@_jit
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
            customers[lane] += many if code < _PEER else 0
            peers[lane] += many if _is_peer(code, customer_first) else 0
            length = np.int64(_length(code, customer_first))
            lengths[lane] += many * length if code < np.uint8(192) else 0


@_inline
def _hits(offer, customer_first, block, near, row, hit):
    """Mark the lanes in which a neighbour is a next hop; say whether there is any.

    ``offer`` gives the code that the neighbour's route would have here: a next hop is a
    neighbour whose offer is the route that was chosen.
    """
    found = np.uint8(0)
    for lane in range(LANES):
        offered = offer(block[near, lane], customer_first)
        same = offered == block[row, lane] and offered != NO_ROUTE
        hit[lane] = np.uint8(1) if same else np.uint8(0)
        found |= hit[lane]
    return found != 0


@_inline
def _push(
    offer, split, customer_first, block, flow, row, weight, start, neighbours, active,
    value, carried, hit, count, share,
):  # fmt: skip
    """Hand each lane's weight to the neighbours that the lane's route comes from.

    Undivided weight goes to the first next hop, which has the lowest ASN; divided weight goes to
    all in equal parts, and to the first what is left over. What each neighbour is handed, times
    the ``value`` of the lane, is added to ``carried``, unless that is empty.
    """
    # No views of arrays in here: each would cost a count of references, shared by all threads.
    tied = False
    if split and start[row + 1] - start[row] > 1:
        count[:] = 0
        for k in range(start[row], start[row + 1]):
            near = neighbours[k]
            if active[near] and _hits(offer, customer_first, block, near, row, hit):
                for lane in range(LANES):
                    count[lane] += hit[lane]
        for lane in range(LANES):
            tied |= count[lane] > 1
        if tied:
            for lane in range(LANES):
                parts = np.int32(max(count[lane], np.uint16(1)))
                share[lane] = np.int32(np.float64(weight[lane]) / np.float64(parts))
                weight[lane] -= np.int32(share[lane] * parts)
    for k in range(start[row], start[row + 1]):
        near = neighbours[k]
        if active[near] and _hits(offer, customer_first, block, near, row, hit):
            if len(carried):
                for lane in range(LANES):
                    handed = weight[lane] + share[lane] if tied else weight[lane]
                    carried[k] += (np.int64(handed) & -np.int64(hit[lane])) * value[lane]
            if tied:
                for lane in range(LANES):
                    mask = np.int32(-np.int32(hit[lane]))
                    flow[near, lane] += np.int32(share[lane] + weight[lane]) & mask
                    weight[lane] &= ~mask
            else:
                for lane in range(LANES):
                    mask = np.int32(-np.int32(hit[lane]))
                    flow[near, lane] += weight[lane] & mask
                    weight[lane] &= ~mask


@_inline
def _any_peer_route(block, row, customer_first):
    found = np.uint8(0)
    for lane in range(LANES):
        found |= np.uint8(1) if _is_peer(block[row, lane], customer_first) else np.uint8(0)
    return found != 0


@_jit
def flow_block(
    block, active, targets, rows, sources, own,
    provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
    customer_first, split, first_hop, flow, lane_of,
    value, provider_carried, customer_carried, peer_carried,
):  # fmt: skip
    """Send traffic from every row to the targets of a routed block: what enters each carrier.

    Row ``r`` sends ``sources[r]`` to the target of each lane, ``own[lane]`` less if it is the
    target's own row (what networks would send to themselves). The three sweeps run backwards:
    down, across, up. ``flow``, shape ``(carriers, LANES)``, comes back holding what entered each
    carrier for each target, but not what ended there. With ``first_hop`` nobody passes anything
    on, so that ``flow`` holds what enters from the sources themselves. ``lane_of`` has -1 for
    each row, and is left so. The last three, as long as the lists of neighbours, or empty, are
    added what each link carries times the ``value`` of the lane, but for the last link to a
    stub. Weights are int32, and no sum of ``sources`` may pass 2**31; so the sums are exact.
    """
    carriers = len(flow)
    flow[:] = 0
    weight = np.empty(LANES, dtype=np.int32)
    hit = np.empty(LANES, dtype=np.uint8)
    count = np.empty(LANES, dtype=np.uint16)
    share = np.empty(LANES, dtype=np.int32)
    anyone = np.ones(block.shape[0], dtype=np.uint8)
    exporter = np.zeros(block.shape[0], dtype=np.uint8)
    exporter[:carriers] = active
    for lane in range(len(targets)):
        lane_of[targets[lane]] = lane
    for across in range(2):
        for i in range(len(rows) - 1, -1, -1):
            row = rows[i]
            if row >= carriers and sources[row] == 0:
                continue
            if across and (
                peer_start[row] == peer_start[row + 1]
                or not _any_peer_route(block, row, customer_first)
            ):
                continue
            for lane in range(LANES):
                weight[lane] = sources[row]
            if lane_of[row] >= 0:
                weight[lane_of[row]] -= own[lane_of[row]]
            if row < carriers and not first_hop:
                for lane in range(LANES):
                    weight[lane] += flow[row, lane]
            if across:
                _push(
                    _from_peer, split, customer_first, block, flow, row, weight,
                    peer_start, peer_row, exporter, value, peer_carried, hit, count, share,
                )  # fmt: skip
            else:
                _push(
                    _from_provider, split, customer_first, block, flow, row, weight,
                    provider_start, provider_row, anyone, value, provider_carried,
                    hit, count, share,
                )  # fmt: skip
    for row in range(carriers):
        if active[row]:
            for lane in range(LANES):
                weight[lane] = sources[row]
            if not first_hop:
                for lane in range(LANES):
                    weight[lane] += flow[row, lane]
            _push(
                _from_customer, split, customer_first, block, flow, row, weight,
                customer_start, customer_row, active, value, customer_carried, hit, count, share,
            )  # fmt: skip
    for lane in range(len(targets)):
        lane_of[targets[lane]] = -1
        if targets[lane] < carriers:
            flow[targets[lane], lane] = 0


@_jit
def sum_lanes(flow, value):
    """Sum each row of ``flow``, every lane times its ``value``."""
    total = np.zeros(len(flow), dtype=np.int64)
    for row in range(len(flow)):
        for lane in range(LANES):
            total[row] += np.int64(flow[row, lane]) * value[lane]
    return total


@_inline
def _offer(code, mine, customer_first):
    """The code that a neighbour's ``code`` would give here, if learned as ``mine`` was."""
    if mine < _PEER:
        return _from_customer(code, customer_first)
    if _is_peer(mine, customer_first):
        return _from_peer(code, customer_first)
    return _from_provider(code, customer_first)


@_jit
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
        if _is_peer(code, customer_first):
            near = peer_row[peer_start[row] : peer_start[row + 1]]
        elif code < _PEER:
            near = customer_row[customer_start[row] : customer_start[row + 1]]
        else:
            near = provider_row[provider_start[row] : provider_start[row + 1]]
        for k in range(len(near)):
            if near[k] >= carriers:
                continue
            if _offer(block[near[k], lane], code, customer_first) == code:
                if many < len(found):
                    found[many] = near[k]
                many += 1
                if not split:
                    break
    start[len(rows)] = many
    return many


@_inline
def _visit(
    codes, lane, needed, climbers, exporters, visits, start, found,
    provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
    customer_first, split,
):  # fmt: skip
    """List needed carriers in the order in which traffic passes them, with their next hops.

    Next hops become needed. Those of ``visits[i]`` are ``found[start[i]:start[i + 1]]``. Returns
    how many carriers are visited, and ``found``, which may have grown.
    """
    carriers = len(needed)
    visited = many = 0
    for step in range(3):
        size = len(exporters) if step == 2 else len(climbers)
        for i in range(size):
            row = exporters[i] if step == 2 else climbers[size - 1 - i]
            code = codes[lane, row]
            if not needed[row] or code == NO_ROUTE:
                continue
            if step != (2 if code < _PEER else 1 if _is_peer(code, customer_first) else 0):
                continue
            if step == 2:
                first, last = customer_start[row], customer_start[row + 1]
            elif step == 1:
                first, last = peer_start[row], peer_start[row + 1]
            else:
                first, last = provider_start[row], provider_start[row + 1]
            if many + last - first > len(found):
                wider = np.empty(2 * (many + last - first), dtype=np.int32)
                wider[:many] = found[:many]
                found = wider
            visits[visited] = row
            start[visited] = many
            visited += 1
            for k in range(first, last):
                if step == 2:
                    near = customer_row[k]
                else:
                    near = peer_row[k] if step == 1 else provider_row[k]
                if near >= carriers:
                    continue
                if _offer(codes[lane, near], code, customer_first) == code:
                    needed[near] = 1
                    found[many] = near
                    many += 1
                    if not split:
                        break
    start[visited] = many
    return visited, found


@_inline
def _combine(vectors, used, vector_of, found, first, last, group):
    """Return the vector of a carrier with these next hops: theirs if it can be, else a new one."""
    shared = vector_of[found[first]]
    alike = vectors[shared, group] == 1
    for k in range(first + 1, last):
        alike = alike and vector_of[found[k]] == shared
    if alike:
        return shared
    part = np.float32(1.0 / (last - first))
    for each in range(vectors.shape[1]):
        vectors[used, each] = 0
    for k in range(first, last):
        theirs = vector_of[found[k]]
        for each in range(vectors.shape[1]):
            vectors[used, each] += part * vectors[theirs, each]
    vectors[used, group] = 1
    return used


@_jit
def groups_block(
    block, active, targets, climbers, enters, group_of,
    provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
    customer_first, split, vectors, crossed,
):  # fmt: skip
    """Add up what crosses any carrier of each group on its way to the targets of a block.

    ``enters``, shape ``(carriers, LANES)``, is what enters each carrier from the sources;
    ``climbers`` are the finished carriers, ascending; ``group_of`` is the group of each carrier.
    A vector holds, for traffic that stands at a carrier, the part of it that crosses each
    group from there on: most carriers share the vector of their next hop. ``vectors``, float32,
    has room for ``1 + groups + carriers`` of them; ``crossed``, shape ``(LANES, groups)``,
    float64, comes back holding the sums.
    """
    carriers, groups = len(active), crossed.shape[1]
    codes = np.ascontiguousarray(block[:carriers].T)
    inflow = np.ascontiguousarray(enters.T)
    exporters = np.flatnonzero(active).astype(np.int32)
    visits = np.empty(carriers, dtype=np.int32)
    start = np.empty(carriers + 1, dtype=np.int32)
    found = np.empty(4 * carriers + 64, dtype=np.int32)
    needed = np.empty(carriers, dtype=np.uint8)
    vector_of = np.empty(carriers, dtype=np.int32)
    mass = np.empty(len(vectors), dtype=np.float64)
    vectors[: 1 + groups] = 0
    for group in range(groups):
        vectors[1 + group, group] = 1
    crossed[:] = 0
    for lane in range(len(targets)):
        for row in range(carriers):
            needed[row] = inflow[lane, row] > 0
        visited, found = _visit(
            codes, lane, needed, climbers, exporters, visits, start, found,
            provider_start, provider_row, customer_start, customer_row, peer_start, peer_row,
            customer_first, split,
        )  # fmt: skip
        used = 1 + groups
        mass[:used] = 0
        for i in range(visited - 1, -1, -1):
            row = visits[i]
            if codes[lane, row] == 0:
                vector_of[row] = 0  # the target itself is not on the way to it
            elif start[i] == start[i + 1]:
                vector_of[row] = 1 + group_of[row]  # it hands over to the target
            else:
                vector_of[row] = _combine(
                    vectors, used, vector_of, found, start[i], start[i + 1], group_of[row]
                )
                if vector_of[row] == used:
                    mass[used] = 0
                    used += 1
            mass[vector_of[row]] += inflow[lane, row]
        for k in range(1, used):
            if mass[k] > 0:
                for group in range(groups):
                    crossed[lane, group] += mass[k] * vectors[k, group]
