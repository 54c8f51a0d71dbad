"""No form of text makes the reader of essays slow; only ``make nightly`` takes the times."""

import importlib.util
from pathlib import Path

import pytest

from splinternet.ledger.catalogue import open_ledger

SPEEDS = Path(__file__).parents[1] / "validation" / "essay_speed.py"
#: Seconds of the processor for 10,000 words: twice what a quiet machine needs at the most.
BOUND = 2.0


@pytest.mark.slow
@pytest.mark.nightly
def test_no_form_of_text_is_slow():
    spec = importlib.util.spec_from_file_location("essay_speed", SPEEDS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    taken = module.speeds(open_ledger())
    assert taken.height == len(module.FORMS)
    assert taken.filter(taken["seconds"] > BOUND).rows() == []
