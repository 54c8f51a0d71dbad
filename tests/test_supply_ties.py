"""Cables, loans, standing among states, and splinternet vendors that shows all of it."""

import csv
import io
import json

import pytest

from splinternet.base.errors import MisuseError
from splinternet.ledger.catalogue import open_ledger
from splinternet.supply.cables import cables_by, international_cables, landing_points
from splinternet.supply.finance import finance
from splinternet.supply.gaps import gaps
from splinternet.supply.overview import overview
from splinternet.supply.question import Question
from splinternet.supply.standing import standing, standing_by_year
from splinternet.supply.words import figure_words
from supplies import actor, ledger_of, said

ACTORS = [
    *(actor(code.lower(), "state", code) for code in ("CN", "DE", "GE", "RU", "UA")),
    actor("sochi", "site", "RU"),
    actor("kerch", "site", "RU"),
    actor("poti", "site", "GE"),
    actor("ilyich", "site", "UA"),
    actor("atlantis", "site"),
    *(actor(name, "cable") for name in ("north", "south", "planned", "inland", "old")),
    actor("hmn", "company", "CN"),
    actor("nec", "company", "JP"),
    actor("rostelecom", "operator", "RU"),
    actor("consortium", "company"),
    {**actor("huawei", "vendor", "CN"), "aliases": ["Hua Wei"]},
    actor("chinese", "group", "CN"),
    actor("bank", "agency", "CN"),
    actor("regulator", "agency", "DE"),
]


# Cables ----------------------------------------------------------------------------------------

CABLES = [
    said("n1", "north", "lands_at", "sochi", start="2000"),
    said("n2", "north", "lands_at", "poti", start="2000"),
    said("n3", "hmn", "builds", "north", start="2000"),
    said("n4", "rostelecom", "owns", "north", start="2000"),
    said("s1", "south", "lands_at", "sochi", start="2010-05"),
    said("s2", "south", "lands_at", "poti", start="2010-05"),
    said("s3", "south", "lands_at", "ilyich", start="2010-05"),
    said("s4", "consortium", "owns", "south", start="2010-05"),
    said("p1", "planned", "lands_at", "kerch", start="2018", kind="forecast"),
    said("p2", "planned", "lands_at", "ilyich", start="2018", kind="forecast"),
    said("p3", "nec", "builds", "planned", start="2018", kind="forecast"),
    said("i1", "inland", "lands_at", "sochi", start="2000"),
    said("i2", "inland", "lands_at", "atlantis", start="2000"),
    said("o1", "old", "lands_at", "sochi", start="1990", end="1999"),
    said("o2", "old", "lands_at", "poti", start="1990", end="1999"),
]


def test_international_cables():
    """In 2019: two in service, one that was planned; one within the nation as far as is known."""
    cables = international_cables(ledger_of(ACTORS, CABLES), "RU", "2019-11-30")
    assert cables["cable"].to_list() == ["north", "planned", "south"]
    assert cables["in_service"].to_list() == [True, False, True]
    assert cables["countries"].to_list() == [["GE", "RU"], ["RU", "UA"], ["GE", "RU", "UA"]]
    assert cables["owner_states"].to_list() == [["RU"], [], []]
    assert cables["owners_of_unknown_state"].to_list() == [0, 0, 1]


def test_cables_in_service_at_a_date():
    ledger = ledger_of(ACTORS, CABLES)
    assert international_cables(ledger, "RU", "1995-01-01")["cable"].to_list() == ["old"]
    assert international_cables(ledger, "RU", "1980-01-01").height == 0
    # Some day of 2000: the cable may be in service, or not yet.
    early = international_cables(ledger, "RU", "2000-06-01")
    assert early["cable"].to_list() == ["north"]
    assert early["in_service"].to_list() == [False]


def test_cables_by_builder_and_owner_state():
    cables = international_cables(ledger_of(ACTORS, CABLES), "RU", "2019-11-30")
    # The builder of south is unknown: it may be either.
    assert cables_by(cables, "builder") == {"hmn": (1, 2), "nec": (0, 2)}
    # One owner of south is of unknown state, and planned has no known owner.
    assert cables_by(cables, "owner state") == {"RU": (1, 3)}
    with pytest.raises(MisuseError, match="unknown grouping"):
        cables_by(cables, "colour")


