"""Traffic against the slow twin, and the sums that must hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow
from budgets import fewest, many
from graphs import (
    Graph,
    graphs,
    large_graphs,
    make_world,
    random_graph,
    randoms,
    weights,
    written_out,
)
from slow import Link
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, WEIGHTS, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.routing import workers
from splinternet.routing.block import Block, LinkFlow, Marks
from splinternet.routing.flows import measure_flows
from splinternet.routing.graph import graph_of
from splinternet.routing.routes import routes
from splinternet.routing.sweep import Sweep
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing, transit
from splinternet.world.world import World

prefers = st.sampled_from(PREFERENCES)
tie_rules = st.sampled_from(TIE_BREAKS)

# 4 reaches 1 over 2 and over 3, which are equally good; 5 hangs below 4.
DIAMOND = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c"), (3, 4, "p2c"), (4, 5, "p2c")]


def frame(weights: Mapping[int, float]) -> pl.DataFrame:
    rows = {"asn": list(weights), "weight": [float(weight) for weight in weights.values()]}
    return pl.DataFrame(rows, schema={"asn": pl.UInt32, "weight": pl.Float64})


def table(shares: pl.DataFrame) -> dict:
    """The second column by the first; shares of groups are of all traffic here."""
    if "counted" in shares.columns:
        assert (shares["counted"] == 1).all()
    return dict(shares.select(pl.nth(0, 1)).iter_rows())


def something_flows(sources: Mapping[int, int], destinations: Mapping[int, int]) -> bool:
    return any(a != b and sources[a] * destinations[b] for a in sources for b in destinations)


def about(shares: Mapping[object, Fraction], within: float = 1e-8) -> object:
    """What ``shares`` should be, though the engine's are whole numbers of 2**31 parts or floats."""
    return pytest.approx({who: float(share) for who, share in shares.items()}, abs=within, rel=0)


@many
@given(st.data(), graphs(), prefers, tie_rules)
def test_transit_equals_the_slow_twins(data, graph, prefer, tie_break):
    sources, destinations = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(sources, destinations))
    world = make_world(graph.links, graph.asns)
    found = transit(world, frame(sources), frame(destinations), prefer=prefer, tie_break=tie_break)
    assert table(found) == about(
        slow.transit(graph.links, sources, destinations, prefer, tie_break)
    )


@fewest
@given(large_graphs(), prefers, tie_rules)
def test_transit_over_several_blocks(graph, prefer, tie_break):
    sources = dict.fromkeys(graph.asns, 1)
    destinations = dict.fromkeys(graph.asns[::2], 1)
    world = make_world(graph.links, graph.asns)
    found = transit(world, None, frame(destinations), prefer=prefer, tie_break=tie_break)
    assert table(found) == about(
        slow.transit(graph.links, sources, destinations, prefer, tie_break)
    )


def group_crossings(
    links: Iterable[Link],
    group_of: Mapping[int, str | None],
    sources: Mapping[int, int],
    destinations: Mapping[int, int],
    prefer: str,
    tie_break: str,
) -> dict[str | None, Fraction]:
    """Slow twin of ``crossing``: walk every path of every pair and note the groups it crosses."""
    links = list(links)
    through: dict[str | None, Fraction] = defaultdict(Fraction)
    total = 0
    for destination, weight in destinations.items():
        chosen = slow.routes(links, destination, prefer)
        for source in sources.keys() - {destination}:
            total += sources[source] * weight
            for path, part in slow.every_path(chosen, source, tie_break):
                for group in {group_of.get(network) for network in path[1:-1]}:
                    through[group] += sources[source] * weight * part
    return {group: amount / total for group, amount in through.items() if amount}


def grouping(graph: Graph) -> st.SearchStrategy[dict[int, str | None]]:
    """Some networks in groups, some named as being in none, some not named."""

    def grouped(random: Random) -> dict[int, str | None]:
        some = random.sample(graph.asns, random.randint(0, len(graph.asns)))
        return {asn: random.choice(["a", "b", "c", None]) for asn in some}

    return randoms().map(grouped)


