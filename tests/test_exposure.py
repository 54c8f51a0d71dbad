"""Exposure: every pair's paths walked, and by hand; and traffic that passes any of a set."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow_measures as slow
from budgets import few, fewest
from graphs import make_world, written_out
from nations import Nation, large_nations, nations
from splinternet.base.choices import DIRECTIONS, PREFERENCES, TIE_BREAKS, Counting, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.dependence import depend
from splinternet.measures.exposure import MEASURE, exposure
from splinternet.measures.nation import ends
from splinternet.routing.transit import passing

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))


def expect(nation: Nation, observers: set[int], routing: Routing) -> dict:
    found = {}
    for direction in DIRECTIONS:
        if direction == "domestic" and sum(map(bool, nation.counts.values())) < 2:
            continue
        parts = slow.exposure(nation.links, observers, *nation.ends(direction), routing)
        passing, ending = parts
        third = passing / (1 - ending) if ending < 1 else None
        found[direction] = tuple(
            each if each is None else pytest.approx(float(each), abs=1e-9)
            for each in (third, passing, ending, passing + ending)
        )
    return found


def table(frame) -> dict:
    return {row[0]: row[1:] for row in frame.drop("observer").iter_rows()}


@given(st.data(), nations(), routings)
def test_equals_the_slow_twin(data, nation, routing):
    """Observers are networks, states and both, the nation's own among them."""
    present = sorted({country for country in nation.country.values() if country})
    some = st.sets(st.sampled_from(nation.graph.asns) | st.sampled_from(present), min_size=1)
    observers = data.draw(some)
    found = exposure(
        nation.world, "CU", observers=observers, weights=nation.weights, routing=routing
    )
    watching = {
        asn for asn in nation.graph.asns if asn in observers or nation.country[asn] in observers
    }
    assert table(found) == expect(nation, watching, routing)
    third, _, ending, _ = table(found)["inbound"]
    asked = depend(nation.world, "CU", observers=observers, weights=nation.weights, routing=routing)
    assert asked.row(0)[1:] == pytest.approx((third or 0, 1 - ending))


@pytest.mark.nightly
@fewest
@given(large_nations(), routings)
def test_over_several_blocks(nation, routing):
    found = exposure(nation.world, "CU", observers=["US"], weights="networks", routing=routing)
    observers = {asn for asn, country in nation.country.items() if country == "US"}
    assert table(found) == expect(nation, observers, routing)


@few
@given(st.data(), nations(), routings)
def test_a_group_counts_as_its_networks_written_out(data, nation, routing):
    assume("US" in nation.country.values())
    worlds = data.draw(written_out(nation.graph, **nation.columns))
    found, expected = (
        table(exposure(world, "CU", observers=["US"], weights=nation.weights, routing=routing))
        for world in worlds
    )
    assert found.keys() == expected.keys()
    for direction, shares in expected.items():
        assert found[direction] == pytest.approx(shares, abs=1e-8)


@given(st.data(), st.sampled_from(DIRECTIONS), routings)
def test_passing_any_of_a_set_equals_the_slow_twin(data, direction, routing):
    nation = data.draw(nations(domestic=direction == "domestic"))
    networks = data.draw(st.sets(st.sampled_from(nation.graph.asns)))
    both = ends(nation.world, "CU", Counting(direction=direction, weights=nation.weights))
    found = passing(nation.world, networks, *both, routing=routing)
    expected = slow.share(nation.links, *nation.ends(direction), routing, slow.passes(networks))
    assert found == pytest.approx(float(expected), abs=1e-9)


@few
@given(nations(), routings)
def test_by_default_the_state_that_most_inbound_traffic_passes(nation, routing):
    options = {"weights": nation.weights} | {"routing": routing}
    states = depend(nation.world, "CU", by="state", **options)
    foreign = [state for state in states["country"] if state not in ("CU", None)]
    assume(foreign)
    found = exposure(nation.world, "CU", **options)
    assert found["observer"].unique().to_list() == foreign[:1]
    one_by_one = exposure(nation.world, "CU", observers=foreign[:1], **options)
    assert_frame_equal(found, one_by_one, rel_tol=1e-6)


LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 10, "p2c"), (10, 11, "p2c"), (10, 12, "p2c")]
COUNTRIES = {1: "US", 2: "DE", 3: "FR", 10: "CU", 11: "CU", 12: "CU"}


