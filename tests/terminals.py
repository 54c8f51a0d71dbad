"""A terminal to run a command line on, in this process."""

import errno
import os
import pty
from threading import Thread

import pytest

from splinternet import cli

__all__ = ["on_a_terminal"]


def on_a_terminal(stream: str, *words: str, **variables: str) -> str:
    """Run a command line of which one stream, ``stdout`` or ``stderr``, is a terminal.

    Returns what the terminal was sent. ``variables`` are of the environment.
    """
    ours, theirs = pty.openpty()
    sent = bytearray()

    def read() -> None:
        try:
            while block := os.read(ours, 4096):
                sent.extend(block)
        except OSError as end:  # Linux's way to say that the other side is closed
            assert end.errno == errno.EIO  # noqa: PT017

    reader = Thread(target=read)
    reader.start()
    with pytest.MonkeyPatch.context() as patch, os.fdopen(theirs, "w", encoding="utf-8") as side:
        for name, value in variables.items():
            patch.setenv(name, value)
        patch.setattr(f"sys.{stream}", side)
        cli.main(words)
    reader.join()
    os.close(ours)
    return sent.decode()
