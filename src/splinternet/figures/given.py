"""Figures of all nations in a file, as ``splinternet atlas -o`` writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.errors import InputError, MisuseError
from splinternet.base.parquet import ParquetError, read_parquet
from splinternet.base.text import read_bounded
from splinternet.figures.matching import DEFAULTS, other_settings, other_world
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = ["read_atlas"]

_READERS: dict[str, Callable[[bytes], pl.DataFrame]] = {
    ".csv": pl.read_csv,
    ".json": pl.read_json,
    ".parquet": read_parquet,
}

#: Bytes of an atlas, or of its manifest; one of all nations has a tenth of a million.
_MOST = 10_000_000
_TOO_LARGE = f"larger than {_MOST:,} bytes, which no atlas is"


def read_atlas(
    path: str | Path, world: World, settings: Mapping[str, Any] = DEFAULTS
) -> pl.DataFrame:
    """Read an atlas that ``splinternet atlas -o`` wrote of this world, with its manifest beside it.

    Raises
    ------
    MisuseError
        If it is of another world, or was made with other settings.
    InputError
        If it, or its manifest, cannot be read, or it is no atlas.
    """
    path = Path(path)
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise MisuseError(f"{path}: an atlas ends in {', '.join(_READERS)}")
    if not path.is_file():
        raise InputError("no such file; 'splinternet atlas -o' makes one", path)
    of, used = _record(path)
    if what := other_world(of, world.manifest) or other_settings(used, settings):
        raise MisuseError(
            f"{path}: is an atlas of {what}; 'splinternet atlas -o' makes one of this world"
        )
    try:
        frame = read(read_bounded(path, _MOST, _TOO_LARGE))
    except (ParquetError, pl.exceptions.PolarsError):
        raise InputError("cannot be read; 'splinternet atlas -o' makes it again", path) from None
    if missing := {"country", "name"} - set(frame.columns):
        raise InputError(f"is no atlas: it has no column {sorted(missing)[0]!r}", path)
    return frame


def _record(path: Path) -> tuple[Manifest, dict[str, Any]]:
    """Read of which world an atlas is, and with which settings it was made."""
    beside = path.with_name(f"{path.name}.manifest.json")
    cure = "'splinternet atlas -o' writes it beside the atlas"
    if not beside.exists():
        raise InputError(f"is missing; {cure}", beside)
    try:
        said = json.loads(read_bounded(beside, _MOST, _TOO_LARGE))
    except (ValueError, RecursionError):
        raise InputError(f"cannot be read; {cure}", beside) from None
    try:
        return msgspec.convert(said["world"], Manifest), dict(said.get("settings", {}))
    except (TypeError, KeyError, msgspec.ValidationError, ValueError):
        raise InputError(f"is no manifest of an atlas; {cure}", beside) from None
