"""Traffic that follows the routes of a block."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner, jit, spliced
from splinternet.routing._kernels.codes import (
    LANES,
    NO_ROUTE,
    TO_CUSTOMER,
    TO_PEER,
    TO_PROVIDER,
)
from splinternet.routing._kernels.hops import is_customer, is_peer, offered

__all__ = [
    "Entering",
    "Traffic",
    "ancestors",
    "any_peer_route",
    "descendants",
    "flow_block",
    "hits",
    "sum_lanes",
]


class _Lanes(NamedTuple):
    """Traffic on its way, a number for each lane, what a lane counts, and room to divide it."""

    weight: Any
    hit: Any
    count: Any
    share: Any
    value: Any
    next_hops: Any


class Traffic(NamedTuple):
    """Traffic that rows send, and carriers that pass nothing on.

    Row ``r`` sends ``sources[r]`` to the target of each lane, ``own[lane]`` less if it is the
    target's own row (what networks would send to themselves). Carriers that ``stops`` marks (one
    byte each) pass nothing on. ``lane_of`` has -1 for each row, and is left so. Weights are int32,
    and no sum of ``sources`` may pass 2**31; so the sums are exact.
    """

    sources: Any
    own: Any
    stops: Any
    lane_of: Any


class Entering(NamedTuple):
    """Traffic that enters carriers for each target, and links.

    ``flow``, shape ``(2 * carriers, LANES)``, has what enters from below, and then what enters from
    above and across; ``used`` marks its rows that may hold anything. ``links`` is added what each
    link carries times the ``value`` of the lane, but for the last link to a stub; its lists are as
    long as those of neighbours, or empty.
    """

    flow: Any
    used: Any
    links: Any


class _Side(NamedTuple):
    """Neighbours of one kind: who of them offers a route, and which it is.

    They tell ``theirs``; ``mine`` is what a row chose. ``carried`` is what links carry, if they are
    ``wanted``.
    """

    neighbours: Any
    offering: Any
    theirs: Any
    mine: Any
    carried: Any
    wanted: Any


@spliced
def hits(kind, theirs, mine, near, row, hit):
    """Mark the lanes in which a neighbour is a next hop; say whether there is any.

    A next hop is a neighbour of the ``kind`` that offers the route that was chosen.
    """
    found = np.uint8(0)
    for lane in range(LANES):
        code = offered(kind, theirs[near, lane])
        same = code == mine[row, lane] and code != NO_ROUTE
        hit[lane] = np.uint8(1) if same else np.uint8(0)
        found |= hit[lane]
    return found != 0


@spliced
def _find(kind, split, row, side, lanes):
    """Put the next hops of a row, as places in its list of neighbours, in ``next_hops``.

    Returns how many there are, whether weight must be divided (there are several in a lane), and
    which neighbour was looked at last: of that one ``hit`` tells the lanes.
    """
    start, near_row = side.neighbours
    offering, theirs, mine = side.offering, side.theirs, side.mine
    hit, count, found = lanes.hit, lanes.count, lanes.next_hops
    many, last = 0, np.int64(-1)
    count[:] = 0
    for k in range(start[row], start[row + 1]):
        near = near_row[k]
        if not offering[near]:
            continue
        last = np.int64(k)
        if hits(kind, theirs, mine, near, row, hit):
            found[many] = k
            many += 1
            if split:
                for lane in range(LANES):
                    count[lane] += hit[lane]
    tied = False
    if split and many > 1:
        for lane in range(LANES):
            tied |= count[lane] > 1
    return many, tied, last


@spliced
def _divide(lanes):
    """Divide weight into equal parts for all next hops of a row.

    The rest stays in ``weight``, for the first.
    """
    weight, count, share = lanes.weight, lanes.count, lanes.share
    for lane in range(LANES):
        parts = np.int32(max(count[lane], np.uint16(1)))
        share[lane] = np.int32(np.float64(weight[lane]) / np.float64(parts))
        weight[lane] -= np.int32(share[lane] * parts)


@spliced
def _push(kind, split, row, side, into, shift, lanes):
    """Hand each lane's weight to the neighbours that the lane's route comes from.

    Undivided weight goes to the first next hop, which has the lowest ASN; divided weight goes to
    all in equal parts, and to the first what is left over. A neighbour's amount, times
    the ``value`` of the lane, is added to ``carried``, unless that is empty. It enters a neighbour
    in row ``shift`` after its own of ``flow``.
    """
    # No views of arrays in here: each would cost a count of references, shared by all threads.
    near_row, theirs, mine = side.neighbours.row, side.theirs, side.mine
    flow, used, carried, wanted = into.flow, into.used, side.carried, side.wanted
    weight, hit, share, value = lanes.weight, lanes.hit, lanes.share, lanes.value
    many, tied, last = _find(kind, split, row, side, lanes)
    if tied:
        _divide(lanes)
    for which in range(many):
        k = np.int64(lanes.next_hops[which])
        near = near_row[k]
        if many > 1 or k != last:
            hits(kind, theirs, mine, near, row, hit)
        if len(carried) and wanted[k]:
            for lane in range(LANES):
                handed = weight[lane] + share[lane] if tied else weight[lane]
                carried[k] += (np.int64(handed) & -np.int64(hit[lane])) * value[lane]
        used[near + shift] = 1
        if tied:
            for lane in range(LANES):
                mask = np.int32(-np.int32(hit[lane]))
                flow[near + shift, lane] += np.int32(share[lane] + weight[lane]) & mask
                weight[lane] &= ~mask
        else:
            for lane in range(LANES):
                mask = np.int32(-np.int32(hit[lane]))
                flow[near + shift, lane] += weight[lane] & mask
                weight[lane] &= ~mask


@spliced
def _push_pinned(kind, row, side, into, shift, pins, lanes):
    """Hand the weight of lanes to the neighbours of a kind to which the row is pinned there.

    Traffic down to customers goes as pins have it, wherever the row itself sends.
    """
    weight, near_row, flow, carried = lanes.weight, side.neighbours.row, into.flow, side.carried
    carriers = len(flow) // 2
    for p in range(pins.start[row], pins.start[row + 1]):
        if pins.holds[p] and (kind == TO_CUSTOMER or pins.kind[p] == kind):
            lane = pins.lane[p]
            k = np.int64(pins.below[p]) if kind == TO_CUSTOMER else np.int64(pins.link[p])
            if k >= 0 and near_row[k] < carriers:
                flow[near_row[k] + shift, lane] += weight[lane]
                into.used[near_row[k] + shift] = 1
                if len(carried) and side.wanted[k]:
                    carried[k] += np.int64(weight[lane]) * lanes.value[lane]
            weight[lane] = 0


@spliced
def _weigh(row, traffic, into, weight):
    """Weigh what a row sends by its own choice: what is its own, and what enters from below."""
    sent, flow = traffic.sources[row], into.flow
    for lane in range(LANES):
        weight[lane] = sent
    own = traffic.lane_of[row]
    if own >= 0:
        weight[own] -= traffic.own[own]
    if row < len(flow) // 2 and not traffic.stops[row]:
        for lane in range(LANES):
            weight[lane] += flow[row, lane]


@spliced
def any_peer_route(codes, row):
    """Tell whether a row has chosen a peer's route to any target."""
    found = np.uint8(0)
    for lane in range(LANES):
        found |= np.uint8(1) if is_peer(codes[row, lane]) else np.uint8(0)
    return found != 0


