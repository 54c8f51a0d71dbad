"""Sentences with several clauses, and words beside an act, on the starter ledger."""

import pytest

from splinternet.essay.marks import marked
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger


def status(text):
    return [claim.status for claim in read_essay(text, open_ledger(), "2026-06-01").claims][-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MobiFone works with Samsung, and Viettel chose Ericsson.", "supported"),
        ("MobiFone works with Nokia, and Viettel chose Ericsson.", "unknown"),
        ("MobiFone works with Samsung, and Viettel.", "unknown"),
        ("In February 2022 SubCom won the contract for SeaMeWe-6, and China Telecom left "
         "SeaMeWe-6 in the same year.", "supported"),
        ("SK Telecom chose Samsung in September 2018. It left Huawei out.", "supported"),
        ("SK Telecom chose Samsung in September 2018. It banned Ericsson.", "unknown"),
        ("Nobody had asked for that. It left Huawei out.", "unknown"),
        ("Huawei and Nokia met. It signed an agreement with MTS in June 2019.", "unknown"),
        ("TPG and Singtel chose Ericsson in June 2020.", "unknown"),
        ("On 14 March 2022 Roskomnadzor blocked Instagram, and in 2024 it blocked Signal.",
         "supported"),
        ("On 14 March 2022 Roskomnadzor blocked Instagram, and in 2024 it blocked Skype.",
         "unknown"),
        ("In April 2018 the Commerce Department banned ZTE from buying American parts.",
         "supported"),
        ("In April 2018 the Commerce Department banned ZTE from buying American parts, and Huawei "
         "too.", "unknown"),
    ],
)  # fmt: skip
def test_a_sentence_is_supported_where_each_clause_is(text, expected):
    assert status(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Italy vetoed the contract of Fastweb with Huawei in October 2020.", "supported"),
        ("Italy vetoed Fastweb's contract with Huawei in October 2020.", "supported"),
        ("Italy vetoed the contract of TIM with Huawei in October 2020.", "unknown"),
        ("Italy vetoed the contract between Telenor and Huawei in October 2020.", "unknown"),
        ("ZTE paid $1.4 billion to the government in 2018.", "supported"),
        ("ZTE paid $1.4 billion to the German government in 2018.", "unknown"),
        ("Rostelecom owns Aurora OS, the Finnish system for telephones.", "supported"),
        ("Rostelecom owns Aurora OS for telephones in Finland.", "unknown"),
        ("MTS signed an agreement with Huawei in June 2019, with two ministers looking on.",
         "supported"),
        ("MTS signed an agreement with Huawei in June 2019, with two cities to be connected.",
         "unknown"),
        ("On 12 May 2024 a fault damaged EASSy.", "supported"),
        ("On 12 May 2024 a Russian ship damaged EASSy.", "unknown"),
    ],
)  # fmt: skip
def test_words_beside_an_act(text, expected):
    assert status(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sweden waited until May 2022 before PTS banned Huawei from 5G networks.", "contradicted"),
        ("Sweden waited until October 2020 before PTS banned Huawei from 5G networks.",
         "supported"),
        ("Huawei bought Igl Softlab in June 2013.", "contradicted"),
        ("Huawei bought Igl Softlab in 2018.", "unknown"),
        ("The Secure and Trusted Communications Networks Act was signed in May 2017.",
         "contradicted"),
        ("The sovereign Internet law was signed in November 2019.", "contradicted"),
    ],
)  # fmt: skip
def test_dates_that_the_ledger_has_otherwise(text, expected):
    assert status(text) == expected


def test_decimals_are_no_marks_of_notes():
    text = "It paid $1.4 billion.4 That was in 2018.5 Then came 4.5 masts."
    assert (
        marked(text, ("4", "5"))
        == "It paid $1.4 billion[^4]. That was in 2018[^5]. Then came 4.5 masts."
    )
