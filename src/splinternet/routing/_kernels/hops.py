"""From one neighbour's route to another's, in bytes that are the same by every preference."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import spliced
from splinternet.routing._kernels.codes import NO_ROUTE, PEER, TO_CUSTOMER, TO_PEER

__all__ = [
    "code_of_told",
    "from_customer",
    "from_peer",
    "from_provider",
    "is_customer",
    "is_peer",
    "length_of",
    "links_told",
    "offered",
]

_MARK = np.uint8(63)


@spliced
def from_customer(told):
    """Byte told of a route that is learned from a customer which tells ``told``."""
    return np.uint8(told + 1) if told < PEER else NO_ROUTE


@spliced
def code_of_told(told):
    """The code for choosing the customer route ``told``."""
    return np.uint8(told << 2) if told < PEER else NO_ROUTE


@spliced
def from_peer(told):
    """The code for a route learned from a peer which tells ``told``."""
    if told >= PEER:
        return NO_ROUTE
    return np.uint8((told << 2) + 5) if told < _MARK else np.uint8(253)


@spliced
def from_provider(code):
    """The code for a route learned from a provider whose own choice is ``code``."""
    return np.uint8((code | 3) + 3) if code < np.uint8(252) else NO_ROUTE


@spliced
def offered(kind, theirs):
    """Byte that a neighbour's becomes here: told of a customer's route, else a code."""
    if kind == TO_CUSTOMER:
        return from_customer(theirs)
    return from_peer(theirs) if kind == TO_PEER else from_provider(theirs)


@spliced
def links_told(code):
    """Links that the route is told to have: with those by which it is a last resort."""
    return np.uint8(code >> 2)


@spliced
def length_of(code, rules):
    """Links in the route."""
    return np.uint8((code >> 2) & rules.length_bits)


@spliced
def is_customer(code):
    """Whether the route comes from a customer, or is the destination's own."""
    return (code & 3) == 0


@spliced
def is_peer(code):
    """Whether the route comes from a peer."""
    return (code & 3) == 1