@spliced
def _any(weight):
    found = np.int32(0)
    for lane in range(LANES):
        found |= weight[lane]
    return found != 0


@inner
def ancestors(active, marked, providers):
    """Tell which carriers can hand down to a marked one what it hands on; and if there are any.

    These are the active among the marked, their providers, and so on up.
    """
    carriers = len(active)
    above = np.zeros(carriers, dtype=np.uint8)
    found = False
    for row in range(carriers - 1, -1, -1):
        if above[row] or (active[row] and marked[row]):
            found = True
            above[row] = 1
            for k in range(providers.start[row], providers.start[row + 1]):
                above[providers.row[k]] = 1
    return above, found


@inner
def descendants(marked, rows, all_rows, everyone, providers):
    """Tell which of ``rows``, ascending, lie below a marked carrier; or ``everyone`` does."""
    below = np.full(all_rows, 1 if everyone else 0, dtype=np.uint8)
    if not everyone:
        for row in rows:
            for k in range(providers.start[row], providers.start[row + 1]):
                below[row] |= below[providers.row[k]] | marked[providers.row[k]]
    return below


@inner
def _those(rows, marked):
    """List the rows that are marked."""
    found = np.empty(len(rows), dtype=rows.dtype)
    many = 0
    for row in rows:
        if marked[row]:
            found[many] = row
            many += 1
    return found[:many]


