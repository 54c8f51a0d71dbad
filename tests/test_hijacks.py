"""Contests of announcements: beside plain Python, beside BGPy, and sums that must hold."""

import json
import lzma
from collections import Counter
from dataclasses import replace
from ipaddress import ip_network
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import slow_divided
import slow_hijacks
from budgets import few
from graphs import Graph, graphs, make_world
from splinternet.base.choices import Routing
from splinternet.base.errors import MisuseError
from splinternet.measures.diversion import covered_share, diversion
from splinternet.measures.hijacks import hijack
from splinternet.measures.protection import Exposed, greedy, protect
from splinternet.routing.contests import ATTACKER, NOBODY, VICTIM, Contests
from splinternet.routing.trials import KINDS, Announcement, Filters, Trial
from splinternet.scenario.hijack_matrix import hijack_matrix
from splinternet.world.schema import TABLES
from splinternet.world.world import World

GAO_REXFORD = Routing(prefer="gao-rexford", tie_break="lowest-asn")
SPLIT = Routing(prefer="gao-rexford", tie_break="split")
ENDS = {"attacker": ATTACKER, "victim": VICTIM, "nobody": NOBODY}
DOES = ("rov", "peer_rov", "aspa", "records", "only_to_customers")


def decide(world, trials: list[Trial], plane="data", routing=GAO_REXFORD) -> dict:
    """Outcome of each network of each trial."""
    contests = Contests(world, routing)
    blocks = contests.run(trials, lambda outcomes, _: outcomes.by_network(plane))
    found = np.concatenate(list(blocks), axis=1)
    return [dict(zip(contests.graph.asn.tolist(), lane.tolist(), strict=True)) for lane in found.T]


