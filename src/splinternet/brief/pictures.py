"""Pictures of a brief, as a page shows them and as files to keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.base.shares import UNKNOWN, rounded
from splinternet.base.tables import encode_table
from splinternet.base.texts import country_called, phrase
from splinternet.brief.cells import cell_text
from splinternet.brief.document import Picture
from splinternet.brief.drawings.bars import BAR_COLUMNS, bars, said_of
from splinternet.brief.drawings.nations_map import nations_map, shares
from splinternet.brief.drawings.rows import checked
from splinternet.brief.drawings.svg import Drawing, Legend

if TYPE_CHECKING:
    from altair import TopLevelMixin

__all__ = [
    "FORMS",
    "Address",
    "frame_height",
    "legend_of",
    "picture_file",
    "shown",
    "table_shown",
]

#: Reference of what is named, as "network:3356", to the address of its page; None for no page.
Address = Callable[[str], str | None]

#: As what a picture can be kept.
FORMS = ("svg", "png", "csv")

#: Widths for a desktop and for a telephone.
_WIDE, _NARROW = 720, 340

#: Width of a picture in a frame of another site's page, 760 wide; and the height of what stands
#: around it there, and of a map's colours.
_FRAMED, _AROUND, _COLOURS = 728, 200, 60

#: How wide and how high a picture is.
_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')

#: Where the shades of the map of states begin: a few states have much, most have hardly any.
_BREAKS = (0.01, 0.05, 0.2, 0.5)

#: Columns that only say where a row leads, or another of them again.
_HIDDEN = ("ref", "note")


def shown(picture: Picture, address: Address | None = None) -> str:
    """Draw a picture for wide pages and for narrow ones.

    Raises
    ------
    ChartError
        If it cannot be drawn.
    """
    if picture.kind == "bars":
        draw = partial(_bars, picture, address)
        return draw(_WIDE) + draw(_NARROW)
    if picture.kind == "nations_map":
        drawn = _map(picture, address)
        return drawn + legend_of(drawn.legend)
    from splinternet.brief.charts import render

    return render.both(partial(_chart, picture), titled=False)  # the caption has its title


def picture_file(picture: Picture, form: str) -> bytes:
    """Return a picture as a file, or its figures.

    Raises
    ------
    MisuseError
        If there is no such form.
    ChartError
        If it cannot be drawn.
    """
    if form not in FORMS:
        raise MisuseError(f"a picture is kept as {', '.join(FORMS)}, not {form!r}")
    if form == "csv":
        return encode_table(_table_of(picture), "csv", {})
    from splinternet.brief.charts import render

    chart = _drawn(picture)
    return render.png(chart) if form == "png" else render.svg(chart).encode()


def _table_of(picture: Picture) -> pl.DataFrame:
    """Return the figures that a picture shows; those of bars under the titles of its table."""
    frame = picture.frame.drop([name for name in _HIDDEN if name in picture.frame.columns])
    if picture.kind != "bars":
        return frame
    heads, _ = _bars_shown(picture)
    return frame.rename(dict(zip(("label", "value", "other"), heads, strict=False)), strict=False)


def table_shown(picture: Picture) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Figures that a picture shows as people read them: heads of columns, and rows."""
    match picture.kind:
        case "bars":
            return _bars_shown(picture)
        case "nations_map":
            rows = picture.frame.sort("value", descending=True).iter_rows()
            heads = phrase("charts.table.state"), phrase("charts.table.share")
            return heads, [(country_called(code), rounded(value)) for code, value in rows]
        case "lines" if picture.options.get("unit") == "share":
            return _lines_shown(picture.frame)
    frame = _table_of(picture)
    rows = frame.iter_rows()
    return tuple(frame.columns), [tuple(map(cell_text, frame.columns, row)) for row in rows]


def _bars_shown(picture: Picture) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    rows = checked(picture.frame, "bars", ("label", "value"), BAR_COLUMNS)
    cells = [(str(row["label"]), said) for row, said in zip(rows, said_of(rows), strict=True)]
    heads = phrase("charts.table.name"), phrase("charts.table.share")
    if not (other := picture.options.get("other")):
        return heads, list(cells)
    marks = (row["other"] for row in rows)
    others = [UNKNOWN if mark is None else rounded(mark) for mark in marks]
    return (*heads, other), [(*cell, mark) for cell, mark in zip(cells, others, strict=True)]


def _lines_shown(frame: pl.DataFrame) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Set the figures of a date side by side."""
    wide = frame.sort("date").pivot("figure", index="date", values="value")
    heads = phrase("charts.table.date"), *wide.columns[1:]
    return heads, [
        (str(day), *(UNKNOWN if value is None else rounded(value) for value in values))
        for day, *values in wide.iter_rows()
    ]


def frame_height(drawn: str) -> int:
    """Height of the frame, 760 wide, in which a page of another site shows a picture whole."""
    found = _BOX.search(drawn)
    high = 0.0 if found is None else float(found[2]) / float(found[1]) * _FRAMED
    return round(high) + _AROUND + _COLOURS * ('class="chart map"' in drawn)


def legend_of(legend: Legend) -> str:
    """Lay out the colours of a map, and what they stand for; nothing where there are none."""
    if not legend:
        return ""
    items = "".join(
        f'<li><svg class="chart" viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">'
        f'<rect width="10" height="10" fill="{colour}"/></svg> {escape(words)}</li>'
        for colour, words in legend
    )
    about = escape(phrase("charts.colours"))
    return f'<ul class="legend" aria-label="{about}">{items}</ul>'


def _drawn(picture: Picture) -> Drawing | TopLevelMixin:
    """Draw a picture for itself, by hand or by Vega."""
    if picture.kind == "bars":
        return _bars(picture, None, _WIDE)
    return _map(picture, None) if picture.kind == "nations_map" else _chart(picture, _WIDE)


def _bars(picture: Picture, address: Address | None, width: int) -> Drawing:
    return bars(picture.frame, title=picture.title, address=address, width=width, **picture.options)


def _map(picture: Picture, address: Address | None) -> Drawing:
    nations, legend = shares(dict(picture.frame.iter_rows()), _BREAKS)
    if rest := picture.options.get("rest"):  # of which it is known that they are of the least class
        (_, _), *classes, (blank, _) = legend
        legend = ((blank, rest), *classes)
    link = None if address is None else (lambda code: address(f"state:{code}"))
    return nations_map(nations, title=picture.title, link=link, legend=legend, **picture.options)


def _chart(picture: Picture, width: int) -> TopLevelMixin:
    from splinternet.brief import charts

    draw = getattr(charts, picture.kind)
    chart: TopLevelMixin = draw(picture.frame, title=picture.title, width=width, **picture.options)
    return chart
