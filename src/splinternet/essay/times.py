"""Times a sentence speaks of, also those told from the date of the essay.

A rule of our own: dateparser finds no spans (``over the last year`` becomes one day), and takes
``37% of the`` for a day of the year 2037.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from splinternet.essay.dates import (
    MONTH,
    MONTHS,
    Period,
    find_dates,
    month_period,
    year_period,
)
from splinternet.essay.sentences import Sentence
from splinternet.essay.shifts import (
    COUNT,
    FROM_BEFORE,
    UNIT,
    as_exact,
    count_of,
    shifted,
    told_after,
)
from splinternet.essay.stems import Sieve

__all__ = ["TimeReference", "find_times"]

_YEAR = r"(?:1[89]|20|21)[0-9]{2}"
#: Without one there is no date of the calendar.
_SOME_YEAR = re.compile(r"[12][0-9]{3}")
_DAY_OR_MONTH = rf"(?:[0-3]?[0-9] {MONTH}|{MONTH}(?: [0-3]?[0-9](?![0-9]))?)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


@dataclass(frozen=True)
class TimeReference:
    """A time that a sentence names: its words, where they stand, and what they mean.

    ``rule`` is calendar, or names the way in which the time was told from the essay's date;
    ``period`` is None if that date is needed and unknown.
    """

    text: str
    sentence: int
    start: int
    end: int
    rule: str
    period: Period | None


_Meaning = Callable[[re.Match[str], Period], Period | None]


def find_times(sentences: Sequence[Sentence], dated: Period | None) -> list[TimeReference]:
    """Find the times that sentences speak of.

    Parameters
    ----------
    sentences
        Those of the prose.
    dated
        Date of the essay, from which relative times are told: ``in June`` is the last June begun by
        then, ``over the last year`` the twelve months before it.
    """
    found: list[TimeReference] = []
    last: Period | None = None
    paragraph = 0
    for sentence in sentences:
        last = last if sentence.paragraph == paragraph else None
        paragraph = sentence.paragraph
        here = [*_times_of(sentence, dated), *_told_from(sentence)]
        for time in sorted(here, key=lambda each: each.start):
            told = _of_year_near(time, sentence.text) or _of_year_before(time, sentence.text)
            told = told or _with_year(time, last)
            found += [told] if told else []
            if told and told.rule == "calendar" and told.period and told.period.start:
                last = told.period
    return [_explained(time, after) for time, after in pairwise([*found, None]) if time]


#: What is of the year that stands last before it, be it in a name: Act 2021, on 1 May of that year.
_OF_THAT_YEAR = re.compile(r"(?: of)?(?: that| the same) year\b")
_YEAR_BEFORE = re.compile(r".*\b(?P<year>(?:19|20)[0-9]{2})\b", re.DOTALL)


_YEAR_NEAR = re.compile(
    r"\b(?:Christmas|Easter|New Year|spring|summer|autumn|fall|winter|(?:Winter|Summer) Olympics) "
    r"(?:of )?(?P<year>(?:19|20)[0-9]{2}), (?:on )?$"
)


def _of_year_before(time: TimeReference, text: str) -> TimeReference | None:
    """Tell a day or month *of that year* from the year that stands before it in the sentence."""
    if time.rule not in ("the last of that name", "from the date before"):
        return None
    if not (_OF_THAT_YEAR.match(text, time.end) or _OF_THAT_YEAR.fullmatch(f" {time.text}")):
        return None
    year = _YEAR_BEFORE.match(text, 0, time.start)
    return _named_in(time, int(year["year"])) if year else None


def _of_year_near(time: TimeReference, text: str) -> TimeReference | None:
    """Tell a day or month from a year right before it: by Christmas 2025, on 22 December."""
    year = _YEAR_NEAR.search(text[: time.start]) if time.rule == "the last of that name" else None
    return _named_in(time, int(year["year"])) if year else None


def _named_in(time: TimeReference, year: int) -> TimeReference | None:
    """Return a day or month of a name, or a year called that year, in a year."""
    if time.rule == "from the date before":
        return replace(time, period=year_period(year))
    last = Period(date(year, 12, 31), date(year, 12, 31), "day")
    for rule, pattern, _, meaning in _RULES:
        if rule == time.rule and (named := pattern.match(time.text)):
            return replace(time, period=meaning(named, last), rule="from the date before")
    return None


def _explained(time: TimeReference, after: TimeReference | None) -> TimeReference:
    """Give a time the date that stands right after it: that month, May 2019."""
    earlier = time.rule == "so long before" and time.text.endswith(("earlier", "ago"))
    if after is None or time.sentence != after.sentence:
        return time
    if time.rule != "from the date before" and not earlier:
        return time
    dated = after.rule in ("calendar", "from the date before")
    near = 0 <= after.start - time.end <= len(", on ")
    if time.period and after.period and time.period.precision != "year" == after.period.precision:
        return time  # on 1 May of that year
    return replace(time, period=after.period) if dated and near else time


def _with_year(time: TimeReference, last: Period | None) -> TimeReference | None:
    """Tell a time from the last calendar date before it in the paragraph, where there is one.

    A day or month without its year is of the year of that date.
    """
    if time.rule == "from the date before":
        told = FROM_BEFORE.match(time.text)
        period = told_after(told, last) if told and last and last.start else None
        if period is None and told and told["same"]:
            return None  # a date that is not told elsewhere either
        return replace(time, period=period)
    if time.rule == "so long before" and last and last.start and time.text.endswith("earlier"):
        words = time.text.split()
        day = shifted(last.start, -count_of(" ".join(words[:-2])), words[-2].rstrip("s"))
        period = as_exact(day, words[-2].rstrip("s").lower(), last)
        return replace(time, period=period, rule="from the date before") if period else time
    if time.rule != "the last of that name" or last is None or last.start is None:
        return time
    if last.precision == "year":
        return time  # what was so in a year, or since it, is no scene that goes on
    if time.text.lower().startswith(("last ", "this ", "next ")):
        return time
    return _named_in(time, last.start.year) or time


def _told_from(sentence: Sentence) -> Iterator[TimeReference]:
    """Yield the words for times that are told from another one."""
    for found in FROM_BEFORE.finditer(sentence.text):
        if found["same"] and found[0][:3].lower() == "the" and "same" not in found[0]:
            continue
        yield TimeReference(
            found[0], sentence.number, found.start(), found.end(), "from the date before", None
        )


def _times_of(sentence: Sentence, dated: Period | None) -> Iterator[TimeReference]:
    has_year = _SOME_YEAR.search(sentence.text) is not None
    found: list[tuple[int, int, str, Period | None]] = [
        (start, end, "calendar", period)
        for start, end, period in (find_dates(sentence.text) if has_year else ())
    ]
    for place in sorted(_SIEVE.likely(sentence.text)):
        rule, pattern, needs_date, meaning = _RULES[place]
        if rule == "calendar" and not has_year:
            continue
        for match in pattern.finditer(sentence.text):
            period = None if needs_date and dated is None else meaning(match, dated or _NEVER)
            if period or (needs_date and dated is None):
                found.append((match.start(), match.end(), rule, period))
    after = 0
    for start, end, rule, period in sorted(found, key=lambda each: (each[0], -each[1])):
        if start >= after:
            text = sentence.text[start:end]
            yield TimeReference(text, sentence.number, start, end, rule, period)
            after = end


_NEVER = Period(date(1, 1, 1), date(1, 1, 1), "day")


def _past(match: re.Match[str], dated: Period) -> Period | None:
    if dated.start is None:
        return None
    start = shifted(dated.start, -count_of(match["count"]), match["unit"])
    return Period(start, dated.end, dated.precision)


def _ago(match: re.Match[str], dated: Period) -> Period | None:
    if dated.start is None:
        return None
    unit = match["unit"].lower()
    day = shifted(dated.start, -count_of(match["count"]), unit)
    if unit in ("year", "decade", "quarter"):
        return year_period(day.year)
    return month_period(day.year, day.month) if unit == "month" else Period(day, day, "day")


def _neighbour(match: re.Match[str], dated: Period) -> Period | None:
    """``last year``, ``this month``, ``next autumn``: by the calendar; of a season, its year."""
    if dated.start is None:
        return None
    step = {"last": -1, "this": 0, "next": 1, "the coming": 1}[match["which"].lower()]
    unit = "month" if match["unit"].lower() == "month" else "year"  # of a season, too
    day = shifted(dated.start, step, unit)
    return month_period(day.year, day.month) if unit == "month" else year_period(day.year)


def _month(match: re.Match[str], dated: Period) -> Period | None:
    """Find the last such month begun by the date, the last before it, or the next after it."""
    if dated.start is None:
        return None
    number = _month_number(match["month"])
    which, year = match["which"].lower(), dated.start.year
    if which == "next":
        year += number <= dated.start.month
    elif which != "this":
        year -= number > dated.start.month or (which == "last" and number == dated.start.month)
    period = month_period(max(year, 1), number)
    return _bounded(which, period, dated)


def _day(match: re.Match[str], dated: Period) -> Period | None:
    """Find the last such day begun by the date of the essay, or in the week after it."""
    if dated.end is None:
        return None
    month = _month_number(match["month"] or match["us_month"])
    for year in (dated.end.year + 1, dated.end.year, dated.end.year - 1):
        try:
            day = date(year, month, int(match["day"] or match["us_day"]))
        except ValueError:
            continue
        if (day - dated.end).days <= 7:
            return _bounded(match["which"], Period(day, day, "day"), dated)
    return None


def _end_of_month(match: re.Match[str], dated: Period) -> Period | None:
    """``on the last day of October 2019``; without a year the last such day by the essay's date."""
    number, start = _month_number(match["month"]), dated.start or date.min
    year = match.groupdict().get("year") or start.year - (number > start.month)
    period = month_period(max(int(year), 1), number)
    day = period.start if match["word"].lower() == "first" else period.end
    return Period(day, day, "day")


