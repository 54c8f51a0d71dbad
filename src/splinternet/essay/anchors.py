"""Sentences held to a statement by its parties and its time, where words are left over.

A sentence that names both parties of a statement and its time, or its amount, is about that
statement or about nothing of the ledger. It may have words of its own then, if none of them tells
one act from another: no name, number or place, no act of another kind, nothing that the table of
plain words lacks, and if it does not turn the act round.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.passages import Passage
from splinternet.essay.wording import END

__all__ = ["Anchors", "is_plain", "plain_words"]

_NEVER = frozenset[str]()
#: A name: a word with a capital that begins no sentence.
_NAME = re.compile(r"(?<=[a-z0-9,;:’'–—)] )(?:[“‘(\"])?(?P<name>[A-ZÀ-Þ][\w’'-]*)")
#: The last word of what a party has, and of where or what for something was done.
_OF_PARTY = re.compile(rf"[’']s (?:[a-z-]+ ){{0,2}}?(?P<thing>[a-z-]{{3,}}){END}")
_PLACED = re.compile(
    r"\b(?:in|on|of|for|from|into|to|at|with|inside|across|throughout) "
    r"(?:(?:the|a|an|its|their|his|her|this|that|these|those|all|any|every|some|certain) )?"
    rf"(?:[a-z-]+ ){{0,2}}?(?P<thing>[a-z-]{{3,}}){END}"
)
_WORDS = re.compile(r"[\w’'-]+|[,;:.()]")
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter I Mr Mrs Ms Dr "
    "Internet Web".split()
)


class Anchors:
    """Words that a sentence may have beside those of a statement that it is held to."""

    def __init__(self) -> None:
        self._beside = _beside()
        self._neutral = read_lexicon().beside["neutral"]
        self._acts = read_lexicon().beside["acts"]
        self._any = self._acts.union(*self._beside.values())

    def holds(self, passage: Passage) -> bool:
        """Tell whether a passage has a time or a figure, which tell one statement of others."""
        dated = any(t.period and t.period.precision != "vague" for t in passage.times)
        return dated or bool(passage.figures)

    def beside(self, predicate: str) -> frozenset[str]:
        """Return the words of acts that may stand beside the act of a predicate."""
        return self._beside.get(predicate, _NEVER) | self._acts

    def needed(self, passage: Passage, words: frozenset[str]) -> frozenset[str]:
        """Return those of some words that a statement on some act has to tell."""
        if not words or not self.holds(passage):
            return words
        return frozenset(w for w in words if w not in self._any and not is_plain(w))

    def leaves_nothing(self, left: frozenset[str], anchored: bool) -> bool:
        """Tell whether no word is left that tells one act from another."""
        return not left or (anchored and all(map(is_plain, left)))

    def is_free(self, clause: Passage, known: frozenset[str], of_parties: bool) -> bool:
        """Tell whether what a clause tells beside an act is nothing that statements have to tell.

        Of the parties of the act that is what plain words tell, of others what no act is.
        """
        left = clause.words - known
        if of_parties and not all(word in self._neutral or is_plain(word) for word in left):
            return False
        return (clause.acts & left) <= self._neutral and not self.names_another(clause, known)

    def has_other_things(self, passage: Passage, told: frozenset[str]) -> bool:
        """Tell whether a thing is left: what somebody has, or what something was done in or for."""
        for pattern in (_OF_PARTY, _PLACED):
            for found in pattern.finditer(passage.text):
                if not roots(found["thing"]) <= told:
                    return True
        narrative = read_lexicon().narrative
        nouns = passage.words & _plain()[1] & (narrative | (passage.words - told))
        return bool(nouns) and _has_compound(passage.text, nouns, told - read_lexicon().idle)

    def names_another(self, passage: Passage, known: frozenset[str]) -> bool:
        """Tell whether a name is left that is of no actor of the ledger."""
        spans = [(m.start, m.end) for m in passage.mentions]
        spans += [(t.start, t.end) for t in passage.times]
        spans += [(f.start, f.end) for _, f in passage.figures]
        for found in _NAME.finditer(passage.text):
            at = found.start("name")
            if found["name"] in _CALENDAR or any(a <= at < b for a, b in spans):
                continue
            if not roots(found["name"]) <= known:
                return True
        return False


def _has_compound(text: str, nouns: frozenset[str], told: frozenset[str]) -> bool:
    """Tell whether a noun of its own stands right before a word that is told: a peace treaty."""
    return any(
        roots(one) & nouns and not other[:1].isupper() and roots(other) & told
        for one, other in pairwise(_WORDS.findall(text))
    )


@cache
def _beside() -> dict[str, frozenset[str]]:
    """Return the words of acts that may stand beside the act of each predicate."""
    acts, words = read_lexicon().acts, read_lexicon().beside

    def of(*predicates: str) -> frozenset[str]:
        return frozenset[str]().union(*(acts[each] for each in predicates))

    goods = of("supplies", "sells_to", "contracts", "builds")
    rules = of("bans", "finances", "allows", "enacts", "regulates")
    stopped = goods | rules | words["stopped"]
    given = goods | words["given"]
    return {
        "bans": stopped,
        "restricts": stopped,
        "allows": stopped,
        "regulates": words["ruled"],
        "leaves": of("contracts", "sells_to") | words["ending"],
        "contracts": given,
        "supplies": given,
        "sells_to": given,
        "builds": given,
        "finances": of("finances", "contracts", "sells_to"),
        "owns": of("owns", "acquires"),
        "acquires": of("owns", "acquires"),
        "trials_with": of("partners_with", "trials_with"),
    }


@cache
def plain_words() -> frozenset[str]:
    """Words of plain English, in small letters."""
    return frozenset(word[0] for word in _listed())


def _listed() -> list[list[str]]:
    """The list of plain words: each, and ``noun`` behind it if it is one."""
    path = Path(__file__).with_name("plain.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line[:1] != "#"]


@cache
def _plain() -> tuple[frozenset[str], frozenset[str]]:
    """Return the plain words, and those of them that are nouns."""
    words = _listed()
    plain = roots(" ".join(word[0] for word in words))
    nouns = roots(" ".join(word[0] for word in words if len(word) > 1))
    return plain - roots(" ".join(read_lexicon().manners)), nouns


@lru_cache(maxsize=4096)
def is_plain(root: str) -> bool:
    """Tell whether a word is one that tells no act from another."""
    return root in _plain()[0]
