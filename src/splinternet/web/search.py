"""Search over all that has a page: nations, networks, and the ledger's vendors and operators."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

import polars as pl
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import (
    countries_beginning,
    country_code,
    country_codes,
    known_country,
)
from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, phrase, phrase_for
from splinternet.brief.names import shown_name
from splinternet.brief.words import network_title
from splinternet.ledger.ledger import Ledger
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import Problem, problem_of
from splinternet.web.site import Site, site_of
from splinternet.web.statements import Filters, statements
from splinternet.world.world import World

__all__ = ["networks_called", "search", "suggest"]

#: Answers of a kind on a page, letters that are looked at for suggestions, and those that a network
#: is looked for by at least.
_MOST, _LONGEST, _FEWEST = 12, 60, 2

#: Suggestions that are nations or actors at most, and operators whose networks are listed.
_OF_A_KIND, _OPERATORS = 6, 3

#: Kinds of actors that people look for.
_FIRST = ("vendor", "operator", "cable")

#: Kinds of actors that are networks, and states.
_NETWORK, _STATE = "network", "state"

#: Names that are suggested for one that is misspelt, and the part of letters that these share.
_ALIKE, _LIKENESS = 4, 0.75


async def search(request: Request) -> Response:
    """Lead to what is meant, or list what it may be."""
    site, text = site_of(request), request.query_params.get("q", "").strip()
    world = site.served(request).name
    address = to(request, world)
    if text and (meant := _meant(text, address)):
        return RedirectResponse(meant, 303)
    opened = site.worlds.open(world)
    nations = _nations(text, address)
    actors = list(_actors(site.ledger, opened, text, address))
    key = ("search", site.worlds.stamp(world), text.casefold())
    networks = await site.look_up(key, lambda: networks_called(opened, site.ledger, text))
    parts: tuple[Part, ...] = (
        Part(
            phrase("web.search.nations"),
            columns=titles("nation"),
            rows=tuple((each,) for each in nations),
        ),
        Part(
            phrase("web.search.networks"),
            columns=titles("network"),
            rows=tuple((Link(t, address(r)),) for t, r in networks),
        ),
        Part(
            phrase("web.search.exchanges"),
            columns=titles("exchange"),
            rows=tuple((each,) for each in _exchanges(opened, text, address)),
        ),
        Part(
            phrase("web.search.ledger"),
            columns=titles("actor", "kind"),
            rows=tuple(actors),
        ),
        Part(
            phrase("web.search.statements"),
            columns=titles("statements"),
            rows=tuple((each,) for each in _statements(site.ledger, text)),
        ),
    )
    found = sum(len(each.rows) for each in parts)
    nothing = None if found else _nothing(text)
    title = phrase("web.search.found", number=found, text=text) if found else ""
    if not actors:
        parts += (_alike(site.ledger, text, address),)
    filled = (each for each in parts if each.rows)
    return show(
        request,
        world,
        name=phrase("web.search.name"),
        title=nothing.detail if nothing else title,
        problem=nothing,
        parts=filled,
        search=text,
        is_model=False,
    )


async def suggest(request: Request) -> Response:
    """Tell what a beginning of a name may become: what to search for, and by what name."""
    site, text = site_of(request), request.query_params.get("q", "").strip()[:_LONGEST]
    world = site.served(request).name
    key = ("suggest", site.worlds.stamp(world), text.casefold())
    found = await site.look_up(key, lambda: _suggested(site, site.worlds.open(world), text))
    return JSONResponse([{"value": value, "label": label} for value, label in found])


def _suggested(site: Site, world: World, text: str) -> list[tuple[str, str]]:
    """Return nations first, in any language, then actors and networks; else what is spelt alike."""
    if not text:
        return []
    nations = [(country_called(code), name) for code, name in countries_beginning(text)]
    actors = [
        (actor.text, kind.text) for actor, kind in _actors(site.ledger, world, text, lambda _: None)
    ]
    networks = [
        (f"AS{of.partition(':')[2]}", title)
        for title, of in networks_called(world, site.ledger, text)
    ]
    named = [
        (name, kind)
        for name, kind in actors
        if kind != _NETWORK and not (kind == _STATE and known_country(name))
    ]
    elsewhere = [each for each in actors if each[1] == _NETWORK]
    found = nations[:_OF_A_KIND] + named[:_OF_A_KIND] + networks + elsewhere
    return found[:_MOST] or [*_nations_near(text), *_actors_near(site.ledger, text)]


def _nations_near(text: str) -> Iterator[tuple[str, str]]:
    """Name the nations that a misspelt one may be."""
    try:
        country_code(text)
    except MisuseError as error:
        yield from ((name, phrase("web.search.nation")) for name in error.near)


def _actors_near(ledger: Ledger, text: str) -> Iterator[tuple[str, str]]:
    for actor, kind in _near(ledger, text, lambda _: None):
        yield actor.text, kind.text


def _meant(text: str, address: Address) -> str | None:
    """Return the page of a nation or network that is named in full, in any language."""
    if looks_like_asn(text):
        try:
            return address(f"network:{as_number(text)}")
        except MisuseError:
            return None
    code = known_country(text)
    return None if code is None else address(f"nation:{code}")


def _nations(text: str, address: Address) -> list[Link]:
    wanted = text.casefold()
    named = sorted((country_called(code), code) for code in country_codes())
    found = [(name, code) for name, code in named if wanted and wanted in name.casefold()]
    return [Link(name, address(f"nation:{code}")) for name, code in found[:_MOST]]


def networks_called(world: World, ledger: Ledger, text: str) -> list[tuple[str, str]]:
    """Find networks by a part of their name, or of an operator's, those with most customers first.

    So they are found in the languages in which the ledger has names of operators.
    """
    if len(text) < _FEWEST:
        return []
    operators = (id for id, _, kind in _found_actors(ledger, text) if kind == "operator")
    run = [asn for id in islice(operators, _OPERATORS) for asn in ledger.asns(id)]
    customers = world.links.filter(pl.col("kind") == "p2c")["a"].value_counts().rename({"a": "asn"})
    bare = pl.col("name").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    found = (
        world.networks.with_columns(shown_name())
        .filter(bare.str.contains(_bare(text), literal=True) | pl.col("asn").is_in(run))
        .join(customers, on="asn", how="left")
        .sort(pl.col("count").fill_null(0), "asn", descending=[True, False])
        .head(_MOST)
    )
    return [
        (
            network_title(
                row["asn"],
                row["name"],
                row["country"] and country_called(row["country"]),
                members=row["members"],
            ),
            f"network:{row['asn']}",
        )
        for row in found.iter_rows(named=True)
    ]


def _bare(text: str) -> str:
    """Write a text without accents, in small letters."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(each for each in letters if not unicodedata.combining(each)).lower()


