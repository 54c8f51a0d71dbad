"""Doubts about carriers: shares that rest on one link, against which something speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.doubts import Doubt
from splinternet.base.texts import phrase
from splinternet.measures.measure import Measure
from splinternet.routing.block import Marks
from splinternet.routing.flows import Flows, measure_flows
from splinternet.routing.graph import Graph, graph_of
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import Demand
from splinternet.world.confidence import doubts_of_links
from splinternet.world.world import World

__all__ = ["doubted_as", "figures_doubt", "shares_and_doubts", "with_doubts"]

_Floats = npt.NDArray[np.float64]

#: Carriers with a smaller share are not looked at.
_MATTERS = 0.01
#: A carrier rests on a link over which so much of its traffic comes, or goes on.
_RESTS = 0.5
#: A figure rests on a carrier without which it would be another by more than this part of it.
_MOVES = 0.1


def shares_and_doubts(
    world: World,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> tuple[pl.DataFrame, dict[int, Doubt]]:
    """Share of traffic that passes each network, and the carriers that rest on one doubted link.

    Half or more of what such a carrier is handed comes over the link, or half or more of what it
    hands on goes over it, its own traffic included. The link is one between carriers. Carriers of
    less than 1 % are not looked at.

    Parameters
    ----------
    world
        The world, with the links that are to be used.
    sources, destinations, routing
        As for :func:`~splinternet.routing.transit.transit`.

    Returns
    -------
    tuple
        ``asn`` and ``share``, as :func:`~splinternet.routing.transit.transit` gives them, and the
        doubt of each such carrier, by AS number. Traffic is followed once for both.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    graph, doubted = graph_of(world), _doubted(world)
    flows = measure_flows(
        world, sources, destinations, links=doubted.marks, routing=routing, progress=progress
    )
    shares = (
        pl.DataFrame({"asn": graph.carrier_asn, "share": flows.through})
        .filter(pl.col("share") > 0)
        .sort("share", "asn", descending=[True, False])
    )
    if not len(doubted.carriers):
        return shares, {}
    handed, handed_on = _totals(graph, flows, Demand.of(world, graph, sources, destinations))
    among = shares.filter(pl.col("share") >= _MATTERS)["asn"]
    found: dict[int, Doubt] = {}
    for place in np.flatnonzero(np.isin(doubted.carriers, among)):
        asn = int(doubted.carriers[place])
        for way in doubted.ways[place]:
            first, last = way.rows
            total = handed[last] if way.ends == asn else handed_on[first]
            if flows.over.get(way.rows, 0.0) >= _RESTS * total > 0:
                found[asn] = way.rests()
                break
    return shares, found


class _Way(NamedTuple):
    """A doubted link, one way: numbers and rows of where it starts and ends, and the doubt."""

    starts: int
    ends: int
    rows: tuple[int, int]
    doubt: Doubt

    def rests(self) -> Doubt:
        """The doubt of a carrier that rests on it."""
        link = f"AS{self.starts}-AS{self.ends}"
        words = phrase("words.doubt.rests", link=link, doubt=self.doubt.words)
        return Doubt(self.doubt.kind, words)


class _Doubted(NamedTuple):
    """Carriers with doubted links to carriers, ascending; those of each, both ways; and marks."""

    carriers: npt.NDArray[np.int64]
    ways: tuple[tuple[_Way, ...], ...]
    marks: Marks


def _doubted(world: World) -> _Doubted:
    """Doubted links between carriers of a world, made once."""

    def find() -> _Doubted:
        graph, of_links = graph_of(world), doubts_of_links(world)
        known = sorted({asn for pair in of_links for asn in pair})
        row_of = dict(zip(known, graph.row[graph.networks(known)].tolist(), strict=True))
        of: dict[int, list[_Way]] = {}
        both_ways = []
        for pair, doubt in of_links.items():
            for starts, ends in (pair, pair[::-1]):
                rows = row_of[starts], row_of[ends]
                if max(rows) < graph.carriers:
                    both_ways.append(rows)
                    for end in pair:
                        of.setdefault(end, []).append(_Way(starts, ends, rows, doubt))
        carriers = sorted(of)
        ways = tuple(tuple(of[asn]) for asn in carriers)
        return _Doubted(np.array(carriers, dtype=np.int64), ways, Marks.of(graph, both_ways))

    return world.derived("doubted links", find)


def _totals(graph: Graph, flows: Flows, demand: Demand) -> tuple[_Floats, _Floats]:
    """Traffic handed to each carrier, and handed on: what passes it, ends there, begins there.

    Returns
    -------
    tuple of numpy.ndarray
        Shares of all traffic offered, both of shape ``(carriers,)``.
    """
    sent = demand.sources.astype(np.float64)
    received, own = np.zeros(graph.rows), np.zeros(graph.rows)
    received[demand.targets] = demand.weights
    own[demand.targets] = demand.own
    ends = received * (sent.sum() - own) / demand.offered
    begins = (sent * received.sum() - own * received) / demand.offered
    return flows.through + ends[: graph.carriers], flows.through + begins[: graph.carriers]


def with_doubts(shares: pl.DataFrame, doubts: Mapping[int, Doubt]) -> pl.DataFrame:
    """Add the doubt of each carrier, in words, as the last column; null where there is none."""
    words = {asn: doubt.words for asn, doubt in doubts.items()}
    found = pl.col("asn").replace_strict(words, default=None, return_dtype=pl.String)
    return shares.with_columns(doubt=found)


def doubted_as(given: pl.DataFrame, carriers: pl.DataFrame) -> pl.DataFrame:
    """Carriers of a world that was drawn beside one, in doubt where they are in that one.

    Parameters
    ----------
    given
        Table of carriers of the world itself; without a column ``doubt`` nothing changes.
    carriers
        Table of carriers of the world drawn, whose links have no doubts.
    """
    if "doubt" not in given.columns or "doubt" not in carriers.columns:
        return carriers
    doubts = given.select("asn", "doubt")
    return carriers.drop("doubt").join(doubts, on="asn", how="left", maintain_order="left")


def figures_doubt(measure: Measure, table: pl.DataFrame, country: str) -> str | None:
    """Carriers in doubt that figures of a nation rest on, and why they are in doubt.

    A figure rests on a carrier if without it the figure would be another by more than a tenth, or
    would name another network. Where doubtful carriers stay out of a figure, the one that would
    lead is told.

    Parameters
    ----------
    measure
        The measure.
    table
        Its table for the nation; one without a column ``doubt`` has none.
    country
        The nation's code.

    Returns
    -------
    str or None
        Each carrier and its doubt, with semicolons between; None where no figure rests on one.
    """
    if not {"asn", "doubt"} <= set(table.columns):
        return None
    counted = table.with_columns(doubt=pl.lit(None, pl.String))
    given = measure.summary(counted, country)
    told = []
    for asn, doubt in table.drop_nulls("doubt").select("asn", "doubt").iter_rows():
        without = measure.summary(counted.filter(pl.col("asn") != asn), country)
        if any(
            _moves(given[each.name], without[each.name], each.is_number) for each in measure.figures
        ):
            told.append(f"AS{asn}: {doubt}")
    return "; ".join(told) or None


def _moves(given: float | None, without: float | None, is_number: bool) -> bool:
    """Tell whether a figure is another without a carrier."""
    if given is None or without is None or not is_number:
        return given != without
    return abs(given - without) > _MOVES * abs(given)
