"""The measure of the reader on essays that it was not written for, as CONTRIBUTING tells to run."""

import importlib.util
import json
from pathlib import Path

import pytest

from splinternet.essay.reading import read_essay_file
from splinternet.ledger.catalogue import open_ledger

ROOT = Path(__file__).parents[1]
SEEN = ROOT / "tests" / "essays_unseen" / "seen"
#: Least share that is right, of all items; the targets of the reader on unseen essays.
LEAST = {
    "authors": 0.95, "titles": 0.95, "dates": 0.95, "citations": 0.93, "citations right": 0.98,
    "figures": 0.85, "figures right": 0.95, "speakers": 0.75, "speakers right": 0.95,
    "supported": 0.76, "contradicted": 0.8, "not called supported": 1.0,
}  # fmt: skip


def validation():
    spec = importlib.util.spec_from_file_location("essays", ROOT / "validation" / "essays.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def counts():
    measure = validation()
    ledger = open_ledger()
    total = measure.Tally()
    for path in sorted(SEEN.glob("*.json")):
        essay = next(p for p in SEEN.glob(f"{path.stem}.*") if p.suffix in measure.FORMS)
        truth = json.loads(path.read_text(encoding="utf-8"))
        total.counts.update(measure.measure(essay, truth, read_essay_file(essay, ledger)).counts)
    return total.counts


@pytest.mark.parametrize("name", LEAST)
def test_so_much_is_right(counts, name):
    assert counts[name] >= LEAST[name] * counts[f"{name} of"]
    assert counts[f"{name} of"] > 25
