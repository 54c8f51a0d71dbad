"""Doing the same work on many things, two at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from splinternet.routing.sweep import Progress, threads

__all__ = ["two_at_a_time"]

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def two_at_a_time(
    work: Callable[[_Item], _Made], items: Sequence[_Item], progress: Progress | None = None
) -> list[_Made]:
    """Work on two things at a time: while one uses a single core, the other can use the rest.

    Results are in the order of the items. When ``work`` or ``progress`` raises, what has begun is
    finished and nothing more is begun.
    """
    results = []
    with ThreadPoolExecutor(min(2, threads())) as pool:
        try:
            for made in pool.map(work, items):
                results.append(made)
                if progress:
                    progress(len(results), len(items))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return results
