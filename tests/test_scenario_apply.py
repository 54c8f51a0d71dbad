"""Scenarios as a whole: what the world after one records, the library of cases, the commands."""

import datetime as dt
import json
import tomllib
from dataclasses import replace

import polars as pl
import pytest
from lxml import html

from commands import save, small_world
from graphs import make_world
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.toml_lines import lines
from splinternet.ledger.catalogue import open_ledger
from splinternet.scenario.apply import apply
from splinternet.scenario.cases import case_names, find_scenario
from splinternet.scenario.language import decode, read_scenario
from splinternet.scenario.shocks.ban import Ban
from splinternet.scenario.vendors import Vendors
from splinternet.world.catalogue import open_world
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

SMALL = """\
name = "Off"
world = "small"
[blocs]
russia = "country:RU"
[[shocks]]
kind = "isolate"
networks = "bloc:russia"
"""


def test_the_world_after_records_the_scenario(tmp_path):
    world = small_world(kind="digest", error={"spearman": 0.9})
    read = decode(SMALL, "off.toml")
    made = apply(world, read)
    assert made.manifest.parameters["scenarios"] == [
        {
            "name": "Off",
            "sha256": read.sha256,
            "blocs": {"russia": "country:RU"},
            "shocks": [
                {
                    "kind": "isolate",
                    "networks": "bloc:russia",
                    "result": {
                        "kind": "isolate",
                        "networks_removed": 0,
                        "networks_touched": 4,
                        "links_cut": 2,
                        "links_added": 0,
                        "links_changed": 0,
                        "notes": [],
                    },
                }
            ],
        }
    ]
    assert (made.manifest.kind, made.manifest.error) == ("digest", {"spearman": 0.9})
    assert "scenarios" not in world.manifest.parameters
    made.save(tmp_path / "after")
    assert World.open(tmp_path / "after").manifest.parameters == made.manifest.parameters


def test_scenarios_may_follow_each_other():
    again = SMALL.replace("Off", "Again").replace("RU", "DE")
    made = apply(apply(small_world(), decode(SMALL, "x")), decode(again, "x"))
    assert [each["name"] for each in made.manifest.parameters["scenarios"]] == ["Off", "Again"]


@pytest.mark.parametrize("named", ["small", "2019-12"])
def test_a_scenario_names_its_world_or_month(named):
    read = decode(SMALL.replace("small", named), "x.toml")
    assert apply(small_world(), read).links.height == 7


def test_a_scenario_of_another_date_is_refused():
    read = decode(SMALL.replace("small", "2025-09"), "x.toml")
    said = (
        r"x.toml:2: world: the scenario is about world 2025-09, this is small of 2019-12-01; give"
    )
    with pytest.raises(InputError, match=said):
        apply(small_world(), read)


def test_what_a_world_lacks_is_told_with_line_and_key():
    read = decode(SMALL.replace("RU", "FR"), "x.toml")
    with pytest.raises(
        InputError, match=r"x.toml:7: shocks\[0\].networks: no network of world small"
    ):
        apply(small_world(), read)


RECORDED = [name for name in case_names() if read_scenario(find_scenario(name)).recorded]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*case_names()} - {*RECORDED}))
def test_cases_apply_to_their_shipped_worlds(name):
    read = read_scenario(find_scenario(name))
    world = open_world(read.world)
    made = apply(world, read, vendors=Vendors(open_ledger))
    if not all(isinstance(shock, Ban) for shock in read.shocks):  # which only report
        assert made.links.height < world.links.height
    assert made.networks.height == world.networks.height
    assert read.description
    assert read.outcome
    assert read.sources
    assert all((source.title and source.publisher) or source.author for source in read.sources)


