"""Bytes that stand for routes, and how one neighbour's becomes another's.

A byte (a *code*) is a route; the smaller is the better:

- below 64, a customer's route: the code is its length, 0 for the destination itself;
- from 64 to 191, a route from a peer or a provider. With ``GAO_REXFORD``, 64 + length from a
  peer, 128 + length from a provider; with ``CUSTOMER_FIRST``, 64 + 2 length from a peer, 65 + 2
  length from a provider;
- 255, no route.

Which of them a network prefers is a small number, the *preference*; only this file tells one from
another.

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
    "from_customer",
    "from_peer",
    "from_provider",
    "hands_over",
    "has_route",
    "is_peer",
    "length_of",
    "offer_here",
]

#: Preferences, as :class:`~splinternet.routing.policy.Policy` describes them.
GAO_REXFORD, CUSTOMER_FIRST = 0, 1

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
PEER = np.uint8(64)
_MARK = np.uint8(63)


@inline
def from_customer(code, preference):
    """The code for a route learned from a customer whose own is ``code``."""
    return np.uint8(code + 1) if code < PEER else NO_ROUTE


@inline
def from_peer(code, preference):
    """The code for a route learned from a peer whose own is ``code``."""
    if code >= PEER:
        return NO_ROUTE
    return np.uint8(code + code + 66) if preference == CUSTOMER_FIRST else np.uint8(code + 65)


@inline
def from_provider(code, preference):
    """The code for a route learned from a provider whose own is ``code``."""
    if code >= np.uint8(192):
        return NO_ROUTE
    if preference == CUSTOMER_FIRST:
        return np.uint8(code + code + 67) if code < PEER else np.uint8((code | 1) + 2)
    return np.uint8((code & _MARK) + 129)


@inline
def length_of(code, preference):
    """Links in the route."""
    if preference == CUSTOMER_FIRST and code >= PEER:
        return np.uint8((code - PEER) >> 1)
    return np.uint8(code & _MARK)


@inline
def is_peer(code, preference):
    """Whether the route comes from a peer."""
    if preference == CUSTOMER_FIRST:
        return PEER <= code < np.uint8(192) and (code & 1) == 0
    return PEER <= code < np.uint8(128)


@inline
def offer_here(code, mine, preference):
    """The code that a neighbour's ``code`` would give here, if learned as ``mine`` was."""
    if mine < PEER:
        return from_customer(code, preference)
    if is_peer(mine, preference):
        return from_peer(code, preference)
    return from_provider(code, preference)


@inline
def has_route(code):
    """Whether the code is of a route."""
    return code < np.uint8(192)


@inline
def hands_over(code, preference):
    """Whether the next hop of this route is the destination itself, or there is no route."""
    return code >= np.uint8(192) or length_of(code, preference) <= 1
