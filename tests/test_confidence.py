"""How sure links are: each doubt by hand, and all by a slow twin on random graphs."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import graphs, make_world
from slow import Link
from splinternet.base.errors import WorldError
from splinternet.scenario.apply import apply
from splinternet.world import confidence
from splinternet.world.confidence import (
    LEFT_OUT,
    LINK_DOUBTS,
    content_operators,
    judge,
    judged,
)
from splinternet.world.evidence import by_evidence
from splinternet.world.schema import TABLES
from splinternet.world.world import World

Pairs = dict[tuple[int, int], str | None]


def table(links, evidence: str | None = "bgp") -> pl.DataFrame:
    rows = [{"a": a, "b": b, "kind": kind, "evidence": evidence} for a, b, kind in links]
    return pl.DataFrame(rows, schema=TABLES["links"].schema)


def networks(links, **columns) -> pl.DataFrame:
    """Networks of these links, each of a country of its own unless one is given."""
    asns = sorted({end for a, b, _ in links for end in (a, b)})
    rows = [{"asn": asn, "members": 1, "country": f"{asn}"} for asn in asns]
    made = pl.DataFrame(rows, schema=TABLES["networks"].schema)
    return made.with_columns(
        pl.col("asn").replace_strict(known, default=pl.col(name), return_dtype=made.schema[name])
        .alias(name)
        for name, known in columns.items()
    )  # fmt: skip


def told(links, **columns) -> Pairs:
    """What speaks against links that BGP shows."""
    return doubts(judge(table(links), networks(links, **columns)))


def doubts(frame: pl.DataFrame) -> Pairs:
    """What speaks against each link that something speaks against."""
    told = frame.drop_nulls("doubt")
    return dict(zip(told.select("a", "b").iter_rows(), told["doubt"], strict=True))


def customers(provider: int, first: int, many: int) -> list[tuple[int, int, str]]:
    return [(provider, first + each, "p2c") for each in range(many)]


# Each doubt


def test_a_customer_with_four_times_the_customers_is_upside_down():
    # Every customer has a second provider, 9: so none is captive.
    below = customers(2, 100, 20) + customers(1, 200, 4) + customers(9, 100, 20)
    links = [(1, 2, "p2c"), (9, 2, "p2c"), *below, *customers(9, 200, 4)]
    assert doubts(judge(table(links))) == {(1, 2): "upside-down"}


@pytest.mark.parametrize(("above", "below"), [(4, 19), (5, 20)])
def test_a_customer_that_is_not_so_much_larger_is_none(above, below):
    links = [(1, 2, "p2c"), *customers(2, 100, below), *customers(1, 200, above)]
    both = [(9, b, "p2c") for _, b, _ in links if b != 2]
    # 1 has above + 1 customers, 2 itself among them.
    assert doubts(judge(table([*links, *both, (9, 2, "p2c")]))) == {}


def test_a_provider_on_which_nobody_hangs_is_upside_down():
    """All customers of 1 have another provider, as where it leaks their routes."""
    leaked = customers(1, 200, 30) + customers(9, 200, 30)
    links = [(1, 2, "p2c"), (9, 2, "p2c"), (9, 300, "p2c"), *leaked, *customers(2, 100, 5)]
    assert doubts(judge(table(links))) == {(1, 2): "upside-down"}
    assert doubts(judge(table([*links, (1, 400, "p2c")]))) == {}  # one hangs on it


def test_a_content_network_that_seems_to_sell_transit():
    google, other = 15169, 36040
    links = [(google, 2, "p2c"), (9, 2, "p2c"), (google, 3, "p2c"), (2, google, "p2c")]
    own = [(google, other, "p2c"), (9, other, "p2c")]
    # 3 has no other provider; 36040 is Google's own.
    assert doubts(judge(table([*links, *own]))) == {(google, 2): "content"}


def test_what_is_in_no_other_snapshot():
    links = table([(1, 2, "p2c"), (2, 3, "p2p"), (1, 4, "p2c")])
    others = [table([(2, 1, "p2p")]), table([(3, 2, "p2c")])]
    assert doubts(judge(links, others=others)) == {(1, 4): "seen-once"}


def test_what_only_an_exchange_shows():
    assert doubts(judge(table([(1, 2, "p2p")], "mlp"))) == {(1, 2): "exchange-only"}
    assert doubts(judge(table([(1, 2, "p2p")], "bgp,mlp"))) == {}


def test_what_lay_on_a_repaired_cycle():
    links = table([(1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c")])
    found = judge(links, circular=[(1, 2), (2, 3), (3, 1)])
    assert doubts(found) == {(1, 2): "repaired-cycle", (2, 3): "repaired-cycle"}


def test_networks_that_stand_for_several_count_as_many():
    links = table([(1, 2, "p2c"), (9, 2, "p2c"), (2, 3, "p2c"), (1, 4, "p2c"), (9, 4, "p2c")])
    members = pl.DataFrame({"asn": [1, 2, 3, 4, 9], "members": [1, 1, 20, 1, 1]})
    members = members.cast({"asn": pl.UInt32})
    assert doubts(judge(links)) == {}
    assert doubts(judge(links, members=members)) == {
        (1, 2): "upside-down",
        (9, 2): "upside-down",
    }


def test_confidence_follows_from_the_doubt():
    links = judge(table([(1, 2, "p2p"), (3, 4, "p2p")]), others=[table([(1, 2, "p2p")])])
    assert links["confidence"].to_list() == [1.0, LINK_DOUBTS["seen-once"].confidence]
    assert all(0 < doubt.confidence < 1 for doubt in LINK_DOUBTS.values())
    assert LEFT_OUT == ("upside-down", "content")


def test_the_stated_list_names_each_network_once():
    listed = [asn for operator in content_operators() for asn in operator.asns]
    assert len(listed) == len(set(listed)) > 30
    assert all(operator.source for operator in content_operators())


def slow(links: list[Link], content: dict[int, str]) -> Pairs:
    """Doubts network by network, as the documents say it."""
    transit = [(a, b) for a, b, kind in links if kind == "p2c"]
    providers = Counter(b for _, b in transit)
    has = Counter(a for a, _ in transit)
    captive = Counter(a for a, b in transit if providers[b] == 1)
    found: Pairs = {}
    for a, b in transit:
        larger = has[b] >= 3 and has[b] >= 2 * has[a]
        firmer = captive[b] >= 2 and captive[b] >= 2 * captive[a]
        if larger or firmer:
            found[a, b] = "upside-down"
        elif a in content and content[a] != content.get(b) and providers[b] > 1:
            found[a, b] = "content"
    return found


@few
@given(graphs(), st.data())
def test_as_network_by_network(graph, data):
    chosen = data.draw(st.lists(st.sampled_from(graph.asns), unique=True, max_size=4))
    content = {asn: data.draw(st.sampled_from(["one", "other"])) for asn in chosen}
    operators = [
        confidence.Operator(name, tuple(a for a in content if content[a] == name), "content", "x")
        for name in ("one", "other")
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confidence, "content_operators", lambda: operators)
        for name, value in (("_CUSTOMERS", 3), ("_TIMES", 2)):
            patch.setattr(confidence, name, value)
        for name, value in (("_CAPTIVES", 2), ("_CAPTIVE_TIMES", 2)):
            patch.setattr(confidence, name, value)
        found = doubts(judge(table(graph.links)))
        assert found == slow(graph.links, content)
        world = unjudged(graph.links)
        kept = {tuple(pair) for pair in by_evidence(world, "trusted").links["a", "b"].rows()}
    every = {tuple(pair) for pair in world.links["a", "b"].rows()}
    sure = {b for a, b, kind in graph.links if kind == "p2c" and (a, b) not in found}
    assert kept == {pair for pair in every if pair not in found or pair[1] not in sure}


# Worlds


def unjudged(links) -> World:
    made = make_world(links)
    blank = made.links.with_columns(confidence=pl.lit(None, pl.Float64))
    return World(made.manifest, made.networks, blank)


UPSIDE_DOWN = [(1, 2, "p2c"), (9, 2, "p2c"), *customers(2, 100, 5), (9, 1, "p2c"), (9, 50, "p2c")]


def test_a_world_is_judged_once():
    world = unjudged(UPSIDE_DOWN)
    assert judged(world) is judged(world)
    assert judged(judged(world)) is judged(world)
    assert doubts(judged(world).links) == {(1, 2): "upside-down"}


def test_routes_do_without_what_is_much_doubted():
    world = by_evidence(unjudged(UPSIDE_DOWN), "trusted")
    assert (1, 2) not in world.links["a", "b"].rows()
    assert world.manifest.parameters == {"links": "trusted", "doubted": 1}
    assert by_evidence(world, "trusted") is world


def test_a_network_keeps_its_providers_if_all_are_doubted():
    world = unjudged([(1, 2, "p2c"), *customers(2, 100, 5)])
    assert by_evidence(world, "trusted").links.height == 6


def test_what_a_scenario_adds_is_not_doubted():
    text = """
        name = "A link"
        world = "made-up"
        [[shocks]]
        kind = "add"
        between = ["AS3", "AS2"]
        relation = "provider"
    """
    after = by_evidence(apply(unjudged([*UPSIDE_DOWN, (9, 3, "p2c")]), text), "trusted")
    pairs = after.links["a", "b"].rows()
    assert (3, 2) in pairs
    assert (1, 2) not in pairs


def test_a_digest_of_trusted_links_has_no_others():
    world = by_evidence(unjudged(UPSIDE_DOWN), "trusted")
    with pytest.raises(WorldError, match="made without the links that are doubted; take a full"):
        by_evidence(world, "all")
