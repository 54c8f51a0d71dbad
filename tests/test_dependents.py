"""Dependents: nation by nation in the slow twin, by hand, and the reverse of dependence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_measures as slow
from budgets import few
from graphs import make_world
from nations import nations
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.dependence import depend
from splinternet.measures.dependents import dependents

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))


def expect(nation, networks: set[int], third: set[int], direction: str, routing: Routing) -> dict:
    """Walk the paths of each nation's traffic, of all ends that are third parties."""
    figures = nation.columns["users"]
    found = {}
    for code in {country for country in nation.country.values() if country}:
        home = {asn for asn in third if nation.country[asn] == code}
        counts = {asn: 1 if nation.weights == "networks" else figures[asn] or 0 for asn in home}
        ways = [dict.fromkeys(third - home, 1), counts]
        sources, destinations = ways if direction == "inbound" else ways[::-1]
        if slow.offered(sources, destinations):
            wanted = slow.passes(networks)
            share = slow.share(nation.links, sources, destinations, routing, wanted)
            found |= {code: pytest.approx(float(share), abs=1e-6)} if share else {}
    return found


@few
@given(st.data(), nations(), routings, st.sampled_from(["inbound", "outbound"]))
def test_equals_the_slow_twin(data, nation, routing, direction):
    every = set(nation.graph.asns)
    states = sorted({country for country in nation.country.values() if country})
    carrier = data.draw(st.sampled_from(nation.graph.asns) | st.sampled_from(states))
    networks = {asn for asn in every if carrier in (asn, nation.country[asn])}
    third = every if isinstance(carrier, int) else every - networks
    if nation.weights != "networks" and not any(nation.columns["users"].values()):
        return
    found = dependents(
        nation.world, carrier, routing=routing, weights=nation.weights, direction=direction
    )
    assert dict(found.iter_rows()) == expect(nation, networks, third, direction, routing)
    assert found["share"].is_sorted(descending=True)


@few
@given(nations(), routings)
def test_is_the_reverse_of_dependence_from_some_vantages(nation, routing):
    homes = {asn for asn in nation.graph.asns if nation.country[asn] == "CU"}
    some = [asn for asn in nation.graph.asns if asn not in homes][:2]
    options = {"weights": nation.weights, "routing": routing, "vantages": some}
    for asn, share in depend(nation.world, "CU", **options).select("asn", "share").iter_rows():
        found = dict(dependents(nation.world, asn, **options).iter_rows())
        assert found["CU"] == pytest.approx(share, abs=1e-6)


def test_vantages_that_the_world_has_not_got_are_refused():
    world = make_world(LINKS, country=COUNTRIES)
    with pytest.raises(MisuseError, match="no vantage is left"):
        dependents(world, 2, weights="networks", vantages=[77])


@few
@given(nations(), routings)
def test_is_the_reverse_of_dependence(nation, routing):
    options = {"weights": nation.weights, "routing": routing}
    for asn, share in depend(nation.world, "CU", **options).select("asn", "share").iter_rows():
        found = dict(dependents(nation.world, asn, **options).iter_rows())
        assert found["CU"] == pytest.approx(share, abs=1e-6)


LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 10, "p2c"), (3, 11, "p2c"), (1, 12, "p2c")]
COUNTRIES = {1: "US", 2: "DE", 3: "FR", 10: "CU", 11: "KP", 12: "US"}


def test_by_hand():
    """Cuba's only way is 2: of five networks abroad it is an end itself, and passes four."""
    world = make_world(LINKS, country=COUNTRIES)
    found = dict(dependents(world, "as2", weights="networks").iter_rows())
    assert found == {"CU": 4 / 5, "US": 1 / 4, "FR": 1 / 5, "KP": 1 / 5}
    state = dict(dependents(world, "United States", weights="networks").iter_rows())
    # What comes to Cuba's network from 2 does not pass 1, from 3 and 11 it does.
    assert state["CU"] == pytest.approx(2 / 3)
    assert "US" not in state
    outbound = dependents(world, "FR", weights="networks", direction="outbound")
    # All of Korea's, and of the others' what goes to Korea.
    assert dict(outbound.iter_rows()) == {"KP": 1, "US": 1 / 3, "CU": 1 / 4, "DE": 1 / 4}


@pytest.mark.parametrize(
    ("carrier", "options", "said"),
    [
        (4, {}, "AS4 is not in world"),
        ("Atlantis", {}, "Atlantis"),
        (2, {"direction": "domestic"}, "inbound or outbound"),
        (2, {"by": "state"}, "no use for by"),
    ],
)
def test_says_what_is_wrong(carrier, options, said):
    world = make_world(LINKS, country=COUNTRIES)
    with pytest.raises(MisuseError, match=said):
        dependents(world, carrier, **options)
    with pytest.raises(WorldError, match="no network in Peru"):
        dependents(world, "PE", weights="networks")
