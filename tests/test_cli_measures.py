"""The commands that measure, on a small world: ``measure``, ``atlas`` and ``history``."""

import gzip
import io
import json
import os
import struct
import threading
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace
from polars.testing import assert_frame_equal

from commands import ERROR, save, small_world
from splinternet.base.choices import CHOICES, DEFINITIONS
from splinternet.base.countries import country_name
from splinternet.base.shares import rounded
from splinternet.base.texts import phrase
from splinternet.brief.words import digest_line
from splinternet.measures.atlas import atlas, atlas_manifest
from splinternet.measures.bootstrap import ErrorRates, bootstrap
from splinternet.measures.catalogue import find_measure, list_measures
from splinternet.measures.catalogue import measure as one_measure
from splinternet.measures.dependence import depend
from splinternet.measures.history import history
from splinternet.scenario.apply import apply
from splinternet.scenario.cases import find_scenario
from splinternet.scenario.language import read_scenario
from splinternet.world import catalogue
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

WORLD = small_world()
ALL = list_measures()

NOTE = "World small, the Internet of 1 December 2019; "


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch) -> Path:
    """An empty data folder, and no shipped worlds."""
    monkeypatch.setenv("SPLINTERNET_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(catalogue, "SHIPPED", tmp_path / "shipped")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> str:
    return str(save(WORLD, tmp_path_factory.mktemp("worlds") / "small"))


@pytest.fixture
def table(run, world):
    """Run a command line that must succeed, as csv; give its table."""

    def table(*words: str) -> pl.DataFrame:
        status, out, err = run("--world", world, *words, "-f", "csv")
        assert status == 0, err
        return pl.read_csv(io.StringIO(out))

    return table


@pytest.fixture
def failed(run, world):
    """Run a command line that must fail; give its exit status and its one line."""

    def failed(*words: str) -> tuple[int, str]:
        status, out, err = run("--world", world, *words)
        assert (out, err.count("\n")) == ("", 1)
        return status, err.removeprefix("splinternet: ").removesuffix("\n")

    return failed


def same(found: pl.DataFrame, frame: pl.DataFrame) -> bool:
    return found.equals(pl.read_csv(io.StringIO(frame.write_csv())))


# measure


@pytest.mark.parametrize("words", [(), ("--limit", "0")])
def test_without_a_measure_all_are_listed(run, world, words):
    status, out, err = run("--world", world, "measure", *words)
    assert (status, err) == (0, "")
    for measure in ALL.values():
        assert f"{measure.name} " in out
        assert measure.question in out
        assert measure.source in out


def test_the_list_needs_no_world(run):
    status, out, _ = run("--world", "nowhere", "measure", "-f", "json")
    assert status == 0
    assert {row["measure"]: row["question"] for row in json.loads(out)} == {
        measure.name: measure.question for measure in ALL.values()
    }


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
def test_every_measure(run, world, table, measure):
    expected = measure.table(WORLD, "RU")
    assert same(table("measure", measure.name, "Russia"), expected)
    status, out, err = run("--world", world, "measure", measure.name, "RU")
    assert (status, err) == (0, "")
    heading, *notes = out[: out.index("\n\n")].splitlines()
    assert heading == f"Russia: {measure.question}"
    assert notes[0].startswith(NOTE)
    assert ("links trusted;" in notes[0]) == ("links" in measure.takes.names)
    assert "; observed " not in notes[0]  # this world has no observed routes to follow
    for name in CHOICES.keys() - {"observed"}:
        words = f"; {name.replace('_', '-')} {measure.options.get(name)};"
        assert (words in notes[0]) == (measure.options.get(name) is not None)
    assert notes[0].endswith(f"; definitions {DEFINITIONS}.")
    assert notes[-1] == f"Source: {measure.source}."
    for name in set(expected.columns) - {
        "doubt",
        "recursive_doubted",
    }:  # there is none here, and no room for that
        assert name in out
    assert "doubt" not in out[out.index("\n\n") :]


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
def test_data_have_their_notes_beside_them(run, world, measure):
    _, _, table_notes = run("--world", world, "measure", measure.name, "RU", "-f", "csv")
    status, out, err = run("--world", world, "measure", measure.name, "RU", "-f", "json")
    assert status == 0
    assert json.loads(out) == json.loads(measure.table(WORLD, "RU").write_json())
    assert err == table_notes
    assert err.startswith(NOTE)
    assert err.endswith(f"Source: {measure.source}.\n")


def test_parquet(run, world, tmp_path):
    file = tmp_path / "x.parquet"
    assert run("--world", world, "measure", "states", "RU", "-o", str(file))[:2] == (0, "")
    assert pl.read_parquet(file).equals(ALL["states"].table(WORLD, "RU"))


def test_options_reach_the_measure(table):
    rules = {"weights": "networks", "prefer": "gao-rexford", "tie_break": "lowest-asn"}
    words = [
        word for name, value in rules.items() for word in (f"--{name.replace('_', '-')}", value)
    ]
    found = table("measure", "dependence", "RU", *words, "--direction", "outbound")
    assert same(found, ALL["dependence"].table(WORLD, "RU", direction="outbound", **rules))
    found = table("measure", "hegemony", "RU", "--at-least", "0.5", "--vantages", "all")
    assert same(found, ALL["hegemony"].table(WORLD, "RU", at_least=0.5, vantages="all"))


def test_of_a_network(run, world, table):
    assert same(table("measure", "hegemony", "as11"), ALL["hegemony"].table(WORLD, "AS11"))
    _, out, _ = run("--world", world, "measure", "hegemony", "as11")
    assert out.startswith("as11: Through which networks")


def test_blocs(run, world, table):
    blocs = {"west": ["US", "DE"], "north": ["Finland"]}
    words = ("measure", "states", "RU", "--bloc", "west=US, Germany", "--bloc", "north=Finland")
    assert same(table(*words), ALL["states"].table(WORLD, "RU", blocs=blocs))
    assert "; blocs west (US Germany), north (Finland);" in run("--world", world, *words)[1]


def test_observers(table):
    found = table("measure", "exposure", "RU", "--observer", "Germany", "--observer", "AS2")
    assert same(found, ALL["exposure"].table(WORLD, "RU", observers=["DE", 2]))
    assert found["observer"].unique().to_list() == ["DE and AS2"]


def test_core(run, world, table):
    found = table("measure", "reliability", "RU", "--clique", "1,AS2")
    assert same(found, ALL["reliability"].table(WORLD, "RU", clique=[1, 2]))
    assert (
        "; clique 1, 2;" in run("--world", world, "measure", "reliability", "RU", "--clique=1,2")[1]
    )


def mrt(peers: list[int]) -> bytes:
    """Write the start of a routing table (RFC 6396): its table of peers."""
    table = struct.pack(">IH", 1, 4) + b"view" + struct.pack(">H", len(peers))
    for number, asn in enumerate(peers):
        address, form = (b"\0" * 16, 1) if number % 2 else (b"\0" * 4, 0)
        wide = asn > 65535 or number % 3 == 0
        asn_bytes = struct.pack(">I" if wide else ">H", asn)
        table += bytes([form | 2 * wide]) + b"\0\0\0\1" + address + asn_bytes
    return struct.pack(">IHHI", 0, 13, 1, len(table)) + table + b"the routes"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("peers.txt", b"# who feeds\nAS1\n2  # peer\n\n22\n"),
        ("peers", b"1\n2\n22"),
        ("rib.mrt", mrt([22, 1, 2])),
        ("rib.gz", gzip.compress(mrt([1, 2, 22, 22]), mtime=0)),
    ],
)
def test_vantages_of_a_file(table, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    found = table("measure", "hegemony", "RU", "--vantages", str(tmp_path / name))
    assert same(found, ALL["hegemony"].table(WORLD, "RU", vantages=[1, 2, 22]))


def test_vantages_of_a_list(run, world, table):
    words = ("measure", "cti", "RU", "--vantages", "1, as2,22")
    assert same(table(*words), ALL["cti"].table(WORLD, "RU", vantages=[1, 2, 22]))
    assert "; vantages 1, 2, 22;" in run("--world", world, *words)[1]
    _, out, _ = run("--world", world, "measure", "cti", "RU", "--vantages", "1,2,20,21,22,30")
    assert "; vantages 6 given;" in out


def test_intervals(run, world, table):
    words = (
        *("measure", "dependence", "RU", "--bootstrap", "6", "--seed", "3"),
        *("--rates", "0.3,0.7,0.6,0.5,0.1", "--weights", "networks"),
    )
    expected = bootstrap(
        WORLD, ALL["dependence"], "RU", 6,
        rates=ErrorRates(0.3, 0.7, 0.6, 0.5, 0.1), seed=3, weights="networks",
    )  # fmt: skip
    assert same(table(*words), expected)
    _, out, _ = run("--world", world, *words)
    assert (
        "Intervals: 95 % of 6 worlds with 30% of transit links missed, all links seen of 70% "
        "of large networks, 60% of small ones and 50% of stubs, 10% of transit links of the "
        "other kind; seed 3."
    ) in out.splitlines()
    top = expected.row(0, named=True)
    first = next(line for line in out.splitlines() if line.startswith(f"AS{top['asn']} "))
    assert first.split()[-3:] == [
        rounded(top[name]) for name in ("share", "share_low", "share_high")
    ]


@pytest.mark.parametrize("measure", ALL.values(), ids=ALL)
def test_every_measure_has_intervals(table, measure):
    found = table("measure", measure.name, "RU", "--bootstrap", "2")
    assert same(found, bootstrap(WORLD, measure, "RU", 2))


def bgp_and_more() -> World:
    links = WORLD.links.with_columns(
        evidence=pl.when(pl.col("a") == 2).then(pl.lit("mlp")).otherwise(pl.lit("bgp,ark"))
    )
    return World(WORLD.manifest, WORLD.networks, links)


def test_links_that_bgp_shows(run, tmp_path):
    made = bgp_and_more()
    words = ("--world", str(save(made, tmp_path / "more")), "measure", "dependence", "RU")
    status, out, err = run(*words, "--links", "bgp", "-f", "csv")
    assert (status, err.splitlines()[0].count("; links bgp;") == 1) == (0, True)
    expected = ALL["dependence"].table(by_evidence(made, "bgp"), "RU")
    assert same(pl.read_csv(io.StringIO(out)), expected)
    assert not expected.equals(ALL["dependence"].table(made, "RU"))


def test_links_that_a_scenario_adds_stay(run, tmp_path):
    """Nothing shows them yet; that is no reason to leave them out."""
    save(bgp_and_more(), tmp_path / "more")
    scenario = tmp_path / "tie.toml"
    scenario.write_text(
        'name = "Tie"\nworld = "small"\n\n[[shocks]]\nkind = "add"\n'
        'between = ["AS30", "AS40"]\nrelation = "provider"\n'
    )
    status, out, err = run(
        *("--world", str(tmp_path / "more"), "--scenario", str(scenario), "measure"),
        *("dependence", "KP", "--weights", "networks", "--links", "bgp", "-f", "json"),
    )
    assert status == 0, err
    assert json.loads(out)[0]["asn"] == 30


def test_options_of_measures_in_commands_of_several(table, world):
    own = ("--measure", "cut", "--share", "0.5", "--clique", "1")
    found = table("atlas", "--countries", "RU", *own)
    expected = atlas(WORLD, "cut", "RU", share=0.5, clique=[1])
    assert same(found, expected)
    assert table("history", "RU", world, *own)["node_cut"].to_list() == found["node_cut"].to_list()


def test_a_digest_says_so(run, tmp_path):
    digest = str(save(small_world(kind="digest", error=ERROR), tmp_path / "digest"))
    _, out, _ = run("--world", digest, "measure", "states", "RU")
    assert "World small is a digest" in out


def test_a_ledger_that_makes_no_difference_is_said(run, world):
    words = ("--world", world, "depend", "RU", "-f", "csv")
    status, out, err = run(*words, "--ledger", "technology-ties")
    assert (status, out) == run(*words)[:2]
    assert err.startswith("--ledger makes no difference here without --scenario.\n")


def test_a_useless_choice_names_who_has_use_for_it(failed):
    _, line = failed("measure", "hegemony", "RU", "--observer", "US")
    assert line.endswith(
        "--paths; it makes a difference to exposure; 'splinternet depend' takes it"
    )
    _, line = failed("measure", "grp", "RU", "--parties", "all")
    assert "'grp' has no use for --parties; it takes --prefer, --tie-break, " in line
    assert "'splinternet depend'" not in line


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["measure", "state", "RU"], "unknown measure 'state'; did you mean states? (there are "),
        (["measure", "states"], "Missing argument 'COUNTRY'"),
        (["measure", "states", "Rusiia"], "unknown country 'Rusiia'; did you mean Russia"),
        (["measure", "states", "AS12"], "unknown country 'AS12'"),
        (
            ["measure", "states", "RU", "--at-least", "0.5"],
            "No such option: --at-least",
        ),
        (
            ["measure", "hegemony", "RU", "--observer", "US"],
            "'hegemony' has no use for --observer; it takes --prefer, --tie-break, --links",
        ),
        (
            ["measure", "reliability", "RU", "--tie-break", "split"],
            "'reliability' has no use for --tie-break; it takes --links, --observed, --where",
        ),
        (["measure", "cti", "RU", "--bloc", "a=US"], "No such option: --bloc"),
        (["measure", "cti", "RU", "--share", "0.9"], "No such option: --share"),
        (["measure", "states", "RU", "--bloc", "US,DE"], "'US,DE' names no bloc; write it as"),
        (["measure", "states", "RU", "--bloc", "=US"], "'=US' names no bloc"),
        (["measure", "states", "RU", "--bloc", "west="], "'west=' names no bloc"),
        (["measure", "states", "RU", "--bloc", "west=UX"], "unknown country 'UX'"),
        (
            ["measure", "states", "RU", "--bloc", "a=US", "--bloc", "a=DE"],
            "bloc 'a' is given twice; list all its states once",
        ),
        (
            ["measure", "states", "RU", "--bloc", "a=US", "--bloc", "b=US"],
            "US is in two blocs, a and b; choose one",
        ),
        (["measure", "exposure", "RU", "--observer", "AS0"], "'AS0' is no AS number"),
        (["measure", "exposure", "RU", "--observer", "64500"], "observer AS64500 has no network"),
        (["measure", "exposure", "RU", "--observer", "BR"], "observer BR has no network in world"),
        (["measure", "exposure", "RU", "--observer", "Rusiia"], "unknown country 'Rusiia'"),
        (["measure", "reliability", "RU", "--clique", "1,x"], "'x' is no AS number"),
        (["measure", "reliability", "RU", "--clique", "64500"], "AS64500 is not in this world"),
        (["measure", "cti", "RU", "--vantages", "1,0"], "'0' is no AS number"),
        (["measure", "cti", "RU", "--vantages", "64500"], "no vantage is left outside"),
        (["measure", "cti", "RU", "--vantages", "10"], "no vantage is left outside"),
        (
            ["measure", "cti", "RU", "--vantages", "carrier"],
            "unknown set of vantages 'carrier'; di",
        ),
        (["measure", "cti", "RU", "--at-least", "0"], "the smallest value to list is above 0"),
        (["measure", "cti", "RU", "--at-least", "nan"], "the smallest value to list is above 0"),
        (
            ["measure", "cti", "RU", "--at-least", "x"],
            "--at-least: 'x' is no smallest value; give one as 0.01",
        ),
        (["atlas", "--share", "half"], "--share: 'half' is no share; give one as SHARE"),
        (["measure", "cti", "RU", "--links", "mlp"], "Invalid value for '--links': 'mlp' is not"),
        (
            ["measure", "cti", "RU", "--tie-break", "fair"],
            "Invalid value for '--tie-break': 'fair' is not",
        ),
        (["measure", "cti", "RU", "--bootstrap", "1"], "an interval takes two replicates or more"),
        (["measure", "cti", "RU", "--bootstrap", "-1"], "Invalid value for '--bootstrap': "),
        (["measure", "cti", "RU", "--seed", "-1"], "Invalid value for '--seed': "),
        (
            ["measure", "cti", "RU", "--seed", "3"],
            "--seed tells how to draw for --bootstrap N; give that too",
        ),
        (["depend", "RU", "--ties", "split"], "--ties is now --tie-break; see"),
        (
            ["brief", "RU", "--direction", "inbound"],
            "'brief' has no --direction: it shows both directions side by side; see",
        ),
        (["dependents", "AS10", "--bootstrap", "9"], "'dependents' has no --bootstrap: it would"),
        (["protect", "RU", "--observed", "pins"], "'protect' has no --observed: routes that cont"),
        (["depend", "RU", "--ledger", "nowhere"], "unknown ledger 'nowhere'"),
        (["measure", "cti", "RU", "--ledger", "nowhere"], "unknown ledger 'nowhere'"),
        (["history", "RU", "--ledger", "nowhere"], "unknown ledger 'nowhere'"),
        (["brief", "RU", "--ledger", "nowhere"], "unknown ledger 'nowhere'"),
        (
            ["measure", "cti", "RU", "--rates", "0,0,0,0,0"],
            "--rates tells how to draw for --bootst",
        ),
        (
            ["measure", "cti", "RU", "--bootstrap", "2", "--rates", "0.1,a"],
            "'0.1,a' are no five rates; give the part of transit links missed, of large, small",
        ),
        (
            ["measure", "cti", "RU", "--bootstrap", "2", "--rates", "1,1,1,1,0,0"],
            "'1,1,1,1,0,0' are",
        ),
        (
            ["measure", "cti", "RU", "--bootstrap", "2", "--rates", "2,0,0,0,0"],
            "the rate missed_transit is 2.0; a rate is from 0 to 1",
        ),
        (["atlas", "--measure", "nope"], "unknown measure 'nope'; there are "),
        (["atlas", "--countries", "RU,Rusiia"], "unknown country 'Rusiia'; did you mean Russia"),
        (["atlas", "RU"], "Got unexpected extra argument"),
        (["history", "RU", "--worlds", "2001"], "unknown world '2001'"),
    ],
)
def test_bad_values(failed, words, says):
    status, line = failed(*words)
    assert line.startswith(says)
    assert status == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["measure", "cti", "FI"], "world small does not know the addresses of these networks"),
        (["measure", "cti", "BR"], "world small has no network in Brazil (BR)"),
        (["measure", "continuity", "DE"], "Germany has one network with addresses in world small"),
        (["measure", "cti", "RU", "--links", "bgp"], "small is a world that does not say what sh"),
        (["atlas", "--links", "bgp"], "small is a world that does not say what shows its links"),
    ],
)
def test_a_world_that_lacks_what_is_asked(failed, words, says):
    status, line = failed(*words)
    assert (status, line[: len(says)]) == (1, says)


