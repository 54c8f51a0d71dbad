"""Ranges of what comes after a scenario by other rules: quick and by the slow way, and told."""

import io
import re
from html import escape
from itertools import product

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html

import slow
from briefs import digest
from budgets import few
from commands import save, small_world
from graphs import graphs, make_world
from slow import Link
from splinternet.base.choices import PREFERENCES, Counting, Routing
from splinternet.base.shares import UNKNOWN, rounded
from splinternet.brief.comparison import tell
from splinternet.brief.facts.what_ifs import gainers
from splinternet.brief.ranged import points_ranged
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependence import depend
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.comparison import ENDS
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.remove import Remove
from splinternet.web.app import create_app
from splinternet.web.questions import Options
from websites import client

RULES = list(product(PREFERENCES, ("addresses", "networks")))
LOST = """\
name = "Lost"
world = "2019-12"
[[shocks]]
kind = "remove"
networks = "AS6762"
"""


def scenario(world, shock):
    return Scenario(name="test", world=world.manifest.name, shocks=(shock,))


def links_of(world):
    return [Link(*row) for row in world.links.select("a", "b", "kind").iter_rows()]


@few
@given(st.data(), graphs(6, 6), st.sampled_from(RULES))
def test_ranges_are_those_of_comparing_both_worlds_by_every_rule(data, graph, rule):
    assume(len(graph.asns) > 2)
    country = {asn: data.draw(st.sampled_from(("RU", "US"))) for asn in graph.asns}
    country |= dict(zip(graph.asns, ("RU", "US"), strict=False))
    addresses = {asn: 256 * data.draw(st.integers(1, 5)) for asn in graph.asns}
    world = make_world(graph.links, graph.asns, country=country, ipv4_addresses=addresses)
    linked = sorted({end for link in links_of(world) for end in (link.a, link.b)})
    assume(linked)
    alone = scenario(world, Isolate(networks=Selection(f"AS{data.draw(st.sampled_from(linked))}")))
    prefer, weights = rule
    options = {"prefer": prefer, "weights": weights, "tie_break": "lowest-asn"}
    found = what_if_on_levels(world, alone, "RU", measures=(), ranges=True, **options)
    abroad = {asn: 1 for asn, code in country.items() if code != "RU"}
    home = {asn for asn, code in country.items() if code == "RU"}
    by_rule = []
    for other, by in RULES:
        at_home = {asn: addresses[asn] if by == "addresses" else 1 for asn in home}
        by_rule.append(
            tuple(
                slow.transit(links_of(of), abroad, at_home, other)
                for of in (world, apply(world, alone))
            )
        )
    for row in found.nation.carriers.iter_rows(named=True):
        both = [tuple(float(of.get(row["asn"], 0)) for of in shares) for shares in by_rule]
        of = {
            "before": [then for then, _ in both],
            "after": [now for _, now in both],
            "difference": [now - then for then, now in both],
        }
        for name, values in of.items():
            assert row[f"{name}_low"] == pytest.approx(min(values), abs=1e-6)
            assert row[f"{name}_high"] == pytest.approx(max(values), abs=1e-6)
            assert row[f"{name}_low"] - 1e-6 <= row[name] <= row[f"{name}_high"] + 1e-6


@pytest.fixture(scope="module")
def lost():
    """Cuba without a carrier, on the digest, with ranges."""
    remove = Remove(networks=Selection("AS6762"))
    measures = ("dependence", "reliability", "concentration")
    return what_if_on_levels(
        digest(), scenario(digest(), remove), "CU", measures=measures, ranges=True
    )


@pytest.mark.slow
def test_on_a_digest_they_stand_around_the_levels_of_the_full_world(lost):
    world, gone = digest(), scenario(digest(), Remove(networks=Selection("AS6762")))
    rules = {
        rule: {
            row["asn"]: (row["before"], row["after"])
            for row in what_if(
                world, gone, "CU", measures=(), prefer=rule[0], weights=rule[1]
            ).nation.carriers.iter_rows(named=True)
        }
        for rule in RULES
    }
    own = rules[Routing().prefer, Counting().weights]
    for row in lost.nation.carriers.iter_rows(named=True):
        shift = row["before"] - own[row["asn"]][0]
        changes, left = [], []
        for shares in rules.values():
            then, now = shares.get(row["asn"], (0.0, 0.0))
            then = min(1.0, max(0.0, then + shift))
            now = min(1.0, max(0.0, now + shift)) if now else 0.0
            left.append(now)
            changes.append(now - then)
        assert (row["after_low"], row["after_high"]) == pytest.approx((min(left), max(left)))
        assert (row["difference_low"], row["difference_high"]) == pytest.approx(
            (min(changes), max(changes)), abs=1e-9
        )


