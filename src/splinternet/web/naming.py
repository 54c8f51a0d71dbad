"""Parameters that an address names: one that is misspelt is told, not passed over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from difflib import get_close_matches

from starlette.requests import Request
from starlette.responses import Response

from splinternet.base.errors import MisuseError

__all__ = ["Handler", "check_names", "taking"]

Handler = Callable[[Request], Awaitable[Response]]

#: What every page takes.
_EVERYWHERE = ("world",)

#: How alike a name and a known one are from which on that one is meant.
_ALIKE = 0.74


def check_names(request: Request, known: Collection[str]) -> None:
    """Refuse a parameter that is spelt much like a known one.

    Others are passed over: sites that link here add marks of their own to addresses.

    Raises
    ------
    MisuseError
        If there is one; it says what may be meant.
    """
    for name in request.query_params:
        if name not in known and get_close_matches(name.casefold(), known, cutoff=_ALIKE):
            raise MisuseError.unknown("parameter", name, known)


def taking(handler: Handler, *names: str) -> Handler:
    """Check the parameters of a page that takes these and a world."""

    async def checked(request: Request) -> Response:
        check_names(request, (*names, *_EVERYWHERE))
        return await handler(request)

    return checked
