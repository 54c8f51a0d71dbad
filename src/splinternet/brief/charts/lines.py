"""Lines: how figures changed over time."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import Any

import altair as alt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.brief.charts.dates import day_of, marked_years
from splinternet.brief.charts.frames import (
    data,
    figure,
    finished,
)
from splinternet.brief.drawings.classes import round_step
from splinternet.brief.drawings.lettering import SAFE_SIZE, cut, text_width
from splinternet.brief.drawings.rows import checked
from splinternet.brief.theme import GRID, MUTED, SERIES, SIZE

__all__ = ["lines"]

#: Height of the chart; least distance of two labels; the most of the width that labels take; room
#: at the left for the values of the grid, and how many lines it has or a few more.
_HEIGHT, _LINE, _LABELS, _LEFT, _GRID_LINES = 240, 17, 0.45, 46, 5

#: Room of a mark beside a name below the chart.
_MARK = 16

#: Dashes and shapes, so that lines differ in more than colour.
_DASHES = ([1, 0], [6, 3], [2, 3], [9, 3, 2, 3])
_SHAPES = ("circle", "square", "diamond", "triangle-up")


@typed
def lines(
    frame: pl.DataFrame, *, title: str, unit: str = "share", width: int = 720
) -> alt.LayerChart:
    """Draw a line for each figure, with its name and last value at its end.

    Where names have no room there, they stand below.

    Parameters
    ----------
    frame
        ``date``; ``value``, null if not known, which leaves a gap; ``figure``, the line's name.
    title
        What is seen.
    unit
        ``share`` for shares of one; anything else is written below the title.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, no value is known, or there are more than four lines.
    """
    rows = checked(frame, "lines", ("date", "value", "figure"))
    names = list(dict.fromkeys(row["figure"] for row in rows))
    if len(names) > len(SERIES):
        raise MisuseError(f"lines: {len(names)} figures; at most {len(SERIES)} can be told apart")
    rows = sorted((_styled(row, names) for row in rows), key=lambda row: row["year"])
    known = [row for row in rows if row["value"] is not None]
    if not known:
        raise MisuseError("lines: no value is known, so there is nothing to draw")
    grid = _grid([row["value"] for row in known])
    labels = _labels(names, known, grid, unit, width)
    named = [] if labels[0]["is_named"] else sorted(labels, key=lambda row: row["number"])
    right = width - 12 - max(text_width(row["text"], SAFE_SIZE) for row in labels)
    y = alt.Y("value:Q", scale=alt.Scale(domain=[grid[0], grid[-1]], range=[_HEIGHT, 0]), axis=None)
    described = (f"{r['figure']}, {r['date']}: {figure(r['value'], unit)}" for r in rows)
    return finished(
        [
            *_background(grid, rows, unit, y, right),
            *_series(rows, y, right),
            _text(labels, y, right + 8),
            *_legend(named, width),
        ],
        title=title,
        subtitle="" if unit == "share" else unit,
        description="; ".join(described),
        width=width,
        height=_HEIGHT + _LINE * (1 + len(named)),
    )


def _styled(row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Give a row its place in time, in years, and the style of its line."""
    day = day_of(row["date"], f"lines: {row['figure']!r}")
    number = names.index(row["figure"])
    year = day.year + (day.timetuple().tm_yday - 1) / 366
    style = {"colour": SERIES[number], "shape": _SHAPES[number]}
    return row | style | {"date": str(row["date"]), "year": year, "number": number}