def test_landing_points_shared_with_one_other_nation_only():
    points = landing_points(ledger_of(ACTORS, CABLES), "RU", "2019-11-30")
    assert points.rows() == [
        ("Kerch", ["Planned"], ["UA"], None),  # if the cable is there
        ("Sochi", ["North", "South"], ["GE", "UA"], False),
    ]
    before = landing_points(ledger_of(ACTORS, CABLES), "RU", "2005-01-01")
    assert before.rows() == [("Sochi", ["North"], ["GE"], True)]


def test_plans_do_not_count_where_there_are_facts():
    late = [
        said(f"{row['id']}-new", row["subject"], "lands_at", row["object"], start="2021")
        for row in CABLES
        if row["id"] in ("p1", "p2")
    ]
    ledger = ledger_of(ACTORS, [*CABLES, *late])
    assert "planned" not in set(international_cables(ledger, "UA", "2019-11-30")["cable"])
    assert "planned" in set(international_cables(ledger, "UA", "2022-01-01")["cable"])


# Finance ---------------------------------------------------------------------------------------

MONEY = {"value_low": 3e8, "value_high": 3e8, "unit": "USD"}
FOR_HUAWEI = {"summary": "For Huawei goods", "start": "2015-05"}
LOANS = [
    said("f1", "bank", "finances", "rostelecom", **FOR_HUAWEI, **MONEY),
    said("f2", "bank", "finances", "rostelecom", start="2015", claim="by Hua Wei")
    | {"value_low": 1e8, "qualifier": "at least", "unit": "USD"},
    said("f3", "huawei", "finances", "ru", start="2016"),
    said("f4", "huawei", "finances", "ru", start="2016", basis="grant", **MONEY),
    said("f5", "bank", "finances", "rostelecom", start="2015", summary="A huaweian", **MONEY),
    said("f6", "bank", "finances", "de", **FOR_HUAWEI, **MONEY),
]


def test_finance_by_borrower_and_year():
    found = finance(ledger_of(ACTORS, LOANS), "huawei", country="RU")
    columns = ["borrower", "year", "basis", "loans", "of_unknown_amount", "least", "most"]
    assert sorted(found.select(columns).rows(), key=str) == [
        ("rostelecom", 2015, None, 2, 0, 4e8, None),
        ("ru", 2016, "grant", 1, 0, 3e8, 3e8),
        ("ru", 2016, None, 1, 1, 0.0, None),
    ]
    assert finance(ledger_of(ACTORS, LOANS), "huawei", country="RU", day="2015-12-31").height == 1
    assert finance(ledger_of(ACTORS, LOANS), "hmn").height == 0


def test_every_loan_counts_once():
    ledger = open_ledger()
    found = finance(ledger, "huawei")
    ids = [name for each in found["statements"] for name in each]
    assert len(ids) == len(set(ids)) == found["loans"].sum() > 8


# Standing --------------------------------------------------------------------------------------

ACTS = [
    said("b1", "regulator", "bans", "huawei", start="2020"),
    said("b2", "de", "allows", "huawei", start="2018", end="2019-12-31"),
    said("b3", "ru", "allows", "huawei", start="2019-06", disputes=["b4"]),
    said("b4", "ru", "restricts", "huawei", start="2019-06", kind="quote", disputes=["b3"]),
    said("b5", "huawei", "supplies", "rostelecom", start="2015"),
    said("b6", "ua", "restricts", "chinese", start="2021"),
    said("b7", "chinese", "vendor_share", "ua", share=50, start="2020"),
    said("b8", "hmn", "restricts", "huawei", start="2015"),
]


def test_standing():
    ledger = ledger_of(ACTORS, ACTS)
    assert standing(ledger, "huawei", "2022-01-01").drop("statements").rows() == [
        ("DE", "bans", True),
        ("RU", "restricts", False),
        ("RU", "allows", False),  # disputed
        ("RU", "contracts", True),
        ("UA", "restricts", True),  # said of the group
    ]
    assert standing(ledger, "huawei", "2019-07-01").row(0)[:3] == ("DE", "allows", True)
    assert standing(ledger, "chinese").select("country").rows() == [("UA",)]


def test_standing_by_year():
    counts = standing_by_year(ledger_of(ACTORS, ACTS), "huawei", [2017, 2022])
    assert counts.rows() == [
        (2017, "bans", 0, 0),
        (2017, "restricts", 0, 0),
        (2017, "allows", 0, 0),
        (2017, "contracts", 1, 1),
        (2022, "bans", 1, 1),
        (2022, "restricts", 1, 2),
        (2022, "allows", 0, 1),
        (2022, "contracts", 0, 1),
    ]


