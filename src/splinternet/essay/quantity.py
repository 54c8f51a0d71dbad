"""A quantity, and the words before it that bound it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["LOWER", "UPPER", "Quantity", "qualified"]

_OF_QUALIFIER = {
    "about": (
        "about; around; roughly; approximately; nearly; very nearly; almost; some; close to; "
        "close on; circa; an estimated; something like; somewhere around; in the region of; "
        "in the order of; of the order of; in the neighbourhood of; not far from; not far "
        "off; approaching; getting on for; more or less; just about"
    ),
    "more than": (
        "more than; over; above; upwards of; upward of; exceeding; in excess of; well over; "
        "well above; well beyond; considerably more than; greater than; higher than; larger "
        "than"
    ),
    "at least": "at least; no fewer than; no less than",
    "just over": (
        "just over; just above; slightly more than; slightly over; slightly above; a little "
        "more than; a little over; a little above; little more than; a bit more than; a bit "
        "over; a shade over; a shade more than; a touch over; marginally over; marginally "
        "more than; barely more than; somewhat over; somewhat more than; something over"
    ),
    "up to": "as much as; as many as; up to; at most; no more than; a maximum of",
    "less than": (
        "less than; fewer than; under; below; not even; well under; well below; considerably "
        "less than; lower than"
    ),
    "just under": (
        "just under; just below; just short of; just less than; slightly less than; slightly "
        "under; slightly below; a little less than; a little under; a little below; little "
        "less than; a bit less than; a bit under; a shade under; a shade less than; a touch "
        "under; marginally under; marginally less than; not quite; somewhat under; somewhat "
        "less than; something under"
    ),
}
_QUALIFIERS = {
    words: qualifier for qualifier, listed in _OF_QUALIFIER.items() for words in listed.split("; ")
}
UPPER = frozenset(("up to", "less than", "just under"))
LOWER = frozenset(("more than", "at least", "just over"))
_QUALIFIER = re.compile(
    rf"\b({'|'.join(sorted(_QUALIFIERS, key=len, reverse=True))})(?: an?| the)?"
    r"(?: full| mere| good)? ?$",
    re.IGNORECASE,
)
#: Before "over" and a length of time, what makes it a bound rather than a time: took over a year.
#: Before "over" and a figure, what makes the two one verb.
_TAKES = re.compile(r"\b(?:tak(?:es?|en|ing)|took|hand(?:s|ed|ing)?|turn(?:s|ed|ing)?) $")
#: Before "up to", what makes it the end of a range.
_FROM = re.compile(r"\bfrom \S+(?: (?:thousand|million|billion))? $")
#: Before "under" and "over", what a contract or a name stands on: his name under 40 contracts.
_SIGNED = re.compile(
    r"\b(?:(?:sign|put)(?:s|ed|ing)?|signatures?|seals?|stamps?|names?|initials) $"
)
_CONCERNS = re.compile(
    r"\b(?:an?|the|its|their|one) (?:[\w-]+ ){0,3}(?:agreement|contract|treaty|memorandum|loan|"
    r"invoice|cheque|bond|order) $"
)
_LASTS = re.compile(r"\b(?:for|took|takes|taken|lasted|lasts|of|is|was|after|with|well|in|just) $")


@dataclass(frozen=True)
class Quantity:
    """A quantity: where it stands, its bounds, its unit and what is counted.

    ``qualified_from`` is where its qualifier starts; ``what`` is empty for shares and money.
    """

    start: int
    end: int
    qualified_from: int
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str
    what: str = ""


def qualified(text: str, quantity: Quantity) -> Quantity:
    """Take the words before a quantity that bound it."""
    start = quantity.qualified_from
    found = _QUALIFIER.search(text, max(0, start - 36), start)
    if not found:
        return quantity
    qualifier = _QUALIFIERS[found[1].lower()]
    if qualifier == "up to" and _FROM.search(text[: found.start()]):
        return quantity  # from C$250,000 up to C$400,000
    of_time = quantity.unit in ("days", "months", "years", "hours")
    if found[1].lower() == "over" and of_time and not _LASTS.search(text[: found.start()]):
        return quantity
    if found[1].lower() == "under" and of_time and found[0].endswith((" a ", " an ")):
        return quantity  # under a five-year contract
    before = text[max(0, found.start() - 80) : found.start()]
    if found[1].lower() == "under" and _SIGNED.search(before):
        return quantity  # put its name under 40 contracts
    if found[1].lower() == "over" and not of_time and _CONCERNS.search(before):
        return quantity  # an agreement over 40 masts
    firm = text[quantity.start].isdigit() and not of_time
    if found[1].lower() == "over" and firm and _TAKES.search(text[: found.start()]):
        return quantity  # take over 51 percent
    ranged = quantity.low != quantity.high  # just over 8 to 10 %: both ends are told
    return replace(
        quantity,
        qualified_from=found.start(),
        qualifier=qualifier,
        low=None if qualifier in UPPER and not ranged else quantity.low,
        high=None if qualifier in LOWER and not ranged else quantity.high,
    )
