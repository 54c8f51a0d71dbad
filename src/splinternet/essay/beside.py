"""Words beside an act: who looks on, whose contract it is, and others of whom the same is said."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = [
    "contract_owner",
    "is_licensed",
    "is_past",
    "joined_before",
    "means_intent",
    "names_within",
    "onlookers",
    "others_told",
]

#: What makes a past form tell what is still so.
_HAS_BEFORE = re.compile(r"\b(?:has|have)(?: \w+)? $")
_TO_THIS_DAY = re.compile(r"\b(?:to this day|(?:until|till|up to) (?:today|now)|still)\b")
#: Those who were there, who did nothing.
_ONLOOKERS = re.compile(
    r", (?:with|before) (?:[\w-]+ ){1,5}?(?:looking|watching|present|in attendance|in the room)\b"
)
#: Names before the object of a contract, which tell whose it is.
_CONTRACT = re.compile(r"\b(?:contracts?|deals?|orders?|agreements?)\b")
_OF_NAME = re.compile(r" (?:of|by) (?:the )?(?P<name>[A-ZÀ-Þ][\w-]+)")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w-]+")
#: A name that the ledger lacks, joined to the subject.
_JOINED_BEFORE = re.compile(r"(?P<name>\b[A-ZÀ-Þ][\w-]+),? (?:and|or) (?:the )?$")
#: Somebody else, of whom the same is said in the next clause.
_TOO = re.compile(r"\band (?:the )?[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,3},? (?:too|as well)\b")
_IT_ALSO = re.compile(
    r"\band (?:[\w ]{2,20} )?it (?:also )?"
    r"(?:\w{2,}ed|chose|left|bought|sold|won|cut|shut)(?: with| out| off)? (?P<name>[A-ZÀ-Þ][\w-]+)"
)
#: What leads to the content of a licence, which is no act.
_ALLOWED_TO = re.compile(
    r"\b(?:licen[cs]es?|permissions?|permits?|rights?|authori[sz]ations?|authority|waivers?|"
    r"exemptions?|bids?) to $"
)
#: Names but those of the points of the compass.
_PLACE = re.compile(r"\b(?!North|South|East|West)[A-ZÀ-Þ][\w-]+")
#: How an act was meant, which a ledger of acts does not tell.
_INTENT = re.compile(
    r"\b(?:sabotage[drs]?|saboteurs?|deliberate(?:ly)?|intentional(?:ly)?|on purpose|wilful(?:ly)?|"
    r"knowingly|accidental(?:ly)?|by accident|twice|three times|(?<!and )again|repeatedly)\b",
    re.IGNORECASE,
)


def onlookers(text: str) -> list[tuple[int, int]]:
    """Return where a sentence tells who was there."""
    return [found.span() for found in _ONLOOKERS.finditer(text)]


def contract_owner(text: str, after: int, start: int, end: int) -> str:
    """Return names of whose contract it is, with the object that stands from start to end.

    ``after`` is where the verb ends: vetoed the contract of Fastweb with Huawei.
    """
    if not _CONTRACT.search(text, after, start):
        return ""
    of = _OF_NAME.match(text, end)
    return " ".join([*_NAME.findall(text, after, start), of["name"] if of else ""])


def joined_before(text: str, at: int) -> int | None:
    """Return where a name stands that is joined to the subject at a place."""
    found = _JOINED_BEFORE.search(text, max(0, at - 60), at)
    return found.start("name") if found else None


def others_told(text: str, known: Collection[int]) -> list[int]:
    """Return where the same is said of others: and Huawei too, and it blocked Skype.

    ``known`` is where the actors of the ledger stand.
    """
    also = (found for found in _IT_ALSO.finditer(text) if found.start("name") not in known)
    return [found.start() for found in (*_TOO.finditer(text), *also)]


def is_licensed(text: str, at: int) -> bool:
    """Tell whether an act at a place is what a licence is for."""
    return bool(_ALLOWED_TO.search(text, max(0, at - 40), at))


def names_within(words: str, known: Collection[str]) -> list[str]:
    """Return the names among words that are not known: cut Xinjiang off from the Internet."""
    return [name for name in _PLACE.findall(words) if name not in known and name != "Internet"]


def means_intent(text: str, first: int, last: int) -> bool:
    """Tell whether words say how an act was meant, or how often it was done."""
    return bool(_INTENT.search(text, first, last))


def is_past(text: str, found: re.Match[str], reach: int) -> bool:
    """Tell what was from what is: has owned, or owned to this day, and so does."""
    until_now = _HAS_BEFORE.search(text, max(0, found.start() - 12), found.start())
    until_now = until_now or _TO_THIS_DAY.search(text, reach)
    return found[0].partition(" ")[0].endswith("ed") and not until_now
