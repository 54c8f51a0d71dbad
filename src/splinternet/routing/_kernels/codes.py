"""Bytes that stand for routes.

Every carrier has two routes to a destination, which may be one: its *own choice*, by which it sends
what it has from itself and from below, and its *customer route*, which is what it tells to its
peers and providers, and by which it sends what comes from these.

What a carrier *told* is a byte: the links of its customer route, below 64; 0 is the destination
itself. The *code* of an own choice is four times its links, and 1 more for a peer's, 2 more for a
provider's route. 255 is no route in either. A code is the same by every preference: whoever follows
routes has no need to know why they were chosen. ``preferences`` has the bytes to choose by.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inline

__all__ = [
    "LANES",
    "LAST",
    "NO_ROUTE",
    "PEER",
    "code_of_told",
    "from_customer",
    "from_peer",
    "from_provider",
    "is_customer",
    "is_peer",
    "length_of",
    "links_told",
]

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
#: Customer routes are told as fewer links.
PEER = np.uint8(64)
_MARK = np.uint8(63)
#: Links that a customer route is told to have besides its own, where it is a last resort.
LAST = np.uint8(32)


@inline
def from_customer(told):
    """What is told of a route that is learned from a customer which tells ``told``."""
    return np.uint8(told + 1) if told < PEER else NO_ROUTE


@inline
def code_of_told(told):
    """The code for choosing the customer route ``told``."""
    return np.uint8(told << 2) if told < PEER else NO_ROUTE


@inline
def from_peer(told):
    """The code for a route learned from a peer which tells ``told``."""
    if told >= PEER:
        return NO_ROUTE
    return np.uint8((told << 2) + 5) if told < _MARK else np.uint8(253)


@inline
def from_provider(code):
    """The code for a route learned from a provider whose own choice is ``code``."""
    return np.uint8((code | 3) + 3) if code < np.uint8(252) else NO_ROUTE


@inline
def links_told(code):
    """Links that the route is told to have: with those by which it is a last resort."""
    return np.uint8(code >> 2)


@inline
def length_of(code, rules):
    """Links in the route."""
    return np.uint8((code >> 2) & rules.length_bits)


@inline
def is_customer(code):
    """Whether the route comes from a customer, or is the destination's own."""
    return (code & 3) == 0


@inline
def is_peer(code):
    """Whether the route comes from a peer."""
    return (code & 3) == 1
