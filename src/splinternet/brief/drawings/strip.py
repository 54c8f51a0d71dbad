"""A strip: one figure of all nations as dots on a line, with one of them, and the median, named."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from splinternet.brief.drawings.lettering import text_width
from splinternet.brief.drawings.svg import drawing, rect, text
from splinternet.brief.theme import ACCENT, GRID, INK, MUTED, PAPER

__all__ = ["strip"]

_HEIGHT, _LINE, _SIDE = 62.0, 34.0, 8.0

#: Dots that would lie on each other are stacked, by columns of so many pixels.
_COLUMN, _STACK, _MOST = 3.0, 3.2, 7


def strip(
    values: Sequence[float],
    own: float,
    *,
    title: str,
    said: str,
    median: tuple[float, str],
    share: bool = True,
    low: float | None = None,
    high: float | None = None,
    width: int = 340,
) -> str:
    """Draw all nations' figures as dots, one nation's as a large one.

    Parameters
    ----------
    values
        Of all nations.
    own
        Of the nation that is looked at.
    title, said
        What is seen, and the nation's figure in words.
    median
        The figure in the middle, and how it is written.
    share
        Whether figures are shares, on a line from 0 to 1; else numbers, each tenfold as far on.
    low, high
        The interval that the nation's figure lies in, if known.
    width
        In pixels.
    """
    most = max([*values, own, 1.0])

    def place(value: float) -> float:
        part = value if share else log10(max(value, 1)) / max(log10(most), 1)
        return _SIDE + (width - 2 * _SIDE) * min(max(part, 0.0), 1.0)

    stacked: dict[int, int] = {}
    parts = [rect(_SIDE, _LINE - 0.5, width - 2 * _SIDE, 1, GRID)]
    for value in sorted(values):
        column = round(place(value) / _COLUMN)
        high_up = min(stacked.get(column, 0), _MOST)
        stacked[column] = high_up + 1
        y = _LINE - 3 - high_up * _STACK
        parts.append(f'<circle cx="{column * _COLUMN:.0f}" cy="{y:.1f}" r="1.6" fill="{MUTED}"/>')
    at = place(median[0])
    parts.append(rect(at - 0.75, _LINE - 4, 1.5, 12, INK))
    parts.append(_label(at, _LINE + 18, median[1], width))
    if low is not None and high is not None:
        parts.append(rect(place(low), _LINE - 2, place(high) - place(low), 4, ACCENT))
    parts.append(
        f'<circle cx="{place(own):.1f}" cy="{_LINE:.1f}" r="6" fill="{ACCENT}" stroke="{PAPER}" '
        'stroke-width="2"/>'
    )
    about = f"{said}; {median[1]}"
    return drawing(parts, width=width, height=_HEIGHT, title=title, about=about, kind="strip")


def _label(at: float, y: float, said: str, width: float) -> str:
    """Write below a place, as far to either side as there is room."""
    half = text_width(said, 12) / 2
    middle = min(max(at, half + 2), width - half - 2)
    return text(middle, y, said, fill=MUTED, size=12, anchor="middle")
