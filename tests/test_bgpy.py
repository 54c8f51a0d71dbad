"""The engine against BGPy: the same routes on random graphs and real snapshots, to the last one.

BGPy takes about a second for an origin of a recent snapshot, so only a few are compared there:
`BGPY_ORIGINS=300 pytest tests/test_bgpy.py` compares 300, in some six minutes.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

import slow
from graphs import Graph, graphs, make_world, random_graph
from snapshots import read_links, some_origins
from splinternet.routing.routes import routes

SCHEMA = {
    "origin": pl.UInt32,
    "asn": pl.UInt32,
    "class": pl.String,
    "length": pl.Int64,
    "next_hop": pl.UInt32,
}


def table(rows: pl.DataFrame | Iterable[tuple]) -> pl.DataFrame:
    """Bring routes, whosever they are, into one form."""
    frame = (
        rows.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
        if isinstance(rows, pl.DataFrame)
        else pl.DataFrame(rows, schema=SCHEMA, orient="row")
    )
    return frame.sort("origin", "asn")


def assert_same_routes(links: list, networks: list[int], origins: list[int]) -> None:
    import oracle

    ours = routes(make_world(links, networks), origins, prefer="gao-rexford")
    graph = oracle.as_graph(links, networks)
    for start in range(0, len(origins), 16):
        some = origins[start : start + 16]
        mine = ours.filter(pl.col("origin").is_in(some))
        assert_frame_equal(table(mine), table(oracle.routes(graph, some)))


@given(graphs())
def test_random_graphs(graph: Graph):
    assert_same_routes(graph.links, graph.asns, graph.asns)


@pytest.mark.parametrize("seed", range(8))
def test_graphs_of_several_blocks(seed):
    graph = random_graph(Random(seed), core=50, stubs=100)
    assert_same_routes(graph.links, graph.asns, graph.asns)


@pytest.mark.parametrize("seed", range(8))
def test_the_slow_twin(seed):
    import oracle

    graph = random_graph(Random(seed), core=20, stubs=20)
    twin = (
        (origin, network, route.cls, route.length, next(iter(route.next_hops), None))
        for origin in graph.asns
        for network, route in slow.routes(graph.links, origin).items()
    )
    theirs = oracle.routes(oracle.as_graph(graph.links, graph.asns), graph.asns)
    assert_frame_equal(table(twin), table(theirs))


@pytest.mark.parametrize("origins", [8, pytest.param(60, marks=pytest.mark.nightly)])
def test_a_small_snapshot(shared: Path, origins):
    links = read_links(shared / "as-rel" / "20000101.as-rel.txt.bz2")
    assert_same_routes(links, [], some_origins(links, origins))


@pytest.mark.nightly
def test_a_recent_snapshot(shared: Path):
    links = read_links(shared / "as-rel" / "20191201.as-rel2.txt.bz2")
    assert_same_routes(links, [], some_origins(links, int(os.environ.get("BGPY_ORIGINS", 16))))
