"""Hegemony and transit influence: against slow twins, by hand, and beside published figures."""

from itertools import pairwise
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow_measures as slow
from budgets import few, fewest
from graphs import graphs, make_world, random_graph, written_out
from nations import Nation, large_nations, nations
from slow import Link
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.cti import cti
from splinternet.measures.hegemony import hegemony, trimmed_mean
from splinternet.routing import vantage, workers
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import transit
from splinternet.routing.vantage import both_by_source, shares_by_source
from splinternet.world.world import World

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
both = pytest.mark.parametrize(("measure", "twin"), [(hegemony, slow.hegemony), (cti, slow.cti)])

#: A share of this size is listed; so all are.
TINY = 1e-9


def shares(frame) -> dict:
    return dict(frame.select("asn", frame.columns[3]).iter_rows())


def about(expected: dict) -> object:
    """What it should be; the engine holds parts of traffic in float32."""
    return pytest.approx({who: float(share) for who, share in expected.items()}, abs=1e-6, rel=0)


def set_of(nation: Nation, name: str) -> set[int]:
    """Slow twin of the named sets of vantages."""
    sellers = {a for a, _, kind in nation.links if kind == "p2c"}
    return (sellers if name == "carriers" else set(nation.graph.asns)) - nation.home


@both
@given(data=st.data(), nation=nations(graphs(8, 14)), routing=routings)
def test_equal_their_slow_twins(measure, twin, data, nation, routing):
    some = st.sets(st.sampled_from(nation.graph.asns), min_size=1)
    vantages = data.draw(st.sampled_from(["carriers", "all"]) | some)
    watching = set_of(nation, vantages) if isinstance(vantages, str) else vantages - nation.home
    assume(watching)
    found = measure(
        nation.world, "CU", vantages=vantages, weights=nation.weights, at_least=TINY,
        routing=routing,
    )  # fmt: skip
    assert shares(found) == about(twin(nation.links, watching, nation.counts, routing))


@pytest.mark.nightly
@both
@fewest
@given(nation=large_nations(), routing=routings)
def test_over_several_blocks(measure, twin, nation, routing):
    found = measure(
        nation.world, "CU", vantages="all", weights="networks", at_least=TINY, routing=routing
    )
    assert shares(found) == about(twin(nation.links, nation.abroad, nation.counts, routing))


@given(st.data(), graphs(8, 14), routings)
def test_hegemony_of_the_way_to_one_network(data, graph, routing):
    assume(len(graph.asns) > 1)
    asn = data.draw(st.sampled_from(graph.asns))
    found = hegemony(
        make_world(graph.links, graph.asns), f"as{asn}", vantages="all", at_least=TINY,
        routing=routing,
    )  # fmt: skip
    expected = slow.hegemony(graph.links, set(graph.asns) - {asn}, {asn: 1}, routing)
    assert shares(found) == about(expected)


@pytest.mark.parametrize("measure", [hegemony, cti])
@given(nation=nations(graphs(8, 14)), at_least=st.sampled_from([0.0317, 0.1234, 0.3141, 0.777]))
def test_no_network_that_has_as_much_is_missing(measure, nation, at_least):
    options = {"vantages": "all", "weights": nation.weights}
    found = measure(nation.world, "CU", at_least=at_least, **options)
    every = measure(nation.world, "CU", at_least=TINY, **options)
    assert_frame_equal(found, every.filter(every[every.columns[3]] >= at_least))


@pytest.mark.parametrize("measure", [hegemony, cti])
@few
@given(data=st.data(), nation=nations())
def test_a_group_counts_as_its_networks_written_out(measure, data, nation):
    """Of the nation's: a group of the world's is one vantage, so only carriers watch here."""
    grouped, written = data.draw(written_out(nation.graph, **nation.columns))
    assume(set_of(nation, "carriers"))
    found, expected = (
        measure(world, "CU", weights=nation.weights, at_least=TINY) for world in (grouped, written)
    )
    assert shares(found) == about(shares(expected))


