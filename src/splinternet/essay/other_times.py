"""Sentences that tell an act of another time than statements have it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from splinternet.essay.dates import MONTHS, find_dates
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence
from splinternet.essay.gazetteer import Actor
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.limits import fits_times
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings, ends_of
from splinternet.essay.times import TimeReference
from splinternet.essay.whole import Whole

__all__ = ["OtherTimes"]

#: Those that happen once, so that another date contradicts them.
_ONCE = frozenset(("enacts", "damages", "acquires", "bans", "accuses", "leaves", "operates"))
#: What goes on may have begun some time before the ledger has it.
_BEGINS = frozenset(("owns", "supplies", "researches_in", "sells_to"))
#: A law that was named before.
_IT = re.compile(
    r"^\W*(?:It|The (?:law|act|statute|decree|regulation|directive)) |"
    r"\b(?:signed|enacted|passed|adopted|approved) +it\b"
)
#: A law called by whose it is: the Slovak act.
_ITS_LAW = re.compile(r"[\w’'-]+ (?:[a-z-]+ ){0,2}(?:act|law|statute|decree|legislation)\b")
#: What went on is said to be so still.
_STILL = re.compile(r"\b(?:still|remains?|to this day|continues?)\b", re.IGNORECASE)
#: Words that lay something at somebody's door, which is another act than that.
_BLAMED = re.compile(
    r"\b(?:attribut|blam|accus|pinn?(?:ed|ing|s)\b|responsib|fingers?\b|culprit|door\b|suspect)\w*",
    re.IGNORECASE,
)
#: The law that something is done by, and the year that it is told by.
_OF_YEAR = re.compile(
    r"\b(?:[Uu]nder|[Bb]y|on|with) (?:the|an?|its) (?:[\w-]+ ){0,3}?(?:law|act|decree|order|"
    r"decree-law) "
    r"(?:of|from) (?P<year>(?:19|20)[0-9]{2})\b"
)
#: One of several, which the ledger need not have.
_ANOTHER = re.compile(
    r"\b(?:another|further|additional|second|third|extra|follow-?up|follow-?on|again|once more|"
    r"more)\b",
    re.IGNORECASE,
)
#: A day by which something had to be done, which is no other day of the act.
_BY = re.compile(r"(?:by|until|till|before|no later than) ", re.IGNORECASE)


class OtherTimes:
    """Finds statements that have all of a passage at another time, and so contradict it.

    Parameters
    ----------
    findings
        The statements and parties of the ledger, and how they weigh in.
    of_actor
        The statements on each actor, by its id.
    tellings, whole
        The words by which statements may be told, and by which they tell all of a passage.
    """

    def __init__(
        self,
        findings: Findings,
        of_actor: Mapping[str, Sequence[Statement]],
        tellings: Tellings,
        whole: Whole,
    ) -> None:
        self.findings = findings
        self.actors = findings.parties.actors
        self.tellings = tellings
        self.whole = whole
        self.lexicon = read_lexicon()
        self._of_actor = of_actor
        self._states = frozenset(findings.parties.states.values())

    def find(
        self,
        passage: Passage,
        told: Sequence[Evidence],
        of_parties: Sequence[Evidence],
        meant: Sequence[str],
    ) -> Finding | None:
        """Find the statements that have all of a passage at another time.

        ``of_parties`` are of its parties, ``told`` fit it in all but time and words; ``meant`` are
        the actors named before it of whom it may speak.
        """
        other = [e for e in told if self.whole.tells_all(passage, [e.statement])]
        if not other or any(e.statement.period.start is None for e in other):
            return None
        against = [e.statement for e in other]
        acts = {_act(statement) for statement in against}
        if _BLAMED.search(passage.text) and any(s.predicate == "damages" for s in against):
            return None
        named = {mention.actor for mention in passage.mentions}
        most = max(2, *(len(named.intersection(ends_of(s))) for s in against))
        same = (
            e
            for e in of_parties
            if _act(e.statement) in acts
            or (
                e.statement.predicate not in _BEGINS
                and len(named.intersection(ends_of(e.statement))) >= most
            )
        )
        if any(map(fits_times, same)):
            return (
                None  # the same was done at that time too, or something by as many of its parties
            )
        starts = {time.period.start for time in passage.times if time.period}
        if starts & {statement.period.start for statement in against}:
            return None  # one of the times is its own
        if any(_is_at_end(time, s) for time in passage.times for s in against):
            return None  # it may be of what was over then
        if any(_went_on_then(time, s) for time in passage.times for s in against):
            return None
        if any(_is_named_by_year(passage.text, s) for s in against):
            return None  # what came later is of another law
        told_times = _without_told(passage.times, against)
        times = [time for time in told_times if time.rule == "calendar" and time.period]
        if _STILL.search(passage.text) and not times:
            ended = [s for s in against if s.period.end and s.lasting]
            why = f"the ledger has an end: {ended[0].period.end}" if ended else ""
        else:
            dates = dict.fromkeys(str(s.period) for s in against)
            once = len(times) == 1 and not _BY.match(times[0].text)
            once = once and all(self._is_once(passage, e, meant) for e in other)
            why = f"the ledger has another date: {', '.join(dates)}" if once else ""
        if not why or len(told_times) != len(times):
            return None
        return self.findings.of(other[0].tie, "contradicted", [], contradicts=against, why=why)

    def _is_once(self, passage: Passage, evidence: Evidence, meant: Sequence[str]) -> bool:
        """Tell whether the ledger has no act between the two at the time that a passage has.

        Another date contradicts by itself what happens once; of a law that has to be named.
        """
        one = evidence.statement
        if one.predicate == "enacts":
            named = {mention.actor for mention in passage.mentions}
            if _IT.search(passage.text):
                named.update(meant)
            return one.object in named or self._calls_law(passage, evidence)
        if one.predicate in _ONCE:
            same = (s for s in self._of_actor[one.subject] if s.object == one.object)
            same = (s for s in same if (s.subject, s.predicate) == (one.subject, one.predicate))
            return not any(fits_times(replace(evidence, statement=s)) for s in same)
        if _ANOTHER.search(passage.text):
            return False
        if one.predicate in _BEGINS and not self.is_years_apart(passage, one):
            return False
        pair = {one.subject, one.object}
        alike = (s for s in self._of_actor[one.subject] if {s.subject, s.object} == pair)
        return not any(fits_times(replace(evidence, statement=s)) for s in alike)

    def _calls_law(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether a passage has words of a law's name, and no other law is of its time."""
        statement = evidence.statement
        law = self.actors[statement.object or ""]
        told = f"{' '.join(law.names)} {statement.claim or ''} {statement.summary}"
        own = roots(told) - self.lexicon.idle - self.tellings.names_of_states()
        own -= self.lexicon.acts["enacts by itself"] | self.lexicon.acts["enacts"]
        others = (s for s in self._of_actor[statement.subject] if s.predicate == "enacts")
        alike = (replace(evidence, statement=s) for s in others)
        called = bool(own & passage.words) or self._is_called_whole(passage, law)
        called = called or self._is_only_law(passage, law)
        return called and not any(fits_times(e) for e in alike)

    def _is_only_law(self, passage: Passage, law: Actor) -> bool:
        """Tell whether a passage calls a law its state's, of which the ledger has no other."""
        known = [a for a in self.actors.values() if a.kind == "law" and a.country == law.country]
        called = (passage.text[m.start :] for m in passage.mentions if m.actor in self._states)
        return len(known) == 1 and any(_ITS_LAW.match(text) for text in called)

    def _is_called_whole(self, passage: Passage, law: Actor) -> bool:
        """Tell whether a passage has every word of a name of a law, be they common ones."""
        words = roots(passage.text)
        calendar = roots(" ".join((*MONTHS, "of", "the")))
        names = (roots(name) - self.tellings.names_of_states() - calendar for name in law.names)
        names = (frozenset(w for w in name if not w.isdigit()) for name in names)
        return any(len(name) > 1 and name <= words for name in names)

    def is_years_apart(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether what goes on began years from all times of a passage."""
        starts = [t.period.start for t in passage.times if t.period and t.period.start]
        begun = statement.period.start
        return begun is not None and all(abs(begun.year - day.year) > 1 for day in starts)


def _is_named_by_year(text: str, statement: Statement) -> bool:
    """Tell whether a law is named by its year, beside what came of it later: a law of 2022."""
    named = _OF_YEAR.search(text) if statement.predicate == "enacts" else None
    start = statement.period.start
    return bool(named and start and named["year"] == f"{start.year}")


def _without_told(
    times: Sequence[TimeReference], statements: Sequence[Statement]
) -> list[TimeReference]:
    """Return the times of a passage, each once, but for those that stand in statements' words."""
    once = list({time.period: time for time in times}.values())
    if len(once) < 2:
        return once
    told = [time for time in once if not all(_has_time(s, time) for s in statements)]
    return told or once


def _went_on_then(time: TimeReference, statement: Statement) -> bool:
    """Tell whether talks, or tests, went on at a time: in August, where they began in June."""
    together = statement.predicate in ("partners_with", "trials_with")
    period, end = time.period, statement.period.end
    return bool(together and end and period and period.start and statement.period.overlaps(period))


def _is_at_end(time: TimeReference, statement: Statement) -> bool:
    """Tell whether a time is from the month on in which a statement ended."""
    since = time.text.lower().startswith("since") and time.period and time.period.start
    end = statement.period.end
    return bool(since and end and (since.year, since.month) == (end.year, end.month))


def _has_time(statement: Statement, time: TimeReference) -> bool:
    """Tell whether the words of a statement, or its deadline, have the year or day of a time."""
    period = time.period
    day = None if period is None else (period.start or period.end)
    if period is None or day is None:
        return False
    if statement.deadline and day == statement.deadline:
        return True
    if period.precision == "year" or (period.end is None and (day.month, day.day) == (1, 1)):
        return f"{day.year}" in statement.separate_words
    return any(p.start == period.start for _, _, p in find_dates(statement.words))


def _act(statement: Statement) -> tuple[str, str, str]:
    """Return predicate and parties of a statement; of laws, whose other dates count, the state."""
    object = "" if statement.predicate == "enacts" else statement.object or ""
    return (statement.predicate, statement.subject, object)
