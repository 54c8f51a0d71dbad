"""A ledger of one's own: from nothing to an answer, on top of others, and out again."""

import io
import json
import re
import shlex
from pathlib import Path

import pytest
import stix2

from ledgers import ACTORS, SOURCES, STATEMENTS, changed, source, write_ledger
from splinternet.base.errors import InputError
from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import check_ledger, read_ledger
from splinternet.ledger.schema import TABLES
from splinternet.ledger.writing import ledger_files, ledger_record, write_files

DOCUMENT = Path(__file__).parents[1] / "docs" / "ledger.md"
FACT = {"kind": "fact", "sources": "report", "summary": "A fact"}
REPORT = source("report", "analysis", issued={"date-parts": [[2021]]})
STEP = re.compile(r"^(\d+)\. ", re.MULTILINE)


def steps() -> list[str]:
    """The steps of the document, each with its text."""
    text = DOCUMENT.read_text(encoding="utf-8")
    part = text.partition("<!-- steps: begin -->")[2].partition("<!-- steps: end -->")[0]
    found = STEP.split(part)[1:]
    assert found[::2] == [str(number) for number in range(1, len(found) // 2 + 1)]
    return found[1::2]


@pytest.mark.nightly
def test_a_ledger_for_kenya_by_the_steps_of_the_document(run, tmp_path, monkeypatch):
    """Seven steps and no problem; after them the ban of Huawei has an answer."""
    monkeypatch.chdir(tmp_path)
    out = ""
    for step in steps():
        if "```toml" in step:
            (name,) = re.findall(r"`([\w-]+\.toml)`", step)
            lines = step.partition("```toml\n")[2].partition("```")[0].splitlines()
            Path(name).write_text("".join(f"{line.strip()}\n" for line in lines))
            continue
        (command,) = re.findall(r"^ {7}splinternet (.*)", step.replace("\\\n", ""), re.MULTILINE)
        status, out, err = run(*shlex.split(command))
        assert (status, err) == (0, ""), (command, err)
    assert len(steps()) == 7
    assert "Kenya, on equipment of Huawei that would have to go: 39 to 87% of subs" in out
    assert "Operators known to use it: Safaricom (Huawei 60 to 80% of 4G radio" in out
    assert "1 operator is known to use equipment of Huawei" in out


# Layers ----------------------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path):
    return write_ledger(tmp_path / "base")


def own(tmp_path, statements, actors=(), sources=(REPORT,)) -> Path:
    """A ledger with a header for each table even where it has no row."""
    folder = write_ledger(
        tmp_path / "own", actors=list(actors), statements=list(statements), sources=list(sources),
        settings='title = "Ours"\nnotes = ["Ours too."]\n',
    )  # fmt: skip
    if not actors:
        (folder / "actors.csv").write_text("id,kind,name\n")
    return folder


def test_a_later_ledger_adds_to_an_earlier_one(tmp_path, base):
    more = {**FACT, "id": "new", "subject": "ke", "predicate": "bans", "object": "huawei"}
    actors = [{"id": "huawei", "kind": "vendor", "name": "Huawei Ltd", "aliases": "HW"}]
    folder = own(tmp_path, [more], actors)
    both = read_ledger(base, folder)
    assert set(both.statements["id"]) == {"new", *(row["id"] for row in STATEMENTS)}
    assert both.actor("HW") == both.actor("华为") == both.actor("Huawei Ltd") == "huawei"
    assert both.notes == ("Made up for tests.", "Ours too.")
    assert both.title == "A small ledger; with more from: Ours"
    assert check_ledger(base, folder) == []


def test_a_later_ledger_corrects_and_deprecates(tmp_path, base):
    deal = next(row for row in STATEMENTS if row["id"] == "deal")
    wrong = deal | {"sources": "report", "status": "deprecated", "note": "It was never signed"}
    both = read_ledger(base, own(tmp_path, [wrong]))
    assert "deal" not in set(both.without_deprecated().statements["id"])
    assert both.statements.height == len(STATEMENTS)


@pytest.mark.parametrize(
    ("statement", "actors", "sources", "problem"),
    [
        ({"id": "deal"}, [], [REPORT], "statements.csv:2: the id 'deal' means something else"),
        (
            {},
            [{"id": "mts", "kind": "vendor", "name": "Another"}],
            [REPORT],
            "actors.csv:2: the id 'mts' means something else in a ledger below, with another kind",
        ),
        ({}, [], [REPORT, source("blog", "press", title="Else")], "the id 'blog' means something"),
        ({"object": "nobody"}, [], [REPORT], "unknown actor 'nobody'"),
        ({"disputes": "nothing"}, [], [REPORT], "unknown statement 'nothing'"),
        ({"start": "2022"}, [], [REPORT], "is a fact of 2022-01-01, but its newest source"),
    ],
)
def test_what_does_not_fit_below_is_told(tmp_path, base, statement, actors, sources, problem):
    row = {**FACT, "id": "new", "subject": "ke", "predicate": "bans", "object": "huawei"}
    found = check_ledger(base, own(tmp_path, [row | statement], actors, sources))
    assert problem in "\n".join(map(str, found))


def test_only_the_last_ledger_is_to_blame(tmp_path, base):
    """What is wrong in a ledger below is not told again."""
    twice = [*STATEMENTS, {**STATEMENTS[0], "id": "again"}]
    below = write_ledger(tmp_path / "twice", statements=twice)
    assert len(check_ledger(below)) == 1
    row = {**FACT, "id": "new", "subject": "ke", "predicate": "bans", "object": "huawei"}
    folder = own(tmp_path, [row])
    assert check_ledger(below, folder) == []
    same = own(tmp_path, [row, STATEMENTS[0] | {"id": "third", "sources": "report"}])
    (problem,) = check_ledger(base, same)
    assert "says the same as 'deal'" in problem.message


def test_every_command_takes_several_ledgers(run, tmp_path, base):
    row = {**FACT, "id": "new", "subject": "ke", "predicate": "bans", "object": "huawei"}
    folder = own(tmp_path, [row])
    words = ("--ledger", str(base), "--ledger", str(folder))
    for command in (
        ("ties", "Kenya", *words),
        (*words, "ties", "Kenya"),
        ("vendors", "KE", "--weights", "users", *words),
    ):
        status, out, _ = run(*command)
        assert status == 0
        assert "Kenya bans Huawei" in out
        assert "A small ledger; with more from: Ours" in out
    assert run("ledger", "check", str(folder), "--ledger", str(base))[0] == 0
    status, out, _ = run("ledger", "check", str(folder))
    assert (status, "unknown actor 'huawei'" in out) == (1, True)


# Entering --------------------------------------------------------------------------------------

ADD = (
    "--subject", "Huawei", "--predicate", "supplies", "--object", "Safaricom",
    "--actor", "Safaricom=operator:KE", "--source", "A report", "--source-kind", "press",
    "--url", "https://example.org/a", "--issued", "2021-04", "--start", "2015",
)  # fmt: skip


@pytest.fixture
def mine(run, tmp_path):
    folder = tmp_path / "mine"
    assert run("ledger", "new", str(folder), "--title", "Mine")[0] == 0
    return folder


def test_a_new_ledger_is_empty_and_without_fault(run, mine):
    assert check_ledger(mine) == []
    assert read_ledger(mine).statements.height == 0
    status, _, err = run("ledger", "new", str(mine))
    assert (status, "exists already" in err) == (2, True)
    assert run("ledger", "new", str(mine), "--force")[0] == 0


def test_a_fact_comes_with_its_source_and_actors(run, mine, base):
    status, out, err = run("ledger", "add", str(mine), *ADD, "--ledger", str(base))
    assert (status, err) == (0, "")
    assert out == f"{mine}: huawei-supplies-safaricom: Huawei supplies Safaricom\n"
    both = read_ledger(base, mine)
    (row,) = both.about("Safaricom").statements.iter_rows(named=True)
    assert (row["subject"], str(row["start"]), row["sources"]) == (
        "huawei", "2015-01-01", ["a-report-2021"],
    )  # fmt: skip
    # Again, with the source that is there now, and under another id.
    again = [*ADD[:6], "--source", "A report", "--generation", "5G"]
    assert run("ledger", "add", str(mine), *again, "--ledger", str(base))[0] == 0
    assert read_ledger(base, mine).sources.height == len(SOURCES) + 1
    assert "huawei-supplies-safaricom-2" in set(read_ledger(base, mine).statements["id"])


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--predicate", "loves"), "--predicate: unknown predicate 'loves'"),
        (("--object", "Safricom"), "unknown actor 'Safricom'"),
        (("--actor", "Safaricom"), "write it as 'Safaricom=operator:KE'"),
        (("--actor", "Safaricom=telco"), "--actor: kind: unknown kind 'telco'"),
        (("--start", "2021-02-30"), "start: '2021-02-30' is no date; February 2021 has 28 days"),
        (("--value", "65"), "unit: is empty; a figure needs one"),
        (("--value", "80-60", "--unit", "%"), "value_low: 80 is more than value_high, 60"),
        (("--start", "2022"), "is a fact of 2022-01-01, but its newest source is of 2021-04-30"),
        (("--url", "x", "--source", "B"), "is no address on the web"),
        (("--country", "XX"), "'XX' is no ISO 3166-1"),
        (("--summary", "call +44 20 7946 0000"), "summary: holds a telephone number"),
    ],
)
def test_a_fact_that_cannot_stand_is_not_written(run, mine, base, words, problem):
    before = {file.name: file.read_bytes() for file in mine.iterdir()}
    status, out, err = run("ledger", "add", str(mine), *ADD, *words, "--ledger", str(base))
    assert (status, out) == (2, "")
    assert problem in err
    assert len(err.splitlines()) == 1
    assert {file.name: file.read_bytes() for file in mine.iterdir()} == before