@pytest.mark.slow
def test_ranges_before_are_those_that_pages_have(lost):
    rows = {row["asn"]: row for row in lost.nation.carriers.iter_rows(named=True)}
    shipped = shipped_figures(digest()).ranged("dependence", "CU").drop_nulls("share_low")
    for row in shipped.iter_rows(named=True):
        told = rows[row["asn"]]
        assert (told["before_low"], told["before_high"]) == (row["share_low"], row["share_high"])
        assert told["after"] - told["difference"] == pytest.approx(row["share"])


@pytest.mark.slow
def test_figures_of_measures_have_ranges_after_too(lost):
    table = lost.table()
    at = table.columns.index("before")
    assert table.columns[at : at + 9] == [
        "before", *ENDS[:2], "after", *ENDS[2:4], "difference", *ENDS[4:]
    ]  # fmt: skip
    largest = table.filter(figure="dependence.foreign_dependence").row(0, named=True)
    ends = shipped_figures(digest()).around["CU"]["foreign_dependence"]
    assert (largest["before_low"], largest["before_high"]) == pytest.approx(
        tuple(largest["before"] + end for end in ends)
    )
    assert largest["after_low"] <= largest["after"] < largest["after_high"]
    same = table.filter(figure="reliability.reliability").row(0, named=True)
    assert same["after_low"] == same["after"] == same["after_high"]
    none = table.filter(figure="reached_abroad").row(0, named=True)
    assert none["after"] is not None
    assert none["after_low"] is None


@pytest.mark.slow
def test_carriers_in_doubt_are_told_and_lead_nothing():
    """Of Nepal's routes 16 % pass a network whose share rests on one doubted link."""
    world = digest()
    gone = scenario(world, Remove(networks=Selection("AS6453 or AS9498")))
    found = what_if_on_levels(world, gone, "NP", measures=())
    carriers = found.nation.carriers
    shipped = shipped_figures(world).table("dependence", "NP")
    after = depend(apply(world, gone), "NP")
    doubts = {
        asn: doubt
        for table in (shipped, after)
        for asn, doubt in table.select("asn", "doubt").drop_nulls().iter_rows()
    }
    assert 133372 in doubts
    told = dict(carriers.select("asn", "doubt").drop_nulls().iter_rows())
    assert told == {asn: doubts[asn] for asn in doubts if asn in carriers["asn"]}
    first, *sections = tell("test", found, [])
    listed, doubted = (
        [said for said in first.sentences if ("AS133372" in said) and ("in doubt" in said) == which]
        for which in (False, True)
    )
    assert not listed
    assert len(doubted) == 1
    assert doubts[133372] in doubted[0]
    table = next(each.table for each in sections if each.name == "carriers")
    assert table.columns[-1] == "doubt"
    assert table.filter(asn=133372)["doubt"].item() == doubts[133372]
    rows = found.table()
    assert rows.columns[-1] == "doubt"
    assert set(rows.drop_nulls("doubt")["of"]) == {f"AS{asn}" for asn in told}
    assert all(row["doubt"] is None for row in gainers(found.nation))


@pytest.mark.slow
def test_what_nobody_doubts_has_no_column_of_doubts(lost):
    assert lost.nation.carriers["doubt"].dtype == pl.String
    table = next(each.table for each in tell("test", lost, []) if each.name == "carriers")
    assert ("doubt" in table.columns) == (lost.nation.carriers["doubt"].count() > 0)
    world = small_world()
    alone = scenario(world, Remove(networks=Selection("AS1")))
    options = {"weights": "networks", "measures": ()}
    assert "doubt" not in what_if_on_levels(world, alone, "RU", **options).nation.carriers.columns
    asked = what_if_on_levels(world, alone, "RU", ranges=True, **options)
    assert asked.nation.carriers.columns[-1] == "doubt"


@pytest.mark.slow
def test_an_error_that_was_not_measured_is_not_told_as_none(lost):
    table = next(each.table for each in tell("test", lost, []) if each.name == "measures")
    errors = dict(table.select("name", "error").iter_rows())
    least = digest().manifest.error_of("carrier", "difference").error
    assert errors["hhi"] == UNKNOWN
    assert errors["dependence"] == errors["foreign_dependence"] == rounded(least)
    assert errors["reliability"].endswith("%")
    before, after = table.filter(name="foreign_dependence").row(0)[3:5]
    assert re.fullmatch(r"22% \([\d.]+% to [\d.]+%\)", before)
    assert after == "no change" or re.fullmatch(r"[\d.]+% \([\d.]+% to [\d.]+%\)", after)


