"""Parts that others add: they show everywhere, and one that is broken spoils nothing else."""

import logging
import sys

import pytest

from commands import small_world
from splinternet.base.errors import InputError, MisuseError
from splinternet.scenario import shocks
from splinternet.scenario.apply import rehearse
from splinternet.scenario.language import decode
from splinternet.web.api import ENDPOINTS
from splinternet.web.builder import fields_of, read_fields
from splinternet.web.openapi import document
from splinternet.world import readers

THROTTLE = '''
"""Throttling: a part of the peerings of a nation is cut, those of the lowest numbers first."""

from typing import Annotated

import numpy as np

from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Kind, Outcome, Preset, Shock, asks


class Throttled(Outcome, frozen=True, kw_only=True):
    links: int

    def words(self):
        return (f"throttled links: {self.links}",)


class Throttle(Shock, frozen=True, kw_only=True, tag="throttle"):
    whose: Annotated[Selection, asks("Throttle the links of")]
    part: Annotated[float, asks("How much of them", "From 0 to 1.", unit="share")] = 0.5
    gently: bool = False

    def strike(self, stage):
        border = np.flatnonzero(stage.draft.border(stage.match(self.whose, "whose")))
        cut = np.zeros(len(stage.draft.a), dtype=bool)
        cut[border[: round(self.part * len(border))]] = True
        stage.draft.cut(cut)
        return Throttled(links=int(cut.sum()))


SHOCK = Kind(
    Throttle,
    label="Throttle a nation",
    summary="Cuts a part of the links across a border.",
    documented=(("`whose`, `part`", "Cuts that part of the links across the border."),),
    presets=(Preset("{Nation} is throttled", {"whose": "country:{nation}", "part": "0.25"}),),
)
'''

READER = """
NAME = "own tables of a test"
EXAMPLE = "a table of a test"
PROVIDES = frozenset(("names",))
LICENCE = CITATION = ""


def detect(head):
    return head[0] == "a table of a test"


def read(source):
    raise NotImplementedError
"""

POINTS = """
[splinternet.shocks]
throttle = toy_parts.throttle
half = toy_parts.half
cut = toy_parts.throttle
none = toy_parts.reader
[splinternet.readers]
toy = toy_parts.reader
half = toy_parts.half
"""


@pytest.fixture
def toys(tmp_path, monkeypatch):
    """Another package that registers a shock and a reader, and a module that is half written."""
    package, info = tmp_path / "toy_parts", tmp_path / "toy_parts-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text("")
    (package / "throttle.py").write_text(THROTTLE)
    (package / "reader.py").write_text(READER)
    (package / "half.py").write_text("def half(:\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-parts\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    for cached in (shocks.parts, readers.readers):
        cached.cache_clear()
    yield
    for cached in (shocks.parts, readers.readers):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("toy_parts")]:
        del sys.modules[name]


SCENARIO = """
name = "Throttled"
world = "small"

[[shocks]]
kind = "throttle"
whose = "country:RU"
part = 0.5
"""


def test_a_shock_of_another_package_is_one_like_ours(toys):
    scenario = decode(SCENARIO, "x.toml")
    assert read_fields(fields_of(scenario)).shocks == scenario.shocks
    _, (effect,) = rehearse(small_world(), scenario)
    assert effect.outcome.links == effect.links_cut > 0
    assert effect.notes == (f"throttled links: {effect.links_cut}",)


def test_a_shock_is_one_file_in_the_folder(tmp_path, monkeypatch):
    (tmp_path / "throttle.py").write_text(THROTTLE)
    monkeypatch.setattr(shocks, "__path__", [*shocks.__path__, str(tmp_path)])
    shocks.parts.cache_clear()
    try:
        assert decode(SCENARIO, "x.toml").shocks[0].part == 0.5
        assert shocks.kinds()["throttle"].label == "Throttle a nation"
    finally:
        shocks.parts.cache_clear()
        del sys.modules["splinternet.scenario.shocks.throttle"]
        del shocks.throttle


def test_fields_of_forms_are_read_as_they_are_declared(toys):
    fields = [("name", "x"), ("world", "w"), ("shocks.0.kind", "throttle"),
              ("shocks.0.whose", "Russia"), ("shocks.0.part", "0.25"),
              ("shocks.0.gently", "true")]  # fmt: skip
    (shock,) = read_fields(fields).shocks
    assert (shock.whose.text, shock.part, shock.gently) == ("country:RU", 0.25, True)
    fields[4] = ("shocks.0.part", "much")
    with pytest.raises(InputError, match="float") as error:
        read_fields(fields)
    assert error.value.key == ("shocks", 0, "part")


@pytest.mark.slow
def test_it_shows_in_the_form_the_api_and_the_list(toys, run, tmp_path):
    from splinternet.web.app import create_app
    from websites import client

    small_world().save(tmp_path / "small")
    with client(create_app([tmp_path / "small"])) as site:
        page = site.get("/what-if?shocks.0.kind=throttle&shocks.0.whose=RU").text
        empty = site.get("/what-if?country=RU").text
    assert "Throttle the links of" in page
    assert "How much of them (share)" in page
    assert '<option value="throttle">Throttle a nation</option>' in page
    assert "Russia is throttled" in empty
    described = document(ENDPOINTS, "splinternet 1")["components"]["schemas"]["Throttle"]
    assert described["properties"]["part"]["title"] == "How much of them"
    assert described["properties"]["part"]["description"] == "From 0 to 1."
    status, out, _ = run("scenario")
    assert (status, "throttle" in out) == (0, True)


def test_one_that_is_broken_names_itself_and_spoils_nothing(toys, caplog):
    with caplog.at_level(logging.WARNING):
        known = shocks.kinds()
        found = readers.readers()
    assert {"cut", "throttle"} <= set(known)
    assert known["cut"].shock.__module__ == "splinternet.scenario.shocks.cut"
    assert any(reader.NAME == "own tables of a test" for reader in found)
    lines = [record.getMessage() for record in caplog.records]
    assert all("\n" not in line for line in lines)
    assert [line.partition(" cannot be used")[0].partition(" (")[0] for line in lines] == [
        "shock 'cut'", "shock 'half'", "shock 'none'", "reader 'half'"
    ]  # fmt: skip
    with pytest.raises(MisuseError, match=r"shock 'half' \(toy_parts.half.*SyntaxError"):
        shocks.parts().find("half")
    with pytest.raises(InputError, match=r"x.toml:6: shocks\[0\].kind: shock 'half' .*Syntax"):
        decode(SCENARIO.replace("throttle", "half"), "x.toml")


def test_the_documents_describe_it(toys):
    rows = [row for kind in shocks.kinds().values() for row in kind.documented]
    assert ("`whose`, `part`", "Cuts that part of the links across the border.") in rows
