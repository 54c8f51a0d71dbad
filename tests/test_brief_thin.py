"""Briefs of nations of which there is little: one network, none, or no addresses."""

import re

import pytest

from briefs import CHAPTERS, WORLD, digest_brief, flat, laid_out, text_of
from commands import small_world
from graphs import make_world


def test_one_network_that_links_straight_abroad():
    text = flat(text_of(WORLD, "CU", weights="networks"))
    assert "It has 1 network of Cuba" in text
    assert "No network in Cuba is on the routes abroad of another." in text


def test_one_network_linked_to_nobody():
    text = flat(text_of(WORLD, "KP"))
    assert "knows no addresses of the networks of North Korea, so each of its networks" in text
    assert "No network is on routes between North Korea and the rest of the world" in text
    assert "no foreign network that sells transit to North Korea carries anything." in text
    assert "It cannot be computed: no link crosses the border of North Korea." in text
    assert "no figure for what is cut off from the world if a single network of it" in text
    assert "It has one network only, so there is no other that could be cut off." in text


def test_no_network():
    text = flat(text_of(WORLD, "FR"))
    assert "World small has no network that is registered in France." in text
    assert all(chapter not in text for chapter in CHAPTERS[:4])
    assert "shocks[" not in text
    assert "It knows the country of 90% of its 10 networks." in text
    assert "A network's country is where it is registered" in text
    assert "atlas" not in text
    for unasked in ("addresses of", "Addresses are", "Links are inferred", "loom large"):
        assert unasked not in text


def test_no_network_in_a_digest():
    """What is said of a digest's error is of no use where it has no figure."""
    text = flat(laid_out(digest_brief("AQ")))
    assert "World 2019-12, a digest of the Internet of 1 December 2019" in text
    for unasked in ("rank correlation", "loom large", "named networks and groups"):
        assert unasked not in text


def test_no_network_but_figures_of_another_date():
    """Limits of figures are told where figures are, though they are of another world."""
    worlds = [small_world(), small_world(name="later", date="2020-12-01")]
    said = flat(text_of(make_world([(1, 2, "p2c")], country={1: "US"}), "RU", worlds=worlds))
    assert "has no network that is registered in Russia" in said
    assert "How it changed The same figures in worlds of 2 dates" in said
    assert "Links are inferred" in said


def test_no_country_is_known():
    text = flat(text_of(make_world([(1, 2, "p2c")]), "FR"))
    assert "knows the country of no network" in text


def test_nobody_abroad_carries():
    world = make_world([(10, 11, "p2c"), (10, 1, "p2c")], country={10: "RU", 11: "RU", 1: "US"})
    text = flat(text_of(world, "RU"))
    assert (
        "No network outside Russia is on its routes abroad. Of those in Russia, AS10 is on" in text
    )
    assert "no figure for the share of incoming routes that pass one foreign network." in text
    assert "No foreign network is on its routes." in text


@pytest.mark.parametrize("code", ["VA", "TV", "KP", pytest.param("NR", marks=pytest.mark.nightly)])
def test_small_nations_have_a_brief(code):
    text = laid_out(digest_brief(code))
    said = flat(text)
    assert all(chapter in text for chapter in CHAPTERS)
    assert "None" not in said
    assert not re.search(r"\bnan\b", said, re.IGNORECASE)


def test_one_network():
    """No plural of one, no zero for nothing to count, and before and after for each change."""
    said = flat(laid_out(digest_brief("TV")))
    assert "One network sees 90% of incoming routes to Tuvalu." in said
    assert "must reach this one." in said
    assert (
        "In the model one exit is on all routes out of Tuvalu: if it censored, nothing would get"
        in said
    )
    assert "past the busiest" not in said
    assert "it takes the loss of 1 network, or of 1 link." in said
    assert "fewer than 1 network" not in said
    assert "none of" not in said.split("Method")[0]
    lost = said.partition("fails with all its links")[2].partition("refuses transit")[0]
    assert "With the world 0% of its connections would be left" in lost


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("full", "Incoming: one has all the work. One foreign network sells transit"),
        ("digest", "Incoming: one has all the work in this digest. At least one foreign network"),
    ],
)
def test_one_provider(kind, text):
    said = flat(text_of(small_world(kind=kind), "CU", weights="networks"))
    assert text in said
    assert "(Herfindahl-Hirschman index 1.000)" in said


def test_exits_that_nothing_gets_past():
    """Two carriers take all that leaves, and one of them not all of it."""
    stubs = (12, 13, 14)
    links = [(1, 2, "p2c"), (1, 10, "p2c"), (1, 11, "p2c"), *((10, stub, "p2c") for stub in stubs)]
    country = {1: "US", 2: "US", **dict.fromkeys((10, 11, *stubs), "RU")}
    said = flat(text_of(make_world(links, country=country), "RU"))
    assert "get past them: 20% past the busiest one, nothing past the 5 busiest." in said
