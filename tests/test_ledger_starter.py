"""The starter ledger: all the facts it was made from are in it, and its own kinds of evidence."""

import csv
import json

import polars as pl
import pytest

from splinternet.ledger.catalogue import open_ledger
from splinternet.ledger.ledger import Ledger


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return open_ledger()


def row(ledger: Ledger, name: str) -> dict:
    return ledger.statements.row(by_predicate=pl.col("id") == name, named=True)


def test_nothing_of_the_facts_was_dropped(shared, ledger):
    facts = shared / "facts"
    with (facts / "ties.csv").open(encoding="utf-8", newline="") as file:
        ties = list(csv.DictReader(file))
    with (facts / "actors.csv").open(encoding="utf-8", newline="") as file:
        actors = {line["id"] for line in csv.DictReader(file)}
    sources = {each["id"] for each in json.loads((facts / "sources.json").read_bytes())}
    assert (len(ties), len(actors), len(sources)) == (476, 174, 259)
    assert actors <= set(ledger.actors["id"])
    assert sources <= set(ledger.sources["id"])
    for tie in ties:
        statement = row(ledger, tie["id"])
        assert set(tie["source_ids"].split(";")) <= set(statement["sources"])
        assert {part for part in tie["disputes"].split(";") if part} <= set(statement["disputes"])
        assert statement["summary"] == tie["checked"]
        figure = statement["value_low"] is not None or statement["value_high"] is not None
        typed = figure or statement["rank"] is not None or statement["deadline"] is not None
        assert typed == bool(tie["value"])


def test_every_statement_has_a_source_that_was_seen(ledger):
    unseen = set(ledger.sources.filter(pl.col("seen") == "not seen")["id"])
    assert len(unseen) == 9  # the works that the essay cites
    for sources in ledger.statements["sources"]:
        assert len(sources) > 0
        assert unseen.isdisjoint(sources)


def test_every_state_that_occurs_is_an_actor(ledger):
    states = set(ledger.actors.filter(pl.col("kind") == "state")["country"])
    named = set(ledger.actors["country"].drop_nulls())
    named |= set(ledger.statements["countries"].explode().drop_nulls())
    assert named <= states


def test_the_share_of_huawei_in_russia_is_disputed(ledger):
    claimed, measured = row(ledger, "e-37"), row(ledger, "sm-q419")
    assert (claimed["value_low"], claimed["unit"], claimed["basis"]) == (37.0, "%", None)
    assert (measured["value_low"], measured["basis"]) == (29.3, "shipments")
    assert "sm-q419" in claimed["disputes"]
    assert "e-37" in measured["disputes"]


def test_ranges_ranks_and_dates_are_typed(ledger):
    share, rank, ban = (row(ledger, name) for name in ("hw-share-3040", "sm-gfk-18", "se-2020"))
    assert (share["value_low"], share["value_high"]) == (30.0, 40.0)
    assert (rank["rank"], rank["unit"]) == (1, None)
    assert ban["deadline"].isoformat() == "2025-01-01"
    assert row(ledger, "mts-eric-2014-tot")["qualifier"] == "more than"


def test_the_users_exposed_in_poland_come_to_the_published_share(ledger):
    """Shares of Chinese equipment weighted by SIM cards; 60 % was published."""
    operators = ("play", "orange-pl", "tmobile-pl", "plus")
    exposed = known = 0.0
    for operator in operators:
        kept = ledger.statements.filter(pl.col("basis").is_in(["subscribers", "SIM cards"]))
        of = kept.filter((pl.col("predicate") == "vendor_share") & (pl.col("object") == operator))
        cards = kept.filter(
            (pl.col("predicate") == "market_share") & (pl.col("subject") == operator)
        )
        exposed += of["value_low"].item() * cards["value_low"].item() / 100
        known += cards["value_low"].item()
    assert known == pytest.approx(96.4)
    assert 100 * exposed / known == pytest.approx(61.5, abs=0.1)
    assert row(ledger, "str-pl-4g")["value_low"] == 60.0


def test_operators_have_their_networks(ledger):
    assert ledger.asns("mts") == [8359]
    assert ledger.asns("vimpelcom") == [3216, 8402, 16345]
