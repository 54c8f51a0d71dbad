"""Words by which a sentence says more of an act than a statement: an organ, all, a reason, an end.

Each kind is a pattern; what it finds has to stand in what the statement itself says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from splinternet.essay.actors import Mention
from splinternet.essay.gazetteer import Actor
from splinternet.essay.lexicon import roots
from splinternet.essay.peoples import ADJECTIVES, CAPITALS
from splinternet.essay.statements import Statement

__all__ = ["overstates"]

_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
#: An organ of a state, or those beside a firm, that act in its place.
_ORGAN = re.compile(
    r"(?:[’']s|\b(?:European|Supreme|Constitutional|federal)) (?P<told>opposition|"
    r"parliament|Parliament|senate|Senate|courts?|Courts?|judges|rivals?|competitors?|neighbours?|critics|army|police|"
    r"voters|unions|shareholders)(?= (?:had |has |then |also )?[a-z]+(?:ed|t|d|s)\b)"
)
#: The whole of something, or one alone.
_WHOLE = re.compile(
    r"(?<!\bat )(?<!\bin )(?<!\bof )(?<!\bfor )\b(?P<told>all|every)\b"
    r"(?! (?:the (?:same|while|time)|along|but|told|in all|"
    r"this|that|it|those|these|year|day|month))"
    r"(?= (?:of |the |its |fixed |mobile |[a-z]+ )?(?:networks?|devices?|Chinese|"
    r"vendors?|makers?|suppliers?|users?|them|[A-Z]))"
)
_EVERY = re.compile(r"\b(?:all|every|each|whole|entire|wholly|complet\w+|full\w*|sole)\b")
_ALONE = re.compile(
    r"(?<=[a-zA-Z]) (?P<told>alone)(?= (?:for|as|to|in)\b)|\b(?P<last>only)(?=[.;]|$)"
)
_ONLY = re.compile(r"\b(?:alone|only|sole\w*|exclusive\w*|limited|solely)\b", re.IGNORECASE)
#: Why it was done: for an act, over a place, after somebody else's act.
_REASON = re.compile(
    r"\bfor (?P<told>(?:steal|spy|violat|break|breach|refus|fail|hid|ly|brib|cheat|leak|evad)"
    r"\w*ing\b(?: [a-z]+)?)|\bover (?P<place>[A-Z]\w+)(?=[.,;]|$)|"
    r"\bafter (?:a|an|the) (?P<who>[a-z]+) had (?:[a-z]+ )?(?:order|forc|told|ask|urg|ban|rul)\w*"
)
#: What came of it, which undoes it or goes beyond.
_UNDONE = re.compile(
    r"\b(?:and|but)\b[^,;:]{0,30}?\b(?P<told>(?:came|went|was|were|is) back|restored|reinstated|"
    r"returned|made (?:it|them) [a-z]+|took (?:it|them) back|reversed)\b"
)
_WITHIN = re.compile(rf"\bwithin (?P<told>(?:an?|{_NUMBERS}|[0-9]+) (?:hour|day|week|month)s?)\b")
#: Money beside a limit.
_PAYS = re.compile(
    r"\b(?P<told>pay|pays|paid|paying|compensat\w+|subsidi[sz]\w+|fined|reimburs\w+)\b"
)
_LIMITS = frozenset(("bans", "restricts", "allows"))
#: What was signed.
_SIGNED = re.compile(
    r"\bsign(?:s|ed)? (?:a|an|the|their|its) (?P<told>(?:[a-z-]+ ){0,2}?(?:treaty|annex|protocol|"
    r"contract|pact|agreement|declaration|statement|memorandum|deal))\b"
)
_FREE = roots(
    "joint common bilateral new formal official long-awaited short agreement pact deal "
    "declaration statement memorandum understanding"
)
_COUNTED = re.compile(rf"\b(?P<told>{_NUMBERS}) (?P<what>[a-z]{{4,}}s)\b", re.IGNORECASE)
_MAKERS = re.compile(
    r"\b(?P<told>[A-Z][a-z]+) (?:vendors|suppliers|makers|firms|companies|manufacturers)\b"
)
_PLACE = re.compile(r"\bin (?P<told>[A-Z][a-z]+)\b")
_SIGNER = re.compile(r"(?:^|, )(?P<told>[A-Z][a-z]+) (?:had )?signed\b")
_NOBODY = frozenset("It He She They Parliament Both This That Who President Government".split())
#: Of rules a supplier is every supplier, and of shares all is a hundred percent.
_RULES = frozenset(("enacts", "regulates", "states", "market_share", "vendor_share", "depends_on"))
_AGREED = frozenset(("partners_with",))


def overstates(
    text: str, mentions: Sequence[Mention], statement: Statement, actors: dict[str, Actor]
) -> str:
    """Return words by which a sentence says more of an act than a statement, or none.

    Parameters
    ----------
    text
        The sentence.
    mentions
        Those it has of actors.
    statement
        A statement that bears it out otherwise.
    actors
        Those of the ledger.
    """
    own = statement.own_words
    ends = [actors[id] for id in (statement.subject, statement.object) if id]
    names = " ".join(name for actor in ends for name in actor.names)
    known = roots(f"{own} {names}")
    words = roots(f"{statement.words} {names}")
    for pattern, is_told in _kinds(statement, own, known, words):
        for found in pattern.finditer(text):
            told = next(each for each in found.groupdict().values() if each)
            if not is_told(told):
                return told
    return _other_number(text, own) or _stranger(text, mentions, statement, ends)


def _kinds(
    statement: Statement, own: str, known: frozenset[str], words: frozenset[str]
) -> list[tuple[re.Pattern[str], Callable[[str], bool]]]:
    """Return the kinds of words that may say more, each with what tells that they do not."""
    predicate = statement.predicate
    kinds: list[tuple[re.Pattern[str], Callable[[str], bool]]] = [
        (_ALONE, lambda _: bool(_ONLY.search(own))),
        (_REASON, lambda told: roots(told) <= words),
        (_UNDONE, lambda told: bool(roots(told) & known)),
    ]
    if predicate not in _RULES:
        kinds.append((_WHOLE, lambda _: bool(_EVERY.search(own))))
    if predicate == "damages":
        kinds.append((_WITHIN, lambda told: told in own))
    if predicate not in ("enacts", "states"):
        kinds.append((_ORGAN, lambda told: roots(told) <= words))
    if predicate == "enacts":
        kinds.append((_ORGAN, lambda told: told != "Parliament" or roots(told) <= words))
    if predicate in _LIMITS:
        kinds.append((_PAYS, lambda told: roots(told) <= words))
    if predicate in _AGREED:
        kinds.append((_SIGNED, lambda told: roots(told) <= words | _FREE))
    return kinds


def _other_number(text: str, own: str) -> str:
    """Return a number in words of what a statement counts with another: five operators."""
    counted = {found["what"].lower(): found["told"].lower() for found in _COUNTED.finditer(own)}
    for found in _COUNTED.finditer(text):
        if counted.get(found["what"].lower(), found["told"].lower()) != found["told"].lower():
            return found[0]
    return ""


def _stranger(
    text: str, mentions: Sequence[Mention], statement: Statement, ends: Sequence[Actor]
) -> str:
    """Return who or where the act was, if a statement has somebody or somewhere else."""
    words = statement.separate_words
    countries = {actor.country for actor in ends}
    for found in _MAKERS.finditer(text):
        country = ADJECTIVES.get(found["told"])
        other = country is not None and country not in countries
        other = other or found["told"] in ("European", "Western")
        if other and found["told"] not in words and ends[-1].kind == "group":
            return found[0]
    if statement.predicate in _AGREED and words & set(CAPITALS):
        for found in _PLACE.finditer(text):
            if found["told"] in CAPITALS and found["told"] not in words:
                return found[0]
    if statement.predicate == "enacts":
        starts = {mention.start for mention in mentions}
        for found in _SIGNER.finditer(text):
            name = found["told"]
            if found.start("told") not in starts and name not in words | _NOBODY:
                return name
    return ""
