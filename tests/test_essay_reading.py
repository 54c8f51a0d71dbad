"""Essays read as a whole, set beside a ledger, and told; bad input."""

import csv
import gc
import io
import json
import weakref

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import many
from essays import ACTORS, APA, CHICAGO, MLA, SOURCES, STATEMENTS, small_ledger
from ledgers import write_ledger
from splinternet.base.errors import InputError, MisuseError
from splinternet.essay.document import MAX_BYTES
from splinternet.essay.reading import read_essay, read_essay_file
from splinternet.essay.report import MOST_POINTS, report
from splinternet.essay.table import claims_table
from splinternet.ledger.catalogue import open_ledger


def read(text, date=None):
    return read_essay(text, small_ledger(), date)


def findings(text, date="2019-11"):
    """What the ledger has on one sentence: status, same, for, against."""
    (claim,) = read(text, date).claims
    return [(f.status, f.same, f.supports, (*f.contradicts, *f.disputes)) for f in claim.findings]


def test_an_essay_in_mla():
    found = read(MLA)
    assert found.title == "Towers and Treaties"
    assert str(found.dated) == "2019-11-13"
    assert found.notes == ()
    assert len(found.works) == 6
    assert [(c.text, c.status, c.line) for c in found.citations] == [
        ("Roe", "unique", 7),
        ("Doe, “Bans” 7", "unique", 7),
        ("Lee", "unique", 7),
        ("Doe", "ambiguous", 11),
        ("Miller", "missing", 11),
        ("“No Author” 3", "unique", 11),
    ]
    assert [(u.work, u.maybe) for u in found.uncited] == [
        ("doe-2019-05-04", True),
        ("quiet-2019-06-02", False),
    ]
    assert [(c.sentence, c.kind, c.cited, c.cited_later) for c in found.claims] == [
        (1, "assertion", True, None),
        (2, "assertion", False, 3),
        (3, "assertion", True, None),
        (4, "assertion", True, None),
        (6, "quote", True, None),
        (7, "quote", False, 8),
        (9, "assertion", True, None),
    ]
    assert [c.status for c in found.claims] == [
        "contradicted", "unknown", "disputed", "supported", "unknown", "unknown", "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize("essay", [APA, CHICAGO], ids=["APA", "Chicago"])
def test_essays_in_author_date_styles(essay):
    found = read(essay)
    assert found.title == "Towers and Treaties"
    statuses = [(c.text, c.status) for c in found.citations]
    expected = {
        APA: [
            ("Doe, 2019a, p. 3", "unique"), ("2018", "unique"), ("World Bank, 2017", "unique"),
            ("see also Doe, 2019b", "unique"), ("Miler, 2016", "missing"), ("2015", "missing"),
            ("2014", "missing"),
        ],
        CHICAGO: [
            ("Doe 2019a, 12", "unique"), ("Doe and Roe 2018, 3–4", "unique"),
            ("Roe 2016", "missing"),
        ],
    }  # fmt: skip
    assert statuses == expected[essay]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Borne out: subject, predicate and object agree, and the scope reaches as far.
        ("MTS works with Huawei.", ("supported", (), ("deal",), ())),
        ("Putin and Xi signed a joint statement.", ("supported", (), ("pact",), ())),
        ("Putin accused the United States.", ("supported", (), ("words",), ())),
        ("Huawei sold security cameras to Serbia.", ("supported", (), ("cameras", "order"), ())),
        ("Huawei sold 1,000 cameras to Serbia.", ("supported", (), ("order",), ())),
        ("Serbia bought 1,000 cameras from Huawei.", ("supported", (), ("order",), ())),
        # So many cameras are not borne out by another number of them, nor by some.
        ("Huawei sold 2,000 cameras to Serbia.", ("unknown", (), (), ())),
        # That something is said is not disputed by what disputes the words.
        ("Putin accused Serbia.", ("supported", (), ("words-too",), ())),
        # The other way round is another claim.
        ("Huawei accused the United States.", ("unknown", (), (), ())),
        # A ban of some things bears out no ban of all.
        ("The US banned ZTE.", ("unknown", (), (), ())),
        # What came later, or is only said, bears nothing out.
        ("Serbia banned ZTE.", ("unknown", (), (), ())),
        ("Ericsson sold cables to Serbia.", ("unknown", ("rumour",), (), ())),
        # An essay is no evidence, but what disputes it disputes this too.
        ("The US banned Huawei.", ("disputed", ("e-ban",), (), ("curb",))),
        ("So Huawei is leading every race of the Russians, every Russian says.",
         ("disputed", ("e-lead",), (), ("denial",))),
        # What is denied or possible is not compared.
        ("Huawei is not leading every race of the Russians, every Russian says.", None),
        ("The US never banned Huawei.", ("unknown", (), (), ())),
        ("MTS may work with Huawei.", ("unknown", (), (), ())),
    ],
)  # fmt: skip
def test_ties_beside_the_ledger(text, expected):
    assert findings(text) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("value", "status", "supports", "disputes"),
    [
        ("30%", "supported", ("quarter",), ()),
        ("about 31%", "supported", ("quarter",), ()),
        ("25-35%", "supported", ("quarter",), ()),
        ("30.4%", "supported", ("quarter",), ()),
        ("30.6%", "contradicted", (), ("quarter",)),
        ("more than 20%", "supported", ("quarter",), ()),
        ("more than 35%", "contradicted", (), ("quarter",)),
        # 12 % is of one shop, 10 % of another time, 40 % deprecated.
        ("12%", "contradicted", (), ("quarter",)),
        ("40%", "contradicted", (), ("quarter",)),
        ("10%", "contradicted", (), ("quarter",)),
    ],
)
def test_shares_beside_the_ledger(value, status, supports, disputes):
    text = f"Huawei has {value} of the Russian smartphone market."
    assert findings(text) == [(status, (), supports, disputes)]


