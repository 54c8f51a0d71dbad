"""Maps of the world as SVG that a page's style colours: quick, and each nation a link."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import asin, cos, radians, sin, sqrt
from typing import Any

from splinternet.base.countries import country_name
from splinternet.brief.shapes import ANTARCTICA, MIDDLE, features
from splinternet.brief.words import percent

__all__ = ["BREAKS", "WorldMap", "draw"]

#: Where shares pass from one shade to the next.
BREAKS = (0.05, 0.1, 0.2, 0.35, 0.5)

_WIDTH, _HEIGHT = 960.0, 430.0
#: The projection reaches this far east of its middle, and north of the equator at 84 degrees.
_EAST, _NORTH = 2.7066, 1.3

#: Equal Earth, by Šavrič, Patterson and Jenny (2018). Charts leave it to Vega, which projects what
#: it draws and tells nobody where.
_A = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True)
class WorldMap:
    """A map and its legend: a class of the page's style for each shade, and what it stands for."""

    svg: str
    legend: tuple[tuple[str, str], ...]


def draw(
    values: Mapping[str, float | None],
    *,
    title: str,
    link: Callable[[str], str] | None = None,
    highlight: str | None = None,
    breaks: Sequence[float] = BREAKS,
) -> WorldMap:
    """Draw the nations, each in the shade of its share.

    Parameters
    ----------
    values
        Shares by code; of a nation that is not here nothing is known.
    title
        What the map shows.
    link
        Gives the address that a nation leads to.
    highlight
        The nation to outline.
    breaks
        Where shares pass from one shade to the next.
    """
    parts = [_nation(path, values, link, highlight, breaks) for path in _paths()]
    role = "group" if link else "img"
    svg = (
        f'<svg class="map" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="{role}" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )
    return WorldMap(svg, tuple(_legend(breaks)))


def _legend(breaks: Sequence[float]) -> Iterator[tuple[str, str]]:
    bounds = (0.0, *breaks)
    for number, low in enumerate(bounds):
        high = bounds[number + 1] if number + 1 < len(bounds) else None
        highest = "100%" if low >= 1 else f"{low:.0%} or more"
        said = f"under {high:.0%}" if not number else highest
        yield f"q{number}", f"{low:.0%} to {high:.0%}" if number and high else said
    yield "qn", "no figure"


@dataclass(frozen=True)
class _Path:
    code: str | None
    drawn: str


def _nation(
    path: _Path,
    values: Mapping[str, float | None],
    link: Callable[[str], str] | None,
    highlight: str | None,
    breaks: Sequence[float],
) -> str:
    if path.code is None:
        return path.drawn.format(shade="qn")
    value = values.get(path.code)
    shade = "qn" if value is None else f"q{bisect_right(breaks, value)}"
    if path.code == highlight:
        shade += " home"
    said = "no figure" if value is None else percent(value)
    name = escape(f"{country_name(path.code)}: {said}")
    shape = path.drawn.format(shade=shade)
    if link is None:
        return f"<g>{shape}<title>{name}</title></g>"
    return (
        f'<a href="{escape(link(path.code))}" aria-label="{name}">{shape}<title>{name}</title></a>'
    )


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
        return f'<circle class="{{shade}}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
    rings = (ring for polygon in geometry["coordinates"] for ring in polygon)
    return f'<path class="{{shade}}" d="{"".join(map(_ring, rings))}"/>'


def _ring(ring: Sequence[Sequence[float]]) -> str:
    places = dict.fromkeys(f"{x:.1f},{y:.1f}" for x, y in (_place(*point) for point in ring))
    return f"M{'L'.join(places)}Z"


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
