"""What a measure is, so that all can be listed, called and set side by side in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import Any

import polars as pl

from splinternet.errors import MisuseError

__all__ = ["Figure", "Measure", "find_measure", "list_measures"]


@dataclass(frozen=True)
class Figure:
    """One figure of a nation that a measure gives: a column of a table of many nations."""

    name: str
    unit: str
    doc: str


@dataclass(frozen=True)
class Measure:
    """A published way to say how dependent, exposed or fragile a nation's Internet is.

    Attributes
    ----------
    name
        One word, as the command line has it.
    question
        What it answers, in plain words.
    source
        Who defined it, and where.
    table
        The function: a world, a country and options by keyword give a polars frame.
    figures
        What is left of the table in a list of nations.
    summary
        Gives those figures, by name, from the table and the country's code; None where there is
        nothing to measure.
    """

    name: str
    question: str
    source: str
    table: Callable[..., pl.DataFrame]
    figures: tuple[Figure, ...]
    summary: Callable[[pl.DataFrame, str], Mapping[str, Any]]

    @property
    def options(self) -> dict[str, Any]:
        """The options that the function takes, and what each is by default."""
        parameters = signature(self.table).parameters.values()
        return {p.name: p.default for p in parameters if p.kind == p.KEYWORD_ONLY}


def list_measures() -> dict[str, Measure]:
    """Return all measures by name: every module of this package that declares one."""
    import splinternet.measures as package

    modules = (
        import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__)
    )
    found = (vars(module).get("MEASURE") for module in modules)
    return {measure.name: measure for measure in found if isinstance(measure, Measure)}


def find_measure(name: str) -> Measure:
    """Return the measure of this name.

    Raises
    ------
    MisuseError
        If there is none.
    """
    known = list_measures()
    if name not in known:
        raise MisuseError.unknown("measure", name, known, hint=f"there are {', '.join(known)}")
    return known[name]
