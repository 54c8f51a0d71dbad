"""Errors keep their parts, and their text is composed of them."""

import pickle

import pytest

from splinternet.base.errors import InputError, MisuseError, key_text


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InputError("is empty"), "is empty"),
        (InputError("is empty", "x.toml"), "x.toml: is empty"),
        (InputError("is empty", "x.toml", 3), "x.toml:3: is empty"),
        (InputError("is empty", None, 3), "is empty"),
        (InputError("is empty", "x.toml", 3, ("a", 0, "b")), "x.toml:3: a[0].b: is empty"),
        (InputError("is empty", key=("blocs", "west")), "blocs.west: is empty"),
    ],
)
def test_the_text_has_every_part(error, text):
    assert str(error) == text
    assert error.reason == "is empty"
    again = pickle.loads(pickle.dumps(error))  # as errors of workers elsewhere travel
    assert (str(again), again.key, again.line) == (text, error.key, error.line)


def test_what_is_quoted_makes_no_second_line():
    assert str(InputError("no world Two\r\nlines", "a\nb", 3)) == "a b:3: no world Two lines"
    assert str(MisuseError.unmatched("fruit", "x", [], "in\u2028two")) == (
        "unknown fruit 'x'; in two"
    )


def test_keys():
    assert key_text(()) == ""
    assert key_text(("shocks", 1, "between", 0)) == "shocks[1].between[0]"


def test_the_unknown_is_told_with_the_nearest():
    assert str(MisuseError.unknown("fruit", "aple", ["apple", "pear"])) == (
        "unknown fruit 'aple'; did you mean apple?"
    )
    assert str(MisuseError.unmatched("fruit", "x", [], "known: apple")) == (
        "unknown fruit 'x'; known: apple"
    )
