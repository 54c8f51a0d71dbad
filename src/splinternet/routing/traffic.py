"""Traffic: who sends how much to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import WEIGHTS, Weights
from splinternet.base.errors import MisuseError, WorldError
from splinternet.routing.graph import Graph, Ints
from splinternet.world.world import World

__all__ = ["Demand", "Traffic", "weigh"]

_BROUGHT = {"users": ", or import a world with --users"}

_COLUMN = {"addresses": "ipv4_addresses", "networks": "members", "users": "users"}

#: Weights of all sources, and of all destinations, are scaled to whole numbers of about this sum:
#: then no sum of sources passes 2**31, and none of products 2**62.
_SUM = (1 << 31) - (1 << 20)

_Int64s = npt.NDArray[np.int64]


def weigh(
    world: World, by: Weights = "networks", networks: Iterable[int] | pl.Series | None = None
) -> pl.DataFrame:
    """Give networks their weight as sources or destinations of traffic.

    Parameters
    ----------
    world
        The world.
    by
        ``networks`` (each counts one), ``addresses`` or ``users``; unknown ones count nothing.
    networks
        ASNs; all by default.

    Returns
    -------
    polars.DataFrame
        ``asn`` and ``weight`` (networks, addresses or people).

    Raises
    ------
    MisuseError
        If there is no such weight.
    WorldError
        If the world knows no such figure of any of these networks.

    Examples
    --------
    >>> weigh(world, "addresses", [3356, 174]).height
    2
    """
    if by not in WEIGHTS:
        raise MisuseError.unknown("weight", by, WEIGHTS)
    column = _COLUMN[by]
    frame = world.networks.select("asn", weight=pl.col(column).cast(pl.Float64))
    if networks is not None:
        frame = frame.filter(pl.col("asn").is_in(pl.Series(networks, dtype=pl.UInt32).implode()))
    if frame.height and frame["weight"].null_count() == frame.height:
        known = (w for w in WEIGHTS if world.networks[_COLUMN[w]].count() and w != by)
        others = " or ".join(known)
        raise WorldError(
            f"world {world.manifest.name} does not know the {by} of these networks; "
            f"weigh by {others}{_BROUGHT.get(by, '')}"
        )
    return frame.with_columns(pl.col("weight").fill_null(0.0))


@dataclass(frozen=True)
class Demand:
    """Who sends how much to whom, by row, in whole numbers.

    ``sources`` has a weight for each row; ``targets`` are the rows that receive, with their
    ``weights`` and the part of their own row's ``sources`` that stands for what networks would
    send to themselves (``own``), which is no traffic. What goes from one row to another is the
    product of the two weights, ``offered`` the sum of it.
    """

    sources: Ints
    targets: Ints
    weights: _Int64s
    own: Ints
    offered: int

    @property
    def senders(self) -> Ints:
        """Rows that send anything."""
        return np.flatnonzero(self.sources).astype(np.int32)

    @classmethod
    def of(
        cls,
        world: World,
        graph: Graph,
        sources: pl.DataFrame | None,
        destinations: pl.DataFrame | None,
    ) -> Demand:
        """Turn sources and destinations (every network by default) into whole numbers.

        Raises
        ------
        MisuseError
            If nothing is to be sent, or a network is not in the world.
        """
        demand = Traffic.of(world, graph, sources, destinations).on(graph)
        if demand.offered <= 0:
            raise MisuseError("no traffic to follow: no source sends to another destination")
        return demand


@dataclass(frozen=True, eq=False)
class Traffic:
    """Who sends how much to whom, by network, in whole numbers.

    ``asn`` has the networks, ascending, that ``send`` and ``receive`` so much. What goes from one
    to another is the product of the two; ``to_itself`` is what of it would stay with the network
    itself, or with each of those that a group of a digest stands for, which is no traffic.
    """

    asn: npt.NDArray[np.uint32]
    send: _Int64s
    receive: _Int64s
    to_itself: _Int64s

    @classmethod
    def of(
        cls,
        world: World,
        graph: Graph,
        sources: pl.DataFrame | None,
        destinations: pl.DataFrame | None,
    ) -> Traffic:
        """Turn sources and destinations (every network by default) into whole numbers.

        Raises
        ------
        MisuseError
            If a network is not in the world.
        """
        send = _whole(graph, weigh(world) if sources is None else sources)
        receive = _whole(graph, weigh(world) if destinations is None else destinations)
        # A digest's group of m networks sends one part in m of its traffic to itself.
        members = world.networks.sort("asn")["members"].to_numpy()
        return cls(graph.asn, send, receive, send * receive // members)

    def only(
        self,
        senders: npt.NDArray[np.bool_] | None = None,
        receivers: npt.NDArray[np.bool_] | None = None,
    ) -> Traffic:
        """Leave the traffic from some networks, to some; all by default."""
        sends = np.ones(len(self.asn), dtype=bool) if senders is None else senders
        receives = np.ones(len(self.asn), dtype=bool) if receivers is None else receivers
        return Traffic(
            self.asn,
            np.where(sends, self.send, 0),
            np.where(receives, self.receive, 0),
            np.where(sends & receives, self.to_itself, 0),
        )

    def on(self, graph: Graph) -> Demand:
        """Lay the traffic on a graph; networks that it has not got neither send nor receive."""
        here = graph.has(self.asn)
        row = graph.row[np.searchsorted(graph.asn, self.asn[here])]
        sent, received, to_itself = (
            _by_row(graph, row, values[here])
            for values in (self.send, self.receive, self.to_itself)
        )
        wanted = received > 0
        few, most = 8 * np.count_nonzero(sent) < graph.rows, 2 * wanted.sum() > graph.rows
        if graph.precomputed and few and most:
            wanted[:] = True  # these routes are to everybody: to send nothing there costs less
        targets = np.flatnonzero(wanted).astype(np.int32)
        weights = received[targets]
        own = np.rint(to_itself[targets] / np.maximum(weights, 1)).astype(np.int32)
        offered = int(sent.sum()) * int(received.sum()) - int(own @ weights)
        return Demand(sent.astype(np.int32), targets, weights, own, offered)


def _whole(graph: Graph, weights: pl.DataFrame) -> _Int64s:
    """Weights of all networks as whole numbers that sum to about 2**31."""
    amount = np.zeros(len(graph.asn))
    np.add.at(amount, graph.networks(weights["asn"]), weights["weight"].to_numpy())
    total = amount.sum()
    if total <= 0:
        return np.zeros(len(amount), dtype=np.int64)
    factor = _SUM / total
    # A whole factor keeps whole weights exactly in proportion.
    whole: _Int64s = np.rint(amount * (np.floor(factor) if factor >= 1 else factor)).astype(
        np.int64
    )
    return whole


def _by_row(graph: Graph, row: Ints, values: _Int64s) -> _Int64s:
    """Sum values in the rows that they belong to."""
    total = np.zeros(graph.rows, dtype=np.int64)
    np.add.at(total, row, values)
    return total
