"""The European Union: its bodies in a ledger, which states were members when, and its acts."""

from __future__ import annotations

from datetime import date

import polars as pl

from splinternet.base.dates import day_of

__all__ = ["ACTS", "BODIES", "acts_for", "is_member"]

#: Ids of actors that act for the Union, so that what they decide counts for its members.
BODIES = ("eu-commission", "eu-council", "european-council")

#: What a state, or the Union for its members, may decide.
ACTS = ("bans", "restricts", "allows", "regulates", "enacts")

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


def acts_for(country: str | None, day: str | date | None = None) -> pl.Expr:
    """Condition on statements: an act of the Union that counts for a state.

    Parameters
    ----------
    country
        Code of the state; nothing counts for None.
    day
        The day on which the state has to be a member; without one, the last that is known.

    Raises
    ------
    MisuseError
        If the day is none.
    """
    member = country is not None and is_member(country, date.max if day is None else day_of(day))
    acts = pl.col("predicate").cast(pl.String).is_in(ACTS)
    return pl.col("subject").is_in(BODIES if member else ()) & acts
