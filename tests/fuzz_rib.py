"""Fuzz the reader of routing tables: millions of damaged tables, in memory, every index checked.

``python tests/fuzz_rib.py --hours 1`` gives three million, and prints what became of their routes.
Every route must be counted once, for a path or for the reason why it tells none; addresses must fit
into the Internet. An end of the process, an index out of range, a minute without an answer and
memory above 512 MiB are failures.
"""

import argparse
import faulthandler
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

#: Bytes that a process may write to, seconds that a table may take, and tables of one process.
MEMORY, PATIENCE, BATCH = 512 << 20, 60, 100_000


def main() -> int:
    """Share the work out to processes whose kernels check every index, and print the totals."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, default=1)
    parser.add_argument("--inputs", type=int, help="three million for each hour by default")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--work", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        return _work(*given.work)
    inputs = round(3e6 * given.hours) if given.inputs is None else given.inputs
    last = given.first + inputs
    parts = [(n, min(n + BATCH, last)) for n in range(given.first, last, BATCH)]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as kept:
        checked = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": kept}

        def done(part: tuple[int, int]) -> subprocess.CompletedProcess[str]:
            words = [sys.executable, __file__, "--work", *map(str, part)]
            return subprocess.run(words, capture_output=True, text=True, env=checked)

        with ThreadPoolExecutor(given.workers) as pool:
            ended = [done(parts[0]), *pool.map(done, parts[1:])]  # the first compiles
    counts: Counter[str] = Counter()
    failures = 0
    for part, each in zip(parts, ended, strict=True):
        if each.returncode:
            failures += 1
            print(f"FAILED {part}: {each.stderr.strip()[-500:]}")
        for line in each.stdout.splitlines():
            name, number = line.rsplit(" ", 1)
            counts[name] += int(number) if name != "MiB" else 0
            counts["MiB"] = max(counts["MiB"], int(number) if name == "MiB" else 0)
    print(f"{failures} failures; at most {counts.pop('MiB')} MiB in one process")
    for name, number in counts.items():
        print(f"{number:>13,}  {name}")
    return 1 if failures else 0


def _work(first: int, last: int) -> int:
    """Read the tables of some seeds."""
    from hostile import RIBS
    from splinternet.world.rib._kernels import Count, new_state
    from splinternet.world.rib.reading import _read

    counts: Counter[str] = Counter()
    _read(RIBS[0], new_state())
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    for seed in range(first, last):
        random = Random(seed)
        data = (_anywhere if seed % 2 else _within)(RIBS, random)
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        state, rest = _read(data, new_state())
        try:
            _check(state)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from None
        counts["tables"] += 1
        counts["tables of which some record was read"] += bool(state.counts[Count.RECORDS])
        counts["tables with a rest that is no record"] += bool(rest)
        for name in ("RECORDS", "DAMAGED_RECORDS", "ROUTES", "DAMAGED_ROUTES", "PATHS"):
            counts[name.replace("_", " ").lower()] += int(state.counts[Count[name]])
    faulthandler.cancel_dump_traceback_later()
    for name, number in counts.items():
        print(name, number)
    print("MiB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
    return 0


def _anywhere(whole: list[bytes], random: Random) -> bytes:
    """Damage a table as any file: pieces removed, moved, repeated, replaced."""
    from mutations import CHANGES

    data = bytearray(random.choice(whole))
    for _ in range(random.choice([1, 1, 1, 2, 3, 8])):
        random.choice(CHANGES)(data, random)
    return bytes(data)


def _within(whole: list[bytes], random: Random) -> bytes:
    """Damage bytes of a table, and leave headers of records as they are: damage that goes deep."""
    data = bytearray(random.choice(whole))
    headers, at = set(), 0
    while at + 12 <= len(data):
        headers.update(range(at + 4, at + 12))
        at += 12 + int.from_bytes(data[at + 8 : at + 12])
    for _ in range(random.choice([1, 2, 4, 16])):
        place = random.randrange(len(data))
        if place not in headers:
            data[place] = random.choice([0, 1, 2, 0x50, 0xFF, random.randrange(256)])
    return bytes(data)


def _check(state) -> None:
    """Every route counts once, and what is kept lies where it was made room for."""
    from splinternet.world.rib._kernels import Count, Path

    count = {each: int(state.counts[each]) for each in Count}
    path = state.path[: count[Count.PATHS]]
    reasons = ("NO_PEER", "SHORT", "AGAIN", "EMPTY", "SETS", "DAMAGED_ROUTES")
    without = sum(count[Count[name]] for name in reasons)
    assert without + path[:, Path.PREFIXES].sum() == count[Count.ROUTES], "a route is not counted"
    ends = path[:, Path.START] + path[:, Path.LENGTH]
    assert (path[:, Path.LENGTH] > 0).all(), "a path of nobody"
    assert (ends <= count[Count.NUMBERS]).all(), "numbers that are not there"
    assert (path[:, Path.SESSION] < count[Count.SESSIONS]).all(), "a session that is not there"
    assert (path[:, Path.ADDRESSES] <= 1 << 32).all(), "more addresses than there are"


if __name__ == "__main__":
    sys.exit(main())
