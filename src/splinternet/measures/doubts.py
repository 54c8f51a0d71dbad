"""Doubts about carriers: shares that rest on one link, against which something speaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.doubts import Doubt
from splinternet.measures.measure import Measure
from splinternet.routing.flows import measure_flows
from splinternet.routing.graph import Graph, graph_of
from splinternet.routing.traffic import Demand
from splinternet.world.confidence import doubts_of_links
from splinternet.world.world import World

__all__ = ["carrier_doubts", "doubted_as", "figures_doubt", "with_doubts"]

_Floats = npt.NDArray[np.float64]

#: Carriers with a smaller share are not looked at.
_MATTERS = 0.01
#: A carrier rests on a link over which so much of its traffic comes, or goes on.
_RESTS = 0.5
#: Sums of the same traffic in another order differ by less than this part.
_ROUNDING = 1e-6
#: A figure rests on a carrier without which it would be another by more than this part of it.
_MOVES = 0.1


def carrier_doubts(
    world: World,
    shares: pl.DataFrame,
    sources: pl.DataFrame,
    destinations: pl.DataFrame,
    *,
    routing: Routing,
    among: Collection[int] | None = None,
) -> dict[int, Doubt]:
    """Find the carriers that rest on one doubted link.

    Half or more of what such a carrier is handed comes over the link, or half or more of what it
    hands on goes over it, its own traffic included. The link is one between carriers. Carriers of
    less than 1 % are not looked at.

    Parameters
    ----------
    world
        The world, with the links that are to be used.
    shares
        ``asn`` and ``share``, as :func:`~splinternet.routing.transit.transit` gives them.
    sources, destinations, routing
        What they were computed of.
    among
        The only carriers to look at, by AS number; all by default.

    Returns
    -------
    dict
        The doubt of each such carrier, by AS number.
    """
    large = shares.filter(pl.col("share") >= _MATTERS)["asn"]
    if among is not None:
        large = large.filter(large.is_in(list(among)))
    of_links = doubts_of_links(world, large)
    if not of_links:
        return {}
    graph = graph_of(world)
    through = np.zeros(graph.carriers)
    through[graph.row[graph.networks(shares["asn"])]] = shares["share"].to_numpy()
    demand = Demand.of(world, graph, sources, destinations)
    rests = list(_resting(graph, of_links, set(large), _totals(graph, through, demand)))
    if not any(each.can_rest for each in rests):
        return {}
    flows = measure_flows(world, sources, destinations, routing=routing)
    found: dict[int, Doubt] = {}
    for each in rests:
        if each.can_rest and flows.over.get(each.rows, 0.0) >= _RESTS * each.total > 0:
            start, end = each.link
            words = f"half or more of it passes one link, AS{start}-AS{end}, which"
            found.setdefault(each.asn, Doubt(each.doubt.kind, f"{words} {each.doubt.words}"))
    return found


@dataclass(frozen=True)
class _Resting:
    """A carrier that may rest on a doubted link.

    Attributes
    ----------
    asn
        The carrier.
    link, rows
        Where the link leads from and to, by AS number and by row.
    total, most
        What the carrier is handed, or hands on; and the most that can come over the link, which is
        all that its other end hands on, or is handed.
    doubt
        That of the link.
    """

    asn: int
    link: tuple[int, int]
    rows: tuple[int, int]
    total: float
    most: float
    doubt: Doubt

    @property
    def can_rest(self) -> bool:
        """Whether so much can come over the link; what differs by rounding counts as enough."""
        return self.most >= _RESTS * self.total * (1 - _ROUNDING) > 0


def _resting(
    graph: Graph,
    of_links: Mapping[tuple[int, int], Doubt],
    among: Collection[int],
    totals: tuple[_Floats, _Floats],
) -> Iterator[_Resting]:
    """List the carriers at the ends of doubted links between carriers, both ways."""
    handed, handed_on = totals
    known = sorted({asn for pair in of_links for asn in pair})
    row_of = dict(zip(known, graph.row[graph.networks(known)].tolist(), strict=True))
    for (low, high), doubt in of_links.items():
        for start, end in ((low, high), (high, low)):
            rows = first, last = row_of[start], row_of[end]
            if max(rows) >= graph.carriers:
                continue
            sent, received = float(handed_on[first]), float(handed[last])
            for asn, total, most in ((end, received, sent), (start, sent, received)):
                if asn in among:
                    yield _Resting(asn, (start, end), rows, total, most, doubt)


def _totals(graph: Graph, through: _Floats, demand: Demand) -> tuple[_Floats, _Floats]:
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
    return through + ends[: graph.carriers], through + begins[: graph.carriers]


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
