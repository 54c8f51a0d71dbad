"""Bars: shares, each on a track as long as all of it, with its range and a second share.

Every bar is one of these: in pictures, in cells of tables, and in letters in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.texts import phrase
from splinternet.brief.drawings.lettering import cut_name, text_width
from splinternet.brief.drawings.rows import checked
from splinternet.brief.drawings.svg import Drawing, drawing, linked, rect, text
from splinternet.brief.ranged import between, ranged
from splinternet.brief.theme import ACCENT, GRID, INK, LOSS, MUTED, PAPER

__all__ = ["BAR_COLUMNS", "bars", "in_cell", "in_letters", "said_of"]

_WIDE = 480
_BAR, _ROW, _LABEL = 12.0, 26.0, 18.0

#: Half of what a mark takes of its track, and the part of a picture that a track is at the least.
_MARK, _TRACK = 5.0, 0.2

#: Length of the line that stands for a range below the bars, and of a track in a cell.
_MARKED, _CELL = 10.0, 200.0

#: Columns that a frame of bars may have beside its labels and values.
BAR_COLUMNS = ("other", "low", "high", "note", "ref")

#: Columns with shares, in the order in which a bar takes them.
_SHARES = ("value", "low", "high", "other")

#: Reference of what a row is about, as "network:3356", to an address; None for no link.
Address = Callable[[str], str | None]


@typed
def bars(
    frame: pl.DataFrame,
    *,
    title: str,
    other: str = "",
    address: Address | None = None,
    width: int = 720,
) -> Drawing:
    """Draw shares in the order of the frame.

    Parameters
    ----------
    frame
        ``label``; ``value``, a share of one, null if not known. If there are such: ``other``, a
        second share, as a mark on the track; ``low`` and ``high``, the interval that the value
        lies in; ``note``, words beside the figure; ``ref``, what the row is about.
    title
        What is seen.
    other
        What the mark stands for.
    address
        Gives the page of what a row is about.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows.
    """
    rows = checked(frame, "bars", ("label", "value"), BAR_COLUMNS)
    above = width < _WIDE
    widest = 1.1 * max(text_width(str(row["label"])) for row in rows) + 12
    known = _is_ranged(rows)
    texts = said_of(rows)
    room = 1.2 * max(map(text_width, texts)) + 10  # other fonts are wider
    # A mark at the end of a track is whole, and long words have a line of their own.
    left = _MARK * bool(other) if above else ceil(min(widest, width / 2))
    below = width - left - room < _TRACK * width
    track = width - left - (_MARK if below else room)
    parts, y = [], 0.0
    for row, said in zip(rows, texts, strict=True):
        label = cut_name(str(row["label"]), (width if above else left - 12) / 1.1)
        to = address(row["ref"]) if address and row["ref"] else None
        label_y = y + _LABEL / 2 if above else y + _ROW / 2
        top = y + _LABEL + 1 if above else y + (_ROW - _BAR) / 2
        parts.append(linked(text(0, label_y, label, fill=ACCENT if to else INK), to))
        parts += _bar(left, top, track, *(row[name] for name in _SHARES))
        under = (0.0 if above else left), top + _BAR + _LABEL / 2
        parts.append(text(*(under if below else (left + track + 8, top + _BAR / 2)), said))
        y = top + _BAR + (9 if above else (_ROW - _BAR) / 2) + _LABEL * below
    if other:
        parts += [*_mark(left + 5, y + 10), text(left + 14, y + 10, other, fill=MUTED, size=12)]
        y += 20
    if known:
        parts += [
            rect(left, y + 9, _MARKED, 2, INK),
            text(left + 14, y + 10, phrase("charts.range"), fill=MUTED, size=12),
        ]
        y += 20
    about = "; ".join(f"{row['label']}: {said}" for row, said in zip(rows, texts, strict=True))
    kind = "narrow" if above else "wide"
    return drawing(parts, width=width, height=y, title=title, about=about, kind=kind)


def said_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Figures of bars in words, with the range and the note that each has."""
    known = _is_ranged(rows)
    return [_text(row, known) for row in rows]


def _is_ranged(rows: Iterable[Mapping[str, Any]]) -> bool:
    return any(row["value"] is not None and row["low"] is not None for row in rows)


def _text(row: Mapping[str, Any], known: bool) -> str:
    ends = row["low"], row["high"]
    if row["value"] is None:
        said = between(*ends) or phrase("charts.no_figure")
    else:
        said = ranged(row["value"], *ends, known=known)
    return f"{said} {row['note']}" if row["note"] else said


def in_cell(part: float, low: float | None = None, high: float | None = None) -> str:
    """Draw a bar that fills the cell of a table, which has the figure in words.

    Parameters
    ----------
    part
        How much of the track it fills, from 0 to 1.
    low, high
        The ends of its range as such parts, if they are known.
    """
    inside = "".join(_bar(0, 0, _CELL, part, low, high, None))
    size = f'viewBox="0 0 {_CELL:g} {_BAR:g}"'
    return f'<svg class="chart bar" {size} aria-hidden="true">{inside}</svg>'


def in_letters(part: float, wide: int) -> tuple[str, str]:
    """Write a bar in so many letters: what is full, and the rest of its track."""
    full = round(wide * min(max(part, 0.0), 1.0))
    return "█" * full, "░" * (wide - full)


def _bar(
    left: float,
    top: float,
    track: float,
    value: float | None,
    low: float | None,
    high: float | None,
    other: float | None,
) -> list[str]:
    """Draw the whole, the part, the interval and the mark."""

    def at(share: float) -> float:
        return left + track * min(max(share, 0.0), 1.0)

    parts = [rect(left, top, track, _BAR, GRID, corner=2)]
    if value is not None:
        parts.append(rect(left, top, at(value) - left, _BAR, ACCENT, corner=2))
    if low is not None and high is not None:
        colour = INK if value is not None else ACCENT
        parts.append(rect(at(low), top + _BAR / 2 - 1, max(at(high) - at(low), 2), 2, colour))
    if other is not None:
        parts += _mark(at(other), top + _BAR / 2)
    return parts


def _mark(x: float, y: float) -> list[str]:
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{PAPER}" stroke="{LOSS}" stroke-width="2"/>'
    ]
