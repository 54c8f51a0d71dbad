"""Pages of Internet exchanges: who meets there, and what if one fails."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.naming import shown_name
from splinternet.base.shares import UNKNOWN
from splinternet.base.texts import country_called, phrase
from splinternet.brief.words import count, network_title
from splinternet.web.parts import Address, Link, Part, show, titles, to
from splinternet.web.problems import NotHereError
from splinternet.web.site import site_of
from splinternet.world.world import World

__all__ = ["exchange", "exchanges", "exchanges_of"]

#: Members that a page lists, those with most addresses.
_LISTED = 100

#: Exchanges that the page of a network lists.
_SHOWN = 12


async def exchanges(request: Request) -> Response:
    """List the exchanges of a world, those with most members first."""
    site = site_of(request)
    world = site.served(request).name
    opened = site.worlds.open(world)
    address = to(request, world)
    rows = tuple(_row(row, address) for row in _counted(opened).iter_rows(named=True))
    title = _none(world)
    if rows:
        exchanges = count(len(rows), "exchange")
        title = phrase("web.exchanges.title", exchanges=exchanges, world=world)
    heading = phrase("web.exchanges.name")
    part = Part(heading, columns=titles("exchange", "nation", "members"), rows=rows)
    if not rows:
        part = Part(phrase("web.exchanges.no_heading"), phrase("web.exchanges.why"))
    return show(
        request,
        world,
        name=heading,
        title=title,
        parts=(part,),
        actions=() if rows else (*_with_exchanges(request, world), *_instead()),
        is_model=False,
    )


async def exchange(request: Request) -> Response:
    """Show an exchange: its members, their nations, and what if it fails."""
    site, given = site_of(request), request.path_params["exchange"]
    world = site.served(request).name
    opened = site.worlds.open(world)
    number = int(given) if given.isascii() and given.isdigit() else -1
    found = _counted(opened).filter(pl.col("exchange") == number)
    if found.is_empty():
        none = _none(world) if opened.exchanges.is_empty() else f"no exchange {given!r} is in it"
        raise NotHereError(f"{none}; /exchanges lists all")
    row, address = found.row(0, named=True), to(request, world)
    members = _members(opened, number)
    fails = {
        "shocks.0.kind": "remove",
        "shocks.0.exchange": row["name"],
        "name": phrase("web.exchanges.failed", exchange=row["name"]),
        "country": row["country"] or "",
        "world": world,
        "run": "1",
    }
    nation = row["country"] and country_called(row["country"])
    where = [each for each in (row["city"], nation) if each]
    actions = [Link(phrase("web.exchanges.fails"), f"/what-if?{urlencode(fails)}")]
    if nation:
        actions.append(
            Link(phrase("web.exchanges.nation", nation=nation), address(f"nation:{row['country']}"))
        )
    nations = members["country"].drop_nulls().n_unique()
    title = phrase(
        "web.exchanges.meet",
        exchange=row["name"],
        networks=count(members.height, "network"),
        nations=count(nations, "nation"),
    )
    return show(
        request,
        world,
        name=", ".join([phrase("web.exchanges.kind"), *where]),
        title=title,
        parts=(_of_nations(members, address), _networks(members, address)),
        actions=actions,
        is_model=False,
    )


def exchanges_of(world: World, asn: int, address: Address) -> Part | None:
    """List the exchanges where a network is; None where none is known."""
    at = world.exchange_members.filter(pl.col("asn") == asn)["exchange"]
    found = _counted(world).filter(pl.col("exchange").is_in(at.implode()))
    rows = tuple(_row(row, address) for row in found.head(_SHOWN).iter_rows(named=True))
    words = phrase("web.exchanges.most_members", exchanges=count(found.height, "exchange"))
    columns = titles("exchange", "nation", "members")
    more = words if found.height > len(rows) else ""
    return (
        Part(phrase("web.exchanges.of_network"), more, columns=columns, rows=rows) if rows else None
    )


def _counted(world: World) -> pl.DataFrame:
    """Return the exchanges with how many members each has, most first."""
    counted = world.exchange_members.group_by("exchange").agg(members=pl.len())
    return (
        world.exchanges.join(counted, on="exchange", how="left")
        .with_columns(pl.col("members").fill_null(0))
        .sort("members", "name", descending=[True, False])
    )


def _row(row: dict[str, object], address: Address) -> tuple[Link, ...]:
    code = row["country"]
    members = int(str(row["members"]))
    return (
        Link(str(row["name"]), address(f"exchange:{row['exchange']}")),
        Link(country_called(str(code)), address(f"nation:{code}")) if code else Link(UNKNOWN),
        Link(f"{members:,}", number=members),
    )


def _members(world: World, exchange: int) -> pl.DataFrame:
    at = world.exchange_members.filter(pl.col("exchange") == exchange)["asn"]
    return (
        world.networks.filter(pl.col("asn").is_in(at.implode()))
        .with_columns(shown_name())
        .sort("ipv4_addresses", "asn", descending=[True, False], nulls_last=True)
    )


def _of_nations(members: pl.DataFrame, address: Address) -> Part:
    counted = (
        members["country"]
        .drop_nulls()
        .value_counts()
        .sort("count", "country", descending=[True, False])
    )
    rows = tuple(
        (
            Link(country_called(code), address(f"nation:{code}")),
            Link(f"{many:,}", number=many),
        )
        for code, many in counted.iter_rows()
    )
    return Part(
        phrase("web.exchanges.nations"),
        columns=titles("nation", "members"),
        rows=rows,
    )


def _networks(members: pl.DataFrame, address: Address) -> Part:
    rows = tuple(
        (
            Link(
                network_title(
                    row["asn"],
                    row["name"],
                    row["country"] and country_called(row["country"]),
                    members=row["members"],
                ),
                address(f"network:{row['asn']}"),
            ),
            Link(f"{row['ipv4_addresses'] or 0:,}", number=row["ipv4_addresses"] or 0),
        )
        for row in members.head(_LISTED).iter_rows(named=True)
    )
    more = members.height - len(rows)
    words = (
        phrase("web.exchanges.most_addresses", networks=count(members.height, "network"))
        if more
        else ""
    )
    return Part(
        phrase("web.exchanges.members"),
        words,
        columns=titles("network", "addresses"),
        rows=rows,
    )


def _none(world: str) -> str:
    return phrase("web.exchanges.none", world=world)


def _instead() -> Iterator[Link]:
    """Lead to what there is: the cables of the ledger, and figures of nations."""
    yield Link(phrase("web.actors.kinds.cable"), "/actors?kind=cable")
    yield Link(phrase("web.rankings.name"), "/rankings")


def _with_exchanges(request: Request, world: str) -> list[Link]:
    """Lead to the worlds that have exchanges."""
    tables = {each.name: each.manifest.tables for each in site_of(request).worlds}
    return [
        Link(phrase("web.exchanges.world", world=name), f"/exchanges?{urlencode({'world': name})}")
        for name, table in tables.items()
        if name != world and "exchanges" in table and table["exchanges"].rows
    ]
