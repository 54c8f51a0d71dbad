"""Answers that follow from a world alone: computed once, kept with the world, gone with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from threading import Lock
from typing import Any, TypeVar

import numpy as np
import polars as pl

__all__ = ["Derivable", "Memo"]

_Answer = TypeVar("_Answer")

_CONSTANTS = (type(None), bool, int, float, str, bytes, Enum, np.generic)


class Memo:
    """Answers by kind and question.

    Several threads that ask the same at the same time wait for the first of them. An error is no
    answer: the next to ask computes again.

    No caller can change what is kept: arrays are made read-only, frames are handed out as copies
    (which share their data until one is written to).
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kinds: dict[str, OrderedDict[Hashable, Future[Any]]] = {}

    def __reduce__(self) -> tuple[type[Memo], tuple[()]]:
        return Memo, ()  # a world that is sent elsewhere takes its tables along, not its answers

    def get(
        self, kind: str, question: Hashable, make: Callable[[], _Answer], most: int | None
    ) -> _Answer:
        """Return an answer; see :meth:`Derivable.derived`."""
        while True:
            with self._lock:
                answers = self._kinds.setdefault(kind, OrderedDict())
                pending = answers.get(question)
                if pending is not None:
                    answers.move_to_end(question)
                else:
                    mine = answers[question] = Future()
                    while most is not None and len(answers) > most:
                        answers.popitem(last=False)
            if pending is None:
                return self._made(answers, question, mine, make)
            wait([pending])
            if pending.exception() is None:
                answer: _Answer = _handed_out(pending.result())
                return answer

    def _made(
        self,
        answers: OrderedDict[Hashable, Future[Any]],
        question: Hashable,
        mine: Future[Any],
        make: Callable[[], _Answer],
    ) -> _Answer:
        """Compute an answer for all who wait for it."""
        try:
            answer = make()
            _protect(answer)
        except BaseException as error:
            with self._lock:
                if answers.get(question) is mine:
                    del answers[question]
            mine.set_exception(error)
            raise
        mine.set_result(answer)
        handed: _Answer = _handed_out(answer)
        return handed

    def clear(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._kinds.clear()


@dataclass(frozen=True, eq=False)
class Derivable:
    """Something from which answers follow that are worth keeping as long as it lives."""

    _memo: Memo = field(default_factory=Memo, init=False, repr=False)

    def derived(
        self,
        kind: str,
        make: Callable[[], _Answer],
        *,
        of: Hashable = None,
        most: int | None = None,
    ) -> _Answer:
        """Answer that follows from this world alone, computed by the first who asks.

        Parameters
        ----------
        kind
            What is asked, in a word or two; no other question has it.
        make
            Computes the answer. It must depend on nothing but this world and ``of``.
        of
            What else the answer depends on.
        most
            So many answers of this kind are kept, those that were asked for last; all by default.

        Raises
        ------
        TypeError
            If the answer is of a kind that a caller could change: a list, a dict, a frame within
            a dataclass.
        """
        return self._memo.get(kind, of, make, most)

    def forget(self) -> None:
        """Drop all that was derived, as when measuring how long it takes to compute."""
        self._memo.clear()


def _protect(value: object) -> None:
    """Make arrays read-only, and refuse what cannot be protected."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, tuple):
        for each in value:
            _protect(each)
    elif is_dataclass(value) and not isinstance(value, Derivable):
        for each in fields(value):
            part = getattr(value, each.name)
            if isinstance(part, pl.DataFrame | pl.Series):
                raise TypeError(f"{type(value).__name__}.{each.name} is a frame; keep it apart")
            _protect(part)
    elif not isinstance(value, (pl.DataFrame, pl.Series, Derivable, *_CONSTANTS)):
        raise TypeError(f"a {type(value).__name__} can be changed by whom it is handed to")


def _handed_out(value: Any) -> Any:  # noqa: ANN401 - of whatever type the answer is
    if isinstance(value, pl.DataFrame | pl.Series):
        return value.clone()
    if type(value) is tuple:
        return tuple(map(_handed_out, value))
    return value
