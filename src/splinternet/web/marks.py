"""Marks of answers: who has one already is told so, before anything is computed.

An answer is a pure function of the worlds, the ledger, the question and the program, so a mark is
made of these, and not of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from splinternet.base.choices import DEFINITIONS
from splinternet.web.site import Site
from splinternet.web.worlds import WorldGoneError
from splinternet.world.manifest import software

__all__ = ["Marked"]

#: Addresses of answers, charts and tables; pages follow forms and computations, and have none.
_ANSWERS = re.compile(r"/api(/.*)?|/brief/[^/]+/charts/.+|/nations\.\w+|/figures\.zip")


class Marked:
    """Marks answers with an ``ETag``, and answers who sends it back with status 304.

    Parameters
    ----------
    app
        What it stands before.
    site
        Gives the site, whose worlds and ledger answers are made of.
    """

    def __init__(self, app: ASGIApp, site: Callable[[], Site]) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell that an answer has not changed, or pass the request on and mark its answer."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not _ANSWERS.fullmatch(scope["path"])
        ):
            await self.app(scope, receive, send)
            return
        mark = _mark(self.site(), Request(scope))
        headers = {"ETag": mark, "Cache-Control": "no-cache"}
        had = Headers(scope=scope).get("if-none-match", "")
        if mark in (each.strip() for each in had.split(",")):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, marked)


def _mark(site: Site, request: Request) -> str:
    """Mark the answer to a question, alike for every encoding of it."""
    made = (
        software(),
        DEFINITIONS,
        [_stamp(site, served.name) for served in site.worlds],
        site.ledger_mark,
        request.scope.get("prefix", ""),
        request.url.path,
        request.url.query,
    )
    return f'W/"{sha256(repr(made).encode()).hexdigest()[:16]}"'


def _stamp(site: Site, world: str) -> tuple[int, ...] | None:
    try:
        return site.worlds.stamp(world)
    except WorldGoneError:
        return None
