"""Times told from another one by how long before or after it they were."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from splinternet.essay.dates import MONTH, Period, month_period, year_period

__all__ = ["COUNT", "FROM_BEFORE", "UNIT", "as_exact", "count_of", "shifted", "told_after"]

_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "a couple of": 2}
COUNT = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
UNIT = r"(?:day|week|month|quarter|year|decade)"

#: Times that are told from one that was named before.
FROM_BEFORE = re.compile(
    rf"\b(?:[Tt]hat|[Tt]he) (?:same |very )?(?P<same>year|month|day|spring|summer|autumn|winter)\b"
    rf"|\b[Tt]he (?:following|next|previous) (?P<next>year|month|day|{MONTH}|spring|summer|autumn|winter)"  # noqa: E501
    rf"|\b(?P<count>(?i:{COUNT})) (?P<unit>{UNIT})s? (?P<way>later|on(?=,)|after(?:wards?| that)|before(?:hand| that))\b",  # noqa: E501
)


def told_after(found: re.Match[str], last: Period) -> Period | None:
    """Return the time of a match of ``FROM_BEFORE``, told from a time named before."""
    start = last.start
    assert start is not None
    if found["same"] or found["next"]:
        step = 0 if found["same"] else -1 if "previous" in found[0] else 1
        match found["same"] or found["next"]:
            case "year":
                return year_period(start.year + step)
            case "month" if last.precision != "year":
                day = shifted(start, step, "month")
                return month_period(day.year, day.month)
            case "day" if last.precision == "day":
                day = shifted(start, step, "day")
                return Period(day, day, "day")
        return None
    unit = found["unit"].lower()
    step = count_of(found["count"]) * (-1 if found["way"].startswith("before") else 1)
    return as_exact(shifted(start, step, unit), unit, last)


def as_exact(day: date, unit: str, last: Period) -> Period | None:
    """Return the time of a day as exactly as it is told from another one."""
    if unit == "year":
        return year_period(day.year)
    if unit == "month" and last.precision != "year":
        return month_period(day.year, day.month)
    exact = last.precision == "day" and unit in ("day", "week")
    return Period(day, day, "day") if exact else None


def count_of(words: str | None) -> int:
    """Return the number that words mean; none is one."""
    words = (words or "one").lower()
    return _COUNTS.get(words) or int(words)


def shifted(day: date, count: int, unit: str) -> date:
    """Move a day by so many units, to the last day of a shorter month."""
    unit = unit.lower()
    if unit in ("day", "week"):
        try:
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        except OverflowError:
            return day
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return day
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
