"""Dependence on states: what crosses them, what could not avoid them; and whether routes exist."""

from fractions import Fraction
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import few, fewest
from graphs import make_world, random_graph, written_out
from nations import Nation, large_nations, nations
from splinternet.base.choices import (
    DIRECTIONS,
    PARTIES,
    PREFERENCES,
    TIE_BREAKS,
    Counting,
    Routing,
)
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.dependence import depend
from splinternet.measures.nation import ends_in_states
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
parties = st.sampled_from(PARTIES)

BLOCS = {"Yalta": ["US", "Russia"], "the rest": ["DE", "FR"]}
BLOC_OF = {"US": "Yalta", "RU": "Yalta", "DE": "the rest", "FR": "the rest"}


def table(frame) -> dict:
    """Crossed and unavoidable shares by state or bloc, and what of the traffic they are of."""
    return {who: shares for who, *shares in frame.iter_rows()}


def expect(
    nation: Nation, group_of: dict, direction: str, routing: Routing, parties: str = "third"
) -> dict:
    """Every path of every pair, and every pair whose ends count, for each group."""
    every = nation.ends(direction)
    found = {}
    for group in set(group_of.values()):
        both = every
        if parties == "third":
            both = [slow.third_parties(side, group_of, group) for side in every]
        networks = {asn for asn in nation.graph.asns if group_of[asn] == group}
        if not slow.offered(*both):
            continue
        share = slow.share(nation.links, *both, routing, slow.passes(networks))
        lost = slow.unavoidable(nation.links, networks, *both, routing.prefer)
        if share:
            found[group] = near(share, lost, slow.offered(*both) / slow.offered(*every))
    return found


def near(share: Fraction, unavoidable: Fraction, counted: Fraction) -> list:
    return [
        pytest.approx(float(share), abs=1e-6, rel=0),  # parts of traffic are float32
        pytest.approx(float(unavoidable), abs=1e-8, rel=0),
        pytest.approx(float(counted), abs=1e-8, rel=0),
    ]


@given(st.data(), directions, routings, parties)
def test_states_equal_the_slow_twin(data, direction, routing, parties):
    nation = data.draw(nations(domestic=direction == "domestic"))
    found = state_dependence(
        nation.world, "CU", direction=direction, weights=nation.weights, routing=routing,
        parties=parties,
    )  # fmt: skip
    assert table(found) == expect(nation, nation.country, direction, routing, parties)
    assert found["share"].is_sorted(descending=True)
    by_state = depend(
        nation.world, "CU", by="state", direction=direction, weights=nation.weights,
        routing=routing, parties=parties,
    )  # fmt: skip
    assert by_state.rows() == found.select("country", "share", "counted").rows()


@given(st.data(), directions, routings, parties)
def test_blocs_equal_the_slow_twin(data, direction, routing, parties):
    nation = data.draw(nations(domestic=direction == "domestic"))
    found = state_dependence(
        nation.world, "CU", direction=direction, blocs=BLOCS, weights=nation.weights,
        routing=routing, parties=parties,
    )  # fmt: skip
    bloc_of = {asn: BLOC_OF.get(country) for asn, country in nation.country.items()}
    expected = expect(nation, bloc_of, direction, routing, parties)
    expected.pop(None, None)  # what is in no bloc is not listed
    shares = {bloc: values[:2] for bloc, values in table(found).items()}
    known = {bloc: values[:2] for bloc, values in expected.items()}
    assert shares == {bloc: known.get(bloc, [0, 0]) for bloc in BLOCS}
    assert found.columns == ["bloc", "share", "unavoidable", "counted"]


@pytest.mark.nightly
@fewest
@given(large_nations(), routings)
def test_over_several_blocks(nation, routing):
    """What cannot be avoided by a search for any path, which is quicker than routes again."""
    found = state_dependence(nation.world, "CU", weights="networks", routing=routing)
    expected = {}
    for state in set(nation.country.values()) - {"CU"}:
        silent = {asn for asn, country in nation.country.items() if country == state}
        abroad = slow.third_parties(nation.abroad, nation.country, state)
        share = slow.share(nation.links, abroad, nation.counts, routing, slow.passes(silent))
        lost = sum(
            len(
                abroad.keys()
                & slow.reachable(nation.links, to) - slow.reachable(nation.links, to, silent)
            )
            for to in nation.home
        )
        if share:
            part = Fraction(len(abroad), len(nation.abroad))
            expected[state] = near(share, Fraction(lost, len(abroad) * len(nation.home)), part)
    assert table(found) == expected


