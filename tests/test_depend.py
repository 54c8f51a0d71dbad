"""Dependence: small worlds worked by hand, and nations known from published measurements."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow
from budgets import few
from graphs import graphs, make_world, written_out
from splinternet.base.choices import PREFERENCES, TIE_BREAKS
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.catalogue import find_measure
from splinternet.measures.dependence import depend
from splinternet.measures.nation import in_country
from splinternet.world.world import World

COUNTRIES = {10: "CU", 11: "CU", 12: "CU", 20: "US", 21: "DE", 30: "ES", 31: "FR", 40: None}
ADDRESSES = {10: 100, 11: 300, 12: 600, 20: 5000}


@pytest.fixture
def island() -> World:
    """One gateway: everything in or out of the nation passes AS10, which two carriers serve."""
    return make_world(
        [
            (20, 30, "p2p"),
            (20, 10, "p2c"),
            (30, 10, "p2c"),
            (10, 11, "p2c"),
            (10, 12, "p2c"),
            (20, 21, "p2c"),
            (30, 31, "p2c"),
            (20, 40, "p2c"),
            (30, 40, "p2c"),
        ],
        country=COUNTRIES,
        name={10: "Gateway"},
        ipv4_addresses=ADDRESSES,
        users={11: 1, 12: 0},
    )


def shares(frame) -> dict:
    return dict(frame.select(frame.columns[0], "share").iter_rows())


def test_inbound_by_addresses(island):
    # Five networks abroad (AS40, of unknown country, too) reach 1000 addresses: 900 of them lie
    # behind AS10. AS21 comes over AS20, AS31 over AS30, AS40 half over each.
    found = depend(island, "CU")
    assert found.columns == ["asn", "name", "country", "share", "doubt"]
    assert found.drop("doubt").rows() == [
        (10, "Gateway", "CU", pytest.approx(900 / 1000)),
        (20, None, "US", pytest.approx((1 + 1 / 2) / 5)),
        (30, None, "ES", pytest.approx((1 + 1 / 2) / 5)),
    ]


def test_figures_by_other_carriers_name_no_network(island):
    figures = find_measure("dependence").summary
    by_state = figures(depend(island, "CU", by="state"), "CU")
    # Of four networks outside the state, one comes over its network, and AS40 half.
    assert by_state == {
        "dependence": pytest.approx((1 + 1 / 2) / 4),
        "dependence_on": None,
        "foreign_dependence": pytest.approx((1 + 1 / 2) / 4),
        "foreign_dependence_on": None,
    }
    organisations = depend(island, "CU", by="state").rename({"country": "organisation"})
    assert figures(organisations, "CU") == by_state | {"foreign_dependence": None}


def test_ties_to_the_lowest_number(island):
    found = depend(island, "CU", tie_break="lowest-asn")
    assert shares(found) == pytest.approx({10: 9 / 10, 20: 2 / 5, 30: 1 / 5})


def test_outbound(island):
    # From each domestic network to each of five abroad: 20 or 30 carry what is not for themselves.
    found = depend(island, "Cuba", direction="outbound", tie_break="lowest-asn")
    assert shares(found) == pytest.approx({10: 9 / 10, 20: 2 / 5, 30: 1 / 5})
    assert found["share"].is_sorted(descending=True)


def test_the_two_directions_differ():
    # AS9 takes the longer way down its customers, 4 and 2, before its peer 3; AS1 goes up over 3.
    world = make_world(
        [(2, 1, "p2c"), (3, 1, "p2c"), (4, 2, "p2c"), (9, 4, "p2c"), (3, 9, "p2p")],
        country={1: "CU"},
    )
    chosen = {"weights": "networks", "prefer": "customer-first"}
    inbound = depend(world, "CU", **chosen)
    assert shares(inbound) == pytest.approx({2: 2 / 4, 4: 1 / 4})
    outbound = depend(world, "CU", **chosen, direction="outbound")
    assert shares(outbound) == pytest.approx({2: 1 / 4, 3: 1 / 4})


def test_by_networks_and_by_users(island):
    by_networks = depend(island, "CU", weights="networks")
    assert shares(by_networks) == pytest.approx({10: 2 / 3, 20: 3 / 10, 30: 3 / 10})
    by_users = depend(island, "CU", weights="users")
    assert shares(by_users) == pytest.approx({10: 1, 20: 3 / 10, 30: 3 / 10})


def test_by_state(island):
    found = depend(island, "CU", by="state")
    assert found.columns == ["country", "share", "counted"]
    every = depend(island, "CU", by="state", parties="all")
    assert shares(every) == pytest.approx({"CU": 9 / 10, "ES": 3 / 10, "US": 3 / 10})
    assert every["country"].to_list() == ["CU", "ES", "US"]
    assert set(found["country"]) == {"ES", "US"}  # all traffic has an end in Cuba
    assert (found["counted"] < 1).all()


def test_a_state_counts_once_for_two_networks_on_a_path():
    chain = [(2, 1, "p2c"), (3, 2, "p2c"), (4, 3, "p2c")]
    world = make_world(chain, country={1: "CU", 2: "US", 3: "US", 4: "FR"})
    found = depend(world, "CU", by="state", weights="networks", parties="all")
    assert shares(found) == pytest.approx({"US": 2 / 3})  # from AS4 and AS3; AS2 is next door
    third = depend(world, "CU", by="state", weights="networks")
    assert third.rows() == [("US", 1.0, pytest.approx(1 / 3))]  # from AS4
    by_network = depend(world, "CU", weights="networks")
    assert shares(by_network) == pytest.approx({2: 2 / 3, 3: 1 / 3})


def test_what_does_not_reach_the_nation_is_not_carried():
    world = make_world([(2, 1, "p2c"), (2, 3, "p2c")], [4], country={1: "CU", 2: "US"})
    assert shares(depend(world, "CU", weights="networks")) == pytest.approx({2: 1 / 3})


@given(st.data(), graphs(), st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
def test_depend_equals_the_slow_twin(data, graph, prefer, tie_break):
    home = data.draw(st.sets(st.sampled_from(graph.asns), min_size=1))
    abroad = dict.fromkeys(set(graph.asns) - home, 1)
    addresses = {asn: data.draw(st.integers(1, 1000)) for asn in sorted(home)}
    assume(abroad)
    world = make_world(
        graph.links, graph.asns, country=dict.fromkeys(home, "CU"), ipv4_addresses=addresses
    )
    for direction, ends in (("inbound", (abroad, addresses)), ("outbound", (addresses, abroad))):
        found = depend(world, "CU", direction=direction, prefer=prefer, tie_break=tie_break)
        expected = slow.transit(graph.links, *ends, prefer, tie_break)
        expected = {asn: float(share) for asn, share in expected.items()}
        assert shares(found) == pytest.approx(expected, abs=1e-8, rel=0)


@few
@given(st.data(), graphs(), st.sampled_from(["network", "state"]))
def test_a_group_depends_as_its_networks_written_out(data, graph, by):
    country = {asn: ["CU", "US", None][asn % 3] for asn in graph.asns}
    addresses = {asn: asn % 7 for asn in graph.asns}
    worlds = data.draw(written_out(graph, country=country, ipv4_addresses=addresses))
    home = [asn for asn in graph.asns if country[asn] == "CU"]
    assume(sum(addresses[asn] for asn in home) and len(home) < len(graph.asns))
    for direction in ("inbound", "outbound"):
        grouped, written = (depend(world, "CU", direction=direction, by=by) for world in worlds)
        assert_frame_equal(grouped, written)


def test_a_country_by_any_name(island):
    assert in_country(island, "cuba").to_list() == [10, 11, 12]
    assert in_country(island, "CUB").to_list() == [10, 11, 12]
    with pytest.raises(MisuseError, match="unknown country 'Cubba'; did you mean Cuba"):
        depend(island, "Cubba")


def test_a_country_without_networks(island):
    with pytest.raises(WorldError, match=r"world made-up has no network in Iran \(IR\)"):
        depend(island, "IR")


def test_a_country_without_addresses(island):
    with pytest.raises(WorldError, match="does not know the addresses of these networks"):
        depend(island, "DE")
    no_addresses = make_world([(1, 2, "p2c")], country={1: "CU"}, ipv4_addresses={1: 0})
    with pytest.raises(WorldError, match="no network of Cuba has any addresses"):
        depend(no_addresses, "CU")


def test_a_world_of_one_country():
    world = make_world([(1, 2, "p2c")], country={1: "CU", 2: "CU"})
    with pytest.raises(WorldError, match="no network outside Cuba: there is no traffic abroad"):
        depend(world, "CU", weights="networks")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"direction": "inbond"}, "unknown direction 'inbond'; did you mean inbound"),
        ({"by": "states"}, "unknown kind of carrier 'states'; did you mean state"),
        ({"weights": "adresses"}, "unknown weight 'adresses'; did you mean addresses"),
        ({"tie_break": "slit"}, "unknown tie-break 'slit'; did you mean split"),
    ],
)
def test_words_that_do_not_exist(island, words, message):
    with pytest.raises(MisuseError, match=message):
        depend(island, "CU", **words)


def test_cuba_depends_on_etecsa(december_2019):
    """Gamero-Garrido et al., PAM 2022, measured a country hegemony of .929 in March 2020."""
    found = depend(december_2019, "CU").row(0, named=True)
    assert (found["asn"], found["country"]) == (11960, "CU")
    assert 0.93 < found["share"] <= 1.0


@pytest.mark.parametrize(
    ("country", "asn"),
    [
        ("IR", 49666),  # Telecommunication Infrastructure Company, the state's gateway
        ("RU", 12389),  # Rostelecom
    ],
)
def test_whom_a_nation_depends_on_first(december_2019, country, asn):
    found = depend(december_2019, country)
    assert found["asn"][0] == asn
    assert found["share"].is_between(0, 1).all()


def test_a_nation_depends_on_its_own_state_first(december_2019):
    found = depend(december_2019, "RU", by="state", parties="all")
    assert found["country"][0] == "RU"
    by_network = depend(december_2019, "RU")
    assert found["share"][0] >= by_network["share"][0]


def test_a_table_is_its_owners():
    world = make_world([(1, 2, "p2c"), (1, 3, "p2c")], country={1: "US", 2: "CU", 3: "DE"})
    table = depend(world, "CU", weights="networks")
    table[0, "share"] = 9.0
    table.drop_in_place("name")
    assert depend(world, "CU", weights="networks").to_dicts() == [
        {"asn": 1, "name": None, "country": "US", "share": 0.5, "doubt": None}
    ]
