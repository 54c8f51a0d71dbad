"""Pairs that have a route, by groups, against walking every path that policy allows."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import slow_scenario as twin
from budgets import few
from graphs import Graph, graphs, large_graphs, make_world, randoms, written_out
from splinternet.routing.graph import graph_of
from splinternet.routing.pairs import Sizes, pairs_with_route


def sizes_of(asns, group_of, weight_of, members=None) -> Sizes:
    asns = sorted(asns)
    return Sizes(
        asn=np.array(asns, dtype=np.uint32),
        group=np.array([group_of[asn] for asn in asns], dtype=np.int32),
        groups=3,
        weight=np.array([[1, weight_of[asn]] for asn in asns], dtype=np.int64),
        members=np.array([(members or {}).get(asn, 1) for asn in asns], dtype=np.int64),
    )


def slowly(graph: Graph, group_of, weight_of, to) -> np.ndarray:
    found = np.zeros((2, 3, 3))
    for source in graph.asns:
        for target in twin.allowed(graph.links, source) & to - {source}:
            at = group_of[source], group_of[target]
            found[0][at] += 1
            found[1][at] += weight_of[source] * weight_of[target]
    return found


@given(st.data(), graphs() | large_graphs())
def test_pairs_equal_walking_every_path(data, graph):
    random = data.draw(randoms())
    group_of = {asn: random.randrange(3) for asn in graph.asns}
    weight_of = {asn: random.randrange(1000) for asn in graph.asns}
    to = {asn for asn in graph.asns if random.random() < 0.7}
    if data.draw(st.booleans()):  # some are cut off, so that many miss the same
        inside = {asn for asn in graph.asns if random.random() < 0.3}
        links = [link for link in graph.links if (link.a in inside) == (link.b in inside)]
        graph = Graph(graph.asns, links)
    sizes = sizes_of(graph.asns, group_of, weight_of)
    found = pairs_with_route(
        make_world(graph.links, graph.asns), sizes, np.isin(sizes.asn, list(to)), on_one_core=True
    )
    assert found.tolist() == slowly(graph, group_of, weight_of, to).tolist()


@given(st.data(), graphs())
def test_pairs_have_a_route_both_ways_or_none(data, graph):
    group_of = {asn: data.draw(st.integers(0, 2)) for asn in graph.asns}
    sizes = sizes_of(graph.asns, group_of, {asn: asn % 7 for asn in graph.asns})
    found = pairs_with_route(make_world(graph.links, graph.asns), sizes)
    assert found.tolist() == found.transpose(0, 2, 1).tolist()


@few
@given(st.data(), graphs())
def test_a_group_of_a_digest_counts_as_its_networks(data, graph):
    grouped, written = data.draw(written_out(graph))
    found = []
    for world in (grouped, written):
        asns, members = graph_of(world).asn, world.networks.sort("asn")["members"].to_numpy()
        some = Sizes(asns, np.zeros(len(asns), dtype=np.int32), 1, members[:, None], members)
        found.append(pairs_with_route(world, some))
    assert np.allclose(*found)


def test_networks_that_the_world_has_not_got_are_left_out():
    sizes = sizes_of([1, 2, 3], {1: 0, 2: 1, 3: 2}, {1: 5, 2: 7, 3: 9})
    found = pairs_with_route(make_world([(1, 2, "p2c")]), sizes)
    assert found[1].tolist() == [[0, 35, 0], [35, 0, 0], [0, 0, 0]]
