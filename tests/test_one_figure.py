"""A figure has one value wherever it is told: page, what-if, comparison, API, brief."""

import io
import json
import re
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
from lxml import html

from briefs import digest, digest_brief, flat, laid_out
from commands import ERROR, save, small_world
from splinternet.base.choices import Counting, Routing
from splinternet.base.countries import country_name
from splinternet.base.shares import rounded
from splinternet.base.texts import country_called, phrase
from splinternet.brief.changed import (
    differences_told,
    figures_changed,
    least_told,
    lost_routes,
    rows_told,
)
from splinternet.brief.country import make_brief
from splinternet.brief.facts.lost import routes_lost
from splinternet.brief.terminal import print_screen
from splinternet.cli.tables import drawn, text_console
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependence import depend
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.language import read_scenario
from splinternet.scenario.levels import ends_on_levels, what_if_on_levels
from splinternet.scenario.moving import moved
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.web.app import create_app
from websites import client

#: A large one, one of few networks and some between; at night two more.
AT_NIGHT = (pytest.param(each, marks=pytest.mark.nightly) for each in ("IR", "RS"))
NATIONS = ("CU", "RU", "KZ", "TV", *AT_NIGHT)

#: Where a share of a network stands as words: its number, and soon after it the share.
_NUMBERED = re.compile(r"AS(\d+)[^%]{0,80}?\)[:\s]+(over )?(\d[\d.]*%)")

#: The same of a what-if: its number, the share after, and that before if it is another.
_BEFORE = re.compile(r"AS(\d+)\): ([^(;]*%) \((?:no change|([^)]*%) before)\)")


@pytest.fixture(scope="module")
def site():
    with client(create_app(["2019-12"])) as opened:
        yield opened


def isolated(code: str, **options: object):
    shock = Isolate(networks=Selection(f"country:{code}"))
    alone = Scenario(name="alone", world="2019-12", shocks=(shock,))
    return what_if_on_levels(digest(), alone, code, **options)


def body(code: str, **options: object) -> dict:
    shock = {"kind": "isolate", "networks": f"country:{code}"}
    alone = {"name": "alone", "world": "2019-12", "shocks": [shock]}
    return {"country": code, "scenario": alone, **options}


def of_networks(site, code: str):
    """Yield place, network and share as it is told there."""
    page = html.fromstring(site.get(f"/brief/{code}").text)
    for asn, over, share in _NUMBERED.findall(" ".join(page.xpath("//svg/desc/text()"))):
        yield "page", int(asn), over + share
    asked = f"/what-if?country={code}&shock=isolate"
    answer = html.fromstring(site.get(asked, follow_redirects=True).text)
    carriers = answer.xpath("string(//div[@class='carriers']//desc)")
    for asn, after, before in _BEFORE.findall(carriers):
        yield "what-if", int(asn), before or after
    for row in site.get(f"/api/dependence/{code}").json():
        yield "api", row["asn"], rounded(row["share"])
    for row in site.post("/api/what-if", json=body(code)).json()["figures"]:
        if row["figure"] == "inbound_passes":
            yield "api what-if", row["asn"], rounded(row["before"])


@pytest.mark.parametrize("code", NATIONS)
def test_a_network_has_one_share_of_a_nations_routes(site, code):
    shares = shipped_figures(digest()).table("dependence", code)
    shipped = dict(shares.select("asn", "share").iter_rows())
    told = defaultdict(set)
    places = defaultdict(set)
    for place, asn, share in of_networks(site, code):
        if asn in shipped:
            told[asn].add(share)
            places[place].add(asn)
    assert {asn: {rounded(shipped[asn])} for asn in told} == told
    assert {"page", "what-if", "api", "api what-if"} == places.keys()
    assert places["api"] == shipped.keys()
    largest = max(shipped, key=shipped.get)
    dependents = site.get(f"/networks/{largest}").text
    assert f"{country_called(code)}: {rounded(shipped[largest])}" in dependents


