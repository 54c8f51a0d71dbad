"""Routes that follow what was observed, against the slow twin, and what traffic does by them."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from itertools import count, pairwise
from random import Random
from unittest import mock

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow
import slow_cones
import slow_learned
import slow_measures
from budgets import few
from graphs import Graph, graphs, make_world, random_graph, randoms
from slow_control import path_sets as slow_path_sets
from slow_learned import Learned
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.measures.cones import cones
from splinternet.routing.avoiding import avoiding, leaving
from splinternet.routing.changes import Change, transit_change
from splinternet.routing.path_sets import path_sets
from splinternet.routing.routes import path, routes
from splinternet.routing.transit import crossing, transit
from splinternet.routing.vantage import shares_by_source
from splinternet.world.schema import TABLES
from splinternet.world.world import World
from test_changes import changed
from test_transit import about, frame, group_crossings, grouping, groups_frame, table

prefers = st.sampled_from(PREFERENCES)
tie_rules = st.sampled_from(TIE_BREAKS)


@st.composite
def learned(draw: st.DrawFn, graph: Graph) -> Learned:
    """Next hops of some networks towards some origins; a few are no neighbours."""
    random = draw(randoms())
    return random_hops(random, graph)


def random_hops(random: Random, graph: Graph) -> Learned:
    around = slow.neighbours(graph.links)
    often = random.choice([0.1, 0.3, 0.6])
    return {
        (network, origin): random.choice(
            graph.asns if random.random() < 0.03 else list(around[network])
        )
        for network in graph.asns
        for origin in graph.asns
        if network != origin and around[network] and random.random() < often
    }


def knowing(world: World, hops: Learned) -> World:
    """The same world, that has learned these next hops."""
    rows = [(network, origin, hop, 1) for (network, origin), hop in hops.items()]
    return replace(world, learned=pl.DataFrame(rows, schema=TABLES["learned"].schema, orient="row"))


@contextmanager
def twins_know(hops: Learned, tie_break: str):
    """Let all slow twins take routes as they were learned."""
    plain = slow.routes

    def routes_of(links, origin, prefer, silent=()):
        assert not silent
        return slow_learned.routes(list(links), origin, hops, prefer, tie_break, plain)

    with mock.patch.object(slow, "routes", routes_of):
        yield


def rows_of(chosen: slow.Chosen, origin: int) -> list[tuple]:
    return [
        (origin, network, route.cls, route.length, hop)
        for network, route in sorted(chosen.items())
        for hop in route.next_hops or (None,)
    ]


def agree(graph: Graph, hops: Learned, prefer: str, tie_break: str) -> None:
    """Compare all routes with the twin's; no way meets a network twice, nobody lost a route."""
    world = knowing(make_world(graph.links, graph.asns), hops)
    expected, expected_told = [], []
    for origin in graph.asns:
        plain = slow.routes(graph.links, origin, prefer)
        chosen = slow_learned.routes(graph.links, origin, hops, prefer, tie_break, slow.routes)
        assert chosen.keys() == plain.keys()
        assert chosen.told.keys() == plain.told.keys()
        for network in chosen:
            for way, _ in slow.every_path(chosen, network, tie_break):
                assert len(set(way)) == len(way)
        expected += rows_of(chosen, origin)
        expected_told += rows_of(chosen.told, origin)
    choices = {"prefer": prefer, "tie_break": tie_break}
    assert routes(world, graph.asns, **choices).rows() == expected
    if prefer == "shortest":
        assert routes(world, graph.asns, told=True, **choices).rows() == expected_told


@given(st.data(), graphs(), prefers, tie_rules)
def test_routes_equal_the_slow_twins(data, graph, prefer, tie_break):
    agree(graph, data.draw(learned(graph)), prefer, tie_break)


#: Graphs laid side by side in a world, so that all of them are swept at once, and graphs of a test.
TOGETHER, GRAPHS = 50, 2_000


def side_by_side(random: Random) -> tuple[Graph, Learned]:
    """Many small graphs, no link between them, and next hops of each."""
    asns, links, hops = [], [], {}
    for _ in range(TOGETHER):
        small = random_graph(random, random.randint(2, 6), random.randint(0, 4))
        place = dict(zip(small.asns, count(len(asns) + 1), strict=False))
        asns += place.values()
        links += [slow.Link(place[a], place[b], kind) for a, b, kind in small.links]
        hops |= {
            (place[network], place[origin]): place[hop]
            for (network, origin), hop in random_hops(random, small).items()
        }
    return Graph(asns, links), hops


