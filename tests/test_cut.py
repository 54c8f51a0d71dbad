"""Cuts: worked by hand, against every set lost in turn, and real nations."""

from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import slow_cut
from budgets import few
from graphs import graphs, make_world, random_graph, written_out
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures import minimum_cut
from splinternet.measures.cut import KINDS, cut, cut_set
from splinternet.measures.minimum_cut import MinimumCut
from splinternet.measures.up_graph import UpGraph
from splinternet.routing.clique import clique_of
from splinternet.routing.traffic import weigh
from splinternet.world.world import World

# Two gateways, 10 and 11, under the clique 1-2; 12 buys from both, 13 from one, 14 peers with AS2.
GATES = [
    (1, 2, "p2p"),
    *((1, asn, "p2c") for asn in (10, 30, 31)),
    (2, 11, "p2c"),
    (10, 12, "p2c"),
    (11, 12, "p2c"),
    (10, 13, "p2c"),
    (2, 14, "p2p"),
]
ADDRESSES = {10: 10, 11: 10, 12: 40, 13: 20, 14: 20, 15: 7}


def gates(links=GATES, **columns) -> World:
    home = dict.fromkeys([10, 11, 12, 13, 14, 15], "CU")
    return make_world(links, [15], **{"country": home, "ipv4_addresses": ADDRESSES, **columns})


def by_kind(frame: pl.DataFrame) -> dict[str, dict]:
    return {row["kind"]: row for row in frame.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("share", "networks", "links"),
    [
        (0.3, 1, 1),  # AS10 with 13; one link of AS10
        (0.8, 2, 2),  # the two gateways; both of their links
        (0.81, 3, 3),  # AS14 too
        (1, 3, 3),
    ],
)
def test_by_hand(share, networks, links):
    found = by_kind(cut(gates(), "CU", share=share))
    assert {kind: row["size"] for kind, row in found.items()} == {
        "network": networks,
        "link": links,
    }
    for row in found.values():
        assert row["lower_bound"] == row["size"]
        assert row["exact"]
        assert row["share"] >= share
        assert (row["base"], row["unconnected"]) == (100, 7)  # AS15 has no link


def test_what_is_cut():
    assert cut_set(gates(), "CU", share=0.8).rows() == [(10, None, 1), (11, None, 1)]
    links = cut_set(gates(), "CU", kind="link", share=1)
    assert links.columns == [
        "a", "a_name", "a_country", "b", "b_name", "b_country", "kind", "links",
    ]  # fmt: skip
    assert links.select("a", "b", "kind", "links").rows() == [
        (1, 10, "p2c", 1), (2, 11, "p2c", 1), (2, 14, "p2p", 1),
    ]  # fmt: skip


def test_the_nations_own_clique_does_not_count():
    """AS1 is at the top and domestic: what leaves it must still reach AS2, over their peering."""
    world = make_world(
        [(1, 2, "p2p"), (1, 10, "p2c"), (2, 20, "p2c")],
        country={1: "CU", 10: "CU"},
        ipv4_addresses={1: 5, 10: 5},
    )
    found = by_kind(cut(world, "CU"))
    assert (found["network"]["size"], found["link"]["size"]) == (1, 1)
    assert cut_set(world, "CU", kind="link").select("a", "b").rows() == [(1, 2)]


def test_a_way_up_through_a_neighbour_that_comes_back():
    """AS30 abroad buys from domestic AS10 only: it is no way round it."""
    links = [(1, 10, "p2c"), (10, 30, "p2c"), (30, 11, "p2c"), (10, 11, "p2c")]
    world = make_world(links, country={10: "CU", 11: "CU"}, ipv4_addresses={10: 1, 11: 9})
    assert cut_set(world, "CU")["asn"].to_list() in ([10], [11])
    assert cut_set(world, "CU", kind="link").select("a", "b").rows() == [(1, 10)]


