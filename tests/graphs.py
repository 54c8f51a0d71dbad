"""Random graphs with all that is awkward: multi-homing, islands, twins, peering stubs, tops."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

import polars as pl
from hypothesis import strategies as st

from budgets import PROFILE
from slow import Link
from splinternet.world.manifest import Manifest
from splinternet.world.schema import TABLES
from splinternet.world.world import World


class Graph(NamedTuple):
    asns: list[int]
    links: list[Link]


def make_world(
    links: Iterable[tuple[int, int, str]],
    networks: Iterable[int] = (),
    **columns: Mapping[int, object],
) -> World:
    """Make a world of these links.

    ``networks`` adds networks that have no link. ``columns`` fills columns of the table of
    networks, ``country={64500: "RU"}``; what is not given is unknown.
    """
    rows = [(min(a, b), max(a, b), kind) if kind == "p2p" else (a, b, kind) for a, b, kind in links]
    asns = sorted({*networks, *(end for a, b, _ in rows for end in (a, b))})
    columns = {"members": dict.fromkeys(asns, 1), **columns}
    filled = {c: [columns.get(c, {}).get(asn) for asn in asns] for c in TABLES["networks"].schema}
    # Nothing speaks against a link: small graphs are upside down by accident.
    named = [{"a": a, "b": b, "kind": kind, "confidence": 1.0} for a, b, kind in rows]
    return World(
        manifest=Manifest(name="made-up", date="2019-12-01"),
        networks=pl.DataFrame({**filled, "asn": asns}, schema=TABLES["networks"].schema),
        links=pl.DataFrame(named, schema=TABLES["links"].schema),
    )


def observing(
    *paths: tuple[int, ...], links: Iterable[tuple[int, int, str]], **more: object
) -> World:
    """Make a world of these links in which these paths were observed."""
    rows = [(each[0], "rrc00", each[-1], list(each), 1, 256) for each in paths]
    table = pl.DataFrame(rows, schema=TABLES["paths"].schema, orient="row")
    return replace(make_world(links, **more), paths=table)


def random_graph(random: Random, core: int, stubs: int) -> Graph:
    """Make a graph of ``core`` networks, providers first, and ``stubs`` without customers.

    Numbers are sparse and say nothing about who is above whom. There is no p2c cycle.
    """
    asns = _numbers(random, core + stubs)
    kinds: dict[tuple[int, int], str] = {}

    def link(a: int, b: int, kind: str) -> None:
        if a != b and (b, a) not in kinds:
            kinds.setdefault((a, b), kind)

    tops = random.randint(1, 4)
    for i in range(core):
        above = asns[:i]
        if i < tops:
            for peer in above:  # where tops do not peer, islands appear
                if random.random() < 0.8:
                    link(peer, asns[i], "p2p")
        else:
            for provider in _some(random, above, 3):
                link(provider, asns[i], "p2c")
            for peer in _some(random, above, 2):
                link(peer, asns[i], "p2p")
    i = core
    while i < len(asns):
        twins = asns[i : i + random.choice([1, 1, 2, 3])]
        providers, peers = _some(random, asns[:core], 3), _some(random, asns[:i], 2)
        among = random.random() < 0.2
        for j, stub in enumerate(twins):
            for provider in providers:
                link(provider, stub, "p2c")
            for peer in peers + (twins[:j] if among else []):
                link(peer, stub, "p2p")
        i += len(twins)
    links = [Link(a, b, kind) for (a, b), kind in kinds.items()]
    random.shuffle(links)
    return Graph(asns, links)


def _numbers(random: Random, count: int) -> list[int]:
    """Draw different AS numbers, small ones close together and large ones far apart."""
    found: dict[int, None] = {}
    while len(found) < count:
        largest = random.choice([3 * count, 65_000, 4_294_967_294])
        found[random.randint(1, largest)] = None
    return list(found)


def _some(random: Random, among: list[int], most: int) -> list[int]:
    return random.sample(among, min(len(among), random.randint(0, most)))


@cache  # one strategy is looked at once; a new one at each draw
def randoms() -> st.SearchStrategy[Random]:
    """Sources of chance: quick ones, but at night those whose draws shrink one by one."""
    if PROFILE != "nightly":
        return st.integers(0, 2**64 - 1).map(Random)
    return st.randoms(use_true_random=False)


@cache
def graphs(core: int = 8, stubs: int = 8) -> st.SearchStrategy[Graph]:
    """Graphs of at most so many core networks and stubs, which shrink to small ones."""
    return st.builds(
        random_graph,
        randoms(),
        st.integers(1, core),
        st.integers(0, stubs),
    )


def large_graphs(core: int = 60, stubs: int = 140) -> st.SearchStrategy[Graph]:
    """Graphs with more networks than the engine takes at a time; only their size and seed vary."""

    def make(seed: int, core: int, stubs: int) -> Graph:
        return random_graph(Random(seed), core, stubs)

    return st.builds(make, st.integers(0, 2**32), st.integers(20, core), st.integers(60, stubs))


def weights(graph: Graph, largest: int = 1000) -> st.SearchStrategy[dict[int, int]]:
    """Weights of some of the networks of a graph; some of them are zero, not all."""
    weighed = st.dictionaries(st.sampled_from(graph.asns), st.integers(0, largest), min_size=1)
    return weighed.filter(lambda drawn: any(drawn.values()))


@st.composite
def written_out(
    draw: st.DrawFn, graph: Graph, **columns: Mapping[int, object]
) -> tuple[World, World]:
    """Two worlds: some of a graph's stubs stand for several networks, and these written out.

    ``columns`` is as for :func:`make_world`; a figure of a group is that of each of its networks.
    """
    carriers = {a for a, _, kind in graph.links if kind == "p2c"}
    stubs = [asn for asn in graph.asns if asn not in carriers]
    some = st.sampled_from(stubs) if stubs else st.nothing()
    members = dict.fromkeys(graph.asns, 1) | draw(st.dictionaries(some, st.integers(2, 4)))
    fresh = iter(sorted(set(range(1, 5 * len(graph.asns) + 1)) - set(graph.asns)))
    copies = {asn: [asn, *(next(fresh) for _ in range(many - 1))] for asn, many in members.items()}
    summed = {
        column: {
            asn: value * members[asn] if isinstance(value, int) else value
            for asn, value in values.items()
        }
        for column, values in columns.items()
    }
    spread = {
        column: {copy: value for asn, value in values.items() for copy in copies[asn]}
        for column, values in columns.items()
    }
    links = [
        (a, b, kind) for one, other, kind in graph.links for a in copies[one] for b in copies[other]
    ]
    networks = [copy for each in copies.values() for copy in each]
    return make_world(graph.links, graph.asns, members=members, **summed), make_world(
        links, networks, **spread
    )
