"""Bars: the figures of several things beside each other, with how uncertain they are."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.brief.charts.frames import (
    data,
    figure,
    finished,
    pixels,
)
from splinternet.brief.drawings.lettering import SAFE_SIZE, cut, text_width
from splinternet.brief.drawings.rows import checked
from splinternet.brief.theme import ACCENT, INK, LOSS, MUTED, PAPER

__all__ = ["bars"]

#: Fill and outline of the bars of each group: in black and white, too, full differs from hollow.
_STYLES = ((ACCENT, ACCENT), (PAPER, ACCENT), (LOSS, LOSS), (PAPER, LOSS))

#: A chart at least so wide has the labels at the left of the bars, a narrower one above them.
_WIDE = 480

#: Columns with figures, in the order of the frame.
_FIGURES = ("value", "low", "high")

_LABEL_ROOM, _LABEL_HEIGHT, _GAP = 0.4, 20, 10


@typed
def bars(
    frame: pl.DataFrame, *, title: str, unit: str = "share", width: int = 720
) -> alt.LayerChart:
    """Draw bars from nought, in the order of the frame, each with its figure.

    Parameters
    ----------
    frame
        ``label``; ``value``, null if not known; and, if there are such, ``low`` and ``high``, the
        interval that the value lies in (drawn as a line with ends; without a value as a hollow
        bar), and ``group``: labels that are the same stand together, with one bar for each group.
    title
        What is seen.
    unit
        ``share`` for shares of one; anything else is written below the title.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, or has more than four groups.
    """
    rows = checked(frame, "bars", ("label", "value"), ("low", "high", "group"))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    if len(groups) > len(_STYLES):
        raise MisuseError(f"bars: {len(groups)} groups; at most {len(_STYLES)} can be told apart")
    placed = _placed(rows, groups, unit, width)
    height = placed[-1]["bottom"]
    return finished(
        [*_marks(placed, _scale(placed, width), height), _labels(placed, height)],
        title=title,
        subtitle="" if unit == "share" else unit,
        description="; ".join(map(_told, placed)),
        width=width,
        height=height,
    )


def _placed(
    rows: list[dict[str, Any]], groups: list[str | None], unit: str, width: int
) -> list[dict[str, Any]]:
    """Give each bar its place, style and text; those of one label stand together."""
    above = width < _WIDE
    thick = 18 if len(groups) == 1 else 15
    label_room = width if above else width * _LABEL_ROOM - 10
    found: list[dict[str, Any]] = []
    bottom = 0.0
    for label in dict.fromkeys(row["label"] for row in rows):
        mine = sorted(
            (row for row in rows if row["label"] == label),
            key=lambda row: groups.index(row["group"]),
        )
        top = bottom + (_GAP if found else 0) + (_LABEL_HEIGHT if above else 0)
        bottom = top + len(mine) * (thick + 2)
        for number, row in enumerate(mine):
            y = top + number * (thick + 2)
            fill, line = _STYLES[groups.index(row["group"])]
            # What a group is called is said once, at the first bars; below, the fill tells it.
            said = row["group"] is not None and len(found) < len(groups)
            found.append(
                {
                    **row,
                    "shown": cut(str(label), label_room, SAFE_SIZE) if number == 0 else "",
                    "label_y": top - _LABEL_HEIGHT / 2 - 1 if above else (top + bottom) / 2 - 1,
                    "top": y,
                    "bottom": y + thick,
                    "middle": y + thick / 2,
                    "fill": fill,
                    "line": line,
                    "text": _text(row, unit) + (f" {row['group']}" if said else ""),
                }
            )
    return found


def _text(row: dict[str, Any], unit: str) -> str:
    low, high = (figure(row[end], unit) for end in ("low", "high"))
    if not _has_span(row):
        return figure(row["value"], unit)
    between = low if low == high else f"{low} to {high}"
    return between if row["value"] is None else f"{figure(row['value'], unit)} ({between})"


def _told(row: dict[str, Any]) -> str:
    group = "" if row["group"] is None else f", {row['group']}"
    return f"{row['label']}{group}: {row['text'].removesuffix(' ' + str(row['group']))}"


def _scale(placed: list[dict[str, Any]], width: int) -> alt.Scale:
    """Leave room for labels at the left, for figures where the bars end."""
    room = max(text_width(row["text"], SAFE_SIZE) for row in placed) + 12
    ends = [0.0, *(row[e] for row in placed for e in _FIGURES if row[e] is not None)]
    left = width * _LABEL_ROOM if width >= _WIDE else 0.0
    least, most = min(ends), max(ends)
    if least < 0:
        left += room
    return alt.Scale(
        domain=[least, most if most > least else 1], range=[left, width - room], nice=False
    )


def _marks(placed: list[dict[str, Any]], scale: alt.Scale, height: float) -> list[alt.Chart]:
    """Draw bars, intervals, the line at nought, and figures."""
    x, x2 = alt.X("start:Q", scale=scale, axis=None), alt.X2("end:Q")
    y, y2 = alt.Y("top:Q", scale=pixels(height), axis=None), alt.Y2("bottom:Q")
    fill, line = alt.Fill("fill:N", scale=None), alt.Stroke("line:N", scale=None)
    known = [row | {"start": 0, "end": row["value"]} for row in placed if row["value"] is not None]
    spans = [row | {"start": row["low"], "end": row["high"]} for row in placed if _has_span(row)]
    within = [row | {"fill": PAPER} for row in spans if row["value"] is None]
    around = [piece for row in spans if row["value"] is not None for piece in _whisker(row)]
    nought = [row | {"start": 0, "end": 0, "top": row["top"] - 2} for row in placed]
    layers = [
        (known, alt.Chart().mark_rect(strokeWidth=1.5).encode(fill=fill, stroke=line)),
        (
            within,
            alt.Chart()
            .mark_rect(strokeWidth=1.5, strokeDash=[4, 3])
            .encode(fill=fill, stroke=line),
        ),
        # A rim lets the line be seen upon the bar.
        (around, alt.Chart().mark_rule(color=PAPER, strokeWidth=4, strokeCap="square")),
        (around, alt.Chart().mark_rule(color=INK, strokeWidth=1.5)),
        (nought, alt.Chart().mark_rule(color=MUTED)),
    ]
    return [
        *(
            layer.properties(data=data(rows)).encode(x=x, x2=x2, y=y, y2=y2)
            for rows, layer in layers
            if rows
        ),
        *_figures(placed, scale, height),
    ]


def _figures(placed: list[dict[str, Any]], scale: alt.Scale, height: float) -> list[alt.Chart]:
    """Write each figure where its bar ends."""
    x = alt.X("at:Q", scale=scale, axis=None)
    y = alt.Y("middle:Q", scale=pixels(height), axis=None)
    right, left = [], []
    for row in placed:
        ends = [row[end] for end in _FIGURES if row[end] is not None]
        if (row["value"] or 0) < 0:
            left.append(row | {"at": min(ends)})
        else:
            right.append(row | {"at": max(ends, default=0)})
    texts = [
        (right, alt.Chart(data(right)).mark_text(align="left", dx=6)),
        (left, alt.Chart(data(left)).mark_text(align="right", dx=-6)),
    ]
    return [text.encode(x=x, y=y, text=alt.Text("text:N")) for rows, text in texts if rows]


def _labels(placed: list[dict[str, Any]], height: float) -> alt.Chart:
    y = alt.Y("label_y:Q", scale=pixels(height), axis=None)
    rows = [row for row in placed if row["shown"]]
    labels: alt.Chart = (
        alt.Chart(data(rows)).mark_text().encode(x=alt.XValue(0), y=y, text=alt.Text("shown:N"))
    )
    return labels


def _has_span(row: dict[str, Any]) -> bool:
    return row["low"] is not None and row["high"] is not None


def _whisker(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Give an interval as a line with two ends."""
    low, high, y = row["low"], row["high"], row["middle"]
    lines = ((low, high, y, y), (low, low, y - 4, y + 4), (high, high, y - 4, y + 4))
    return [dict(zip(("start", "end", "top", "bottom"), line, strict=True)) for line in lines]
