"""A strip: one figure of all nations as dots on a line, with one of them, and the median, named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log2

from splinternet.brief.drawings.lettering import text_width
from splinternet.brief.drawings.svg import drawing, rect, text
from splinternet.brief.theme import ACCENT, GRID, INK, MUTED, PAPER

__all__ = ["strip"]

_HEIGHT, _LINE, _SIDE = 66.0, 34.0, 8.0

#: How far below the line the range is drawn, clear of dots, and how long it is at least.
_BELOW, _LEAST = 9.0, 5.0

#: How far below the line words stand.
_WORDS = 25.0

#: Pixels between two labels at least.
_GAP = 12.0

#: Dots that would lie on each other are stacked, by columns of so many pixels, each so much above
#: the next, or closer where the highest pile would not have room.
_COLUMN, _STACK, _ROOM = 3.0, 3.2, 26.0

#: Where the axis is marked for shares; for numbers each mark is twice the one before.
_SHARES = {0.0: "0%", 0.5: "50%", 1.0: "100%"}


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
        Whether figures are shares, on a line from 0 to 1; else numbers, each doubling as far on.
    low, high
        The interval that the nation's figure lies in, if known.
    width
        In pixels.
    """
    most = max([*values, own, high or 0.0, 1.0])

    def place(value: float) -> float:
        part = value if share else log2(max(value, 1)) / max(log2(most), 1)
        return _SIDE + (width - 2 * _SIDE) * min(max(part, 0.0), 1.0)

    parts = [rect(_SIDE, _LINE - 0.5, width - 2 * _SIDE, 1, GRID)]
    marked = _SHARES if share else _doublings(most)
    parts += [rect(place(mark) - 0.5, _LINE - 3, 1, 6, GRID) for mark in marked]
    parts += _piles([round(place(value) / _COLUMN) for value in values])
    parts.append(rect(place(median[0]) - 0.75, _LINE - 4, 1.5, 11, INK))
    # Both ends and the median are labelled, and of other marks those for which there is room.
    named = {place(mark): name for mark, name in marked.items()}
    first, last = min(named), max(named)
    parts += _labels(
        {place(median[0]): median[1]} | {first: named[first], last: named[last]} | named, width
    )
    if low is not None and high is not None and low < high:
        long = max(place(high) - place(low), _LEAST)
        parts.append(rect((place(low) + place(high) - long) / 2, _LINE + _BELOW, long, 3, ACCENT))
    parts.append(
        f'<circle cx="{place(own):.1f}" cy="{_LINE:.1f}" r="6" fill="{ACCENT}" stroke="{PAPER}" '
        'stroke-width="2"/>'
    )
    about = f"{said}; {median[1]}"
    return drawing(parts, width=width, height=_HEIGHT, title=title, about=about, kind="strip")


def _piles(columns: Sequence[int]) -> Iterator[str]:
    """Draw a dot in its column for each nation, those of a column above each other."""
    piles = Counter(columns)
    step = min(_STACK, _ROOM / max(piles.values()))
    for column, nations in sorted(piles.items()):
        for place in range(nations):
            yield (
                f'<circle cx="{column * _COLUMN:.0f}" cy="{_LINE - 3 - place * step:.1f}" r="1.6" '
                f'fill="{MUTED}"/>'
            )


def _doublings(most: float) -> dict[float, str]:
    """Mark 1, each doubling of it, and the end."""
    marks = [2.0**power for power in range(int(log2(most)) + 1)]
    return {mark: f"{mark:,.0f}" for mark in (*marks, most)}


def _labels(wanted: Mapping[float, str], width: float) -> Iterator[str]:
    """Write below each place, as far to either side as there is room; the first come first."""
    taken: list[tuple[float, float]] = []
    for at, said in wanted.items():
        half = text_width(said, 12) / 2
        middle = min(max(at, half + 2), width - half - 2)
        if all(abs(middle - other) > half + room + _GAP for other, room in taken):
            taken.append((middle, half))
            yield text(middle, _LINE + _WORDS, said, fill=MUTED, size=12, anchor="middle")
