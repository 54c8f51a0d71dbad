"""What a sentence adds to an act, who it is from, and dates that fit another statement."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

LEDGER = open_ledger()

CHOSE = "Singtel chose Ericsson in June 2020"
CUT = "On 14 March 2024 Africa Coast to Europe was cut"


def status(text):
    return [claim.status for claim in read_essay(text, LEDGER, "2026-06-01").claims][-1]


@pytest.mark.parametrize(
    "text",
    [
        f"A blog for dog owners says that {CHOSE}.", f"{CHOSE}, according to a leaflet.",
        f"I was told that {CHOSE}.", f"One reads that {CHOSE}.",
        f"Somebody wrote under the article that {CHOSE}.",
        f"That {CHOSE} is pure invention.", f"That {CHOSE} has no basis in fact.",
        f"That {CHOSE}, as a neighbour has it, is a fairy tale.", f"That {CHOSE} cannot be so.",
        f"It is odd; that {CHOSE} is simply made up.",
        f"{CHOSE} to rewire its hospitals.", f"{CHOSE} for its hospitals.",
        f"{CHOSE} so as to repaint its payphones.", f"{CHOSE}, for television.",
        "MTS signed an agreement with Huawei in June 2019 to lay a railway.",
        f"{CHOSE} and founded a bank.", f"{CHOSE}, then sold its offices.",
        f"{CHOSE}, selling its offices to a fund.",
        "Roskomnadzor blocked Instagram on 14 March 2022 and fined its owner.",
        "Australia banned Huawei from 5G in August 2018 and expelled its ambassador.",
        f"{CUT}, and was repaired after 134 days.", f"{CUT}; repairs took 134 days.",
        f"{CUT}, and it was mended after 35 days.", f"{CUT} and was back in June 2024.",
        f"{CUT}, and was restored within twelve days.",
        f"{CHOSE} and Nokia for the radio.", f"{CHOSE} but Acme for the core.",
        f"{CHOSE}, with Cisco for the core.", f"{CHOSE} as well as Acme.",
        "Australia banned Huawei in August 2018, and Acme in 2019.",
        "Huawei lost its lawsuit against Portugal.", "Huawei has won its lawsuit against Portugal.",
        "Huawei's lawsuit against Portugal was dismissed.",
        "Huawei settled its lawsuit against Portugal.",
        "Huawei withdrew its suit against Portugal.",
    ],
)  # fmt: skip
def test_what_no_statement_tells_is_not_supported(text):
    assert status(text) == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        f"{CHOSE}.", f"{CHOSE} to build its 5G network.", f"That {CHOSE} is well known.",
        f"{CUT}, and was repaired after 34 days.", "Huawei sued Portugal in August 2023.",
        "In January 2019 the Czech Republic excluded Huawei from the tender for a tax portal.",
        "On 10 December 2018 Japan decided on rules that in effect exclude Huawei and ZTE from "
        "government procurement.",
    ],
)  # fmt: skip
def test_what_statements_tell_is_supported(text):
    assert status(text) == "supported"


def test_a_limit_of_the_same_day_is_no_contradiction():
    text = "On 22 November 2019 the Federal Communications Commission barred Huawei from subsidies."
    assert status(text) == "unknown"
