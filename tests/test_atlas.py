"""All measures of all nations: the table, what it says of odd nations, stopping and resuming."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import wraps
from random import Random

import msgspec
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import few
from commands import save, small_world
from graphs import graphs, make_world, random_graph
from splinternet.base.choices import DEFINITIONS, Routing
from splinternet.base.countries import country_name
from splinternet.base.errors import InputError, MisuseError, SplinternetError
from splinternet.measures import atlas as module
from splinternet.measures.atlas import atlas, atlas_and_rows, atlas_manifest
from splinternet.measures.catalogue import find_measures
from splinternet.routing._kernels import LANES
from splinternet.routing.graph import graph_of
from splinternet.world import catalogue
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

ALL = {measure.name: measure for measure in find_measures(None)}
FIGURES = [figure for measure in ALL.values() for figure in measure.figures]

#: Germany has addresses in one of its two networks, Finland none in either, and Russia one network.
#: Cuba is an island of two networks, North Korea one of a single network.
LINKS = [
    (1, 2, "p2p"),
    (1, 10, "p2c"),
    (1, 20, "p2c"),
    (1, 21, "p2c"),
    (2, 50, "p2c"),
    (2, 51, "p2c"),
    (30, 31, "p2c"),
]
COUNTRY = {
    1: "US",
    2: "SE",
    10: "RU",
    20: "DE",
    21: "DE",
    30: "CU",
    31: "CU",
    40: "KP",
    50: "FI",
    51: "FI",
}
ADDRESSES = {1: 1000, 2: 100, 10: 10, 20: 5, 30: 5, 31: 5, 40: 7, 50: 0, 51: 0}


def odd_world() -> World:
    return make_world(LINKS, [40], country=COUNTRY, ipv4_addresses=ADDRESSES)


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return atlas(odd_world())


def of(table: pl.DataFrame, country: str) -> dict[str, object]:
    return table.row(by_predicate=pl.col("country") == country, named=True)


# The table


@pytest.mark.parametrize("world", [small_world(), odd_world()], ids=["small", "odd"])
def test_as_each_measure_by_itself(world):
    table = atlas(world)
    assert table["country"].to_list() == sorted(set(world.networks["country"].drop_nulls()))
    for row in table.iter_rows(named=True):
        here = world.networks.filter(pl.col("country") == row["country"])
        known = here["ipv4_addresses"].drop_nulls().to_list()
        assert row["name"] == country_name(row["country"])
        assert row["networks"] == here.height
        assert row["addresses"] == (sum(known) if known else None)
        for measure in ALL.values():
            alone = by_itself(world, measure, row["country"])
            assert {figure.name: row[figure.name] for figure in measure.figures} == alone


def by_itself(world, measure, country, **options):
    if "weights" in measure.options:
        options = {"weights": "addresses", **options}  # as the atlas has it by default
    try:
        table = measure.table(world, country, **options)
    except SplinternetError:
        return {figure.name: None for figure in measure.figures}
    return dict(measure.summary(table, country))


def test_settings_reach_the_measures_that_take_them():
    chosen = {"weights": "networks", "prefer": "gao-rexford", "tie_break": "lowest-asn"}
    table = atlas(small_world(), ["dependence", "continuity"], ["RU"], **chosen)
    row = of(table, "RU")
    for name, taken in (("dependence", chosen), ("continuity", {"weights": "networks"})):
        alone = by_itself(small_world(), ALL[name], "RU", **taken)
        assert {figure: row[figure] for figure in alone} == alone
    assert row["dependence"] != of(atlas(small_world(), ["dependence"], ["RU"]), "RU")["dependence"]


def test_figures_are_declared_once_and_in_the_table(table):
    names = [figure.name for figure in FIGURES]
    assert len(set(names)) == len(names)
    assert table.columns == ["country", "name", "networks", "addresses", *names, "doubt", "missing"]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_figures_have_a_type_and_a_meaning(table, figure):
    types = {"share": pl.Float64, "ASN": pl.UInt32, "country": pl.String, "text": pl.String}
    assert table.schema[figure.name] == types.get(figure.unit, pl.Float64)
    assert figure.name.isidentifier()
    assert figure.name.islower()
    assert figure.doc.endswith(".")


def test_shares_are_from_0_to_1(table):
    for figure in FIGURES:
        if figure.unit == "share":
            known = table[figure.name].drop_nulls()
            assert ((known >= 0) & (known <= 1 + 1e-9)).all()


def test_manifest():
    world = small_world()
    said = atlas_manifest(world, weights="networks")
    assert said["settings"] == {
        "definitions": DEFINITIONS,
        **vars(Routing()),
        "weights": "networks",
    }
    assert said["made_by"].startswith("splinternet ")
    shown = by_evidence(world, Routing().links)
    assert said["world"] == msgspec.to_builtins(shown.manifest)
    assert list(said["columns"]) == [figure.name for figure in FIGURES]
    for measure in ALL.values():
        for figure in measure.figures:
            assert said["columns"][figure.name] == {
                "measure": measure.name,
                "unit": figure.unit,
                "meaning": figure.doc,
                "source": measure.source,
            }
    assert json.loads(json.dumps(said))["columns"] == said["columns"]
    assert {c["measure"] for c in atlas_manifest(world, ["cti"])["columns"].values()} == {"cti"}


def test_manifest_of_a_measure_that_chooses_routes_in_its_own_way():
    world = small_world()
    for named, said in (
        ({}, "prefer gao-rexford; tie-break lowest-asn"),
        ({"tie_break": "split"}, "prefer gao-rexford"),
    ):
        columns = atlas_manifest(world, ["diversion", "states"], **named)["columns"]
        assert {c["measure"]: c.get("settings") for c in columns.values()} == {
            "diversion": said,
            "states": None,
        }


def test_of_some_nations_by_name_and_some_measures():
    table = atlas(small_world(), ["states"], ["Russia", "de", "RUS", "Brazil"])
    assert table["country"].to_list() == ["BR", "DE", "RU"]
    assert table.columns == [
        *("country", "name", "networks", "addresses"),
        *("state", "state_share", "state_unavoidable", "doubt", "missing"),
    ]


def test_tells_of_nations_done():
    told = []
    atlas(small_world(), ["states"], progress=lambda done, total: told.append((done, total)))
    assert told == [(number, 6) for number in range(1, 7)]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"measures": ["state"]}, "unknown measure 'state'; did you mean states"),
        ({"countries": ["Rusiia"]}, "unknown country 'Rusiia'; did you mean Russia"),
        ({"countries": [""]}, "unknown country ''"),
    ],
)
def test_misuse(words, message):
    with pytest.raises(MisuseError, match=message.replace("?", r"\?")):
        atlas(small_world(), **words)


# Odd nations


def test_no_network_at_all():
    row = of(atlas(odd_world(), countries=["BR"]), "BR")
    assert (row["networks"], row["addresses"]) == (0, None)
    assert all(row[figure.name] is None for figure in FIGURES)
    for name in ALL:
        assert f"{name}: world made-up has no network in Brazil (BR)" in row["missing"]


@pytest.mark.parametrize(
    ("country", "says"),
    [
        (
            "RU",
            "detours: Russia has one network with addresses in world made-up: there is no traffic",
        ),
        ("DE", "continuity: Germany has one network with addresses in world made-up: there is no"),
        ("FI", "hegemony: no network of Finland has any addresses in world made-up; weigh by"),
        ("CU", "dependence: found nothing"),
        ("CU", "exposure: no foreign state is on the way to Cuba; name observers"),
        ("KP", "states: found nothing"),
    ],
)
def test_says_why_a_figure_is_missing(table, country, says):
    row = of(table, country)
    name = says.partition(":")[0]
    assert says in row["missing"]
    assert all(row[figure.name] is None for figure in ALL[name].figures)


@pytest.mark.parametrize("country", sorted(set(COUNTRY.values())))
def test_no_measure_is_without_figures_and_reason(table, country):
    row = of(table, country)
    for measure in ALL.values():
        if all(row[figure.name] is None for figure in measure.figures):
            assert f"{measure.name}: " in row["missing"]


def test_a_nation_that_all_is_known_of_misses_nothing():
    assert of(atlas(small_world(), countries=["RU"]), "RU")["missing"] is None


def test_one_network_with_addresses_has_traffic_abroad_but_none_within(table):
    row = of(table, "DE")
    assert row["exposed_to"] == "US"
    # Of the 8 networks abroad one is American; of the others 4 reach Germany, all through it.
    assert row["exposed_inbound"] == pytest.approx(4 / 7)
    assert (row["exposed_domestic"], row["continuity"], row["detours"]) == (None, None, None)


@st.composite
def nations(draw: st.DrawFn) -> World:
    graph = draw(graphs(6, 6))
    countries = st.sampled_from(["RU", "DE", "CU", None])
    addresses = st.sampled_from([None, 0, 1, 256, 10**9])
    return make_world(
        graph.links,
        graph.asns,
        country={asn: draw(countries) for asn in graph.asns},
        ipv4_addresses={asn: draw(addresses) for asn in graph.asns},
    )


@given(nations(), st.sampled_from(["addresses", "networks", "users"]))
@few
def test_never_not_a_number(world, weights):
    table = atlas(world, countries=["RU", "DE", "CU", "BR"], weights=weights)
    for name, dtype in table.schema.items():
        if dtype.is_float():
            assert all(math.isfinite(value) for value in table[name].drop_nulls())


# Stopping and resuming


class StoppedError(Exception):
    """What a test raises in the middle of a run."""


def counted(monkeypatch) -> list[str]:
    """Note the nations that measures are computed of."""
    seen: list[str] = []

    def noting(measure):
        @wraps(measure.table)
        def table(world, country, **options):
            seen.append(country)
            return measure.table(world, country, **options)

        return replace(measure, table=table)

    monkeypatch.setattr(
        module, "find_measures", lambda names: tuple(map(noting, find_measures(names)))
    )
    return seen


def stop_after(nations: int):
    def progress(done: int, total: int) -> None:
        if done == nations:
            raise StoppedError

    return progress


def test_a_stopped_run_resumes(tmp_path, monkeypatch):
    folder = tmp_path / "parts"
    with pytest.raises(StoppedError):
        atlas(odd_world(), folder=folder, progress=stop_after(2))
    finished = {path.stem for path in folder.glob("*.json")} - {"atlas"}
    assert 2 <= len(finished) < len(set(COUNTRY.values()))
    whole = atlas(odd_world())
    seen = counted(monkeypatch)
    assert atlas(odd_world(), folder=folder).equals(whole)
    assert set(seen) == set(COUNTRY.values()) - finished


def test_the_same_to_the_byte_on_any_cores_and_when_gone_on_with(tmp_path, monkeypatch):
    """So many nations that they share routes, and so many networks that blocks are shared out."""
    graph, random = random_graph(Random(14), 20, 190), Random(15)
    codes = ["AR", "BR", "CL", "CU", "DE", "FR", "GB", "JP", "RU", "SE", "US", "ZA"]
    world = make_world(
        graph.links,
        graph.asns,
        country={asn: random.choice(codes) for asn in graph.asns},
        ipv4_addresses={asn: random.randint(1, 1 << 16) for asn in graph.asns},
    )
    assert graph_of(world).rows > LANES
    every = ["dependence", "states", "exposure", "hegemony", "cti", "crp", "grp", "diversion"]
    for name, cores, stops in ("one", 1, False), ("three", 3, False), ("gone-on", 3, True):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)))
        if stops:
            with pytest.raises(StoppedError):
                atlas_and_rows(world, every, folder=tmp_path / name, progress=stop_after(3))
        atlas_and_rows(world, every, folder=tmp_path / name)
    parts = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    assert len(parts) == len(codes) + 1
    for name in ("three", "gone-on"):
        assert {each.name: each.read_bytes() for each in (tmp_path / name).iterdir()} == parts


def test_finished_nations_are_not_computed_again(tmp_path, monkeypatch):
    first = atlas(odd_world(), folder=tmp_path / "parts")
    seen = counted(monkeypatch)
    second = atlas(odd_world(), folder=tmp_path / "parts")
    assert seen == []
    assert second.equals(first)
    assert second.schema == first.schema


def test_what_is_kept_serves_other_countries_too(tmp_path, monkeypatch):
    folder = tmp_path / "parts"
    atlas(odd_world(), ["states"], ["RU"], folder=folder)
    seen = counted(monkeypatch)
    table = atlas(odd_world(), ["states"], ["RU", "DE"], folder=folder)
    assert seen == ["DE"]
    assert table.equals(atlas(odd_world(), ["states"], ["RU", "DE"]))


def test_nothing_more_is_begun_after_a_stop(monkeypatch):
    links = [(1, 100 + number, "p2c") for number in range(40)]
    codes = sorted(set(COUNTRY.values()) | {"FR", "IT", "ES", "PT", "PL", "CZ", "AT", "CH", "BE"})
    country = {100 + number: codes[number % len(codes)] for number in range(40)}
    world = make_world(links, country={1: "US", **country})
    seen = counted(monkeypatch)
    with pytest.raises(StoppedError):
        atlas(world, ["reliability"], progress=stop_after(1))
    begun = len(seen)
    time.sleep(0.2)
    assert len(seen) == begun
    assert begun < len(codes)


#: Runs a command line whose measures halt at the fourth nation, and says so.
HALTING = """
import sys, time
from dataclasses import replace
from functools import wraps
from splinternet import cli
from splinternet.measures import atlas
from splinternet.measures.catalogue import find_measures

