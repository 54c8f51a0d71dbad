"""Sentences with words of their own: what may be left over, and what turns an act round."""

import pytest

from splinternet.essay.anchors import is_plain
from splinternet.essay.lexicon import roots
from splinternet.essay.polarity import direction
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger


def verdicts(*texts: str) -> list[str]:
    text = "\n\n".join(("What Nobody Told", *texts))
    claims = read_essay(text, open_ledger(), "2026-02").claims
    found = {claim.text: claim.status for claim in claims}
    return [found.get(text, "no claim") for text in texts]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Australia banned Huawei from 5G", "stops"),
        ("not a dollar of the fund may go to equipment of Huawei", "stops"),
        ("lost its authority to serve the country", "stops"),
        ("has refused to authorise new equipment", "stops"),
        ("ended new authorizations, so that models can be neither imported nor sold", "stops"),
        ("no core network of a Chinese vendor has been allowed there", "stops"),
        ("kept the people of Xinjiang off the Internet", "stops"),
        ("saw no reason to exclude Huawei from 5G", "lets"),
        ("found no reason to keep Huawei out of 5G", "lets"),
        ("would not have bans in the choice of technology", "lets"),
        ("Australia refused to ban Huawei", "lets"),
        ("lifted its ban on Huawei", "lets"),
        ("did away with its limits on Huawei", "lets"),
        ("not a dollar of the fund was withheld from Huawei", "lets"),
        ("carriers were informed that Huawei could not supply 5G", "stops"),
        ("it ruled Huawei out of 5G", "stops"),
        ("auction rules that left Huawei free to supply 5G", "lets"),
        ("set no limits on vendors", "lets"),
        ("Huawei signed a contract", "none"),
    ],
)
def test_which_way_words_go(text, way):
    assert direction(text) == way


@pytest.mark.parametrize("word", ["quick", "reluctantly", "whisper", "breakfast", "solemn"])
def test_plain_words_tell_no_act_from_another(word):
    assert all(map(is_plain, roots(word)))


@pytest.mark.parametrize(
    "word",
    ["hospital", "medical", "steel", "rural", "private", "seven", "rumour", "never", "school"],
)
def test_words_for_fields_numbers_and_doubts_are_not_plain(word):
    assert not any(map(is_plain, roots(word)))


@pytest.mark.parametrize(
    "text",
    [
        # a word of its own
        "On 23 August 2018 Australia, to loud applause, banned Huawei from 5G.",
        "In a solemn ceremony Russia and China prolonged their treaty on 28 June 2021.",
        # a clause of its own, of which the ledger knows nobody
        "On 24 June 2020 StarHub and M1 chose Nokia for their 5G network, and the band played.",
        # the day tells the party that is not named
        "On 18 December 2020 SMIC was put on the Entity List.",
    ],
)
def test_words_of_its_own_leave_a_sentence_supported(text):
    assert verdicts(text) == ["supported"]


@pytest.mark.parametrize(
    "text",
    [
        "On 23 August 2018 Australia told its carriers to keep Huawei's lawyers out of 5G.",
        "On 23 August 2018 the opposition in Australia barred Huawei from 5G.",
        "In April 2019 Uzbekistan's contract with Huawei was for a billion dollars' worth of toys.",
        "In April 2025 U Mobile chose Huawei for its first 5G network.",
        "On 1 August 2019 France passed a law that lets Huawei vet 5G equipment.",
        "In October 2020 Proximus chose Nokia, and Orange Belgium kept Huawei for good.",
        "On 18 December 2020 SMIC was put on the Covered List.",
        "On 18 December 2020 SMIC was struck off the Entity List.",
    ],
)
def test_another_thing_or_party_is_not(text):
    assert verdicts(text) != ["supported"]


def test_what_is_told_of_a_day_is_of_the_year_before_it():
    told = (
        "Austria's Telecommunications Act 2021 entered into force on 1 November of that year.",
        "Austria's Telecommunications Act 2021 entered into force on 1 March of that year.",
    )
    assert verdicts(*told) == ["supported", "unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "In May 2021 Hengtong signed a letter of intent for Huawei's 51 percent of the company.",
        "A1 of Austria announced Nokia for the radio and the core of its 5G network in March 2021.",
        "Belgium's law on security measures for 5G is dated February 17, 2021.",
        "In October 2022 the FCC revoked China Telecom's right to serve the United States.",
        "Proximus chose Nokia to replace Huawei's radio network in October 2014.",
        "The Czech cyber agency issued its warning about Huawei in December 2020.",
        "Canada told operators on 19 May 2022 to keep 4G gear from Huawei until the end of 2027.",
    ],
)
def test_another_date_or_the_opposite_contradicts(text):
    assert verdicts(text) == ["contradicted"]
