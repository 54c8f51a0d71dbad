"""Bars within tables: a figure in words, and how much of its track it fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from splinternet.base.shares import in_figures, rounded
from splinternet.base.texts import phrase
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
    """Give figures of one unit their bars, with their ranges.

    Shares stand on a track of the whole, as long as none is above one; other figures are set
    against the largest, and one alone has no bar. ``texts`` stand in for figures that are none.
    """
    most = max((value for value, *_ in figures if value is not None), default=0.0)
    full = 1.0 if unit == "share" else most if len(figures) > 1 else 0.0
    found = []
    for number, (value, *ends) in enumerate(figures):
        if value is None:
            text = texts[number] if number < len(texts) else None
            found.append(Bar(text or "–"))
        else:
            parts = [None if each is None else each / full for each in ends] if full else []
            svg = in_cell(value / full, *parts) if full else ""
            found.append(Bar(_text(value, ends, unit), svg))
    return tuple(found)


def _text(value: float, ends: Sequence[float | None], unit: str) -> str:
    """Write a figure, and its range in brackets where both ends of it are not the same."""
    said, low, high = (None if each is None else _figure(each, unit) for each in (value, *ends))
    if low is None or high is None or low == high == said:
        return str(said)
    between = low if low == high else phrase("charts.between", low=low, high=high)
    return phrase("words.ranges.share", share=said, ends=between)


def _figure(value: float, unit: str) -> str:
    return rounded(value) if unit == "share" else _number(value)


def _number(value: float) -> str:
    return in_figures(value, ",.0f" if value == round(value) or value >= 1000 else ",.3g")
