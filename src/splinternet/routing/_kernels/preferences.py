"""Orders of preference: bytes by which networks choose routes, the smallest first.

Such a byte is a *key*. Of a customer route it is made of what is told of it; 255 is no route. When
all have chosen, keys become codes (see ``codes``): nobody else knows one order from another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from splinternet.routing._kernels import hops
from splinternet.routing._kernels.codes import NO_ROUTE, PEER

__all__ = ["PREFERENCES", "CustomerFirst", "GaoRexford", "Preference", "Shortest"]

_MARK = np.uint8(63)
#: Keys from here on are of no route by the first two orders.
_NO_KEY = np.uint8(192)


class GaoRexford(NamedTuple):
    """The length from a customer, 64 + length from a peer, 128 + length from a provider."""

    #: Whether, after customers' routes, a provider's that is shorter comes before a peer's.
    then_shorter: bool = False

    def from_told(self, told: np.uint8) -> np.uint8:
        return told

    def from_peer(self, told: np.uint8) -> np.uint8:
        return np.uint8(told + 65) if told < PEER else NO_ROUTE

    def from_provider(self, key: np.uint8) -> np.uint8:
        return np.uint8((key & _MARK) + 129) if key < _NO_KEY else NO_ROUTE

    def code_of(self, key: np.uint8) -> np.uint8:
        return np.uint8(((key & _MARK) << 2) | (key >> 6)) if key < _NO_KEY else NO_ROUTE

    def key_of(self, code: np.uint8) -> np.uint8:
        return np.uint8((code >> 2) | ((code & 3) << 6)) if code != NO_ROUTE else NO_ROUTE


class CustomerFirst(NamedTuple):
    """The length from a customer, 64 + 2 length from a peer, 65 + 2 length from a provider."""

    then_shorter: bool = True

    def from_told(self, told: np.uint8) -> np.uint8:
        return told

    def from_peer(self, told: np.uint8) -> np.uint8:
        return np.uint8(told + told + 66) if told < PEER else NO_ROUTE

    def from_provider(self, key: np.uint8) -> np.uint8:
        if key >= _NO_KEY:
            return NO_ROUTE
        return np.uint8(key + key + 67) if key < PEER else np.uint8((key | 1) + 2)

    def code_of(self, key: np.uint8) -> np.uint8:
        if key >= _NO_KEY:
            return NO_ROUTE
        return (
            np.uint8(key << 2)
            if key < PEER
            else np.uint8((((key - PEER) & 254) << 1) + (key & 1) + 1)
        )

    def key_of(self, code: np.uint8) -> np.uint8:
        if code == NO_ROUTE:
            return NO_ROUTE
        far = np.uint8(code >> 2)
        return far if (code & 3) == 0 else np.uint8(far + far + (code & 3) + 63)


class Shortest(NamedTuple):
    """The code itself: the shortest, of equal ones a customer's before a peer's."""

    then_shorter: bool = False

    def from_told(self, told: np.uint8) -> np.uint8:
        return np.uint8(hops.code_of_told(told))

    def from_peer(self, told: np.uint8) -> np.uint8:
        return np.uint8(hops.from_peer(told))

    def from_provider(self, key: np.uint8) -> np.uint8:
        return np.uint8(hops.from_provider(key))

    def code_of(self, key: np.uint8) -> np.uint8:
        return key

    def key_of(self, code: np.uint8) -> np.uint8:
        return code


Preference = GaoRexford | CustomerFirst | Shortest

#: By the names that :class:`~splinternet.base.choices.Routing` has for them.
PREFERENCES: dict[str, Preference] = {
    "gao-rexford": GaoRexford(),
    "customer-first": CustomerFirst(),
    "shortest": Shortest(),
}
