"""Upstream: through whom addresses go if everyone divides them equally over its providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.routing.graph import graph_of
from splinternet.world.world import World

__all__ = ["Upstream"]

_Floats = npt.NDArray[np.float64]
_Int64s = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Upstream:
    """A nation's networks, by ASN, and their providers; all foreign providers of one are one.

    Attributes
    ----------
    weight
        Addresses, say, of each network; shape ``(networks,)``.
    members
        How many networks each stands for.
    up
        Part of what a network (row) has that goes to each domestic provider (column); sparse.
    layers
        Links in the longest chain of providers, at the most.
    """

    weight: _Floats
    members: _Int64s
    up: Any
    layers: int

    @classmethod
    def of(cls, world: World, nation: pl.DataFrame) -> Upstream:
        """Arrange the networks of ``nation``: ``asn``, ascending, and ``weight``.

        Raises
        ------
        RoutingError
            If providers and customers form a cycle.
        """
        from scipy import sparse

        asn = nation["asn"]
        links = world.links.filter((pl.col("kind") == "p2c") & pl.col("b").is_in(asn.implode()))
        domestic = links["a"].is_in(asn.implode()).to_numpy()
        below = np.searchsorted(asn, links["b"])
        above = np.searchsorted(asn, links["a"].filter(pl.Series(domestic)))
        providers = np.bincount(below[domestic], minlength=len(asn))
        providers[below[~domestic]] += 1  # the rest of the world: once, however often
        part = 1 / providers[below[domestic]]
        members = world.networks.select("asn", "members").join(nation, on="asn").sort("asn")
        return cls(
            weight=nation["weight"].to_numpy(),
            members=members["members"].to_numpy(),
            up=sparse.csr_array((part, (below[domestic], above)), (len(asn), len(asn))),
            layers=graph_of(world).depth,
        )

    def connected(self, picked: _Int64s) -> _Floats:
        """Weight of each network, and all that comes up to it and has not passed a picked one."""
        onward = 1 - picked / self.members
        found = self.weight
        for _ in range(self.layers):
            found = self.weight + self.up.T @ (onward * found)
        return found

    def caught(self, picked: _Int64s) -> _Floats:
        """Part of what goes up from each network, itself left out, that a picked one catches."""
        caught = np.zeros(len(self.weight))
        for _ in range(self.layers):
            part = picked / self.members
            caught = self.up @ (part + (1 - part) * caught)
        return caught

    def greedy(self, wanted: float) -> tuple[list[int], list[float]]:
        """Pick networks that raise the covered share the most, until ``wanted`` is.

        Returns them with the share that is covered after each; of two alike, the larger ASN.
        """
        picked = np.zeros(len(self.weight), dtype=np.int64)
        order: list[int] = []
        shares: list[float] = []
        covered, total = 0.0, float(self.weight.sum())
        while covered < wanted - 1e-9 and (picked < self.members).any():
            gains = self.connected(picked) * (1 - self.caught(picked)) / self.members
            gains[picked >= self.members] = -1
            best = int(np.flatnonzero(gains >= gains.max() * (1 - 1e-12))[-1])
            picked[best] += 1
            covered += float(gains[best]) / total
            order.append(best)
            shares.append(covered)
        return order, shares

    @property
    def complexity(self) -> float:
        """100,000 times the networks times the sum of what is connected, over weight squared."""
        connected = self.connected(np.zeros(len(self.weight), dtype=np.int64)).sum()
        total = self.weight.sum()
        return float(100_000 * self.members.sum() * connected / total**2)
