"""Dependence on states: what crosses them, what could not avoid them; and whether routes exist."""

from fractions import Fraction
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import fewest
from graphs import make_world, random_graph, written_out
from nations import Nation, large_nations, nations
from splinternet.base.choices import DIRECTIONS, PREFERENCES, TIE_BREAKS, Counting, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.nation import ends
from splinternet.measures.states import MEASURE, state_dependence
from splinternet.routing import losses, reach
from splinternet.routing.graph import graph_of
from splinternet.routing.losses import lost_without
from splinternet.routing.passing import mask_of
from splinternet.routing.reach import Reach
from splinternet.routing.traffic import Demand
from splinternet.routing.transit import crossing_by_destination

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
directions = st.sampled_from(DIRECTIONS)

BLOCS = {"Yalta": ["US", "Russia"], "the rest": ["DE", "FR"]}
BLOC_OF = {"US": "Yalta", "RU": "Yalta", "DE": "the rest", "FR": "the rest"}


def table(frame) -> dict:
    """Crossed and unavoidable shares by state or bloc."""
    return {who: (share, unavoidable) for who, share, unavoidable in frame.iter_rows()}


def expect(nation: Nation, group_of: dict, direction: str, routing: Routing) -> dict:
    both = nation.ends(direction)
    shares = slow.groups(nation.links, group_of, *both, routing)
    unavoidable = {}
    for group in shares:
        silent = {asn for asn in nation.graph.asns if group_of[asn] == group}
        unavoidable[group] = slow.unavoidable(nation.links, silent, *both, routing.prefer)
    return near(shares, unavoidable)


def near(shares: dict, unavoidable: dict) -> dict:
    return {
        group: (
            pytest.approx(float(share), abs=1e-6, rel=0),  # parts of traffic are float32
            pytest.approx(float(unavoidable[group]), abs=1e-9, rel=0),
        )
        for group, share in shares.items()
    }


@given(st.data(), directions, routings)
def test_states_equal_the_slow_twin(data, direction, routing):
    nation = data.draw(nations(domestic=direction == "domestic"))
    found = state_dependence(
        nation.world, "CU", direction=direction, weights=nation.weights, routing=routing
    )
    assert table(found) == expect(nation, nation.country, direction, routing)
    assert found["share"].is_sorted(descending=True)


@given(st.data(), directions, routings)
def test_blocs_equal_the_slow_twin(data, direction, routing):
    nation = data.draw(nations(domestic=direction == "domestic"))
    found = state_dependence(
        nation.world, "CU", direction=direction, blocs=BLOCS, weights=nation.weights,
        routing=routing,
    )  # fmt: skip
    bloc_of = {asn: BLOC_OF.get(country) for asn, country in nation.country.items()}
    expected = expect(nation, bloc_of, direction, routing)
    expected.pop(None, None)  # what is in no bloc is not listed
    expected = dict.fromkeys(BLOCS, (0, 0)) | expected
    assert table(found) == expected
    assert found.columns == ["bloc", "share", "unavoidable"]


@fewest
@given(large_nations(), routings)
def test_over_several_blocks(nation, routing):
    """What cannot be avoided by a search for any path, which is quicker than routes again."""
    found = state_dependence(nation.world, "CU", weights="networks", routing=routing)
    both = nation.ends("inbound")
    shares = slow.groups(nation.links, nation.country, *both, routing)
    unavoidable = {}
    for state in shares:
        silent = {asn for asn, country in nation.country.items() if country == state}
        lost = sum(
            len(
                nation.abroad.keys()
                & slow.reachable(nation.links, to) - slow.reachable(nation.links, to, silent)
            )
            for to in nation.home
        )
        unavoidable[state] = Fraction(lost, len(nation.abroad) * len(nation.home))
    assert table(found) == near(shares, unavoidable)


@given(st.data(), directions, routings)
def test_a_group_counts_as_its_networks_written_out(data, direction, routing):
    nation = data.draw(nations(domestic=direction == "domestic"))
    grouped, written = data.draw(written_out(nation.graph, **nation.columns))
    found, expected = (
        table(
            state_dependence(
                world, "CU", direction=direction, weights=nation.weights, routing=routing
            )
        )
        for world in (grouped, written)
    )
    assert found.keys() == expected.keys()
    for who, shares in expected.items():
        assert found[who] == pytest.approx(shares, abs=1e-6)