def groups_frame(group_of: Mapping[int, str | None]) -> pl.DataFrame:
    rows = {"asn": list(group_of), "group": list(group_of.values())}
    return pl.DataFrame(rows, schema={"asn": pl.UInt32, "group": pl.String})


@many
@given(st.data(), graphs(), prefers, tie_rules)
def test_crossing_equals_the_slow_twins(data, graph, prefer, tie_break):
    sources, destinations = data.draw(weights(graph)), data.draw(weights(graph))
    assume(something_flows(sources, destinations))
    group_of = data.draw(grouping(graph))
    found = crossing(
        make_world(graph.links, graph.asns),
        groups_frame(group_of),
        frame(sources),
        frame(destinations),
        prefer=prefer,
        tie_break=tie_break,
    )
    expected = group_crossings(graph.links, group_of, sources, destinations, prefer, tie_break)
    assert table(found) == about(expected, within=1e-6)  # parts of traffic are float32 here


@fewest
@given(large_graphs(), prefers, tie_rules)
def test_crossing_over_several_blocks(graph, prefer, tie_break):
    group_of = {asn: "abc"[asn % 3] for asn in graph.asns}
    ends = dict.fromkeys(graph.asns[:12], 1), dict.fromkeys(graph.asns, 1)
    found = crossing(
        make_world(graph.links, graph.asns),
        groups_frame(group_of),
        *map(frame, ends),
        prefer=prefer,
        tie_break=tie_break,
    )
    expected = group_crossings(graph.links, group_of, *ends, prefer, tie_break)
    assert table(found) == about(expected, within=1e-6)


@given(graphs(), prefers, tie_rules)
def test_crossing_groups_of_one_is_transit(graph, prefer, tie_break):
    assume(len(graph.asns) > 1)
    world = make_world(graph.links, graph.asns)
    alone = groups_frame({asn: f"AS{asn}" for asn in graph.asns})
    found = crossing(world, alone, prefer=prefer, tie_break=tie_break)
    single = transit(world, prefer=prefer, tie_break=tie_break)
    shares = {f"AS{asn}": share for asn, share in single.iter_rows()}
    assert table(found) == about(shares, within=1e-6)


