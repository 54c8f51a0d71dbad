"""Times of an act that words beside it turn: not until a time, at one time and again at another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from splinternet.essay.dates import Period, month_period, year_period
from splinternet.essay.times import TimeReference

__all__ = ["are_joined", "time_not_until", "with_taken"]

#: Words between two times at which the same was done.
_AND_AGAIN = re.compile(r",? and (?:(?:again|then|also|later|once more) )?(?:(?:on|in) )?")
#: Words before a time until which something was not so.
_UNTIL_TIME = re.compile(r"(?:until|till|before) (?:the )?", re.IGNORECASE)
_NOT_YET = re.compile(r"\bnot(?! only)\b|n[’']t\b")
#: What makes of such a time that of the act after it: it took until May for the minister to.
_TOOK = re.compile(r"\b(?:[Ii]t|which) (?:only )?(?:took|had to wait|was not) (?:only )?$")
_FOR_TO = re.compile(r" (?:for\b[^,;:]{2,60}? to|before|that) ")
#: So far before an act, in characters, its denial may stand.
_REACH = 30


def are_joined(text: str, one: TimeReference, two: TimeReference) -> bool:
    """Tell whether the same was done at both of two times: on 1 May and again on 2 June."""
    return bool(_AND_AGAIN.fullmatch(text, one.end, two.start))


def time_not_until(
    text: str, act: re.Match[str], times: Sequence[TimeReference]
) -> tuple[TimeReference, ...]:
    """Return the time at which something was that is said not to have been until then.

    Parameters
    ----------
    text
        The sentence.
    act
        The words of the act.
    times
        The times of its clause.
    """
    if len(times) != 1 or times[0].rule != "calendar" or times[0].start < act.start():
        return ()
    (time,) = times
    until = _UNTIL_TIME.match(time.text)
    if not until or not _NOT_YET.search(text, max(0, act.start() - _REACH), time.start):
        return ()
    start, words = time.start + until.end(), time.text[until.end() :]
    return (replace(time, start=start, text=words, period=_whole(time.period)),)


def with_taken(text: str, times: Sequence[TimeReference]) -> list[TimeReference]:
    """Return times, those until which it took to do something as the time of that act."""
    return [_taken(text, time) for time in times]


def _taken(text: str, time: TimeReference) -> TimeReference:
    until = _UNTIL_TIME.match(time.text)
    if not until or not _TOOK.search(text[: time.start]) or not _FOR_TO.match(text, time.end):
        return time
    start, words = time.start + until.end(), time.text[until.end() :]
    return replace(time, start=start, text=words, period=_whole(time.period))


def _whole(until: Period | None) -> Period | None:
    """Return the whole day, month or year at which a period ends."""
    if until is None or until.end is None:
        return until
    match until.precision:
        case "year":
            return year_period(until.end.year)
        case "month":
            return month_period(until.end.year, until.end.month)
    return Period(until.end, until.end, until.precision)
