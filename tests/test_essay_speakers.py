"""The ways in which English names whoever is quoted: each row of the table is one of them."""

import csv
from pathlib import Path

import pytest

from splinternet.essay.sentences import Sentence, split_sentences
from splinternet.essay.speakers import quotations_of

with Path(__file__).with_name("essay_speakers.csv").open(encoding="utf-8", newline="") as table:
    FORMS = [(row["text"], row["speakers"]) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("text", "speakers"), FORMS)
def test_a_speaker_is_named(text, speakers):
    sentences = [Sentence(n, 1, 1, each) for n, each in enumerate(split_sentences(text), 1)]
    said = [str(quotation.speaker) for quotation in quotations_of(sentences, [])]
    assert "; ".join(said) == speakers