@given(nation=nations(graphs(8, 14)), routing=routings)
@few
def test_little_memory_changes_nothing(nation, routing):
    options = {"vantages": "all", "weights": nation.weights, "at_least": TINY} | {
        "routing": routing
    }
    whole = hegemony(nation.world, "CU", **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vantage, "_MEMORY", 1)  # a network at a time
        assert_frame_equal(hegemony(nation.world, "CU", **options), whole)


@given(nation=nations(graphs(8, 14)), routing=routings)
def test_transit_influence_is_no_larger_than_what_passes(nation, routing):
    """What a vantage gives a network for influence is at most what of its traffic passes it."""
    watching = sorted(nation.abroad)
    to = weigh(nation.world, nation.weights, sorted(nation.home))
    counted, discounted = (
        shares_by_source(
            nation.world, watching, to, nation.graph.asns, discount=discount, routing=routing
        )
        for discount in (False, True)
    )
    both = both_by_source(nation.world, watching, to, nation.graph.asns, routing=routing)
    assert [each.tolist() for each in both] == [counted.tolist(), discounted.tolist()]
    assert counted.shape == (len(watching), len(nation.graph.asns))
    assert (discounted <= counted + 1e-6).all()
    assert (counted <= 1 + 1e-6).all()


@pytest.mark.parametrize("tie_break", TIE_BREAKS)
def test_the_number_of_threads_changes_nothing(monkeypatch, tie_break):
    random = Random(1)
    graph = random_graph(random, core=100, stubs=300)  # several blocks
    country = {asn: random.choice(["CU", "CU", "CU", "US"]) for asn in graph.asns}
    world = make_world(graph.links, graph.asns, country=country)
    options = {"weights": "networks", "vantages": "all", "at_least": TINY, "tie_break": tie_break}
    for measure in (hegemony, cti):
        found = []
        for threads in (1, 4):
            monkeypatch.setattr(workers, "cores", lambda threads=threads: threads)
            found.append(measure(world, "CU", **options))
        assert_frame_equal(*found, check_exact=True)
        assert found[0].height > 20


# By hand


def chain(*path: int) -> list[Link]:
    """Links of a path along which everyone sells to the next."""
    return [Link(a, b, "p2c") for a, b in pairwise(path)]


def test_ten_vantages_as_the_authors_draw_them():
    """After docs/img/hegemony.svg of github.com/InternetHealthReport/as-hegemony.

    A to F are 1 to 6, O is 9; of the vantages 10 to 19 four are behind B and three behind C, which
    both feed A, one is behind D, one at E, and one behind F, which feeds E. One is cut at either
    end. Their label for E is .14; by their rule it is 1/8. They count O, too, which is always 1.
    """
    ways = [(2, 1, 9)] * 4 + [(3, 1, 9)] * 3 + [(4, 9), (5, 9), (6, 5, 9)]
    links = {
        link for vantage, way in enumerate(ways, 10) for link in chain(*reversed(way), vantage)
    }
    found = hegemony(make_world(links), "as9", vantages=range(10, 20))
    assert found.columns == ["asn", "name", "country", "hegemony", "doubt"]
    assert shares(found) == pytest.approx({1: 6 / 8, 2: 3 / 8, 3: 2 / 8, 5: 1 / 8})


def test_one_vantage_and_three_ways_as_the_authors_draw_them():
    """After docs/img/multiple-atoms.svg of the same: three equal parts of X come three ways.

    There the parts are prefixes; here the one way is divided among equally good ones. A, B, C, D,
    E and F are 1 to 6, X is 9, the vantage 10.
    """
    ways = [(10, 1, 2, 3, 9), (10, 4, 2, 3, 9), (10, 6, 5, 3, 9)]
    world = make_world({link for way in ways for link in chain(*way)})
    expected = {1: 1 / 3, 2: 2 / 3, 3: 1, 4: 1 / 3, 5: 1 / 3, 6: 1 / 3}
    assert shares(hegemony(world, "AS9", vantages=[10])) == about(expected)


