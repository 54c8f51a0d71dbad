"""What each command does, on a small world."""

import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from commands import ERROR, save, small_world
from formats import SAMPLES
from splinternet.base.shares import rounded_number
from splinternet.measures.dependence import depend
from splinternet.routing.routes import path, routes, summary
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import transit
from splinternet.world import catalogue
from splinternet.world.fetch import Fetched, FetchedFile, Received
from splinternet.world.rib.collectors import Collector
from splinternet.world.world import World
from test_rib import PEERS, attributes, peer_table, rib_record

WORLD = small_world()


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
        status, out, _ = run("--world", world, *words, "-f", "csv")
        assert status == 0
        return pl.read_csv(io.StringIO(out))

    return table


def same(found: pl.DataFrame, frame: pl.DataFrame) -> bool:
    return found.equals(pl.read_csv(io.StringIO(frame.write_csv())))


# routes, path, transit


def test_routes(table):
    found = table("routes", "20", "AS11")
    assert found.columns == ["origin", "asn", "class", "length", "next_hop"]
    assert same(found, routes(WORLD, [20, 11]))


def test_routes_of_some_networks(table):
    found = table("routes", "20", "--network", "AS11", "--network", "12")
    assert same(found, routes(WORLD, [20], [11, 12]))


def test_routes_by_other_rules(table):
    found = table("routes", "20", "--prefer", "customer-first", "--tie-break", "split")
    assert same(found, routes(WORLD, [20], prefer="customer-first", tie_break="split"))


def test_summary(run, world):
    counted = vars(summary(WORLD))
    status, out, err = run("--world", world, "routes", "--all", "--summary", "-f", "json")
    assert status == 0
    assert json.loads(out) == counted
    assert "prefer shortest; links trusted;" in err
    _, out, _ = run("--world", world, "routes", "--all", "--summary", "-f", "csv")
    assert pl.read_csv(io.StringIO(out)).to_dicts() == [counted]
    _, out, _ = run("--world", world, "routes", "--all", "--summary")
    shown = dict(line.split() for line in out.splitlines()[3:])
    assert shown["unreachable"] == f"{counted['unreachable']:,}"
    assert shown["mean_length"] == rounded_number(counted["mean_length"])


def test_summary_to_a_file(run, world, tmp_path):
    file = tmp_path / "summary.json"
    status, out, _ = run("--world", world, "routes", "--all", "--summary", "-o", str(file))
    assert (status, out) == (0, "")
    assert json.loads(file.read_text()) == vars(summary(WORLD))


def test_path(table):
    found = table("path", "AS11", "20", "--tie-break", "split")
    assert found.columns == ["hop", "asn", "name", "country", "share", "doubt"]
    assert same(found, path(WORLD, 11, 20, tie_break="split"))


def test_no_path(run, world):
    status, out, _ = run("--world", world, "path", "40", "1")
    assert status == 0
    assert "There is no route from AS40 to AS1." in out.splitlines()
    status, out, err = run("--world", world, "path", "40", "1", "-f", "csv")
    assert (status, out) == (0, "hop,asn,name,country,share,doubt\n")
    assert "There is no route from AS40 to AS1." in err.splitlines()


def named(shares: pl.DataFrame) -> pl.DataFrame:
    names = WORLD.named.select("asn", "name", "country")
    joined = shares.join(names, on="asn", how="left", maintain_order="left")
    return joined.select("asn", "name", "country", "share")


def test_transit(table):
    assert same(table("transit"), named(transit(WORLD)))


def test_transit_between_some(table):
    found = table("transit", "--sources", "Russia, AS22", "--sources", "30", "--destinations", "DE")
    senders, receivers = (
        weigh(WORLD, "networks", asns) for asns in ([10, 11, 12, 22, 30], [20, 21])
    )
    assert same(found, named(transit(WORLD, senders, receivers)))