@pytest.mark.parametrize("content", [b"", b"# nobody\n", mrt([1, 2])[:30], b"\0\0", b"RU\n"])
def test_vantages_of_a_file_that_is_none(failed, tmp_path, content):
    (tmp_path / "peers").write_bytes(content)
    status, line = failed("measure", "cti", "RU", "--vantages", str(tmp_path / "peers"))
    assert status == 1
    assert line.startswith(f"{tmp_path / 'peers'}:")


# atlas


def test_atlas(table):
    assert same(table("atlas"), atlas(WORLD))


def test_atlas_of_some(run, world, table):
    words = (
        *("atlas", "--measure", "cti", "--measure", "states", "--countries", "Russia, de"),
        *("--weights", "networks", "--tie-break", "lowest-asn", "--prefer", "gao-rexford"),
    )
    settings = {"weights": "networks", "tie_break": "lowest-asn", "prefer": "gao-rexford"}
    assert same(table(*words), atlas(WORLD, ["cti", "states"], ["RU", "DE"], **settings))
    _, out, _ = run("--world", world, *words)
    assert out.splitlines()[:4] == [
        "Nations by measures",
        f"{NOTE}prefer gao-rexford; tie-break lowest-asn; links trusted; weights networks; "
        f"definitions {DEFINITIONS}.",
        "Levels are computed on this world: no figures of it are shipped.",
        "'splinternet measure' lists the measures with their sources.",
    ]
    assert country_name("DE") in out


