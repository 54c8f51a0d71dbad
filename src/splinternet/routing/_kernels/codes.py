"""Bytes that stand for routes, and how one neighbour's becomes another's.

A byte (a *code*) is a route; the smaller is the better:

- below 64, a customer's route: the code is its length, 0 for the destination itself;
- from 64 to 191, a route from a peer or a provider. With ``customer_first`` false, 64 + length
  from a peer, 128 + length from a provider; with ``customer_first`` true, 64 + 2 length from a
  peer, 65 + 2 length from a provider;
- 255, no route.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

import numpy as np

from splinternet.routing._kernels.compiler import inline

__all__ = [
    "LANES",
    "NO_ROUTE",
    "PEER",
    "from_customer",
    "from_peer",
    "from_provider",
    "hands_over",
    "is_peer",
    "length_of",
    "offer_here",
]

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
PEER = np.uint8(64)
_MARK = np.uint8(63)


@inline
def from_customer(code, customer_first):
    """The code for a route learned from a customer whose own is ``code``."""
    return np.uint8(code + 1) if code < PEER else NO_ROUTE


@inline
def from_peer(code, customer_first):
    """The code for a route learned from a peer whose own is ``code``."""
    if code >= PEER:
        return NO_ROUTE
    return np.uint8(code + code + 66) if customer_first else np.uint8(code + 65)


@inline
def from_provider(code, customer_first):
    """The code for a route learned from a provider whose own is ``code``."""
    if code >= np.uint8(192):
        return NO_ROUTE
    if customer_first:
        return np.uint8(code + code + 67) if code < PEER else np.uint8((code | 1) + 2)
    return np.uint8((code & _MARK) + 129)


@inline
def length_of(code, customer_first):
    """Links in the route."""
    if customer_first and code >= PEER:
        return np.uint8((code - PEER) >> 1)
    return np.uint8(code & _MARK)


@inline
def is_peer(code, customer_first):
    """Whether the route comes from a peer."""
    if customer_first:
        return PEER <= code < np.uint8(192) and (code & 1) == 0
    return PEER <= code < np.uint8(128)


@inline
def offer_here(code, mine, customer_first):
    """The code that a neighbour's ``code`` would give here, if learned as ``mine`` was."""
    if mine < PEER:
        return from_customer(code, customer_first)
    if is_peer(mine, customer_first):
        return from_peer(code, customer_first)
    return from_provider(code, customer_first)


@inline
def hands_over(code, customer_first):
    """Whether the next hop of this route is the destination itself, or there is no route."""
    return code >= np.uint8(192) or length_of(code, customer_first) <= 1
