"""The essay that the project starts from, beside the shipped ledger."""

import json

import pytest

from splinternet.essay.reading import read_essay_file
from splinternet.essay.report import report
from splinternet.ledger.catalogue import open_ledger

ESSAY = "huawei-and-russia-2019-11.txt"


@pytest.fixture(scope="module")
def essay(shared):
    return shared / "essay" / ESSAY


@pytest.fixture(scope="module")
def reading(essay):
    return read_essay_file(essay, open_ledger())


def findings(reading, subject, predicate, object):
    return [
        finding
        for claim in reading.claims
        for finding in claim.findings
        if finding.tie
        and (finding.tie.subject, finding.tie.predicate, finding.tie.object)
        == (subject, predicate, object)
    ]


def test_title_and_date_are_found(reading):
    assert reading.title == "Huawei and Russia: A Strategic Partnership"
    assert str(reading.dated) == "2019-11"
    assert reading.notes == ()


def test_all_nine_works(reading):
    assert [work.id for work in reading.works] == [
        "agencies-2019-06-06",
        "cbs-ap",
        "doffman-2019-11-11",
        "doffman-2019-11-10",
        "doffman-2019-10-29",
        "griffiths-2019-06-07",
        "haridy-2019-08-15",
        "pham-2019-06-06",
        "simes-2019-10-28",
    ]
    assert reading.unread == ()
    for work in reading.works:
        assert {"author", "title", "container-title", "type"} <= set(work.csl)
    assert reading.works[1].csl["accessed"] == {"date-parts": [[2019, 11, 13]]}


def test_works_are_those_the_ledger_knows_of(reading):
    known = open_ledger().sources.filter(open_ledger().sources["id"].str.starts_with("w-"))
    parsed = {work.title.casefold() for work in reading.works}
    assert {title.casefold() for title in known["title"]} == parsed


def test_every_citation_is_resolved_or_ambiguous(reading):
    three = ("doffman-2019-11-11", "doffman-2019-11-10", "doffman-2019-10-29")
    told = [(c.text, c.status, c.works) for c in reading.citations]
    doffman, simes = ("Doffman", "ambiguous", three), ("Simes", "unique", ("simes-2019-10-28",))
    assert told == [
        doffman,
        simes,
        simes,
        ("Agencies", "unique", ("agencies-2019-06-06",)),
        ("Griffiths", "unique", ("griffiths-2019-06-07",)),
        ("Pham", "unique", ("pham-2019-06-06",)),
        doffman,
        doffman,
        doffman,
        doffman,
        ("Haridy", "unique", ("haridy-2019-08-15",)),
        ("CBS/AP", "unique", ("cbs-ap",)),
    ]
    assert all(citation.supports for citation in reading.citations)
    assert [(u.work, u.maybe) for u in reading.uncited] == [(work, True) for work in three]


def test_claims_without_a_citation(reading):
    uncited = [claim.sentence for claim in reading.claims if not claim.cited]
    assert uncited == [1, 2, 3, 4, 5, 12, 14, 17, 21, 22, 23]
    assert len(reading.claims) == len(reading.sentences) == 23


def test_the_share_has_unit_scope_and_date_and_the_ledger_disputes_it(reading):
    share, multiple = reading.figures
    assert (share.text, share.low, share.unit, share.actor) == ("37%", 37, "%", "huawei")
    assert share.scope.countries == ("RU",)
    assert share.scope.segments == ("smartphones",)
    assert str(share.period) == "2019-11"
    assert (multiple.text, multiple.low, multiple.qualifier) == ("nearly tripled", 3, "about")
    assert (str(multiple.period), multiple.of) == ("2017 to 2019-11", 0)
    of_share, of_multiple = findings(reading, "huawei", "market_share", "ru")
    assert of_share.disputes == ("sm-q319", "sm-q419")
    assert of_share.same == ("e-37",)
    assert [reading.statements[id].value for id in of_share.disputes] == ["31.7 %", "29.3 %"]
    assert of_multiple.disputes == ("sm-q318",)


def test_what_else_the_ledger_has(reading):
    (ban,) = (f for f in findings(reading, "us", "bans", "huawei") if not f.tie.scope.generations)
    assert {"el-2019", "el-reason"} <= set(ban.disputes)
    (deal,) = findings(reading, "mts", "partners_with", "huawei")
    assert deal.status == "supported"
    assert "mts-huawei-2019" in deal.supports
    (accusation,) = findings(reading, "putin", "accuses", "us")
    assert accusation.disputes == ("nie-quote",)
    (lead,) = (f for claim in reading.claims for f in claim.findings if f.same == ("e-lead5g",))
    assert "mts-huawei-2019" in lead.disputes
    for claim in reading.claims:
        for finding in claim.findings:
            evidence = [reading.statements[id] for id in (*finding.supports, *finding.disputes)]
            assert not any(statement.of_an_essay for statement in evidence)


def test_relative_dates(reading):
    told = {time.text: str(time.period) for time in reading.times}
    assert told["over the last year"] == "2018-11 to 2019-11"
    assert told["In June"] == "2019-06"
    assert told["since 2017"] == "2017 to 2019-11"


def test_actors_that_are_described(reading):
    described = {(m.text, m.actor) for m in reading.mentions if m.rule != "name"}
    assert ("the Chinese company", "huawei") in described
    assert ("Kremlin", "ru") in described
    assert {("The leaders", "putin"), ("The leaders", "xi")} <= described
    assert {m.state for m in reading.mentions if m.actor == "putin"} == {"ru"}


def test_quotations_and_who_is_quoted(reading):
    said = [(q.sentence, q.speaker, q.kind) for q in reading.quotations]
    assert said == [
        (5, "A joint statement", "quotation"),
        (6, "China’s state-run media", "quotation"),
        (8, "Eldar Murtazin", "quotation"),
        (8, "Eldar Murtazin", "quotation"),
        (12, None, "term"),
        (15, "a joint statement", "quotation"),
        (16, "Putin", "quotation"),
        (16, "Putin", "quotation"),
        (17, None, "term"),
    ]
    assert [q.also_in for q in reading.quotations if q.also_in] == [(15,), (5,)]


def test_the_command(run, essay):
    status, out, err = run("read", str(essay))
    assert (status, err) == (0, "")
    assert "(Doffman), 5 times: ambiguous, it may mean any of 3 works" in out
    assert "29.3 % (shipments)" in " ".join(out.split())
    status, out, _ = run("read", str(essay), "-f", "json")
    assert status == 0
    assert len(json.loads(out)["works"]) == 9


def test_every_section_of_the_report_has_points(reading):
    headings = [section.heading for section in report(reading)]
    assert headings[:3] == ["Disputed", "Supported", "Claims without a citation"]
    assert len(headings) == 11
