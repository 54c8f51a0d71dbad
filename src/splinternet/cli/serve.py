"""The command that serves the web application: ``serve``."""

from __future__ import annotations

import errno
import re
import socket
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.options import LedgerOption
from splinternet.cli.tables import say

__all__ = ["serve"]

#: Addresses that stand for all of this machine's, and one of them that a browser here can open.
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}

#: An origin as browsers send it.
_ORIGIN = re.compile(r"https?://[\w.-]+(:\d+)?", re.ASCII | re.IGNORECASE)


def serve(
    context: typer.Context,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; loopback by default."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any that is free.")
    ] = 8000,
    worlds: Annotated[
        list[str] | None,
        typer.Option(
            "--world",
            metavar="NAME|FOLDER",
            help="A world to serve, the default one first; all by default. Repeatable.",
        ),
    ] = None,
    ledger: LedgerOption = None,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="HOST",
            help="A name by which browsers may call this server, beside localhost. Repeatable.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Computations at a time.")
    ] = 2,
    seconds: Annotated[
        int,
        typer.Option(
            "--seconds",
            min=1,
            max=86_400,
            help="How long one computation may take; full worlds take more.",
        ),
    ] = 120,
    root_path: Annotated[
        str,
        typer.Option(
            "--root-path",
            metavar="/PREFIX",
            help="Prefix that a proxy puts before addresses; by default its X-Forwarded-Prefix.",
        ),
    ] = "",
    origins: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin",
            metavar="ORIGIN",
            help="Another site whose pages may ask and embed, as https://example.org. Repeatable.",
        ),
    ] = None,
    answers: Annotated[
        str,
        typer.Option(
            "--answers",
            metavar="FOLDER",
            help="Where answers are kept for the next start; '-' keeps them in memory only.",
        ),
    ] = "",
) -> None:
    """Serve briefs, a map and a builder of scenarios to a browser.

    It listens on this machine only unless --host says otherwise; it asks nobody who they are, so
    open it to a network of people you trust only. Stop it with Ctrl-C.
    """
    import logging

    from splinternet.web.app import create_app
    from splinternet.web.limits import Limits
    from splinternet.web.serving import serve_until_stopped

    chosen = worlds or ([context.obj.world] if context.obj.world else [])
    if context.obj.scenario:
        raise MisuseError("a server takes no --scenario; the builder of scenarios is in the page")
    app = create_app(
        chosen,
        ledgers=ledger or context.obj.ledgers,
        limits=Limits(workers=workers, seconds=seconds),
        hosts=_hosts(host, names or []),
        prefix=root_path,
        origins=[_origin(each) for each in origins or []],
        answers=_answers(answers),
    )
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    listening = _listen(host, port)
    if host in _ANYWHERE:
        _warn(names or [])
    shown = _ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    typer.echo(phrase("terminal.serve.address", address=address))
    with listening:
        serve_until_stopped(app, listening)


def _answers(given: str) -> Path | None:
    """Return the folder of answers: the one given, or the system's place for what can be redone."""
    if given == "-":
        return None
    return Path(given or Path(platformdirs.user_cache_dir("splinternet", False)) / "answers")


def _origin(text: str) -> str:
    """Read the origin of a site: a scheme and a host, and nothing else.

    Raises
    ------
    MisuseError
        If it is none.
    """
    if not _ORIGIN.fullmatch(text):
        raise MisuseError(f"--allow-origin {text!r} is no origin; write it as https://example.org")
    return text.lower()


def _warn(names: list[str]) -> None:
    """Say what it means to listen everywhere, and by which name others may call."""
    say(phrase("terminal.serve.everybody"), error=True)
    if not names:
        name = socket.gethostname()
        say(phrase("terminal.serve.name", name=name), error=True)


def _hosts(host: str, names: list[str]) -> list[str]:
    """Name what the server may be called by: names that are given, the address, and loopback."""
    from splinternet.web.app import LOOPBACK

    return [*LOOPBACK, *names, host]


def _listen(host: str, port: int) -> socket.socket:
    """Open the port, or say in one line why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)  # who calls before all is ready waits
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise MisuseError(f"port {port} is taken; choose another one with --port") from None
        raise MisuseError(f"cannot listen on {host}:{port} ({error.strerror or error})") from None
    return listening
