"""Sentences that only what stands before them makes whole: it, the project, SMIC followed."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

_LIST = "Hikvision was put on the Entity List on October 9, 2019."
_LAW = "Vladimir Putin signed the law on the sovereign Internet on 1 May 2019."
_CABLE = "SubCom won the contract for SeaMeWe-6 in February 2022."


def verdict_after(before: str, text: str) -> str:
    """Return the verdict on a sentence that stands behind another in its paragraph."""
    read = read_essay(f"What Nobody Told\n\n{before} {text}", open_ledger(), "2026-02")
    return next((claim.status for claim in read.claims if claim.text == text), "no claim")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (_LIST, "SMIC followed on December 18, 2020."),
        (
            f"{_LIST} Nobody was surprised by that.",
            "SMIC, the chipmaker, followed in December 2020.",
        ),
        ("Canada banned Huawei from 5G on 19 May 2022.", "ZTE met the same fate that day."),
        ("Britain banned Huawei from 5G on 14 July 2020.", "Sweden did so too on 20 October 2020."),
        (_LAW, "It entered into force on 1 November 2019."),
        (
            "Huawei held 28% of the world market for telecom equipment in 2019.",
            "In the following year Nokia stood at 15%, according to the same series.",
        ),
        (
            "In 2020 Chinese vendors served 51 percent of the 4G subscribers in 31 European "
            "countries.",
            "ZTE alone accounted for 7% of the 4G radio equipment installed in Europe.",
        ),
        (
            "STC of Saudi Arabia signed its 5G contract with Huawei on 26 February 2019.",
            "Etisalat's agreement of the same month was for 300 5G sites.",
        ),
        (
            "In April 2022 Nokia announced that it was leaving the Russian market.",
            "For the exit the Finnish company set aside roughly €100 million.",
        ),
        (
            "Sweden wrote the exclusion of Huawei into its 5G auction on 20 October 2020.",
            "Whatever Huawei kit was already in place had to disappear by 1 January 2025.",
        ),
        (
            "Huawei acquired the patents of Vocord.",
            "By August 2019 it employed 550 people in research in Russia.",
        ),
        (
            "The China Development Bank lent a good deal. Others came. MTS had its turn in 2015.",
            "VimpelCom followed in December 2015 with a credit of 700 million yuan.",
        ),
        (
            "In July 2020 the United Kingdom ordered all Huawei equipment out of its 5G networks.",
            "Directions to 35 telecommunications providers followed on 13 October 2022.",
        ),
        (f"{_CABLE} The price was $600 million.", "China Telecom left the project in 2022."),
        (
            "Romania named late.",
            "There it took until 29 February 2024 for the prime minister to refuse Huawei as a "
            "supplier of 5G networks.",
        ),
    ],
)
def test_the_sentence_before_tells_the_rest(before, text):
    assert verdict_after(before, text) == "supported"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (_LIST, "SMIC followed on December 18, 2019."),
        (_LAW, "It entered into force on 1 November 2020."),
        (
            "On 4 March 2022 Roskomnadzor blocked Facebook.",
            "Instagram went the same way on 14 April 2022.",
        ),
        (
            "On 31 May 2019 Hengtong signed a letter of intent for the company.",
            "A year later, on 17 August 2020, Team Telecom recommended that the Hong Kong leg of "
            "the Pacific Light Cable Network be refused.",
        ),
        (
            "It was decided early.",
            "The Telecommunications Sector Security Reforms took effect on 18 September 2016.",
        ),
        (
            "What replaces them is meant to be Russian.",
            "The State Commission for Radio Frequencies decided in May 2023 that only Russian base "
            "stations may be installed in 4G networks from 2028 on.",
        ),
    ],
)
def test_another_time_contradicts_it(before, text):
    assert verdict_after(before, text) == "contradicted"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (_LIST, "Samsung followed on December 18, 2020."),
        (_LIST, "SMIC followed the debate on December 18, 2020."),
        (_LIST, "SMIC did not follow on December 18, 2020."),
        (_LIST, "SMIC followed on December 18, 2020, and Samsung in 2021."),
        (_LIST, "SMIC was to follow on December 18, 2020."),
        (_LIST, "Perhaps SMIC followed on December 18, 2020."),
        # another act, another list, or another party
        ("Samsung was put on the Covered List in May 2021.", "SMIC followed on December 18, 2020."),
        ("Germany praised Huawei on 19 May 2022.", "Canada did the same on 19 May 2022."),
        ("Canada banned ZTE from 4G in 2019.", "Sweden did the same on 12 October 2020."),
        (_LIST, "Huawei followed on 16 May 2019."),
        (f"{_CABLE} The PEACE cable was another.", "China Telecom left the project in 2022."),
        ("Germany agreed in July 2024.", "The government banned ZTE from 5G on 19 May 2022."),
        ("Telia chose Ericsson.", "It left Russia on 12 April 2022."),
        (
            "Ericsson supplies MTS.",
            "It announced on 12 April 2022 that it was leaving the Russian market.",
        ),
        (
            "Huawei held 28% of the world market for telecom equipment in 2019.",
            "In the following year Nokia stood at 15% at home.",
        ),
        (
            "Vocord sold its patents to Huawei.",
            "By August 2019 it employed 550 people in research in Russia.",
        ),
        (
            "Ericsson had 15% of the world market.",
            "Within China it held 61% of that market in 2020.",
        ),
        ("Huawei has supplied Orange Belgium since 2007.", "Proximus chose Nokia in 2014."),
        (
            "Sweden wrote the exclusion of Huawei into its 5G auction on 20 October 2020.",
            "Whatever Huawei kit was already in place had to disappear by 1 January 2027.",
        ),
        # another number, law or time
        (
            "Huawei held 28% of the world market for telecom equipment in 2019.",
            "In the following year Nokia stood at 25%, according to the same series.",
        ),
        ("France was another case.", "ZTE alone accounted for 7% of its 4G radio equipment."),
        (
            "STC of Saudi Arabia signed its 5G contract with Huawei on 26 February 2019.",
            "Etisalat's agreement of the same month was for 400 5G sites.",
        ),
        (
            "In April 2022 Nokia announced that it was leaving the Russian market.",
            "For its stay the Finnish company set aside roughly €100 million.",
        ),
        (
            "In July 2020 the United Kingdom ordered all Huawei equipment out of its 5G networks.",
            "Directions to 45 telecommunications providers followed on 13 October 2022.",
        ),
        ("France passed Law 2019-810 in 2019.", "It entered into force on 1 November 2019."),
        (_CABLE, "China Telecom left the project in 2020."),
        (
            "Poland named late.",
            "There it took until 29 February 2024 for the prime minister to refuse Huawei as a "
            "supplier of 5G networks.",
        ),
        (
            "There are many loans.",
            "A loan was agreed between MegaFon and VimpelCom on June 3, 2009.",
        ),
        (
            "LINX suspended Rostelecom in March 2022.",
            "The exchange in Frankfurt, DE-CIX, suspended Rostelecom a few days afterwards.",
        ),
        (
            "LINX suspended MegaFon in March 2022.",
            "The exchange, AMS-IX, suspended Rostelecom in March 2022 too.",
        ),
    ],
)
def test_another_act_or_party_is_not_told(before, text):
    assert verdict_after(before, text) != "supported"
