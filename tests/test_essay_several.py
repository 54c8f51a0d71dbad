"""Several shares in a sentence, who else signs, and what else an act is done to."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

MARKET = "the world market for telecom equipment"


@pytest.fixture(scope="module")
def verdict():
    """Return the verdict on a sentence."""
    ledger = open_ledger()
    return lambda text: read_essay(text, ledger, "2026-02").claims[0].status


@pytest.fixture(scope="module")
def last_verdict():
    """Return the verdict on the last sentence of several."""
    ledger = open_ledger()
    return lambda text: read_essay(text, ledger, "2026-02").claims[-1].status


@pytest.mark.parametrize(
    "text",
    [
        f"Measured so, Huawei had 28% of {MARKET} in 2019 and grew to 31% in 2020.",
        f"In 2020 Ericsson had 15% and Huawei 31% of {MARKET}.",
        f"In 2020 Ericsson and Nokia were level at 15% of {MARKET} each.",
        "In 2020, 90% of the 4G radio equipment of Play came from Huawei, and 70% of that of "
        "T-Mobile Polska.",
        "Leave China out, and Huawei's slice of the radio access market shrank from 23% in 2019 to "
        "21% in 2020.",
        "Without China, Huawei's share of the radio access market fell from 23% in 2019 to 21% in "
        "2020.",
        "Chinese vendors accounted for 51% of European 4G radio networks in 2020 and for 41% of 5G "
        "in 2022.",
        "The Polish regulator's report for 2022 assigns 30.2% of SIM cards to Play and 26.6% to "
        "Orange.",
        "In Belgium, Malta and Cyprus all 4G radio equipment was Chinese in 2020.",
    ],
)
def test_each_of_several_shares_is_told(verdict, text):
    assert verdict(text) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        f"Huawei had 31% of {MARKET} in 2019 and 28% in 2020.",
        f"In 2020 Ericsson had 31% and Huawei 15% of {MARKET}.",
        f"In 2020 Ericsson and Nokia shared 15% of {MARKET}.",
        f"In 2020 Ericsson and Nokia had 15% of {MARKET} between them.",
        "Chinese vendors accounted for 41% of European 4G radio networks in 2020 and for 51% of 5G "
        "in 2022.",
        "The Polish regulator's report for 2022 assigns 30.2% of SIM cards to Orange and 26.6% to "
        "Play.",
        "In Belgium, Germany and Cyprus all 4G radio equipment was Chinese in 2020.",
        "In 2020, 70% of the 4G radio equipment of Play came from Huawei, and 90% of that of "
        "T-Mobile Polska.",
    ],
)
def test_shares_of_others_or_of_several_are_none(verdict, text):
    assert verdict(text) != "supported"


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin put his name to the sovereign Internet law on 1 May 2019.",
        "Cyril Ramaphosa declared on 5 July 2019 that South Africa stands behind Huawei.",
        "On 7 December 2024 Roskomnadzor cut the North Caucasus off from the foreign Internet.",
        "On 16 November 2019 MCI and Irancell stopped mobile data.",
        "In 2025 Roskomnadzor put a stop to calls on WhatsApp.",
        "Tonga's only international line was torn on 15 January 2022 by an eruption.",
        "Viettel goes with Ericsson in Hanoi, and with Nokia in Ho Chi Minh City.",
    ],
)
def test_persons_by_whole_names_and_acts_by_idioms_are_told(verdict, text):
    assert verdict(text) == "supported"


POLAND = "In 2020, Chinese vendors had 60% of the 4G radio equipment in Poland."


@pytest.mark.parametrize(
    "text",
    [
        f"Huawei had 29% of {MARKET} in 2018. For 2020 the same analysts report 31% for Huawei, "
        "and 15% each for Nokia and Ericsson.",
        "Huawei had 33% of the radio access market in 2020. Once China is taken out, Huawei is "
        "left with 21%.",
        f"{POLAND} In Hungary the figure was 55%.",
        f"{POLAND} For Hungary the study gives 55%.",
        f"{POLAND} Hungary stood at 55%.",
        "Poland has four networks. In 2022 Play had 30.2% of SIM cards.",
    ],
)
def test_a_sentence_goes_on_with_the_shares_before(last_verdict, text):
    assert last_verdict(text) == "supported"


@pytest.mark.parametrize(
    "text",
    [
        f"Huawei had 29% of {MARKET} in 2018. For 2020 the same analysts report 31% for Nokia, "
        "and 15% each for Huawei and Ericsson.",
        "Huawei had 33% of the radio access market in 2020. Once China is taken out, Ericsson is "
        "left with 21%.",
        *(
            f"{POLAND} {other}"
            for other in (
                "Among European vendors it was 60%.",
                "European vendors had 55% in Hungary.",
                "In the core of Hungary it was 55%.",
                "In 5G in Hungary it was 55%.",
                "By 2022 it was 55% in Hungary.",
                "In Hungary, 55% of subscribers complained.",
                "In Hungary, the others had 55%.",
                "In Hungary, prices fell to 55%.",
                "In Hungary, Western firms held 55%.",
                "For Hungary the study gives 45%.",
            )
        ),
        "Romania has four networks. In 2022 Play had 30.2% of SIM cards.",
    ],
)
def test_others_go_on_with_none_of_them(last_verdict, text):
    assert last_verdict(text) != "supported"
