"""The part of the API that answers from routes: dependence, states, dependents, paths, networks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import polars as pl
from starlette.requests import Request

from splinternet.base.choices import INBOUND, MODELLED
from splinternet.base.countries import country_name
from splinternet.base.naming import with_shown_names
from splinternet.figures.history import history_made, shipped_history
from splinternet.figures.observed import outgoing_on_levels
from splinternet.figures.reverse import states_with_doubts
from splinternet.figures.shipped import shipped_figures, shipped_of
from splinternet.measures.atlas import LEAST
from splinternet.measures.dependence import depend
from splinternet.measures.dependents import dependents
from splinternet.measures.states import MEASURE as STATES
from splinternet.measures.states import state_dependence
from splinternet.routing.routes import path
from splinternet.routing.sweep import Progress
from splinternet.web.asking import filled, measured, named, next_page, world_of
from splinternet.web.figure_shapes import Dependent, Followed, Share
from splinternet.web.openapi import Endpoint
from splinternet.web.parameters import read_query, rows_of
from splinternet.web.problems import NotHereError
from splinternet.web.reverse import reverse
from splinternet.web.shapes import (
    DependentsQuery,
    Hop,
    Network,
    Networks,
    NetworksQuery,
    PathQuery,
    ShareQuery,
)
from splinternet.web.site import nation, site_of
from splinternet.world.world import World

__all__ = ["ENDPOINTS"]

#: Networks of a page.
_PAGE = 1000


async def _dependence(request: Request) -> list[Share]:
    return await _shares(request, "dependence", depend)


async def _states(request: Request) -> list[Share]:
    return await _shares(request, "states", state_dependence)


async def _shares(request: Request, name: str, compute: Callable[..., pl.DataFrame]) -> list[Share]:
    """Return the rows of a measure whose share, modelled or observed, is large enough."""
    asked, code = read_query(request, ShareQuery), nation(request.path_params["country"])
    frame = _of_full_world(request, name, asked, code)
    if frame is None:
        ways = {"direction": asked.direction, "paths": asked.paths}
        ask = partial(compute, country=code, **ways)
        frame = await measured(request, asked.world, name, ask, code)
        if name == "states" and asked.direction != INBOUND and asked.paths == MODELLED:
            opened = site_of(request).worlds.open(world_of(request, asked.world))
            frame = outgoing_on_levels(frame, shipped_of(opened, STATES, {}), code)
    full = filled(frame, Share)
    if "asn" in frame.columns:
        opened = site_of(request).worlds.open(world_of(request, asked.world))
        full = with_shown_names(full, opened.networks)
    large = pl.max_horizontal("share", "observed") >= asked.least
    return rows_of(full.filter(large), Share)


def _of_full_world(
    request: Request, name: str, asked: ShareQuery, code: str
) -> pl.DataFrame | None:
    """Take the rows of the full world, if they are shipped and answer just this."""
    opened = site_of(request).worlds.open(world_of(request, asked.world))
    figures = shipped_figures(opened)
    usual = (asked.direction, asked.paths) == (INBOUND, MODELLED) and asked.least >= LEAST
    if figures is None or not usual:
        return None
    ask = figures.ranged if opened.manifest.is_digest else figures.table
    rows = ask(name, code)
    if rows is None or rows.is_empty():
        return None
    return states_with_doubts(figures, rows, code) if name == "states" else rows


async def _dependents(request: Request) -> list[Dependent]:
    asked, carrier = read_query(request, DependentsQuery), request.path_params["carrier"]
    site, world = site_of(request), world_of(request, asked.world)
    opened = site.worlds.open(world)
    usual = asked.least >= LEAST

    def compute(progress: Progress) -> pl.DataFrame:
        return reverse(opened, carrier) if usual else dependents(opened, carrier, progress=progress)

    with named():
        key = ("dependents", site.worlds.stamp(world), carrier.casefold(), usual)
        frame: pl.DataFrame = await site.compute(request, key, compute)
    found = filled(frame.filter(pl.col("share") >= asked.least), Dependent)
    name = pl.col("country").map_elements(country_name, return_dtype=pl.String)
    return rows_of(found.with_columns(name=name), Dependent)


async def _history(request: Request) -> list[Followed]:
    code = nation(request.path_params["country"])
    found = await site_of(request).look_up(("history", code), lambda: _followed(code))
    return rows_of(found, Followed)


def _followed(code: str) -> pl.DataFrame:
    """The figures of a nation at every date, a row for each that is a number."""
    made = history_made()
    if made is None:
        raise NotHereError("no figures of several dates are shipped")
    named = ("date", "world", "weights")
    tables = []
    for measure in dict.fromkeys(about["measure"] for about in made.columns.values()):
        table = shipped_history(code, measures=[measure])  # with the doubts of this measure alone
        declared = [] if table is None else [n for n in made.columns if n in table.columns]
        if table is not None:
            tables += [
                table.select(
                    *named,
                    "doubt",
                    figure=pl.lit(figure),
                    value=figure,
                    **_ends(figure, table.columns),
                )
                for figure in declared
                if table.schema[figure].is_float()
            ]
    return pl.concat(tables).with_columns(pl.col(named).cast(pl.String))


def _ends(figure: str, columns: Collection[str]) -> dict[str, pl.Expr]:
    """Both ends of the range of a figure, null where the table has none."""
    names = {f"value_{end}": f"{figure}_{end}" for end in ("low", "high")}
    none = pl.lit(None, pl.Float64)
    return {to: pl.col(name) if name in columns else none for to, name in names.items()}


async def _path(request: Request) -> list[Hop]:
    asked, params = read_query(request, PathQuery), request.path_params
    site, world = site_of(request), world_of(request, asked.world)
    opened = site.worlds.open(world)
    ends = params["source"], params["destination"]
    with named():
        found = await site.compute(
            request, ("path", site.worlds.stamp(world), *ends), lambda _: path(opened, *ends)
        )
    return rows_of(found.select("hop", "asn", "name", "country"), Hop)


async def _networks(request: Request) -> Networks:
    asked = read_query(request, NetworksQuery)
    site, world = site_of(request), world_of(request, asked.world)
    opened = site.worlds.open(world)
    code = nation(asked.country) if asked.country else None
    found, rows = await site.look_up(
        ("networks", site.worlds.stamp(world), code, asked.page),
        lambda: _page_of(opened, code, asked.page),
    )
    pages = max(1, -(-found // _PAGE))
    return Networks(
        found=found,
        page=asked.page,
        pages=pages,
        next=next_page(request, asked.page, pages, "networks"),
        networks=rows,
    )


def _page_of(world: World, code: str | None, page: int) -> tuple[int, list[Network]]:
    """Count a nation's networks, or all, and return those of a page."""
    networks = world.named.sort("asn")
    if code is not None:
        networks = networks.filter(pl.col("country") == code)
    columns = ("asn", "name", "country", "ipv4_addresses", "members")
    shown = networks.select(columns).slice((page - 1) * _PAGE, _PAGE)
    return networks.height, rows_of(shown, Network)


