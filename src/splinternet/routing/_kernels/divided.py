"""Contests whose traffic is divided over equally good routes: what part of it ends where.

A network uses all its best routes and tells them all. It drops those that its filters find, and
divides its packets equally over the neighbours of which any are left. Codes and marks are those
of ``contests`` with ``split``: a mark has a bit for every route that is used.
"""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inline, jit
from splinternet.routing._kernels.codes import LANES
from splinternet.routing._kernels.contests import CUSTOMER, PEER, PROVIDER, drops_of, offered_by
from splinternet.routing._kernels.marks import BY_ATTACKER, BY_VICTIM, ENDS_AT_ATTACKER

__all__ = ["divide_block", "tally_divided"]

_ALL = np.float32(1)
_NOTHING = np.float32(0)


@jit
def divide_block(contest, before, parts, trials, graph, rules):
    """Compute what part of each network's packets ends at the attacker, after ``contend_block``.

    ``before`` is ``over`` as it was before this contest. ``parts`` is what is filled, as float32
    of shape ``(rows, LANES)``: ``deceived``, of the packets that are at a network; ``told``, how
    much of its routes in this contest is the attacker's; ``believed``, the same in the contest for
    the most specific prefix that it has. Rows without a route keep what they hold.
    """
    active = contest.active
    providers, customers, peers = graph.providers, graph.customers, graph.peers
    gates, seeds, ends, invalid = trials
    drops = np.zeros(LANES, dtype=np.uint8)
    sums = np.zeros((3, LANES), dtype=np.float32)
    for row in range(len(active) - 1, -1, -1):
        if active[row]:
            drops_of(drops, gates, row, invalid, CUSTOMER)
            for k in range(customers.start[row], customers.start[row + 1]):
                if active[customers.row[k]]:
                    _add(sums, contest, parts, row, customers.row[k], drops, rules, CUSTOMER)
            _share(sums, contest, before, parts, seeds, ends, row)
    for row in range(len(active)):
        drops_of(drops, gates, row, invalid, PEER)
        for k in range(peers.start[row], peers.start[row + 1]):
            if active[peers.row[k]]:
                _add(sums, contest, parts, row, peers.row[k], drops, rules, PEER)
        drops_of(drops, gates, row, invalid, PROVIDER)
        for k in range(providers.start[row], providers.start[row + 1]):
            _add(sums, contest, parts, row, providers.row[k], drops, rules, PROVIDER)
        _share(sums, contest, before, parts, seeds, ends, row)


@inline
def _add(sums, contest, parts, row, near, drops, rules, relation):
    """Add a neighbour's parts in the lanes in which it is a next hop, and count it there."""
    preference, deceived, told = rules.preference, parts.deceived, parts.told
    mine, theirs, marks = contest.codes[row], contest.codes[near], contest.marks[near]
    for lane in range(LANES):
        mark = np.uint8(marks[lane] & ~drops[lane])
        used = offered_by(preference, theirs[lane], mark, relation) == mine[lane]
        hop = _ALL if used and mine[lane] < np.uint8(192) else _NOTHING
        hostile = told[near, lane] if mark & BY_VICTIM else _ALL
        hostile = hostile if mark & BY_ATTACKER else _NOTHING
        sums[0, lane] += hop * deceived[near, lane]
        sums[1, lane] += hop * hostile
        sums[2, lane] += hop


@inline
def _share(sums, contest, before, parts, seeds, ends, row):
    """Take the means over next hops, and set what ends at a network or is announced by it."""
    for lane in range(LANES):
        if sums[2, lane]:
            parts.told[row, lane] = sums[1, lane] / sums[2, lane]
            if not before[row, lane]:
                parts.deceived[row, lane] = sums[0, lane] / sums[2, lane]
        for place in range(3):
            sums[place, lane] = _NOTHING
    for k in range(seeds.start[row], seeds.start[row + 1]):
        hostile = seeds.mark[k] & BY_ATTACKER
        parts.told[row, seeds.lane[k]] = _ALL if hostile else _NOTHING
    for lane in range(LANES):
        if not before[row, lane]:
            parts.believed[row, lane] = parts.told[row, lane]
    for k in range(ends.start[row], ends.start[row + 1]):
        at_attacker = ends.mark[k] & ENDS_AT_ATTACKER
        parts.deceived[row, ends.lane[k]] = _ALL if at_attacker else _NOTHING


@jit
def tally_divided(over, deceived, ends, group_of, weights, found):
    """Add up by group what part is deceived, and who has no route, as ``tally_block`` does."""
    counted = np.empty(LANES)
    for row in range(over.shape[0]):
        for lane in range(LANES):
            counted[lane] = 1.0
        for k in range(ends.start[row], ends.start[row + 1]):
            counted[ends.lane[k]] = 0.0
        group = group_of[row]
        for kind in range(weights.shape[1]):
            weight = weights[row, kind]
            if weight:
                for lane in range(LANES):
                    here = weight * counted[lane]
                    routed = over[row, lane] > 0
                    found[0, group, kind, lane] += here * deceived[row, lane] if routed else 0.0
                    found[1, group, kind, lane] += 0.0 if routed else here