# Only destinations whose routes can change are looked at again: that changes nothing.


def states_and_destinations(nation: Nation, direction: str, routing: Routing):
    """Carriers by state, and which destinations' chosen paths cross each state."""
    both = ends(nation.world, "CU", Counting(direction=direction, weights=nation.weights))
    graph = graph_of(nation.world)
    groups = nation.world.networks.select("asn", group="country")
    found = crossing_by_destination(nation.world, groups, *both, routing=routing)
    return Reach.of(graph, found.demand), found.group_of, found.amounts > 0


@given(st.data(), directions, routings)
def test_only_what_is_concerned_is_as_good_as_all(data, direction, routing):
    nation = data.draw(nations(domestic=direction == "domestic"))
    question, group_of, crossed = states_and_destinations(nation, direction, routing)
    fully = lost_without(question, group_of, np.ones_like(crossed))
    assert lost_without(question, group_of, crossed).tolist() == fully.tolist()
    # The same where only sources below a state are asked, for destinations that are not below it.
    with patch.object(losses, "_MANY", 0):
        assert lost_without(question, group_of, crossed).tolist() == fully.tolist()
        assert lost_without(question, group_of, np.ones_like(crossed)).tolist() == fully.tolist()


def test_only_what_is_concerned_is_as_good_as_all_over_several_blocks():
    """More than 512 destinations, of which each state concerns some."""
    random = Random(7)
    graph = random_graph(random, core=250, stubs=1000)
    country = {asn: random.choice(["CU"] * 4 + ["US", "DE"]) for asn in graph.asns}
    nation = Nation(graph, country, {}, "networks")
    question, group_of, crossed = states_and_destinations(
        nation, "inbound", Routing("customer-first", "split")
    )
    concerned = crossed.sum(axis=0)
    assert len(question.demand.targets) > 512
    assert (concerned < len(crossed)).all()
    fully = lost_without(question, group_of, np.ones_like(crossed))
    assert lost_without(question, group_of, crossed).tolist() == fully.tolist()
    # The same where only sources below a state are asked, for destinations that are not below it.
    with patch.object(losses, "_MANY", 0):
        assert lost_without(question, group_of, crossed).tolist() == fully.tolist()
        assert lost_without(question, group_of, np.ones_like(crossed)).tolist() == fully.tolist()
    assert fully.any()


# Whether there is a route


@given(st.data(), nations())
def test_whether_there_is_a_route_equals_the_slow_twin(data, nation):
    silent = data.draw(st.sets(st.sampled_from(nation.graph.asns)))
    graph = graph_of(nation.world)
    question = Reach.of(graph, Demand.of(nation.world, graph, None, None))
    every = np.arange(len(question.demand.targets), dtype=np.int32)
    # A question for each destination, with the same networks silent in all, or in none.
    group_of = mask_of(graph, silent).astype(np.int32) - 1
    missing = question.missing(every, group_of, np.zeros_like(every))
    twice, asked = np.concatenate([every, every]), np.repeat([0, 1], len(every))
    assert question.missing(twice, group_of, asked).tolist() == (
        missing.tolist() + question.missing(every).tolist()
    )
    unit = question.demand.sources.sum() // len(nation.graph.asns)
    pairs = {
        (a, b): unit
        for a in nation.graph.asns
        for b in set(nation.graph.asns) - slow.reachable(nation.links, a, silent)
    }
    # Each pair counts from the destination's side; a row's networks are as many destinations.
    of_row = dict.fromkeys(question.demand.targets.tolist(), 0)
    for (to, _), weight in pairs.items():
        of_row[int(graph.row[graph.networks([to])][0])] += weight
    members = dict(enumerate(graph.members.tolist()))
    assert [found * members[row] for found, row in zip(missing.tolist(), of_row, strict=True)] == (
        list(of_row.values())
    )


