"""Networks that are deceived whoever filters, beside all sets of those that may."""

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import Graph, graphs, make_world
from splinternet.base.choices import CONTENDING
from splinternet.measures.protection import Exposed, protect
from splinternet.routing.certain import certainly_deceived
from splinternet.routing.contests import ATTACKER, Contests
from splinternet.routing.trials import Filters, Trial

KINDS = ["prefix", "subprefix", "forged-origin-subprefix", "unrouted", "superprefix"]


def all_sets(asns: list[int]) -> list[tuple[int, ...]]:
    return list(chain.from_iterable(combinations(asns, n) for n in range(len(asns) + 1)))


@few
@given(
    st.data(),
    graphs(8, 6).filter(lambda graph: len(graph.asns) > 2),
    st.sampled_from(KINDS),
    st.sampled_from(["gao-rexford", "customer-first"]),
    st.sampled_from(["lowest-asn", "split"]),
)
def test_who_is_certain_is_deceived_beside_any_set(data, graph: Graph, kind, prefer, tie_break):
    """Other filters that are there already may do their work, too."""
    victim, attacker, *others = data.draw(st.permutations(graph.asns))
    may = [victim, *others][: data.draw(st.integers(0, 4))]
    already = {"aspa": others[:1]} if data.draw(st.booleans()) else {"peer-rov": others[-1:]}
    routing = replace(CONTENDING, prefer=prefer, tie_break=tie_break)
    world, there = make_world(graph.links, graph.asns), Filters.of(already)
    certain = certainly_deceived(world, [Trial.of(kind, victim, attacker, there)], may, routing)
    tried = [
        Trial.of(kind, victim, attacker, there.joined(Filters(rov=some))) for some in all_sets(may)
    ]
    shares = Contests(world, routing).run(tried, lambda outcomes, _: outcomes.shares()[ATTACKER])
    always = (np.concatenate(list(shares), axis=1) > 1 - 1e-6).all(axis=1)
    for asn, is_certain, is_always in zip(sorted(graph.asns), certain[:, 0], always, strict=True):
        assert asn in (victim, attacker) or is_always or not is_certain, asn


@few
@given(st.data(), graphs(7, 5).filter(lambda graph: len(graph.asns) > 3), st.sampled_from(KINDS))
def test_no_set_brings_it_lower_than_is_certain(data, graph: Graph, kind):
    victim, *others = data.draw(st.permutations(graph.asns))
    world = make_world(graph.links, graph.asns, ipv4_addresses=dict.fromkeys(graph.asns, 1))
    exposed = Exposed(world, [victim], others[:2], kind, Filters(), CONTENDING)
    candidates = others[:4]
    assert exposed.at_least(candidates) <= min(exposed.of(all_sets(candidates))) + 1e-12


def test_what_is_certain():
    """AS4 hears AS3 alone, and AS6 as soon as AS5, which may filter."""
    links = [(3, 4, "p2c"), (1, 2, "p2c"), (1, 3, "p2c"), (1, 5, "p2c"), (5, 6, "p2c")]
    world = make_world(links, country=dict.fromkeys(range(1, 7), "US") | {2: "RU"})
    hijack = [Trial.of("prefix", 2, 3), Trial.of("subprefix", 2, 3)]
    found = certainly_deceived(world, hijack, [5], CONTENDING)
    # The route of AS2 is as near to AS1, and lower; of the more specific one there is no other.
    assert found[:, 0].tolist() == [False, False, True, True, False, False]
    assert found[:, 1].tolist() == [True, False, True, True, False, False]
    best = protect(world, "RU", budget=1)
    assert best.least <= best.steps["exposed"][-1]
    assert "at least stays deceived. Each of them was tried" in best.words[1]
