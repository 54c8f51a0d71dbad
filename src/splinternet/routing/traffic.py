"""Traffic: who sends how much to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import as_numbers
from splinternet.base.checked import typed
from splinternet.base.choices import OUTSIDE, WEIGHTS, Outside
from splinternet.base.errors import MisuseError, WorldError, remedy
from splinternet.base.frames import check_columns, check_numbers_of_networks
from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints, spans
from splinternet.world.world import World

__all__ = ["Demand", "ThirdParties", "Traffic", "weigh"]

_BROUGHT = {
    "users": f", or import a world with {remedy('users=...', '--users')}",
    "addresses": f", or import a world with {remedy('prefixes=...', '--prefixes')}",
}

#: What a network weighs; one that stands for several as if these were alike.
_AMOUNTS = {
    "networks": pl.col("members"),
    "addresses": pl.col("ipv4_addresses"),
    "root-addresses": (pl.col("ipv4_addresses") * pl.col("members")).sqrt(),
    "users": pl.col("users"),
    "nations": pl.when(pl.col("country").is_not_null()).then(
        pl.col("members") / pl.col("members").sum().over("country")
    ),
}

#: Weights of all sources, and of all destinations, are scaled to whole numbers of about this sum:
#: then no sum of sources passes 2**31, and none of products 2**62.
_SUM = (1 << 31) - (1 << 20)

_Int64s = npt.NDArray[np.int64]


@typed
def weigh(
    world: World, by: Outside = "networks", networks: Iterable[int] | pl.Series | None = None
) -> pl.DataFrame:
    """Weights of networks as sources or destinations of traffic.

    Parameters
    ----------
    world
        The world.
    by
        ``networks`` (each counts one), ``addresses``, ``root-addresses`` (their square root),
        ``users``, or ``nations`` (each counts one, its networks in equal parts); unknown ones count
        nothing.
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
    if by not in OUTSIDE:
        raise MisuseError.unknown("weight", by, OUTSIDE)
    frame = world.networks.select("asn", weight=_AMOUNTS[by].cast(pl.Float64))
    if networks is not None:
        if isinstance(networks, pl.Series):
            check_numbers_of_networks(networks)
        is_column = isinstance(networks, pl.Series | np.ndarray)
        wanted = pl.Series(networks if is_column else as_numbers(networks), dtype=pl.UInt32)
        frame = frame.filter(pl.col("asn").is_in(wanted.implode()))
    if frame.height and frame["weight"].null_count() == frame.height:
        known = (
            each
            for each in WEIGHTS
            if each != by and world.networks.select(_AMOUNTS[each]).to_series().count()
        )
        others = " or ".join(known)
        raise WorldError(
            f"world {world.manifest.name} does not know the {by} of these networks; "
            f"weigh by {others}{_BROUGHT.get(by, '')}"
        )
    return frame.with_columns(pl.col("weight").fill_null(0.0))


@dataclass(frozen=True, eq=False)
class ThirdParties:
    """The traffic of a demand that has no end in a group, for each of some groups.

    ``weights`` and ``own``, shape ``(targets, groups)``, and ``offered``, shape ``(groups,)``, are
    those of :class:`Demand` without what has an end there. So would ``sources`` be; as most rows
    have an end in one group, there is instead what of a row's ``sources`` is ``within`` a group.
    """

    graph: Graph
    within: _kernels.Within
    weights: _Int64s
    own: Ints
    offered: _Int64s


