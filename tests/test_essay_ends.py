"""Sentences that tell when something was over, true and untrue."""

from dataclasses import replace

import polars as pl
import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger


def finding(text):
    (claim,) = read_essay(text, open_ledger(), "2026-06-01").claims
    found = claim.findings
    supports = tuple(id for each in found for id in each.supports)
    return claim.status, supports, tuple(id for each in found for id in each.contradicts)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("wafrica-2024-wacs", "The West Africa Cable System was repaired on 30 April 2024."),
        ("wafrica-2024-wacs", "WACS was whole again on 30 April 2024."),
        ("wafrica-2024-wacs", "WACS was back in service in April 2024."),
        ("tpe-2025", "The Trans-Pacific Express cable worked again on 20 January 2025."),
        ("tpe-2025", "On 20 January 2025 the Trans-Pacific Express cable was running once more."),
        ("tgl-may-2020", "Huawei's temporary general licence expired on 13 August 2020."),
        ("tgl-may-2020", "On 13 August 2020 Huawei's temporary general licence came to an end."),
    ],
)
def test_an_end_is_told_by_the_statement_that_has_it(statement, text):
    assert finding(text) == ("supported", (statement,), ())


def test_another_day_of_a_repair_is_contradicted():
    text = "The West Africa Cable System was repaired on 28 April 2024."
    assert finding(text) == ("contradicted", (), ("wafrica-2024-wacs",))


@pytest.mark.parametrize(
    "text",
    [
        "Repairs to the West Africa Cable System began on 30 April 2024.",
        "The West Africa Cable System was partly repaired on 30 April 2024.",
        "The West Africa Cable System was repaired by Orange on 30 April 2024.",
        "The West Africa Cable System was to be repaired on 30 April 2024.",
        "Huawei's temporary general licence for 5G expired on 13 August 2020.",
    ],
)
def test_what_is_told_beside_an_end_stays_open(text):
    assert finding(text)[0] == "unknown"


def test_a_licence_that_was_extended_on_its_last_day_had_no_end_then():
    assert finding("Huawei's temporary general licence expired on 18 November 2019.")[1] == ()


def test_how_long_a_repair_took_is_no_other_day_of_the_break():
    text = "The West Africa Cable System broke on 14 March 2024, and it took 47 days to be mended."
    assert finding(text)[0] == "supported"


def test_a_day_that_no_month_has_is_no_end():
    ledger = open_ledger()
    summary = pl.col("summary").str.replace("30 April", "31 April", literal=True)
    wrong = replace(ledger, statements=ledger.statements.with_columns(summary))
    assert not wrong.statements.equals(ledger.statements)
    text = "The West Africa Cable System was repaired on 30 April 2024."
    (claim,) = read_essay(text, wrong, "2026-06-01").claims
    assert claim.status == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "On 10 May 2022 the EU attributed the cyberattack on KA-SAT to Russia.",
        "The EU pinned the attack on KA-SAT on Russia on 10 May 2022.",
        "On 10 May 2022 the EU laid the attack on KA-SAT at Russia's door.",
        "China let Xinjiang back on the Internet on 14 May 2010.",
        "In May 2010 China let Xinjiang use the Internet.",
    ],
)
def test_who_is_blamed_later_and_what_is_let_at_the_end_of_a_ban_contradict_nothing(text):
    assert finding(text)[2] == ()


def test_what_is_let_while_it_was_barred_is_contradicted():
    text = "China let Xinjiang use the Internet in October 2009."
    assert finding(text) == ("contradicted", (), ("gfw-xinjiang",))
