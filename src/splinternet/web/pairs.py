"""The page of a pair of nations: who is on the routes between them, both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.shares import rounded
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.ranged import about_computed, ranged
from splinternet.brief.words import network_title
from splinternet.figures.reverse import RESTS
from splinternet.routing.routes import path
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import NotHereError, problem_of
from splinternet.web.site import nation, site_of
from splinternet.web.sureness import because, computed_errors, marked
from splinternet.web.ways import SHOWN, Way, find_way
from splinternet.world.world import World

__all__ = ["pair"]


async def pair(request: Request) -> Response:
    """Show the routes from one nation to another, and back."""
    site, query = site_of(request), request.query_params
    given = query.get("source", "KZ"), query.get("destination", "DE")
    world = site.served(request).name
    try:
        if not all(each.strip() for each in given):
            raise NotHereError(phrase("web.pairs.empty"))
        source, destination = map(nation, given)
    except NotHereError as error:
        wrong = problem_of(error)
        return show(
            request,
            world,
            name=phrase("web.pairs.name"),
            title=wrong.detail,
            parts=(),
            pair=given,
            status=404,
            problem=wrong,
        )
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
            work = partial(find_way, opened, one, other)
            found = await site.compute(request, key, work, kind=Way)
        except (WorldError, MisuseError) as error:
            raise NotHereError(str(error)) from None
        words = "" if parts else _about(opened)
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


def _finding(source: str, destination: str, parts: list[Part]) -> str:
    first = parts[0].rows[0][0].text if parts[0].rows else ""
    between = phrase(
        "web.pairs.way", source=nation_called(source), destination=nation_called(destination)
    )
    if not first:
        return phrase("web.pairs.none", way=between)
    share = parts[0].rows[0][1].text  # with its range, and marked where it is in doubt
    return phrase("web.pairs.finding", network=first, share=share, way=between)


def _about(world: World) -> str:
    """Say how far shares are off on a digest, and what their ranges are."""
    said = computed_errors(world), about_computed(world.manifest, headline=False)
    return " ".join(each for each in said if each)


def _parts(
    world: World,
    source: str,
    destination: str,
    found: Way,
    address: Address,
    words: str,
) -> list[Part]:
    ends = {"source": nation_called(source), "destination": nation_called(destination)}
    way = phrase("web.pairs.way", **ends)
    third = found.states.drop_nulls("group").head(SHOWN)
    crossed = [
        (
            Link(country_called(row["group"]), address(f"state:{row['group']}")),
            Link(
                marked(
                    ranged(row["share"], row["share_low"], row["share_high"]),
                    _doubt(world, found, row["group"], row["share"]),
                ),
                number=row["share"],
            ),
        )
        for row in third.iter_rows(named=True)
    ]
    shown = found.networks.head(SHOWN)
    doubts = because((f"AS{asn}", found.doubts.get(asn)) for asn in shown["asn"])
    of_states = because(
        (country_called(code), _doubt(world, found, code, share))
        for code, share in third.select("group", "share").iter_rows()
    )
    return [
        Part(
            phrase("web.pairs.networks", way=way),
            about=" ".join(word for word in (words, doubts) if word),
            columns=titles("network", "share_of_the_routes"),
            rows=tuple(_networks(world, shown, address, found.doubts)),
        ),
        Part(
            phrase("web.pairs.states", way=way),
            about=of_states,
            columns=titles("state", "share_of_the_routes"),
            rows=tuple(crossed),
        ),
        *_alternatives(world, found, way, address),
        _example(world, source, destination, address),
    ]


def _doubt(world: World, found: Way, state: str, share: float) -> str | None:
    """Tell why a state's share is not sure: one carrier in doubt has half of it or more."""
    own = world.networks.filter(country=state)["asn"]
    carriers = found.networks.filter(pl.col("asn").is_in(own.implode()))
    for asn in carriers.filter(pl.col("share") >= RESTS * share)["asn"]:
        if doubt := found.doubts.get(asn):
            return f"AS{asn}: {doubt}"
    return None


def _networks(
    world: World,
    shares: pl.DataFrame,
    address: Address,
    doubts: Mapping[int, str] | None = None,
) -> Iterator[tuple[Link, Link]]:
    """Name networks beside their shares, with ranges and doubts where these are known."""
    named = shares.join(world.named, on="asn", maintain_order="left")
    for row in named.iter_rows(named=True):
        title = network_title(
            row["asn"], row["name"], _country(row["country"]), members=row["members"]
        )
        said = ranged(row["share"], row.get("share_low"), row.get("share_high"))
        doubt = (doubts or {}).get(row["asn"])
        share = Link(marked(said, doubt), number=row["share"])
        yield Link(title, address(f"network:{row['asn']}")), share


def _alternatives(world: World, found: Way, way: str, address: Address) -> Iterator[Part]:
    """Show who would carry the traffic without the third nation's network that carries most."""
    if found.lost is None or found.instead is None:
        return
    lost = found.networks.filter(pl.col("asn") == found.lost)
    name = next(_networks(world, lost, address))[0].text
    ends = {f"share{end}": f"before{end}" for end in ("", "_low", "_high")}
    was = found.instead.with_columns(**{to: pl.col(name) for to, name in ends.items()})
    rows = tuple(
        (who, now, earlier)
        for (who, now), (_, earlier) in zip(
            _networks(world, found.instead, address),
            _networks(world, was, address, found.doubts),
            strict=True,
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
