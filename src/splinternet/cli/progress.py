"""Progress of long work: a bar on standard error, and only if that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

__all__ = ["progress_bar", "stages_bar"]


@contextmanager
def stages_bar(first: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give a function that is told of a stage's name, its steps done and all of its steps.

    Until it is told something the bar says ``first``. Where nobody would see it, give None.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(first, total=None)

        def report(stage: str, done: int, total: int) -> None:
            bars.update(task, description=stage, completed=done, total=total)

        yield report


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that is told of steps done and of all; None where nobody would see it."""
    with stages_bar(what) as report:
        yield None if report is None else partial(report, what)
