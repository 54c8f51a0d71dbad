"""Routes that are computed beforehand: they are the same, and so is all that follows from them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from graphs import Graph, make_world, random_graph
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.measures.atlas import atlas
from splinternet.measures.catalogue import list_measures
from splinternet.measures.together import figures_of
from splinternet.routing._kernels import LANES
from splinternet.routing.block import Block
from splinternet.routing.graph import graph_of
from splinternet.routing.precomputed import Precomputed
from splinternet.routing.sweep import Sweep, precompute
from splinternet.world.learned import as_routed
from splinternet.world.world import World

#: Measures of each way to follow routes; all of them are compared for one nation below.
SOME = ["dependence", "states", "control", "exposure"]
NATIONS = ["BR", "CN", "CU", "DE", "FR", "GB", "IN", "IR", "JP", "KE", "TV", "US"]

routings = pytest.mark.parametrize(
    "routing",
    [Routing(prefer, tie_break) for prefer in PREFERENCES for tie_break in TIE_BREAKS],
    ids=str,
)


def large_world(seed: int) -> World:
    """A world of more than three blocks, of which Cuba has a few networks."""
    random = Random(seed)
    graph: Graph = random_graph(random, core=90, stubs=600)
    country = {asn: random.choice(["CU"] + ["US"] * 30 + ["DE"] * 9) for asn in graph.asns}
    addresses = {asn: random.randint(1, 1000) for asn in graph.asns}
    world = make_world(graph.links, graph.asns, country=country, ipv4_addresses=addresses)
    assert graph_of(world).rows > 3 * LANES
    return world


def world_of_many(seed: int) -> World:
    """The same of as many nations as an atlas takes to compute first what all share."""
    world, random = large_world(seed), Random(seed)
    country = pl.Series([random.choice(NATIONS) for _ in world.networks["asn"]])
    return replace(world, networks=world.networks.with_columns(country=country))


@routings
def test_they_are_those_that_are_computed(routing):
    seed = 1 + (routing.tie_break == "split")
    world = large_world(seed)
    graph = graph_of(world)
    random = Random(seed)
    rows = Sweep.above(graph, np.array(random.sample(range(graph.rows), 5), dtype=np.int32))
    every = np.arange(graph.rows, dtype=np.int32)
    blocks = [every[first : first + LANES] for first in range(0, graph.rows, LANES)]
    # In any order, with blocks among them that were not computed beforehand.
    blocks += [every[5 : 5 + LANES], every[7::3][:LANES], blocks[0], every[1:9], blocks[-1]]
    random.shuffle(blocks)
    plain = Block(graph, routing, rows)
    block = Block(graph_of(precompute(world, routing)), routing, rows)
    for targets in blocks:
        plain.route(targets)
        block.route(targets)
        lanes = len(targets)
        assert block.active.tolist() == plain.active.tolist()
        told = np.flatnonzero(plain.active)
        assert (block.codes[rows, :lanes] == plain.codes[rows, :lanes]).all()
        assert (block.told[told, :lanes] == plain.told[told, :lanes]).all()
        # What else is left from before is nobody's way to a customer.
        rest = np.setdiff1d(np.arange(graph.carriers), np.union1d(rows, told))
        assert (block.told[rest] >= 64).all()


@pytest.mark.parametrize(
    ("prefer", "tie_break"),
    [("shortest", "split"), ("gao-rexford", "lowest-asn"), ("customer-first", "split")],
)
def test_all_figures_are_the_same(prefer, tie_break):
    routing = Routing(prefer, tie_break)
    world = large_world(3)
    options = {"weights": "addresses", **vars(routing)}
    plain = figures_of(world, "CU", list_measures().values(), options)
    found = figures_of(precompute(world, routing), "CU", list_measures().values(), options)
    numbers = {name for name, value in plain.items() if isinstance(value, float)}
    assert found == {**plain, **{name: pytest.approx(plain[name], abs=1e-9) for name in numbers}}
    assert {"crp_5", "exposed_outbound", "state_unavoidable", "hegemony"} <= numbers


def test_they_are_used_by_whom_they_are_for():
    world, routing = large_world(4), Routing("customer-first", "split")
    ready = precompute(world, routing)
    assert precompute(ready, routing) is ready
    graph = graph_of(ready)
    found = graph.precomputed
    assert found is not None
    codes = found.codes.copy()
    codes[0, 0, 0] = 4 * 7  # were they not used, this would not show
    graph = replace(graph, precomputed=replace(found, codes=codes))
    targets, rows = np.arange(LANES, dtype=np.int32), np.zeros(1, dtype=np.int32)

    def to_itself(graph, routing: Routing) -> int:
        block = Block(graph, routing, rows)
        block.route(targets)
        return int(block.codes[0, 0])

    assert to_itself(graph, routing) == 4 * 7
    assert to_itself(graph, Routing("gao-rexford", "split")) == 0
    assert to_itself(graph_of(world), routing) == 0
    with pytest.raises(ValueError, match="read-only"):
        found.codes[0, 0, 0] = 7


def test_who_computes_them_again_or_at_the_same_time_gets_the_same():
    world = world_of_many(6)
    alone = atlas(world, SOME)
    ready = precompute(world, Routing("customer-first", "split"))
    assert_frame_equal(atlas(ready, SOME), alone)
    world.forget()
    with ThreadPoolExecutor(2) as pool:
        for found in [pool.submit(atlas, world, SOME) for _ in range(2)]:
            assert_frame_equal(found.result(), alone, abs_tol=1e-9)


@pytest.mark.parametrize("name", [n for n, each in list_measures().items() if not each.to_all])
def test_who_says_not_to_need_them_never_asks_for_them(monkeypatch, name):
    world, routing, taken = as_routed(large_world(5), Routing()), Routing(), []
    ready, find = precompute(world, routing), Precomputed.find

    def found(*asked):
        known = find(*asked)
        taken.append(known is not None)
        return known

    monkeypatch.setattr(Precomputed, "find", found)
    measure = list_measures()[name]
    assert figures_of(ready, "CU", [measure], {}) == figures_of(world, "CU", [measure], {})
    assert not any(taken)
    figures_of(ready, "CU", [list_measures()["crp"]], {})
    assert any(taken)


@pytest.mark.parametrize(
    ("measure", "options", "asked"),
    [("dependence", {}, 0), ("dependence", {"direction": "outbound"}, 1), ("crp", {}, 1)],
)
def test_an_atlas_computes_them_for_whom_they_are_for(monkeypatch, measure, options, asked):
    times = []
    monkeypatch.setattr(
        "splinternet.measures.atlas.precompute", lambda world, _: times.append(1) or world
    )
    atlas(world_of_many(7), measure, **options)
    assert len(times) == asked


def test_an_atlas_that_is_resumed_is_the_same_to_the_last_digit(tmp_path):
    world = world_of_many(7)
    whole = atlas(world, SOME, folder=tmp_path)
    for code in NATIONS[3:]:
        (tmp_path / f"{code}.json").unlink()
    world.forget()
    few = atlas(world, SOME, folder=tmp_path)
    assert few.equals(whole)
    for code in NATIONS[:3]:
        (tmp_path / f"{code}.json").unlink()
    world.forget()
    assert atlas(world, SOME, folder=tmp_path).equals(whole)
