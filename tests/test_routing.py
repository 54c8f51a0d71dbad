"""Routes against the slow twin, and what routing refuses."""

from collections import Counter
from itertools import chain, pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow
from budgets import few, many
from graphs import Graph, graphs, large_graphs, make_world, written_out
from splinternet.base.choices import PREFERENCES, TIE_BREAKS
from splinternet.base.errors import MisuseError, RoutingError
from splinternet.routing.graph import graph_of
from splinternet.routing.routes import CLASSES, path, routes, summary
from splinternet.routing.transit import transit

prefers = st.sampled_from(PREFERENCES)
tie_rules = st.sampled_from(TIE_BREAKS)

DIAMOND = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c"), (3, 4, "p2c")]


def rows_of_twin(graph: Graph, origins: list[int], prefer: str, tie_break: str) -> list[tuple]:
    """Write the twin's routes as rows of ``routes``."""
    return [
        (origin, network, route.cls, route.length, hop)
        for origin in origins
        for network, route in sorted(slow.routes(graph.links, origin, prefer).items())
        for hop in (route.next_hops if tie_break == "split" else route.next_hops[:1]) or (None,)
    ]


def chain_of(networks: int) -> list[tuple[int, int, str]]:
    """Make a chain, each network the provider of the next."""
    return [(asn, asn + 1, "p2c") for asn in range(1, networks)]


@many
@given(graphs(), prefers, tie_rules)
def test_routes_equal_the_slow_twins(graph, prefer, tie_break):
    found = routes(
        make_world(graph.links, graph.asns), graph.asns, prefer=prefer, tie_break=tie_break
    )
    assert found.rows() == rows_of_twin(graph, graph.asns, prefer, tie_break)


@given(large_graphs(), prefers, tie_rules)
@few
def test_routes_over_several_blocks(graph, prefer, tie_break):
    found = routes(
        make_world(graph.links, graph.asns), graph.asns, prefer=prefer, tie_break=tie_break
    )
    some = graph.asns[::5]
    mine = found.filter(pl.col("origin").is_in(some))
    assert mine.rows() == rows_of_twin(graph, some, prefer, tie_break)
    assert found["origin"].unique(maintain_order=True).to_list() == graph.asns


@given(st.data(), graphs(), prefers, tie_rules)
def test_some_networks_have_the_routes_that_all_have(data, graph, prefer, tie_break):
    some = st.lists(st.sampled_from(graph.asns), min_size=1)
    origins, networks = data.draw(some), data.draw(some)
    world = make_world(graph.links, graph.asns)
    found = routes(world, origins, networks, prefer=prefer, tie_break=tie_break)
    everyone = routes(world, origins, prefer=prefer, tie_break=tie_break)
    assert_frame_equal(found, everyone.filter(pl.col("asn").is_in(networks)))


@given(graphs(), prefers)
def test_summary_counts_the_slow_twins_routes(graph, prefer):
    chosen = {origin: slow.routes(graph.links, origin, prefer) for origin in graph.asns}
    every = [route for routes in chosen.values() for route in routes.values()]
    classes = Counter(route.cls for route in every)
    others = [route.length for route in every if route.cls != "own"]

    found = summary(make_world(graph.links, graph.asns), prefer=prefer)
    assert found.networks == len(graph.asns)
    assert {cls: getattr(found, cls) for cls in CLASSES} == {c: classes[c] for c in CLASSES}
    assert found.unreachable == len(graph.asns) ** 2 - len(every)
    assert found.mean_length == (sum(others) / len(others) if others else None)


@given(st.data(), graphs(), prefers)
def test_a_group_counts_as_its_networks_written_out(data, graph, prefer):
    grouped, written = data.draw(written_out(graph))
    assert summary(grouped, prefer=prefer) == summary(written, prefer=prefer)


def test_a_group_with_customers_is_one_carrier():
    found = summary(make_world([(1, 2, "p2c")], members={1: 3, 2: 1}))
    # Three reach each other in no link, and the one below; the one reaches three.
    assert (found.networks, found.customer, found.provider) == (4, 3 * 2 + 3, 3)
    assert found.mean_length == (3 + 3) / 12


