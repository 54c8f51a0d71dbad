"""What groups of networks the paths of a block cross: by destination, or by source.

For one destination, the *vector* of a carrier lists the groups that traffic standing there crosses
from there on, itself included and the destination not, each with the part of the traffic that
crosses it. Most carriers share the vector of their next hop, and the lists are short, so this
costs little more than following the next hops.

Next hops are kept as chains: ``head[row]`` is the first hop of a row, ``later[k]`` the one after
hop ``k``, -1 the end. A row's list of customers or peers can be long, while few networks have a
customer route to one destination and hand it on: these look for their providers, and a carrier
looks which of those at the right distance are its peers (``peer_bits``).
"""

from __future__ import annotations

import numpy as np

from splinternet.routing._kernels.codes import (
    NO_ROUTE,
    PEER,
    from_peer,
    from_provider,
    hands_over,
    is_peer,
    length_of,
)
from splinternet.routing._kernels.compiler import inline, jit

__all__ = [
    "by_code",
    "carriers_only",
    "crossing_block",
    "descend",
    "follow",
    "transposed",
    "vantage_block",
]


# No function below is called in an inner loop with arrays as arguments: numba would count
# references each time.


@jit
def descend(
    codes, lane, exporters, head, hop, later, of, provider_start, provider_row, split, bucket, far
):
    """Chain the next hops of all rows with a customer route; return how many there are.

    ``exporters`` are by ASN: the first to offer the route that was chosen has the lowest. Those
    with a route of ``n`` links come back as ``far[bucket[n]:bucket[n + 1]]``.
    """
    bucket[:] = 0
    for near in exporters:
        if codes[lane, near] < PEER:
            bucket[np.int64(codes[lane, near]) + 2] += 1
    for code in range(len(bucket) - 1):
        bucket[code + 1] += bucket[code]
    hops = 0
    for near in exporters:
        code = codes[lane, near]
        if code < PEER:
            far[bucket[np.int64(code) + 1]] = near
            bucket[np.int64(code) + 1] += 1
        if code == 0 or code >= PEER:
            continue  # a hop that is the destination itself is not on the way to it
        for k in range(provider_start[near], provider_start[near + 1]):
            row = provider_row[k]
            if codes[lane, row] == code + 1 and (split or head[row] < 0):
                hop[hops], later[hops], of[hops] = near, head[row], row
                head[row] = hops
                hops += 1
    return hops


@jit
def follow(
    codes, lane, visits, visited, seen, head, hops, hop, later, of,
    provider_start, provider_row, peer_start, peer_row, peer_bits, bucket, far,
    customer_first, split,
):  # fmt: skip
    """Chain the next hops of all ``visits``, and add these to them, until there are no more.

    Returns how many visits and how many hops there are.
    """
    i = 0
    while i < visited:
        row = visits[i]
        i += 1
        code = codes[lane, row]
        if code >= PEER and not hands_over(code, customer_first):
            if not is_peer(code, customer_first):
                for k in range(provider_start[row], provider_start[row + 1]):
                    near = provider_row[k]
                    if from_provider(codes[lane, near], customer_first) == code:
                        hop[hops], later[hops], of[hops] = near, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
            elif row < len(peer_bits):
                links = np.int64(length_of(code, customer_first)) - 1
                for k in range(bucket[links], bucket[links + 1]):
                    near = far[k]
                    if peer_bits[near, row >> 6] >> np.uint64(row & 63) & np.uint64(1):
                        hop[hops], later[hops], of[hops] = near, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
            else:
                for k in range(peer_start[row], peer_start[row + 1]):
                    near = peer_row[k]
                    if (
                        near < len(peer_bits)
                        and from_peer(codes[lane, near], customer_first) == code
                    ):
                        hop[hops], later[hops], of[hops] = near, head[row], row
                        head[row] = hops
                        hops += 1
                        if not split:
                            break
        k = head[row]
        while k >= 0:
            if not seen[hop[k]]:
                seen[hop[k]] = 1
                visits[visited] = hop[k]
                visited += 1
            k = later[k]
    return visited, hops


@jit
def by_code(codes, lane, visits, visited, order, tally):
    """Fill ``order`` with the visited, nearest first: a next hop's code is always the smaller."""
    tally[:] = 0
    for i in range(visited):
        tally[np.int64(codes[lane, visits[i]]) + 1] += 1
    for least in range(256):
        tally[least + 1] += tally[least]
    for i in range(visited):
        code = codes[lane, visits[i]]
        order[tally[code]] = visits[i]
        tally[code] += 1