@pytest.mark.parametrize("code", NATIONS)
def test_a_state_has_one_share_of_a_nations_routes(site, code):
    shares = shipped_figures(digest()).table("states", code)
    shipped = dict(shares.select("country", "share").iter_rows())
    api = {row["country"]: row["share"] for row in site.get(f"/api/states/{code}").json()}
    found = site.post("/api/what-if", json=body(code, by="state")).json()["figures"]
    before = {row["of"]: row["before"] for row in found if row["figure"] == "inbound_passes"}
    assert {state: before.get(state) for state in shipped if state != code} == {
        state: share for state, share in shipped.items() if state != code
    }
    assert {state: api[state] for state in shipped} == shipped
    page = " ".join(html.fromstring(site.get(f"/brief/{code}").text).xpath("//svg/desc/text()"))
    leading = max((state for state in shipped if state not in (code, None)), key=shipped.get)
    assert f"{country_called(leading)}: {rounded(shipped[leading])}" in page


@pytest.mark.parametrize("code", ["KZ", "KP"])
def test_the_main_observer_has_one_share_of_outgoing_routes(site, run, code):
    row = shipped_figures(digest()).table("exposure", code).filter(direction="outbound")
    state, share = row.select("observer", "third").row(0)
    asked = {each["country"]: each["share"]
             for each in site.get(f"/api/states/{code}?direction=outbound").json()}  # fmt: skip
    assert asked[state] == share
    assert list(asked.values()) == sorted(asked.values(), reverse=True)
    outgoing = ("--direction", "outbound", "-f", "csv")
    commands = (
        ("depend", code, "--by", "state"),
        ("depend", code, "--observer", country_name(state)),
        ("measure", "dependence", code, "--by", "state"),
        ("measure", "states", code),
    )
    for words in commands:
        _, out, err = run(*words, *outgoing)
        table = pl.read_csv(io.StringIO(out))
        told = table.filter(pl.col(table.columns[0]) == state)["share"].item()
        assert told == pytest.approx(share, abs=1e-6), words
        assert phrase("terminal.measures.outgoing", world="2019-12") in err
    of_a_digest = depend(digest(), code, by="state", direction="outbound")
    assert of_a_digest.filter(country=state)["share"].item() != share


@pytest.mark.parametrize("code", NATIONS)
def test_figures_of_measures_are_before_what_pages_compare(site, code):
    row = shipped_figures(digest()).row(code)
    found = site.post("/api/what-if", json=body(code, measure=["cut", "dependence"])).json()
    told = {each["figure"]: each["before"] for each in found["figures"]}
    for figure in ("cut.node_cut", "cut.link_cut", "dependence.dependence", "detours"):
        if told.get(figure) is not None:
            assert told[figure] == row[figure.rpartition(".")[2]]
    assert told["dependence.dependence"] == row["dependence"]
    compared = html.fromstring(site.get(f"/compare?country={code}&country=US").text)
    assert rounded(row["dependence"]) in compared.text_content()
    assert any(phrase("what_if.levels.shipped") in note for note in found["notes"])


@pytest.mark.parametrize("code", ["CU", pytest.param("RU", marks=pytest.mark.nightly)])
def test_the_terminals_brief_and_its_method_have_the_same_figures(code):
    brief, row = digest_brief(code), shipped_figures(digest()).row(code)
    shipped = dict(
        shipped_figures(digest()).table("dependence", code).select("asn", "share").iter_rows()
    )
    screen = drawn(lambda console: print_screen(brief, console), text_console(80))
    rows = re.findall(r"AS(\d+)[^%\n]*\)\s+(\d[\d.]*%)(?: \([^)]*\))? [█░]", screen)
    assert len(rows) >= 4
    assert all(rounded(shipped[int(asn)]) == share for asn, share in rows)
    own = {(each.prefer, each.weights): each.figures for each in brief.sureness.rules}
    asked = own["shortest", Counting().weights]
    ends = brief.sureness.ends(row)
    for figure in ("foreign_dependence", "state_share"):
        assert asked[figure] == row[figure]
        told = [each[figure] for each in own.values() if each.get(figure) is not None]
        assert min(told) >= ends[f"{figure}_low"] - 1e-4
        assert max(told) <= ends[f"{figure}_high"] + 1e-4
    assert "By the asked rules these are the full world's figures" in flat(laid_out(brief))


