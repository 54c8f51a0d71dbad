"""The graph of ties between actors as SVG: who acts on the left, on whom on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from splinternet.base.texts import phrase
from splinternet.brief.drawings.lettering import cut
from splinternet.brief.drawings.svg import Drawing, drawing, linked, text
from splinternet.brief.theme import ACCENT, LOSS
from splinternet.brief.words import count

__all__ = ["Tie", "tie_graph"]

_WIDTH, _ROW, _TOP = 640.0, 28.0, 8.0
#: Room for names on either side, and between a name and its lines.
_NAMES, _GAP = 210.0, 8.0
#: The widest line, of as many statements as any tie has.
_WIDEST = 6.0


@dataclass(frozen=True)
class Tie:
    """Statements that one actor is subject and another is object of.

    Attributes
    ----------
    subject, object
        Names of the two.
    kinds
        Kinds of tie, in words.
    many
        How many statements there are.
    contradicted
        Whether one of them is contradicted by another statement.
    """

    subject: str
    object: str
    kinds: str
    many: int
    contradicted: bool = False


def tie_graph(
    ties: Sequence[Tie], *, title: str, link: Callable[[str], str | None] | None = None
) -> Drawing:
    """Draw ties as lines, as wide as they have statements; contradicted ones are dashed.

    Parameters
    ----------
    ties
        The ties, at least one.
    title
        What the graph shows.
    link
        Gives the address that an actor of a name leads to.
    """
    sides = [_placed(each.subject for each in ties), _placed(each.object for each in ties)]
    height = 2 * _TOP + _ROW * max(map(len, sides))
    for places in sides:  # the shorter side stands in the middle of the longer one
        shift = (height - 2 * _TOP - _ROW * len(places)) / 2
        places.update({name: y + shift for name, y in places.items()})
    most = max(each.many for each in ties)
    lines = [_line(each, sides[0][each.subject], sides[1][each.object], most) for each in ties]
    names = [
        _name(name, x, y, anchor, link)
        for places, x, anchor in zip(
            sides, (_NAMES, _WIDTH - _NAMES), ("end", "start"), strict=True
        )
        for name, y in places.items()
    ]
    about = phrase(
        "charts.ties",
        ties=count(len(ties), "tie"),
        left=count(len(sides[0]), "actor"),
        right=len(sides[1]),
    )
    return drawing(
        [*lines, *names], width=_WIDTH, height=height, title=title, about=about, kind="ties"
    )


def _placed(names: Iterable[str]) -> dict[str, float]:
    """Give each name a row, in the order in which names come; the middle of the row."""
    return {name: _TOP + _ROW * (row + 0.5) for row, name in enumerate(dict.fromkeys(names))}


def _line(tie: Tie, left: float, right: float, most: int) -> str:
    begin, end = _NAMES + _GAP, _WIDTH - _NAMES - _GAP
    middle = (begin + end) / 2
    width = 1.0 + (_WIDEST - 1.0) * (tie.many - 1) / max(most - 1, 1)
    how = f' stroke-dasharray="6 4" stroke="{LOSS}"' if tie.contradicted else f' stroke="{ACCENT}"'
    said = f"{tie.subject}, {tie.kinds}, {tie.object} ({tie.many})"
    return (
        f'<path d="M{begin:.1f} {left:.1f}C{middle:.1f} {left:.1f} {middle:.1f} {right:.1f} '
        f'{end:.1f} {right:.1f}" fill="none" stroke-width="{width:.1f}" stroke-opacity="0.75"{how}>'
        f"<title>{escape(said)}</title></path>"
    )


def _name(
    name: str, x: float, y: float, anchor: str, link: Callable[[str], str | None] | None
) -> str:
    said = text(x, y, cut(name, _NAMES - _GAP), anchor=anchor)
    whole = f"<title>{escape(name)}</title>"
    return linked(whole + said, link(name) if link else None)
