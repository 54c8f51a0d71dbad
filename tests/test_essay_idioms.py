"""Idioms: each stands for a plain verb, of no more letters."""

import pytest

from splinternet.essay.idioms import examples, in_plain_words, read_idioms


@pytest.mark.parametrize(("idiom", "plain"), examples())
def test_an_idiom_is_put_as_its_plain_verb(idiom, plain):
    put = in_plain_words(idiom)
    assert len(put) == len(idiom)
    assert " ".join(put.split()) == plain


def test_every_entry_has_an_example():
    assert len(examples()) == len(read_idioms())


@pytest.mark.parametrize(
    "text",
    [
        "Telenor turned to the question of Ericsson.",
        "Rome gave its answer to the contract.",
        "The court threw out a case.",
    ],
)
def test_other_words_stay(text):
    assert in_plain_words(text) == text
