"""A browser to test with, and a server for it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest
import uvicorn

#: Folder that pictures of pages are kept in, if one is named: they are to be looked at.
_named = os.environ.get("SPLINTERNET_SCREENSHOTS")
SCREENSHOTS = Path(_named) if _named else None

_SYSTEM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

#: A test needs neither a sandbox nor a graphics card, and asks the network for nothing.
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def find_chromium(playwright) -> str:
    """Find a Chromium: the one named, the system's, or playwright's own, which is got if need be.

    Where there is none the test is skipped, but never in CI.
    """
    named = os.environ.get("SPLINTERNET_CHROMIUM")
    if named:
        assert Path(named).is_file(), f"SPLINTERNET_CHROMIUM names no file: {named}"
        return named
    for place in (*map(shutil.which, _SYSTEM), playwright.chromium.executable_path):
        if place and Path(place).is_file():
            return place
    _install()
    if Path(playwright.chromium.executable_path).is_file():
        return playwright.chromium.executable_path
    message = (
        "no Chromium: install one (package chromium, or 'playwright install chromium'), or name "
        "it in SPLINTERNET_CHROMIUM"
    )
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@cache
def _install() -> None:
    """Let playwright fetch its Chromium, where it may; it is tried once."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, check=False, capture_output=True, timeout=300)


def launch(playwright):
    return playwright.chromium.launch(
        executable_path=find_chromium(playwright), args=list(_FLAGS), headless=True
    )


@contextmanager
def serving(app) -> Iterator[str]:
    """Serve an application on loopback from a thread; give its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)
