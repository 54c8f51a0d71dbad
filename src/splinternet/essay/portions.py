"""Quantities that have no number: fractions and multiples in words, and so many in so many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from splinternet.essay.numbers import NUMBER, parse_number
from splinternet.essay.quantity import LOWER, UPPER, Quantity, qualified
from splinternet.essay.stems import Sieve

__all__ = ["find_portions"]

_FRACTIONS = {"half": 50.0} | {
    f"{count} {part}{'s' if value > 1 else ''}": 100.0 * value / of
    for of, part in (
        (3, "third"),
        (4, "quarter"),
        (5, "fifth"),
        (6, "sixth"),
        (7, "seventh"),
        (8, "eighth"),
        (9, "ninth"),
        (10, "tenth"),
        (12, "twelfth"),
        (20, "twentieth"),
        (50, "fiftieth"),
        (100, "hundredth"),
    )
    for count, value in (
        *(("a", 1), ("an", 1), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5)),
        *(("six", 6), ("seven", 7), ("eight", 8), ("nine", 9)),
    )
    if value < of
}
_MULTIPLES = {
    "doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "twofold": 2.0,
    "twice": 2.0, "thrice": 3.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0,
    "tenfold": 10.0,
}  # fmt: skip
_FRACTION = "|".join(sorted((f.replace(" ", "[- ]") for f in _FRACTIONS), key=len, reverse=True))
_ALTERNATIVE = re.compile(
    rf"\b(?P<fraction>{_FRACTION})\b"
    rf"(?= (?:of|the|all|its|their|his|her|had|have|has|were|was|are|is|said|did)\b"
    rf"| in (?=[12][0-9]{{3}})"
    rf"|(?<=s) [A-Z]|[,.;]| as | ?\()"
    rf"|\b(?P<multiple>{'|'.join(_MULTIPLES)})\b",
    re.IGNORECASE,
)
#: From one fraction to another, and so many in so many.
_FRACTION_RANGE = re.compile(
    rf"\b(?P<low>{_FRACTION}) (?:to|or) (?P<high>{_FRACTION})\b", re.IGNORECASE
)
_TO_PERCENT = re.compile(
    rf"\b(?:between|from) (?P<low>{_FRACTION}) (?:and|to) (?P<high>[0-9]{{1,2}}(?:[.,][0-9]+)?)"
    r" ?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_IN_SO_MANY = re.compile(
    r"\b(?P<part>one|two|three|four|five|six|seven|eight|nine|[1-9](?= out of)) "
    r"(?:[a-z-]{3,16} (?=(?:in|out of) (?:every )?[a-z]+(?: (?:sold|shipped|bought|delivered|"
    r"installed|in use|that|which|was|were|is|are|came|had|has|bore|in [A-Z0-9])\b|[,.;])))?"
    r"(?:in|out of)(?: every)? "
    r"(?P<all>10\b|[3-9]\b(?![.,/:]?[0-9])|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|a hundred)\b"
    r"(?!,[0-9]| (?:years?|months?|days?|minutes?))",
    re.IGNORECASE,
)
_OF_A_HUNDRED = re.compile(
    rf"(?P<part>{NUMBER}) (?:[a-z-]+ )?(?:in|of|out of) (?:a|every|each|one) hundred\b",
    re.IGNORECASE,
)
#: Whether there is any portion.
_SIEVE = Sieve(
    pattern.pattern
    for pattern in (_ALTERNATIVE, _FRACTION_RANGE, _TO_PERCENT, _IN_SO_MANY, _OF_A_HUNDRED)
)
_BOUNDED = frozenset((*UPPER, *LOWER, "about"))


def find_portions(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the portions that a sentence gives in words, beside the quantities found in it."""
    if not _SIEVE.likely(text):
        return
    told = list(found)
    for portion in (*_ranges(text), *_to_percent(text), *_in_so_many(text)):
        told.append(portion)
        yield portion
    for match in _ALTERNATIVE.finditer(text):
        if not any(q.start < match.end() and match.start() < q.end for q in told):
            other = _alternative(text, match)
            if other:
                yield other


def _ranges(text: str) -> Iterator[Quantity]:
    for match in _FRACTION_RANGE.finditer(text):
        low, high = (_FRACTIONS[re.sub("[- ]", " ", match[n].lower())] for n in ("low", "high"))
        yield Quantity(match.start(), match.end(), match.start(), low, high, None, "%")


def _to_percent(text: str) -> Iterator[Quantity]:
    for match in _TO_PERCENT.finditer(text):
        low = _FRACTIONS[re.sub("[- ]", " ", match["low"].lower())]
        high = parse_number(match["high"], decimal_point=True)
        if low <= high:
            start = match.start("low")
            yield Quantity(start, match.end(), match.start(), low, high, None, "%")


def _in_so_many(text: str) -> Iterator[Quantity]:
    for match in _IN_SO_MANY.finditer(text):
        part, of = (parse_number(match[n], decimal_point=False) for n in ("part", "all"))
        if part < of:
            yield _share(text, match, 100 * part / of)
    for match in _OF_A_HUNDRED.finditer(text):
        part = parse_number(match["part"], decimal_point=True)
        if part < 100:
            yield _share(text, match, part)


def _share(text: str, match: re.Match[str], share: float) -> Quantity:
    start = match.start()
    return qualified(text, Quantity(start, match.end(), start, share, share, None, "%"))


def _alternative(text: str, match: re.Match[str]) -> Quantity | None:
    """Read a fraction or multiple; a fraction alone is one only of something, or as a bound."""
    if match["multiple"]:
        often = match["multiple"].lower() in ("twice", "thrice")
        if often and not re.match(r"[.,;]|$| (?:in|a|per|since|by|from)\b", text[match.end() :]):
            return None  # twice as much
        value, unit = _MULTIPLES[match["multiple"].lower()], "times"
    else:
        value = _FRACTIONS[re.sub("[- ]", " ", match["fraction"].lower())]
        unit = "%"
    plain = Quantity(match.start(), match.end(), match.start(), value, value, None, unit)
    quantity = qualified(text, plain)
    several = bool(re.fullmatch(r"(?!two quarters).*s", match["fraction"] or "", re.I))
    of = text[match.end() : match.end() + 4].startswith((" of ", " the", " all", " its"))
    if match["fraction"] and not (of or several) and quantity.qualifier not in _BOUNDED:
        return None
    if re.search(r"\b(?:first|second|other|last|latter|former) $", text[: match.start()][-12:]):
        return None
    return quantity
