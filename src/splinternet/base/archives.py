"""Published files, read within bounds and in memory: nothing is ever unpacked to the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from splinternet.base.errors import InputError

__all__ = ["DataFile", "is_archive"]

#: No dataset that is known here comes near this, packed or unpacked.
MAX_BYTES = 64 << 20

#: A whole archive of a publisher holds other things beside, which are passed over.
MAX_ARCHIVE = 512 << 20

_ZIP = b"PK\x03\x04"
#: Of a sheet that claims to be larger the rest is not read.
_MOST_ROWS, _MOST_COLUMNS = 10_000, 150

_TAR_MAGIC = slice(257, 262)
_TAR_END = bytes(1024)

#: What comes of packing that is damaged or cut.
_DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def is_archive(start: bytes) -> bool:
    """Tell whether what begins so, unpacked, is a tar or zip archive."""
    return start.startswith(_ZIP) or start[_TAR_MAGIC] == b"ustar"


class DataFile:
    """A file that holds a dataset.

    Parameters
    ----------
    path
        The file. Its content tells what it is and how it is packed.
    data
        What lies there, where it was read before.
    """

    def __init__(self, path: str | Path, data: bytes | None = None) -> None:
        self.path = Path(path)
        self._given = data

    def error(self, message: str, line: int | None = None) -> InputError:
        """Make an error that names this file, and the line where there is one."""
        return InputError(message, self.path, line)

    @cached_property
    def data(self) -> bytes:
        """The whole file as it lies on disk.

        Raises
        ------
        InputError
            If it is missing, empty, larger than 64 MiB or cannot be read.
        """
        data = self._read() if self._given is None else self._given
        if not data:
            raise self.error("the file is empty; give the file as its publisher has it")
        return self._bounded(data)

    def _read(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise self.error("no such file") from None
        except OSError as error:
            raise self.error(f"cannot be read ({error.strerror or error})") from None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the files in the archive that it is; none if it is no archive.

        Raises
        ------
        InputError
            If it is truncated, damaged, or larger than 512 MiB when unpacked.
        """
        found: list[str] = []

        def note(name: str) -> bool:
            found.append(name)
            return False

        for _ in self.members(note):
            pass  # none is wanted
        return tuple(found)

    def members(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, date, bytes]]:
        """Yield the regular files in a tar or zip archive: name, day of change, content.

        Names are only names: nothing is written, so an absolute one, or one with ``..``, does no
        harm. Links are left out, and what is not wanted by its name is not kept.

        Raises
        ------
        InputError
            If it is truncated, damaged, or larger than 512 MiB when unpacked; a file that is
            wanted may have 64 MiB.
        """
        try:
            if self.data.startswith(_ZIP):
                yield from self._zipped(wanted)
            elif self._is_tar:
                yield from self._tarred(wanted)
        except _DAMAGE:
            raise self._damaged() from None

    @cached_property
    def _is_tar(self) -> bool:
        try:
            with self._unpacked() as file:
                return file.read(512)[_TAR_MAGIC] == b"ustar"
        except _DAMAGE:
            raise self._damaged() from None

    def _tarred(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, date, bytes]]:
        with self._unpacked() as file:
            bounded = _Bounded(file, self._too_large(MAX_ARCHIVE))
            with tarfile.open(fileobj=cast("IO[bytes]", bounded), mode="r|") as archive:
                for member in archive:
                    if member.isreg() and wanted(member.name):
                        changed = datetime.fromtimestamp(member.mtime, UTC).date()
                        inside = archive.extractfile(member)
                        yield member.name, changed, self._content(inside, member.size)
            while bounded.read(1 << 20):
                pass
            if bounded.end != _TAR_END:
                raise self._damaged()

    def _zipped(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, date, bytes]]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > MAX_ARCHIVE:
                raise self._too_large(MAX_ARCHIVE)
            for member in members:
                if wanted(member.filename):
                    changed = date(*member.date_time[:3])
                    with archive.open(member) as inside:
                        yield member.filename, changed, self._content(inside, member.file_size)

    def _content(self, file: IO[bytes] | None, size: int) -> bytes:
        if size > MAX_BYTES:
            raise self._too_large()
        return file.read() if file is not None else b""

    def _unpacked(self) -> IO[bytes]:
        packed = io.BytesIO(self.data)
        if self.data.startswith(b"\x1f\x8b"):
            return cast("IO[bytes]", gzip.GzipFile(fileobj=packed))
        if self.data.startswith(b"BZh"):
            return cast("IO[bytes]", bz2.BZ2File(packed))
        if self.data.startswith(b"\xfd7zXZ\x00"):
            # An xz file says how much memory it wants: not what a stranger likes.
            lzma.LZMADecompressor(memlimit=4 * MAX_BYTES).decompress(self.data, 1)
            return cast("IO[bytes]", lzma.LZMAFile(packed))
        return packed

    @cached_property
    def workbook(self) -> bytes | None:
        """The workbook of Office Open XML (xlsx) that it is, or that alone is in its archive.

        Raises
        ------
        InputError
            If it is truncated, damaged, or too large when unpacked.
        """
        if "xl/workbook.xml" in self.names:
            return self._bounded_zip()
        books = [name for name in self.names if _is_workbook_name(name)]
        if len(books) != 1:
            return None
        return next(content for _, _, content in self.members(books[0].__eq__))

    def _bounded_zip(self) -> bytes:
        """See to it that a zip archive is whole, and all of it within bounds."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
                    raise self._too_large()
                if archive.testzip() is not None:
                    raise self._damaged()
        except _DAMAGE:
            raise self._damaged() from None
        return self.data

    @cached_property
    def first_sheet(self) -> list[list[object]]:
        """Rows of the first sheet of the workbook: text, numbers, dates; empty cells are ``""``.

        Raises
        ------
        InputError
            If it is no workbook, or cannot be understood.
        """
        from openpyxl import load_workbook

        if self.workbook is None:
            raise self.error("is no workbook (xlsx)")
        try:
            with warnings.catch_warnings(action="ignore"):  # of styles, which nothing here needs
                book = load_workbook(io.BytesIO(self.workbook), read_only=True, data_only=True)
                rows = book.worksheets[0].iter_rows(
                    max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True
                )
                return [["" if cell is None else cell for cell in row] for row in rows]
        except Exception:  # it raises whatever comes of a part that is not as it should be
            raise self.error("is no workbook that can be read; download it again") from None

    def _bounded(self, data: bytes) -> bytes:
        if len(data) > MAX_BYTES:
            raise self._too_large()
        return data

    def _too_large(self, most: int = MAX_BYTES) -> InputError:
        return self.error(f"is larger than {most >> 20} MiB, more than any known dataset")

    def _damaged(self) -> InputError:
        return self.error("the file is truncated or damaged; download it again")


class _Bounded:
    """A stream that fails where an archive is longer than any may be, and remembers its end."""

    def __init__(self, file: IO[bytes], too_large: InputError) -> None:
        self._file = file
        self._left = MAX_ARCHIVE
        self._too_large = too_large
        self.end = b""

    def read(self, size: int) -> bytes:
        """Read on."""
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise self._too_large
        self.end = (self.end + data)[-len(_TAR_END) :]
        return data


def _is_workbook_name(name: str) -> bool:
    return name.lower().endswith(".xlsx") and not name.rpartition("/")[2].startswith(("~", "."))
