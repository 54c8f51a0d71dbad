"""Bars within tables: a figure in words, and how much of its track it fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from splinternet.base.shares import UNKNOWN, in_unit
from splinternet.brief.drawings.bars import in_cell

__all__ = ["Bar", "Ranged", "bars"]

#: A figure, and the ends of the range that it lies in; None for what is not known.
Ranged = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Bar:
    """A figure in words, and its bar as SVG; an empty one for no bar."""

    text: str
    svg: str = ""


def bars(
    figures: Sequence[Ranged], unit: str = "share", texts: Sequence[str | None] = ()
) -> tuple[Bar, ...]:
    """Give figures of one unit their bars, with their ranges on these.

    Shares stand on a track of the whole, as long as none is above one; other figures are set
    against the largest, and one alone has no bar. ``texts`` stand in for figures that are none.
    """
    most = max((value for value, *_ in figures if value is not None), default=0.0)
    full = 1.0 if unit == "share" else most if len(figures) > 1 else 0.0
    found = []
    for number, (value, *ends) in enumerate(figures):
        if value is None:
            text = texts[number] if number < len(texts) else None
            found.append(Bar(text or UNKNOWN))
        else:
            parts = [None if each is None else each / full for each in ends] if full else []
            found.append(Bar(in_unit(value, unit), in_cell(value / full, *parts) if full else ""))
    return tuple(found)
