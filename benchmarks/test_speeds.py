"""The table of speeds to reach, on the Internet of September 2025: ``make bench``.

Each group is named by its target, meant for 2 cores; nothing fails when one is missed. Run as a
script, this does all of the work once and prints the peak memory.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from snapshot import import_files
from splinternet.base.choices import CONTENDING, Routing
from splinternet.measures.dependence import depend
from splinternet.routing.contests import Contests
from splinternet.routing.routes import summary
from splinternet.routing.transit import transit
from splinternet.routing.trials import Filters, Trial
from splinternet.world.world import World

#: The largest carrier of Russia; what is measured before and after is its loss.
ROSTELECOM = 12389
#: The command, as installed beside this Python.
SPLINTERNET = str(Path(sys.executable).with_name("splinternet"))


def without(world: World, asn: int) -> World:
    """Take a network's links away."""
    links = world.links.filter((pl.col("a") != asn) & (pl.col("b") != asn))
    return World(manifest=world.manifest, networks=world.networks, links=links)


def before_and_after(world: World) -> None:
    depend(world, "RU")
    depend(without(world, ROSTELECOM), "RU")


def command(*words: str, **variables: str) -> str:
    """Run a command and return what it prints."""
    environment = {**os.environ, **variables}
    run = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return run.stdout


@pytest.mark.benchmark(group="class and length, all pairs: at most 1.6 s")
def test_all_pairs(benchmark: BenchmarkFixture, world: World) -> None:
    found = benchmark.pedantic(summary, (world,), rounds=5, warmup_rounds=1)
    assert found.networks == world.networks.height


@pytest.mark.benchmark(group="transit, all origins, lowest-asn: at most 8 s")
def test_transit_lowest_asn(benchmark: BenchmarkFixture, world: World) -> None:
    options = {"tie_break": "lowest-asn"}
    found = benchmark.pedantic(transit, (world,), options, rounds=3, warmup_rounds=1)
    assert 0 < found["share"].max() < 1


@pytest.mark.benchmark(group="transit, all origins, split: at most 12 s")
def test_transit_split(benchmark: BenchmarkFixture, world: World) -> None:
    options = {"tie_break": "split"}
    found = benchmark.pedantic(transit, (world,), options, rounds=3, warmup_rounds=1)
    assert 0 < found["share"].max() < 1


@pytest.mark.benchmark(group="Russia's dependence before and after one shock: at most 1 s")
def test_dependence(benchmark: BenchmarkFixture, world: World) -> None:
    benchmark.pedantic(before_and_after, (world,), rounds=5, warmup_rounds=1)


def hijacks(world: World, kind: str, routing: Routing = CONTENDING, validate: float = 0) -> float:
    """Decide 128 trials of random networks, of which a part validates, and count the deceived."""
    contests = Contests(world, routing)
    random = np.random.default_rng(1)
    pairs = [random.choice(contests.graph.asn, 2, replace=False).tolist() for _ in range(128)]
    some = contests.graph.asn[random.random(len(contests.graph.asn)) < validate]
    filters = Filters(rov=some.tolist())
    trials = [Trial.of(kind, *pair, filters) for pair in pairs]
    every, once = np.zeros(len(contests.graph.asn), np.int32), contests.graph.members[:, None]
    (found,) = contests.run(trials, lambda outcomes, _: outcomes.tally(every, once, 1)[0].sum())
    return float(found)


@pytest.mark.benchmark(group="128 trials of a prefix hijack: at most 0.3 s")
def test_hijacks(benchmark: BenchmarkFixture, world: World) -> None:
    assert benchmark.pedantic(hijacks, (world, "prefix"), rounds=5, warmup_rounds=1) > 128


@pytest.mark.benchmark(group="128 trials of a subprefix hijack: at most 0.6 s")
def test_subprefix_hijacks(benchmark: BenchmarkFixture, world: World) -> None:
    assert benchmark.pedantic(hijacks, (world, "subprefix"), rounds=5, warmup_rounds=1) > 128


@pytest.mark.parametrize("kind", ["forged-origin", "leak"])
@pytest.mark.benchmark(group="128 trials of other kinds")
def test_other_hijacks(benchmark: BenchmarkFixture, world: World, kind: str) -> None:
    assert benchmark.pedantic(hijacks, (world, kind), rounds=5, warmup_rounds=1) > 128


@pytest.mark.parametrize("kind", ["prefix", "subprefix", "forged-origin", "leak"])
@pytest.mark.benchmark(group="128 trials where half of all networks validate origins")
def test_validated_hijacks(benchmark: BenchmarkFixture, world: World, kind: str) -> None:
    asked = (world, kind, CONTENDING, 0.5)
    assert benchmark.pedantic(hijacks, asked, rounds=5, warmup_rounds=1) > 128


@pytest.mark.parametrize("kind", ["prefix", "subprefix", "forged-origin", "leak"])
@pytest.mark.benchmark(group="128 trials with divided traffic")
def test_divided_hijacks(benchmark: BenchmarkFixture, world: World, kind: str) -> None:
    asked = (world, kind, Routing("gao-rexford", "split"))
    assert benchmark.pedantic(hijacks, asked, rounds=5, warmup_rounds=1) > 128


@pytest.mark.benchmark(group="opening a saved world: at most 0.3 s")
def test_open(benchmark: BenchmarkFixture, saved: Path) -> None:
    found = benchmark.pedantic(World.open, (saved,), rounds=5, warmup_rounds=1)
    assert found.links.height


@pytest.mark.benchmark(group="importing it from the published files: at most 3 s")
@pytest.mark.usefixtures("saved")
def test_import(benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(import_files, rounds=3)
    assert found.links.height


@pytest.mark.benchmark(group="peak memory of all of the above: at most 1.5 GiB")
def test_memory(
    benchmark: BenchmarkFixture, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peak = benchmark.pedantic(command, (sys.executable, __file__), rounds=1)
    benchmark.extra_info["peak"] = peak
    with capsys.disabled():
        print(f"\npeak memory: {peak}")


@pytest.mark.benchmark(group="splinternet --help: at most 0.3 s")
def test_help(benchmark: BenchmarkFixture) -> None:
    found = benchmark.pedantic(command, (SPLINTERNET, "--help"), rounds=5, warmup_rounds=1)
    assert "brief" in found


@pytest.mark.benchmark(group="a brief on the shipped digest, kernels cached: at most 5 s")
def test_brief(benchmark: BenchmarkFixture) -> None:
    words = (SPLINTERNET, "brief", "RU")
    found = benchmark.pedantic(command, words, rounds=3, warmup_rounds=1)
    assert "Russia" in found


@pytest.mark.benchmark(group="a brief on the shipped digest, the first time: at most 20 s")
def test_first_brief(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    words = (SPLINTERNET, "brief", "RU")
    found = benchmark.pedantic(command, words, {"NUMBA_CACHE_DIR": str(tmp_path)}, rounds=1)
    assert "Russia" in found


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        import_files().save(Path(scratch) / "world")
        world = World.open(Path(scratch) / "world")
    summary(world)
    transit(world, tie_break="lowest-asn")
    transit(world, tie_break="split")
    before_and_after(world)
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    print(f"{peak / 2**30:.2f} GiB")


if __name__ == "__main__":
    main()
