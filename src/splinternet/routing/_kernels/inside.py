"""Traffic that has an end in a group, and so does not count as crossing it.

Of what a row sends, only the *part* counts that crosses its own group on the way, so each row asks
its next hops for one group. Carriers ask the chains of the walk at hand. Rows without customers are
most: what their neighbours tell is noted for one destination after the other, and then all
destinations of a block are answered at once, a row at a time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inline, inner, spliced
from splinternet.routing._kernels.codes import LANES, TO_PEER, TO_PROVIDER
from splinternet.routing._kernels.flow import hits

__all__ = [
    "Asked",
    "Inside",
    "Within",
    "apart",
    "ends_of_carriers",
    "leave_out_carriers",
    "leave_out_stubs",
    "no_ends",
    "note_parts",
]


class Asked(NamedTuple):
    """Questions of rows without customers to neighbours: the part that crosses a group from there.

    A question is of a place and a group. Those of place ``p`` are from ``start[p]`` to
    ``start[p + 1]``, of groups ``group``. Traffic ``i`` that has an end in a group asks the
    questions ``number[of[i]:of[i + 1]]``: a provider each, and then a peer each, -1 if that is no
    carrier. Traffic of carriers asks none.
    """

    start: Any
    group: Any
    of: Any
    number: Any


class Within(NamedTuple):
    """Parts of the rows' weights as sources that have an end in a group.

    That of row ``r`` is ``amount[i]`` in ``group[i]``, by group, for ``i`` from ``start[r]`` to
    ``start[r + 1]``.
    """

    start: Any
    group: Any
    amount: Any

    @classmethod
    def nothing(cls, rows: int) -> Within:
        """Nothing, of so many rows."""
        none = np.empty(0, dtype=np.int32)
        return cls(np.zeros(rows + 1, dtype=np.int32), none, none)


class Inside(NamedTuple):
    """Traffic that has an end in a group, and so does not count as crossing it.

    Row ``row[i]`` sends ``amount[i]`` that does not count for ``group[i]``, by row; less by
    ``own``, shape ``(targets, groups)``, where the target is in the row itself.
    """

    row: Any
    group: Any
    amount: Any
    own: Any
    asked: Asked


class Ends(NamedTuple):
    """In which group each carrier is an end, -1 for none, what it sends, and what is ``off``.

    That is the part of what it sends to the destination at hand that crosses that group.
    """

    ask: Any
    amount: Any
    off: Any


class _Answers(NamedTuple):
    """Part that crosses the row's group, over so many next hops, by lane; and room for hits.

    ``parts`` has the answers of neighbours, by question.
    """

    told: Any
    ways: Any
    hit: Any
    parts: Any


@inner
def no_ends():
    """Carriers of which none asks anything."""
    return Ends(np.empty(0, dtype=np.int32), np.empty(0), np.empty(0))


@inline
def apart(row, group, sources, within):
    """Weight of a row as a source without what has an end in a group."""
    amount = np.int64(sources[row])
    for i in range(within.start[row], within.start[row + 1]):
        if within.group[i] == group:
            amount -= within.amount[i]
    return amount


@inner
def ends_of_carriers(inside, carriers):
    """Set apart what carriers send; each is an end in one group at the most."""
    ends = Ends(np.full(carriers, -1, dtype=np.int32), np.zeros(carriers), np.zeros(carriers))
    for i in range(len(inside.row)):
        row = inside.row[i]
        if row < carriers:
            ends.ask[row] = inside.group[i]
            ends.amount[row] = np.float64(inside.amount[i])
    return ends


@inner
def note_parts(lane, exporters, shift, asked, vectors, parts):
    """Answer all questions about one destination; ``parts`` has them by lane."""
    start, wanted = asked.start, asked.group
    vector_of, begin, item, part = vectors.vector_of, vectors.begin, vectors.item, vectors.part
    summed = vectors.summed
    # Of providers all, of peers those that have a customer route.
    for i in range(shift + len(exporters)):
        place = i if i < shift else exporters[i - shift] + shift
        vector, at, end = vector_of[place], start[place], start[place + 1]
        if vector == 0 or at == end:
            continue
        first, last = begin[vector], begin[vector + 1]
        if end - at == 1:
            group = wanted[at]
            for e in range(first, last):
                if item[e] == group:
                    parts[lane, at] = part[e]
                    break
            continue
        for e in range(first, last):
            summed[item[e]] = part[e]
        for question in range(at, end):
            parts[lane, question] = summed[wanted[question]]
        for e in range(first, last):
            summed[item[e]] = 0


@inner
def leave_out_carriers(lane, inside, ends, crossed):
    """Take off what carriers send to one destination that crosses a group with an end of it."""
    rows, groups, off = inside.row, inside.group, ends.off
    for i in range(len(rows)):
        row = rows[i]
        if row >= len(off):
            break
        crossed[lane, groups[i]] -= off[row]
        off[row] = 0


@spliced
def _ask(kind, theirs, mine, near, row, split, question, answers):
    """Add what a neighbour tells, in the lanes in which it is a next hop; say if it is in any."""
    told, ways, hit, parts = answers
    if not hits(kind, theirs, mine, near, row, hit):
        return False
    for lane in range(LANES):
        taken = np.uint8(1) if split or ways[lane] == 0 else np.uint8(0)
        taken &= hit[lane]
        told[lane] += np.float64(parts[question, lane]) * np.float64(taken)
        ways[lane] += np.float64(taken)
    return True


@spliced
def _ask_pinned(row, block, graph, first, asked, answers):
    """Ask in the lanes for which the row is pinned the one neighbour that it is pinned to."""
    pins, parts = block.pins, answers.parts
    for p in range(pins.start[row], pins.start[row + 1]):
        lane = pins.lane[p]
        if pins.holds[p] and block.codes[row, lane] != 0:
            question = np.int64(first) + np.int64(pins.link[p])
            if pins.kind[p] == TO_PROVIDER:
                question -= graph.providers.start[row]
            else:
                question += graph.providers.start[row + 1] - graph.providers.start[row]
                question -= graph.peers.start[row]
            number = asked.number[question]
            answers.ways[lane] = 1.0
            answers.told[lane] = np.float64(parts[number, lane]) if number >= 0 else 0.0


@inner
def leave_out_stubs(block, inside, parts, graph, rules, crossed):
    """Take off what rows without customers send that crosses a group with an end of it.

    ``parts`` has the answers by question; ``crossed`` has shape ``(groups, LANES)``.
    """
    codes, told, active, targets, _ = block
    rows, groups, amounts, own, asked = inside
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    answers = _Answers(np.empty(LANES), np.empty(LANES), np.empty(LANES, dtype=np.uint8), parts)
    amount = np.empty(LANES)
    lane_of = np.full(len(codes), -1, dtype=np.int16)
    for lane in range(len(targets)):
        lane_of[targets[lane]] = lane
    for i in range(len(rows)):
        row, group = np.int64(rows[i]), groups[i]
        if row < graph.carriers:
            continue
        for lane in range(LANES):
            answers.told[lane] = 0.0
            answers.ways[lane] = 0.0
        split, any_way = rules.split and not graph.ordered[row], False
        question = np.int64(asked.of[i])
        for k in range(provider_start[row], provider_start[row + 1]):
            number = asked.number[question]
            near = provider_row[k]
            any_way |= _ask(TO_PROVIDER, codes, codes, near, row, split, number, answers)
            question += 1
        for k in range(peer_start[row], peer_start[row + 1]):
            near, number = peer_row[k], asked.number[question]
            if number >= 0 and active[near]:
                any_way |= _ask(TO_PEER, told, codes, near, row, split, number, answers)
            question += 1
        _ask_pinned(row, block, graph, asked.of[i], asked, answers)
        if not any_way:
            continue
        for lane in range(LANES):
            amount[lane] = np.float64(amounts[i])
        if lane_of[row] >= 0:
            amount[lane_of[row]] -= np.float64(own[lane_of[row], group])
        for lane in range(LANES):
            ways = max(answers.ways[lane], 1.0)
            crossed[group, lane] -= amount[lane] * answers.told[lane] / ways
