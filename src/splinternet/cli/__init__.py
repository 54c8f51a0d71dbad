"""The same in a terminal: a thin skin over the library, and one line for whatever goes wrong."""

from __future__ import annotations

import errno
import io
import os
import shlex
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import typer
import typer.main

from splinternet.base.errors import SplinternetError, UselessChoiceError
from splinternet.base.text import shown
from splinternet.cli.app import app
from splinternet.cli.left_out import why_not
from splinternet.cli.tables import command_line

__all__ = ["app", "main"]

_FAILED, _MISUSED, _INTERRUPTED = 1, 2, 130

#: What typer raises when it is misused itself; it makes only this kind of it public.
_UsageError = typer.BadParameter.__mro__[1]


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line, by default this process's, and return its exit status.

    A failure is told in one line; that the command was interrupted is the caller's to tell.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name must not fail for want of a letter
    try:
        _run(sys.argv[1:] if words is None else list(words))
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        _abandon(sys.stdout)
        return _FAILED
    except BaseException as error:
        return _explain(error)
    return 0


def _open_closed_streams() -> None:
    """Give output that the caller has closed, as with ``>&-``, somewhere to go."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _run(words: list[str]) -> None:
    # Not app(): that would print some errors by itself, and in its own way.
    command = typer.main.get_command(app)
    command_line.set(shlex.join(["splinternet", *words]))
    with command.make_context("splinternet", words) as context:
        command.invoke(context)


def _explain(error: BaseException) -> int:
    """Say in one line what went wrong, and return the exit status."""
    if os.environ.get("SPLINTERNET_DEBUG"):
        traceback.print_exception(error)
    status = _INTERRUPTED
    if not any(isinstance(cause, KeyboardInterrupt) for cause in _causes(error)):
        line, status = _line(error)
        one = shown(" ".join(line.splitlines()))
        print(f"splinternet: {one}", file=sys.stderr)  # noqa: T201
    _abandon(sys.stdout)
    return status


def _line(error: BaseException) -> tuple[str, int]:
    match error:
        case UselessChoiceError(choice=choice):
            from splinternet.measures.catalogue import where_useful

            return f"{error.of_options}{where_useful(choice)}", error.exit_status
        case SplinternetError():
            return error.of_terminal, error.exit_status
        case MemoryError():
            return "out of memory; try fewer origins or networks, or a digest", _FAILED
        case OSError(errno=errno.ENOSPC):
            return "the disk is full; free some space and try again", _FAILED
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or error}", _FAILED
    if isinstance(error, _UsageError):
        said = getattr(error, "format_message")().rstrip(".")  # noqa: B009
        said = said.replace(": Value error, ", ": ")  # a word of typer's own
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "splinternet"
        option = getattr(error, "option_name", None)
        reason = why_not(context, option) if context and option else None
        return f"{reason or said}; see '{command} --help'", _MISUSED
    return (
        f"a bug in splinternet ({type(error).__name__}: {error}); please report it, "
        "with what SPLINTERNET_DEBUG=1 shows",
        _FAILED,
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those it came of; some libraries make another of an interruption."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _abandon(stream: TextIO) -> None:
    """See to it that nothing more is written, at exit either, where it failed before."""
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):  # what is no file, or closed, writes nothing anyway
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
