"""What a brief is asked for: a nation, in a world, under rules."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

from splinternet.base.choices import Counting, Routing, Weights
from splinternet.base.errors import SplinternetError
from splinternet.figures.shipped import Figures
from splinternet.routing.sweep import Progress
from splinternet.world.catalogue import DEFAULT_WORLD
from splinternet.world.world import World

__all__ = ["Asked", "Missing", "attempt"]

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
    routing
        How networks choose routes.
    weights
        What a network of the nation counts.
    called, scenario
        By what the command line finds the world, and the scenario that it is after, if any.
    progress
        Told of steps done, of all.
    figures
        Figures of the full world that are shipped for this question, which levels come from; None
        where they are computed on the world itself.
    """

    world: World
    country: str
    routing: Routing
    weights: Weights
    called: str
    scenario: str | None = None
    progress: Progress | None = None
    figures: Figures | None = None

    def shipped(self, table: str) -> pl.DataFrame | None:
        """Rows of a measure's table of the full world, those of 1 % or more, if any is shipped."""
        rows = None if self.figures is None else self.figures.table(table, self.country)
        return None if rows is None or rows.is_empty() else rows

    @property
    def choices(self) -> dict[str, Any]:
        """Each choice that a brief leaves open."""
        return {"weights": self.weights, **vars(self.routing)}

    @property
    def is_usual(self) -> bool:
        """Whether every choice is the one by default."""
        return self.choices == Asked.usual()

    @staticmethod
    def usual() -> dict[str, Any]:
        """Each choice by default."""
        return {"weights": Counting().weights, **vars(Routing())}

    @property
    def options(self) -> dict[str, Any]:
        """Options of measures that choose routes."""
        return {"routing": self.routing, "weights": self.weights, "progress": self.progress}

    def command(self, words: str, takes: str = "weights prefer tie_break links") -> str:
        """Write a command line on this world, with the options it ``takes`` that are not usual."""
        world = "" if self.called == DEFAULT_WORLD else f" --world {shlex.quote(self.called)}"
        after = "" if self.scenario is None else f" --scenario {shlex.quote(self.scenario)}"
        options = "".join(
            f" --{name.replace('_', '-')} {self.choices[name]}"
            for name in takes.split()
            if self.choices[name] != Asked.usual()[name]
        )
        return f"splinternet{world}{after} {words}{options}"


def attempt(compute: Callable[[], _Result]) -> _Result | Missing:
    """Compute something, or say why that cannot be done."""
    try:
        return compute()
    except SplinternetError as error:
        return Missing(str(error))
