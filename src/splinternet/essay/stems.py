"""Stems of patterns: letters without which a pattern finds nothing.

A sentence is searched for an act only if it has a stem of the act's words, so that most of the
table of verbs is passed over. Stems are found in the text of a pattern; one of unknown form has
none, and is searched everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["has_stem", "stems_of"]

_SHORTEST = 3
_RUN = re.compile(rf"[a-z]{{{_SHORTEST},}}")
#: One part of a pattern, and what it may be repeated by.
_PART = re.compile(r"(?P<part>\\.|\[[^\]]*\]|.)(?P<often>[?*+]|\{[0-9,]*\})?", re.DOTALL)
_LOOKS = ("?=", "?!", "?<=", "?<!")


def stems_of(words: str) -> frozenset[str]:
    """Return letters of which any match of a pattern has at least one of a kind.

    Parameters
    ----------
    words
        A regular expression.

    Returns
    -------
    frozenset of str
        In small letters; empty where none are known.

    Examples
    --------
    >>> from splinternet.essay.stems import stems_of
    >>> sorted(stems_of("(?:has )?bann?ed|(?:shut|kept) out"))
    ['ban', 'kept', 'shut']
    """
    found: set[str] = set()
    for alternative in _alternatives(words):
        best = _best(alternative)
        if not best:
            return frozenset()
        found |= best
    return frozenset(found)


def has_stem(stems: frozenset[str], folded: str) -> bool:
    """Whether a pattern of these stems may find anything in a text in small letters."""
    return not stems or any(stem in folded for stem in stems)


def _best(alternative: str) -> frozenset[str]:
    """Return the stems of the part of an alternative that is the longest at the least."""
    known = [stems for stems in _required(alternative) if stems]
    return max(known, key=lambda stems: (min(map(len, stems)), -len(stems)), default=frozenset())


def _required(alternative: str) -> Iterator[frozenset[str]]:
    """Yield the stems of each part of an alternative that no match is without."""
    letters, at = "", 0
    while at < len(alternative):
        if alternative[at] == "(":
            end = _closing(alternative, at)
            inside, often = alternative[at + 1 : end], alternative[end + 1 : end + 3]
            if not (inside.startswith(_LOOKS) or often[:1] in ("?", "*") or often == "{0"):
                yield stems_of(inside.removeprefix("?:"))
            letters, at = f"{letters} ", end + 1
            continue
        found = _PART.match(alternative, at)
        assert found
        optional = (found["often"] or "")[:1] in ("?", "*", "{")
        letters += " " if optional else found["part"] if len(found["part"]) == 1 else " "
        if found["often"] == "+":
            letters += " "
        at = found.end()
    yield from (frozenset((run,)) for run in _RUN.findall(letters.lower()))


def _alternatives(words: str) -> list[str]:
    """Split a pattern where it has alternatives that no brackets hold."""
    parts, start, at = [], 0, 0
    while at < len(words):
        if words[at] == "(":
            at = _closing(words, at)
        elif words[at] == "|":
            parts.append(words[start:at])
            start = at + 1
        elif words[at] in "\\[":
            found = _PART.match(words, at)
            assert found
            at = found.end("part") - 1
        at += 1
    return [*parts, words[start:]]


def _closing(words: str, at: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    depth = 0
    while at < len(words):
        if words[at] in "\\[":
            found = _PART.match(words, at)
            assert found
            at = found.end("part")
            continue
        depth += {"(": 1, ")": -1}.get(words[at], 0)
        if depth == 0:
            return at
        at += 1
    return at
