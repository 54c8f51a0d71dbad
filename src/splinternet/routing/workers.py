"""The cores of this machine, shared by everything that computes at the same time.

There is one thread for each core, whoever asks. Work that is handed in waits its turn, so that many
questions asked side by side take no more threads than one. How many there are changes no answer.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import Event
from typing import TypeVar

__all__ = ["cores", "in_order", "until"]

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


#: Tells work of the thread at hand that its results are wanted no more.
_over: ContextVar[Event | None] = ContextVar("over", default=None)


@contextmanager
def until(over: Event) -> Iterator[None]:
    """Let what this thread does in order end soon after an event, by ``CancelledError``."""
    before = _over.set(over)
    try:
        yield
    finally:
        _over.reset(before)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="splinternet")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # the threads stay with the parent


def in_order(work: Callable[[_Item], _Made], items: Iterable[_Item]) -> Generator[_Made]:
    """Results of work on each item, in order, made on every core.

    ``work`` may not wait for other work of this kind: every core could come to wait. Where it
    raises, or the results are wanted no more (see :func:`until`), nothing more is begun and what
    has begun is finished.
    """
    threads, over = cores(), _over.get() or Event()
    if threads == 1:
        yield from map(work, _going_on(items, over))
        return
    waiting = deque(_pool(threads).submit(work, item) for item in items)
    try:
        while waiting:
            if over.is_set():
                raise CancelledError
            yield waiting.popleft().result()
    finally:
        begun = [each for each in waiting if not each.cancel()]
        wait(begun)


def _going_on(items: Iterable[_Item], over: Event) -> Iterator[_Item]:
    for item in items:
        if over.is_set():
            raise CancelledError
        yield item