def test_many_destinations_are_taken_in_parts(monkeypatch):
    graph = random_graph(Random(3), core=60, stubs=200)
    world = make_world(graph.links, graph.asns)
    made = graph_of(world)
    question = Reach.of(made, Demand.of(world, made, None, None))
    every = np.arange(len(question.demand.targets), dtype=np.int32)
    whole = question.missing(every)
    monkeypatch.setattr(reach, "TARGETS", 7)
    assert question.missing(every).tolist() == whole.tolist()
    assert len(set(whole.tolist())) > 1
    assert question.missing(every[:0]).tolist() == []


# By hand

#: 1 (Britain) sells to 2 (Germany) and 4 (France), 3 (of unknown country) to 4; 2 sells to the
#: nation's 10, with which 3 peers, and 10 to its 11.
LINKS = [
    (1, 2, "p2c"),
    (1, 4, "p2c"),
    (2, 10, "p2c"),
    (10, 11, "p2c"),
    (3, 10, "p2p"),
    (3, 4, "p2c"),
]
COUNTRIES = {1: "GB", 2: "DE", 4: "FR", 10: "CU", 11: "CU"}


def test_by_hand():
    """Four abroad, two at home, eight pairs."""
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "Cuba", weights="networks")
    assert table(found) == {
        # From everywhere to 11 over 10, which is the only way.
        "CU": (pytest.approx(4 / 8), pytest.approx(4 / 8)),
        # From 4 over 3; without it the way is over 1 and 2.
        None: (pytest.approx(2 / 8), 0),
        # From 1 over 2, which is the only way.
        "DE": (pytest.approx(2 / 8), pytest.approx(2 / 8)),
    }
    assert found["country"].to_list() == ["CU", None, "DE"]


def test_what_a_bloc_blocks_is_more_than_what_its_states_do():
    world = make_world(LINKS, country=COUNTRIES | {3: "US"})
    alone = table(state_dependence(world, "CU", weights="networks"))
    bloc = {"bloc": ["US", "DE"]}
    together = state_dependence(world, "CU", weights="networks", blocs=bloc)
    assert alone["DE"] == (pytest.approx(2 / 8), pytest.approx(2 / 8))
    assert alone["US"] == (pytest.approx(2 / 8), 0)
    assert table(together) == {"bloc": (pytest.approx(4 / 8), pytest.approx(4 / 8))}


def test_the_figures_of_a_nation():
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "CU", weights="networks")
    assert MEASURE.summary(found, "CU") == {
        "state": "DE",
        "state_share": pytest.approx(2 / 8),
        "state_unavoidable": pytest.approx(2 / 8),
    }


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"country": "Atlantis"}, MisuseError, "unknown country 'Atlantis'"),
        ({"country": "IR"}, WorldError, "no network in Iran"),
        ({"weights": "addresses"}, WorldError, "does not know the addresses of these networks"),
        ({"direction": "inbond"}, MisuseError, "unknown direction 'inbond'; did you mean inbound"),
        ({"blocs": {"a": ["US"], "b": ["DE", "US"]}}, MisuseError, "US is in two blocs, a and b"),
        ({"blocs": {"a": ["Atlantis"]}}, MisuseError, "unknown country 'Atlantis'"),
        ({"blocs": {"a": []}}, MisuseError, "bloc a has no state; name one at least"),
        ({"tie_break": "slit"}, MisuseError, "unknown tie-break 'slit'"),
        ({"country": "DE", "direction": "domestic"}, WorldError, "no traffic within it"),
    ],
)
def test_what_can_go_wrong(words, error, message):
    world = make_world(LINKS, country=COUNTRIES)
    with pytest.raises(error, match=message):
        state_dependence(world, **{"country": "CU", "weights": "networks"} | words)


def test_a_state_may_be_named_twice_in_its_bloc():
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "CU", weights="networks", blocs={"a": ["DE", "Germany"]})
    assert found["bloc"].to_list() == ["a"]


def test_a_bloc_that_is_nowhere_is_crossed_by_nothing():
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "CU", weights="networks", blocs={"a": ["JP"]})
    assert found.rows() == [("a", 0.0, 0.0)]


def test_what_cuba_cannot_avoid(december_2019):
    found = state_dependence(december_2019, "CU")
    assert found["country"][0] == "CU"
    assert found["unavoidable"][0] > 0.9
    assert (found["unavoidable"] <= found["share"] + 1e-6).all()
    assert found["unavoidable"].is_between(0, 1).all()
    assert found["share"].is_between(0, 1).all()
