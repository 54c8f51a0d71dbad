"""Running the server: within bounds, and ended at once."""

from __future__ import annotations

import socket

import uvicorn
from starlette.applications import Starlette

from splinternet.web.connections import Punctual

__all__ = ["serve_until_stopped"]


class _Server(uvicorn.Server):
    """A server that stops what it computes as soon as it is to end."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End all answers, and then all connections."""
        self._app.state.site.close()
        await super().shutdown(sockets)


def serve_until_stopped(app: Starlette, listening: socket.socket) -> None:
    """Answer whoever calls on a socket, until Ctrl-C."""
    config = uvicorn.Config(
        app,
        http=Punctual,
        ws="none",
        log_level="error",  # what others send wrongly is told to them
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=1,
    )
    _Server(config, app).run(sockets=[listening])
