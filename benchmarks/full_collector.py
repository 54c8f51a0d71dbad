"""Memory and time that a table of a full collector takes: ``python benchmarks/full_collector.py``.

The table is made up, as no whole one of many monitors is at hand: 40 monitors tell 400,000 prefixes
of 66,000 origins, on two million distinct paths.
"""

from __future__ import annotations

import resource
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from splinternet.world.rib.observing import Hints, observe

MONITORS, PREFIXES, ORIGINS = 40, 400_000, 66_000
TOPS = (3356, 174, 1299, 2914, 6939, 3257, 6453, 6762, 1239, 701)
_TIME = 1_575_158_400


def record(form: int, body: bytes) -> bytes:
    """A record of TABLE_DUMP_V2."""
    return struct.pack(">IHHI", _TIME, 13, form, len(body)) + body


def route(place: int, path: tuple[int, ...]) -> bytes:
    """A route of a monitor: origin, path and next hop."""
    told = struct.pack(f">BB{len(path)}I", 2, len(path), *path)
    made = b"\x40\1\1\0\x40\2" + bytes([len(told)]) + told + b"\x40\3\4\1\1\1\1"
    return struct.pack(">HIH", place, _TIME, len(made)) + made


def records() -> Iterator[bytes]:
    """Yield the table: who the monitors are, and their routes to each prefix."""
    random = Random(5)
    monitors = [1_000 + 7 * i for i in range(MONITORS)]
    peers = (b"\2" + b"\1\1\1" + bytes([i]) * 5 + struct.pack(">I", asn)
             for i, asn in enumerate(monitors))  # fmt: skip
    yield record(1, struct.pack(">IHH", 1, 0, MONITORS) + b"".join(peers))
    for number in range(PREFIXES):
        of = number * ORIGINS // PREFIXES
        prefix = struct.pack(">IB", number, 24) + (0x020000 + number).to_bytes(3)
        told = bytearray(prefix + struct.pack(">H", MONITORS))
        for place, asn in enumerate(monitors):
            way = (of * 7 + place * 13 + (random.random() < 0.03)) % len(TOPS)
            told += route(place, (asn, TOPS[way], 15_000 + (of * 31 + way) % 4_000, 20_000 + of))
        yield record(2, bytes(told))


def main() -> None:
    """Make the table, read it, and print what that took."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "route-views2.rib"
        with table.open("wb") as file:
            file.writelines(records())
        started = time.process_time()
        observed = observe([table], Hints(TOPS))
        took = time.process_time() - started
    routes, paths = observed.inputs[0].read, observed.paths.height
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{routes:,} routes, {paths:,} paths: {took:.1f} s of processors, {mebibytes:,} MiB")


if __name__ == "__main__":
    main()