def test_crossing_two_of_a_group_counts_once():
    world = make_world([(1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c")])
    ends = frame({1: 1}), frame({4: 1})
    assert table(transit(world, *ends)) == {2: 1.0, 3: 1.0}
    together = groups_frame({2: "RU", 3: "RU", 1: "US", 4: None})
    assert table(crossing(world, together, *ends)) == {"RU": 1.0}  # not 2, and not an end
    apart = groups_frame({2: "RU"})
    assert table(crossing(world, apart, *ends)) == {"RU": 1.0, None: 1.0}
    assert table(crossing(world, groups_frame({}), *ends)) == {None: 1.0}


def test_shares_are_sorted_largest_first_then_by_number():
    world = make_world(DIAMOND)
    found = transit(world, frame({5: 1}), frame({1: 1}))
    assert found.rows() == [(4, 1.0), (2, 0.5), (3, 0.5)]
    groups = groups_frame({2: "b", 3: "a", 4: "c"})
    found = crossing(world, groups, frame({5: 1}), frame({1: 1}))
    assert found.rows() == [("c", 1.0, 1.0), ("a", 0.5, 1.0), ("b", 0.5, 1.0)]


def carried(
    world: World, prefer: str, tie_break: str, sources: np.ndarray, targets: np.ndarray
) -> Iterator[tuple[Block, np.ndarray, LinkFlow]]:
    """Send traffic in whole numbers, 1 for each target, and yield what each block carries."""
    graph = graph_of(world)

    def work(block: Block, place: slice) -> tuple[Block, np.ndarray, LinkFlow]:
        to = len(targets[place])
        links = LinkFlow.of(graph).valued(np.ones(to, np.int64))
        # Nobody sends to networks in its own row, so that no traffic ends where it began.
        flow = block.carry(sources, sources[targets[place]], links=links)
        return block, flow[:, :to].copy(), links

    yield from Sweep(graph, Routing(prefer, tie_break)).run(targets, work)


@given(st.data(), graphs() | large_graphs(), prefers, tie_rules)
def test_what_enters_equals_what_leaves(data, graph, prefer, tie_break):
    """Traffic enters as many networks on its way as its path has links, less one: exactly."""
    world = make_world(graph.links, graph.asns)
    made = graph_of(world)
    random = data.draw(randoms())
    sources = np.array([random.randrange(10**6) for _ in range(made.rows)], dtype=np.int32)
    targets = np.arange(made.rows, dtype=np.int32)
    entered = sum(
        int(flow.sum()) for _, flow, _ in carried(world, prefer, tie_break, sources, targets)
    )

    spoken = made.asn[made.first].tolist()  # each row by its first network
    chosen = routes(world, spoken, spoken, prefer=prefer)
    amount = dict(zip(spoken, sources.tolist(), strict=True))
    lengths = chosen.filter(pl.col("class") != "own").select("asn", "length")
    assert entered == sum(amount[asn] * (length - 1) for asn, length in lengths.iter_rows())


@given(st.data(), graphs() | large_graphs(), prefers, tie_rules)
def test_links_that_are_asked_for_carry_what_they_do_among_all(data, graph, prefer, tie_break):
    world = make_world(graph.links, graph.asns)
    assume(world.networks.height > 1)
    made, routing = graph_of(world), Routing(prefer, tie_break)
    every = measure_flows(world, routing=routing)
    between = [pair for pair in every.over if max(pair) < made.carriers]
    asked = data.draw(st.lists(st.sampled_from(between), unique=True)) if between else []
    some = measure_flows(world, links=Marks.of(made, asked), routing=routing)
    assert some.over == {pair: every.over[pair] for pair in asked}
    assert some.through.tolist() == every.through.tolist()


@given(st.data(), graphs(), prefers, tie_rules)
def test_links_bring_carriers_all_that_enters_them(data, graph, prefer, tie_break):
    world = make_world(graph.links, graph.asns)
    made = graph_of(world)
    random = data.draw(randoms())
    sources = np.array([random.randrange(10**6) for _ in range(made.rows)], dtype=np.int32)
    targets = np.arange(min(made.rows, 64), dtype=np.int32)
    [(block, flow, links)] = carried(world, prefer, tie_break, sources, targets)

    brought = np.zeros(made.rows, dtype=np.int64)
    for lists, over in (
        (made.providers, links.providers),
        (made.customers, links.customers),
        (made.peers, links.peers),
    ):
        assert (over >= 0).all()
        np.add.at(brought, lists.row, over)
    entered = np.zeros(made.rows, dtype=np.int64)
    # What comes from below is told apart from the rest by some preferences, a row each.
    np.add.at(entered, np.arange(len(flow)) % max(made.carriers, 1), flow.sum(axis=1))
    # What is addressed to a carrier ends there, and is not counted as entering it.
    for lane in range(min(made.carriers, 64)):
        reach = block.codes[:, lane] != 255
        entered[lane] += sources[reach].sum() - sources[lane]
    assert brought.tolist() == entered.tolist()


@pytest.mark.parametrize("tie_break", TIE_BREAKS)
@pytest.mark.parametrize("prefer", PREFERENCES)
def test_the_number_of_threads_changes_nothing(monkeypatch, prefer, tie_break):
    graph = random_graph(Random(1), core=100, stubs=400)  # several blocks
    world = make_world(graph.links, graph.asns)
    groups = groups_frame({asn: "abc"[asn % 3] for asn in graph.asns})
    weighed = frame({asn: 1 + asn % 17 for asn in graph.asns})
    found = []
    for threads in (1, 4):
        monkeypatch.setattr(workers, "cores", lambda threads=threads: threads)
        found.append(
            (
                transit(world, weighed, prefer=prefer, tie_break=tie_break),
                crossing(world, groups, weighed, prefer=prefer, tie_break=tie_break),
            )
        )
    one, four = found
    assert one[0].height > 50
    assert one[1].height == 3
    for alone, together in zip(one, four, strict=True):
        assert_frame_equal(alone, together, check_exact=True)


@given(st.data(), graphs(), prefers, tie_rules)
def test_a_group_carries_as_its_networks_written_out(data, graph, prefer, tie_break):
    grouped, written = data.draw(written_out(graph))
    assume(grouped.networks["members"].sum() > 1)
    found, expected = (
        transit(world, prefer=prefer, tie_break=tie_break) for world in (grouped, written)
    )
    # Sums in another order may tell equal shares apart in the last digit, and so their order.
    assert_frame_equal(found, expected, check_row_order=False)
    groups = groups_frame({asn: "ab"[asn % 2] for asn in graph.asns})
    found, expected = (
        crossing(world, groups, prefer=prefer, tie_break=tie_break) for world in (grouped, written)
    )
    assert_frame_equal(found, expected, check_row_order=False)


def test_only_whole_proportions_matter():
    world = make_world(DIAMOND)
    small = transit(world, frame({4: 1e-9, 5: 2e-9}), frame({1: 1}))
    large = transit(world, frame({4: 1e15, 5: 2e15}), frame({1: 1}))
    assert table(small) == table(large) == pytest.approx({2: 1 / 2, 3: 1 / 2, 4: 2 / 3})


def test_what_finds_no_route_counts_as_offered():
    world = make_world([*DIAMOND, (8, 9, "p2c")])
    assert table(transit(world, frame({5: 1, 8: 1}), frame({4: 1, 1: 1}))) == {
        4: 0.25,
        2: 0.125,
        3: 0.125,
    }


@pytest.mark.parametrize(
    ("sources", "destinations"), [({}, {1: 1}), ({1: 0}, {2: 1}), ({2: 1}, {2: 1})]
)
def test_nothing_to_send(sources, destinations):
    with pytest.raises(MisuseError, match="no traffic to follow"):
        transit(make_world(DIAMOND), frame(sources), frame(destinations))


def test_a_source_that_is_not_there():
    with pytest.raises(MisuseError, match="AS6 is not in this world"):
        transit(make_world(DIAMOND), frame({6: 1}))


def test_progress_is_told():
    told = []
    transit(make_world(DIAMOND), progress=lambda *done: told.append(done))
    assert told == [(5, 5)]


def test_weights():
    columns = {"ipv4_addresses": {1: 256, 2: 0}, "users": {3: 10}}
    world = make_world(DIAMOND[:3], members={1: 1, 2: 1, 3: 1, 4: 5}, **columns)
    assert table(weigh(world)) == {1: 1, 2: 1, 3: 1, 4: 5}
    assert table(weigh(world, "addresses")) == {1: 256, 2: 0, 3: 0, 4: 0}
    assert table(weigh(world, "users", [3, 4])) == {3: 10, 4: 0}
    assert weigh(world, "users").schema == {"asn": pl.UInt32, "weight": pl.Float64}


def test_weights_that_are_not_known():
    world = make_world(DIAMOND, ipv4_addresses={1: 256})
    with pytest.raises(WorldError, match=r"does not know the addresses .* by networks"):
        weigh(world, "addresses", [2, 3])
    with pytest.raises(WorldError, match=r"does not know the users .* by addresses or networks"):
        weigh(world, "users")
    with pytest.raises(MisuseError, match="unknown weight 'adresses'; did you mean addresses"):
        weigh(world, "adresses")
    assert WEIGHTS == ("addresses", "networks", "users")
