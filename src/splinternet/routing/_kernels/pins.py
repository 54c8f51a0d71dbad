"""Next hops that were observed, by which networks go in place of what they would choose.

A *pin* says over which link a row goes to one target of a block. It holds while the neighbour
offers a route there that is no last resort. A row that is pinned to a provider or a peer tells its
customer route as a last resort only: with ``LAST`` links more than it has, so that whoever has any
other route takes that.

No way then meets a network twice. Links that are left, as told, get fewer from hop to hop. Whoever
goes up or across by choice has no fewer left by its customer route, and who does so by a pin has
fewer than ``LAST`` left, and ``LAST`` at least by its customer route: the way cannot come to that.

Next hops are pinned by ``shortest`` alone, of which keys are codes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import spliced
from splinternet.routing._kernels.codes import (
    LAST,
    NO_ROUTE,
    PEER,
    TO_CUSTOMER,
    TO_PROVIDER,
)
from splinternet.routing._kernels.hops import (
    code_of_told,
    from_customer,
    from_peer,
    from_provider,
)

__all__ = ["Pins", "follow_pins", "pinned_hop", "tell_as_pinned"]


class Pins(NamedTuple):
    """The pins of a block, by row; those of row ``r`` are from ``start[r]`` to ``start[r + 1]``.

    Pin ``p`` is for ``lane[p]`` and leads over link ``link[p]`` of the row's list of neighbours of
    ``kind[p]``. Routing tells whether it ``holds``, and over which link to a customer its row's
    customer route leads: ``below``, -1 for none, or straight to a stub. Those of lane ``l`` are
    ``by_lane[lane_start[l]:lane_start[l + 1]]``; ``row`` has their rows.
    """

    start: Any
    row: Any
    lane: Any
    kind: Any
    link: Any
    holds: Any
    below: Any
    lane_start: Any
    by_lane: Any


@spliced
def tell_as_pinned(block, row, graph):
    """Let a row, all of whose customers have told it their routes, tell its own as pins have it."""
    told, pins = block.told, block.pins
    customer_start, customer_row = graph.customers
    for p in range(pins.start[row], pins.start[row + 1]):
        lane = pins.lane[p]
        pins.below[p] = -1
        if not pins.holds[p]:
            continue
        if pins.kind[p] == TO_CUSTOMER:
            route = told[customer_row[pins.link[p]], lane]
            if route < LAST:
                told[row, lane] = from_customer(route)
                pins.below[p] = pins.link[p]
        else:
            for k in range(customer_start[row], customer_start[row + 1]):
                route = from_customer(told[customer_row[k], lane])
                if route == told[row, lane] and route < PEER:
                    pins.below[p] = k
                    break
            if told[row, lane] < LAST:
                told[row, lane] += LAST


@spliced
def follow_pins(block, row, graph):
    """Let a row, to which all have offered their routes, choose by its pins.

    Returns whether what others were told must be told anew, as a pin does not hold for which a
    customer route was held back.
    """
    codes, told, _, targets, pins = block
    again = False
    for p in range(pins.start[row], pins.start[row + 1]):
        lane = pins.lane[p]
        if not pins.holds[p]:
            continue
        offered = NO_ROUTE
        if pins.kind[p] == TO_PROVIDER:
            offered = from_provider(codes[graph.providers.row[pins.link[p]], lane])
        elif pins.kind[p] == TO_CUSTOMER:
            if told[graph.customers.row[pins.link[p]], lane] < LAST:
                offered = code_of_told(told[row, lane])
        else:
            near = graph.peers.row[pins.link[p]]
            if near < graph.carriers:
                offered = from_peer(told[near, lane])
            elif near == targets[lane]:
                offered = from_peer(np.uint8(0))
        if offered < code_of_told(LAST):
            codes[row, lane] = offered
        else:
            pins.holds[p] = 0
            hidden = row < graph.carriers and pins.kind[p] != TO_CUSTOMER
            again |= hidden and told[row, lane] < PEER
    return again


@spliced
def pinned_hop(pins, p, from_above, graph):
    """The next hop by a pin that holds: of what its row sends, or of what comes ``from_above``.

    -1 is the destination itself. Traffic from above has a route, or there is none of it.
    """
    if from_above or pins.kind[p] == TO_CUSTOMER:
        k = pins.below[p]
        return graph.customers.row[k] if k >= 0 else np.int32(-1)
    if pins.kind[p] == TO_PROVIDER:
        return graph.providers.row[pins.link[p]]
    return graph.peers.row[pins.link[p]]
