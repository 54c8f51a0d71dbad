"""The part of the API on a nation's other figures: all nations, exposure, control, vendors."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
from starlette.requests import Request

from splinternet.base.countries import country_name
from splinternet.figures.observed import exposure_on_levels
from splinternet.figures.shipped import shipped_figures, shipped_of
from splinternet.measures.control import control
from splinternet.measures.exposure import MEASURE as EXPOSURE
from splinternet.measures.exposure import exposure
from splinternet.supply.overview import vendors
from splinternet.web.asking import filled, measured, named, world_of
from splinternet.web.figure_shapes import NationListed
from splinternet.web.openapi import Endpoint
from splinternet.web.parameters import read_query, rows_of
from splinternet.web.shapes import (
    Controlled,
    Exposed,
    ExposureQuery,
    PathsQuery,
    Supplied,
    VendorsQuery,
    WorldQuery,
)
from splinternet.web.site import nation, site_of
from splinternet.world.world import World

__all__ = ["ENDPOINTS"]


async def _nations(request: Request) -> list[NationListed]:
    asked = read_query(request, WorldQuery)
    site, world = site_of(request), world_of(request, asked.world)
    opened = site.worlds.open(world)
    found: list[NationListed] = await site.look_up(
        ("api", "nations", site.worlds.stamp(world)), lambda: _listed(opened)
    )
    return found


def _listed(world: World) -> list[NationListed]:
    """List the nations of a world, with the shipped figures where there are any."""
    codes = (
        world.networks.drop_nulls("country")
        .group_by("country")
        .agg(networks=pl.col("members").sum())
        .sort("country")
    )
    known = shipped_figures(world)
    if known is not None:
        nations = known.nations_ranged.drop("networks", "name")
        codes = codes.join(nations, on="country", how="left", maintain_order="left")
    names = codes.with_columns(
        name=pl.col("country").map_elements(country_name, return_dtype=pl.String)
    )
    return rows_of(filled(names, NationListed), NationListed)


async def _exposure(request: Request) -> list[Exposed]:
    asked, code = read_query(request, ExposureQuery), nation(request.path_params["country"])
    options: dict[str, Any] = {"country": code, "paths": asked.paths}
    if asked.observer:
        options["observers"] = (asked.observer,)
    frame = await measured(request, asked.world, "exposure", partial(exposure, **options), code)
    opened = site_of(request).worlds.open(world_of(request, asked.world))
    if asked.paths == "modelled":
        frame = exposure_on_levels(frame, shipped_of(opened, EXPOSURE, {}), code)
    return rows_of(filled(frame, Exposed), Exposed)


async def _control(request: Request) -> list[Controlled]:
    asked, code = read_query(request, PathsQuery), nation(request.path_params["country"])
    compute = partial(control, country=code, paths=asked.paths)
    frame = await measured(request, asked.world, "control", compute, code)
    return rows_of(filled(frame, Controlled), Controlled)


async def _vendors(request: Request) -> list[Supplied]:
    asked, code = read_query(request, VendorsQuery), nation(request.path_params["country"])
    site, world = site_of(request), world_of(request, asked.world)
    opened = site.worlds.open(world)

    def known() -> pl.DataFrame:
        return vendors(
            code, asked.vendor or None, ledger=site.ledger, world=opened, as_of=asked.as_of or None
        )

    with named():
        frame = await site.look_up(("api", "vendors", site.worlds.stamp(world), code, asked), known)
    return rows_of(filled(frame, Supplied), Supplied)


_NATION = {"country": ("ISO 3166-1 code or name.", "RU")}

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/api/nations",
        "All nations of a world, and the figures that they are compared by.",
        _nations,
        list[NationListed],
        query=WorldQuery,
    ),
    Endpoint(
        "/api/exposure/{country}",
        "The part of a nation's routes that a state or network could see, by direction.",
        _exposure,
        list[Exposed],
        path=_NATION,
        query=ExposureQuery,
    ),
    Endpoint(
        "/api/control/{country}",
        "The fewest domestic networks that see 90 % of a nation's routes abroad.",
        _control,
        list[Controlled],
        path=_NATION,
        query=PathsQuery,
    ),
    Endpoint(
        "/api/vendors/{country}",
        "The vendors of a nation's networks: what is known of each, as intervals.",
        _vendors,
        list[Supplied],
        path=_NATION,
        query=VendorsQuery,
    ),
)
