"""Counts of traffic on its way: what passes each network, any of some, or a group.

Each is asked of one graph after the other, also of that which a scenario makes of a world's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.base.frames import check_columns
from splinternet.routing import _kernels
from splinternet.routing.block import Block, Mask
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Demand

__all__ = ["NONE", "AnyOf", "Count", "EachNetwork", "Follow", "Groups", "add_up", "mask_of"]

_Int64s = npt.NDArray[np.int64]

#: What passes, given the weights of the targets of a block.
Amounts = Callable[[_Int64s], npt.NDArray[Any]]
#: Sends the traffic to the targets of a block on its way.
Follow = Callable[[Block, Demand, slice], Amounts]

#: A whole number to which arrays are added, of whole numbers or not.
NONE: npt.NDArray[Any] = np.zeros((), dtype=np.int64)


class Count(Protocol):
    """Something to count, of the traffic on any graph."""

    def on(self, graph: Graph) -> Follow:
        """How to count it on a graph."""


@dataclass(frozen=True)
class EachNetwork:
    """Traffic that passes each network of a list, ascending; shape ``(asns,)``."""

    asns: npt.NDArray[np.uint32]

    def on(self, graph: Graph) -> Follow:
        """How to count it on a graph."""
        place = np.searchsorted(self.asns, graph.carrier_asn)

        def follow(block: Block, demand: Demand, which: slice) -> Amounts:
            block.carry(demand.sources, demand.own[which])

            def amounts(weights: _Int64s) -> _Int64s:
                total = np.zeros(len(self.asns), dtype=np.int64)
                total[place] = block.passed(weights)
                return total

            return amounts

        return follow


@dataclass(frozen=True)
class AnyOf:
    """Traffic that passes any of some networks, in all. Networks that it lacks carry nothing."""

    asns: npt.NDArray[np.uint32]

    def on(self, graph: Graph) -> Follow:
        """How to count it on a graph."""
        stops = mask_of(graph, self.asns[graph.has(self.asns)])

        def follow(block: Block, demand: Demand, which: slice) -> Amounts:
            block.carry(demand.sources, demand.own[which], stops=stops, towards=stops)
            return lambda weights: np.array(block.passed(weights) @ stops)

        return follow


@dataclass(frozen=True, eq=False)
class Groups:
    """Traffic that passes any network of each group; shape ``(groups,)``.

    Attributes
    ----------
    asn
        The networks that belong somewhere, ascending.
    names
        The groups, null among them if some networks are of none.
    number
        The group of each network, as its place among these; shape ``(networks,)``.
    """

    asn: npt.NDArray[np.uint32]
    names: pl.Series
    number: Ints

    @classmethod
    def of(cls, asn: npt.NDArray[np.uint32], groups: pl.DataFrame) -> Groups:
        """Put networks in groups, given as ``asn`` and ``group``; each is in one at the most.

        Raises
        ------
        MisuseError
            If these columns are not there, or a network is in two groups.
        """
        form = "give 'asn' and 'group', as world.networks.select('asn', group='country') does"
        check_columns(groups, "groups", {"asn": "AS numbers", "group": "groups"}, form)
        if groups["asn"].is_duplicated().any():
            twice = groups["asn"].filter(groups["asn"].is_duplicated())[0]
            raise MisuseError(f"groups: AS{twice} is there twice; put each network in one group")
        named = pl.DataFrame({"asn": asn}).join(
            groups, on="asn", how="left", maintain_order="left"
        )["group"]
        number = named.rank("dense").fill_null(0).cast(pl.Int32).to_numpy()
        return cls(asn, named.unique().sort(), number - 1 + named.has_nulls())

    def of_carriers(self, graph: Graph) -> Ints:
        """The group of each carrier of a graph; shape ``(carriers,)``."""
        number: Ints = self.number[np.searchsorted(self.asn, graph.carrier_asn)]
        return number

    def crossed(
        self, block: Block, demand: Demand, which: slice, group_of: Ints
    ) -> npt.NDArray[np.float64]:
        """Weight of the sources whose traffic to each target crosses each group.

        Where third parties are told apart, without the sources in the group itself.
        """
        at_once = np.ones(block.graph.carriers, dtype=np.uint8)
        enters = block.carry(demand.sources, demand.own[which], stops=at_once)
        inside = _kernels.Inside(*demand.inside, demand.own_inside[which], demand.asked)
        crossed = block.cross(enters, group_of, len(self.names), inside)
        if demand.third is None:
            return crossed
        # All less what has an end there: where that is nothing, rounding to whole numbers is left.
        _, group, amount = demand.inside
        within = np.bincount(group, 1 + 1e-7 * amount, minlength=len(self.names))
        return np.where(crossed > within, crossed, 0)

    def on(self, graph: Graph) -> Follow:
        """How to count it on a graph."""
        group_of = self.of_carriers(graph)

        def follow(block: Block, demand: Demand, which: slice) -> Amounts:
            crossed = self.crossed(block, demand, which, group_of)
            if demand.third is None:
                return lambda weights: weights @ crossed
            theirs = demand.third.weights[which]
            return lambda weights: ((weights > 0)[:, None] * theirs * crossed).sum(axis=0)

        return follow


def add_up(
    graph: Graph, demand: Demand, routing: Routing, count: Count, progress: Progress | None = None
) -> npt.NDArray[Any]:
    """Count all traffic of a demand."""
    total, follow = NONE, count.on(graph)
    if not len(demand.senders):
        return total

    def work(block: Block, which: slice) -> npt.NDArray[Any]:
        return follow(block, demand, which)(demand.weights[which])

    for part in Sweep(graph, routing, demand.senders).run(demand.targets, work, progress):
        total = total + part
    return total


def mask_of(graph: Graph, networks: Iterable[int] | npt.NDArray[np.uint32] | pl.Series) -> Mask:
    """Mark the carriers among some networks; shape ``(carriers,)``.

    Raises
    ------
    MisuseError
        If a network is not in the world.
    """
    rows = graph.row[graph.networks(networks)]
    mask = np.zeros(graph.carriers, dtype=np.uint8)
    mask[rows[rows < graph.carriers]] = 1
    return mask
