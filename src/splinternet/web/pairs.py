"""The page of a pair of nations: who is on the routes between them, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.shares import rounded
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.names import shown_name
from splinternet.brief.words import network_title
from splinternet.measures.nation import in_country
from splinternet.routing.avoiding import arriving
from splinternet.routing.routes import path
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing, transit
from splinternet.scenario.apply import apply
from splinternet.web.jobs import Progress
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import NotHereError, problem_of
from splinternet.web.site import nation, site_of
from splinternet.web.sureness import computed_errors
from splinternet.world.world import World

__all__ = ["pair"]

#: Networks of a table.
_RANKED = 8

#: Who carries at least so much more of the traffic is an alternative.
_GAIN = 0.005


async def pair(request: Request) -> Response:
    """Show the routes from one nation to another, and back."""
    site, query = site_of(request), request.query_params
    given = query.get("source", "KZ"), query.get("destination", "DE")
    world = site.served(request).name
    try:
        source, destination = map(nation, given)
    except NotHereError as error:
        wrong = problem_of(error)
        return show(
            request, world, name=phrase("web.pairs.name"), title=wrong.detail,
            parts=(), pair=given, status=404, problem=wrong,
        )  # fmt: skip
    if given != (source, destination):
        asked = {"source": source, "destination": destination, "world": world}
        return RedirectResponse(f"/routes?{urlencode(asked)}", 303)
    opened = site.worlds.open(world)
    address = to(request, world)
    ways = ((source, destination), (destination, source))
    parts: list[Part] = []
    for one, other in ways:
        key = ("pair", site.worlds.stamp(world), one, other)
        try:
            found = await site.compute(request, key, partial(_between, opened, one, other))
        except (WorldError, MisuseError) as error:
            raise NotHereError(str(error)) from None
        words = "" if parts else computed_errors(opened)
        parts += _parts(opened, one, other, found, address, words)
    title = _finding(source, destination, parts)
    actions = (
        Link(country_called(source), address(f"nation:{source}")),
        Link(country_called(destination), address(f"nation:{destination}")),
    )
    name = phrase("web.pairs.of", one=country_called(source), other=country_called(destination))
    return show(
        request,
        world,
        name=name,
        title=title,
        parts=parts,
        actions=actions,
        pair=(country_called(source), country_called(destination)),
    )


@dataclass(frozen=True)
class _Way:
    """Carriers on the routes one way: parts of the traffic by network and by state.

    Attributes
    ----------
    networks, states
        Shares, largest first.
    lost
        The network of a third nation that is on most routes; None if there is none.
    instead
        The shares by network without it.
    reached
        Part of the traffic that still has a route without it.
    """

    networks: pl.DataFrame
    states: pl.DataFrame
    lost: int | None = None
    instead: pl.DataFrame | None = None
    reached: float = 1.0


def _between(world: World, source: str, destination: str, progress: Progress) -> _Way:
    """Find who is on the routes, and who would be without the carrier that is on most."""
    ends = [_weighed(world, code) for code in (source, destination)]
    states = crossing(world, world.networks.select("asn", group="country"), *ends)
    networks = transit(world, *ends, progress=progress)
    own = world.networks.filter(pl.col("country").is_in([source, destination]))["asn"]
    third = networks.filter(~pl.col("asn").is_in(own.implode()), pl.col("share") > 0)
    if third.is_empty():
        return _Way(networks, states)
    lost = int(third["asn"][0])
    after = apply(
        world,
        f'name = "Without AS{lost}"\nworld = "{world.manifest.name}"\n'
        f'[[shocks]]\nkind = "remove"\nnetworks = "AS{lost}"\n',
    )
    reached = arriving(after, *ends) / (arriving(world, *ends) or 1.0)
    instead = transit(after, *ends, progress=progress)
    return _Way(networks, states, lost, instead, reached)


def _weighed(world: World, code: str) -> pl.DataFrame:
    """Weigh a nation's networks by addresses, or alike where it has none that are known."""
    own = in_country(world, code)
    known = world.networks.filter(pl.col("country") == code)["ipv4_addresses"].sum()
    return weigh(world, "addresses" if known else "networks", own)


def _finding(source: str, destination: str, parts: list[Part]) -> str:
    first = parts[0].rows[0][0].text if parts[0].rows else ""
    between = phrase(
        "web.pairs.way", source=nation_called(source), destination=nation_called(destination)
    )
    if not first:
        return phrase("web.pairs.none", way=between)
    return phrase("web.pairs.finding", network=first, share=parts[0].rows[0][1].text, way=between)


def _parts(
    world: World,
    source: str,
    destination: str,
    found: _Way,
    address: Address,
    words: str,
) -> list[Part]:
    ends = {"source": nation_called(source), "destination": nation_called(destination)}
    way = phrase("web.pairs.way", **ends)
    third = found.states.filter(
        pl.col("group").is_not_null() & ~pl.col("group").is_in([source, destination])
    )
    crossed = [
        (Link(country_called(code), address(f"state:{code}")), Link(rounded(share), number=share))
        for code, share in third.head(_RANKED).select("group", "share").iter_rows()
    ]
    return [
        Part(
            phrase("web.pairs.networks", way=way),
            words,
            columns=titles("network", "share_of_the_routes"),
            rows=tuple(_networks(world, found.networks.head(_RANKED), address)),
        ),
        Part(
            phrase("web.pairs.states", way=way),
            columns=titles("state", "share_of_the_routes"),
            rows=tuple(crossed),
        ),
        *_alternatives(world, found, way, address),
        _example(world, source, destination, address),
    ]


def _networks(world: World, shares: pl.DataFrame, address: Address) -> Iterator[tuple[Link, Link]]:
    """Name networks beside their shares."""
    named = shares.join(world.networks.with_columns(shown_name()), on="asn", maintain_order="left")
    for row in named.iter_rows(named=True):
        title = network_title(
            row["asn"], row["name"], _country(row["country"]), members=row["members"]
        )
        share = Link(rounded(row["share"]), number=row["share"])
        yield Link(title, address(f"network:{row['asn']}")), share


def _alternatives(world: World, found: _Way, way: str, address: Address) -> Iterator[Part]:
    """Show who would carry the traffic without the third nation's network that carries most."""
    if found.lost is None or found.instead is None:
        return
    before = found.networks.select("asn", before="share")
    gained = (
        found.instead.join(before, on="asn", how="left")
        .with_columns(gain=pl.col("share") - pl.col("before").fill_null(0.0))
        .filter(pl.col("gain") >= _GAIN)
        .sort("gain", "asn", descending=[True, False])
        .head(_RANKED)
    )
    lost = found.networks.filter(pl.col("asn") == found.lost)
    name = next(_networks(world, lost, address))[0].text
    was = gained.with_columns(share=pl.col("before").fill_null(0.0))
    rows = tuple(
        (who, now, earlier)
        for (who, now), (_, earlier) in zip(
            _networks(world, gained, address), _networks(world, was, address), strict=True
        )
    )
    some = "more" if rows else "no_more"
    said = phrase(f"web.pairs.{some}", network=name, share=rounded(found.reached))
    yield Part(
        phrase("web.pairs.alternatives", way=way),
        said,
        columns=titles("network", "share_of_the_routes_then", "now"),
        rows=rows,
    )


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
    return Part(phrase("web.pairs.example"), columns=titles("network"), rows=rows)


def _country(code: str | None) -> str | None:
    return None if code is None else country_called(code)
