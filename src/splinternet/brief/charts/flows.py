"""Flows: from a nation by the networks that carry its traffic to the states they are of."""

from __future__ import annotations

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
    pixels,
)
from splinternet.brief.drawings.lettering import cut, text_width
from splinternet.brief.drawings.rows import checked
from splinternet.brief.theme import ACCENT, BAND, HOME, PAPER

__all__ = ["flows"]

#: Height of the tallest column of nodes but for what small ones add, width of a node, the least
#: room for its label, and what stands between two nodes; in pixels.
_TALL, _NODE, _LINE, _GAP = 330, 8, 17, 5

#: Points along a band from one column to the next.
_STEPS = 24


@typed
def flows(
    frame: pl.DataFrame, *, title: str, nation: str, most: int = 10, width: int = 720
) -> alt.LayerChart:
    """Draw bands from a nation to its carriers, and on to the carriers' states.

    A path passes several networks in turn, so shares add up to more than one, and the share that
    passes a state is less than the sum of its networks' shares: states have no figure here.

    Parameters
    ----------
    frame
        ``carrier``; ``state`` it is of, as a code or a name; ``share`` of the nation's traffic that
        passes it. A null carrier or state is one that is not known; carriers of one name and state
        are taken together.
    title
        What is seen.
    nation
        Code or name. Its own networks have a colour of their own.
    most
        How many carriers are drawn, the largest.
    width
        In pixels; 340 suits a telephone.

    Raises
    ------
    MisuseError
        If the frame lacks columns or rows, or no share is above nought.
    """
    rows = _largest(checked(frame, "flows", ("carrier", "state", "share")), most)
    home = _name(nation)
    columns: list[dict[Any, float]] = [
        {home: sum(row["share"] for row in rows)},
        {(row["carrier"], row["state"]): row["share"] for row in rows},
        _by_state(rows),
    ]
    unit = _TALL / sum(columns[0].values())
    height = max(sum(_slot(share * unit) for share in column.values()) for column in columns)
    nodes = [
        node
        for number, column in enumerate(columns)
        for node in _nodes(column, number, unit, height, width)
    ]
    return finished(
        [_bands(rows, nodes, unit, height, width), *_marks(nodes, home, height, width)],
        title=title,
        subtitle=(
            f"{home} at the left, networks in the middle, their states at the right. A path passes "
            "several networks, so shares add up to more than 100%."
        ),
        description="; ".join(
            f"{row['carrier']} ({row['state']}): {figure(row['share'], 'share')}" for row in rows
        ),
        width=width,
        height=height,
    )


def _largest(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Name what is drawn: the flows of the carriers that have most, by state, then by share."""
    shares: dict[tuple[str, str], float] = {}
    for row in rows:
        pair = row["carrier"] or phrase("charts.no_network"), _name(row["state"])
        shares[pair] = shares.get(pair, 0.0) + (row["share"] or 0.0)
    found = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:most]
    if found[0][1] <= 0 or found[-1][1] < 0:
        raise MisuseError("flows: shares must be above nought, or there is nothing to draw")
    drawn = [
        {"carrier": carrier, "state": state, "share": share}
        for (carrier, state), share in found
        if share
    ]
    states = _by_state(drawn)
    return sorted(drawn, key=lambda row: (-states[row["state"]], row["state"], -row["share"]))


def _by_state(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Sum shares by state, in the order of the rows."""
    found: dict[str, float] = {}
    for row in rows:
        found[row["state"]] = found.get(row["state"], 0.0) + row["share"]
    return found


def _name(state: str | None) -> str:
    if state is None:
        return phrase("words.country_unknown")
    return country_called(state) if state in country_codes() else state


def _slot(tall: float) -> float:
    """Return the height that a node and its label take."""
    return max(tall, _LINE) + _GAP


def _nodes(
    column: dict[Any, float], number: int, unit: float, height: float, width: int
) -> list[dict[str, Any]]:
    """Place the nodes of a column below each other, in the middle of the height."""
    left = number * (width - _NODE) / 2
    y = (height - sum(_slot(share * unit) for share in column.values())) / 2
    found = []
    for key, share in column.items():
        name, state = key if isinstance(key, tuple) else (key, key)
        tall, slot = share * unit, _slot(share * unit)
        top = y + (slot - tall) / 2
        sides = {"left": left, "right": left + _NODE, "top": top, "bottom": top + tall}
        # What passes a state is not the sum of what passes its networks: it has no figure here.
        said = f" {figure(share, 'share')}" if isinstance(key, tuple) else ""
        label = cut(name, width / 2 - _NODE - 14 - text_width(said)) + said
        place = {"column": number, "key": key, "text": label, "middle": y + slot / 2}
        found.append(place | sides | {"share": share, "state": state})
        y += slot
    return found


def _bands(
    rows: list[dict[str, Any]], nodes: list[dict[str, Any]], unit: float, height: float, width: int
) -> alt.Chart:
    """Draw each flow as a band from the right of a node to the left of another."""
    at = {(node["column"], node["key"]): node for node in nodes}
    ends = []
    for row in rows:
        carrier = at[1, (row["carrier"], row["state"])]
        ends += [(nodes[0], carrier, row["share"]), (carrier, at[2, row["state"]], row["share"])]
    left = {id(node): node["top"] for node in nodes}
    right = dict(left)
    points = []
    for number, (source, target, share) in enumerate(ends):
        start, end, tall = left[id(source)], right[id(target)], share * unit
        left[id(source)] += tall
        right[id(target)] += tall
        for step in range(_STEPS + 1):
            part = step / _STEPS
            top = start + (end - start) * part * part * (3 - 2 * part)
            x = source["right"] + (target["left"] - source["right"]) * part
            points.append({"flow": number, "x": x, "top": top, "bottom": top + tall})
    bands: alt.Chart = (
        alt.Chart(data(points))
        .mark_area(color=BAND, stroke=PAPER, strokeWidth=0.5)
        .encode(
            x=alt.X("x:Q", scale=pixels(width), axis=None),
            y=alt.Y("top:Q", scale=pixels(height), axis=None),
            y2=alt.Y2("bottom:Q"),
            detail=alt.Detail("flow:N"),
        )
    )
    return bands


def _marks(nodes: list[dict[str, Any]], home: str, height: float, width: int) -> list[alt.Chart]:
    """Draw the nodes, each with its label at its left; of the first, which has no left, none."""
    x = alt.X("left:Q", scale=pixels(width), axis=None)
    coloured = [node | {"fill": HOME if node["state"] == home else ACCENT} for node in nodes]
    return [
        alt.Chart(data(coloured))
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("right:Q"),
            y=alt.Y("top:Q", scale=pixels(height), axis=None),
            y2=alt.Y2("bottom:Q"),
            fill=alt.Fill("fill:N", scale=None),
        ),
        alt.Chart(data(node for node in nodes if node["column"]))
        .mark_text(align="right", dx=-6)
        .encode(x=x, y=alt.Y("middle:Q", scale=pixels(height), axis=None), text=alt.Text("text:N")),
    ]
