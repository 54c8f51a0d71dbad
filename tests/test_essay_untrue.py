"""Sentences that are nearly what the ledger holds: none of the untrue ones is borne out."""

from pathlib import Path

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def verdicts():
    """Return the verdicts on the sentences of a file, one a line, each read as a paragraph."""
    ledger = open_ledger()

    def read(name):
        lines = (HERE / name).read_text(encoding="utf-8").splitlines()
        text = "\n\n".join(("What Nobody Told", *lines))
        claims = read_essay(text, ledger, "2026-02").claims
        return {claim.text: claim.status for claim in claims}

    return read


@pytest.mark.slow
def test_nothing_untrue_is_supported(verdicts):
    found = verdicts("essay_untrue.txt")
    assert len(found) > 100
    assert [text for text, status in found.items() if status == "supported"] == []


@pytest.mark.slow
def test_what_they_vary_is_supported(verdicts):
    found = verdicts("essay_true.txt")
    assert len(found) > 30
    assert [text for text, status in found.items() if status != "supported"] == []


@pytest.mark.slow
def test_what_the_ledger_has_otherwise_is_contradicted(verdicts):
    found = verdicts("essay_contradicted.txt")
    assert len(found) > 100
    assert [text for text, status in found.items() if status != "contradicted"] == []
