"""What is wrong with a ledger is told with file and line, and never by a crash."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import ACTORS, SOURCES, STATEMENTS, changed, issued, source, write_ledger
from splinternet.base.errors import InputError
from splinternet.base.text import MAX_BYTES, hidden_character
from splinternet.ledger.extending import extend_ledger
from splinternet.ledger.privacy import private_name, private_value
from splinternet.ledger.reading import check_ledger, read_ledger


def found(folder) -> list[str]:
    """Name the problems, without the folder."""
    return [str(problem).removeprefix(f"{folder}/") for problem in check_ledger(folder)]


def test_a_good_ledger_has_no_problem(tmp_path):
    assert found(write_ledger(tmp_path / "x")) == []


def test_the_shipped_ledger_has_no_problem():
    from splinternet.ledger.catalogue import find_ledger

    assert check_ledger(find_ledger("technology-ties")) == []


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("deal", {"start": "2019-02-30"}, "2: start: '2019-02-30' is no date; February 2019 has"),
        ("share", {"end": "2019-06"}, "3: end: 2019-06-30 comes before the start, 2019-07-01"),
        ("ban", {"deadline": "2018"}, "5: deadline: 2018-12-31 comes before the start"),
        ("deal", {"predicate": "partner_with"}, "2: predicate: unknown predicate 'partner_with'; "
         "did you mean partners_with"),
        ("share", {"unit": "percent"}, "3: unit: unknown unit 'percent'"),
        ("share", {"kind": "rumour"}, "3: kind: unknown kind 'rumour'"),
        ("share", {"segments": "smartphone"}, "3: segments: unknown segment 'smartphone'"),
        ("share", {"value_low": "31,7"}, "3: value_low: '31,7' is no plain figure"),
        ("share", {"value_low": "-1"}, "3: value_low: '-1' is no plain figure"),
        ("share", {"value_low": "nan"}, "3: value_low: 'nan' is no plain figure"),
        ("share", {"rank": "0"}, "3: rank: '0' is no whole number from 1"),
        ("share", {"rank": "1.5"}, "3: rank: '1.5' is no whole number from 1"),
        ("share", {"value_low": "40"}, "3: value_low: 40 is more than value_high, 31.7"),
        ("share", {"value_high": None}, "3: value_low and value_high: give both"),
        ("share", {"value_low": "101", "value_high": "101"}, "3: a share is at most 100 %"),
        ("share", {"unit": None}, "3: unit: is empty; a figure needs one"),
        ("deal", {"unit": "%"}, "2: value_low: is empty, but there is a unit"),
        ("claimed", {"value_high": "38"}, "4: value_high: must be empty with 'more than'"),
        ("claimed", {"qualifier": "up to"}, "4: value_low: must be empty with 'up to'"),
        ("wrong", {"basis": None}, "8: basis: say what is counted"),
        ("wrong", {"note": None}, "8: note: say why the statement is deprecated"),
        ("said", {"claim": None}, "6: claim: 'states' needs one"),
        ("deal", {"object": None}, "2: object: 'partners_with' needs one"),
        ("deal", {"object": "mts"}, "2: subject and object are the same actor"),
        ("deal", {"object": "huawai"}, "2: unknown actor 'huawai'; did you mean huawei"),
        ("deal", {"subject": "nobody"}, "2: unknown actor 'nobody'"),
        ("deal", {"sources": None}, "2: sources: is empty; every statement needs one"),
        ("deal", {"sources": "agencee"}, "2: unknown source 'agencee'; did you mean agency"),
        ("deal", {"sources": "unseen"}, "2: rests on the source 'unseen', which was not seen"),
        ("deal", {"sources": "blog;;agency"}, "2: sources: has an empty part"),
        ("deal", {"sources": "blog;blog"}, "2: sources: names something twice"),
        ("deal", {"disputes": "deal"}, "2: disputes: a statement cannot dispute itself"),
        ("deal", {"disputes": "shares"}, "2: unknown statement 'shares'; did you mean share"),
        ("deal", {"disputes": "doubts:ban"}, "2: disputes: unknown kind of dispute 'doubts'"),
        ("deal", {"disputes": "objects:"}, "2: disputes: 'objects:' names no statement"),
        ("deal", {"disputes": "objects:none"}, "2: unknown statement 'none'"),
        ("deal", {"summary": None}, "2: summary: is empty; it needs a value"),
        ("deal", {"summary": "ask jane@example.org"}, "2: summary: holds an e-mail address"),
        ("deal", {"note": "call +7 495 123-45-67"}, "2: note: holds a telephone number"),
        ("deal", {"note": "over\ntwo lines"}, "2: a value goes over several lines"),
        ("deal", {"note": "hidden \u202e order"}, "2: holds the hidden character U+202E"),
        ("deal", {"note": "a bell \x07"}, "2: holds the hidden character U+0007"),
        ("deal", {"id": "share"}, "3: the id 'share' is in line 2 already"),
        ("deal", {"id": "a b"}, "2: id 'a b': use letters"),
        ("deal", {"email": "x"}, "1: the column 'email' would hold private data of persons"),
        ("deal", {"Date of birth": "x"}, "1: the column 'Date of birth' would hold private data"),
        ("deal", {"sumary": "x"}, "1: unknown column 'sumary'; did you mean summary"),
    ],
)  # fmt: skip
def test_bad_statements(tmp_path, name, values, problem):
    folder = write_ledger(tmp_path / "x", statements=changed(STATEMENTS, name, **values))
    assert problem in "\n".join(found(folder))
    assert f"statements.csv:{problem.partition(':')[0]}:" in "\n".join(found(folder))
    with pytest.raises(InputError, match=r"statements\.csv:[0-9]+: "):
        read_ledger(folder)


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("ru", {"country": "RS"}, "2: a state's id is its country's code"),
        ("ru", {"country": None}, "2: a state's id is its country's code"),
        ("mts", {"country": "RUS"}, "6: 'RUS' is no ISO 3166-1 alpha-2 code"),
        ("mts", {"country": "ru"}, "6: 'ru' is no ISO 3166-1 alpha-2 code"),
        ("mts", {"kind": "telco"}, "6: kind: unknown kind 'telco'"),
        ("mts", {"asn": "8359"}, "6: a network, and nothing else, has an asn"),
        ("putin", {"office": None}, "7: a person, and nobody else, has an office"),
        ("huawei", {"office": "Chairman"}, "4: a person, and nobody else, has an office"),
        ("as8359", {"asn": "4294967296"}, "8: asn: '4294967296' is no whole number"),
        ("putin", {"birth_date": "x"}, "1: the column 'birth_date' would hold private data"),
        ("putin", {"aliases": "a@b.ru"}, "7: aliases: holds an e-mail address"),
        ("putin", {"id": "ru"}, "7: the id 'ru' is in line 2 already"),
    ],
)
def test_bad_actors(tmp_path, name, values, problem):
    folder = write_ledger(tmp_path / "x", actors=changed(ACTORS, name, **values))
    assert f"actors.csv:{problem}" in "\n".join(found(folder))


PAPER = source("agency", "press")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"type": "newspaper"}, "unknown type 'newspaper'; did you mean article-newspaper"),
        ({"title": ""}, "has no 'title'"),
        ({"title": 5}, "title: must be text"),
        ({"container-title": ""}, "cannot be found by a reader"),
        ({"URL": "ftp://x"}, "URL: 'ftp://x' is no address on the web"),
        ({"custom": None}, "has no 'custom'"),
        ({"custom": {"kind": "pres", "seen": "whole"}}, "custom: unknown kind 'pres'; did you"),
        ({"custom": {"kind": "press"}}, "custom: unknown seen ''"),
        ({"custom": {"kind": "press", "seen": "whole", "x": "y"}}, "custom: unknown key 'x'"),
        ({"issued": issued(2019, 2, 30)}, "issued: '2019-02-30' is no date; February 2019 has"),
        ({"issued": issued()}, "issued: a date is [year], [year, month]"),
        ({"issued": issued("MMXIX")}, "issued: year, month and day are whole numbers"),
        ({"issued": "in 2019"}, "issued: is no CSL date"),
        ({"issued": {"date-parts": [[2020], [2019]]}}, "issued: the range ends before it begins"),
        ({"accessed": issued(2019)}, "accessed: give the day"),
        ({"author": "Jane Doe"}, "author: must be a list"),
        ({"author": ["Jane Doe"]}, "author: a name is an object"),
        ({"author": [{"given": "Jane"}]}, "author: a name needs family or literal"),
        ({"author": [{"family": "Doe", "orcid": "0"}]}, "author: a name has no 'orcid'"),
        ({"author": [{"family": "Doe", "email": "x"}]}, "'email' would hold private data"),
        ({"note": "write to jane@example.org"}, "'note': holds an e-mail address"),
        ({"note": "two\nlines"}, "'note': holds a hidden character or a line break"),
        ({"note": "turned \u202e round"}, "'note': holds a hidden character"),
        ({"note": {"a\nkey": 1}}, "'a\\nkey': holds a hidden character or a line break"),
        ({"note": "half \ud800 of a letter"}, "'note': holds a hidden character"),
    ],
)
def test_bad_sources(tmp_path, values, problem):
    folder = write_ledger(tmp_path / "x", sources=changed(SOURCES, "blog", **values))
    assert f"sources.json:3: {problem}" in "\n".join(found(folder))


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("statements.csv", "", "statements.csv: the file is empty"),
        ("statements.csv", "id,subject\n", "statements.csv:1: the column 'predicate' is missing"),
        ("statements.csv", "id,id\n", "statements.csv:1: the column 'id' comes more than once"),
        ("actors.csv", "id,kind,name\nx\n", "actors.csv:2: has 1 values where the first line"),
        ("actors.csv", 'id,kind,name\n"x', "actors.csv:2: is malformed CSV"),
        ("actors.csv", 'id,kind,name\n"x"y,z,z\n', "actors.csv:2: is malformed CSV"),
        ("actors.csv", b"\x89PNG\r\n\x1a\n\0", "actors.csv: this is no text file"),
        ("actors.csv", b"id,kind,name\nx,state,caf\xe9\n", "actors.csv:2: this is not UTF-8"),
        ("sources.json", "", "sources.json:1: is malformed JSON"),
        ("sources.json", "[\n{]\n", "sources.json:2: is malformed JSON"),
        ("sources.json", "{}", "sources.json:1: is no list"),
        ("sources.json", "[\n1]", "sources.json:2: is no object"),
        ("sources.json", '[\n{"id": "a", "id": "b"}]', "sources.json:2: gives 'id' more than once"),
        ("sources.json", '[\n{"id": NaN}]', "sources.json:2: NaN is no figure"),
        ("sources.json", "[" * 100_000, "sources.json: is JSON of no sensible kind"),
        ("sources.json", "[" + "9" * 5000 + "]", "sources.json: is JSON of no sensible kind"),
        ("ledger.toml", "title = \n", "ledger.toml:1: is malformed TOML"),
        ("ledger.toml", 'title = "x"\n\nnotes = [', "ledger.toml: is malformed TOML"),
        ("ledger.toml", "x = " + "[" * 100_000, "ledger.toml: is TOML of no sensible kind"),
        ("ledger.toml", "titel = 1\n", "ledger.toml: unknown key 'titel'; did you mean title"),
        ("ledger.toml", "title = 1\n", "ledger.toml: title: must be text"),
        ("ledger.toml", 'title = "x"\nnotes = 3\n', "ledger.toml: notes: must be a list of texts"),
        ("ledger.toml", 'title = "x"\nnotes = "y"\n', "ledger.toml: notes: must be a list"),
    ],
)
def test_bad_files(tmp_path, file, content, problem):
    folder = write_ledger(tmp_path / "x")
    data = content if isinstance(content, bytes) else content.encode()
    (folder / file).write_bytes(data)
    assert problem in "\n".join(found(folder))
    with pytest.raises(InputError):
        read_ledger(folder)


def test_a_file_may_not_be_huge(tmp_path):
    folder = write_ledger(tmp_path / "x")
    with (folder / "actors.csv").open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    assert "actors.csv: is larger than 16 MiB; split it up" in found(folder)


def test_a_folder_in_place_of_a_file(tmp_path):
    folder = write_ledger(tmp_path / "x")
    (folder / "ledger.toml").unlink()
    (folder / "ledger.toml").mkdir()
    assert "ledger.toml: cannot be read (Is a directory)" in found(folder)


def test_byte_order_marks_and_windows_lines_are_fine(tmp_path):
    folder = write_ledger(tmp_path / "x")
    for file in ("actors.csv", "statements.csv"):
        text = (folder / file).read_text(encoding="utf-8").replace("\n", "\r\n")
        (folder / file).write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n\r\n")
    assert found(folder) == []


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_ledgers_as_spreadsheets_save_them(tmp_path, mark):
    """With another mark between columns, empty rows and columns, capitals, and the mark's name."""
    plain, folder = write_ledger(tmp_path / "plain"), write_ledger(tmp_path / "saved")
    for name in ("actors.csv", "statements.csv"):
        file = folder / name
        rows = list(csv.reader(io.StringIO(file.read_text())))
        blank = [""] * len(rows[0])
        out = io.StringIO()
        head = [*map(str.title, rows[0]), "", ""]
        body = [[*row, *[""] * (number % 3)] for number, row in enumerate(rows[1:])]
        csv.writer(out, delimiter=mark).writerows([head, blank, *body, blank, []])
        file.write_text(f"\ufeffsep={mark}\n{out.getvalue()}")
    assert found(folder) == []
    opened, first = read_ledger(folder), read_ledger(plain)
    assert opened.actors.equals(first.actors)
    assert opened.statements.equals(first.statements)
    assert extend_ledger(opened, []).files == extend_ledger(first, []).files


