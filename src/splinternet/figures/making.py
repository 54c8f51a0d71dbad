"""Making folders of figures: of a full world, and of many dates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from splinternet.base.folders import new_folder
from splinternet.figures.shipped import MANIFEST, NAMES, Made
from splinternet.measures.atlas import atlas_manifest
from splinternet.measures.catalogue import Measures
from splinternet.world.manifest import Manifest, Stored, software
from splinternet.world.world import World

__all__ = ["add_table", "made_of", "save_figures"]

#: Digits after the point of what is kept: more would tell of nothing, and take room.
_DIGITS = 5


def made_of(
    worlds: Sequence[World],
    measures: Measures | None = None,
    notes: Sequence[str] = (),
    **choices: Any,  # noqa: ANN401 (of the measures, which check them)
) -> Made:
    """Say what figures were made of, as their manifest has it.

    Parameters
    ----------
    worlds
        The worlds.
    measures, choices
        As :func:`~splinternet.measures.atlas.atlas` takes them.
    notes
        What to know before reading.
    """
    said = atlas_manifest(worlds[0], measures, **choices)
    manifests: tuple[Manifest, ...] = tuple(world.manifest for world in worlds)
    return Made(
        made_by=software(),
        worlds=manifests,
        settings=msgspec.to_builtins(said["settings"]),
        columns=said["columns"],
        notes=tuple(notes),
    )


def save_figures(folder: Path, made: Made, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write tables of figures and their manifest as a folder, in place of what is there.

    Shares have five digits after the point. Names of networks are kept once, in a table of their
    own: in the others, which have most of them several times, the column is empty.

    Raises
    ------
    WorldError
        If the folder cannot be written.
    """
    with new_folder(folder, lambda: None) as scratch:
        stored = {}
        for name, frame in _names_once(frames).items():
            data = _packed(frame)
            (scratch / f"{name}.parquet").write_bytes(data)
            stored[name] = Stored(rows=frame.height, sha256=hashlib.sha256(data).hexdigest())
        said = msgspec.structs.replace(made, tables=stored)
        (scratch / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(said)) + b"\n")


def add_table(folder: Path, name: str, frame: pl.DataFrame) -> None:
    """Add a table to a folder of figures, or make it anew; the others stay as they are.

    Raises
    ------
    WorldError
        If the folder cannot be written.
    """
    made = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Made)
    others = {
        table: pl.read_parquet(folder / f"{table}.parquet")
        for table in made.tables
        if table != name
    }
    save_figures(folder, made, {**others, name: frame})


def _names_once(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Move the names of networks to one table, which takes in what it has already."""
    named = {name: each for name, each in frames.items() if {"asn", "name"} <= set(each.columns)}
    if not named:
        return dict(frames)
    pairs = pl.concat([each.select("asn", "name") for each in named.values()])
    empty = pl.lit(None, pl.String).alias("name")
    bare = {name: each.with_columns(empty) for name, each in named.items() if name != NAMES}
    return {**frames, **bare, NAMES: pairs.drop_nulls().unique().sort("asn")}


def _packed(frame: pl.DataFrame) -> bytes:
    """Pack a table as well as can be: it is shipped.

    Brotli takes a fortieth less than Zstandard, and a millisecond or two to read. Digests, which
    every answer opens, stay with that.
    """
    data = BytesIO()
    rounded = frame.with_columns(pl.selectors.float().round(_DIGITS))
    rounded.write_parquet(data, compression="brotli", compression_level=11, statistics=False)
    return data.getvalue()
