"""What a measure is, so that all can be listed, called and set side by side in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import Any

import polars as pl

from splinternet.base.errors import MisuseError, SplinternetError
from splinternet.world.world import World

__all__ = ["Figure", "Measure", "figures_of", "find_measure", "list_measures", "schema_of"]


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
    settle
        Takes what the function takes and gives, as options, what it would choose by default on
        this world (its core, say), for measuring another world by the same.
    """

    name: str
    question: str
    source: str
    table: Callable[..., pl.DataFrame]
    figures: tuple[Figure, ...]
    summary: Callable[[pl.DataFrame, str], Mapping[str, Any]]
    settle: Callable[..., dict[str, Any]] | None = None

    @property
    def options(self) -> dict[str, Any]:
        """The options that the function takes, and what each is by default."""
        parameters = signature(self.table).parameters.values()
        return {p.name: p.default for p in parameters if p.kind == p.KEYWORD_ONLY}


def figures_of(
    world: World, country: str, measures: Iterable[Measure], options: Mapping[str, object]
) -> dict[str, Any]:
    """Compute the figures of some measures for one nation.

    Parameters
    ----------
    world
        The world.
    country
        The nation's code.
    measures
        What to compute.
    options
        Options of the measures; each is given to those that take it.

    Returns
    -------
    dict
        The figures by name, None where there is nothing to measure, and ``missing``, which says
        why: for each measure that failed or found nothing its name and the reason, else None.
    """
    row: dict[str, Any] = {}
    missing = []
    for measure in measures:
        taken = {key: value for key, value in options.items() if key in measure.options}
        try:
            found = measure.summary(measure.table(world, country, **taken), country)
        except SplinternetError as error:
            missing.append(f"{measure.name}: {error}")
            found = {}
        else:
            if all(value is None for value in found.values()):
                missing.append(f"{measure.name}: found nothing")
        row |= {figure.name: found.get(figure.name) for figure in measure.figures}
    return {**row, "missing": "; ".join(missing) or None}


_TYPES: dict[str, pl.DataType] = {
    "ASN": pl.UInt32(),
    "country": pl.String(),
    "networks": pl.Float64(),
    "text": pl.String(),
}


def schema_of(measures: Iterable[Measure]) -> dict[str, pl.DataType]:
    """Return names and types of what :func:`figures_of` gives."""
    figures = (figure for measure in measures for figure in measure.figures)
    return {
        **{figure.name: _TYPES.get(figure.unit, pl.Float64()) for figure in figures},
        "missing": pl.String(),
    }


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
