"""Doing the same work on many things, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from splinternet.routing.sweep import Progress
from splinternet.routing.workers import cores

__all__ = ["side_by_side"]

#: More at a time would take much memory.
_MOST = 8

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def side_by_side(
    work: Callable[[_Item], _Made], items: Sequence[_Item], progress: Progress | None = None
) -> list[_Made]:
    """Work on as many things at a time as there are cores, which they share.

    That is quicker than one thing after the other: much of the work is short, and some of it
    cannot be divided. What can is done in turn by the same threads, however many ask.

    Results are in the order of the items. When ``work`` or ``progress`` raises, what has begun is
    finished and nothing more is begun.
    """
    if not items:
        return []
    results = []
    with ThreadPoolExecutor(min(cores(), len(items), _MOST)) as pool:
        try:
            for made in pool.map(work, items):
                results.append(made)
                if progress:
                    progress(len(results), len(items))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return results
