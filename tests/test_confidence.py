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
    DISTRUSTED,
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


def networks(links, **columns: dict[int, object]) -> pl.DataFrame:
    """Networks of these links, each of a country of its own unless it is given."""
    asns = sorted({end for a, b, _ in links for end in (a, b)})
    rows = [
        {"asn": asn, "members": 1, "country": f"{asn}"}
        | {name: known[asn] for name, known in columns.items() if asn in known}
        for asn in asns
    ]
    return pl.DataFrame(rows, schema=TABLES["networks"].schema)


def told(links, evidence="bgp", circular=(), others=(), **columns) -> Pairs:
    """What speaks against links between networks of these countries, organisations, members."""
    made = table(links, evidence), networks(links, **columns)
    return doubts(judge(*made, circular=circular, others=others))


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
    assert told(links) == {(1, 2): "upside-down"}
    assert told(links, country={1: "RU", 2: "RU"}) == {}  # a gateway to a nation
    assert told(links, org={1: "Example", 2: "Example"}) == {}  # or of one operator


@pytest.mark.parametrize(("above", "below"), [(4, 19), (5, 20)])
def test_a_customer_that_is_not_so_much_larger_is_none(above, below):
    links = [(1, 2, "p2c"), *customers(2, 100, below), *customers(1, 200, above)]
    both = [(9, b, "p2c") for _, b, _ in links if b != 2]
    # 1 has above + 1 customers, 2 itself among them.
    assert told([*links, *both, (9, 2, "p2c")]) == {}


def test_a_provider_on_which_nobody_hangs_is_upside_down():
    """All customers of 1 have another provider, as where it leaks their routes."""
    leaked = customers(1, 200, 30) + customers(9, 200, 30)
    links = [(1, 2, "p2c"), (9, 2, "p2c"), (9, 300, "p2c"), *leaked, *customers(2, 100, 5)]
    assert told(links) == {(1, 2): "upside-down"}
    assert told([*links, (1, 400, "p2c")]) == {}  # one hangs on it


def test_caches_stand_in_the_country_of_their_hosts():
    cloudflare = 13335
    links = [(1, cloudflare, "p2c"), (9, cloudflare, "p2c"), (9, 50, "p2c")]
    links += customers(cloudflare, 100, 5)
    assert told(links, country={1: "US", cloudflare: "US"}) == {(1, cloudflare): "upside-down"}


def test_a_content_network_that_seems_to_sell_transit():
    google, other = 15169, 36040
    links = [(google, 2, "p2c"), (9, 2, "p2c"), (google, 3, "p2c")]
    own = [(google, other, "p2c"), (9, other, "p2c")]
    # 3 has no other provider; 36040 is Google's own.
    assert told([*links, *own]) == {(google, 2): "content"}


def test_what_is_in_no_other_snapshot():
    links = [(1, 2, "p2c"), (2, 3, "p2p"), (1, 4, "p2c")]
    others = [table([(2, 1, "p2p")]), table([(3, 2, "p2c")])]
    assert told(links, others=others) == {(1, 4): "seen-once"}


def test_what_only_an_exchange_shows():
    assert told([(1, 2, "p2p")], evidence="mlp") == {(1, 2): "exchange-only"}
    assert told([(1, 2, "p2p")], evidence="bgp,mlp") == {}


