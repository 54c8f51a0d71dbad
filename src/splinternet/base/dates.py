"""Dates as exact as they are known: a day, a month or a year (reduced precision of ISO 8601)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from splinternet.base.errors import MisuseError

__all__ = ["Span", "day_of", "parse_span", "written"]

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)

#: Earlier or later years are taken for slips of the pen.
_YEARS = range(1800, 2200)


class Span(NamedTuple):
    """The days that a date of some precision may mean."""

    first: date
    last: date
    precision: str


def parse_span(text: str) -> Span:
    """Read ``2019``, ``2019-11`` or ``2019-11-30``.

    Raises
    ------
    ValueError
        If it is none of these, or names a day that does not exist.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date; write 2019, 2019-11 or 2019-11-30")
    year, month, day = (int(part or 0) for part in found.groups())
    if year not in _YEARS:
        raise ValueError(f"{text!r} is no date of our time; write a year from 1800 to 2199")
    if found[2] is None:
        return Span(date(year, 1, 1), date(year, 12, 31), "year")
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is no date; months go from 01 to 12")
    days = monthrange(year, month)[1]
    if found[3] is None:
        return Span(date(year, month, 1), date(year, month, days), "month")
    if not 1 <= day <= days:
        raise ValueError(f"{text!r} is no date; {date(year, month, 1):%B %Y} has {days} days")
    return Span(date(year, month, day), date(year, month, day), "day")


def written(day: date, precision: str) -> str:
    """Write a date as exactly as it is known, as :func:`parse_span` reads it."""
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def day_of(given: str | date) -> date:
    """Return the day that a caller means.

    Raises
    ------
    MisuseError
        If it is no day: a month or a year will not do.
    """
    if isinstance(given, date):
        return given
    if not isinstance(given, str):
        raise MisuseError(f"{given!r} is no day; write it as '2019-11-30'")
    try:
        span = parse_span(given)
    except ValueError as error:
        raise MisuseError(str(error)) from None
    if span.precision != "day":
        raise MisuseError(f"{given!r} is no single day; write it as 2019-11-30")
    return span.first
