"""Contests: two parties announce one prefix, in 128 trials at a time, and each network chooses.

Beside the byte for a route (``codes``) stands a byte for what is known of it, its *mark*: who
announced it, what it has passed, and where its packets end. 0 is the mark of no route.

====  ==========================================================================================
bit   meaning
====  ==========================================================================================
0     the victim announced it
1-3   the attacker did, and its path shows that it climbed only (1), that it has turned (2), that
      it climbed again after it turned (3), so far as provider records (ASPA) tell
4-6   the same, and it bears the mark of routes for customers only (RFC 9234)
7     packets that take it end at the attacker
====  ==========================================================================================

Of the first seven bits one is set, or with ``split`` several, if equally good routes differ. A
network drops routes by a mask of these bits, so every filter is an ``and``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from splinternet.base.compiler import inline, jit, spliced
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.hops import (
    from_customer,
    links_told,
)
from splinternet.routing._kernels.marks import (
    ASPA,
    ATTESTS,
    BY_ATTACKER,
    ENDS_AT_ATTACKER,
    MARKED,
    ON_PATH,
    ONLY_TO_CUSTOMERS,
    PEER_ROV,
    ROV,
)
from splinternet.routing._kernels.preferences import (
    CUSTOMER_FIRST,
    GAO_REXFORD,
    SHORTEST,
    code_of,
    from_peer,
    from_provider,
)

__all__ = [
    "CUSTOMER",
    "PEER",
    "PROVIDER",
    "contend_block",
    "drops_of",
    "hops_block",
    "longest_told",
    "offered_by",
    "sort_seeds",
    "tally_block",
]

_WHOSE = np.uint8(127)
_CLIMBED = np.uint8(0b0010010)
_TURNED = np.uint8(0b0100100)
_BENT = np.uint8(0b1001000)
_TURNED_OR_BENT = np.uint8(_TURNED | _BENT)
_UNMARKED = np.uint8(0b0001110)
_NONE = np.uint8(0)
#: What a neighbour is to a network.
CUSTOMER, PEER, PROVIDER = np.int64(0), np.int64(1), np.int64(2)


@inline
def _contend(contest, trials, graph, rules, tracked):
    """Fill a block with the routes that networks choose in a contest: up, then across and down.

    Every network has a row of its own. ``contest`` is what is filled: ``codes`` and ``marks`` of
    this contest, ``over``, the marks of contests for more specific prefixes, which come before
    and to which those of this one are added where there is none, and ``active``. ``trials`` says
    what happens in each lane: see ``splinternet.routing.contests``. ``tracked`` says whether any
    filter asks what a route has passed.
    """
    codes, marks, over, active = contest
    gates, seeds, ends, invalid = trials
    providers, customers, peers = graph.providers, graph.customers, graph.peers
    codes[:] = NO_ROUTE
    marks[:] = 0
    active[:] = 0
    for row in range(len(active)):
        if seeds.start[row] < seeds.start[row + 1]:
            active[row] = 1
    drops = np.zeros(LANES, dtype=np.uint8)
    for row in range(len(active) - 1, -1, -1):
        if active[row]:
            drops_of(drops, gates, row, invalid, CUSTOMER)
            for k in range(customers.start[row], customers.start[row + 1]):
                if active[customers.row[k]]:
                    _learn(contest, gates, row, customers.row[k], drops, rules, tracked, CUSTOMER)
            _settle(contest, seeds, ends, row)
            for k in range(providers.start[row], providers.start[row + 1]):
                active[providers.row[k]] = 1
    for row in range(len(active)):
        drops_of(drops, gates, row, invalid, PEER)
        for k in range(peers.start[row], peers.start[row + 1]):
            if active[peers.row[k]]:
                _learn(contest, gates, row, peers.row[k], drops, rules, tracked, PEER)
        drops_of(drops, gates, row, invalid, PROVIDER)
        for k in range(providers.start[row], providers.start[row + 1]):
            _learn(contest, gates, row, providers.row[k], drops, rules, tracked, PROVIDER)
        _settle(contest, seeds, ends, row)
    for row in range(len(active)):
        for lane in range(LANES):
            more_specific = over[row, lane]
            over[row, lane] = more_specific if more_specific else marks[row, lane]


@jit
def _by_gao_rexford(contest, trials, graph, split, tracked):
    """Contend where networks choose by that order."""
    _contend(contest, trials, graph, (GAO_REXFORD, split), tracked)


@jit
def _by_customer_first(contest, trials, graph, split, tracked):
    """Contend where networks choose by that order."""
    _contend(contest, trials, graph, (CUSTOMER_FIRST, split), tracked)


@jit
def _by_shortest(contest, trials, graph, split, tracked):
    """Contend where networks choose by that order."""
    _contend(contest, trials, graph, (SHORTEST, split), tracked)


#: By order of preference: what lanes do is twice as fast where it is a constant, and only what is
#: asked for is compiled.
_CONTEND = {
    GAO_REXFORD: _by_gao_rexford,
    CUSTOMER_FIRST: _by_customer_first,
    SHORTEST: _by_shortest,
}


def contend_block(contest: Any, trials: Any, graph: Any, rules: Any, tracked: bool) -> None:
    """Fill a block with the routes that networks choose in a contest; see ``_contend``."""
    _CONTEND[rules.preference](contest, trials, graph, rules.split, tracked)


@spliced
def drops_of(drops, gates, row, invalid, relation):
    """Fill in which marks a network drops of what such a neighbour offers."""
    flags = gates.flags[gates.of[row]]
    for lane in range(LANES):
        flag = flags[lane]
        by_origin = np.uint8(flag & (ROV | PEER_ROV) if relation == PEER else flag & ROV)
        dropped = invalid[lane] if by_origin else _NONE
        if relation == PROVIDER:
            dropped = np.uint8(dropped | (_BENT if flag & ASPA else _NONE))
        else:
            dropped = np.uint8(dropped | (_TURNED_OR_BENT if flag & ASPA else _NONE))
            dropped = np.uint8(dropped | (MARKED if flag & ONLY_TO_CUSTOMERS else _NONE))
        drops[lane] = np.uint8(dropped | (BY_ATTACKER if flag & ON_PATH else _NONE))


@spliced
def _learn(contest, gates, row, near, drops, rules, tracked, relation):
    """Let a network choose between what it has and what a neighbour offers, in every lane."""
    preference, split = rules
    mine, own = contest.codes[row], contest.marks[row]
    theirs, told = contest.codes[near], contest.marks[near]
    flags, sends = gates.flags[gates.of[row]], gates.flags[gates.of[near]]
    for lane in range(LANES):
        mark = np.uint8(told[lane] & ~drops[lane])
        if tracked:
            mark = _passed(mark, flags[lane], sends[lane], relation)
        offered = offered_by(preference, theirs[lane], mark, relation)
        held = own[lane]
        equal = split and (offered == mine[lane]) and (offered < NO_ROUTE)
        both = np.uint8(held | mark) if equal else held
        own[lane] = mark if offered < mine[lane] else both
        mine[lane] = min(mine[lane], offered)


@spliced
def offered_by(preference, code, mark, relation):
    """The code for the route that a neighbour offers, of which ``mark`` is not dropped."""
    if relation == CUSTOMER:
        offered = from_customer(code)
    elif relation == PEER:
        offered = from_peer(preference, code)
    else:
        offered = from_provider(preference, code)
    return offered if mark & _WHOSE else NO_ROUTE


@spliced
def _passed(mark, flag, sender, relation):
    """The mark of a route after one more link: records show turns, some mark what they send."""
    if relation != PROVIDER:
        turned = np.uint8(mark & _TURNED if flag & ATTESTS else _NONE)
        mark = np.uint8((mark ^ turned) | (turned << 1))
    if relation != CUSTOMER:
        climbed = np.uint8(mark & _CLIMBED if sender & ATTESTS else _NONE)
        mark = np.uint8((mark ^ climbed) | (climbed << 1))
        plain = np.uint8(mark & _UNMARKED if sender & ONLY_TO_CUSTOMERS else _NONE)
        mark = np.uint8((mark ^ plain) | (plain << 3))
    return mark


@spliced
def _settle(contest, seeds, ends, row):
    """Set what a network announces itself, and where packets end that reach it."""
    codes, marks, over, _ = contest
    mine, own, specific = codes[row], marks[row], over[row]
    for k in range(seeds.start[row], seeds.start[row + 1]):
        mine[seeds.lane[k]] = seeds.code[k]
        own[seeds.lane[k]] = seeds.mark[k]
    for lane in range(LANES):
        held = own[lane]
        by = specific[lane] if specific[lane] else held
        own[lane] = np.uint8((held & _WHOSE) | (by & ENDS_AT_ATTACKER)) if held else _NONE
    for k in range(ends.start[row], ends.start[row + 1]):
        if own[ends.lane[k]]:
            held = own[ends.lane[k]] & _WHOSE
            own[ends.lane[k]] = np.uint8(held | ends.mark[k])


@jit
def longest_told(keys, preference):
    """The length of the longest route that any network has, given as keys."""
    most = np.zeros(LANES, dtype=np.uint8)
    for row in range(len(keys)):
        for lane in range(LANES):
            code = code_of(preference, keys[row, lane])
            most[lane] = max(most[lane], links_told(code) if code != NO_ROUTE else _NONE)
    found = _NONE
    for lane in range(LANES):
        found = max(found, most[lane])
    return found


@jit
def sort_seeds(rows, many, values, start, found):
    """Sort announcements by row: ``many[i]`` of the ``rows`` have the ``values[i]``.

    Of one row they stay in order; ``start`` and ``found``, both int32, come to hold where those of
    each row begin, and the values of each.
    """
    start[:] = 0
    for row in rows:
        start[row + 1] += 1
    for row in range(len(start) - 1):
        start[row + 1] += start[row]
    place = start.copy()
    first = 0
    for i in range(len(many)):
        for k in range(first, first + many[i]):
            at = place[rows[k]]
            for kind in range(values.shape[1]):
                found[at, kind] = values[i, kind]
            place[rows[k]] = at + 1
        first += many[i]


@jit
def tally_block(over, ends, group_of, weights, found):
    """Add up who is deceived and who has no route, by group: what is in no trial's ends.

    ``weights`` has shape ``(rows, kinds)``; ``found``, shape ``(2, groups, kinds, LANES)``, is
    added to: first those whose packets end at the attacker, then those without a route.
    """
    for row in range(over.shape[0]):
        group = group_of[row]
        any_lost, any_deceived = False, _NONE
        for lane in range(LANES):
            any_lost |= over[row, lane] == 0
            any_deceived |= over[row, lane] & ENDS_AT_ATTACKER
        for kind in range(weights.shape[1]):
            weight = weights[row, kind]
            if weight:
                deceived, lost = found[0, group, kind], found[1, group, kind]
                if any_deceived:
                    for lane in range(LANES):
                        deceived[lane] += weight if over[row, lane] & ENDS_AT_ATTACKER else 0
                if any_lost:
                    for lane in range(LANES):
                        lost[lane] += 0 if over[row, lane] else weight
                for k in range(ends.start[row], ends.start[row + 1]):
                    lane = ends.lane[k]
                    mark = over[row, lane]
                    deceived[lane] -= weight if mark & ENDS_AT_ATTACKER else 0
                    lost[lane] -= 0 if mark else weight


@jit
def hops_block(contest, trials, graph, rules, lane, rows, start, found):
    """List the next hops of rows in one lane: the neighbours whose route is a chosen one.

    Those of ``rows[i]`` come back as ``found[start[i]:start[i + 1]]``: all with ``split``, else
    the first. None where there is no route, or the row announces it itself. Returns how many there
    are; what does not fit in ``found`` is counted only.
    """
    gates, seeds, _, invalid = trials
    drops = np.zeros(LANES, dtype=np.uint8)
    many = 0
    for place in range(len(rows)):
        start[place] = many
        row = rows[place]
        own = contest.codes[row, lane] == NO_ROUTE
        for k in range(seeds.start[row], seeds.start[row + 1]):
            own |= seeds.lane[k] == lane
        if own:
            continue
        for relation in range(3):
            if relation == CUSTOMER:
                near = graph.customers
            elif relation == PEER:
                near = graph.peers
            else:
                near = graph.providers
            drops_of(drops, gates, row, invalid, relation)
            for k in range(near.start[row], near.start[row + 1]):
                mark = np.uint8(contest.marks[near.row[k], lane] & ~drops[lane])
                code = contest.codes[near.row[k], lane]
                offered = offered_by(rules.preference, code, mark, relation)
                if offered == contest.codes[row, lane] and (rules.split or many == start[place]):
                    if many < len(found):
                        found[many] = near.row[k]
                    many += 1
    start[len(rows)] = many
    return many
