"""The brief of a nation: at once if it is known, else a page that follows its computation."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError
from splinternet.brief import page
from splinternet.brief.chapters.front import opening
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.brief.document import Picture
from splinternet.brief.facts.front import front
from splinternet.brief.names import shown_name
from splinternet.brief.pictures import FORMS, picture_file
from splinternet.brief.story import tell_brief
from splinternet.brief.texts import texts_of
from splinternet.brief.words import day, network_title
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.resampling import Draws
from splinternet.web.addresses import addresses, suffix
from splinternet.web.following import follow
from splinternet.web.jobs import Progress
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download, nation, site_of

__all__ = ["OFFERED_DRAWS", "brief", "brief_file", "brief_progress", "chart"]


#: Worlds that a page draws for intervals, if asked to; and at most.
OFFERED_DRAWS, _MOST_DRAWS = 10, 100


async def brief(request: Request) -> Response:
    """Show the brief of a nation, or how far it is; ``wait`` waits for it instead."""
    given = request.path_params["country"]
    code = nation(given)
    if given != code:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/brief/{code}{query}", 303)
    site, draws = site_of(request), _draws(request)
    world = site.served(request).name
    values: dict[str, Any] = {
        "world": world, "country": code, "draws": draws, "offered": OFFERED_DRAWS
    }  # fmt: skip
    key = _key(site, world, code, draws)
    if "wait" not in request.query_params and not site.jobs.knows(key):
        at_hand = ("opening", site.worlds.stamp(world), code)
        values["opening"] = await site.look_up(at_hand, partial(_opening, site, world, code))
        return site.page(request, "brief_wait.html", **values)
    linked = page.Linked(
        addresses(world, site.worlds.default),
        f"/brief/{code}",
        suffix(world, site.worlds.default),
    )
    made = await site.compute(request, key, partial(_make, site, world, code, draws))
    body, title = await site.compute(request, ("body", key), lambda _: _body(made, linked))
    return site.page(request, "brief.html", body=body, title=title, **values)


def _draws(request: Request) -> int:
    """Read how many worlds are to be drawn for intervals; none by default.

    Raises
    ------
    MisuseError
        If that is no number, or too many for a page.
    """
    text = request.query_params.get("bootstrap", "0")
    if not (text.isascii() and text.isdigit() and int(text[:4]) <= _MOST_DRAWS):
        raise MisuseError(
            f"bootstrap is {text[:20]!r}; a page draws {_MOST_DRAWS} worlds at most: 'splinternet "
            "brief --bootstrap' draws more"
        )
    return int(text)


def _body(made: CountryBrief, linked: page.Linked) -> tuple[str, str]:
    """Lay the page out; its title is the finding."""
    document = tell_brief(made)
    title = document.opening.title if document.opening else document.title
    return page.body_of(document, linked), title


def _opening(site: Site, world: str, code: str) -> str:
    """Lay out the first screen, if the nation's figures are at hand without computing."""
    opened = site.worlds.open(world)
    figures = shipped_figures(opened)
    if figures is None or not figures.row(code):
        return ""
    networks = opened.networks.with_columns(shown_name())

    def network(asn: int) -> str:
        row = networks.row(by_predicate=pl.col("asn") == asn, named=True)
        where = None if row["country"] is None else country_name(row["country"])
        return network_title(asn, row["name"], where, members=row["members"])

    manifest = opened.manifest
    about = (
        f"World {manifest.name}{' (digest)' if manifest.is_digest else ''}, {day(manifest.date)}"
    )
    return page.opening_html(opening(front(figures.nations, code), texts_of("en"), network, about))


async def chart(request: Request) -> Response:
    """Send a chart of a nation's page as a file, or its figures."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    name, form = request.path_params["name"], request.path_params["form"]
    draws = _draws(request)
    key = _key(site, world, code, draws)
    made = await site.compute(request, key, partial(_make, site, world, code, draws))
    drawn = await site.compute(
        request, ("chart", name, form, key), lambda _: _chart(made, name, form)
    )
    return download(f"{code}-{name}", form, drawn)


def _chart(made: CountryBrief, name: str, form: str) -> bytes:
    document = tell_brief(made)
    every = (block for tab in document.tabs for block in tab.blocks)
    pictures = {block.key: block for block in every if isinstance(block, Picture)}
    if name not in pictures or form not in FORMS:
        known = ", ".join(pictures)
        raise NotHereError(
            f"no chart is called {name}.{form} here; there are {known}, as {', '.join(FORMS)}"
        )
    return picture_file(pictures[name], form)


async def brief_progress(request: Request) -> Response:
    """Tell, a line of JSON each, how far the brief is."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    draws = _draws(request)
    work = partial(_make, site, world, code, draws)
    return follow(request, _key(site, world, code, draws), work)


async def brief_file(request: Request) -> Response:
    """Send the brief of a nation as one self-contained file."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    draws = _draws(request)
    key = _key(site, world, code, draws)
    made = await site.compute(request, key, partial(_make, site, world, code, draws))
    text = await site.compute(request, ("page", key), lambda _: page.page(made))
    return download(f"brief-{code}", "html", text.encode())


def _key(site: Site, world: str, code: str, draws: int) -> Hashable:
    return ("brief", site.worlds.stamp(world), code, draws)


def _make(site: Site, world: str, code: str, draws: int, progress: Progress) -> CountryBrief:
    drawn = Draws(draws) if draws else None
    opened = site.worlds.open(world)
    return make_brief(opened, code, ledger=site.ledger, draws=drawn, progress=progress)
