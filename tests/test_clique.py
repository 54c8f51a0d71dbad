"""The core: by its definition, and beside the clique that a published file names."""

import bz2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from graphs import graphs, make_world, written_out
from splinternet.base.errors import MisuseError
from splinternet.routing.clique import clique_of
from splinternet.world.build import build_world

# 1 has three customers, 2 two, 3 and 4 one each; 3 does not peer with 2.
TOPS = [
    *((1, customer, "p2c") for customer in (10, 11, 12)),
    *((2, customer, "p2c") for customer in (10, 11)),
    (3, 12, "p2c"),
    (4, 12, "p2c"),
    *((1, peer, "p2p") for peer in (2, 3, 4, 5)),
    (2, 4, "p2p"),
    (2, 5, "p2p"),
    (4, 5, "p2p"),
]


def test_by_hand():
    # AS5 peers with all but sells to nobody; AS3 does not peer with AS2, which sells more.
    assert clique_of(make_world(TOPS)) == (1, 2, 4)


def test_of_two_alike_the_lower_number_goes_first():
    world = make_world([(7, 1, "p2c"), (8, 1, "p2c")])
    assert clique_of(world) == (7,)


def test_a_customer_of_a_digest_counts_as_its_networks():
    links = [(1, 10, "p2c"), (2, 11, "p2c"), (2, 12, "p2c")]
    assert clique_of(make_world(links)) == (2,)
    assert clique_of(make_world(links, members={1: 1, 2: 1, 10: 5, 11: 1, 12: 1})) == (1,)


@pytest.mark.parametrize("links", [[], [(1, 2, "p2p")]])
def test_nobody_sells(links):
    assert clique_of(make_world(links, [1, 2])) == ()


def test_given():
    world = make_world(TOPS)
    assert clique_of(world, [10, 3, 10]) == (3, 10)
    with pytest.raises(MisuseError, match="AS99 is not in this world"):
        clique_of(world, [1, 99])
    with pytest.raises(MisuseError, match="the clique has no network"):
        clique_of(world, [])


def slow_core(graph) -> tuple[int, ...]:
    """Slow twin: lists and sets, as the definition says."""
    bought = {b for _, b, kind in graph.links if kind == "p2c"}
    sales = {
        asn: sum(a == asn and kind == "p2c" for a, _, kind in graph.links) for asn in graph.asns
    }
    peers = {frozenset((a, b)) for a, b, kind in graph.links if kind == "p2p"}
    found: list[int] = []
    for asn in sorted(graph.asns, key=lambda asn: (-sales[asn], asn)):
        if sales[asn] and asn not in bought and all({asn, one} in peers for one in found):
            found.append(asn)
    return tuple(sorted(found))


@given(graphs())
def test_equals_the_slow_twin(graph):
    assert clique_of(make_world(graph.links, graph.asns)) == slow_core(graph)


@few
@given(st.data(), graphs())
def test_a_group_counts_as_its_networks_written_out(data, graph):
    grouped, written = data.draw(written_out(graph))
    assert clique_of(grouped) == clique_of(written)


@pytest.mark.parametrize("date", ["2019-12-01", "2025-09-01"])
def test_the_clique_of_the_published_file(shared, date):
    """No difference on these dates."""
    path = shared / "as-rel" / f"{date.replace('-', '')}.as-rel2.txt.bz2"
    with bz2.open(path, "rt") as file:
        line = next(line for line in file if line.startswith("# input clique:"))
    clique = {int(asn) for asn in line.partition(":")[2].split()}
    world, _ = build_world(date, as_rel=[path])
    assert set(clique_of(world)) == clique
