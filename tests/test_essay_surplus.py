"""Words of a sentence for which no statement accounts: weighing ones, causes, strangers."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.essay.statements import read_statements
from splinternet.essay.weighing import weighs_more
from splinternet.ledger.catalogue import open_ledger


@pytest.fixture(scope="module")
def ledger():
    return open_ledger()


@pytest.fixture(scope="module")
def statements(ledger):
    return {statement.id: statement for statement in read_statements(ledger)}


def status(ledger, sentence):
    claims = read_essay(f"What Nobody Told\n\n{sentence}", ledger, "2026-02").claims
    return [claim.status for claim in claims]


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ("", "for reasons of profit and of glory"),
        ("", "for its entire network"),
        ("", "as its sole partner"),
        ("", "for most of its network"),
        ("", "without a tender"),
        ("", "at the request of the Belgian government"),
        ("", "because of the backdoors of the Chinese"),
        ("", "after threats by Washington"),
        ("for 5G", "for 5G and shopping malls"),
    ],
)
def test_what_is_added_to_a_choice_is_not_borne_out(ledger, told, more):
    plain = " ".join(f"Proximus chose Nokia {told} in October 2020.".split())
    assert status(ledger, plain) == ["supported"]
    assert status(ledger, f"Proximus chose Nokia in October 2020 {more}.") != ["supported"]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("for all its networks", "all"),
        ("at all", ""),
        ("more than 500 sites", ""),
        ("more sites than ZTE", "more sites than "),
        ("in the largest contract of the year", "largest"),
        ("for good", "for good"),
        ("the Free network of Acme", ""),
        ("", ""),
    ],
)
def test_words_weigh_by_their_kind(statements, clause, found):
    assert weighs_more(clause, [statements["be-prox-n"]]) == found


def test_a_word_is_told_by_another_of_its_kind(statements):
    alone = [each for each in statements.values() if "sole vendor" in each.own_words.lower()]
    assert alone
    assert weighs_more("as its exclusive partner", alone[:1]) == ""


def test_nothing_is_given_where_none_is(ledger):
    assert status(ledger, "Rostelecom gave Huawei a contract for the Kuril cable.") == ["supported"]
    assert status(ledger, "Rostelecom gave Huawei no contract for the Kuril cable.") != [
        "supported"
    ]
