"""From one neighbour's route to another's, in bytes that are the same by every preference."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import scalar
from splinternet.routing._kernels.codes import NO_ROUTE, PEER

__all__ = [
    "code_of_told",
    "from_customer",
    "from_peer",
    "from_provider",
    "is_customer",
    "is_peer",
    "length_of",
    "links_told",
]

_MARK = np.uint8(63)


@scalar
def from_customer(told):
    """Byte told of a route that is learned from a customer which tells ``told``."""
    return np.uint8(told + 1) if told < PEER else NO_ROUTE


@scalar
def code_of_told(told):
    """The code for choosing the customer route ``told``."""
    return np.uint8(told << 2) if told < PEER else NO_ROUTE


@scalar
def from_peer(told):
    """The code for a route learned from a peer which tells ``told``."""
    if told >= PEER:
        return NO_ROUTE
    return np.uint8((told << 2) + 5) if told < _MARK else np.uint8(253)


@scalar
def from_provider(code):
    """The code for a route learned from a provider whose own choice is ``code``."""
    return np.uint8((code | 3) + 3) if code < np.uint8(252) else NO_ROUTE


@scalar
def links_told(code):
    """Links that the route is told to have: with those by which it is a last resort."""
    return np.uint8(code >> 2)


@scalar
def length_of(code, rules):
    """Links in the route."""
    return np.uint8((code >> 2) & rules.length_bits)


@scalar
def is_customer(code):
    """Whether the route comes from a customer, or is the destination's own."""
    return (code & 3) == 0


@scalar
def is_peer(code):
    """Whether the route comes from a peer."""
    return (code & 3) == 1