def some_of(asns: list[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(asns), unique=True)


@st.composite
def trials(draw, graph: Graph, kinds=tuple(KINDS)) -> Trial:
    victim, attacker, *more = draw(st.permutations(graph.asns))
    kind = draw(st.sampled_from(kinds))
    filters = Filters(**{does: draw(some_of(graph.asns)) for does in DOES})
    if kind == "stripped":
        filters = Filters(rov=filters.rov, only_to_customers=filters.only_to_customers)
    attackers = [attacker] if kind in ("leak", "stripped") else [attacker, *more[:1]]
    return Trial.of(
        kind,
        victim,
        attackers[: draw(st.integers(1, 2))],
        filters,
        covered=draw(st.booleans()),
    )


def can_leak(graph: Graph, trial: Trial) -> bool:
    """Whether who leaks has a provider or peer."""
    return not trial.leaks or any(
        trial.attackers[0] == b or (trial.attackers[0] == a and kind == "p2p")
        for a, b, kind in graph.links
    )


@few
@given(st.data(), graphs(8, 6).filter(lambda graph: len(graph.asns) > 2))
@pytest.mark.parametrize("prefer", ["gao-rexford", "customer-first"])
def test_the_slow_twin(prefer, data, graph: Graph):
    drawn = data.draw(st.lists(trials(graph), min_size=1, max_size=4))
    some = [trial for trial in drawn if can_leak(graph, trial)]
    world = make_world(graph.links, graph.asns)
    routing = Routing(prefer=prefer, tie_break="lowest-asn")
    if not some:
        return
    for number, plane in enumerate(("data", "control")):
        for trial, found in zip(some, decide(world, some, plane, routing), strict=True):
            expected = slow_hijacks.outcomes(graph.links, graph.asns, trial, prefer)
            assert found == {asn: ENDS[ends[number]] for asn, ends in expected.items()}


@few
@given(st.data(), graphs(8, 9).filter(lambda graph: len(graph.asns) > 2))
@pytest.mark.parametrize("prefer", ["gao-rexford", "customer-first"])
def test_the_slow_twin_of_divided_traffic(prefer, data, graph: Graph):
    drawn = data.draw(st.lists(trials(graph), min_size=1, max_size=4))
    some = [trial for trial in drawn if can_leak(graph, trial)]
    if not some:
        return
    world = make_world(graph.links, graph.asns)
    contests, zeros = (
        Contests(world, Routing(prefer=prefer, tie_break="split")),
        np.zeros(len(graph.asns), dtype=np.int32),
    )
    ones = np.ones((len(graph.asns), 1), dtype=np.int64)
    ((data_plane, control, tallied),) = contests.run(
        some,
        lambda outcomes, _: (
            outcomes.shares("data"),
            outcomes.shares("control"),
            outcomes.tally(zeros, ones, 1)[:, 0, 0],
        ),
    )
    assert data_plane.sum(axis=0) == pytest.approx(np.ones(data_plane.shape[1:]))
    for lane, trial in enumerate(some):
        expected = slow_divided.shares(graph.links, graph.asns, trial, prefer)
        for place, asn in enumerate(contests.graph.asn.tolist()):
            for number, plane in enumerate((data_plane, control)):
                wanted = [float(part) for part in expected[asn][number]]
                assert plane[:, place, lane] == pytest.approx(wanted, abs=1e-6), (trial, asn)
        others = [expected[asn][0] for asn in graph.asns if asn not in trial.victims]
        taken = sum(ends[0] for ends in others) - len(trial.attackers)
        lost = sum(ends[2] for ends in others)
        assert tallied[:, lane] == pytest.approx([float(taken), float(lost)], abs=1e-5)


@few
@given(st.data(), graphs(8, 9).filter(lambda graph: len(graph.asns) > 2))
def test_what_all_ties_agree_on_is_whole(data, graph: Graph):
    """Where nobody filters, a share of nothing or all is the outcome of any tie-break."""
    victim, attacker, *_ = data.draw(st.permutations(graph.asns))
    some = [Trial.of(kind, victim, attacker) for kind in KINDS if kind != "leak"]
    world = make_world(graph.links, graph.asns)
    (divided,) = Contests(world, SPLIT).run(some, lambda outcomes, _: outcomes.shares())
    (whole,) = Contests(world, GAO_REXFORD).run(some, lambda outcomes, _: outcomes.shares())
    assert np.isin(whole, (0, 1)).all()
    assert whole[divided == 1].all()
    assert not whole[divided == 0].any()


#: Prefixes of BGPy's kinds, the most specific first, and what a ROA says of them.
PREFIXES = {
    "subprefix": ("1.2.3.0/24", "1.2.0.0/16"),
    "forged-origin-subprefix": ("1.2.3.0/24", "1.2.0.0/16"),
    "superprefix": ("1.2.0.0/16", "1.0.0.0/8"),
    "unrouted-superprefix": ("1.2.0.0/16", "1.0.0.0/8"),
}


@few
@given(st.data(), graphs(9, 6).filter(lambda graph: len(graph.asns) > 2))
def test_bgpy(data, graph: Graph):
    import oracle
    import oracle_hijacks

    victim, attacker, *_ = data.draw(st.permutations(graph.asns))
    policies = {
        asn: data.draw(st.sampled_from(sorted(oracle_hijacks.POLICIES)))
        for asn in graph.asns
        if asn != attacker
    }
    filters = Filters(
        **{
            does: [asn for asn, name in policies.items() if does in oracle_hijacks.DOES[name]]
            for does in DOES
        }
    )
    theirs = oracle.as_graph(graph.links, graph.asns)
    for kind in KINDS:
        trial = Trial.of(kind, victim, attacker, filters)
        if kind == "stripped" or not can_leak(graph, trial):
            continue
        prefixes = PREFIXES.get(kind, ("1.2.0.0/16",))
        announced = [
            (prefix, *each.networks, (*each.networks, *each.behind))
            for prefix, some in zip(prefixes, trial.prefixes, strict=True)
            for each in some
        ]
        nobody = kind.startswith("unrouted")
        expected = oracle_hijacks.outcomes(
            theirs, announced, policies, victim, attacker,
            roas=[("1.2.0.0/16", 0 if nobody else victim)], leaks=trial.leaks,
        )  # fmt: skip
        assert decide(make_world(graph.links, graph.asns), [trial]) == [expected], kind


def test_engine_tests_of_bgpy(shared: Path):
    """Those without a policy that is left out: ROV++, BGPsec, Path-End, RoST, withdrawals."""
    tests = json.loads((shared / "oracles" / "bgpy-engine-tests.json").read_bytes())["tests"]
    left_out = {"rov++v1", "bgpsec", "path-end", "rost", "withdrawals"}
    asked = [test for test in tests if left_out.isdisjoint(test["features"])]
    assert len(asked) >= 15
    for test in asked:
        graph = [(a, b, "p2c") for a, b in test["provider_customer"]]
        graph += [(a, b, "p2p") for a, b in test["peers"]]
        expected = {
            int(asn): ENDS[end.split("_")[0].replace("disconnected", "nobody")]
            for asn, end in test["expected_outcomes"].items()
        }
        world = make_world(graph)
        assert decide(world, [as_trial(test)]) == [expected], test["name"]
        # Of a stripped path nobody can tell whose it is.
        if "neighbour-spoofing" not in test["features"]:
            believed = {
                int(asn): whose(routes, test) for asn, routes in test["expected_ribs"].items()
            }
            assert decide(world, [as_trial(test)], "control") == [believed], test["name"]

        # By BGPy's PeerROV a peer's false route passes unless that peer has it from a peer too; in
        # the other test the attacker tells customers another path than providers.
        if "peer-rov" not in test["features"] and test["name"] != "internal_config_005":
            routes = list(routes_by_prefix(world, as_trial(test)))
            assert routes == list(expected_routes(test)), test["name"]


def routes_by_prefix(world: World, trial: Trial):
    """Yield next hop and length of each network but the ends, the most specific prefix first."""
    contests = Contests(world, GAO_REXFORD)
    asn = contests.graph.asn[contests.graph.first]
    for some in trial.prefixes:
        alone = Trial(trial.victims, trial.attackers, (some,), trial.filters, trial.leaks)
        (links,) = next(contests.run([alone], lambda out, _: out.ways[0].contests, followed=1))
        ends = zip(asn[links.end].tolist(), links.length.tolist(), strict=True)
        yield dict(zip(asn[links.start].tolist(), ends, strict=True))


def expected_routes(test: dict):
    """Yield the same of a test of BGPy's; a network's own announcement is no route."""
    prefixes = {each["prefix"] for each in test["announcements"]}
    for prefix in sorted(prefixes, key=lambda each: -ip_network(each).prefixlen):
        yield {
            int(asn): (route["next_hop"], route["length"])
            for asn, routes in test["expected_ribs"].items()
            for route in routes
            if route["prefix"] == prefix and int(asn) not in (*test["victims"], *test["attackers"])
        }


def whose(routes: list[dict], test: dict) -> int:
    """Whose announcement a network has, by its routes of a test of BGPy's."""
    if not routes:
        return NOBODY
    most_specific = max(routes, key=lambda route: ip_network(route["prefix"]).prefixlen)
    return VICTIM if set(test["attackers"]).isdisjoint(most_specific["as_path"]) else ATTACKER


def as_trial(test: dict) -> Trial:
    """Read a test of BGPy's."""
    import oracle_hijacks

    does = {
        int(asn): oracle_hijacks.DOES.get(policy.removesuffix("Full"), ())
        for asn, policy in test["policies"].items()
    }
    prefixes: dict[str, list[Announcement]] = {}
    for each in test["announcements"]:
        by, path = each["seed_asn"], each["as_path"]
        announced = Announcement(
            (by,),
            hostile=by in test["attackers"],
            behind=tuple(path[1:] if path[0] == by else path),
            itself=path[0] == by,
            invalid=is_invalid(each["prefix"], path[-1], test["roas"]),
        )
        prefixes.setdefault(each["prefix"], []).append(announced)
    most_specific_first = sorted(prefixes, key=lambda each: -ip_network(each).prefixlen)
    return Trial(
        tuple(test["victims"]),
        tuple(test["attackers"]),
        tuple(tuple(prefixes[each]) for each in most_specific_first),
        Filters(**{name: [asn for asn, some in does.items() if name in some] for name in DOES}),
        leaks="route-leak" in test["features"],
    )


def is_invalid(prefix: str, origin: int, roas: list[dict]) -> bool:
    network = ip_network(prefix)
    covering = [roa for roa in roas if network.subnet_of(ip_network(roa["prefix"]))]
    return bool(covering) and not any(
        roa["origin"] == origin and network.prefixlen <= (roa["max_length"] or 0)
        for roa in covering
    )


def test_trials_of_bgpy_on_the_whole_internet(shared: Path, december_2019_import):
    world: World = december_2019_import[0]
    packed = (shared / "oracles" / "trials-pre-0.5.json.xz").read_bytes()
    told = json.loads(lzma.decompress(packed))
    trials = [
        Trial.of("prefix", each["victim"], each["attacker"], Filters(rov=each["rov"]))
        for each in told
    ]
    for found, each in zip(decide(world, trials), told, strict=True):
        expected = {int(asn): end for asn, end in each["outcome"].items() if int(asn) in found}
        assert found.keys() == expected.keys()
        assert found == expected


@few
@given(st.data(), graphs(8, 6).filter(lambda graph: len(graph.asns) > 2))
def test_sums_that_must_hold(data, graph: Graph):
    victim, attacker, *_ = data.draw(st.permutations(graph.asns))
    some = data.draw(some_of(graph.asns))
    more = sorted({*some, *data.draw(some_of(graph.asns))})
    world = make_world(graph.links, graph.asns)

    def deceived(kind: str, filters: Filters) -> set[int]:
        trial = Trial.of(kind, victim, attacker, filters)
        (found,) = decide(world, [trial])
        contests = Contests(world, GAO_REXFORD)
        every = np.zeros(len(graph.asns), dtype=np.int32)
        ones = np.ones((len(graph.asns), 1), dtype=np.int64)
        (tallied,) = contests.run([trial], lambda outcomes, _: outcomes.tally(every, ones, 1))
        ends = [end for asn, end in found.items() if asn not in (victim, attacker)]
        assert tallied.ravel().tolist() == [ends.count(ATTACKER), ends.count(NOBODY)]
        return {asn for asn, end in found.items() if end == ATTACKER and asn != attacker}

    # Where all filter, nobody believes an invalid route; who is deceived sends by the attacker.
    everywhere = Filters(rov=graph.asns)
    (before,) = decide(world, [Trial((victim,), (attacker,), ((Announcement((victim,)),),))])
    passing = {asn for asn, end in before.items() if end == ATTACKER and asn != attacker}
    for kind, left in (("prefix", set()), ("subprefix", passing), ("unrouted", set())):
        (believed,) = decide(world, [Trial.of(kind, victim, attacker, everywhere)], "control")
        assert {asn for asn, whose in believed.items() if whose == ATTACKER} == {attacker}
        assert deceived(kind, everywhere) == left
    # Filters take holders of the more specific route away, and give nobody a better one.
    at_home = [deceived("subprefix", Filters(rov=[victim, *each])) for each in (more, some)]
    assert at_home[0] <= at_home[1]


def test_more_filtering_can_deceive_more():
    """Of two ways to the attacker one leads over the victim, who keeps what reaches it.

    AS5 takes the lower number, AS1, the victim, which believes the more specific route itself and
    passes it on. Where the victim drops it, AS5 has it from AS2, and is deceived.
    """
    links = [(2, 9, "p2c"), (1, 9, "p2c"), (1, 5, "p2c"), (2, 5, "p2c")]
    world = make_world(links)
    none, victim_filters = decide(
        world, [Trial.of("subprefix", 1, 9), Trial.of("subprefix", 1, 9, Filters(rov=[1]))]
    )
    assert (none[5], victim_filters[5]) == (VICTIM, ATTACKER)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Trial.of("prefix", 1, 1), "AS1 is attacker and victim"),
        (lambda: Trial.of("theft", 1, 2), "unknown kind of hijack 'theft'"),
        (lambda: Trial.of("prefix", 1, ()), "nobody attacks"),
        (lambda: Trial.of("leak", 1, (2, 3)), "2 networks leak"),
        (lambda: decide(make_world([(1, 2, "p2c")]), [Trial.of("prefix", 1, 7)]), "AS7 is not"),
        (lambda: decide(make_world([(1, 2, "p2c")]), [Trial.of("leak", 2, 1)]), "AS1 has neither"),
        (
            lambda: decide(
                make_world([(1, 2, "p2c")], members={1: 1, 2: 5}), [Trial.of("prefix", 1, 2)]
            ),
            "AS2 stands for several",
        ),
        (
            lambda: Contests(make_world([(1, 2, "p2c")]), Routing(prefer="shortest")),
            "not defined for the preference shortest",
        ),
        (
            lambda: decide(make_world([(1, 2, "p2c")]), [Trial.of("prefix", 1, 2)], routing=SPLIT),
            "an outcome is a share; ask for shares",
        ),
        (lambda: hijack(make_world([(1, 2, "p2c")]), "AS1", 1), "AS1 is attacker and victim"),
        (lambda: hijack(make_world([(1, 2, "p2c")]), "RU", 1), "'RU' is no AS number"),
        (
            lambda: hijack(make_world([(1, 2, "p2c")]), 1, 2, filters=Filters(rov=[9])),
            "AS9 filters, and is not in world",
        ),
        (lambda: hijack(make_world([(1, 2, "p2c")]), [], 1), "nobody is the victim"),
        (
            lambda: protect(make_world([(1, 2, "p2c")]), "RU", filters=Filters(rov=[9])),
            "AS9 filters, and is not in world",
        ),
        (
            lambda: hijack_matrix(make_world([(1, 2, "p2c")]), "m", filters=Filters(aspa=[9])),
            "AS9 filters, and is not in world",
        ),
        (
            lambda: protect(make_world([(1, 2, "p2c")]), "RU", kind="leak"),
            "finds no fault in the kind leak",
        ),
        (
            lambda: hijack_matrix(make_world([(1, 2, "p2c")]), "never", victims=0),
            "a matrix of no victim",
        ),
        (
            lambda: decide(
                make_world([(1, 2, "p2c")]), [Trial.of("stripped", 1, 2, Filters(aspa=[1]))]
            ),
            "leave ASPA out",
        ),
    ],
)
def test_what_can_go_wrong(make, message):
    with pytest.raises(MisuseError, match=message):
        make()


