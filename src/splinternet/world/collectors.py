"""The networks that feed route collectors, read from a list or from a routing table."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from splinternet.base.errors import InputError
from splinternet.world.files import Source

__all__ = ["read_collector_peers"]

# A routing table as collectors publish it begins with a table of their peers (RFC 6396, 4.3.1).
_HEADER = struct.Struct(">IHHI")
_TABLE_DUMP_V2, _PEER_INDEX_TABLE = 13, 1
_MOST = 1 << 22


def read_collector_peers(path: str | Path) -> list[int]:
    """Read the AS numbers of a collector's peers.

    Parameters
    ----------
    path
        Text with an AS number a line (``#`` begins a comment), or a routing table in MRT form
        (TABLE_DUMP_V2); plain, or packed by gzip, bzip2 or xz.

    Raises
    ------
    InputError
        If the file cannot be read, names nobody, or a line is no AS number; the line is named.
    """
    source = Source(path)
    start = source.start(_MOST)
    table = _peer_table(start)
    if table is None and b"\0" in start:
        raise source.error(
            "neither a list of AS numbers nor a routing table (MRT, TABLE_DUMP_V2); give one"
        )
    found = _lines(source) if table is None else _peers(source, table)
    if not found:
        raise source.error("names no network; give one AS number a line, or a routing table")
    return sorted(found)


def _lines(source: Source) -> set[int]:
    found = set()
    for first, block in source.blocks():
        for number, line in enumerate(block.decode("utf-8", "replace").split("\n"), first):
            word = line.partition("#")[0].strip()
            match = re.fullmatch(r"(?:AS)?([0-9]{1,10})", word, re.IGNORECASE)
            if word and not (match and 0 < int(match[1]) < 2**32):
                raise InputError(
                    f"{word[:40]!r} is no AS number; give one a line", source.path, number
                )
            if match:
                found.add(int(match[1]))
    return found


def _peer_table(start: bytes) -> bytes | None:
    """Return the table of peers that the bytes begin with, if they do."""
    if len(start) < _HEADER.size:
        return None
    _, kind, form, length = _HEADER.unpack_from(start)
    if (kind, form) != (_TABLE_DUMP_V2, _PEER_INDEX_TABLE):
        return None
    return start[_HEADER.size : _HEADER.size + length]


def _peers(source: Source, table: bytes) -> set[int]:
    try:
        (named,) = struct.unpack_from(">H", table, 4)
        (many,) = struct.unpack_from(">H", table, 6 + named)
        place = 8 + named
        found = set()
        for _ in range(many):
            kind = table[place]
            place += 5 + (16 if kind & 1 else 4)  # its kind, its BGP identifier, its IP address
            (asn,) = struct.unpack_from(">I" if kind & 2 else ">H", table, place)
            place += 4 if kind & 2 else 2
            found.add(asn)
    except (IndexError, struct.error):
        raise source.error("its table of peers is cut short; download it again") from None
    return found - {0}
