"""The measures there are: every module here that declares one, and those of other packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import ModuleType
from typing import Any

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.columns import Column
from splinternet.base.errors import MisuseError
from splinternet.base.parts import Parts, find_parts
from splinternet.measures.measure import Figure, Measure
from splinternet.world.world import World, as_world

__all__ = [
    "GROUP",
    "Measures",
    "column_labels",
    "dated_figures",
    "find_measure",
    "find_measures",
    "headline_figures",
    "list_measures",
    "mapped_figures",
    "measure",
    "share_columns",
    "where_useful",
]

#: The group of entry points by which other packages add measures; each names a ``Measure``.
GROUP = "splinternet.measures"

#: A measure, or its name, or several of them.
Measures = str | Measure | Iterable[str | Measure]


@cache
def _parts() -> Parts[Measure | None]:
    import splinternet.measures as package

    return find_parts("measure", package.__name__, package.__path__, GROUP, _declared)


def _declared(name: str, found: object) -> Measure | None:
    """Measure of a module, if it declares one; an entry point names one."""
    measure = getattr(found, "MEASURE", None) if isinstance(found, ModuleType) else found
    if measure is None:
        return None  # what measures share
    if not isinstance(measure, Measure):
        raise TypeError("MEASURE is no Measure")
    if measure.name != name:
        raise ValueError(f"the measure is called {measure.name!r}; call it {name!r}")
    return measure


def list_measures() -> dict[str, Measure]:
    """Measures by name.

    A module that cannot be used is named in the log, in one line; the others are there all the
    same.

    Examples
    --------
    >>> "cti" in list_measures()
    True
    """
    return {name: measure for name, measure in _parts().known.items() if measure is not None}


def find_measure(measure: str | Measure) -> Measure:
    """Measure of a name; a measure is itself.

    Raises
    ------
    MisuseError
        If there is none of this name.

    Examples
    --------
    >>> find_measure("cti").question
    'Which networks near the nation could watch or disturb what it receives?'
    """
    if isinstance(measure, Measure):
        return measure
    known = list_measures()
    if isinstance(measure, str) and measure in _parts().broken:
        raise MisuseError(_parts().broken[measure])
    if not isinstance(measure, str) or measure not in known:
        raise MisuseError.unknown(
            "measure", str(measure), known, hint=f"there are {', '.join(known)}"
        )
    return known[measure]


def find_measures(measures: Measures | None) -> tuple[Measure, ...]:
    """Measures of some names, or the one of a name; if there is none, all but those on request.

    Raises
    ------
    MisuseError
        If there is none of a name.
    """
    if measures is None:
        return tuple(each for each in list_measures().values() if not each.on_request)
    if isinstance(measures, str | Measure) or not isinstance(measures, Iterable):
        return (find_measure(measures),)
    found = {each.name: each for each in map(find_measure, measures)}
    return tuple(found.values())


@typed
def measure(
    world: World,
    measure: str | Measure,
    country: str,
    **choices: Any,  # noqa: ANN401 (of the measure, which checks them)
) -> pl.DataFrame:
    """Table of a measure of one nation.

    Parameters
    ----------
    world
        The world.
    measure
        A measure, or its name.
    country
        Code or name of the nation.
    choices
        How routes are chosen and what is counted, see :mod:`splinternet.base.choices`, and
        options of the measure's own.

    Raises
    ------
    MisuseError
        If there is no such measure, country or choice.
    WorldError, RoutingError
        As the measure does.

    Examples
    --------
    >>> measure(world, "cti", "CU")["asn"].first()
    11960
    """
    as_world(world)
    return find_measure(measure).asked_alone.table(world, country, **choices)


def where_useful(choice: str) -> str:
    """Say, after an error, to which measures a choice, or an option of their own, is of use.

    Examples
    --------
    >>> where_useful("observers")
    "; it makes a difference to exposure; 'splinternet depend' takes it"
    """
    from splinternet.measures.dependence import QUESTION

    takers = [
        name
        for name, each in list_measures().items()
        if choice in each.takes.names or choice in each.takes.own
    ]
    said = f"; it makes a difference to {', '.join(takers)}" if takers else ""
    is_asked = choice in QUESTION.takes.names and QUESTION.name not in takers
    return f"{said}; 'splinternet depend' takes it" if is_asked else said


def column_labels() -> dict[str, str]:
    """Labels above columns of tables, where the measures agree on them."""
    said: dict[str, set[str]] = {}
    for measure in list_measures().values():
        for column in measure.columns:
            said.setdefault(column.name, set()).add(column.words)
    return {name: words.pop() for name, words in said.items() if len(words) == 1}


@cache
def share_columns() -> frozenset[str]:
    """Columns and figures that are shares wherever a measure has them."""
    units: dict[str, set[str]] = {}
    for measure in list_measures().values():
        declared: tuple[Column | Figure, ...] = (*measure.columns, *measure.figures)
        for each in declared:
            units.setdefault(each.name, set()).add(each.unit)
    return frozenset(name for name, found in units.items() if found == {"share"})


def headline_figures() -> list[tuple[Figure, Measure]]:
    """Figures that a brief begins with and follows over time, in order, and their measures."""
    return _placed(lambda figure: figure.headline)


def dated_figures() -> list[str]:
    """Figures whose changes between two dates a page tells, by name and in order."""
    return [figure.name for figure, _ in _placed(lambda figure: figure.dated)]


def mapped_figures() -> list[str]:
    """Figures that a map of all nations shows, by name and in order."""
    return [figure.name for figure, _ in _placed(lambda figure: figure.mapped)]


def _placed(place: Callable[[Figure], int]) -> list[tuple[Figure, Measure]]:
    """Figures that have a place, in the order of these, and their measures."""
    found = [
        (figure, measure)
        for measure in list_measures().values()
        for figure in measure.figures
        if place(figure)
    ]
    return sorted(found, key=lambda pair: place(pair[0]))
