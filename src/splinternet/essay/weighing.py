"""Words by which a sentence says more than a statement: all, largest, sole, proven, for good.

The kinds are a table, ``weighing.toml``. A word of a kind has to stand in a statement too, or
another of its kind.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from splinternet.essay.statements import Statement
from splinternet.essay.stems import Sieve

__all__ = ["weighs_more"]

_NUMBER = (
    r"(?:an?|the|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|twice|"
    r"[$€£A-Z]{0,3}[0-9]\S*)"
)
_LENGTH = (
    r"(?:year|month|week|decade|day|dozen|hundred|thousand|million|billion|half|third|quarter|fifth|"
    r"tenth)"
)
#: More than another: larger than, more of it than.
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|(?!other|rather|whether|later|earlier|sooner|longer|further|never|older|"
    r"under|over|after|number|order|carrier|power|member|supplier|vendor|provider|offer|however)"
    r"[a-z]{2,}er) (?:[\w’'-]+ ){0,9}?than "
    rf"(?!(?:(?:about|some|roughly|around|nearly|almost) )?{_NUMBER}(?: {_LENGTH}|[ ,.;]|$)|"
    r"expected|planned|before|ever|usual)"
)

#: Kinds that a statement has to tell in its own words, as titles tell more than one thing.
_OWN = frozenset(
    ("every", "everybody", "whole", "greater", "sole", "added", "periodic", "untouched", "praised")
)
#: Kinds that a statement tells only where it does not deny them: names no firm, core never.
_NOT_DENIED = frozenset(("named", "core", "only_one"))
_DENIED = re.compile(
    r"(?:\b[\w’'-]+ )?\b(?:neither|never|no|nobody|not|without)\b(?: [\w’'-]+){0,4}", re.IGNORECASE
)


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    """Return the kinds of words that weigh, each as a pattern."""
    return {kind: _pattern(words) for kind, words in _words().items()}


@cache
def _sieve() -> tuple[Sieve, list[str]]:
    """Return which kinds may be in a text, by their letters, and the kinds in that order."""
    return Sieve(each.pattern for each in _kinds().values()), list(_kinds())


@cache
def _words() -> dict[str, list[str]]:
    with Path(__file__).with_name("weighing.toml").open("rb") as file:
        words: dict[str, list[str]] = tomllib.load(file)["weighing"]
    return words


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _weighty(clause: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds of which a clause has words, each with the first of them."""
    sieve, kinds = _sieve()
    found = []
    for kind in (kinds[place] for place in sorted(sieve.likely(clause))):
        said = _DENIED.sub(" ", clause) if kind in _NOT_DENIED else clause
        for each in _kinds()[kind].finditer(said):
            if each[0][0].islower() or not said[: each.start()].strip():
                found.append((kind, each[0]))
                break
    return tuple(found)


def weighs_more(clause: str, statements: Sequence[Statement], free: Collection[str] = ()) -> str:
    """Return the first words of a clause that say more than statements do; or none.

    Parameters
    ----------
    clause
        The clause.
    statements
        Those that bear it out.
    free
        Kinds that tell nothing beside their act.
    """
    own = " ".join(each.own_words for each in statements)
    titled = " ".join(each.words for each in statements)
    for kind, words in _weighty(clause):
        told = own if kind in _OWN else titled
        told = _DENIED.sub(" ", told) if kind in _NOT_DENIED else told
        if kind not in free and not _kinds()[kind].search(told):
            return words
    if "than" in free or "than" not in clause:
        return ""
    compared = _COMPARED.search(clause)
    return compared[0] if compared and not _COMPARED.search(own) else ""
