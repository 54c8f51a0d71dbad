"""A slow, obvious reader of routing tables in MRT form, row by row, as ``bgpdump -m`` has them."""

import struct
from collections import defaultdict
from ipaddress import ip_address, ip_network
from typing import NamedTuple


class Row(NamedTuple):
    """A route: whose, to what, and its path as bgpdump writes it."""

    peer: str
    asn: int
    prefix: str
    path: str


def read_rows(data: bytes) -> list[Row]:
    """Read the routes of a table, unpacked, up to where it is cut."""
    rows, peers, at = [], [], 0
    while len(data) - at >= 12:
        _, kind, form, length = struct.unpack_from(">IHHI", data, at)
        body = data[at + 12 : at + 12 + length]
        if len(body) < length:
            break
        at += 12 + length
        if kind == 12 and form in (1, 2):
            rows.append(_old(body, 4 if form == 1 else 16))
        elif (kind, form) == (13, 1):
            peers = _peers(body)
        elif kind == 13 and form in (2, 4, 8, 10):
            rows += _routes(body, 4 if form in (2, 8) else 16, form > 7, peers)
    return rows


def _old(body: bytes, size: int) -> Row:
    prefix, bits = body[4 : 4 + size], body[4 + size]
    peer = body[10 + size : 10 + 2 * size]
    asn, length = struct.unpack_from(">HH", body, 10 + 2 * size)
    start = 14 + 2 * size
    path = _path(body[start : start + length], 2)
    return Row(str(ip_address(peer)), asn, _network(prefix, bits), path)


def _peers(body: bytes) -> list[tuple[str, int]]:
    name = int.from_bytes(body[4:6])
    count = int.from_bytes(body[6 + name : 8 + name])
    at, found = 8 + name, []
    for _ in range(count):
        size, width = 16 if body[at] & 1 else 4, 4 if body[at] & 2 else 2
        address = body[at + 5 : at + 5 + size]
        asn = int.from_bytes(body[at + 5 + size : at + 5 + size + width])
        found.append((str(ip_address(address)), asn))
        at += 5 + size + width
    return found


def _routes(body: bytes, size: int, numbered: bool, peers: list[tuple[str, int]]) -> list[Row]:
    bits = body[4]
    packed = (bits + 7) // 8
    prefix = body[5 : 5 + packed].ljust(size, b"\0")
    (count,) = struct.unpack_from(">H", body, 5 + packed)
    at, found = 7 + packed, []
    for _ in range(count):
        (peer,) = struct.unpack_from(">H", body, at)
        at += 10 if numbered else 6
        (length,) = struct.unpack_from(">H", body, at)
        path = _path(body[at + 2 : at + 2 + length], 4)
        at += 2 + length
        found.append(Row(*peers[peer], _network(prefix, bits), path))
    return found


def _network(prefix: bytes, bits: int) -> str:
    return str(ip_network((prefix, bits), strict=False))


def _path(attributes: bytes, width: int) -> str:
    values, at = {}, 0
    while at < len(attributes):
        size = 2 if attributes[at] & 16 else 1
        length = int.from_bytes(attributes[at + 2 : at + 2 + size])
        start = at + 2 + size
        values[attributes[at + 1]] = attributes[start : start + length]
        at = start + length
    path = _segments(values.get(2, b""), width)
    if width == 2 and 17 in values:
        long = _segments(values[17], 4)
        if 0 < len(long) <= len(path):
            path[len(path) - len(long) :] = long
    return " ".join(path)


def _segments(value: bytes, width: int) -> list[str]:
    words, at = [], 0
    while at < len(value):
        kind, count = value[at], value[at + 1]
        at += 2
        numbers = [
            str(int.from_bytes(value[i : i + width])) for i in range(at, at + count * width, width)
        ]
        at += count * width
        words += numbers if kind == 2 else ["{" + ",".join(numbers) + "}"]
    return words


def count_paths(rows: list[Row]) -> dict[tuple[int, tuple[int, ...]], list[int]]:
    """Count prefixes and IPv4 addresses for each path of a peer's number, as the tables have them.

    An address counts for the longest prefix of its session. Prefixes shorter than /8 (IPv4) or
    /16 (IPv6), paths with sets, and a session's second route to a prefix are passed over.
    """
    told: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for row in rows:
        network = ip_network(row.prefix)
        if network.prefixlen >= (8 if network.version == 4 else 16):
            told[row.peer, row.asn].setdefault(row.prefix, row.path)
    found: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(lambda: [0, -1])
    for (_, asn), paths in told.items():
        own = _own_addresses(paths)
        for prefix, path in paths.items():
            numbers = folded(path)
            if numbers:
                found[asn, numbers][0] += 1
                if prefix in own:
                    counted = found[asn, numbers]
                    counted[1] = max(counted[1], 0) + own[prefix]
    return dict(found)


def folded(path: str) -> tuple[int, ...]:
    """Numbers of a path without prepending; none of a path with a set."""
    if "{" in path:
        return ()
    numbers = [int(word) for word in path.split()]
    return tuple(n for i, n in enumerate(numbers) if i == 0 or numbers[i - 1] != n)


def _own_addresses(prefixes: dict[str, str]) -> dict[str, int]:
    """Addresses of each IPv4 prefix that lie in no longer one; the longest go first."""
    networks = sorted(
        (net for prefix in prefixes if (net := ip_network(prefix)).version == 4),
        key=lambda net: -net.prefixlen,
    )
    own, covered = {}, []
    for net in networks:
        inside = [other for other in covered if other.subnet_of(net)]
        own[str(net)] = net.num_addresses - sum(other.num_addresses for other in inside)
        covered = [other for other in covered if not other.subnet_of(net)] + [net]
    return own
