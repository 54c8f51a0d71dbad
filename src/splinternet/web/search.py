"""Search over all that has a page: nations, networks, and the ledger's vendors and operators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import country_code, country_codes, known_country
from splinternet.base.errors import MisuseError
from splinternet.base.naming import Names
from splinternet.base.texts import country_called, phrase, phrase_for
from splinternet.ledger.ledger import Ledger
from splinternet.web.found import FoundActor, actors_called, actors_near, networks_called
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import Problem, problem_of
from splinternet.web.site import site_of
from splinternet.web.statements import Filters, statements
from splinternet.web.suggesting import suggested
from splinternet.world.world import World

__all__ = ["search", "suggest"]

#: Answers of a kind on a page, and letters that are looked at for suggestions.
_MOST, _LONGEST = 12, 60


async def search(request: Request) -> Response:
    """Lead to what is meant, or list what it may be."""
    site, text = site_of(request), request.query_params.get("q", "").strip()
    world = site.served(request).name
    address = to(request, world)
    opened = site.worlds.open(world)
    if text and (meant := _meant(text, address, site.names_in(world))):
        return RedirectResponse(meant, 303)
    nations = _nations(text, address)
    actors = _actors(actors_called(site.ledger, text, opened)[:_MOST], address)
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
            rows=tuple((Link(each.title, address(f"network:{each.asn}")),) for each in networks),
        ),
        Part(
            phrase("web.search.exchanges"),
            columns=titles("exchange"),
            rows=tuple((each,) for each in _exchanges(opened, text, address)),
        ),
        Part(
            phrase("web.search.ledger"),
            columns=titles("actor", "kind"),
            rows=actors,
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
    found = await site.look_up(key, lambda: suggested(site.worlds.open(world), site.ledger, text))
    return JSONResponse([{"value": value, "label": label} for value, label in found])


def _meant(text: str, address: Address, names: Names) -> str | None:
    """Return the page of a nation or network that is named in full, in any language."""
    if (title := names.whole(text) or "").startswith("network:"):
        return address(title)
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


def _exchanges(world: World, text: str, address: Address) -> list[Link]:
    """Find exchanges by a part of their name."""
    names = pl.col("name").str.to_lowercase()
    found = world.exchanges.filter(names.str.contains(text.lower(), literal=True)).sort("name")
    rows = found.select("exchange", "name").head(_MOST if text else 0).iter_rows()
    return [Link(name, address(f"exchange:{number}")) for number, name in rows]


def _actors(found: Iterable[FoundActor], address: Address) -> tuple[tuple[Link, ...], ...]:
    """Lead to actors of the ledger, and tell their kinds."""
    return tuple((Link(each.name, address(f"actor:{each.id}")), Link(each.kind)) for each in found)


def _statements(ledger: Ledger, text: str) -> Iterator[Link]:
    """Lead to the statements that have all words of a text, if any has."""
    asked = Filters(q=text)
    if text and (number := statements(ledger, asked).height):
        yield Link(
            phrase_for("web.search.having", number, number=number), f"/ledger?{asked.query()}"
        )


def _alike(ledger: Ledger, text: str, address: Address) -> Part:
    """List actors whose names are spelt much like a text."""
    near = _actors(actors_near(ledger, text), address)
    return Part(phrase("web.search.alike"), columns=titles("actor", "kind"), rows=near)


def _nothing(text: str) -> Problem:
    """Say that nothing is found, and what may have been meant."""
    try:
        country_code(text or "?")
    except MisuseError as error:
        if text and error.near:
            meant = "".join(words for words, _ in error.meant)
            return replace(
                problem_of(error), detail=phrase("web.search.meant", text=text, meant=meant)
            )
    said = phrase("web.search.nothing", text=text) if text else phrase("web.search.ask")
    return Problem(200, said, said)
