"""A world: what the Internet is on a date, as frozen tables with their provenance."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import msgspec
import polars as pl

from splinternet.base.checked import check_fields, typed
from splinternet.base.errors import MisuseError, WorldError, remedy
from splinternet.base.folders import new_folder, recover
from splinternet.base.html import html_facts
from splinternet.base.kept import NO_JSON
from splinternet.base.naming import shown_name
from splinternet.base.parquet import ParquetError, read_parquet
from splinternet.base.texts import phrase
from splinternet.world.checks import check_links, check_paths, check_table
from splinternet.world.manifest import Manifest, Stored
from splinternet.world.memo import Derivable
from splinternet.world.questions import Questions
from splinternet.world.schema import TABLES

__all__ = ["MANIFEST", "World", "as_world", "check_free", "read_manifest"]

#: The file that makes a folder a world.
MANIFEST = "manifest.json"

_KINDS = ("full", "digest")

_AGAIN = "import or fetch the world again"

#: Bytes of one file of a world at the most; the largest so far has 8 million.
_MOST_BYTES = 256 << 20


def _file(table: str) -> str:
    return f"{table}.parquet"


_FILES = (MANIFEST, *map(_file, TABLES))


def _empty(name: str) -> pl.DataFrame:
    return _rowless(name).clone()


@cache
def _rowless(name: str) -> pl.DataFrame:
    return TABLES[name].empty()


#: What replaces a world that is there.
_FORCE = remedy("overwrite=True", "--force")


@dataclass(frozen=True, eq=False)
class World(Derivable, Questions):
    """World: the Internet on a date.

    Answers computed from its tables alone are kept with it; see :meth:`derived`.

    Attributes
    ----------
    manifest
        Where it came from.
    networks, links, exchanges, exchange_members, cables, landings, located, owners, roas,
    filtering, paths, learned, preferred
        Tables as declared in :mod:`splinternet.world.schema`.

    Raises
    ------
    WorldError
        If a table does not match its declaration, has two rows for one thing, if a link names a
        network that ``networks`` lacks, or a path does not lead from its monitor to its origin.

    Examples
    --------
    >>> open_world("2019-12").depend("CU")["asn"].first()
    11960
    """

    manifest: Manifest
    networks: pl.DataFrame
    links: pl.DataFrame
    exchanges: pl.DataFrame = field(default_factory=lambda: _empty("exchanges"))
    exchange_members: pl.DataFrame = field(default_factory=lambda: _empty("exchange_members"))
    cables: pl.DataFrame = field(default_factory=lambda: _empty("cables"))
    landings: pl.DataFrame = field(default_factory=lambda: _empty("landings"))
    located: pl.DataFrame = field(default_factory=lambda: _empty("located"))
    owners: pl.DataFrame = field(default_factory=lambda: _empty("owners"))
    roas: pl.DataFrame = field(default_factory=lambda: _empty("roas"))
    filtering: pl.DataFrame = field(default_factory=lambda: _empty("filtering"))
    paths: pl.DataFrame = field(default_factory=lambda: _empty("paths"))
    learned: pl.DataFrame = field(default_factory=lambda: _empty("learned"))
    preferred: pl.DataFrame = field(default_factory=lambda: _empty("preferred"))

    def __post_init__(self) -> None:
        check_fields(self)
        for table in TABLES.values():
            check_table(table, getattr(self, table.name))
        check_links(self.networks, self.links)
        if self.paths.height:
            check_paths(self.paths)

    @property
    def named(self) -> pl.DataFrame:
        """The networks table, each named as people know it, and as every answer names it.

        By its organisation where its own name is but a handle, as LEVEL3, or where it has none;
        :attr:`networks` has both as the registry does.
        """
        return self.derived("named", lambda: self.networks.with_columns(shown_name()))

    def __repr__(self) -> str:
        after = "".join(f' after "{name}"' for name in self.manifest.after)
        return (
            f"<World {self.manifest.name} ({self.manifest.kind}){after}: "
            f"{self.networks.height:,} networks, {self.links.height:,} links>"
        )

    def _repr_html_(self) -> str:
        """Table of what the world is, for notebooks."""
        manifest = self.manifest
        facts = {
            phrase("notebook.world.date"): manifest.date,
            phrase("notebook.world.kind"): manifest.kind,
            phrase("notebook.world.after"): ", ".join(manifest.after),
            phrase("notebook.world.networks"): f"{self.networks.height:,}",
            phrase("notebook.world.links"): f"{self.links.height:,}",
            phrase("notebook.world.made_by"): manifest.made_by,
        }
        return html_facts(phrase("notebook.world.heading", world=manifest.name), facts)

    @typed
    def save(self, path: str | Path, *, overwrite: bool = False) -> None:
        """Write the world as a folder of Parquet files and ``manifest.json``.

        The folder appears whole or not at all.

        Raises
        ------
        WorldError
            If the folder may not be made or replaced, see :func:`check_free`, or if it cannot be
            written.
        """
        folder = Path(path)
        with new_folder(folder, lambda: check_free(folder, overwrite=overwrite)) as scratch:
            stored = {name: self._store(name, scratch / _file(name)) for name in TABLES}
            manifest = msgspec.structs.replace(self.manifest, tables=stored)
            (scratch / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))

    def _store(self, name: str, path: Path) -> Stored:
        frame: pl.DataFrame = getattr(self, name)
        # Digests are shipped: they are packed as well as can be, which takes its time.
        level = 22 if self.manifest.is_digest else 3
        packed = BytesIO()
        frame.write_parquet(packed, compression="zstd", compression_level=level, statistics=False)
        data = packed.getvalue()
        # Written by Python, for polars does not say of every disk that it is full.
        path.write_bytes(data)
        return Stored(rows=frame.height, sha256=hashlib.sha256(data).hexdigest())

    @classmethod
    @typed
    def open(cls, path: str | Path) -> World:
        """Read a saved world.

        Raises
        ------
        WorldError
            If the folder is not a world, or a table is missing or not as it was written.
        """
        folder = Path(path)
        held = _files(folder)
        manifest = _manifest(folder, held.get(MANIFEST))
        tables = {
            name: _table(folder, name, held.get(_file(name)), manifest.tables.get(name))
            for name in TABLES
        }
        return cls(manifest=manifest, **tables)


class _Table:
    """A table of a world: all who ask get a frame of their own.

    Writing into it changes no answer of the world.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, world: World | None, _owner: type | None = None) -> pl.DataFrame:
        if world is None or self._name not in vars(world):
            raise AttributeError(self._name)
        frame: pl.DataFrame = vars(world)[self._name]
        return frame.clone() if isinstance(frame, pl.DataFrame) else frame

    def __set__(self, world: World, frame: pl.DataFrame) -> None:
        vars(world)[self._name] = frame