def no_way_is_a_loop(graph: Graph, hops: Learned, tie_break: str) -> None:
    """Go every way from every network; and see that nobody lost a route, or got one, by a pin."""
    world = knowing(make_world(graph.links, graph.asns), hops)
    choices = {"prefer": "shortest", "tie_break": tie_break}
    after: dict[tuple[int, int, bool], list[int]] = {}
    going_up = set()
    for told in (False, True):
        found = routes(world, graph.asns, told=told, **choices)
        for origin, asn, cls, _, hop in found.iter_rows():
            after.setdefault((origin, asn, told), []).extend([] if hop is None else [hop])
            if cls == "provider" and not told:
                going_up.add((origin, asn))
        plain = routes(world, graph.asns, told=told, observed="none", **choices)
        keys = ["origin", "asn"]
        assert found.select(keys).unique().sort(keys).equals(plain.select(keys).unique().sort(keys))

    def go(origin: int, asn: int, told: bool, met: frozenset[int]) -> None:
        assert asn not in met, f"AS{asn} is met twice on the way to AS{origin}"
        if asn != origin:
            onward = told or (origin, asn) not in going_up
            for hop in after[origin, asn, told]:
                go(origin, hop, onward, met | {asn})

    for origin, asn, told in after:
        if not told:
            go(origin, asn, False, frozenset())


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, 60_000, GRAPHS))
def test_no_pin_makes_a_loop_in_sixty_thousand_graphs(first):
    for seed in range(first, first + GRAPHS, TOGETHER):
        random = Random(seed)
        no_way_is_a_loop(*side_by_side(random), random.choice(TIE_BREAKS))


def ends_of(data: st.DataObject, graph: Graph) -> tuple[dict[int, int], dict[int, int]]:
    """Weights of some networks that send and of some others that receive."""
    sends = data.draw(st.lists(st.booleans(), min_size=len(graph.asns), max_size=len(graph.asns)))
    sources = {asn: 1 + i % 3 for i, asn in enumerate(graph.asns) if sends[i]}
    destinations = {asn: 1 + i % 2 for i, asn in enumerate(graph.asns) if not sends[i]}
    assume(sources and destinations)
    return sources, destinations


def follow(graph: Graph, hops: Learned, ends, group_of, prefer: str, tie_break: str) -> None:
    """Compare what traffic passes with the slow twins, by every kernel that follows routes."""
    world = knowing(make_world(graph.links, graph.asns), hops)
    sources, destinations = map(frame, ends)
    routing = Routing(prefer, tie_break)
    choices = {"prefer": prefer, "tie_break": tie_break}
    some = graph.asns[::2]
    groups = set(group_of.values())
    with twins_know(hops, tie_break):
        walks = list(slow_measures.walks(graph.links, *ends, routing))
        expected = group_crossings(graph.links, group_of, *ends, **choices)
        apart = {}
        for group in groups:
            both = [slow_measures.third_parties(side, group_of, group) for side in ends]
            if slow_measures.offered(*both):
                apart[group] = group_crossings(graph.links, group_of, *both, **choices).get(group)
        sets = slow_path_sets(graph.links, some, *ends, **choices)
        assert table(transit(world, sources, destinations, **choices)) == about(
            slow.transit(graph.links, *ends, **choices)
        )
    found = crossing(world, groups_frame(group_of), sources, destinations, **choices)
    assert table(found.select("group", "share")) == about(expected, within=1e-6)
    known = groups_frame(group_of)
    sides = (side.join(known, on="asn", how="left") for side in (sources, destinations))
    third = crossing(world, known, *sides, **choices).filter(pl.col("group").is_in(groups))
    shares = {group: share for group, share in apart.items() if share and group is not None}
    assert table(third.select("group", "share")) == about(shares, within=1e-6)

    seen, clear, left = Counter(), Counter(), Counter()
    marked = set(sources["asn"][::2])
    for way, weight in walks:
        for network in way[1:-1]:
            seen[way[0], network] += weight
        clear[way[0]] += 0 if marked & set(way[1:]) else weight
        for here, there in pairwise(way):
            left[here] += weight if here in ends[0] and there not in ends[0] else 0
    sent = {asn: Fraction(weight, sum(ends[0].values())) for asn, weight in ends[0].items()}
    shares = shares_by_source(world, sources["asn"], destinations, graph.asns, routing=routing)
    assert shares.tolist() == [
        pytest.approx([float(seen[asn, each] / sent[asn]) for each in graph.asns], abs=1e-6)
        for asn in ends[0]
    ]
    assert avoiding(world, [marked], sources, destinations, routing=routing)[0] == pytest.approx(
        [float(clear[asn] / sent[asn]) for asn in ends[0]], abs=1e-6
    )
    assert leaving(world, sources, destinations, routing=routing) == pytest.approx(
        [float(left[asn]) for asn in ends[0]], abs=1e-6
    )
    divided = path_sets(
        world, pl.Series(some, dtype=pl.UInt32), sources, destinations, routing=routing
    )
    assert {
        frozenset(some[i] for i in divided.member[slice(*divided.start[at : at + 2])]): share
        for at, share in enumerate(divided.share)
    } == pytest.approx({k: float(v) for k, v in sets.items() if k and v}, abs=1e-6)


