"""Text that strangers may have made: files bounded, in UTF-8, and fit to be shown."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from splinternet.base.errors import InputError, MisuseError

__all__ = [
    "MAX_BYTES",
    "hidden_character",
    "in_one_line",
    "path_of",
    "read_bounded",
    "read_text",
    "shown",
    "shown_in",
]

#: Files of a ledger are made to be read by people; a larger one is something else.
MAX_BYTES = 16 << 20

#: Characters that change the order in which text is shown (UTR 36, "Trojan source").
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: What a terminal may obey, what XML 1.0 lacks, and what changes the order of writing.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff" + "".join(_BIDI) + "]"
)


#: What a text may hold unseen: control characters but line ends and tabs, and the like.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff" + "".join(_BIDI) + "]")


def shown(text: str) -> str:
    """Text as a terminal, a chart or a page may show it, whoever wrote it.

    Control characters, lone surrogates, U+FFFE, U+FFFF and marks of writing direction are left
    out; line feeds and tabs stay.
    """
    return text if text.isprintable() else _UNSHOWN.sub("", text)


def in_one_line(text: str) -> str:
    """Text as :func:`shown`, its white space made single spaces."""
    return " ".join(shown(" ".join(text.split())).split())


def shown_in(tree: Mapping[str, object]) -> dict[str, Any]:
    """A tree of dictionaries and lists with each text in it, keys too, as :func:`shown`."""
    return {shown(key): _shown(value) for key, value in tree.items()}


def _shown(part: object) -> object:
    if isinstance(part, str):
        return shown(part)
    if isinstance(part, dict):
        return shown_in(part)
    if isinstance(part, list):
        return [_shown(value) for value in part]
    return part


def hidden_character(text: str) -> int | None:
    """Find the first control character, bidirectional override or lone surrogate.

    Line ends and tabs are none of these.

    Returns
    -------
    int or None
        Where it is.
    """
    found = _HIDDEN.search(text)
    return found and found.start()


def read_text(path: Path) -> str:
    """Read a text file of a folder, where a pipe, which may stay silent for ever, is none.

    Raises
    ------
    InputError
        If it is missing, a pipe, cannot be opened, is larger than 16 MiB, is not UTF-8, or holds
        control characters or bidirectional overrides.
    """
    if path.is_fifo():
        raise InputError("is a pipe; put a file in its place", path)
    data = read_bounded(path, MAX_BYTES, f"is larger than {MAX_BYTES >> 20} MiB; split it up")
    if b"\0" in data:
        raise InputError("this is no text file; give one in UTF-8", path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("this is not UTF-8; save the file in that encoding", path, line) from None
    position = hidden_character(text)
    if position is not None:
        line = text.count("\n", 0, position) + 1
        raise InputError(
            f"holds the hidden character U+{ord(text[position]):04X}; remove it", path, line
        )
    return text


#: What came out of pipes, by device and inode: a pipe gives it once, and a command may ask again.
_piped: dict[tuple[int, int], bytes] = {}


def _read(path: Path, size: int) -> bytes:
    found = path.stat()
    pipe = (found.st_dev, found.st_ino) if stat.S_ISFIFO(found.st_mode) else None
    if pipe in _piped:
        return _piped[pipe]
    with path.open("rb") as file:
        data = file.read(size)
    if pipe:
        _piped[pipe] = data
    return data


def path_of(given: object, what: str) -> Path:
    """Path of a file that a caller names, ``what`` it is said to be.

    Raises
    ------
    MisuseError
        If it is no path.
    """
    if not isinstance(given, str | Path) or given == "":
        raise MisuseError(f"{given!r} is no {what}; give the path of its file")
    return Path(given)


def read_bounded(path: Path, most: int, too_large: str) -> bytes:
    """Read a file, or what comes out of a pipe, unless it has more than so many bytes.

    Raises
    ------
    InputError
        If it is missing, cannot be opened, or is too large, in the words given.
    """
    try:
        data = _read(path, most + 1)
    except FileNotFoundError:
        raise InputError("no such file", path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path) from None
    if len(data) > most:
        raise InputError(too_large, path)
    return data
