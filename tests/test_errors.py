"""Errors keep their parts, and their text is composed of them."""

import pickle

import pytest

from splinternet.base.errors import AmbiguousError, InputError, MisuseError, key_text


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


def test_names_that_may_be_meant_are_told_in_pieces_of_the_text():
    """A page makes links of them, and takes no text apart."""
    error = MisuseError.unmatched("network", "telo", ["AS1", "AS2"], "a hint", ("One", "Two"))
    assert error.meant == (
        ("; did you mean ", None), ("One", "AS1"), (" or ", None), ("Two", "AS2"), ("?", None),
    )  # fmt: skip
    assert str(error) == "unknown network 'telo'; did you mean One or Two? (a hint)"
    several = AmbiguousError("MTS", ["mts-ru", "mts-by"])
    assert (several.given, several.near) == ("MTS", ("mts-ru", "mts-by"))
    for each in (error, several):
        assert "".join(words for words, _ in each.meant) in str(each)
        assert [name for _, name in each.meant if name] == list(each.near)
    assert MisuseError("no pieces").meant == ()