def test_a_share_to_come_is_not_compared():
    assert findings("Huawei will have 90% of the Russian smartphone market.") == [
        ("unknown", (), (), ())
    ]


def test_shares_of_another_time_or_thing_are_not_compared():
    assert findings("In 2017 Huawei had 10% of the Russian smartphone market.") == [
        ("supported", (), ("before",), ())
    ]
    assert findings("In 2015 Huawei had 50% of the Russian smartphone market.") == [
        ("unknown", (), (), ())
    ]
    assert findings("Huawei had 50% of the Russian 5G market.") == [("unknown", (), (), ())]


def test_the_date_of_the_essay_decides_what_had_happened():
    assert findings("Serbia banned ZTE.", "2022") == [("supported", (), ("later",), ())]
    assert findings("MTS works with Huawei.", "2018") == [("unknown", (), (), ())]


def test_related_statements_are_named():
    (claim,) = read("Serbia banned Ericsson. ", "2019").claims
    assert claim.findings[0].related == ("rumour",)
    assert claim.findings[0].why == "the ledger has other statements on the two"


def test_a_date_may_be_given():
    assert str(read("Huawei came in June.", "2018-07-31").times[0].period) == "2018-06"
    with pytest.raises(MisuseError, match="30"):
        read("Huawei came.", "2019-02-30")


def told(reading):
    return {
        section.heading: [(point.text, *point.below) for point in section.points]
        for section in report(reading)
    }


def test_the_report_tells_it_in_words():
    sections = told(read(MLA))
    told_first = sections["Contradicted"][0]
    assert told_first[0].startswith(
        "“40%”: Huawei Technologies market share Russia, 40 % (RU, smartphones), 2019-11"
    )
    assert told_first[1].startswith("the ledger has another share")
    assert told_first[2].startswith("against: quarter: Huawei Technologies market")
    assert "30 % (shipments)" in told_first[2]
    assert told_first[2].endswith("Fact; The Paper, 2019-06-06 (press).")
    assert sections["Citations"][3][0] == "(Doe), once: ambiguous, it may mean any of 2 works"
    assert sections["Citations"][3][1] == "means: Doe, “Bans and What They Do”, 2019-06-03"
    assert sections["Citations"][4][0] == "(Miller), once: not in the list of works"
    assert sections["Claims without a citation"][0] == (
        "line 7: ZTE and Huawei are rivals.",
        "the next citation of the paragraph, (Doe, “Bans” 7), stands in the next sentence",
    )
    assert ("Quiet, “Never Cited”, 2019-06-02: never cited",) in sections[
        "Works that no citation surely means"
    ]
    assert "it implies about 13.3 % at its start" in sections["Figures"][1][1]
    assert "the same words again in line 11" in sections["Quotations"][0][1]