def test_states_are_asked_by_every_preference():
    world = small_world()
    alone = scenario(world, Remove(networks=Selection("AS1")))
    options = {"by": "state", "weights": "networks", "measures": ()}
    found = what_if_on_levels(world, alone, "RU", ranges=True, **options).nation.carriers
    every = [
        what_if(world, alone, "RU", prefer=prefer, **options).nation.carriers
        for prefer in PREFERENCES
    ]
    for row in found.iter_rows(named=True):
        of = [dict(each.select("country", "difference").iter_rows()) for each in every]
        changes = [each.get(row["country"], 0.0) for each in of]
        assert row["difference_low"] == pytest.approx(min(changes))
        assert row["difference_high"] == pytest.approx(max(changes))


def test_a_test_of_what_came_out_says_whether_they_are_wanted():
    world = small_world()
    alone = scenario(world, Remove(networks=Selection("AS1")))
    asked = []
    for wanted in (True, False):
        found = what_if_on_levels(
            world, alone, "RU", weights="networks", measures=(),
            ranges=lambda nation, wanted=wanted: asked.append(nation) or wanted,
        )  # fmt: skip
        assert ("after_low" in found.nation.carriers.columns) == wanted
    assert all(nation.country == "RU" for nation in asked)


@pytest.mark.parametrize(
    ("ends", "said"),
    [((0.02, 0.08), "+5 (+2 to +8)"), ((-0.01, 0.05), "+5 (−1 to +5)"),
     ((0.05, 0.0501), "+5"), ((None, None), "+5")],
)  # fmt: skip
def test_a_difference_is_told_with_its_range(ends, said):
    assert points_ranged(0.05, *ends) == said


@pytest.mark.slow
def test_the_command_tells_them_on_a_digest_and_where_asked(run, tmp_path):
    file = tmp_path / "lost.toml"
    file.write_text(LOST, encoding="utf-8")
    status, out, _ = run("what-if", str(file), "--country", "CU")
    assert status == 0
    said = " ".join(out.split())
    assert "Ranges are what other rules give" in said
    assert "points_low" in said or "(−" in said
    status, out, _ = run("what-if", str(file), "--country", "CU", "-f", "csv", "--no-ranges")
    table = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None)
    assert {*ENDS} & {*table.columns} == {*ENDS[:2]}
    folder = save(small_world(), tmp_path / "small")
    own = tmp_path / "own.toml"
    own.write_text(LOST.replace("2019-12", "small").replace("AS6762", "AS1"), encoding="utf-8")
    asked = ["--world", str(folder), "what-if", str(own), "--country", "RU", "-f", "csv"]
    for more in ([], ["--ranges"]):
        status, out, _ = run(*asked, "--weights", "networks", *more)
        assert status == 0
        table = pl.read_csv(io.BytesIO(out.encode()), infer_schema_length=None)
        assert ({*ENDS} <= {*table.columns}) == bool(more)


@pytest.mark.slow
def test_pages_and_the_api_tell_them_where_asked():
    shock = {"kind": "remove", "networks": "AS6762"}
    lost = {"name": "Lost", "world": "2019-12", "shocks": [shock]}
    with client(create_app(["2019-12"])) as site:
        for ranges in (False, True):
            sent = {"country": "CU", "scenario": lost, "ranges": ranges}
            figures = site.post("/api/what-if", json=sent).json()["figures"]
            known = [row for row in figures if row["difference_low"] is not None]
            assert bool(known) == ranges
            for row in known:
                assert row["after_low"] - 1e-9 <= row["after"] <= row["after_high"] + 1e-9
        asked = "world=2019-12&shocks.0.kind=remove&shocks.0.networks=AS6762&run=1"
        page = site.get(f"/what-if?country=CU&{asked}").text
        link = f"/what-if?country=CU&ranges=1&{asked}"
        assert f'id="ranges" href="{escape(link)}"' in page
        page = site.get(link).text
        assert 'id="ranges"' not in page
        assert "Ranges are what other rules give" in page
        drawn = html.fromstring(page).xpath("string(//div[@class='carriers']//desc)")
        assert re.search(r"[\d.]+% \([\d.]+% to [\d.]+%\)|[\d.]+% to [\d.]+%", drawn)


def test_their_choice_is_kept_in_addresses_and_commands():
    asked = Options(country="CU", ranges=True)
    assert ("ranges", "1") in asked.pairs()
    assert asked.words == " --country CU --ranges"
