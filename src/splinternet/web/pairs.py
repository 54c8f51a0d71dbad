"""The page of a pair of nations: who is on the routes between them, both ways."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.countries import country_name, the_nation
from splinternet.base.errors import MisuseError, WorldError
from splinternet.brief.names import shown_name
from splinternet.brief.words import network_title, rounded
from splinternet.measures.nation import in_country
from splinternet.routing.routes import path
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing, transit
from splinternet.web.jobs import Progress
from splinternet.web.parts import Address, Link, Part, show, to
from splinternet.web.problems import NotHereError
from splinternet.web.site import nation, site_of
from splinternet.world.world import World

__all__ = ["pair"]

#: Networks of a chart.
_RANKED = 8


async def pair(request: Request) -> Response:
    """Show the routes from one nation to another, and back."""
    site, query = site_of(request), request.query_params
    given = query.get("source", "KZ"), query.get("destination", "DE")
    source, destination = map(nation, given)
    world = site.served(request).name
    if given != (source, destination):
        asked = {"source": source, "destination": destination, "world": world}
        return RedirectResponse(f"/routes?{urlencode(asked)}", 303)
    opened = site.worlds.open(world)
    address = to(request, world)
    ways = ((source, destination), (destination, source))
    parts = []
    for one, other in ways:
        key = ("pair", site.worlds.stamp(world), one, other)
        try:
            found = await site.compute(request, key, partial(_between, opened, one, other))
        except (WorldError, MisuseError) as error:
            raise NotHereError(str(error)) from None
        parts += _parts(opened, one, other, found, address)
    title = _finding(source, destination, parts)
    actions = (
        Link(country_name(source), address(f"nation:{source}")),
        Link(country_name(destination), address(f"nation:{destination}")),
    )
    name = f"{country_name(source)} and {country_name(destination)}"
    return show(
        request,
        world,
        name=name,
        title=title,
        parts=parts,
        actions=actions,
        pair=(country_name(source), country_name(destination)),
    )


def _between(
    world: World, source: str, destination: str, progress: Progress
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what part of the traffic passes each network, and each state."""
    ends = [_weighed(world, code) for code in (source, destination)]
    states = crossing(world, world.networks.select("asn", group="country"), *ends)
    return transit(world, *ends, progress=progress), states


def _weighed(world: World, code: str) -> pl.DataFrame:
    """Weigh a nation's networks by addresses, or alike where it has none that are known."""
    own = in_country(world, code)
    known = world.networks.filter(pl.col("country") == code)["ipv4_addresses"].sum()
    return weigh(world, "addresses" if known else "networks", own)


def _finding(source: str, destination: str, parts: list[Part]) -> str:
    first = parts[0].rows[0][0].text if parts[0].rows else ""
    between = f"from {the_nation(source)} to {the_nation(destination)}"
    if not first:
        return f"No network stands between: the routes {between} are direct, or there are none"
    return f"{first} is on {parts[0].rows[0][1].text} of the routes {between}"


def _parts(
    world: World,
    source: str,
    destination: str,
    found: tuple[pl.DataFrame, pl.DataFrame],
    address: Address,
) -> list[Part]:
    networks, states = found
    way = f"from {the_nation(source)} to {the_nation(destination)}"
    named = networks.head(_RANKED).join(
        world.networks.with_columns(shown_name()), on="asn", maintain_order="left"
    )
    rows = [
        (
            network_title(
                row["asn"], row["name"], _country(row["country"]), members=row["members"]
            ),
            row["share"],
            f"network:{row['asn']}",
        )
        for row in named.iter_rows(named=True)
    ]
    third = states.filter(
        pl.col("group").is_not_null() & ~pl.col("group").is_in([source, destination])
    )
    crossed = [
        (Link(country_name(code), address(f"state:{code}")), Link(rounded(share), number=share))
        for code, share in third.head(_RANKED).select("group", "share").iter_rows()
    ]
    return [
        Part(
            f"Networks on the routes {way}",
            columns=("network", "share of the routes"),
            rows=tuple(
                (Link(label, address(ref)), Link(rounded(share), number=share))
                for label, share, ref in rows
            ),
        ),
        Part(
            f"Other states on the routes {way}",
            columns=("state", "share of the routes"),
            rows=tuple(crossed),
        ),
        _example(world, source, destination, address),
    ]


def _example(world: World, source: str, destination: str, address: Address) -> Part:
    """Show one path: between the networks of either nation that have most addresses."""
    ends = [
        world.networks.filter(pl.col("country") == code).sort(
            "ipv4_addresses", "asn", descending=[True, False], nulls_last=True
        )["asn"][0]
        for code in (source, destination)
    ]
    found = path(world, *ends).join(
        world.networks.select("asn", "members"), on="asn", how="left", maintain_order="left"
    )
    rows = tuple(
        (
            Link(
                network_title(
                    row["asn"], row["name"], _country(row["country"]), members=row["members"] or 1
                ),
                address(f"network:{row['asn']}"),
            ),
        )
        for row in found.iter_rows(named=True)
    )
    return Part("One such route, between their largest networks", columns=("network",), rows=rows)


def _country(code: str | None) -> str | None:
    return None if code is None else country_name(code)
