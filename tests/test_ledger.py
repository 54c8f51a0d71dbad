from datetime import date

import polars as pl
import pytest

import splinternet
from ledgers import SOURCES, STATEMENTS, changed, issued, write_ledger
from splinternet.base.countries import country_codes
from splinternet.base.dates import day_of, parse_span, written
from splinternet.base.errors import AmbiguousError, InputError, MisuseError
from splinternet.ledger import catalogue
from splinternet.ledger.disputes import contradicted, contradictions, disputes_of
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import read_ledger
from splinternet.ledger.schema import TABLES
from splinternet.ledger.ties import figure, scope, tabulate
from splinternet.ledger.vocabulary import PREDICATES


@pytest.fixture
def ledger(tmp_path) -> Ledger:
    return read_ledger(write_ledger(tmp_path / "small"))


def ids(ledger: Ledger) -> set[str]:
    return set(ledger.statements["id"])


def row(ledger: Ledger, name: str) -> dict:
    return ledger.statements.row(by_predicate=pl.col("id") == name, named=True)


def test_tables_are_as_declared(ledger):
    for name, table in TABLES.items():
        assert getattr(ledger, name).schema == table.schema
    assert (ledger.title, ledger.notes) == ("A small ledger", ("Made up for tests.",))
    assert repr(ledger).endswith("7 statements about 7 actors from 5 sources>")


def test_a_table_that_is_not_as_declared_is_refused(ledger):
    with pytest.raises(MisuseError, match="table actors"):
        Ledger("x", ledger.actors.drop("note"), ledger.statements, ledger.sources)


def test_values_are_typed(ledger):
    share, claimed, ban = (row(ledger, name) for name in ("share", "claimed", "ban"))
    assert (share["start"], share["end"]) == (date(2019, 7, 1), date(2019, 9, 30))
    assert (share["start_precision"], share["value_low"]) == ("month", 31.7)
    assert (claimed["value_low"], claimed["value_high"]) == (37.0, None)
    assert (ban["start"], ban["start_precision"]) == (date(2019, 1, 1), "year")
    assert (ban["end"], ban["deadline"]) == (date(2020, 3, 31), date(2021, 12, 31))
    assert row(ledger, "deal")["generations"] == ["5G"]
    assert row(ledger, "deal")["status"] == "normal"


def test_disputes_are_read_both_ways(ledger):
    assert row(ledger, "claimed")["disputes"] == [{"kind": "contradicts", "statement": "share"}]
    assert row(ledger, "share")["disputes"] == [{"kind": "contradicts", "statement": "claimed"}]


def test_disputes_are_told_apart(tmp_path):
    """Who objects does not deny; what was superseded held before."""
    rows = changed(STATEMENTS, "said", disputes="objects:ban; superseded: deal")
    ledger = read_ledger(write_ledger(tmp_path / "x", statements=rows))
    assert row(ledger, "said")["disputes"] == [
        {"kind": "objects", "statement": "ban"},
        {"kind": "superseded", "statement": "deal"},
    ]
    assert row(ledger, "ban")["disputes"] == [{"kind": "objected", "statement": "said"}]
    assert row(ledger, "deal")["disputes"] == [{"kind": "supersedes", "statement": "said"}]
    assert contradictions(row(ledger, "said")) == []
    assert disputes_of(ledger.statements)["ban"] == row(ledger, "ban")["disputes"]
    assert contradicted(ledger.statements) == {
        each["id"] for each in ledger.statements.iter_rows(named=True) if contradictions(each)
    }
    told = dict(tabulate(ledger).select("id", "disputes").iter_rows())
    assert told["said"] == "objects to ban; superseded by deal"
    assert told["deal"] == "supersedes said"


def test_nations_are_there_from_the_start(ledger):
    states = ledger.actors.filter(kind="state")
    assert len(country_codes()) == states.height == states["id"].n_unique()
    assert ledger.actor("Kenya") == "ke"
    assert ledger.actor("Kremlin") == "ru"  # as the file has it


