"""Callers: by this server's names only, and pages elsewhere may do no more than link here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Called", "is_for_frames", "origin_of"]

#: Methods that send nothing. A page elsewhere may link here, but make a browser compute nothing.
_ASKING = ("GET", "HEAD", "OPTIONS")

#: Charts as pages of their own, which pages elsewhere may frame.
_FOR_FRAMES = re.compile(r"(?:/[^/]+)*/charts/[^/]+\.html")

#: What a browser asks for on behalf of a page, and not of a person who follows a link.
_FRAMES = ("embed", "fencedframe", "frame", "iframe", "object")


class Called:
    """Refuses requests by names that are not this server's, and what other sites send.

    Parameters
    ----------
    app
        What it stands before.
    hosts
        Names by which the server may be called; ``*`` for any.
    refuse
        Gives the response for a status: 400 or 403.
    origins
        Sites whose pages may ask, send and embed, as ``https://example.org``.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str],
        refuse: Callable[[Scope, int], ASGIApp],
        origins: Iterable[str] = (),
    ) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.hosts = frozenset(host.lower().strip("[]") for host in hosts)
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self.app
        if scope["type"] == "http":
            if status := self._wrong(scope):
                app = self.refuse(scope, status)
            scope = {**scope, "framed": self._is_framed(Headers(scope=scope))}
        await app(scope, receive, send)

    def _is_framed(self, headers: Headers) -> bool:
        """Tell whether a page that may only show what is at hand frames this."""
        framed = _is_from_elsewhere(headers) and headers.get("sec-fetch-dest") in _FRAMES
        return framed and origin_of(headers) not in self.origins

    def _wrong(self, scope: Scope) -> int:
        headers = Headers(scope=scope)
        if "*" not in self.hosts and _name(headers.get("host", "")) not in self.hosts:
            return 400
        if origin_of(headers) in self.origins:
            return 0
        if scope["method"] in _ASKING:
            return 403 if _is_embedded(headers, scope["path"]) else 0
        return 403 if _is_foreign(headers) else 0


def origin_of(headers: Headers) -> str:
    """Return the site whose page asks; of a picture that it embeds the Referer header names it."""
    if origin := headers.get("origin"):
        return origin
    try:
        named = urlsplit(headers.get("referer", ""))
    except ValueError:
        return ""
    return f"{named.scheme}://{named.netloc}" if named.netloc else ""


def _name(host: str) -> str | None:
    """Return the name within a Host header, None if it has none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def is_for_frames(path: str) -> bool:
    """Tell whether an address is that of a chart to embed."""
    return _FOR_FRAMES.fullmatch(path) is not None


def _is_from_elsewhere(headers: Headers) -> bool:
    """Tell whether a page of another site asks, or leads here."""
    return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _is_embedded(headers: Headers, path: str) -> bool:
    """Tell whether a page of another site asks, as for a picture, and not a person by a link."""
    if not _is_from_elsewhere(headers):
        return False
    if headers.get("sec-fetch-dest") in _FRAMES:
        return not is_for_frames(path)
    return headers.get("sec-fetch-mode") != "navigate"


def _is_foreign(headers: Headers) -> bool:
    """Tell whether a page of another site sends this; what is no browser says nothing of itself."""
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")
