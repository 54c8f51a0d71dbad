"""The pages to choose a nation, and about the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.naming import shown_name
from splinternet.base.shares import UNKNOWN, rounded
from splinternet.base.tables import FORMS
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.drawings.nations_map import Nation, categories, nations_map, shares
from splinternet.brief.drawings.svg import Legend
from splinternet.brief.ranged import about_figures, ranged
from splinternet.brief.shapes import NOTE, SOURCE, features
from splinternet.brief.words import capital, network_title
from splinternet.figures.ranges import range_columns, with_ranges
from splinternet.figures.shipped import Doubts, shipped_figures
from splinternet.figures.standing import standing_out
from splinternet.measures.catalogue import mapped_figures
from splinternet.web.addresses import addresses, suffix
from splinternet.web.cases import stories
from splinternet.web.chart_tables import coloured
from splinternet.web.embed import Drawn, send_chart
from splinternet.web.parts import Address, Link
from splinternet.web.problems import NotHereError
from splinternet.web.rankings import known_figures
from splinternet.web.site import Site, nation, site_of, table_download
from splinternet.web.sureness import marked
from splinternet.world.manifest import software

__all__ = ["about", "find", "home", "nations_chart", "nations_of", "nations_table"]

#: What the map shows by default, the other state that carries most; and the one that stands out.
_STATE, _STANDS = "state", "stands-out"
_STATES = {_STATE: "state", _STANDS: "stands_out"}

#: Column of the network abroad that a nation depends on most.
_ON = "foreign_dependence_on"

_SHARES = {"nation": pl.String, "country": pl.String, "share": pl.Float64}

#: States that the first page names beside the first, and at most where several have as many.
_NEXT, _MOST_NEXT = 2, 5

#: Cases that the first page tells of.
_STORIES = 5


async def home(request: Request) -> Response:
    """Show a finding, stories, the map to choose a nation from, and all nations in a table."""
    site = site_of(request)
    world = site.served(request).name
    served = [each.name for each in site.worlds]
    if (at := request.query_params.get("at", "")).isdecimal() and int(at[:3]) < len(served):
        query = {"world": served[int(at[:3])], "figure": request.query_params.get("figure", "")}
        return RedirectResponse(f"/?{urlencode({k: v for k, v in query.items() if v})}", 303)
    shown = _shown()
    figure = _figure(request)
    nations = await nations_of(site, world)
    address = addresses(world, site.worlds.default)
    known, legend = _coloured(site, world, nations, figure)
    levels = shipped_figures(site.worlds.open(world))
    doubts = {} if levels is None else levels.doubts
    return site.page(
        request,
        "home.html",
        world=world,
        coloured=coloured(known, address),
        map=nations_map(known, title=shown[figure], link=lambda code: address(f"nation:{code}")),
        legend=legend,
        figures=shown,
        figure=figure,
        explained=phrase("web.home.stands_out_is") if figure == _STANDS else "",
        at=served.index(world),
        small=[(country_called(code), address(f"nation:{code}")) for code in _small(nations)],
        has_figures=nations["state_share"].count() > 0,
        rows=_rows(nations, site.leads(world), await _named(site, world, nations), doubts),
        ranges=about_figures((nations,)),
        names=sorted(map(country_called, nations["country"])),
        finding=_finding(nations),
        stories=stories(site, _STORIES),
        suffix=suffix(world, site.worlds.default),
        note=NOTE,
        forms=FORMS,
    )


async def nations_chart(request: Request) -> Response:
    """Send the map of all nations, coloured by a figure."""
    site = site_of(request)
    world = site.served(request).name
    figure = _figure(request)
    nations = await nations_of(site, world)
    known, legend = _coloured(site, world, nations, figure)
    title = _shown()[figure]
    frame = _figures(site, world, nations, figure)
    drawn = Drawn(title, nations_map(known, title=title, legend=legend), frame)
    page = f"/?{urlencode({'world': world, 'figure': figure})}"
    return await send_chart(request, f"nations-{figure}", drawn, page)


def _figures(site: Site, world: str, nations: pl.DataFrame, figure: str) -> pl.DataFrame:
    """Return the figures that a map shows, by country, with their ranges as far as known."""
    if figure == _STANDS:
        return _standing(site, world).rename({"nation": "country"})
    columns = ["state", "state_share"] if figure == _STATE else [figure]
    ends = [f"{columns[-1]}{end}" for end in ("_low", "_high")]
    return nations.select("country", *columns, *(each for each in ends if each in nations.columns))


def _shown() -> dict[str, str]:
    """Name what the map can show: states, and figures by the words that other pages have."""
    known = known_figures()
    states = {name: phrase(f"web.home.{key}") for name, key in _STATES.items()}
    return states | {
        name: phrase("web.home.by_nation", figure=known[name].words)
        for name in mapped_figures()
        if name in known
    }


def _figure(request: Request) -> str:
    """Return what the map shows.

    Raises
    ------
    NotHereError
        If it cannot show that.
    """
    figure = request.query_params.get("figure", _STATE)
    shown = _shown()
    if figure not in shown:
        raise NotHereError(f"the map shows {', '.join(shown)}; not {figure!r}")
    return figure


def _finding(nations: pl.DataFrame) -> tuple[str, str]:
    """Say which other state most nations depend on, and which come next; nothing if not known."""
    counted = nations["state"].drop_nulls().value_counts().sort("count", descending=True)
    if counted.is_empty():
        return "", ""
    least = counted["count"].head(_NEXT + 1)[-1]
    ranked = (
        counted.filter(pl.col("count") >= least)
        .sort("state")
        .sort("count", descending=True, maintain_order=True)
    )
    (first, many), *others = ranked.head(_MOST_NEXT + 1).rows()
    of, state = nations["state"].count(), capital(nation_called(first))
    rest = ", ".join(
        phrase("web.home.finding_other", state=nation_called(code), number=number)
        for code, number in others
    )
    said = phrase("web.home.finding", state=state, number=many, nations=of)
    return said, phrase("web.home.finding_next", others=rest) if rest else ""


def _coloured(
    site: Site, world: str, nations: pl.DataFrame, figure: str
) -> tuple[dict[str, Nation], Legend]:
    """Colour nations by the state that stands out, by the one that carries most, or by a figure."""
    if figure not in _STATES:
        shaded, legend = shares(dict(nations.select("country", figure).iter_rows()))
        known = (row for row in nations.iter_rows(named=True) if row[figure] is not None)
        told = {row["country"]: _ranged(row, figure) for row in known}
        return {
            code: replace(each, words=told.get(code, each.words)) for code, each in shaded.items()
        }, legend
    if figure == _STANDS:
        found = _standing(site, world)
        states = dict(found.select("nation", "state").iter_rows())
        words = {
            row["nation"]: phrase(
                "web.home.beside_mean",
                state=country_called(row["state"]),
                share=_ranged(row, "share"),
                mean=rounded(row["mean"]),
            )
            for row in found.iter_rows(named=True)
        }
    else:
        states = dict(nations.select("country", "state").iter_rows())
        words = {
            row["country"]: f"{country_called(row['state'])}, {_ranged(row, 'state_share')}"
            for row in nations.iter_rows(named=True)
            if row["state"] and row["state_share"] is not None
        }
    return categories(states, country_called, words)


def _standing(site: Site, world: str) -> pl.DataFrame:
    """Find the state that stands out for each nation, of figures that are shipped."""
    known = shipped_figures(site.worlds.open(world))
    table = None if known is None else known.table("states")
    if known is None or table is None:
        return standing_out(pl.DataFrame(schema=_SHARES), 0)
    found = standing_out(table, known.nations.height).rename({"state": "country"})
    return with_ranges(found, known.ranges("states")).rename({"country": "state"})


async def _named(site: Site, world: str, nations: pl.DataFrame) -> dict[int, str]:
    """Name the network abroad that each nation depends on most, by its number."""
    asns = nations[_ON].drop_nulls().unique().implode()
    return await site.look_up(
        ("largest", site.worlds.stamp(world)),
        lambda: dict(
            site.worlds.open(world)
            .networks.filter(pl.col("asn").is_in(asns))
            .select("asn", shown_name())
            .iter_rows()
        ),
    )


def _rows(
    nations: pl.DataFrame, address: Address, names: Mapping[int, str], doubts: Doubts
) -> tuple[tuple[Link, ...], ...]:
    """List nations with the figures that they are compared by."""
    rows = []
    for row in nations.iter_rows(named=True):
        on, of, doubted = row[_ON], row["state"], doubts.get(row["country"], {})
        none = Link(UNKNOWN)
        cells = (
            Link(country_called(row["country"]), address(f"nation:{row['country']}")),
            Link(network_title(on, names.get(on)), address(f"network:{on}")) if on else none,
            _share(row, "foreign_dependence", doubted.get("dependence")),
            Link(country_called(of), address(f"state:{of}")) if of else none,
            _share(row, "state_share", doubted.get("states")),
            _share(row, "detours", doubted.get("detours")),
        )
        rows.append(cells)
    return tuple(sorted(rows, key=lambda cells: cells[0].text))


def _share(row: Mapping[str, Any], figure: str, doubt: str | None) -> Link:
    value = row[figure]
    return (
        Link(UNKNOWN) if value is None else Link(marked(_ranged(row, figure), doubt), number=value)
    )


def _ranged(row: Mapping[str, Any], figure: str) -> str:
    """Write a share of a nation with its range, as far as known."""
    return ranged(row[figure], row.get(f"{figure}_low"), row.get(f"{figure}_high"))


def _small(nations: pl.DataFrame) -> list[str]:
    """Return the nations that are but dots on the map, by name."""
    dots = {each["country"] for each in features() if each["geometry"]["type"] == "Point"}
    return sorted(dots.intersection(nations["country"]), key=country_called)


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
        blank = {name: pl.lit(None, pl.Float64) for name in mapped_figures()}
        blank |= {"state": pl.lit(None, pl.String), _ON: pl.lit(None, pl.Int64)}
        return codes.with_columns(**blank)
    # Not every figure is numeric in every row: text of the atlas stays out.
    return codes.join(known.nations_ranged, on="country", how="left", maintain_order="left")


async def nations_table(request: Request) -> Response:
    """Send the nations and their figures."""
    site = site_of(request)
    served = site.served(request)
    tables = {"nations": await nations_of(site, served.name)}
    form = request.path_params["form"]
    known = shipped_figures(site.worlds.open(served.name))
    made = {} if known is None else known.made.columns
    columns = {**made, **range_columns(tables["nations"].columns, made)}
    return table_download(request, "nations", form, tables, {**served.record(), "columns": columns})


async def find(request: Request) -> Response:
    """Lead from a form to a nation's brief."""
    site = site_of(request)
    code = nation(request.query_params.get("country", ""))
    world = site.served(request).name
    return RedirectResponse(f"/brief/{code}{suffix(world, site.worlds.default)}", 303)


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
