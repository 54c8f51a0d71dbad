"""Charts of answers, drawn by the functions that briefs and notebooks use."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.brief.drawings.nations_map import CHANGES
from splinternet.brief.words import the_nation
from splinternet.web.answers import Answer
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download

if TYPE_CHECKING:
    from altair import TopLevelMixin

__all__ = ["CHARTS", "chart_file", "picture"]

Draw = Callable[[Answer], "TopLevelMixin"]


def _carriers(found: Answer) -> TopLevelMixin:
    from splinternet.brief.charts.bars import bars

    nation = the_nation(found.country or "")
    return bars(found.bars, title=f"Networks on the routes of {nation}, before and after")


def _map(found: Answer) -> TopLevelMixin:
    from splinternet.brief.charts.world_map import world_map

    values = found.difference
    frame = pl.DataFrame({"country": list(values), "value": list(values.values())})
    title = f"{found.map_title}: the difference"
    return world_map(frame, title=title, highlight=found.country, breaks=CHANGES)


#: Charts of an answer, by their names in addresses.
CHARTS: dict[str, Draw] = {
    "difference": _map,
    "carriers": _carriers,
}


async def chart_file(
    site: Site, request: Request, name: str, form: str, found: Answer, of: Hashable
) -> Response:
    """Send a chart as a picture; ``of`` identifies the answer.

    Raises
    ------
    NotHereError
        If there is no such chart, or no such form.
    """
    if name not in CHARTS or (name == "carriers" and not found.bars.height):
        raise NotHereError(f"no chart is called {name!r} here; there are {', '.join(CHARTS)}")
    key = ("chart", name, form, of)
    drawn: bytes = await site.compute(request, key, lambda _: picture(CHARTS[name](found), form))
    return download(name, form, drawn)


def picture(chart: TopLevelMixin, form: str) -> bytes:
    """Draw a chart of altair as SVG or PNG.

    Raises
    ------
    NotHereError
        If it is to be something else.
    """
    from splinternet.brief.charts import render

    if form == "svg":
        return render.svg(chart).encode()
    if form == "png":
        return render.png(chart)
    raise NotHereError("charts come as svg and png")
