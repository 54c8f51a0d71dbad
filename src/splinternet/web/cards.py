"""Pictures for links that are shown elsewhere, and the lines of a page's head that name them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from splinternet.web.site import site_of
from splinternet.web.tables import MEDIA

__all__ = ["send_card"]


async def send_card(request: Request, svg: str) -> Response:
    """Send a card as PNG, which is what other sites take."""
    from splinternet.brief.charts.render import png_of

    key = ("card", svg)
    drawn = await site_of(request).compute(request, key, lambda _: png_of(svg, scale=1))
    return Response(drawn, media_type=MEDIA["png"])
