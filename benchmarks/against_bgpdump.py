"""Routes for each processor second, of this reader and of ``bgpdump -m``, on one routing table.

``python benchmarks/against_bgpdump.py FILE.bz2`` takes the table as it is, and ten times over,
unpacked; each in turns, the best of three counts. bgpdump, which Debian has, reads a packed file
once only, whatever follows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from splinternet.world.files import Source
from splinternet.world.rib.reading import read_rib


def ours(path: Path) -> float:
    """Seconds of all processors that reading takes, without the start of the program."""
    started = time.process_time()
    read_rib(Source(path))
    return time.process_time() - started


def theirs(path: Path) -> float:
    """Seconds of the processor that bgpdump takes."""
    before = os.times()
    subprocess.run(
        ["bgpdump", "-m", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = os.times()
    return after.children_user + after.children_system - before[2] - before[3]


def main(packed: str) -> None:
    """Print the table."""
    source = Source(packed)
    once = b"".join(source.parts(1 << 22))
    many = read_rib(source).routes
    with tempfile.TemporaryDirectory() as folder:
        ten, tens = Path(folder) / "ten.rib", Path(folder) / "ten.rib.bz2"
        ten.write_bytes(once * 10)
        tens.write_bytes(Path(packed).read_bytes() * 10)
        print("file                   routes       ours, routes/s  bgpdump, routes/s  times")
        for name, path, other, share in (
            ("packed, ten times", tens, Path(packed), 10),
            ("unpacked, ten times", ten, ten, 1),
        ):
            turns = [(ours(path), theirs(other) * share) for _ in range(3)]
            mine, its = (10 * many / min(each) for each in zip(*turns, strict=True))
            print(f"{name:<22} {10 * many:<12,} {mine:<15,.0f} {its:<18,.0f} {mine / its:.1f}")


if __name__ == "__main__":
    main(sys.argv[1])
