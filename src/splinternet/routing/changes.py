"""Effects of changed links on traffic: only destinations whose routes can change are done again.

Take the routes to a destination in the world before. If no link that is cut offers either of its
ends a route as good as the one chosen there, and no link that is made would, then every network
still has what it chose, and nothing as good besides: the routes before are the routes after. (There
are no others: as providers and customers form no cycle, the choices have one solution.)

Where next hops are pinned this holds as long as the same pins do. So destinations are done again
for which a pin does not hold before, or may hold after as its link is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.routing import _kernels
from splinternet.routing.block import Block
from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.passing import NONE, AnyOf, Count, EachNetwork, Groups, add_up
from splinternet.routing.sweep import Progress, Sweep
from splinternet.routing.traffic import Traffic
from splinternet.world.world import World

__all__ = ["Change", "crossing_change", "passing_change", "transit_change"]

#: What is left of a share when as much is taken away, in whole numbers of 2**31 parts.
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Change:
    """The links and networks in which a world differs from the one before it.

    Attributes
    ----------
    before, after
        The two graphs.
    world
        The world before.
    gone
        Whether each network of ``before`` is gone.
    one, other
        Rows of ``before`` that links join which are cut or made; the first is the provider
        where ``transit`` says so. A link that turned into one of another kind is cut and made.
    asked
        Whether the networks at either end are still there to choose, a byte each.
    transit
        Which of these links are of provider and customer, a byte each.
    made
        Rows of ``before`` at the ends of links that are made.
    learned
        Rows of ``before`` to which traffic was seen to go over links that are made.
    """

    world: World
    before: Graph
    after: Graph
    gone: npt.NDArray[np.bool_]
    one: Ints
    other: Ints
    asked: tuple[npt.NDArray[np.uint8], ...]
    transit: npt.NDArray[np.uint8]
    made: Ints
    learned: Ints

    @classmethod
    def between(cls, before: World, after: World) -> Change:
        """Compare two worlds.

        Raises
        ------
        MisuseError
            If the world after has a network that the one before has not got.
        RoutingError
            If either has a cycle of providers and customers.
        """
        graphs = graph_of(before), graph_of(after)
        asn = graphs[0].asn
        new = graphs[1].asn[~graphs[0].has(graphs[1].asn)]
        if len(new):
            raise MisuseError(
                f"AS{new[0]} is in world {after.manifest.name} but not in "
                f"{before.manifest.name}; compare a world with one made from it"
            )
        columns = ["a", "b", "kind"]
        old, now = before.links.select(columns), after.links.select(columns)
        cut, made = old.join(now, on=columns, how="anti"), now.join(old, on=columns, how="anti")
        links = pl.concat([cut, made])
        gone = ~graphs[1].has(asn)
        ends = [np.searchsorted(asn, links[end].to_numpy()) for end in "ab"]
        one, other = (graphs[0].row[end] for end in ends)
        return cls(
            world=before,
            before=graphs[0],
            after=graphs[1],
            gone=gone,
            one=one,
            other=other,
            asked=tuple((~gone[end]).astype(np.uint8) for end in ends),
            transit=(links["kind"] == "p2c").to_numpy().astype(np.uint8),
            made=np.concatenate([one[cut.height :], other[cut.height :]]),
            learned=graphs[0].row[np.searchsorted(asn, _seen_over(before, made, asn))],
        )

    @cached_property
    def always(self) -> npt.NDArray[np.bool_]:
        """Rows of ``before`` to which routes change in any case.

        Those of networks that are gone, and of stubs whose links change: a block holds the route
        between two stubs of a row, not that of a stub to itself, so it cannot be asked. And those
        to which pins lead over links that are made.
        """
        rows = np.zeros(self.before.rows, dtype=bool)
        rows[self.before.row[self.gone]] = True
        for ends in (self.one, self.other):
            rows[ends[ends >= self.before.carriers]] = True
        rows[self.learned] = True
        return rows

    def touches(self, block: Block) -> npt.NDArray[np.bool_]:
        """Tell for each target of a block of ``before`` whether routes to it can change.

        Traffic of networks that are gone themselves is not looked at.
        """
        finished = np.zeros(self.before.rows, dtype=np.uint8)
        finished[block.rows] = 1
        touched = np.zeros(_kernels.LANES, dtype=np.uint8)
        links = (self.one, self.other, self.transit, *self.asked)
        _kernels.touch_block(block.routed, links, finished, block.preference, touched)
        touched[block.pins.lane[block.pins.holds == 0]] = 1
        found: npt.NDArray[np.bool_] = self.always[block.targets] | (
            touched[: len(block.targets)] > 0
        )
        return found

    def sweep(self, routing: Routing, senders: Ints) -> Sweep:
        """Make a sweep of ``before`` whose blocks :meth:`touches` can ask."""
        return Sweep(self.before, routing, sources=np.concatenate([senders, self.made]))


def _seen_over(
    world: World, links: pl.DataFrame, asn: npt.NDArray[np.uint32]
) -> npt.NDArray[np.uint32]:
    """Origins, of the networks ``asn``, to which the world has learned routes over some links."""
    ends = pl.min_horizontal("asn", "next_hop"), pl.max_horizontal("asn", "next_hop")
    pairs = links.select(asn=pl.min_horizontal("a", "b"), next_hop=pl.max_horizontal("a", "b"))
    over = world.learned.join(pairs, left_on=ends, right_on=["asn", "next_hop"], how="semi")[
        "origin"
    ].to_numpy()
    origins: npt.NDArray[np.uint32] = np.intersect1d(over, asn)
    return origins


def transit_change(
    change: Change,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Share of the traffic that passes each network, before and after a change.

    Parameters
    ----------
    change
        From which world to which.
    sources, destinations
        As for :func:`~splinternet.routing.transit.transit`, of the world before.
    routing
        How networks choose routes; the links are those of the world.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``before`` and ``after``, by ASN, only networks with any. Both are shares of what
        was offered before; what networks would send or receive that are gone is lost.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    count = EachNetwork(change.before.asn)
    before, after = _shares(change, count, sources, destinations, routing, progress)
    return pl.DataFrame({"asn": change.before.asn, "before": before, "after": after}).filter(
        (pl.col("before") > 0) | (pl.col("after") > 0)
    )


def passing_change(
    change: Change,
    networks: Iterable[int] | pl.Series,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> tuple[float, float]:
    """Share of the traffic that passes any of some networks, before and after a change.

    ``networks`` are ASNs of the world before, the rest is as for :func:`transit_change`.
    """
    count = AnyOf(change.before.asn[change.before.networks(networks)])
    before, after = _shares(change, count, sources, destinations, routing, progress)
    return float(before), float(after)


def crossing_change(
    change: Change,
    groups: pl.DataFrame,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Share of the traffic that passes any network of each group, before and after a change.

    ``groups`` is as for :func:`~splinternet.routing.transit.crossing`, the rest as for
    :func:`transit_change`.

    Returns
    -------
    polars.DataFrame
        ``group``, ``before`` and ``after``, by group, only groups with any.
    """
    count = Groups.of(change.before.asn, groups)
    before, after = _shares(change, count, sources, destinations, routing, progress, count.names)
    return pl.DataFrame({"group": count.names, "before": before, "after": after}).filter(
        (pl.col("before") > 0) | (pl.col("after") > 0)
    )


