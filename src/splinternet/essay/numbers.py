"""Numbers as essays write them: in figures, in words, with spaces, commas or points between."""

from __future__ import annotations

import re

from splinternet.essay.stems import Sieve

__all__ = ["NUMBER", "SCALE", "may_have_number", "parse_number", "scale_of"]

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = (
    {word: float(number) for number, word in enumerate([*_ONES, *_TEENS], 1)}
    | {word: 10.0 * number for number, word in enumerate(_TENS, 2)}
    | {
        "dozen": 12.0,
        "score": 20.0,
        "hundred": 100.0,
        "a": 1.0,
        "an": 1.0,
        "another": 1.0,
        "half": 0.5,
    }
)
_SCALES = {
    "thousand": 1e3, "k": 1e3, "tsd": 1e3, "mille": 1e3, "lakh": 1e5,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "m": 1e6, "mio": 1e6, "mln": 1e6, "crore": 1e7,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "mrd": 1e9, "milliard": 1e9,
    "milliards": 1e9, "mld": 1e9, "miljoner": 1e6, "millioner": 1e6, "miljarder": 1e9,
    "milliarder": 1e9, "millionen": 1e6, "milliarden": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip

_UNDER_100 = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
)
_WORDS = (
    rf"(?:(?:an?(?: full)?|{'|'.join(_ONES)}) hundred(?: (?:and )?{_UNDER_100})?|{_UNDER_100}"
    r"|(?:a|an|one|two|three|four|five|six) (?:dozen|score)"
    r"|(?:(?:half )?an?|another)(?= (?:thousand|million|billion)\b)|half a(?= dozen))"
)
_FIGURES = (
    r"[0-9]{1,3}(?:(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|(?: [0-9]{3}){1,4}(?:[.,][0-9]{1,2})?"
    r"|(?:\.[0-9]{3}){2,4}(?:,[0-9]{1,2})?|(?:[’'][0-9]{3}){1,4})(?![0-9])"
    r"|[0-9]{1,15}(?:[.,][0-9]{1,6})?(?![0-9])"
)
#: A number in figures or words, without a scale.
NUMBER = rf"(?:{_FIGURES}|\b{_WORDS}\b)"
_DIGIT = re.compile("[0-9]")
_IN_WORDS = Sieve([_WORDS])
#: Words that multiply a number.
SCALE = (
    r"(?:thousand|miljoner|millioner|millionen|miljarder|milliarder|milliarden|millions?|billions?|trillion|milliards?|crore|lakh|mn|bn|tn|mln|mld|"
    r"Mio\.?|Mrd\.?|Tsd\.?|[mkb])"
    r"(?![\w])"
)
_POINT_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


def may_have_number(text: str) -> bool:
    """Tell whether a text may hold a number; one without figures and words for them does not."""
    return bool(_DIGIT.search(text) or _IN_WORDS.likely(text))


def scale_of(text: str | None) -> float:
    """Return what a word for a scale multiplies with; 1 for none."""
    return _SCALES[text.lower().rstrip(".")] if text else 1.0


def parse_number(text: str, *, decimal_point: bool) -> float:
    """Return the value of a number.

    Parameters
    ----------
    text
        As :data:`NUMBER` matches it.
    decimal_point
        Whether three figures after a point are decimals, as before a scale or a per cent sign;
        else ``2.095`` is two thousand and ninety-five.
    """
    if not any(c.isdigit() for c in text):
        return _in_words(text)
    bare = re.sub(r"[ ’']", "", text)
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", bare):
        return float(bare.replace(",", ""))
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?", bare):
        return float(bare.replace(".", "").replace(",", "."))
    if _POINT_THOUSANDS.fullmatch(bare) and not decimal_point:
        return float(bare.replace(".", ""))
    return float(bare.replace(",", "."))


def _in_words(text: str) -> float:
    """Add up the words of a number; ``hundred``, ``dozen`` and ``score`` multiply."""
    total = 0.0
    for word in re.split(r"[- ]", text.lower()):
        if word in ("and", "full"):
            continue
        value = _VALUES[word]
        if word in ("hundred", "dozen", "score"):
            total = (total or 1.0) * value
        elif word == "a" and total:
            continue
        else:
            total += value
    return total