def _grid(values: list[float]) -> list[float]:
    """Return round values from nought, or from below the least, to above the greatest."""
    low, high = min(0.0, *values), max(0.0, *values)
    step = round_step(((high - low) or 1) / _GRID_LINES)
    return [step * n for n in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def _labels(
    names: list[str], known: list[dict[str, Any]], grid: list[float], unit: str, width: int
) -> list[dict[str, Any]]:
    """Name each line at its last value, as near to it as the others let it be.

    Where a name has no room, no line is named here.
    """
    last = {row["figure"]: row for row in known}
    ends = sorted((last[name] for name in names if name in last), key=lambda row: -row["value"])
    texts = [f"{row['figure']} {figure(row['value'], unit)}" for row in ends]
    is_named = all(text_width(text, SAFE_SIZE) <= width * _LABELS for text in texts)
    pixel = (grid[-1] - grid[0]) / _HEIGHT
    found: list[dict[str, Any]] = []
    for number, row in enumerate(ends):
        below = (len(ends) - 1 - number) * _LINE * pixel + grid[0]
        y = max(row["value"], below)
        if found:
            y = min(y, found[-1]["value"] - _LINE * pixel)
        text = texts[number] if is_named else figure(row["value"], unit)
        found.append({"value": y, "text": text, "is_named": is_named} | _ink(row))
    return found


def _ink(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("colour", "figure", "number")}


def _background(
    grid: list[float], rows: list[dict[str, Any]], unit: str, y: alt.Y, right: float
) -> list[alt.Chart]:
    """Draw the lines and their values behind the figures, and the years below."""
    scale = _years(rows, right)
    levels = [{"value": value, "text": _short(value, unit)} for value in grid]
    first, last = floor(rows[0]["year"]), floor(rows[-1]["year"])
    years = [
        {"year": year, "text": str(year)}
        for year in marked_years(first, last, right - _LEFT)
        if year >= rows[0]["year"] - 0.5
    ]
    return [
        alt.Chart(data(levels))
        .mark_rule(color=GRID)
        .encode(x=alt.XValue(0), x2=alt.X2Value(right), y=y),
        alt.Chart(data(levels))
        .mark_text(color=MUTED, fontSize=SIZE - 1, dy=-8)
        .encode(x=alt.XValue(0), y=y, text=alt.Text("text:N")),
        alt.Chart(data(years))
        .mark_text(color=MUTED, fontSize=SIZE - 1, align="center", dy=12)
        .encode(
            x=alt.X("year:Q", scale=scale, axis=None),
            y=alt.YValue(_HEIGHT),
            text=alt.Text("text:N"),
        ),
    ]


def _series(rows: list[dict[str, Any]], y: alt.Y, right: float) -> list[alt.Chart]:
    """Draw each line and its points; a null value leaves a gap."""
    x = alt.X("year:Q", scale=_years(rows, right), axis=None)
    colour = alt.Stroke("colour:N", scale=None)
    found = []
    for number in sorted({row["number"] for row in rows}):
        mine = [row for row in rows if row["number"] == number]
        points = [row for row in mine if row["value"] is not None]
        found += [
            alt.Chart(data(mine))
            .mark_line(
                strokeWidth=2, strokeDash=_DASHES[number], invalid="break-paths-show-domains"
            )
            .encode(x=x, y=y, stroke=colour),
            alt.Chart(data(points))
            .mark_point(shape=_SHAPES[number], size=50, strokeWidth=1.5, opacity=1)
            .encode(x=x, y=y, stroke=colour, fill=alt.Fill("colour:N", scale=None)),
        ]
    return found


def _years(rows: list[dict[str, Any]], right: float) -> alt.Scale:
    first, last = rows[0]["year"], rows[-1]["year"]
    apart = 0.5 if first == last else 0
    return alt.Scale(
        domain=[first - apart, last + apart], range=[_LEFT, right], nice=False, zero=False
    )


def _text(labels: list[dict[str, Any]], y: alt.Y, x: float) -> alt.Chart:
    ends: alt.Chart = (
        alt.Chart(data(labels))
        .mark_text()
        .encode(
            x=alt.XValue(x),
            y=y,
            text=alt.Text("text:N"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return ends


def _legend(named: list[dict[str, Any]], width: int) -> Iterator[alt.Chart]:
    """Name the lines below the years, each beside its mark."""
    for place, row in enumerate(named):
        y = alt.YValue(_HEIGHT + 12 + _LINE * (1 + place))
        text = {"text": cut(row["figure"], width - _MARK, SAFE_SIZE), "colour": row["colour"]}
        colour = alt.Color("colour:N", scale=None)
        yield (
            alt.Chart(data([text]))
            .mark_point(shape=_SHAPES[row["number"]], size=50, filled=True, opacity=1)
            .encode(x=alt.XValue(_MARK / 2), y=y, color=colour)
        )
        yield (
            alt.Chart(data([text]))
            .mark_text()
            .encode(x=alt.XValue(_MARK), y=y, text=alt.Text("text:N"), color=colour)
        )


def _short(value: float, unit: str) -> str:
    return f"{value * 100:.10g}%".replace("-", "−") if unit == "share" else figure(value, unit)
