"""Marks of notes in the text: ``[^3]``, raised figures, and figures right after punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.dates import MONTH

__all__ = ["marked", "without_marks"]

_MARK = re.compile(r"\[\^(\w{1,20})\]")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
_IN_SQUARE = re.compile(r"\[([0-9]{1,3})\]")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
#: Punctuation and closing marks, and the figure of a note right after them: no decimals (1.4), but
#: after a year.
_AFTER_STOP = re.compile(
    r"(?:(?<![0-9])|(?<=\b(?:19|20)[0-9]{2})(?![.,][0-9]+\s[a-z]))"
    r"(?P<stop>[.,;:!?”\"’)»]{1,4})(?P<mark>[0-9]{1,3})(?=\s|$)"
)


#: The same after a day of a month, which no decimal follows: on May 1.1 The law.
_AFTER_DAY = re.compile(r"(?<=[0-9])(?P<stop>[.,;])(?P<mark>[0-9]{1,3})(?= [A-ZÀ-Þ“\"]|$)")
_DAY = re.compile(rf"\b{MONTH} [0-9]{{1,2}}$")


def marked(text: str, expected: Sequence[str]) -> str:
    """Write every mark of a note as ``[^3]``, and before the punctuation that it follows.

    A bare figure is a mark only if there is a note of that number.
    """
    known = set(expected)
    text = _RAISED.sub(lambda m: f"[^{m[0].translate(_PLAIN_DIGITS)}]", text) if known else text
    if known:
        text = _IN_SQUARE.sub(lambda m: f"[^{m[1]}]" if m[1] in known else m[0], text)
        text = _AFTER_STOP.sub(
            lambda m: f"[^{m['mark']}]{m['stop']}" if m["mark"] in known else m[0], text
        )
        text = _AFTER_DAY.sub(lambda m: _after_day(m, known), text)
    return re.sub(
        r"(?P<stop>[.,;:!?]{1,3})(?P<mark>\[\^\w{1,20}\])(?=\s|$)", r"\g<mark>\g<stop>", text
    )


def _after_day(found: re.Match[str], known: set[str]) -> str:
    day = _DAY.search(found.string, max(0, found.start() - 15), found.start())
    return f"[^{found['mark']}]{found['stop']}" if day and found["mark"] in known else found[0]


def without_marks(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without marks of notes, and each mark with its place in that text."""
    parts, marks, after, length = [], [], 0, 0
    for found in _MARK.finditer(text):
        parts.append(text[after : found.start()])
        length += found.start() - after
        marks.append((length, found[1]))
        after = found.end()
    return "".join([*parts, text[after:]]), marks
