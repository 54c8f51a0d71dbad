"""The command about hijacks: what it says, and what it refuses, in one line."""

import json

import pytest

from commands import save, small_world
from graphs import make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return str(save(small_world(), tmp_path_factory.mktemp("hijacks") / "small"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("AS1",), "name a victim, as AS9198, and who announces it, as --by AS3356"),
        (("AS1", "--by", "as1"), "AS1 is the victim, and announces its own addresses"),
        (("country:RU", "--by", "country:RU"), "announces its own addresses"),
        (("AS1", "--by", ""), "ends where a network"),
        (("AS1", "--by", "not AS1 and AS1"), "'not AS1 and AS1' matches no network"),
        (("AS1", "--by", "AS64999"), "unknown network 'AS64999'"),
        (("AS1", "--by", "AS2", "--prefix", "2001:db8::/32"), "IPv4"),
        (("AS1", "--by", "AS2", "--prefix", "10.0.0.0/8"), "no ROAs"),
        (("AS1", "--by", "AS2", "--rov", ""), "the selection is empty; leave the option out"),
        (("AS1", "--by", "AS2", "--prefer", "shortest"), "shortest"),
        (("AS1", "--by", "AS2", "--kind", "theft"), "unknown kind of hijack"),
        (("AS1", "--by", "AS2", "--victims", "2"), "--victims and --dask are for --matrix"),
        (("AS1", "--by", "AS2", "--dask", "tcp://host:1"), "--victims and --dask are for --matrix"),
        (("--matrix", "m", "--by", "AS2"), "leave VICTIM, --by and --prefix out"),
        (("--matrix", "m", "--prefix", "10.0.0.0/8"), "leave VICTIM, --by and --prefix out"),
    ],
)
def test_what_cannot_be_asked_is_one_line(run, world, tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    status, out, err = run("--world", world, "hijack", *words)
    assert (status != 0, out) == (True, "")
    assert says in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_hijack_is_a_share_of_each_nation(run, world):
    words = ("hijack", "AS10", "--by", "AS1", "-f", "json")
    status, out, _ = run("--world", world, *words)
    assert status == 0
    rows = json.loads(out)
    assert {"country", "networks", "addresses", "users", "lost"} <= rows[0].keys()
    assert all(0 <= row["networks"] <= 1 for row in rows)
    assert any(row["networks"] > 0 for row in rows)


@pytest.mark.parametrize(
    "words",
    [
        ("hijack", "AS10", "--by", "AS1"),
        ("hijack", "--matrix", "matrix"),
        ("protect", "RU", "--budget", "2"),
        ("measure", "diversion", "RU"),
        ("hijack", "AS10", "--by", "AS1", "--kind", "subprefix", "--rov", "AS12"),
    ],
)
def test_filters_of_a_scenario_are_those_of_the_question(run, world, tmp_path, monkeypatch, words):
    """Whatever is asked of the world after it, as if they were named there."""
    file = tmp_path / "filter.toml"
    shock = '[[shocks]]\nkind = "filter"\nnetworks = "AS2"\n'
    file.write_text(f'name = "filter"\nworld = "small"\n{shock}')
    asked = {"before": (), "after": ("--scenario", str(file))}
    if "--rov" not in words and words[0] != "measure":
        asked["named"] = ("--rov", "AS2")
    found = {}
    for folder, given in asked.items():
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        status, out, _ = run("--world", world, *words, *given, "-f", "json")
        assert status == 0
        found[folder] = json.loads(out)
    assert found["before"] != found["after"]
    assert found.get("named", found["after"]) == found["after"]
    monkeypatch.chdir(tmp_path / "after")
    _, out, _ = run("--world", world, *words, *asked["after"])
    assert "Networks that filter false routes in it: 1 network by rov." in " ".join(out.split())


def test_equally_good_routes_halve_what_is_taken(run, world, tmp_path):
    links = [(1, 2, "p2c"), (1, 3, "p2c"), (1, 4, "p2c")]
    country = {1: "US", 2: "CU", 3: "FR", 4: "US"}
    weights = dict.fromkeys(country, 10)
    three = save(make_world(links, country=country, ipv4_addresses=weights), tmp_path / "three")
    for tie_break, share in (("lowest-asn", 0), ("split", 0.5)):
        for words in (("AS2", "--by", "AS3"), ("--matrix", str(tmp_path / tie_break))):
            asked = ("hijack", *words, "--tie-break", tie_break, "-f", "json")
            status, out, _ = run("--world", str(three), *asked)
            rows = [row for row in json.loads(out) if row.get("victim", "CU") == "CU"]
            found = [row["addresses"] for row in rows if row.get("attacker", "FR") == "FR"]
            assert (status, found) == (0, [share])


def test_networks_are_named_and_the_model_is(run, world):
    status, out, _ = run("--world", world, "hijack", "AS10", "--by", "AS1")
    said = " ".join(out.split())
    assert status == 0
    assert "One, Inc. (AS1, United States) could deceive about Десять (AS10, Russia) in" in said
    assert "In the model, of the world: networks " in said
