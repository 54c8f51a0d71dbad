"""The question of a brief: a nation, in a world, by choices of routes and of what counts."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import polars as pl

from splinternet.base.choices import CHOICES, ROUTING, Counting, Routing, Weights
from splinternet.base.errors import SplinternetError
from splinternet.base.takes import Takes
from splinternet.figures.shipped import Figures
from splinternet.measures.atlas import settings_of
from splinternet.measures.measure import Measure
from splinternet.routing.sweep import Progress
from splinternet.world.catalogue import DEFAULT_WORLD
from splinternet.world.world import World

__all__ = ["FIGURES", "NOTHING", "TAKES", "Asked", "Missing", "attempt", "compared_by"]

#: The choices that a brief leaves open.
TAKES = Takes(
    "brief",
    ("weights", "where", "outside", "vantages", "by", "observers", *ROUTING),
)
#: Those of them that change no figure and add a part.
_PARTS = ("by", "observers")
#: Those that change figures; and no choice at all, for questions about a ledger.
FIGURES = Takes("brief", tuple(name for name in TAKES.names if name not in _PARTS))
NOTHING = Takes("ledger", ())

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Missing:
    """Says why there is no figure."""

    reason: str


@dataclass(frozen=True, eq=False)
class Asked:
    """A nation, in a world, by choices of routes and of what counts.

    Attributes
    ----------
    world
        The world.
    country
        The nation's code.
    routing
        How networks choose routes.
    counting
        What is counted, and by what.
    called, scenario, listed
        By what the command line finds the world; the scenario that it is after, and the file of
        vantages, if any.
    progress
        Told of steps done, of all.
    figures
        Figures of the full world that are shipped for this question, which levels come from, or
        these moved by a scenario; None where they are computed on the world itself.
    before
        The world before any scenario; the same by default.
    """

    world: World
    country: str
    routing: Routing
    counting: Counting
    called: str
    scenario: str | None = None
    listed: str | None = None
    progress: Progress | None = None
    figures: Figures | None = None
    before: World | None = None

    @property
    def standing(self) -> World:
        """World in which operators' parts of the nation are counted: that before a scenario."""
        return self.before or self.world

    @property
    def full(self) -> Figures | None:
        """Figures that are the full world's as they are shipped, moved by no scenario."""
        return None if self.world.manifest.after else self.figures

    def shipped(self, table: str) -> pl.DataFrame | None:
        """Rows of a measure's table of the full world, those of 1 % or more, if any is shipped."""
        rows = None if self.figures is None else self.figures.table(table, self.country)
        return None if rows is None or rows.is_empty() else rows

    @property
    def weights(self) -> Weights:
        """Weight of a network of the nation."""
        return self.counting.weights

    @property
    def options(self) -> dict[str, Any]:
        """Choices by which all of a brief is computed, and where progress is told."""
        return {**FIGURES.said(self.routing, self.counting), "progress": self.progress}

    def answer(self, measure: Measure, **more: object) -> pl.DataFrame:
        """Table of a measure of the nation, by those of the choices that it leaves open.

        Raises
        ------
        MisuseError, WorldError, RoutingError
            As the measure does.
        """
        return measure.table(self.world, self.country, **measure.only(self.options), **more)

    @property
    def is_usual(self) -> bool:
        """Whether every choice is the one by default."""
        return self._choices == TAKES.defaults

    def command(self, words: str, takes: Takes = TAKES, only: Collection[str] = ()) -> str:
        """Command line on this world.

        Parameters
        ----------
        words
            The command and what is its own.
        takes
            What it leaves open. Choices that are not its default are written, those alone that
            only add a part to a brief for a brief alone.
        only
            Names of the choices that are written; all if empty.
        """
        world = "" if self.called == DEFAULT_WORLD else f" --world {shlex.quote(self.called)}"
        after = "" if self.scenario is None else f" --scenario {shlex.quote(self.scenario)}"
        wanted = {name for name in takes.names if takes is TAKES or name not in _PARTS}
        chosen = self._flags(wanted & {*only} if only else wanted, takes)
        return f"splinternet{world}{after} {' '.join([words, *chosen])}"

    @property
    def chosen(self) -> str:
        """Choices that are not those by default, as a command line has them."""
        return " ".join(self._flags(TAKES.names, TAKES))

    def _flags(self, names: Collection[str], takes: Takes) -> Iterator[str]:
        for name, value in self._choices.items():
            if name not in names or value == takes.defaults[name]:
                continue
            flag = f"--{(CHOICES[name].flag or name).replace('_', '-')}"
            if CHOICES[name].repeated:
                yield from (f"{flag} {shlex.quote(_written(each))}" for each in value)
            elif name == "vantages" and self.listed is not None:
                yield f"{flag} {shlex.quote(self.listed)}"
            else:
                yield f"{flag} {_written(value)}"

    @property
    def _choices(self) -> dict[str, Any]:
        """Each choice that a brief leaves open."""
        return TAKES.said(self.routing, self.counting)


def compared_by(routing: Routing, counting: Counting) -> dict[str, Any]:
    """Choices of a brief that change figures, as figures of all nations record theirs."""
    return settings_of(FIGURES.said(routing, counting))


def _written(value: object) -> str:
    """Value of a choice, or one of its values, as a command line has it."""
    if isinstance(value, tuple):
        return ",".join(map(_written, value))
    return f"AS{value}" if isinstance(value, int) else str(value)


def attempt(compute: Callable[[], _Result]) -> _Result | Missing:
    """Compute something, or say why that cannot be done."""
    try:
        return compute()
    except SplinternetError as error:
        return Missing(str(error))
