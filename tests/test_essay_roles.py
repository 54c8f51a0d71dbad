"""Sentences that exchange the parties of what the ledger holds: none is borne out."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

#: How acts of a predicate are told, of a subject ``s`` and an object ``o``.
TELLINGS = {
    "contracts": (
        "{s} gave {o} a contract", "{s} awarded a contract to {o}", "{s} chose {o}",
        "{s} chose {o} as its supplier", "{o} won a contract from {s}", "{o} was chosen by {s}",
        "{o} was picked as a supplier by {s}", "{s} ordered equipment from {o}",
        "{s} bought equipment from {o}", "{o} got an order from {s}",
        "a contract from {s} went to {o}", "{o} sold equipment to {s}", "{o} equipped {s}",
        "{s} was equipped by {o}", "{o} is a supplier of {s}", "{o} is {s}'s supplier",
        "{s} is a customer of {o}", "{s}'s choice fell on {o}", "{o} landed an order from {s}",
        "{s} hired {o}", "{o} received a contract from {s}", "{s} selected {o} as its vendor",
        "{s}'s order to {o}", "{o} was awarded a contract by {s}", "{o} secured a deal from {s}",
        "{s} placed an order with {o}", "{s} is supplied by {o}",
    ),
    "supplies": (
        "{s} supplies {o}", "{s} supplied equipment to {o}", "{o} is supplied by {s}",
        "{o} buys from {s}", "{o} bought equipment from {s}", "{s} is a supplier of {o}",
        "{s} is {o}'s supplier", "{o} is a customer of {s}", "{o} relies on {s}",
        "{o} uses equipment of {s}", "{s} delivered equipment to {o}", "{s} equips {o}",
        "{s} serves {o}", "{o} is among the customers of {s}", "{s} has {o} as a customer",
    ),
    "sells_to": ("{s} sells to {o}", "{o} bought equipment from {s}", "{s} delivers to {o}"),
    "finances": (
        "{s} lent money to {o}", "{s} gave {o} a loan", "{o} borrowed from {s}",
        "{o} received a loan from {s}", "{s} financed {o}", "{o} was financed by {s}",
        "{o} owes money to {s}", "{s} granted a credit to {o}", "{o} got money from {s}",
        "{s} paid for {o}",
    ),
    "acquires": (
        "{s} bought {o}", "{o} was bought by {s}", "{s} took over {o}", "{o} was taken over by {s}",
        "the takeover of {o} by {s}", "{s}'s purchase of {o}",
    ),
    "owns": ("{s} owns {o}", "{o} belongs to {s}", "{o} is owned by {s}", "{s} is owner of {o}"),
    "bans": (
        "{s} banned {o}", "{o} was banned by {s}", "{s}'s ban on {o}", "{s} shut out {o}",
        "{o} was excluded by {s}", "the ban on {o} by {s}",
    ),
    "restricts": (
        "{s} restricted {o}", "{o} was restricted by {s}", "{s} cut off {o}", "{s} left {o} out",
        "{o} was left out by {s}", "{s} suspended dealings with {o}", "{s} listed {o}",
        "{s} withheld licences from {o}", "{s} imposed restrictions on {o}",
    ),
    "allows": ("{s} allows {o}", "{s} let {o} take part", "{o} got a licence from {s}"),
    "accuses": (
        "{s} accused {o}", "{o} was accused by {s}", "{s} blamed {o}", "{s} sued {o}",
        "{o} was sued by {s}", "{s}'s accusations against {o}",
    ),
    "leaves": ("{s} left {o}", "{s} withdrew from {o}"),
    "builds": ("{s} built {o}", "{o} was built by {s}", "{s} laid {o}"),
    "damages": ("{s} damaged {o}", "{o} was damaged by {s}"),
    "trials_with": ("{s} tested equipment of {o}",),
    "regulates": ("{s} obliged {o}", "{o} was obliged by {s}", "{s} required {o} to sign"),
}  # fmt: skip


@pytest.mark.slow
def test_nothing_is_borne_out_that_exchanges_the_two():
    ledger = open_ledger()
    names = dict(ledger.actors.select("id", "name").iter_rows())
    told = {
        f"{text[0].upper()}{text[1:]}{when}.": row["id"]
        for row in ledger.statements.iter_rows(named=True)
        if row["predicate"] in TELLINGS and row["object"]
        for when in [f" in {row['start'].year}" if row["start"] else ""]
        for telling in TELLINGS[row["predicate"]]
        for text in [telling.format(s=names[row["object"]], o=names[row["subject"]])]
    }
    assert len(told) > 3000
    essay = "\n\n".join(("What Nobody Told", *told))
    claims = read_essay(essay, ledger, "2026-02").claims
    assert [c.text for c in claims if c.text in told and c.status == "supported"] == []
