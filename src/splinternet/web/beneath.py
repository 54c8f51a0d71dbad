"""Serving beneath a prefix, as a proxy asks: links are sent with it, and asked for without."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Beneath", "beneath"]

_PREFIX = re.compile(r"(?:/[\w.~-]+)+", re.ASCII)

#: Addresses in a page: everything else there is escaped, so that nobody's words look like it.
_ADDRESS = re.compile(r'(\s(?:href|src|action|data-follow)=")/(?!/)')


class Beneath:
    """Finds out which prefix the browser sees, and takes it off and puts it on.

    Parameters
    ----------
    app
        What it stands before.
    prefix
        The prefix; by default what the header X-Forwarded-Prefix of a request says.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self.prefix = prefix.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its prefix noted, and mend where it is led to."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        prefix = self.prefix or _forwarded(scope)
        path: str = scope["path"]
        if prefix and path.startswith(f"{prefix}/"):  # a proxy may leave it on or take it off
            path = path.removeprefix(prefix)

        async def mended(message: Message) -> None:
            if message["type"] == "http.response.start" and prefix:
                headers = MutableHeaders(scope=message)
                place = headers.get("location", "")
                if place.startswith("/"):
                    headers["location"] = prefix + place
            await send(message)

        await self.app({**scope, "path": path, "prefix": prefix}, receive, mended)


def _forwarded(scope: Scope) -> str:
    said = Headers(scope=scope).get("x-forwarded-prefix", "").rstrip("/")
    return said if _PREFIX.fullmatch(said) else ""


def beneath(prefix: str, page: str) -> str:
    """Put a prefix before the addresses of this server in a page."""
    return _ADDRESS.sub(rf"\g<1>{prefix}/", page) if prefix else page
