"""Idioms of several words, each put as the plain verb that it stands for: ``idioms.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from splinternet.essay.stems import Sieve

__all__ = ["examples", "in_plain_words", "read_idioms"]


@cache
def read_idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Read the table: a pattern for each idiom, and its plain verb."""
    words_of, entries = _table()
    found = []
    for entry in entries:
        pattern = entry["idiom"]
        while (words := _filled(pattern, words_of)) != pattern:
            pattern = words
        found.append((re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE), entry["plain"]))
    return tuple(found)


def examples() -> list[tuple[str, str]]:
    """Return a sentence with each idiom, and the same with its plain verb."""
    return [(entry["example"][0], entry["example"][1]) for entry in _table()[1]]


@lru_cache(maxsize=256)
def in_plain_words(text: str) -> str:
    """Return a text of the same length, with plain verbs for its idioms and blanks before them."""
    for number in sorted(_sieve().likely(text)):
        pattern, plain = read_idioms()[number]
        for found in reversed(list(pattern.finditer(text))):
            part = "verb" if "verb" in pattern.groupindex else 0
            first, last = found.span(part)
            if len(plain) <= last - first:
                text = text[:first] + plain.rjust(last - first) + text[last:]
    return text


@cache
def _sieve() -> Sieve:
    return Sieve([pattern.pattern for pattern, _ in read_idioms()])


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"(?<!\?P)<(\w+)>", lambda found: words[found[1]], pattern)


@cache
def _table() -> tuple[dict[str, str], list[dict[str, Any]]]:
    with Path(__file__).with_name("idioms.toml").open("rb") as file:
        table = tomllib.load(file)
    return table["words"], table["idiom"]
