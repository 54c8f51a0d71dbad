"""Whether there is any route, a bit for each destination: a sweep that asks nothing else.

A network with a route to a destination by its customers, peers or providers chooses one of them,
and exports it to its customers at least; so there is a route where, and only where, there is a
path that climbs from customer to provider, crosses one peering link at the most, and descends.
"""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inline, jit
from splinternet.routing._kernels.inside import apart

__all__ = ["below_groups", "lost_below_block", "missing_block", "missing_pairs", "reach_block"]


@jit
def reach_block(targets, rows, group_of, silent, graph, told, any_way, nearer):
    """Fill ``any_way`` with a bit for each target that a row has a route to.

    Shape ``(rows, words)``, uint64; bit ``i % 64`` of word ``i // 64`` is ``targets[i]``'s, which
    may repeat. ``group_of`` is the group of each carrier, -1 for none, and ``silent``, shape
    ``(groups, words)``, the targets for which a group's carriers hand on no route but that to
    themselves. ``rows`` are those to finish, ascending, every provider of each among them; the
    others hold no routes by providers. ``nearer``, of the same shape as ``any_way`` or empty, is
    filled with what there is without routes by providers. ``told``, shape ``(carriers, words)``,
    is for work.
    """
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    carriers, words = told.shape
    told[:] = 0
    any_way[:] = 0
    own = np.zeros((carriers, words), dtype=np.uint64)
    for i in range(len(targets)):
        target = targets[i]
        word, bit = i // 64, np.uint64(1) << np.uint64(i % 64)
        if target < carriers:
            own[target, word] |= bit
            told[target, word] |= bit
        else:
            # The row stands for every stub like it, which are sources too: it has no own route.
            for k in range(provider_start[target], provider_start[target + 1]):
                told[provider_row[k], word] |= bit
            for k in range(peer_start[target], peer_start[target + 1]):
                any_way[peer_row[k], word] |= bit
    # Upwards: by customers alone. What a carrier itself knows is set aside before it falls silent.
    for row in range(carriers - 1, -1, -1):
        anything = np.uint64(0)
        for w in range(words):
            anything |= told[row, w]
        if anything == 0:
            continue
        for w in range(words):
            any_way[row, w] |= told[row, w]
            if group_of[row] >= 0:
                told[row, w] &= ~silent[group_of[row], w] | own[row, w]
        for k in range(provider_start[row], provider_start[row + 1]):
            for w in range(words):
                told[provider_row[k], w] |= told[row, w]
        for k in range(peer_start[row], peer_start[row + 1]):
            for w in range(words):
                any_way[peer_row[k], w] |= told[row, w]
    for row in range(len(nearer)):
        for w in range(words):
            nearer[row, w] = any_way[row, w]
    for i in range(len(rows)):
        row = rows[i]
        for k in range(provider_start[row], provider_start[row + 1]):
            for w in range(words):
                any_way[row, w] |= told[provider_row[k], w]
        if row < carriers:
            for w in range(words):
                told[row, w] = any_way[row, w]
                if group_of[row] >= 0:
                    told[row, w] &= ~silent[group_of[row], w] | own[row, w]


