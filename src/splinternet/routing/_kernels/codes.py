"""Bytes that stand for routes, and how one neighbour's becomes another's.

Every carrier has two routes to a destination, which may be one: its *own choice*, by which it sends
what it has from itself and from below, and its *customer route*, which is what it tells to its
peers and providers, and by which it sends what comes from these. A byte (a *code*) stands for a
route; the smaller is the better. 255 is no route.

A customer route has its length as its code, below 64; 0 is the destination itself. The preference
says what stands for an own choice: each is a class below, known to nothing else. With some the
customer route is the own choice where there is one, and the bytes agree: one array serves for both,
and what is no customer route is from 64 on.

Lengths up to 62 fit; 63 marks a path too long to hold. Every intermediate is cast back to one
byte, or the compiler widens it and SIMD loses its point.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "LANES",
    "LAST",
    "NO_ROUTE",
    "PEER",
    "PREFERENCES",
    "CustomerFirst",
    "GaoRexford",
    "Pinned",
    "Preference",
    "Shortest",
]

#: Destinations in a block.
LANES = 128
NO_ROUTE = np.uint8(255)
#: Customer routes have codes below.
PEER = np.uint8(64)
_MARK = np.uint8(63)
#: Links that a customer route is told to have besides its own, where it is a last resort.
LAST = np.uint8(32)


class GaoRexford(NamedTuple):
    """The length from a customer, 64 + length from a peer, 128 + length from a provider."""

    #: Whether a shorter route from a provider is chosen before a peer's.
    shorter_first: bool = False

    def is_apart(self) -> bool:
        return False

    def is_pinned(self) -> bool:
        return False

    def choice_of(self, told: np.uint8) -> np.uint8:
        return told

    def from_peer(self, told: np.uint8) -> np.uint8:
        return np.uint8(told + 65) if told < PEER else NO_ROUTE

    def from_provider(self, code: np.uint8) -> np.uint8:
        return np.uint8((code & _MARK) + 129) if code < np.uint8(192) else NO_ROUTE

    def length_of(self, code: np.uint8) -> np.uint8:
        return np.uint8(code & _MARK)

    def links_told(self, code: np.uint8) -> np.uint8:
        return np.uint8(code & _MARK)

    def is_customer(self, code: np.uint8) -> Any:
        return code < PEER

    def is_peer(self, code: np.uint8) -> Any:
        return (code >= PEER) & (code < np.uint8(128))

    def has_route(self, code: np.uint8) -> Any:
        return code < np.uint8(192)


class CustomerFirst(NamedTuple):
    """The length from a customer, 64 + 2 length from a peer, 65 + 2 length from a provider."""

    shorter_first: bool = True

    def is_apart(self) -> bool:
        return False

    def is_pinned(self) -> bool:
        return False

    def choice_of(self, told: np.uint8) -> np.uint8:
        return told

    def from_peer(self, told: np.uint8) -> np.uint8:
        return np.uint8(told + told + 66) if told < PEER else NO_ROUTE

    def from_provider(self, code: np.uint8) -> np.uint8:
        if code >= np.uint8(192):
            return NO_ROUTE
        return np.uint8(code + code + 67) if code < PEER else np.uint8((code | 1) + 2)

    def length_of(self, code: np.uint8) -> np.uint8:
        return np.uint8((code - PEER) >> 1) if code >= PEER else np.uint8(code)

    def links_told(self, code: np.uint8) -> np.uint8:
        return np.uint8((code - PEER) >> 1) if code >= PEER else np.uint8(code)

    def is_customer(self, code: np.uint8) -> Any:
        return code < PEER

    def is_peer(self, code: np.uint8) -> Any:
        return (code >= PEER) & (code < np.uint8(192)) & ((code & 1) == 0)

    def has_route(self, code: np.uint8) -> Any:
        return code < np.uint8(192)


class Shortest(NamedTuple):
    """Four times the length from a customer, 1 more from a peer, 2 more from a provider."""

    shorter_first: bool = True

    def is_apart(self) -> bool:
        return True

    def is_pinned(self) -> bool:
        return False

    def choice_of(self, told: np.uint8) -> np.uint8:
        return np.uint8(told << 2) if told < PEER else NO_ROUTE

    def from_peer(self, told: np.uint8) -> np.uint8:
        if told >= PEER:
            return NO_ROUTE
        return np.uint8((told << 2) + 5) if told < _MARK else np.uint8(253)

    def from_provider(self, code: np.uint8) -> np.uint8:
        return np.uint8((code | 3) + 3) if code < np.uint8(252) else NO_ROUTE

    def length_of(self, code: np.uint8) -> np.uint8:
        return np.uint8(code >> 2)

    def links_told(self, code: np.uint8) -> np.uint8:
        return np.uint8(code >> 2)

    def is_customer(self, code: np.uint8) -> Any:
        return (code & 3) == 0

    def is_peer(self, code: np.uint8) -> Any:
        return (code & 3) == 1

    def has_route(self, code: np.uint8) -> Any:
        return code != NO_ROUTE


class Pinned(Shortest):
    """The same up to 30 links; with 32 more for customer routes that are a last resort."""

    __slots__ = ()

    def is_pinned(self) -> bool:
        return True

    def length_of(self, code: np.uint8) -> np.uint8:
        return np.uint8((code >> 2) & np.uint8(31))


Preference = GaoRexford | CustomerFirst | Shortest | Pinned

#: By the names that :class:`~splinternet.base.choices.Routing` has for them; ``Pinned`` has none.
PREFERENCES: dict[str, Preference] = {
    "gao-rexford": GaoRexford(),
    "customer-first": CustomerFirst(),
    "shortest": Shortest(),
}
