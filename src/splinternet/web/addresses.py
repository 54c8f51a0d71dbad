"""Where the page of whatever is named is: every name leads on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import quote, urlencode

import polars as pl

from splinternet.ledger.vocabulary import UNKNOWN_CAUSE

__all__ = ["addresses", "leads", "suffix"]

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


def leads(
    address: Callable[[str], str | None],
    networks: Callable[[], pl.DataFrame],
    told: Callable[[], pl.Series],
    here: str = "",
) -> Callable[[str], str | None]:
    """Return where names lead: nowhere to what is not known, nor to the page that they stand on.

    Parameters
    ----------
    address
        Gives the page of what a reference names, known or not.
    networks
        Gives the networks of a world. A state that has none leads to its nation.
    told
        Gives the ids of a ledger's actors. A network that the world lacks leads to what it says.
    here
        Path of the page.
    """

    @cache
    def states() -> set[str]:
        return set(networks()["country"].unique())

    def lead(reference: str) -> str | None:
        kind, _, name = reference.partition(":")
        if kind == "network" and int(name) not in networks()["asn"]:
            if f"as{name}" not in told():
                return None
            reference = f"actor:as{name}"
        if kind == "state" and name not in states():
            reference = f"nation:{name}"
        to = address(reference)
        return None if here and to is not None and to.partition("?")[0] == here else to

    return lead
