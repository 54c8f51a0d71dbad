"""Rows of a table on a terminal: as wide as it is, and what finds no room there is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from splinternet.base.texts import phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import polars as pl
    from rich.console import Console
    from rich.text import Text

__all__ = ["fitted", "print_rows"]

#: Columns of doubts, in words and in networks.
_DOUBTS = ("doubt", "before_doubt", "recursive_doubted")
#: Cells of so few characters are never cut.
_SHORT = 12
#: Columns of words that go on in the next line.
_WRAPPED = ("tie", "figure", "disputes", "dated", "works")
#: Characters between two columns.
_GAP = 2


def print_rows(console: Console, frame: pl.DataFrame, limit: int) -> None:
    """Print the first rows, or all where ``limit`` is 0.

    Where there is too little room long texts lose some of theirs, never a date or a number; then
    columns on the right are left out, and a line names them.
    """
    from rich.table import Table
    from rich.text import Text

    from splinternet.brief.cells import AS_NUMBERS, cell_text

    if not frame.height:
        console.print(phrase("terminal.table.nothing"))
        return
    rows = frame.head(limit) if limit else frame
    # Where there are no doubts there is no room for them.
    certain = [name for name in _DOUBTS if name in rows.columns and not any(rows[name])]
    rows = rows.drop(certain)
    cells = {
        name: [_text(name, cell_text(name, row[name], row)) for row in rows.iter_rows(named=True)]
        for name in rows.columns
    }
    longest, whole = _longest(cells), frozenset[str]()
    if _taken(map(_least, longest, longest.values())) > console.width:
        cells, whole = _folded(cells)
        longest = _longest(cells)
    widths = fitted(longest, console.width, whole)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for name, width in widths.items():
        right = rows.schema[name].is_numeric() and name not in AS_NUMBERS
        heading = Text(name, no_wrap=True, overflow="ellipsis")
        table.add_column(heading, justify="right" if right else "left", width=width)
    for row in zip(*(cells[name] for name in widths), strict=True):
        table.add_row(*row)
    console.print(table)
    if left_out := [name for name in cells if name not in widths]:
        told = {"width": console.width, "columns": ", ".join(left_out)}
        console.print(phrase("terminal.table.narrow", **told), style="dim")
    if rest := frame.height - rows.height:
        console.print(phrase("terminal.table.more", number=rest), style="dim")


def fitted(longest: Mapping[str, int], room: int, whole: Collection[str] = ()) -> dict[str, int]:
    """Return widths of the columns that find room, by the longest cell of each.

    The widest lose characters first, none below its heading and its short cells, and none of those
    that are ``whole``; columns that have no room even so are left out from the right, all but the
    first.
    """
    least = {
        name: max(len(name), cell) if name in whole else _least(name, cell)
        for name, cell in longest.items()
    }
    kept = list(longest)
    while len(kept) > 1 and _taken(least[name] for name in kept) > room:
        kept.pop()
    widths = {name: max(longest[name], len(name)) for name in kept}
    while _taken(widths.values()) > room:
        shrinking = [name for name, width in widths.items() if width > least[name]]
        if not shrinking:
            return {name: min(width, room) for name, width in widths.items()}
        widths[max(shrinking, key=widths.__getitem__)] -= 1
    return widths


def _least(name: str, longest: int) -> int:
    """Count the characters that a column takes at the least."""
    return max(len(name), longest if longest <= _SHORT else 0)


def _longest(cells: Mapping[str, list[Text]]) -> dict[str, int]:
    return {name: max(each.cell_len for each in column) for name, column in cells.items()}


def _folded(
    cells: Mapping[str, list[Text]],
) -> tuple[dict[str, list[Text]], frozenset[str]]:
    """Put ranges into the cells of their figures, ``10% (7% to 13%)``, and name their columns."""
    ends = {name: (f"{name}_low", f"{name}_high") for name in cells}
    ranged = {name: both for name, both in ends.items() if all(each in cells for each in both)}
    gone = {each for both in ranged.values() for each in both}
    found = {name: column for name, column in cells.items() if name not in gone}
    for name, (low, high) in ranged.items():
        rows = zip(cells[name], cells[low], cells[high], strict=True)
        found[name] = [_text(name, _with_range(*(each.plain for each in row))) for row in rows]
    return found, frozenset(ranged)


def _with_range(figure: str, low: str, high: str) -> str:
    if low == high:  # the same by every rule, or not known
        return figure
    ends = phrase("charts.between", low=low, high=high)
    return phrase("words.ranges.share", share=figure, ends=ends)


def _taken(widths: Iterable[int]) -> int:
    """Count the characters of columns and of the gaps between them."""
    taken = list(widths)
    return sum(taken) + _GAP * (len(taken) - 1)


def _text(column: str, cell: str) -> Text:
    from rich.text import Text

    if column in _WRAPPED:
        return Text(cell, overflow="fold")
    return Text(cell, no_wrap=True, overflow="ellipsis")
