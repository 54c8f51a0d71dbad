"""A world before and after a scenario: each figure against computing both by themselves."""

import json
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import slow_scenario as twin
from budgets import few
from commands import save, small_world
from graphs import graphs, make_world
from slow import Link
from splinternet.base.choices import PREFERENCES, TIE_BREAKS, Counting
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.dependence import depend
from splinternet.measures.nation import ends
from splinternet.routing.transit import passing
from splinternet.scenario.apply import rehearse
from splinternet.scenario.compare import what_if
from splinternet.scenario.reachability import Reachability
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock
from splinternet.scenario.shocks.add import Add
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove
from splinternet.world.world import World

COUNTRIES = ("RU", "US", None)

_VALUES = ("before", "after", "difference")


def after(world: World, *shocks: Shock) -> World:
    made = Scenario(name="test", world=world.manifest.name, shocks=shocks)
    return rehearse(world, made, idle=True)[0]


def joined(world: World, has: frozenset[int]) -> set[frozenset[int]]:
    """Pairs of networks that policy lets reach each other."""
    links = [Link(*row) for row in world.links.select("a", "b", "kind").iter_rows()]
    return {
        frozenset(pair)
        for pair in combinations(sorted(has), 2)
        if pair[1] in twin.allowed(links, pair[0])
    }


def side(pair: frozenset[int], country: dict) -> str:
    one, other = (country.get(end) for end in pair)
    return "domestic" if one == other and one is not None else "abroad"


@given(st.data(), graphs(6, 6))
def test_pairs_lost_equal_counting_them(data, graph):
    country = {asn: data.draw(st.sampled_from(COUNTRIES)) for asn in graph.asns}
    addresses = {asn: data.draw(st.integers(0, 5)) for asn in graph.asns}
    before = make_world(graph.links, graph.asns, country=country, ipv4_addresses=addresses)
    gone = data.draw(st.sampled_from(graph.asns))
    assume(len(graph.asns) > 1)
    shock = data.draw(st.sampled_from([Remove, Isolate]))(networks=Selection(f"AS{gone}"))
    changed = after(before, shock)
    had, has = (joined(world, frozenset(world.networks["asn"])) for world in (before, changed))
    lost = had - has

    reached = Reachability.of(before)
    pairs = reached.total(reached.after(changed))
    assert (pairs.before, pairs.after, pairs.lost) == (len(had), len(has), len(lost))
    every = list(combinations(graph.asns, 2))
    assert pairs.networks == len(every)
    total = sum(addresses[a] * addresses[b] for a, b in every)
    weight = sum(addresses[a] * addresses[b] for a, b in had)
    assert (pairs.addresses_before is None) == (total == 0)
    if total:
        assert pairs.addresses_before == pytest.approx(weight / total)
    assert reached.of_network(gone) == sum(gone in pair for pair in had)

    table = {row[:2]: row[2:4] for row in reached.by_country(reached.after(changed)).iter_rows()}
    for code in {"RU", "US"} & set(country.values()):
        for where in ("abroad", "domestic"):
            of = [
                {
                    pair
                    for pair in some
                    if side(pair, country) == where and code in map(country.get, pair)
                }
                for some in (had, lost)
            ]
            expected = tuple(map(len, of)) if of[1] else None
            assert table.get((code, where)) == expected