@pytest.mark.parametrize("code", ["CU", pytest.param("RU", marks=pytest.mark.nightly)])
def test_a_state_could_see_what_is_on_its_networks(site, run, tmp_path, code):
    """The incoming share of who could watch is that of the table of states, wherever it is told."""
    states = shipped_figures(digest()).table("states", code)
    levels = dict(states.select("country", "share").iter_rows())
    main = shipped_figures(digest()).table("exposure", code)
    brief = digest_brief(code)
    assert len(brief.watch.exposure) > 1
    for table in brief.watch.exposure:
        rows = {row["direction"]: row for row in table.iter_rows(named=True)}
        state = rows["inbound"]["observer"]
        if state in levels:
            assert rows["inbound"]["third"] == pytest.approx(levels[state], abs=1e-4)
        for row in rows.values():
            assert row["exposed"] == pytest.approx(row["passing"] + row["ending"], abs=2e-5)
        answer = site.get(f"/api/exposure/{code}?observer={state}").json()
        assert answer[0]["third"] == rows["inbound"]["third"]
        file = tmp_path / f"{state}.csv"
        assert run("measure", "exposure", code, "--observer", state, "-o", str(file))[0] == 0
        assert pl.read_csv(file)["third"][0] == rows["inbound"]["third"]
        if state == main["observer"][0]:
            assert table.equals(main)
        asked = ["depend", code, "--observer", state, "-o", str(file)]
        if state in levels:
            assert run(*asked)[0] == 0
            assert pl.read_csv(file)["share"].to_list() == [levels[state]]
    text = flat(laid_out(brief))
    assert "are the full world's. Others are the digest's." in text
    out = main.filter(direction="outbound").row(0, named=True)
    (named,) = (each for each in brief.carried.states if each.country == out["observer"])
    assert named.outbound == out["third"]


def test_other_choices_say_that_levels_are_the_digests_own(site):
    own = isolated("CU", direction="outbound", measures=())
    assert own.levels is not None
    assert "other settings (direction inbound, not outbound)" in own.levels
    assert own.levels.endswith("from those on the nation's page.")
    shown = site.get("/what-if?country=CU&shock=isolate&direction=outbound", follow_redirects=True)
    address = str(shown.url) + "&direction=outbound"
    assert "may differ from those on the nation" in site.get(address).text


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small digest, and a scenario for it."""
    folder = tmp_path_factory.mktemp("small")
    file = folder / "cut.toml"
    shock = '[[shocks]]\nkind = "remove"\nnetworks = "AS20"\n'
    file.write_text(f'name = "Cut"\nworld = "2019-12"\n{shock}', encoding="utf-8")
    made = small_world(kind="digest", error=ERROR, name="2019-12")
    return str(save(made, folder / "digest")), str(file)


@pytest.mark.parametrize(
    "command",
    [
        "depend RU", "depend RU --by state", "measure cut RU", "measure states RU", "atlas",
        "brief RU", "brief RU --long", "measure exposure RU", "dependents AS1",
    ],
)  # fmt: skip
def test_commands_after_a_scenario_say_that_figures_are_the_digests_own(run, small, command):
    """They answer about the world after it: what-ifs alone move the full world's figures."""
    world, file = small
    status, out, err = run(*command.split(), "--world", world, "--scenario", file)
    assert status == 0, err
    said = phrase("words.world.after_digest", scenarios="'Cut'")
    assert said in flat(out)
    assert "splinternet what-if" in said
    before = run(*command.split(), "--world", world)[1]
    assert "digest's difference" not in flat(before)


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """A scenario that cuts links of the shipped digest, and removes no network."""
    file = tmp_path_factory.mktemp("apart") / "apart.toml"
    shock = '[[shocks]]\nkind = "isolate"\nnetworks = "country:US"\n'
    file.write_text(f'name = "Apart"\nworld = "2019-12"\n{shock}', encoding="utf-8")
    return str(file)


