"""Drawing by hand: SVG of few shapes, quick enough for the first screen of a page.

The colours are those of :mod:`splinternet.brief.theme`, as attributes, so that a page's style can
recolour them in the dark and a file that is kept needs no style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from splinternet.base.text import shown
from splinternet.brief.drawings.lettering import text_width, wrapped
from splinternet.brief.theme import FONT, INK, MUTED, SIZE

__all__ = ["Drawing", "Legend", "drawing", "linked", "rect", "text"]

#: Colours and what they stand for.
Legend = tuple[tuple[str, str], ...]

#: Height of the letters of a title and of a line of it, and of a line of a legend.
_TITLE, _TITLE_LINE, _LEGEND_LINE = 15, 19, 20

#: Side of a square of a legend, and what is left between its items.
_SQUARE, _APART = 12, 16


class Drawing(str):
    """A picture as SVG, for where its title and legend stand beside it; a notebook shows it whole.

    Attributes
    ----------
    legend
        Its colours, and what they stand for.
    """

    legend: Legend
    _whole: Callable[[], str]

    @property
    def whole(self) -> str:
        """The picture with its title above it and its legend below."""
        return self._whole()

    def _repr_svg_(self) -> str:
        return self.whole


def drawing(
    parts: Iterable[str],
    *,
    width: float,
    height: float,
    title: str,
    about: str,
    kind: str,
    legend: Legend = (),
) -> Drawing:
    """Put shapes into a picture that has a name, and a description for who cannot see it."""
    inside, names = "".join(parts), (title, about, kind)
    made = Drawing(_svg(inside, width, height, *names))

    def whole() -> str:
        lines = wrapped(title, width, 1.06 * _TITLE)
        top = len(lines) * _TITLE_LINE + 10
        below, more = _legend(legend, width, top + height + 10)
        shapes = [
            *(
                text(0, (number + 0.5) * _TITLE_LINE, line, size=_TITLE, bold=True)
                for number, line in enumerate(lines)
            ),
            f'<g transform="translate(0 {top})">{inside}</g>',
            *below,
        ]
        return _svg("".join(shapes), width, top + height + more, *names)

    made.legend, made._whole = legend, whole
    return made


def _svg(inside: str, width: float, height: float, title: str, about: str, kind: str) -> str:
    role = "group" if "<a " in inside else "img"  # what is inside an image cannot be reached
    return shown(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {kind}" role="{role}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'font-family="{escape(FONT)}" aria-label="{escape(title)}">'
        f"<desc>{escape(about)}</desc>{inside}</svg>"
    )


def _legend(legend: Legend, width: float, top: float) -> tuple[list[str], float]:
    """Set the colours in lines; give them, and how high they are."""
    parts, x, line = [], 0.0, 0
    for colour, words in legend:
        long = _SQUARE + 6 + 1.1 * text_width(words) + _APART
        if x and x + long > width:
            x, line = 0.0, line + 1
        y = top + line * _LEGEND_LINE
        parts.append(rect(x + 1, y + 1, _SQUARE, _SQUARE, colour, stroke=MUTED))
        parts.append(text(x + _SQUARE + 6, y + 1 + _SQUARE / 2, words))
        x += long
    return parts, (line + 1) * _LEGEND_LINE + 10 if legend else 0.0


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