@jit
def below_groups(group_of, groups, providers):
    """Tell which groups have a carrier above each row; a bit each, shape (rows, words)."""
    provider_start, provider_row = providers
    rows = len(provider_start) - 1
    below = np.zeros((rows, (groups + 63) // 64), dtype=np.uint64)
    for row in range(rows):
        for k in range(provider_start[row], provider_start[row + 1]):
            above = provider_row[k]
            for w in range(below.shape[1]):
                below[row, w] |= below[above, w]
            if group_of[above] >= 0:
                below[row, group_of[above] >> 6] |= np.uint64(1) << np.uint64(group_of[above] & 63)
    return below


@jit
def lost_below_block(any_way, nearer, traffic, asked, groups, providers, lost):
    """Add up what is lost where a group falls silent, of traffic to targets not below it.

    Only rows below its carriers can lose a route to such a target, for only these had it from
    above. ``any_way`` and ``nearer`` are as from ``reach_block`` with nobody silent, ``asked``,
    shape ``(groups, words)``, the targets that are asked about. Of the ``groups``, number ``g``
    has below it ``rows[start[g]:start[g + 1]]``, ascending; ``below`` is as from ``below_groups``.
    ``lost``, int64, is added for each group the lost ``sources`` of the ``traffic``, but for those
    ``within`` it, times the ``weights`` of its ``targets``, without what of a target's own row
    (``own``) is no traffic; of these two a column for each group, or one for all.
    """
    targets, sources, within, own, weights = traffic
    group_of, below, start, rows = groups
    provider_start, provider_row = providers
    carriers, words = len(group_of), any_way.shape[1]
    itself = np.zeros((carriers, words), dtype=np.uint64)
    for i in range(len(targets)):
        if targets[i] < carriers:
            itself[targets[i], i // 64] |= np.uint64(1) << np.uint64(i % 64)
    left = np.empty((carriers, words), dtype=np.uint64)
    now = np.empty(words, dtype=np.uint64)
    for group in range(len(asked)):
        questions = np.uint64(0)
        for w in range(words):
            questions |= asked[group, w]
        if questions == 0:
            continue
        word, bit = group >> 6, np.uint64(1) << np.uint64(group & 63)
        at = min(group, own.shape[1] - 1)
        for i in range(start[group], start[group + 1]):
            row = rows[i]
            for w in range(words):
                now[w] = nearer[row, w]
            for k in range(provider_start[row], provider_start[row + 1]):
                above = provider_row[k]
                for w in range(words):
                    if group_of[above] == group:
                        now[w] |= itself[above, w]
                    elif below[above, word] & bit:
                        now[w] |= left[above, w]
                    else:
                        now[w] |= any_way[above, w]
            for w in range(words):
                if row < carriers:
                    left[row, w] = now[w]
                gone = any_way[row, w] & ~now[w] & asked[group, w]
                if gone == 0:
                    continue
                for lane in range(64 * w, min(64 * w + 64, len(targets))):
                    if gone >> np.uint64(lane & 63) & np.uint64(1):
                        amount = apart(row, group, sources, within)
                        if targets[lane] == row:
                            amount -= own[lane, at]
                        lost[group] += amount * weights[lane, at]


@jit
def missing_block(any_way, targets, rows, sources, within, own, kind):
    """Sum, for each target, the weight of the sources that have no route to it.

    ``sources`` has weights for each row, of which those ``within`` the group ``kind`` of the target
    do not count; ``own`` for each target and group what of its own row's weight is no traffic.
    ``rows`` are those that send anything.
    """
    missing = np.zeros(len(targets), dtype=np.int64)
    for row in rows:
        for word in range(any_way.shape[1]):
            bits = ~any_way[row, word]
            if bits == 0:
                continue
            for i in range(64 * word, min(64 * word + 64, len(targets))):
                if bits >> np.uint64(i & 63) & np.uint64(1):
                    missing[i] += apart(row, kind[i], sources, within)
                    if targets[i] == row:
                        missing[i] -= own[i, kind[i]]
    return missing


@jit
def missing_pairs(any_way, targets, sends, receives, missing, alone):
    """Add up the pairs without a route, by the groups of their two ends.

    As a source, row ``r`` holds networks of the groups ``group[start[r]:start[r + 1]]`` of
    ``sends`` that weigh ``weight``, shape ``(entries, kinds)``, int64; as a target those of
    ``receives``. ``missing``, shape ``(kinds, groups, groups)``, float64, is added the
    products of the weights by group of the source, then of the target. ``alone`` comes back
    telling which targets their own row has no route to: then a row's pairs with itself are among
    those added, also of each network with itself.
    """
    start, group, weight = sends
    to_start, to_group, to_weight = receives
    kinds, groups = missing.shape[0], missing.shape[1]
    for i in range(len(targets)):
        alone[i] = not any_way[targets[i], i // 64] >> np.uint64(i & 63) & np.uint64(1)
    found = np.zeros((groups, kinds), dtype=np.int64)
    seen = np.zeros(groups, dtype=np.uint8)
    touched = np.empty(groups, dtype=np.int32)
    many, last = 0, -1
    for row in range(len(any_way)):
        if start[row] == start[row + 1] or not _misses_any(any_way, targets, row):
            continue
        # Where many miss much they mostly miss the same: then what was found last is right again.
        if last < 0 or not _alike(any_way, row, last):
            for t in range(many):
                seen[touched[t]] = 0
                for kind in range(kinds):
                    found[touched[t], kind] = 0
            many, last = 0, row
            for i in range(len(targets)):
                if any_way[row, i // 64] >> np.uint64(i & 63) & np.uint64(1):
                    continue
                for e in range(to_start[targets[i]], to_start[targets[i] + 1]):
                    to = to_group[e]
                    if not seen[to]:
                        seen[to] = 1
                        touched[many] = to
                        many += 1
                    for kind in range(kinds):
                        found[to, kind] += to_weight[e, kind]
        for t in range(many):
            to = touched[t]
            for kind in range(kinds):
                for e in range(start[row], start[row + 1]):
                    missing[kind, group[e], to] += weight[e, kind] * found[to, kind]


@inline
def _misses_any(any_way, targets, row):
    for word in range(any_way.shape[1]):
        past = max(64 * word + 64 - len(targets), 0)
        if ~any_way[row, word] << np.uint64(past):
            return True
    return False


@inline
def _alike(any_way, row, other):
    differs = np.uint64(0)
    for word in range(any_way.shape[1]):
        differs |= any_way[row, word] ^ any_way[other, word]
    return differs == 0
