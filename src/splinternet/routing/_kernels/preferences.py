"""Orders of preference: bytes by which networks choose routes, the smallest first.

Such a byte is a *key*. Of a customer route it is made of what is told of it; 255 is no route. When
all have chosen, keys become codes (see ``codes``): nobody else knows one order from another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from splinternet.base.compiler import spliced
from splinternet.routing._kernels import hops
from splinternet.routing._kernels.codes import NO_ROUTE, PEER

__all__ = [
    "CUSTOMER_FIRST",
    "GAO_REXFORD",
    "PREFERENCES",
    "SHORTEST",
    "Preference",
    "code_of",
    "from_peer",
    "from_provider",
    "from_told",
    "key_of",
]

#: Keys are: the length from a customer, 64 + length from a peer, 128 + length from a provider;
#: the length from a customer, 64 + 2 length from a peer, 65 + 2 length from a provider;
#: the code itself: the shortest, of equal ones a customer's before a peer's.
_GAO_REXFORD, _CUSTOMER_FIRST, _SHORTEST = 0, 1, 2

_MARK = np.uint8(63)
#: Keys from here on are of no route by the first two orders.
_NO_KEY = np.uint8(192)


class Preference(NamedTuple):
    """An order of preference, as kernels take it: all are one type, so that they compile once."""

    order: int
    #: Whether, after customers' routes, a provider's that is shorter comes before a peer's.
    then_shorter: bool


GAO_REXFORD = Preference(_GAO_REXFORD, then_shorter=False)
CUSTOMER_FIRST = Preference(_CUSTOMER_FIRST, then_shorter=True)
SHORTEST = Preference(_SHORTEST, then_shorter=False)

#: By the names that :class:`~splinternet.base.choices.Routing` has for them.
PREFERENCES: dict[str, Preference] = {
    "gao-rexford": GAO_REXFORD,
    "customer-first": CUSTOMER_FIRST,
    "shortest": SHORTEST,
}


@spliced
def from_told(preference, told):
    """The key of the customer route ``told``."""
    return hops.code_of_told(told) if preference.order == _SHORTEST else told


@spliced
def from_peer(preference, told):
    """The key of a route learned from a peer which tells ``told``."""
    if preference.order == _SHORTEST:
        return hops.from_peer(told)
    if preference.order == _CUSTOMER_FIRST:
        return np.uint8(told + told + 66) if told < PEER else NO_ROUTE
    return np.uint8(told + 65) if told < PEER else NO_ROUTE


@spliced
def from_provider(preference, key):
    """The key of a route learned from a provider whose own choice has ``key``."""
    if preference.order == _SHORTEST:
        return hops.from_provider(key)
    if preference.order == _CUSTOMER_FIRST:
        far = np.uint8(key + key + 67) if key < PEER else np.uint8((key | 1) + 2)
        return far if key < _NO_KEY else NO_ROUTE
    return np.uint8((key & _MARK) + 129) if key < _NO_KEY else NO_ROUTE


@spliced
def code_of(preference, key):
    """The code of the route that was chosen by its key."""
    if preference.order == _SHORTEST:
        return key
    if preference.order == _CUSTOMER_FIRST:
        if key >= _NO_KEY:
            return NO_ROUTE
        if key < PEER:
            return np.uint8(key << 2)
        return np.uint8((((key - PEER) & 254) << 1) + (key & 1) + 1)
    return np.uint8(((key & _MARK) << 2) | (key >> 6)) if key < _NO_KEY else NO_ROUTE


@spliced
def key_of(preference, code):
    """The key by which a route of this code was chosen."""
    if preference.order == _SHORTEST or code == NO_ROUTE:
        return code
    far = np.uint8(code >> 2)
    if preference.order == _CUSTOMER_FIRST:
        return far if (code & 3) == 0 else np.uint8(far + far + (code & 3) + 63)
    return np.uint8(far | ((code & 3) << 6))
