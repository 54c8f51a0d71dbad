"""Worlds as other collectors might have shown them: what goes, what comes, and how many."""

from collections import Counter
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import small_world
from graphs import graphs, make_world, random_graph
from splinternet.base.errors import MisuseError
from splinternet.measures import unseen_transit
from splinternet.measures.resampling import ErrorRates, resampled
from splinternet.routing.graph import graph_of
from splinternet.world.world import World

NONE = ErrorRates(missed_transit=0, seen_large=1, seen_small=1, seen_stub=1, wrong=0)
WORLD = small_world()
GRAPH = random_graph(Random(3), 900, 9000)
LARGE = make_world(
    GRAPH.links, GRAPH.asns, country={asn: ("RU", "US", None)[asn % 3] for asn in GRAPH.asns}
)


def pairs(world: World, kind: str) -> set[tuple[int, int]]:
    return set(world.links.filter(pl.col("kind") == kind).select("a", "b").iter_rows())


def drawn(world: World, rates: ErrorRates, seed: int = 7) -> World:
    return resampled(world, rates, np.random.default_rng(seed))


def about(found: int, tried: int, rate: float) -> bool:
    """Five standard deviations of the binomial distribution."""
    return abs(found - tried * rate) < 5 * (tried * rate * (1 - rate) + 1) ** 0.5


part = st.floats(0, 1)
RATES = st.builds(ErrorRates, part, part, part, part, part)


@given(graphs(), RATES, st.integers(0, 1000))
def test_resampled_worlds_are_worlds(graph, rates, seed):
    world = make_world(graph.links, graph.asns)
    other = drawn(world, rates, seed)
    graph_of(other)  # no cycle of providers
    assert other.networks.equals(world.networks)
    assert all(a < b for a, b in pairs(other, "p2p"))
    # What was transit and still is has the direction it had.
    assert not {(b, a) for a, b in pairs(other, "p2c")} & pairs(world, "p2c")


@pytest.mark.parametrize("world", [WORLD, LARGE])
def test_no_errors_change_nothing(world):
    assert drawn(world, NONE).links.select("a", "b", "kind").rows() == sorted(
        world.links.select("a", "b", "kind").iter_rows()
    )


def test_a_peering_that_is_missed_comes_back_as_another():
    """What is new was no link before; of networks that nobody sees nearly all is new."""
    found = pairs(drawn(LARGE, ErrorRates(0, 0, 0, 0, 0)), "p2p")
    known = pairs(LARGE, "p2p") | {(min(p), max(p)) for p in pairs(LARGE, "p2c")}
    assert len(found) == len(pairs(LARGE, "p2p"))
    assert len(found & known) < 0.1 * len(known)
    everybody = make_world(
        [(a, b, "p2p") for a in range(1, 9) for b in range(a + 1, 9)], country={1: "RU"}
    )
    assert pairs(drawn(everybody, ErrorRates(0, 0, 0, 0, 0)), "p2p") == pairs(everybody, "p2p")


def test_links_are_missed_at_the_rate_of_their_kind():
    rates = ErrorRates(0.05, 0.9, 0.6, 0.2, 0)
    peerings = pairs(drawn(LARGE, rates), "p2p")
    customers = Counter(a for a, _ in pairs(LARGE, "p2c"))

    def seen(asn: int) -> float:
        count = customers[asn]
        return 0.2 if count == 0 else 0.6 if count < 50 else 0.9

    chances = [((1 - seen(a)) * (1 - seen(b)), (a, b)) for a, b in pairs(LARGE, "p2p")]
    for chance, tried in Counter(chance for chance, _ in chances).items():
        gone = sum(one not in peerings for rate, one in chances if rate == chance)
        most = tried * chance + 5 * (tried * chance + 1) ** 0.5
        assert 0.6 * tried * chance - 5 < gone < most  # where there is another to swap with


@given(graphs(), RATES, st.integers(0, 1000), st.data())
def test_networks_keep_the_number_of_their_peers_and_nations_that_of_theirs(
    graph, rates, seed, data
):
    nations = st.sampled_from(["RU", "US", None])
    country = {asn: data.draw(nations) for asn in graph.asns}
    world = make_world(graph.links, graph.asns, country=country)
    sold = Counter(a for a, _ in pairs(world, "p2c"))
    rates = ErrorRates(0, rates.seen_large, rates.seen_small, rates.seen_stub, 0)

    def peers(world: World) -> tuple[Counter[object], Counter[object]]:
        found = pairs(world, "p2p")
        ends = [each for a, b in found for each in ((a, b), (b, a))]
        between = [{(country[each], sold[each] > 0) for each in pair} for pair in found]
        return Counter((a, sold[b] > 0) for a, b in ends), Counter(map(frozenset, between))

    other = drawn(world, rates, seed)
    assert peers(other) == peers(world)
    assert pairs(other, "p2c") == pairs(world, "p2c")


def test_missed_transit_comes_back_as_other_transit():
    before, after = pairs(LARGE, "p2c"), pairs(drawn(LARGE, ErrorRates(0.05, 1, 1, 1, 0)), "p2c")
    among = Counter(b for _, b in before)
    others = sum(many for many in among.values() if many > 1)
    gone = len(before - after)
    assert gone == len(after - before)
    assert 0.7 * 0.05 * others < gone < 0.06 * others  # where another has one provider fewer


@given(graphs(), st.floats(0, 1), st.integers(0, 1000))
def test_providers_keep_the_number_of_their_customers_and_no_network_is_cut_off(graph, rate, seed):
    world = make_world(graph.links, graph.asns)
    before, after = (
        pairs(each, "p2c") for each in (world, drawn(world, ErrorRates(rate, 1, 1, 1, 0), seed))
    )
    assert Counter(a for a, _ in after) == Counter(a for a, _ in before)
    assert {b for _, b in after} == {b for _, b in before}


def test_as_many_links_are_wrong_each_way():
    other = drawn(LARGE, ErrorRates(0, 1, 1, 1, 0.03))
    sold = {frozenset(pair) for pair in pairs(LARGE, "p2c")}
    sells = {frozenset(pair) for pair in pairs(other, "p2c")}
    assert about(len(sold - sells), len(sold), 0.03)
    assert about(len(sells - sold), len(sold), 0.03)


def test_worlds_of_one_seed_are_one():
    one, again, another = (drawn(LARGE, ErrorRates(), seed).links for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one.equals(another)


@pytest.mark.parametrize("given", [(-0.1,), (0, 1.1), (0, 0, 0, 0, float("nan"))])
def test_bad_rates(given):
    with pytest.raises(MisuseError, match="a rate is from 0 to 1"):
        ErrorRates(*given)


def test_rates_in_words():
    assert str(ErrorRates()) == (
        "with 1% of transit links missed, all links seen of 77% of large networks, 34% of "
        "small ones and 0.5% of stubs, 0.4% of transit links of the other kind"
    )


def test_a_world_without_peerings_has_none_to_choose():
    pool = unseen_transit._Pool(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    assert pool.chosen(np.array([2, 3]), np.random.default_rng(0)).tolist() == [-1, -1]