def test_what_lay_on_a_repaired_cycle():
    links = [(1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c")]
    found = told(links, circular=[(1, 2), (2, 3), (3, 1)])
    assert found == {(1, 2): "repaired-cycle", (2, 3): "repaired-cycle"}


def test_networks_that_stand_for_several_count_as_many():
    links = [(1, 2, "p2c"), (9, 2, "p2c"), (2, 3, "p2c"), (1, 4, "p2c"), (9, 4, "p2c")]
    assert told(links) == {}
    assert told(links, members={3: 20}) == {(1, 2): "upside-down", (9, 2): "upside-down"}


def test_confidence_follows_from_the_doubt():
    links = [(1, 2, "p2p"), (3, 4, "p2p")]
    found = judge(table(links), networks(links), others=[table([(1, 2, "p2p")])])
    assert found["confidence"].to_list() == [1.0, LINK_DOUBTS["seen-once"].confidence]
    assert all(0 < doubt.confidence < 1 for doubt in LINK_DOUBTS.values())
    assert DISTRUSTED == ("upside-down", "content")


def test_the_stated_list_names_each_network_once():
    listed = [asn for operator in content_operators() for asn in operator.asns]
    assert len(listed) == len(set(listed)) > 30
    assert all(operator.source for operator in content_operators())


def slow(links: list[Link], country: dict[int, str], content: dict[int, str]) -> Pairs:
    """Doubts network by network, as the documents say it."""
    transit = [(a, b) for a, b, kind in links if kind == "p2c"]
    providers = Counter(b for _, b in transit)
    has = Counter(a for a, _ in transit)
    captive = Counter(a for a, b in transit if providers[b] == 1)
    found: Pairs = {}
    for a, b in transit:
        larger = has[b] >= 3 and has[b] >= 2 * has[a]
        firmer = captive[b] >= 2 and captive[b] >= 2 * captive[a]
        if (larger or firmer) and (country[a] != country[b] or b in content):
            found[a, b] = "upside-down"
        elif a in content and content[a] != content.get(b) and providers[b] > 1:
            found[a, b] = "content"
    return found


@few
@given(graphs(), st.data())
def test_as_network_by_network(graph, data):
    chosen = data.draw(st.lists(st.sampled_from(graph.asns), unique=True, max_size=4))
    content = {asn: data.draw(st.sampled_from(["one", "other"])) for asn in chosen}
    country = {asn: data.draw(st.sampled_from(["RU", "CU"])) for asn in graph.asns}
    operators = [
        confidence.Operator(name, tuple(a for a in content if content[a] == name), "content", "x")
        for name in ("one", "other")
    ]
    bars = {"_CUSTOMERS": 3, "_TIMES": 2, "_CAPTIVES": 2, "_CAPTIVE_TIMES": 2}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confidence, "content_operators", lambda: operators)
        for name, value in bars.items():
            patch.setattr(confidence, name, value)
        found = told(graph.links, country=country)
        assert found == slow(graph.links, country, content)
        shown = by_evidence(unjudged(graph.links, country), "trusted").links
    sure = {b for a, b, kind in graph.links if kind == "p2c" and (a, b) not in found}
    turned = {(min(pair), max(pair)) for pair in found if pair[1] in sure}
    peers = {(min(a, b), max(a, b)) for a, b, kind in graph.links if kind == "p2p"}
    transit = {(a, b) for a, b, kind in graph.links if kind == "p2c"}
    kept = {(a, b) for a, b in transit if (a, b) not in found or b not in sure}
    assert set(shown.filter(kind="p2p")["a", "b"].rows()) == peers | turned
    assert set(shown.filter(kind="p2c")["a", "b"].rows()) == kept


# Worlds


def unjudged(links, country: dict[int, str] | None = None) -> World:
    made = make_world(links)
    blank = made.links.with_columns(confidence=pl.lit(None, pl.Float64))
    return World(made.manifest, networks(links, country=country or {}), blank)


UPSIDE_DOWN = [(1, 2, "p2c"), (9, 2, "p2c"), *customers(2, 100, 5), (9, 1, "p2c"), (9, 50, "p2c")]


def kinds(world: World) -> dict[tuple[int, int], str]:
    return {(a, b): kind for a, b, kind in world.links["a", "b", "kind"].rows()}


def test_a_world_is_judged_once():
    world = unjudged(UPSIDE_DOWN)
    assert judged(world) is judged(world)
    assert judged(judged(world)) is judged(world)
    assert doubts(judged(world).links) == {(1, 2): "upside-down"}


def test_what_is_much_doubted_counts_as_peering():
    published = unjudged([*UPSIDE_DOWN, (3, 2, "p2c"), (9, 3, "p2c")])
    world = by_evidence(published, "trusted")
    turned = {(1, 2): "p2p", (2, 3): "p2p"}
    assert kinds(world) == {p: k for p, k in kinds(published).items() if p != (3, 2)} | turned
    assert world.manifest.parameters == {"links": "trusted", "distrusted": 2}
    assert by_evidence(world, "trusted") is world


def test_a_network_keeps_its_providers_if_all_are_doubted():
    world = unjudged([(1, 2, "p2c"), *customers(2, 100, 5)])
    assert kinds(by_evidence(world, "trusted")) == kinds(world)


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
    assert kinds(after)[3, 2] == "p2c"
    assert kinds(after)[1, 2] == "p2p"


def test_a_world_of_trusted_links_has_no_others():
    world = by_evidence(unjudged(UPSIDE_DOWN), "trusted")
    with pytest.raises(WorldError, match="was made of trusted links; take a full world for"):
        by_evidence(world, "all")