def test_the_tree_that_shows_what_trimming_is_for():
    """After figure 1 of Fontugne, Shah and Aben, PAM 2018; the numbers are worked out here.

    1 sells to 11 to 14, each of which sells to two stubs. From three stubs below 11, 12 and 13
    the plain mean has these well before 14, for nothing but where the vantages are; the median,
    which is the mean trimmed by 40 % at either end, has all four alike.
    """
    stubs = {region: (10 * region, 10 * region + 1) for region in (11, 12, 13, 14)}
    links = [link for region in stubs for stub in stubs[region] for link in chain(1, region, stub)]
    world = make_world(set(links))
    everyone = weigh(world)
    seen = np.concatenate(
        [
            shares_by_source(
                world,
                [vantage],
                everyone.filter(pl.col("asn") != vantage),
                [1, *stubs],
                routing=Routing(),
            )
            for vantage in (110, 120, 130)
        ]
    )
    assert seen.mean(axis=0) == pytest.approx([9 / 12, 5 / 12, 5 / 12, 5 / 12, 2 / 12])
    assert np.median(seen, axis=0) == pytest.approx([9 / 12, 2 / 12, 2 / 12, 2 / 12, 2 / 12])
    # From all 13 networks no region stands out, and nothing need be trimmed.
    assert dict(transit(world).iter_rows()) == pytest.approx(
        {1: 9 / 13, **dict.fromkeys(stubs, 3.5 / 13)}
    )


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([0, 1, 1], 2 / 3),  # fewer than ten are all kept
        ([9, 1, 1, 1, 1, 1, 1, 1, 1, 0], 1),
        ([5, *[0] * 14], 0),
        ([*[1] * 3, *[0] * 17], 1 / 16),
    ],
)
def test_trimming(values, mean):
    assert trimmed_mean(np.array(values, dtype=float)[:, None]) == pytest.approx([mean])


@pytest.fixture
def two_hosts() -> World:
    """Worked by hand after the authors' CTIn.py (github.com/CAIDA/mapkit-cti-code).

    The hosts H1 and H2 are 1 and 2, T is 3, Q is 4, P is 5. The nation has O1 (6), three parts in
    four of it, and O2 (7). Paths: H1 T P O1, H1 T P O2, H2 P O1 and H2 Q O2.
    """
    links = [
        *chain(3, 5, 6),
        *chain(5, 7),
        *chain(4, 7),
        *[(host, near, "p2p") for host, near in ((1, 3), (2, 5), (2, 4))],
    ]
    return make_world(links, country={6: "CU", 7: "CU"}, ipv4_addresses={6: 768, 7: 256})


def test_transit_influence_by_hand(two_hosts):
    """The peering at the top of each path is cut off: hosts get nothing."""
    found = cti(two_hosts, "CU", vantages=[1, 2], tie_break="lowest-asn")
    assert found.columns == ["asn", "name", "country", "cti", "doubt"]
    assert shares(found) == pytest.approx({5: 0.875, 3: 0.25, 4: 0.125})
    # The distance is what makes the difference for T.
    found = hegemony(two_hosts, "CU", vantages=[1, 2], tie_break="lowest-asn")
    assert shares(found) == pytest.approx({5: 0.875, 3: 0.5, 4: 0.125})


def test_transit_influence_where_paths_climb_first():
    # 1 buys from 2, which sells to 3, which sells to the nation: 2 is at the top of the path. 5
    # buys from 6, which peers with 3: of this path only 3 is left.
    links = [*chain(2, 1), *chain(2, 3, 9), *chain(6, 5), (3, 6, "p2p")]
    found = cti(make_world(links, country={9: "CU"}), "CU", vantages=[1, 5], weights="networks")
    assert shares(found) == pytest.approx({3: 1, 2: 1 / 4})


def test_influence_is_trimmed_among_those_who_see_it():
    """Ten see the nation through 2 and two through 3: only of the ten is one cut at either end."""
    links = [*chain(2, 1), *chain(3, 1)]
    links += [(2, seer, "p2c") for seer in range(10, 20)] + [(3, 20, "p2c"), (3, 21, "p2c")]
    world = make_world(links, country={1: "CU"})
    options = {"vantages": range(10, 22), "weights": "networks"}
    assert shares(cti(world, "CU", **options)) == pytest.approx({2: 8 / 10, 3: 2 / 12})
    assert shares(hegemony(world, "CU", **options)) == pytest.approx({2: 9 / 10, 3: 1 / 10})


