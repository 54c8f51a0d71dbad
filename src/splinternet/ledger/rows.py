"""Rows of a ledger's files, typed as their columns are declared, with what is wrong and where."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from splinternet.base.columns import Column, Table
from splinternet.base.dates import parse_span
from splinternet.base.errors import InputError, most_alike
from splinternet.base.text import read_text
from splinternet.ledger.disputes import parse_dispute
from splinternet.ledger.privacy import private_name

__all__ = ["Problem", "Rows", "read_cell", "read_entries", "read_table", "unknown"]

#: What an empty cell means where a value is needed.
_DEFAULTS = {"status": "normal"}

#: Dates of which the first possible day is kept; of the others it is the last.
_FROM = ("start",)

_FIGURE = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?", re.ASCII)
_PRECISION = "_precision"
_SEPARATORS = ",;\t"


class Problem(NamedTuple):
    """Faults of a ledger, and where they are."""

    file: Path
    line: int | None
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else f"{self.file}"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class Rows:
    """The rows of one file, the line of each, and what is wrong with the others."""

    file: Path
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        return zip(self.lines, self.rows, strict=True)

    def add(self, line: int, row: dict[str, Any]) -> None:
        """Add a row."""
        self.lines.append(line)
        self.rows.append(row)

    def blame(self, line: int | None, message: str) -> None:
        """Say what is wrong with a line, or with the whole file."""
        self.problems.append(Problem(self.file, line, message))


def read_table(file: Path, table: Table) -> Rows:
    """Read a CSV file whose first line names columns of a table."""
    found = Rows(file)
    try:
        text = read_text(file)
    except InputError as error:
        return _unreadable(found, error)
    lines = _csv_lines(found, text)
    first = next(lines, None)
    if first is not None and first[1][0].startswith("sep="):  # spreadsheets name what separates
        first = next(lines, None)
    if first is None:
        if not found.problems:
            found.blame(None, "the file is empty; its first line names the columns")
        return found
    columns = {column.name: column for column in written_columns(table)}
    head = [n.casefold() if n.casefold() in columns else n for n in _named(first[1])]
    for message in _wrong_head(head, columns):
        found.blame(first[0], message)
    if found.problems:
        return found
    for line, each in lines:
        cells = each[: len(head)] if len(_named(each)) <= len(head) else each
        if len(cells) != len(head):
            found.blame(
                line,
                f"has {len(cells)} values where the first line names {len(head)} columns; "
                f'put values that hold "{_separator(text)}" in "quotation marks"',
            )
            continue
        _parse(found, line, columns, dict(zip(head, cells, strict=True)))
    return found


def _named(cells: list[str]) -> list[str]:
    """Cells without those at the end that are empty, as spreadsheets may leave them."""
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return [cell.strip() for cell in cells[:last]]


def written_columns(table: Table) -> list[Column]:
    """Columns that a file has: the precision of a date is told by how it is written."""
    return [column for column in table.columns if not column.name.endswith(_PRECISION)]


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """Say that a word is not known, with the nearest that are."""
    near = most_alike(given, known)
    return f"unknown {what} {given!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _separator(text: str) -> str:
    """Return what stands between the columns that the first line names.

    Spreadsheets write semicolons where numbers have a decimal comma.
    """
    head = next((line for line in text.splitlines() if line.strip(_SEPARATORS + " ")), "")
    return max(_SEPARATORS, key=head.count)


def _csv_lines(found: Rows, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that has any value, with the number of its first line.

    Malformed cells are blamed in ``found``.
    """
    file = io.StringIO(text, newline="")
    reader = csv.reader(file, delimiter=_separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any("\n" in cell or "\r" in cell for cell in cells):
                found.blame(line, "a value goes over several lines; is a quotation mark missing?")
            elif any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        found.blame(line, f"is malformed CSV ({error}); correct the quotation marks")


def _wrong_head(head: list[str], columns: dict[str, Column]) -> Iterator[str]:
    for name in dict.fromkeys(head):
        if private_name(name):
            yield f"the column {name!r} would hold private data of persons; remove it"
        elif name not in columns:
            yield unknown("column", name, columns)
        elif head.count(name) > 1:
            yield f"the column {name!r} comes more than once"
    for name, column in columns.items():
        must = not (column.optional or column.dtype == pl.List or name in _DEFAULTS)
        if must and name not in head:
            yield f"the column {name!r} is missing"


def _parse(found: Rows, line: int, columns: dict[str, Column], cells: dict[str, str]) -> None:
    """Add a row whose cells can all be understood."""
    row: dict[str, Any] = {}
    wrong = False
    for name, column in columns.items():
        try:
            row |= read_cell(column, cells.get(name, "").strip())
        except ValueError as error:
            wrong = True
            found.blame(line, f"{name}: {error}")
    if not wrong:
        found.add(line, row)


def read_cell(column: Column, text: str) -> dict[str, Any]:
    """Type a cell; a date gives its precision too.

    Raises
    ------
    ValueError
        If the text cannot stand in this column.
    """
    name, dtype = column.name, column.dtype
    if isinstance(dtype, pl.List):
        inner = dtype.inner
        return {name: [_value(name, inner, part) for part in _parts(text)]}
    text = text or _DEFAULTS.get(name, "")
    if not text and not column.optional:
        raise ValueError("is empty; it needs a value")
    if dtype == pl.Date:
        span = parse_span(text) if text else None
        day = span and (span.first if name in _FROM else span.last)
        return {name: day, name + _PRECISION: span and span.precision}
    return {name: _value(name, dtype, text) if text else None}


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(";")] if text else []
    if "" in parts:
        raise ValueError("has an empty part between semicolons")
    if len(set(parts)) < len(parts):
        raise ValueError("names something twice")
    return parts