@few
@given(st.data(), graphs(8, 8).filter(lambda graph: len(graph.asns) > 3))
def test_shares_of_the_world(data, graph: Graph):
    """As counted one by one: by nation, of several victims, and through whom."""
    asns = graph.asns
    country = {asn: data.draw(st.sampled_from(["AA", "BB", None])) for asn in asns}
    addresses = {asn: data.draw(st.integers(0, 9)) for asn in asns}
    one, other, attacker, *_ = data.draw(st.permutations(asns))
    world = make_world(graph.links, asns, country=country, ipv4_addresses=addresses)
    found = hijack(world, [one, other], attacker, kind="subprefix", links="all")
    deceived, whole = {}, {}
    for victim in (one, other):
        trial = Trial.of("subprefix", victim, attacker)
        told = slow_hijacks.outcomes(graph.links, asns, trial)
        for asn in set(asns) - {victim, attacker}:
            weight = max(addresses[victim], 1) * addresses[asn]
            whole[country[asn]] = whole.get(country[asn], 0) + weight
            if told[asn][0] == "attacker":
                deceived[country[asn]] = deceived.get(country[asn], 0) + weight
    expected = {each: deceived.get(each, 0) / all_ for each, all_ in whole.items() if all_}
    nations = dict(found.nations.drop_nulls("addresses").select("country", "addresses").iter_rows())
    assert nations == pytest.approx(expected)
    if sum(whole.values()):
        assert found.addresses == pytest.approx(sum(deceived.values()) / sum(whole.values()))
    first = max((one, other), key=lambda asn: (addresses[asn], -asn))
    through = found.through.sort("asn").select("asn", "share")
    assert through.rows() == slow_carriers(graph, first, attacker)
    halved = hijack(world, first, attacker, links="all", tie_break="split")
    trial = Trial.of("prefix", first, attacker)
    ends = slow_divided.shares(graph.links, asns, trial, "gao-rexford")
    taken = [ends[asn][0][0] for asn in asns if asn not in (first, attacker)]
    assert halved.networks == pytest.approx(float(sum(taken) / len(taken)))
    passed = slow_divided.carriers(graph.links, asns, trial)
    expected = {asn: float(part / sum(taken)) for asn, part in passed.items() if part}
    assert dict(halved.through.select("asn", "share").iter_rows()) == pytest.approx(expected)


