"""The measures there are: every module here that declares one, and those of other packages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType

from splinternet.base.errors import MisuseError
from splinternet.base.parts import Parts, find_parts
from splinternet.measures.measure import Figure, Measure

__all__ = [
    "GROUP",
    "Measures",
    "find_measure",
    "find_measures",
    "headline_figures",
    "list_measures",
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
    """
    return {name: measure for name, measure in _parts().known.items() if measure is not None}


def find_measure(measure: str | Measure) -> Measure:
    """Measure of a name; a measure is itself.

    Raises
    ------
    MisuseError
        If there is none of this name.
    """
    if isinstance(measure, Measure):
        return measure
    known = list_measures()
    if measure in _parts().broken:
        raise MisuseError(_parts().broken[measure])
    if not isinstance(measure, str) or measure not in known:
        raise MisuseError.unknown(
            "measure", str(measure), known, hint=f"there are {', '.join(known)}"
        )
    return known[measure]


def find_measures(measures: Measures | None) -> tuple[Measure, ...]:
    """Measures of some names, or the one of a name; all if there is none.

    Raises
    ------
    MisuseError
        If there is none of a name.
    """
    if measures is None:
        return tuple(list_measures().values())
    if isinstance(measures, str | Measure):
        return (find_measure(measures),)
    found = {each.name: each for each in map(find_measure, measures)}
    return tuple(found.values())


def headline_figures() -> list[tuple[Figure, Measure]]:
    """Figures that a brief begins with and follows over time, in order, and their measures."""
    found = [
        (figure, measure)
        for measure in list_measures().values()
        for figure in measure.figures
        if figure.headline
    ]
    return sorted(found, key=lambda pair: pair[0].headline)