@dataclass(frozen=True)
class Demand:
    """Traffic between ends, by row, in whole numbers.

    ``sources`` has a weight for each row; ``targets`` are the rows that receive, with their
    ``weights`` and the part of their own row's ``sources`` that stands for what networks would
    send to themselves (``own``), which is no traffic. Traffic from one row to another is the
    product of the two weights, ``offered`` the sum of it. ``third`` is what of it counts for groups
    of carriers, where that is not all.
    """

    sources: Ints
    targets: Ints
    weights: _Int64s
    own: Ints
    offered: int
    third: ThirdParties | None = None

    @cached_property
    def inside(self) -> tuple[Ints, Ints, Ints]:
        """Traffic of rows with an end in a group, as rows, groups and amounts; by row."""
        start, group, amount = self.within
        row = np.repeat(np.arange(len(self.sources), dtype=np.int32), np.diff(start))
        return row, group, amount

    @property
    def within(self) -> _kernels.Within:
        """Parts of the rows' sources that have an end in a group."""
        if self.third is not None:
            return self.third.within
        return _kernels.Within.nothing(len(self.sources))

    @cached_property
    def own_inside(self) -> Ints:
        """Part of ``own`` with an end in each group; shape ``(targets, groups)``."""
        if self.third is None:
            return np.zeros((len(self.targets), 0), dtype=np.int32)
        return self.own[:, None] - self.third.own

    @cached_property
    def asked(self) -> _kernels.Asked:
        """Questions of those of these rows that have no customers to their neighbours."""
        if self.third is None:
            none = np.empty(0, dtype=np.int32)
            return _kernels.Asked(np.zeros(1, dtype=np.int32), none, none, none)
        row, group, _ = self.inside
        return _asked(self.third.graph, row, group)

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
        groups: pl.Series | None = None,
    ) -> Demand:
        """Turn sources and destinations (every network by default) into whole numbers.

        If both have a column ``group`` beside ``asn`` and ``weight``, which tells in which of the
        ``groups`` an end is, what has an end in a group does not count for it.

        Raises
        ------
        MisuseError
            If nothing is to be sent, or a network is not in the world.
        """
        demand = Traffic.of(world, graph, sources, destinations, groups).on(graph)
        if demand.offered <= 0:
            raise MisuseError("no traffic to follow: no source sends to another destination")
        return demand


