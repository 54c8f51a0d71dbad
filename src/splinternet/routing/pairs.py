"""Pairs of networks that have a route, counted by groups of networks, such as countries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints, graph_of
from splinternet.routing.reach import Reach
from splinternet.routing.traffic import Traffic
from splinternet.routing.workers import in_order
from splinternet.world.world import World

__all__ = ["Sizes", "all_pairs", "pairs_with_route"]

#: Destinations that are looked at together.
_TARGETS = 512


@dataclass(frozen=True, eq=False)
class Sizes:
    """Weights of networks, and the group that each is in.

    Attributes
    ----------
    asn
        ASNs, ascending.
    group
        The number of each network's group, from 0 to ``groups - 1``.
    weight
        Shape ``(networks, kinds)``, int64: what a network weighs, in ways of any kind.
    members
        How many networks each stands for: more than one in a digest.
    """

    asn: npt.NDArray[np.uint32]
    group: Ints
    groups: int
    weight: npt.NDArray[np.int64]
    members: npt.NDArray[np.int64]

    @property
    def own(self) -> npt.NDArray[np.float64]:
        """Part of its product with itself that is no pair of two; shape ``(networks, kinds)``."""
        product: npt.NDArray[np.float64] = self.weight.astype(np.float64) ** 2
        return product / self.members[:, None]

    def on(self, world: World) -> Sizes:
        """Leave the networks that a world has."""
        here = graph_of(world).has(self.asn)
        return replace(
            self,
            asn=self.asn[here],
            group=self.group[here],
            weight=self.weight[here],
            members=self.members[here],
        )


class _Entries(NamedTuple):
    """Groups in each row of a graph, and their weights there: ``start[r]`` to ``start[r + 1]``."""

    start: Ints
    group: Ints
    weight: npt.NDArray[np.int64]

    @classmethod
    def of(cls, graph: Graph, sizes: Sizes, chosen: npt.NDArray[np.bool_]) -> _Entries:
        key = graph.row.astype(np.int64) * sizes.groups + sizes.group
        keys, place = np.unique(key[chosen], return_inverse=True)
        weight = np.zeros((len(keys), sizes.weight.shape[1]), dtype=np.int64)
        np.add.at(weight, place, sizes.weight[chosen])
        row, group = keys // sizes.groups, keys % sizes.groups
        start = np.searchsorted(row, np.arange(graph.rows + 1))
        return cls(start.astype(np.int32), group.astype(np.int32), weight)


def pairs_with_route(
    world: World,
    sizes: Sizes,
    to: npt.NDArray[np.bool_] | None = None,
    *,
    on_one_core: bool = False,
) -> npt.NDArray[np.float64]:
    """Add up the pairs of networks of which one has a route to the other.

    Parameters
    ----------
    world
        The world.
    sizes
        What its networks count; it may name others too, that the world has not got.
    to
        Which of ``sizes`` are destinations; all by default.
    on_one_core
        Work on one core, the caller's: where many such are asked side by side.

    Returns
    -------
    numpy.ndarray
        Shape ``(kinds, groups, groups)``: the products of the weights, by group of the source,
        then of the destination. A network is no pair with itself. Routing lets a path be walked
        both ways, so a pair has a route in both directions or in none.

    Raises
    ------
    RoutingError
        If providers and customers form a cycle.
    """
    graph, groups, kinds = graph_of(world), sizes.groups, sizes.weight.shape[1]
    to = np.ones(len(sizes.asn), dtype=bool) if to is None else to
    to = to[graph.has(sizes.asn)]
    left = sizes.on(world)
    sends, receives = (_Entries.of(graph, left, chosen) for chosen in (np.ones_like(to), to))
    reach = Reach.of(graph, Traffic.of(world, graph, None, None).on(graph))
    targets = np.flatnonzero(np.diff(receives.start)).astype(np.int32)
    alone = np.zeros(graph.rows, dtype=bool)

    def count(first: int) -> npt.NDArray[np.float64]:
        some = targets[first : first + _TARGETS]
        found, apart = np.zeros((kinds, groups, groups)), np.zeros(len(some), dtype=np.bool_)
        _kernels.missing_pairs(reach.bits(some), some, sends, receives, found, apart)
        alone[some] = apart
        return found

    pairs = _products(left, to)
    firsts = range(0, len(targets), _TARGETS)
    for missing in map(count, firsts) if on_one_core else in_order(count, firsts):
        pairs -= missing
    _take_off_itself(pairs, left, to & ~alone[graph.row])
    return pairs


def all_pairs(sizes: Sizes, to: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.float64]:
    """Add up all pairs of networks, with a route or not, as :func:`pairs_with_route` does."""
    to = np.ones(len(sizes.asn), dtype=bool) if to is None else to
    pairs = _products(sizes, to)
    _take_off_itself(pairs, sizes, to)
    return pairs


def _products(sizes: Sizes, to: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Multiply what each group weighs as a source and as a destination."""
    all_of = np.zeros((sizes.groups, sizes.weight.shape[1]))
    of_to = np.zeros_like(all_of)
    np.add.at(all_of, sizes.group, sizes.weight)
    np.add.at(of_to, sizes.group[to], sizes.weight[to])
    product: npt.NDArray[np.float64] = all_of.T[:, :, None] * of_to.T[:, None, :]
    return product


def _take_off_itself(
    pairs: npt.NDArray[np.float64], sizes: Sizes, chosen: npt.NDArray[np.bool_]
) -> None:
    """Take off what chosen networks would be as pairs with themselves."""
    group = sizes.group[chosen]
    for kind, own in enumerate(sizes.own[chosen].T):
        np.subtract.at(pairs[kind], (group, group), own)