_NATION = {"country": ("ISO 3166-1 code or name.", "CU")}

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/api/dependence/{country}",
        "The networks on a nation's routes abroad, largest share first.",
        _dependence,
        list[Share],
        path=_NATION,
        query=ShareQuery,
    ),
    Endpoint(
        "/api/states/{country}",
        "The states on a nation's routes abroad, and what could not avoid them.",
        _states,
        list[Share],
        path=_NATION,
        query=ShareQuery,
    ),
    Endpoint(
        "/api/dependents/{carrier}",
        "The nations whose routes a network or a state is on: the reverse question.",
        _dependents,
        list[Dependent],
        path={"carrier": ("AS number, or a state's code or name.", "AS11960")},
        query=DependentsQuery,
    ),
    Endpoint(
        "/api/history/{country}",
        "The figures of a nation at every date that is shipped, from 1998 on.",
        _history,
        list[Followed],
        path=_NATION,
    ),
    Endpoint(
        "/api/path/{source}/{destination}",
        "The networks on the way from one network to another.",
        _path,
        list[Hop],
        path={"source": ("AS number.", "3356"), "destination": ("AS number.", "11960")},
        query=PathQuery,
    ),
    Endpoint(
        "/api/networks",
        "The networks of a world, or of a nation, a thousand on a page; the last page has no next.",
        _networks,
        Networks,
        query=NetworksQuery,
    ),
)
