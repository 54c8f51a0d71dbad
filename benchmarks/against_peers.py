"""Run this engine, BGPy and matrix-bgpsim on one snapshot, and write docs/performance.md.

Usage: ``python benchmarks/against_peers.py [SNAPSHOT] [--origins N]``. SNAPSHOT is a CAIDA AS
Relationships file, bz2. The peers are installed from the package registry into ``.venv-peers``.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import polars as pl

from graphs import make_world
from snapshots import read_links, some_origins
from splinternet.routing.routes import routes, summary
from splinternet.world.world import World

ROOT = Path(__file__).resolve().parents[1]
PEERS = {"bgpy": "bgpy-pkg==13.0.13", "matrix": "matrix-bgpsim==1.0.2"}
SNAPSHOT = ROOT.parent / "shared" / "data" / "as-rel" / "20250901.as-rel2.txt.bz2"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- against_peers.py: begin -->", "<!-- against_peers.py: end -->"


@dataclass
class Timing:
    """Seconds that one way of computing routes took for an origin, and how many routes differ."""

    name: str
    what: str
    seconds: float
    agreement: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snapshot", nargs="?", type=Path, default=SNAPSHOT)
    parser.add_argument("--origins", type=int, default=16)
    given = parser.parse_args()
    links = read_links(given.snapshot)
    origins = some_origins(links, given.origins)
    world = make_world(links)
    python = environment()
    ours, mine = this_engine(world, origins)
    theirs = []
    with tempfile.TemporaryDirectory() as scratch:
        for which, timings in (("bgpy", bgpy_timings), ("matrix", matrix_timings)):
            print(f"running {PEERS[which]} on {given.snapshot.name} ...", file=sys.stderr)
            found = Path(scratch) / f"{which}.csv"
            command = [python, ROOT / "benchmarks" / "peers.py", which, given.snapshot, found]
            run = subprocess.run(
                [*command, *map(str, origins)], check=True, stdout=subprocess.PIPE, text=True
            )
            theirs += timings(json.loads(run.stdout), mine, pl.read_csv(found))
    text = report(given.snapshot.name, world, len(origins), ours, theirs)
    print(text)
    write_between(PAGE, text)


def environment() -> Path:
    """Make ``.venv-peers`` hold the peers; return its Python."""
    home = ROOT / ".venv-peers"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS.values()], check=True)
    return python


def this_engine(world: World, origins: list[int]) -> tuple[list[Timing], pl.DataFrame]:
    """Time this engine, its kernels compiled."""
    summary(world)
    mine = routes(world, origins)
    everything = median(lambda: summary(world)) / world.networks.height
    few = median(lambda: routes(world, origins)) / len(origins)
    what = f"class, length and next hop, {len(origins)} origins, as a table"
    return [
        Timing("splinternet", "class and length, all pairs", everything),
        Timing("splinternet", what, few),
    ], mine


def median(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the seconds that the work usually took."""
    took = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def bgpy_timings(
    seconds: dict[str, float], mine: pl.DataFrame, found: pl.DataFrame
) -> list[Timing]:
    agreement = compare(mine, found, ["class", "length", "next_hop"])
    together = f"{found['origin'].n_unique()} origins a run, garbage collector off"
    return [
        Timing(PEERS["bgpy"], "one origin a run", seconds["alone"]),
        Timing(PEERS["bgpy"], together, seconds["together"], agreement),
    ]


def matrix_timings(
    seconds: dict[str, float], mine: pl.DataFrame, found: pl.DataFrame
) -> list[Timing]:
    if "needs_bytes" in seconds:
        needs = f"not run: needs {seconds['needs_bytes'] / 2**30:.1f} GiB of memory"
        return [Timing(PEERS["matrix"], needs, float("nan"))]
    agreement = compare(mine, found, ["class", "length"])
    return [Timing(PEERS["matrix"], "one column, no next hops", seconds["alone"], agreement)]


def compare(mine: pl.DataFrame, found: pl.DataFrame, columns: list[str]) -> str:
    """Count the routes of a peer, and those that this engine does not have exactly so."""
    keys = ["origin", "asn", *columns]
    common = mine.filter(pl.col("origin").is_in(found["origin"].unique().implode()))
    here, there = (
        frame.select(pl.col(key).cast(pl.String if key == "class" else pl.Int64) for key in keys)
        for frame in (common, found)
    )
    missing = there.join(here, on=keys, how="anti", nulls_equal=True).height
    extra = here.join(there, on=keys, how="anti", nulls_equal=True).height
    named = ", ".join(columns[:-1]) + " and " + columns[-1].replace("_", " ")
    return f"{missing + extra} differences in {named}, of {there.height:,} routes"


def report(
    snapshot: str, world: World, origins: int, ours: list[Timing], theirs: list[Timing]
) -> str:
    """Write the comparison as Markdown."""
    networks, links = world.networks.height, world.links.height
    everything, few = ours
    lines = [
        f"Measured on {date.today()}: {machine()}; Python {platform.python_version()}, splinternet "
        f"{version('splinternet')}, numba {version('numba')}, {PEERS['bgpy']}, {PEERS['matrix']}.",
        f"Snapshot `{snapshot}`: {networks:,} networks, {links:,} links; {origins} origins, half "
        "of them drawn from all networks, half from those with customers.",
        "",
        "| engine | what | seconds an origin | times all pairs here "
        f"| times {origins} origins here | agreement with this engine |",
        "|---|---|--:|--:|--:|---|",
    ]
    for t in [*ours, *theirs]:
        ratios = [three_digits(t.seconds / own.seconds) for own in (everything, few)]
        cells = [t.name, t.what, three_digits(t.seconds), *ratios, t.agreement]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def three_digits(value: float) -> str:
    """Write a number with three digits that count, and no exponent where it is large."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 100 else f"{value:.3g}"


def machine() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else [])
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = models[0] if models else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def write_between(page: Path, text: str) -> None:
    """Replace what stands between the two markers of the page."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


if __name__ == "__main__":
    main()
