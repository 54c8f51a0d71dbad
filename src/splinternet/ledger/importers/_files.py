"""Published files, read within bounds and in memory: nothing is ever unpacked to the disk."""

from __future__ import annotations

import bz2
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
from typing import Protocol

from splinternet.base.errors import InputError

__all__ = ["DataFile"]

#: No dataset that is known here comes near this, packed or unpacked.
MAX_BYTES = 64 << 20


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


#: How packed files begin, and what unpacks them.
_PACKED: dict[bytes, Callable[[], _Unpacker]] = {
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(memlimit=4 * MAX_BYTES),
    b"\x1f\x8b": lambda: zlib.decompressobj(wbits=31),
    b"BZh": bz2.BZ2Decompressor,
}
#: Of a sheet that claims to be larger the rest is not read.
_MOST_ROWS, _MOST_COLUMNS = 10_000, 150

_TAR_MAGIC = slice(257, 262)
_TAR_END = bytes(1024)


class DataFile:
    """A file that holds a dataset.

    Parameters
    ----------
    path
        The file. What it is, and how it is packed, is told by its content.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

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
        try:
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise self.error("no such file") from None
        except OSError as error:
            raise self.error(f"cannot be read ({error.strerror or error})") from None
        if not data:
            raise self.error("the file is empty; give the file as its publisher has it")
        return self._bounded(data)

    @cached_property
    def tar(self) -> bytes | None:
        """The tar archive that it is, unpacked from gzip, bzip2 or xz; None if it is none.

        Raises
        ------
        InputError
            If it is truncated, damaged, or larger than 64 MiB when unpacked.
        """
        data = self.data
        for magic, unpack in _PACKED.items():
            if self.data.startswith(magic):
                data = self._unpacked(unpack())
        return data if data[_TAR_MAGIC] == b"ustar" else None

    def members(self) -> Iterator[tuple[str, date, bytes]]:
        """Yield the regular files in the tar archive: name, day of change, content.

        Names are only names: nothing is written, so an absolute one, or one with ``..``, does no
        harm. Links are left out.

        Raises
        ------
        InputError
            If it is no tar archive, truncated or damaged.
        """
        if self.tar is None:
            raise self.error("is no tar archive")
        if not self.tar.endswith(_TAR_END):
            raise self._damaged()
        try:
            with tarfile.open(fileobj=io.BytesIO(self.tar), mode="r:") as archive:
                for member in archive:
                    file = archive.extractfile(member) if member.isreg() else None
                    if file is not None:
                        changed = datetime.fromtimestamp(member.mtime, UTC).date()
                        yield member.name, changed, file.read()
        except (tarfile.TarError, ValueError, OverflowError, OSError):
            raise self._damaged() from None

    @cached_property
    def is_workbook(self) -> bool:
        """Whether this is a workbook of Office Open XML (xlsx).

        Raises
        ------
        InputError
            If it is a zip archive that is truncated, damaged, or larger than 64 MiB when unpacked.
        """
        if not self.data.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
                    raise self._too_large()
                if "xl/workbook.xml" not in archive.namelist():
                    return False
                if archive.testzip() is not None:
                    raise self._damaged()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise self._damaged() from None
        return True

    @cached_property
    def first_sheet(self) -> list[list[object]]:
        """Rows of the first sheet of the workbook: text, numbers, dates; empty cells are ``""``.

        Raises
        ------
        InputError
            If it is no workbook, or cannot be understood.
        """
        from openpyxl import load_workbook

        if not self.is_workbook:
            raise self.error("is no workbook (xlsx)")
        try:
            with warnings.catch_warnings(action="ignore"):  # of styles, which nothing here needs
                book = load_workbook(io.BytesIO(self.data), read_only=True, data_only=True)
                rows = book.worksheets[0].iter_rows(
                    max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True
                )
                return [["" if cell is None else cell for cell in row] for row in rows]
        except Exception:  # it raises whatever comes of a part that is not as it should be
            raise self.error("is no workbook that can be read; download it again") from None

    def _unpacked(self, unpacker: _Unpacker) -> bytes:
        try:
            data = self._bounded(unpacker.decompress(self.data, MAX_BYTES + 1))
        except (lzma.LZMAError, zlib.error, OSError):
            raise self._damaged() from None
        if not unpacker.eof:
            raise self._damaged()
        return data

    def _bounded(self, data: bytes) -> bytes:
        if len(data) > MAX_BYTES:
            raise self._too_large()
        return data

    def _too_large(self) -> InputError:
        return self.error(f"is larger than {MAX_BYTES >> 20} MiB, more than any known dataset")

    def _damaged(self) -> InputError:
        return self.error("the file is truncated or damaged; download it again")