def test_transit_by_weight(table):
    found = table(
        "transit", "--weights", "addresses", "--tie-break", "lowest-asn", "--sources", "RU"
    )
    senders = weigh(WORLD, "addresses", [10, 11, 12])
    assert same(
        found, named(transit(WORLD, senders, weigh(WORLD, "addresses"), tie_break="lowest-asn"))
    )


def test_transit_says_between_whom(run, world):
    _, out, _ = run("--world", world, "transit", "--sources", "RU", "--sources", "22")
    assert out.splitlines()[0] == "Share of routes from RU, 22 that pass each network"
    _, out, _ = run("--world", world, "transit")
    assert out.splitlines()[0] == "Share of routes between all networks that pass each network"


# depend


@pytest.mark.parametrize("by", ["network", "state"])
@pytest.mark.parametrize("direction", ["inbound", "outbound"])
def test_depend(table, by, direction):
    found = table("depend", "Russia", "--by", by, "--direction", direction)
    assert same(found, depend(WORLD, "RU", by=by, direction=direction))


def test_depend_by_other_rules(table):
    rules = {"weights": "networks", "prefer": "gao-rexford", "tie_break": "lowest-asn"}
    words = [
        word for name, value in rules.items() for word in (f"--{name.replace('_', '-')}", value)
    ]
    assert same(table("depend", "RU", *words), depend(WORLD, "RU", **rules))


def test_depend_by_state_shows_what_is_unknown(run, world):
    _, out, _ = run("--world", world, "depend", "RU", "--by", "state", "--weights", "networks")
    assert "unknown" in [line.split()[0] for line in out.splitlines() if line]


# worlds


def test_no_worlds(run, data):
    status, out, _ = run("worlds")
    assert status == 0
    assert out == f"Worlds\nThose not shipped are in {data / 'worlds'}.\n\nnothing\n"


def test_worlds(run, data):
    save(small_world(name="2019-12"), data / "worlds" / "2019-12")
    _, out, _ = run("worlds", "-f", "json")
    assert [row["name"] for row in json.loads(out)] == ["2019-12"]
    _, out, _ = run("worlds")
    assert "2019-12-01" in out


# fetch


def test_fetch(run, monkeypatch, tmp_path):
    asked = []
    received = Received(
        file="a.txt", url="https://example.org/a.txt", roles=("as_rel",), sha256="", bytes=1234,
        modified=None, downloaded="", licence="", citation="",
    )  # fmt: skip
    files = (
        FetchedFile(tmp_path / "a.txt", received, new=True),
        FetchedFile(tmp_path / "b.txt", received, new=False),
    )

    def fetch_world(
        name: str, *, ribs: list[Collector], checked: object, progress: bool, force: bool
    ) -> tuple[Path, Fetched]:
        asked.append((name, [each.name for each in ribs], progress, force))
        return tmp_path / name, Fetched(name, date(2019, 12, 1), files, ("ixs", "ix-asns"))

    monkeypatch.setattr("splinternet.world.fetch.fetch_world", fetch_world)
    status, out, _ = run("fetch", "2019-12", "--ribs", "rrc00, route-views2", "--force")
    assert (status, asked) == (0, [("2019-12", ["rrc00", "route-views2"], False, True)])
    assert out.splitlines() == [
        "downloaded: a.txt (1,234 bytes, https://example.org/a.txt)",
        "was here: b.txt (1,234 bytes, https://example.org/a.txt)",
        "not published for 2019-12-01, left out: ixs",
        "not published for 2019-12-01, left out: ix-asns",
        f"World 2019-12 is in {tmp_path / '2019-12'}.",
    ]
    status, _, err = run("fetch", "2019-12", "--ribs", "rrc00,route-view2")
    assert (status, len(asked)) == (2, 1)
    assert "unknown route collector 'route-view2'; did you mean route-views2" in err


# import


