"""The networks that feed route collectors, read from a list, a table or a routing table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.asn import as_number
from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.world.files import Source
from splinternet.world.readers._own import OwnTable
from splinternet.world.rib.reading import is_mrt, read_rib

__all__ = ["Peers", "read_collector_peers", "read_peers"]

#: A file without a zero in so many bytes is text.
_MOST = 1 << 22

_TABLE = OwnTable({"asn": "asn", "as": "asn"})


@dataclass(frozen=True)
class Peers:
    """AS numbers that a file names, ascending, and what a reader should know of how it was read."""

    asns: tuple[int, ...]
    notes: tuple[str, ...] = ()


@typed
def read_collector_peers(path: str | Path) -> list[int]:
    """AS numbers of a collector's peers, read from its list.

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
    if is_mrt(source):
        rib = read_rib(source)
        found, notes = {session.asn for session in rib.sessions} - {0}, rib.notes
    elif b"\0" in source.start(_MOST):
        raise source.error("neither a list of AS numbers nor a routing table (MRT); give one")
    else:
        found, notes = set(_named(source)), ()
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
