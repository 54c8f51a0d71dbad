"""Doing the same work on many things, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

from splinternet.routing.sweep import Progress
from splinternet.routing.workers import cores, until

__all__ = ["side_by_side"]

#: More at a time would take much memory.
_MOST = 8

#: Seconds after which whoever waits looks up: Ctrl-C wakes nobody once polars has been imported, as
#: its own handler lets a wait go on.
_AWAKE = 0.2

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def side_by_side(
    work: Callable[[_Item], _Made], items: Sequence[_Item], progress: Progress | None = None
) -> list[_Made]:
    """Work on as many things at a time as there are cores, which they share.

    That is quicker than one thing after the other: much of the work is short, and some of it
    cannot be divided. Nested work is done in turn by the same threads, however many ask.

    Results are in the order of the items. When ``work`` or ``progress`` raises, nothing more is
    begun, and what has begun ends soon.
    """
    if not items:
        return []
    results = []
    over = Event()

    def one(item: _Item) -> _Made:
        with until(over):
            return work(item)

    with ThreadPoolExecutor(min(cores(), len(items), _MOST)) as pool:
        try:
            for made in [pool.submit(one, item) for item in items]:
                while not made.done():
                    wait([made], _AWAKE)
                results.append(made.result())
                if progress:
                    progress(len(results), len(items))
        finally:
            over.set()
            pool.shutdown(wait=True, cancel_futures=True)
    return results
