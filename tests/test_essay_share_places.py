"""Shares of the whole world that a sentence tells of a part of it."""

import pytest

from splinternet.essay.displaced import gives_way
from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger


@pytest.fixture(scope="module")
def status():
    """Return the verdict on a sentence alone."""
    ledger = open_ledger()

    def read(sentence):
        text = f"What Nobody Told\n\n{sentence}"
        return [claim.status for claim in read_essay(text, ledger, "2026-02").claims][-1]

    return read


@pytest.mark.parametrize("place", ["North America", "Latin America", "the Middle East", "Asia"])
def test_share_of_the_world_is_none_of_a_region(status, place):
    share = "Huawei had 31 per cent of the telecom equipment market{} in 2020."
    assert status(share.format("")) == "supported"
    assert status(share.format(f" in {place}")) != "supported"


@pytest.mark.parametrize(
    ("text", "loser"),
    [
        ("Nokia won the contract against Huawei.", "Huawei"),
        ("Ericsson was picked for the cable against ZTE.", "ZTE"),
    ],
)
def test_rival_that_lost_gives_way(text, loser):
    at = text.index(loser)
    assert gives_way(text, at, at + len(loser))
    assert not gives_way(text, 0, text.index(" "))
