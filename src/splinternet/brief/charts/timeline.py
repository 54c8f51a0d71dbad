"""A time line: what happened when, and for how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.brief.charts.dates import day_of, marked_years
from splinternet.brief.charts.frames import (
    data,
    finished,
    pixels,
)
from splinternet.brief.drawings.lettering import SAFE_SIZE, wrapped
from splinternet.brief.drawings.rows import checked
from splinternet.brief.theme import ACCENT, GRID, MUTED, PAPER, SIZE

__all__ = ["timeline"]

#: Height of a line of text, of the strip for the mark above it, and the years' at the top.
_LINE, _STRIP, _YEARS = 16, 14, 24

#: Most lines of one text; room for half a year's number at both sides.
_LINES, _EDGE = 4, 17

#: Letters of a date of which the day is known.
_EXACT = 10

#: What lasted is a bar if that is so many pixels long, else a dot.
_LEAST = 9


@typed
def timeline(events: pl.DataFrame, *, title: str, width: int = 720) -> alt.LayerChart:
    """Draw events below each other, the earliest first, each with its date and what it was.

    Parameters
    ----------
    events
        ``start`` and ``end``, ISO dates as text, as exactly as they are known (``2019``,
        ``2019-11`` or ``2019-11-05``); a null end is that of an event of which no end is known,
        drawn as a dot. ``label``; ``kind``, a word or two; and ``disputed``, whether a source
        denies it: such are drawn hollow and say so.
    title
        What is seen.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, or a date is none or ends before it starts.
    """
    rows = checked(events, "time line", ("start", "end", "label", "kind", "disputed"))
    spans = sorted(
        ((_span(row), row) for row in rows), key=lambda pair: (pair[0], pair[1]["label"])
    )
    first = min(start for (start, _), _ in spans).year
    last = max(end for (_, end), _ in spans).year + 1
    placed = _placed(spans, (date(first, 1, 1), date(last, 1, 1)), width)
    height = placed[-1]["below"]
    return finished(
        [*_calendar(first, last, height, width), *_marks(placed, height, width)],
        title=title,
        description="; ".join(" ".join(row["lines"]) for row in placed),
        width=width,
        height=height,
    )


def _span(row: dict[str, Any]) -> tuple[date, date]:
    """Return the first and the last day of an event.

    Without an end that is the same day, in the middle of what a less exact date may mean.
    """
    what = f"time line: {row['label']!r}"
    start = day_of(row["start"], what)
    if row["end"] is None:
        middle = start + (day_of(row["start"], what, last=True) - start) / 2
        return middle, middle
    end = day_of(row["end"], what, last=True)
    if end < start:
        raise MisuseError(f"{what} ends ({row['end']}) before it starts ({row['start']})")
    return start, end


def _placed(
    spans: list[tuple[tuple[date, date], dict[str, Any]]],
    edges: tuple[date, date],
    width: int,
) -> list[dict[str, Any]]:
    """Give each event its place, and its text the side of the mark that has more room."""
    found = []
    top = float(_YEARS)
    for (start, end), row in spans:
        left, right = (_place(day, edges, width) for day in (start, end))
        at_left = left <= width - right or left < width / 2
        lines = wrapped(_text(row), width - left if at_left else right, SAFE_SIZE, _LINES)
        bottom = top + _STRIP + len(lines) * _LINE
        found.append(
            {
                **row,
                "left": left,
                "right": right,
                "middle": top + _STRIP / 2,
                "lines": lines,
                "at": left if at_left else right,
                "align": "left" if at_left else "right",
                "below": bottom + 6,
                "fill": PAPER if row["disputed"] else ACCENT,
            }
        )
        top = bottom + 6
    return found


def _place(day: date, edges: tuple[date, date], width: int) -> float:
    """Return where a day is, in pixels from the left."""
    return _EDGE + (width - 2 * _EDGE) * ((day - edges[0]) / (edges[1] - edges[0]))


def _text(row: dict[str, Any]) -> str:
    when = phrase("charts.between", low=row["start"], high=row["end"])
    if row["end"] in (None, row["start"]):
        # The dot stands in the middle of a year or month of which the day is not known.
        when = row["start"]
        when = when if len(when) == _EXACT else phrase("charts.some_time", date=when)
    how = "charts.tie_disputed" if row["disputed"] else "charts.tie"
    return phrase(how, when=when, kind=row["kind"], tie=row["label"])


def _calendar(first: int, last: int, height: float, width: int) -> list[alt.Chart]:
    """Draw a line for each year, or each few, with its number at the top."""
    edges = (date(first, 1, 1), date(last, 1, 1))
    years = [
        {"x": _place(date(year, 1, 1), edges, width), "year": str(year), "top": _YEARS - 6}
        for year in marked_years(first, last, width)
    ]
    x = alt.X("x:Q", scale=pixels(width), axis=None)
    y = alt.Y("top:Q", scale=pixels(height), axis=None)
    return [
        alt.Chart(data(years)).mark_rule(color=GRID).encode(x=x, y=y, y2=alt.Y2Datum(height)),
        alt.Chart(data(years))
        .mark_text(align="center", color=MUTED, fontSize=SIZE - 1)
        .encode(x=x, y=alt.YValue(8), text=alt.Text("year:N")),
    ]


def _marks(placed: list[dict[str, Any]], height: float, width: int) -> list[alt.Chart]:
    """Draw a bar for what lasted, a dot for the rest, and the texts below."""
    x = alt.X("left:Q", scale=pixels(width), axis=None)
    y = alt.Y("middle:Q", scale=pixels(height), axis=None)
    fill = alt.Fill("fill:N", scale=None)
    lasting = [
        row | {"middle": row["middle"] - 4, "base": row["middle"] + 4}
        for row in placed
        if row["end"] is not None and row["right"] - row["left"] > _LEAST
    ]
    dots = [row for row in placed if row["end"] is None or row["right"] - row["left"] <= _LEAST]
    layers = [
        alt.Chart(data(lasting))
        .mark_rect(stroke=ACCENT, strokeWidth=1.5)
        .encode(x=x, x2=alt.X2("right:Q"), y=y, y2=alt.Y2("base:Q"), fill=fill),
        alt.Chart(data(dots))
        .mark_point(stroke=ACCENT, strokeWidth=1.5, size=60, opacity=1)
        .encode(x=x, y=y, fill=fill),
    ]
    for side in ("left", "right"):
        texts = [
            {"at": row["at"], "text": line, "y": row["middle"] + _STRIP / 2 + (n + 0.5) * _LINE}
            for row in placed
            if row["align"] == side
            for n, line in enumerate(row["lines"])
        ]
        layers.append(
            alt.Chart(data(texts))
            .mark_text(align=side, dx=-5 if side == "left" else 5)
            .encode(
                x=alt.X("at:Q", scale=pixels(width), axis=None),
                y=alt.Y("y:Q", scale=pixels(height), axis=None),
                text=alt.Text("text:N"),
            )
        )
    return layers
