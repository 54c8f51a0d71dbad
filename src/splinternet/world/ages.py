"""How far a file's own date is from that of the world that it is given for."""

from __future__ import annotations

import re
from datetime import date

from splinternet.base.dates import Span, parse_span

__all__ = ["another_date", "dated"]

#: Months apart from which a note tells: what changes in a year is less than the model's errors.
_MONTHS = 12

_STAMP = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])(?:[-_.]?([0-2]\d|3[01]))?(?!\d)", re.ASCII
)


def dated(name: str) -> Span | None:
    """Day or month that the name of a file has: the last one, as publishers write it.

    Examples
    --------
    >>> dated("libloc-as-20221029.csv.gz").first
    datetime.date(2022, 10, 29)
    >>> dated("delegated-ripencc-extended-latest") is None
    True
    """
    for found in reversed(list(_STAMP.finditer(name))):
        try:
            return parse_span("-".join(part for part in found.groups() if part))
        except ValueError:  # 31 June
            continue
    return None


def another_date(of: Span | None, day: str) -> tuple[str, ...]:
    """Note that a file is of another time than a world, where it is by more than a year."""
    if of is None:
        return ()
    here = date.fromisoformat(day)
    months = 12 * (of.first.year - here.year) + of.first.month - here.month
    if abs(months) <= _MONTHS:
        return ()
    side = "after" if months > 0 else "before"
    return (f"of {of.first:%B %Y}, {abs(months)} months {side} the world's date",)
