"""The pages to choose a nation, and about the site."""

from __future__ import annotations

from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.countries import country_name
from splinternet.base.tables import FORMS
from splinternet.brief.shapes import NOTE, SOURCE
from splinternet.figures.shipped import shipped_figures
from splinternet.web.maps import draw
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, nation, site_of, table_download
from splinternet.world.manifest import software

__all__ = ["FIGURES", "about", "find", "home", "nations_of", "nations_table"]

#: Figures of the atlas that the map can show, and what each is.
FIGURES = {
    "foreign_dependence": "Share of the traffic to a nation that passes the one foreign network "
    "it depends on most",
    "state_share": "Share of the traffic to a nation, from elsewhere, that passes networks of the "
    "one other state it depends on most",
    "state_unavoidable": "The same, but only what could not avoid that state",
    "detours": "Share of the traffic within a nation that passes a network known to be foreign",
}


async def home(request: Request) -> Response:
    """Show the map to choose a nation from, and all nations in a list."""
    site = site_of(request)
    world = site.served(request).name
    figure = request.query_params.get("figure", next(iter(FIGURES)))
    if figure not in FIGURES:
        raise NotHereError(f"the map shows {', '.join(FIGURES)}; not {figure!r}")
    nations = await nations_of(site, world)
    values = dict(nations.select("country", figure).iter_rows())
    suffix = "" if world == site.worlds.default else f"?{urlencode({'world': world})}"
    drawn = draw(values, title=FIGURES[figure], link=lambda code: f"/brief/{code}{suffix}")
    listed = sorted((country_name(code), code, values[code]) for code in values)
    return site.page(
        request,
        "home.html",
        world=world,
        map=drawn,
        figures=FIGURES,
        figure=figure,
        has_figures=any(value is not None for value in values.values()),
        nations=listed,
        suffix=suffix,
        note=NOTE,
        forms=FORMS,
    )


async def nations_of(site: Site, world: str) -> pl.DataFrame:
    """Return the nations of a world with the figures of the atlas, null where it has none."""
    key = ("nations", site.worlds.stamp(world))
    found: pl.DataFrame = await site.look_up(key, lambda: _nations(site, world))
    return found


def _nations(site: Site, world: str) -> pl.DataFrame:
    opened = site.worlds.open(world)
    known = shipped_figures(opened)
    codes = opened.networks.select("country").drop_nulls().unique().sort("country")
    if known is None:
        blank = {name: pl.lit(None, pl.Float64) for name in FIGURES}
        return codes.with_columns(**blank)
    # Not every figure is numeric in every row: text of the atlas stays out.
    return codes.join(known.nations, on="country", how="left", maintain_order="left")


async def nations_table(request: Request) -> Response:
    """Send the nations and their figures."""
    site = site_of(request)
    served = site.served(request)
    tables = {"nations": await nations_of(site, served.name)}
    form = request.path_params["form"]
    return table_download(request, "nations", form, tables, served.record())


async def find(request: Request) -> Response:
    """Lead from a form to a nation's brief."""
    site = site_of(request)
    code = nation(request.query_params.get("country", ""))
    world = site.served(request).name
    suffix = "" if world == site.worlds.default else f"?{urlencode({'world': world})}"
    return RedirectResponse(f"/brief/{code}{suffix}", 303)


async def about(request: Request) -> Response:
    """Say how it works, where it is from, and what it cannot know."""
    site = site_of(request)
    served = site.served(request)
    citations = dict.fromkeys(each.citation for each in served.manifest.inputs if each.citation)
    return site.page(
        request,
        "about.html",
        world=served.name,
        manifest=served.manifest,
        citations=list(citations),
        ledger=site.ledger,
        software=software(),
        shapes=SOURCE,
        note=NOTE,
        limits=site.limits,
    )