def test_facts_are_asked_for_one_by_one(run, mine, base, monkeypatch):
    """What cannot stand is told at once and asked for again; what may be empty can stay so."""
    answers = [
        "Safaricom", "operator", "KE", "loves", "contracts", "Huawei", "A report",
        "https://example.org/a", "2021-13", "2021", "gossip", "press", "", "2019", "", "", "%",
        "6x", "65", "radio", "4G", "", "", "", "It buys radio equipment",
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    status, out, err = run("ledger", "add", str(mine), "--ledger", str(base))
    assert status == 0, err
    assert out.endswith("safaricom-contracts-huawei: It buys radio equipment\n")
    for told in ("unknown predicate 'loves'", "'2021-13' is no date", "unknown kind 'gossip'",
                 "'6x' is no plain figure"):  # fmt: skip
        assert told in err
    (row,) = read_ledger(base, mine).about("Safaricom").statements.iter_rows(named=True)
    assert (row["value_low"], row["unit"], row["basis"]) == (65, "%", "radio")
    assert row["generations"] == ["4G"]


def test_nobody_answers(run, mine, base, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    status, _, err = run("ledger", "add", str(mine), "--ledger", str(base))
    assert status == 2
    assert "--subject: is missing, and nobody answers" in err


def test_the_columns_of_a_ledger_are_kept(run, base, tmp_path):
    """A ledger with sources in JSON and few columns gets a row and the columns that it needs."""
    row = {**FACT, "id": "new", "subject": "ke", "predicate": "bans", "object": "huawei"}
    folder = own(tmp_path, [row])
    head = (folder / "statements.csv").read_text().splitlines()[0]
    assert run("ledger", "add", str(folder), *ADD, "--ledger", str(base))[0] == 0
    lines = (folder / "statements.csv").read_text().splitlines()
    assert lines[0] == f"{head},start"
    assert len(json.loads((folder / "sources.json").read_text())) == 2
    assert not (folder / "sources.csv").exists()


# Out again -------------------------------------------------------------------------------------


def same(one: Ledger, other: Ledger) -> bool:
    tables = all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)
    return tables and (one.title, one.notes) == (other.title, other.notes)


@pytest.mark.parametrize("csv_only", [False, True])
def test_a_round_trip(tmp_path, csv_only):
    """The starter ledger, and a small one with disputes of every kind."""
    rows = changed(STATEMENTS, "said", disputes="objects:ban;superseded:deal;share")
    small = read_ledger(write_ledger(tmp_path / "small", statements=rows))
    for number, ledger in enumerate((open_ledger(), small)):
        folder = tmp_path / f"out{number}"
        folder.mkdir()
        write_files(ledger_files(ledger, csv_only=csv_only), folder)
        assert same(read_ledger(folder), ledger)


@pytest.mark.parametrize("form", ["own", "csv"])
def test_export_is_read_again(run, base, tmp_path, form):
    out = tmp_path / "out"
    words = ("ledger", "export", "-o", str(out), "-f", form, "--ledger", str(base))
    assert run(*words) == (0, f"{out}: 7 statements, as {form}\n", "")
    assert same(read_ledger(out), read_ledger(base))
    assert run(*words)[0] == 2  # it is there already
    assert run(*words, "--force")[0] == 0
    assert {"own": "sources.json", "csv": "sources.csv"}[form] in {f.name for f in out.iterdir()}


@pytest.mark.parametrize("form", ["ftm", "stix", "csl"])
def test_export_for_other_programs(run, base, tmp_path, form):
    out = tmp_path / "out.json"
    words = ("ledger", "export", "-o", str(out), "-f", form, "--ledger", str(base))
    assert run(*words)[0] == 0
    text = out.read_text(encoding="utf-8")
    if form == "ftm":
        ids = [json.loads(line)["id"] for line in text.splitlines()]
        assert {f"statement-{row['id']}" for row in STATEMENTS} <= set(ids)
    elif form == "stix":
        assert len(stix2.parse(text, allow_custom=False).objects) > len(STATEMENTS)
    else:
        assert [work["id"] for work in json.loads(text)] == [work["id"] for work in SOURCES]


def test_sources_as_a_table(tmp_path):
    """Without CSL-JSON a citation is made of the columns."""
    folder = write_ledger(tmp_path / "x", statements=[], actors=ACTORS)
    (folder / "statements.csv").write_text("id,subject,predicate,kind,sources,summary\n")
    (folder / "sources.json").unlink()
    table = folder / "sources.csv"
    head = "id,kind,title,authors,issued,url,seen,csl\n"
    table.write_text(f"{head}a,press,A title,Doe;Roe,2019-11,https://example.org,whole,\n")
    (row,) = read_ledger(folder).sources.iter_rows(named=True)
    assert (row["authors"], str(row["issued"])) == (["Doe", "Roe"], "2019-11-30")
    assert json.loads(row["csl"])["issued"] == {"date-parts": [[2019, 11]]}
    for cells, problem in (
        ("a,press,A title,,,ftp://x,whole,", "is no address on the web"),
        ("a,press,A title,,,https://x.org,whole,{", "csl: is no JSON object"),
        (
            'a,press,A title,,,https://x.org,whole,"{""id"": ""a"", ""type"": ""book"", '
            '""title"": ""Another"", ""URL"": ""https://x.org""}"',
            "title: csl says otherwise",
        ),
        ("a,gossip,A title,,,https://x.org,whole,", "unknown kind 'gossip'"),
    ):
        table.write_text(f"{head}{cells}\n")
        with pytest.raises(InputError, match=re.escape(problem)):
            read_ledger(folder)
    (folder / "sources.json").write_text("[]")
    with pytest.raises(InputError, match=r"stands beside sources\.json; keep one of the two"):
        read_ledger(folder)


# Records ---------------------------------------------------------------------------------------


def ledger_beside(file):
    return json.loads(file.with_name(f"{file.name}.manifest.json").read_text())["ledger"]


def test_what_is_written_tells_its_ledger_by_a_checksum(run, base, tmp_path):
    """Two ledgers of one title differ in it; the same one, written and read again, does not."""
    rows = changed(STATEMENTS, "said", summary="In other words")
    other, same_again = write_ledger(tmp_path / "other", statements=rows), tmp_path / "again"
    same_again.mkdir()
    write_files(ledger_files(read_ledger(base)), same_again)
    essay = tmp_path / "essay.txt"
    essay.write_text("Notes\n\nHuawei supplies Safaricom, as it has been said of it before.\n")
    commands = (
        ("ties", "Huawei"), ("ties", "Huawei", "-f", "stix"), ("vendors", "KE"),
        ("read", str(essay)),
    )  # fmt: skip
    for command in commands:
        found = []
        for ledger in (base, other, same_again):
            file = tmp_path / f"{command[0]}-{ledger.name}.json"
            assert run(*command, "-o", str(file), "--ledger", str(ledger))[0] == 0
            found.append(ledger_beside(file))
        one, two, three = found
        assert one == three == ledger_record(read_ledger(base))
        assert one["sha256"] != two["sha256"]
        assert one["title"] == two["title"]
