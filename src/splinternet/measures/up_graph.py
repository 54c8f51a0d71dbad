"""Valley-free up-graph: a nation's ways up, from customers to providers, to the clique abroad."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.routing.clique import clique_of
from splinternet.routing.graph import graph_of, link_ends
from splinternet.world.world import World

__all__ = ["UpGraph"]

_Bools = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]
_Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class UpGraph:
    """The networks that need the nation to reach the clique abroad, and the links of their ways.

    Ways to it past the nation, and the clique itself, are one place here, ``top``, where every
    way ends. A group of a digest is written out: it stands here as often as it has networks.

    Attributes
    ----------
    asn
        Domestic networks that have a way up, and those abroad that they climb to and that climb
        through the nation again; each comes after all that are above it. Shape ``(networks,)``.
    weight
        Addresses, say; of networks abroad 0.
    domestic
        Which are the nation's.
    below, above
        The ends of each link, as places in ``asn``, or ``top``; shape ``(links,)``. ``below`` is
        the customer, or what peers with the clique.
    ends
        ASNs of these two; shape ``(links, 2)``.
    peering
        Which links are peering links.
    """

    asn: npt.NDArray[np.uint32]
    weight: _Floats
    domestic: _Bools
    below: _Int64s
    above: _Int64s
    ends: npt.NDArray[np.uint32]
    peering: _Bools

    @property
    def top(self) -> int:
        """The place where every way ends."""
        return len(self.asn)

    @property
    def base(self) -> float:
        """Weight of all these networks."""
        return float(self.weight.sum())

    @property
    def cuttable(self) -> _Bools:
        """Links with a domestic end."""
        inside = np.append(self.domestic, False)
        found: _Bools = inside[self.below] | inside[self.above]
        return found

    @classmethod
    def of(cls, world: World, nation: pl.DataFrame, clique: Iterable[int] | None = None) -> UpGraph:
        """Arrange the ways up from ``nation``: ``asn`` and ``weight``.

        Raises
        ------
        MisuseError
            If the clique that is given names no network, or one that is not in the world.
        RoutingError
            If providers and customers form a cycle.
        """
        graph = graph_of(world)
        weight, inside = np.zeros(len(graph.asn)), np.zeros(len(graph.asn), dtype=bool)
        home = graph.networks(nation["asn"])
        weight[home], inside[home] = nation["weight"].to_numpy(), True
        at_clique = np.zeros(len(graph.asn), dtype=bool)
        at_clique[graph.networks(clique_of(world, clique))] = True
        at_clique &= ~inside
        below, above, peering = _links_up(world, at_clique)
        joined = _spread(at_clique, above, below, np.ones_like(inside))
        free = _spread(at_clique, above, below, ~inside)
        needs = joined & ~free
        used = joined[above] & needs[below]
        below, above, peering = below[used], above[used], peering[used]
        wanted = _spread(inside & joined, below, above, needs)
        used = wanted[below]
        below, above, peering = below[used], above[used], peering[used]

        members = world.networks.sort("asn")["members"].to_numpy()
        copies = np.where(inside & ~np.isin(np.arange(len(inside)), above), members, 1)
        order = np.flatnonzero(wanted)[np.argsort(_level(wanted, below, above), kind="stable")]
        return _written_out(
            graph.asn, weight / copies, inside, copies, order, below, above, peering
        )

    def lost(self, failed: _Bools, cut: _Bools) -> _Bools:
        """Tell which networks have no way up when some have failed and some links are cut."""
        up = ~cut & ~failed[self.below]
        start = np.zeros(self.top + 1, dtype=bool)
        start[self.top] = True
        reached = _spread(start, self.above[up], self.below[up], np.ones_like(start))
        return ~reached[: self.top]


def _links_up(world: World, at_clique: _Bools) -> tuple[_Int64s, _Int64s, _Bools]:
    """List the links that lead up, or over to the clique, as places among the networks by ASN."""
    a, b = (end.astype(np.int64) for end in link_ends(world))
    transit = (world.links["kind"] == "p2c").to_numpy()
    over, back = ~transit & at_clique[b], ~transit & at_clique[a]
    below = np.concatenate([b[transit], a[over], b[back]])
    above = np.concatenate([a[transit], b[over], a[back]])
    peering = np.arange(len(below)) >= transit.sum()
    leads = ~at_clique[below]  # who is at the clique needs no way up
    return below[leads], above[leads], peering[leads]


def _spread(start: _Bools, source: _Int64s, target: _Int64s, allowed: _Bools) -> _Bools:
    """Spread from ``start`` along the links from ``source`` to ``target`` that is allowed."""
    found = start.copy()
    while True:
        fresh = target[found[source] & allowed[target] & ~found[target]]
        if not len(fresh):
            return found
        found[fresh] = True


def _level(wanted: _Bools, below: _Int64s, above: _Int64s) -> _Int64s:
    """How many links the longest way up has within the networks that are wanted."""
    level = np.zeros(len(wanted), dtype=np.int64)
    inner = wanted[above]
    below, above = below[inner], above[inner]
    while (low := level[below] <= level[above]).any():
        np.maximum.at(level, below[low], level[above[low]] + 1)
    return level[wanted]


def _written_out(
    asn: npt.NDArray[np.uint32],
    weight: _Floats,
    inside: _Bools,
    copies: _Int64s,
    order: _Int64s,
    below: _Int64s,
    above: _Int64s,
    peering: _Bools,
) -> UpGraph:
    """Number networks in their order, each as often as it has copies, and links with them."""
    network = np.repeat(order, copies[order])
    first = np.full(len(asn), len(network))  # what has no place is at the top
    first[order] = np.cumsum(copies[order]) - copies[order]
    link = np.repeat(np.arange(len(below)), copies[below])
    nth = np.arange(len(link)) - np.repeat(np.cumsum(copies[below]) - copies[below], copies[below])
    return UpGraph(
        asn=asn[network],
        weight=weight[network],
        domestic=inside[network],
        below=first[below[link]] + nth,
        above=first[above[link]],
        ends=np.stack([asn[below[link]], asn[above[link]]], axis=1),
        peering=peering[link],
    )
