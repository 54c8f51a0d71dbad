"""Charts as answers of their own: as files to keep, and as pages that other sites may frame."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.tables import encode_table
from splinternet.brief.drawings.svg import Drawing
from splinternet.brief.pictures import legend_of
from splinternet.web.problems import NotHereError
from splinternet.web.site import download, site_of

__all__ = ["FORMS", "Drawn", "embedded", "send_chart"]

#: As what a chart is sent: pictures, its figures, and the page to embed.
FORMS = ("svg", "png", "csv", "html")


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart that is drawn by hand.

    Attributes
    ----------
    title
        What it shows.
    svg
        The picture.
    frame
        Its figures.
    is_stated
        Whether statements of the ledger are behind it, and no model.
    """

    title: str
    svg: Drawing
    frame: pl.DataFrame
    is_stated: bool = False


async def send_chart(request: Request, name: str, drawn: Drawn, page: str) -> Response:
    """Send a chart in the form that the address asks for; ``page`` is where it is from.

    Raises
    ------
    NotHereError
        If there is no such form.
    """
    form = request.path_params["form"]
    if form == "html":
        picture = drawn.svg + legend_of(drawn.svg.legend)
        return embedded(request, drawn.title, picture, page, is_stated=drawn.is_stated)
    if form == "csv":
        return download(name, form, encode_table(drawn.frame, form, {}))
    if form == "svg":
        return download(name, form, drawn.svg.whole.encode())
    if form == "png":
        from splinternet.brief.charts.render import png_of

        svg = drawn.svg.whole
        made = await site_of(request).compute(request, ("png", svg), lambda _: png_of(svg))
        return download(name, form, made)
    raise NotHereError(f"charts come as {', '.join(FORMS)}, not {form!r}")


def embedded(
    request: Request, title: str, picture: str, page: str, *, is_stated: bool = False
) -> Response:
    """Lay a chart out as a page of its own, with a link to the ``page`` that it is from.

    ``is_stated`` tells whether it shows statements of the ledger, and no model's figures.
    """
    return site_of(request).page(
        request, "embed.html", title=title, picture=picture, page=page, is_stated=is_stated
    )