def _value(name: str, dtype: Any, text: str) -> Any:  # noqa: ANN401 - as the column has it
    if isinstance(dtype, pl.Enum):
        if text not in (words := dtype.categories.to_list()):
            raise ValueError(unknown(name.removesuffix("s"), text, words))
        return text
    if isinstance(dtype, pl.Struct):
        return parse_dispute(text)
    if dtype == pl.String:
        return text
    if not _FIGURE.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no plain figure; write 1500000 or 28.3")
    if dtype.is_float():
        return float(text)
    if not text.isdigit() or not 0 < int(text) < 2**32:
        raise ValueError(f"{text!r} is no whole number from 1 to 4294967295")
    return int(text)


def read_entries(file: Path, parse: Callable[[dict[str, Any]], dict[str, Any]]) -> Rows:
    """Read a JSON file that holds a list of objects.

    ``parse`` makes a row of an object, and raises ValueError if it cannot.
    """
    found = Rows(file)
    try:
        text = read_text(file)
        entries = json.loads(text)
    except InputError as error:
        return _unreadable(found, error)
    except json.JSONDecodeError as error:
        found.blame(error.lineno, f"is malformed JSON ({error.msg})")
        return found
    except (ValueError, RecursionError):  # figures of thousands of digits, lists in lists in lists
        found.blame(None, "is JSON of no sensible kind; give a list of sources")
        return found
    if not isinstance(entries, list):
        found.blame(1, "is no list; write the sources between [ and ]")
        return found
    for line, entry in _pieces(text):
        try:
            found.add(line, parse(_object(entry)))
        except ValueError as error:
            found.blame(line, str(error))
    return found


def _unreadable(found: Rows, error: InputError) -> Rows:
    found.blame(error.line, error.reason)
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a list, known to be well-formed, into its entries, with the line of each."""
    decoder = json.JSONDecoder()
    between = re.compile(r"[\s,]*")
    at, line, counted = text.index("[") + 1, 1, 0
    while True:
        skipped = between.match(text, at)
        at = skipped.end() if skipped else at
        if text[at] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        end = decoder.raw_decode(text, at)[1]
        yield line, text[at:end]
        at = end


def _object(text: str) -> dict[str, Any]:
    entry = json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_constant)
    if not isinstance(entry, dict):
        raise ValueError("is no object; write a source between { and }")
    return entry


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"gives {key!r} more than once")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no figure")
