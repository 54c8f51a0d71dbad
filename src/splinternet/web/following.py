"""Telling a page how far a computation is; closing the connection cancels it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Hashable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import StreamingResponse

from splinternet.base.errors import SplinternetError
from splinternet.web.jobs import AbandonedError, BusyError, Progress, TooSlowError
from splinternet.web.problems import problem_of
from splinternet.web.site import client_of, site_of

__all__ = ["follow"]


def follow(request: Request, key: Hashable, work: Callable[[Progress], Any]) -> StreamingResponse:
    """Send a line of JSON for each step of a computation, and one for how it ended."""
    told = _told(request, key, work)
    # Compressed, lines would wait for each other.
    headers = {"Content-Encoding": "identity"}
    return StreamingResponse(told, media_type="application/x-ndjson", headers=headers)


async def _told(
    request: Request, key: Hashable, work: Callable[[Progress], Any]
) -> AsyncIterator[bytes]:
    steps = site_of(request).jobs.watch(key, work, client=client_of(request))
    try:
        async for step in steps:
            yield msgspec.json.encode(step) + b"\n"
    except (AbandonedError, BusyError, TooSlowError, SplinternetError) as error:
        yield msgspec.json.encode({"problem": problem_of(error).detail}) + b"\n"
    else:
        yield b'{"finished":true}\n'
    finally:
        await steps.aclose()
