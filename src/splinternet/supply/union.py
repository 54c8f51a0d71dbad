"""The European Union: its bodies in a ledger, and which states were members when."""

from __future__ import annotations

from datetime import date

__all__ = ["BODIES", "is_member"]

#: Ids of actors that act for the Union, so that what they decide counts for its members.
BODIES = ("eu-commission", "eu-council", "european-council")

#: Members by the day on which they joined; those of 1995 and before on the first.
#: Source: https://european-union.europa.eu/principles-countries-history/eu-countries_en
_JOINED = {
    date.min: "AT BE DE DK ES FI FR GB GR IE IT LU NL PT SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
#: The last day as a member of those that left.
_LEFT = {"GB": date(2020, 1, 31)}


def is_member(country: str, day: date) -> bool:
    """Tell whether a state was a member of the Union on a day."""
    joined = any(country in codes.split() and first <= day for first, codes in _JOINED.items())
    return joined and day <= _LEFT.get(country, date.max)
