"""What a brief is asked for: a nation, in a world, under rules."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from splinternet.base.choices import Prefer, TieBreak
from splinternet.base.errors import SplinternetError
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import Weights
from splinternet.world.catalogue import DEFAULT_WORLD
from splinternet.world.world import World

__all__ = ["Asked", "Missing", "attempt"]

_DEFAULTS = {"weights": "addresses", "prefer": "customer-first", "tie_break": "split"}

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Missing:
    """Says why there is no figure."""

    reason: str


@dataclass(frozen=True, eq=False)
class Asked:
    """A nation, in a world, under rules.

    Attributes
    ----------
    world
        The world.
    country
        The nation's code.
    weights, prefer, tie_break
        As for :func:`splinternet.measures.dependence.depend`.
    called, scenario
        By what the command line finds the world, and the scenario that it is after, if any.
    progress
        Told of steps done, of all.
    """

    world: World
    country: str
    weights: Weights
    prefer: Prefer
    tie_break: TieBreak
    called: str
    scenario: str | None = None
    progress: Progress | None = None

    @property
    def routing(self) -> dict[str, Any]:
        """Options of measures that choose routes."""
        return {
            "weights": self.weights,
            "prefer": self.prefer,
            "tie_break": self.tie_break,
            "progress": self.progress,
        }

    def command(self, words: str, takes: str = "weights prefer tie_break") -> str:
        """Write a command line on this world, with the options it ``takes`` that are not usual."""
        world = "" if self.called == DEFAULT_WORLD else f" --world {shlex.quote(self.called)}"
        after = "" if self.scenario is None else f" --scenario {shlex.quote(self.scenario)}"
        options = "".join(
            f" --{name.replace('_', '-')} {getattr(self, name)}"
            for name in takes.split()
            if getattr(self, name) != _DEFAULTS[name]
        )
        return f"splinternet{world}{after} {words}{options}"


def attempt(compute: Callable[[], _Result]) -> _Result | Missing:
    """Compute something, or say why that cannot be done."""
    try:
        return compute()
    except SplinternetError as error:
        return Missing(str(error))