def _exchanges(world: World, text: str, address: Address) -> list[Link]:
    """Find exchanges by a part of their name."""
    names = pl.col("name").str.to_lowercase()
    found = world.exchanges.filter(names.str.contains(text.lower(), literal=True)).sort("name")
    rows = found.select("exchange", "name").head(_MOST if text else 0).iter_rows()
    return [Link(name, address(f"exchange:{number}")) for number, name in rows]


def _actors(
    ledger: Ledger, world: World, text: str, address: Address
) -> Iterator[tuple[Link, ...]]:
    """Find actors by a part of their name, or of another that they go by.

    A network of the world is found among its networks, and not here too.
    """
    here = world.networks["asn"].implode()
    twice = ledger.actors.filter(pl.col("kind") == _NETWORK, pl.col("asn").is_in(here))["id"]
    met = set(twice)
    found = (each for each in _found_actors(ledger, text) if each[0] not in met)
    for id, name, kind in islice(found, _MOST):
        yield Link(name, address(f"actor:{id}")), Link(kind)


def _found_actors(ledger: Ledger, text: str) -> list[tuple[str, str, str]]:
    """Return id, name and kind of actors by a part of a name.

    Those with a name that begins so come first, and of these vendors and operators.
    """
    wanted = _bare(text)
    if not wanted:
        return []
    found = []
    for id, name, aliases, kind in ledger.actors.select(
        "id", "name", "aliases", "kind"
    ).iter_rows():
        names = [_bare(each) for each in (name, *aliases)]
        if any(wanted in each for each in names):
            begins = any(each.startswith(wanted) for each in names)
            found.append((not begins, kind not in _FIRST, id, name, kind))
    return [(id, name, kind) for *_, id, name, kind in sorted(found, key=lambda each: each[:2])]


def _statements(ledger: Ledger, text: str) -> Iterator[Link]:
    """Lead to the statements that have all words of a text, if any has."""
    asked = Filters(q=text)
    if text and (number := statements(ledger, asked).height):
        yield Link(
            phrase_for("web.search.having", number, number=number), f"/ledger?{asked.query()}"
        )


def _alike(ledger: Ledger, text: str, address: Address) -> Part:
    """List actors whose names are spelt much like a text."""
    near = tuple(_near(ledger, text, address))
    return Part(phrase("web.search.alike"), columns=titles("actor", "kind"), rows=near)


def _near(ledger: Ledger, text: str, address: Address) -> Iterator[tuple[Link, ...]]:
    """Find actors that statements name, the most similar first."""
    named = ledger.actors.filter(pl.col("id").is_in(list(ledger.named)))
    spelt: dict[str, list[tuple[str, str, str]]] = {}
    for id, name, aliases, kind in named.select("id", "name", "aliases", "kind").iter_rows():
        for spelling in (name, *aliases):
            spelt.setdefault(spelling.casefold(), []).append((id, name, kind))
    wanted = text.casefold()[:_LONGEST]
    near = get_close_matches(wanted, spelt, n=_ALIKE, cutoff=_LIKENESS) if len(wanted) > 3 else []
    found = dict.fromkeys(actor for spelling in near for actor in spelt[spelling])
    for id, name, kind in found:
        yield Link(name, address(f"actor:{id}")), Link(kind)


def _nothing(text: str) -> Problem:
    """Say that nothing is found, and what may have been meant."""
    try:
        country_code(text or "?")
    except MisuseError as error:
        wrong = problem_of(error)
        if text:
            return replace(wrong, detail=phrase("web.search.meant", error=error))
    said = phrase("web.search.nothing", text=text) if text else phrase("web.search.ask")
    return Problem(200, said, said)
