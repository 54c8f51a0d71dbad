"""Paths of a session, each kept once, and the prefixes and addresses that are reached by it."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inner, jit
from splinternet.world.rib._kernels.state import Count, Path, Told

__all__ = ["NO_PATH", "count_prefix", "fill_slots", "is_again", "path_row"]

#: Stands for a path that is not kept: its prefix counts for no path, nor for a shorter prefix's.
NO_PATH = -1

_PRIME, _SHIFT = 0x1E3779B97F4A7C15, 29


@jit
def fill_slots(slot, path):
    """Put paths into an empty table of places, by their keys."""
    mask = len(slot) - 1
    for row in range(len(path)):
        at = path[row, Path.KEY] & mask
        while slot[at] >= 0:
            at = (at + 1) & mask
        slot[at] = row


@inner
def path_row(session, length, count, path, number, slot):
    """Row of the path that stands behind the numbers in use; it is kept if it is new."""
    first = count[Count.NUMBERS]
    key = np.int64(session) * _PRIME
    for i in range(first, first + length):
        key = (key ^ np.int64(number[i])) * _PRIME
        key ^= key >> _SHIFT
    mask = len(slot) - 1
    at = key & mask
    while slot[at] >= 0:
        row = np.int64(slot[at])
        known = path[row]
        if (
            known[Path.KEY] == key
            and known[Path.SESSION] == session
            and known[Path.LENGTH] == length
        ):
            same = 0
            while same < length and number[known[Path.START] + same] == number[first + same]:
                same += 1
            if same == length:
                return row
        at = (at + 1) & mask
    row = count[Count.PATHS]
    slot[at] = row
    new = path[row]
    new[Path.KEY], new[Path.SESSION], new[Path.START], new[Path.LENGTH] = (
        key,
        session,
        first,
        length,
    )
    new[Path.PREFIXES], new[Path.ADDRESSES] = 0, -1
    count[Count.PATHS] += 1
    count[Count.NUMBERS] += length
    return row


@inner
def is_again(last, high, low, bits):
    """Tell whether a session told a route to this prefix just before; remember the prefix.

    ``last`` is what it told of the family, as :class:`Told`.
    """
    size = bits + 1
    if last[Told.SIZE] == size and last[Told.HIGH] == high and last[Told.LOW] == low:
        return True
    if last[Told.SIZE] > 0:
        later = high > last[Told.HIGH]
        if high == last[Told.HIGH]:
            later = low > last[Told.LOW] or (low == last[Told.LOW] and size > last[Told.SIZE])
        if not later:
            last[Told.MIXED] = 1
    last[Told.HIGH], last[Told.LOW], last[Told.SIZE] = high, low, size
    return False


@inner
def count_prefix(row, first, bits, last, nested, path):
    """Count a prefix of IPv4 for its path, and its addresses.

    They no longer count for the path of the prefix that holds it. Of a session that tells prefixes
    out of order this cannot be known, and no addresses are counted.
    """
    if row != NO_PATH:
        path[row, Path.PREFIXES] += 1
    if last[Told.MIXED] != 0:
        return
    size = np.int64(1) << (32 - bits)
    depth = last[Told.DEPTH]
    while depth > 0 and nested[depth - 1, 1] < first:
        depth -= 1
    if depth > 0 and nested[depth - 1, 2] != NO_PATH:
        path[nested[depth - 1, 2], Path.ADDRESSES] -= size
    if row != NO_PATH:
        path[row, Path.ADDRESSES] = max(path[row, Path.ADDRESSES], 0) + size
    nested[depth, 0], nested[depth, 1], nested[depth, 2] = first, first + size - 1, row
    last[Told.DEPTH] = depth + 1
