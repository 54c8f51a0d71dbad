"""Statements as texts of pages have them, each by who does what to whom and when, and names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlencode

import polars as pl
from markupsafe import Markup, escape

from splinternet.base.country_names import OTHER_NAMES
from splinternet.base.texts import phrase, texts_of
from splinternet.brief.words import network_title
from splinternet.essay.anchors import plain_words
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import tabulate
from splinternet.ledger.vocabulary import UNKNOWN_CAUSE
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = [
    "actor_names",
    "is_common",
    "linked_ids",
    "linked_words",
    "network_names",
    "other_names",
    "statement_words",
]

#: Words with a hyphen, as ids of statements are; a colon behind one says that its words follow.
_IDS = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+)(:?)")


#: Kinds of actors that are known by name in sentences.
_KNOWN = ("vendor", "operator", "cable", "company", "agency")

#: Kinds that are by their own names of several words: others, as "Signal", may be anything.
_KNOWN_IN_FULL = ("group", "law", "organisation", "person", "system")

#: Letters that another name than the own has at least.
_LETTERS = 3


def actor_names(ledger: Ledger) -> dict[str, str]:
    """Return what actors that statements name are called, but states, networks and continents.

    Names are those of one actor only; short other names than its own may be anything. A region
    of a nation is known by its name, one of several nations may be anything.
    """
    actors = ledger.actors.filter(
        pl.col("id").is_in(list(ledger.named)),
        pl.col("id") != UNKNOWN_CAUSE,
        pl.col("kind").is_in((*_KNOWN, *_KNOWN_IN_FULL))
        | (pl.col("kind").eq("region") & pl.col("country").is_not_null()),
    )
    found: dict[str, set[str]] = {}
    for id, kind, name, aliases in actors.select("id", "kind", "name", "aliases").iter_rows():
        known = {name} if " " in name or kind == "region" else set()
        for each in _names(name, aliases) if kind in _KNOWN else known:
            found.setdefault(each, set()).add(f"actor:{id}")
    return {name: of.pop() for name, of in found.items() if len(of) == 1}


def other_names(ledger: Ledger) -> dict[str, str]:
    """Return what nations are called besides their own names, which may be no other thing's.

    These are the other names that the ledger has of states, as "Britain", and those of several
    words: of one word, as "Emirates" and "Ascension", other names may be anything.
    """
    states = ledger.actors.filter(pl.col("country").is_not_null(), kind="state")
    rows = states.select("country", "aliases").iter_rows()
    found = {alias: f"nation:{code}" for code, aliases in rows for alias in aliases}
    for code, names in OTHER_NAMES.items():
        found |= {name: f"nation:{code}" for name in names if " " in name}
    return found


def _names(name: str, aliases: Iterable[str]) -> set[str]:
    return {name, *(alias for alias in aliases if len(alias) >= _LETTERS)}


def is_common(name: str) -> bool:
    """Tell whether a name of one word is a word of the language too, as "Apple" is."""
    return name.casefold() in plain_words() or name in texts_of("words").many("homonyms")


def statement_words(ledger: Ledger) -> dict[str, str]:
    """Say by id who does what to whom, since when: ``Huawei partners MTS, 2019-06-05``."""
    return {
        row["id"]: ", ".join(
            word
            for word in (
                " ".join(filter(None, (row["subject"], _verb(row["predicate"]), row["object"]))),
                row["start"],
            )
            if word
        )
        for row in tabulate(ledger).iter_rows(named=True)
    }


def _verb(predicate: str) -> str:
    return phrase("web.actors.says") if predicate == "states" else predicate.replace("_", " ")


def linked_ids(text: str, words: Mapping[str, str]) -> Markup:
    """Put the words of statements, as links, in place of their ids; several go apart by ``;``."""
    return Markup("").join(_pieces(text, words))


def _pieces(text: str, words: Mapping[str, str]) -> Iterator[Markup]:
    before, follows = 0, False
    for found in _IDS.finditer(text):
        id, colon = found.groups()
        if id not in words:
            continue
        between = text[before : found.start()]
        yield escape("; " if follows and not between.strip() else between)
        yield _link(id, phrase("web.stated.one") if colon else words[id])
        before, follows = found.end(1), True
    yield escape(text[before:])


def linked_words(text: str, stated: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    """Take a sentence apart where it tells a statement: its texts, and the address of a statement.

    Parameters
    ----------
    text
        The sentence.
    stated
        How it tells statements, and their ids.
    """
    ids = {words: id for words, id in stated if words in text}
    if not ids:
        yield text, None
        return
    told = re.compile("|".join(map(re.escape, sorted(ids, key=len, reverse=True))))
    before = 0
    for found in told.finditer(text):
        yield text[before : found.start()], None
        yield found[0], _address(ids[found[0]])
        before = found.end()
    yield text[before:], None


def _link(id: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(_address(id), words)


def _address(id: str) -> str:
    return f"/ledger?{urlencode({'id': id})}"


def network_names(opened: Callable[[], World]) -> Callable[[int], str | None]:
    """Give the names of networks in a world, which is opened and read when one is asked for."""

    @cache
    def names() -> dict[int, str | None]:
        rows = opened().named.select("asn", "name", "members").iter_rows()
        return {
            asn: network_title(asn, None, members=members).partition(" (")[0]
            if members > 1 or asn >= FIRST_GROUP
            else name
            for asn, name, members in rows
        }

    return lambda asn: names().get(asn)
