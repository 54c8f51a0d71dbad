"""Content of a packed routing table, piece by piece, unpacked while the one before is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from splinternet.world.files import Source

__all__ = ["unpacked"]

_PIECE = 1 << 22
#: Files packed by bzip2 are unpacked by several threads from this size on.
_LARGE = 1 << 21
_CORES = min(os.cpu_count() or 1, 8)
#: What the library raises of a file that is cut or damaged, as its C++ does.
_DAMAGE = (ArithmeticError, LookupError, OSError, RuntimeError, ValueError)


def unpacked(source: Source) -> Iterator[bytes]:
    """Yield what a file holds, plain or packed, in pieces of at most 4 MiB.

    Raises
    ------
    InputError
        If the file cannot be opened; or if its packing is cut short or damaged, after all that
        could be had.
    """
    pieces = _pieces(source)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, b"")
        while piece := coming.result():
            coming = pool.submit(next, pieces, b"")
            yield piece


def _pieces(source: Source) -> Iterator[bytes]:
    given = 0
    if _CORES > 1 and source.is_bzip2() and source.size() >= _LARGE:
        try:
            for piece in _in_parallel(source):
                given += len(piece)
                yield piece
            return
        except _DAMAGE:
            pass
    # Of a damaged file one thread gets more than several; what these got is passed over.
    for piece in source.parts(_PIECE):
        fresh = piece[given:]
        given = max(given - len(piece), 0)
        if fresh:
            yield fresh


def _in_parallel(source: Source) -> Iterator[bytes]:
    import rapidgzip

    with rapidgzip.IndexedBzip2File(str(source.path), parallelization=_CORES) as file:
        while piece := file.read(_PIECE):
            yield piece
