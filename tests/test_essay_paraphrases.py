"""Sentences that writers who had not seen the reader put to each statement of the ledger."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from splinternet.ledger.catalogue import open_ledger

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests" / "essay_paraphrases").glob("*.tsv"))

#: The least part of them that comes out as labelled, where the rules were written on them, and not.
LEAST = {"true": 0.64, "contradicted": 0.73}
LEAST_HELD = {"true": 0.48, "contradicted": 0.56}


@pytest.fixture(scope="module")
def ledger():
    return open_ledger()


@pytest.fixture(scope="module")
def paraphrases():
    path = ROOT / "validation" / "paraphrases.py"
    spec = importlib.util.spec_from_file_location("paraphrases", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_near_a_statement_is_believed_and_so_much_is_right(paraphrases, ledger, path):
    of, right, believed = Counter(), Counter(), []
    for _, label, sentence, claim in paraphrases.verdicts(path, ledger):
        status = claim.status if claim else "no claim"
        of[label] += 1
        right[label] += paraphrases.is_right(label, status)
        if label != "true" and status == "supported":
            believed.append(sentence)
    assert believed == []
    least = LEAST_HELD if path.stem == "several" else LEAST
    assert min(of.values()) > 150
    for label, part in least.items():
        assert right[label] >= part * of[label], label