@pytest.mark.parametrize(
    ("suffix", "read"),
    [("csv", pl.read_csv), ("json", pl.read_json), ("parquet", pl.read_parquet)],
)
def test_atlas_to_a_file(run, world, tmp_path, suffix, read):
    file = tmp_path / f"atlas.{suffix}"
    assert run("--world", world, "atlas", "--countries", "RU,DE", "-o", str(file))[:2] == (0, "")
    expected = atlas(WORLD, countries=["RU", "DE"])
    found = read(file)
    # Polars does not keep the order of the many fields of a JSON object.
    assert set(found.columns) == set(expected.columns)
    assert found.select(pl.col("dependence", "state")).equals(
        expected.select("dependence", "state")
    )
    assert sorted(path.name for path in tmp_path.glob("atlas*")) == [
        file.name,
        f"{file.name}.manifest.json",
    ]
    said = json.loads((tmp_path / f"{file.name}.manifest.json").read_text())
    assert said["columns"] == atlas_manifest(WORLD)["columns"]
    assert said["settings"] == {
        "weights": "addresses",
        "prefer": "shortest",
        "tie_break": "split",
        "links": "trusted",
        "observed": "pins",
        "definitions": DEFINITIONS,
    }
    assert said["world"]["name"] == "small"


def test_atlas_kept_in_a_folder_stays(run, world, tmp_path):
    words = ("--world", world, "atlas", "--measure", "states", "--keep", str(tmp_path / "kept"))
    assert run(*words)[0] == 0
    kept = sorted(path.stem for path in (tmp_path / "kept").iterdir())
    assert kept == sorted([*WORLD.networks["country"].drop_nulls().unique(), "atlas"])
    assert run(*words, "-o", str(tmp_path / "a.csv"))[0] == 0
    assert sorted(path.stem for path in (tmp_path / "kept").iterdir()) == kept
    assert (tmp_path / "a.csv.manifest.json").exists()