def _shares(
    change: Change,
    count: Count,
    sources: pl.DataFrame | None,
    destinations: pl.DataFrame | None,
    routing: Routing,
    progress: Progress | None,
    groups: pl.Series | None = None,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return shares of the traffic before, and after, of what was offered before."""
    traffic = Traffic.of(change.world, change.before, sources, destinations, groups)
    demand = traffic.on(change.before)
    if demand.offered <= 0:
        raise MisuseError("no traffic to follow: no source sends to another destination")
    follow = count.on(change.before)
    touched = np.zeros(change.before.rows, dtype=bool)

    def work(block: Block, which: slice) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        hit = change.touches(block)
        touched[block.targets] = hit
        amounts = follow(block, demand, which)
        weights = demand.weights[which]
        return amounts(weights * ~hit), amounts(weights * hit)

    kept, changed = NONE, NONE
    sweep = change.sweep(routing, demand.senders)
    for same, other in sweep.run(demand.targets, work, progress):
        kept, changed = kept + same, changed + other
    again = touched[change.before.row]
    redone = traffic.only(receivers=again)
    after = kept + add_up(change.after, redone.on(change.after), routing, count, progress)
    if change.gone.any():
        theirs = traffic.only(change.gone, ~again).on(change.before)
        after = after - add_up(change.before, theirs, routing, count, progress)
        after = np.where(after < _ROUNDING * demand.offered, 0, after)
    offered = demand.offered if demand.third is None else np.maximum(demand.third.offered, 1)
    return (kept + changed) / offered, after / offered
