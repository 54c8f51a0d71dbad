"""Finding nations, networks and actors of the ledger by a part of a name, or a misspelt one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import SequenceMatcher, get_close_matches
from itertools import islice
from typing import NamedTuple

import polars as pl

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.base.naming import shown_name
from splinternet.base.texts import country_called
from splinternet.brief.words import network_title
from splinternet.ledger.ledger import Ledger
from splinternet.world.world import World

__all__ = [
    "FIRST",
    "FoundActor",
    "FoundNetwork",
    "actors_called",
    "actors_near",
    "bare",
    "fit",
    "likeness",
    "nations_near",
    "networks_called",
    "networks_near",
]

#: Kinds of actors that people look for, and that of networks.
FIRST, _NETWORK = ("vendor", "operator", "cable"), "network"

#: Networks that are found at most, letters that one is looked for by at least, and within words.
_MOST, _FEWEST, _WITHIN = 12, 2, 4

#: How well a name fits that has a text within a word, or not at all; see :func:`fit`.
_NO_FIT = 3

#: Operators whose networks are found with them.
_OPERATORS = 3

#: Names that one that is misspelt may be, the part of letters that these share, letters that are
#: looked at, and the networks that may be meant: those with most customers.
_ALIKE, _LIKENESS, _LONGEST, _LARGEST = 4, 0.75, 60, 400


class FoundActor(NamedTuple):
    """An actor of the ledger; ``names`` are all that it goes by."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str


class FoundNetwork(NamedTuple):
    """A network: its number, how it is shown, the name within that, and by which it was found."""

    asn: int
    title: str
    name: str
    matched: str


def bare(text: str) -> str:
    """Write a text without accents, in small letters."""
    letters = unicodedata.normalize("NFKD", text.strip())
    return "".join(each for each in letters if not unicodedata.combining(each)).lower()


def fit(name: str, text: str) -> int:
    """Tell how well a name fits a text: 0 it is the text, 1 it begins so, 2 a word of it does.

    Any other has 3.
    """
    spelt, wanted = bare(name), bare(text)
    if spelt == wanted:
        return 0
    if spelt.startswith(wanted):
        return 1
    return 2 if re.search(rf"\W{re.escape(wanted)}", spelt) else _NO_FIT


def actors_called(ledger: Ledger, text: str, world: World | None = None) -> list[FoundActor]:
    """Find actors by a part of a name, best first; of equal ones vendors, operators and cables.

    Networks of ``world`` are left out: they are found among its networks.
    """
    wanted = bare(text)
    if not wanted:
        return []
    actors = ledger.actors
    if world is not None:
        here = world.networks["asn"].implode()
        actors = actors.filter(
            ~((pl.col("kind") == _NETWORK) & pl.col("asn").is_in(here)).fill_null(False)
        )
    found = []
    for id, name, aliases, kind in actors.select("id", "name", "aliases", "kind").iter_rows():
        names = tuple(each for each in (name, *aliases) if _has(each, wanted))
        if names:
            found.append(FoundActor(id, name, names, kind))
    return sorted(found, key=lambda each: (_fits(each, text), each.kind not in FIRST))


def _has(name: str, wanted: str) -> bool:
    """Whether a name has a text; a short one at the beginning of a word, for it is in too many."""
    return wanted in bare(name) and (len(wanted) >= _WITHIN or fit(name, wanted) < _NO_FIT)


def _fits(actor: FoundActor, text: str) -> int:
    return min(fit(name, text) for name in actor.names)