def test_a_row_of_a_spreadsheet_that_is_too_long_is_named(tmp_path):
    folder = write_ledger(tmp_path / "x")
    file = folder / "actors.csv"
    file.write_text("id;kind;name\n;;\nru;state;Russia;RU\n")
    assert found(folder)[0] == (
        'actors.csv:3: has 4 values where the first line names 3 columns; put values that hold ";" '
        'in "quotation marks"'
    )


def test_opening_tells_the_first_problem_and_how_many_more(tmp_path):
    bad = changed(changed(STATEMENTS, "deal", start="x"), "ban", start="y")
    folder = write_ledger(tmp_path / "x", statements=bad)
    with pytest.raises(InputError, match=r"csv:2: start: 'x' is no date.*\(and 1 more; 'splinter"):
        read_ledger(folder)


# What does not go together --------------------------------------------------------------------

RIVAL = {**STATEMENTS[1], "id": "rival"}


def content(tmp_path, *statements) -> list[str]:
    folder = write_ledger(tmp_path / "x", statements=[*STATEMENTS, *statements])
    read_ledger(folder)  # what does not go together can be read all the same
    return found(folder)


def test_duplicates(tmp_path):
    assert content(tmp_path, {**STATEMENTS[0], "id": "again", "sources": "agency"}) == [
        "statements.csv:9: says the same as 'deal'; join their sources in one"
    ]


