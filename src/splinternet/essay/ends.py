"""Sentences that tell when something was over: cables repaired, bans lifted, a licence expired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from splinternet.essay.assertion import denies
from splinternet.essay.dates import MONTHS, Period, parse_date
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.stems import Sieve
from splinternet.essay.turned import IsTold, OfParties
from splinternet.essay.whole import Whole

__all__ = ["ends_told", "without_ended"]

_BE = r"(?:is|was|were|been|be|came|got|went) (?:fully )?"
#: Words that say that something was over.
_OVER = re.compile(
    rf"\b(?:(?:{_BE})?(?:repaired|mended|fixed|restored|reconnected|reopened)(?: to service)?|"
    rf"(?:{_BE})?back (?:in (?:service|use|operation)|online|on)\b|"
    rf"{_BE}(?:back|whole again|over)\b|"
    r"(?:worked|ran|running|working|operational|intact) (?:again|once more)|"
    rf"(?:{_BE})?lifted|came to an end|ended|expired|lapsed|ran out|returned to service|"
    r"(?:the )?repairs? (?:of|to|on)\b|(?:lasted|ran|held|stayed in force)(?= until\b))"
    r"(?: again)?",
    re.IGNORECASE,
)
_SIEVE = Sieve([_OVER.pattern])
#: The work on it was done.
_DONE = re.compile(rf"\b(?:{_BE})?(?:completed|finished|done)\b")
#: What says that it was not over, or not for all.
_NOT_WHOLLY = re.compile(
    r"\b(?:fail\w*|beg[iau]n\w*|start\w*|delay\w*|postpon\w*|due|tr(?:y|ied|ies)|attempt\w*|almost|"
    r"nearly|part(?:ly|ially|s)?|half|some|most|temporarily|brief\w*|first|second|once(?! more)|"
    r"never|only|would|should|until(?= (?:then|now|further))|after|before|since|"
    r"again (?:cut|broke)\w*)\b",
    re.IGNORECASE,
)
#: What leads to somebody or something else that the end was by or for.
_FURTHER = re.compile(r"\b(?:by(?! [0-9])|for(?! [A-Z])|with|except|among|but|and|while)\b")
_DAY = re.compile(
    rf"\b([0-9]{{1,2}}) ({'|'.join(MONTHS)})(?: ((?:19|20)[0-9]{{2}}))?\b", re.IGNORECASE
)
_PART = re.compile(r"[;,]")
#: What is over is told by no words that mean such an act itself.
_BEGUN = frozenset(("allows", "damages", "states"))
_LASTING = frozenset(("allows", "bans", "damages", "restricts"))


@lru_cache(maxsize=64)
def tells_end(text: str) -> bool:
    """Tell whether words say that something was over."""
    return bool(_SIEVE.likely(text)) and bool(_OVER.search(text))


def without_ended(passage: Passage, told: list[Evidence]) -> list[Evidence]:
    """Leave out what a passage tells the end of, as that is no other time of it."""
    if not tells_end(passage.text):
        return told
    return [each for each in told if each.statement.predicate not in _BEGUN]


def ends_told(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> tuple[list[Evidence], list[Evidence]]:
    """Return statements whose end a passage tells, and those that have another end.

    Every word beside those that say that it was over has to be one of the statement, and the one
    time has to be a day or month. By a further statement an act may go on, and has no end then.
    Arguments as for :func:`~splinternet.essay.turned.turned`.
    """
    times = [time for time in passage.times if time.period]
    if len(passage.times) != 1 or not times or not _may_end(passage):
        return [], []
    period = times[0].period
    if period is None or period.precision not in ("day", "month"):
        return [], []
    spans = [
        found.span() for found in (*_OVER.finditer(passage.text), *_DONE.finditer(passage.text))
    ]
    spans.append((times[0].start, times[0].end))
    plain = replace(passage.blanked(spans), ties=[], times=[])
    evidence = of_parties(plain)
    told = [
        each
        for each in evidence
        if each.statement.predicate in _LASTING and is_evidence(each)
        if is_told(plain, each, sure=False) and whole.tells_all(plain, [each.statement], shown=True)
    ]
    ended = [
        (each, list(_ends_of(each.statement, (e.statement for e in evidence)))) for each in told
    ]
    fitting = [each for each, ends in ended if any(_is_then(day, period) for day in ends)]
    if fitting or times[0].rule != "calendar" or not all(ends for _, ends in ended):
        return fitting, []
    return [], told


def _may_end(passage: Passage) -> bool:
    """Tell whether words say for sure, and of all of it, that something was over, and no more."""
    text = passage.text
    if not tells_end(text):
        return False
    more = any(tie.mood == "asserted" and tie.predicate in _LASTING for tie in passage.ties)
    unsure = denies(text) or _NOT_WHOLLY.search(text) or is_unsure(text)
    return not (more or unsure or _FURTHER.search(text))


def _ends_of(one: Statement, others: Iterable[Statement]) -> Iterator[date]:
    """Yield when a statement has that it was over: as its end, or in words for that."""
    end = one.period.end
    if one.lasting and end and one.period.precision in ("day", "month"):
        ends = (one.subject, one.predicate, one.object)
        further = (s.period for s in others if (s.subject, s.predicate, s.object) == ends)
        if not any(p.start and p.start <= end and (p.end is None or p.end > end) for p in further):
            yield end
    if (begun := one.period.start) is None:
        return
    for part in filter(tells_end, _PART.split(one.summary)):
        for day, month, year in _DAY.findall(part):
            period = parse_date(f"{day} {month} {year or begun.year}")
            if period is not None and period.start:
                yield period.start


def _is_then(day: date, period: Period) -> bool:
    """Tell whether a day is of a time, or the one until which it lasts."""
    start, end = period.start or period.end, period.end or period.start
    return start is not None and end is not None and start <= day <= end
