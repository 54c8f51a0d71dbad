"""Shares that are told without a figure: all of it."""

import pytest

from splinternet.essay.reading import read_essay
from splinternet.ledger.catalogue import open_ledger


def supports(text):
    (claim,) = read_essay(text, open_ledger(), "2026-06-01").claims
    return tuple(id for each in claim.findings for id in each.supports)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("str-be-4g", "In 2020 Belgium's 4G radio gear was Chinese throughout."),
        ("str-be-4g", "Belgium depended entirely on Chinese 4G radio gear in 2020."),
        ("str-be-4g", "In 2020 all of Belgium's 4G radio equipment was Chinese."),
        ("str-be-4g", "Belgium had nothing but Chinese 4G radio equipment in 2020."),
        ("str-cy-4g", "Cyprus ran its 4G on nothing but Chinese radio gear in 2020."),
        ("str-cy-4g", "In 2020 Cyprus relied completely on Chinese 4G radio equipment."),
    ],
)
def test_all_of_it_is_a_hundred_percent(statement, text):
    assert supports(text) == (statement,)


def test_all_that_are_named_have_to_be_told():
    told = "{} depended entirely on Chinese 4G radio gear in 2020."
    assert set(supports(told.format("Belgium and Cyprus"))) == {"str-be-4g", "str-cy-4g"}
    assert supports(told.format("Belgium and Germany")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Belgium depended almost entirely on Chinese 4G radio gear in 2020.",
        "Belgium was wholly against Chinese 4G radio gear in 2020.",
        "Belgium paid entirely for Chinese 4G radio gear in 2020.",
        "Chinese vendors depended entirely on Belgium for 4G radio gear in 2020.",
        "Slovakia ran entirely on 4G radio gear of ZTE in 2020.",
    ],
)
def test_what_only_has_the_words_is_open(text):
    assert supports(text) == ()
