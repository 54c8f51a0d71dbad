"""Bars that show how far downloads are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from splinternet.world.download import Report

__all__ = ["download_bars"]


@contextmanager
def download_bars(show: bool) -> Iterator[Callable[[str], Report]]:
    """Give a function that makes a progress bar for a file, or does nothing."""
    if not show:
        yield lambda _name: lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TaskID,
        TextColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:

        def bar(name: str) -> Report:
            task: TaskID | None = None

            def report(done: int, total: int | None) -> None:
                nonlocal task  # made on the first news: a file that is not there gets no bar
                if task is None:
                    task = bars.add_task(name, total=total)
                bars.update(task, completed=done, total=total)

            return report

        yield bar