def slow_carriers(graph: Graph, victim: int, attacker: int) -> list[tuple]:
    """Who is on the way of what is diverted from a victim, and of what share of the deceived."""
    trial = Trial.of("subprefix", victim, attacker)
    ways = slow_hijacks.ways(graph.links, graph.asns, trial)
    ways = {asn: way for asn, way in ways.items() if way[-1] == attacker and len(way) > 1}
    passed = Counter(asn for way in ways.values() for asn in way[1:-1])
    return [(asn, passed[asn] / len(ways)) for asn in sorted(passed)]


@few
@given(st.data(), graphs(8, 6).filter(lambda graph: len(graph.asns) > 3))
def test_what_foreign_states_and_transit_at_home_could_take(data, graph: Graph):
    """As counted one by one, over each network of the nation by its addresses."""
    asns = graph.asns
    country = {asn: data.draw(st.sampled_from(["CU", "CU", "US", "FR"])) for asn in asns}
    addresses = {asn: data.draw(st.integers(1, 9)) for asn in asns}
    home = [asn for asn in asns if country[asn] == "CU"]
    if not home or len(home) in (len(asns), 1):
        return
    world = make_world(graph.links, asns, country=country, ipv4_addresses=addresses)
    transit = [a for a in home if any(a == b and kind == "p2c" for b, _, kind in graph.links)]
    filtering = data.draw(some_of(asns))
    table = pl.DataFrame({"asn": filtering, "by": "rov"}, schema=TABLES["filtering"].schema)
    world = replace(world, filtering=table)
    found = diversion(world, "CU", links="all")
    told = {row["country"] if row["by"] == "state" else None: row for row in found.to_dicts()}
    states = {country[asn] for asn in asns} - {"CU"}
    assert set(told) == states | ({None} if transit else set())
    victims = sorted(home, key=lambda asn: (-addresses[asn], asn))[:4]
    for by, row in told.items():
        everybody = transit if by is None else [asn for asn in asns if country[asn] == by]
        deceived = whole = 0
        for victim in victims:
            attackers = [asn for asn in everybody if asn != victim]
            if not attackers:
                continue
            trial = Trial.of("prefix", victim, attackers, Filters(rov=filtering))
            ends = slow_hijacks.outcomes(graph.links, asns, trial)
            for asn in home if by is None else asns:
                if asn not in (victim, *attackers):
                    weight = addresses[victim] * addresses[asn]
                    whole += weight
                    deceived += weight * (ends[asn][0] == "attacker")
        assert row["addresses"] == (pytest.approx(deceived / whole) if whole else None)


