"""The AS path of a route, from its BGP attributes (RFC 4271, RFC 6793)."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import inner

__all__ = ["DAMAGED", "SET", "number_at", "read_path"]

#: What :func:`read_path` returns where there is no path of networks in order.
DAMAGED, SET = -1, -2

_AS_PATH, _AS4_PATH = 2, 17
_EXTENDED = 0x10
_AS_SEQUENCE = 2


@inner
def number_at(data, at, width):
    """Whole number of ``width`` bytes, the highest first."""
    value = np.int64(0)
    for i in range(width):
        value = value << 8 | data[at + i]
    return value


@inner
def read_path(data, at, end, width, number, first):
    """Read the path from attributes ``data[at:end]`` into ``number`` from ``first``: its length.

    ``width`` bytes hold an AS number. Where that is two, AS4_PATH tells the numbers that need
    four. A network that stands there several times in a row counts once.
    """
    path, path_end, long_path, long_end = -1, -1, -1, -1
    while at < end:
        if at + 3 > end:
            return DAMAGED
        kind = data[at + 1]
        if data[at] & _EXTENDED:
            value = at + 4
            if value > end:
                return DAMAGED
            at = value + (np.int64(data[at + 2]) << 8 | data[at + 3])
        else:
            value = at + 3
            at = value + data[at + 2]
        if at > end:
            return DAMAGED
        if kind == _AS_PATH:
            path, path_end = value, at
        elif kind == _AS4_PATH:
            long_path, long_end = value, at
    if path < 0:
        return 0
    many = _segments(data, path, path_end, width, number, first)
    if many > 0 and width == 2 and long_path >= 0:
        long = _segments(data, long_path, long_end, 4, number, first + many)
        if 0 < long <= many:  # else it is ignored (RFC 6793, 4.2.3)
            for i in range(long):
                number[first + many - long + i] = number[first + many + i]
    return _folded(number, first, many)


@inner
def _segments(data, at, end, width, number, first):
    """Read the numbers of a path's segments: how many there are."""
    many = 0
    while at < end:
        if at + 2 > end:
            return DAMAGED
        kind, size = data[at], np.int64(data[at + 1])
        at += 2
        if at + size * width > end:
            return DAMAGED
        if kind != _AS_SEQUENCE:
            return SET
        for _ in range(size):
            number[first + many] = number_at(data, at, width)
            many += 1
            at += width
    return many


@inner
def _folded(number, first, many):
    """Take out what repeats the number before it: how many are left; what is no path stays so."""
    if many <= 0:
        return many
    kept = 1
    for i in range(first + 1, first + many):
        if number[i] != number[first + kept - 1]:
            number[first + kept] = number[i]
            kept += 1
    return kept
