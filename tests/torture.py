"""Torture: millions of damaged files for every reader, importer and folder, and for commands.

``python tests/torture.py --hours 1`` gives 1,000,000 inputs in process and 10,000 by command, and
prints how many were read, how many refused in one line, and what else came out; that is a failure,
and so are an end of the process, a hang, and memory above 1.5 GiB. ``--target rib`` gives that all
inputs. ``--only TARGET SEED`` does one of them again.
"""

import argparse
import faulthandler
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

#: Bytes that may be written to, and seconds that one input may take.
MEMORY, PATIENCE = 1536 << 20, 60

#: Inputs of one worker process.
BATCH = {"input": 50_000, "command": 250}


def main() -> int:
    """Share the work out to processes, and print the totals."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, default=1)
    parser.add_argument("--inputs", type=int, help="in process; a million for each hour by default")
    parser.add_argument("--commands", type=int, help="ten thousand for each hour by default")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--target", default="", help="that takes all inputs; each its share else")
    parser.add_argument("--minutes", type=float, default=1e9, help="after which none is begun")
    parser.add_argument("--only", nargs=2, metavar=("TARGET", "SEED"))
    parser.add_argument("--work", nargs=5, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        kind, target, first, last, at = given.work
        return _work(kind, target, int(first), int(last), Path(at))
    if given.only:
        return _again(given.only[0], int(given.only[1]))
    inputs = round(1e6 * given.hours) if given.inputs is None else given.inputs
    commands = round(1e4 * given.hours) if given.commands is None else given.commands
    started, failures = time.monotonic(), []
    for kind, count in (("input", inputs), ("command", commands)):
        size = min(BATCH[kind], max(1, count // given.workers))
        ends = given.first + count
        parts = [
            (kind, given.target, n, min(n + size, ends)) for n in range(given.first, ends, size)
        ]
        with ThreadPoolExecutor(given.workers) as pool:
            done = list(pool.map(partial(_in_process, until=started + 60 * given.minutes), parts))
        failures += _tell(kind, done)
    print(f"{len(failures):,} failures in {(time.monotonic() - started) / 60:.1f} minutes")
    return 1 if failures else 0


def _in_process(part: tuple[str, str, int, int], until: float) -> dict:
    """Let a process do a part; if it ends before, that is a failure, and another goes on."""
    kind, target, first, last = part
    total = {"counts": Counter(), "failures": [], "peak": 0}
    if time.monotonic() > until:
        return total
    with tempfile.TemporaryDirectory(prefix="torture-") as scratch:
        at = Path(scratch) / "at"
        while first < last:
            words = [
                sys.executable,
                __file__,
                "--work",
                kind,
                target,
                str(first),
                str(last),
                str(at),
            ]
            done = subprocess.run(
                words, capture_output=True, text=True, env={**os.environ, "TMPDIR": scratch}
            )
            if not at.exists():
                raise RuntimeError(f"torture does not start: {done.stderr.strip()}")
            said = json.loads(at.read_text())
            total["counts"].update(said["counts"])
            total["failures"] += said["failures"]
            total["peak"] = max(total["peak"], said["peak"])
            first = said["at"] + 1
            if done.returncode:
                what = done.stderr.strip().splitlines()[-1:] or [""]
                total["failures"].append(f"{said['target']} {said['at']}: ended ({what[0]})")
    return total


def _work(kind: str, wanted: str, first: int, last: int, at: Path) -> int:
    """Do a part, and note before each input which it is, for whoever finds this process gone."""
    from hostile import TARGETS, TortureError, attempt, attempt_by_command, warm

    if kind == "input":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    targets = [target for target in TARGETS if wanted in ("", target.name)]
    shares = [target.share for target in targets]
    counts: Counter[str] = Counter()
    said = {"counts": counts, "failures": [], "peak": 0}
    for seed in range(first, last):
        (target,) = Random(seed).choices(targets, shares)
        at.write_text(json.dumps(said | {"at": seed, "target": target.name}))
        faulthandler.dump_traceback_later(PATIENCE if kind == "input" else 4 * PATIENCE, exit=True)
        try:
            came = (attempt if kind == "input" else attempt_by_command)(target, seed)
        except TortureError as failure:
            came = "failed"
            said["failures"].append(str(failure))
        counts[f"{target.name}: {came}"] += 1
    faulthandler.cancel_dump_traceback_later()
    if kind == "command":
        warm().close()  # so that the memory of its children is known
    who = resource.RUSAGE_SELF if kind == "input" else resource.RUSAGE_CHILDREN
    said["peak"] = resource.getrusage(who).ru_maxrss << 10
    at.write_text(json.dumps(said | {"at": last - 1, "target": target.name}))
    return 0


def _tell(kind: str, done: list[dict]) -> list[str]:
    counts = sum((each["counts"] for each in done), Counter())
    peak = max((each["peak"] for each in done), default=0)
    failures = [failure for each in done for failure in each["failures"]]
    if peak > MEMORY:
        failures.append(f"{peak >> 20:,} MiB of memory in one process")
    print(f"{counts.total():,} inputs, kind {kind}; at most {peak >> 20:,} MiB in one process")
    for name in dict.fromkeys(key.partition(": ")[0] for key in sorted(counts)):
        ways = {way: counts[f"{name}: {way}"] for way in ("read", "refused", "failed")}
        share = sum(ways.values()) / counts.total()
        told = ", ".join(f"{number:,} {way}" for way, number in ways.items() if number)
        print(f"  {share:5.1%}  {name}: {told}")
    for failure in failures:
        print(f"  FAILED {failure}")
    return failures


def _again(name: str, seed: int) -> int:
    from hostile import TARGETS, attempt, attempt_by_command

    (target,) = [target for target in TARGETS if target.name == name]
    print("in process:", attempt(target, seed), "by command:", attempt_by_command(target, seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