@few
@given(st.data(), graphs(), prefers, tie_rules)
def test_traffic_takes_the_slow_twins_paths(data, graph, prefer, tie_break):
    ends = ends_of(data, graph)
    hops, group_of = data.draw(learned(graph)), data.draw(grouping(graph))
    follow(graph, hops, ends, group_of, prefer, tie_break)


@few
@given(st.data(), graphs(), prefers, tie_rules)
def test_cones_equal_the_slow_twins(data, graph, prefer, tie_break):
    same_cones(graph, data.draw(learned(graph)), Routing(prefer, tie_break))


def same_cones(graph: Graph, hops: Learned, routing: Routing) -> None:
    world = knowing(make_world(graph.links, graph.asns), hops)
    with twins_know(hops, routing.tie_break):
        expected = slow_cones.observed(graph.links, graph.asns, routing)
    found = cones(world, prefer=routing.prefer, tie_break=routing.tie_break)
    sizes = dict(found.select("asn", "networks").iter_rows())
    assert sizes == {asn: len(expected[asn]) for asn in sizes}


def test_a_cone_holds_what_lies_on_the_way_where_pins_lead_around_it():
    links = [slow.Link(1, 2, "p2c"), slow.Link(2, 3, "p2c"), slow.Link(5, 2, "p2c")]
    links += [slow.Link(4, 1, "p2p"), slow.Link(4, 5, "p2p")]
    hops = {(4, 2): 5, (4, 3): 1}  # AS4 goes to AS3 by AS1 and AS2, but to AS2 by AS5
    same_cones(Graph([1, 2, 3, 4, 5], links), hops, Routing())
    cone = cones(knowing(make_world(links, [1, 2, 3, 4, 5]), hops))
    assert cone.filter(pl.col("asn") == 1)["networks"].item() == 3


def after_all(before: World, after: World, ends, group_of, routing: Routing) -> None:
    """Compare what a change does with computing all of it again in the world after."""
    change, frames = Change.between(before, after), tuple(map(frame, ends))
    found = transit_change(change, *frames, routing=routing)
    for column, world in (("before", before), ("after", after)):
        expected = table(transit(world, *frames, routing=routing))
        has = {asn: share for asn, share in found.select("asn", column).iter_rows() if share}
        assert has == pytest.approx(expected, abs=1e-8)


@st.composite
def rewired(draw: st.DrawFn, graph: Graph) -> Graph:
    """The graph with all its networks, and links cut, turned and made."""
    other = draw(changed(graph))
    assume(len(other.asns) == len(graph.asns))
    return other


@few
@given(st.data(), graphs(), tie_rules)
def test_what_ifs_equal_computing_all_again(data, graph, tie_break):
    after, hops = data.draw(rewired(graph)), data.draw(learned(graph))
    # Pins may lead over links that are made.
    hops |= {key: hop for key, hop in data.draw(learned(after)).items() if key not in hops}
    worlds = [knowing(make_world(each.links, graph.asns), hops) for each in (graph, after)]
    after_all(*worlds, ends_of(data, graph), {}, Routing("shortest", tie_break))


@few
@given(st.data(), graphs())
def test_removing_what_was_never_observed_changes_nothing_that_was(data, graph):
    """Paths are observed, without contradiction; links that are on none of them are cut."""
    seen: dict[tuple[int, int], int] = {}
    ways = []
    for origin in graph.asns:
        chosen = slow.routes(graph.links, origin, "shortest")
        for monitor in data.draw(st.lists(st.sampled_from(graph.asns), max_size=3)):
            if monitor in chosen:
                way = slow.path(chosen, monitor)
                hops = {(here, origin): there for here, there in pairwise(way)}
                if all(seen.get(key, hop) == hop for key, hop in hops.items()):
                    seen |= hops
                    ways.append(way)
    on_paths = {frozenset(link) for way in ways for link in pairwise(way)}
    left = [
        link
        for link in graph.links
        if {link.a, link.b} in on_paths or data.draw(st.integers(0, 2)) > 0
    ]
    for links in (graph.links, left):
        world = knowing(make_world(links, graph.asns), seen)
        for way in ways:
            found = path(world, way[0], way[-1], prefer="shortest")
            assert found["asn"].to_list() == way
