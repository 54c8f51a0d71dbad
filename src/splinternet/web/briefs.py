"""The brief of a nation: at once if it is known, else a page that follows its computation."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.brief import page
from splinternet.brief.country import CountryBrief, make_brief
from splinternet.web.following import follow
from splinternet.web.jobs import Progress
from splinternet.web.site import Site, download, nation, site_of

__all__ = ["brief", "brief_file", "brief_progress"]


async def brief(request: Request) -> Response:
    """Show the brief of a nation, or how far it is; ``wait`` waits for it instead."""
    given = request.path_params["country"]
    code = nation(given)
    if given != code:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/brief/{code}{query}", 303)
    site = site_of(request)
    world = site.served(request).name
    values: dict[str, Any] = {"world": world, "country": code}
    if "wait" not in request.query_params and not site.jobs.knows(_key(site, world, code)):
        return site.page(request, "brief_wait.html", **values)
    body = await _laid_out(site, request, world, code, page.body)
    return site.page(request, "brief.html", body=body, **values)


async def brief_progress(request: Request) -> Response:
    """Tell, a line of JSON each, how far the brief is."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    return follow(request, _key(site, world, code), partial(_make, site, world, code))


async def brief_file(request: Request) -> Response:
    """Send the brief of a nation as one self-contained file."""
    site = site_of(request)
    code, world = nation(request.path_params["country"]), site.served(request).name
    text = await _laid_out(site, request, world, code, page.page)
    return download(f"brief-{code}", "html", text.encode())


def _key(site: Site, world: str, code: str) -> Hashable:
    return ("brief", site.worlds.stamp(world), code)


def _make(site: Site, world: str, code: str, progress: Progress) -> CountryBrief:
    return make_brief(site.worlds.open(world), code, ledger=site.ledger, progress=progress)


async def _laid_out(
    site: Site, request: Request, world: str, code: str, lay_out: Callable[[CountryBrief], str]
) -> str:
    key = _key(site, world, code)
    made = await site.compute(request, key, partial(_make, site, world, code))
    return await site.compute(request, (lay_out.__name__, key), lambda _: lay_out(made))
