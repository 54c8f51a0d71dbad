"""Catalogue of worlds: the shipped digests and the user's data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError, WorldError
from splinternet.world.schema import TABLES
from splinternet.world.world import MANIFEST, World, read_manifest

__all__ = [
    "DEFAULT_WORLD",
    "SHIPPED",
    "data_folder",
    "downloads_folder",
    "find_world",
    "list_worlds",
    "open_world",
    "shipped_worlds",
    "worlds_folder",
]

#: The world that is meant where none is named.
DEFAULT_WORLD = "2019-12"

#: The digests that come with the package, a folder each.
SHIPPED = Path(__file__).with_name("shipped")

_COLUMNS = pl.Schema(
    {
        "name": pl.String(),
        "date": pl.String(),
        "kind": pl.String(),
        "networks": pl.Int64(),
        "links": pl.Int64(),
        "place": pl.String(),
        "made": pl.String(),
    }
)


def data_folder() -> Path:
    """Folder of downloads and worlds: ``SPLINTERNET_DATA``, or the system's place for user data."""
    given = os.environ.get("SPLINTERNET_DATA")
    return (
        Path(given).expanduser()
        if given
        else Path(platformdirs.user_data_dir("splinternet", False))
    )


def worlds_folder() -> Path:
    """Folder in which a world can be found by its name."""
    return data_folder() / "worlds"


def downloads_folder() -> Path:
    """Folder of downloaded files, with a folder for each snapshot."""
    return data_folder() / "downloads"


def find_world(name_or_path: str | Path) -> Path:
    """Return the folder of a world.

    Parameters
    ----------
    name_or_path
        The name of a world in the data folder, else of a shipped digest, see :func:`list_worlds`;
        else a folder that holds a world. A :class:`~pathlib.Path`, or text with a separator as in
        ``./2019-12``, is never a name.

    Raises
    ------
    MisuseError
        If there is no such world.
    """
    if not isinstance(name_or_path, str | os.PathLike) or name_or_path == "":
        raise MisuseError(
            f"{name_or_path!r} is no world; give a name, as {DEFAULT_WORLD!r}, or a folder"
        )
    known = {folder.name: folder for folder in reversed(list(_folders()))}
    path, name = Path(name_or_path), str(name_or_path)
    may_be_name = isinstance(name_or_path, str) and not {os.sep, os.altsep} & set(name)
    if may_be_name and name in known:
        return known[name]
    if (path / MANIFEST).is_file():
        return path
    if path.exists() or not may_be_name:
        raise MisuseError(
            f"{path}: no world here (no {MANIFEST}); 'splinternet worlds' lists those there are, "
            "'splinternet import' makes one"
        )
    hint = "'splinternet worlds' lists those there are, 'splinternet fetch' downloads one"
    raise MisuseError.unknown("world", name, list(known), hint)


@typed
def open_world(name_or_path: str | Path = DEFAULT_WORLD) -> World:
    """World of a name or folder.

    Raises
    ------
    MisuseError
        If there is no such world.
    WorldError
        If it is damaged.

    Examples
    --------
    >>> open_world("2019-12")
    <World 2019-12 (digest): 20,589 networks, 64,038 links>
    """
    return World.open(find_world(name_or_path))


def list_worlds() -> pl.DataFrame:
    """Worlds that can be opened by name.

    Returns
    -------
    polars.DataFrame
        Columns ``name``, ``date``, ``kind`` (full, digest or damaged), ``networks`` and ``links``
        (counts), ``place`` (the folder, or ``shipped``) and ``made`` (time), sorted by name. Of
        two worlds with one name the first is the one opened. Facts that a damaged one lacks are
        null.

    Examples
    --------
    >>> list_worlds()["name"].to_list()
    ['2019-12', '2023-11', '2025-09']
    """
    rows = [_describe(folder) for folder in _folders()]
    return pl.DataFrame(rows, schema=_COLUMNS, orient="row").sort("name", maintain_order=True)


def shipped_worlds() -> list[Path]:
    """Folders of the worlds that come with the program, by name."""
    return sorted(folder for folder in _folders() if folder.parent == SHIPPED)


def _folders() -> Iterator[Path]:
    """Folders that hold worlds, the preferred one of a name first."""
    for place in (worlds_folder(), SHIPPED):
        if place.is_dir():
            # A leading dot marks a save in progress.
            yield from sorted(
                folder
                for folder in place.iterdir()
                if folder.is_dir() and not folder.name.startswith(".")
            )


def _describe(folder: Path) -> tuple[str | int | None, ...]:
    place = "shipped" if folder.parent == SHIPPED else str(folder)
    try:
        manifest = read_manifest(folder)
    except WorldError:
        return folder.name, None, "damaged", None, None, place, None
    whole = all(
        table.optional if name not in manifest.tables else (folder / f"{name}.parquet").is_file()
        for name, table in TABLES.items()
    )
    rows = {name: stored.rows for name, stored in manifest.tables.items()}
    return (
        folder.name,
        manifest.date,
        manifest.kind if whole else "damaged",
        rows.get("networks"),
        rows.get("links"),
        place,
        manifest.made,
    )
