"""The networks that feed route collectors, read from a list, a table or a routing table."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.asn import as_number
from splinternet.base.errors import InputError, MisuseError
from splinternet.world.files import Source
from splinternet.world.readers._own import OwnTable

__all__ = ["Peers", "read_collector_peers", "read_peers"]

# Records of MRT (RFC 6396) begin alike; a routing table is of one of two forms.
_HEADER = struct.Struct(">IHHI")
_TABLE_DUMP, _TABLE_DUMP_V2, _PEER_INDEX_TABLE = 12, 13, 1
#: Where a record of TABLE_DUMP has its peer's AS number, by its subtype: IPv4 or IPv6 (4.2).
_PEER_AS = {1: 18, 2: 42}
#: A record of TABLE_DUMP has one prefix and one path.
_LONGEST = 1 << 17
_MOST = 1 << 22
_PIECE = 1 << 16

_TABLE = OwnTable({"asn": "asn", "as": "asn"})


@dataclass(frozen=True)
class Peers:
    """AS numbers that a file names, ascending, and what a reader should know of how it was read."""

    asns: tuple[int, ...]
    notes: tuple[str, ...] = ()


def read_collector_peers(path: str | Path) -> list[int]:
    """Read the AS numbers of a collector's peers.

    Parameters
    ----------
    path
        Text with AS numbers, one or more a line (``#`` begins a comment); CSV with a column
        ``asn``; or a routing table in MRT form (TABLE_DUMP or TABLE_DUMP_V2). Plain, or packed by
        gzip, bzip2 or xz.

    Raises
    ------
    InputError
        If the file cannot be read, names nobody, or has what is no AS number; the line is named.

    Examples
    --------
    >>> from tempfile import NamedTemporaryFile
    >>> with NamedTemporaryFile("w", suffix=".txt") as file:
    ...     print("3356 1299  # two peers", file=file, flush=True)
    ...     read_collector_peers(file.name)
    [1299, 3356]
    """
    return list(read_peers(path).asns)


def read_peers(path: str | Path) -> Peers:
    """Read the AS numbers of a collector's peers, as :func:`read_collector_peers`, with notes."""
    source = Source(path)
    start = source.start(_MOST)
    kind, form = _HEADER.unpack_from(start)[1:3] if len(start) >= _HEADER.size else (0, 0)
    found, notes = set[int](), tuple[str, ...]()
    if (kind, form) == (_TABLE_DUMP_V2, _PEER_INDEX_TABLE):
        found = _listed_peers(source, start)
    elif kind == _TABLE_DUMP and form in _PEER_AS:
        found, notes = _peers_of_routes(source)
    elif b"\0" in start:
        raise source.error("neither a list of AS numbers nor a routing table (MRT); give one")
    else:
        found = set(_named(source))
    if not found:
        raise source.error("names no network; give AS numbers, or a routing table")
    return Peers(tuple(sorted(found)), notes)


def _named(source: Source) -> Iterator[int]:
    """Yield the numbers in a column ``asn``, or all there are."""
    if "asn" in _TABLE.columns(source.head()):
        for line, cells in _TABLE.rows(source):
            yield _number(source, cells["asn"], line)
        return
    for first, block in source.blocks():
        for line, text in enumerate(block.decode("utf-8", "replace").split("\n"), first):
            for word in re.split(r"[\s,;]+", text.partition("#")[0]):
                if word:
                    yield _number(source, word, line)


def _number(source: Source, word: str, line: int) -> int:
    try:
        return as_number(word)
    except MisuseError:
        raise source.error(
            f"{word[:40]!r} is no AS number; give numbers, or CSV with a column 'asn'", line
        ) from None


def _listed_peers(source: Source, start: bytes) -> set[int]:
    """Read the table of peers that a TABLE_DUMP_V2 begins with (4.3.1)."""
    length = _HEADER.unpack_from(start)[3]
    table = start[_HEADER.size : _HEADER.size + length]
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


def _peers_of_routes(source: Source) -> tuple[set[int], tuple[str, ...]]:
    """Collect the peer of each route of a TABLE_DUMP; of a file that is cut, those before."""
    found: set[int] = set()
    routes, rest = 0, b""
    pieces = source.pieces(_PIECE)  # what is read when a cut is met is lost: little at a time
    while True:
        try:
            piece = next(pieces, b"")
        except InputError:
            return found, (_cut(source, routes),)
        if not piece:
            return found, (_cut(source, routes),) if rest else ()
        data, place = rest + piece, 0
        while len(data) - place >= _HEADER.size:
            _, kind, form, length = _HEADER.unpack_from(data, place)
            at = _PEER_AS.get(form, length) if kind == _TABLE_DUMP else length
            if length > _LONGEST or at + 2 > length:
                raise source.error(f"route {routes + 1:,} is damaged; download it again")
            if len(data) - place < _HEADER.size + length:
                break
            asn_at = place + _HEADER.size + at
            found.add(int.from_bytes(data[asn_at : asn_at + 2]))
            place += _HEADER.size + length
            routes += 1
        rest = data[place:]


def _cut(source: Source, routes: int) -> str:
    return f"{source.path.name} is cut short: peers of its first {routes:,} routes."
