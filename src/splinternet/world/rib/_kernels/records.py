"""Records of routing tables in MRT form: TABLE_DUMP and TABLE_DUMP_V2 (RFC 6396, RFC 8050)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from splinternet.base.compiler import inner, jit
from splinternet.world.rib._kernels.attributes import DAMAGED, SET, number_at, read_path
from splinternet.world.rib._kernels.paths import NO_PATH, count_prefix, is_again, path_row
from splinternet.world.rib._kernels.state import MOST_SESSIONS, Count, Path, Told

__all__ = ["CONTINUE", "MOST_BYTES", "NO_ROOM", "STRANGE", "read_records"]

#: Why reading stopped: the data end, arrays are full, or what follows is no record.
CONTINUE, NO_ROOM, STRANGE = 0, 1, 2
#: Bytes of a record; one prefix with a thousand peers has less than one million.
MOST_BYTES = 1 << 24

_HEADER = 12
_TABLE_DUMP, _TABLE_DUMP_V2 = 12, 13
_PEER_INDEX_TABLE = 1
#: Shorter prefixes, by family, are default routes that leaked: nobody is allocated so much.
_SHORTEST = np.array([8, 16])
_BITS = np.array([32, 128])
#: What turns an unsigned half of an address into a signed number of the same order.
_SIGN = np.int64(-(1 << 63))


class _Prefix(NamedTuple):
    """A prefix, where its address begins, and how many bits of it there are."""

    at: Any
    bits: Any
    family: Any


@jit
def read_records(data, state):
    """Read whole records of ``data``, uint8, into the state: how many bytes they have.

    ``state.counts[Count.STOPPED]`` tells why it stopped.
    """
    count = state.counts
    at = 0
    count[Count.STOPPED] = CONTINUE
    while len(data) - at >= _HEADER:
        kind, form = number_at(data, at + 4, 2), number_at(data, at + 6, 2)
        length = number_at(data, at + 8, 4)
        if not _is_known(kind) or length > MOST_BYTES:
            count[Count.STOPPED] = STRANGE
            break
        body = at + _HEADER
        if len(data) - body < length:
            break
        if not _has_room(state, length):
            count[Count.STOPPED] = NO_ROOM
            break
        read = _record(data, body, body + length, kind, form, state)
        if read < 0:
            count[Count.DAMAGED_RECORDS] += 1
        elif read == 0:
            count[Count.OTHER_RECORDS] += 1
        else:
            _note_time(number_at(data, at, 4), count)
        count[Count.RECORDS] += 1
        at = body + length
    return at


@inner
def _is_known(kind):
    """Tell whether there are records of this type (IANA, MRT parameters)."""
    return 0 <= kind <= 17 or kind in (32, 33, 48, 49, 64)


@inner
def _has_room(state, length):
    """Tell whether the arrays can take a record of so many bytes."""
    count = state.counts
    return (
        count[Count.PATHS] + length // 8 <= len(state.path)
        and count[Count.NUMBERS] + length <= len(state.number)
        and min(count[Count.SESSIONS] + length // 8, MOST_SESSIONS) <= len(state.peer)
    )


@inner
def _note_time(time, count):
    if count[Count.FIRST_TIME] == 0 or time < count[Count.FIRST_TIME]:
        count[Count.FIRST_TIME] = time
    count[Count.LAST_TIME] = max(count[Count.LAST_TIME], time)


@inner
def _record(data, at, end, kind, form, state):
    """Read a record's body: 1 if it tells routes or peers, 0 if it does not, DAMAGED."""
    if kind == _TABLE_DUMP and (form == 1 or form == 2):
        return _old_route(data, at, end, form - 1, state)
    if kind != _TABLE_DUMP_V2:
        return 0
    if form == _PEER_INDEX_TABLE:
        return _peers(data, at, end, state)
    if form in (2, 8):
        return _routes(data, at, end, 0, form == 8, state)
    if form in (4, 10):
        return _routes(data, at, end, 1, form == 10, state)
    return 0


@inner
def _address(data, at, bits):
    """Address of so many bits as two halves; what stands beyond its length is not read.

    The halves are signed, and ascend like the addresses.
    """
    if bits <= 32:
        return np.int64(0), _half(data, at, bits, 4)
    return _half(data, at, bits, 8) ^ _SIGN, _half(data, at + 8, bits - 64, 8) ^ _SIGN


@inner
def _half(data, at, bits, width):
    value = np.int64(0)
    for i in range(width):
        byte = np.int64(0)
        left = bits - 8 * i
        if left >= 8:
            byte = np.int64(data[at + i])
        elif left > 0:
            byte = np.int64(data[at + i]) & (0xFF00 >> left)
        value = value << 8 | byte
    return value


