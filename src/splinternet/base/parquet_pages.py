"""The sizes that a Parquet file states, checked before memory is taken for them.

Libraries believe the sizes in the footer and before each page, and end the process where there is
no memory of such a size. So the metadata is read here first, by the numbers that the Parquet
specification (parquet.thrift, in Thrift's compact protocol) gives its fields: whatever the
specification does not know, has of another type or twice, is damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["PageError", "check_sizes"]

#: Bounds on what is unpacked, each at least ten times what the largest table has.
_MAX_VALUES = 60_000_000
_MAX_UNPACKED = 512 << 20
_MAX_FOOTER = 1 << 20
_MAX_COLUMNS = 1000
_MAX_WIDTH = 64  # bytes of a value, where all of a column have the same
_MAX_PAGES = 100_000

#: PLAIN, PLAIN_DICTIONARY, RLE and RLE_DICTIONARY; the others state more sizes, within a page.
_ENCODINGS = {0, 2, 3, 8}

_MAGIC = b"PAR1"
_DEEPEST = 12  # structures within structures; those of the specification end before

#: Shapes: of a number in as many bytes as it needs, of bytes, a truth, a single byte; a dictionary
#: is a structure by the numbers of its fields, and a list holds one shape.
_INT, _BYTES, _BOOL, _BYTE = "int", "bytes", "bool", "byte"
_Shape = Any
_TYPES = {1: _BOOL, 2: _BOOL, 3: _BYTE, 4: _INT, 5: _INT, 6: _INT, 8: _BYTES}
_LIST, _STRUCT = 9, 12

_NONE: dict[int, _Shape] = {}
_STATISTICS = {1: _BYTES, 2: _BYTES, 3: _INT, 4: _INT, 5: _BYTES, 6: _BYTES, 7: _BOOL, 8: _BOOL}
_PAIRS = [{1: _BYTES, 2: _BYTES}]
_PAGE = {
    **dict.fromkeys((1, 2, 3, 4), _INT),
    5: {**dict.fromkeys((1, 2, 3, 4), _INT), 5: _STATISTICS},
    6: _NONE,
    7: {1: _INT, 2: _INT, 3: _BOOL},
    8: {**dict.fromkeys(range(1, 7), _INT), 7: _BOOL, 8: _STATISTICS},
}
_CHUNK = {
    **dict.fromkeys((1, 4, 5, 6, 7, 9, 10, 11, 14, 15), _INT),
    2: [_INT],
    3: [_BYTES],
    8: _PAIRS,
    12: _STATISTICS,
    13: [{1: _INT, 2: _INT, 3: _INT}],
    16: {1: _INT, 2: [_INT], 3: [_INT]},
}
_TIME = {1: _BOOL, 2: {1: _NONE, 2: _NONE, 3: _NONE}}
_LOGICAL = {
    **dict.fromkeys((1, 2, 3, 4, 6, 11, 12, 13, 14, 15), _NONE),
    5: {1: _INT, 2: _INT},
    7: _TIME,
    8: _TIME,
    10: {1: _BYTE, 2: _BOOL},
}
_FOOTER = {
    1: _INT,
    2: [{**dict.fromkeys((1, 2, 3, 5, 6, 7, 8, 9), _INT), 4: _BYTES, 10: _LOGICAL}],
    3: _INT,
    4: [
        {
            **dict.fromkeys((2, 3, 5, 6, 7), _INT),
            1: [{1: _BYTES, 3: _CHUNK, **dict.fromkeys((2, 4, 5, 6, 7), _INT)}],
            4: [{1: _INT, 2: _BOOL, 3: _BOOL}],
        }
    ],
    5: _PAIRS,
    6: _BYTES,
    7: [{1: _NONE}],
}


class PageError(ValueError):
    """Why the sizes of a Parquet file cannot be right, in a few words."""


def check_sizes(data: bytes, max_rows: int) -> None:
    """See to it that a Parquet file states no size that it cannot have.

    Parameters
    ----------
    data
        The file.
    max_rows
        Rows that it may have.

    Raises
    ------
    PageError
        If it has more rows, values or unpacked bytes than a table may have, if its pages do not
        fill the places that its footer names, or if its metadata is not as specified.
    """
    footer, ends = _footer(data)
    rows = _number(footer, 3)
    if rows > max_rows:
        raise PageError(f"{rows:,} rows, which no table has")
    groups = footer.get(4, [])
    if sum(_number(group, 3) for group in groups) != rows:
        raise PageError("its groups of rows are not all of its rows")
    _check_columns(footer.get(2, []))
    values = unpacked = pages = 0
    for group in groups:
        for column in group.get(1, []):
            chunk = column.get(3, {})
            values += _number(chunk, 5)
            if values > _MAX_VALUES:
                raise PageError("more values than any table has")
            for size in _pages(data, ends, chunk):
                unpacked, pages = unpacked + size, pages + 1
                if unpacked > _MAX_UNPACKED or pages > _MAX_PAGES:
                    raise PageError("larger, when unpacked, than any table")


def _check_columns(columns: list[dict[int, Any]]) -> None:
    if len(columns) > _MAX_COLUMNS:
        raise PageError(f"more than {_MAX_COLUMNS:,} columns, which no table has")
    if sum(_number({5: 0} | column, 5) for column in columns) != len(columns) - 1:
        raise PageError("its columns do not have as many parts as they state")
    if any(column.get(2, 0) not in range(_MAX_WIDTH + 1) for column in columns):
        raise PageError("a column with wider values than any table has")


def _footer(data: bytes) -> tuple[dict[int, Any], int]:
    """Return the footer, and where what stands before it ends."""
    length = int.from_bytes(data[-8:-4], "little")
    ends = len(data) - 8 - length
    if data[:4] != _MAGIC or data[-4:] != _MAGIC or ends < len(_MAGIC):
        raise PageError("no whole Parquet file")
    if length > _MAX_FOOTER:
        raise PageError(f"a footer of {length:,} bytes, which no table has")
    return _Reader(memoryview(data)[ends:-8]).struct(_FOOTER), ends


def _pages(data: bytes, ends: int, chunk: dict[int, Any]) -> Iterator[int]:
    """Yield the size of each page of a column in a group of rows, unpacked."""
    place = _number(chunk, 9)
    if 11 in chunk:
        place = min(place, _number(chunk, 11))
    last, values = place + _number(chunk, 7), _number(chunk, 5)
    if place < len(_MAGIC) or last > ends:
        raise PageError("a column lies outside of the file")
    while place < last:
        reader = _Reader(memoryview(data)[place:last])
        page = reader.struct(_PAGE)
        place += reader.at + _number(page, 3)
        if place > last:
            raise PageError("a page lies outside of its column")
        _check_page(page, values)
        yield _number(page, 2)


def _check_page(page: dict[int, Any], values: int) -> None:
    """Check a page of values, or of the dictionary of a column that has so many."""
    size = _number(page, 2)
    dictionary, divided = page.get(7), page.get(8)
    head = page.get(5) or dictionary or divided or _NONE
    levels = max(_number(divided, 5), _number(divided, 6)) if divided else 0
    if _number(head, 1) > (size if dictionary else values) or levels > size:
        raise PageError("a page that states more values than it can have")
    if _number(head, 4 if divided else 2) not in _ENCODINGS:
        raise PageError("an encoding that no table is written in")


def _number(of: dict[int, Any], field: int) -> int:
    """Return a number that must be there, and not below zero."""
    found = of.get(field, -1)
    if found < 0:
        raise PageError("a size is missing or below zero")
    return int(found)


class _Reader:
    """Reading of some bytes, field by field."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def struct(self, shape: dict[int, _Shape], depth: int = 0) -> dict[int, Any]:
        """Read a structure."""
        found: dict[int, Any] = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._signed()
            kind = head & 15
            if field not in shape or field in found or depth > _DEEPEST:
                raise PageError("metadata that the Parquet specification does not know")
            found[field] = kind == 1 if kind < 3 else self._value(shape[field], kind, depth)
            if kind < 3 and shape[field] is not _BOOL:
                raise _other_type()
        return found

    def _value(self, shape: _Shape, kind: int, depth: int) -> object:
        if isinstance(shape, dict) and kind == _STRUCT:
            return self.struct(shape, depth + 1)
        if isinstance(shape, list) and kind == _LIST:
            return self._list(shape[0], depth + 1)
        if not isinstance(shape, str) or _TYPES.get(kind) != shape:
            raise _other_type()
        if shape is _BYTES:
            return self._bytes(self._unsigned())
        return self._signed() if shape is _INT else self._byte()

    def _list(self, shape: _Shape, depth: int) -> list[object]:
        head = self._byte()
        length = head >> 4 if head >> 4 < 15 else self._unsigned()
        if length > len(self.data) - self.at:
            raise PageError("a list that is longer than the file")
        return [self._value(shape, head & 15, depth) for _ in range(length)]

    def _byte(self) -> int:
        if self.at >= len(self.data):
            raise PageError("its metadata ends too early")
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, length: int) -> memoryview:
        if length > len(self.data) - self.at:
            raise PageError("its metadata ends too early")
        self.at += length
        return self.data[self.at - length : self.at]

    def _unsigned(self) -> int:
        """Read a number of seven bits in each byte, the lowest first."""
        found = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            found |= (byte & 127) << shift
            if byte < 128:
                return found
        raise PageError("a number that is longer than numbers are")

    def _signed(self) -> int:
        found = self._unsigned()
        return found >> 1 ^ -(found & 1)


def _other_type() -> PageError:
    return PageError("metadata of another type than the Parquet specification gives it")
