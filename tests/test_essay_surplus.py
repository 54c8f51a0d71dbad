"""Words of a sentence for which no statement accounts: weighing ones, causes, strangers."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from splinternet.essay import weighing
from splinternet.essay.reading import read_essay
from splinternet.essay.statements import read_statements
from splinternet.essay.weighing import weighs_more
from splinternet.essay.wording import without_word
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


@pytest.mark.parametrize(
    ("true", "untrue"),
    [
        (
            "The China Development Bank lent MegaFon 300 million dollars in June 2009.",
            "The Industrial Bank of China lent MegaFon 300 million dollars in June 2009.",
        ),
        (
            "Huawei held 33% of the world market for radio access networks in 2020.",
            "Huawei held 33% of the European market for radio access networks in 2020.",
        ),
        (
            "Huawei Marine built the South Atlantic Inter Link from Cameroon to Brazil in 2018.",
            "Huawei Marine built the South Atlantic Inter Link from Nigeria to Brazil in 2018.",
        ),
        (
            "Hytera was put on the Covered List by the FCC on 12 March 2021.",
            "Hytera was put on the Covered List by the Department of Justice on 12 March 2021.",
        ),
        (
            "Huawei has been building a Safe City of 1,000 cameras in Belgrade since 2019.",
            "Huawei had installed all the thousand cameras of Belgrade's Safe City by 2019.",
        ),
        (
            "The Tonga Cable was cut by an eruption on 15 January 2022.",
            "The Tonga Cable was still dead a year after the eruption of 15 January 2022.",
        ),
    ],
)
def test_other_bodies_places_and_plans_told_as_done_are_not_borne_out(ledger, true, untrue):
    assert status(ledger, untrue) != ["supported"]
    assert status(ledger, true) == ["supported"]


def test_a_description_before_an_unknown_name_means_nobody(ledger):
    before = "In 2020 the 4G radio equipment of Vodafone in Britain was Huawei's to 62 per cent."
    after = "Huawei had 62 per cent of the 4G radio equipment of the British operator Three."
    claims = read_essay(f"What Nobody Told\n\n{before}\n\n{after}", ledger, "2026-02").claims
    assert [claim.status for claim in claims if claim.text == after] == ["unknown"]


@given(
    st.lists(st.sampled_from(["MTS", "MTS5", "MTS's", "_MTS", "of", "Ö", "MTS MTS"])),
    st.sampled_from(["MTS", "MTS MTS", "Ö"]),
)
def test_a_word_is_taken_out_as_a_pattern_of_whole_words_does(words, word):
    text = " ".join(words)
    slow = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text, count=1)
    assert without_word(text, word) == slow


def weighs_more_kind_by_kind(clause, statements, free):
    """Look every kind up in the statements first, then in the clause."""
    own = " ".join(each.own_words for each in statements)
    titled = " ".join(each.words for each in statements)
    for kind, pattern in weighing._kinds().items():
        told, said = own if kind in weighing._OWN else titled, clause
        if kind in weighing._NOT_DENIED:
            told, said = (weighing._DENIED.sub(" ", text) for text in (told, clause))
        if kind in free or pattern.search(told):
            continue
        for found in pattern.finditer(said):
            if found[0][0].islower() or not said[: found.start()].strip():
                return found[0]
    compared = None if "than" in free else weighing._COMPARED.search(clause)
    return compared[0] if compared and not weighing._COMPARED.search(own) else ""


def test_words_that_weigh_are_those_found_kind_by_kind(ledger):
    statements = list(read_statements(ledger))
    clauses = (Path(__file__).parent / "essay_untrue.txt").read_text(encoding="utf-8").splitlines()
    found = set()
    for number, clause in enumerate(clauses):
        told = [statements[number % len(statements)]]
        for free in ((), ("than", "every")):
            weighty = weighing.weighs_more(clause, told, free)
            assert weighty == weighs_more_kind_by_kind(clause, told, free)
            found.add(weighty)
    assert len(found) > 50