def test_a_clique_that_is_given():
    # AS10 climbs to AS1, which peers with AS2; but AS14 peers with AS2, and not with AS1.
    assert by_kind(cut(gates(), "CU", clique=[2]))["network"]["base"] == 100
    assert by_kind(cut(gates(), "CU", clique=[1]))["network"]["base"] == 80
    assert not cut(gates(), "CU", clique=[30]).height
    with pytest.raises(MisuseError, match="AS99 is not in this world"):
        cut(gates(), "CU", clique=[99])
    with pytest.raises(MisuseError, match="the clique has no network"):
        cut(gates(), "CU", clique=[])


@st.composite
def nations(draw, most: int = 7):
    graph = draw(graphs(core=7, stubs=6))
    clique = clique_of(make_world(graph.links, graph.asns))
    home = draw(st.sets(st.sampled_from(graph.asns), min_size=1, max_size=most))
    weights = {asn: draw(st.integers(0, 20)) for asn in sorted(home)}
    assume(any(weights.values()))
    world = make_world(
        graph.links, graph.asns, country=dict.fromkeys(home, "CU"), ipv4_addresses=weights
    )
    return graph, world, weights, set(clique) - home


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(nations(), st.sampled_from([0.3, 0.5, 0.9, 1.0]))
def test_cuts_equal_every_set_lost(nation, share):
    graph, world, weights, clique = nation
    base = slow_cut.kept(graph.links, weights, clique)
    found = by_kind(cut(world, "CU", share=share))
    if not base:
        assert not found
        return
    allowed = base * (1 - share) + 1e-6
    touched = sum(a in weights or b in weights for a, b, _ in graph.links)
    for kind, slow in (("network", slow_cut.node_cut), ("link", slow_cut.link_cut)):
        row = found[kind]
        assert (row["base"], row["unconnected"]) == (base, sum(weights.values()) - base)
        assert row["lower_bound"] <= row["size"]
        assert row["exact"]
        if kind == "network" or touched <= 14:
            assert row["size"] == slow(graph.links, weights, clique, allowed)


@given(nations(12), st.sampled_from([0.1, 0.5, 0.9, 1.0]), st.sampled_from(KINDS))
def test_what_is_named_cuts_enough(nation, share, kind):
    graph, world, weights, clique = nation
    lost = cut_set(world, "CU", kind=kind, share=share)
    base = slow_cut.kept(graph.links, weights, clique)
    if kind == "network":
        failed = set(lost["asn"])
        links = [link for link in graph.links if not failed & {link.a, link.b}]
        weights = {asn: weight for asn, weight in weights.items() if asn not in failed}
    else:
        cut_links = set(lost.select("a", "b").rows())
        links = [x for x in graph.links if not cut_links & {(x.a, x.b), (x.b, x.a)}]
    left = slow_cut.kept(links, weights, clique)
    assert left <= base * (1 - share) + 1e-6
    row = by_kind(cut(world, "CU", share=share)).get(kind)
    assert lost.height == (row["size"] if row else 0)
    if row:
        assert row["share"] == pytest.approx(1 - left / base)


@given(st.integers(0, 2**32), st.sampled_from(KINDS), st.sampled_from([0.5, 0.8, 0.95]))
@few
def test_bounds_hold_without_integer_programming(seed, kind, share):
    """Larger nations, where the bound comes from prices alone; exact again with it."""
    random = Random(seed)
    graph = random_graph(random, 25, 60)
    home = random.sample(graph.asns, 60)
    weights = {asn: random.choice([0, 1, 5, 100]) + 1 for asn in home}
    world = make_world(
        graph.links, graph.asns, country=dict.fromkeys(home, "CU"), ipv4_addresses=weights
    )
    up_graph = UpGraph.of(world, weigh(world, "addresses", home))
    assume(up_graph.base)
    exact, best = MinimumCut(up_graph, kind, share).search()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(minimum_cut, "_SMALL", 0)
        found, bound = MinimumCut(up_graph, kind, share).search()
    assert 1 <= bound <= best <= exact.size <= found.size
    assert found.kept <= up_graph.base * (1 - share) + 1e-6


