"""Files that are given to an import: each read once, and handed to the purposes that want it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from splinternet.base.dates import Span
from splinternet.base.errors import MisuseError
from splinternet.base.text import path_of
from splinternet.world.addresses import Holdings
from splinternet.world.ages import another_date, dated
from splinternet.world.files import Source
from splinternet.world.manifest import Input
from splinternet.world.purposes import PURPOSES, Paths, flag
from splinternet.world.readers import Reader, Reading, find_reader

__all__ = ["GivenFile", "Use", "kept_files", "read_files"]

#: Purposes of files that are meant to be of other dates, or tell of each row when it holds.
_OF_ANY_DATE = ("other_dates", "roas")


@dataclass(frozen=True, eq=False)
class GivenFile:
    """A file that was read."""

    source: Source
    reader: Reader
    reading: Reading
    sha256: str

    @cached_property
    def holdings(self) -> Holdings | None:
        """Holders of addresses, where the file tells."""
        return None if self.reading.origins is None else Holdings(self.reading.origins)

    @property
    def dated(self) -> Span | None:
        """When the file is of, as it says itself or by its name."""
        return self.reading.dated or dated(self.source.path.name)


@dataclass(frozen=True, eq=False)
class Use:
    """A file in use for one purpose."""

    purpose: str
    file: GivenFile
    publisher: str | None
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """Content of the file."""
        return self.file.reading

    @property
    def is_own(self) -> bool:
        """Whether the file is a table of one's own."""
        return not self.file.reader.CITATION

    @property
    def is_published(self) -> bool:
        """Whether the format's publisher made the file: by itself, or as somebody says."""
        said = (self.publisher or "").casefold()
        named = bool(said) and said in self.file.reader.CITATION.casefold().split()
        return self.reading.is_signed or named

    def links(self) -> pl.DataFrame | None:
        """Links, with the evidence that the files of its publisher imply."""
        links = self.reading.links
        if links is None or not self.is_published or self.reading.implied is None:
            return links
        return links.with_columns(pl.col("evidence").fill_null(self.reading.implied))

    def skip(self, reasons: Mapping[str, int]) -> None:
        """Count lines or networks that were of no use."""
        for reason, n in reasons.items():
            if n:
                self.skipped[reason] = self.skipped.get(reason, 0) + n

    def as_input(self, day: str) -> Input:
        """Return what the manifest of a world of some day says of it."""
        source, reader = self.file.source, self.file.reader
        age = () if self.purpose in _OF_ANY_DATE else another_date(self.file.dated, day)
        return Input(
            file=source.path.name,
            format=reader.NAME,
            sha256=self.file.sha256,
            bytes=source.size(),
            used_for=flag(self.purpose),
            read=self.reading.rows,
            skipped=self.skipped,
            notes=(*self.reading.notes, *age),
            licence=reader.LICENCE if self.is_published else "",
            citation=reader.CITATION if self.is_published else self.publisher or "",
        )


#: Files that were read before, by path, while somebody makes several worlds of the same ones.
_kept: ContextVar[dict[Path, GivenFile] | None] = ContextVar("kept", default=None)


@contextmanager
def kept_files() -> Iterator[None]:
    """Keep files that are read meanwhile, which must not change, for other worlds made of them."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def read_files(given: Mapping[str, Paths], publisher: str | None) -> dict[str, list[Use]]:
    """Read every file once, several at a time, and hand them to their purposes.

    Raises
    ------
    MisuseError
        If there is no such purpose.
    InputError
        If a file cannot be read, or does not serve its purpose.
    """
    for purpose in given:
        if purpose not in PURPOSES:
            raise MisuseError.unknown("purpose of files", purpose, PURPOSES)
    wanted = [(path, purpose) for purpose, paths in given.items() for path in _several(paths)]
    sources = {path: Source(path) for path, _ in wanted}
    readers = {path: find_reader(source) for path, source in sources.items()}
    for path, purpose in wanted:
        _check_serves(sources[path], readers[path], purpose)
    known = _kept.get()
    files = {path: known[path] for path in sources if known and path in known}
    left = [path for path in sources if path not in files]
    with ThreadPoolExecutor() as pool:
        read = pool.map(_file, (sources[path] for path in left), (readers[path] for path in left))
        files |= zip(left, read, strict=True)
    if known is not None:
        known |= files
    uses: dict[str, list[Use]] = {purpose: [] for purpose in PURPOSES}
    for path, purpose in wanted:
        _check_tells(files[path], purpose)
        skipped = dict(files[path].reading.skipped)
        uses[purpose].append(Use(purpose, files[path], publisher, skipped))
    return uses


def _several(paths: Paths) -> list[Path]:
    """Paths that a caller gave; one may stand for several."""
    listed = paths if isinstance(paths, Sequence) and not isinstance(paths, str) else [paths]
    return [path_of(path, "file") for path in listed]


def _file(source: Source, reader: Reader) -> GivenFile:
    return GivenFile(source, reader, reader.read(source), source.sha256())


def _check_serves(source: Source, reader: Reader, purpose: str) -> None:
    if PURPOSES[purpose].takes in reader.PROVIDES:
        return
    right = [f"--{flag(other)}" for other, it in PURPOSES.items() if it.takes in reader.PROVIDES]
    raise source.error(
        f"this is {reader.NAME}, which cannot serve --{flag(purpose)}; "
        f"give it with {' or '.join(right)}"
    )


def _check_tells(file: GivenFile, purpose: str) -> None:
    """See to it that a file has what is wanted of it: not every table of one's own does."""
    wanted, facts = PURPOSES[purpose], file.reading.facts
    if not wanted.fills or facts is None or file.reading.origins is not None:
        return
    if not set(wanted.fills) & set(facts.columns):
        raise file.source.error(
            f"has no column {wanted.called}, which --{flag(purpose)} takes; add it"
        )
