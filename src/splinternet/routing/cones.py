"""Customer cones: which networks lie below each carrier, and which are seen to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing.block import Block
from splinternet.routing.graph import Graph
from splinternet.routing.sweep import Progress, Sweep

__all__ = ["Cones", "find_cones"]

_Sums = npt.NDArray[np.int64]
_Bits = npt.NDArray[np.uint64]
_WORDS = _kernels.LANES // 64


@dataclass(frozen=True)
class Cones:
    """Customer cone of each carrier: what it holds.

    Attributes
    ----------
    amounts
        Sums over the networks in it, itself included; shape ``(carriers, kinds)``.
    marks
        Number of different marks that they bear; shape ``(carriers,)``.
    """

    amounts: _Sums
    marks: _Sums


class _Tally:
    """Sums of what cones hold, as they come in."""

    def __init__(self, carriers: int, amounts: _Sums, marks: _Bits) -> None:
        self._of_rows = amounts, marks
        self._amounts = np.zeros((carriers, amounts.shape[1]), dtype=np.int64)
        self._marks = np.zeros((carriers, marks.shape[1]), dtype=np.uint64)

    def add(self, bits: _Bits, first: int) -> None:
        _kernels.tally_cones(bits, first, *self._of_rows, self._amounts, self._marks)

    def cones(self) -> Cones:
        bits = np.unpackbits(self._marks.view(np.uint8), axis=1)
        return Cones(self._amounts, bits.sum(axis=1, dtype=np.int64))


def find_cones(
    graph: Graph,
    routing: Routing,
    amounts: _Sums,
    marks: _Bits,
    progress: Progress | None = None,
) -> tuple[Cones, Cones]:
    """Add up the customer cones of all carriers, by both definitions.

    Parameters
    ----------
    graph
        The graph of a world.
    routing
        How routes are chosen; the first definition does not depend on it.
    amounts
        What is to be summed over a cone, of each row; shape ``(rows, kinds)``.
    marks
        A bit for each mark that networks of a row bear; shape ``(rows, words)``.
    progress
        Told of rows done and of all.

    Returns
    -------
    Cones
        The recursive cones: all that a carrier can reach over customers alone.
    Cones
        The provider/peer observed cones: of that, all that comes after the carrier on any
        chosen route on which one of its providers or peers comes just before it.

    Raises
    ------
    RoutingError
        If a path is longer than 62 links.
    """
    recursive, observed = (_Tally(graph.carriers, amounts, marks) for _ in range(2))
    # Carriers can be seen over and over; so these bits are kept, and counted at the end.
    width = -(-graph.carriers // _kernels.LANES) * _WORDS
    seen_carriers = np.zeros((graph.carriers, width), dtype=np.uint64)

    def work(block: Block, place: slice) -> tuple[int, _Bits, _Bits, _Sums]:
        return place.start, *block.cones()

    # Whether a peer takes a route depends on its others, a carrier its customer route too.
    choosing = np.diff(graph.peers.start) > 0
    choosing[: graph.carriers] = True
    sweep = Sweep(graph, routing, sources=np.flatnonzero(choosing).astype(np.int32))
    every = np.arange(graph.rows, dtype=np.int32)
    for first, below, seen, more in sweep.run(every, work, progress):
        recursive.add(below, first)
        if first >= graph.carriers:
            observed.add(seen, first)
        else:
            seen_carriers[:, first // 64 : first // 64 + _WORDS] |= seen
        of, carrier = np.divmod(more, graph.carriers)
        _set(seen_carriers, of, carrier)
    itself = np.arange(graph.carriers)
    _set(seen_carriers, itself, itself)
    observed.add(seen_carriers, 0)
    return recursive.cones(), observed.cones()


def _set(bits: _Bits, row: _Sums, bit: _Sums) -> None:
    np.bitwise_or.at(bits, (row, bit >> 6), np.uint64(1) << (bit & 63).astype(np.uint64))
