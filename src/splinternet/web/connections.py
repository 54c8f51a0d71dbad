"""Connections: a head must come in time, and who sends none takes no room from those who do."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["IDLE", "Punctual"]

#: Seconds for the head of a request, and connections without a request that are kept at a time.
_HEAD, IDLE = 10.0, 256


class Punctual(H11Protocol):
    """A connection that is closed if it does not send the head of a request in time.

    Those that wait for one are bounded too: of too many the one that has waited longest is closed.
    """

    _late: asyncio.TimerHandle | None = None
    _since = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no request of it is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as in the class above
        """Take a connection, and wait for the head of its first request."""
        super().connection_made(transport)
        self._expect()
        idle = [each for each in self.connections if isinstance(each, Punctual) and each.is_idle]
        if len(idle) > IDLE:
            min(idle, key=lambda each: each._since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; the time for a head begins with its first byte."""
        super().data_received(data)
        if not self.is_idle:
            self._arrived()
        elif self._late is None:
            self._expect()

    def on_response_complete(self) -> None:
        """Keep the connection for a while, as idle."""
        self._since = time.monotonic()
        super().on_response_complete()

    def _expect(self) -> None:
        self._since = time.monotonic()
        self._late = self.loop.call_later(_HEAD, self.transport.abort)

    def _arrived(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
