"""Groups of networks that the paths of a block cross: by destination, or by source.

For one destination, the *vector* of a carrier lists the groups that traffic standing there crosses
from there on, itself included and the destination not, each with the part of the traffic that
crosses it. Most carriers share the vector of their next hop, and the lists are short, so this
costs little more than following the next hops.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner, jit, spliced
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.hops import is_customer, length_of
from splinternet.routing._kernels.inside import (
    ends_of_carriers,
    leave_out_carriers,
    leave_out_stubs,
    no_ends,
    note_parts,
)
from splinternet.routing._kernels.walks import (
    carrier_at,
    carriers_only,
    codes_of_places,
    forget_walk,
    order_by_code,
    room_to_walk,
    transposed,
    walk,
)

__all__ = ["crossing_block", "vantage_block"]


class _Groups(NamedTuple):
    """The group of each carrier, -1 for none, and whether what is near counts for more.

    With ``discount`` crossing a carrier counts 1 / distance where it descends, else one.
    """

    of: Any
    discount: Any


class _Vectors(NamedTuple):
    """The vectors of one destination.

    That of place ``p`` is number ``v = vector_of[p]``: its groups ``item`` and their ``part`` of
    the traffic from ``begin[v]`` to ``begin[v + 1]``. Vector 0 is empty. The rest is for work.
    """

    vector_of: Any
    begin: Any
    item: Any
    part: Any
    summed: Any
    touched: Any


@inner
def _room_for_vectors(places, carrying, groups):
    """Room for the vectors of so many places, of which so many are carriers'."""
    item = np.empty(carrying * groups, dtype=np.int32)
    return _Vectors(
        np.empty(places, dtype=np.int32),
        np.empty(carrying + 2, dtype=np.int32),
        item,
        np.empty(len(item), dtype=np.float32),
        np.zeros(groups, dtype=np.float32),
        np.empty(groups, dtype=np.int32),
    )


@spliced
def _worth(code, rules, discount):
    """Count of crossing a carrier."""
    if not discount:
        return np.float32(1.0)
    if not is_customer(code):
        return np.float32(0.0)
    return np.float32(1.0) / np.float32(length_of(code, rules))


@inner
def _fill_vectors(places, lane, visited, room, groups, rules, ends, vectors):
    """Give each visited place its vector; return how many vectors there are.

    Traffic of each carrier that does not count comes to stand in ``ends.off``.
    """
    codes, shift = places
    order, chains = room.order, room.chains
    head, hop, later = chains.head, chains.hop, chains.later
    vector_of, begin, item, part, summed, touched = vectors
    begin[0] = begin[1] = 0
    used = 1
    size = 0
    for o in range(visited):
        row = order[o]
        code = codes[lane, row]
        if code == 0:
            vector_of[row] = 0  # the destination itself is not on the way to it
            continue
        group = groups.of[carrier_at(row, shift)]
        worth = _worth(code, rules, groups.discount) if group >= 0 else np.float32(0.0)
        ask = ends.ask[row] if row < len(ends.ask) else np.int32(-1)
        shared = vector_of[hop[head[row]]] if head[row] >= 0 else 0
        alike, ways = True, 0
        k = head[row]
        while k >= 0:
            alike = alike and vector_of[hop[k]] == shared
            ways += 1
            k = later[k]
        many, told = 0, np.float64(0.0)
        if alike:
            # The next hops' vector, and this carrier's own group where that is not there already.
            there = np.float32(0.0)
            at = size
            for e in range(begin[shared], begin[shared + 1]):
                item[size + many] = item[e]
                part[size + many] = part[e]
                if item[e] == group:
                    there = part[e]
                    at = size + many
                if item[e] == ask:
                    told = ways * np.float64(part[e])
                many += 1
            if worth > there:
                if there == 0:
                    at = size + many
                    many += 1
                item[at] = group
                part[at] = worth
            else:
                many = 0  # whichever way, it crosses this group later on
        else:
            # The mean of the next hops' vectors, then this carrier's own group.
            each = np.float32(1.0) / np.float32(ways)
            k = head[row]
            while k >= 0:
                theirs = vector_of[hop[k]]
                for e in range(begin[theirs], begin[theirs + 1]):
                    if summed[item[e]] == 0:
                        touched[many] = item[e]
                        many += 1
                    summed[item[e]] += each * part[e]
                    if item[e] == ask:
                        told += part[e]
                k = later[k]
            if worth > 0:
                if summed[group] == 0:
                    touched[many] = group
                    many += 1
                summed[group] = worth
            for t in range(many):
                item[size + t] = touched[t]
                part[size + t] = summed[touched[t]]
                summed[touched[t]] = 0
        if told > 0:
            ends.off[row] = ends.amount[row] * told / ways
        if alike and many == 0:
            vector_of[row] = shared
            continue
        size += many
        vector_of[row] = used
        used += 1
        begin[used] = size
    return used


@inner
def _used(enters):
    """List the rows of ``enters`` that are not all zero."""
    used = np.empty(len(enters), dtype=np.int32)
    many = 0
    for row in range(len(enters)):
        anything = np.int32(0)
        for lane in range(enters.shape[1]):
            anything |= enters[row, lane]
        if anything:
            used[many] = row
            many += 1
    return used[:many]


