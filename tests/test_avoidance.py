"""Avoidance: every path walked, the authors' definitions by hand, and nations known for exits."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow_avoidance as slow
import slow_measures
from briefs import digest
from budgets import few, fewest
from graphs import graphs, large_graphs, make_world, written_out
from nations import Nation, nations
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.crp import MEASURE, choke_points, crp
from splinternet.measures.grp import MEASURE as GRP
from splinternet.measures.grp import grp, past_a_state
from splinternet.measures.nation import in_country
from splinternet.routing.avoiding import networks_below
from splinternet.routing.sweep import precompute
from splinternet.world.world import World

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
both_rules = pytest.mark.parametrize("tie_break", TIE_BREAKS)
CENSORS = (1, 2, 4)
near = 2e-6  # parts of traffic are float32


def shares(frame: pl.DataFrame) -> dict:
    return dict(frame.select(frame.columns[0], "share").iter_rows())


def check_crp(nation: Nation, routing: Routing) -> None:
    """Compare with the twin, which takes for censors those that the engine took."""
    both = nation.ends("outbound")
    options = {"weights": nation.weights, "routing": routing}
    points = choke_points(nation.world, "CU", **options)
    found = crp(nation.world, "CU", censors=CENSORS, **options)
    if not sum(weight for _, weight in slow_measures.walks(nation.links, *both, routing)):
        assert points.is_empty()
        assert found.is_empty()
        return
    expected = slow.choke_points(nation.links, *both, routing)
    assert shares(points) == pytest.approx({k: float(v) for k, v in expected.items()}, abs=near)
    exact = [expected[asn] for asn in points["asn"]]
    assert all(after <= before + near for before, after in pairwise(exact))
    assert shares(found) == {
        many: pytest.approx(
            float(slow.crp(nation.links, *both, points["asn"][:many].to_list(), routing)), abs=near
        )
        for many in CENSORS
    }


@given(nations(), routings)
def test_crp_equals_the_slow_twin(nation, routing):
    check_crp(nation, routing)


@fewest
@given(large_graphs(), routings)
def test_over_several_blocks(graph, routing):
    country = {asn: "CU" if asn % 5 == 0 else "US" for asn in graph.asns}
    assume("CU" in country.values())
    nation = Nation(graph, country, {}, "networks")
    check_crp(nation, routing)
    found = grp(nation.world, ["CU"], routing=routing)
    expected = slow.grp(graph.links, nation.home, nation.abroad, routing)
    assert found == pytest.approx(float(expected), abs=near)
    ready = precompute(nation.world, routing)
    assert grp(ready, ["CU"], routing=routing) == pytest.approx(found, abs=near)


@given(nations(), routings, st.sampled_from([["CU"], ["US"], ["CU", "US"]]))
def test_grp_equals_the_slow_twin(nation, routing, states):
    assume(set(states) <= set(nation.country.values()))
    figure = dict.fromkeys(nation.graph.asns, 1)
    if nation.weights != "networks":
        figure = {asn: known or 0 for asn, known in nation.columns["users"].items()}
    outside = {asn: figure[asn] for asn in figure if nation.country[asn] not in states}
    theirs = figure.keys() - outside.keys()
    assume(sum(weight > 0 for weight in outside.values()) > 1)
    found = grp(nation.world, states, weights=nation.weights, routing=routing)
    expected = slow.grp(nation.links, theirs, outside, routing)
    assert found == (None if expected is None else pytest.approx(float(expected), abs=near))
    # The same from what is computed once for all nations.
    ready = precompute(nation.world, routing)
    again = grp(ready, states, weights=nation.weights, routing=routing)
    assert again == (None if found is None else pytest.approx(found, abs=near))


@few
@given(st.data(), graphs(), routings)
def test_a_group_counts_as_its_networks_written_out(data, graph, routing):
    columns = {
        "country": {asn: ["CU", "US", None][asn % 3] for asn in graph.asns},
        "ipv4_addresses": {asn: 1 + asn % 7 for asn in graph.asns},
    }
    assume({"CU", "US"} <= set(columns["country"].values()))
    weights = data.draw(st.sampled_from(["networks", "addresses"]))
    options = {"weights": weights, "routing": routing}
    grouped, written = data.draw(written_out(graph, **columns))
    assume(len(in_country(written, "CU")) + 1 < len(written.networks))
    assert grp(grouped, ["CU"], **options) == pytest.approx(
        grp(written, ["CU"], **options), abs=near
    )
    points, apart = (choke_points(world, "CU", **options) for world in (grouped, written))
    assert points["members"].sum() == apart.height
    assert points["share"].sum() == pytest.approx(apart["share"].sum(), abs=near)
    # Where two choke alike, either may be the censor; only clear cases can be compared.
    each = apart["share"].to_list()
    clear = [n for n in range(1, len(each)) if each[n - 1] > each[n] + near] + [len(each) + 1]
    found, expected = (crp(world, "CU", censors=clear, **options) for world in (grouped, written))
    assert shares(found) == pytest.approx(shares(expected), abs=near)


@given(st.data(), graphs())
def test_networks_below(data, graph):
    tops = data.draw(st.sets(st.sampled_from(graph.asns)))
    world = make_world(graph.links, graph.asns)
    expected = set()
    fresh = set(tops)
    while fresh:
        fresh = {b for a, b, kind in graph.links if kind == "p2c" and a in fresh} - expected
        expected |= fresh
    assert set(networks_below(world, tops)) == expected


# By hand, after the authors' program (github.com/IvanovicM/charting-censorship)

A, B, C, F1, F2 = 1, 2, 3, 11, 12
COUNTRY = {A: "CU", B: "CU", C: "CU", F1: "US", F2: "US"}


@pytest.fixture
def mainland() -> World:
    """C buys from A, A from F1 abroad, B from F2; A and B peer, and so do F1 and F2."""
    links = [(A, C, "p2c"), (A, B, "p2p"), (F1, A, "p2c"), (F2, B, "p2c"), (F1, F2, "p2p")]
    return make_world(links, country=COUNTRY)


@both_rules
def test_by_hand(mainland, tie_break):
    # A and C go over A to F1 and F2, B by itself: four of six pairs, and two.
    points = choke_points(mainland, "CU", tie_break=tie_break)
    assert points.columns == ["asn", "name", "members", "share"]
    assert shares(points) == pytest.approx({A: 4 / 6, B: 2 / 6})
    found = crp(mainland, "CU", censors=(2, 1), tie_break=tie_break)
    assert found.rows() == [(1, pytest.approx(2 / 6)), (2, 0.0)]
    assert grp(mainland, ["CU"], tie_break=tie_break) == 1.0
    table = crp(mainland, "Cuba", tie_break=tie_break)
    assert table.rows() == [(1, pytest.approx(2 / 6)), (5, 0.0), (10, 0.0)]
    expected = {"crp_1": pytest.approx(2 / 6), "crp_5": 0.0, "crp_10": 0.0}
    assert MEASURE.summary(table, "CU") == expected
    avoids = past_a_state(mainland, "Cuba", tie_break=tie_break)
    assert avoids.rows() == [("CU", 1.0)]
    assert GRP.summary(avoids, "CU") == {"grp": 1.0}


def test_no_route_outside_the_nation():
    links = [(A, C, "p2c"), (A, B, "p2p"), (F1, A, "p2c"), (F2, B, "p2c")]
    world = make_world(links, country=COUNTRY)
    assert grp(world, ["CU"]) is None  # F1 over A and B to F2 would be a valley
    assert past_a_state(world, "CU").is_empty()
    assert GRP.summary(past_a_state(world, "CU"), "CU") == {"grp": None}
    assert grp(world, ["CU", "US"]) is None
    assert grp(make_world([(A, C, "p2c"), (F1, A, "p2c")], country=COUNTRY), ["CU"]) is None


def test_a_nation_with_no_border_link(mainland):
    world = make_world([(A, C, "p2c"), (F1, F2, "p2p")], country=COUNTRY)
    assert choke_points(world, "CU").is_empty()
    assert crp(world, "CU").is_empty()
    assert crp(world, "CU").schema == crp(mainland, "CU").schema
    assert past_a_state(world, "CU").rows() == [("CU", 1.0)]
    assert MEASURE.summary(crp(world, "CU"), "CU")["crp_1"] is None


def test_a_nation_that_all_must_pass():
    world = make_world([(A, F1, "p2c"), (A, F2, "p2c")], country=COUNTRY)
    assert grp(world, ["CU"]) == 0.0
    assert shares(crp(world, "CU")) == {1: 0.0, 5: 0.0, 10: 0.0}


@both_rules
def test_a_path_that_leaves_twice_counts_at_both_exits(tie_break):
    """C has no link to A at home: what it sends to F2 goes over F1 and A."""
    chain = make_world(
        [(F1, C, "p2c"), (A, F1, "p2c"), (F2, A, "p2c")], country={**COUNTRY, F2: "DE"}
    )
    # C to F1 and F2, A to F1 and F2: four paths; A passes on two of its own and one of C's.
    points = choke_points(chain, "CU", tie_break=tie_break)
    assert shares(points) == pytest.approx({A: 3 / 4, C: 2 / 4})
    # Past A: what C sends to F1. Past both: nothing.
    assert shares(crp(chain, "CU", censors=[1, 2], tie_break=tie_break)) == pytest.approx(
        {1: 1 / 4, 2: 0}
    )


def test_ties_share_the_exits():
    """C sends over A and B alike to F1 above both."""
    world = make_world(
        [(A, C, "p2c"), (B, C, "p2c"), (F1, A, "p2c"), (F1, B, "p2c")], country=COUNTRY
    )
    assert shares(choke_points(world, "CU")) == pytest.approx({A: 1.5 / 3, B: 1.5 / 3})
    # A, the first by number, and half of what C sends.
    assert shares(crp(world, "CU", censors=[1])) == pytest.approx({1: 1.5 / 3})
    lowest = choke_points(world, "CU", tie_break="lowest-asn")
    assert shares(lowest) == pytest.approx({A: 2 / 3, B: 1 / 3})


def test_a_group_is_as_many_censors():
    world = make_world(
        [(A, C, "p2c"), (F1, A, "p2c"), (F1, B, "p2c")],
        country=COUNTRY,
        members={A: 1, B: 4, C: 1, F1: 1},
    )
    # A chokes 2 of 6, each of the group's four networks 1.
    points = choke_points(world, "CU")
    assert points.select("asn", "members").rows() == [(A, 1), (B, 4)]
    assert shares(points) == pytest.approx({A: 2 / 6, B: 4 / 6})
    found = crp(world, "CU", censors=[1, 2, 4, 5, 9])
    assert shares(found) == pytest.approx({1: 4 / 6, 2: 3 / 6, 4: 1 / 6, 5: 0, 9: 0})


def test_weights_by_addresses():
    columns = {"country": COUNTRY, "ipv4_addresses": {A: 10, B: 30, C: 60, F1: 7, F2: 1}}
    world = make_world([(A, C, "p2c"), (F1, A, "p2c"), (F1, B, "p2c"), (F1, F2, "p2c")], **columns)
    points = choke_points(world, "CU", weights="addresses")
    assert shares(points) == pytest.approx({A: 0.7, B: 0.3})
    assert grp(world, ["CU"], weights="addresses") == 1.0
    assert grp(world, ["US"], weights="addresses") == pytest.approx(600 / (100**2 - 4600) * 2)


def test_several_states():
    """Between the networks of Germany and France lies one of the United States, or Britain."""
    world = make_world(
        [(1, 3, "p2c"), (1, 4, "p2c"), (2, 4, "p2c"), (2, 5, "p2c")],
        country={1: "US", 2: "GB", 3: "DE", 4: "FR", 5: "DE"},
    )
    assert grp(world, ["US", "United Kingdom"]) == 0.0
    # Of 2, 3, 4 and 5: with a route 2-4, 2-5, 3-4 and 4-5 each way; 3-4 is over AS1.
    assert grp(world, ["US"]) == pytest.approx(3 / 4)
    assert grp(world, ["DE", "DE"]) == grp(world, ["Germany"]) == 1.0


def test_errors(mainland):
    with pytest.raises(MisuseError, match="there cannot be 0 censors; ask for one or more"):
        crp(mainland, "CU", censors=[3, 0])
    with pytest.raises(MisuseError, match="no state to avoid; name one or more"):
        grp(mainland, [])
    with pytest.raises(WorldError, match="does not know the addresses of these networks"):
        crp(mainland, "CU", weights="addresses")
    with pytest.raises(WorldError, match="no network outside Cuba"):
        crp(make_world([(A, C, "p2c")], country=COUNTRY), "CU")


def test_progress_is_told(mainland):
    told = []
    crp(mainland, "CU", progress=lambda *done: told.append(done))
    assert told == [(2, 2)] * 2


@pytest.fixture(params=["digest", pytest.param("full", marks=pytest.mark.nightly)])
def opened(request) -> World:
    """The world of 2019-12 as it is shipped, and the full one, which takes ten times as long."""
    return digest() if request.param == "digest" else request.getfixturevalue("december_2019")


@pytest.mark.slow
def test_states_with_few_exits(opened):
    """Iran's traffic leaves over its two state gateways."""
    points = choke_points(opened, "IR")
    assert set(points["asn"][:2]) == {49666, 6736}
    assert 1 <= points["share"].sum() < 1.1
    ranked = [crp(opened, c, censors=[1])["share"][0] for c in ("CU", "IR")]
    assert ranked == sorted(ranked)


@pytest.mark.nightly
def test_most_routes_of_the_world_avoid_iran(december_2019):
    """Which looks at every pair of networks."""
    assert grp(december_2019, ["IR"]) > 0.99


@pytest.mark.nightly
def test_a_nation_of_many_exits(december_2019):
    """Russia's traffic leaves over thousands of links, which takes a while to follow."""
    ranked = [crp(december_2019, c, censors=[1])["share"][0] for c in ("IR", "RU")]
    assert ranked == sorted(ranked)
