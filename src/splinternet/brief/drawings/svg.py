"""Drawing by hand: SVG of few shapes, quick enough for the first screen of a page.

The colours are those of :mod:`splinternet.brief.theme`, as attributes, so that a page's style can
recolour them in the dark and a file that is kept needs no style.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from splinternet.brief.theme import FONT, INK, SIZE

__all__ = ["drawing", "linked", "rect", "text"]


def drawing(
    parts: Iterable[str], *, width: float, height: float, title: str, about: str, kind: str
) -> str:
    """Put shapes into a picture that has a name, and a description for who cannot see it."""
    inside = "".join(parts)
    role = "group" if "<a " in inside else "img"  # what is inside an image cannot be reached
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {kind}" role="{role}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'font-family="{escape(FONT)}" aria-label="{escape(title)}">'
        f"<desc>{escape(about)}</desc>{inside}</svg>"
    )


def text(
    x: float,
    y: float,
    said: str,
    *,
    fill: str = INK,
    size: float = SIZE,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Write a text; ``y`` is the middle of its letters."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size:g}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{escape(said)}</text>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    stroke: str = "",
    corner: float = 0,
) -> str:
    """Draw a bar."""
    line = f' stroke="{stroke}" stroke-width="1.5"' if stroke else ""
    bent = f' rx="{corner:g}"' if corner else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
        f'fill="{fill}"{line}{bent}/>'
    )


def linked(inside: str, address: str | None) -> str:
    """Put shapes into a link, if there is an address."""
    return f'<a href="{escape(address)}">{inside}</a>' if address else inside
