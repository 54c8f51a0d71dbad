"""Words by which a sentence says more than a statement: all, largest, sole, proven, for good.

The kinds are a table, ``weighing.toml``. A word of a kind has to stand in a statement too, or
another of its kind.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from splinternet.essay.statements import Statement

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
    with Path(__file__).with_name("weighing.toml").open("rb") as file:
        table = tomllib.load(file)["weighing"]
    return {
        kind: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
        for kind, words in table.items()
    }


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
    for kind, pattern in _kinds().items():
        told, said = own if kind in _OWN else titled, clause
        if kind in _NOT_DENIED:
            told, said = _DENIED.sub(" ", told), _DENIED.sub(" ", clause)
        if kind in free or pattern.search(told):
            continue
        for found in pattern.finditer(said):
            if found[0][0].islower() or not said[: found.start()].strip():
                return found[0]
    compared = None if "than" in free else _COMPARED.search(clause)
    return compared[0] if compared and not _COMPARED.search(own) else ""
