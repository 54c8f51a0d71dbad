"""Flows: from a nation by the networks that carry its traffic to the states they are of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
import polars as pl

from splinternet.brief.charts.frames import checked, cut, data, figure, finished, pixels, text_width
from splinternet.brief.charts.theme import ACCENT, BAND, HOME, PAPER
from splinternet.errors import MisuseError
from splinternet.world.countries import country_codes, country_name

__all__ = ["flows"]

#: Height of the tallest column of nodes but for what small ones add, width of a node, the least
#: room for its label, and what stands between two nodes; in pixels.
_TALL, _NODE, _LINE, _GAP = 330, 8, 17, 5

#: Points along a band from one column to the next.
_STEPS = 24


def flows(
    frame: pl.DataFrame, *, title: str, nation: str, most: int = 10, width: int = 720
) -> alt.LayerChart:
    """Draw bands from a nation to its carriers, and on to the carriers' states.

    A path passes several networks in turn, so shares add up to more than one; the height of
    a node is the sum of what is drawn at it.

    Parameters
    ----------
    frame
        ``carrier``; ``state``, as a code or a name; ``share`` of the nation's traffic that passes
        the carrier. A null carrier or state is one that is not known.
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
    columns = [
        {home: sum(row["share"] for row in rows)},
        _summed(rows, "carrier"),
        _summed(rows, "state"),
    ]
    unit = _TALL / columns[0][home]
    height = max(sum(_slot(share * unit) for share in column.values()) for column in columns)
    nodes = [
        node
        for number, column in enumerate(columns)
        for node in _nodes(column, number, unit, height, width)
    ]
    return finished(
        [_bands(rows, nodes, unit, height, width), *_marks(nodes, home, height, width)],
        title=title,
        subtitle=f"{home} at the left, networks in the middle, their states at the right",
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
        pair = row["carrier"] or "network unknown", _name(row["state"])
        shares[pair] = shares.get(pair, 0.0) + (row["share"] or 0.0)
    named = [
        {"carrier": carrier, "state": state, "share": share}
        for (carrier, state), share in shares.items()
        if share
    ]
    if not named or min(row["share"] for row in named) < 0:
        raise MisuseError("flows: shares must be above nought, or there is nothing to draw")
    carriers = _summed(named, "carrier")
    kept = sorted(carriers, key=lambda name: (-carriers[name], name))[:most]
    drawn = [row for row in named if row["carrier"] in kept]
    states = _summed(drawn, "state")
    return sorted(
        drawn, key=lambda row: (-states[row["state"]], row["state"], -row["share"], row["carrier"])
    )


def _summed(rows: Iterable[dict[str, Any]], key: str) -> dict[str, float]:
    """Sum shares by carrier or state, in the order of the rows."""
    found: dict[str, float] = {}
    for row in rows:
        found[row[key]] = found.get(row[key], 0.0) + row["share"]
    return found


def _name(state: str | None) -> str:
    if state is None:
        return "country unknown"
    return country_name(state) if state in country_codes() else state


def _slot(tall: float) -> float:
    """Return the height that a node and its label take."""
    return max(tall, _LINE) + _GAP


def _nodes(
    column: dict[str, float], number: int, unit: float, height: float, width: int
) -> list[dict[str, Any]]:
    """Place the nodes of a column below each other, in the middle of the height."""
    left = number * (width - _NODE) / 2
    y = (height - sum(_slot(share * unit) for share in column.values())) / 2
    found = []
    for name, share in column.items():
        tall, slot = share * unit, _slot(share * unit)
        top = y + (slot - tall) / 2
        sides = {"left": left, "right": left + _NODE, "top": top, "bottom": top + tall}
        said = figure(share, "share")
        room = width / 2 - _NODE - 14 - text_width(f" {said}")
        texts = {"text": f"{cut(name, room)} {said}", "middle": y + slot / 2}
        found.append({"column": number, "name": name, "share": share, **sides, **texts})
        y += slot
    return found


def _bands(
    rows: list[dict[str, Any]], nodes: list[dict[str, Any]], unit: float, height: float, width: int
) -> alt.Chart:
    """Draw each flow as a band from the right of a node to the left of another."""
    at = {(node["column"], node["name"]): node for node in nodes}
    (home,) = (node for node in nodes if node["column"] == 0)
    middle = [(home, at[1, name], share) for name, share in _summed(rows, "carrier").items()]
    last = [(at[1, row["carrier"]], at[2, row["state"]], row["share"]) for row in rows]
    left = {id(node): node["top"] for node in nodes}
    right = dict(left)
    points = []
    for number, (source, target, share) in enumerate([*middle, *last]):
        start, end, tall = left[id(source)], right[id(target)], share * unit
        left[id(source)] += tall
        right[id(target)] += tall
        for step in range(_STEPS + 1):
            part = step / _STEPS
            top = start + (end - start) * part * part * (3 - 2 * part)
            x = source["right"] + (target["left"] - source["right"]) * part
            points.append({"flow": number, "x": x, "top": top, "bottom": top + tall})
    return (
        alt.Chart(data(points))
        .mark_area(color=BAND, stroke=PAPER, strokeWidth=0.5)
        .encode(
            x=alt.X("x:Q", scale=pixels(width), axis=None),
            y=alt.Y("top:Q", scale=pixels(height), axis=None),
            y2="bottom:Q",
            detail="flow:N",
        )
    )


def _marks(nodes: list[dict[str, Any]], home: str, height: float, width: int) -> list[alt.Chart]:
    """Draw the nodes, each with its label at its left; of the first, which has no left, none."""
    x = alt.X("left:Q", scale=pixels(width), axis=None)
    coloured = [node | {"fill": HOME if node["name"] == home else ACCENT} for node in nodes]
    return [
        alt.Chart(data(coloured))
        .mark_rect()
        .encode(
            x=x,
            x2="right:Q",
            y=alt.Y("top:Q", scale=pixels(height), axis=None),
            y2="bottom:Q",
            fill=alt.Fill("fill:N", scale=None),
        ),
        alt.Chart(data(node for node in nodes if node["column"]))
        .mark_text(align="right", dx=-6)
        .encode(
            x=x, y=alt.Y("middle:Q", scale=pixels(height), axis=None), text="text:N"
        ),
    ]
