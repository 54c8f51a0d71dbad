"""A strip: one figure of all nations as dots on a line, with one of them, and the median, named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log10

from splinternet.brief.drawings.lettering import text_width
from splinternet.brief.drawings.svg import drawing, rect, text
from splinternet.brief.theme import ACCENT, GRID, INK, MUTED, PAPER

__all__ = ["strip"]

_HEIGHT, _LINE, _SIDE = 62.0, 34.0, 8.0

#: Dots that would lie on each other are stacked, by columns of so many pixels, each so much above
#: the next, or closer where the highest pile would not have room.
_COLUMN, _STACK, _ROOM = 3.0, 3.2, 26.0

#: Where the axis is marked, for shares and for numbers.
_SHARES = {0.0: "0%", 0.5: "50%", 1.0: "100%"}
_NUMBERS = {1.0: "1", 10.0: "10", 100.0: "100"}


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

    at = place(median[0])
    marked = {mark: said for mark, said in (_SHARES if share else _NUMBERS).items() if mark <= most}
    parts = [rect(_SIDE, _LINE - 0.5, width - 2 * _SIDE, 1, GRID)]
    for mark, name in marked.items():
        parts.append(rect(place(mark) - 0.5, _LINE - 3, 1, 6, GRID))
        if abs(place(mark) - at) > text_width(median[1], 12) / 2 + text_width(name, 12):
            parts.append(_label(place(mark), _LINE + 18, name, width))
    parts += _piles([round(place(value) / _COLUMN) for value in values])
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


def _label(at: float, y: float, said: str, width: float) -> str:
    """Write below a place, as far to either side as there is room."""
    half = text_width(said, 12) / 2
    middle = min(max(at, half + 2), width - half - 2)
    return text(middle, y, said, fill=MUTED, size=12, anchor="middle")
