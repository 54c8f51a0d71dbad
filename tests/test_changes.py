"""Traffic before and after a change, done again only where it must be, against doing it all."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow
from budgets import few, many
from graphs import Graph, graphs, large_graphs, make_world, randoms, weights
from slow import Link
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError
from splinternet.routing.changes import (
    Change,
    crossing_change,
    passing_change,
    transit_change,
)
from splinternet.routing.graph import graph_of
from splinternet.routing.reroutes import reroutes
from splinternet.routing.routes import routes
from splinternet.routing.transit import passing, transit
from splinternet.world.world import World
from test_transit import (
    frame,
    group_crossings,
    grouping,
    groups_frame,
    something_flows,
    table,
)

prefers = st.sampled_from(PREFERENCES)
tie_rules = st.sampled_from(TIE_BREAKS)


def changed(graph: Graph) -> st.SearchStrategy[Graph]:
    """The graph with some networks gone, and links cut, turned and made."""

    def change(random: Random) -> Graph:
        few = random.randint(0, min(2, len(graph.asns) - 1))
        gone = {*random.sample(graph.asns, few)}
        left = [asn for asn in graph.asns if asn not in gone]
        links = {}
        for a, b, kind in graph.links:
            what = random.choice(["keep"] * 5 + ["cut", "turn"])
            if what != "cut" and not gone & {a, b}:
                links[a, b] = "p2p" if what == "turn" else kind
        # Providers stand before their customers in the list, so none of these closes a circle.
        for _ in range(random.randint(0, 3)):
            i, j = random.randrange(len(left)), random.randrange(len(left))
            a, b = left[min(i, j)], left[max(i, j)]
            if a != b and (a, b) not in links and (b, a) not in links:
                links[a, b] = random.choice(["p2c", "p2p"])
        return Graph(left, [Link(a, b, kind) for (a, b), kind in links.items()])

    return randoms().map(change)


def worlds(graph: Graph, after: Graph) -> tuple[World, World]:
    return make_world(graph.links, graph.asns), make_world(after.links, after.asns)


def offered(sources: Mapping[int, int], destinations: Mapping[int, int]) -> int:
    return sum(sources[a] * destinations[b] for a in sources for b in destinations if a != b)


def without(weights: Mapping[int, int], graph: Graph) -> dict[int, int]:
    return {asn: weight for asn, weight in weights.items() if asn in graph.asns}


def of_before(shares: dict, total: int, now: int) -> dict:
    """Shares of all that was offered before, of which ``now`` is still offered."""
    return {who: float(share * Fraction(now, total)) for who, share in shares.items()}


def expected(
    graph: Graph, after: Graph, ends, prefer: str, tie_break: str, twin
) -> tuple[dict, dict]:
    """What a slow twin says of both worlds."""
    left = tuple(without(end, after) for end in ends)
    total, now = offered(*ends), offered(*left)
    then = twin(after.links, *left, prefer, tie_break) if now else {}
    return twin(graph.links, *ends, prefer, tie_break), of_before(then, total, now)


def filled(shares: Mapping, keys) -> dict:
    return {key: float(shares.get(key, 0)) for key in keys}


def equal(found: pl.DataFrame, twins: tuple[dict, dict], within: float) -> None:
    keys = set(found.to_series(0)) | set(twins[0]) | set(twins[1])
    for column, twin in zip(("before", "after"), twins, strict=True):
        has = dict(zip(found.to_series(0), found[column], strict=True))
        assert filled(has, keys) == pytest.approx(filled(twin, keys), abs=within, rel=0)


def touched(change: Change, routing: Routing, rows: np.ndarray) -> np.ndarray:
    """Tell to which rows routes can change, when all of them send."""
    sweep = change.sweep(routing, rows)
    return np.concatenate(list(sweep.run(rows, lambda block, which: change.touches(block))))


@many
@given(st.data(), graphs(), prefers, tie_rules)
def test_transit_after_a_change_equals_the_slow_twins(data, graph, prefer, tie_break):
    after = data.draw(changed(graph))
    ends = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(*ends))
    change = Change.between(*worlds(graph, after))
    found = transit_change(change, *map(frame, ends), routing=Routing(prefer, tie_break))
    equal(found, expected(graph, after, ends, prefer, tie_break, slow.transit), within=4e-9)


@given(st.data(), large_graphs(), prefers, tie_rules)
@few
def test_transit_over_several_blocks(data, graph, prefer, tie_break):
    cut = data.draw(st.sets(st.integers(0, len(graph.links) - 1), max_size=5))
    after = Graph(graph.asns, [link for i, link in enumerate(graph.links) if i not in cut])
    before_world, after_world = worlds(graph, after)
    change = Change.between(before_world, after_world)
    ends = frame(dict.fromkeys(graph.asns, 1)), frame(dict.fromkeys(graph.asns[::2], 1))
    found = transit_change(change, *ends, routing=Routing(prefer, tie_break))
    full = [
        table(transit(world, *ends, prefer=prefer, tie_break=tie_break))
        for world in (before_world, after_world)
    ]
    equal(found, tuple(full), within=0 if tie_break == "lowest-asn" else 1e-8)


@given(st.data(), graphs(), prefers, tie_rules)
def test_passing_after_a_change_equals_doing_it_all(data, graph, prefer, tie_break):
    after = data.draw(changed(graph))
    assume(len(after.asns) == len(graph.asns))
    ends = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(*ends))
    some = data.draw(st.lists(st.sampled_from(graph.asns), unique=True))
    both = worlds(graph, after)
    found = passing_change(
        Change.between(*both), some, *map(frame, ends), routing=Routing(prefer, tie_break)
    )
    full = [
        passing(world, some, *map(frame, ends), prefer=prefer, tie_break=tie_break)
        for world in both
    ]
    assert found == pytest.approx(full, abs=4e-9)


@given(st.data(), graphs(), prefers, tie_rules)
def test_crossing_after_a_change_equals_the_slow_twins(data, graph, prefer, tie_break):
    after = data.draw(changed(graph))
    ends = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(*ends))
    group_of = data.draw(grouping(graph))
    change = Change.between(*worlds(graph, after))
    found = crossing_change(
        change, groups_frame(group_of), *map(frame, ends), routing=Routing(prefer, tie_break)
    )

    def twin(links, sources, destinations, prefer, tie_break):
        return group_crossings(links, group_of, sources, destinations, prefer, tie_break)

    equal(found, expected(graph, after, ends, prefer, tie_break, twin), within=1e-6)


@given(st.data(), graphs(), prefers)
def test_routes_stay_where_no_target_is_touched(data, graph, prefer):
    """And a change that touches a target touches it for a reason: some route or tie changes."""
    after = data.draw(changed(graph))
    assume(len(after.asns) == len(graph.asns))
    before_world, after_world = worlds(graph, after)
    change = Change.between(before_world, after_world)
    made = graph_of(before_world)
    rows = np.arange(made.rows, dtype=np.int32)
    hit = touched(change, Routing(prefer, "split"), rows)
    old, new = (
        routes(world, graph.asns, prefer=prefer, tie_break="split")
        for world in (before_world, after_world)
    )
    differs = {
        origin
        for origin in graph.asns
        if not old.filter(pl.col("origin") == origin).equals(new.filter(pl.col("origin") == origin))
    }
    again = {int(asn) for asn, row in zip(made.asn, made.row, strict=True) if hit[row]}
    assert differs <= again
    carriers = {int(asn) for asn in made.asn[made.first[: made.carriers]]}
    assert again & carriers <= differs


def test_only_what_must_be_is_done_again():
    """2 and 3 peer, and reach only each other and each other's customers that way."""
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (3, 4, "p2c"), (3, 5, "p2c"), (2, 6, "p2c")]
    before, after = make_world([*links, (2, 3, "p2p")]), make_world(links)
    change = Change.between(before, after)
    rows = graph_of(before).row[graph_of(before).networks([1, 2, 3])]
    hit = touched(change, Routing("gao-rexford", "split"), rows)
    assert hit.tolist() == [False, True, True]