def kept(run, tmp_path, *command: str) -> tuple[list[dict], dict, str]:
    """Rows, record and notes of a command's table that is kept."""
    file = tmp_path / "kept.csv"
    status, _, err = run(*command, "-o", str(file))
    assert status == 0, err
    record = json.loads(Path(f"{file}.manifest.json").read_text(encoding="utf-8"))
    return pl.read_csv(file, infer_schema_length=None).to_dicts(), record, flat(err)


@pytest.mark.parametrize(
    ("command", "by", "key"),
    [("depend CU", "network", "asn"), ("depend CU --by state", "state", "country"),
     ("measure dependence CU", "network", "asn")],
)  # fmt: skip
def test_shares_after_a_scenario_are_those_of_the_what_if(run, apart, tmp_path, command, by, key):
    rows, record, said = kept(run, tmp_path, *command.split(), "--scenario", apart)
    compared = what_if_on_levels(
        digest(), read_scenario(Path(apart)), "CU", by=by, measures=(), ranges=True
    )
    told = {each[key]: each for each in compared.nation.carriers.iter_rows(named=True)}
    shipped = shipped_figures(digest()).ranged("states" if by == "state" else "dependence", "CU")
    assert {row[key] for row in rows} == told.keys()
    for row in rows:
        other = told[row[key]]
        for name, of in (("before", "before"), ("share", "after"), ("difference", "difference")):
            assert row[name] == pytest.approx(other[of], abs=1e-9), (name, row)
        for name, of in (("before", "before"), ("share", "after"), ("difference", "difference")):
            for end in ("low", "high"):
                own, there = row[f"{name}_{end}"], other[f"{of}_{end}"]
                assert own == pytest.approx(there, abs=1e-9), (name, end, row)
    before = {row[key]: row["before"] for row in rows}
    levels = dict(shipped.select(key, "share").iter_rows())
    assert {of: before.get(of) for of in levels.keys() & before.keys()} == {
        of: levels[of] for of in levels.keys() & before.keys()
    }
    assert phrase("what_if.levels.shipped") in said
    assert ("Foreign providers: at least" in said) == (command == "depend CU")
    assert "Figures are the digest's own" not in said
    assert {"before", "share_low", "difference", "difference_high"} <= record["columns"].keys()


def test_a_brief_after_a_scenario_has_the_levels_of_the_commands(run, shared_cut, tmp_path):
    """Carriers, states and figures are what is shipped and the digest's difference."""
    scenario = read_scenario(Path(shared_cut))
    after = apply(digest(), scenario)
    brief = make_brief(after, "CU", scenario=shared_cut, before=digest())
    level = shipped_figures(digest()).row("CU")
    rows, *_ = kept(run, tmp_path, "depend", "CU", "--scenario", shared_cut)
    told = {row["asn"]: row for row in rows}
    least = least_told(digest().manifest)
    for carrier in (*brief.carried.foreign, *brief.carried.domestic):
        row = told[carrier.asn]
        share = row["share"] if abs(row["difference"]) >= least else row["before"]
        assert carrier.inbound == pytest.approx(share, abs=1e-9)
    states, *_ = kept(run, tmp_path, "depend", "CU", "--by", "state", "--scenario", shared_cut)
    by_state = {row["country"]: row for row in states}
    for code, share in brief.carried.by_state.items():
        row = by_state.get(code)
        if row is not None and share:
            moved_share = row["share"] if abs(row["difference"]) >= least else row["before"]
            assert share == pytest.approx(moved_share, abs=1e-9)
    figures = {each.figure: each.value for each in brief.headlines}
    assert figures["control_points"] == level["control_points"]  # no change
    first = next(each for each in brief.carried.foreign if each.doubt is None)
    assert figures["foreign_dependence"] == first.inbound
    others = {code: share for code, share in brief.carried.by_state.items() if code != "CU"}
    assert figures["state_share"] == max(filter(None, others.values()))
    assert_ranges_are_those_of_the_what_if(brief, after)
    text = flat(laid_out(brief))
    assert phrase("what_if.levels.brief") in text
    assert "Figures are the digest's own" not in text
    assert f"Before it: {rounded(level['foreign_dependence'])} (" in text
    assert "are the full world's. Others" not in text  # nothing is the shipped figure itself
    assert brief.atlas is None
    assert_what_ifs_follow_the_cards(brief, after)


