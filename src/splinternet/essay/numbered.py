"""Numbers that cite works of a numbered list: ``[3]``, or ``(3, p. 41)`` as ISO 690 has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Numbered", "numbers_in", "round_numbers"]

_SQUARE = re.compile(
    r"\[(?:(?:see|cf\.|e\.g\.|vgl\.|siehe)(?: also)?,? )?"
    r"(?P<first>[0-9]{1,3}(?:(?:, ?|[-–])[0-9]{1,3})*)(?P<locator>, [^\[\]]{1,40})?\]"
    r"(?:[-–]\[(?P<last>[0-9]{1,3})\])?"
)
_PART = (
    r"(?:(?:see|cf\.|vgl\.|(?:as )?(?:cited|quoted) in)(?: also)?,? )?"
    r"[0-9]{1,3}(?:(?:, ?|[-–])[0-9]{1,3})*"
    r"(?:, (?:pp?\.|ch\.|sec\.|para\.|§|S\.|Table|Tab\.|Fig\.|Figure|Chapter|Annex) ?[^();]{1,30})?"
)
#: Not at the head of an item, as in "first (1) the law, (2) the court".
_ROUND = re.compile(rf"(?<=[\w\"”’'»%.] )\((?P<parts>{_PART}(?:; {_PART}){{0,5}})\)(?! ?[0-9])")
_OF_PART = re.compile(
    r"(?P<first>[0-9]{1,3}(?:(?:, ?|[-–])[0-9]{1,3})*)(?:, (?P<locator>\D[^;]*))?$"
)
_JOINING = re.compile(r"(?:(?<!\)) (?:and|or|und|first|then)|[:;,]) $", re.IGNORECASE)

#: No joining word, with its space, is longer.
_LONGEST_WORD = 8

#: So many works at least are cited by numbers in round brackets, or these are none.
_ENOUGH = 3


class Numbered(NamedTuple):
    """Numbers in one pair of brackets: where, as written, and each with its locator."""

    start: int
    end: int
    text: str
    numbers: tuple[tuple[int, str | None], ...]


def round_numbers(texts: Sequence[str], known: Collection[int]) -> bool:
    """Tell whether numbers in round brackets cite works of a list with these numbers.

    They do where no number stands in square brackets, and several works are cited so.
    """
    if not known or any(_SQUARE.search(text) for text in texts):
        return False
    cited = {n for text in texts for each in _rounded(text) for n, _ in each.numbers}
    return len(cited & set(known)) >= min(_ENOUGH, len(known)) and cited <= set(known)


def numbers_in(text: str, *, rounded: bool) -> Iterator[Numbered]:
    """Find numbers that cite, in square brackets or ``rounded`` ones."""
    yield from _rounded(text) if rounded else _squared(text)


def _squared(text: str) -> Iterator[Numbered]:
    for found in _SQUARE.finditer(text):
        numbers = _each(found["first"])
        if found["last"]:
            numbers = _range(numbers[-1], int(found["last"]))
        locator = (found["locator"] or "").strip(" ,") or None
        told = tuple((number, locator) for number in numbers)
        yield Numbered(found.start(), found.end(), found[0].strip("[]"), told)


def _rounded(text: str) -> Iterator[Numbered]:
    for found in _ROUND.finditer(text):
        if _JOINING.search(text, max(found.start() - _LONGEST_WORD, 0), found.start()):
            continue
        parts = [part for each in found["parts"].split("; ") if (part := _OF_PART.search(each))]
        told = tuple((n, part["locator"]) for part in parts for n in _each(part["first"]))
        yield Numbered(found.start(), found.end(), found["parts"], told)


def _each(written: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"[0-9]+", written)]
    ranged = re.search("[-–]", written) and len(numbers) == 2
    return _range(*numbers) if ranged else numbers


def _range(first: int, last: int) -> list[int]:
    return list(range(first, min(last, first + 50) + 1))
