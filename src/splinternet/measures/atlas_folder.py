"""Folder of an atlas: what was computed of each nation, so that it can be stopped and resumed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.errors import InputError, MisuseError, WorldError
from splinternet.base.folders import new_file
from splinternet.base.kept import NO_JSON, read_part, write_part
from splinternet.world.manifest import software
from splinternet.world.world import World

__all__ = ["AtlasFolder", "NationPart"]

_SETTINGS = "atlas.json"


class NationPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Figures of one nation, and rows of some measures' tables."""

    figures: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = {}


class AtlasFolder:
    """Figures of nations kept in a folder, one file each.

    Parameters
    ----------
    folder
        The folder; made where there is none.
    world, measures, settings, rows
        All that figures rest on: a folder holds those of one atlas.
    schema
        Columns of the figures of a nation.

    Raises
    ------
    MisuseError
        If the folder holds another atlas, or something else.
    WorldError
        If the folder cannot be made.
    """

    def __init__(
        self,
        folder: Path,
        world: World,
        measures: list[str],
        settings: Mapping[str, Any],
        rows: Mapping[str, str | None],
        schema: Mapping[str, pl.DataType],
    ) -> None:
        self.folder = folder
        said = {
            "made_by": software(),
            "world": _identity(world),
            "measures": measures,
            "settings": msgspec.to_builtins(dict(settings)),
            "rows": {name: rows[name] for name in rows if name in measures},
        }
        self._schema = schema
        self._atlas = hashlib.sha256(msgspec.json.encode(said)).hexdigest()
        path = folder / _SETTINGS
        if path.exists():
            if _decode(path, f"remove {folder}, and all is computed again") != said:
                raise MisuseError(
                    f"{folder}: holds an atlas of another world, settings or version; "
                    "choose another folder, or remove this one"
                )
            return
        # A scratch file, with a dot in front, is what an atlas leaves that was killed at once.
        if folder.exists() and any(each.name[0] != "." for each in folder.iterdir()):
            raise MisuseError(f"{folder}: is no folder of an atlas; choose another")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorldError(
                f"{folder}: cannot be made ({error.strerror}); choose another"
            ) from None
        _encode(path, said)

    def has(self, code: str) -> bool:
        """Whether a nation is there."""
        return (self.folder / f"{code}.json").exists()

    def read(self, code: str) -> NationPart | None:
        """Figures of a nation, None where it is not there; an :class:`InputError` if damaged."""
        path = self.folder / f"{code}.json"
        if not path.exists():
            return None
        cure = "remove it, and its nation is computed again"
        part = read_part(path, self._of(code), NationPart, cure)
        try:
            pl.DataFrame([part.figures], schema=self._schema)
        except (TypeError, pl.exceptions.PolarsError):
            raise InputError(f"damaged; {cure}", path) from None
        if set(part.figures) != set(self._schema):
            raise InputError(f"damaged; {cure}", path)
        return part

    def write(self, code: str, part: NationPart) -> None:
        """Keep the figures of a nation."""
        write_part(self.folder / f"{code}.json", self._of(code), part)

    def _of(self, code: str) -> str:
        """Identify a part: of which atlas, and which nation."""
        return f"{self._atlas} {code}"


def _identity(world: World) -> dict[str, Any]:
    """Tell a world from another by what is in it."""
    digest = hashlib.sha256()
    for frame in (world.networks, world.links, world.located, world.owners):
        digest.update(frame.hash_rows().to_numpy().tobytes())
    return {"name": world.manifest.name, "date": world.manifest.date, "hash": digest.hexdigest()}


def _encode(path: Path, value: Mapping[str, Any]) -> None:
    with new_file(path) as scratch:
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(value)))


def _decode(path: Path, cure: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except NO_JSON:
        raise InputError(f"damaged; {cure}", path) from None