def assert_ranges_are_those_of_the_what_if(brief, after):
    """Ranges of headlines are of the largest of the moved rows by each rule, however it is told."""
    measures = ("dependence", "states")
    told = what_if_on_levels(digest(), after, "CU", measures=measures, ranges=True)
    values = {figure: later for _, figure, _, _, later in told.nation.figures}
    for name, ends in told.ends.items():
        figure = name.partition(".")[2]
        if figure in ("foreign_dependence", "state_share"):
            below, above = brief.sureness.around[figure]
            assert values[figure] + below == pytest.approx(ends["after_low"], abs=1e-6)
            assert values[figure] + above == pytest.approx(ends["after_high"], abs=1e-6)


def assert_what_ifs_follow_the_cards(brief, after):
    """What would come then is told on the levels of what is there after the scenario."""
    known = brief.asked.figures
    shares = dict(known.table("dependence", "CU").select("asn", "share").iter_rows())
    (tried,) = (each for each in brief.what_ifs if each.key == "refusal")
    then = apply(after, tried.toml)
    own = what_if(after, then, "CU", measures=()).nation
    before, later = (dict(own.carriers.select("asn", x).iter_rows()) for x in ("before", "after"))
    for row in tried.compared.carriers.iter_rows(named=True):
        if (level := shares.get(asn := row["asn"])) is not None:
            assert row["before"] == level
            assert row["after"] == pytest.approx(moved(level, before[asn], later[asn], "share"))
    level = known.row("CU")["detours"]
    assert tried.compared.detours == (level, pytest.approx(moved(level, *own.detours, "share")))
    assert phrase("brief.what_if.levels_after") in flat(laid_out(brief))


@pytest.fixture(scope="module")
def shared_cut(tmp_path_factory):
    """A scenario that takes a carrier away from Cuba."""
    file = tmp_path_factory.mktemp("lost") / "lost.toml"
    shock = '[[shocks]]\nkind = "remove"\nnetworks = "AS6762"\n'
    file.write_text(f'name = "Lost"\nworld = "2019-12"\n{shock}', encoding="utf-8")
    return str(file)


def test_whose_routes_pass_a_network_after_a_scenario(run, apart, tmp_path):
    rows, _, said = kept(run, tmp_path, "dependents", "AS11960", "--scenario", apart)
    (cuba,) = (row for row in rows if row["country"] == "CU")
    shares = shipped_figures(digest()).table("dependence", "CU")
    assert cuba["before"] == shares.filter(asn=11960)["share"].item()
    assert cuba["share"] == pytest.approx(cuba["before"] + cuba["difference"])
    assert phrase("what_if.levels.shipped") in said


@pytest.mark.parametrize("command", ["atlas --countries CU", "history CU 2019-12"])
def test_figures_side_by_side_after_a_scenario_have_those_before(run, apart, tmp_path, command):
    asked = [*command.split(), "--measure", "dependence", "--scenario", apart]
    (row,), _, said = kept(run, tmp_path, *asked)
    level = shipped_figures(digest()).row("CU")
    compared = what_if_on_levels(
        digest(), read_scenario(Path(apart)), "CU", measures=("dependence",)
    )
    told = {figure: after for _, figure, _, _, after in compared.nation.figures}
    for figure in ("dependence", "foreign_dependence"):
        assert row[f"before_{figure}"] == level[figure]
        assert row[figure] == pytest.approx(told[figure])
    assert phrase("what_if.levels.atlas") in said


def test_what_is_not_shipped_is_the_digests_own_after_a_scenario(run, apart):
    asked = ["depend", "CU", "--direction", "outbound", "--scenario", apart, "--limit", "3"]
    status, out, _ = run(*asked)
    assert status == 0
    assert "Figures are the digest's own" in flat(out)
    assert "direction inbound, not outbound" in flat(out)
    assert "before" not in out.splitlines()[-5:]