@inline
def _worth(code, discount):
    """What crossing a carrier counts: one, or with ``discount`` 1 / distance where it descends."""
    if not discount:
        return np.float32(1.0)
    return np.float32(1.0) / np.float32(code) if code < PEER else np.float32(0.0)


@jit
def _vectors(
    codes, lane, order, visited, head, hop, later, group_of, discount,
    vector_of, begin, item, part, summed, touched,
):  # fmt: skip
    """Give each visited carrier its vector: ``item`` and ``part`` from ``begin[v]``.

    Vector 0 is empty. Returns how many vectors there are.
    """
    begin[0] = begin[1] = 0
    used = 1
    size = 0
    for o in range(visited):
        row = order[o]
        code = codes[lane, row]
        if code == 0:
            vector_of[row] = 0  # the destination itself is not on the way to it
            continue
        group = group_of[row]
        worth = _worth(code, discount) if group >= 0 else np.float32(0.0)
        shared = vector_of[hop[head[row]]] if head[row] >= 0 else 0
        alike, ways = True, 0
        k = head[row]
        while k >= 0:
            alike = alike and vector_of[hop[k]] == shared
            ways += 1
            k = later[k]
        if alike and worth > 0:
            for e in range(begin[shared], begin[shared + 1]):
                if item[e] == group and part[e] >= worth:
                    worth = np.float32(0.0)  # whichever way, it crosses this group later on
                    break
        if alike and worth == 0:
            vector_of[row] = shared
            continue
        # A new vector: the mean of the next hops', then this carrier's own group.
        many = 0
        each = np.float32(1.0) if alike else np.float32(1.0) / np.float32(ways)
        k = head[row]
        while k >= 0:
            theirs = vector_of[hop[k]]
            for e in range(begin[theirs], begin[theirs + 1]):
                if summed[item[e]] == 0:
                    touched[many] = item[e]
                    many += 1
                summed[item[e]] += each * part[e]
            k = -1 if alike else later[k]
        if worth > 0:
            if summed[group] == 0:
                touched[many] = group
                many += 1
            summed[group] = worth
        for t in range(many):
            item[size + t] = touched[t]
            part[size + t] = summed[touched[t]]
            summed[touched[t]] = 0
        size += many
        vector_of[row] = used
        used += 1
        begin[used] = size
    return used


@jit
def transposed(block):
    """Transpose in pieces that stay in the cache."""
    rows, lanes = block.shape
    turned = np.empty((lanes, rows), dtype=block.dtype)
    for first in range(0, rows, 64):
        for lane in range(lanes):
            for row in range(first, min(first + 64, rows)):
                turned[lane, row] = block[row, lane]
    return turned


@jit
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
def crossing_block(
    block, targets, exporters, enters, group_of, groups,
    provider_start, provider_row, peer_start, peer_row, peer_bits,
    customer_first, split,
):  # fmt: skip
    """Add up what crosses any carrier of each group on its way to each target of a block.

    ``exporters`` are the carriers with a customer route to any target, by ASN; ``enters``, shape
    ``(carriers, LANES)``, is what enters each carrier from the sources; ``group_of`` is the group
    of each carrier, -1 for none. Returns shape ``(targets, groups)``, float64.
    """
    carriers = len(enters)
    codes = transposed(block[:carriers])
    entries = _used(enters)
    inflow = transposed(enters[entries])
    seen = np.zeros(carriers, dtype=np.uint8)
    visits = np.empty(carriers, dtype=np.int32)
    order, vector_of = np.empty_like(visits), np.empty_like(visits)
    begin = np.empty(carriers + 2, dtype=np.int32)
    head = np.full(carriers, -1, dtype=np.int32)
    hop = np.empty(len(provider_row) + len(peer_row), dtype=np.int32)
    later, of = np.empty_like(hop), np.empty_like(hop)
    item = np.empty(carriers * groups, dtype=np.int32)
    part = np.empty(len(item), dtype=np.float32)
    summed, touched = np.zeros(groups, dtype=np.float32), np.empty(groups, dtype=np.int32)
    tally = np.empty(257, dtype=np.int32)
    bucket, far = np.empty(66, dtype=np.int32), np.empty_like(exporters)
    mass = np.zeros(carriers + 1)
    crossed = np.zeros((len(targets), groups))
    for lane in range(len(targets)):
        visited = np.int64(0)
        for i in range(len(entries)):
            if inflow[lane, i] > 0:
                seen[entries[i]] = 1
                visits[visited] = entries[i]
                visited += 1
        hops = descend(
            codes, lane, exporters, head, hop, later, of, provider_start, provider_row, split,
            bucket, far,
        )  # fmt: skip
        visited, hops = follow(
            codes, lane, visits, visited, seen, head, hops, hop, later, of,
            provider_start, provider_row, peer_start, peer_row, peer_bits, bucket, far,
            customer_first, split,
        )  # fmt: skip
        by_code(codes, lane, visits, visited, order, tally)
        used = _vectors(
            codes, lane, order, visited, head, hop, later, group_of, False,
            vector_of, begin, item, part, summed, touched,
        )  # fmt: skip
        for i in range(len(entries)):
            if inflow[lane, i] > 0:
                mass[vector_of[entries[i]]] += inflow[lane, i]
        for i in range(visited):
            seen[visits[i]] = 0
        for k in range(hops):
            head[of[k]] = -1
        for vector in range(used):
            for e in range(begin[vector], begin[vector + 1]):
                crossed[lane, item[e]] += mass[vector] * part[e]
            mass[vector] = 0
    return crossed


