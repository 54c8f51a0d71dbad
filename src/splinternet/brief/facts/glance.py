"""Five figures of a nation, with its rank among all nations."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried
from splinternet.figures.ranks import Rank, rank
from splinternet.measures.continuity import MEASURE as CONTINUITY
from splinternet.measures.reliability import MEASURE as RELIABILITY

__all__ = ["Headline", "headlines"]

#: The figures by name, and whether the largest takes the first place: the most dependent.
_ORDER = {
    "foreign_dependence": True,
    "state_share": True,
    "control_points": False,
    "reliability": True,
    "continuity": False,
}


@dataclass(frozen=True)
class Headline:
    """One figure of a nation.

    Attributes
    ----------
    figure
        Its name, as in an atlas.
    value
        The figure, a share or a number of networks; None where there is nothing to measure.
    of
        The network or the state that it is about.
    unavoidable
        Of a state's share, what has no other way.
    missing
        Why there is no figure.
    rank
        The nation's place among those that have the figure; 1 is the most dependent.
    """

    figure: str
    value: float | None
    of: int | str | None = None
    unavoidable: float | None = None
    missing: str | None = None
    rank: Rank | None = None


def headlines(
    asked: Asked,
    carried: Carried | Missing,
    control: pl.DataFrame | Missing,
    atlas: pl.DataFrame | None,
) -> tuple[Headline, ...]:
    """Return the five figures that a brief begins with.

    Parameters
    ----------
    asked
        The nation, in a world.
    carried
        Who carries its traffic.
    control
        Its points of control, see :func:`~splinternet.measures.control.points_of_control`.
    atlas
        All nations side by side, of the same world and settings; without it there is no rank.
    """
    found = [
        *_dependence(carried),
        _control(asked, control),
        _reliability(asked),
        _continuity(asked),
    ]
    return tuple(
        Headline(
            figure=each.figure,
            value=each.value,
            of=each.of,
            unavoidable=each.unavoidable,
            missing=each.missing,
            rank=None
            if atlas is None or each.value is None
            else rank(atlas, each.figure, asked.country, most=_ORDER[each.figure]),
        )
        for each in found
    )


def _dependence(carried: Carried | Missing) -> list[Headline]:
    if isinstance(carried, Missing):
        return [
            Headline(name, None, missing=carried.reason)
            for name in ("foreign_dependence", "state_share")
        ]
    network, state = carried.largest_foreign, carried.largest_state
    return [
        Headline("foreign_dependence", network.inbound, network.asn)
        if network
        else Headline("foreign_dependence", None),
        Headline("state_share", state.inbound, state.country, state.unavoidable)
        if state
        else Headline("state_share", None),
    ]


def _shipped(asked: Asked, figure: str) -> tuple[float, int | None] | None:
    """Return a figure of the full world and what it is of, if shipped."""
    row = {} if asked.figures is None else asked.figures.row(asked.country)
    value = row.get(figure)
    return None if value is None else (float(value), row.get(f"{figure}_of"))


def _control(asked: Asked, points: pl.DataFrame | Missing) -> Headline:
    if (known := _shipped(asked, "control_points")) is not None:
        return Headline("control_points", known[0])
    if isinstance(points, Missing):
        return Headline("control_points", None, missing=points.reason)
    return Headline("control_points", float(points["networks"].sum()) if points.height else None)


def _reliability(asked: Asked) -> Headline:
    if (known := _shipped(asked, "reliability")) is not None:
        return Headline("reliability", *known)
    table = attempt(lambda: asked.answer(RELIABILITY))
    if isinstance(table, Missing):
        return Headline("reliability", None, missing=table.reason)
    found = RELIABILITY.summary(table, asked.country)
    return Headline("reliability", found["reliability"], found["reliability_of"])


def _continuity(asked: Asked) -> Headline:
    if (known := _shipped(asked, "continuity")) is not None:
        return Headline("continuity", known[0])
    table = attempt(lambda: asked.answer(CONTINUITY))
    if isinstance(table, Missing):
        return Headline("continuity", None, missing=table.reason)
    return Headline("continuity", CONTINUITY.summary(table, asked.country)["continuity"])
