"""Shocks that lead traffic astray, beside the slow twin of contests."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow_hijacks
from budgets import few
from graphs import Graph, graphs, make_world
from splinternet.base.choices import Links, Routing
from splinternet.base.errors import InputError, WorldError
from splinternet.brief.country import make_brief
from splinternet.brief.diverted import diversion_rows, tell_diversions
from splinternet.brief.document import Points
from splinternet.brief.story import tell_brief
from splinternet.measures.hijacks import hijack
from splinternet.routing.trials import Filters, Trial
from splinternet.scenario.apply import rehearse
from splinternet.scenario.compare import what_if
from splinternet.scenario.diverted import diversions
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.filter import Filter
from splinternet.scenario.shocks.hijack import Hijack
from splinternet.scenario.shocks.leak import Leak
from splinternet.scenario.shocks.remove import Remove
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

LINKS = [(1, 2, "p2c"), (1, 3, "p2c"), (3, 4, "p2c"), (1, 5, "p2c")]


def scenario(world: World, *shocks) -> Scenario:
    return Scenario(name="made up", world=world.manifest.name, shocks=shocks)


def chosen(*asns: int) -> Selection:
    return Selection(" or ".join(f"AS{asn}" for asn in asns))


def doubted(links, *pair: int) -> World:
    """World in which one link of provider and customer is published upside down."""
    made = make_world(links)
    is_doubted = (pl.col("a") == pair[0]) & (pl.col("b") == pair[1])
    told = made.links.with_columns(doubt=pl.when(is_doubted).then(pl.lit("upside-down")))
    return World(made.manifest, made.networks, told)


def outcome(world: World, *shocks):
    return rehearse(world, scenario(world, *shocks))[1][-1].outcome


@few
@given(st.data(), graphs(7, 5).filter(lambda graph: len(graph.asns) > 3))
def test_the_slow_twin(data, graph: Graph):
    victim, attacker, *others = data.draw(st.permutations(graph.asns))
    filtering = data.draw(st.lists(st.sampled_from(others), unique=True, min_size=1))
    how = data.draw(st.sampled_from(["prefix", "subprefix", "forged-origin"]))
    by = data.draw(st.sampled_from(["rov", "aspa"]))
    world = make_world(graph.links, graph.asns)
    found = outcome(
        world,
        Filter(networks=chosen(*filtering), by=by),
        Hijack(networks=chosen(victim), by=chosen(attacker), announce=how),
    )
    more = {"aspa": filtering, "records": filtering} if by == "aspa" else {}
    trial = Trial.of(how, victim, attacker, Filters(rov=filtering, **more))
    told = slow_hijacks.outcomes(graph.links, graph.asns, trial)
    deceived = [asn for asn in others if told[asn][0] == "attacker"]
    assert found.networks == pytest.approx(len(deceived) / len(others))


@pytest.mark.slow
def test_what_is_told():
    world = make_world(LINKS, ipv4_addresses={asn: 10 * asn for asn in range(1, 6)})
    by_4 = Hijack(networks=chosen(2), by=chosen(4))
    found = outcome(world, by_4)
    # AS3 is nearer to AS4; AS1 and AS5 stay with AS2.
    assert found.networks == pytest.approx(1 / 3)
    assert found.addresses == pytest.approx(30 / 90)
    assert "33% of networks and 33% of addresses elsewhere would send" in found.words()[0]
    assert outcome(world, Filter(networks=chosen(3)), by_4).networks == 0
    assert outcome(world, Remove(networks=chosen(3)), by_4).networks == 0
    both_ways = outcome(world, Hijack(networks=chosen(2), by=chosen(5), tie_break="split"))
    # AS1 is a customer's distance from either, and divides what AS3 and AS4 send by it.
    assert both_ways.networks == pytest.approx(1 / 2)
    leak = outcome(world, Leak(network=chosen(4), networks=chosen(2)))
    assert (leak.networks, leak.victims, leak.attackers) == (0, 1, 1)


@pytest.mark.parametrize(
    ("shocks", "message"),
    [
        ([Hijack(networks=chosen(2), by=chosen(2))], "announce their own addresses"),
        ([Leak(network=chosen(2, 3), networks=chosen(4))], "2 networks leak; select one"),
        ([Leak(network=chosen(2), networks=chosen(2))], "leak routes to itself only"),
        ([Leak(network=chosen(1), networks=chosen(2))], "neither providers nor peers"),
        ([Remove(networks=chosen(4)), Hijack(networks=chosen(2), by=chosen(4))], "is left that"),
        ([Remove(networks=chosen(4)), Filter(networks=chosen(4))], "nobody would filter"),
    ],
)
def test_what_is_refused(shocks, message):
    world = make_world(LINKS)
    with pytest.raises(InputError, match=message):
        rehearse(world, scenario(world, *shocks))


@pytest.mark.slow
def test_the_world_after_knows_whom_it_led_astray():
    """By nation, through whom, and beside whose filters; a brief and a comparison tell it."""
    country = {1: "US", 2: "RU", 3: "FR", 4: "FR", 5: "CU"}
    world = make_world(LINKS, country=country, ipv4_addresses={3: 100, 4: 50, 5: 30})
    event = scenario(world, Filter(networks=chosen(5)), Hijack(networks=chosen(2), by=chosen(4)))
    after, effects = rehearse(world, event)
    ((name, found),) = diversions(after.manifest)
    assert (name, found) == ("made up", effects[1].outcome)
    assert (found.of, found.by, found.through) == ((2,), (4,), ())
    assert (found.of_nation("FR").share, found.of_nation("CU").share) == (1, 0)
    assert found.filters == {"rov": 1}
    assert after.filtering.rows() == [(5, "rov")]
    brief = tell_brief(make_brief(after, "FR"))
    (told,) = (each for each in brief.chapters if each.key == "what-if")
    points = next(block for block in told.blocks if isinstance(block, Points)).items
    assert points[1].endswith("would send what is bound there to the wrong place; of France, 100%.")
    assert "These filter false routes by then: 1 network by rov." in points
    assert points[1] in " ".join(brief.lede)
    (section,) = tell_diversions(effects, "FR")
    assert section.sentences == (
        "In the model, of France, 100% of networks and 100% of addresses "
        "would send to the wrong place.",
    )
    rows = diversion_rows(effects, None).filter(figure="deceived")
    shares = dict(rows.select("country", "after").iter_rows())
    assert shares == {None: 1 / 3, "US": 0, "FR": 1, "CU": 0}


#: AS4 comes to AS2 by its provider AS1; if the two are peers, what AS1 hears above does not.
BY_AN_UPSIDE_DOWN_LINK = [
    (1, 2, "p2c"), (8, 1, "p2c"), (8, 4, "p2c"),
    (9, 2, "p2c"), (9, 6, "p2c"), (6, 7, "p2c"), (7, 5, "p2c"),
]  # fmt: skip


@pytest.mark.parametrize("links", ["all", "trusted"])
def test_links_that_hijacks_spread_over(links: Links):
    """The shock, the comparison, the measure: all over the same links, trusted by default."""
    world = doubted(BY_AN_UPSIDE_DOWN_LINK, 1, 2)
    event = scenario(world, Hijack(networks=chosen(5), by=chosen(4)))
    chosen_links = {} if links == Routing().links else {"links": links}
    expected = hijack(world, 5, 4, links=links)
    assert rehearse(world, event, **chosen_links)[1][-1].outcome.networks == expected.networks
    after = what_if(world, event, **chosen_links).after
    ((_, found),) = diversions(after.manifest)
    assert found.networks == expected.networks


def test_links_matter_to_a_hijack():
    by_all, by_trusted = (
        hijack(doubted(BY_AN_UPSIDE_DOWN_LINK, 1, 2), 5, 4, links=links).networks
        for links in ("all", "trusted")
    )
    assert by_trusted < by_all


def test_a_damaged_record_is_one_line():
    world = make_world(LINKS)
    after, _ = rehearse(world, scenario(world, Hijack(networks=chosen(2), by=chosen(4))))
    after.manifest.parameters["scenarios"][0]["shocks"][0]["result"]["outcome"]["victims"] = "many"
    with pytest.raises(WorldError, match="damaged record of a hijack"):
        list(diversions(after.manifest))


def test_links_and_filters_are_those_of_the_world_by_then():
    """Of a world of trusted links, as digests are, and without networks that are gone."""
    links = [*LINKS, (1, 6, "p2c")]
    world = by_evidence(make_world(links), "trusted")
    told = Hijack(networks=chosen(2), by=chosen(4))
    gone = Filter(networks=chosen(6)), Remove(networks=chosen(6))
    assert outcome(world, *gone, told) == outcome(world, Remove(networks=chosen(6)), told)


def test_one_event_in_two_ways_is_a_contradiction():
    hijacks = [
        Hijack(networks=chosen(2), by=chosen(4), announce=how) for how in ("prefix", "subprefix")
    ]
    leaks = [
        Leak(network=chosen(4), networks=chosen(2), tie_break=how)
        for how in ("split", "lowest-asn")
    ]
    for one, other in (hijacks, leaks):
        assert one.contradicts(other)
        assert not one.contradicts(one)