def test_what_is_superseded_was_before(tmp_path):
    wrong = changed(STATEMENTS, "deal", disputes="superseded:ban")
    folder = write_ledger(tmp_path / "x", statements=wrong)
    assert found(folder) == [
        "statements.csv:2: is superseded by 'ban', which began before it; exchange the two, or "
        "leave the word out"
    ]
    right = changed(STATEMENTS, "ban", disputes="superseded:deal")
    assert found(write_ledger(tmp_path / "y", statements=right)) == []


@pytest.mark.parametrize(
    ("values", "contradicts"),
    [
        ({"value_low": "25", "value_high": "25"}, True),
        ({"value_low": "25", "value_high": "25", "disputes": "share"}, False),
        ({"value_low": "25", "value_high": "25", "qualifier": "about"}, False),
        ({"value_low": "25", "value_high": "25", "basis": "units"}, False),
        ({"value_low": "25", "value_high": "25", "end": "2019-12"}, False),
        ({"value_low": "25", "value_high": "25", "segments": "cameras"}, False),
        ({"value_low": "25", "value_high": "25", "status": "deprecated", "note": "x"}, False),
        ({"value_low": "25", "value_high": "32"}, False),
        ({"value_low": "33", "value_high": None, "qualifier": "more than"}, True),
        ({"value_low": None, "value_high": "30", "qualifier": "up to"}, True),
        ({"value_low": "31", "value_high": None, "qualifier": "more than"}, False),
    ],
)
def test_contradicting_figures(tmp_path, values, contradicts):
    rival = {k: v for k, v in (RIVAL | values).items() if v is not None}
    problems = content(tmp_path, rival)
    assert [problem.partition(", a diff")[0] for problem in problems] == (
        ["statements.csv:9: contradicts 'share'"] if contradicts else []
    )