def _days(match: re.Match[str], dated: Period) -> Period | None:
    """``from 16 to 23 November 2019``."""
    end = next(find_dates(f"{match['last']} {match['month']} {match['year']}"), None)
    start = next(find_dates(f"{match['first']} {match['month']} {match['year']}"), None)
    if not start or not end or start[2].start is None or start[2].start > (end[2].end or date.min):
        return None
    return Period(start[2].start, end[2].end, "day")


def _from_to(match: re.Match[str], dated: Period) -> Period | None:
    """``from July 2009 to May 2010``, ``from April 15 to July 13, 2018``."""
    end = next(find_dates(match["end"]), None)
    if end is None or end[2].start is None:
        return None
    first = match["start"]
    first = first if _SOME_YEAR.search(first[-4:]) else f"{first} {end[2].start.year}"
    start = next(find_dates(first), None)
    if start is None or start[2].start is None or start[2].precision != end[2].precision:
        return None
    return Period(start[2].start, end[2].end, end[2].precision)


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month[:3] == name[:3].lower())


def _bounded(word: str, period: Period, dated: Period) -> Period:
    """Bound a period by ``since``, ``until`` and the like."""
    match word.lower():
        case "since":
            return Period(period.start, None if dated is _NEVER else dated.end, period.precision)
        case "until" | "till" | "by" | "up to" | "right up to":
            return Period(None, period.end, period.precision)
        case "before":
            before = period.start - timedelta(days=1) if period.start else None
            return Period(None, before, period.precision)
        case "after":
            return Period(period.end, None, period.precision)
    return period


