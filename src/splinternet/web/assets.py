"""The files that pages are made of, read once; no request ever reaches the file system."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from splinternet.brief import page, theme
from splinternet.web.problems import NotHereError

__all__ = ["asset", "assets"]

_FOLDER = Path(__file__).with_name("static")
_MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """A file: what it holds, its kind, and a mark of its content."""

    content: bytes
    media: str
    etag: str


@cache
def assets() -> dict[str, Asset]:
    """Return the files by name."""
    contents = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.is_file()}
    contents["brief.css"] = page.css().encode()
    contents["site.css"] += theme.css().encode()
    return {
        name: Asset(content, _MEDIA[Path(name).suffix], _mark(content))
        for name, content in contents.items()
    }


def _mark(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


async def asset(request: Request) -> Response:
    """Send a file, unless the browser has it."""
    found = assets().get(request.path_params["name"])
    if found is None:
        raise NotHereError(f"no file is called {request.path_params['name']!r}")
    headers = {"Cache-Control": "no-cache", "ETag": found.etag}
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media, headers=headers)