def test_contradicting_ranks(tmp_path):
    first = {
        k: v for k, v in RIVAL.items() if k not in ("value_low", "value_high", "unit")
    } | {"id": "first", "rank": "1"}  # fmt: skip
    assert content(tmp_path, first) == []
    problems = content(tmp_path, first, first | {"id": "second", "rank": "2"})
    assert problems[0].startswith("statements.csv:10: contradicts 'first'")


@pytest.mark.parametrize(
    ("values", "contradicts"),
    [
        ({"start": "2019-05"}, True),
        ({"start": "2020-04"}, False),
        ({"start": "2018", "end": "2018"}, False),
        ({"start": "2019-05", "subject": "ru"}, False),
        ({"start": "2019-05", "disputes": "ban"}, False),
        ({}, True),
    ],
)
def test_who_bans_cannot_allow(tmp_path, values, contradicts):
    allow = {
        "id": "allow", "subject": "us", "predicate": "allows", "object": "huawei", "kind": "quote",
        "sources": "blog", "summary": "It was allowed",
    }  # fmt: skip
    problems = content(tmp_path, allow | values)
    assert bool(problems) == contradicts
    if contradicts:
        assert "statements.csv:9: contradicts 'ban': us cannot both ban and allow" in problems[0]


def test_bans_of_different_things_go_with_permissions(tmp_path):
    allow = {
        "id": "allow", "subject": "us", "predicate": "allows", "object": "huawei", "kind": "quote",
        "segments": "cameras", "sources": "blog", "summary": "Cameras were allowed",
    }  # fmt: skip
    ban = {**STATEMENTS[3], "segments": "RAN"}
    rest = [row for row in STATEMENTS if row["id"] != "ban"]
    assert found(write_ledger(tmp_path / "x", statements=[*rest, ban, allow])) == []