@given(st.data(), graphs(6, 6))
def test_a_nations_pairs_equal_counting_them(data, graph):
    country = {asn: data.draw(st.sampled_from(COUNTRIES)) for asn in graph.asns}
    country[graph.asns[0]] = "RU"
    before = make_world(graph.links, graph.asns, country=country)
    gone = data.draw(st.sampled_from(graph.asns))
    changed = after(before, Isolate(networks=Selection(f"AS{gone}")))
    had, has = (joined(world, frozenset(graph.asns)) for world in (before, changed))
    lost = had - has

    reached = Reachability.of(before, "Russia")
    pairs = reached.after(changed)
    homely = {pair for pair in lost if "RU" in map(country.get, pair)}
    assert reached.total(pairs).lost == len(homely)
    assert reached.within(pairs).lost == sum(side(pair, country) == "domestic" for pair in homely)
    found = dict(reached.with_each(pairs).select("country", "lost").iter_rows())
    expected: dict = {}
    for pair in homely:
        codes = [country.get(end) for end in pair]
        other = next((code for code in codes if code != "RU"), "RU")
        expected[other] = expected.get(other, 0) + 1
    assert found == expected
    others = {p for p in lost if not {"US"} & set(map(country.get, p))} & homely
    assert reached.lost_elsewhere(pairs, ["US"]) == len(others)
    assert reached.of_network(gone) == sum(
        gone in pair and "RU" in map(country.get, pair) for pair in had
    )


@few
@given(st.data(), graphs(7, 7), st.sampled_from(PREFERENCES), st.sampled_from(TIE_BREAKS))
def test_carriers_and_detours_are_those_of_either_world(data, graph, prefer, tie_break):
    assume(len(graph.asns) > 2)
    country = {asn: data.draw(st.sampled_from(COUNTRIES)) for asn in graph.asns}
    country |= dict(zip(graph.asns, ("RU", "RU", "US"), strict=False))
    before = make_world(graph.links, graph.asns, country=country)
    changed = after(
        before, Isolate(networks=Selection(f"AS{data.draw(st.sampled_from(graph.asns))}"))
    )
    options = {"weights": "networks", "prefer": prefer, "tie_break": tie_break}
    for by, key in (("network", "asn"), ("state", "country")):
        found = what_if(before, changed, "RU", by=by, **options).nation
        for when, world in (("before", before), ("after", changed)):
            rows = found.carriers.filter(pl.col(when) > 0)
            expected = depend(world, "RU", by=by, **options)
            assert dict(rows.select(key, when).iter_rows()) == pytest.approx(
                dict(expected.select(key, "share").iter_rows()), abs=1e-6
            )
        assert found.carriers["difference"].to_list() == sorted(
            found.carriers["after"] - found.carriers["before"], reverse=True
        )
    foreign = [asn for asn, code in country.items() if code not in ("RU", None)]
    both = ends(before, "RU", Counting(direction="domestic", weights="networks"))
    expected = [
        passing(w, foreign, *both, prefer=prefer, tie_break=tie_break) for w in (before, changed)
    ]
    assert found.detours == pytest.approx(expected, abs=1e-8)


def test_who_profits_by_hand():
    """1 sells to 2 and 3, and these to 10 in Russia: without the link of 2 all goes over 3."""
    country = {1: "US", 2: "SE", 3: "FI", 10: "RU"}
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (2, 10, "p2c"), (3, 10, "p2c")]
    world = make_world(links, country=country)
    cut = Cut(between=(Selection("AS2"), Selection("AS10")))
    compared = what_if(world, after(world, cut), "RU", weights="networks", tie_break="lowest-asn")
    nation = compared.nation
    shares = nation.carriers.select("asn", "before", "after").rows()
    assert [asn for asn, *_ in shares] == [3, 1, 2]
    assert [share for _, *both in shares for share in both] == pytest.approx(
        [0, 2 / 3, 0, 1 / 3, 1 / 3, 0]
    )
    assert nation.reroutes.longer == pytest.approx(1 / 3)
    assert nation.reroutes.paths.rows() == [(2, 10, 1, 3)]
    assert (nation.abroad.lost, nation.detours) == (0, None)
    row = compared.table().filter(pl.col("of") == "AS3").row(0, named=True)
    assert (row["country"], row["figure"], row["unit"]) == ("RU", "inbound_passes", "share")
    assert row["difference"] == pytest.approx(2 / 3)


