"""Things and people that a sentence speaks of in the place of a party or of its goods.

*Huawei's lawyers*, *the opposition in Australia*, *refused to hear Huawei* and *a contract for
toys* are of another thing than statements on the parties, unless these have the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splinternet.essay.actors import FIRMS
from splinternet.essay.contents import Contents
from splinternet.essay.findings import Finding
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of
from splinternet.essay.wording import END

__all__ = ["Things"]

_NAMED = r"(?P<name>[A-ZÀ-Þ][\w-]+)"
#: People who belong to somebody, or stand against him, and are not he.
_PEOPLE = (
    r"(?:lawyers?|customers?|clients?|critics?|rivals?|competitors?|opponents?|engineers?|staff|"
    r"employees|workers|managers?|friends?|partners?|owners?|shareholders?|founders?|chairm[ae]n|"
    r"boss(?:es)?|directors?|spokes\w+|fans?|users|neighbou?rs?|enem(?:y|ies)|suppliers?|"
    r"subcontractors?|dealers?|visitors?|guests?|children|families|heirs|allies|pension\w*|"
    r"lobbyists?|advis[eo]rs?|army|navy|police|soldiers?|fleet)"
)
_OF_SOMEBODY = re.compile(
    rf"{_NAMED}[’']s? (?:[a-z-]+ ){{0,2}}?(?P<thing>{_PEOPLE})\b"
    rf"|\b(?P<who>{_PEOPLE}) of (?:the )?(?P<whose>[A-ZÀ-Þ][\w-]+)"
    rf"|\b(?:its|their|his) (?:own )?(?P<own>{_PEOPLE})\b"
)
#: Those within a state who are not the state.
_WITHIN = re.compile(
    r"\b(?P<who>opposition|critics|activists|protesters|voters|lobby|unions?|think tanks?|"
    r"newspapers?|students|professors?|researchers|experts|hackers|journalists|bloggers|farmers|"
    r"farm lobby|priests|poets)\b(?: part(?:y|ies))? (?:in|of|from) (?:the )?[A-ZÀ-Þ]"
)
#: What makes of such people a role, or another party beside.
_AS = re.compile(
    r"\b(?:is|was|are|were|been|became|becomes|remains?|remained|among|one of|of|as|and) "
    r"(?:[a-z]+ ){0,2}$"
)
_NAMES = frozenset(("name", "whose"))
#: So long a word means the same as one that it begins.
_LONG = 5
_LAW_OR_LIMIT = frozenset(("bans", "restricts"))
#: What somebody is kept from, or refuses.
_KEPT_FROM = re.compile(
    rf"\b(?:refus\w+|declin\w+) to (?P<verb>[a-z]+)\b|"
    rf"\b(?:stopp?(?:ed|s)|ended|ends|halted|dropped|cancelled|lost|suspended|revoked|withdrew) "
    rf"(?:(?:the|its|their|his|an?|all|any|new|[A-ZÀ-Þ][\w-]*[’']s) ){{0,2}}"
    rf"(?:[a-z-]+ ){{0,2}}?(?P<object>[a-z-]{{3,}}){END}|"
    rf"\b(?:ban|bar|exclu|block|prohibit|stop|cut|prevent)\w* [^,;:.]{{0,60}}?"
    rf"\bfrom (?:(?:its|the|all|any|every|their|an?) )?(?:[\w-]+ ){{0,2}}?"
    rf"(?P<field>[a-z-]{{3,}}){END}"
)
#: What somebody is provided with, and what a contract is for.
_GOODS = re.compile(
    rf"\b(?:provid|suppl|serv|equip|furnish)\w* [^,;:.]{{0,60}}?\bwith "
    rf"(?:(?:the|its|their|an?) )?(?:[\w-]+ ){{0,2}}?(?P<with>[a-z-]{{3,}}){END}"
    rf"|\bworth of (?:[a-z-]+ ){{0,2}}?(?P<worth>[a-z-]{{3,}}){END}"
    rf"|\bfor an? (?!(?:year|decade|while|time|moment|second|total|sum|price|few|week|month|day|"
    rf"quarter|third|good|share|part)\b)(?:[a-z0-9G-]+ ){{0,2}}?(?P<purpose>[a-z-]{{3,}}){END}"
)
#: Acts of providing, of which the goods have to be told.
_PROVIDING = frozenset(
    "contracts supplies sells_to builds finances trials_with restricts bans leaves".split()
)


class Things:
    """Finds what a sentence has in the place of a party or its goods, and no statement tells.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    tellings
        The words by which they may be told.
    parties
        The actors, and who acts for whom.
    """

    def __init__(
        self, statements: Mapping[str, Statement], tellings: Tellings, parties: Parties
    ) -> None:
        self.statements = statements
        self.tellings = tellings
        self.parties = parties
        self.lexicon = read_lexicon()
        goods = self.lexicon.beside["goods"]
        self._free = (goods | self.lexicon.light, goods)

    def untold(self, contents: Contents, found: Sequence[Finding]) -> str:
        """Return the first such words; or none. ``found`` are all supported."""
        supports = [self.statements[id] for each in found for id in each.supports]
        words = " ".join(statement.words for statement in supports)
        return next(self._untold(contents, supports, words), "")

    def _untold(
        self, contents: Contents, supports: Sequence[Statement], words: str
    ) -> Iterator[str]:
        text, own = contents.text, roots(words)
        for pattern in (_OF_SOMEBODY, _WITHIN):
            for found in pattern.finditer(text):
                who = next(f for k, f in found.groupdict().items() if f and k not in _NAMES)
                told = own | self.tellings.names(supports)
                if not (roots(who) <= told or _AS.search(text, 0, found.start())):
                    yield found[0]
        acts = {statement.predicate for statement in supports}
        patterns = [*([_KEPT_FROM] if acts & _LAW_OR_LIMIT else ())]
        patterns += [_GOODS] if acts & _PROVIDING else []
        for pattern in patterns:
            for found in pattern.finditer(text):
                if any(m.start < found.end() and found.end() <= m.end for m in contents.mentions):
                    continue
                kind, thing = next((k, f) for k, f in found.groupdict().items() if f)
                left = roots(thing) - self._free[kind == "verb"] - own
                if left and not self._is_told(left, supports):
                    yield thing
        if len(supports) == 1 and self.lexicon.turns_round(roots(_untimed(contents)), own):
            yield "the opposite"
        if acts == {"enacts"}:
            ends = {end for each in supports for end in ends_of(each)}
            said = " ".join(f"{each.claim} {each.summary}" for each in supports)
            for mention in contents.mentions:
                firm = mention.actor and self.parties.actors[mention.actor].kind in FIRMS
                if firm and mention.actor not in ends and mention.text not in said:
                    yield mention.text

    def _is_told(self, left: frozenset[str], supports: Sequence[Statement]) -> bool:
        """Tell whether words are those of statements, or names of their parties."""
        known = self.tellings.names(supports).union(*map(self.tellings.known, supports))
        return all(_is_among(root, known) for root in left)


def _is_among(root: str, known: frozenset[str]) -> bool:
    """Tell whether a word is known, or one that begins alike is: authorise, authorisation."""
    return root in known or (len(root) >= _LONG and any(each.startswith(root) for each in known))


def _untimed(contents: Contents) -> str:
    """Return a text with blanks for its times: the third quarter is opposite to no second."""
    text = contents.text
    for time in contents.times:
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return text
