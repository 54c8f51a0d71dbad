"""Each of the ten largest networks, of a nation or of all, lost in turn: which loss hurts most."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.asn import as_number
from splinternet.base.shares import UNKNOWN, rounded
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.words import count, many, network_title
from splinternet.scenario.apply import rehearse
from splinternet.scenario.members import Member, members_of
from splinternet.scenario.reachability import Reachability
from splinternet.scenario.selection import Selection
from splinternet.scenario.sweeps import sweep
from splinternet.web.jobs import Progress
from splinternet.web.parts import Link, Part, show
from splinternet.web.questions import Options, Question
from splinternet.web.site import Site, nation, site_of
from splinternet.world.world import World

__all__ = ["TRIED", "largest_lost", "losing"]

#: How many networks are tried.
TRIED = 10

_COLUMNS = ("network", "pairs", "addresses", "abroad")
_OF_ALL = ("network", "hurt", "worst", "everywhere")

#: A nation is hurt that loses so large a part of its pairs with networks abroad.
_HURT = 0.1


async def largest_lost(request: Request) -> Response:
    """Rank the ten networks by what a nation loses without each, or by the nations hurt."""
    if not request.query_params.get("country"):
        return await _of_all(request)
    site = site_of(request)
    world, code = site.served(request).name, nation(request.query_params.get("country", ""))
    key = ("each", site.worlds.stamp(world), code)
    found: pl.DataFrame = await site.compute(
        request, key, lambda progress: _tried(site, world, code, progress), kind=pl.DataFrame
    )
    rows = tuple(_row(row, world, code) for row in found.iter_rows(named=True))
    columns = tuple(phrase(f"web.tries.column.{name}") for name in _COLUMNS)
    words = phrase("web.tries.about", nation=nation_called(code))
    heading = phrase("web.tries.heading", nation=nation_called(code))
    part = Part(heading, words, columns=columns, rows=rows)
    return show(
        request,
        world,
        name=country_called(code),
        title=_finding(found, code),
        parts=(part,),
        actions=(Link(phrase("web.common.what_if"), f"/what-if?country={code}&world={world}"),),
    )


def _tried(site: Site, world: str, code: str, progress: Progress) -> pl.DataFrame:
    opened = site.worlds.open(world)
    members = members_of(opened, "network", Selection(f"country:{code}"), largest=TRIED)
    with TemporaryDirectory() as folder:
        found = sweep(opened, members, folder, country=code, progress=progress)
    asn = found["member"].str.strip_prefix("AS").cast(pl.Int64)
    return found.with_columns(asn=asn)


async def _of_all(request: Request) -> Response:
    """Rank the networks with most customers of all by how many nations the loss of each hurts."""
    site = site_of(request)
    world = site.served(request).name
    found: pl.DataFrame = await site.compute(
        request,
        ("losses", site.worlds.stamp(world)),
        lambda progress: _hurt(site.worlds.open(world), progress),
        kind=pl.DataFrame,
    )
    columns = tuple(phrase(f"web.tries.column.{name}") for name in _OF_ALL)
    rows = tuple(_row_of_all(row, world) for row in found.iter_rows(named=True))
    heading, words = phrase("web.tries.world_heading"), phrase("web.tries.world_about")
    return show(
        request,
        world,
        name=phrase("web.tries.world"),
        title=_worst(found),
        parts=(Part(heading, words, columns=columns, rows=rows),),
        actions=(Link(phrase("web.common.what_if"), f"/what-if?{urlencode({'world': world})}"),),
    )


def _hurt(world: World, progress: Progress) -> pl.DataFrame:
    """Count, for each network lost, the nations that lose much, and name the one hit hardest."""
    before = Reachability.known(world)
    members = members_of(world, "network", largest=TRIED)
    names = dict(world.named.select("asn", "name").iter_rows())
    rows = []
    for done, member in enumerate(members):
        progress(done, len(members))
        rows.append((member.label, names[as_number(member.label)], *_loss(before, member)))
    columns = {"member": pl.String, "name": pl.String, "hurt": pl.Int64, "lost": pl.Float64}
    columns |= {"worst": pl.String, "share": pl.Float64}
    found = pl.DataFrame(rows, schema=columns, orient="row")
    return found.sort("hurt", "lost", descending=True, maintain_order=True)


def _loss(before: Reachability, member: Member) -> tuple[int, float | None, str | None, float]:
    """Return the nations hurt, the part of all pairs lost, and who loses most abroad, how much."""
    world = before.world
    changed, _ = rehearse(world, member.scenario(world), idle=True)
    after = before.after(changed)
    abroad = before.by_country(after).filter(pl.col("side") == "abroad")
    most = abroad.sort("share", "country", descending=[True, False], nulls_last=True)
    worst, share = most.select("country", "share").row(0) if most.height else (None, 0.0)
    pairs = before.total(after)
    lost = pairs.lost / pairs.before if pairs.before else None
    return abroad.filter(pl.col("share") >= _HURT).height, lost, worst, share


def _worst(found: pl.DataFrame) -> str:
    """Name the loss that hurts most nations."""
    row = found.row(0, named=True)
    if not row["hurt"]:
        return phrase("web.tries.hurts_none")
    nations = count(row["hurt"], "nation")
    return phrase("web.tries.hurts", network=_titled(row), nations=nations)


def _row_of_all(row: dict[str, Any], world: str) -> tuple[Link, ...]:
    worst, lost = row["worst"], row["lost"]
    hit = Link(UNKNOWN)
    if worst is not None:
        said = phrase("web.tries.hit", nation=country_called(worst), share=rounded(row["share"]))
        hit = Link(said, f"/what-if?{losing(row['member'], world, worst)}", row["share"])
    return (
        Link(_titled(row), f"/what-if?{losing(row['member'], world)}"),
        Link(many(row["hurt"]), number=row["hurt"]),
        hit,
        Link(UNKNOWN) if lost is None else Link(rounded(lost), number=lost),
    )


def losing(asn: str, world: str, country: str = "") -> str:
    """Return the question what happens without a network, to a nation or to all."""
    fields = (
        ("name", phrase("web.tries.lost", network=asn)),
        ("world", world),
        ("shocks.0.kind", "remove"),
        ("shocks.0.networks", asn),
    )
    return Question(fields, Options(country=country), run=True).query


def _finding(found: pl.DataFrame, code: str) -> str:
    worst = found.row(0, named=True)
    if not worst["lost"]:
        return phrase("web.tries.none", nation=nation_called(code))
    return phrase(
        "web.tries.finding",
        network=_titled(worst),
        nation=nation_called(code),
        share=rounded(worst["share"] or 0.0),
    )


def _titled(row: dict[str, Any]) -> str:
    return network_title(int(row["member"].removeprefix("AS")), row["name"])


def _row(row: dict[str, Any], world: str, code: str) -> tuple[Link, ...]:
    return (
        Link(_titled(row), f"/what-if?{losing(row['member'], world, code)}"),
        *(
            Link(UNKNOWN) if value is None else Link(rounded(value), number=value)
            for value in (row["share"], row["address_share"])
        ),
        Link(many(row["lost_abroad"]), number=row["lost_abroad"]),
    )
