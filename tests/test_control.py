"""Points of control: worked by hand, against every set of networks tried, and real nations."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow_control
from budgets import few, many
from graphs import graphs, make_world, written_out
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.control import control, points_of_control
from splinternet.measures.set_cover import SetCover
from splinternet.routing.path_sets import path_sets
from splinternet.world.world import World

DIRECTIONS = ("inbound", "outbound")
NINE_TENTHS = Fraction(9, 10)


def by_method(frame: pl.DataFrame) -> dict[str, dict]:
    return {row["method"]: row for row in frame.iter_rows(named=True)}


def two_gates(**columns) -> World:
    """A and B buy abroad, C buys from both: made after the code of the published measure.

    berkmancenter/netmaps, ``AsnGraph.pm``, which has no worked example of its own.
    """
    a, b, c, world = 1, 2, 3, 9
    return make_world(
        [(world, a, "p2c"), (world, b, "p2c"), (a, c, "p2c"), (b, c, "p2c")],
        country=dict.fromkeys([a, b, c], "CU"),
        **{"ipv4_addresses": {a: 30, b: 20, c: 50}, **columns},
    )


def test_as_published_by_hand():
    # Connected: A 30 + 50 / 2, B 20 + 50 / 2, C 50. A first; then B adds 45, C only 25.
    found = by_method(control(two_gates(), "CU"))["published"]
    assert (found["networks"], found["share"], found["each"]) == (2, pytest.approx(1), 50)
    assert found["complexity"] == pytest.approx(100_000 * 3 * (55 + 45 + 50) / 100**2)
    points = points_of_control(two_gates(), "CU", method="published")
    assert points["asn"].to_list() == [1, 2]
    assert points["share"].to_list() == pytest.approx([0.55, 1.0])


def test_of_two_alike_the_published_form_takes_the_larger_number():
    world = make_world([(9, 1, "p2c"), (9, 2, "p2c")], country={1: "CU", 2: "CU"})
    points = points_of_control(world, "CU", method="published", weights="networks", share=0.5)
    assert points["asn"].to_list() == [2]


def test_many_foreign_providers_are_one():
    # Half of AS2's addresses go up to AS1, whatever the number of its foreign providers.
    world = make_world(
        [(1, 2, "p2c"), (8, 2, "p2c"), (9, 2, "p2c")],
        country={1: "CU", 2: "CU"},
        ipv4_addresses={1: 10, 2: 90},
    )
    points = points_of_control(world, "CU", method="published", share=1)
    assert points["asn"].to_list() == [2, 1]
    single = points_of_control(world, "CU", method="published", share=0.5)
    assert single["share"].to_list() == pytest.approx([0.9])


def test_by_routes_by_hand():
    # From AS9 to C half over A, half over B: A is on 30 + 25 of 100, B on 45, C on 50.
    found = by_method(control(two_gates(), "CU"))
    assert found["fewest"]["networks"] == found["fewest"]["lower_bound"] == 2
    assert found["fewest"]["exact"]
    points = points_of_control(two_gates(), "CU", share=0.55)
    assert points.rows() == [(1, None, 1, pytest.approx(0.55))]


def test_fewer_than_greedy():
    # X is on more paths than Y or Z, but Y and Z are on all: the sets of a textbook example.
    share = np.array([0.2, 0.2, 0.1, 0.2, 0.2, 0.1])
    member = np.array([0, 1, 0, 1, 1, 0, 2, 0, 2, 2])
    start = np.array([0, 2, 4, 5, 7, 9, 10])
    set_cover = SetCover(share, start, member, np.ones(3, dtype=np.int64))
    greedy = set_cover.greedy(1.0)
    assert greedy.size == 3
    fewest = set_cover.fewest(1.0, greedy)
    assert (fewest.size, fewest.lower_bound, fewest.share) == (2, 2, pytest.approx(1))
    assert fewest.picked.tolist() == [0, 1, 1]


def test_out_of_nodes_leaves_a_gap(monkeypatch):
    """Random sets that the linear program cannot settle, and no nodes for more."""
    monkeypatch.setattr("splinternet.measures.set_cover._NODES", 0)
    random = np.random.default_rng(1)
    member = np.concatenate([random.choice(40, 3, replace=False) for _ in range(120)])
    set_cover = SetCover(
        np.full(120, 1 / 120), np.arange(0, 361, 3), member, np.ones(40, dtype=np.int64)
    )
    greedy = set_cover.greedy(1.0)
    found = set_cover.fewest(1.0, greedy)
    assert found.lower_bound < found.size == greedy.size
    assert found.share == pytest.approx(1)


@st.composite
def nations(draw):
    """A graph, its domestic networks with their addresses, and those abroad."""
    graph = draw(graphs())
    home = draw(st.sets(st.sampled_from(graph.asns), min_size=1, max_size=9))
    addresses = {asn: draw(st.integers(0, 1000)) for asn in sorted(home)}
    abroad = dict.fromkeys(set(graph.asns) - home, 1)
    assume(abroad and any(addresses.values()))
    world = make_world(
        graph.links, graph.asns, country=dict.fromkeys(home, "CU"), ipv4_addresses=addresses
    )
    return graph, world, addresses, abroad


@many
@given(
    st.data(), nations(), st.sampled_from(DIRECTIONS), st.sampled_from(PREFERENCES),
    st.sampled_from(TIE_BREAKS),
)  # fmt: skip
def test_path_sets_equal_the_slow_twin(data, nation, direction, prefer, tie_break):
    graph, world, addresses, abroad = nation
    ends = (abroad, addresses) if direction == "inbound" else (addresses, abroad)
    networks = data.draw(st.lists(st.sampled_from(sorted(addresses)), unique=True))
    expected = slow_control.path_sets(graph.links, networks, *ends, prefer, tie_break)
    expected.pop(frozenset(), None)
    frames = [
        pl.DataFrame({"asn": list(e), "weight": [float(w) for w in e.values()]}) for e in ends
    ]
    series = pl.Series(networks, dtype=pl.UInt32)
    found = path_sets(world, series, *frames, routing=Routing(prefer, tie_break))
    members = [found.member[a:b] for a, b in pairwise(found.start)]
    table = {
        frozenset(networks[m] for m in some): part
        for some, part in zip(members, found.share, strict=True)
    }
    assert table == pytest.approx({s: float(p) for s, p in expected.items()}, abs=1e-8)
    assert not found.clipped.any()


@given(
    nations(),
    st.sampled_from(DIRECTIONS),
    st.sampled_from(PREFERENCES),
    st.sampled_from(TIE_BREAKS),
    st.sampled_from([Fraction(1, 2), NINE_TENTHS, Fraction(1)]),
)
def test_fewest_equals_every_set_tried(nation, direction, prefer, tie_break, wanted):
    graph, world, addresses, abroad = nation
    ends = (abroad, addresses) if direction == "inbound" else (addresses, abroad)
    sets = slow_control.path_sets(graph.links, addresses, *ends, prefer, tie_break)
    options = {
        "share": float(wanted),
        "direction": direction,
        "prefer": prefer,
        "tie_break": tie_break,
    }
    found = by_method(control(world, "CU", **options))
    if not sets:
        assert found.keys() == {"published"}
        return
    fewest, greedy = found["fewest"], found["greedy"]
    assert (
        fewest["networks"] == fewest["lower_bound"] == slow_control.fewest(sets, addresses, wanted)
    )
    assert greedy["networks"] >= fewest["networks"]
    assert (greedy["lower_bound"], greedy["exact"]) == (
        fewest["networks"],
        greedy["networks"] == fewest["networks"],
    )
    points = points_of_control(world, "CU", **options)
    assert points["asn"].n_unique() == fewest["networks"]
    assert float(slow_control.seen(sets, points["asn"])) == pytest.approx(fewest["share"])
    assert points["share"][-1] == pytest.approx(fewest["share"])


@given(nations(), st.sampled_from(DIRECTIONS))
def test_few_candidates_are_enough(nation, direction):
    """With two to begin with, others count for what they could cover at most, and then join."""
    _, world, _, _ = nation
    of_all = by_method(control(world, "CU", direction=direction)).get("fewest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("splinternet.measures.covering._CANDIDATES", 2)
        found = by_method(control(world, "CU", direction=direction)).get("fewest")
    assert (found is None) == (of_all is None)
    if found:
        assert found["lower_bound"] <= of_all["networks"] <= found["networks"]
        assert found["share"] >= 0.9 - 1e-9


@given(graphs(), st.data(), st.sampled_from([NINE_TENTHS, Fraction(1)]))
def test_published_equals_the_slow_twin(graph, data, wanted):
    home = data.draw(st.sets(st.sampled_from(graph.asns), min_size=1))
    addresses = {asn: data.draw(st.integers(1, 1000)) for asn in sorted(home)}
    assume(len(home) < len(graph.asns))
    world = make_world(
        graph.links, graph.asns, country=dict.fromkeys(home, "CU"), ipv4_addresses=addresses
    )
    shares, complexity = slow_control.published(graph.links, addresses, wanted)
    points = points_of_control(world, "CU", method="published", share=float(wanted))
    assert points["share"].to_list() == pytest.approx([float(share) for share in shares])
    row = by_method(control(world, "CU", share=float(wanted)))["published"]
    assert row["complexity"] == pytest.approx(float(complexity))
    assert row["networks"] == len(shares)


@few
@given(st.data(), graphs(), st.sampled_from(DIRECTIONS))
def test_a_group_counts_as_its_networks_written_out(data, graph, direction):
    country = {asn: ["CU", "US", None][asn % 3] for asn in graph.asns}
    addresses = {asn: asn % 7 for asn in graph.asns}
    worlds = data.draw(written_out(graph, country=country, ipv4_addresses=addresses))
    home = [asn for asn in graph.asns if country[asn] == "CU"]
    assume(sum(addresses[asn] for asn in home) and len(home) < len(graph.asns))
    grouped, written = (by_method(control(world, "CU", direction=direction)) for world in worlds)
    assert grouped.keys() == written.keys()
    for method in grouped.keys() - {"greedy"}:  # of two alike another can be picked first
        assert grouped[method]["networks"] == written[method]["networks"]
    assert grouped["published"]["complexity"] == pytest.approx(written["published"]["complexity"])
    points = points_of_control(worlds[0], "CU", direction=direction)
    assert points["networks"].sum() == grouped.get("fewest", {"networks": 0})["networks"]


def test_too_many_sets_are_clipped():
    """Twelve pairs of networks on top of each other: 4,096 ways, each another set."""
    pairs = [(2 * i + 1, 2 * i + 2) for i in range(12)]
    links = []
    for upper, lower in pairwise(pairs):
        links += [(a, b, "p2c") for a in upper for b in lower]
    links += [(50, asn, "p2c") for asn in pairs[0]] + [(asn, 60, "p2c") for asn in pairs[-1]]
    home = [asn for pair in pairs for asn in pair] + [60]
    world = make_world(links, country=dict.fromkeys(home, "CU"), ipv4_addresses={60: 1})
    sets = path_sets(
        world,
        pl.Series(home[:-1], dtype=pl.UInt32),
        pl.DataFrame({"asn": [50], "weight": [1.0]}),
        pl.DataFrame({"asn": [60], "weight": [1.0]}),
        routing=Routing(),
    )
    assert sets.clipped.all()
    assert sets.share.sum() == pytest.approx(1)
    row = by_method(control(world, "CU"))["fewest"]
    # AS60 itself sees all, and that is sure, whatever else is on the way.
    assert row["networks"] == 1


def test_nothing_is_routed():
    world = make_world([(1, 2, "p2c"), (8, 9, "p2c")], country={1: "CU", 2: "CU"})
    found = control(world, "CU", weights="networks")
    assert found["method"].to_list() == ["published"]
    points = points_of_control(world, "CU", weights="networks")
    assert points.columns == ["asn", "name", "networks", "share"]
    assert not points.height


def test_what_has_no_route_is_left_out():
    world = make_world([(9, 1, "p2c")], [2], country={1: "CU", 2: "CU"})
    found = by_method(control(world, "CU", weights="networks", share=1))
    assert found["published"]["networks"] == 2
    assert found["fewest"]["networks"] == 1


def test_one_network():
    world = make_world([(9, 1, "p2c")], country={1: "CU"}, ipv4_addresses={1: 10})
    found = control(world, "CU")
    assert found["networks"].to_list() == [1, 1, 1]
    assert found["share"].to_list() == [1, 1, 1]
    assert found["each"].to_list() == [10, 10, 10]
    assert not any(found[name].is_nan().any() for name in ("share", "each", "complexity"))


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"share": 0}, MisuseError, "the share to be seen is 0"),
        ({"share": 1.5}, MisuseError, "the share to be seen is 1.5"),
        ({"share": float("nan")}, MisuseError, "the share to be seen is nan"),
        ({"direction": "domestic"}, MisuseError, "unknown direction 'domestic'"),
        ({"weights": "users"}, WorldError, "does not know the users of these networks"),
        ({"tie_break": "slit"}, MisuseError, "unknown tie-break 'slit'; did you mean split"),
        ({"country": "IR"}, WorldError, "has no network in Iran"),
        ({"country": "Cubba"}, MisuseError, "unknown country 'Cubba'"),
    ],
)
def test_bad_input(words, error, message):
    words = {"country": "CU", **words}
    with pytest.raises(error, match=message):
        control(two_gates(), **words)
    with pytest.raises(error, match=message):
        points_of_control(two_gates(), **words)


def test_bad_method():
    with pytest.raises(MisuseError, match="unknown method 'fewer'; did you mean fewest"):
        points_of_control(two_gates(), "CU", method="fewer")


def test_without_addresses():
    with pytest.raises(WorldError, match="no network of Cuba has any addresses"):
        control(two_gates(ipv4_addresses={1: 0}), "CU")


def test_a_world_of_one_country():
    world = make_world([(1, 2, "p2c")], country={1: "CU", 2: "CU"})
    with pytest.raises(WorldError, match="no network outside Cuba"):
        control(world, "CU", weights="networks")


def test_real_nations_with_few(december_2019):
    found = {code: by_method(control(december_2019, code)) for code in ("CU", "IR")}
    assert all(methods["fewest"]["exact"] for methods in found.values())
    for method in ("published", "fewest"):
        assert found["CU"][method]["networks"] == 1 < found["IR"][method]["networks"]


@pytest.mark.nightly
def test_real_nations(december_2019):
    """Order only: Roberts et al. have few points of control for China and many for Russia."""
    found = {code: by_method(control(december_2019, code)) for code in ("CU", "IR", "CN", "RU")}
    assert all(found[code]["fewest"]["exact"] for code in ("CU", "IR", "CN"))  # Russia has many
    for method in ("published", "fewest"):
        many = {code: methods[method]["networks"] for code, methods in found.items()}
        assert many["CU"] == 1
        assert many["IR"] < many["RU"]
        assert 2 * many["CN"] < many["RU"]
