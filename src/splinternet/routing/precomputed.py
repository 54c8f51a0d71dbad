"""Routes computed beforehand, for asking of one nation after the other.

Customers' routes to a destination are the same whoever sends there. A sweep for few
sources, but to everybody, takes most of its time for them: where many such follow each other, it
pays to compute them once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels

__all__ = ["Known", "Precomputed"]

_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int32]

#: Carriers with so many peers keep what these offer them: nine in ten peering links of the rows
#: above a nation are theirs.
_LARGE = 100


class Known(NamedTuple):
    """Parts of :class:`Precomputed` for the routes to one block of rows, as kernels take them."""

    told: _Bytes
    active: _Bytes
    place: _Ints
    across: _Bytes


@dataclass(frozen=True, eq=False)
class Precomputed:
    """Routes of carriers to all rows from customers, a block after the other.

    Attributes
    ----------
    routing
        How these routes are chosen.
    rows
        How many rows the graph has.
    told
        A byte for what each carrier told of each row, shape ``(blocks, carriers, LANES)``.
    active
        Which carriers have a customer route to any row of a block, shape ``(blocks, carriers)``.
    place
        The place of each carrier among those with very many peers, -1 for others; shape
        ``(carriers,)``.
    across
        The code of the best that each of those has from customers and peers, shape
        ``(blocks, large, LANES)``.
    """

    routing: Routing
    rows: int
    told: _Bytes
    active: _Bytes
    place: _Ints
    across: _Bytes

    @classmethod
    def room(cls, routing: Routing, rows: int, peers: _Ints) -> Precomputed:
        """Room for all routes between rows, not filled yet; ``peers`` has each carrier's number."""
        blocks, carriers = -(-rows // _kernels.LANES), len(peers)
        large = peers >= _LARGE
        place = np.where(large, np.cumsum(large) - 1, -1).astype(np.int32)
        return cls(
            routing,
            rows,
            np.empty((blocks, carriers, _kernels.LANES), np.uint8),
            np.empty((blocks, carriers), np.uint8),
            place,
            np.empty((blocks, int(large.sum()), _kernels.LANES), np.uint8),
        )

    def fill(self, first: int, told: _Bytes, active: _Bytes, codes: _Bytes) -> None:
        """Take over a block of all rows from ``first`` on, its carriers' rows at the least."""
        block = first // _kernels.LANES
        self.told[block], self.active[block] = told[: active.size], active
        self.across[block] = codes[np.flatnonzero(self.place >= 0)]

    def find(self, routing: Routing, targets: _Ints) -> Known | None:
        """Return what is known of a block, if just these targets are one."""
        block, odd = divmod(int(targets[0]), _kernels.LANES)
        whole = min(_kernels.LANES, self.rows - block * _kernels.LANES)
        if routing != self.routing or odd or len(targets) != whole or (np.diff(targets) != 1).any():
            return None
        return Known(self.told[block], self.active[block], self.place, self.across[block])
