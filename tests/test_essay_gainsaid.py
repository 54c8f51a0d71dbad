"""Sentences that say otherwise than the ledger, and such as only seem to."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.essay.reversals import turns_in
from splinternet.ledger.catalogue import open_ledger


def finding(text):
    (claim,) = read_essay(text, open_ledger(), "2026-06-01").claims
    return claim.status, {id for each in claim.findings for id in each.contradicts}


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("str-pl-play", "Poland's Play has never bought a base station from Huawei."),
        ("mts-eric-2014-tot", "No contract was ever signed between MTS and Ericsson."),
        ("op-rostelecom-12389", "AS12389 is not a network of Rostelecom."),
        ("hw-spief-mf", "Huawei has nothing to do with MegaFon."),
        ("vc-nokia-2017", "Nokia turned down VimpelCom's contract in March 2017."),
        ("dk-tdc", "TDC shunned Ericsson in March 2019."),
        ("se-2020", "Sweden's telecom authority left Huawei untouched in October 2020."),
        ("au-2018", "Australia praised Huawei in August 2018 and let it supply its networks."),
        ("cz-warn", "The Czech cyber agency vouched for Huawei in December 2018."),
        ("law-sov-sign", "Vladimir Putin vetoed the sovereign Internet law in May 2019."),
        ("fcc-list-cu", "The FCC left China Unicom off its Covered List in September 2022."),
        ("be-prox-n", "In October 2020 Nokia was spurned by Proximus, which kept Huawei."),
        ("redsea-2025-falcon", "FALCON, in the Red Sea, came to no harm in September 2025."),
        ("jp-2018-zte", "Japan's government has never set any limit on ZTE."),
        ("pt-suit", "Huawei withdrew its lawsuit against Portugal in August 2023."),
    ],
)
def test_what_is_denied_or_turned_round_is_contradicted(statement, text):
    status, against = finding(text)
    assert (status, statement in against) == ("contradicted", True)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has established what damaged the SHEFA-2 cable in July 2025.",
        "Not quite three tenths of the world's radio access networks were Ericsson's in 2020.",
        "In Spain equipment of suppliers of high risk may not stand in the 5G core, not even in "
        "networks that exist.",
        "The SHEFA-2 cable was damaged in July 2025 and did not work again for days.",
        "Huawei, never a shy firm, built the cable to Petropavlovsk.",
        "Estonia never lifted a finger for Huawei.",
        "MTS signed with Ericsson without disclosing the price.",
        "In October 2020 Telia chose Ericsson for Sweden and dropped Huawei.",
        "Proximus dropped Huawei for Nokia in October 2020.",
        "Nokia and Yadro have dissolved their partnership.",
        "Nobody denies that Australia banned Huawei from 5G in August 2018.",
        "Australia did not hesitate to ban Huawei in August 2018.",
        "MTS would never refuse a contract with Ericsson.",
        "A ministry is said to have turned down Huawei.",
        "A ministry told a radio station that no contract with Huawei had ever been awarded.",
        "When India gave out its 5G permits in May 2021, ZTE was left off the list.",
        "Italy vetoed the contract of TIM with Huawei in October 2020.",
    ],
)
def test_what_is_denied_of_something_else_is_not(text):
    assert finding(text)[0] != "contradicted"


def test_a_denial_turns_back_what_turns_an_act_round():
    text = "It did not refuse the contract, and never signed another."
    turns = turns_in(text, "contracts")
    assert turns.words(text) == []
    assert [text[a:b] for a, b in turns.denials] == ["never"]


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (
            "aid-66917",
            "The loan from China Development Bank to MegaFon of June 2009 was of $3 billion.",
        ),
        (
            "tpe-2025",
            "The Trans-Pacific Express, cut in January 2025, was repaired within two days.",
        ),
        ("str-vod-ro", "Huawei's part in Vodafone Romania's 4G radio in 2020 was a tenth."),
        (
            "dk-tdc-court",
            "The compensation that a Danish court gave TDC was about 90 million dollars.",
        ),
        (
            "ex-2024",
            "Roskomnadzor's test kept Dagestan off the Internet in December 2024 for six weeks.",
        ),
    ],
)
def test_another_figure_of_the_same_is_contradicted(statement, text):
    status, against = finding(text)
    assert (status, statement in against) == ("contradicted", True)


@pytest.mark.parametrize(
    "text",
    [
        "The order for 25,000 base stations of February 2019 was followed by another of 10,000.",
        "Huawei's share in Russia grew by 8 points in 2018.",
        "Etisalat ordered a further 900 towers from Huawei.",
        "VimpelCom took its networks back from Huawei three years later.",
        "MTS spent another 100 billion roubles on Ericsson in 2020.",
        "Huawei held 51 percent of what one shop in Moscow sold.",
        "The Trans-Pacific Express was cut in January 2025, two days after a storm.",
        "China excluded, Huawei had a fifth of the world's radio access networks in 2020.",
    ],
)
def test_a_figure_of_something_else_is_not(text):
    assert finding(text)[0] != "contradicted"


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("be-or-h", "Not before 2015 did Huawei deliver anything to Orange Belgium."),
        ("str-sun", "Sunrise first got its 4G equipment from Huawei in 2018."),
        ("no-telia-e", "Telia Norway's contract with Ericsson was signed in October 2016."),
        ("ca-2022-zte", "The ban of ZTE from Canada's networks dates from 2016."),
        ("ee-2022-4g", "Estonia's deadline for taking Huawei out of 4G is the end of 2024."),
        ("ca-bell", "Huawei's deliveries to Bell Canada went on until 2031."),
    ],
)
def test_another_date_of_the_same_is_contradicted(statement, text):
    status, against = finding(text)
    assert (status, statement in against) == ("contradicted", True)


@pytest.mark.parametrize(
    "text",
    [
        "According to a study of 2023, Huawei was banned from Australia's networks.",
        "MegaFon signed with Ericsson in 2014 and with Nokia in 2015.",
        "By 2029 Estonia's networks must be without Huawei, as the rule of 2022 demands.",
        "TDC has had Ericsson's core since 2020, though it signed in March 2019.",
        "Huawei was first banned from Australia's 5G in 2018, well before Britain acted in 2020.",
        "MTS and Ericsson signed a further contract in 2031.",
        "Rostelecom ended its contract with Huawei in 2018.",
        "The credit known as CDB IV for MegaFon has been paid back since January 2016.",
    ],
)
def test_a_date_of_something_else_is_not(text):
    assert finding(text)[0] != "contradicted"
