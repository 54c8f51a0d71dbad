"""Measures that are added: by a file, by another package, and half written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import splinternet.measures
from commands import small_world
from splinternet.base.errors import MisuseError
from splinternet.brief.cells import cell_text
from splinternet.measures.atlas import atlas, atlas_and_rows
from splinternet.measures.bootstrap import bootstrap
from splinternet.measures.catalogue import (
    GROUP,
    _parts,
    dated_figures,
    find_measure,
    headline_figures,
    list_measures,
    mapped_figures,
    share_columns,
)
from splinternet.measures.history import history
from splinternet.scenario.headlines import has_headlines

TOY = '''
"""Neighbours: the networks abroad that a nation has a link to."""

import polars as pl

from splinternet.base.choice import Choice
from splinternet.base.takes import Takes
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.nation import border_links, in_country


def neighbours(world, country, *, at_most=5):
    return border_links(world, in_country(world, country)).head(at_most)


MEASURE = Measure(
    name="neighbours",
    title="links abroad",
    question="How many links does a nation have abroad?",
    source="These tests",
    table=neighbours,
    takes=Takes(
        "neighbours", (),
        own={"at_most": Choice(term="number", label="At most", doc="How many to list.",
                               others="N", read=int)},
    ),
    figures=(Figure("links_abroad", "links", "Links abroad.", label="Links to other nations"),),
    summary=lambda table, country: {"links_abroad": float(table.height)},
    quick=True,
)
'''

EVEN = '''
"""Evenness: the part of a nation's networks that have an even number."""

import polars as pl

from splinternet.base.takes import Takes
from splinternet.measures.measure import Figure, Measure, Rows, share_column
from splinternet.measures.nation import in_country


def evenness(world, country):
    return pl.DataFrame({"even": [float((in_country(world, country) % 2 == 0).mean())]})


MEASURE = Measure(
    name="evenness",
    title="evenness",
    question="How even are a nation's networks?",
    source="These tests",
    table=evenness,
    takes=Takes("evenness", ()),
    figures=(
        Figure("evenness", "share", "Share of even numbers.", headline=9, dated=9, mapped=9),
    ),
    rows=Rows("even", "even", ("even",)),
    by_rule="network",
    summary=lambda table, country: {"evenness": table["even"].first()},
    columns=(share_column("even", "Share of even numbers."),),
)
'''


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Make a folder whose modules count as modules of the package of measures."""
    monkeypatch.setattr(
        splinternet.measures, "__path__", [*splinternet.measures.__path__, str(tmp_path)]
    )
    for cached in (_parts, share_columns):
        cached.cache_clear()
    yield tmp_path
    for cached in (_parts, share_columns):
        cached.cache_clear()
    for name in ("evenness", "neighbours", "unfinished", "misdeclared", "misnamed"):
        sys.modules.pop(f"splinternet.measures.{name}", None)
        vars(splinternet.measures).pop(name, None)


def test_a_file_is_all_it_takes(folder):
    (folder / "neighbours.py").write_text(TOY)
    measures = list_measures()
    world = small_world()
    assert measures["neighbours"].options == {"at_most": 5}
    assert atlas(world, "neighbours", "RU")["links_abroad"].to_list() == [
        measures["neighbours"].table(world, "RU").height
    ]
    assert history([world], "neighbours", "RU", at_most=1)["links_abroad"].to_list() == [1]


def test_shares_of_its_own_are_told_as_shares_and_have_intervals(folder):
    (folder / "evenness.py").write_text(EVEN)
    assert [cell_text(name, 0.4567) for name in ("even", "even_low", "evenness")] == ["46%"] * 3
    found = bootstrap(small_world(), "evenness", "RU", replicates=2)
    assert found.columns == ["even", "even_low", "even_high"]
    assert found.select(low="even_low", high="even_high").rows() == [(found["even"][0],) * 2]


def test_what_is_told_of_it_elsewhere_stands_in_its_own_file(folder):
    (folder / "evenness.py").write_text(EVEN)
    figures, rows = atlas_and_rows(small_world(), "evenness", "RU")
    assert rows["evenness"].to_dict(as_series=False) == {
        "nation": ["RU"],
        "even": figures["evenness"].to_list(),
    }
    assert headline_figures()[-1][0].name == "evenness"
    assert [dated_figures()[-1], mapped_figures()[-1]] == ["evenness"] * 2
    assert has_headlines(find_measure("evenness"))
    assert not has_headlines(find_measure("detours"))


def test_places_of_figures_are_those_that_the_pages_of_dates_and_the_map_have():
    assert dated_figures() == [
        "state_share",
        "foreign_dependence",
        "control_points",
        "reliability",
        "detours",
    ]
    assert mapped_figures() == ["foreign_dependence", "state_share", "state_unavoidable", "detours"]
    by_rule = {name: each.by_rule for name, each in list_measures().items() if each.by_rule}
    assert by_rule == {"dependence": "network", "reliability": "network", "states": "state"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("unfinished", "MEASURE = Measure(", "SyntaxError"),
        ("misdeclared", "MEASURE = 3", "TypeError: MEASURE is no Measure"),
        ("misnamed", TOY, "ValueError: the measure is called 'neighbours'; call it 'misnamed'"),
    ],
)
def test_a_half_written_one_names_itself_and_the_others_work(folder, caplog, name, text, says):
    (folder / f"{name}.py").write_text(text)
    assert {"dependence", "cut"} <= set(list_measures())
    assert name not in list_measures()
    [line] = caplog.messages
    assert line.startswith(f"measure {name!r} (splinternet.measures.{name}) cannot be used: {says}")
    assert "\n" not in line
    with pytest.raises(MisuseError, match=f"measure {name!r} .* cannot be used"):
        find_measure(name)


@pytest.fixture
def package(tmp_path) -> dict[str, str]:
    """Install a package with the toy, and return the environment that has it."""
    (tmp_path / "toy_measures.py").write_text(TOY)
    about = tmp_path / "toy_measures-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-measures\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{GROUP}]\nneighbours = toy_measures:MEASURE\n")
    paths = [str(tmp_path), str(Path(splinternet.__file__).parents[1])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "100"}


def asked(package: dict[str, str], *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, *words], env=package, capture_output=True, text=True, check=True
    )
    return ended.stdout


def test_of_another_package_it_shows_everywhere(package):
    listed = asked(package, "-m", "splinternet", "measure", "-f", "csv")
    assert "neighbours,How many links does a nation have abroad?,as a rule,These tests" in listed
    assert "--at-most N" in asked(package, "-m", "splinternet", "measure", "neighbours", "--help")
    found = asked(package, "-m", "splinternet", "measure", "neighbours", "CU", "--at-most", "2",
                  "-f", "csv")  # fmt: skip
    assert len(found.splitlines()) == 3
    web = """
from starlette.testclient import TestClient
from splinternet.web.app import create_app
site = TestClient(create_app(), base_url="http://127.0.0.1")
print("links abroad" in site.get("/what-if").text)
print("neighbours" in site.get("/api/openapi.json").text)
"""
    assert asked(package, "-c", web).split() == ["True", "True"]
    reference = Path(__file__).parents[1] / "docs" / "make_cli_reference.py"
    shown = f"""
import runpy
print("\\n".join(runpy.run_path({str(reference)!r})["reference"]()))
"""
    assert "## splinternet measure neighbours" in asked(package, "-c", shown)
