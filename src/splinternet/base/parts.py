"""Parts that register by being there: modules of a folder, and entry points of other packages."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from splinternet.base.errors import MisuseError

__all__ = ["Parts", "find_parts"]

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Parts(Generic[_Part]):
    """Parts of one sort, such as measures, by name.

    Attributes
    ----------
    what
        What one of them is called.
    known
        Those that can be used, in the order of their names, our own first.
    broken
        Why each of the others cannot, in one line.
    """

    what: str
    known: dict[str, _Part]
    broken: dict[str, str]

    def find(self, name: str) -> _Part:
        """Return the part of a name.

        Raises
        ------
        MisuseError
            If there is none, or it is broken.
        """
        if name in self.broken:
            raise MisuseError(self.broken[name])
        if name not in self.known:
            raise MisuseError.unknown(
                self.what, name, self.known, f"known: {', '.join(self.known)}"
            )
        return self.known[name]


def find_parts(
    what: str, package: str, paths: Iterable[str], group: str, take: Callable[[str, Any], _Part]
) -> Parts[_Part]:
    """Load every module of a package's folders, and every entry point of a group.

    One that cannot be used is left out and named in the log, in one line: it spoils nothing else.

    Parameters
    ----------
    what
        What a part is called in messages.
    package, paths
        The package and its folders. Modules whose name begins with an underscore are no parts.
    group
        Entry points with which other packages register theirs, as ``splinternet.shocks``.
    take
        Gives the part, from the name and the module (or what else an entry point names); raises
        if there is none.
    """
    known: dict[str, _Part] = {}
    broken: dict[str, str] = {}
    for name, where, load in _offered(package, paths, group):
        try:
            if name in known:
                raise ValueError("the name is taken; call it otherwise")
            known[name] = take(name, load())
        except Exception as error:  # whatever the code of others raises
            said = " ".join(str(error).split())
            line = f"{what} {name!r} ({where}) cannot be used: {type(error).__name__}: {said}"
            broken.setdefault(name, line)
            logging.getLogger("splinternet").warning("%s", line)
    return Parts(what, known, {name: line for name, line in broken.items() if name not in known})


def _offered(
    package: str, paths: Iterable[str], group: str
) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Yield the name of each part, where it is from, and what loads it."""
    modules = sorted(m.name for m in pkgutil.iter_modules(paths) if not m.name.startswith("_"))
    for name in modules:
        called = f"{package}.{name}"
        yield name, called, partial(importlib.import_module, called)
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        yield point.name, f"{point.value}, an entry point of {group}", point.load