def test_a_report_is_never_endless():
    many = read("Huawei came to MTS. " * (MOST_POINTS + 50), "2019")
    points = told(many)["Claims without a citation"]
    assert len(points) == MOST_POINTS + 1
    assert points[-1] == ("50 more; --format json has all",)


def test_the_table_has_a_row_for_each_finding_and_each_claim_without():
    table = claims_table(read(MLA))
    assert table.select("sentence", "status", "contradicts", "disputes").rows()[:4] == [
        (1, "contradicted", "quarter", None),
        (1, "unknown", None, None),
        (2, "unknown", None, None),
        (3, "disputed", None, "curb"),
    ]
    assert claims_table(read("Nothing of note.")).height == 0


def test_an_essay_without_works_is_read_in_part():
    found = read("November 2019\n\nHuawei sells phones (Doe). It came in June.")
    assert not found.has_list
    assert "no list of works" in found.notes[0]
    assert [c.status for c in found.citations] == ["missing"]
    assert len(found.claims) == 1


def test_an_undated_essay_says_so():
    note = read(MLA.replace("13 November 2019", "")).notes[0]
    assert "has no date" in note
    assert "not older than its newest work, of 2019-06-03" in note


def test_another_language_is_said_and_citations_read_all_the_same():
    german = "Der Leser weiß es nicht, und der Autor sagt es (Doe). " * 5
    found = read(f"{german}\n\nWorks Cited\n\nDoe, Jane. “Eins.” Zeitung, 2019.")
    assert "does not look like English" in found.notes[0]
    assert {c.status for c in found.citations} == {"unique"}
    assert found.claims == ()


def test_works_alone():
    found = read("Works Cited\n\nDoe, Jane. “One.” Daily, 2 May 2019.")
    assert len(found.works) == 1
    assert "no running text" in " ".join(found.notes)


@pytest.fixture
def command(run, tmp_path):
    """Run ``read`` on a text beside the small ledger."""
    ledger = write_ledger(tmp_path / "small", actors=ACTORS, statements=STATEMENTS, sources=SOURCES)

    def command(text, *words):
        essay = tmp_path / "essay.txt"
        essay.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("read", str(essay), "--ledger", str(ledger), *words)

    return command


def test_the_command_writes_a_report(command):
    status, out, err = command(MLA)
    assert (status, err) == (0, "")
    assert out.startswith("Towers and Treaties\nOf 2019-11-13; 9 sentences, 6 works, 6 citations")
    assert "\nClaims without a citation\n" in out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.slow
