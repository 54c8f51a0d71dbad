"""Sentences that tell another day by which something has to be done than statements have."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from splinternet.essay.assertion import denies
from splinternet.essay.dates import Period
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.limits import fits_times
from splinternet.essay.passages import Passage
from splinternet.essay.polarity import direction
from splinternet.essay.times import TimeReference
from splinternet.essay.turned import IsTold, OfParties
from splinternet.essay.whole import Whole

__all__ = ["other_deadlines"]

#: Acts that demand something by a day.
_DEMANDS = frozenset(("bans", "restricts", "regulates"))
_BY = re.compile(r"(?:by|until|till|no later than|before)\b", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:deadline|time limit|target)(?: date)? (?:of|is|was|at|set for)(?: the end of)? $|"
    r"\bno later than(?: the end of)? $|\bby (?:the end of |end-)?$",
    re.IGNORECASE,
)
#: Words for the demand, which add nothing to what is demanded.
_DEMANDED = re.compile(
    r"\b(?:must|shall|should|(?:has|have|had|is|are|was|were) to|(?:has|have|had)(?= until\b)|"
    r"wants?|wanted|demand(?:s|ed)?(?: that)?|gave|given|got|time|have|be|"
    r"(?:with|and set|setting) (?:a|the|its|their) (?:deadline|time limit|target)(?: date)?|"
    r"(?:the|a|its|their) (?:deadline|time limit|target)(?: date)?)\b",
    re.IGNORECASE,
)
#: What has to be done: what is demanded is gone.
_GONE = re.compile(
    r"\b(?:out|remov\w+|replac\w+|leav(?:e|es|ing)|left|rid|stripp?\w*|rip\w*|free of|"
    r"clear(?:ed)? of|gone|disappear\w*|phas\w+|tak(?:e|en) out|vanish\w*|banned|"
    r"swap\w*|dismantl\w*)\b",
    re.IGNORECASE,
)


def other_deadlines(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> list[Evidence]:
    """Return statements of which a passage tells all, but for the day by which it is to be done.

    None if one that it may mean has that day. Arguments as for :func:`turned.turned`.
    """
    ends = [time for time in passage.times if _is_deadline(passage.text, time)]
    if len(ends) != 1 or denies(passage.text) or not _GONE.search(passage.text):
        return []
    (end,) = ends
    spans = [found.span() for found in _DEMANDED.finditer(passage.text)]
    times = [time for time in passage.times if time is not end]
    plain = passage.blanked([*spans, (end.start, end.end)])
    plain = replace(plain, ties=[], times=times)
    told = [
        e
        for e in of_parties(plain)
        if e.statement.predicate in _DEMANDS and e.statement.deadline and is_evidence(e)
        if is_told(plain, e, sure=False) and fits_times(e)
        if direction(passage.text) in ("stops", "none")
        if whole.tells_all(plain, [e.statement], shown=True)
    ]
    if any(_is_same(e.statement.deadline, end.period) for e in told):
        return []
    return told


def _is_deadline(text: str, time: TimeReference) -> bool:
    """Tell whether a calendar time is one by which something has to be done."""
    if time.rule != "calendar" or time.period is None or time.period.end is None:
        return False
    return bool(_BY.match(time.text) or _DEADLINE.search(text[: time.start]))


def _is_same(deadline: date | None, period: Period | None) -> bool:
    """Tell whether a deadline is of the year, month or day at which a time ends."""
    if deadline is None or period is None or period.end is None:
        return False
    parts = {"year": 1, "month": 2}.get(period.precision, 3)
    return deadline.timetuple()[:parts] == period.end.timetuple()[:parts]
