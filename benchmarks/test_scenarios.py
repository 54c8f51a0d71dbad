"""How long scenarios take on the Internet of September 2025: part of ``make bench``.

Each group is named by its target, meant for 2 cores; nothing fails when one is missed. Beside the
time on the clock stands that of the processor, of all threads, which does not depend on what else
the machine does.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from splinternet.base.choices import Counting, Routing
from splinternet.measures.nation import ends
from splinternet.routing.changes import Change, transit_change
from splinternet.routing.transit import transit
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.comparison import Comparison
from splinternet.scenario.members import members_of
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove
from splinternet.scenario.sweeps import sweep
from splinternet.world.world import World

RUSSIA = Isolate(networks=Selection("country:RU"))
ROSTELECOM = Remove(networks=Selection("AS12389"))
#: A Russian network that few depend on.
SMALL = Remove(networks=Selection("AS44724"))


def scenario(*shocks: Shock) -> Scenario:
    return Scenario(name="bench", world="2025-09", shocks=shocks)


def compare(world: World, *shocks: Shock, **options: str) -> Comparison:
    return what_if(world, apply(world, scenario(*shocks)), **options)


def measure(
    benchmark: BenchmarkFixture, work: Callable[[], object], rounds: int = 3, warm: int = 1
) -> None:
    """Time some work, on the clock and by the processor."""
    spent: list[float] = []

    def timed() -> None:
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)

    benchmark.pedantic(timed, rounds=rounds, warmup_rounds=warm)
    benchmark.extra_info["processor_seconds"] = round(statistics.median(spent[warm:]), 3)
    print(f"\n{benchmark.name}: {benchmark.extra_info['processor_seconds']} s of the processor")


@pytest.mark.parametrize("shock", [ROSTELECOM, RUSSIA], ids=["a network", "a country"])
@pytest.mark.benchmark(group="what if, one country and one shock: at most 2 s")
def test_what_if(benchmark: BenchmarkFixture, world: World, shock: Shock) -> None:
    measure(benchmark, lambda: compare(world, shock, country="RU"))


@pytest.mark.benchmark(group="what if, by state")
def test_what_if_by_state(benchmark: BenchmarkFixture, world: World) -> None:
    measure(benchmark, lambda: compare(world, ROSTELECOM, country="RU", by="state"), rounds=1)


@pytest.mark.benchmark(group="isolating one country, all countries' losses: at most 10 s")
def test_all_losses(benchmark: BenchmarkFixture, world: World) -> None:
    measure(benchmark, lambda: compare(world, RUSSIA))


@pytest.mark.parametrize("shocks", [1, 4, 16, 64])
@pytest.mark.benchmark(group="what if, by the number of shocks")
def test_shocks(benchmark: BenchmarkFixture, world: World, shocks: int) -> None:
    members = members_of(world, "network", Selection("country:RU"), largest=shocks)
    lost = [Remove(networks=Selection(member.label)) for member in members]
    measure(benchmark, lambda: compare(world, *lost, country="RU"))


@pytest.mark.parametrize("shock", [SMALL, ROSTELECOM], ids=["small", "large"])
@pytest.mark.parametrize("way", ["only what changes", "all again"])
@pytest.mark.benchmark(group="carriers of Russia's traffic before and after one loss")
def test_gain(
    benchmark: BenchmarkFixture,
    world: World,
    way: str,
    shock: Shock,
) -> None:
    after = apply(world, scenario(shock))
    change, both = Change.between(world, after), ends(world, "RU", Counting())

    def only_what_changes() -> None:
        transit_change(change, *both, routing=Routing())

    def all_again() -> None:
        transit(world, *both)
        transit(after, *ends(after, "RU", Counting()))

    measure(benchmark, only_what_changes if way == "only what changes" else all_again)


@pytest.mark.benchmark(group="a sweep of 200 single-network losses for Russia: at most 120 s")
def test_sweep(benchmark: BenchmarkFixture, world: World, tmp_path: Path) -> None:
    members = members_of(world, "network", Selection("country:RU"), largest=200)
    measure(
        benchmark, lambda: sweep(world, members, tmp_path / "s", country="RU"), rounds=1, warm=0
    )
