"""Limits that a server sets to a request, and what it tells browsers never to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from splinternet.web.callers import is_for_frames, origin_of

__all__ = ["HEADERS", "Bounded", "Limits", "Secured", "TooLargeError", "TooLateError"]


@dataclass(frozen=True)
class Limits:
    """How much a server takes and does.

    Attributes
    ----------
    body, address
        Bytes of a request's body, and of its path and query string.
    text
        Bytes of one text or file within a body.
    workers
        Computations at a time.
    queue
        How many more may wait.
    seconds
        How long a computation may take, from when it begins.
    requests
        How many are answered at a time.
    arrival
        How many seconds the next part of a request may take to arrive.
    kept
        Answers that are kept in memory, in case somebody asks the same.
    disk
        Bytes of answers that are kept on disk.
    """

    body: int = 2_000_000
    text: int = 1_100_000
    address: int = 24_000
    workers: int = 2
    queue: int = 64
    seconds: float = 120.0
    requests: int = 500
    arrival: float = 20.0
    kept: int = 32
    disk: int = 256_000_000


class TooLargeError(Exception):
    """A request's body is larger than any may be."""


class TooLateError(Exception):
    """A request's body takes too long to arrive."""


class Bounded:
    """Refuses requests that are too large, before and while they arrive, and too many at a time.

    Parameters
    ----------
    app
        What it stands before.
    limits
        What is granted.
    refuse
        Gives the response for a status: 413, 414 or 503.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, refuse: Callable[[Scope, int], ASGIApp]
    ) -> None:
        self.app = app
        self.limits = limits
        self.refuse = refuse
        self._answering = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; a body that grows too large ends in an error."""
        app = self.app
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if status := self._wrong(scope):
            app = self.refuse(scope, status)
        self._answering += 1
        try:
            await app(scope, self._counting(receive), send)
        finally:
            self._answering -= 1

    def _wrong(self, scope: Scope) -> int:
        if self._answering >= self.limits.requests:
            return 503
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.limits.address:
            return 414
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        too_large = any(not n.isdigit() or int(n) > self.limits.body for n in lengths)
        return 413 if too_large else 0

    def _counting(self, receive: Receive) -> Receive:
        taken, more = 0, True

        async def counted() -> Message:
            nonlocal taken, more
            try:
                async with asyncio.timeout(self.limits.arrival if more else None):
                    message = await receive()
            except TimeoutError:
                raise TooLateError from None
            more = bool(message.get("more_body"))
            taken += len(message.get("body", b""))
            if taken > self.limits.body:
                raise TooLargeError
            return message

        return counted


#: Nothing but what this server sends itself.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)

HEADERS = {
    "Content-Security-Policy": f"{_POLICY}'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Other sites learn nothing; this one learns by it that a form was its own.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


#: The same for what is made to be embedded: nothing but a picture, in whosever page.
_FRAMED = {name: value for name, value in HEADERS.items() if name != "X-Frame-Options"} | {
    "Content-Security-Policy": f"{_POLICY}*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Secured:
    """Sends the headers that keep a page to itself with every response, also with errors.

    Parameters
    ----------
    app
        What it stands before.
    origins
        Sites whose pages may embed what they ask for.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str] = ()) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its response."""
        added = HEADERS
        if scope["type"] == "http" and is_for_frames(scope["path"]):
            added = _FRAMED
        elif scope["type"] == "http" and origin_of(Headers(scope=scope)) in self.origins:
            added = HEADERS | {"Cross-Origin-Resource-Policy": "cross-origin"}

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, secured)