@few
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


def states_and_destinations(nation: Nation, direction: str, routing: Routing, parties: str):
    """Carriers by state, and which destinations' chosen paths cross each state."""
    counting = Counting(direction=direction, weights=nation.weights, parties=parties)
    both = ends_in_states(nation.world, "CU", counting)
    graph = graph_of(nation.world)
    groups = nation.world.networks.select("asn", group="country")
    found = crossing_by_destination(nation.world, groups, *both, routing=routing)
    return Reach.of(graph, found.demand), found.group_of, found.amounts > 0


@given(st.data(), directions, routings, parties)
def test_only_what_is_concerned_is_as_good_as_all(data, direction, routing, parties):
    nation = data.draw(nations(domestic=direction == "domestic"))
    question, group_of, crossed = states_and_destinations(nation, direction, routing, parties)
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
    question, group_of, crossed = states_and_destinations(nation, "inbound", Routing(), "third")
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
    """Four abroad, two at home, eight pairs; six of them have no end in a given state abroad."""
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "Cuba", weights="networks")
    assert table(found) == {
        # From 4 over 3; without it the way is over 1 and 2.
        None: [pytest.approx(2 / 6), 0, pytest.approx(6 / 8)],
        # From 1 over 2, which is the only way.
        "DE": [pytest.approx(2 / 6), pytest.approx(2 / 6), pytest.approx(6 / 8)],
    }
    assert found["country"].to_list() == [None, "DE"]


def test_all_traffic_by_hand():
    """As country centrality counts: the nation is a state like others, and ends are no ways."""
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "Cuba", weights="networks", parties="all")
    assert table(found) == {
        # From everywhere to 11 over 10, which is the only way.
        "CU": [pytest.approx(4 / 8), pytest.approx(4 / 8), 1],
        None: [pytest.approx(2 / 8), 0, 1],
        "DE": [pytest.approx(2 / 8), pytest.approx(2 / 8), 1],
    }


def test_a_path_that_comes_back_to_a_state_is_no_third_party_there():
    """From a Briton over Germany and another Briton: Britain is an end, Germany a way."""
    world = make_world(
        [(2, 1, "p2c"), (3, 2, "p2c"), (3, 10, "p2c")],
        country={1: "GB", 2: "DE", 3: "GB", 10: "CU"},
    )
    found = table(state_dependence(world, "CU", weights="networks"))
    # From 2 over 3, of the one pair of three without a Briton; from 1 over 2, of the Britons' two.
    assert found == {
        "GB": [1, 1, pytest.approx(1 / 3)],
        "DE": [pytest.approx(1 / 2), pytest.approx(1 / 2), pytest.approx(2 / 3)],
    }


def test_what_a_bloc_blocks_is_more_than_what_its_states_do():
    world = make_world(LINKS, country=COUNTRIES | {3: "US"})
    alone = table(state_dependence(world, "CU", weights="networks"))
    bloc = {"bloc": ["US", "DE"]}
    together = state_dependence(world, "CU", weights="networks", blocs=bloc)
    assert alone["DE"][:2] == [pytest.approx(2 / 6), pytest.approx(2 / 6)]
    assert alone["US"][:2] == [pytest.approx(2 / 6), 0]
    assert table(together) == {"bloc": [1, 1, pytest.approx(4 / 8)]}


def test_the_figures_of_a_nation():
    world = make_world(LINKS, country=COUNTRIES)
    found = state_dependence(world, "CU", weights="networks")
    assert MEASURE.summary(found, "CU") == {
        "state": "DE",
        "state_share": pytest.approx(2 / 6),
        "state_unavoidable": pytest.approx(2 / 6),
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
    assert found.rows() == [("a", 0.0, 0.0, None)]


def test_what_cuba_cannot_avoid(december_2019):
    found = state_dependence(december_2019, "CU", parties="all")
    assert found["country"][0] == "CU"
    assert found["unavoidable"][0] > 0.9
    assert (found["unavoidable"] <= found["share"] + 1e-6).all()
    assert found["unavoidable"].is_between(0, 1).all()
    assert found["share"].is_between(0, 1).all()