def test_full_tables_of_an_atlas(run, world, tmp_path):
    words = ("atlas", "--measure", "states", "--countries", "RU", "--rows", str(tmp_path / "full"))
    assert run("--world", world, *words, "-o", str(tmp_path / "nations.csv"))[0] == 0
    found = pl.read_csv(tmp_path / "full" / "states.csv")
    of_one = find_measure("states").table(WORLD, "RU").filter(pl.col("share") >= 0.01)
    assert found["nation"].unique().to_list() == ["RU"]
    assert found["country"].to_list() == of_one["country"].to_list()
    assert found["share"].to_list() == pytest.approx(of_one["share"].to_list())


def test_atlas_beside_the_parts_of_another(failed, run, world, tmp_path):
    file = tmp_path / "a.csv"
    atlas(WORLD, ["states"], ["RU"], folder=tmp_path / "a.csv.parts")
    status, line = failed("atlas", "--measure", "cti", "-o", str(file))
    assert status == 2
    assert line.startswith(f"{file}.parts: holds an atlas of another world, settings or version")
    assert run("--world", world, "atlas", "--measure", "states", "-o", str(file))[0] == 0


def test_atlas_that_cannot_be_written(failed, tmp_path):
    status, line = failed("atlas", "-o", str(tmp_path))
    assert (status, line) == (2, f"{tmp_path}: is a folder; name a file")
    (tmp_path / "file").write_text("")
    status, line = failed("atlas", "-o", str(tmp_path / "file" / "a.csv"))
    assert status == 1
    assert line.startswith(f"{tmp_path / 'file' / 'a.csv'}.parts: cannot be made")


