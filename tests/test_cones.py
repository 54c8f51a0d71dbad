"""Customer cones: every path read, the published examples, and CAIDA's own ranking."""

import csv
import gzip
import io
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slow
import slow_cones
from briefs import digest
from budgets import few, fewest, many
from graphs import graphs, large_graphs, make_world, written_out
from nations import Nation, nations
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Routing
from splinternet.base.errors import MisuseError, RoutingError, WorldError
from splinternet.measures.cones import MEASURE, cones
from splinternet.world.world import World

routings = st.builds(Routing, st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
both_rules = pytest.mark.parametrize("tie_break", TIE_BREAKS)
SIZES = ("networks", "addresses", "countries", "share")


def table(frame: pl.DataFrame, prefix: str = "") -> dict[int, tuple]:
    """Sizes of the cones of one definition, by network."""
    wanted = [f"{prefix}{size}" for size in SIZES]
    return {row[0]: row[1:] for row in frame.select("asn", *wanted).iter_rows()}


def networks_in(world: World, **options: str) -> dict[int, tuple[int, int]]:
    """Networks in the observed and in the recursive cone."""
    found = cones(world, **options).select("asn", "networks", "recursive_networks")
    return {row[0]: row[1:] for row in found.iter_rows()}


def expect(nation: Nation, found: slow_cones.Cones) -> dict[int, tuple]:
    country, addresses = nation.country, nation.columns["ipv4_addresses"]
    total = sum(value or 0 for value in addresses.values())
    sizes = {}
    for network, cone in found.items():
        held = sum(addresses[asn] or 0 for asn in cone)
        known = (held, held / total) if total else (None, None)
        states = {country[asn] for asn in cone} - {None}
        sizes[network] = (len(cone), known[0], len(states), pytest.approx(known[1]))
    return sizes


@many
@given(nations(), routings)
def test_equal_the_slow_twins(nation, routing):
    asns = nation.graph.asns
    found = cones(nation.world, routing=routing)
    assert table(found, "recursive_") == expect(nation, slow_cones.recursive(nation.links, asns))
    observed = slow_cones.observed(nation.links, asns, routing)
    assert table(found) == expect(nation, observed)
    assert found["networks"].is_sorted(descending=True)
    home = cones(nation.world, "CU", routing=routing)
    assert set(home["asn"]) == nation.home
    assert table(home).items() <= table(found).items()


@given(graphs(), st.data())
def test_recursive_cones_tell_what_is_in_them_by_doubted_links_only(graph, data):
    doubted = {link for link in graph.links if link[2] == "p2c" and data.draw(st.booleans())}
    world = make_world(graph.links, graph.asns)
    kinds = [
        "content" if link in doubted else "seen-once"
        for link in world.links.select("a", "b", "kind").iter_rows()
    ]
    world = replace(world, links=world.links.with_columns(doubt=pl.Series(kinds, dtype=pl.String)))
    every, sure = (
        slow_cones.recursive([link for link in graph.links if link not in without], graph.asns)
        for without in (set(), doubted)
    )
    found = cones(world, links="all").select("asn", "recursive_doubted").iter_rows()
    assert dict(found) == {asn: len(every[asn]) - len(sure[asn]) for asn in graph.asns}


@fewest
@given(large_graphs(), routings)
def test_over_several_blocks(graph, routing):
    found = networks_in(make_world(graph.links, graph.asns), routing=routing)
    recursive = slow_cones.recursive(graph.links, graph.asns)
    observed = slow_cones.observed(graph.links, graph.asns, routing)
    assert found == {asn: (len(observed[asn]), len(recursive[asn])) for asn in graph.asns}


@few
@given(st.data(), graphs(), routings)
def test_a_group_counts_as_its_networks_written_out(data, graph, routing):
    columns = {
        "country": {asn: ["CU", "US", None][asn % 3] for asn in graph.asns},
        "ipv4_addresses": {asn: asn % 7 for asn in graph.asns},
    }
    grouped, written = data.draw(written_out(graph, **columns))
    alone = grouped.networks.filter(pl.col("members") == 1)["asn"].to_list()
    found, expected = (cones(world, routing=routing) for world in (grouped, written))
    for prefix in ("", "recursive_"):
        ours, theirs = table(found, prefix), table(expected, prefix)
        assert ours == {asn: pytest.approx(theirs[asn]) for asn in alone}


# Examples of how CAIDA counts

# B's neighbours are Z, which is another thing in each, and X, which sells to A.
Z, B, X, A = 1, 2, 3, 4
BELOW = [(B, X, "p2c"), (X, A, "p2c")]


@pytest.mark.parametrize(
    ("beside", "path", "shown"),
    [
        # CAIDA's catalogue, "How to find an ASN's customer cone": path C|B|X|A, C and B peers.
        ([(Z, B, "p2p")], [Z, B, X, A], [(B, {X, A}), (X, {A})]),
        # By the rules of CAIDA's dump-customer-cones.pl --ppdc:
        ([], [B, X, A], [(X, {A})]),
        ([(Z, B, "p2c")], [Z, B, X], [(B, {X})]),
        ([(B, Z, "p2c")], [Z, B, X], []),
    ],
)
def test_what_a_path_shows(beside, path, shown):
    found = slow_cones.shown(path, slow.neighbours([*BELOW, *beside]))
    assert [(network, after) for network, after in found if after] == shown


@both_rules
@pytest.mark.parametrize(
    ("beside", "networks"),
    [
        ([(Z, B, "p2p")], {Z: 1, B: 3, X: 2, A: 1}),
        ([], {B: 1, X: 2, A: 1}),  # nobody looks at B from above or beside
        ([(Z, B, "p2c")], {Z: 1, B: 3, X: 2, A: 1}),
        ([(B, Z, "p2c")], {Z: 1, B: 1, X: 2, A: 1}),
    ],
)
def test_the_same_with_every_network_a_vantage(beside, networks, tie_break):
    found = networks_in(make_world([*BELOW, *beside]), tie_break=tie_break)
    assert {asn: observed for asn, (observed, _) in found.items()} == networks


def test_a_network_counts_in_its_own_cone():
    """Six below AS174, and CAIDA's count is seven: IEISI-ORG/rov_audit, AS_CONES.md."""
    links = [
        *((174, middle, "p2c") for middle in (64512, 64513, 64514)),
        (64512, 65001, "p2c"),
        (64512, 65002, "p2c"),
        (64513, 65003, "p2c"),
    ]
    found = networks_in(make_world(links))
    assert {asn: found[asn] for asn in (174, 64512, 64513, 64514)} == {
        174: (1, 7),  # it has neither providers nor peers
        64512: (3, 3),
        64513: (2, 2),
        64514: (1, 1),
    }


# Cases that the definitions leave open


@both_rules
def test_what_lies_on_the_way_is_seen_too(tie_break):
    """AS9's way to AS3 is over its provider AS8, to AS4 over its peer AS1, and passes AS3.

    For AS8 has a customer route to AS4, long as it is, and prefers that to one over its peer AS3.
    """
    down = [(1, 2, "p2c"), (2, 3, "p2c"), (3, 4, "p2c")]
    long = [(8, 11, "p2c"), (11, 12, "p2c"), (12, 13, "p2c"), (13, 4, "p2c")]
    links = [*down, *long, (8, 9, "p2c"), (1, 9, "p2p"), (3, 8, "p2p")]
    found = networks_in(make_world(links), prefer="customer-first", tie_break=tie_break)
    assert found[1] == (4, 4)
    without = [link for link in links if link != (3, 4, "p2c")]
    found = networks_in(make_world(without), prefer="customer-first", tie_break=tie_break)
    assert found[1] == (2, 3)


def test_who_loses_a_tie_is_not_seen():
    """AS1 reaches AS4 over AS2 or AS3, alike."""
    diamond = make_world([(1, 2, "p2c"), (1, 3, "p2c"), (2, 4, "p2c"), (3, 4, "p2c")])
    assert networks_in(diamond, tie_break="split") == {1: (1, 4), 2: (2, 2), 3: (2, 2), 4: (1, 1)}
    assert networks_in(diamond, tie_break="lowest-asn")[3] == (1, 2)


def test_a_peer_below_oneself():
    """AS3 buys from AS2, which buys from AS1, with which AS3 peers.

    It goes to AS2 over AS1, and needs no route to itself. With AS4 in the same place, each of the
    two goes to the other over AS1 too.
    """
    links = [(1, 2, "p2c"), (2, 3, "p2c"), (1, 3, "p2p")]
    assert networks_in(make_world(links), prefer="gao-rexford")[1] == (2, 3)
    links += [(2, 4, "p2c"), (1, 4, "p2p")]
    assert networks_in(make_world(links), prefer="gao-rexford")[1] == (4, 4)


# What is asked and how


def test_the_columns():
    world = make_world(
        [(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2p")],
        name={1: "Top"},
        country={1: "US", 2: "CU", 3: None},
        ipv4_addresses={1: 10, 2: 20, 4: 70},
    )
    found = cones(world)
    assert found.columns == [
        "asn", "name", "country", *SIZES, *(f"recursive_{size}" for size in SIZES),
        "recursive_doubted",
    ]  # fmt: skip
    assert found.row(0) == (1, "Top", "US", 3, 30, 2, 0.3, 3, 30, 2, 0.3, 0)
    assert found.row(2)[:7] == (3, None, None, 1, 0, 0, 0.0)
    assert cones(world, "Cuba").rows() == [(2, None, "CU", 1, 20, 1, 0.2, 1, 20, 1, 0.2, 0)]


def test_a_world_that_knows_no_addresses():
    world = make_world([(1, 2, "p2c")], country={1: "US", 2: "CU"})
    assert cones(world).select("addresses", "share").rows() == [(None, None)] * 2
    figures = MEASURE.summary(cones(world, "CU"), "CU")
    assert figures == {
        "cone_share": None, "cone_share_of": None, "cone_networks": 1, "cone_networks_of": 2,
    }  # fmt: skip


def test_the_figures():
    world = make_world(
        [(1, 2, "p2c"), (1, 3, "p2c"), (5, 1, "p2p"), (5, 4, "p2c")],
        country=dict.fromkeys([1, 2, 3, 4, 5], "CU"),
        ipv4_addresses={1: 10, 2: 10, 3: 10, 4: 60, 5: 10},
    )
    figures = MEASURE.summary(cones(world, "CU"), "CU")
    assert (figures["cone_networks_of"], figures["cone_networks"]) == (1, 3)
    assert (figures["cone_share_of"], figures["cone_share"]) == (5, pytest.approx(0.7))


def test_a_nation_of_groups_has_no_rows():
    world = make_world([(1, 2, "p2c")], country={1: "US", 2: "CU"}, members={1: 1, 2: 5})
    assert cones(world, "CU").is_empty()
    assert set(MEASURE.summary(cones(world, "CU"), "CU").values()) == {None}
    assert networks_in(world) == {1: (1, 6)}


def test_computed_once_for_each_way_to_choose():
    world = make_world([(1, 2, "p2c"), (2, 3, "p2c")], country={3: "CU"})
    told = []
    for tie_break in (*TIE_BREAKS, *TIE_BREAKS):
        cones(world, tie_break=tie_break, progress=lambda *done: told.append(done))
    cones(world, "CU", progress=lambda *done: told.append(done))
    assert told == [(3, 3)] * len(TIE_BREAKS)


def test_errors():
    world = make_world([(1, 2, "p2c")], country={2: "CU"})
    with pytest.raises(MisuseError, match="unknown country 'Atlantis'"):
        cones(world, "Atlantis")
    with pytest.raises(WorldError, match=r"no network in Iran \(IR\)"):
        cones(world, "IR")
    with pytest.raises(MisuseError, match="unknown tie-break 'slit'; did you mean split"):
        cones(world, tie_break="slit")
    with pytest.raises(RoutingError, match="form a cycle"):
        cones(make_world([(1, 2, "p2c"), (2, 3, "p2c"), (3, 1, "p2c")]))


def beside_published(shared, world: World) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cones of a world, and those of them that CAIDA's AS Rank of March 2020 has, with its own.

    Its file has rank, ASN, organisation, country and networks in the cone.
    """
    path = shared / "as-info" / "asrank-202003.csv.gz"
    with gzip.open(path) as packed, io.TextIOWrapper(packed, encoding="utf-8") as text:
        rows = [(int(row[1]), int(row[4])) for row in csv.reader(text, delimiter="\t")]
    published = pl.DataFrame(rows, {"asn": pl.UInt32, "published": pl.Int64}, orient="row")
    ours = cones(world)
    return ours, published.join(ours, on="asn").sort("published", descending=True)


def are_ranked_alike(ours: pl.DataFrame, both: pl.DataFrame) -> bool:
    """Published cones are from observed paths, so smaller, in much the same order."""
    of_largest = pl.corr("networks", "published", method="spearman")
    alike = both.head(1000).select(of_largest).item() > 0.7
    return alike and set(both["asn"][:3]) == set(ours["asn"][:3])  # the second and third are close


@pytest.mark.slow
def test_the_digest_ranks_as_published(shared):
    assert are_ranked_alike(*beside_published(shared, digest()))


@pytest.mark.nightly
def test_ranks_as_published(shared, december_2019):
    ours, both = beside_published(shared, december_2019)
    assert are_ranked_alike(ours, both)
    largest = both.head(1000)
    assert 1 < (largest["networks"] / largest["published"]).median() < 1.6
    assert (both["networks"] == both["published"]).mean() > 0.9  # most have no customers