def test_filters_of_a_world_find_what_its_roas_cover():
    """Traffic is diverted as before where ROAs do not cover it, and not where they do."""
    country = {1: "DE", 2: "CU", 3: "US", 4: "DE"}
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (3, 4, "p2c")]
    bare = make_world(links, country=country, ipv4_addresses=dict.fromkeys(country, 256))
    table = pl.DataFrame([(4, "rov")], schema=TABLES["filtering"].schema, orient="row")
    taken = [
        diversion(world, "CU").filter(country="US")["addresses"].item()
        for some in (bare, replace(bare, filtering=table))
        for world in (some, with_roas(some, (2**24, 26, 26, 2)))
    ]
    # Of AS1 and AS4, the latter believes AS3 until it filters; a ROA names a quarter of AS2's.
    assert taken == pytest.approx([1 / 2, 1 / 2, 0, 3 / 8])


def test_what_roas_cover_of_a_nation():
    world = make_world([(1, 2, "p2c")], country={1: "US", 2: "CU"}, ipv4_addresses={1: 9, 2: 512})
    assert covered_share(world, "CU") is None
    assert covered_share(with_roas(world, (2**24, 24, 24, 2)), "Cuba") == 0.5


def with_roas(world: World, *roas: tuple[int, int, int, int]) -> World:
    """Let ROAs stand in a world: first address, length, longest length, who may."""
    frame = pl.DataFrame(roas, schema=["first", "length", "max_length", "asn"], orient="row")
    schema = TABLES["roas"].schema
    return replace(world, roas=frame.select(schema.names()).cast(dict(schema)))