@given(st.data(), graphs(), prefers)
def test_a_path_follows_the_lowest_next_hops(data, graph, prefer):
    source, origin = (data.draw(st.sampled_from(graph.asns)) for _ in range(2))
    chosen = slow.routes(graph.links, origin, prefer)
    found = path(make_world(graph.links, graph.asns), source, origin, prefer=prefer)
    assert found["asn"].to_list() == (slow.path(chosen, source) if source in chosen else [])
    assert found["hop"].to_list() == list(range(found.height))
    assert (found["share"] == 1).all()


@given(st.data(), graphs(), prefers)
def test_split_paths_share_out_the_traffic(data, graph, prefer):
    source, origin = (data.draw(st.sampled_from(graph.asns)) for _ in range(2))
    chosen = slow.routes(graph.links, origin, prefer)
    found = path(
        make_world(graph.links, graph.asns), source, origin, prefer=prefer, tie_break="split"
    )
    if source not in chosen:
        assert found.is_empty()
        return
    parts = slow.crossed(chosen, source, "split")
    ends = {source: 1.0, origin: 1.0}
    assert dict(found.select("asn", "share").rows()) == pytest.approx(
        ends | {network: float(part) for network, part in parts.items()}
    )
    by_hop = found.group_by("hop").agg(pl.col("share").sum()).sort("hop")
    assert by_hop["share"].to_list() == pytest.approx([1.0] * (chosen[source].length + 1))


def test_a_path_names_its_networks():
    world = make_world(DIAMOND, name={2: "Left"}, country={2: "RU"})
    assert path(world, 4, 1).rows() == [
        (0, 4, None, None, 1.0, None),
        (1, 2, "Left", "RU", 1.0, None),
        (2, 1, None, None, 1.0, None),
    ]
    assert path(world, 4, 1, tie_break="split")["share"].to_list() == [1.0, 0.5, 0.5, 1.0]


def test_more_next_hops_than_there_are_networks_twice_over():
    # A stub alone below nine providers, all equally good.
    providers = range(2, 11)
    links = [*((1, p, "p2c") for p in providers), *((p, 11, "p2c") for p in providers)]
    found = routes(make_world(links), [1], [11], tie_break="split")
    assert found["next_hop"].to_list() == list(providers)
    assert found["length"].unique().to_list() == [2]


def test_the_two_preferences_differ():
    # 1 reaches 4 over its peer 2 in three links, over its provider 3 in two.
    links = [(1, 2, "p2p"), (2, 5, "p2c"), (5, 4, "p2c"), (3, 1, "p2c"), (3, 4, "p2c")]
    world = make_world(links)
    [by_class] = routes(world, [4], [1], prefer="gao-rexford").rows()
    [by_length] = routes(world, [4], [1]).rows()
    assert by_class == (4, 1, "peer", 3, 2)
    assert by_length == (4, 1, "provider", 2, 3)


@pytest.mark.parametrize("prefer", PREFERENCES)
def test_a_path_of_62_links(prefer):
    world = make_world(chain_of(63))
    assert routes(world, [1], [63], prefer=prefer)["length"].to_list() == [62]
    assert routes(world, [63], [1], prefer=prefer)["length"].to_list() == [62]
    assert path(world, 63, 1, prefer=prefer)["asn"].to_list() == list(range(63, 0, -1))
    assert summary(world, prefer=prefer).unreachable == 0


@pytest.mark.parametrize("prefer", PREFERENCES)
@pytest.mark.parametrize("networks", [64, 65, 66, 100, 200, 300])
def test_a_path_of_more_than_62_links(prefer, networks):
    world = make_world(chain_of(networks))
    for origin, network in ((1, networks), (networks, 1)):
        with pytest.raises(RoutingError, match="longer than 62 links"):
            routes(world, [origin], [network], prefer=prefer)
    for ask in (summary, transit):
        with pytest.raises(RoutingError, match="longer than 62 links"):
            ask(world, prefer=prefer)


