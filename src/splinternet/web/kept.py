"""Answers kept on disk, so that a server that starts again need not compute them again.

A file is one answer. Its name is made of the question, the worlds' stamps in it, the ledger, the
language and the files of this program, so no answer is ever served for another version of any of
these. Files appear whole or not at all, so several servers may share a folder.
"""

from __future__ import annotations

import os
from collections.abc import Hashable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import msgspec
import polars as pl

import splinternet
from splinternet.base.choices import DEFINITIONS
from splinternet.base.errors import WorldError
from splinternet.base.folders import new_file
from splinternet.base.texts import language_mark

__all__ = ["Kept", "program_mark"]

_Value = TypeVar("_Value")

#: Letters of a checksum, with which each file begins.
_CHECK = 32

_ENDING = ".answer"

#: Files that are made of others of the program when it runs.
_COMPILED = (".nbc", ".nbi", ".pyc")


class Kept:
    """A folder of answers, of bounded size; those not asked for longest go.

    Parameters
    ----------
    folder
        Where they are kept; nowhere if it is None, or cannot be written.
    most
        Bytes of all files together.
    ledger
        A mark of the ledger that answers are made of.
    """

    def __init__(self, folder: Path | None, most: int, ledger: int) -> None:
        self._folder = folder if folder is not None and _is_writable(folder) else None
        self._most = most
        self._made_of = (program_mark(), DEFINITIONS, ledger)

    def get(self, key: Hashable, kind: type[_Value]) -> _Value | None:
        """Return the answer to a question; None if there is none, or it is damaged."""
        if self._folder is None:
            return None
        path = self._path(self._folder, key)
        try:
            content = path.read_bytes()
            check, told = content[:_CHECK], content[_CHECK:]
            if sha256(told).digest() != check:
                return None
            os.utime(path)
            return msgspec.msgpack.decode(told, type=kind, dec_hook=_decoded)
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, key: Hashable, answer: object) -> None:
        """Keep an answer, if the disk takes it."""
        if self._folder is None:
            return
        told = msgspec.msgpack.encode(answer, enc_hook=_encoded)
        if len(told) > self._most:
            return
        with suppress(WorldError), new_file(self._path(self._folder, key)) as scratch:
            scratch.write_bytes(sha256(told).digest() + told)
        self._shrink(self._folder)

    def _path(self, folder: Path, key: Hashable) -> Path:
        return folder / f"{sha256(repr((self._made_of, key)).encode()).hexdigest()}{_ENDING}"

    def _shrink(self, folder: Path) -> None:
        """Remove answers until the rest is small enough; another server may do so too."""
        found = []
        for path in folder.glob(f"*{_ENDING}"):
            with suppress(FileNotFoundError):
                status = path.stat()
                found.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._most:
                return
            path.unlink(missing_ok=True)
            total -= size


@cache
def program_mark() -> str:
    """A mark of all files of this program and of the language, another as soon as one changes."""
    root = Path(splinternet.__file__).parent
    files = (path for path in root.rglob("*") if path.suffix not in _COMPILED)
    states = ((str(path), path.stat()) for path in files if path.is_file())
    marks = sorted((name, state.st_size, state.st_mtime_ns) for name, state in states)
    return sha256(repr((marks, language_mark())).encode()).hexdigest()


def _is_writable(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.access(folder, os.W_OK | os.X_OK)


def _encoded(value: object) -> bytes:
    """Write what msgpack has no word for: tables."""
    if isinstance(value, pl.DataFrame):
        buffer = BytesIO()
        value.write_ipc(buffer)
        return buffer.getvalue()
    raise NotImplementedError(type(value).__name__)


def _decoded(kind: type, value: bytes) -> pl.DataFrame:
    if kind is pl.DataFrame:
        return pl.read_ipc(BytesIO(value))
    raise NotImplementedError(kind.__name__)