def test_by_hand():
    """Inbound, 1 and 2 observe all that they send, and all that 3 sends; 11 sees its own only."""
    world = make_world(LINKS, country=COUNTRIES)
    found = exposure(world, "Cuba", observers=[2, "US", "as11"], weights="networks")
    assert found.columns == ["direction", "observer", "third", "passing", "ending", "exposed"]
    assert found["observer"].unique().to_list() == ["AS2 and US and AS11"]
    assert table(found) == {
        # From 3 to 10 and 12; all from 1 and 2, and what 3 sends to 11.
        "inbound": tuple(map(pytest.approx, (1, 2 / 9, 7 / 9, 1))),
        "outbound": tuple(map(pytest.approx, (1, 2 / 9, 7 / 9, 1))),
        # 10 and 12 speak unobserved.
        "domestic": tuple(map(pytest.approx, (0, 0, 4 / 6, 4 / 6))),
    }
    asked = depend(world, "CU", observers=[2, "US", "as11"], weights="networks")
    assert asked.rows() == [("AS2 and US and AS11", pytest.approx(1), pytest.approx(2 / 9))]
    with pytest.raises(MisuseError, match="observers are one carrier, so leave 'by state' out"):
        depend(world, "CU", observers=[2], by="state", weights="networks")
    assert MEASURE.summary(found, "CU") == {
        "exposed_to": "AS2 and US and AS11",
        "exposed_inbound": pytest.approx(1),
        "exposed_outbound": pytest.approx(1),
        "exposed_domestic": pytest.approx(0),
    }


@pytest.mark.parametrize("observers", [["CU"], ["US", "DE", "FR"], [10, 11, 12]])
def test_who_holds_all_ends_observes_all(observers):
    world = make_world(LINKS, country=COUNTRIES)
    found = exposure(world, "CU", observers=observers, weights="networks")
    assert found["exposed"][:2].to_list() == [1, 1]


def test_a_nation_in_which_one_network_counts_has_no_domestic_traffic():
    """Whether it has others, without addresses, or not."""
    for country in ({2: "CU"}, {2: "CU", 3: "CU"}):
        world = make_world([(1, 2, "p2c"), (1, 3, "p2c")], country=country, ipv4_addresses={2: 5})
        found = exposure(world, "CU", observers=[1])
        assert found["direction"].to_list() == ["inbound", "outbound"]
        assert MEASURE.summary(found, "CU")["exposed_domestic"] is None


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"country": "Atlantis"}, MisuseError, "unknown country 'Atlantis'"),
        ({"country": "RU"}, WorldError, "no network in Russia"),
        ({"weights": "addresses"}, WorldError, "does not know the addresses of these networks"),
        ({"observers": [99]}, MisuseError, "observer AS99 has no network in world made-up"),
        ({"observers": ["AS99"]}, MisuseError, "observer AS99 has no network in world made-up"),
        ({"observers": [1 << 40]}, MisuseError, "1099511627776 is no AS number"),
        ({"observers": ["JP"]}, MisuseError, "observer JP has no network in world made-up"),
        ({"observers": ["Atlantis"]}, MisuseError, "unknown country 'Atlantis'"),
        ({"observers": []}, MisuseError, "nobody observes; name networks or states"),
        ({"tie_break": "slit"}, MisuseError, "unknown tie-break 'slit'"),
    ],
)
def test_what_can_go_wrong(words, error, message):
    world = make_world(LINKS, country={1: "US", 10: "CU", 11: "CU", 12: "CU"})
    with pytest.raises(error, match=message):
        exposure(world, **{"country": "CU", "weights": "networks"} | words)


def test_no_state_is_on_the_way():
    world = make_world([(1, 2, "p2c"), (2, 3, "p2c")], country={2: "CU", 3: "CU"})
    with pytest.raises(MisuseError, match="no foreign state is on the way to Cuba; name observers"):
        exposure(world, "CU", weights="networks")


def test_a_world_of_one_country():
    world = make_world([(1, 2, "p2c")], country={1: "CU", 2: "CU"})
    with pytest.raises(WorldError, match="no network outside Cuba: there is no traffic abroad"):
        exposure(world, "CU", observers=[1], weights="networks")


def test_etecsa_observes_cuba(december_2019):
    found = exposure(december_2019, "CU", observers=[11960])
    assert (found["exposed"][:2] > 0.9).all()
    assert found["exposed"].is_between(0, 1).all()


@pytest.mark.parametrize("observer", ["US", "AS1", "1", 1])
def test_one_observer_may_stand_where_several_may(observer):
    world = make_world(LINKS, country={1: "US", 10: "CU", 11: "CU", 12: "CU"})
    alone = exposure(world, "CU", observers=observer, weights="networks")
    assert alone.equals(exposure(world, "CU", observers=[observer], weights="networks"))