@jit
def crossing_block(block, exporters, enters, inside, group_of, groups, ways):
    """Add up what crosses any carrier of each group on its way to each target of a block.

    ``exporters`` are the carriers with a customer route to any target, by ASN; ``enters``, as the
    ``flow`` of ``flow_block``, is what enters each carrier from the sources, of which ``inside``
    does not count; ``group_of`` is the group of each carrier, -1 for none. Returns shape
    ``(targets, groups)``, float64.
    """
    graph, _, rules = ways
    carriers = graph.carriers
    places = codes_of_places(block.codes[:carriers], block.told)
    codes = places.codes
    entries = _used(enters)
    inflow = transposed(enters[entries])
    room = room_to_walk(len(enters), exporters, graph)
    vectors = _room_for_vectors(len(enters), len(enters), groups)
    counted = _Groups(group_of, np.bool_(False))
    vector_of, begin, item, part = vectors.vector_of, vectors.begin, vectors.item, vectors.part
    seen, visits, senders = room.seen, room.visits, inside.row
    mass = np.zeros(len(enters) + 1)
    crossed = np.zeros((LANES, groups))
    ends = ends_of_carriers(inside, carriers)
    parts = np.zeros((LANES, len(inside.asked.group)), dtype=np.float32)
    for lane in range(len(block.targets)):
        vector_of[:] = 0
        visited = np.int64(0)
        for i in range(len(entries)):
            if inflow[lane, i] > 0:
                seen[entries[i]] = 1
                visits[visited] = entries[i]
                visited += 1
        for i in range(len(senders)):
            row = senders[i]
            if row >= carriers:
                break
            if seen[row] == 0 and codes[lane, row] != NO_ROUTE:
                seen[row] = 1
                visits[visited] = row
                visited += 1
        visited, hops = walk(places, lane, exporters, visited, room, ways, block.pins)
        order_by_code(codes, lane, visited, room)
        used = _fill_vectors(places, lane, visited, room, counted, rules, ends, vectors)
        for i in range(len(entries)):
            if inflow[lane, i] > 0:
                mass[vector_of[entries[i]]] += inflow[lane, i]
        for vector in range(used):
            for e in range(begin[vector], begin[vector + 1]):
                crossed[lane, item[e]] += mass[vector] * part[e]
            mass[vector] = 0
        leave_out_carriers(lane, inside, ends, crossed)
        if parts.shape[1]:
            note_parts(lane, exporters, places.shift, inside.asked, vectors, parts)
        forget_walk(hops, room)
    if parts.shape[1]:
        by_group = transposed(crossed)
        leave_out_stubs(block, inside, transposed(parts), graph, rules, by_group)
        crossed = transposed(by_group)
    return crossed[: len(block.targets)]


@jit
def vantage_block(block, exporters, weights, vantages, group_of, ways, shares):
    """Add to each vantage's row of ``shares`` what its traffic to the targets crosses.

    Every vantage (a row of the graph) sends ``weights[lane]``, int64, to the target of each lane;
    ``shares``, two of int64 and shape ``(vantages, groups)``, are added what of it crosses any
    carrier of each group strictly between the two: to the first all of it, to the second less of
    what is far. One of them may have no rows, and is left out. The rest is as for
    ``crossing_block``.
    """
    graph, _, rules = ways
    rows = graph.carriers
    for row in vantages:
        rows = max(rows, np.int64(row) + 1)
    places = codes_of_places(block.codes[:rows], block.told)
    many = places.codes.shape[1]
    room = room_to_walk(many, exporters, graph)
    whole, near = shares
    vectors = _room_for_vectors(many, many - rows + graph.carriers, whole.shape[1])
    ends = no_ends()
    for lane in range(len(block.targets)):
        room.visits[: len(vantages)] = vantages
        for row in vantages:
            room.seen[row] = 1
        visited, hops = walk(places, lane, exporters, len(vantages), room, ways, block.pins)
        visited = carriers_only(places, lane, visited, graph.carriers, room)
        order_by_code(places.codes, lane, visited, room)
        for discount in range(2):
            share = near if discount else whole
            if len(share):
                groups = _Groups(group_of, discount == 1)
                _fill_vectors(places, lane, visited, room, groups, rules, ends, vectors)
                _share_out(vantages, room, vectors, weights[lane], share)
        forget_walk(hops, room)


@inner
def _share_out(vantages, room, vectors, weight, share):
    """Add to each vantage's row the mean of its next hops' vectors, times the weight."""
    head, hop, later = room.chains.head, room.chains.hop, room.chains.later
    vector_of, begin, item, part = vectors.vector_of, vectors.begin, vectors.item, vectors.part
    for i in range(len(vantages)):
        ways = 0
        k = head[vantages[i]]
        while k >= 0:
            ways += 1
            k = later[k]
        each = np.float64(weight) / np.float64(ways)
        k = head[vantages[i]]
        while k >= 0:
            vector = vector_of[hop[k]]
            for e in range(begin[vector], begin[vector + 1]):
                share[i, item[e]] += np.int64(each * part[e])
            k = later[k]
