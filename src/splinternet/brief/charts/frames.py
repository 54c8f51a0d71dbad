"""Frames of charts: columns checked, texts set in lines, layers put in one frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from splinternet.base.shares import in_unit
from splinternet.base.text import shown_in
from splinternet.base.texts import phrase
from splinternet.brief.drawings.lettering import wrapped
from splinternet.brief.theme import FONT, GRID, INK, MUTED, SIZE

__all__ = [
    "data",
    "figure",
    "finished",
    "pixels",
]

TITLE_SIZE = 15


def figure(value: float | None, unit: str) -> str:
    """Write a value with its unit: ``17.8%``, ``1,200``, ``no figure``."""
    if value is None:
        return phrase("charts.no_figure")
    return in_unit(value, unit)


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Make rows the data of a layer, as text: altair copies and checks lists over and over."""
    text = json.dumps([shown_in(dict(row)) for row in rows])
    return alt.InlineData(values=text, format={"type": "json"})


def pixels(length: float) -> alt.Scale:
    """Return a scale on which a place is given in pixels."""
    return alt.Scale(domain=[0, length], range=[0, length], nice=False, zero=False)


def finished(
    layers: Sequence[alt.Chart],
    *,
    title: str,
    description: str,
    width: float,
    height: float,
    subtitle: str = "",
) -> alt.LayerChart:
    """Put layers over each other, the title above, and a description for who cannot see them."""
    heading = alt.TitleParams(
        wrapped(title, width, TITLE_SIZE * 1.06),
        subtitle=wrapped(subtitle, width) if subtitle else alt.Undefined,
        anchor="start",
        frame="group",
        color=INK,
        subtitleColor=MUTED,
        fontSize=TITLE_SIZE,
        subtitleFontSize=SIZE,
        lineHeight=19,
        subtitleLineHeight=17,
        subtitlePadding=4,
        offset=12,
    )
    style = alt.Config(
        font=FONT,
        aria=False,
        view=alt.ViewConfig(stroke=None),
        text=alt.MarkConfig(fontSize=SIZE, color=INK, baseline="middle", align="left"),
        axis=alt.AxisConfig(
            labelFontSize=SIZE - 1,
            labelColor=MUTED,
            gridColor=GRID,
            domainColor=MUTED,
            tickColor=MUTED,
        ),
    )
    # All at once: altair copies the whole chart for each thing that is said of it later.
    return alt.LayerChart(
        layer=list(layers),
        width=width,
        height=height,
        title=heading,
        description=description,
        background="transparent",
        padding=1,
        config=style,
    )
