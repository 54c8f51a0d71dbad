"""State of a routing table after the records that were read: sessions, paths, counts."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["MOST_SESSIONS", "Count", "Path", "State", "Told", "new_state", "with_room"]

#: Sessions of a collector; the largest has a few hundred.
MOST_SESSIONS = 4096
#: Peers that a table of peers can number.
_PEERS = 1 << 16
#: A prefix of IPv4 lies within at most 32 shorter ones.
_NESTED = 33


class Count(IntEnum):
    """Counters, and what is in use of the arrays of a :class:`State`."""

    ROUTES = 0
    RECORDS = 1
    OTHER_RECORDS = 2
    DAMAGED_RECORDS = 3
    DAMAGED_ROUTES = 4
    NO_PEER = 5
    AGAIN = 6
    SHORT = 7
    SETS = 8
    EMPTY = 9
    FIRST_TIME = 10
    LAST_TIME = 11
    PATHS = 12
    NUMBERS = 13
    SESSIONS = 14
    LAST_SESSION = 15
    TABLES = 16
    STOPPED = 17


class Told(IntEnum):
    """Memory of a session for each family: the prefix that it told last, and so on."""

    HIGH = 0
    LOW = 1
    SIZE = 2
    MIXED = 3
    DEPTH = 4


class Path(IntEnum):
    """Path of a session, as far as known."""

    KEY = 0
    SESSION = 1
    START = 2
    LENGTH = 3
    PREFIXES = 4
    ADDRESSES = 5


class State(NamedTuple):
    """Arrays that records are read into.

    ``counts`` is indexed by :class:`Count`. The peer of session ``s`` has the address
    ``peer[s, 0:2]`` and the AS number ``peer[s, 2]``, and is of the family ``peer[s, 3]``;
    ``session_of`` numbers the peers of the table of peers in force. ``told[s, family]`` is indexed
    by :class:`Told`: the prefix that was told last (``SIZE`` is 0 for none), whether one was out
    of order, and how many prefixes of IPv4 hold it, ``nested[s, :depth]``: their first and last
    address, and path. ``path`` has a row for each path of a session, indexed by :class:`Path`; its
    AS numbers are ``number[START:START + LENGTH]``. ``slot`` finds a path by its key.
    """

    counts: npt.NDArray[np.int64]
    peer: npt.NDArray[np.int64]
    session_of: npt.NDArray[np.int32]
    told: npt.NDArray[np.int64]
    nested: npt.NDArray[np.int64]
    path: npt.NDArray[np.int64]
    number: npt.NDArray[np.uint32]
    slot: npt.NDArray[np.int32]


def new_state() -> State:
    """Make room for a small table."""
    empty = State(
        counts=np.zeros(len(Count), np.int64),
        peer=np.zeros((0, 4), np.int64),
        session_of=np.full(_PEERS, -1, np.int32),
        told=np.zeros((0, 2, len(Told)), np.int64),
        nested=np.zeros((0, _NESTED, 3), np.int64),
        path=np.zeros((0, len(Path)), np.int64),
        number=np.zeros(0, np.uint32),
        slot=np.zeros(0, np.int32),
    )
    return with_room(empty, 1 << 10)


def with_room(state: State, size: int) -> State:
    """Make room for a record of so many bytes, which may name that many peers, paths, numbers."""
    count = state.counts
    sessions = min(int(count[Count.SESSIONS]) + size // 8, MOST_SESSIONS)
    wanted = {
        **dict.fromkeys(("peer", "told", "nested"), sessions),
        "path": int(count[Count.PATHS]) + size // 8,
        "number": int(count[Count.NUMBERS]) + size,
    }
    grown: dict[str, Any] = {
        name: _grown(getattr(state, name), rows)
        for name, rows in wanted.items()
        if len(getattr(state, name)) < rows
    }
    state = state._replace(**grown)
    if len(state.slot) < 2 * len(state.path):
        state = state._replace(slot=_slots(state.path, int(count[Count.PATHS])))
    return state


def _grown(old: npt.NDArray[Any], rows: int) -> npt.NDArray[Any]:
    """Copy an array into one of at least so many rows, and half as many again as it has."""
    new: npt.NDArray[Any] = np.zeros((max(rows, len(old) * 3 // 2), *old.shape[1:]), old.dtype)
    new[: len(old)] = old
    return new


def _slots(path: npt.NDArray[np.int64], many: int) -> npt.NDArray[np.int32]:
    """Make a table of the paths there are by key, at most half full when ``path`` is full."""
    from splinternet.world.rib._kernels.paths import fill_slots

    slot = np.full(1 << (2 * len(path) - 1).bit_length(), -1, np.int32)
    fill_slots(slot, path[:many])
    return slot
