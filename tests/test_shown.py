"""What strangers wrote is shown without what a terminal obeys or a chart cannot hold."""

import re
import resource
from dataclasses import replace

import altair as alt
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from commands import save, small_world
from splinternet.base.errors import ChartError
from splinternet.base.text import in_one_line, shown, shown_in
from splinternet.brief.charts import bars, drawing, lines, render
from splinternet.cli.tables import drawn, text_console
from terminals import on_a_terminal
from websites import small_site

#: One of each kind: for terminals, for XML, for the order of writing.
HOSTILE = "\x00\x07\x08\x0b\x1b\x7f\x80\x85\x9b\x9f\u2028\u202e\u2066\ufffe\uffff"
TITLE = "Ca\x1b]0;gone\x07rrier\x9b31m\ufffe One"

#: More rows than any memory holds.
ENDLESS = alt.Chart(alt.sequence(0, 10**13)).mark_point().encode(x="data:Q")


def bad(character: str) -> bool:
    """Say of one character, by its number, whether it may be shown: the slow twin."""
    code = ord(character)
    return (
        (code < 32 and code not in (9, 10))
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or code in (0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFFFE, 0xFFFF)
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )


@given(st.text(st.characters(exclude_categories=[]) | st.sampled_from(HOSTILE)))
def test_only_what_may_not_be_shown_is_left_out(text):
    assert shown(text) == "".join(c for c in text if not bad(c))
    assert shown_in({text: [text, 1, None]}) == {shown(text): [shown(text), 1, None]}
    assert not {"\n", "\t", "  "} & {*in_one_line(text)}


@pytest.fixture(scope="module")
def hostile_world():
    world = small_world()
    named = world.networks.with_columns(
        pl.when(pl.col("asn") == 1).then(pl.lit(TITLE)).otherwise("name").alias("name"),
        pl.when(pl.col("asn") == 2).then(pl.lit(HOSTILE)).otherwise("org").alias("org"),
    )
    return replace(world, networks=named)


@pytest.fixture
def hostile(hostile_world, tmp_path):
    return str(save(hostile_world, tmp_path / "hostile"))


@pytest.mark.parametrize("character", HOSTILE)
def test_charts_are_drawn_whatever_a_name_holds(character):
    name = f"Fi{character}rst"
    frame = pl.DataFrame({"label": [name, "Second"], "value": [0.5, 0.25]})
    root = etree.fromstring(render.svg(bars(frame, title=name)))
    assert "First" in {"".join(element.itertext()) for element in root.iter("{*}text")}
    assert render.png(bars(frame, title=name))[:4] == b"\x89PNG"


def test_a_page_of_a_hostile_world_is_whole(hostile, tmp_path, run):
    page = tmp_path / "page.html"
    assert run("--world", hostile, "brief", "RU", "-o", str(page))[0] == 0
    text = page.read_text()
    assert text == shown(text)
    assert "<svg" in text
    assert "could not be drawn" not in text


@pytest.mark.parametrize(
    "words",
    [
        ("depend", "RU", "--weights", "networks"),
        ("depend", "RU", "--weights", "networks", "--format", "csv"),
        ("depend", "RU", "--weights", "networks", "--format", "json"),
        ("brief", "RU"),
        ("routes", "AS1"),
        ("depend", "R\x1b[5mU"),
        ("what-if", "no\x9b5msuch\x07.toml"),
    ],
)
def test_no_escape_sequence_of_a_name_reaches_a_terminal(hostile, words, capfd):
    sent = on_a_terminal("stdout", "--world", hostile, *words, TERM="dumb", NO_COLOR="1")
    text = re.sub(r"\x1b\[[0-4;]*m", "", sent + capfd.readouterr().err)  # bold and dim are ours
    assert text
    assert "bug in splinternet" not in text
    assert not [character for character in text.replace("\r\n", "\n") if bad(character)]


def test_files_get_every_character(hostile, tmp_path, run):
    file = tmp_path / "out.csv"
    words = ("depend", "RU", "--weights", "networks", "-o", str(file))
    assert run("--world", hostile, *words)[0] == 0
    assert TITLE in pl.read_csv(file)["name"].to_list()


def test_a_name_of_two_lines_makes_no_row_of_its_own(hostile_world, tmp_path, run):
    forged = hostile_world.networks.with_columns(
        pl.when(pl.col("asn") == 1).then(pl.lit("One\nAS666  Forged")).alias("name")
    )
    folder = str(save(replace(hostile_world, networks=forged), tmp_path / "forged"))
    _, out, _ = run("--world", folder, "depend", "RU", "--weights", "networks")
    assert "One AS666 Forged" in out


def test_a_console_cleans_what_is_printed_on_it():
    text = drawn(lambda console: console.print(TITLE, style="bold"), text_console(80))
    assert text == f"{shown(TITLE)}\n"


# A process of its own


@pytest.fixture
def drawn_by(monkeypatch, tmp_path):
    """Let charts be drawn by a worker of which some words are changed."""

    def change(*words: tuple[str, str]) -> None:
        text = drawing._WORKER.read_text()
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "worker.py").write_text(text)
        drawing._drawer.stop()
        monkeypatch.setattr(drawing, "_WORKER", tmp_path / "worker.py")

    yield change
    drawing._drawer.stop()


def moved(title: str):
    frame = pl.DataFrame(
        {"date": ["2019", "2020"], "value": [0.5, 0.4], "figure": ["First", "First"]}
    )
    return lines(frame, title=title)


def test_a_chart_that_breaks_what_draws_it_costs_itself_alone(drawn_by):
    drawn_by(("2 << 30", "800 << 20"))  # it is full sooner
    before = render.svg(moved("Before"))
    with pytest.raises(ChartError, match="could not be drawn"):
        render.svg(ENDLESS)
    assert render.svg(moved("Before")) == before


def test_a_chart_that_takes_for_ever_ends(drawn_by):
    drawn_by(("_TIME = 20", "_TIME = 1"), ("answer = _drawn", "while 1: 0"))
    with pytest.raises(ChartError, match="too much time"):
        render.svg(moved("Never"))


def test_one_process_draws_many_charts():
    render.svg(moved("One"))
    first = drawing._drawer._process
    render.png(moved("Two"))
    assert drawing._drawer._process is first


def test_without_memory_for_charts_a_page_says_so_and_the_next_is_answered(tmp_path, monkeypatch):
    drawing._drawer.stop()
    limits = resource.getrlimit(resource.RLIMIT_AS)
    with small_site(tmp_path) as site:
        # As after `ulimit -v`: too little for the chart library, which sets aside far more.
        resource.setrlimit(resource.RLIMIT_AS, (16 << 30, limits[1]))
        try:
            answer = site.get("/brief/RU?wait=1")
        finally:
            resource.setrlimit(resource.RLIMIT_AS, limits)
        assert answer.status_code == 200
        assert "could not be drawn here" in answer.text
        assert site.get("/brief/RU/brief.html").status_code in (200, 404)
        drawing._drawer.stop()
