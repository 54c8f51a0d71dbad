"""Tables of one's own: CSV whose first line names the columns, as spreadsheets save it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from splinternet.world.files import Source
from splinternet.world.readers._lines import ADVICE, shortened, tidied

__all__ = ["OwnTable", "asn_of"]

#: More than all links of the Internet; rows are read one by one, which takes its time.
MAX_ROWS = 1_000_000

_SEPARATORS = ",;\t"

#: Blanks around a cell, unbreakable ones too; control characters are none, and are counted.
_BLANKS = "\t \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


@dataclass(frozen=True)
class OwnTable:
    """Columns that a table of one's own may have: each spelling, and what it is called here."""

    spellings: Mapping[str, str]

    def columns(self, head: list[str]) -> list[str]:
        """Return the columns that the first line of a file names; none if it is no header.

        A column that is not known is called by its own name, in capitals.
        """
        line = next((line for line in head if _is_data(line)), "")
        try:
            return self._columns(_cells(line, _separator(line)))
        except csv.Error:
            return []

    def rows(self, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row that has any value: the number of its line, and its cells by column.

        Raises
        ------
        InputError
            If a row is no UTF-8, has more or fewer values than there are columns, or lacks a
            quotation mark; the line is named.
        """
        columns: list[str] = []
        separator = ","
        for number, raw in _lines(source):
            if number > MAX_ROWS:
                raise source.error(f"has more than {MAX_ROWS:,} lines; split it up")
            try:
                line = raw.decode()
            except UnicodeDecodeError:
                said = "this is not UTF-8; save the file in that encoding"
                raise source.error(said, number) from None
            if not _is_data(line):
                continue
            if not columns:
                separator = _separator(line)
                columns = self._columns(_cells(line, separator))
                continue
            try:
                cells = _cells(line, separator)
            except csv.Error as error:
                raise source.error(f"{shortened(raw)!r}: {error}; {ADVICE}", number) from None
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise source.error(
                    f"{shortened(raw)!r}: has {len(cells)} values where the first line names "
                    f"{len(columns)} columns; {ADVICE}",
                    number,
                )
            yield number, dict(zip(columns, cells, strict=True))

    def _columns(self, cells: list[str]) -> list[str]:
        return [self.spellings.get(cell.lower(), cell.upper()) for cell in cells]


def asn_of(text: str) -> int | None:
    """Read an AS number: 3356, AS3356, or 1.10 for 65546 (RFC 5396); None if it is none."""
    found = re.fullmatch(r"(?:AS ?)?(?:(\d{1,5})\.(?=\d{1,5}$))?(\d{1,10})", text, re.IGNORECASE)
    if not found:
        return None
    high, low = int(found[1] or 0), int(found[2])
    number = high * 65_536 + low
    dotted_wrongly = found[1] is not None and (high > 65_535 or low > 65_535)
    return None if dotted_wrongly or not 0 < number < 2**32 else number


def _lines(source: Source) -> Iterator[tuple[int, bytes]]:
    for first, block in source.blocks():
        yield from enumerate(block.split(b"\n")[:-1], first)


def _is_data(line: str) -> bool:
    """Tell whether a line is neither blank, nor a comment, nor separators alone."""
    return line.strip(_SEPARATORS + " \r\n") != "" and not line.lstrip().startswith("#")


def _separator(line: str) -> str:
    """Return what stands between the columns that a first line names."""
    return max(_SEPARATORS, key=line.count)


def _cells(line: str, separator: str) -> list[str]:
    tidy = tidied(line.encode(), separator.encode(), quoted=True).decode()
    rows = csv.reader([tidy], delimiter=separator, strict=True)
    return [cell.strip(_BLANKS) for cell in next(rows, [])]
