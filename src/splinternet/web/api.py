"""The same as JSON, under ``/api``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import msgspec
import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.errors import InputError, MisuseError
from splinternet.essay.table import claims_table
from splinternet.figures.shipped import levels_line
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.web import api_nations, api_routes, compare, essays
from splinternet.web.answers import Answer, answer, key_of
from splinternet.web.asking import filled, next_page
from splinternet.web.builder import FILE, read_text, text_of
from splinternet.web.cases import shipped_case
from splinternet.web.figure_shapes import NationFigure
from splinternet.web.openapi import Endpoint, document
from splinternet.web.parameters import read_query, rows_of
from splinternet.web.shapes import (
    Case,
    Changed,
    ChangedFigure,
    Claim,
    Essay,
    Index,
    Offer,
    Ties,
    TiesQuery,
    WhatIf,
    WorldQuery,
    WorldServed,
)
from splinternet.web.site import nation, site_of
from splinternet.web.statements import Filters, Shown, show
from splinternet.web.worlds import Worlds
from splinternet.world.manifest import software

__all__ = ["ENDPOINTS", "routes"]

_Wanted = TypeVar("_Wanted")


async def _index(request: Request) -> Index:
    prefix = _prefix(request)
    offers = [
        Offer(method=e.method, address=prefix + e.address, summary=e.summary) for e in ENDPOINTS
    ]
    return Index(description=f"{prefix}/api/openapi.json", offers=offers)


def _prefix(request: Request) -> str:
    """Return what a proxy puts before addresses."""
    return str(request.scope.get("prefix", ""))


async def _worlds(request: Request) -> list[WorldServed]:
    found, site = [], site_of(request)
    for served in site.worlds:
        levels = await site.look_up(
            ("levels", site.worlds.stamp(served.name)),
            partial(_levels, site.worlds, served.name),
        )
        rows = {name: stored.rows for name, stored in served.manifest.tables.items()}
        manifest = served.manifest
        found.append(
            WorldServed(
                name=manifest.name,
                date=manifest.date,
                kind=manifest.kind,
                networks=rows.get("networks", 0),
                links=rows.get("links", 0),
                citations=sorted({each.citation for each in manifest.inputs if each.citation}),
                levels=levels,
            )
        )
    return found


def _levels(worlds: Worlds, name: str) -> str:
    return levels_line(worlds.open(name))


async def _nation(request: Request) -> list[NationFigure]:
    site = site_of(request)
    asked = read_query(request, WorldQuery)
    world = site.world_called(asked.world or site.worlds.default).name
    code = nation(request.path_params["country"])
    frame = await compare.compared(site, request, world, (code,))
    return rows_of(frame, NationFigure)


async def _cases(_: Request) -> list[Case]:
    return [_case(name) for name in case_names()]


async def _one_case(request: Request) -> Case:
    name = request.path_params["name"]
    shipped_case(name)  # or refuses
    return _case(name)


def _case(name: str) -> Case:
    scenario = read_scenario(find_scenario(name))
    return Case(
        name=name,
        world=scenario.world,
        title=scenario.name,
        toml=scenario.text,
        recorded=scenario.recorded,
    )


async def _what_if(request: Request) -> Changed:
    site = site_of(request)
    asked = await _body(request, WhatIf)
    scenario = await site.read(lambda: read_text(text_of(asked.scenario)))
    site.world_called(scenario.world)
    options = asked.options()
    found: Answer = await site.compute(
        request,
        key_of(site.worlds, scenario, options),
        partial(answer, site.worlds, site.vendors, scenario, options),
    )
    figures = filled(
        found.frames["all"].with_columns(
            asn=pl.col("of").map_elements(_number, return_dtype=pl.Int64)
        ),
        ChangedFigure,
    )
    return Changed(
        scenario=found.name,
        world=found.world,
        country=found.country,
        notes=list(found.notes),
        sentences=list(found.sentences),
        figures=rows_of(figures, ChangedFigure),
    )


def _number(of: str) -> int | None:
    return as_number(of) if looks_like_asn(of) else None


async def _ties(request: Request) -> Ties:
    site = site_of(request)
    asked = read_query(request, TiesQuery)
    filters = Filters(**msgspec.structs.asdict(asked))
    shown: Shown = await site.look_up(
        ("ties", "shown", filters), lambda: show(site.ledger, filters)
    )
    return Ties(
        ledger=site.ledger.title,
        found=shown.table.height,
        page=filters.page,
        pages=shown.pages,
        next=next_page(request, filters.page, shown.pages, "statements"),
        statements=shown.rows,
        citations=shown.citations,
    )


async def _essay(request: Request) -> list[Claim]:
    site = site_of(request)
    asked = await _body(request, Essay)
    found = await essays.reading_of(site, request, asked.text, asked.date)
    return rows_of(claims_table(found), Claim)


async def _body(request: Request, wanted: type[_Wanted]) -> _Wanted:
    data = await request.body()
    return await site_of(request).read(lambda: _decoded(data, wanted))


def _decoded(data: bytes, wanted: type[_Wanted]) -> _Wanted:
    try:
        return msgspec.json.decode(data, type=wanted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MisuseError(f"body: {error}") from None
    except RecursionError:
        raise InputError("is nested too deeply", FILE) from None


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/api", "Index of the API.", _index, Index),
    Endpoint("/api/worlds", "The worlds that are served.", _worlds, list[WorldServed]),
    Endpoint(
        "/api/nations/{country}",
        "The figures of a nation: of the atlas where there is one, else the quick ones.",
        _nation,
        list[NationFigure],
        path={"country": ("ISO 3166-1 code or English name.", "RU")},
        query=WorldQuery,
    ),
    Endpoint("/api/scenarios", "The shipped scenarios.", _cases, list[Case]),
    Endpoint(
        "/api/scenarios/{name}",
        "A shipped scenario.",
        _one_case,
        Case,
        path={"name": ("Its name.", "russia-isolates-itself")},
    ),
    Endpoint(
        "/api/what-if",
        "Changes that a scenario makes: every figure, before and after.",
        _what_if,
        Changed,
        body=WhatIf,
        sends={
            "country": "RU",
            "scenario": {
                "name": "Alone",
                "world": "2019-12",
                "shocks": [{"kind": "isolate", "networks": "country:RU"}],
            },
        },
    ),
    Endpoint(
        "/api/ties", "Statements of the ledger, the newest first.", _ties, Ties, query=TiesQuery
    ),
    Endpoint(
        "/api/essay",
        "The claims of an essay beside the ledger.",
        _essay,
        list[Claim],
        body=Essay,
        sends={"text": "In 2019 the United States banned Huawei."},
    ),
    *api_nations.ENDPOINTS,
    *api_routes.ENDPOINTS,
)


async def _document(request: Request) -> Response:
    found = document(ENDPOINTS, software(), _prefix(request))
    return Response(msgspec.json.encode(found), media_type="application/json")


def _handler(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        found = msgspec.json.encode(await endpoint.answer(request))
        return Response(found, media_type="application/json")

    return handle


def routes() -> list[Route]:
    """Return the addresses of the API."""
    listed = [Route(e.address, _handler(e), methods=[e.method]) for e in ENDPOINTS]
    return [Route("/api/openapi.json", _document), *listed]
