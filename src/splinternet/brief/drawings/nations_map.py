"""The map of nations as SVG, quick to draw: each with its words, and a link if it has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from splinternet.base.shares import rounded
from splinternet.base.texts import country_called, phrase
from splinternet.brief.drawings.classes import class_names, class_of
from splinternet.brief.drawings.svg import Drawing, Legend, drawing
from splinternet.brief.shapes import ANTARCTICA, MIDDLE, features
from splinternet.brief.theme import INK, KINDS, NONE, OTHER, PAPER, SHADES, SPREAD

__all__ = ["BREAKS", "CHANGES", "Legend", "Nation", "categories", "nations_map", "shares"]

#: Where shares pass from one shade to the next.
BREAKS = (0.1, 0.2, 0.35, 0.5)

#: Where differences of shares do; between the middle two there is no change.
CHANGES = (-0.1, -0.03, -0.005, 0.005, 0.03, 0.1)

_WIDTH, _HEIGHT = 960.0, 430.0
#: The projection reaches this far east of its middle, and north of the equator at 84 degrees.
_EAST, _NORTH = 2.7066, 1.3

#: Equal Earth, by Šavrič, Patterson and Jenny (2018).
_A = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True)
class Nation:
    """How a nation is shown: its colour, and the words beside its name."""

    fill: str
    words: str


def shares(
    values: Mapping[str, float | None], breaks: Sequence[float] = BREAKS
) -> tuple[dict[str, Nation], Legend]:
    """Give nations the shade of their share, or of a difference of shares; None is no figure."""
    is_change = breaks[0] < 0
    ramp, blank = (SPREAD, PAPER) if is_change else (SHADES, NONE)
    names = [_in_points(each) if is_change else each for each in class_names(breaks, "share")]
    if breaks is CHANGES:
        names[len(names) // 2] = phrase("charts.no_change")
    found = {
        code: Nation(blank, phrase("charts.no_figure"))
        if value is None
        else Nation(ramp[class_of(value, breaks)], _words(value, is_change))
        for code, value in values.items()
    }
    return found, (*zip(ramp, names, strict=False), (blank, phrase("charts.no_figure")))


def _words(value: float, is_change: bool) -> str:
    return _in_points(rounded(value)) if is_change else rounded(value)


def _in_points(percentage: str) -> str:
    """Write a difference of shares, which is not a part of either."""
    return percentage.replace("%", phrase("charts.points"))


def categories(
    values: Mapping[str, str | None], name: Callable[[str], str], words: Mapping[str, str]
) -> tuple[dict[str, Nation], Legend]:
    """Give nations a colour of their category; of many, those that most are of have their own.

    Parameters
    ----------
    values
        The category of each nation, None if it has none.
    name
        Names a category.
    words
        What is said of a nation.
    """
    counted = Counter(value for value in values.values() if value is not None)
    ranked = sorted(counted, key=lambda each: (-counted[each], each))[: len(KINDS)]
    colours = dict(zip(ranked, KINDS, strict=False))
    found = {
        code: Nation(NONE if value is None else colours.get(value, OTHER), words.get(code, ""))
        for code, value in values.items()
    }
    legend = [(colours[each], f"{name(each)} ({counted[each]})") for each in ranked]
    rest = sum(counted.values()) - sum(counted[each] for each in ranked)
    legend += [(OTHER, phrase("charts.another", number=rest))] if rest else []
    return found, (*legend, (NONE, phrase("charts.none")))


def nations_map(
    nations: Mapping[str, Nation],
    *,
    title: str,
    link: Callable[[str], str | None] | None = None,
    highlight: str | None = None,
    blank: str = NONE,
    rest: str | None = None,
    legend: Legend = (),
    about: str | None = None,
) -> Drawing:
    """Draw the nations in their colours.

    Parameters
    ----------
    nations
        By code; of a nation that is not here nothing is known.
    title
        What the map shows.
    link
        Gives the address that a nation leads to.
    highlight
        The nation to outline.
    blank
        Colour of nations of which nothing is known; on a map of changes that of the paper.
    rest
        What is said of these, if something is.
    legend
        What the colours stand for, where the picture is kept as a whole.
    about
        Describes the map to who cannot see it.
    """
    unknown = Nation(blank, phrase("charts.no_figure") if rest is None else rest)
    parts = [
        _nation(path, nations.get(path.code or "", unknown), link, path.code == highlight)
        for path in _paths()
    ]
    told = phrase("charts.nations", number=len(nations)) if about is None else about
    inside = f'<g stroke="{PAPER}" stroke-width="0.5">{"".join(parts)}</g>'
    return drawing(
        [inside], width=_WIDTH, height=_HEIGHT, title=title, about=told, kind="map", legend=legend
    )


@dataclass(frozen=True)
class _Path:
    code: str | None
    drawn: str


def _nation(
    path: _Path,
    shown: Nation,
    link: Callable[[str], str | None] | None,
    is_home: bool,
) -> str:
    shape = path.drawn.format(style=f'fill="{shown.fill}"')
    if path.code is None:
        return shape
    if is_home:
        shape = f'<g stroke="{INK}" stroke-width="1.6">{shape}</g>'
    name = escape(f"{country_called(path.code)}: {shown.words}")
    address = link(path.code) if link else None
    if address is None:
        return f"<g>{shape}<title>{name}</title></g>"
    return f'<a href="{escape(address)}" aria-label="{name}">{shape}<title>{name}</title></a>'


@cache
def _paths() -> tuple[_Path, ...]:
    """Project the shapes once."""
    return tuple(
        _Path(feature["country"], _drawn(feature["geometry"]))
        for feature in features()
        if feature["country"] != ANTARCTICA
    )


def _drawn(geometry: Mapping[str, Any]) -> str:
    if geometry["type"] == "Point":
        x, y = _place(*geometry["coordinates"])
        return f'<circle {{style}} cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
    rings = (ring for polygon in geometry["coordinates"] for ring in polygon)
    return f'<path {{style}} d="{"".join(map(_ring, rings))}"/>'


def _ring(ring: Sequence[Sequence[float]]) -> str:
    """Write an outline in tenths of a pixel, each point by how far it is from the one before.

    That takes two thirds of the room of places, and a page with a map is mostly its outlines.
    """
    places = (_place(*point) for point in ring)
    points = list(dict.fromkeys((round(10 * x), round(10 * y)) for x, y in places))
    steps = (f"{_tenths(x - a)},{_tenths(y - b)}" for (a, b), (x, y) in pairwise(points))
    (x, y), line = points[0], " ".join(steps).replace(",-", "-").replace(" -", "-")
    return f"M{_tenths(x)},{_tenths(y)}{'l' if line else ''}{line}Z"


def _tenths(number: int) -> str:
    """Write a number of tenths as SVG takes it: ``1.2``, ``3``, ``-.4``."""
    whole, part = divmod(abs(number), 10)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole or ''}.{part}" if part else f"{sign}{whole}"


def _place(east: float, north: float) -> tuple[float, float]:
    """Project a place to the page."""
    east = (east - MIDDLE + 180) % 360 - 180
    theta = asin(sqrt(3) / 2 * sin(radians(north)))
    a1, a2, a3, a4 = _A
    squared = theta * theta
    sixth = squared**3
    slope = a1 + 3 * a2 * squared + sixth * (7 * a3 + 9 * a4 * squared)
    x = 2 * sqrt(3) * radians(east) * cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * squared + sixth * (a3 + a4 * squared))
    scale = _WIDTH / (2 * _EAST)
    return _WIDTH / 2 + x * scale, (_NORTH - y) * scale