def test_the_command_writes_tables_and_json(command, tmp_path):
    status, out, err = command(MLA, "--format", "json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["works"][0]["csl"]["id"] == "doe-2019-06-03"
    assert found["dated"] == {"start": "2019-11-13", "end": "2019-11-13", "precision": "day"}
    assert found["claims"][0]["findings"][0]["contradicts"] == ["quarter"]
    assert found["statements"]["quarter"]["basis"] == "shipments"
    status, out, err = command(MLA, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (status, rows[0]["contradicts"], rows[0]["works"]) == (0, "quarter", "roe-2019")
    status, out, err = command(MLA, "--format", "table", "--limit", "2")
    assert status == 0
    assert "Huawei Technologies market share Russia" in out
    assert "more; --limit 0 shows all" in out
    for name in ("claims.csv", "claims.parquet", "all.json", "report.txt", "essay.html"):
        assert command(MLA, "-o", str(tmp_path / name))[:2] == (0, "")
    assert pl.read_parquet(tmp_path / "claims.parquet").height == len(rows)
    assert json.loads((tmp_path / "all.json").read_text())["title"] == "Towers and Treaties"
    assert (tmp_path / "report.txt").read_text().startswith("Towers and Treaties\n")
    page = (tmp_path / "essay.html").read_text()
    assert '<mark class="contradicted">' in page
    assert page == command(MLA, "--format", "html")[1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\0\1\2", "binary data"),
        (b"a" * (MAX_BYTES + 1), "which no essay is"),
        (b"%PDF-1.4", "PDF"),
    ],
)
def test_the_command_refuses_in_one_line(command, data, message):
    status, out, err = command(data)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "essay.txt: " in err
    assert message in err


def test_the_command_checks_its_options(command):
    assert command(MLA, "--date", "yesterday")[0] == 2
    assert command(MLA, "--format", "word")[0] == 2


def test_a_page_with_scripts_and_hidden_marks(command):
    page = (
        "<html><body><h1>A page</h1><p>13 November 2019</p><script>Huawei banned Russia.</script>"
        "<p>Huawei was ban\u202ened in the US (Doe).</p><h2>Works Cited</h2>"
        "<ul><li>Doe, Jane. “One.” Daily, 2 May 2019.</li></ul></body></html>"
    )
    status, out, _ = command(page)
    assert status == 0
    assert "1 mark of writing direction, which can make text look other than it is" in out
    assert "United States bans Huawei" in out
    assert "Huawei banned Russia" not in out


#: Long repetitions of what the rules look for; each would hang a careless pattern.
PIECES = [
    "a", " ", ".", "A. ", "“", '"a" ', "‘“", "(", "(12)", "(Doe 12) ", "Huawei ", "e\u0301",
    "the two countries ", "in 2017 37% ", "1,000,", "2019-", "9", "said said “", "U.S. ", "-",
    "Russia’s ", "not banned by ", "http://", ",;: ", "Doe, Jane. “T.” X, May 1, 2019.\n", "and ",
    "<div>", "<!--", "&lt;", "\n ", "Works Cited\n\n", "“Russia has it all here” ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_long_repetitions_are_read(piece):
    for before in ("x ", "<p>x ", "Huawei (Doe).\n\nWorks Cited\n\n"):
        text = (before + piece * 20_000)[:20_000]
        found = read(text, "2019-11")
        assert report(found)
        assert all(len(sentence.text) <= 2000 for sentence in found.sentences)


WORDS = st.sampled_from(
    "Huawei Russia the Chinese company banned in 2017 June 37% of market “ ” ‘ ’ \" ' ( ) (Doe) "
    "(Doe, 2019) ; . , ? U.S. said according to nearly tripled since over last year Works Cited "
    "\n\n \n <p> </p> <script> & \u202e \x07 \u0301 Putin Xi signed a joint statement by and "
    "February 30, 2019 0 99999999999999999999 doi: http://x n.d. --- et al.".split(" ")
)


@many
@given(
    st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=120).map(" ".join)),
    st.sampled_from([None, "2019", "2019-11-30", "1800", "2199-12-31"]),
)
def test_any_text_is_read_or_refused_in_words(text, date):
    found, refused = attempt(read, text, date)
    assert bool(found) != bool(refused)
    check(found)


def attempt(read, *given):
    """A reading, or the words in which it is refused."""
    try:
        return read(*given), ""
    except InputError as error:
        return None, str(error)


def check(found):
    """What holds of every reading."""
    if found is None:
        return
    numbers = {sentence.number: sentence.text for sentence in found.sentences}
    for each in (*found.mentions, *found.times, *found.quotations, *found.figures):
        assert numbers[each.sentence][each.start : each.end].strip()
        assert each.text in numbers[each.sentence] or each.text.rstrip(",")
    ids = {work.id for work in found.works}
    assert len(ids) == len(found.works)
    for citation in found.citations:
        assert set(citation.works) <= ids
        assert (citation.status == "unique") == (len(citation.works) == 1)
        assert (citation.status == "missing") == (not citation.works)
    for claim in found.claims:
        for finding in claim.findings:
            assert (finding.status == "disputed") == bool(finding.disputes)
            assert finding.status != "supported" or finding.supports
            assert set(finding.supports) <= set(found.statements)
    assert all(section.points for section in report(found))
    assert claims_table(found).height >= len(found.claims)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-16")),
        st.text(max_size=200).map(lambda text: text.encode("windows-1252", "replace")),
        st.binary(max_size=200).map(lambda data: b"<!doctype html><p>" + data),
    )
)
def test_any_bytes_are_read_or_refused_in_words(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzzed"
    path.write_bytes(data)
    found, refused = attempt(read_essay_file, path, small_ledger())
    assert found or str(path) in refused
    check(found)


def test_what_essays_need_of_a_ledger_goes_with_it():
    ledger = open_ledger().about("Huawei")
    read_essay("Huawei made $122 billion in 2019.", ledger)
    kept, gone = ledger.derived("essays", list), weakref.ref(ledger)
    assert kept is ledger.derived("essays", list) != []
    assert ledger.without_deprecated().derived("essays", list) == []
    del ledger, kept
    gc.collect()
    assert gone() is None
