"""Keeping the last answers: several measures of a nation begin with the same question."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from splinternet.world.world import World

__all__ = ["forget", "recent"]

#: Answers kept for each world: as many nations as are asked about at a time, and some.
_MANY = 16

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


def recent(
    function: Callable[Concatenate[World, _Asked], _Answer],
) -> Callable[Concatenate[World, _Asked], _Answer]:
    """Answer again what was asked last of a world, whoever was told of the progress.

    Who asks must not change the answer.
    """
    known: WeakKeyDictionary[World, dict[object, _Answer]] = WeakKeyDictionary()
    _everything.append(known)
    lock = Lock()

    @wraps(function)
    def answer(world: World, /, *args: _Asked.args, **options: _Asked.kwargs) -> _Answer:
        said = {name: value for name, value in options.items() if name != "progress"}
        key = (args, *sorted(said.items()))
        with lock:
            answers = known.setdefault(world, {})
            if key in answers:
                return answers[key]
        found = function(world, *args, **options)
        with lock:
            answers[key] = found
            if len(answers) > _MANY:
                del answers[next(iter(answers))]
        return found

    return answer


def forget() -> None:
    """Keep none of the answers, as when measuring how long they take."""
    for known in _everything:
        known.clear()


_everything: list[WeakKeyDictionary[World, Any]] = []