def _calendar(match: re.Match[str], dated: Period) -> Period | None:
    return _bounded(match["which"], year_period(int(match["year"])), dated)


def _since(match: re.Match[str], dated: Period) -> Period | None:
    named = next(find_dates(match["date"]), None)
    return _bounded(match["which"], named[2], dated) if named else None


def _years(match: re.Match[str], dated: Period) -> Period | None:
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    if last < first:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), "year")


def _quarter(match: re.Match[str], dated: Period) -> Period | None:
    number = int(match["q"]) if match["q"] else _QUARTERS[match["word"].lower()]
    start = date(int(match["year"]), 3 * number - 2, 1)
    return Period(start, month_period(start.year, start.month + 2).end, "month")


def _decade(match: re.Match[str], dated: Period) -> Period | None:
    return Period(date(int(match["year"]), 1, 1), date(int(match["year"]) + 9, 12, 31), "year")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Name of each rule, its pattern, whether it needs the date of the essay, and what it means.
_RULES: tuple[tuple[str, re.Pattern[str], bool, _Meaning], ...] = (
    ("calendar", _compiled(rf"(?<!deadline )\b(?P<which>until|till|by|since|before|after|right up to|up to|at|in|from|"  # noqa: E501
     rf"during|around) (?:the )?(?:(?:very )?(?:start|beginning|middle|end|close|turn|spring|summer|"  # noqa: E501
     rf"autumn|fall|winter|first half|second half|early|mid|late)[ -](?:of )?){{1,2}}(?P<year>{_YEAR})"  # noqa: E501
     rf"(?![\w%-])"), False, _calendar),
    ("calendar", _compiled(rf"\b(?P<which>spring|summer|autumn|fall|winter) "
     rf"(?:of )?(?P<year>{_YEAR})(?![\w%-])"), False, _calendar),
    ("calendar", _compiled(rf"\b(?P<which>right up to|up to|that year,) (?P<year>{_YEAR})"
     rf"(?![\w%-])"), False, _calendar),
    ("calendar", _compiled(rf"\b(?P<which>as early as|as late as|as recently as|since|until|by|"
     rf"before|after|in|from|during|throughout|early|mid|late|for|the)(?: |-)"
     rf"(?P<year>{_YEAR})(?![\w%-])(?!,[0-9])"), False, _calendar),
    ("calendar", _compiled(rf"\b(?P<which>in|around|since|until|by|before|after) "
     rf"(?:the )?(?:early|mid|late|middle of|end of|start of|beginning of)[ -]"
     rf"(?P<date>{MONTH} {_YEAR})"), False, _since),
    ("calendar", _compiled(rf"(?<!\bwaited )\b(?P<which>since|until|by|before|after) "
     rf"(?P<date>(?:[0-9]{{1,2}} )?{MONTH}(?: [0-9]{{1,2}},?)? {_YEAR})"), False, _since),
    ("calendar", _compiled(rf"\b(?:between |from )?(?P<first>{_YEAR})(?:[-–]| and | to )"
     rf"(?P<last>{_YEAR}|[0-9]{{2}})\b(?!-)"), False, _years),
    ("calendar", _compiled(rf"\b(?:Q(?P<q>[1-4])|(?P<word>first|second|third|fourth|last) quarter)"
     rf"(?: of|,)? (?P<year>{_YEAR})\b"), False, _quarter),
    ("calendar", _compiled(r"\bthe (?P<year>(?:1[89]|20)[0-9]0)s\b"), False, _decade),
    ("the time just before", _compiled(rf"\b(?:over|in|during|within|for|throughout) the "
     rf"(?:last|past|previous) (?:(?P<count>{COUNT}) )?(?P<unit>{UNIT})s?\b"), True, _past),
    ("so long before", _compiled(rf"\b(?P<count>{COUNT}) (?P<unit>{UNIT})s? (?:ago|earlier)\b"),
     True, _ago),
    ("by the calendar", _compiled(r"\b(?P<which>last|this|next|the coming) (?P<unit>year|month|"
     r"spring|summer|autumn|fall|winter)\b"), True, _neighbour),
    ("the last of that name", re.compile(rf"\b(?P<which>[Oo]n|[Uu]ntil|[Ss]ince|[Bb]y|[Ff]rom|"
     rf"[Aa]fter|[Bb]efore|[Oo]f|day,) (?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)? (?P<month>{MONTH})|"
     rf"(?P<us_month>{MONTH}) (?P<us_day>[0-3]?[0-9])(?:st|nd|rd|th)?)(?!,? ?[0-9])"), True, _day),
    ("calendar", _compiled(rf"\b(?:from|between) (?P<first>[0-3]?[0-9])(?: to | until | through | and "  # noqa: E501
     rf"|[-–])(?P<last>[0-3]?[0-9]) (?P<month>{MONTH}) (?P<year>{_YEAR})\b"), False, _days),
    ("calendar", _compiled(rf"\b(?:(?:from|in|during|for|over) )?(?P<between>between )?"
     rf"(?P<start>{_DAY_OR_MONTH}(?:,? {_YEAR})?)"
     rf"(?:(?(between) and | to )| until | through |[-–])"
     rf"(?P<end>{_DAY_OR_MONTH},? {_YEAR})\b"), False, _from_to),
    ("calendar", _compiled(rf"\bon the (?:very )?(?P<word>first|last) day of (?P<month>{MONTH}),?"
     rf"(?: of)? (?P<year>{_YEAR})\b"), False, _end_of_month),
    ("the last of that name", re.compile(rf"\b[Oo]n the (?:very )?(?P<word>first|last) day of "
     rf"(?P<month>{MONTH})(?!,? ?[0-9])"), True, _end_of_month),
    ("the last of that name", re.compile(rf"\b(?P<which>[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|"
     rf"[Tt]his|[Nn]ext|[Dd]uring|[Ff]rom) (?P<month>{MONTH})(?! ?[0-9])"), True, _month),
    ("up to the essay", _compiled(r"\b(?:in recent (?:years|months|weeks|days)|recently|lately)\b"),
     True, lambda match, dated: Period(None, dated.end, "vague")),
    ("when it was written", _compiled(r"(?<!by )\b(?:currently|at present|at the moment|to date|"
     r"today|now)\b(?! (?:called|known|named|renamed|part))"), True, lambda match, dated: dated),
)  # fmt: skip
#: Which of the rules may find something.
_SIEVE = Sieve(pattern.pattern for _, pattern, _, _ in _RULES)
