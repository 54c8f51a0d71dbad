"""Reading published files by their content: plain or packed, within bounds, in whole lines."""

from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import io
import lzma
import stat
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, cast

import numpy as np

from splinternet.base.archives import DataFile, is_archive
from splinternet.base.errors import InputError
from splinternet.base.text import path_of

__all__ = ["MAX_BYTES", "MAX_LINE", "MAX_LINES", "Source"]

#: Bounds on a file of text, each several times what the largest published one has.
MAX_BYTES = 256 << 20
MAX_LINE = 1 << 20
MAX_LINES = 4_000_000

_BLOCK = 1 << 24
#: A stray zero may stand in a name; what has more than one in so many bytes is no text.
_TEXT_PER_ZERO = 10
#: Enough to get past the comments at the top of a file.
_SHORT_HEAD, _HEAD, _HEAD_LINES = 1 << 16, MAX_LINE + 1, 2000


class Source:
    """A file to read: its lines, unpacked, and what identifies it.

    A pipe can be read as often as a file: what has come out of it is kept on disk.

    Parameters
    ----------
    path
        The file. How it is packed is told by its first bytes, not by its name.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = path_of(path, "file")
        self._kept: _Kept | None = None

    def __str__(self) -> str:
        return str(self.path)

    def head(self, lines: int = _HEAD_LINES) -> list[str]:
        """Return the first lines, or the names in an archive, for telling which format this is.

        Raises
        ------
        InputError
            If the file is empty, cannot be opened or is no text.
        """
        start = self.start(_SHORT_HEAD)
        if start.rfind(b"\n#") == start.rfind(b"\n"):  # still within the comments
            start = self.start(_HEAD)
        if not start:
            raise self.error("the file is empty; give the file as its publisher has it")
        if is_archive(start):
            return list(self.archive().names)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise self.error("this is text in UTF-16; save it in UTF-8")
        if start.count(0) * _TEXT_PER_ZERO > len(start):
            raise self.error("this is not a text file; give the file as its publisher has it")
        return start.decode("utf-8-sig", errors="replace").split("\n")[:lines]

    def archive(self) -> DataFile:
        """Return the file as an archive, for its members."""
        with self._packed() as file:
            return DataFile(self.path, file.read(MAX_BYTES))

    def start(self, size: int) -> bytes:
        """Return the first bytes, unpacked.

        Raises
        ------
        InputError
            If the file cannot be opened or is damaged.
        """
        with self._open() as file:
            return self._read(file.read, size)

    def pieces(self, size: int = _BLOCK) -> Iterator[bytes]:
        """Yield the file, unpacked, in pieces of at most so many bytes.

        Raises
        ------
        InputError
            If the file ends in the middle of its packing (a truncated download) or is damaged.
        """
        with self._open() as file:
            while piece := self._read(file.read, size):
                yield piece

    def parts(self, size: int) -> Iterator[bytes]:
        """Yield the file, unpacked, in pieces of at most so many bytes, as far as it goes.

        Raises
        ------
        InputError
            If its packing is cut short or damaged, after all that could be unpacked.
        """
        with self._open() as file:
            # Less than a size may come at a time; nothing that came is lost.
            read = cast("io.BufferedReader", file).read1
            while piece := self._read(read, size):
                yield piece

    def is_bzip2(self) -> bool:
        """Tell whether this is a file on disk, and packed by bzip2."""
        with self._packed() as file:
            return self._kept is None and self._read(file.read, 3) == b"BZh"

    def whole(self) -> bytes:
        """Return the file, unpacked, where it is a document rather than lines.

        Raises
        ------
        InputError
            If the file is damaged, or larger than any published one.
        """
        found = bytearray()
        for piece in self.pieces():
            found += piece
            if len(found) > MAX_BYTES:
                raise self._too_large()
        return bytes(found).removeprefix(codecs.BOM_UTF8)

    def blocks(self, size: int = _BLOCK) -> Iterator[tuple[int, bytes]]:
        """Yield the file in pieces of whole lines: number of the first line, and the bytes.

        Byte order marks before lines are dropped: files that were put together have several.

        Raises
        ------
        InputError
            If the file is damaged, or has more bytes or lines, or a longer line, than any
            published file.
        """
        line, unpacked, rest = 1, 0, b""
        for fresh in self.pieces(size):
            unpacked += len(fresh)
            if unpacked > MAX_BYTES:
                raise self._too_large()
            piece = _without_marks(rest + fresh)
            cut = piece.rfind(b"\n") + 1
            self._check_lengths(piece, line)
            if cut:
                yield line, piece[:cut]
                line += piece.count(b"\n", 0, cut)
            if line > MAX_LINES + 1:
                raise self.error(f"has more than {MAX_LINES:,} lines; split it up")
            rest = piece[cut:]
        if rest:
            yield line, rest + b"\n"

    def _too_large(self) -> InputError:
        return self.error(f"is larger than {MAX_BYTES >> 20} MiB when unpacked; split it up")

    def check_first_line(self) -> None:
        """See to it that the first line ends.

        Raises
        ------
        InputError
            If it is longer than a line may be.
        """
        self._check_lengths(self.start(_HEAD), 1)

    def _check_lengths(self, piece: bytes, line: int) -> None:
        """See to it that no line is longer than a line may be."""
        if len(piece) <= MAX_LINE:
            return
        ends = np.flatnonzero(np.frombuffer(piece, dtype=np.uint8) == ord("\n"))
        lengths = np.diff(ends, prepend=-1, append=len(piece)) - 1
        if len(long := np.flatnonzero(lengths > MAX_LINE)):
            raise self.error(
                f"is longer than {MAX_LINE >> 20} MiB, which no line of such a file is; "
                "give the file as its publisher has it",
                line + int(long[0]),
            )

    def sha256(self) -> str:
        """Hash the file as it lies on disk, or as it came out of the pipe."""
        found = hashlib.sha256()
        with self._packed() as file:
            while piece := file.read(_BLOCK):
                found.update(piece)
        return found.hexdigest()

    def size(self) -> int:
        """Bytes of the file as it lies on disk, or as it came out of the pipe."""
        with self._packed() as file:
            return file.seek(0, io.SEEK_END)

    def error(self, message: str, line: int | None = None) -> InputError:
        """Make an error that names this file, and the line where there is one."""
        return InputError(message, self.path, line)

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        with self._packed() as file:
            magic = self._read(file.read, 6)
            file.seek(0)
            with _unpacking(file, magic) as unpacked:
                yield unpacked

    @contextmanager
    def _packed(self) -> Iterator[IO[bytes]]:
        if self._kept is not None:
            yield self._kept.again()
            return
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            raise self.error("no such file") from None
        except OSError as error:
            raise self.error(f"cannot be opened ({error.strerror})") from None
        if stat.S_ISREG(self.path.stat().st_mode):
            with file:
                yield file
            return
        self._kept = _Kept(file)
        weakref.finalize(self, self._kept.forget)
        yield self._kept.again()

    def _read(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            return read(size)
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
            raise self.error("the file is truncated or damaged; download it again") from None
        except OSError as error:
            raise self.error(f"the file is damaged ({error}); download it again") from None


def _without_marks(lines: bytes) -> bytes:
    mark = codecs.BOM_UTF8
    return lines.removeprefix(mark).replace(b"\n" + mark, b"\n")


class _Kept:
    """Content of a pipe so far, in a temporary file, and the pipe for the rest."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self.pipe = pipe
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by forget

    def again(self) -> IO[bytes]:
        """Return it as a file, from its beginning."""
        return cast("IO[bytes]", io.BufferedReader(_FromStart(self)))

    def more(self, size: int) -> bytes:
        """Read on where the pipe was left."""
        data = self.pipe.read(size)
        self.file.seek(0, io.SEEK_END)
        self.file.write(data)
        return data

    def forget(self) -> None:
        """Close both; the temporary file is gone then."""
        self.pipe.close()
        self.file.close()


class _FromStart(io.RawIOBase):
    """A reader of what is kept, and then of what comes."""

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            while self._kept.more(_BLOCK):
                pass
            self._at = self._kept.file.seek(offset, io.SEEK_END)
        else:
            self._at = offset + (self._at if whence == io.SEEK_CUR else 0)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._kept.file.seek(self._at)
        data = self._kept.file.read(len(buffer)) or self._kept.more(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _unpacking(file: IO[bytes], magic: bytes) -> AbstractContextManager[IO[bytes]]:
    if magic[:2] == b"\x1f\x8b":
        return gzip.open(file)  # type: ignore[return-value]
    if magic[:3] == b"BZh":
        return bz2.open(file)
    if magic == b"\xfd7zXZ\0":
        return lzma.open(file)
    return nullcontext(file)
