"""Files that are given to an import: each read once, and handed to the options that want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from splinternet.world.addresses import Holdings
from splinternet.world.files import Source
from splinternet.world.manifest import Input
from splinternet.world.readers import Reader, Reading, find_reader

__all__ = ["FILLS", "GivenFile", "Use", "read_files"]

#: What each option takes from its files, as readers call it.
_TAKES = {
    "as-rel": "links",
    "as-country": "country",
    "as-names": "names",
    "prefixes": "addresses",
    "located": "located",
    "owners": "owners",
    "users": "users",
    "exchanges": "exchanges",
    "other-dates": "links",
}

#: Which columns of the networks table an option fills, and what one's own tables call them.
FILLS = {
    "as-country": (("country",), "country"),
    "as-names": (("name", "org"), "name or organisation"),
    "prefixes": (("ipv4_addresses",), "addresses"),
    "users": (("users",), "users"),
}


@dataclass(frozen=True, eq=False)
class GivenFile:
    """A file that was read."""

    source: Source
    reader: Reader
    reading: Reading
    sha256: str

    @cached_property
    def holdings(self) -> Holdings | None:
        """Which network holds which addresses, where the file tells."""
        return None if self.reading.origins is None else Holdings(self.reading.origins)


@dataclass(frozen=True, eq=False)
class Use:
    """A file in the hands of one option."""

    option: str
    file: GivenFile
    publisher: str | None
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        """What the file holds."""
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

    def as_input(self) -> Input:
        """Return what the manifest says of it."""
        source, reader = self.file.source, self.file.reader
        return Input(
            file=source.path.name,
            format=reader.NAME,
            sha256=self.file.sha256,
            bytes=source.size(),
            used_for=self.option,
            read=self.reading.rows,
            skipped=self.skipped,
            notes=self.reading.notes,
            licence=reader.LICENCE if self.is_published else "",
            citation=reader.CITATION if self.is_published else self.publisher or "",
        )


def read_files(
    given: Mapping[str, Sequence[str | Path]], publisher: str | None
) -> dict[str, list[Use]]:
    """Read every file once, several at a time, and hand them to their options.

    Raises
    ------
    InputError
        If a file cannot be read, or does not serve its option.
    """
    wanted = [(Path(path), option) for option, paths in given.items() for path in paths]
    sources = {path: Source(path) for path, _ in wanted}
    readers = {path: find_reader(source) for path, source in sources.items()}
    for path, option in wanted:
        _check_serves(sources[path], readers[path], option)
    with ThreadPoolExecutor() as pool:
        files = dict(zip(sources, pool.map(_file, sources.values(), readers.values()), strict=True))

    def use(option: str, path: str | Path) -> Use:
        file = files[Path(path)]
        _check_tells(file, option)
        return Use(option, file, publisher, dict(file.reading.skipped))

    return {option: [use(option, path) for path in paths] for option, paths in given.items()}


def _file(source: Source, reader: Reader) -> GivenFile:
    return GivenFile(source, reader, reader.read(source), source.sha256())


def _check_serves(source: Source, reader: Reader, option: str) -> None:
    if _TAKES[option] in reader.PROVIDES:
        return
    right = [f"--{other}" for other, thing in _TAKES.items() if thing in reader.PROVIDES]
    raise source.error(
        f"this is {reader.NAME}, which cannot serve --{option}; give it with {' or '.join(right)}"
    )


def _check_tells(file: GivenFile, option: str) -> None:
    """See to it that a file has what the option wants: not every table of one's own does."""
    columns, called = FILLS.get(option, ((), ""))
    facts = file.reading.facts
    if not columns or facts is None or file.reading.origins is not None:
        return
    if not set(columns) & set(facts.columns):
        raise file.source.error(f"has no column {called}, which --{option} takes; add it")
