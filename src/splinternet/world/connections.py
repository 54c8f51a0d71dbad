"""Connections to publishers on which the head of an answer must come in time.

The libraries' own limits are on each piece of it: a publisher that sends a byte now and then never
comes to the end of a line.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

__all__ = ["limit_heads"]


def limit_heads(session: requests.Session, seconds: float) -> None:
    """Let a session close connections on which the head of an answer takes longer."""

    class Plain(HTTPConnection):
        def getresponse(self) -> HTTPResponse:  # type: ignore[override]
            with _closed_after(self.sock, seconds):
                return super().getresponse()

    class Secure(HTTPSConnection):
        def getresponse(self) -> HTTPResponse:  # type: ignore[override]
            with _closed_after(self.sock, seconds):
                return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class Adapter(HTTPAdapter):  # type: ignore[misc]
        def init_poolmanager(self, *sizes: Any, **options: Any) -> None:  # noqa: ANN401
            super().init_poolmanager(*sizes, **options)
            pools = {"http": PlainPool, "https": SecurePool}
            self.poolmanager.pool_classes_by_scheme = pools

    # Of a head that was cut short it would print a traceback.
    logging.getLogger("urllib3.connection").setLevel(logging.ERROR)
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter())


@contextmanager
def _closed_after(opened: socket.socket, seconds: float) -> Iterator[None]:
    late = Event()

    def close() -> None:
        late.set()
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    closing = Timer(seconds, close)
    closing.daemon = True
    closing.start()
    try:
        yield
    except Exception:
        if late.is_set():  # whatever half a head is taken for
            raise TimeoutError from None
        raise
    finally:
        closing.cancel()
    if late.is_set():  # a head that is cut short would pass for a whole one
        raise TimeoutError
