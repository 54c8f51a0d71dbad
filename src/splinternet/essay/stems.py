"""Stems of patterns: letters without which a pattern finds nothing.

A sentence is searched for an act only if it has a stem of the act's words, so that most of the
table of verbs is passed over; so are other patterns of many words. Stems are found in the text of
a pattern; one of unknown form has none, and is searched everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from splinternet.essay.names import REMEMBERED

__all__ = ["Sieve", "stems_of"]

_SHORTEST = 2
#: So few stems are looked for in a word one by one.
_FEW = 60
#: Letters in so many words that one with others is the better stem.
_COMMON = frozenset(
    "an and are as at be been but for from ha had has have in is it not of on or out that the "
    "this to was were which with".split()
)
_RUN = re.compile(rf"[a-z]{{{_SHORTEST},}}")
#: One part of a pattern, and what it may be repeated by.
_PART = re.compile(r"(?P<part>\\.|\[[^\]]*\]|.)(?P<often>[?*+]|\{[0-9,]*\})?", re.DOTALL)
_LOOKS = ("?!", "?<=", "?<!")
#: What a group begins with besides what it finds: its name, its flags.
_HEAD_OF_GROUP = re.compile(r"\?(?:P<\w+>|[a-z]*(?:-[a-z]+)?:)")
#: Stems are within runs of these.
_LETTERS = re.compile(r"[a-z]+")


class Sieve:
    """Patterns that each find something only in texts with one of their stems.

    Parameters
    ----------
    patterns
        Regular expressions.

    Examples
    --------
    >>> from splinternet.essay.stems import Sieve
    >>> sorted(Sieve(["bann?ed", "[0-9]+", "(?:shut|kept) out"]).likely("It kept on."))
    [1, 2]
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._of_stem: dict[str, list[int]] = {}
        self._everywhere: set[int] = set()
        for place, pattern in enumerate(patterns):
            stems = stems_of(pattern)
            for stem in stems:
                self._of_stem.setdefault(stem, []).append(place)
            self._everywhere |= set() if stems else {place}
        self._lengths = sorted({len(stem) for stem in self._of_stem})
        self._of_word: dict[str, tuple[int, ...]] = {}

    def likely(self, text: str) -> set[int]:
        """Return the places of the patterns that may find something in a text."""
        of_word = self._of_word
        found = self._everywhere.copy()
        for word in _words(text):
            if word not in of_word:
                if len(of_word) >= REMEMBERED:
                    of_word.clear()
                of_word[word] = self._places_of(word)
            found.update(of_word[word])
        return found

    def _places_of(self, word: str) -> tuple[int, ...]:
        """Return the places of the patterns of which a word has a stem."""
        of_stem = self._of_stem
        if len(of_stem) < _FEW:
            stems = [stem for stem in of_stem if stem in word]
        else:
            stems = [
                part
                for length in self._lengths
                for start in range(len(word) - length + 1)
                if (part := word[start : start + length]) in of_stem
            ]
        return tuple({place for stem in stems for place in of_stem[stem]})


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(set(_LETTERS.findall(text.casefold())))


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


def _best(alternative: str) -> frozenset[str]:
    """Return the stems of the part of an alternative that is the longest at the least."""
    known = [stems for stems in _required(alternative) if stems]
    return max(known, key=lambda stems: (min(map(_worth, stems)), -len(stems)), default=frozenset())


def _worth(stem: str) -> int:
    """Return how rare a stem is: the more letters the rarer."""
    return len(stem) - 1 if stem in _COMMON else len(stem)


def _required(alternative: str) -> Iterator[frozenset[str]]:
    """Yield the stems of each part of an alternative that no match is without."""
    letters, at = "", 0
    while at < len(alternative):
        if alternative[at] == "(":
            end = _closing(alternative, at)
            inside, often = alternative[at + 1 : end], alternative[end + 1 : end + 3]
            if inside.startswith("?="):
                yield stems_of(inside.removeprefix("?="))  # it has to stand in the text too
            elif not (inside.startswith(_LOOKS) or often[:1] in ("?", "*") or often == "{0"):
                yield stems_of(_without_head(inside))
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


def _without_head(inside: str) -> str:
    """Return what a group finds, without its name and its flags."""
    head = _HEAD_OF_GROUP.match(inside)
    return inside[head.end() :] if head else inside


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
