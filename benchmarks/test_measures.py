"""The measures of one nation, and what is gained by not computing everything again: ``make bench``.

Russia on the Internet of September 2025. Each group is named by its target, meant for 2 cores;
nothing fails when one is missed.
"""

import polars as pl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from splinternet.base.choices import Counting, Routing
from splinternet.measures.bootstrap import bootstrap
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.measures.nation import ends, in_country
from splinternet.routing import losses
from splinternet.routing.clique import clique_of
from splinternet.routing.dominators import lost_with
from splinternet.routing.graph import graph_of
from splinternet.routing.reach import Reach
from splinternet.world.world import World

SLOW = {"reliability": 20, "states": 20}
NAMES = sorted(list_measures())


@pytest.mark.parametrize("name", NAMES)
def test_measure(benchmark: BenchmarkFixture, world: World, name: str) -> None:
    benchmark.group = f"a measure of Russia: at most {SLOW.get(name, 3)} s: {name}"
    table = benchmark.pedantic(
        find_measure(name).table,
        (world, "RU"),
        setup=lambda *_: world.forget(),
        rounds=3,
        warmup_rounds=1,
    )
    assert table.height


@pytest.mark.benchmark(group="dependence on states, outbound: at most 20 s")
def test_states_outbound(benchmark: BenchmarkFixture, world: World) -> None:
    states = find_measure("states").table
    table = benchmark.pedantic(states, (world, "RU"), {"direction": "outbound"}, rounds=1)
    assert table.height


@pytest.mark.benchmark(group="dependence with intervals of 100 replicates: at most 60 s")
def test_bootstrap(benchmark: BenchmarkFixture, world: World) -> None:
    table = benchmark.pedantic(
        bootstrap, (world, find_measure("dependence"), "RU", 100), rounds=1, warmup_rounds=0
    )
    assert "share_low" in table.columns


@pytest.mark.parametrize("anew", [False, True], ids=["of those below it", "of everybody anew"])
@pytest.mark.benchmark(group="what could not avoid each state")
def test_unavoidable(
    benchmark: BenchmarkFixture, world: World, monkeypatch: pytest.MonkeyPatch, anew: bool
) -> None:
    """The same answer, asked of the sources that can lose a route, or of all."""
    from splinternet.routing.transit import crossing_by_destination

    both = ends(world, "RU", Counting())
    groups = world.networks.select("asn", group="country")
    crossing = crossing_by_destination(world, groups, *both, routing=Routing())
    reach = Reach.of(graph_of(world), crossing.demand)
    asked = crossing.amounts > 0
    monkeypatch.setattr(losses, "_MANY", asked.size + 1 if anew else 0)
    found = benchmark.pedantic(
        lambda: losses.lost_without(reach, crossing.group_of, asked), rounds=3, warmup_rounds=1
    )
    assert found.any()


@pytest.mark.parametrize("together", [True, False], ids=["all at once", "one, by failing it"])
@pytest.mark.benchmark(group="failures of Russia's networks")
def test_failures(benchmark: BenchmarkFixture, world: World, together: bool) -> None:
    """All failures from one tree; or one of them, by taking the network out of the world."""
    home = in_country(world, "RU")
    core = clique_of(world)

    def weights(of: World) -> pl.DataFrame:
        here = of.networks.sort("asn")["asn"].is_in(home.implode())
        return here.cast(pl.Float64).to_frame()

    def fail_one() -> float:
        kept = world.links.filter((pl.col("a") != 12389) & (pl.col("b") != 12389))
        other = World(manifest=world.manifest, networks=world.networks, links=kept)
        return float(lost_with(other, core, weights(other).to_numpy())[1].sum())

    def fail_all() -> float:
        return float(lost_with(world, core, weights(world).to_numpy())[0].sum())

    assert benchmark.pedantic(fail_all if together else fail_one, rounds=3, warmup_rounds=1) > 0
