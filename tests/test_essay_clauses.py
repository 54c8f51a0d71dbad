"""Sentences with several clauses, and words beside an act, on the starter ledger."""

import pytest

from splinternet.essay.marks import marked
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

LEDGER = open_ledger()


def status(text):
    return [claim.status for claim in read_essay(text, LEDGER, "2026-06-01").claims][-1]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2025 Roskomnadzor banned calls by WhatsApp.", "unknown"),
        ("In 2024 Roskomnadzor banned Facebook.", "contradicted"),
        ("The FCC named Hikvision and Dahua on the Covered List of March 2021.", "unknown"),
    ],
)  # fmt: skip
def test_another_statement_of_that_time_keeps_a_date_from_contradicting(text, expected):
    """The ledger has a limit on the calls in 2025, and bans on other parts of Meta in 2022."""
    assert status(text) == expected


def test_decimals_are_no_marks_of_notes():
    text = "It paid $1.4 billion.4 That was in 2018.5 Then came 4.5 masts."
    assert (
        marked(text, ("4", "5"))
        == "It paid $1.4 billion[^4]. That was in 2018[^5]. Then came 4.5 masts."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Australia did not ban Huawei from 5G until August 2021.",
        "Iran restored the Internet in April 2020.",
        "Iran did not restore the international Internet until April 2020.",
        "The denial order against ZTE was not lifted until December 2018.",
        "One popular history has Putin sign the sovereign Internet law in May 2012.",
        "An encyclopedia has the United States placing SMIC on the Entity List in December 2017.",
        "One has Cogent cutting off its Russian customers in March 2021.",
        "The State Duma rejected the sovereign Internet law.",
        "The foreign direct product rule was extended to Huawei in 2013.",
        "Hengtong agreed to buy the stake of Huawei in Huawei Marine in March 2016.",
        "Global Marine still owns 49 percent of Huawei Marine today.",
        "TSMC still accepts new orders from Huawei.",
    ],
)
def test_ends_and_acts_that_the_ledger_has_otherwise(text):
    assert status(text) == "contradicted"


@pytest.mark.parametrize(
    "text",
    [
        "Australia refrained from banning Huawei from 5G in August 2018.",
        "The State Duma rejected the first draft of the sovereign Internet law.",
        "Hengtong acquired a majority of Huawei Marine in 2020.",
        "Huawei was added by the Bureau of Industry and Security in August 2019.",
    ],
)
def test_what_is_near_to_the_ledger_is_neither(text):
    assert status(text) == "unknown"