@dataclass(frozen=True, eq=False)
class Traffic:
    """Traffic between ends, by network, in whole numbers.

    ``asn`` has the networks, ascending, that ``send`` and ``receive`` so much. Traffic from one
    to another is the product of the two; ``to_itself`` is what of it would stay with the network
    itself, or with each of those that a group of a digest stands for, which is no traffic.
    ``ends`` tells in which of so many ``groups`` of carriers each is an end, as a sender and as a
    receiver, -1 for none; shape ``(2, networks)``.
    """

    asn: npt.NDArray[np.uint32]
    send: _Int64s
    receive: _Int64s
    to_itself: _Int64s
    ends: Ints | None = None
    groups: int = 0

    @classmethod
    def of(
        cls,
        world: World,
        graph: Graph,
        sources: pl.DataFrame | None,
        destinations: pl.DataFrame | None,
        groups: pl.Series | None = None,
    ) -> Traffic:
        """Turn sources and destinations into whole numbers, as :meth:`Demand.of`.

        Raises
        ------
        MisuseError
            If a network is not in the world.
        """
        send = _whole(graph, weigh(world) if sources is None else sources)
        receive = _whole(graph, weigh(world) if destinations is None else destinations)
        # A digest's group of m networks sends one part in m of its traffic to itself.
        members = world.networks.sort("asn")["members"].to_numpy()
        traffic = cls(graph.asn, send, receive, send * receive // members)
        both = [side for side in (sources, destinations) if side is not None]
        if groups is None or len(both) < 2 or any("group" not in side.columns for side in both):
            return traffic
        ends = np.stack([_places(graph, side, groups) for side in both])
        return replace(traffic, ends=ends, groups=len(groups))

    def only(
        self,
        senders: npt.NDArray[np.bool_] | None = None,
        receivers: npt.NDArray[np.bool_] | None = None,
    ) -> Traffic:
        """Leave the traffic from some networks, to some; all by default."""
        sends = np.ones(len(self.asn), dtype=bool) if senders is None else senders
        receives = np.ones(len(self.asn), dtype=bool) if receivers is None else receivers
        return replace(
            self,
            send=np.where(sends, self.send, 0),
            receive=np.where(receives, self.receive, 0),
            to_itself=np.where(sends & receives, self.to_itself, 0),
        )

    def on(self, graph: Graph) -> Demand:
        """Lay the traffic on a graph; networks that it has not got neither send nor receive."""
        if self.asn is graph.asn:  # the very graph that it was made for
            here, row = np.ones(len(self.asn), dtype=bool), graph.row
        else:
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
        third = None
        if self.ends is not None:
            third = self._third(graph, here, row, targets, self.ends[:, here])
        return Demand(sent.astype(np.int32), targets, weights, own, offered, third)

    def _third(
        self, graph: Graph, here: npt.NDArray[np.bool_], row: Ints, targets: Ints, ends: Ints
    ) -> ThirdParties:
        """Leave out of each row, for each group, the networks that are ends in it."""
        sends, receives = ends
        send, receive, to_itself = (
            values[here] for values in (self.send, self.receive, self.to_itself)
        )

        within = _within(graph, row, sends, send)
        twice = np.where(sends == receives, 0, to_itself)  # an end in a group once, not twice
        weights = self._without(row, targets, receive, (receives, receive))
        staying = self._without(row, targets, to_itself, (sends, to_itself), (receives, twice))
        own = np.rint(staying / np.maximum(weights, 1)).astype(np.int32)
        every = np.full(self.groups, send.sum())
        np.subtract.at(every, within.group, within.amount)
        offered = every * weights.sum(axis=0) - (own * weights).sum(axis=0)
        return ThirdParties(graph, within, weights, own, offered)

    def _without(
        self, row: Ints, targets: Ints, total: _Int64s, *inside: tuple[Ints, _Int64s]
    ) -> _Int64s:
        """Values of the targets, for each group without those inside; ``(targets, groups)``."""
        at = np.minimum(np.searchsorted(targets, row), len(targets) - 1)
        here = targets[at] == row if len(targets) else np.zeros(len(row), dtype=bool)
        values = np.zeros(len(targets), dtype=np.int64)
        np.add.at(values, at[here], total[here])
        left = np.repeat(values[:, None], self.groups, axis=1)
        for group, some in inside:
            taken = here & (group >= 0)
            np.subtract.at(left, (at[taken], group[taken]), some[taken])
        return left


def _within(graph: Graph, row: Ints, group: Ints, sends: _Int64s) -> _kernels.Within:
    """Sum what networks send by row and by the group that they are an end in."""
    some = (group >= 0) & (sends > 0)
    groups = np.int64(group.max(initial=0)) + 1
    pair, place = np.unique(row[some] * groups + group[some], return_inverse=True)
    amount = np.zeros(len(pair), dtype=np.int64)
    np.add.at(amount, place, sends[some])
    start = np.searchsorted(pair, np.arange(graph.rows + 1) * groups)
    return _kernels.Within(*(each.astype(np.int32) for each in (start, pair % groups, amount)))


def _asked(graph: Graph, row: Ints, group: Ints) -> _kernels.Asked:
    """Number what stubs ask, each of one neighbour, for the group in which each is an end."""
    stub = row >= graph.carriers
    links, owners, near = [], [], []
    for adjacency, shift in ((graph.providers, 0), (graph.peers, graph.carriers)):
        first, last = adjacency.start[row], np.where(stub, adjacency.start[row + 1], 0)
        last = np.maximum(first, last)
        neighbour = adjacency.row[spans(first, last)]
        links.append(last - first)
        owners.append(np.repeat(np.arange(len(row)), last - first))
        near.append(np.where(neighbour < graph.carriers, neighbour + shift, -1))
    owner, place = np.concatenate(owners), np.concatenate(near)
    order = np.argsort(owner, kind="stable")  # of each its providers, then its peers
    owner, place = owner[order], place[order]
    groups = int(group.max(initial=0)) + 1
    known = place >= 0
    asked, which = np.unique(
        place[known].astype(np.int64) * groups + group[owner[known]], return_inverse=True
    )
    number = np.full(len(place), -1, dtype=np.int32)
    number[known] = which
    start = np.searchsorted(asked, np.arange(2 * graph.carriers + 1) * groups)
    of = np.concatenate([[0], np.cumsum(links[0] + links[1])])
    return _kernels.Asked(
        start.astype(np.int32), (asked % groups).astype(np.int32), of.astype(np.int32), number
    )


def _whole(graph: Graph, weights: pl.DataFrame) -> _Int64s:
    """Weights of all networks as whole numbers that sum to about 2**31."""
    form = "give 'asn' and 'weight', as weigh(world, 'addresses', [3356]) does"
    if not isinstance(weights, pl.DataFrame):
        raise MisuseError(f"{weights!r} are no weights of networks; {form}")
    check_columns(weights, "weights", {"asn": "AS numbers", "weight": "numbers"}, form)
    given = weights["weight"].cast(pl.Float64)
    if not (given.is_finite() & (given >= 0)).all(ignore_nulls=False):
        raise MisuseError(f"weights: column 'weight' has gaps or is below nought; {form}")
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


def _places(graph: Graph, side: pl.DataFrame, groups: pl.Series) -> Ints:
    """The place among groups of the one that each network is an end in, -1 for none."""
    known = pl.DataFrame({"group": groups, "place": np.arange(len(groups), dtype=np.int32)})
    found = side.join(known, on="group", how="left", nulls_equal=True, maintain_order="left")
    places = np.full(len(graph.asn), -1, dtype=np.int32)
    places[graph.networks(side["asn"])] = found["place"].fill_null(-1).to_numpy()
    return places


def _by_row(graph: Graph, row: Ints, values: _Int64s) -> _Int64s:
    """Sum values in the rows that they belong to."""
    total = np.zeros(graph.rows, dtype=np.int64)
    np.add.at(total, row, values)
    return total
