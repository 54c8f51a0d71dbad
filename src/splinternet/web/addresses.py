"""Where the page of whatever is named is: every name leads on."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

from splinternet.ledger.vocabulary import UNKNOWN_CAUSE

__all__ = ["addresses", "suffix"]

#: The page of each kind of thing; what names one of the kind stands behind it.
_PAGES = {
    "nation": "/brief/",
    "network": "/networks/",
    "state": "/states/",
    "actor": "/actors/",
    "exchange": "/exchanges/",
    "date": "/dates/",
}


def suffix(world: str, default: str) -> str:
    """Return the query string that keeps to a world, nothing for the default one."""
    return "" if world == default else f"?{urlencode({'world': world})}"


def addresses(world: str, default: str) -> Callable[[str], str | None]:
    """Return a function from a reference, as ``network:3356``, to the address of its page."""
    ending = suffix(world, default)

    def address(reference: str) -> str | None:
        kind, _, name = reference.partition(":")
        if kind not in _PAGES or reference == f"actor:{UNKNOWN_CAUSE}":
            return None
        return f"{_PAGES[kind]}{quote(name)}{ending}"

    return address
