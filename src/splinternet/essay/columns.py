"""Text in two columns, as it is copied from PDF: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

__all__ = ["unfolded"]

#: No column of text is narrower, in characters, and no gap between two.
_NARROWEST = 20
_GAP = 3
#: So many lines show that there are two columns.
_ENOUGH = 3
#: So many words a line of a column has, where it is none of a table.
_WORDS = 3
_LONGEST = 240


def unfolded(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return lines in the order of reading, each with its place.

    A run of lines stands in two columns if all of them have a gap at one place, and most have
    words on both sides of it.
    """
    found: list[tuple[int, str]] = []
    for filled, run in groupby(enumerate(lines), key=lambda each: bool(each[1].strip())):
        block = list(run)
        gutter = _gutter([line for _, line in block]) if filled else None
        if gutter is None:
            found += block
            continue
        left, right = gutter
        found += [(n, line[:left].rstrip()) for n, line in block if line[:left].strip()]
        found += [(n, line[right:].rstrip()) for n, line in block if line[right:].strip()]
    return found


def _gutter(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return from where to where no line of a block has a letter, between two columns."""
    if len(lines) < _ENOUGH or max(map(len, lines)) > _LONGEST:
        return None
    for start, end in _gaps(lines):
        both = [line for line in lines if line[:start].strip() and line[end:].strip()]
        sides = [side for line in both for side in (line[:start], line[end:])]
        worded = sum(len(side.split()) >= _WORDS for side in sides)
        if len(both) >= max(_ENOUGH, len(lines) / 2) and 2 * worded > len(sides):
            return start, end
    return None


def _gaps(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where all lines have spaces, past the narrowest column."""
    widest = max(map(len, lines))
    free = [all(line[at : at + 1] in ("", " ") for line in lines) for at in range(widest)]
    for is_free, run in groupby(range(_NARROWEST, widest - _NARROWEST), key=lambda at: free[at]):
        places = list(run)
        if is_free and len(places) >= _GAP:
            yield places[0], places[-1] + 1