@inner
def _session(data, at, family, asn, count, peers):
    """Session with the peer whose address stands at ``at``; -1 if there are too many."""
    high, low = _address(data, at, _BITS[family])
    many = count[Count.SESSIONS]
    session = count[Count.LAST_SESSION]
    for _ in range(many):  # a table goes from peer to peer: the next is looked at first
        session = session + 1 if session + 1 < many else np.int64(0)
        peer = peers[session]
        if peer[1] == low and peer[0] == high and peer[2] == asn and peer[3] == family:
            count[Count.LAST_SESSION] = session
            return session
    if many >= MOST_SESSIONS:
        return np.int64(-1)
    peer = peers[many]
    peer[0], peer[1], peer[2], peer[3] = high, low, asn, family
    count[Count.SESSIONS] = many + 1
    count[Count.LAST_SESSION] = many
    return many


@inner
def _peers(data, at, end, state):
    """Read the table of peers, with which a dump begins (RFC 6396, 4.3.1)."""
    if at + 6 > end:
        return DAMAGED
    at += 6 + number_at(data, at + 4, 2)
    if at + 2 > end:
        return DAMAGED
    many = number_at(data, at, 2)
    at += 2
    state.session_of[:] = -1
    state.told[:, :, Told.SIZE] = 0
    state.told[:, :, Told.DEPTH] = 0
    state.counts[Count.TABLES] += 1
    for peer in range(many):
        if at >= end:
            return DAMAGED
        family = np.int64(data[at] & 1)
        width = 4 if data[at] & 2 else 2
        size = _BITS[family] // 8
        if at + 5 + size + width > end:
            return DAMAGED
        asn = number_at(data, at + 5 + size, width)
        state.session_of[peer] = _session(data, at + 5, family, asn, state.counts, state.peer)
        at += 5 + size + width
    return 1


@inner
def _routes(data, at, end, family, numbered, state):
    """Read the routes of all peers to one prefix; ``numbered`` with path identifiers."""
    if at + 5 > end:
        return DAMAGED
    bits = np.int64(data[at + 4])
    prefix = _Prefix(at + 5, bits, family)
    at += 5 + (bits + 7) // 8
    if bits > _BITS[family] or at + 2 > end:
        return DAMAGED
    many = number_at(data, at, 2)
    at += 2
    before = 12 if numbered else 8
    for _ in range(many):
        if at + before > end:
            return DAMAGED
        session = np.int64(state.session_of[number_at(data, at, 2)])
        attributes = at + before
        at = attributes + number_at(data, attributes - 2, 2)
        if at > end:
            return DAMAGED
        _take(data, prefix, session, attributes, at, 4, state)
    return 1


@inner
def _old_route(data, at, end, family, state):
    """Read a record of TABLE_DUMP: one route (RFC 6396, 4.2)."""
    size = _BITS[family] // 8
    if at + 4 + size + 6 + size + 4 > end:
        return DAMAGED
    bits = np.int64(data[at + 4 + size])
    peer = at + 10 + size
    attributes = peer + size + 4
    last = attributes + number_at(data, attributes - 2, 2)
    if bits > _BITS[family] or last > end:
        return DAMAGED
    asn = number_at(data, peer + size, 2)
    session = _session(data, peer, family, asn, state.counts, state.peer)
    _take(data, _Prefix(at + 4, bits, family), session, attributes, last, 2, state)
    return 1


@inner
def _take(data, prefix, session, at, end, width, state):
    """Take a route: its path, and the prefix that is reached by it."""
    start, bits, family = prefix
    count = state.counts
    count[Count.ROUTES] += 1
    if session < 0:
        count[Count.NO_PEER] += 1
        return
    if bits < _SHORTEST[family]:
        count[Count.SHORT] += 1
        return
    high, low = np.int64(0), np.int64(0)
    if family == 0:
        low = _half(data, start, bits, 4)
    else:
        high = _half(data, start, bits, 8) ^ _SIGN
        low = _half(data, start + 8, bits - 64, 8) ^ _SIGN
    last = state.told[session, family]
    if is_again(last, high, low, bits):
        count[Count.AGAIN] += 1
        return
    number = state.number
    length = read_path(data, at, end, width, number, count[Count.NUMBERS])
    row = np.int64(NO_PATH)
    if length > 0:
        row = path_row(session, length, count, state.path, number, state.slot)
    elif length == 0:
        count[Count.EMPTY] += 1
    elif length == SET:
        count[Count.SETS] += 1
    else:
        count[Count.DAMAGED_ROUTES] += 1
    if family == 0:
        count_prefix(row, low, bits, last, state.nested[session], state.path)
    elif row != NO_PATH:
        state.path[row, Path.PREFIXES] += 1
