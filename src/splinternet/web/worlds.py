"""The worlds that are served: opened when first asked for, and again when they change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from splinternet.base.errors import MisuseError, WorldError
from splinternet.world.catalogue import DEFAULT_WORLD, find_world, list_worlds
from splinternet.world.manifest import Manifest
from splinternet.world.world import MANIFEST, World, read_manifest

__all__ = ["Served", "WorldGoneError", "Worlds"]

#: Worlds held in memory at a time; a full one takes some 100 MB with its graph.
_HELD = 3

_Stamp = tuple[int, int, int]


class WorldGoneError(WorldError):
    """A world that is served has vanished, or was damaged, while the server ran."""


@dataclass(frozen=True)
class Served:
    """A world as it is offered: its name in addresses, its folder, its manifest."""

    name: str
    folder: Path
    manifest: Manifest

    def record(self) -> dict[str, Any]:
        """Return what files made of this world say of it."""
        return {"world": msgspec.to_builtins(self.manifest)}


class Worlds:
    """The worlds of a server. Requests name them; no folder ever comes from a request.

    Parameters
    ----------
    worlds
        Names or folders. The first is the one meant where none is named. By default all that
        can be opened by name.

    Raises
    ------
    MisuseError
        If there is none, or two have one name.
    WorldError
        If one is damaged.
    """

    def __init__(self, worlds: Iterable[str | Path] = ()) -> None:
        self._served: dict[str, Served] = {}
        for each in list(worlds) or _named():
            folder = find_world(each).absolute()
            manifest = read_manifest(folder)
            if manifest.name in self._served:
                raise MisuseError(
                    f"two worlds are called {manifest.name}: {self._served[manifest.name].folder} "
                    f"and {folder}; serve one of them"
                )
            self._served[manifest.name] = Served(manifest.name, folder, manifest)
        self._open: OrderedDict[str, tuple[_Stamp, World]] = OrderedDict()
        self._lock = Lock()

    def __iter__(self) -> Iterator[Served]:
        return iter(self._served.values())

    @property
    def default(self) -> str:
        """The world that is meant where none is named."""
        return next(iter(self._served))

    def served(self, name: str) -> Served:
        """Return what is offered by this name, or of this month.

        Raises
        ------
        MisuseError
            If nothing is.
        """
        for served in self:
            if name in (served.name, served.manifest.date[:7]):
                return served
        known = ", ".join(self._served)
        raise MisuseError.unknown("world", name, self._served, f"here are {known}")

    def stamp(self, name: str) -> _Stamp:
        """Return what changes when a world's folder does.

        Raises
        ------
        MisuseError
            If there is no such world.
        WorldGoneError
            If its folder has vanished.
        """
        served = self.served(name)
        try:
            found = (served.folder / MANIFEST).stat()
        except OSError:
            self._open.pop(served.name, None)
            raise WorldGoneError(f"world {name} is not where it was; put its folder back") from None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def open(self, name: str) -> World:
        """Open a world, once for all who ask.

        Raises
        ------
        MisuseError
            If there is no such world.
        WorldGoneError
            If it has vanished, or is damaged.
        """
        stamp, served = self.stamp(name), self.served(name)
        name = served.name
        with self._lock:
            if name in self._open and self._open[name][0] == stamp:
                self._open.move_to_end(name)
                return self._open[name][1]
            try:
                world = World.open(served.folder)
            except WorldError:
                self._open.pop(name, None)
                raise WorldGoneError(f"world {name} is damaged; import or fetch it again") from None
            self._open[name] = (stamp, world)
            self._open.move_to_end(name)
            while len(self._open) > _HELD:
                self._open.popitem(last=False)
            return world


def _named() -> list[str]:
    """Name the worlds that can be opened by name, the default one first."""
    worlds = list_worlds()
    names = worlds.filter(worlds["kind"] != "damaged")["name"].unique().to_list()
    if not names:
        raise MisuseError("there is no world to serve; 'splinternet import' makes one")
    return sorted(names, key=lambda name: (name != DEFAULT_WORLD, name))
