"""Each of a nation's ten largest networks lost in turn: which loss would hurt most."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.shares import rounded
from splinternet.base.texts import country_called, nation_called, phrase
from splinternet.brief.words import many, network_title
from splinternet.scenario.members import members_of
from splinternet.scenario.selection import Selection
from splinternet.scenario.sweeps import sweep
from splinternet.web.jobs import Progress
from splinternet.web.parts import Link, Part, show
from splinternet.web.questions import Options, Question
from splinternet.web.site import Site, nation, site_of

__all__ = ["largest_lost"]

#: How many networks are tried.
_TRIED = 10

_COLUMNS = ("network", "pairs", "addresses", "abroad")


async def largest_lost(request: Request) -> Response:
    """Rank the ten networks by what the nation loses without each."""
    site = site_of(request)
    world, code = site.served(request).name, nation(request.query_params.get("country", ""))
    key = ("each", site.worlds.stamp(world), code)
    found: pl.DataFrame = await site.compute(
        request, key, lambda progress: _tried(site, world, code, progress)
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
    members = members_of(opened, "network", Selection(f"country:{code}"), largest=_TRIED)
    with TemporaryDirectory() as folder:
        return sweep(opened, members, folder, country=code, progress=progress)


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
    fields = (
        ("name", phrase("web.tries.lost", network=row["member"])),
        ("world", world),
        ("shocks.0.kind", "remove"),
        ("shocks.0.networks", row["member"]),
    )
    asked = Question(fields, Options(country=code), run=True)
    return (
        Link(_titled(row), f"/what-if?{asked.query}"),
        *(
            Link("–") if value is None else Link(rounded(value), number=value)
            for value in (row["share"], row["address_share"])
        ),
        Link(many(row["lost_abroad"]), number=row["lost_abroad"]),
    )
