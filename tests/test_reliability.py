"""Reliability: each failure tried, by hand, and beside Qrator's figures."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import few, fewest
from graphs import graphs, make_world, written_out
from nations import Nation, large_nations, nations
from splinternet.base.errors import MisuseError, RoutingError, WorldError
from splinternet.measures.reliability import MEASURE, reliability
from splinternet.routing.clique import clique_of
from splinternet.world.world import World


def table(frame) -> dict:
    return {row[0]: row[1:] for row in frame.drop("name").iter_rows()}


def expect(nation: Nation, clique: set[int]) -> dict:
    addresses = {asn: nation.columns["ipv4_addresses"][asn] or 0 for asn in nation.home}
    every = len(nation.home)
    found = {}
    for fails in nation.home:
        lost = slow.loses_the_clique(nation.links, nation.home, clique, fails)
        others = len(lost - {fails}) / (every - 1) if every > 1 else None
        known = sum(addresses.values())
        share = sum(addresses[asn] for asn in lost) / known if known else None
        found[fails] = (others, len(lost) / every, share)
    return found


def sellers(nation: Nation) -> list[int]:
    return sorted({a for a, _, kind in nation.links if kind == "p2c"})


@given(st.data(), nations(graphs(10, 10)))
def test_equals_the_slow_twin(data, nation):
    """By default, and with any networks that have customers at the top."""
    assume(sellers(nation))
    some = st.sets(st.sampled_from(sellers(nation)), min_size=1)
    clique = data.draw(st.none() | some)
    found = reliability(nation.world, "CU", clique=clique)
    expected = expect(nation, set(clique_of(nation.world) if clique is None else clique))
    assert table(found) == {asn: pytest.approx(row) for asn, row in expected.items()}


@pytest.mark.slow
@fewest
@given(large_nations())
def test_of_many_networks(nation):
    found = reliability(nation.world, "CU")
    expected = expect(nation, set(clique_of(nation.world)))
    assert table(found) == {asn: pytest.approx(row) for asn, row in expected.items()}


@few
@given(st.data(), nations(graphs(10, 10)))
def test_a_group_counts_as_its_networks_written_out(data, nation):
    """Of its networks one fails, not all at once."""
    assume(sellers(nation))
    grouped, written = data.draw(written_out(nation.graph, **nation.columns))
    found, every = (table(reliability(world, "CU")) for world in (grouped, written))
    assert found == {asn: pytest.approx(every[asn]) for asn in found}


#: 1 and 2 are the clique. The nation's 10 buys from 1 and sells to 11, 12 and 13; of these 12 buys
#: from 2 too, and 13 peers with 2. 14 buys from 12, and 15 is linked to nobody. The foreign 3 buys
#: from 2 and sells to the nation's 16.
LINKS = [
    (1, 2, "p2p"),
    (1, 9, "p2c"),
    (2, 9, "p2c"),
    (1, 10, "p2c"),
    (10, 11, "p2c"),
    (10, 12, "p2c"),
    (10, 13, "p2c"),
    (2, 12, "p2c"),
    (2, 13, "p2p"),
    (12, 14, "p2c"),
    (2, 3, "p2c"),
    (3, 16, "p2c"),
]
HOME = (10, 11, 12, 13, 14, 15, 16)


@pytest.fixture
def world() -> World:
    return make_world(
        LINKS,
        [15],
        country=dict.fromkeys(HOME, "RU"),
        name={10: "Main"},
        ipv4_addresses={10: 100, 11: 200, 12: 300, 14: 400},
    )


def test_by_hand(world):
    found = reliability(world, "Russia")
    assert found.columns == ["asn", "name", "others", "networks", "addresses"]
    assert found.rows() == [
        (10, "Main", *map(pytest.approx, (1 / 6, 2 / 7, 300 / 1000))),  # 11 has no other way
        (12, None, *map(pytest.approx, (1 / 6, 2 / 7, 700 / 1000))),  # nor has 14
        (11, None, 0, pytest.approx(1 / 7), pytest.approx(200 / 1000)),
        (13, None, 0, pytest.approx(1 / 7), 0),
        (14, None, 0, pytest.approx(1 / 7), pytest.approx(400 / 1000)),
        (16, None, 0, pytest.approx(1 / 7), 0),  # that 3 can fail is not the nation's doing
        (15, None, 0, 0, 0),  # it never had a way
    ]
    assert MEASURE.summary(found, "RU") == {
        "reliability": pytest.approx(1 / 6),
        "reliability_of": 10,
        "reliability_addresses": pytest.approx(0.7),
    }


def test_a_peering_that_is_not_the_last_link_is_no_way(world):
    """11 peers with 12, which has its own way: no help when 10 fails."""
    more = pl.DataFrame([{"a": 11, "b": 12, "kind": "p2p"}], schema=world.links.schema)
    peered = replace(world, links=pl.concat([world.links, more]))
    assert reliability(peered, "RU").equals(reliability(world, "RU"))


def test_another_clique(world):
    """With 2 alone at the top, 10 and 11 have a way no longer: 1 only peers with it."""
    found = table(reliability(world, "RU", clique=[2]))
    assert {asn: networks for asn, (_, networks, _) in found.items()} == pytest.approx(
        {10: 1 / 7 + 1 / 7, 11: 1 / 7, 12: 2 / 7, 13: 1 / 7, 14: 1 / 7, 15: 0, 16: 1 / 7}
    )


def test_a_network_of_the_clique_has_the_world_in_itself():
    """When it fails, so does what hangs on it alone."""
    world = make_world([(1, 2, "p2p"), (1, 10, "p2c"), (2, 11, "p2c")], country={1: "US", 10: "US"})
    assert table(reliability(world, "US")) == {1: (1, 1, None), 10: (0, 0.5, None)}


def test_one_network_has_no_others():
    found = reliability(make_world([(1, 10, "p2c")], country={10: "CU"}), "CU")
    assert found.rows() == [(10, None, None, 1.0, None)]
    assert MEASURE.summary(found, "CU")["reliability"] is None


def test_stubs_of_one_provider_fail_by_themselves():
    """They share a row of the graph, and nothing else."""
    links = [(1, stub, "p2c") for stub in range(10, 20)]
    found = reliability(make_world(links, country=dict.fromkeys(range(10, 20), "CU")), "CU")
    assert found["others"].to_list() == [0] * 10
    assert found["networks"].to_list() == pytest.approx([0.1] * 10)


def test_what_can_go_wrong(world):
    with pytest.raises(MisuseError, match="unknown country 'Atlantis'"):
        reliability(world, "Atlantis")
    with pytest.raises(WorldError, match="no network in Iran"):
        reliability(world, "IR")
    with pytest.raises(MisuseError, match="AS99 is not in this world"):
        reliability(world, "RU", clique=[1, 99])
    with pytest.raises(MisuseError, match="the clique has no network"):
        reliability(world, "RU", clique=[])
    with pytest.raises(MisuseError, match="AS9 has no customers; leave it out of the clique"):
        reliability(world, "RU", clique=[1, 9])
    nobody_sells = make_world([(1, 2, "p2p")], country={1: "RU"})
    with pytest.raises(WorldError, match="has no clique: no network in it has customers"):
        reliability(nobody_sells, "RU")
    cycle = make_world([(1, 2, "p2c"), (2, 3, "p2c"), (3, 1, "p2c")], country={1: "RU"})
    with pytest.raises(RoutingError, match="form a cycle"):
        reliability(cycle, "RU")


def test_russia_in_2019(december_2019):
    """4.74 % with Rostelecom (AS12389), 11th of 224 countries: Qrator 2019, after Kommersant."""
    worst = reliability(december_2019, "RU").row(0, named=True)
    assert worst["asn"] == 12389
    assert worst["others"] == pytest.approx(0.0474, abs=0.005)


@pytest.mark.parametrize("country", ["DE", "BR", "GB", "UA", "CH"])
def test_the_most_reliable_of_2019(december_2019, country):
    """Qrator's first five of 2019, from 2.19 to 3.35 %; the order of magnitude only."""
    assert reliability(december_2019, country)["others"].max() < 0.06