def test_roas_say_what_validation_finds(tmp_path):
    """AS3, which validates, is nearer to AS4, who announces what is AS2's; its ROA covers half."""
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (3, 4, "p2c"), (1, 5, "p2c")]
    bare = make_world(
        links, country={1: "US", 2: "CU", 3: "US", 4: "FR", 5: "US"}, ipv4_addresses={2: 512, 4: 1}
    )
    world = with_roas(bare, (2**24, 24, 25, 2))
    at_3 = Filters(rov=[3])

    def deceived(kind="prefix", world=world, by=4, **how) -> float | None:
        return hijack(world, 2, by, kind=kind, filters=at_3, **how).networks

    found, missed = deceived(covered=True), deceived(covered=False)
    assert (found, missed) == (0, pytest.approx(1 / 3))
    assert deceived() == pytest.approx((found + missed) / 2)
    assert deceived(world=bare) == found
    assert deceived(prefix="1.0.0.0/24") == found
    assert deceived(prefix="1.0.1.0/24") == missed
    assert deceived("forged-origin", prefix="1.0.0.0/24") == missed  # ROAs find no fault
    longer = "forged-origin-subprefix"
    invalid, valid = deceived(longer, prefix="1.0.0.0/26"), deceived(longer, prefix="1.0.0.0/25")
    assert (invalid, valid) == (deceived(longer, covered=True), deceived(longer, covered=False))
    assert invalid < valid == deceived(longer)  # the ROA allows a bit more
    matrix = hijack_matrix(world, tmp_path / "roas", filters=at_3, routing=GAO_REXFORD)
    assert matrix.filter(attacker="FR", victim="CU")["networks"][0] == pytest.approx(deceived())
    exposed = Exposed(world, [2], [4], "prefix", Filters(), GAO_REXFORD).of([[], [3]])
    assert exposed == pytest.approx([missed, deceived()])
    for how, message in (
        ({"prefix": "1.0.0.0/33"}, "is no IPv4 prefix"),
        ({"prefix": "1.0.0.0/24", "world": bare}, "has no ROAs"),
        ({"prefix": "1.0.0.0/24", "by": [4, 5], "world": with_roas(world, (2**24, 24, 24, 5))},
         "allows 1.0.0.0/24 to AS5"),
        ({"prefix": "1.0.0.0/26"}, "invalid for AS2 too"),
        ({"prefix": "1.0.0.0/26", "kind": "forged-origin"}, "invalid for AS2 too"),
    ):  # fmt: skip
        with pytest.raises(MisuseError, match=message):
            deceived(**how)