# What can go wrong


@pytest.mark.parametrize("measure", [hegemony, cti])
@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"country": "Atlantis"}, MisuseError, "unknown country 'Atlantis'"),
        ({"country": "IR"}, WorldError, "no network in Iran"),
        ({"country": "DE"}, WorldError, "does not know the addresses"),
        ({"country": "AS99"}, MisuseError, "AS99 is not in this world"),
        ({"country": "AS4294967296"}, MisuseError, "'AS4294967296' is no AS number"),
        ({"vantages": [99]}, MisuseError, "no vantage is left outside; choose others"),
        ({"vantages": [-1]}, MisuseError, "-1 is no AS number"),
        ({"vantages": [1 << 32]}, MisuseError, "4294967296 is no AS number"),
        ({"vantages": []}, MisuseError, r"no vantage is named; give all, carriers, or AS numbers"),
        ({"vantages": [6, 7]}, MisuseError, "no vantage is left outside"),
        ({"vantages": "carrier"}, MisuseError, "set of vantages 'carrier'; did you mean carriers"),
        ({"at_least": 0}, MisuseError, "above 0 and at most 1, not 0"),
        ({"at_least": float("nan")}, MisuseError, "above 0 and at most 1, not nan"),
        ({"weights": "adresses"}, MisuseError, "unknown weight 'adresses'; did you mean addresses"),
        ({"prefer": "longest"}, MisuseError, "unknown preference 'longest'"),
        ({"tie_break": "slit"}, MisuseError, "unknown tie-break 'slit'; did you mean split"),
    ],
)
def test_words_that_do_not_exist(two_hosts, measure, words, error, message):
    networks = pl.when(pl.col("asn") == 1).then(pl.lit("DE")).otherwise("country")
    world = World(
        manifest=two_hosts.manifest,
        networks=two_hosts.networks.with_columns(country=networks),
        links=two_hosts.links,
    )
    with pytest.raises(error, match=message):
        measure(world, **{"country": "CU"} | words)


def test_a_source_that_is_a_destination(two_hosts):
    nation = weigh(two_hosts, "networks", [6, 7])
    with pytest.raises(MisuseError, match="AS6 is a source and a destination; leave it out of one"):
        shares_by_source(two_hosts, [1, 6], nation, [3], routing=Routing())


def test_a_nation_that_nobody_reaches():
    world = make_world([(1, 2, "p2c")], [3], country={3: "CU"})
    for measure in (hegemony, cti):
        assert measure(world, "CU", weights="networks").height == 0


# Published figures


def test_cuba_in_march_2020(december_2019):
    """CTI .964 and hegemony .929 of ETECSA in the file of Gamero-Garrido et al., PAM 2022.

    PAM-Paper-Results/Misc/combined_joint_cti_hegemony.csv in github.com/CAIDA/mapkit-cti-code; no
    other network has half as much there.
    """
    for measure in (hegemony, cti):
        found = measure(december_2019, "CU")
        first, second = found[found.columns[3]][:2]
        assert found["asn"][0] == 11960
        assert 0.9 < first <= 1
        assert second < first / 2


def test_orange_reaches_the_world_through_its_own_carrier(december_2019):
    """AS3215 reached the world through AS5511, with a hegemony of 1.0, in early 2020.

    The Internet Health Report's list of dependences of February to April 2020.
    """
    found = hegemony(december_2019, "AS3215")
    assert found["asn"][0] == 5511


@pytest.mark.parametrize("vantages", [["AS1"], ["1"], "AS1", 1])
def test_vantages_are_written_as_people_write_them(two_hosts, vantages):
    world = two_hosts
    assert hegemony(world, "AS5", vantages=vantages).equals(hegemony(world, 5, vantages=[1]))
