"""Shares that people read have two digits, in every text, table and page; files have them all."""

import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import splinternet
from briefs import digest, digest_brief
from splinternet.base.shares import (
    UNKNOWN,
    in_points,
    in_times,
    in_unit,
    rounded,
    rounded_number,
)
from splinternet.brief.cells import cell_text
from splinternet.brief.terminal import print_brief, print_screen
from splinternet.cli.tables import text_console
from websites import digest_site

ROOM = Path(splinternet.__file__).parent

#: A percentage, or a difference of two, of three digits and more.
THREE = re.compile(r"(?<![\d.,])(?:[1-9]\d+\.\d|[1-9]\.\d\d|0\.0*[1-9]\d\d)\d* ?(?:%|points)")

#: Where a share is formatted beside ``base/shares.py``: by its own digits as a source or an option
#: gave it, or without a digit after the point.
ALLOWED = {"supply/weights.py", "measures/resampling.py", "essay/reading.py"}


def digits(text: str) -> int:
    found = re.search(r"\d[\d.]*", text)
    return len(found[0].replace(".", "").lstrip("0").rstrip("0")) if found else 0


@given(st.floats(-1, 1))
def test_shares_and_differences_have_two_digits(share):
    for text in (rounded(share), in_points(share)):
        assert digits(text) <= 2, text
        assert not THREE.search(f"{text} points")
        assert re.fullmatch(r"(?:over |under )?[+−]?[\d.]+%?", text)
    assert ("−" in in_points(share)) == (share < 0)


@pytest.mark.parametrize(
    ("difference", "text"),
    [(0.0314, "+3.1"), (-0.251, "−25"), (1.0, "+100"), (-0.9999, "−100"), (0.0, "0")],
)
def test_points(difference, text):
    assert in_points(difference) == text


@pytest.mark.parametrize(
    ("factor", "text"), [(1.0, "1.0"), (1.26, "1.3"), (9.96, "10"), (34.5, "34"), (1234.0, "1,200")]
)
def test_factors(factor, text):
    assert in_times(factor) == text


def test_what_has_three_digits_is_found():
    for text in ("17.4%", "93.12 %", "7.12%", "0.0123%", "+25.1 points", "100.5%"):
        assert THREE.search(text), text
    for text in ("17%", "7.1%", "0.012%", "100%", "over 99%", "AS1.2", "1,234.5 points", "3.10.2"):
        assert not THREE.search(text), text


def test_no_module_formats_shares_by_itself():
    """Shares are written in one place."""
    own = re.compile(r":[,+]?\.\d%|100 \* \w+[^}\n]*:[,+]?\.\d|\.\d[fg]\}%")
    found = {
        file.relative_to(ROOM).as_posix()
        for file in ROOM.rglob("*.py")
        if file.name != "shares.py" and own.search(file.read_text())
    }
    assert found <= ALLOWED
    for file in ROOM.glob("languages/en/*.toml"):
        assert not re.search(r":[+,]?\.[1-9]%\}|points:[+,]?\.", file.read_text()), file


def test_what_is_not_known_is_written_in_one_way():
    """No module and no text has a mark of its own for a figure that is none."""
    own = re.compile(r"""(?:return|else|or|Link\(|Bar\()\s*["'][-–—]["'](?!\.join)""")
    ours = [
        *(each for each in ROOM.rglob("*.py") if each.parent.name != "essay"),
        *ROOM.rglob("*.html"),
        *ROOM.rglob("*.j2"),
    ]
    assert [each.name for each in ours if own.search(each.read_text())] == []
    for file in ROOM.glob("languages/en/*.toml"):
        assert not re.search(r'= "[-–—]"$', file.read_text(), re.MULTILINE), file
    assert cell_text("share", None) == in_unit(None, "share") == UNKNOWN


@pytest.mark.parametrize(
    ("value", "text"), [(999.6, "1,000"), (123.4, "123"), (0.0, "0"), (-0.0, "0"), (-2.5, "−2.5")]
)
def test_numbers_have_three_digits_and_no_powers(value, text):
    assert rounded_number(value) == in_unit(value, "networks") == cell_text("mean", value) == text


@pytest.mark.slow
def test_briefs_have_two_digits():
    brief = digest_brief("KP")
    console = text_console(100)
    for print_it in (print_screen, print_brief):
        with console.capture() as screen:
            print_it(brief, console)
        assert THREE.findall(screen.get()) == []


WORDS = (
    ("depend", "KP"),
    ("depend", "KP", "--by", "state"),
    ("measure", "reliability", "RU"),
    ("atlas", "--countries", "KP,RU,CU"),
    ("history", "KP"),
    ("dependents", "US"),
    ("what-if", "russia-isolates-itself", "--country", "BY"),
    ("what-if", "huawei-ban-european-union"),
)


@pytest.mark.slow
@pytest.mark.parametrize("vendor", [(), ("--vendor", "huawei")])
def test_who_equips_a_nation_has_two_digits(vendor, run):
    """Sums of what sources state; what they state themselves stands in the ledger."""
    status, out, _ = run("vendors", "PL", *vendor)
    assert status == 0
    assert THREE.findall(out) == []


@pytest.mark.slow
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_the_terminal_has_two_digits_and_files_have_all(words, run):
    status, out, err = run(*words)
    assert status == 0
    assert THREE.findall(out + err) == []
    status, out, _ = run(*words, "-f", "csv")
    assert re.search(r"\d\.\d{4}", out)


PAGES = (
    "/", "/brief/KP", "/compare?country=KP&country=RU", "/networks/3356", "/states/US",
    "/rankings/foreign_dependence", "/changes", "/dates/2019-12", "/actors/huawei",
    "/what-if/cases/huawei-ban-european-union",
    "/routes?source=KZ&destination=DE",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("address", PAGES)
def test_pages_have_two_digits(address):
    page = digest_site().get(address, follow_redirects=True)
    assert page.status_code == 200
    words = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", page.text, flags=re.S)
    assert THREE.findall(words) == []


@pytest.mark.slow
def test_the_digest_is_a_world_of_shares():
    """Not by chance: its figures have more digits than are told."""
    table = splinternet.depend(digest(), "KP")
    assert table.select((pl.col("share") * 100).round(1) != pl.col("share") * 100).to_series().any()
