"""Tables as pages show them, and as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from splinternet.base.texts import phrase
from splinternet.brief.cells import cell_text
from splinternet.brief.words import country_title
from splinternet.measures.catalogue import column_labels

if TYPE_CHECKING:
    from splinternet.web.parts import Link

__all__ = ["MEDIA", "Cell", "Shown", "Table", "fitted", "numeric", "shown"]

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "toml": "application/toml; charset=utf-8",
    "zip": "application/zip",
}


#: From how many columns on a table of figures is wide, and one of words.
_MANY, _FEW = 5, 3


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Attributes
    ----------
    name
        Its name in addresses.
    heading
        What it shows.
    frame
        Its rows.
    """

    name: str
    heading: str
    frame: pl.DataFrame


@dataclass(frozen=True)
class Cell:
    """A value as people read it, and whether it is a number."""

    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Shown:
    """The first rows of a table, and how many more there are."""

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int


#: Columns that have a title of their own.
_TITLED = (
    "address_share",
    "figure_after",
    "figure_before",
    "from_network",
    "links_after",
    "links_before",
    "pairs",
    "points",
    "to_network",
)


def shown(frame: pl.DataFrame, limit: int = 15) -> Shown:
    """Return the first rows as people read them."""
    titles = column_labels() | {name: phrase(f"web.table.{name}") for name in _TITLED}
    ends = {name: (f"{name}_low", f"{name}_high") for name in frame.columns}
    ranged = {name: both for name, both in ends.items() if {*both} <= {*frame.columns}}
    gone = {each for both in ranged.values() for each in both}
    named = [name for name in frame.columns if name not in gone]
    numeric = {name: frame.schema[name].is_numeric() and name != "asn" for name in named}
    columns = tuple(Cell(titles.get(name, name.replace("_", " ")), numeric[name]) for name in named)
    rows = tuple(
        tuple(
            Cell(_with_range(_text(name, row[name]), name, ranged.get(name), row), numeric[name])
            for name in named
        )
        for row in frame.head(limit).iter_rows(named=True)
    )
    return Shown(columns, rows, max(0, frame.height - limit))


def _with_range(
    text: str, column: str, ends: tuple[str, str] | None, row: Mapping[str, object]
) -> str:
    """Put the range of a figure into its cell."""
    if ends is None or any(row[end] is None for end in ends):
        return text
    low, high = (_text(column, row[end]) for end in ends)
    if low == high:
        return text
    between = phrase("charts.between", low=low, high=high)
    return phrase("words.ranges.share", share=text, ends=between)


def numeric(rows: Sequence[Sequence[Link]]) -> list[bool]:
    """Tell which columns of links hold numbers, whatever stands where one is not known."""
    return [any(cell.number is not None for cell in column) for column in zip(*rows, strict=True)]


def fitted(numbers: Sequence[bool]) -> str:
    """Class of a table of links by how it fits a telephone, from which columns hold numbers.

    Where all but the first do, ranges take two lines; else the cells of a row stand below each
    other where they are many.
    """
    columns, figures = len(numbers), sum(numbers)
    if figures == columns - 1 and columns < _MANY:
        return "tight"
    return "stacks" if columns >= _FEW + (figures > 0) else ""


def _text(column: str, value: object) -> str:
    if column == "country" and (value is None or (isinstance(value, str) and len(value) == 2)):
        return country_title(value)
    return cell_text(column, value)