@given(st.data(), graphs() | large_graphs(), prefers)
def test_reroutes_equal_comparing_every_path(data, graph, prefer):
    after = data.draw(changed(graph))
    ends = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(*ends))
    found = reroutes(
        Change.between(*worlds(graph, after)), *map(frame, ends), routing=Routing(prefer)
    )
    longer, most = 0, {}
    for destination, weight in without(ends[1], after).items():
        old, new = (slow.routes(each.links, destination, prefer) for each in (graph, after))
        for source in without(ends[0], after).keys() & old.keys() & new.keys() - {destination}:
            more = new[source].length - old[source].length
            if more > 0 and ends[0][source] * weight:
                longer += ends[0][source] * weight
                most[destination] = max(most.get(destination, 0), more)
    assert found.longer == pytest.approx(longer / offered(*ends))
    for source, destination, before_links, after_links in found.paths.iter_rows():
        old, new = (slow.routes(each.links, destination, prefer) for each in (graph, after))
        assert (old[source].length, new[source].length) == (before_links, after_links)
        assert after_links - before_links == most[destination]
    increase = (found.paths["after"] - found.paths["before"]).to_list()
    assert increase == sorted(increase, reverse=True)
    assert max(most.values(), default=None) == (increase[0] if increase else None)


def test_the_loss_of_a_stub_touches_nobody_else():
    """4 and 5 are alike; without 5, routes to all others stay, though 4 shares its row."""
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (3, 4, "p2c"), (3, 5, "p2c")]
    change = Change.between(make_world(links), make_world(links[:-1]))
    rows = np.arange(change.before.rows, dtype=np.int32)
    hit = touched(change, Routing("gao-rexford", "split"), rows)
    assert np.flatnonzero(hit).tolist() == [change.before.row[change.before.networks([5])[0]]]


def test_a_world_with_other_networks():
    with pytest.raises(MisuseError, match="AS3 is in world made-up but not in made-up"):
        Change.between(make_world([(1, 2, "p2c")]), make_world([(1, 3, "p2c")]))


def test_nothing_to_send():
    world = make_world([(1, 2, "p2c")])
    with pytest.raises(MisuseError, match="no traffic to follow"):
        transit_change(
            Change.between(world, world), frame({1: 1}), frame({1: 1}), routing=Routing()
        )


def test_all_that_was_sent_is_gone():
    before, after = make_world([(1, 2, "p2c"), (2, 3, "p2c")]), make_world([], [1])
    change = Change.between(before, after)
    found = transit_change(change, frame({1: 1}), frame({3: 1}), routing=Routing())
    assert found.rows() == [(2, 1.0, 0.0)]