def share_of(actor: str, figure: str, **more: str) -> dict[str, str]:
    both = {"value_low": figure, "value_high": figure}
    return {**RIVAL, "id": f"of-{actor}", "subject": actor, **both, **more}


def test_shares_over_the_whole(tmp_path):
    assert content(tmp_path, share_of("samsung", "68.3")) == []
    [problem] = content(tmp_path, share_of("samsung", "68.4"))
    assert problem == (
        "statements.csv:9: market_share of ru comes to 100.1 % at one time, scope and basis: "
        "huawei 31.7, samsung 68.4"
    )
    for other in ({"basis": "units"}, {"end": "2019-10"}, {"countries": "RU"}, {"unit": "times"}):
        assert content(tmp_path, share_of("samsung", "80", **other)) == []


def test_of_disputed_shares_the_least_counts(tmp_path):
    low = {**RIVAL, "value_low": "20", "value_high": "20", "disputes": "share"}
    assert content(tmp_path, low, share_of("samsung", "80")) == []
    assert len(content(tmp_path, low, share_of("samsung", "81"))) == 1


def test_groups_do_not_count_beside_their_members(tmp_path):
    assert content(tmp_path, share_of("makers", "100")) == []


def test_facts_from_the_future(tmp_path):
    late = changed(STATEMENTS, "deal", start="2019-12")
    folder = write_ledger(tmp_path / "x", statements=late)
    assert found(folder) == [
        "statements.csv:2: start: is a fact of 2019-12-01, but its newest source is of 2019-11-30; "
        "call it a forecast, or give a later source"
    ]
    planned = changed(late, "deal", kind="forecast")
    assert found(write_ledger(tmp_path / "x", statements=planned)) == []