@inner
def _send_by_choice(across, block, rows, traffic, graph, rules, into, lanes):
    """Send what rows have by their own choice: to providers, or ``across``."""
    codes, told, active, _, pins = block
    links, shift, up = into.links, graph.carriers, np.int64(0)
    weight = lanes.weight
    exporting = np.zeros(len(codes), dtype=np.uint8)
    for carrier in range(shift):
        exporting[carrier] = active[carrier]
    peers = _Side(graph.peers, exporting, told, codes, links.peers, links.wanted.peers)
    offering = np.ones(len(codes), dtype=np.uint8)
    providers = _Side(
        graph.providers, offering, codes, codes, links.providers, links.wanted.providers
    )
    start = graph.peers.start
    for i in range(len(rows) - 1, -1, -1):
        row = np.int64(rows[i])
        if traffic.sources[row] == 0 and (row >= shift or not into.used[row]):
            continue
        if across and (start[row] == start[row + 1] or not any_peer_route(codes, row)):
            continue
        _weigh(row, traffic, into, weight)
        # What has no route goes nowhere, as all from abroad to a nation that is cut off.
        for lane in range(LANES):
            weight[lane] &= np.int32(0) if codes[row, lane] == NO_ROUTE else np.int32(-1)
        if not _any(weight):
            continue
        split = rules.split and not graph.ordered[row]
        if across:
            _push_pinned(TO_PEER, row, peers, into, shift, pins, lanes)
            _push(TO_PEER, split, row, peers, into, shift, lanes)
        else:
            _push_pinned(TO_PROVIDER, row, providers, into, up, pins, lanes)
            _push(TO_PROVIDER, split, row, providers, into, up, lanes)


@inner
def _send_down(block, traffic, graph, rules, above, into, lanes):
    """Send what carriers, where ``above``, have for customers, by their customer routes."""
    codes, told, active, _, pins = block
    weight, flow, links, shift = lanes.weight, into.flow, into.links, graph.carriers
    customers = _Side(graph.customers, active, told, told, links.customers, links.wanted.customers)
    for row in range(shift):
        if not above[row]:
            continue
        if traffic.sources[row] == 0 and not (into.used[row] or into.used[row + shift]):
            continue
        _weigh(row, traffic, into, weight)
        for lane in range(LANES):
            if not is_customer(codes[row, lane]):
                weight[lane] = 0  # that went up or across
        if not traffic.stops[row]:
            for lane in range(LANES):
                weight[lane] += flow[row + shift, lane]
        if not _any(weight):
            continue
        split = rules.split and not graph.ordered[row]
        _push_pinned(TO_CUSTOMER, row, customers, into, shift, pins, lanes)
        _push(TO_CUSTOMER, split, row, customers, into, shift, lanes)


@jit
def flow_block(block, rows, traffic, graph, rules, towards, into):
    """Send traffic from every row to the targets of a routed block: what enters each carrier.

    The three sweeps run backwards: down, across, up. ``into`` comes back holding what entered each
    carrier for each target, but not what ended there. With all carriers that stop traffic, it holds
    what enters from the sources themselves. Traffic into carriers that ``towards`` does not mark
    (one byte each) may be left out: no way is followed from where none that it marks lies ahead.
    """
    active, targets = block.active, block.targets
    flow, used, links = into
    lane_of, carriers = traffic.lane_of, graph.carriers
    for place in range(len(flow)):
        if used[place]:
            flow[place] = 0
            used[place] = 0
    lanes = _Lanes(
        np.empty(LANES, dtype=np.int32),
        np.empty(LANES, dtype=np.uint8),
        np.empty(LANES, dtype=np.uint16),
        np.empty(LANES, dtype=np.int32),
        links.value,
        np.empty(len(block.codes), dtype=np.int32),
    )
    above, any_above = ancestors(active, towards, graph.providers)
    # Up to these, across and down; or, where nothing leads down to them, only up.
    below = descendants(towards, rows, len(block.codes), any_above, graph.providers)
    senders = _those(rows, below)
    for lane in range(len(targets)):
        lane_of[targets[lane]] = lane
    for across in range(2 if any_above else 1):
        _send_by_choice(across, block, senders, traffic, graph, rules, into, lanes)
    _send_down(block, traffic, graph, rules, above, into, lanes)
    for lane in range(len(targets)):
        lane_of[targets[lane]] = -1
        if targets[lane] < carriers:
            flow[targets[lane], lane] = 0
            flow[targets[lane] + carriers, lane] = 0


@jit
def sum_lanes(flow, used, value):
    """Sum each row of ``flow`` that is ``used``, every lane times its ``value``."""
    total = np.zeros(len(flow), dtype=np.int64)
    for row in range(len(flow)):
        if used[row]:
            for lane in range(LANES):
                total[row] += np.int64(flow[row, lane]) * value[lane]
    return total
