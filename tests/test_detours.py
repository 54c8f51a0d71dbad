"""Detours: every domestic pair's paths walked, and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import few, fewest
from graphs import make_world, written_out
from nations import Nation, large_nations, nations
from slow_measures import passes
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.detours import MEASURE, detours

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))


def table(frame) -> dict:
    """Shares by what is passed: a word for all, a country, or a number."""
    return {
        (through, asn if through == "network" else country): share
        for through, asn, _, country, share in frame.iter_rows()
    }


def expect(nation: Nation, routing: Routing) -> dict:
    both = nation.ends("domestic")
    known = {asn for asn, country in nation.country.items() if country not in ("CU", None)}
    found = {
        ("abroad", None): slow.share(nation.links, *both, routing, passes(known)),
        ("abroad or unknown", None): slow.share(
            nation.links, *both, routing, passes(set(nation.graph.asns) - nation.home)
        ),
    }
    states = slow.groups(nation.links, nation.country, *both, routing)
    networks = slow.groups(nation.links, {asn: asn for asn in nation.graph.asns}, *both, routing)
    found |= {("state", state): part for state, part in states.items() if state != "CU"}
    found |= {("network", asn): part for asn, part in networks.items() if asn not in nation.home}
    return {what: pytest.approx(float(part), abs=1e-6) for what, part in found.items()}


@given(nations(domestic=True), routings)
def test_equal_the_slow_twin(nation, routing):
    found = detours(nation.world, "CU", weights=nation.weights, routing=routing)
    assert table(found) == expect(nation, routing)
    for through in ("state", "network"):
        shares = found.filter(found["through"] == through)["share"]
        assert shares.is_sorted(descending=True)


@pytest.mark.nightly
@fewest
@given(large_nations(), routings)
def test_over_several_blocks(nation, routing):
    found = detours(nation.world, "CU", weights="networks", routing=routing)
    assert table(found) == expect(nation, routing)


@few
@given(st.data(), nations(domestic=True), routings)
def test_a_group_counts_as_its_networks_written_out(data, nation, routing):
    worlds = data.draw(written_out(nation.graph, **nation.columns))
    found, expected = (
        table(detours(world, "CU", weights=nation.weights, routing=routing)) for world in worlds
    )
    assert found == pytest.approx(expected, abs=1e-6)


def test_by_hand():
    """After Shah, Fontugne and Papadopoulos, 2016: begun and ended in one country, not all in it.

    The nation's 11 and 12 meet at 10, its own; 13 hangs on 1 (United States), 14 on 2, of unknown
    country, which 1 sells to.
    """
    links = [
        (1, 10, "p2c"),
        (10, 11, "p2c"),
        (10, 12, "p2c"),
        (1, 13, "p2c"),
        (1, 2, "p2c"),
        (2, 14, "p2c"),
    ]
    country = {1: "US", **dict.fromkeys((10, 11, 12, 13, 14), "CA")}
    world = make_world(links, [15], country=country | {15: "CA"}, name={1: "One"})
    found = detours(world, "Canada", weights="networks")
    assert found.columns == ["through", "asn", "name", "country", "share"]
    # Of 30 pairs, 6 join 13 to the three of the mainland, and 8 join 14 to these and to 13.
    away = pytest.approx(14 / 30)
    assert found.rows() == [
        ("abroad", None, None, None, away),
        ("abroad or unknown", None, None, None, away),
        ("state", None, None, "US", away),
        ("state", None, None, None, pytest.approx(8 / 30)),
        ("network", 1, "One", "US", away),
        ("network", 2, None, None, pytest.approx(8 / 30)),
    ]
    assert MEASURE.summary(found, "CA") == {
        "detours": away,
        "detours_or_unknown": away,
        "detours_through": "US",
    }


def test_the_truth_lies_between_what_is_known_and_what_is_not():
    world = make_world([(1, 10, "p2c"), (1, 11, "p2c")], country={10: "CU", 11: "CU"})
    found = detours(world, "CU", weights="networks")
    assert table(found) == {
        ("abroad", None): 0,
        ("abroad or unknown", None): 1,
        ("state", None): 1,
        ("network", 1): 1,
    }
    assert MEASURE.summary(found, "CU")["detours_through"] is None


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"country": "Atlantis"}, MisuseError, "unknown country 'Atlantis'"),
        ({"country": "RU"}, WorldError, "no network in Russia"),
        ({"country": "US"}, WorldError, "United States has one network in world"),
        ({"weights": "addresses"}, WorldError, "Cuba has one network with addresses in world"),
        ({"weights": "users"}, WorldError, "does not know the users of these networks"),
        ({"weights": "adresses"}, MisuseError, "unknown weight 'adresses'"),
        ({"prefer": "longest"}, MisuseError, "unknown preference 'longest'"),
    ],
)
def test_what_can_go_wrong(words, error, message):
    country = {1: "US", 10: "CU", 11: "CU"}
    world = make_world(
        [(1, 10, "p2c"), (10, 11, "p2c")], country=country, ipv4_addresses={10: 0, 11: 5}
    )
    with pytest.raises(error, match=message):
        detours(world, **{"country": "CU", "weights": "networks"} | words)


def test_cubas_domestic_traffic_stays_there(december_2019):
    found = table(detours(december_2019, "CU"))
    assert 0 <= found["abroad", None] <= found["abroad or unknown", None] < 0.1
