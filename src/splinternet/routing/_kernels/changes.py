"""Whether routes of a block can change when links are cut or made."""

from __future__ import annotations

import numpy as np

from splinternet.routing._kernels.codes import (
    LANES,
    NO_ROUTE,
    PEER,
    from_customer,
    from_peer,
    from_provider,
    length_of,
)
from splinternet.routing._kernels.compiler import inline, jit

__all__ = ["lengthen_block", "touch_block"]


@jit
def touch_block(
    block, targets, one, other, transit, at_one, at_other, finished, customer_first, touched
):  # fmt: skip
    """Mark the lanes in which some link offers an end a route as good as the one chosen there.

    A link joins the rows ``one[i]`` and ``other[i]``; with ``transit`` the first is the provider.
    ``at_one`` and ``at_other`` tell which ends are asked. Rows that are not ``finished`` (one byte
    each) hold no routes by providers; of theirs only those by customers count, as nothing that is
    sent from a finished row climbs from there. Stops when all ``targets`` are touched.
    """
    for i in range(len(one)):
        if i & 63 == 63 and _all(touched, len(targets)):
            break
        a, b = one[i], other[i]
        if at_one[i] and transit[i]:
            _touch(from_customer, customer_first, block, a, b, finished, touched)
        elif at_one[i]:
            _touch(from_peer, customer_first, block, a, b, finished, touched)
        if at_other[i] and transit[i]:
            _touch(from_provider, customer_first, block, b, a, finished, touched)
        elif at_other[i]:
            _touch(from_peer, customer_first, block, b, a, finished, touched)


@inline
def _all(touched, many):
    found = np.uint8(1)
    for lane in range(many):
        found &= touched[lane]
    return found != 0


@inline
def _touch(offer, customer_first, block, here, near, finished, touched):
    """Mark the lanes in which a neighbour's offer is as good as the route chosen here."""
    limit = NO_ROUTE if finished[here] else PEER
    for lane in range(LANES):
        offered = offer(block[near, lane], customer_first)
        touched[lane] |= np.uint8(1) if offered <= block[here, lane] and offered < limit else 0


@jit
def lengthen_block(
    before, after, row_before, row_after, weights, itself, own, customer_first, longer, most, whose
):  # fmt: skip
    """Compare the lengths of routes in two blocks, lane by lane.

    Source ``i`` is in row ``row_before[i]`` of the first and ``row_after[i]`` of the second, and
    weighs ``weights[i]``, but ``own[lane]`` less to the target that is ``itself[lane]``. For each
    lane that the last three have, ``longer`` is added the weight of the sources whose route got
    longer, ``most`` comes to hold by how many links at the most, and ``whose`` the first source
    with so many. Who has no route in one of them is left out.
    """
    for i in range(len(row_before)):
        old, new = before[row_before[i]], after[row_after[i]]
        differs = False
        for lane in range(LANES):
            differs |= old[lane] != new[lane] and new[lane] < np.uint8(192)
        if not differs:
            continue
        for lane in range(len(longer)):
            if old[lane] < np.uint8(192) and new[lane] < np.uint8(192):
                more = np.int64(length_of(new[lane], customer_first)) - np.int64(
                    length_of(old[lane], customer_first)
                )
                weight = weights[i] - own[lane] if itself[lane] == i else weights[i]
                if more > 0 and weight > 0:
                    longer[lane] += weight
                    if more > most[lane]:
                        most[lane] = more
                        whose[lane] = i