def test_atlas_into_a_pipe_leaves_nothing_beside_it(run, world, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    words = ("atlas", "--measure", "states", "-f", "csv", "-o", str(pipe))
    assert run("--world", world, *words)[0] == 0
    reader.join()
    assert got == [atlas(WORLD, ["states"]).write_csv().encode()]
    assert [path.name for path in tmp_path.glob("pipe*")] == ["pipe"]


def test_atlas_on_a_terminal_leaves_nothing(run, world, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert run("--world", world, "atlas", "--measure", "states")[0] == 0
    assert sorted(tmp_path.iterdir()) == before


# history


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> Path:
    """A folder of worlds; the third is in the middle of being saved."""
    folder = tmp_path_factory.mktemp("years")
    for date, place in (("2002-01-01", "b"), ("2001-01-01", "c"), ("2003-01-01", ".d.part-1")):
        save(dated(date), folder / place)
    return folder


def dated(date: str, evidence: str = "bgp") -> World:
    world = small_world(date=date, name=date[:4])
    links = world.links.with_columns(evidence=pl.lit(evidence))
    return World(world.manifest, world.networks, links)


def of_years(*dates: str, **options: str) -> pl.DataFrame:
    return history([dated(date) for date in dates], [ALL["dependence"]], "RU", **options)


def test_history_of_a_folder_of_worlds(table, years):
    found = table("history", "Russia", "--worlds", str(years))
    assert same(found, of_years("2001-01-01", "2002-01-01"))


def test_history_of_worlds_by_name_and_by_folder(table, years, data):
    save(dated("2004-01-01"), data / "worlds" / "2004")
    words = ("--worlds", "2004", "--worlds", str(years / "b"))
    assert same(table("history", "RU", *words), of_years("2002-01-01", "2004-01-01"))


def test_history_says_what_and_how(run, years):
    words = ("--measure", "states", "--measure", "reliability", "--tie-break", "lowest-asn")
    status, out, _ = run("history", "ru", "--worlds", str(years), *words)
    assert status == 0
    assert out.splitlines()[:4] == [
        "Russia over time",
        "Computed with prefer shortest; tie-break lowest-asn; links trusted; weights addresses; "
        f"definitions {DEFINITIONS}.",
        f"Source: {ALL['states'].source}.",
        f"Source: {ALL['reliability'].source}.",
    ]
    assert "state_unavoidable" in out


def test_history_by_other_choices_is_of_the_worlds_that_are_shipped(table, failed, tmp_path):
    says = "no worlds are shipped that could tell this; name some with --worlds"
    assert says in failed("history", "RU", "--through", "US")[1]
    for year in ("2001", "2003"):
        save(dated(f"{year}-01-01"), tmp_path / "shipped" / year)
    save(dated("2002-01-01"), tmp_path / "data" / "worlds" / "2002")  # one's own is not among them
    options = ("--through US", "--observer US", "--by state", "--vantages all", "--bootstrap 2")
    for words in options:
        found = table("history", "RU", *words.split())
        assert found["date"].to_list() == ["2001-01-01", "2003-01-01"]


def test_history_says_how_far_a_digest_is_to_be_trusted(run, tmp_path):
    file = tmp_path / "cut.toml"
    file.write_text(
        'name = "Cut"\nworld = "2019-12"\n[[shocks]]\nkind = "remove"\nnetworks = "AS20"\n'
    )
    made = small_world(kind="digest", error=ERROR, name="2019-12")
    folder = str(save(made, tmp_path / "digest"))
    status, out, err = run("--scenario", str(file), "history", "RU", folder)
    assert status == 0, err
    after = phrase("words.world.after_digest", scenarios="'Cut'")
    assert f"\n{after}\n" in out
    assert f"\n{digest_line(made.manifest)}\n" in out


def test_history_by_other_rules(table, years):
    rules = {"weights": "networks", "prefer": "gao-rexford", "tie_break": "lowest-asn"}
    words = [
        word for name, value in rules.items() for word in (f"--{name.replace('_', '-')}", value)
    ]
    found = table("history", "RU", "--worlds", str(years), *words)
    assert same(found, of_years("2001-01-01", "2002-01-01", **rules))


def test_history_refuses_other_evidence(failed, table, years, tmp_path):
    save(dated("2005-01-01", "bgp,mlp"), tmp_path / "later")
    words = ("history", "RU", "--worlds", str(years), "--worlds", str(tmp_path / "later"))
    status, line = failed(*words)
    assert (status, line) == (
        2,
        "not comparable: evidence of links: 2001 has bgp, 2005 has bgp, mlp; --links bgp leaves "
        "what BGP shows; --mixed compares all the same",
    )
    assert table(*words, "--mixed")["evidence"].to_list() == ["bgp", "bgp", "bgp, mlp"]
    assert table(*words, "--links", "bgp")["evidence"].to_list() == ["bgp"] * 3


def test_history_refuses_a_digest_beside_full_worlds(failed, years, tmp_path):
    save(small_world(kind="digest", error=ERROR, date="2005-01-01"), tmp_path / "digest")
    words = ("history", "RU", "--worlds", str(years), "--worlds", str(tmp_path / "digest"))
    status, line = failed(*words)
    assert status == 2
    assert "2001 has every network, small has the groups of a digest; --mixed" in line
    status, line = failed(*words, "--links", "bgp")
    assert line.startswith("small is a digest, which does not say what shows its links")


def test_history_after_a_scenario(table, years):
    found = table("--scenario", "russia-isolates-itself", "history", "RU", "--worlds", str(years))
    read = read_scenario(find_scenario("russia-isolates-itself"))
    worlds = [dated(f"{year}-01-01") for year in (2001, 2002)]
    worlds = [apply(each, replace(read, world=each.manifest.name)) for each in worlds]
    assert same(found, history(worlds, "dependence", "RU"))


def test_history_of_what_a_state_could_observe(table, years):
    found = table("history", "RU", "--observer", "US", "--worlds", str(years))
    assert found["exposed_to"].to_list() == ["US", "US"]
    worlds = [dated(f"{year}-01-01") for year in (2001, 2002)]
    assert same(found, history(worlds, "exposure", "RU", observers="US"))


def test_history_of_a_nation_that_is_not_there(run, years):
    status, out, _ = run("history", "BR", "--worlds", str(years), "-f", "json")
    assert status == 0
    assert [row["dependence"] for row in json.loads(out)] == [None, None]
    assert "world 2001 has no network in Brazil" in out


def test_history_of_a_folder_without_worlds(failed, tmp_path):
    (tmp_path / "empty").mkdir()
    status, line = failed("history", "RU", "--worlds", str(tmp_path / "empty"))
    assert status == 2
    assert "no world here" in line


def test_history_of_an_unknown_measure(failed, years):
    status, line = failed(
        "history", "RU", "--worlds", str(years), "--measure", find_measure.__name__
    )
    assert (status, line[:17]) == (2, "unknown measure '")


def test_an_observer_may_be_asked_about_by_the_measure_as_by_depend(table):
    assert_frame_equal(
        table("measure", "dependence", "RU", "--observer", "US"),
        table("depend", "RU", "--observer", "US"),
    )
    assert_frame_equal(
        one_measure(WORLD, "dependence", "RU", observers="US"), depend(WORLD, "RU", observers="US")
    )
    drawn = bootstrap(WORLD, "dependence", "RU", 2, observers="US")
    assert drawn.columns[:4] == ["observer", "share", "share_low", "share_high"]


def test_dependents_take_vantages_and_sweeps_links(run, world, table, tmp_path):
    every = table("dependents", "AS1")
    some = run("--world", world, "dependents", "AS1", "--vantages", "2,77", "-f", "csv")
    assert some[0] == 0
    assert pl.read_csv(io.StringIO(some[1])).to_dicts() != every.to_dicts()
    assert "1 of 2 vantages left out" in some[2]
    sweep = ("--each", "country")
    assert_frame_equal(
        table("sweep", str(tmp_path / "all"), *sweep, "--links", "all"),
        table("sweep", str(tmp_path / "usual"), *sweep),
    )
    refused = run("--world", world, "sweep", str(tmp_path / "bgp"), *sweep, "--links", "bgp")
    assert refused[0] == 1
    assert "does not say what shows its links" in refused[2]
