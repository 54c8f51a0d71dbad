"""The brief of a nation: at once if it is known, else a page that follows its computation."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, phrase
from splinternet.brief import page
from splinternet.brief.chapters.front import Asked
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.brief.document import Document, Picture
from splinternet.brief.drawings.card import card as draw_card
from splinternet.brief.pictures import picture_file, shown
from splinternet.brief.story import tell_at_hand, tell_brief, tell_draft
from splinternet.brief.words import network_title
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.resampling import Draws
from splinternet.web.addresses import suffix
from splinternet.web.cards import send_card
from splinternet.web.embed import FORMS as CHART_FORMS
from splinternet.web.embed import embedded
from splinternet.web.following import follow
from splinternet.web.jobs import Progress
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download, nation, site_of

__all__ = ["OFFERED_DRAWS", "brief", "brief_file", "brief_progress", "card", "chart"]


#: Charts of statements of the ledger.
_STATED = ("timeline", "vendors")

#: Worlds that a page draws for intervals, if asked to; and at most.
OFFERED_DRAWS, _MOST_DRAWS = 10, 100


async def brief(request: Request) -> Response:
    """Show the brief of a nation, or what is found of it by now; ``wait`` waits for all of it.

    With ``tabs`` what is found by now comes without what a page has from the beginning.
    """
    given = request.path_params["country"]
    code = nation(given)
    if given != code:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/brief/{code}{query}", 303)
    site, draws = site_of(request), _draws(request)
    world = site.served(request).name
    ending = suffix(world, site.worlds.default)
    here = f"/brief/{code}"
    linked = page.Linked(
        site.leads(world, here),
        here,
        ending,
        site.address(request),
        site.names_in(world),
        _ways(code, world),
    )
    values: dict[str, Any] = {
        "world": world,
        "country": code,
        "draws": draws,
        "offered": OFFERED_DRAWS,
        "address": f"{site.address(request)}/brief/{code}",
        "ending": ending,
    }
    key = _key(site, world, code, draws)
    laid = ("body", key, linked.origin)
    whole = await site.recall(laid, tuple[str, str])
    if whole is None and "wait" not in request.query_params and not site.jobs.knows(key):
        first = await site.look_up(
            ("at hand", site.worlds.stamp(world), code), partial(_at_hand, site, world, code)
        )
        tabs = "tabs" in request.query_params
        tell = partial(_draft, site.drafts.get(key), first, code, linked, tabs=tabs)
        body, title = await site.look_up(("draft", key, tabs, linked.origin), tell, keep=False)
        return site.page(request, "brief_wait.html", body=body, title=title, **values)
    if whole is None:
        made = await site.compute(request, key, partial(_make, site, world, code, draws))
        whole = await site.compute(
            request, laid, lambda _: _body(made, linked), kind=tuple[str, str]
        )
    body, title = whole
    return site.page(request, "brief.html", body=body, title=title, **values)


def _ways(code: str, world: str) -> tuple[tuple[str, str], ...]:
    """Lead to what else there is on a nation: who depends on it, what may happen, what is said."""
    of = urlencode({"world": world})
    return (
        (phrase("web.brief.dependents"), f"/states/{code}?{of}"),
        (phrase("web.common.what_if"), f"/what-if?country={code}&{of}"),
        (phrase("web.brief.beside"), f"/compare?country={code}&{of}"),
        (phrase("web.networks.statements"), f"/ledger?{urlencode({'q': country_name(code)})}"),
    )


def _draft(
    found: CountryBrief | None,
    first: Document | None,
    code: str,
    linked: page.Linked,
    *,
    tabs: bool,
) -> tuple[str, str]:
    """Lay out what is found by now, maybe only what was at hand; or its tabs alone."""
    nothing = Document(None, country_called(code), "", (), ())
    document = (first or nothing) if found is None else tell_draft(found, first)
    title = document.opening.title if document.opening else document.title
    if tabs:
        document = replace(document, opening=None, map=None)
    return page.body_of(document, linked), title


async def card(request: Request) -> Response:
    """Send the picture that a link to a nation's page is shown with elsewhere."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    found = await site.look_up(
        ("at hand", site.worlds.stamp(world), code), partial(_at_hand, site, world, code)
    )
    if found is None or found.opening is None:
        raise NotHereError(f"no figures of {country_called(code)} are at hand in world {world}")
    first = found.opening
    figures = [(each.value, each.label) for each in first.cards]
    return await send_card(request, draw_card(first.title, first.when, figures=figures))


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


def _at_hand(site: Site, world: str, code: str) -> Document | None:
    """Tell the first screen and answers, if the nation's figures need no computing."""
    opened = site.worlds.open(world)
    figures = shipped_figures(opened)
    if figures is None or not figures.row(code):
        return None
    networks = opened.named

    def network(asn: int) -> str:
        found = networks.filter(pl.col("asn") == asn)
        if found.is_empty():  # a network of the full world that the digest sums up
            return network_title(asn, None)
        row = found.row(0, named=True)
        where = None if row["country"] is None else country_called(row["country"])
        return network_title(asn, row["name"], where, members=row["members"])

    manifest = opened.manifest
    which = "world_digest" if manifest.is_digest else "world"
    about = phrase(f"brief.front.{which}", world=manifest.name)
    return tell_at_hand(figures, code, Asked(about, manifest.date), network)


async def chart(request: Request) -> Response:
    """Send a chart of a nation's page as a file, or its figures."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    name, form = request.path_params["name"], request.path_params["form"]
    draws = _draws(request)
    key = _key(site, world, code, draws)
    of = ("chart", name, form, key)
    drawn = await site.recall(of, tuple[str, bytes])
    if drawn is None:
        made = await site.compute(request, key, partial(_make, site, world, code, draws))
        drawn = await site.compute(
            request, of, lambda _: _chart(made, name, form), kind=tuple[str, bytes]
        )
    title, content = drawn
    if form == "html":
        page = f"/brief/{code}?world={quote(world)}#picture-{name}"
        return embedded(request, title, content.decode(), page, is_stated=name in _STATED)
    return download(f"{code}-{name}", form, content)


def _chart(made: CountryBrief, name: str, form: str) -> tuple[str, bytes]:
    """Draw a chart: its title, and the file, or what stands in a page to embed."""
    document = tell_brief(made)
    every = (document.map, *(block for tab in document.tabs for block in tab.blocks))
    pictures = {block.key: block for block in every if isinstance(block, Picture)}
    if name not in pictures or form not in CHART_FORMS:
        known = ", ".join(pictures)
        raise NotHereError(
            f"no chart is called {name}.{form} here; there are {known}, as {', '.join(CHART_FORMS)}"
        )
    found = pictures[name]
    return found.title, shown(found).encode() if form == "html" else picture_file(found, form)


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
    text = await site.recall(("page", key), str)
    if text is None:
        made = await site.compute(request, key, partial(_make, site, world, code, draws))
        text = await site.compute(request, ("page", key), lambda _: page.page(made), kind=str)
    return download(f"brief-{code}", "html", text.encode())


def _key(site: Site, world: str, code: str, draws: int) -> Hashable:
    return ("brief", world, site.worlds.stamp(world), code, draws)


def _make(site: Site, world: str, code: str, draws: int, progress: Progress) -> CountryBrief:
    key = _key(site, world, code, draws)
    try:
        return make_brief(
            site.worlds.open(world),
            code,
            ledger=site.ledger,
            draws=Draws(draws) if draws else None,
            draft=partial(site.drafts.__setitem__, key),
            progress=progress,
        )
    finally:
        site.drafts.pop(key, None)