def test_the_table_of_all_figures_row_by_row():
    world = small_world()
    changed = after(world, Isolate(networks=Selection("country:RU")))
    compared = what_if(world, changed, "RU", weights="networks", measures=["cut"])
    nation = compared.nation
    rows = {(row["figure"], row["of"]): row for row in compared.table().iter_rows(named=True)}
    assert len(rows) == compared.table().height
    assert {row["country"] for row in rows.values()} == {"RU"}
    for carrier in nation.carriers.iter_rows(named=True):
        row = rows["inbound_passes", f"AS{carrier['asn']}"]
        assert (row["name"], row["unit"]) == (carrier["name"], "share")
        assert [row[k] for k in _VALUES] == [carrier[k] for k in _VALUES]
    for source, destination, *lengths in nation.reroutes.paths.iter_rows():
        row = rows["path", f"AS{source} AS{destination}"]
        assert [row["before"], row["after"], row["unit"]] == [*lengths, "links"]
    for code, pairs, lost, *_ in compared.lost.iter_rows():
        row = rows["pairs_with", code]
        assert [row[k] for k in _VALUES] == [pairs, pairs - lost, -lost]
    for measure, figure, unit, before, now in nation.figures:
        row = rows[f"{measure}.{figure}", None]
        assert (row["unit"], row["before"], row["after"]) == (unit, before, now)
    world_wide = what_if(world, changed)
    lost = world_wide.table().filter(pl.col("unit") == "pairs", pl.col("country").is_not_null())
    assert lost.select("country", "figure", "before").rows() == [
        (code, f"pairs_{where}", pairs)
        for code, where, pairs in world_wide.lost.select("country", "side", "pairs").iter_rows()
    ]


def test_figures_of_measures():
    world = small_world()
    changed = after(world, Remove(networks=Selection("AS1")))
    found = what_if(world, changed, "RU", measures=["dependence", "continuity"]).nation.figures
    names = {(measure, figure): (before, now) for measure, figure, _, before, now in found}
    assert ("dependence", "dependence_on") not in names  # no number
    assert names["continuity", "continuity"] == (1, 1)
    before, now = names["dependence", "dependence"]
    assert before == pytest.approx(depend(world, "RU")["share"][0])
    assert now == pytest.approx(depend(changed, "RU")["share"][0])


def test_a_nation_that_is_gone():
    world = small_world()
    compared = what_if(
        world, after(world, Remove(networks=Selection("country:CU"))), "CU",
        weights="networks", measures=["dependence"],
    )  # fmt: skip
    assert compared.pairs.after == 0
    assert compared.nation.within.networks == 0
    assert compared.nation.detours is None
    assert {figure[4] for figure in compared.nation.figures} == {None}


def test_a_new_link_brings_pairs_back():
    world = small_world()
    linked = Add(between=(Selection("AS1"), Selection("AS40")), relation="provider")
    found = what_if(world, after(world, linked))
    assert found.pairs.lost == -9
    assert found.lost.filter(pl.col("country") == "KP")["lost"].to_list() == [-9]


def test_what_cannot_be_compared():
    world = small_world()
    with pytest.raises(MisuseError, match="unknown kind of carrier 'states'; did you mean state"):
        what_if(world, world, "RU", by="states")
    with pytest.raises(MisuseError, match="unknown measure 'dependance'"):
        what_if(world, world, "RU", measures=["dependance"])
    with pytest.raises(WorldError, match="has no network in France"):
        what_if(world, world, "FR")
    with pytest.raises(MisuseError, match="but not in small"):
        what_if(after(world, Remove(networks=Selection("AS1"))), world)


OFF = """\
name = "Off"
world = "small"
[[shocks]]
kind = "isolate"
networks = "country:RU"
"""


@pytest.fixture
def off(tmp_path) -> tuple[str, str]:
    """A scenario and its world."""
    path = tmp_path / "off.toml"
    path.write_text(OFF)
    return str(path), str(save(small_world(), tmp_path / "small"))


