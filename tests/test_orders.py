"""The order in which networks prefer equally good neighbours, beside a slow twin."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given

import slow
from budgets import few
from graphs import Graph, graphs, observing, randoms
from splinternet.routing.orders import Choices, strengths, with_order
from splinternet.routing.routes import path
from splinternet.world.learned import learn

#: 5 buys from 2 and 3; 20 to 25 buy from both, 30 to 36 from 3 alone.
LINKS = [
    (2, 5, "p2c"), (3, 5, "p2c"), (2, 3, "p2p"),
    *((provider, stub, "p2c") for stub in range(20, 26) for provider in (2, 3)),
    *((3, stub, "p2c") for stub in range(30, 37)),
]  # fmt: skip


def test_a_neighbour_that_is_used_as_there_is_no_other_is_not_preferred():
    seen = [(5, 3, stub) for stub in range(30, 37)]  # no choice, seven times
    seen += [(5, 2, 20), (5, 2, 21), (5, 3, 22)]
    links = [(a, b, kind) if (a, b) != (2, 5) else (9, 5, "p2c") for a, b, kind in LINKS]
    links = [(9 if a == 2 else a, 9 if b == 2 else b, kind) for a, b, kind in links]
    seen = [tuple(9 if asn == 2 else asn for asn in way) for way in seen]
    world = learn(observing(*seen, links=links))
    assert path(world, 5, 25)["asn"].to_list() == [5, 3, 25]  # by the most used
    world = with_order(world)
    assert world.preferred.select("asn", "next_hop").rows() == [(5, 3), (5, 9)]
    assert world.preferred["strength"].to_list() == pytest.approx([0.34, 0.66], abs=0.02)
    assert path(world, 5, 25)["asn"].to_list() == [5, 9, 25]
    assert path(world, 5, 25, observed="links")["asn"].to_list() == [5, 3, 25]


def test_paths_that_come_one_after_another_teach_what_they_teach_together():
    """A link that one path shows as of peers, and two as to a provider, is to a provider."""
    links = [(3, 10, "p2c"), (9, 1, "p2c")]
    first, later = [(10, 3, 1)], [(10, 3, 1, 9), (3, 1, 9)]
    together = learn(observing(*first, *later, links=links))
    apart = learn(observing(*first, links=links))
    assert apart.links.filter(a=1, b=3)["kind"].to_list() == ["p2p"]
    apart = learn(replace(apart, paths=together.paths))
    assert together.links.filter(a=1, b=3)["kind"].to_list() == ["p2c"]
    for table in ("links", "networks", "learned"):
        assert getattr(apart, table).equals(getattr(together, table))
    assert sum("are learned from" in note for note in apart.manifest.notes) == 1


def walked(graph: Graph, random: Random) -> list[tuple[int, ...]]:
    """Paths of two monitors, each hop one of the equally good ones, some ending astray.

    To origins that both have a route to, for a monitor with few of them would not count.
    """
    found = []
    monitors = graph.asns[:2]
    for origin in graph.asns:
        chosen = slow.routes(graph.links, origin, "shortest")
        if not all(monitor in chosen for monitor in monitors):
            continue
        for monitor in monitors:
            if monitor == origin:
                continue
            hops, now = [monitor], chosen
            while now[hops[-1]].next_hops:
                now, here = now.beyond(hops[-1]), now[hops[-1]]
                hops.append(random.choice(here.next_hops))
            found.append(tuple(hops))
    return found


def slow_choices(graph: Graph, paths: list[tuple[int, ...]]) -> dict[int, list]:
    """Of each network, the neighbours that it chose between, and the one it took."""
    around = slow.neighbours(graph.links)
    steps = {(way[-1], *step) for way in paths for step in pairwise(way)}
    found = defaultdict(list)
    for origin, asn, hop in sorted(steps):
        chosen = slow.routes(graph.links, origin, "shortest")
        hops = (chosen.told if around[asn][hop] == "customer" else chosen)[asn].next_hops
        if hop in hops and len(hops) > 1:
            found[asn].append((hops, hop))
    return found


def slow_strengths(choices: list) -> dict[int, float]:
    """Strengths of the neighbours of one network."""
    names = {name for hops, _ in choices for name in hops}
    strength = dict.fromkeys(names, 1 / len(names))
    for _ in range(30):
        again = {}
        for name in names:
            won = 0.1 + sum(hop == name for _, hop in choices)
            lost = sum(
                1 / sum(strength[each] for each in hops) for hops, _ in choices if name in hops
            )
            again[name] = won / (lost + 0.2 * len(names))
        strength = {name: value / sum(again.values()) for name, value in again.items()}
    return strength


@given(graphs(core=10, stubs=6), randoms())
@few
def test_equals_the_slow_twin(graph, random):
    paths = walked(graph, random)
    world = with_order(learn(observing(*paths, links=graph.links, networks=graph.asns)))
    expected = {
        (asn, hop): strength
        for asn, choices in slow_choices(graph, paths).items()
        for hop, strength in slow_strengths(choices).items()
    }
    assert {row[:2]: row[2] for row in world.preferred.rows()} == pytest.approx(expected)


def test_nothing_is_observed():
    none = Choices.joined([])
    assert [each.tolist() for each in strengths(none, 5)] == [[], []]
    world = observing((1, 9), links=[(1, 2, "p2p")])
    assert with_order(world).preferred.height == 0
    assert with_order(world).preferred.schema == pl.Schema(
        {"asn": pl.UInt32, "next_hop": pl.UInt32, "strength": pl.Float64}
    )


def test_who_always_wins_is_the_strongest():
    pair = np.array([11, 12, 11, 13, 12, 13])
    won = np.array([True, False, True, False, True, False])
    _, strength = strengths(Choices(pair, np.array([0, 0, 1, 1, 2, 2]), won), 10)
    assert strength.tolist() == sorted(strength, reverse=True)
    assert strength.sum() == pytest.approx(1)
