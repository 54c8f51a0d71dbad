"""Routes kept in memory, for asking of one nation after the other.

Customers' and peers' routes to a destination are the same whoever sends there. A sweep for few
sources, but to everybody, takes most of its time for them: where many such follow each other, it
pays to keep them.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints

__all__ = ["KeptRoutes", "kept_routes"]

_Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class KeptRoutes:
    """What carriers know of all targets from customers and peers, a block after the other.

    Attributes
    ----------
    codes
        A byte for each carrier's route to each row, shape ``(blocks, carriers, LANES)``.
    active
        Which carriers have a customer route to any row of a block, shape ``(blocks, carriers)``.
    """

    codes: _Bytes
    active: _Bytes

    @classmethod
    def room(cls, graph: Graph) -> KeptRoutes:
        """Make room for a graph, not filled yet."""
        shape = -(-graph.rows // _kernels.LANES), graph.carriers
        return cls(np.empty((*shape, _kernels.LANES), np.uint8), np.empty(shape, np.uint8))

    def fill(self, first: int, codes: _Bytes, active: _Bytes) -> None:
        """Take over a block of all rows from ``first`` on, its carriers' rows at the least."""
        block = first // _kernels.LANES
        self.codes[block], self.active[block] = codes[: active.size], active

    def find(self, graph: Graph, targets: Ints) -> tuple[_Bytes, _Bytes] | None:
        """Return codes and active carriers of a block, if just these targets are one."""
        block, odd = divmod(int(targets[0]), _kernels.LANES)
        whole = min(_kernels.LANES, graph.rows - block * _kernels.LANES)
        if odd or len(targets) != whole or (np.diff(targets) != 1).any():
            return None
        return self.codes[block], self.active[block]


#: Kept routes of graphs, by routing.
kept_routes: WeakKeyDictionary[Graph, dict[Routing, KeptRoutes]] = WeakKeyDictionary()
