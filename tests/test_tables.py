"""Files of tables: the same rows in every form, and a record of what made them."""

import csv
import io
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import small_world
from splinternet.base.tables import FORMS, METADATA_KEY, encode_table
from splinternet.brief.cells import BESIDE, cell_text
from splinternet.measures.catalogue import list_measures
from splinternet.world.manifest import software

ROWS = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), st.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@given(ROWS)
def test_all_forms_have_the_same_rows(rows):
    frame = pl.DataFrame(rows, schema={"name": pl.String, "many": pl.Int64}, orient="row")
    as_json = pl.DataFrame(json.loads(encode_table(frame, "json")), schema=frame.schema)
    as_parquet = pl.read_parquet(encode_table(frame, "parquet", {"made_by": "me"}))
    assert as_json.equals(frame)
    assert as_parquet.equals(frame)
    as_csv = csv.reader(io.StringIO(encode_table(frame, "csv").decode(), newline=""))
    assert list(as_csv) == [["name", "many"], *([name, str(many)] for name, many in rows)]


def test_lists_are_joined_in_csv():
    frame = pl.DataFrame({"x": [["a", "b"], [], None], "n": [[1], [2, 3], []]})
    assert encode_table(frame, "csv").decode() == 'x,n\na;b,1\n"",2;3\n,""\n'


@pytest.fixture
def world(tmp_path, monkeypatch):
    small_world().save(tmp_path / "small")
    monkeypatch.chdir(tmp_path)
    return str(tmp_path / "small")


def record(file, form: str) -> dict:
    made = json.loads(file.with_name(f"{file.name}.manifest.json").read_text())
    if form == "parquet":
        assert json.loads(pl.read_parquet_metadata(file)[METADATA_KEY]) == made
    return made


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", [["depend", "RU"], ["routes", "1"], ["transit"]])
def test_what_a_command_writes_says_what_made_it(run, world, tmp_path, form, words):
    file = tmp_path / f"d.{form}"
    status, out, _ = run("--world", world, *words, "-o", str(file))
    assert (status, out) == (0, "")
    made = record(file, form)
    assert made["made_by"] == software()
    assert made["command"].startswith(f"splinternet --world {world} {words[0]}")
    assert made["world"]["name"] == "small"
    assert [each["citation"] for each in made["world"]["inputs"]] == ["Made up for these tests"] * 2
    assert made["settings"]["prefer"] in ("shortest", "gao-rexford")
    assert made["scenarios"] == []
    assert made["notes"][0].startswith("World small, ")


SCENARIO = """
name = "Off"
world = "small"

[[shocks]]
kind = "isolate"
networks = "country:RU"
"""


@pytest.mark.parametrize("form", FORMS)
def test_a_scenario_is_in_the_record(run, world, tmp_path, form):
    (tmp_path / "off.toml").write_text(SCENARIO)
    file = tmp_path / f"after.{form}"
    run("--world", world, "--scenario", "off.toml", "measure", "cones", "RU", "-o", str(file))
    (scenario,) = record(file, form)["scenarios"]
    assert (scenario["name"], scenario["shocks"][0]["kind"]) == ("Off", "isolate")
    for command, key in (("what-if", "comparisons"), ("scenario", "scenario")):
        assert run("--world", world, command, "off.toml", "-o", str(file))[0] == 0
        found = record(file, form)[key]
        told = found[0]["scenario"] if key == "comparisons" else found
        assert told["shocks"] == [{"kind": "isolate", "networks": "country:RU"}]


def test_nothing_stands_beside_a_pipe_or_a_table_for_people(run, world, tmp_path):
    assert run("--world", world, "depend", "RU", "-f", "csv", "-o", "/dev/null")[0] == 0
    assert run("--world", world, "depend", "RU", "-o", str(tmp_path / "d.txt"))[0] == 0
    assert [path.name for path in tmp_path.glob("*manifest*")] == []


def test_downloads_of_a_server_lead_to_what_made_them(tmp_path):
    from splinternet.web.app import create_app
    from websites import client

    small_world().save(tmp_path / "small")
    asked = "world=small&name=x&shocks.0.kind=isolate&shocks.0.networks=RU"
    with client(create_app([tmp_path / "small"])) as site:
        for address in (f"/what-if/tables/shocks.csv?{asked}", "/nations.json?world=small"):
            sent = site.get(address)
            link = sent.headers["Link"].partition(">")[0].removeprefix("<")
            made = site.get(link).json()
            assert made["world"]["name"] == "small"
            assert made["address"].partition("?")[2] == address.partition("?")[2]
        parquet = site.get(f"/what-if/tables/shocks.parquet?{asked}").content
    (tmp_path / "x.parquet").write_bytes(parquet)
    made = json.loads(pl.read_parquet_metadata(tmp_path / "x.parquet")[METADATA_KEY])
    assert made["scenario"]["shocks"][0]["networks"] == "country:RU"


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("asn", 3356, "AS3356"),
        ("hegemony_of", 174, "AS174"),
        ("networks", 12345, "12,345"),
        ("share", 0.5, "50%"),
        ("points", -0.25, "−25"),
        ("hhi", 0.1744, "0.174"),
        ("mean", 1234.6, "1,235"),
        ("country", None, "unknown"),
        ("name", None, "–"),
        ("holds", True, "yes"),
    ],
)
def test_cells(column, value, text):
    assert cell_text(column, value) == text


def test_what_stands_beside_a_share_is_written_as_one():
    assert cell_text("observed", 0.509, ["share", "observed", "difference"]) == "51%"
    assert cell_text("difference", 0.041, ["share", "observed", "difference"]) == "+4.1"
    assert cell_text("observed", 0.509, ["cti", "observed", "difference"]) == "51%"
    assert cell_text("observed", 0.509, ["complexity", "observed", "difference"]) == "0.509"


def test_shares_of_every_measure_are_told_in_two_digits():
    """With the ends of their intervals."""
    for measure in list_measures().values():
        declared = [*measure.columns, *measure.figures]
        for name in {each.name for each in declared if each.unit == "share"} - set(BESIDE):
            for column in (name, f"{name}_low", f"{name}_high"):
                assert cell_text(column, 0.4567) == "46%", (measure.name, column)
