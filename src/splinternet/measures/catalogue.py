"""The measures there are: every module here that declares one, and those of other packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from warnings import warn

from splinternet.base.errors import BrokenPlugin, MisuseError
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


def list_measures() -> dict[str, Measure]:
    """Measures by name.

    Warns
    -----
    BrokenPlugin
        Of a module that cannot be imported or declares no measure, in one line; the others are
        there all the same.
    """
    return {measure.name: measure for measure in _declared()}


def _declared() -> Iterator[Measure]:
    import splinternet.measures as package

    for found in iter_modules(package.__path__):
        name = f"{package.__name__}.{found.name}"
        yield from _load(name, partial(_measure_of, name))
    for entry in _entries():
        yield from _load(f"{entry.value} (entry point {entry.name})", entry.load, needed=True)


def _measure_of(module: str) -> object:
    return getattr(import_module(module), "MEASURE", None)


@cache
def _entries() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))


def _load(where: str, load: Callable[[], object], *, needed: bool = False) -> Iterator[Measure]:
    """Yield the measure of a module, if it declares one."""
    try:
        found = load()
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        warn(f"{where}: no measure, for it cannot be loaded ({reason})", BrokenPlugin, stacklevel=4)
        return
    if isinstance(found, Measure):
        yield found
    elif needed or found is not None:
        warn(f"{where}: no measure, for MEASURE is no Measure", BrokenPlugin, stacklevel=4)


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
