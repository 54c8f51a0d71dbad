"""What a world learns from observed paths: links, next hops, and what is left of them."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow
from budgets import few
from graphs import graphs, make_world
from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.routing.graph import graph_of
from splinternet.routing.routes import path, routes
from splinternet.world.learned import as_routed, learn
from splinternet.world.schema import TABLES
from splinternet.world.world import World

# 1 and 2 are peers at the top; 3 and 4 buy from 1, and 5 from 2; 6 buys from 4.
LINKS = [(1, 2, "p2p"), (1, 3, "p2c"), (1, 4, "p2c"), (2, 5, "p2c"), (4, 6, "p2c")]


def seeing(*paths: list[int], links: object = LINKS, prefixes: int = 1) -> World:
    """A world with these paths, each for so many prefixes."""
    rows = [(way[0], "made-up", way[-1], way, prefixes, None) for way in paths]
    table = pl.DataFrame(rows, schema=TABLES["paths"].schema, orient="row")
    return replace(make_world(links), paths=table)


def added(world: World) -> list[tuple]:
    return learn(world).links.filter(evidence="rib").select("a", "b", "kind").rows()


def hops(world: World) -> list[tuple]:
    return learn(world).learned.select("asn", "origin", "next_hop").rows()


@pytest.mark.parametrize(
    ("way", "link"),
    [
        ([7, 3, 1, 4], (3, 7, "p2c")),  # before a step up
        ([3, 1, 4, 8], (4, 8, "p2c")),  # after a step down
        ([1, 2, 9], (2, 9, "p2c")),  # after a step across
        ([9, 1, 2], (1, 9, "p2c")),  # before a step across
        ([3, 1, 9, 2, 5], (1, 9, "p2p")),  # at the top, and again
        ([3, 6], (3, 6, "p2p")),
    ],
)
def test_a_link_is_of_the_kind_that_its_place_shows(way, link):
    assert link in added(seeing(way))


def test_most_paths_decide():
    assert added(seeing([8, 6])) == [(6, 8, "p2p")]
    assert added(seeing([8, 6], [1, 4, 6, 8], [3, 1, 4, 6, 8])) == [(6, 8, "p2c")]


def test_a_link_closes_no_circle():
    """6 sells to 7 and 7 to 4, if the paths are right: then 4 and 6 are above themselves."""
    found = learn(seeing([3, 1, 4, 6, 7], [3, 1, 7, 4], links=[*LINKS, (1, 7, "p2c")]))
    assert found.links.filter(evidence="rib").select("a", "b", "kind").rows() == [
        (4, 7, "p2p"),
        (6, 7, "p2p"),
    ]
    assert graph_of(found).depth > 0


def test_networks_without_a_link_join():
    found = learn(seeing([7, 3, 1, 4]))
    assert found.networks["asn"].to_list() == [1, 2, 3, 4, 5, 6, 7]
    assert found.networks["members"].to_list() == [1] * 7
    assert "next hops of 3 networks are learned from 1 paths" in found.manifest.notes[-1]


def test_next_hops_are_learned_of_what_links_explain():
    assert hops(seeing([3, 1, 4, 6])) == [(1, 6, 4), (3, 6, 1), (4, 6, 6)]
    assert hops(seeing([2, 1, 4], [1, 2, 5])) == [(1, 4, 4), (1, 5, 2), (2, 4, 1), (2, 5, 5)]


def test_what_goes_down_and_up_again_is_not_learned():
    links = [*LINKS, (3, 6, "p2c")]
    assert hops(seeing([1, 4, 6, 3], links=links)) == [(6, 3, 3)]


def test_the_next_hop_for_most_prefixes_is_learned():
    links = [*LINKS, (3, 6, "p2c")]
    some, more = seeing([1, 4, 6], links=links), seeing([1, 3, 6], links=links, prefixes=2)
    world = replace(some, paths=pl.concat([some.paths, more.paths]))
    assert (1, 6, 3) in hops(world)
    equal = replace(some, paths=pl.concat([some.paths, seeing([1, 3, 6], links=links).paths]))
    assert (1, 6, 3) in hops(equal)  # of equal ones the lowest number


def test_what_is_left_by_choice():
    world = learn(seeing([7, 3, 1, 4, 6]))
    assert as_routed(world, Routing(links="all")) is world
    assert as_routed(world, Routing(links="all", observed="tie-break")) is world
    links = as_routed(world, Routing(links="all", observed="links"))
    assert links.learned.height == 0
    assert links.links.equals(world.links)
    none = as_routed(world, Routing(links="all", observed="none"))
    assert none.networks["asn"].to_list() == [1, 2, 3, 4, 5, 6]
    assert none.links.equals(make_world(LINKS).links)
    assert as_routed(none, Routing(links="all", observed="none")) is none
    with pytest.raises(MisuseError, match="is no World"):
        as_routed("2019-12", Routing())
    with pytest.raises(MisuseError, match="unknown use of observed routes 'some'"):
        Routing(observed="some")


def test_a_world_without_paths_learns_nothing():
    world = make_world(LINKS)
    assert learn(world) is world


def test_pins_order_and_links_by_hand():
    """4 takes 8 to 7 by number; it was seen to take 9, for other origins too."""
    links = [(8, 4, "p2c"), (9, 4, "p2c"), (8, 7, "p2c"), (9, 7, "p2c"), (8, 5, "p2c"),
             (9, 5, "p2c"), (9, 6, "p2c")]  # fmt: skip
    world = learn(seeing([4, 9, 7], [4, 9, 6], links=links))
    hop = {
        kind: [
            routes(world, [to], [4], prefer="shortest", observed=kind)["next_hop"][0]
            for to in (7, 5)
        ]
        for kind in ("pins", "tie-break", "links", "none")
    }
    assert hop == {"pins": [9, 9], "tie-break": [9, 9], "links": [8, 8], "none": [8, 8]}
    split = routes(world, [5], [4], prefer="shortest", tie_break="split")
    assert split["next_hop"].to_list() == [9]  # it was observed; 7 and 5 were not


def test_a_network_that_goes_up_tells_its_customer_route_as_a_last_resort():
    """4 was seen to take its provider 1 to its customer 6; 2 has no other way there, 5 has."""
    links = [(1, 4, "p2c"), (1, 3, "p2c"), (3, 6, "p2c"), (4, 6, "p2c"), (2, 4, "p2c"),
             (1, 5, "p2c"), (4, 5, "p2p")]  # fmt: skip
    world = learn(seeing([4, 1, 3, 6], links=links))
    for source, way in ((4, [4, 1, 3, 6]), (1, [1, 3, 6]), (5, [5, 1, 3, 6]), (2, [2, 4, 6])):
        assert path(world, source, 6, prefer="shortest")["asn"].to_list() == way
    free = path(world, 5, 6, prefer="shortest", observed="none")
    assert free["asn"].to_list() == [5, 4, 6]


@few
@given(st.data(), graphs())
def test_every_path_that_is_seen_comes_out(data, graph):
    """Of one monitor, whose paths contradict nothing, all are modelled as they were seen."""
    monitor = data.draw(st.sampled_from(graph.asns))
    ways = []
    for origin in graph.asns:
        chosen = slow.routes(graph.links, origin, "gao-rexford")
        if origin != monitor and monitor in chosen:
            way = slow.path(chosen, monitor)
            if not any(
                set(way) & set(other) - {monitor} and way[-1] == other[-1] for other in ways
            ):
                ways.append(way)
    world = learn(seeing(*ways, links=graph.links))
    for way in ways:
        found = path(world, monitor, way[-1], prefer="shortest")
        assert found["asn"].to_list() == way
