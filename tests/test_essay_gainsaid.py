"""Sentences that deny an act of the ledger or turn it round, and such as only seem to."""

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
    ],
)
def test_what_is_denied_of_something_else_is_not(text):
    assert finding(text)[0] != "contradicted"


def test_a_denial_turns_back_what_turns_an_act_round():
    text = "It did not refuse the contract, and never signed another."
    turns = turns_in(text, "contracts")
    assert turns.words(text) == []
    assert [text[a:b] for a, b in turns.denials] == ["never"]
