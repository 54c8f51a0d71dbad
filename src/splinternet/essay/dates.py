"""Calendar dates as English essays and lists of works write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["MONTH", "MONTHS", "Period", "find_dates", "month_period", "parse_date", "year_period"]

MONTHS = (
    "january february march april may june july august september october november december".split()
)
_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}

#: A month, in full or abbreviated, with or without a full stop.
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
#: Names of months in other languages whose lists of works essays quote.
_FOREIGN = {
    name: number
    for names in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    )
    for number, name in enumerate(names.split(), 1)
}
_FOREIGN_MONTH = f"(?:{'|'.join(sorted(_FOREIGN, key=len, reverse=True))})"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"[12][0-9]{3}"

_DATE = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<iso_year>{_YEAR})-(?P<iso_month>[0-9]{{2}})(?:-(?P<iso_day>[0-9]{{2}})"
    rf"(?:T[0-9:.Z+-]{{4,30}})?)?"
    rf"|(?P<us_month>{MONTH}) (?P<us_day>{_DAY}),? (?P<us_year>{_YEAR})"
    rf"|(?P<day>{_DAY})(?: of)? (?P<month>{MONTH}),? (?P<year>{_YEAR})"
    rf"|"
    rf"(?P<other_day>{_DAY})(?: de)? (?P<other_month>(?i:{_FOREIGN_MONTH}))(?: de)? "
    rf"(?P<other_year>{_YEAR})"
    rf"|(?P<dot_day>[0-3]?[0-9])\.(?P<dot_month>[01]?[0-9])\.(?P<dot_year>{_YEAR})"
    rf"|(?P<just_month>(?i:{_FOREIGN_MONTH})) (?P<just_year>{_YEAR})"
    rf"|(?P<only_month>{MONTH}),?(?: of)? (?P<only_year>{_YEAR})"
    rf"|(?P<head_year>{_YEAR}), (?P<head_month>{MONTH})(?: (?P<head_day>{_DAY}))?"
    rf")(?![\w-])"
)


@dataclass(frozen=True)
class Period:
    """A time from ``start`` to ``end``, both included; None where it has no bound or none is known.

    ``precision`` is day, month or year, or vague where the words give no bound.
    """

    start: date | None
    end: date | None
    precision: str

    @property
    def is_exact_range(self) -> bool:
        """Whether it goes from one month, or day, to one of another month."""
        exact = self.precision in ("day", "month") and self.start and self.end
        return bool(exact and self.start and self.end and self.start.month != self.end.month)

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            before = "" if self.start is None else f"from {_short(self.start, self.precision)}"
            after = "" if self.end is None else f"until {_short(self.end, self.precision)}"
            return f"{before} {after}".strip() or "unknown"
        first, last = (_short(day, self.precision) for day in (self.start, self.end))
        return first if first == last else f"{first} to {last}"

    def overlaps(self, other: Period) -> bool:
        """Whether some day may be of both."""
        if self.end is not None and other.start is not None and self.end < other.start:
            return False
        return other.end is None or self.start is None or other.end >= self.start


def year_period(year: int) -> Period:
    """Return a whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def month_period(year: int, month: int) -> Period:
    """Return a whole month."""
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), "month")


def find_dates(text: str) -> Iterator[tuple[int, int, Period]]:
    """Find calendar dates of a day or a month: where each starts and ends, and what it means.

    ``November 13, 2019``, ``13 Nov. 2019``, ``2019-11-13``, ``November 2019`` and, as reference
    lists have it, ``2019, November 13``. A day that no calendar has, such as February 30, is none.
    """
    for found in _DATE.finditer(text):
        period = _period(*_parts(found))
        if period:
            yield found.start(), found.end(), period


def parse_date(text: str) -> Period | None:
    """Return what the first date of a text means, if there is one."""
    return next((period for _, _, period in find_dates(text)), None)


def _parts(found: re.Match[str]) -> tuple[str, str, str | None]:
    parts = found.groupdict()
    for prefix in ("iso_", "us_", "", "only_", "head_", "other_", "dot_", "just_"):
        if parts[f"{prefix}year"]:
            return parts[f"{prefix}year"], parts[f"{prefix}month"], parts.get(f"{prefix}day")
    raise AssertionError(found[0])


def _period(year: str, month: str, day: str | None) -> Period | None:
    name = month.lower().rstrip(".")
    number = int(month) if month.isdigit() else _FOREIGN.get(name) or _NUMBERS[name[:3]]
    try:
        if day is None:
            return month_period(int(year), number)
        exact = date(int(year), number, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
    return Period(exact, exact, "day")


def _short(day: date, precision: str) -> str:
    """Write a bound as exactly as it is known: the whole year or month, or the day."""
    if precision == "year" and (day.month, day.day) in ((1, 1), (12, 31)):
        return f"{day.year}"
    whole_month = day.day in (1, monthrange(day.year, day.month)[1])
    return day.isoformat()[: 7 if whole_month and precision != "day" else 10]
