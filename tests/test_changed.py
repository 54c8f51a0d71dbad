"""The finding of a what-if: the first sentence, in the terminal, on pages and in the API."""

import re

import pytest

from briefs import digest
from commands import small_world
from graphs import make_world
from splinternet.base.groups import group_members
from splinternet.brief.changed import changed, lost_routes
from splinternet.brief.comparison import tell
from splinternet.scenario.compare import what_if
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove


def shocked(*shocks, world: str = "small") -> Scenario:
    return Scenario(name="test", world=world, shocks=shocks)


def finding(shock, country: str | None = None, *, world=None, **options) -> str:
    before = world or small_world()
    made = shocked(shock, world=before.manifest.name)
    return changed(what_if_on_levels(before, made, country, measures=(), **options))


def test_a_nation_cut_off_loses_all():
    said = finding(Isolate(networks=Selection("country:RU")), "RU")
    assert said.startswith("In the model Russia loses all its routes to the world; within Russia")


@pytest.mark.slow
def test_who_takes_over_and_who_loses():
    lost = finding(Remove(networks=Selection("AS3356")), "RU", world=digest())
    assert lost.startswith("In the model Russia keeps nearly all its routes to the world; ")
    assert "instead of 10%" in lost
    assert lost.endswith("falls from 16% (14% to 16%) to 0%.")
    states = finding(Remove(networks=Selection("AS3356")), "RU", world=digest(), by="state")
    assert "networks of the United States fall from 33% (" in states


def test_what_is_counted_is_said_where_addresses_and_pairs_differ():
    """Russia's only networks with addresses lose all; one without them keeps its way out."""
    said = finding(Remove(networks=Selection("AS1")), "RU")
    assert said.startswith(
        "In the model Russia loses all its routes to the world, counted by addresses "
        "(89% are lost by pairs of networks); within Russia"
    )
    few = finding(Remove(networks=Selection("AS12")), "RU")
    assert "keeps nearly all its routes to the world, counted by addresses (33% are lost by" in few


@pytest.mark.slow
def test_what_is_counted_is_said_where_some_are_lost_by_either():
    said = finding(Isolate(networks=Selection("country:RU")), "RU", world=digest())
    assert re.search(
        r"; within Russia [\d.]+% are lost too, counted by addresses \(1\d% are lost by pairs of "
        r"networks\)\.$",
        said,
    )
    near = finding(Isolate(networks=Selection("country:CU")), "CU", world=digest())
    assert near.endswith("; within Cuba nearly all stay.")


def test_routes_that_end_at_what_is_lost_are_told_apart_from_those_that_pass_it():
    def told(networks: str) -> str:
        compared = what_if(small_world(), shocked(Remove(networks=Selection(networks))), "RU")
        return " ".join(next(tell("Lost", compared, ())).sentences)

    assert (
        "(AS10, Russia) was on 23% of the routes to Russia. Those that begin or end at it are not "
        "among these, but are lost with it." in told("AS10")
    )
    assert "begin or end at it" not in told("AS1")  # it is of another nation
    assert "begin or end at it" not in told("AS12")  # nothing passed it


@pytest.mark.slow
def test_routes_that_are_lost_at_their_other_end_are_told():
    """That the United States are gone says little of whom Cuba depends on."""
    said = finding(Isolate(networks=Selection("country:US")), "CU", world=digest())
    assert "of its routes to the world, most of them those to the United States, counted " in said
    union = f"country:{','.join(group_members('EU'))}"
    many = finding(Isolate(networks=Selection(union)), "RU", world=digest())
    reached = r", most of them those to \d+ nations that it reaches no more(; |, counted by)"
    assert re.search(reached, many)
    assert "most of them" not in finding(
        Remove(networks=Selection("AS12389")), "RU", world=digest()
    )


def test_nothing_changes():
    world = make_world([(1, 2, "p2c"), (1, 3, "p2c"), (4, 5, "p2c"), (1, 5, "p2c"), (1, 4, "p2p")],
                       country={1: "US", 2: "RU", 3: "CU", 4: "DE", 5: "DE"})  # fmt: skip
    shock = Cut(between=(Selection("AS4"), Selection("AS5")))
    said = changed(
        what_if(
            world, shocked(shock, world=world.manifest.name), "RU", measures=(), weights="networks"
        )
    )
    assert said.startswith("In the model Russia keeps all its routes to the world")
    assert "; no network's part of the routes to Russia changes by as much as 0.1 points" in said


@pytest.mark.slow
def test_of_all_nations_those_who_lose_most():
    said = finding(Isolate(networks=Selection("country:RU")), world=digest())
    assert said.startswith("In the model Russia (100%), ")
    assert "half of all nations lose" in said
    one = finding(Remove(networks=Selection("AS11960")), world=digest())
    assert (
        one
        == "In the model Cuba loses 100% of its routes to the world; no other nation loses as much "
        "as 1.9%."
    )


def test_the_first_sentence_is_the_finding():
    compared = what_if(small_world(), shocked(Isolate(networks=Selection("country:RU"))), "RU")
    first = next(tell("Alone", compared, ()))
    assert first.sentences[0] == changed(compared)
    assert lost_routes(compared) == pytest.approx(1.0)