@pytest.fixture
def given(tmp_path) -> dict[str, str]:
    """A file of every format, by the name of its reader."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name, text in SAMPLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: str(folder / name) for name in SAMPLES}


@pytest.mark.slow
def test_routing_tables(run, tmp_path):
    """What a table shows goes into a world, and how well the model does on it goes with it."""
    links, table, folder = tmp_path / "links", tmp_path / "rrc00.bview", tmp_path / "made"
    links.write_text("1|10|-1|bgp\n1|20|-1|bgp\n10|3|-1|bgp\n20|3|-1|bgp\n")
    told = [(0, attributes([10, 3])), (1, attributes([20, 1, 10, 3]))]
    table.write_bytes(peer_table(PEERS) + rib_record("10.0.0.0/8", told))
    lands = tmp_path / "lands.csv"
    lands.write_text("asn,country\n3,DE\n1,US\n")
    words = ["--date", "2014-05-30", "--as-rel", str(links), "--as-country", str(lands)]
    status, out, _ = run("import", *words, "--rib", str(table), "-o", str(folder))
    fit = "Of 2 observed paths the model, which was not told them, has 50% right as a whole"
    assert (status, fit in out) == (0, True)
    status, out, _ = run("--world", str(folder), "routes", "3")
    assert (status, fit in out) == (0, True)
    status, out, _ = run("--world", str(folder), "brief", "DE", "--weights", "networks", "--long")
    assert status == 0
    assert fit in " ".join(out.split())
    status, _, err = run("add-paths", str(folder), str(table), "-o", str(tmp_path / "again"))
    assert (status, "in the world already" in err) == (2, True)


def test_import(run, given, tmp_path):
    folder = tmp_path / "made"
    words = ["--as-rel", given["as_rel_serial2"], "--as-country", given["ihr_classified_as"]]
    words += ["--as-country", given["rir_delegated"], "--as-names", given["libloc"]]
    words += ["--prefixes", given["pfx2as"], "--exchanges", given["caida_ixs"]]
    words += ["--exchanges", given["caida_ix_asns"], "--name", "mine"]
    status, out, err = run("import", "--date", "2019-12-01", "-o", str(folder), *words)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == ("as-rel: as_rel_serial2 (AS relationships, serial-2): 4 lines read")
    assert any("networks" in line and "have a country" in line for line in lines)
    assert lines[-1] == f"World mine is in {folder}."
    made = World.open(folder)
    assert made.manifest.name == "mine"
    assert made.networks.filter(asn=10)["name"].item() == "FIRST"


def test_import_to_where_something_is(run, given, tmp_path):
    folder = save(small_world(), tmp_path / "made")
    words = ["import", "--date", "2019-12-01", "--as-rel", given["as_rel_serial1"], "-o"]
    status, _, err = run(*words, str(folder))
    assert status == 1
    assert err == (f"splinternet: {folder}: exists already; choose another folder or say --force\n")
    assert run(*words, str(folder), "--force")[0] == 0
    assert World.open(folder).manifest.name == "2019-12"
    kept = tmp_path / "given"
    status, _, err = run(*words, str(kept), "--force")
    assert status == 1
    assert err == f"splinternet: {kept}: is no world, so --force does not replace it\n"
    assert len(list(kept.iterdir())) == len(SAMPLES)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("10|20|0\n10|20\n", ":2: "),
        ("10|20|0\n10|100|-1\n10|200|7\n", ":3: "),
        ("10|20|-1\n10|20|0\n", ":2: '10|20|0' contradicts '10|20|-1' in line 1"),
        ("10|20|-1\n20|30|-1\n30|10|-1\n", ":1: AS10 > AS20 > AS30 > AS10 is a cycle"),
        ("hello\n", "broken"),
    ],
)
def test_import_of_what_is_wrong(run, tmp_path, text, says):
    file, folder = tmp_path / "broken", tmp_path / "made"
    file.write_text(text)
    status, out, err = run(
        "import", "--date", "2019-12-01", "--as-rel", str(file), "-o", str(folder)
    )
    assert (status, out) == (1, "")
    assert err.startswith(f"splinternet: {file}")
    assert says in err
    assert err.count("\n") == 1
    assert not folder.exists()


def test_import_repairs(run, tmp_path):
    file, folder = tmp_path / "broken", tmp_path / "made"
    file.write_text("10|20|-1\n10|20|0\n20|30|-1\n30|10|-1\n10|40|-1\n")
    words = ["import", "--date", "2019-12-01", "--as-rel", str(file), "-o", str(folder)]
    status, out, _ = run(*words, "--repair")
    assert status == 0
    assert "the first was kept: AS10-AS20" in out
    assert "as they close cycles of providers and customers: 1 (the fewest)" in out
    assert "AS20 > AS30" in out
    assert World.open(folder).links.select("a", "b").rows() == [(10, 20), (10, 40), (30, 10)]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["--date", "yesterday", "--as-rel", "{as_rel_serial1}"], 2, "'yesterday' is no date"),
        (["--date", "2019-12-01"], 2, "Missing option '--as-rel'"),
        (["--date", "2019-12-01", "--as-rel", "nowhere"], 1, "nowhere: no such file"),
        (["--date", "2019-12-01", "--as-rel", "{pfx2as}"], 1, "give it with --prefixes"),
    ],
)
def test_import_misused(run, given, tmp_path, words, status, says):
    folder = tmp_path / "made"
    ended, _, err = run("import", *(word.format(**given) for word in words), "-o", str(folder))
    assert ended == status
    assert says in err
    assert err.count("\n") == 1
    assert not folder.exists()


@pytest.mark.parametrize("words", [("worlds",), ("ties", "Huawei"), ("ledger", "check")])
def test_commands_that_ask_no_world_take_no_scenario(run, words):
    status, out, err = run("--scenario", "two-blocs", *words)
    assert (status, out) == (2, "")
    assert f"'{words[0]}' asks no world, so no scenario changes what it says" in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--world", "x", "ties", "Huawei"), "'ties' takes no world from before it"),
        (("--world", "x", "import", "--date", "2019-12-01"), "'import' takes no world from before"),
        (("--ledger", "x", "worlds"), "'worlds' reads no ledger"),
        (("--ledger", "x", "depend", "CU"), "unknown ledger 'x'"),
        (("--world", "x", "depend", "CU"), "'x'"),
        (("--scenario", "x", "depend", "CU"), "'x'"),
    ],
)
def test_options_before_a_command_are_not_passed_over(run, words, says):
    status, out, err = run(*words)
    assert status in (1, 2)
    assert out == ""
    assert says in err
    assert "Traceback" not in err


# digest


def test_digest_of_what_cannot_be_one(run, tmp_path):
    folder = save(small_world(kind="digest"), tmp_path / "digest")
    status, _, err = run("digest", str(folder), "-o", str(tmp_path / "again"))
    assert status == 2
    assert err == "splinternet: world small is a digest already; give a full world\n"
    assert not (tmp_path / "again").exists()


def test_digest(run, world, monkeypatch, tmp_path):
    def make_digest(full: World, *, progress: object) -> World:
        assert full.manifest.name == "small"
        assert progress is None
        return small_world(kind="digest", error=ERROR)

    monkeypatch.setattr("splinternet.digest.build.make_digest", make_digest)
    folder = tmp_path / "digest"
    status, out, _ = run("digest", world, "-o", str(folder))
    assert status == 0
    assert out.splitlines() == [
        "spearman: 0.9720",
        "top_agreement: 0.9500",
        "mean_absolute_error: 0.0123",
        f"World small (digest) is in {folder}.",
    ]
    assert World.open(folder).manifest.is_digest
    status, _, err = run("digest", world, "-o", str(folder))
    assert status == 1
    assert "exists already" in err
