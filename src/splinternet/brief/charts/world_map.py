"""The world map: one figure of each nation, as a shade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.countries import country_codes
from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, phrase
from splinternet.brief.charts.frames import (
    data,
    figure,
    finished,
)
from splinternet.brief.drawings.classes import class_names, class_of, round_breaks
from splinternet.brief.drawings.rows import checked
from splinternet.brief.shapes import ANTARCTICA, MIDDLE, features
from splinternet.brief.theme import INK, MUTED, PAPER, SHADES, SIZE, SPREAD

__all__ = ["world_map"]

#: Equal Earth's breadth, and how far from the equator the northernmost and southernmost land is
#: drawn (83.7° north, 56° south), on a globe with a radius of 1.
_BREADTH, _NORTH, _SOUTH = 5.42, 1.306, 1.033

#: Left out when they have no figure, for nobody lives there for long.
_UNPEOPLED = ("BV", "GS", "HM", "TF", "UM")

_NONE = figure(None, "share")

#: How many of the largest and of the smallest figures the description tells.
_TOLD = 5


@typed
def world_map(
    values: pl.DataFrame,
    *,
    title: str,
    unit: str = "share",
    highlight: str | None = None,
    breaks: Sequence[float] | None = None,
    link: str | None = None,
    width: int = 720,
) -> alt.LayerChart:
    """Shade each nation by its figure, in a few classes that can be told apart.

    The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas truly.
    Antarctica is left out.

    Parameters
    ----------
    values
        ``country``, an ISO 3166-1 alpha-2 code, and ``value``, null if not known. Nations that
        are not here are shown as without a figure. Where values are below nought the scale has
        two arms.
    title
        What is seen.
    unit
        ``share`` for shares of one; anything else is written below the title.
    highlight
        Code of a nation to outline.
    breaks
        Where one class ends and the next begins: up to four ascending numbers, or six where some
        are below nought. Maps with the same breaks can be compared. Left out, they follow from
        the values.
    link
        Address of a nation's page with ``{country}`` in it, for maps to choose from.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, names a country twice or one that is none, or if the
        breaks do not ascend or are too many or few.
    """
    known = _figures(checked(values, "world map", ("country", "value")))
    if highlight is not None and highlight not in country_codes():
        raise MisuseError.unknown("country code", highlight, country_codes())
    breaks, shades = _shades([v for v in known.values() if v is not None], unit, breaks)
    shapes = []
    for shape in features():
        value = known.get(shape["country"])
        drawn = {
            "label": _label(shape, known, unit),
            "value": value,
            "class": _NONE if value is None else list(shades)[class_of(value, breaks)],
            "line": MUTED if value is None else PAPER,
        }
        if shape["country"] != ANTARCTICA and not (
            value is None and shape["country"] in _UNPEOPLED
        ):
            shapes.append(shape | drawn)
    radius = width / _BREADTH
    chart = finished(
        [_nations(shapes, shades, width), *_outline(shapes, highlight)],
        title=title,
        subtitle="" if unit == "share" else unit,
        description=_description(known, unit),
        width=width,
        height=radius * (_NORTH + _SOUTH),
    ).project(
        type="equalEarth",
        rotate=[-MIDDLE, 0, 0],
        scale=radius,
        translate=[width / 2, radius * _NORTH],
        pointRadius=width / 290,
    )
    if link is not None:
        links = {
            s["label"]: link.replace("{country}", s["country"]) for s in shapes if s["country"]
        }
        chart = chart.properties(usermeta={"links": links})
    return chart


def _shades(
    values: list[float], unit: str, breaks: Sequence[float] | None
) -> tuple[Sequence[float], dict[str, str]]:
    """Choose the classes, and the shade of each by its name; "no figure" is the last."""
    if breaks is None:
        breaks = round_breaks(values, unit)
    ramp = SPREAD if min([*values, *breaks]) < 0 else SHADES
    if list(breaks) != sorted(set(breaks)) or not 1 <= len(breaks) < len(ramp):
        raise MisuseError(f"world map: give up to {len(ramp) - 1} ascending breaks, not {breaks}")
    # Where there are fewer classes than shades, take shades that are far from each other.
    apart = (len(ramp) - 1) / len(breaks)
    names = class_names(breaks, unit)
    chosen = {name: ramp[round(number * apart)] for number, name in enumerate(names)}
    return breaks, chosen | {_NONE: PAPER}


def _figures(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    """Return the figure of each nation, which may be null."""
    found: dict[str, float | None] = {}
    for row in rows:
        code = row["country"]
        if code not in country_codes():
            raise MisuseError.unknown("country code", str(code), country_codes(), "in a world map")
        if code in found:
            raise MisuseError(f"world map: {code} is there twice; give each country one row")
        found[code] = row["value"]
    return found


def _label(shape: dict[str, Any], known: dict[str, float | None], unit: str) -> str:
    code = shape["country"]
    return f"{country_called(code) if code else shape['name']}: {figure(known.get(code), unit)}"


def _nations(shapes: list[dict[str, Any]], shades: dict[str, str], width: int) -> alt.Chart:
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=max(1, round(width / 118)),
        symbolType="square",
        symbolSize=170,
        symbolStrokeWidth=1,
        symbolStrokeColor=MUTED,
        labelFontSize=SIZE,
        labelColor=INK,
        columnPadding=12,
        rowPadding=6,
        offset=8,
    )
    scale = alt.Scale(domain=list(shades), range=list(shades.values()))
    nations: alt.Chart = (
        alt.Chart(data(shapes))
        .mark_geoshape(strokeWidth=0.5, aria=True)
        .encode(
            fill=alt.Fill("class:N", scale=scale, legend=legend),
            stroke=alt.Stroke("line:N", scale=None),
            description=alt.Description("label:N"),
        )
    )
    return nations


def _outline(shapes: list[dict[str, Any]], highlight: str | None) -> list[alt.Chart]:
    """Draw one nation's outline over the others'."""
    chosen = [shape for shape in shapes if highlight and shape["country"] == highlight]
    return [
        alt.Chart(data([shape])).mark_geoshape(
            filled=False, stroke=INK, strokeWidth=1.8, strokeJoin="round"
        )
        for shape in chosen
    ]


def _description(known: dict[str, float | None], unit: str) -> str:
    """Tell the largest and smallest figures, and how many there are."""
    figures = [(value, code) for code, value in known.items() if value is not None]
    ranked = sorted(figures, key=lambda pair: (-pair[0], pair[1]))
    if len(ranked) <= 2 * _TOLD:
        parts = [_listed(ranked, unit)]
    else:
        parts = [
            phrase("charts.largest", nations=_listed(ranked[:_TOLD], unit)),
            phrase("charts.smallest", nations=_listed(ranked[-_TOLD:], unit)),
        ]
    return phrase("charts.map", number=len(figures), said="; ".join(parts))


def _listed(ranked: list[tuple[float, str]], unit: str) -> str:
    return ", ".join(f"{country_called(code)} {figure(value, unit)}" for value, code in ranked)