@pytest.mark.parametrize("name", RECORDED)
def test_cases_that_no_digest_answers_tell_what_is_recorded(run, name):
    read = read_scenario(find_scenario(name))
    assert len(read.recorded.deceived) == len(read.shocks)
    assert read.sources
    status, out, err = run("scenario", name, "--format", "csv")
    assert status == 0
    assert pl.read_csv(out.encode())["deceived"].to_list() == list(read.recorded.deceived)
    assert f"Computed on {read.recorded.date} by: {read.recorded.command}" in err
    assert read.outcome.split()[0] in err


def test_a_full_world_answers_a_case_itself(run, tmp_path):
    world = tmp_path / "2008-04"
    made = make_world([(1, 36561, "p2c"), (1, 17557, "p2c")])
    replace(made, manifest=Manifest(name="2008-04", date="2008-04-01")).save(world)
    status, out, err = run("--world", str(world), "scenario", "pakistan-youtube-2008")
    assert status == 0
    assert "100% of networks elsewhere would send to the wrong place" in out + err
    assert "Computed on" not in out + err


def test_every_case_of_the_plan_is_there():
    kinds = {
        name: [shock.__struct_config__.tag for shock in read_scenario(find_scenario(name)).shocks]
        for name in case_names()
    }
    assert kinds == {
        "cogent-and-lumen-leave-russia": ["cut", "cut"],
        "egypt-january-2011": ["isolate"],
        "great-firewall": ["inspect"],
        "huawei-ban-european-union": ["ban"],
        "iran-november-2019": ["isolate"],
        "myanmar-twitter-2021": ["hijack"],
        "pakistan-youtube-2008": ["hijack"],
        "rostelecom-april-2020": ["hijack"],
        "rtcomm-twitter-2022": ["hijack"],
        "russia-isolates-itself": ["isolate"],
        "russia-without-ericsson-and-nokia": ["ban", "ban"],
        "safe-host-2019": ["leak", "leak"],
        "two-blocs": ["split"],
    }


@pytest.mark.parametrize("name", case_names())
def test_the_lines_of_cases_are_found(name):
    text = find_scenario(name).read_text(encoding="utf-8")
    written, found = text.split("\n"), lines(text)
    for key in tomllib.loads(text):
        assert key in written[found[(key,)] - 1]


def test_scenarios_are_found_by_name_or_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text(SMALL)
    assert find_scenario("two-blocs").name == "two-blocs.toml"
    assert str(find_scenario("mine")) == "mine"
    assert str(find_scenario("two-blocs.toml")) == "two-blocs.toml"
    assert str(find_scenario("./two-blocs")) == "two-blocs"
    with pytest.raises(MisuseError, match="unknown scenario 'two-bloks'; did you mean two-blocs"):
        find_scenario("two-bloks")


@pytest.fixture
def small(tmp_path):
    """A small world and a scenario for it, as the command line names them."""
    file = tmp_path / "off.toml"
    file.write_text(SMALL)
    return str(save(small_world(), tmp_path / "small")), str(file)


def test_the_command_lists_the_shipped(run):
    status, out, _ = run("scenario")
    assert status == 0
    assert all(name in out for name in case_names())


def test_the_command_says_what_a_scenario_would_do(run, small):
    world, file = small
    status, out, err = run("scenario", file, "--world", world, "--format", "json")
    assert json.loads(out) == [
        {
            "shock": 0,
            "kind": "isolate",
            "networks_removed": 0,
            "networks_touched": 4,
            "links_cut": 2,
            "links_added": 0,
            "links_changed": 0,
        }
    ]
    assert (status, err) == (0, "World small, the Internet of 1 December 2019.\n")


def test_the_command_tells_sources_and_outcome(run):
    status, out, _ = run("scenario", "two-blocs")
    assert status == 0
    assert "Outcome: It was foretold in 2018" in out
    assert "Source: Internet will be split" in out
    assert "shocks[0]: join east:" in out


