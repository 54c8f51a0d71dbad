"""Ranked bars: shares of one whole that overlap, each on a track as long as all of it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import polars as pl

from splinternet.base.texts import phrase
from splinternet.brief.drawings.lettering import cut_name, text_width
from splinternet.brief.drawings.rows import checked
from splinternet.brief.drawings.svg import drawing, linked, rect, text
from splinternet.brief.ranged import between, ranged
from splinternet.brief.theme import ACCENT, GRID, INK, LOSS, MUTED, PAPER

__all__ = ["ranked"]

_WIDE = 480
_BAR, _ROW, _LABEL = 12.0, 26.0, 18.0

#: Length of the line that stands for a range below the bars.
_MARKED = 10.0

#: Reference of what a row is about, as "network:3356", to an address; None for no link.
Address = Callable[[str], str | None]


def ranked(
    frame: pl.DataFrame,
    *,
    title: str,
    other: str = "",
    address: Address | None = None,
    width: int = 720,
) -> str:
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
    rows = checked(
        frame, "ranked bars", ("label", "value"), ("other", "low", "high", "note", "ref")
    )
    above = width < _WIDE
    widest = 1.1 * max(text_width(str(row["label"])) for row in rows) + 12
    left = 0.0 if above else ceil(min(widest, width / 2))
    known = any(row["value"] is not None and row["low"] is not None for row in rows)
    texts = [_text(row, known) for row in rows]
    room = 1.2 * max(map(text_width, texts)) + 10  # other fonts are wider
    track = width - left - room
    parts, y = [], 0.0
    for row, said in zip(rows, texts, strict=True):
        label = cut_name(str(row["label"]), (width if above else left - 12) / 1.1)
        to = address(row["ref"]) if address and row["ref"] else None
        label_y = y + _LABEL / 2 if above else y + _ROW / 2
        top = y + _LABEL + 1 if above else y + (_ROW - _BAR) / 2
        parts.append(linked(text(0, label_y, label, fill=ACCENT if to else INK), to))
        parts += _bar(row, left, top, track)
        parts.append(text(left + track + 8, top + _BAR / 2, said))
        y = top + _BAR + (9 if above else (_ROW - _BAR) / 2)
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


def _text(row: dict[str, Any], known: bool) -> str:
    ends = row["low"], row["high"]
    if row["value"] is None:
        said = between(*ends) or phrase("charts.no_figure")
    else:
        said = ranged(row["value"], *ends, known=known)
    return f"{said} {row['note']}" if row["note"] else said


def _bar(row: dict[str, Any], left: float, top: float, track: float) -> list[str]:
    """Draw the whole, the part, the interval and the mark."""
    parts = [rect(left, top, track, _BAR, GRID, corner=2)]
    if row["value"] is not None:
        parts.append(rect(left, top, track * min(row["value"], 1), _BAR, ACCENT, corner=2))
    if row["low"] is not None and row["high"] is not None:
        from_, to = (left + track * min(row[end], 1) for end in ("low", "high"))
        colour = INK if row["value"] is not None else ACCENT
        parts.append(rect(from_, top + _BAR / 2 - 1, max(to - from_, 2), 2, colour))
    if row["other"] is not None:
        parts += _mark(left + track * min(row["other"], 1), top + _BAR / 2)
    return parts


def _mark(x: float, y: float) -> list[str]:
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{PAPER}" stroke="{LOSS}" stroke-width="2"/>'
    ]
