import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow
import slow_measures
from budgets import few
from commands import small_world
from graphs import written_out
from nations import nations
from splinternet.base.choices import PREFERENCES, TIE_BREAKS
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.concentration import (
    MEASURE,
    Concentration,
    concentration,
    foreign_providers,
)
from splinternet.measures.dependence import depend
from splinternet.world.world import World

WORLD = small_world()


def shares(**given: float) -> pl.DataFrame:
    asns = [int(name.removeprefix("as")) for name in given]
    schema = {"asn": pl.UInt32, "share": pl.Float64}
    return pl.DataFrame({"asn": asns, "share": list(given.values())}, schema=schema)


def test_by_hand():
    # 1 and 2 sell to Russia's networks; 10 is Russia's own, and 22 sells to nobody there.
    found = concentration(WORLD, "RU", shares(as1=0.6, as2=0.2, as10=0.9, as22=0.5))
    assert found == Concentration(hhi=pytest.approx(0.75**2 + 0.25**2), providers=2)
    assert found.effective == pytest.approx(1.6)
    assert found.level == "high"


def test_of_what_depend_finds():
    found = concentration(WORLD, "Russia", depend(WORLD, "RU", weights="networks"))
    table = depend(WORLD, "RU", weights="networks").filter(pl.col("asn").is_in([1, 2]))
    parts = table["share"] / table["share"].sum()
    assert found.providers == 2
    assert found.hhi == pytest.approx((parts**2).sum())


def test_one_has_all():
    assert concentration(WORLD, "RU", shares(as1=0.3)) == Concentration(hhi=1.0, providers=1)


@pytest.mark.parametrize("none", [shares(), shares(as10=1.0), shares(as1=0.0)])
def test_no_foreign_provider_carries(none):
    assert concentration(WORLD, "RU", none) is None


def test_a_group_counts_one():
    members = pl.when(pl.col("asn") == 1).then(20).otherwise(1).cast(pl.Int64)
    networks = WORLD.networks.with_columns(members=members)
    world = World(manifest=WORLD.manifest, networks=networks, links=WORLD.links)
    assert concentration(world, "RU", shares(as1=0.6, as2=0.2)).providers == 2


def test_peers_abroad_sell_nothing():
    assert concentration(WORLD, "US", shares(as2=0.5)) is None


@pytest.mark.parametrize(("hhi", "level"), [(0.1, "low"), (0.18, "moderate"), (0.1801, "high")])
def test_levels(hhi, level):
    assert Concentration(hhi=hhi, providers=20).level == level


@given(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_between_all_alike_and_one(one, two):
    found = concentration(WORLD, "RU", shares(as1=one, as2=two))
    assert 0.5 - 1e-9 <= found.hhi <= 1
    assert 1 <= found.effective <= 2 + 1e-9


def test_errors():
    with pytest.raises(MisuseError, match="unknown country 'Atlantis'"):
        concentration(WORLD, "Atlantis", shares())
    with pytest.raises(WorldError, match="no network in France"):
        concentration(WORLD, "FR", shares())


directions = st.sampled_from(["inbound", "outbound"])


@given(nations(), directions, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
def test_foreign_providers_equal_the_slow_twin(nation, direction, prefer, tie_break):
    found = foreign_providers(
        nation.world,
        "CU",
        direction=direction,
        weights=nation.weights,
        prefer=prefer,
        tie_break=tie_break,
    )
    through = slow.transit(nation.links, *nation.ends(direction), prefer, tie_break)
    parts = slow_measures.parts(nation.links, nation.home, through)
    assert dict(found.select("asn", "part").iter_rows()) == pytest.approx(
        {asn: float(part) for asn, part in parts.items()}, abs=1e-6
    )
    assert found["share"].is_sorted(descending=True)
    figures = MEASURE.summary(found, "CU")
    index = sum(part**2 for part in parts.values())
    assert figures["providers"] == len(parts)
    assert figures["hhi"] == (pytest.approx(float(index), abs=1e-6) if parts else None)
    assert (figures["effective_providers"] is None) == (not parts)


@few
@given(st.data(), nations(), directions)
def test_foreign_providers_of_groups_written_out(data, nation, direction):
    worlds = data.draw(written_out(nation.graph, **nation.columns))
    options = {"direction": direction, "weights": nation.weights}
    found, expected = (foreign_providers(world, "CU", **options) for world in worlds)
    assert_frame_equal(found, expected, abs_tol=1e-8)