@few
@given(st.data(), graphs(), st.sampled_from([0.5, 0.9, 1.0]))
def test_a_group_counts_as_its_networks_written_out(data, graph, share):
    country = {asn: ["CU", "US", None][asn % 3] for asn in graph.asns}
    addresses = {asn: asn % 7 for asn in graph.asns}
    assume(any(addresses[asn] for asn in graph.asns if country[asn] == "CU"))
    worlds = data.draw(written_out(graph, country=country, ipv4_addresses=addresses))
    grouped, written = (by_kind(cut(world, "CU", share=share)) for world in worlds)
    assert grouped.keys() == written.keys()
    for kind, row in grouped.items():
        for column in ("size", "lower_bound", "exact"):
            assert row[column] == written[kind][column]
        assert row["base"] == pytest.approx(written[kind]["base"])
        assert cut_set(worlds[0], "CU", kind=kind, share=share)[kind + "s"].sum() == row["size"]


@pytest.mark.parametrize(
    ("links", "networks"),
    [
        ([(1, 2, "p2c")], [10]),  # no link at all
        ([(1, 2, "p2c"), (10, 11, "p2c")], []),  # no border link
        ([(1, 2, "p2c"), (2, 10, "p2p")], []),  # peering below the clique is no transit
        ([(10, 11, "p2p")], [1]),  # no clique
    ],
)
def test_nothing_is_connected(links, networks):
    home = dict.fromkeys([10, 11], "CU")
    world = make_world(links, networks, country=home)
    assert not cut(world, "CU", weights="networks").height
    for kind in KINDS:
        named = cut_set(world, "CU", kind=kind, weights="networks")
        assert not named.height
        assert kind + "s" in named.columns


def test_a_world_of_one_country():
    world = make_world([(1, 2, "p2c")], country={1: "CU", 2: "CU"})
    assert not cut(world, "CU", weights="networks").height


def test_one_network():
    world = make_world([(1, 10, "p2c"), (1, 11, "p2c")], country={10: "CU"}, ipv4_addresses={10: 3})
    assert cut(world, "CU").rows() == [
        ("network", 1, 1, True, 1.0, 3.0, 0.0),
        ("link", 1, 1, True, 1.0, 3.0, 0.0),
    ]


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"share": 0}, MisuseError, "the share to cut off is 0"),
        ({"share": -1}, MisuseError, "the share to cut off is -1"),
        ({"share": float("nan")}, MisuseError, "the share to cut off is nan"),
        ({"weights": "users"}, WorldError, "does not know the users of these networks"),
        ({"country": "IR"}, WorldError, "has no network in Iran"),
        ({"country": "Cubba"}, MisuseError, "unknown country 'Cubba'"),
    ],
)
def test_bad_input(words, error, message):
    words = {"country": "CU", **words}
    for function in (cut, cut_set):
        with pytest.raises(error, match=message):
            function(gates(), **words)


def test_bad_kind():
    with pytest.raises(MisuseError, match="unknown kind of cut 'networks'; did you mean network"):
        cut_set(gates(), "CU", kind="networks")


def test_without_addresses():
    with pytest.raises(WorldError, match="no network of Cuba has any addresses"):
        cut(gates(ipv4_addresses={10: 0}), "CU")


def test_real_nations(december_2019):
    found = {code: by_kind(cut(december_2019, code)) for code in ("CU", "IR", "CN", "RU")}
    for kinds in found.values():
        for row in kinds.values():
            assert 1 <= row["lower_bound"] <= row["size"] <= row["lower_bound"] + 2
            assert row["share"] >= 0.9 - 1e-9
    assert found["CU"]["network"]["size"] == 1
    nodes = {code: kinds["network"]["size"] for code, kinds in found.items()}
    assert nodes["CU"] <= nodes["IR"] < nodes["RU"]
    assert nodes["CN"] < nodes["RU"]
    assert all(kinds["network"]["size"] <= kinds["link"]["size"] for kinds in found.values())
    assert np.isfinite([row["base"] for kinds in found.values() for row in kinds.values()]).all()