@pytest.mark.parametrize("prefer", PREFERENCES)
@pytest.mark.parametrize("top", ["p2p", "p2c"])
@pytest.mark.parametrize(("down", "fits"), [(30, True), (31, True), (32, False), (99, False)])
def test_a_long_path_up_and_down(prefer, top, down, fits):
    # 30 links up, one across or down, and the rest down: 62 at the most.
    up = [(asn + 1, asn, "p2c") for asn in range(1, 31)]
    below = [(asn, asn + 1, "p2c") for asn in range(32, 32 + down)]
    world = make_world([*up, (31, 32, top), *below])
    ends = [32 + down], [1]
    if fits:
        assert routes(world, *ends, prefer=prefer)["length"].to_list() == [31 + down]
    else:
        with pytest.raises(RoutingError, match="longer than 62 links"):
            routes(world, *ends, prefer=prefer)


def test_a_cycle_of_providers_is_refused_and_named():
    circle = [(10, 20, "p2c"), (20, 30, "p2c"), (30, 10, "p2c")]
    world = make_world([(1, 10, "p2c"), *circle, (30, 40, "p2c"), (2, 50, "p2c")])
    for ask in (lambda: routes(world, [40]), lambda: summary(world), lambda: transit(world)):
        with pytest.raises(
            RoutingError, match=r"cycle \(at or below AS10, AS20, AS30\).*repair=True"
        ):
            ask()


def test_networks_that_are_not_there():
    world = make_world(DIAMOND)
    for ask in (
        lambda: routes(world, [5]),
        lambda: routes(world, [1], [4, 5]),
        lambda: path(world, 5, 1),
        lambda: path(world, 1, 5),
    ):
        with pytest.raises(MisuseError, match="AS5 is not in this world"):
            ask()
    for number in (-1, 0, 2**32, 2**40):
        with pytest.raises(MisuseError, match=f"{number} is no AS number"):
            routes(world, [number])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"prefer": "gao-rexfort"}, "unknown preference 'gao-rexfort'; did you mean gao-rexford"),
        ({"tie_break": "splitt"}, "unknown tie-break 'splitt'; did you mean split"),
    ],
)
def test_policies_that_do_not_exist(words, message):
    with pytest.raises(MisuseError, match=message):
        routes(make_world(DIAMOND), [1], **words)


def test_an_empty_world():
    world = make_world([])
    assert summary(world).networks == 0
    assert summary(world).mean_length is None
    assert routes(world, []).is_empty()
    with pytest.raises(MisuseError, match="AS1 is not in this world"):
        routes(world, [1])
    with pytest.raises(MisuseError, match="no traffic to follow"):
        transit(world)


def test_islands_do_not_reach_each_other():
    world = make_world([(1, 2, "p2c"), (3, 4, "p2p")], [5])
    reached = routes(world, [1, 2, 3, 4, 5]).select("origin", "asn").rows()
    assert reached == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (3, 4), (4, 3), (4, 4), (5, 5)]
    assert path(world, 5, 1).is_empty()
    assert summary(world).unreachable == 25 - 9


def test_a_peer_passes_nothing_on_to_a_peer():
    world = make_world([(1, 2, "p2p"), (2, 3, "p2p")])
    assert routes(world, [3], [1]).is_empty()


def test_answers_do_not_depend_on_the_order_asked_in():
    world = make_world(DIAMOND)
    assert routes(world, [4, 1, 4])["origin"].unique(maintain_order=True).to_list() == [4, 1]
    assert routes(world, [1], [4, 2, 4])["asn"].to_list() == [2, 4]


def test_progress_is_told():
    world = make_world([(1, asn, "p2c") for asn in range(2, 10)])
    told = []
    routes(world, range(1, 10), progress=lambda *done: told.append(done))
    assert told == [(2, 2)]  # eight twin stubs are one target


