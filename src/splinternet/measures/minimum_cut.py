"""Minimum cut: few networks, or links, whose loss leaves a share of a nation without a way up.

Let ``size`` be how many are lost and ``kept`` the weight that still has a way up. At any price for
a unit of weight, the least ``size + price * kept`` is a minimum cut, which is found exactly; and
as ``kept`` may be no more than ``allowed``, no cut is smaller than that minimum less
``price * allowed``. The best price gives the bound. Minimum cuts at prices near it cut off enough,
or nearly: greedy choices mend what they lack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, inf, isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from splinternet.measures.up_graph import UpGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Cut", "Lost", "MinimumCut"]

#: What is lost: networks, or links.
Lost = Literal["network", "link"]

_Bools = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float64]
_Int64s = npt.NDArray[np.int64]

#: Part of the base: what is nearer than this to what is wanted is enough.
_NEAR = 1e-9
#: The sum of all that flows, which the solver keeps in 32 bits, and a capacity that is never met.
_SUM, _ENDLESS = (1 << 31) - (1 << 20), (1 << 31) - 1
#: A bound this little above a whole number is that number.
_SOLVED = 1e-5
#: Prices to try at the most; it takes about ten to find the best.
_PRICES = 40
#: With no more links than this, integer programming closes what gap is left, if it can with so
#: many nodes: a limit in time would answer otherwise on a busy machine.
_SMALL, _NODES = 3_000, 1_000


@dataclass(frozen=True, eq=False)
class Cut:
    """Losses, as places in the lists of ``UpGraph``, and the weight that keeps a way up."""

    lost: _Int64s
    kept: float

    @property
    def size(self) -> int:
        """How many networks or links are lost."""
        return len(self.lost)


@dataclass(frozen=True, eq=False)
class MinimumCut:
    """The search for what cuts off a wanted share of the weight.

    A network that is lost counts as cut off itself. Networks are lost if they are domestic, links
    if they have a domestic end.
    """

    up_graph: UpGraph
    lost: Lost
    wanted: float

    def search(self) -> tuple[Cut, int]:
        """Smallest cut that was found, and a number that none is below."""
        least, most = self._cheapest(inf)
        if self.wanted >= 1:
            return most, ceil(least - _SOLVED)
        bound, little, enough = 0.0, self._cut(most.lost[:0]), most
        for least, price, cut in self._priced(little, most):
            bound = max(bound, least - price * self._allowed)
            if cut.kept > self._allowed:
                little = max(little, cut, key=lambda one: one.size)
            else:
                enough = min(enough, cut, key=lambda one: one.size)
        at_least = max(1, ceil(bound - _SOLVED))
        best = min(enough, self._mended(little, enough), key=lambda one: one.size)
        if best.size > at_least:
            best = self._pruned(best)
        if best.size > at_least and len(self.up_graph.below) <= _SMALL:
            best, at_least = self._fewer(best, at_least)
        return best, at_least

    @property
    def _allowed(self) -> float:
        return self.up_graph.base * (1 - self.wanted + _NEAR)

    @cached_property
    def _may_be_lost(self) -> _Bools:
        return self.up_graph.domestic if self.lost == "network" else self.up_graph.cuttable

    def _cut(self, lost: _Int64s) -> Cut:
        """Search anew what has a way up."""
        return Cut(lost, float(self.up_graph.weight[~self._without(lost)].sum()))

    def _without(self, lost: _Int64s) -> _Bools:
        """Tell which networks have no way up."""
        failed = np.zeros(self.up_graph.top, dtype=bool)
        cut = np.zeros(len(self.up_graph.below), dtype=bool)
        (failed if self.lost == "network" else cut)[lost] = True
        return self.up_graph.lost(failed, cut)

    def _priced(self, little: Cut, much: Cut) -> Iterator[tuple[float, float, Cut]]:
        """Try prices: what is least at each, the price, and the cut.

        At each price the last two cuts, one that is not enough and one that is, cost alike; when
        no other costs less there, it is the best price.
        """
        for _ in range(_PRICES):
            price = (much.size - little.size) / (little.kept - much.kept)
            least, cut = self._cheapest(price)
            yield least, price, cut
            cost = much.size + price * much.kept
            if cut.size + price * cut.kept > cost * (1 - 1e-6):
                return
            if cut.kept > self._allowed:
                little = cut
            else:
                much = cut

    def _cheapest(self, price: float) -> tuple[float, Cut]:
        """Return the least ``size + price * kept``, rounded down, and the cut it is met with.

        At the price ``inf`` nothing may be kept.
        """
        from scipy.sparse.csgraph import breadth_first_order, maximum_flow

        weight, count = self.up_graph.weight, float(self._may_be_lost.sum())
        most = min(price * self.up_graph.base, count)
        unit = int(_SUM / max(most, 1))
        worth = np.where(weight > 0, count + 1, 0) if price == inf else price * weight
        kept = np.minimum(np.floor(worth * unit), _ENDLESS)
        arcs = self._arcs(kept, unit)
        source, sink = arcs.shape[0] - 1, arcs.shape[0] - 2
        found = maximum_flow(arcs, source, sink)
        left = arcs - found.flow
        left.data = np.maximum(left.data, 0)
        left.eliminate_zeros()
        near = np.zeros(arcs.shape[0], dtype=bool)
        near[breadth_first_order(left, source, return_predecessors=False)] = True
        below, above = self._ways
        cut = np.flatnonzero(self._may_be_lost & near[below] & ~near[above])
        return found.flow_value / unit, self._cut(cut)

    @cached_property
    def _ways(self) -> tuple[_Int64s, _Int64s]:
        """The arcs that stand for what may be lost: a network's from its entry to its exit."""
        n = self.up_graph.top
        if self.lost == "network":
            return np.arange(n), n + np.arange(n)
        return self.up_graph.below, self.up_graph.above

    def _arcs(self, kept: _Floats, unit: int) -> csr_matrix:
        """Capacities: from the source to each network what keeping it costs, then along the ways.

        The last two places are the sink, where every way ends, and the source.
        """
        from scipy.sparse import csr_matrix

        n, (below, above) = self.up_graph.top, self._ways
        capacity = np.where(self._may_be_lost, unit, _ENDLESS)
        sink = n
        if self.lost == "network":
            sink = 2 * n
            below = np.concatenate([below, n + self.up_graph.below])
            above = np.concatenate(
                [above, np.where(self.up_graph.above == n, sink, self.up_graph.above)]
            )
            capacity = np.concatenate([capacity, np.full(len(self.up_graph.below), _ENDLESS)])
        row = np.concatenate([np.full(n, sink + 1), below])
        column = np.concatenate([np.arange(n), above])
        # Links side by side: their sum may not pass 32 bits.
        pair, place = np.unique(row * (sink + 2) + column, return_inverse=True)
        total = np.bincount(place, np.concatenate([kept, capacity]))
        return csr_matrix(
            (np.minimum(total, _ENDLESS).astype(np.int32), np.divmod(pair, sink + 2)),
            shape=(sink + 2, sink + 2),
        )

    def _mended(self, cut: Cut, limit: Cut) -> Cut:
        """Add what cuts off the most for each network or link lost, until it is enough.

        Returns ``limit`` if it takes no fewer.
        """
        while cut.kept > self._allowed:
            missing = cut.kept - self._allowed
            gain, ways = self._at_stake(cut)
            worth = np.where(ways > 0, np.minimum(gain, missing) / np.maximum(ways, 1), -1.0)
            if not len(worth) or cut.size >= limit.size:
                return limit
            best = int(np.argmax(worth))
            cut = self._cut(np.union1d(cut.lost, self._what_cuts_off(best, cut)))
        return min(cut, limit, key=lambda one: one.size)

    def _what_cuts_off(self, network: int, cut: Cut) -> _Int64s:
        """The network itself, or the links that are left of it to places that have a way up."""
        if self.lost == "network":
            return np.array([network])
        has_way = np.append(~self._without(cut.lost), True)
        up_graph = self.up_graph
        found = np.flatnonzero((up_graph.below == network) & has_way[up_graph.above])
        return np.setdiff1d(found, cut.lost)

    def _at_stake(self, cut: Cut) -> tuple[_Floats, _Int64s]:
        """Weight that has no way up without each network, and what it takes to cut that off.

        The weight is summed over the tree of dominators: the last network that all ways of a
        network pass is the nearest place where those of its upper neighbours come together.
        Parts that cannot be cut off, or are, take 0.
        """
        up_graph = self.up_graph
        has_way = ~self._without(cut.lost)
        open_ = np.append(has_way, True)[up_graph.above] & has_way[up_graph.below]
        if self.lost == "link":
            open_[cut.lost] = False
        ways = np.bincount(up_graph.below[open_], minlength=up_graph.top)
        if self.lost == "network":
            ways = np.minimum(ways, 1)
        # Networks abroad are left alone: those below them are dealt with one by one.
        ways[~up_graph.domestic] = 0
        # Places are from 1 here, those above first; 0 is the top.
        above = np.where(up_graph.above == up_graph.top, 0, up_graph.above + 1)[open_].tolist()
        below = (up_graph.below + 1)[open_].tolist()
        last = [-1] * (up_graph.top + 1)
        for network, over in sorted(zip(below, above, strict=True)):
            one, other = last[network], over
            if one >= 0:
                while one != other:
                    if one > other:
                        one = last[one]
                    else:
                        other = last[other]
            last[network] = other
        gain = np.append(0.0, up_graph.weight * has_way)
        for network in range(up_graph.top, 0, -1):
            if last[network] > 0:
                gain[last[network]] += gain[network]
        return gain[1:], ways

    def _fewer(self, best: Cut, at_least: int) -> tuple[Cut, int]:
        """Look for a smaller cut by integer programming, or prove that there is none.

        Minimise the sum of x, what is lost; y, what is cut off, is bound by y <= x + y above for
        every link, with the x of the link or of the network below it.
        """
        from scipy import optimize, sparse

        up_graph, n, links = self.up_graph, self.up_graph.top, len(self.up_graph.below)
        losable = self._may_be_lost
        every, inner = np.arange(links), np.flatnonzero(up_graph.above < up_graph.top)
        x = n + (up_graph.below if self.lost == "network" else every)
        row = np.concatenate([every, every, inner])
        column = np.concatenate([up_graph.below, x, up_graph.above[inner]])
        value = np.repeat([1.0, -1.0, -1.0], [links, links, len(inner)])
        ways = sparse.coo_array((value, (row, column)), (links, n + len(losable))).tocsr()
        cost = np.repeat([0.0, 1.0], [n, len(losable)])
        weight = np.append(up_graph.weight / up_graph.base, np.zeros(len(losable)))
        found = optimize.milp(
            cost,
            integrality=cost,
            bounds=optimize.Bounds(0, np.append(np.ones(n), losable)),
            constraints=[
                optimize.LinearConstraint(ways, -inf, 0),
                optimize.LinearConstraint(weight[None], self.wanted - _NEAR, inf),
                optimize.LinearConstraint(cost[None], at_least, best.size - 1),
            ],
            options={"node_limit": _NODES, "mip_rel_gap": 0.0},
        )
        if found.status == 2:  # there is none
            return best, best.size
        if found.x is not None:
            fewer = self._cut(np.flatnonzero(found.x[n:] > 0.5))
            best = fewer if fewer.kept <= self._allowed else best
        proved = found.mip_dual_bound
        if proved is not None and isfinite(proved):
            at_least = max(at_least, ceil(proved - _SOLVED))
        return best, min(at_least, best.size)

    def _pruned(self, cut: Cut) -> Cut:
        """Give back, one by one, what is not needed."""
        for place in cut.lost.tolist():
            without = self._cut(cut.lost[cut.lost != place])
            if without.kept <= self._allowed:
                cut = without
        return cut