def test_the_command_tells_a_nation(run, off):
    path, world = off
    status, out, err = run("what-if", path, "--world", world, "--country", "RU")
    assert (status, err) == (0, "")
    assert out.startswith("Off\nIn the model Russia loses all its routes to the world; ")
    assert "World small, the Internet of" in out
    assert "The shocks: 2 links cut." in out
    assert "Between Russia and others, 18 pairs of networks lose every route: 100%" in out
    assert "Within Russia all networks reach all that they reached before." in out
    assert "Of the routes to Russia these lose most: One, Inc. (AS1, United States) −60 " in out


def test_the_command_tells_the_world(run, off):
    path, world = off
    status, out, err = run("what-if", path, path, "--world", world)
    assert (status, err) == (0, "")
    assert out.count("Worldwide, 18 pairs of networks lose every route") == 2
    assert "Nations that lose the largest part of their pairs with others: Russia (100%)" in out


def test_the_factor_by_which_routes_grow():
    table = what_if(small_world(), OFF, "RU").table()
    for before, after, factor in table.select("before", "after", "factor").iter_rows():
        assert factor == (after / before if before and after is not None else None)


def test_the_command_writes_data(run, off, tmp_path):
    path, world = off
    status, out, err = run("what-if", path, "--world", world, "--country", "RU", "-f", "json")
    assert status == 0
    assert "Off: The shocks: 2 links cut." in err
    rows = {(row["figure"], row["of"]): row for row in json.loads(out)}
    assert rows["reached_abroad", None]["after"] == 0
    assert rows["pairs_with", "US"] == {
        "scenario": "Off", "country": "RU", "figure": "pairs_with", "of": "US", "name": None,
        "unit": "pairs", "before": 3.0, "after": 0.0, "difference": -3.0, "factor": 0.0,
    }  # fmt: skip
    file = tmp_path / "losses.parquet"
    assert run("what-if", path, "--world", world, "-o", str(file))[0] == 0
    assert set(pl.read_parquet(file)["figure"]) >= {"pairs", "reached", "pairs_abroad"}


def test_before_is_the_world_after_another_scenario(run, off, tmp_path):
    path, world = off
    first = tmp_path / "first.toml"
    first.write_text(OFF.replace("Off", "First").replace("RU", "CU"))
    status, out, err = run("what-if", path, "--world", world, "--scenario", str(first))
    assert status == 0, err
    assert "After the scenario 'First'" in out
    assert "Worldwide, 15 pairs of networks lose every route" in out  # 18 less Cuba's


def test_observers_are_compared_by_exposure(run, off):
    path, world = off
    words = ("what-if", path, "--world", world, "--country", "RU", "--observer", "US", "-f", "csv")
    status, out, err = run(*words)
    assert status == 0, err
    assert "RU,exposure.exposed_inbound" in out
    assert "RU,cut.node_cut" in out
    status, _, err = run(*words, "--measure", "cti")
    assert status == 2
    assert "it makes a difference to exposure" in err


def test_a_nation_in_place_of_a_scenario(run):
    status, _, err = run("what-if", "RU")
    assert status == 2
    assert "unknown scenario 'RU'" in err
    assert "a nation is named by --country" in err


def test_measures_need_a_nation(run, off):
    path, world = off
    status, out, err = run("what-if", path, "--world", world, "--measure", "cut")
    assert (status, out) == (2, "")
    assert "measures are of a nation; name one with --country" in err
    status, out, _ = run(
        "what-if", path, "--world", world, "--measure", "control", "--country", "RU"
    )
    assert (status, "control_points" in out, "node_cut" in out) == (0, True, False)


def test_a_scenario_of_another_world_is_refused(run, off):
    path, _ = off
    status, out, err = run("what-if", path, "--world", "2019-12")
    assert (status, out) == (1, "")
    assert "off.toml:2: world: the scenario is about world small" in err


def test_all_cases_run_on_the_shipped_digests(run):
    cases = sorted(map(str, (Path(__file__).parents[1] / "scenarios").glob("*.toml")))
    assert len(cases) >= 7
    status, out, _ = run("what-if", *cases, "--format", "csv")
    assert status == 0
    told = pl.read_csv(out.encode())["scenario"].str.strip_suffix(": strict reading")
    assert told.n_unique() == len(cases)