def test_the_terminal_tells_small_changes_as_none(run, apart):
    error = digest().manifest.error_of("carrier", "difference").error
    out = run("depend", "CU", "--scenario", apart, "--limit", "0")[1]
    assert phrase("charts.no_change") in out
    assert "told as none" in flat(out)
    figures = run("measure", "cut", "CU", "--scenario", apart)[1]
    assert "node_cut 1 before, nothing to measure after" in flat(figures)
    manifest = digest().manifest
    moved_figures = [("detours", "detours", "share", 0.3, 0.301), ("cut", "node_cut", "", 3, 9)]
    assert [*figures_changed(moved_figures, manifest)] == [
        "detours 30%, no change",
        "node_cut 3 before, 9 after",
    ]
    shares = pl.DataFrame({"before": [0.5, 0.5], "share": [0.5 + error / 2, 0.5 + error * 2]})
    told = differences_told(shares.with_columns(difference=pl.col("share") - 0.5), manifest)
    assert told["difference"][0] == phrase("charts.no_change")
    assert told["share"].to_list() == [0.5, 0.5 + error * 2]
    rows = pl.DataFrame({"node_cut": [3, 9], "before_node_cut": [3, 3]})
    assert rows_told(rows, [manifest])["node_cut"].to_list() == [3, 9]
    few = pl.DataFrame({"detours": [0.301], "before_detours": [0.3]})
    assert rows_told(few, [manifest])["detours"].to_list() == [0.3]


def test_after_is_the_level_and_the_difference_within_bounds():
    assert moved(0.3, 0.25, 0.5, "share") == pytest.approx(0.55)
    assert moved(0.9, 0.5, 0.8, "share") == 1.0
    assert moved(0.1, 0.3, 0.1, "share") == pytest.approx(0.1 / 3)
    assert moved(0.3, 0.1, 0.0, "share") == 0.0


def test_carriers_keep_the_difference_of_the_digest():
    shock = Isolate(networks=Selection("country:US"))
    scenario = Scenario(name="without", world="2019-12", shocks=(shock,))
    told = what_if_on_levels(digest(), scenario, "CU", measures=()).nation.carriers
    raw = what_if(digest(), scenario, "CU", measures=()).nation.carriers
    both = told.join(raw, on="asn", suffix="_raw")
    assert both.height == told.height == raw.height
    for row in both.iter_rows(named=True):
        assert 0 <= row["after"] <= 1
        if 0 < row["after"] < 1 and row["before"] + row["difference_raw"] > 0:
            assert row["difference"] == pytest.approx(row["difference_raw"])


def test_intervals_move_with_their_figure():
    compared = isolated("CU", measures=("cut",))
    raw = what_if(digest(), compared.after, "CU", measures=("cut",)).table()
    raw = raw.filter(raw["figure"] != "path")
    ends = raw.with_columns(
        **{
            f"{name}_{end}": raw[name] + by
            for name in ("before", "after", "difference")
            for end, by in (("low", -0.01), ("high", 0.01))
        }
    )
    told = ends_on_levels(ends, compared)
    assert told.columns == ends.columns
    assert told.height == ends.height
    figures = {(row["figure"], row["of"]): row for row in told.iter_rows(named=True)}
    for row in compared.table().iter_rows(named=True):
        if row["figure"] == "path" or row["before"] is None:
            continue
        moved_row = figures[row["figure"], row["of"]]
        assert moved_row["before"] == row["before"]
        assert moved_row["before_low"] == pytest.approx(max(0.0, row["before"] - 0.01))


def test_the_title_of_a_brief_after_a_scenario_has_what_a_what_if_loses():
    """Whoever is cut off is told to be, and no more that it depends on little."""
    before = digest()
    after = apply(before, "russia-isolates-itself")
    compared = what_if(before, after, "RU")
    assert routes_lost(before, after, "RU", Routing()) == pytest.approx(lost_routes(compared))
    assert routes_lost(None, after, "RU", Routing()) is None
    lost = routes_lost(before, after, "BY", Routing())
    assert lost == pytest.approx(lost_routes(what_if(before, after, "BY")))
    assert 0 < lost < 1