@jit
def vantage_block(
    block, targets, exporters, weights, vantages, carriers, group_of, groups, discount,
    provider_start, provider_row, peer_start, peer_row, peer_bits, customer_first, split, share,
):  # fmt: skip
    """Add to each vantage's row of ``share`` what its traffic to the targets crosses.

    Every vantage (a row of the graph) sends ``weights[lane]``, int64, to the target of each lane;
    ``share``, int64, shape ``(vantages, groups)``, is added what of it crosses any carrier of
    each group strictly between the two. The rest is as for ``crossing_block``.
    """
    codes = transposed(block)
    rows = len(block)
    seen = np.zeros(rows, dtype=np.uint8)
    visits = np.empty(rows, dtype=np.int32)
    order, vector_of = np.empty_like(visits), np.empty_like(visits)
    begin = np.empty(carriers + 2, dtype=np.int32)
    head = np.full(rows, -1, dtype=np.int32)
    hop = np.empty(len(provider_row) + len(peer_row), dtype=np.int32)
    later, of = np.empty_like(hop), np.empty_like(hop)
    item = np.empty(carriers * groups, dtype=np.int32)
    part = np.empty(len(item), dtype=np.float32)
    summed, touched = np.zeros(groups, dtype=np.float32), np.empty(groups, dtype=np.int32)
    tally = np.empty(257, dtype=np.int32)
    bucket, far = np.empty(66, dtype=np.int32), np.empty_like(exporters)
    for lane in range(len(targets)):
        hops = descend(
            codes, lane, exporters, head, hop, later, of, provider_start, provider_row, split,
            bucket, far,
        )  # fmt: skip
        visits[: len(vantages)] = vantages
        for row in vantages:
            seen[row] = 1
        visited, hops = follow(
            codes, lane, visits, len(vantages), seen, head, hops, hop, later, of,
            provider_start, provider_row, peer_start, peer_row, peer_bits, bucket, far,
            customer_first, split,
        )  # fmt: skip
        for i in range(visited):
            seen[visits[i]] = 0
        visited = carriers_only(codes, lane, visits, visited, carriers)
        by_code(codes, lane, visits, visited, order, tally)
        _vectors(
            codes, lane, order, visited, head, hop, later, group_of, discount,
            vector_of, begin, item, part, summed, touched,
        )  # fmt: skip
        _share_out(vantages, head, hop, later, vector_of, begin, item, part, weights[lane], share)
        for k in range(hops):
            head[of[k]] = -1


@jit
def carriers_only(codes, lane, visits, visited, carriers):
    """Leave in ``visits`` the carriers that have a route; return how many."""
    many = 0
    for i in range(visited):
        if visits[i] < carriers and codes[lane, visits[i]] != NO_ROUTE:
            visits[many] = visits[i]
            many += 1
    return many


@jit
def _share_out(vantages, head, hop, later, vector_of, begin, item, part, weight, share):
    """Add to each vantage's row the mean of its next hops' vectors, times the weight."""
    for i in range(len(vantages)):
        ways = 0
        k = head[vantages[i]]
        while k >= 0:
            ways += 1
            k = later[k]
        k = head[vantages[i]]
        while k >= 0:
            vector = vector_of[hop[k]]
            each = np.float64(weight) / np.float64(ways)
            for e in range(begin[vector], begin[vector + 1]):
                share[i, item[e]] += np.int64(each * part[e])
            k = later[k]
