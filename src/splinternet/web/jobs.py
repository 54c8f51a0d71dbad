"""Computations on behalf of requests: bounded, shared by those who ask alike, and cancelled."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any, TypeVar

__all__ = ["AbandonedError", "BusyError", "Jobs", "Progress", "Step", "TooSlowError"]

_Value = TypeVar("_Value")

#: Told of steps done and of all; raises if the work is to stop.
Progress = Callable[[int, int], None]


#: Seconds between looks at whether a computation that nobody watches is overdue.
_LOOK = 0.5

#: How many clients it takes at least to fill a queue.
_CLIENTS = 4


class BusyError(Exception):
    """So many computations wait that no other may."""


class AbandonedError(Exception):
    """Nobody waits for this computation any more."""


class TooSlowError(Exception):
    """A computation took longer than any may."""


@dataclass(frozen=True)
class Step:
    """How far a computation is: its part, from 1 on (0: it waits), and steps done of all."""

    part: int = 0
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class _Answer:
    value: Any


@dataclass(eq=False)
class _Job:
    """Work that some wait for."""

    seconds: float
    keep: bool
    client: str | None
    future: Future[Any] = field(default_factory=Future)
    stop: Event = field(default_factory=Event)
    waiting: int = 0
    step: Step = Step()
    until: float = math.inf

    def begin(self) -> None:
        self.until = time.monotonic() + self.seconds
        self.step = Step(1)

    def tell(self, done: int, total: int) -> None:
        """Note how far the work is; raise if it is to stop."""
        if self.stop.is_set():
            raise AbandonedError
        if time.monotonic() > self.until:
            raise TooSlowError
        before = self.step
        part = before.part + (done <= before.done and before.done > 0)
        self.step = Step(part, done, total)


class Jobs:
    """A pool of threads with a queue of bounded length, and the answers it gave last.

    Parameters
    ----------
    workers
        Computations at a time.
    queue
        How many more may wait.
    seconds
        How long one may take, from when it begins; before that it waits for as long as who asks.
    kept
        How many answers are kept.
    """

    def __init__(self, *, workers: int, queue: int, seconds: float, kept: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="job")
        self._most = workers + queue
        self._share = max(workers + 1, self._most // _CLIENTS)
        self._seconds = seconds
        self._kept = kept
        self._lock = Lock()
        self._running: dict[Hashable, _Job] = {}
        self._unfinished = 0
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def close(self) -> None:
        """Stop what is running, and start nothing more."""
        with self._lock:
            for job in self._running.values():
                job.stop.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def unfinished(self) -> int:
        """How many computations run or wait."""
        return self._unfinished

    def knows(self, key: Hashable) -> bool:
        """Tell whether an answer is at hand."""
        return key in self._answers

    def recall(self, key: Hashable) -> object:
        """Return an answer that is at hand; None if none is."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    async def answer(
        self,
        key: Hashable,
        work: Callable[[Progress], _Value],
        gone: asyncio.Future[None] | None = None,
        *,
        keep: bool = True,
        client: str | None = None,
    ) -> _Value:
        """Return what the work gives, computed once for all who ask by the same key.

        Parameters
        ----------
        key
            What identifies the work.
        work
            The computation. It is to call its progress often, which is how it is cancelled.
        gone
            Is done when who asks no longer waits. The work ends if nobody else waits either.
        keep
            Whether the answer is kept for who asks next.
        client
            Who asks; one client may fill a part of the queue only.

        Raises
        ------
        BusyError
            If the queue is full, or the client's part of it.
        AbandonedError
            If who asks is gone.
        TooSlowError
            If it takes too long.
        Exception
            Whatever the work raises.
        """
        async for step in self._follow(key, work, gone, _LOOK, keep, client):
            if isinstance(step, _Answer):
                value: _Value = step.value
                return value
        raise AbandonedError

    async def watch(
        self,
        key: Hashable,
        work: Callable[[Progress], Any],
        *,
        gone: asyncio.Future[None] | None = None,
        every: float = 0.1,
        client: str | None = None,
    ) -> AsyncGenerator[Step, None]:
        """Yield how far the work is until it is done; as :meth:`answer` otherwise."""
        async for step in self._follow(key, work, gone, every, True, client):
            if isinstance(step, Step):
                yield step

    async def _follow(
        self,
        key: Hashable,
        work: Callable[[Progress], Any],
        gone: asyncio.Future[None] | None,
        every: float,
        keep: bool,
        client: str | None,
    ) -> AsyncGenerator[Step | _Answer, None]:
        """Yield steps, and then the answer."""
        job = self._join(key, work, keep, client)
        if isinstance(job, _Answer):
            yield job
            return
        try:
            done = asyncio.wrap_future(job.future)
            done.add_done_callback(_notice)
            while not done.done():
                left = job.until - time.monotonic()
                if left <= 0:
                    raise TooSlowError
                await asyncio.wait(
                    {done} if gone is None else {done, gone},
                    timeout=min(left, every),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if job.stop.is_set() or (gone is not None and gone.done() and not done.done()):
                    raise AbandonedError
                yield job.step
            yield _Answer(done.result())
        finally:
            self._leave(key, job)

    def _join(
        self, key: Hashable, work: Callable[[Progress], Any], keep: bool, client: str | None
    ) -> _Job | _Answer:
        """Return the answer if it is at hand, else the work: that of others, or started now."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return _Answer(self._answers[key])
            job = self._running.get(key)
            if job is None or job.stop.is_set():
                own = sum(each.client == client for each in self._running.values())
                if self._unfinished >= self._most or (client and own >= self._share):
                    raise BusyError
                job = self._running[key] = _Job(self._seconds, keep, client)
                self._unfinished += 1
                self._pool.submit(self._do, key, job, work)
            job.waiting += 1
            return job

    def _leave(self, key: Hashable, job: _Job) -> None:
        with self._lock:
            job.waiting -= 1
            if not job.waiting:
                job.stop.set()

    def _do(self, key: Hashable, job: _Job, work: Callable[[Progress], Any]) -> None:
        answer, error = None, None
        try:
            if job.stop.is_set():
                raise AbandonedError
            job.begin()
            answer = work(job.tell)
        except BaseException as raised:
            error = raised
        with self._lock:
            self._unfinished -= 1
            if self._running.get(key) is job:
                del self._running[key]
            if error is None and job.keep:
                self._answers[key] = answer
                while len(self._answers) > self._kept:
                    self._answers.popitem(last=False)
        if error is None:
            job.future.set_result(answer)
        else:
            job.future.set_exception(error)


def _notice(done: asyncio.Future[Any]) -> None:
    """Look at an error that nobody waits for any more, lest asyncio reports it as forgotten."""
    if not done.cancelled():
        done.exception()
