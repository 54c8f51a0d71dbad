"""The ways in which English names whoever is quoted: each row of the table is one of them."""

import csv
from pathlib import Path

import pytest

from splinternet.essay.reading import read_essay
from splinternet.essay.sentences import Sentence, split_sentences
from splinternet.essay.speakers import quotations_of
from splinternet.ledger.catalogue import open_ledger

LEDGER = open_ledger()
with Path(__file__).with_name("essay_speakers.csv").open(encoding="utf-8", newline="") as table:
    FORMS = [(row["text"], row["speakers"]) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("text", "speakers"), FORMS)
def test_a_speaker_is_named(text, speakers):
    sentences = [Sentence(n, 1, 1, each) for n, each in enumerate(split_sentences(text), 1)]
    said = [str(quotation.speaker) for quotation in quotations_of(sentences, [])]
    assert "; ".join(said) == speakers


WORKS = (
    "\n\nReferences\n\nEk, B. (2019). Masts. Aire.\n\nLund, I. (2020). Trees. Aire.\n\n"
    "Oz, A., & Moor, B. (2018). Poles. Aire.\n"
)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Lund (2020) counts “the trees that a mast has felled” (p. 4).", ["Lund"]),
        ("Lund calls it “an old song from the north”; Ek (2019) hears “a new song with the same "
         "words” (p. 3).", ["Lund", "Ek"]),
        ("“A mast needs an hour a year,” said Al Orr. “Nobody has that hour” (Ek, 2019).",
         ["Al Orr", "Al Orr"]),
        ("“A mast needs an hour a year,” one clerk said. “Nobody has that hour” (Ek, 2019).",
         ["one clerk", None]),
        ("Al Orr said so: “Masts are old trees” (Ek, 2019). “Trees are young masts” (Lund, 2020).",
         ["Al Orr", None]),
        ("Oz and Moor (2018), who met them, are calm. “The masts hold,” they write.",
         ["Oz and Moor"]),
        ("In the words of one broker,\n\n    A mast is a promise. It is kept on calm days. (Ek, "
         "2019, p. 4)", ["one broker"]),
        ("Lund’s verdict is short:\n\nA mast is a promise. It is kept on calm days. (p. 4)",
         ["Lund"]),
        ("He gave three reasons:\n\nFirst, the masts were old and nobody had painted them.", []),
    ],
)  # fmt: skip
def test_speakers_are_named_across_sentences_and_citations(text, speakers):
    prose = "The masts of the town are old, and most of them were put up by the firm that left."
    found = read_essay(f"{prose}\n\n{text}{WORKS}", LEDGER)
    assert [quotation.speaker for quotation in found.quotations] == speakers
