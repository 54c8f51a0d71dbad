"""Charts of answers, drawn by the functions that briefs and notebooks use."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.texts import nation_called, phrase
from splinternet.brief.document import Picture
from splinternet.brief.drawings.nations_map import nations_map, shares
from splinternet.brief.pictures import picture_file, shown
from splinternet.brief.theme import PAPER
from splinternet.web.answers import Answer
from splinternet.web.chart_tables import mapped
from splinternet.web.embed import FORMS, Drawn, embedded, send_chart
from splinternet.web.problems import NotHereError
from splinternet.web.site import Site, download

__all__ = ["CHARTS", "carriers_of", "chart_file"]


def carriers_of(found: Answer) -> Picture:
    """Picture the largest carriers, before and after."""
    title = phrase("web.charts.carriers", nation=nation_called(found.country or ""))
    return Picture(
        "carriers", "bars", found.bars, title, options={"other": phrase("web.answer.before")}
    )


def _difference(found: Answer) -> Drawn:
    nations, legend = shares(found.mapped, found.breaks)
    is_change = found.before is not None
    title = phrase("web.charts.difference", map=found.map_title) if is_change else found.map_title
    svg = nations_map(nations, title=title, highlight=found.country, blank=PAPER, legend=legend)
    return Drawn(title, svg, mapped(found))


#: Charts of an answer, by their names in addresses.
CHARTS: dict[str, Callable[[Answer], Picture | Drawn]] = {
    "difference": _difference,
    "carriers": carriers_of,
}


async def chart_file(
    site: Site, request: Request, name: str, form: str, found: Answer, of: Hashable
) -> Response:
    """Send a chart; ``of`` identifies the answer.

    Raises
    ------
    NotHereError
        If there is no such chart, or no such form.
    """
    if name not in CHARTS or (name == "carriers" and not found.bars.height):
        raise NotHereError(f"no chart is called {name!r} here; there are {', '.join(CHARTS)}")
    if form not in FORMS:
        raise NotHereError(f"charts come as {', '.join(FORMS)}, not {form!r}")
    chart, page = CHARTS[name](found), f"/what-if?{request.url.query}"
    if isinstance(chart, Drawn):
        return await send_chart(request, name, chart, page)
    key = ("chart", name, form, of)
    if form == "html":
        svg = await site.compute(request, key, lambda _: shown(chart))
        return embedded(request, chart.title, svg, page)
    drawn = await site.compute(request, key, lambda _: picture_file(chart, form))
    return download(name, form, drawn)