for _name in TABLES:
    setattr(World, _name, _Table(_name))


def as_world(given: object) -> World:
    """World that a caller gave.

    Raises
    ------
    MisuseError
        If it is none.
    """
    if not isinstance(given, World):
        raise MisuseError(f"{given!r} is no World; open one, as open_world('2019-12')")
    return given


def check_free(folder: Path, *, overwrite: bool) -> None:
    """Check that a world may be saved as this folder.

    It may if there is nothing. With ``overwrite`` it may also replace a world, and a folder that
    holds nothing but files of a world: an empty one, or a damaged world.

    Raises
    ------
    WorldError
        If it may not.
    """
    if not folder.exists():
        return
    if not overwrite:
        raise WorldError(f"{folder}: exists already; choose another folder or say {_FORCE}")
    if not _is_replaceable(folder):
        raise WorldError(f"{folder}: is no world, so {_FORCE} does not replace it")


def _is_replaceable(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except WorldError:
        return folder.is_dir() and all(path.name in _FILES for path in folder.iterdir())
    return True


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a saved world.

    Raises
    ------
    WorldError
        If there is none or it cannot be read.
    """
    return _manifest(folder, _files(folder, [MANIFEST]).get(MANIFEST))


def _files(folder: Path, names: Sequence[str] = _FILES) -> dict[str, bytes]:
    """Read files of a folder at once, and of one folder only, though another may take its place."""
    recover(folder)
    while True:
        try:
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise WorldError(f"{folder}: cannot be read ({error.strerror})") from None
        try:
            each = ((name, _held(folder, opened, name)) for name in names)
            found = {name: data for name, data in each if data is not None}
            is_there = folder.exists() and os.path.samestat(os.fstat(opened), folder.stat())
        finally:
            os.close(opened)
        if len(found) == len(names) or is_there:
            return found  # else it was replaced meanwhile, and some of its files were gone


def _held(folder: Path, opened: int, name: str) -> bytes | None:
    try:
        with open(name, "rb", opener=partial(_open_at, opened)) as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WorldError(f"{folder / name}: cannot be read ({error.strerror})") from None
    if len(data) > _MOST_BYTES:
        raise WorldError(
            f"{folder / name}: larger than {_MOST_BYTES >> 20} MiB, which no file of a "
            f"world is; {_AGAIN}"
        )
    return data


def _open_at(folder: int, name: str, flags: int) -> int:
    """Open a file of a folder; a pipe, which may never have anything to read, is empty."""
    return os.open(name, flags | os.O_NONBLOCK, dir_fd=folder)


def _manifest(folder: Path, data: bytes | None) -> Manifest:
    path = folder / MANIFEST
    if data is None:
        raise WorldError(
            f"{folder}: no world here (no {MANIFEST}); make one with 'splinternet import'"
        )
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except NO_JSON as error:
        raise WorldError(f"{path}: damaged ({error}); {_AGAIN}") from None
    try:
        date.fromisoformat(manifest.date)
    except ValueError:
        raise WorldError(f"{path}: damaged (no date: {manifest.date!r}); {_AGAIN}") from None
    if manifest.kind not in _KINDS:
        raise WorldError(f"{path}: damaged (no kind of world: {manifest.kind!r}); {_AGAIN}")
    return manifest


def _table(folder: Path, name: str, data: bytes | None, stored: Stored | None) -> pl.DataFrame:
    """Read a table; what may be unknown, and the world does not say at all, is unknown."""
    path = folder / _file(name)
    if stored is None and TABLES[name].optional:
        return _empty(name)
    if stored is None:
        raise WorldError(f"{folder / MANIFEST}: does not list {name}; {_AGAIN}")
    if data is None:
        raise WorldError(f"{path}: missing; {_AGAIN}")
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise WorldError(f"{path}: damaged (not the file that {MANIFEST} describes); {_AGAIN}")
    try:
        return TABLES[name].completed(read_parquet(data))
    except ParquetError as error:
        raise WorldError(f"{path}: damaged ({error}); {_AGAIN}") from None
