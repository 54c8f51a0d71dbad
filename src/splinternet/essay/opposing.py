"""Statements of a ledger against a tie: the opposite act, another date, an end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.dates import Period
from splinternet.essay.fitting import (
    Evidence,
    fits_time,
    is_after_end,
    is_evidence,
    is_other_date,
    is_other_end,
    overlaps_scope,
)
from splinternet.essay.limits import names_part
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie
from splinternet.essay.verbs import Verb

__all__ = ["begun_at_other_dates", "ended_otherwise", "opposes", "other_dates", "other_ends"]

#: So many years from what begins by it an act was not.
_YEARS = 2
#: Words of a statement by which it may have begun long after the act.
_LATER = re.compile(r"\b(?:force|effect|appl(?:y|ies|ied)|since|begins?|starts?)\b", re.IGNORECASE)
#: Words of a statement by which something was only agreed on.
_INTENDED = re.compile(r"\b(?:letter of intent|intent to|agree(?:s|d) to)")
#: A limit of which the words tell what is allowed.
_IN_PART = re.compile(r"\b(?:only|limited|partly|in part|outside|edge|non-core)\b")
_ALLOWED = re.compile(
    r"\b(?:allow(?:s|ed)?\b|permitt|permits? of\b|may (?:still|go on)\b)", re.IGNORECASE
)


def opposes(tie: Tie, statement: Statement, verb: Verb, dated: Period | None) -> bool:
    """Tell whether a statement that says the opposite holds at the time, and in general."""
    evidence = Evidence(statement, tie, (), True, dated)
    claimed = [time.period for time in tie.times if time.period]
    if "allows" in verb.act and (_ALLOWED.search(statement.words) or _IN_PART.search(tie.clause)):
        return False  # a limit that lets some of it be
    begun = any(
        (time.start.year, time.start.month) == (start.year, start.month)
        for time in claimed
        if (start := statement.period.start) and time.start and time.precision != "year"
    )
    told = statement.claim is None or names_part(evidence) or begun
    general = told and statement.kind != "opinion"
    start, end = statement.period.start, statement.period.end
    for period in claimed:
        begins = start.replace(day=1) if start else None
        if verb.lasting and begins and period.start and period.start < begins:
            return False  # it may have been so until then
        if start and period.end and period.end < start:
            return False
        if end and period.start and (period.end or period.start) >= end:
            return False  # it may have been so from then on
    return general and not statement.of_an_essay and overlaps_scope(evidence)


def other_ends(evidence: Sequence[Evidence]) -> list[Statement]:
    """Return the statements of the same that had ended; none if any goes on."""
    same = [e for e in evidence if is_evidence(e) and overlaps_scope(e)]
    if ended := [e.statement for e in same if is_other_end(e)]:
        return ended
    return [e.statement for e in same] if all(is_after_end(e) for e in same) else []


def ended_otherwise(tie: Tie, evidence: Sequence[Evidence]) -> list[Statement]:
    """Return the statements that had another end than is told; none if any has no end."""
    times = [time for time in tie.times if time.rule == "calendar" and time.period]
    same = [e.statement for e in evidence if is_evidence(e) and e.statement.lasting]
    ends = [statement.period.end for statement in same]
    if len(times) != 1 or len(tie.times) != 1 or not tie.whole or not ends:
        return []
    told = times[0].period
    if told is None or told.start is None or told.end is None:
        return []
    apart = (end and not told.start <= end <= told.end for end in ends)
    return same if all(apart) and all(map(overlaps_scope, evidence)) else []


def other_dates(evidence: Sequence[Evidence]) -> list[Statement]:
    """Return the statements that have the same act at another date; none if any has no date."""
    same = [e for e in evidence if is_evidence(e) and overlaps_scope(e)]
    if not same or not all(is_other_date(e) for e in same) or any(map(fits_time, evidence)):
        return []
    agreed = (e for e in same if e.statement.predicate == "acquires")
    if any(_INTENDED.search(e.statement.words) for e in agreed if e.tie.act != "agrees to buy"):
        return []  # it may have been done later
    return [e.statement for e in same]


def begun_at_other_dates(tie: Tie, statements: Sequence[Statement]) -> list[Statement]:
    """Return what began by an act in other years than those that it is told of."""
    times = [time.period for time in tie.times if time.rule == "calendar" and time.period]
    years = {day.year for period in times for day in (period.start, period.end) if day}
    other = [
        statement
        for statement in statements
        if statement.kind == "fact" and not statement.of_an_essay and statement.period.start
        if statement.claim is None and not _LATER.search(statement.summary)
    ]
    starts = [statement.period.start.year for statement in other if statement.period.start]
    apart = all(abs(start - year) >= _YEARS for start in starts for year in years)
    return other if len(times) == 1 and years and apart else []