@given(graphs())
def test_the_graph_puts_providers_first_and_twins_together(graph):
    made = graph_of(make_world(graph.links, graph.asns))
    row = dict(zip(made.asn.tolist(), made.row.tolist(), strict=True))
    carriers = {a for a, _, kind in graph.links if kind == "p2c"}
    assert {asn for asn in graph.asns if row[asn] < made.carriers} == carriers
    around = slow.neighbours(graph.links)
    for a, b, kind in graph.links:
        assert kind == "p2p" or row[a] < row[b]
    for one, other in pairwise(sorted(set(graph.asns) - carriers, key=row.get)):
        assert (row[one] == row[other]) == (around.get(one) == around.get(other))
    assert made.members.sum() == len(graph.asns)


@given(graphs())
def test_the_graph_lists_neighbours_by_asn(graph):
    made = graph_of(make_world(graph.links, graph.asns))
    first = made.asn[made.first]
    found = []
    for lists in (made.providers, made.customers, made.peers):
        for row in range(made.rows):
            near = first[lists.row[lists.start[row] : lists.start[row + 1]]].tolist()
            assert near == sorted(set(near))
            found.append(near)
    ends = {end for a, b, _ in graph.links for end in (a, b)}
    assert set(chain.from_iterable(found)) <= ends


# By the shortest route, where a network may tell of another route than it takes.

DETOUR = [
    (1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c"), (4, 9, "p2c"),
    (2, 5, "p2p"), (5, 9, "p2c"), (2, 6, "p2c"), (1, 7, "p2c"), (7, 8, "p2p"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (2, [2, 5, 9]),  # its own choice, over a peer
        (6, [6, 2, 5, 9]),  # customers are told of that
        (1, [1, 2, 3, 4, 9]),  # a provider is told of the customer's route, and gets it
        (7, [7, 1, 2, 3, 4, 9]),
        (8, []),  # a peer is not told of a provider's
    ],
)
def test_what_comes_from_above_takes_the_customers_route(source, expected):
    world = make_world(DETOUR)
    assert path(world, source, 9, prefer="shortest")["asn"].to_list() == expected
    own = routes(world, [9], [2], prefer="shortest").row(0, named=True)
    told = routes(world, [9], [2], prefer="shortest", told=True).row(0, named=True)
    assert (own["class"], own["length"], own["next_hop"]) == ("peer", 2, 5)
    assert (told["class"], told["length"], told["next_hop"]) == ("customer", 3, 3)


@given(st.data(), graphs(), st.sampled_from(TIE_BREAKS))
def test_by_the_shortest_no_path_meets_a_network_twice(data, graph, tie_break):
    origin = data.draw(st.sampled_from(graph.asns))
    world = make_world(graph.links, graph.asns)
    options = {"prefer": "shortest", "tie_break": tie_break}
    own, told = (
        dict(routes(world, [origin], told=of, **options).select("asn", "length").iter_rows())
        for of in (False, True)
    )
    assert all(own[asn] <= length for asn, length in told.items())
    for source, length in own.items():
        chosen = slow.routes(graph.links, origin, "shortest")
        for found, _ in slow.every_path(chosen, source, tie_break):
            assert len(set(found)) == len(found) == length + 1


@given(graphs(), prefers)
def test_what_is_told_is_the_slow_twins(graph, prefer):
    world = make_world(graph.links, graph.asns)
    found = routes(world, graph.asns, told=True, prefer=prefer, tie_break="split")
    expected = {
        (origin, asn, route.cls, route.length, hop)
        for origin in graph.asns
        for asn, route in slow.routes(graph.links, origin, prefer).told.items()
        for hop in route.next_hops or (None,)
    }
    assert set(found.iter_rows()) == expected


def test_a_customer_route_can_be_too_long_though_nobody_chooses_it():
    chain_of = [(at, at + 1, "p2c") for at in range(1, 64)]  # 63 links, and a way of two
    with pytest.raises(RoutingError, match="longer than 62 links"):
        routes(make_world([*chain_of, (1, 70, "p2p"), (70, 64, "p2c")]), [64], prefer="shortest")
    found = routes(
        make_world([*chain_of[1:], (2, 70, "p2p"), (70, 64, "p2c")]), [64], [2], prefer="shortest"
    )
    assert found["length"].item() == 2
