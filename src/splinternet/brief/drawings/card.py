"""The picture that other sites show beside a link here: a finding, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from splinternet.base.texts import phrase
from splinternet.brief.drawings.lettering import wrapped
from splinternet.brief.drawings.svg import drawing, rect, text
from splinternet.brief.theme import ACCENT, INK, MUTED

__all__ = ["card"]

#: As other sites show them, in pixels.
_WIDTH, _HEIGHT, _EDGE = 1200.0, 630.0, 60.0

_BIG, _LINE, _SMALL = 46.0, 26.0, 20.0

_ROOT = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>")


def card(title: str, line: str, picture: str = "", figures: Sequence[tuple[str, str]] = ()) -> str:
    """Draw a finding with a line beneath it, and a picture or large figures below.

    Parameters
    ----------
    title, line
        The finding, and what else is to be known.
    picture
        An SVG that was drawn here.
    figures
        Figures, each with what it is.
    """
    room = _WIDTH - 2 * _EDGE
    parts, y = [rect(0, 0, _WIDTH, 10, ACCENT)], 80.0
    for said in wrapped(title, room / 1.1, _BIG, 3):
        parts.append(text(_EDGE, y, said, size=_BIG, bold=True))
        y += _BIG * 1.2
    for said in wrapped(line, room / 1.05, _LINE, 2):
        parts.append(text(_EDGE, y, said, size=_LINE, fill=MUTED))
        y += _LINE * 1.4
    if picture:
        parts.append(_within(picture, _EDGE, y, room, _HEIGHT - y - 50))
    each = room / max(len(figures), 1)
    for place, (value, label) in enumerate(figures):
        x = _EDGE + place * each
        parts.append(text(x, y + 70, value, size=80, fill=ACCENT, bold=True))
        for number, said in enumerate(wrapped(label, each - 30, _LINE * 0.9, 3)):
            parts.append(text(x, y + 150 + number * 32, said, size=_LINE * 0.9, fill=INK))
    parts.append(text(_EDGE, _HEIGHT - 28, phrase("charts.card"), size=_SMALL, fill=MUTED))
    return drawing(
        parts, width=_WIDTH, height=_HEIGHT, title=title, about=f"{title}. {line}", kind="card"
    )


def _within(picture: str, x: float, y: float, width: float, height: float) -> str:
    """Fit a picture into a room."""
    root = _ROOT.match(picture)
    if root is None:
        raise AssertionError("the picture has no view box")
    start = (
        f'<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'viewBox="{escape(root[1])}">'
    )
    return start + picture[root.end() :]
