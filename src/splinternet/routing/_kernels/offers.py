"""How one neighbour's route becomes another's key: what kernels ask of a preference."""

from __future__ import annotations

from splinternet.base.compiler import by_class

__all__ = ["code_of", "from_peer", "from_provider", "from_told", "key_of"]


@by_class
def from_told(preference, told):
    """The key of the customer route ``told``."""
    return preference.from_told(told)


@by_class
def from_peer(preference, told):
    """The key of a route learned from a peer which tells ``told``."""
    return preference.from_peer(told)


@by_class
def from_provider(preference, key):
    """The key of a route learned from a provider whose own choice has ``key``."""
    return preference.from_provider(key)


@by_class
def code_of(preference, key):
    """The code of the route that was chosen by its key."""
    return preference.code_of(key)


@by_class
def key_of(preference, code):
    """The key by which a route of this code was chosen."""
    return preference.key_of(code)