seen = []

def halting(measure):
    @wraps(measure.table)
    def table(world, country, **options):
        seen.append(country)
        if len(seen) > 3:
            print("halted", flush=True)
            time.sleep(600)
        return measure.table(world, country, **options)

    return replace(measure, table=table)

atlas.find_measures = lambda names: tuple(map(halting, find_measures(names)))
cli.main(sys.argv[1:])
"""


def test_a_killed_run_resumes(tmp_path, monkeypatch, run):
    monkeypatch.setenv("SPLINTERNET_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(catalogue, "SHIPPED", tmp_path / "shipped")
    world = str(save(odd_world(), tmp_path / "world"))
    output = tmp_path / "atlas.csv"
    words = ("--world", world, "atlas", "--measure", "dependence", "-o", str(output))
    started = subprocess.Popen(
        [sys.executable, "-c", HALTING, *words], stdout=subprocess.PIPE, text=True
    )
    with started:
        assert started.stdout.readline() == "halted\n"
        os.kill(started.pid, signal.SIGKILL)
    assert started.returncode == -signal.SIGKILL
    parts = tmp_path / "atlas.csv.parts"
    finished = {path.stem for path in parts.glob("[A-Z]*.json")}
    assert 2 <= len(finished) <= 3
    assert not output.exists()
    seen = counted(monkeypatch)
    status, out, _ = run(*words)
    assert (status, out) == (0, "")
    assert sorted(seen) == sorted(set(COUNTRY.values()) - finished)
    assert output.read_text() == atlas(World.open(world), ["dependence"]).write_csv()
    assert sorted(path.name for path in tmp_path.glob("atlas*")) == [
        "atlas.csv",
        "atlas.csv.manifest.json",
    ]


# The folder


@pytest.mark.parametrize(
    ("words", "world"),
    [
        ({"weights": "networks"}, small_world()),
        ({"tie_break": "lowest-asn"}, small_world()),
        ({"prefer": "gao-rexford"}, small_world()),
        ({"measures": ["states", "cti"]}, small_world()),
        ({}, small_world(name="other")),
        ({}, odd_world()),
    ],
)
def test_a_folder_of_another_atlas_is_refused(tmp_path, words, world):
    atlas(small_world(), ["states"], folder=tmp_path / "parts")
    with pytest.raises(MisuseError, match="parts: holds an atlas of another world, settings or"):
        atlas(world, **{"measures": ["states"], **words}, folder=tmp_path / "parts")


def test_a_world_with_another_link_is_another_world(tmp_path):
    world = small_world()
    atlas(world, ["states"], folder=tmp_path / "parts")
    less = World(world.manifest, world.networks, world.links.head(-1))
    with pytest.raises(MisuseError, match="another world"):
        atlas(less, ["states"], folder=tmp_path / "parts")


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(MisuseError, match="is no folder of an atlas; choose another"):
        atlas(small_world(), ["states"], folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["RU.json", "atlas.json"])
@pytest.mark.parametrize("content", [b"", b'{"country": "RU", "name', b"[1]", b"\xff", b"{}"])
def test_a_damaged_part(tmp_path, name, content):
    folder = tmp_path / "parts"
    whole = atlas(odd_world(), ["states"], folder=folder)
    (folder / name).write_bytes(content)
    if (name, content) == ("atlas.json", b"{}"):  # whole, but of nothing
        with pytest.raises(MisuseError, match="another world"):
            atlas(odd_world(), ["states"], folder=folder)
        return
    with pytest.raises(
        InputError, match=rf"{name}: damaged; remove \S+, and (its nation|all) is computed again"
    ) as raised:
        atlas(odd_world(), ["states"], folder=folder)
    assert str(raised.value).count("\n") == 0
    removed = str(raised.value).partition("remove ")[2].partition(",")[0]
    if removed == "it":
        (folder / name).unlink()
    else:
        shutil.rmtree(removed)
    assert atlas(odd_world(), ["states"], folder=folder).equals(whole)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SplinternetError, match="file/parts: cannot be made \\(Not a directory\\)"):
        atlas(small_world(), ["states"], folder=tmp_path / "file" / "parts")


def test_parts_are_readable(tmp_path):
    atlas(small_world(), ["states"], ["RU"], folder=tmp_path / "parts")
    text = (tmp_path / "parts" / "RU.json").read_text(encoding="utf-8")
    assert json.loads(text)["holds"]["figures"]["name"] == "Russia"
    assert len(text.splitlines()) > 5