def test_ties_are_found_by_name_and_alias(ledger):
    assert ids(ledger.about("华为")) == ids(ledger.about("huawei")) != set()
    with pytest.raises(MisuseError, match="unknown actor 'Huwei'; did you mean Huawei\\?"):
        ledger.about("Huwei")
    with pytest.raises(AmbiguousError, match="may mean samsung or mts") as told:
        ledger.about("same")
    assert told.value.candidates == ("samsung", "mts")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        # "runs" has no start, so it may hold on any day; "ban" may have begun on 1 January.
        ("2018-09-30", {"runs"}),
        ("2018-12-31", {"runs", "wrong"}),
        ("2019-01-01", {"runs", "wrong", "ban"}),
        ("2019-06-04", {"runs", "wrong", "ban", "said"}),
        ("2019-06-05", {"runs", "wrong", "ban", "said", "deal"}),
        ("2019-09-30", {"runs", "wrong", "ban", "said", "deal", "share"}),
        # A share is of its period; without an end that is the month of its start.
        ("2019-10-01", {"runs", "wrong", "ban", "said", "deal"}),
        ("2019-11-30", {"runs", "wrong", "ban", "said", "deal", "claimed"}),
        ("2019-12-01", {"runs", "wrong", "ban", "said", "deal"}),
        ("2020-03-31", {"runs", "wrong", "ban", "said", "deal"}),
        ("2020-04-01", {"runs", "wrong", "said", "deal"}),
    ],
)
def test_what_held(ledger, day, held):
    assert ids(ledger.as_of(day)) == held
    assert ids(ledger.as_of(date.fromisoformat(day))) == held


def slow_as_of(ledger: Ledger, day: date) -> set[str]:
    """The rule of each span, one statement at a time."""
    held = set()
    for row in ledger.statements.iter_rows(named=True):
        start, end = row["start"], row["end"]
        span = PREDICATES[row["predicate"]].span
        if start and start > day:
            continue
        if span == "period" and end is None and start is not None:
            end = parse_span(written(start, row["start_precision"])).last
        if span == "event" or end is None or end >= day:
            held.add(row["id"])
    return held


def slow_known_by(ledger: Ledger, day: date) -> set[str]:
    out = {
        row["id"]
        for row in ledger.sources.iter_rows(named=True)
        if (when := row["issued"] or row["accessed"]) and when <= day
    }
    rows = ledger.statements.iter_rows(named=True)
    return {row["id"] for row in rows if out & set(row["sources"])}


@pytest.mark.parametrize("year", range(2000, 2026))
def test_the_shipped_ledger_as_a_slow_twin_has_it(year):
    shipped = catalogue.open_ledger()
    for day in (date(year, 1, 1), date(year, 6, 15), date(year, 11, 30)):
        assert ids(shipped.as_of(day)) == slow_as_of(shipped, day)
        assert ids(shipped.known_by(day)) == slow_known_by(shipped, day)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2019-06-05", set()),
        ("2019-06-06", {"deal", "ban"}),
        # A source of November 2019 is sure to be out on its last day.
        ("2019-11-29", {"deal", "ban"}),
        ("2019-11-30", {"deal", "ban", "share", "claimed", "wrong"}),
        # One without a date of issue counts from when it was looked up; "undated" never does.
        ("2019-12-01", {"deal", "ban", "share", "claimed", "wrong", "runs"}),
        ("2100-01-01", {"deal", "ban", "share", "claimed", "wrong", "runs"}),
    ],
)
def test_what_was_known(ledger, day, known):
    assert ids(ledger.known_by(day)) == known


def test_sources_that_came_later_are_left_out(ledger):
    assert row(ledger.known_by("2019-06-06"), "deal")["sources"] == ["agency"]
    assert row(ledger.known_by("2019-12-31"), "deal")["sources"] == ["agency", "blog"]


def test_what_held_and_what_was_known_are_two_questions(ledger):
    assert "share" in ids(ledger.as_of("2019-09-30"))
    assert "share" not in ids(ledger.known_by("2019-09-30"))
    assert "share" in ids(ledger.as_of("2019-09-30").known_by("2019-11-30"))


@pytest.mark.parametrize("day", ["2019-02-30", "2019-11", "yesterday", ""])
def test_a_day_must_be_one(ledger, day):
    for ask in (ledger.as_of, ledger.known_by):
        with pytest.raises(MisuseError, match=r"no (date|single day)"):
            ask(day)


def test_deprecated_statements_stay_until_they_are_left_out(ledger):
    assert ids(ledger) - ids(ledger.without_deprecated()) == {"wrong"}


@pytest.mark.parametrize("text", ["huawei", "HUAWEI", "华为", " hua wei ", "Huawei"])
def test_actors_by_name(ledger, text):
    assert ledger.actor(text) == "huawei"


def test_unknown_and_ambiguous_actors(ledger):
    with pytest.raises(MisuseError, match="unknown actor 'Huwei'; did you mean"):
        ledger.actor("Huwei")
    with pytest.raises(MisuseError, match="'Same' may mean samsung or mts"):
        ledger.actor("Same")


