"""Quotations: words in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Marked", "blanked", "find_quotations", "outer_quotations"]

_PAIRS = {
    "“": "”", "„": "“”", "«": "»", "»": "«»", "›": "‹", "‹": "›", "‚": "‘’", "”": "”", "‘": "’",
    '"': '"', "'": "'",
}  # fmt: skip
_SINGLE = "‘'"
_MARK = re.compile("[“”„«»‹›‚‘’\"']")
#: Quotation marks do not stay open longer than this: then one was forgotten.
_LONGEST = 3000
_DEEPEST = 8


@dataclass(frozen=True)
class Marked:
    """Words between quotation marks: where the marks stand in a text, and what is between them.

    ``depth`` is 0, or 1 for a quotation within another, and so on.
    """

    start: int
    end: int
    text: str
    depth: int


def find_quotations(text: str) -> list[Marked]:
    """Find what stands in quotation marks: curly, straight, angled, double or single, nested.

    A mark that is never closed quotes nothing. An apostrophe is told from a single mark by the
    letters around it: a quotation starts before a letter and after none, and ends before none.
    """
    if not _MARK.search(text):
        return []
    found: list[Marked] = []
    open_marks: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark[0]
        if open_marks and (len(open_marks) > _DEEPEST or at - open_marks[0][1] > _LONGEST):
            del open_marks[0]
        level = _closed_level(open_marks, sign, text, at)
        if level is not None:
            start = open_marks[level][1]
            del open_marks[level:]
            if inner := text[start + 1 : at].strip():
                found.append(Marked(start, at + 1, inner, level))
        elif _opens(sign, text, at):
            open_marks.append((sign, at))
    # A mark that stayed open must not make those after it look nested.
    return sorted(_nested(found), key=lambda quotation: quotation.start)


def outer_quotations(text: str) -> list[Marked]:
    """Find the quotations that stand in no other."""
    return [quotation for quotation in find_quotations(text) if not quotation.depth]


def blanked(text: str) -> str:
    """Put spaces for what is quoted, so that nothing in it is taken for the essay's own words."""
    if not _MARK.search(text):
        return text
    parts, after = [], 0
    for quotation in outer_quotations(text):
        parts += [text[after : quotation.start], " " * (quotation.end - quotation.start)]
        after = quotation.end
    return "".join([*parts, text[after:]])


def _closed_level(open_marks: list[tuple[str, int]], sign: str, text: str, at: int) -> int | None:
    """Tell which open mark this one closes, if any."""
    if sign in _SINGLE + "’" and not _closes_single(text, at):
        return None
    for level in reversed(range(len(open_marks))):
        if sign in _PAIRS[open_marks[level][0]]:
            return level
    return None


def _closes_single(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return not following.isalnum() and text[at - 1 : at].strip() != ""


def _opens(sign: str, text: str, at: int) -> bool:
    if sign not in _PAIRS:
        return False
    if sign in "»”":  # as in Swedish and Finnish, where both marks look alike
        return text[at - 1 : at].strip() == "" and text[at + 1 : at + 2].strip() != ""
    if sign not in _SINGLE:
        return True
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return not before.isalnum() and (after.isalnum() or after in '“"[…')


def _nested(found: list[Marked]) -> list[Marked]:
    """Count how many others each quotation stands in."""
    settled: list[Marked] = []
    around: list[Marked] = []
    for one in sorted(found, key=lambda quotation: (quotation.start, -quotation.end)):
        while around and around[-1].end <= one.start:
            around.pop()
        settled.append(Marked(one.start, one.end, one.text, len(around)))
        around.append(one)
    return settled
