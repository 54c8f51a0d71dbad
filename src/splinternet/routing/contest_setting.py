"""Settings of a block of trials before its contests: announcements, and what rows do to routes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints
from splinternet.routing.trials import Filters

__all__ = ["Bytes", "Contest", "Gates", "Seed", "Seeds", "Setting", "flags_of", "seeds_by_row"]

Bytes = npt.NDArray[np.uint8]
_FLAGS = {
    "rov": _kernels.ROV,
    "peer_rov": _kernels.PEER_ROV,
    "aspa": _kernels.ASPA,
    "records": _kernels.ATTESTS,
    "only_to_customers": _kernels.ONLY_TO_CUSTOMERS,
}


class Contest(NamedTuple):
    """Arrays that a contest fills; see ``_kernels.contests``."""

    codes: Bytes
    marks: Bytes
    over: Bytes
    active: Bytes


class Gates(NamedTuple):
    """Acts of rows upon routes: row ``r`` does ``flags[of[r], lane]``; the first does nothing."""

    of: Ints
    flags: Bytes


class Seeds(NamedTuple):
    """Announcements of rows: of row ``r`` those from ``start[r]`` to ``start[r + 1]``."""

    start: Ints
    lane: Ints
    code: Bytes
    mark: Bytes


class Setting(NamedTuple):
    """Trial of each lane, as kernels take it."""

    gates: Gates
    seeds: Seeds
    ends: Seeds
    invalid: Bytes


class Seed(NamedTuple):
    """One announcement in one lane, at rows."""

    lane: int
    rows: Ints
    code: int
    mark: int
    path: tuple[int, ...]  # networks that drop it, as they stand in its path


def seeds_by_row(graph: Graph, seeds: list[Seed]) -> Seeds:
    """List announcements by row."""
    rows = np.concatenate([np.empty(0, dtype=np.int32), *(each.rows for each in seeds)])
    many = np.array([len(each.rows) for each in seeds], dtype=np.int64)
    values = np.array([(each.lane, each.code, each.mark) for each in seeds], dtype=np.int32)
    start = np.empty(graph.rows + 1, dtype=np.int32)
    found = np.empty((len(rows), 3), dtype=np.int32)
    _kernels.sort_seeds(rows, many, values.reshape(-1, 3), start, found)
    lane, code, mark = found.T
    return Seeds(start, lane.copy(), code.astype(np.uint8), mark.astype(np.uint8))


def flags_of(graph: Graph, filters: Filters) -> Bytes:
    """Acts of each row by a set of filters."""
    flags = np.zeros(graph.rows, dtype=np.uint8)
    for name, asns in filters.by_kind.items():
        here = asns[graph.has(asns)] if len(asns) else asns
        flags[graph.row[np.searchsorted(graph.asn, here)]] |= _FLAGS[name]
    return flags
