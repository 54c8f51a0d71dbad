"""Routes computed beforehand, for asking of one nation after the other.

Customers' routes to a destination are the same whoever sends there. A sweep for few
sources, but to everybody, takes most of its time for them: where many such follow each other, it
pays to compute them once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels

__all__ = ["Precomputed"]

_Bytes = npt.NDArray[np.uint8]
_Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Precomputed:
    """Routes of carriers to all rows from customers, a block after the other.

    Attributes
    ----------
    routing
        How these routes are chosen.
    rows
        How many rows the graph has.
    codes
        A byte for what each carrier told of each row, shape ``(blocks, carriers, LANES)``.
    active
        Which carriers have a customer route to any row of a block, shape ``(blocks, carriers)``.
    """

    routing: Routing
    rows: int
    codes: _Bytes
    active: _Bytes

    @classmethod
    def room(cls, routing: Routing, rows: int, carriers: int) -> Precomputed:
        """Room for all routes of a graph, not filled yet."""
        shape = -(-rows // _kernels.LANES), carriers
        codes = np.empty((*shape, _kernels.LANES), np.uint8)
        return cls(routing, rows, codes, np.empty(shape, np.uint8))

    def fill(self, first: int, codes: _Bytes, active: _Bytes) -> None:
        """Take over a block of all rows from ``first`` on, its carriers' rows at the least."""
        block = first // _kernels.LANES
        self.codes[block], self.active[block] = codes[: active.size], active

    def find(self, routing: Routing, targets: _Ints) -> tuple[_Bytes, _Bytes] | None:
        """Return codes and active carriers of a block, if just these targets are one."""
        block, odd = divmod(int(targets[0]), _kernels.LANES)
        whole = min(_kernels.LANES, self.rows - block * _kernels.LANES)
        if routing != self.routing or odd or len(targets) != whole or (np.diff(targets) != 1).any():
            return None
        return self.codes[block], self.active[block]
