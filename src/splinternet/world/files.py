"""Reading published files by their content: plain, gzip, bzip2 or xz, in blocks of whole lines."""

from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import lzma
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

from splinternet.base.errors import InputError

__all__ = ["Source"]

_BLOCK = 1 << 24


class Source:
    """A file to read: its lines, unpacked, and what identifies it.

    Parameters
    ----------
    path
        The file. How it is packed is told by its first bytes, not by its name.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def __str__(self) -> str:
        return str(self.path)

    def head(self, lines: int = 200) -> list[str]:
        """Return the first lines, for telling which format this is.

        Raises
        ------
        InputError
            If the file is empty, cannot be opened or is no text.
        """
        with self._open() as file:
            start = self._read(file, 1 << 16)
        if not start:
            raise self.error("the file is empty; give the file as its publisher has it")
        if b"\0" in start:
            raise self.error("this is not a text file; give the file as its publisher has it")
        found = start.decode("utf-8-sig", errors="replace").splitlines()
        return found[:lines]

    def start(self, size: int) -> bytes:
        """Return the first bytes, unpacked.

        Raises
        ------
        InputError
            If the file cannot be opened or is damaged.
        """
        with self._open() as file:
            return self._read(file, size)

    def blocks(self, size: int = _BLOCK) -> Iterator[tuple[int, bytes]]:
        """Yield the file in pieces of whole lines: number of the first line, and the bytes.

        Raises
        ------
        InputError
            If the file ends in the middle of its packing (a truncated download) or is damaged.
        """
        line, rest = 1, b""
        with self._open() as file:
            while piece := self._read(file, size):
                piece = rest + piece
                if line == 1:
                    piece = piece.removeprefix(codecs.BOM_UTF8)
                cut = piece.rfind(b"\n") + 1
                if cut:
                    yield line, piece[:cut]
                    line += piece.count(b"\n", 0, cut)
                rest = piece[cut:]
        if rest:
            yield line, rest + b"\n"

    def sha256(self) -> str:
        """Hash the file as it lies on disk."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def error(self, message: str, line: int | None = None) -> InputError:
        """Make an error that names this file, and the line where there is one."""
        return InputError(message, self.path, line)

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            raise self.error("no such file") from None
        except OSError as error:
            raise self.error(f"cannot be opened ({error.strerror})") from None
        with file:
            magic = self._read(file, 6)
            file.seek(0)
            with _unpacking(file, magic) as unpacked:
                yield unpacked

    def _read(self, file: IO[bytes], size: int) -> bytes:
        try:
            return file.read(size)
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
            raise self.error("the file is truncated or damaged; download it again") from None
        except OSError as error:
            raise self.error(f"the file is damaged ({error}); download it again") from None


def _unpacking(file: IO[bytes], magic: bytes) -> AbstractContextManager[IO[bytes]]:
    if magic[:2] == b"\x1f\x8b":
        return gzip.open(file)  # type: ignore[return-value]
    if magic[:3] == b"BZh":
        return bz2.open(file)
    if magic == b"\xfd7zXZ\0":
        return lzma.open(file)
    return nullcontext(file)