def networks_called(world: World, ledger: Ledger, text: str) -> list[FoundNetwork]:
    """Find networks by a part of a name, or of an operator's; by number, or its beginning.

    So they are found in the languages in which the ledger has names of operators. Those with a
    word that begins so come first, then those with most customers.
    """
    if len(text) < _FEWEST:
        return []
    wanted = bare(text)
    operators = (each for each in actors_called(ledger, text) if each.kind == "operator")
    run = {
        asn: min(each.names, key=lambda name: fit(name, text))
        for each in islice(operators, _OPERATORS)
        for asn in ledger.asns(each.id)
    }
    every = pl.concat_str("name", "org", separator="\n", ignore_nulls=True)
    plain = every.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    word = plain.str.contains(rf"(?:^|\W){re.escape(wanted)}") | pl.col("asn").is_in(list(run))
    part = plain.str.contains(wanted, literal=True) & (len(wanted) >= _WITHIN)
    if looks_like_asn(text):
        digits = re.sub(r"\D", "", text)
        word |= pl.col("asn").cast(pl.String).str.starts_with(digits)
    ranked = _by_customers(world).with_columns(word=word.fill_null(False), part=part)
    found = ranked.filter(pl.col("word") | pl.col("part"))
    first = pl.col("asn") == _number(text)
    ordered = found.sort(first, "word", "customers", "asn", descending=[True, True, True, False])
    return [
        each._replace(matched=run.get(each.asn, "")) if wanted not in bare(each.matched) else each
        for each in _told(ordered, wanted)
    ]


def _number(text: str) -> int:
    """Return the number that a text is, 0 if it is none."""
    try:
        return as_number(text) if looks_like_asn(text) else 0
    except MisuseError:
        return 0


def _by_customers(world: World) -> pl.DataFrame:
    """Return the networks with the number of their customers."""
    links = world.links.filter(pl.col("kind") == "p2c")
    customers = links.group_by(pl.col("a").alias("asn")).agg(pl.len().alias("customers"))
    return world.networks.join(customers, on="asn", how="left").with_columns(
        pl.col("customers").fill_null(0)
    )


def _told(networks: pl.DataFrame, wanted: str = "") -> list[FoundNetwork]:
    return [
        FoundNetwork(
            row["asn"],
            network_title(
                row["asn"],
                row["name"],
                row["country"] and country_called(row["country"]),
                members=row["members"],
            ),
            row["name"] or "",
            next((each for each in (row["own"], row["org"]) if wanted in bare(each or "")), ""),
        )
        for row in networks.head(_MOST).with_columns(shown_name(), own="name").iter_rows(named=True)
    ]


def nations_near(text: str) -> list[str]:
    """Name the nations that a misspelt name may be."""
    try:
        country_code(text)
    except MisuseError as error:
        return list(error.near)
    return []


def actors_near(ledger: Ledger, text: str) -> list[FoundActor]:
    """Find actors that statements name and that are spelt much like a text, the likest first."""
    named = ledger.actors.filter(pl.col("id").is_in(list(ledger.named)))
    spelt: dict[str, list[FoundActor]] = {}
    for id, name, aliases, kind in named.select("id", "name", "aliases", "kind").iter_rows():
        for spelling in (name, *aliases):
            spelt.setdefault(bare(spelling), []).append(FoundActor(id, name, (spelling,), kind))
    near = [each for spelling in _close(text, spelt) for each in spelt[spelling]]
    return list({each.id: each for each in reversed(near)}.values())[::-1]


def networks_near(world: World, text: str) -> list[FoundNetwork]:
    """Find large networks a word of whose name is spelt much like a text, the likest first."""
    large = _by_customers(world).sort("customers", "asn", descending=[True, False]).head(_LARGEST)
    spelt: dict[str, int] = {}
    for asn, name in large.select("asn", shown_name()).iter_rows():
        words = bare(name or "").split()
        for spelling in {" ".join(words), *words, " ".join(words[:2])}:
            spelt.setdefault(spelling, asn)
    found: dict[int, str] = {}
    for spelling in _close(text, spelt):
        found.setdefault(spelt[spelling], spelling)
    near = large.filter(pl.col("asn").is_in(list(found)))
    order = list(found)
    told = sorted(_told(near), key=lambda each: order.index(each.asn))
    return [each._replace(matched=found[each.asn]) for each in told]


def _close(text: str, spelt: Collection[str]) -> list[str]:
    """Return the spellings that are much like a text."""
    wanted = bare(text)[:_LONGEST]
    if len(wanted) <= 3:
        return []
    return get_close_matches(wanted, spelt, n=_ALIKE, cutoff=_LIKENESS)


def likeness(one: str, other: str) -> float:
    """Return the part of letters that two names share, in order."""
    return SequenceMatcher(None, bare(one), bare(other)).ratio()