# Private data and hidden characters ------------------------------------------------------------


@pytest.mark.parametrize(
    "name", "email E-Mail phone_number Telephone birth_date born address passport_no gender".split()
)
def test_private_names(name):
    assert private_name(name)


@pytest.mark.parametrize("name", "name office country URL given family kind note page".split())
def test_other_names(name):
    assert not private_name(name)


def test_private_values():
    assert private_value("at jane.doe@mail.example.org") == "an e-mail address"
    assert private_value("+44 20 7946 0958") == "a telephone number"
    assert private_value("2019-2020, 1,500,000 USD; AS8359 @ MSK-IX") is None


@given(st.text())
def test_hidden_characters_are_found_where_they_are(text):
    position = hidden_character(text)
    bidi = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    hidden = [
        at
        for at, c in enumerate(text)
        if c in bidi or (ord(c) < 32 and c not in "\n\r\t") or 127 <= ord(c) < 160
    ]
    assert position == (hidden[0] if hidden else None)


# Anything at all -------------------------------------------------------------------------------

FILES = ("actors.csv", "statements.csv", "sources.json", "ledger.toml")
MODEST = settings(suppress_health_check=list(HealthCheck))


def check_or_open(folder):
    """Only problems and InputError may come of any file; and opening agrees with checking."""
    problems = check_ledger(folder)
    assert all(str(problem).startswith(str(folder)) for problem in problems)
    assert all("\n" not in problem.message for problem in problems)
    refused = ""
    try:
        read_ledger(folder)
    except InputError as error:
        refused = str(error)
    first = str(problems[0]) if problems else ""
    assert refused == "" or (first and refused.startswith(first))


@MODEST
@given(file=st.sampled_from(FILES), data=st.binary(max_size=400))
def test_any_bytes(tmp_path_factory, file, data):
    folder = write_ledger(tmp_path_factory.getbasetemp() / "bytes")
    (folder / file).write_bytes(data)
    check_or_open(folder)


@MODEST
@given(file=st.sampled_from(FILES), data=st.data())
def test_good_files_with_a_piece_replaced(tmp_path_factory, file, data):
    folder = write_ledger(tmp_path_factory.getbasetemp() / "pieces")
    text = (folder / file).read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    size = data.draw(st.integers(0, 5))
    piece = data.draw(st.text(st.characters(codec="utf-8"), max_size=8))
    (folder / file).write_text(text[:at] + piece + text[at + size :], encoding="utf-8", newline="")
    check_or_open(folder)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@MODEST
@given(key=st.sampled_from([*PAPER, "author", "issued", "accessed", "URL"]), value=VALUES)
def test_sources_of_any_shape(tmp_path_factory, key, value):
    folder = write_ledger(tmp_path_factory.getbasetemp() / "shapes")
    entries = [*SOURCES, {**PAPER, "id": "strange", key: value}]
    (folder / "sources.json").write_text(json.dumps(entries), encoding="utf-8")
    check_or_open(folder)


@MODEST
@given(column=st.sampled_from(sorted(set().union(*STATEMENTS))), text=st.text(max_size=12))
def test_statements_with_any_text(tmp_path_factory, column, text):
    folder = write_ledger(
        tmp_path_factory.getbasetemp() / "texts",
        statements=changed(STATEMENTS, "claimed", **{column: text.replace("\ud800", "")}),
    )
    check_or_open(folder)