# All together ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_figure_of_the_overview_has_statements_or_is_counted_in_a_world():
    for country in ("RU", "PL", "DE", "KR", "BE", "CM"):
        frame = overview(Question(open_ledger(), country))
        assert frame.height
        assert frame["statements"].list.len().min() > 0
        assert frame["sources"].list.len().min() > 0
        assert (frame["least"] <= frame["most"].fill_null(float("inf"))).all()


def test_a_nation_of_which_nothing_is_known():
    question = Question(ledger_of(ACTORS, []), "FR")
    assert overview(question).height == 0
    assert "Any operator of France." in gaps(question)
    with pytest.raises(MisuseError, match="unknown country code 'Ruritania'"):
        Question(ledger_of(ACTORS, []), "Ruritania")


def test_gaps_tell_what_is_missing():
    said_of_poland = "\n".join(gaps(Question(open_ledger(), "PL", "huawei")))
    assert "core, optical, fixed" in said_of_poland
    assert "other years than 2020" in said_of_poland
    assert "Whether Poland has decided anything about Huawei by name." in said_of_poland
    early = gaps(Question(open_ledger(), "PL", "huawei", day="2019-11-30"))
    assert "Shares that are of a time after 2019-11-30 do not count here." in early


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((59.24, 62.84, "%"), "59 to 63%"),
        ((90.0, 90.0, "%"), "90%"),
        ((0.0175, 0.0175, "%"), "0.018%"),
        ((0.2, 98.7, "%"), "at least 0.2%"),
        ((0, 96.5, "%"), "not known"),
        ((4.1, 94.1, "%"), "4.1 to 94%"),
        ((1, 1, "yes"), "yes"),
        ((0, 1, "yes"), "maybe"),
        ((1.5e9, 1.5e9, "USD"), "1.5 billion USD"),
        ((2e8, 3e8, "USD"), "200 to 300 million USD"),
        ((1e8, None, "USD"), "at least 100 million USD"),
        ((0, None, "USD"), "unknown"),
        ((2, 3, "cables"), "2 to 3 cables"),
        ((1, 1, "cables"), "1 cable"),
        ((0.35, 0.53, ""), "0.35 to 0.53"),
    ],
)
def test_figure_words(figure, words):
    assert figure_words(*figure) == words


# The command -----------------------------------------------------------------------------------


def test_vendors_of_russia(run):
    status, out, _ = run("vendors", "RU")
    assert status == 0
    assert "Huawei in Russia (RAN)" in out
    assert "30 to 40%" in out
    assert "The share of a vendor in the equipment of ER-Telecom, MegaFon" in out
    assert "[repost, from Kommersant]" in out


def test_vendors_of_poland_as_csv(run):
    status, out, err = run("vendors", "Poland", "--vendor", "Huawei", "--format", "csv")
    assert status == 0
    assert "Not known:" in err
    rows = {(row["measure"], row["tie"]): row for row in csv.DictReader(io.StringIO(out))}
    known = rows["reach among users", "on equipment of Huawei (4G; RAN), of those known"]
    assert float(known["least"]) == float(known["most"]) == pytest.approx(61.45, abs=0.01)
    assert "Gazeta Prawna" in known["citations"]
    assert known["statements"].count(";") == 7
    assert ("ban, by users", "stranded: Huawei (4G; RAN)") in rows


def test_vendors_by_networks_of_a_world(run):
    status, out, _ = run("vendors", "RU", "--weights", "networks", "--format", "json")
    assert status == 0
    parts = [row for row in json.loads(out) if row["measure"] == "part of networks"]
    assert parts
    # A digest may hide some of an operator's networks in its groups.
    assert all(0 <= row["least"] <= row["most"] < 100 and row["most"] for row in parts)


def test_vendors_known_by(run):
    status, out, _ = run("vendors", "RU", "--known-by", "2019-11-30", "--format", "csv")
    assert status == 0
    assert "share of equipment" not in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Ruritania"], "unknown country 'Ruritania'"),
        (["RU", "--vendor", "hawei"], "did you mean Huawei"),
        (["RU", "--vendor", "Putin"], "is no vendor but of kind 'person'"),
        (["RU", "--as-of", "2019-02-30"], "February 2019 has 28 days"),
        (["RU", "--ledger", "nowhere"], "unknown ledger 'nowhere'"),
    ],
)
def test_vendors_told_nonsense(run, words, message):
    status, _, err = run("vendors", *words)
    assert status == 2
    assert message in err
    assert err.count("\n") == 1
