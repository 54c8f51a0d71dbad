"""What it costs to follow observed routes, on the Internet of May 2008: ``make bench``."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from snapshot import DATA
from splinternet.base.choices import OBSERVED
from splinternet.routing.routes import summary
from splinternet.routing.transit import transit
from splinternet.world.build import build_world
from splinternet.world.rib.adding import with_tables
from splinternet.world.world import World

RIB = DATA / "mrt" / "routeviews.route-views2.rib.20080501.0644.first-MB.bz2"


@pytest.fixture(scope="module")
def observed() -> World:
    if not RIB.is_file():
        pytest.skip(f"no real data at {RIB}")
    as_rel = DATA / "as-rel" / "20080401.as-rel.txt.bz2"
    return with_tables(build_world("2008-05-01", as_rel=[as_rel], repair=True)[0], [RIB])


@pytest.mark.parametrize("kind", reversed(OBSERVED))
@pytest.mark.benchmark(group="class and length, all pairs of 2008, by --observed")
def test_all_pairs(benchmark: BenchmarkFixture, observed: World, kind: str) -> None:
    options = {"prefer": "shortest", "observed": kind}
    found = benchmark.pedantic(summary, (observed,), options, rounds=3, warmup_rounds=1)
    assert found.networks > 28_000


@pytest.mark.parametrize("kind", reversed(OBSERVED))
@pytest.mark.benchmark(group="transit, all origins of 2008, split, by --observed")
def test_transit(benchmark: BenchmarkFixture, observed: World, kind: str) -> None:
    options = {"prefer": "shortest", "tie_break": "split", "observed": kind}
    found = benchmark.pedantic(transit, (observed,), options, rounds=3, warmup_rounds=1)
    assert 0 < found["share"].max() < 1
