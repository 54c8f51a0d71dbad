"""A quantity, and the words before it that bound it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["LOWER", "UPPER", "Quantity", "qualified"]

_QUALIFIERS = {
    "about": "about", "around": "about", "roughly": "about", "approximately": "about",
    "nearly": "about", "almost": "about", "some": "about", "close to": "about", "circa": "about",
    "an estimated": "about", "more than": "more than", "over": "more than", "above": "more than",
    "upwards of": "more than", "exceeding": "more than", "at least": "at least",
    "no fewer than": "at least", "no less than": "at least", "just over": "just over",
    "as much as": "up to", "as many as": "up to",
    "up to": "up to", "at most": "up to", "no more than": "up to", "a maximum of": "up to",
    "less than": "less than", "fewer than": "less than", "under": "less than",
    "below": "less than", "just under": "less than", "not even": "less than",
}  # fmt: skip
UPPER = frozenset(("up to", "less than"))
LOWER = frozenset(("more than", "at least", "just over"))
_QUALIFIER = re.compile(
    rf"\b({'|'.join(sorted(_QUALIFIERS, key=len, reverse=True))})(?: an?| the)? ?$", re.IGNORECASE
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
    found = _QUALIFIER.search(text, max(0, start - 24), start)
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
