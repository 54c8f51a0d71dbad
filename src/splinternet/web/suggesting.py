"""Suggestions while one types: names as they are written, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from splinternet.base.asn import looks_like_asn
from splinternet.base.countries import countries_beginning, known_country
from splinternet.base.texts import country_called, phrase
from splinternet.ledger.ledger import Ledger
from splinternet.web.found import (
    FIRST,
    actors_called,
    actors_near,
    bare,
    fit,
    likeness,
    nations_near,
    networks_called,
    networks_near,
)
from splinternet.world.world import World

__all__ = ["suggested"]

#: Suggestions at most, and of one kind of nation, actor or network.
_MOST, _OF_A_KIND = 12, 6

#: The order of kinds that fit as well: nations, actors that people look for, networks, others.
_NATIONS, _NETWORKS, _OTHERS = 0, len(FIRST) + 1, len(FIRST) + 2

#: How well actors of other kinds have to fit: by the beginning of a name.
_BEGINS = 1

_STATE = "state"

#: How much less like a text than the likest name another one may be.
_FARTHER = 0.12


@dataclass(frozen=True)
class _Suggestion:
    """A name to search for, and what is said of it.

    ``place`` orders them: how well it fits, then its kind, then how long the name is that fits.
    """

    value: str
    label: str
    place: tuple[float, int, int]


def suggested(world: World, ledger: Ledger, text: str) -> list[tuple[str, str]]:
    """Return nations, actors and networks by their names, or those that are spelt alike.

    Each is a name as it is written, and its kind, with the name that was meant if that is another.
    First come those named in full, then those that begin so, then those that have it as the
    beginning of another word. Of those that fit as well nations come first, then vendors, operators
    and cables, then networks by their customers.
    """
    if not bare(text):
        return []
    found = [*_nations(text), *_actors(world, ledger, text), *_networks(world, ledger, text)]
    if not found:
        found = _near(world, ledger, text)
    ordered = sorted(found, key=lambda each: each.place)
    return list({each.value: (each.value, each.label) for each in ordered}.values())[:_MOST]


def _said(kind: str, value: str, text: str, matched: str) -> str:
    """Tell a kind, and the name that fits where that is not the one shown.

    Browsers offer nothing in which the letters that were typed do not stand.
    """
    if bare(text) in bare(value):
        return kind
    return phrase("web.search.by_name", kind=kind, name=matched)


def _nations(text: str) -> Iterator[_Suggestion]:
    """Suggest nations by the beginning of a name in any language, or by their code."""
    kind, exact = phrase("web.search.nation"), known_country(text)
    found = dict(countries_beginning(text))
    if exact is not None:
        found = {exact: found.get(exact, text)} | found
    for code, name in list(found.items())[:_OF_A_KIND]:
        value = country_called(code)
        fits = 0 if code == exact else 1
        yield _Suggestion(value, _said(kind, value, text, name), (fits, _NATIONS, 0))


def _actors(world: World, ledger: Ledger, text: str) -> Iterator[_Suggestion]:
    """Suggest actors of the ledger: vendors, operators and cables, others if their names begin so.

    A network of the world is among its networks, and a state among the nations.
    """
    for each in actors_called(ledger, text, world):
        best = min(each.names, key=lambda name: fit(name, text))
        fits = fit(best, text)
        if (each.kind == _STATE and known_country(each.name)) or (
            each.kind not in FIRST and fits > _BEGINS
        ):
            continue
        label = _said(each.kind, each.name, text, best)
        yield _Suggestion(each.name, label, (fits, _order(each.kind), len(best)))


def _order(kind: str) -> int:
    return FIRST.index(kind) + 1 if kind in FIRST else _OTHERS


def _networks(world: World, ledger: Ledger, text: str) -> Iterator[_Suggestion]:
    """Suggest networks by a name, that of who runs them, or the beginning of their number."""
    kind, is_number = phrase("web.search.network"), looks_like_asn(text)
    for each in networks_called(world, ledger, text)[:_OF_A_KIND]:
        # Before its name in the registry often stands what kind of company it is.
        fits = min(max(fit(each.name, text), 1), 2)
        if is_number:
            fits = 0 if f"{each.asn}" == text.upper().removeprefix("AS").strip() else 1
        label = _said(kind, each.title, text, each.matched)
        yield _Suggestion(each.title, label, (fits, _NETWORKS, 0))


def _near(world: World, ledger: Ledger, text: str) -> list[_Suggestion]:
    """Suggest what is spelt most like a text, the likest first."""
    found = [(name, name, phrase("web.search.nation"), _NATIONS) for name in nations_near(text)]
    found += [
        (each.name, each.names[0], each.kind, _order(each.kind))
        for each in actors_near(ledger, text)
        if each.kind != _STATE or not known_country(each.name)
    ]
    found += [
        (each.title, each.matched, phrase("web.search.network"), _NETWORKS)
        for each in networks_near(world, text)
    ]
    far = [1 - likeness(spelt, text) for _, spelt, _, _ in found]
    return [
        _Suggestion(value, phrase("web.search.spelt", kind=kind, text=text), (off, place, 0))
        for off, (value, _, kind, place) in zip(far, found, strict=True)
        if off <= min(far) + _FARTHER
    ]
