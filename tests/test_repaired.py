"""What comes of a world whose sources were repaired says so, whatever is asked."""

import pytest

from commands import ERROR, save, small_world
from splinternet.brief.words import repair_line
from splinternet.world.build import build_world
from splinternet.world.world import World

REPAIRED = {"contradicts an earlier line": 1, "closes a cycle of providers": 8}
LINE = (
    "World small was repaired when it was imported, as its sources contradict themselves; left out "
    "(1 link: contradicts an earlier line; 8 links: closes a cycle of providers); its manifest "
    "names them."
)

COMMANDS = [
    "depend RU",
    "transit",
    "routes 10",
    "measure dependence RU",
    "atlas --measure dependence --countries RU",
    "what-if SCENARIO --country RU",
    "scenario SCENARIO",
    "brief RU",
]


@pytest.fixture
def world(tmp_path) -> str:
    return str(save(small_world(repaired=REPAIRED), tmp_path / "small"))


@pytest.fixture
def scenario(tmp_path) -> str:
    file = tmp_path / "loss.toml"
    file.write_text(
        'name = "Loss"\nworld = "small"\n[[shocks]]\nkind = "remove"\nnetworks = "AS2"\n'
    )
    return str(file)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_answer_says_so(run, world, scenario, command):
    words = [scenario if word == "SCENARIO" else word for word in command.split()]
    status, out, err = run("--world", world, *words)
    assert status == 0, err
    assert LINE in " ".join((out + err).split())


def test_history_says_it_of_each_world(run, world, tmp_path):
    other = str(save(small_world(name="later", date="2020-12-01"), tmp_path / "later"))
    status, out, err = run("history", "RU", "--worlds", world, other)
    assert status == 0, err
    assert LINE in out + err
    assert "World later was repaired" not in out + err


def test_others_do_not(run, tmp_path):
    folder = save(small_world(), tmp_path / "whole")
    status, out, err = run("--world", str(folder), "depend", "RU")
    assert status == 0
    assert "repaired" not in out + err
    assert repair_line(small_world(kind="digest", error=ERROR).manifest) == ""


def test_an_import_keeps_what_it_repaired(tmp_path):
    links = tmp_path / "links.txt"
    links.write_text("1|2|-1\n2|3|-1\n3|1|-1\n3|4|-1\n4|3|0\n")
    made, report = build_world("2019-12-01", [links], repair=True)
    opened = World.open(save(made, tmp_path / "world"))
    assert opened.manifest.repaired == {
        "contradicts an earlier line": 1,
        "closes a cycle of providers": 1,
    }
    assert opened.manifest.notes == report.notes
    assert "AS1 > AS2 (1 and 1)" in report.notes[-1]
