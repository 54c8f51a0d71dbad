"""Routes computed beforehand, for asking of one nation after the other.

Choices of carriers are the same whoever sends. A sweep for few sources, but to everybody, takes
most of its time for them: where many such follow each other, it pays to compute them once.
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


class Known(NamedTuple):
    """Parts of :class:`Precomputed` for the routes to one block of rows, as kernels take them."""

    told: _Bytes
    active: _Bytes
    codes: _Bytes


@dataclass(frozen=True, eq=False)
class Precomputed:
    """Routes of carriers to all rows, a block after the other.

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
    codes
        A byte for the route that each carrier chose, shape ``(blocks, carriers, LANES)``.
    """

    routing: Routing
    rows: int
    told: _Bytes
    active: _Bytes
    codes: _Bytes

    @classmethod
    def room(cls, routing: Routing, rows: int, carriers: int) -> Precomputed:
        """Room for all routes of so many carriers to so many rows, not filled yet."""
        blocks = -(-rows // _kernels.LANES)
        return cls(
            routing,
            rows,
            np.empty((blocks, carriers, _kernels.LANES), np.uint8),
            np.empty((blocks, carriers), np.uint8),
            np.empty((blocks, carriers, _kernels.LANES), np.uint8),
        )

    def fill(self, first: int, told: _Bytes, active: _Bytes, codes: _Bytes) -> None:
        """Take over a block of all rows from ``first`` on, of which all carriers are finished."""
        block = first // _kernels.LANES
        self.told[block], self.active[block] = told[: active.size], active
        self.codes[block] = codes[: active.size]

    def find(self, routing: Routing, targets: _Ints) -> Known | None:
        """Return what is known of a block, if just these targets are one."""
        block, odd = divmod(int(targets[0]), _kernels.LANES)
        whole = min(_kernels.LANES, self.rows - block * _kernels.LANES)
        if routing != self.routing or odd or len(targets) != whole or (np.diff(targets) != 1).any():
            return None
        return Known(self.told[block], self.active[block], self.codes[block])
