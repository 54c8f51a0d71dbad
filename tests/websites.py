"""The web application on small worlds, called without a socket."""

import re
from functools import cache
from pathlib import Path

from starlette.testclient import TestClient

from commands import save, small_world
from splinternet.web.app import create_app
from splinternet.web.limits import Limits


def small_site(folder: Path, **options: object) -> TestClient:
    """A site of a world called ``small``, for a ``with`` statement."""
    saved = folder / "small"
    if not saved.exists():
        save(small_world(), saved)
    return client(create_app([saved], **options))


@cache
def digest_site() -> TestClient:
    """Give the site of the shipped digest, which tests that only read of it share."""
    return client(create_app(["2019-12"]))


def client(app) -> TestClient:
    return TestClient(
        app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False
    )


def narrow(**limits: object) -> Limits:
    return Limits(**{"workers": 1, "queue": 1, **limits})


def read(answer) -> str:
    """Return what a page says, without its links and other tags."""
    return re.sub(r"<[^>]*>", "", answer.text)
