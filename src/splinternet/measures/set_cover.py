"""Set cover: the fewest networks of which a wanted share of the traffic passes one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, inf, isfinite

import numpy as np
import numpy.typing as npt

__all__ = ["Cover", "SetCover"]

_Floats = npt.NDArray[np.float64]
_Int64s = npt.NDArray[np.int64]

#: Shares are sums of many parts: what is nearer than this to what is wanted is enough.
_NEAR = 1e-9
#: The solver works to some 1e-7; a bound this little above a whole number is that number.
_SOLVED = 1e-5
#: The bound looks at so many of the heaviest sets, and takes the others for covered.
_SETS = 8_000
#: Nodes of the search with whole networks: a limit in time would answer otherwise on a busy
#: machine.
_NODES = 1_000


@dataclass(frozen=True, eq=False)
class Cover:
    """Networks that cover enough.

    Attributes
    ----------
    picked
        How many of each are picked; shape ``(networks,)``.
    share
        What they cover.
    lower_bound
        No cover has fewer, whichever networks it has.
    """

    picked: _Int64s
    share: float
    lower_bound: int

    @property
    def size(self) -> int:
        """How many are picked."""
        return int(self.picked.sum())


@dataclass(frozen=True, eq=False)
class SetCover:
    """Sets of networks, a share of traffic each; a set is covered by any of its networks.

    Attributes
    ----------
    share
        Of all traffic, what passes each set; shape ``(sets,)``.
    start, member
        The networks of set ``i`` are ``member[start[i]:start[i + 1]]``.
    most
        How many networks each stands for; shape ``(networks,)``. One of ``m`` covers ``1 / m`` of
        the set, and each another part.
    unsure
        Share that networks not in its set may cover too.
    other
        What one network that is not among these can cover at the most.
    """

    share: _Floats
    start: _Int64s
    member: _Int64s
    most: _Int64s
    unsure: float = 0.0
    other: float = 0.0

    def greedy(self, wanted: float) -> Cover | None:
        """Pick what covers the most of what is left, until enough is.

        The lower bound is that of the shares that each covers by itself. None if a network that
        is not among these might have been picked.
        """
        picked = np.zeros(len(self.most), dtype=np.int64)
        while (share := self._covered(picked)) < wanted - _NEAR:
            gains = self._gains(picked)
            best = int(np.argmax(gains)) if len(gains) else 0
            if not len(gains) or gains[best] < max(self.other, _NEAR / 1e3):
                return None
            picked[best] += 1
        return Cover(picked, share, self._at_least(wanted))

    def fewest(self, wanted: float, greedy: Cover) -> Cover:
        """Look for a cover of fewer networks than the greedy one, or prove that there is none.

        First by a linear program, which may pick parts of networks; where that leaves a gap, by
        an integer program, which may run out of nodes.
        """
        best = greedy
        for whole, at_most in ((False, None), (True, greedy.size - 1)):
            if best.lower_bound >= best.size:
                break
            bound, picked = self._solve(wanted, whole, at_most)
            best = replace(best, lower_bound=min(best.size, max(best.lower_bound, bound)))
            if picked is not None and self._covered(picked) >= wanted - _NEAR:
                best = Cover(picked, self._covered(picked), best.lower_bound)
        return best

    def in_order(self, cover: Cover) -> tuple[list[int], list[float]]:
        """List the networks of a cover, the greatest gain first, with what is covered by then."""
        picked, order, shares = np.zeros_like(cover.picked), list[int](), list[float]()
        for _ in range(cover.size):
            gains = np.where(picked < cover.picked, self._gains(picked), -1.0)
            order.append(int(np.argmax(gains)))
            picked[order[-1]] += 1
            shares.append(self._covered(picked))
        return order, shares

    def _solve(self, wanted: float, whole: bool, at_most: int | None) -> tuple[int, _Int64s | None]:
        """Minimise the number of networks; return a lower bound and, if it is whole, the cover.

        The program minimises sum x + z, with x the networks picked, z others that are not listed,
        and y the covered part of each set: y <= sum of x / most over its networks, and
        sum of share * y + other * z >= what is wanted.
        """
        from scipy import optimize, sparse

        kept = np.argsort(-self.share, kind="stable")[:_SETS]
        some = np.zeros(len(self.share), dtype=bool)
        some[kept] = True
        number = np.cumsum(some) - 1
        of, member = self._set_of[some[self._set_of]], self.member[some[self._set_of]]
        sets, networks = len(kept), len(self.most)
        share = self.share[some]
        met = sparse.coo_array((1 / self.most[member], (number[of], member)), (sets, networks))
        covers = sparse.hstack([met, -sparse.eye_array(sets), sparse.coo_array((sets, 1))])
        enough = sparse.coo_array(np.concatenate([np.zeros(networks), share, [self.other]])[None])
        cost = np.concatenate([np.ones(networks), np.zeros(sets), [1.0]])
        free = self.unsure + float(self.share[~some].sum()) + _NEAR
        found = optimize.milp(
            cost,
            integrality=(cost > 0) & whole,
            bounds=optimize.Bounds(
                0, np.concatenate([self.most, np.ones(sets), [inf if self.other else 0]])
            ),
            constraints=[
                optimize.LinearConstraint(covers.tocsr(), 0, inf),
                optimize.LinearConstraint(enough.tocsr(), wanted - free, inf),
                optimize.LinearConstraint(cost[None], 0, inf if at_most is None else at_most),
            ],
            options={"node_limit": _NODES, "mip_rel_gap": 0.0},
        )
        # Status 0 is solved, 1 out of nodes, 2 without a solution.
        if found.status == 2 and at_most is not None:
            return at_most + 1, None
        if not whole:
            return (_up(found.fun) if found.status == 0 else 0), None
        picked = None if found.x is None else np.rint(found.x[:networks]).astype(np.int64)
        return _up(found.mip_dual_bound), picked

    def _at_least(self, wanted: float) -> int:
        """So many are needed even if no set had two of the networks."""
        alone = np.bincount(self.member, self.share[self._set_of], len(self.most)) / self.most
        order = np.argsort(-alone)
        so_far = np.cumsum(np.repeat(alone[order], self.most[order])) + self.unsure
        enough = int(np.searchsorted(so_far, wanted - 2 * _NEAR))
        if enough < len(so_far):
            return enough + 1
        missing = wanted - 2 * _NEAR - (so_far[-1] if len(so_far) else self.unsure)
        return enough + (max(0, ceil(missing / self.other)) if self.other else 0)

    def _covered(self, picked: _Int64s) -> float:
        return float(self.share @ (1 - self._left(picked)))

    def _gains(self, picked: _Int64s) -> _Floats:
        """Weight that one more of each network would cover."""
        each = np.minimum(self._left(picked)[self._set_of], 1 / self.most[self.member])
        gains = np.bincount(self.member, each * self.share[self._set_of], len(self.most))
        return np.where(picked < self.most, gains, 0.0)

    def _left(self, picked: _Int64s) -> _Floats:
        """The part of each set that is not covered."""
        met = np.bincount(
            self._set_of, picked[self.member] / self.most[self.member], len(self.share)
        )
        return np.maximum(1 - met, 0.0)

    @cached_property
    def _set_of(self) -> _Int64s:
        return np.repeat(np.arange(len(self.share)), np.diff(self.start))


def _up(bound: float | None) -> int:
    """Round a bound up, for it is one of whole numbers; the solver may have none."""
    return 0 if bound is None or not isfinite(bound) else ceil(bound - _SOLVED)
