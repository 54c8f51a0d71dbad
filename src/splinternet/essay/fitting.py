"""Whether a statement of the ledger fits a tie of the essay: in time, scope, place and amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from splinternet.base.countries import country_name
from splinternet.essay.amounts import agrees, tells_amount
from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.names import folded
from splinternet.essay.scopes import tells_every, tells_segment
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference
from splinternet.ledger.vocabulary import GENERATIONS

__all__ = [
    "Evidence",
    "fits_amounts",
    "fits_scope",
    "fits_time",
    "is_after_end",
    "is_evidence",
    "is_other_date",
    "is_other_end",
    "overlaps_scope",
    "share_fits",
]

#: What a share of a whole market may be of; other bases (one chain of shops, online) are narrower.
_WHOLE_MARKET = frozenset(
    (
        None,
        "units",
        "units sold",
        "shipments",
        "value",
        "sales",
        "subscribers",
        "5G equipment",
        "SIM cards",
    )
)
#: Acts that cover every generation and part if the statement names none.
_GENERAL = frozenset(("bans", "restricts", "allows"))
#: Predicates of which the words of the subject are evidence.
_BY_WORDS = frozenset(("accuses", "states", "allows"))
#: What a source reports as a state of things, without a start, was so for some time before.
_STANDING = timedelta(days=60)
#: First words of a time that names an end.
_UNTIL = frozenset(("until", "till", "up", "right"))
#: First words of a time that names both its ends.
_SPANNING = frozenset(("from", "between"))
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
#: What begins at the time that it dates from.
_DATES_FROM = re.compile(
    r"\bdat(?:es|ed|ing) (?:back )?(?:from|to)\b|"
    r"\b(?:began|begun|commenced) +(?:only |not before )?in\b"
)
_DAYS = {"day": 1, "month": 31, "year": 366}


@dataclass(frozen=True)
class Evidence:
    """A statement of the same parties and act as a tie, to see how well it fits.

    ``figures`` are those of the tie's clause; ``lasting`` says that the tie tells what goes on;
    ``dated`` is the date of the essay.
    """

    statement: Statement
    tie: Tie
    figures: Sequence[Figure]
    lasting: bool
    dated: Period | None


def is_evidence(evidence: Evidence) -> bool:
    """Tell whether a statement is of a kind that bears a tie out."""
    statement = evidence.statement
    kinds = {"fact", "estimate"} | ({"quote"} if statement.predicate in _BY_WORDS else set())
    return statement.kind in kinds and not statement.of_an_essay


def fits_scope(evidence: Evidence) -> bool:
    """Tell whether generation, part, places and extent of the tie are all of the statement."""
    if tells_every(evidence.tie.clause) and not tells_every(evidence.statement.words):
        return False
    claimed, stated = evidence.tie.scope, evidence.statement.scope
    unlimited = evidence.statement.predicate in _GENERAL and not (
        stated.generations or stated.segments
    )
    covered = {*stated.generations, *stated.segments, *(GENERATIONS if unlimited else ())}
    for part in {*claimed.generations, *claimed.segments} - covered:
        # What a title says of another generation is not said of this one.
        own = part in GENERATIONS and stated.generations
        words = evidence.statement.own_words if own else evidence.statement.words
        if folded(part) not in folded(words).split() and not tells_segment(part, words):
            return False
    strange = set(claimed.countries) - set(stated.countries)
    words = folded(evidence.statement.words) if strange else ""
    return all(folded(country_name(code)) in words for code in strange)


def overlaps_scope(evidence: Evidence) -> bool:
    """Tell whether both may speak of one thing: unlimited, or with a limit in common."""
    claimed, stated = evidence.tie.scope, evidence.statement.scope
    return all(
        not own or not theirs or bool(set(own) & set(theirs))
        for own, theirs in (
            (claimed.generations, stated.generations),
            (claimed.segments, stated.segments),
        )
    )


def fits_time(evidence: Evidence) -> bool:
    """Tell whether a statement is of the time that the tie speaks of, as exactly as that is told.

    An event must have happened then; a state of things must go on then. Without a time, it must
    have happened, or go on, by the date of the essay. A statement without a start is known from
    its oldest source on, and bears out no date of an event.
    """
    times = [time.period for time in evidence.tie.times if not _is_vague(time.period)]
    if any(period is None for period in times):
        return False
    if not times:
        return _by_date(evidence)
    return all(_fits(evidence, time) for time in evidence.tie.times if not _is_vague(time.period))


def _fits(evidence: Evidence, time: TimeReference) -> bool:
    """Tell whether a statement fits a time; ``since`` and ``until`` name its start and its end."""
    statement, period = evidence.statement, time.period
    if period is None:
        return False
    word = time.text.partition(" ")[0].lower()
    if word == "since" or _DATES_FROM.search(evidence.tie.clause):
        start = statement.period.start
        return (
            start is not None and period.start is not None and _in_same(start, period.start, period)
        )
    if word == "from" and period.is_exact_range:
        bounds = (statement.period.start, period.start), (statement.period.end, period.end)
        return all(day and named and _in_same(day, named, period) for day, named in bounds)
    if word in _SPANNING and period.start and period.end and evidence.statement.lasting:
        start, end = statement.period.start, statement.period.end
        ends = start and end and period.start.year != period.end.year
        if ends and start and end:
            return start.year == period.start.year and end.year == period.end.year
    if word in _UNTIL:
        end = statement.period.end
        return end is not None and period.end is not None and _in_same(end, period.end, period)
    if evidence.figures and not _spans_alike(statement, period):
        return False
    if statement.told_in:
        return statement.told_in == period
    return _goes_on(statement, period) if evidence.lasting else _happened(statement, period)


def _spans_alike(statement: Statement, period: Period) -> bool:
    """Tell whether what was counted over years in the ledger is told of the same years."""
    start, end = statement.period.start, statement.period.end
    if statement.lasting or start is None or end is None or start.year == end.year:
        return True
    ends = (period.start and period.start.year, period.end and period.end.year)
    return ends == (start.year, end.year)


def _in_same(day: date, named: date, period: Period) -> bool:
    """Tell whether two days are of the same year, month or day, as exactly as a period is known."""
    parts = {"year": 1, "month": 2}.get(period.precision, 3)
    return day.timetuple()[:parts] == named.timetuple()[:parts]


def _is_vague(period: Period | None) -> bool:
    return period is not None and period.precision == "vague"


def _happened(statement: Statement, period: Period) -> bool:
    start = statement.period.start
    if start is None:
        return False
    happened = statement.happened
    if not happened.overlaps(period):
        return False
    if period.start and period.end and happened.end:
        # A month of the ledger does not show a day of the essay.
        return (period.end - period.start).days + 1 >= min(
            _DAYS[statement.start_precision] - 4, (happened.end - start).days + 1
        )
    return True


def _goes_on(statement: Statement, period: Period) -> bool:
    return statement.known_from is not None and statement.went_on.overlaps(period)


def _by_date(evidence: Evidence) -> bool:
    """Tell whether a statement holds, or has happened, by the date of the essay."""
    dated, statement = evidence.dated, evidence.statement
    if dated is None:
        return True
    known = statement.known_from
    if known is not None and dated.end is not None:
        undated = statement.period.start is None and statement.lasting
        if known - (_STANDING if undated else timedelta(0)) > dated.end:
            return False
    if evidence.lasting and statement.lasting and statement.period.end and dated.start:
        return evidence.tie.past or statement.period.end >= dated.start
    return True


def is_other_end(evidence: Evidence) -> bool:
    """Tell whether the tie names one year as the end, and the statement another."""
    ends = [
        time.period.end
        for time in evidence.tie.times
        if time.rule == "calendar" and time.period and time.period.end
        if time.text.partition(" ")[0].lower() in _UNTIL
    ]
    end = evidence.statement.period.end
    return (
        len(ends) == 1
        and end is not None
        and evidence.statement.lasting
        and (end.year != ends[0].year)
    )


def is_after_end(evidence: Evidence) -> bool:
    """Tell whether the tie says that something goes on at a date at which it had ended."""
    starts = [
        time.period.start
        for time in evidence.tie.times
        if time.rule == "calendar" and time.period and time.period.start
        if time.text.partition(" ")[0].lower() not in (*_UNTIL, "since")
    ]
    now = all(time.rule == "when it was written" for time in evidence.tie.times)
    if now and evidence.dated and _STILL.search(evidence.tie.clause):
        starts = [evidence.dated.start] if evidence.dated.start else []
    end = evidence.statement.period.end
    return (
        evidence.lasting
        and evidence.statement.lasting
        and end is not None
        and len(starts) == 1
        and starts[0] > end
    )


def is_other_date(evidence: Evidence) -> bool:
    """Tell whether the tie names one date, and the statement another."""
    named = sorted(evidence.tie.times, key=lambda time: time.rule != "calendar")
    named = [time for time in named if not _is_vague(time.period)]
    times = list({time.period: time for time in reversed(named)}.values())
    statement = evidence.statement
    if len(times) != 1 or statement.period.start is None:
        return False
    period = times[0].period
    if times[0].rule != "calendar":
        return False  # what was told from the date of the essay may be meant otherwise
    if period is None or (period.start is None and period.end is None):
        return False
    return not statement.happened.overlaps(period)


def fits_amounts(evidence: Evidence, others: Sequence[Statement] = ()) -> bool:
    """Tell whether each figure of the clause is the statement's, or stands in its words.

    The outcome of the act, after it, may be a figure of ``others``, statements of the same act; so
    may be a further part of what is told of the same parties.
    """
    one, asides = evidence.statement, evidence.tie.aside_figures
    part = any(agrees(figure, one) for figure in evidence.figures)
    own = [tells_amount(figure, one, of_all=part) for figure in evidence.figures]
    parts = [s for s in others if (s.subject, s.object) == (one.subject, one.object)]
    return all(
        fits
        or (index in asides and any(tells_amount(figure, other) for other in others))
        or (any(own) and any(agrees(figure, part) for part in parts))
        for index, figure, fits in zip(evidence.tie.figures, evidence.figures, own, strict=False)
    )


def share_fits(tie: Tie, figure: Figure, statement: Statement, dated: Period | None) -> bool | None:
    """Tell whether a statement gives the same share, or another; None where it does not tell."""
    same_parts = set(tie.scope.segments) == set(statement.scope.segments)
    generations = set(tie.scope.generations)
    if generations - set(statement.scope.generations):
        return None
    if statement.of_an_essay:
        return agrees(figure, statement)
    if not same_parts and not (tie.predicate == "vendor_share" and _covers_parts(tie, statement)):
        return None
    period = figure.period or dated
    if set(tie.scope.countries) - {*statement.scope.countries} and statement.scope.countries:
        return None
    whole = statement.basis in _WHOLE_MARKET
    if not whole or period is None or (statement.period.start is None and tie.times):
        return None
    same = agrees(figure, statement)
    if _goes_on(statement, period):
        return same
    # What a recent count says still stands, unless the sentence names another time.
    return True if same and not tie.times and _is_recent(statement, period) else None


def _covers_parts(tie: Tie, statement: Statement) -> bool:
    """Tell whether a share of equipment is of all, or of the radio that a network is told by."""
    claimed, stated = set(tie.scope.segments), set(statement.scope.segments)
    told = claimed <= {"telecom-equipment", "RAN"}
    if claimed and all(tells_segment(part, statement.summary) for part in claimed):
        return True
    return not stated or (told and stated == {"RAN"} and statement.scope.generations != ())


def _is_recent(statement: Statement, period: Period) -> bool:
    end = statement.period.end or statement.known_from
    return bool(end and period.end and timedelta(0) <= period.end - end <= timedelta(days=366))
