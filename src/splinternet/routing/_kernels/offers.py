"""How one neighbour's route becomes another's: what kernels ask of a preference."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import by_class, inline
from splinternet.routing._kernels.codes import NO_ROUTE, PEER

__all__ = [
    "choice_of",
    "from_customer",
    "from_peer",
    "from_provider",
    "hands_over",
    "has_route",
    "is_apart",
    "is_customer",
    "is_peer",
    "is_pinned",
    "length_of",
    "links_told",
]


@inline
def from_customer(preference, told):
    """The customer route that is learned from a customer which tells ``told``."""
    return np.uint8(told + 1) if told < PEER else NO_ROUTE


@by_class
def is_apart(preference):
    """Whether own choices may be others than customer routes where there are any."""
    return preference.is_apart()


@by_class
def is_pinned(preference):
    """Whether some next hops are pinned."""
    return preference.is_pinned()


@by_class
def choice_of(preference, told):
    """The code for choosing the customer route ``told``."""
    return preference.choice_of(told)


@by_class
def from_peer(preference, told):
    """The code for a route learned from a peer which tells ``told``."""
    return preference.from_peer(told)


@by_class
def from_provider(preference, code):
    """The code for a route learned from a provider whose own choice is ``code``."""
    return preference.from_provider(code)


@by_class
def length_of(preference, code):
    """Links in the route."""
    return preference.length_of(code)


@by_class
def links_told(preference, code):
    """Links that the route is told to have: with those by which it is a last resort."""
    return preference.links_told(code)


@by_class
def is_customer(preference, code):
    """Whether the route comes from a customer, or is the destination's own."""
    return preference.is_customer(code)


@by_class
def is_peer(preference, code):
    """Whether the route comes from a peer."""
    return preference.is_peer(code)


@by_class
def has_route(preference, code):
    """Whether the code is of a route."""
    return preference.has_route(code)


@inline
def hands_over(preference, code):
    """Whether the next hop of this route is the destination itself, or there is no route."""
    return not has_route(preference, code) or length_of(preference, code) <= 1