def test_about(ledger):
    assert ids(ledger.about("huawei")) == {"deal", "share", "claimed", "ban"}
    assert ids(ledger.about("huawei", ["bans", "owns"])) == {"ban"}
    assert ids(ledger.about("putin")) == {"said"}
    with pytest.raises(MisuseError, match="unknown predicate 'ban'; did you mean bans"):
        ledger.about("huawei", ["ban"])


def test_networks_of_operators(ledger):
    assert ledger.asns("mts") == [8359]
    assert ledger.asns("huawei") == []


def test_ties_in_words(ledger):
    table = tabulate(ledger)
    assert table["id"].to_list() == [
        "claimed", "share", "deal", "said", "ban", "wrong", "runs"
    ]  # fmt: skip
    told = {each["id"]: each for each in table.iter_rows(named=True)}
    assert told["claimed"]["figure"] == "more than 37 %"
    assert told["share"]["figure"] == "31.7 % (shipments)"
    assert (told["share"]["start"], told["share"]["end"]) == ("2019-07", "2019-09")
    assert told["wrong"]["figure"] == "2.84 to 2.86 million smartphones"
    assert told["ban"]["figure"] == "by 2021"
    assert told["deal"]["scope"] == "RU; 5G"
    assert told["deal"]["sources"] == "agency;blog"
    assert told["said"]["object"] is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"value_low": 1.5e9, "value_high": 1.5e9, "unit": "USD"}, "1.5 billion USD"),
        ({"value_high": 2e9, "unit": "GBP", "qualifier": "up to"}, "up to 2 billion GBP"),
        ({"value_low": 5.0, "value_high": 5.0, "unit": "years"}, "5 years"),
        ({"value_low": 999_999.0, "value_high": 2e6, "unit": "km"}, "999,999 to 2,000,000 km"),
        ({"rank": 1, "basis": "units"}, "rank 1 by units"),
        ({}, ""),
    ],
)
def test_figures(values, said):
    nothing = dict.fromkeys(
        "value_low value_high unit qualifier basis rank deadline deadline_precision".split()
    )
    assert figure(nothing | values) == said


def test_scope_of_nothing_is_empty():
    assert scope({"countries": [], "generations": [], "segments": []}) == ""


@pytest.mark.parametrize("text", ["2019", "2019-02", "2020-02-29"])
def test_dates_are_written_as_they_are_read(text):
    span = parse_span(text)
    assert written(span.first, span.precision) == written(span.last, span.precision) == text
    assert span.first <= span.last


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2019-02-30", "February 2019 has 28 days"),
        ("2019-13", "months go from 01 to 12"),
        ("0019-01-01", "from 1800 to 2199"),
        ("19-01-01", "is no date"),
        ("2019-1-1", "is no date"),
        ("٢٠١٩", "is no date"),
        ("2019-06-05T00:00", "is no date"),
    ],
)
def test_dates_that_are_none(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_span(text)


def test_days():
    assert day_of("2019-11-30") == day_of(date(2019, 11, 30)) == date(2019, 11, 30)


def test_ledgers_by_name_and_folder(tmp_path, monkeypatch):
    folder = write_ledger(tmp_path / "technology-ties")
    monkeypatch.chdir(tmp_path)
    assert catalogue.find_ledger("technology-ties") != folder
    assert catalogue.find_ledger("./technology-ties").resolve() == folder
    assert catalogue.open_ledger(folder).title == "A small ledger"
    unknown = "unknown ledger 'technology'; did you mean technology-ties"
    with pytest.raises(MisuseError, match=unknown):
        catalogue.find_ledger("technology")
    with pytest.raises(MisuseError, match=r"no ledger here \(no ledger\.toml\)"):
        catalogue.find_ledger(tmp_path)
    (folder / "actors.csv").unlink()
    with pytest.raises(InputError, match=r"actors\.csv: no such file"):
        read_ledger(folder)


def test_the_public_names():
    assert splinternet.Ledger is Ledger
    assert splinternet.open_ledger is catalogue.open_ledger


def test_later_sources_can_make_a_fact_known(tmp_path):
    later = changed(SOURCES, "undated", issued=issued(2020, 2, 29))
    ledger = read_ledger(write_ledger(tmp_path / "x", sources=later))
    assert "said" in ids(ledger.known_by("2020-02-29"))
    assert len(STATEMENTS) == ledger.statements.height
