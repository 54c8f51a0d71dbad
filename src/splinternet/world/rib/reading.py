"""Reading a routing table in MRT form: what each session of the collector told, as it stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from splinternet.base.errors import InputError
from splinternet.world.files import Source
from splinternet.world.rib._kernels import (
    NO_ROOM,
    STRANGE,
    Count,
    Path,
    State,
    Told,
    new_state,
    read_records,
    with_room,
)
from splinternet.world.rib.unpacking import unpacked

__all__ = ["RawPaths", "Rib", "Session", "is_mrt", "read_rib"]

#: Types of MRT records that a file may begin with (RFC 6396): tables, and updates.
_TABLES, _UPDATES = (12, 13), (16, 17)
_HEADER = 12
#: Bytes that are enough to have several records, and what is made room for at least.
_ENOUGH = _ROOM = 1 << 20

#: What is counted of routes that tell no path, as reports call it.
_REASONS = {
    Count.SETS: "path with an AS set or a confederation",
    Count.EMPTY: "route without a path",
    Count.DAMAGED_ROUTES: "damaged route",
    Count.NO_PEER: "route of a peer that the table of peers lacks",
    Count.AGAIN: "another route of the same peer to the prefix",
    Count.SHORT: "prefix shorter than /8, or than /16 of IPv6",
}


class Session(NamedTuple):
    """A peering of the collector: with which network; and whether its prefixes came in order."""

    asn: int
    is_ordered: bool


class RawPaths(NamedTuple):
    """Paths as they were told, each once for a session, the network that told it first.

    Path ``i`` is ``number[start[i] : start[i] + length[i]]``, with prepending folded. ``addresses``
    is -1 for a path to prefixes of IPv6 alone.
    """

    session: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    prefixes: npt.NDArray[np.int64]
    addresses: npt.NDArray[np.int64]
    number: npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Rib:
    """A routing table of a collector.

    Attributes
    ----------
    routes
        How many routes it holds.
    first, last
        When it was taken.
    sessions, paths
        Who told what.
    checksum
        CRC-32 of what was read, unpacked.
    skipped
        Routes and records that tell no path, by reason.
    notes
        What else a reader of a report should know.
    """

    routes: int
    first: datetime.datetime
    last: datetime.datetime
    sessions: tuple[Session, ...]
    paths: RawPaths
    checksum: int
    skipped: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def is_mrt(source: Source) -> bool:
    """Tell whether a file begins with a record in MRT form, of a routing table or of updates.

    Raises
    ------
    InputError
        If the file cannot be opened.
    """
    start = source.start(_HEADER)
    return len(start) == _HEADER and int.from_bytes(start[4:6]) in (*_TABLES, *_UPDATES)


def read_rib(source: Source) -> Rib:
    """Read a routing table: TABLE_DUMP or TABLE_DUMP_V2 (RFC 6396, RFC 8050), plain or packed.

    Of a file that is cut short, or damaged from some place on, what goes before is read, and a
    note says so. Memory is taken for the distinct paths, not for the routes. Updates that stand
    among tables are counted.

    Raises
    ------
    InputError
        If the file cannot be opened, is no routing table, or nothing of it can be read.

    Notes
    -----
    An address counts for the longest prefix that a session has for it. A session that tells
    prefixes out of order leaves this open; its addresses are unknown.
    """
    if not is_mrt(source):
        raise source.error(
            "is no routing table in MRT form; give one (rib or bview) as its publisher has it"
        )
    state, cut, checksum = _read_all(source)
    if not state.counts[Count.SESSIONS]:
        raise source.error(_nothing(source))
    return _rib(state, cut, checksum)


def _nothing(source: Source) -> str:
    """Say why a file in MRT form names no peer."""
    if int.from_bytes(source.start(_HEADER)[4:6]) in _UPDATES:
        return "holds updates, not a routing table; give one (rib or bview)"
    return "names no peer of a collector: it is empty, cut short or damaged; download it again"


def _read_all(source: Source) -> tuple[State, bool, int]:
    """Read all records that can be had, tell whether some are lacking, and sum what was read."""
    state, rest, checksum = new_state(), b"", 0
    try:
        for batch in _batches(source):
            checksum = crc32(batch, checksum)
            state, rest = _read(rest + batch, state)
            if state.counts[Count.STOPPED] == STRANGE:
                return state, True, checksum
    except InputError:
        if not state.counts[Count.SESSIONS]:
            raise
        return state, True, checksum
    return state, bool(rest.strip(b"\0")), checksum


def _batches(source: Source) -> Iterator[bytes]:
    """Yield what a file holds in pieces that are worth a call."""
    waiting: list[bytes] = []
    broken = None
    try:
        for piece in unpacked(source):
            waiting.append(piece)
            if sum(map(len, waiting)) >= _ENOUGH:
                yield b"".join(waiting)
                waiting = []
    except InputError as error:
        broken = error
    if waiting:
        yield b"".join(waiting)
    if broken:
        raise broken


def _read(data: bytes, state: State) -> tuple[State, bytes]:
    """Read whole records, and return what is left of the data."""
    view, at = np.frombuffer(data, np.uint8), 0
    while True:
        at += read_records(view[at:], state)
        if state.counts[Count.STOPPED] != NO_ROOM:
            return state, data[at:]
        length = int.from_bytes(data[at + 8 : at + _HEADER])
        state = with_room(state, max(length, _ROOM))


def _rib(state: State, cut: bool, checksum: int) -> Rib:
    count = {each: int(state.counts[each]) for each in Count}
    peers = state.peer[: count[Count.SESSIONS], 2].tolist()
    mixed = [bool(each.any()) for each in state.told[: len(peers), :, Told.MIXED]]
    path = state.path[: count[Count.PATHS]]
    notes = []
    if cut:
        notes.append(f"cut short or damaged; its first {count[Count.ROUTES]:,} routes were read")
    if any(mixed):
        notes.append(
            f"{sum(mixed)} of {len(peers)} sessions tell prefixes out of order: how many "
            "addresses go by their paths is not known"
        )
    if count[Count.TABLES] > 1:
        notes.append(f"holds {count[Count.TABLES]:,} tables one after another; each counts")
    skipped = {reason: count[each] for each, reason in _REASONS.items()}
    skipped["record of another kind"] = count[Count.OTHER_RECORDS]
    skipped["damaged record"] = count[Count.DAMAGED_RECORDS]
    first, last = (
        datetime.datetime.fromtimestamp(count[each], datetime.UTC)
        for each in (Count.FIRST_TIME, Count.LAST_TIME)
    )
    return Rib(
        routes=count[Count.ROUTES],
        first=first,
        last=last,
        sessions=tuple(
            Session(asn, not is_mixed) for asn, is_mixed in zip(peers, mixed, strict=True)
        ),
        paths=RawPaths(
            session=path[:, Path.SESSION],
            start=path[:, Path.START],
            length=path[:, Path.LENGTH],
            prefixes=path[:, Path.PREFIXES],
            addresses=path[:, Path.ADDRESSES],
            number=state.number,
        ),
        checksum=checksum,
        skipped={reason: n for reason, n in skipped.items() if n},
        notes=tuple(notes),
    )