def test_a_matrix_goes_on(tmp_path):
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2c"), (2, 5, "p2c")]
    country = {1: "AA", 2: "BB", 3: "CC", 4: "BB", 5: "CC"}
    world = make_world(links, country=country, ipv4_addresses={asn: 10 * asn for asn in country})
    whole = hijack_matrix(world, tmp_path / "one", routing=GAO_REXFORD)
    assert whole.height == 6
    # 5 of CC is taken by AA, AS1: of AS2, AS3 and AS4 the last two are nearer to AS1.
    (row,) = whole.filter(attacker="AA", victim="CC").to_dicts()
    assert row["networks"] == pytest.approx(2 / 3)
    assert row["addresses"] == pytest.approx(70 / 90)
    (tmp_path / "one" / "part-00001.json").unlink()
    assert_frame_equal(hijack_matrix(world, tmp_path / "one", routing=GAO_REXFORD), whole)
    with pytest.raises(MisuseError, match="holds another matrix"):
        hijack_matrix(world, tmp_path / "one", kind="subprefix", routing=GAO_REXFORD)
    signed = with_roas(world, (2**24, 24, 24, 5))
    with pytest.raises(MisuseError, match=r"holds another matrix \(other sha256\)"):
        hijack_matrix(signed, tmp_path / "one", routing=GAO_REXFORD)
    with pytest.raises(MisuseError, match="unknown kind of hijack 'leak'"):
        hijack_matrix(world, tmp_path / "two", kind="leak", routing=GAO_REXFORD)


@few
@given(st.data(), graphs(7, 5).filter(lambda graph: len(graph.asns) > 3))
def test_greed_beside_all_sets(data, graph: Graph):
    """Never better than the best of all sets; the bound is below it where gains shrink."""
    victim, *others = data.draw(st.permutations(graph.asns))
    world = make_world(graph.links, graph.asns, ipv4_addresses=dict.fromkeys(graph.asns, 1))
    exposed = Exposed(world, [victim], others[:2], "prefix", Filters(), GAO_REXFORD)
    candidates = sorted(graph.asns)[:5]
    taken, left, bound = greedy(exposed.of, candidates, 2)
    every = [list(some) for some in combinations(candidates, min(2, len(candidates)))]
    figures = exposed.of(every)
    assert left == pytest.approx(exposed.of([taken[:n] for n in range(len(taken) + 1)]))
    assert min(figures) <= left[-1] + 1e-12
    alone = dict(zip(candidates, exposed.of([[each] for each in candidates]), strict=True))
    shrinking = all(
        left[0] - figure <= sum(left[0] - alone[each] for each in some) + 1e-12
        and all(figure <= alone[each] + 1e-12 for each in some)
        for some, figure in zip(every, figures, strict=True)
    )
    if shrinking:
        assert bound is not None
        assert bound <= min(figures) + 1e-12
