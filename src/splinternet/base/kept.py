"""Parts of long work kept in files: each with a checksum, and what it is a part of."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from splinternet.base.errors import InputError
from splinternet.base.folders import new_file

__all__ = ["NO_JSON", "read_part", "write_part"]

#: What comes of reading JSON that is none, is no text, or has lists in lists in lists.
NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

_Holds = TypeVar("_Holds")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of a file: a part of a work, the checksum of both, and the part itself."""

    of: str
    sha256: str
    holds: msgspec.Raw


def write_part(path: Path, of: str, holds: object) -> None:
    """Keep a part; ``of`` identifies the work and which part of it this is.

    Raises
    ------
    WorldError
        If the file cannot be written.
    """
    raw = msgspec.json.encode(holds)
    part = _Part(of, _checksum(of, raw), msgspec.Raw(raw))
    with new_file(path) as scratch:
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(part)))


def read_part(path: Path, of: str, kind: type[_Holds], cure: str) -> _Holds:
    """Return a part that was kept; ``cure`` ends the message of what is wrong with it.

    Raises
    ------
    InputError
        If it is not as it was written, or is another part or of other work.
    """
    try:
        part = msgspec.json.decode(path.read_bytes(), type=_Part)
        raw = msgspec.json.format(bytes(part.holds), indent=-1)  # as it was before it was laid out
        if part.sha256 != _checksum(part.of, raw):
            raise msgspec.DecodeError
        holds = msgspec.json.decode(raw, type=kind)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); {cure}", path) from None
    except NO_JSON:
        raise InputError(f"damaged; {cure}", path) from None
    if part.of != of:
        raise InputError(f"is another part, or one of other work; {cure}", path)
    return holds


def _checksum(of: str, raw: bytes) -> str:
    return hashlib.sha256(of.encode() + b"\n" + raw).hexdigest()
