"""Bytes that stand for routes, and how one neighbour's becomes another's.

Every carrier has two routes to a destination, which may be one: its *own choice*, by which it sends
what it has from itself and from below, and its *customer route*, which is what it tells to its
peers and providers, and by which it sends what comes from these. A byte (a *code*) stands for a
route; the smaller is the better. 255 is no route.

A customer route has its length as its code, below 64; 0 is the destination itself. An own choice:

- with ``GAO_REXFORD``, the length from a customer, 64 + length from a peer, 128 + length from a
  provider;
- with ``CUSTOMER_FIRST``, the length from a customer, 64 + 2 length from a peer, 65 + 2 length from
  a provider;
- with ``SHORTEST``, 4 length from a customer, 1 more from a peer, 2 more from a provider.

With the first two the customer route is the own choice where there is one, and the bytes agree:
one array serves for both, and what is no customer route is from 64 on. Which preference networks
have is a small number; only this file tells what it means for the bytes.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

import numpy as np

from splinternet.routing._kernels.compiler import inline

__all__ = [
    "CUSTOMER_FIRST",
    "GAO_REXFORD",
    "LANES",
    "NO_ROUTE",
    "PEER",
    "SHORTEST",
    "choice_of",
    "from_customer",
    "from_peer",
    "from_provider",
    "hands_over",
    "has_route",
    "is_customer",
    "is_peer",
    "length_of",
]

#: Preferences, as :class:`~splinternet.routing.policy.Policy` describes them.
GAO_REXFORD, CUSTOMER_FIRST, SHORTEST = 0, 1, 2

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
#: Customer routes have codes below.
PEER = np.uint8(64)
_MARK = np.uint8(63)


@inline
def choice_of(told, preference):
    """The code for choosing the customer route ``told``."""
    if preference != SHORTEST:
        return told
    return np.uint8(told << 2) if told < PEER else NO_ROUTE


@inline
def from_customer(told, preference):
    """The customer route that is learned from a customer which tells ``told``."""
    return np.uint8(told + 1) if told < PEER else NO_ROUTE


@inline
def from_peer(told, preference):
    """The code for a route learned from a peer which tells ``told``."""
    if told >= PEER:
        return NO_ROUTE
    if preference == SHORTEST:
        return np.uint8((told << 2) + 5) if told < _MARK else np.uint8(253)
    return np.uint8(told + told + 66) if preference == CUSTOMER_FIRST else np.uint8(told + 65)


@inline
def from_provider(code, preference):
    """The code for a route learned from a provider whose own choice is ``code``."""
    if preference == SHORTEST:
        return np.uint8((code | 3) + 3) if code < np.uint8(252) else NO_ROUTE
    if code >= np.uint8(192):
        return NO_ROUTE
    if preference == CUSTOMER_FIRST:
        return np.uint8(code + code + 67) if code < PEER else np.uint8((code | 1) + 2)
    return np.uint8((code & _MARK) + 129)


@inline
def length_of(code, preference):
    """Links in the route."""
    if preference == SHORTEST:
        return np.uint8(code >> 2)
    if preference == CUSTOMER_FIRST and code >= PEER:
        return np.uint8((code - PEER) >> 1)
    return np.uint8(code & _MARK)


@inline
def is_customer(code, preference):
    """Whether the route comes from a customer, or is the destination's own."""
    if preference == SHORTEST:
        return (code & 3) == 0
    return code < PEER


@inline
def is_peer(code, preference):
    """Whether the route comes from a peer."""
    if preference == SHORTEST:
        return (code & 3) == 1
    if preference == CUSTOMER_FIRST:
        return PEER <= code < np.uint8(192) and (code & 1) == 0
    return PEER <= code < np.uint8(128)


@inline
def has_route(code, preference):
    """Whether the code is of a route."""
    return code != NO_ROUTE if preference == SHORTEST else code < np.uint8(192)


@inline
def hands_over(code, preference):
    """Whether the next hop of this route is the destination itself, or there is no route."""
    return not has_route(code, preference) or length_of(code, preference) <= 1
