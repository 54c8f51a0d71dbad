"""Domestic continuity: every pair's paths searched, by hand, and on the real world."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import few, fewest
from graphs import graphs, make_world, written_out
from nations import Nation, large_nations, nations
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.continuity import MEASURE, continuity


def table(frame) -> dict:
    return {row[0]: row[1:] for row in frame.drop("name").iter_rows()}


def expect(nation: Nation) -> dict:
    """For each network that counts: its part, the rest, and what of that it reaches."""
    before = slow.reached(nation.links, nation.counts)
    after = slow.reached(slow.within(nation.links, nation.home), nation.counts)
    total = sum(nation.counts.values())
    part = {asn: Fraction(nation.counts[asn], total) for asn in before}
    figures = {asn: (part[asn], 1 - part[asn], before[asn], after[asn]) for asn in before}
    return {
        asn: tuple(pytest.approx(float(figure), abs=1e-8) for figure in row)
        for asn, row in figures.items()
    }


@given(nations(graphs(10, 10), domestic=True))
def test_equals_the_slow_twin(nation):
    found = continuity(nation.world, "CU", weights=nation.weights)
    assert table(found) == expect(nation)
    assert found["after"].is_sorted()


@fewest
@given(large_nations())
def test_of_many_networks(nation):
    assert table(continuity(nation.world, "CU", weights="networks")) == expect(nation)


@given(nations(graphs(10, 10), domestic=True))
def test_the_nations_figure_is_of_pairs(nation):
    """Counted over all ordered pairs of two networks that count, each by its product."""
    counts = {asn: weight for asn, weight in nation.counts.items() if weight}
    inner = slow.within(nation.links, nation.home)
    reach = {asn: slow.reachable(inner, asn) for asn in counts}
    pairs = {(a, b): counts[a] * counts[b] for a in counts for b in counts if a != b}
    joined = sum(weight for (a, b), weight in pairs.items() if b in reach[a])
    found = MEASURE.summary(continuity(nation.world, "CU", weights=nation.weights), "CU")
    assert found["continuity"] == pytest.approx(joined / sum(pairs.values()))


@few
@given(st.data(), nations(graphs(10, 10), domestic=True))
def test_a_group_counts_as_its_networks_written_out(data, nation):
    grouped, written = data.draw(written_out(nation.graph, **nation.columns))
    found, every = (continuity(world, "CU", weights=nation.weights) for world in (grouped, written))
    groups, networks = table(found), table(every)
    for asn, (part, *others) in groups.items():
        many = grouped.networks.filter(grouped.networks["asn"] == asn)["members"].item()
        assert part == pytest.approx(many * networks[asn][0])
        assert others == pytest.approx(list(networks[asn][1:]))
    figures, expected = (MEASURE.summary(each, "CU") for each in (found, every))
    assert figures == pytest.approx(expected)


def test_by_hand():
    """10 sells to 11 and 12; 13 is reached over 1, which is abroad; nothing is known of 14."""
    links = [(1, 10, "p2c"), (10, 11, "p2c"), (10, 12, "p2c"), (1, 13, "p2c"), (1, 14, "p2c")]
    world = make_world(
        links,
        country=dict.fromkeys((10, 11, 12, 13, 14), "IR"),
        name={13: "Outlier"},
        ipv4_addresses={10: 0, 11: 200, 12: 200, 13: 600},
    )
    found = continuity(world, "Iran")
    assert found.columns == ["asn", "name", "part", "rest", "before", "after"]
    half = pytest.approx(2 / 8)
    assert found.rows() == [
        (13, "Outlier", pytest.approx(0.6), pytest.approx(0.4), 1.0, 0.0),
        (11, None, pytest.approx(0.2), pytest.approx(0.8), 1.0, half),
        (12, None, pytest.approx(0.2), pytest.approx(0.8), 1.0, half),
    ]
    assert MEASURE.summary(found, "IR") == {
        "continuity": pytest.approx(2 * 0.2 * 0.2 / (1 - 0.6**2 - 2 * 0.2**2)),
        "continuity_before": pytest.approx(1),
        "stranded": pytest.approx(1),
    }


def test_two_peerings_in_a_row_join_nobody():
    world = make_world([(1, 2, "p2p"), (2, 3, "p2p")], country={1: "CU", 2: "CU", 3: "CU"})
    found = continuity(world, "CU", weights="networks")
    assert dict(found.select("asn", "after").iter_rows()) == pytest.approx({1: 0.5, 2: 1, 3: 0.5})


def test_stubs_that_share_a_peer_do_not_reach_each_other():
    """They share a row of the graph; through a provider they would."""
    nation = dict.fromkeys((1, 2, 3), "CU")
    peers = make_world([(1, 2, "p2p"), (1, 3, "p2p")], country=nation)
    assert continuity(peers, "CU", weights="networks")["after"].to_list() == pytest.approx(
        [0.5, 0.5, 1]
    )
    sold = make_world([(1, 2, "p2c"), (1, 3, "p2c")], country=nation)
    assert continuity(sold, "CU", weights="networks")["after"].to_list() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"country": "Atlantis"}, MisuseError, "unknown country 'Atlantis'"),
        ({"country": "RU"}, WorldError, "no network in Russia"),
        ({"country": "US"}, WorldError, "United States has one network in world"),
        ({"weights": "addresses"}, WorldError, "Cuba has one network with addresses in world"),
        ({"weights": "users"}, WorldError, "does not know the users of these networks"),
        ({"weights": "adresses"}, MisuseError, "unknown weight 'adresses'"),
    ],
)
def test_what_can_go_wrong(words, error, message):
    links = [(1, 10, "p2c"), (10, 11, "p2c")]
    country = {1: "US", 10: "CU", 11: "CU"}
    world = make_world(links, country=country, ipv4_addresses={10: 0, 11: 5})
    with pytest.raises(error, match=message):
        continuity(world, **{"country": "CU", "weights": "networks"} | words)


def test_real_nations_hold_together(december_2019):
    for country in ("CU", "RU"):
        figures = MEASURE.summary(continuity(december_2019, country), country)
        assert 0.9 < figures["continuity"] <= figures["continuity_before"] <= 1
