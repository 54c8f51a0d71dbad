"""Whether routes of a block can change when links are cut or made."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inline, jit
from splinternet.routing._kernels.codes import LANES, NO_ROUTE
from splinternet.routing._kernels.hops import (
    from_customer,
    from_peer,
    from_provider,
    length_of,
)
from splinternet.routing._kernels.preferences import key_of

__all__ = ["lengthen_block", "touch_block"]


@jit
def touch_block(block, links, finished, preference, touched):
    """Mark the lanes in which some link offers an end a route as good as the one chosen there.

    Of ``links`` each joins the rows ``one[i]`` and ``other[i]``; with ``transit`` the first is the
    provider. ``at_one`` and ``at_other`` tell which ends are asked. Rows that are not ``finished``
    (one byte each) hold no routes by providers; of theirs only those by customers count, as
    nothing that is sent from a finished row climbs from there. Stops when all targets are touched.
    """
    codes, told, _, targets, _ = block
    one, other, transit, at_one, at_other = links
    for i in range(len(one)):
        if i & 63 == 63 and _all(touched, len(targets)):
            break
        a, b = one[i], other[i]
        if at_one[i] and transit[i]:
            _touch(from_customer, _as_told, preference, told, told, a, b, touched)
        elif at_one[i] and finished[a]:
            _touch(from_peer, key_of, preference, told, codes, a, b, touched)
        if at_other[i] and transit[i] and finished[b]:
            _touch(from_provider, key_of, preference, codes, codes, b, a, touched)
        elif at_other[i] and not transit[i] and finished[b]:
            _touch(from_peer, key_of, preference, told, codes, b, a, touched)


@inline
def _all(touched, many):
    found = np.uint8(1)
    for lane in range(many):
        found &= touched[lane]
    return found != 0


@inline
def _as_told(preference, told):
    """The shorter customer route is the better by every preference."""
    return told


@inline
def _touch(offer, key, preference, theirs, mine, here, near, touched):
    """Mark the lanes in which a neighbour's offer is as good as the route chosen here.

    Of customer routes the last row stands for every stub, which has none.
    """
    here, near = min(here, len(mine) - 1), min(near, len(theirs) - 1)
    for lane in range(LANES):
        offered = offer(theirs[near, lane])
        as_good = key(preference, offered) <= key(preference, mine[here, lane])
        good = as_good and offered != NO_ROUTE
        touched[lane] |= np.uint8(1) if good else np.uint8(0)


@jit
def lengthen_block(before, after, sources, itself, own, rules, worse):
    """Compare the lengths of routes in two blocks, given as codes, lane by lane.

    Of the ``sources``, number ``i`` is in row ``before[i]`` of the first and ``after[i]`` of the
    second, and weighs ``weight[i]``, but ``own[lane]`` less to the target that is ``itself[lane]``.
    For each lane that ``worse`` has, its ``longer`` is added the weight of the sources whose route
    got longer, ``most`` comes to hold by how many links at the most, and ``whose`` the first
    source with so many. Sources without a route in one of the two are left out.
    """
    row_before, row_after, weights = sources
    longer, most, whose = worse
    for i in range(len(row_before)):
        old, new = before[row_before[i]], after[row_after[i]]
        differs = False
        for lane in range(LANES):
            differs |= old[lane] != new[lane] and new[lane] != NO_ROUTE
        if not differs:
            continue
        for lane in range(len(longer)):
            if old[lane] != NO_ROUTE and new[lane] != NO_ROUTE:
                more = np.int64(length_of(new[lane], rules)) - np.int64(length_of(old[lane], rules))
                weight = weights[i] - own[lane] if itself[lane] == i else weights[i]
                if more > 0 and weight > 0:
                    longer[lane] += weight
                    if more > most[lane]:
                        most[lane] = more
                        whose[lane] = i
