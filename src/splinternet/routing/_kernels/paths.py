"""The sets of networks that traffic passes on its way, of the networks that are asked for.

For one destination, each carrier on the way has a list of the sets of *marked* carriers that
traffic standing there will pass, itself included and the destination not, each with its part of
the traffic. A set is kept as its first carrier and the set of the rest, so that a carrier adds
itself to a set by writing two numbers. As everything goes towards one destination, and next hops
only ever come nearer, two different chains never hold the same carriers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner, jit
from splinternet.routing._kernels.codes import NO_ROUTE
from splinternet.routing._kernels.walks import (
    carrier_at,
    carriers_only,
    codes_of_places,
    forget_walk,
    is_carrier,
    order_by_code,
    room_to_walk,
    walk,
)

__all__ = ["path_sets_block"]

#: Two sets without a carrier: one that ends the path, one that stands for too many ends.
_END, _CLIPPED = 0, 1
#: So many sets a carrier's list has at the most.
_LIMIT = 1024


class _Lists(NamedTuple):
    """The lists of one destination.

    A carrier's place ``p`` has the sets ``item`` with their ``part`` of the traffic, from
    ``begin[p]`` to ``end[p]``. Set ``s`` is carrier ``first[s]`` and the set ``rest[s]``, known by
    ``key[s]``. ``summed`` is for adding up, by set.
    """

    begin: Any
    end: Any
    item: Any
    part: Any
    first: Any
    rest: Any
    key: Any
    summed: Any


class _Found(NamedTuple):
    """Units found: of each its owner, whether it is clipped, its amount and members.

    ``table`` tells by its key, which is ``known[unit]``, where a unit is. The members of unit ``u``
    are ``member[start[u]:start[u + 1]]``.
    """

    table: Any
    known: Any
    owner: Any
    clipped: Any
    amount: Any
    start: Any
    member: Any


@inner
def _grown(array, needed):
    """Return the array, or a longer copy, filled up with zeros, that has room for so many."""
    if needed <= len(array):
        return array
    longer = np.zeros(2 * needed, dtype=array.dtype)
    for i in range(len(array)):
        longer[i] = array[i]
    return longer


@inner
def _filled(places, lane, visited, room, marked, salt, lists):
    """Give each visited place its list."""
    codes, shift = places
    order, chains = room.order, room.chains
    head, hop, later = chains.head, chains.hop, chains.later
    begin, end, item, part, first, rest, key, summed = lists
    first[:2], rest[:2] = -1, -1
    key[_END], key[_CLIPPED] = 0, salt[-1]
    item[0], part[0] = _END, 1.0
    item[1], part[1] = _CLIPPED, 1.0
    used, sets = 2, 2
    for o in range(visited):
        row = order[o]
        ways, many = 0, 0
        k = head[row]
        while k >= 0:
            ways += 1
            many += end[hop[k]] - begin[hop[k]]
            k = later[k]
        if ways == 1:
            begin[row], end[row] = begin[hop[head[row]]], end[hop[head[row]]]
        elif ways == 0:
            begin[row], end[row] = _END, _END + 1
        else:
            item, part = _grown(item, used + many), _grown(part, used + many)
            begin[row] = used
            k = head[row]
            while k >= 0:
                for e in range(begin[hop[k]], end[hop[k]]):
                    if summed[item[e]] == 0:
                        item[used] = item[e]
                        used += 1
                    summed[item[e]] += part[e] / ways
                k = later[k]
            for e in range(begin[row], used):
                part[e] = summed[item[e]]
                summed[item[e]] = 0
            end[row] = used
        if end[row] - begin[row] > _LIMIT:
            begin[row], end[row] = _CLIPPED, _CLIPPED + 1
        carrier = carrier_at(row, shift)
        if marked[carrier] and codes[lane, row] != 0:
            many = end[row] - begin[row]
            item, part = _grown(item, used + many), _grown(part, used + many)
            first, rest = _grown(first, sets + many), _grown(rest, sets + many)
            key, summed = _grown(key, sets + many), _grown(summed, sets + many)
            for e in range(begin[row], end[row]):
                first[sets], rest[sets] = carrier, item[e]
                key[sets] = key[item[e]] + salt[carrier]
                item[used], part[used] = sets, part[e]
                sets += 1
                used += 1
            begin[row], end[row] = used - many, used
    return _Lists(begin, end, item, part, first, rest, key, summed)


@inner
def _place(table, known, wanted):
    """Return where ``wanted`` is in the table, or where it should go."""
    at = np.int64((wanted * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (len(table) - 1)
    while table[at] >= 0 and known[table[at]] != wanted:
        at = (at + 1) & (len(table) - 1)
    return at


@inner
def _rehashed(table, known, units, room):
    """Return the table, or a larger one that holds the same and has so much room."""
    if 2 * (units + room) < len(table):
        return table
    size = len(table)
    while size <= 4 * (units + room):
        size *= 2
    larger = np.full(size, -1, dtype=np.int32)
    for unit in range(units):
        larger[_place(larger, known, known[unit])] = unit
    return larger


@jit
def path_sets_block(block, exporters, sending, marked, salt, ways):
    """Add up what passes each set of marked carriers, for each owner of it.

    In ``sending``, ``origins`` are places, ``sent``, shape ``(origins, LANES)``, is what each sends
    to each target, which counts times ``weights[lane]`` for owner
    ``owners[i] + lane_owner[lane]``; ``owners`` ascend. ``exporters`` are the carriers with a
    customer route to any target, by ASN; ``salt`` is a random number for each carrier and one more.

    Returns ``(owner, clipped, amount, start, member)``: of what belongs to ``owner[i]``,
    ``amount[i]`` passes the carriers ``member[start[i]:start[i + 1]]`` and no other marked ones;
    if ``clipped[i]``, it may pass more. The targets do not count as passed.
    """
    origins, owners, sent, lane_owner, weights = sending
    carriers = len(marked)
    places = codes_of_places(block.codes, block.told)
    codes = places.codes
    room = room_to_walk(codes.shape[1], exporters, ways.graph)
    lists = _Lists(
        np.zeros(codes.shape[1], dtype=np.int32),
        np.zeros(codes.shape[1], dtype=np.int32),
        np.zeros(256, dtype=np.int32),
        np.zeros(256),
        np.zeros(256, dtype=np.int32),
        np.zeros(256, dtype=np.int32),
        np.zeros(256, dtype=np.uint64),
        np.zeros(256),
    )
    found = _Found(
        np.full(1 << 12, -1, dtype=np.int32),
        np.zeros(64, dtype=np.uint64),
        np.zeros(64, dtype=np.int64),
        np.zeros(64, dtype=np.uint8),
        np.zeros(64),
        np.zeros(65, dtype=np.int64),
        np.zeros(64, dtype=np.int32),
    )
    units = np.int64(0)
    for lane in range(len(block.targets)):
        visited = np.int64(0)
        for i in range(len(origins)):
            if sent[i, lane] > 0 and codes[lane, origins[i]] != NO_ROUTE:
                room.seen[origins[i]] = 1
                room.visits[visited] = origins[i]
                visited += 1
        visited, hops = walk(places, lane, exporters, visited, room, ways, block.pins)
        visited = carriers_only(places, lane, visited, carriers, room)
        order_by_code(codes, lane, visited, room)
        lists = _filled(places, lane, visited, room, marked, salt, lists)
        first_of = 0
        while first_of < len(origins):
            after = first_of + 1
            while after < len(origins) and owners[after] == owners[first_of]:
                after += 1
            some = slice(first_of, after)
            touched, many = _sum_up(
                places, lane, carriers, origins[some], sent[some], room.chains, lists
            )
            owner = owners[first_of] + lane_owner[lane]
            units, found = _add(owner, weights[lane], touched[:many], lists, units, found)
            first_of = after
        forget_walk(hops, room)
    _, _, owner, clipped, amount, start, member = found
    return (
        owner[:units],
        clipped[:units],
        amount[:units],
        start[: units + 1],
        member[: start[units]],
    )


@inner
def _sum_up(places, lane, carriers, origins, sent, chains, lists):
    """Add up in ``summed`` what the origins send to one target, by set; list these sets."""
    codes, shift = places
    head, hop, later = chains.head, chains.hop, chains.later
    begin, end, item, part, _, _, key, summed = lists
    touched = np.empty(len(key), dtype=np.int32)
    many = 0
    for i in range(len(origins)):
        row = origins[i]
        if sent[i, lane] == 0 or codes[lane, row] == NO_ROUTE:
            continue
        ways = 0
        k = head[row]
        while k >= 0:
            ways += 1
            k = later[k]
        # A carrier has a list itself; a stub has the lists of its next hops, if it has any.
        carries = is_carrier(row, shift, carriers)
        itself = carries or ways == 0
        k = head[row]
        while k >= 0 or itself:
            if itself:
                start = begin[row] if carries else _END
                stop = end[row] if carries else _END + 1
                each = np.float64(sent[i, lane])
            else:
                start, stop = begin[hop[k]], end[hop[k]]
                each = sent[i, lane] / ways
            for e in range(start, stop):
                if summed[item[e]] == 0:
                    touched[many] = item[e]
                    many += 1
                summed[item[e]] += each * part[e]
            if itself:
                break
            k = later[k]
    return touched, many


@inner
def _add(owner, weight, sets, lists, units, found):
    """Move what is summed up for some sets to ``found``, for one owner."""
    _, _, _, _, first, rest, key, summed = lists
    table, known, owners, clipped, amount, start, member = found
    room = units + len(sets)
    table = _rehashed(table, known, units, len(sets))
    known, owners, clipped = _grown(known, room), _grown(owners, room), _grown(clipped, room)
    amount, start = _grown(amount, room), _grown(start, room + 1)
    for at in sets:
        wanted = key[at] + np.uint64(owner) * np.uint64(0xBF58476D1CE4E5B9)
        place = _place(table, known, wanted)
        unit = table[place]
        if unit < 0:
            unit = units
            table[place] = unit
            known[unit], owners[unit] = wanted, owner
            size = start[unit]
            one = at
            while one > _CLIPPED:
                member = _grown(member, size + 1)
                member[size] = first[one]
                size += 1
                one = rest[one]
            clipped[unit] = one == _CLIPPED
            units += 1
            start[units] = size
        amount[unit] += summed[at] * weight
        summed[at] = 0
    return units, _Found(table, known, owners, clipped, amount, start, member)