def test_the_command_refuses_a_bad_file_in_one_line(run, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text(SMALL.replace("isolate", "isolat"))
    status, out, err = run("scenario", str(bad))
    assert (status, out) == (1, "")
    assert err.startswith(f"splinternet: {bad}:6: shocks[0].kind: unknown shock 'isolat'; did you ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("before", [True, False])
def test_commands_work_on_the_world_after(run, small, before):
    world, file = small
    chosen = ("--world", world, "--scenario", file)
    command = ("path", "20", "12", "--format", "csv")
    status, out, err = run(*chosen, *command) if before else run(*command, *chosen)
    assert (status, out) == (0, "hop,asn,name,country,share,doubt\n")
    assert "After the scenario 'Off': what if, not what was seen." in err
    assert "There is no route from AS20 to AS12." in err


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("depend", "DE"),
        ("routes", "20"),
        ("routes", "--all", "--summary"),
        ("path", "20", "21"),
        ("transit",),
        ("brief", "DE"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_takes_a_scenario(run, small, command):
    world, file = small
    status, out, err = run(*command, "--world", world, "--scenario", file)
    assert (status, err) == (0, "")
    assert "After the scenario 'Off'" in out


@pytest.mark.slow
def test_a_nation_that_is_cut_off_has_a_brief(run, small):
    world, file = small
    words = ("brief", "RU", "--world", world, "--scenario", file)
    status, out, _ = run(*words)
    assert status == 0
    assert "In the model Russia loses all its routes to the world" in out
    command = f"--world {world} --scenario {file} brief RU --long"  # however its lines are broken
    assert "".join(command.split()) in "".join(out.split())
    status, out, _ = run(*words, "--long")
    assert status == 0
    assert "No network is on routes between Russia and the rest of the world here" in " ".join(
        out.split()
    )
    assert f"--world {world} --scenario {file} brief RU -o brief.html" in out


def test_the_first_screen_of_a_page_says_that_it_is_after_a_scenario(run, small, tmp_path):
    """Nobody takes what would be for what is."""
    world, file = small
    page = tmp_path / "page.html"
    words = ("brief", "RU", "--world", world, "--scenario", file, "-o", str(page))
    assert run(*words)[0] == 0
    (opening,) = html.fromstring(page.read_text()).xpath("//header[@class='opening']")
    assert "After the scenario 'Off': what if, not what was seen." in opening.text_content()


def test_a_scenario_brings_its_own_world(run):
    status, out, err = run("path", "4134", "3356", "--scenario", "two-blocs", "--format", "csv")
    assert (status, out) == (0, "hop,asn,name,country,share,doubt\n")
    assert err.startswith("World 2025-09, the Internet of 1 September 2025")
    words = ("path", "4134", "3356", "--scenario", "two-blocs")
    assert run("--world", "2025-09", *words)[0] == 0
    assert run("--world", "2019-12", *words)[0] == 1  # named, though it is the default
    status, _, err = run(*words, "--world", "2019-12")
    assert status == 1
    assert "two-blocs.toml:7: world: the scenario is about world 2025-09, this is 2019-12" in err


def test_dates_of_cases_are_those_of_the_events():
    dates = {name: read_scenario(find_scenario(name)).date for name in case_names()}
    assert dates["iran-november-2019"] == dt.date(2019, 11, 16)
    assert dates["egypt-january-2011"] == dt.date(2011, 1, 27)
    assert dates["two-blocs"] is None


def test_a_shock_that_changes_nothing_is_refused():
    twice = SMALL + '[[shocks]]\nkind = "cut"\nbetween = ["country:RU", "AS1"]\n'
    with pytest.raises(InputError, match=r"off.toml:8: shocks\[1\]: cut changes nothing"):
        apply(small_world(), decode(twice, "off.toml"))


def test_a_scenario_of_a_world_that_is_not_there(run, tmp_path):
    file = tmp_path / "off.toml"
    file.write_text(SMALL.replace('"small"', '"2019-11"'))
    status, out, err = run("scenario", str(file))
    assert (status, out) == (1, "")
    assert err.startswith(f"splinternet: {file}:2: world: unknown world '2019-11'")
