"""Doubts about carriers: shares that rest on one link, against which something speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

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
from splinternet.world.confidence import LINK_DOUBTS, doubt_words, judged
from splinternet.world.world import World

__all__ = ["doubted_as", "figures_doubt", "shares_and_doubts", "with_doubts"]

_Floats = npt.NDArray[np.float64]
_Number = TypeVar("_Number", bound=np.generic)

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
        for way in doubted.ways[doubted.begin[place] : doubted.begin[place + 1]]:
            first, last = doubted.rows[way].tolist()
            total = handed[last] if doubted.ends[way, 1] == asn else handed_on[first]
            if flows.over.get((first, last), 0.0) >= _RESTS * total > 0:
                found[asn] = doubted.rests(way)
                break
    return shares, found


class _Doubted(NamedTuple):
    """Doubted links between carriers, each both ways.

    ``ends`` and ``rows`` have the numbers and rows of where a way starts and where it ends, shape
    ``(ways, 2)``, ``kind`` the place of its doubt in ``LINK_DOUBTS``. The ways that ``carriers[i]``
    is an end of are ``ways[begin[i]:begin[i + 1]]``, in the order of the links.
    """

    ends: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int8]
    carriers: npt.NDArray[np.int64]
    begin: npt.NDArray[np.int64]
    ways: npt.NDArray[np.int64]
    marks: Marks

    def rests(self, way: int) -> Doubt:
        """The doubt of a carrier that rests on a link."""
        starts, ends = self.ends[way].tolist()
        kind = tuple(LINK_DOUBTS)[self.kind[way]]
        link = f"AS{starts}-AS{ends}"
        return Doubt(kind, phrase("words.doubt.rests", link=link, doubt=doubt_words(kind)))


def _doubted(world: World) -> _Doubted:
    """Doubted links between carriers of a world, found once."""

    def find() -> _Doubted:
        graph = graph_of(world)
        links = judged(world).links.drop_nulls("doubt")
        pair = links.select(pl.min_horizontal("a", "b"), b=pl.max_horizontal("a", "b"))
        ends = pair.to_numpy().astype(np.int64)
        rows = graph.row[graph.networks(ends.ravel())].astype(np.int64).reshape(-1, 2)
        of_kind = {name: place for place, name in enumerate(LINK_DOUBTS)}
        kind = links["doubt"].replace_strict(of_kind, return_dtype=pl.Int8).to_numpy()
        carried = rows.max(axis=1, initial=-1) < graph.carriers
        ends, rows, kind = (_both_ways(each[carried]) for each in (ends, rows, kind))
        # Of each carrier the ways in their order: a way is in the lists of its two ends.
        order = np.argsort(ends.ravel(), kind="stable")
        carriers, begin = np.unique(ends.ravel()[order], return_index=True)
        begin = np.append(begin, len(order)).astype(np.int64)
        marks = Marks.of(graph, ((first, last) for first, last in rows.tolist()))
        return _Doubted(ends, rows, kind, carriers, begin, order // 2, marks)

    return world.derived("doubted links", find)


def _both_ways(links: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Each row, then the same the other way round; of what has no ends, each twice."""
    turned = links[:, ::-1] if links.ndim == 2 else links
    return np.stack([links, turned], axis=1).reshape(-1, *links.shape[1:])


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
