"""Figures, dates and names that a sentence tells outside its acts, beside what statements tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.amounts import tells_amount
from splinternet.essay.contents import Contents
from splinternet.essay.dates import MONTH, MONTHS, Period, find_dates
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding
from splinternet.essay.further import further_acts
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.times import TimeReference
from splinternet.essay.wording import content_words

__all__ = ["Remainder"]

#: Predicates of which the object alone tells who is meant.
_BY_OBJECT = frozenset(("damages", "enacts"))
#: Kinds of actors that do not only tell where something was done.
_NAMED = FIRMS | {"cable", "law"}
_MONEY = re.compile(r"[A-Z]{3}")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_NAMED_DAY = re.compile(
    rf"\b(?:(?P<day>[0-3]?[0-9]) (?P<month>{MONTH})|(?P<us_month>{MONTH}) (?P<us_day>[0-3]?[0-9]))"
    r"\b(?!,? [0-9]{4})"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)}) of (?P<of_month>{MONTH})(?!,? [0-9]{{4}})"
)
#: A number that no figure, time or name holds; a year is one of those that are looked at before.
_LOOSE_NUMBER = re.compile(
    r"(?<![\w.,/$€£-])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{2,})(?![\w%/-]|[.,][0-9])"
)
#: A number, and so many characters in which what it counts has to follow.
_NUMBER = re.compile(r"\b[0-9][0-9.,]*")
_NEAR = 24
#: What makes of a length a time.
_BEFORE_OR_AFTER = re.compile(r" (?:before|after|later|earlier|ago)\b")
_LENGTHS = frozenset(("days", "weeks", "months", "years", "hours"))
#: What a clause of its own tells to be so long, before the figure.
_MEASURES = re.compile(
    r"\b(?:it|they|which|that) (?:(?:has|had) )?(?:measure[sd]?|is|was|are|were|runs?|ran|spans?|"
    r"spanned|stretch(?:es|ed)?|reach(?:es|ed)?|extend(?:s|ed)) (?:[a-z]+ ){0,3}$"
)
#: What sets one account against another.
_AGAINST = re.compile(
    r"(?:^\W*|[,;:(—–] ?(?:and )?)(?:even )?(?:though|although|while|whereas|albeit|but|yet|"
    r"despite|in spite of|notwithstanding|against|whatever|contrary to|"
    r"other\w* (?:accounts|sources|reports|papers|estimates)|others|elsewhere)\b"
    r"(?P<told>[^;:()—]*)",
    re.IGNORECASE,
)


class Remainder:
    """Finds what a sentence tells outside its acts and no statement on its parties tells.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    of_actor
        The statements on each actor, by its id.
    parties
        The actors, and who acts for whom.
    """

    def __init__(
        self,
        statements: Mapping[str, Statement],
        of_actor: Mapping[str, Sequence[Statement]],
        parties: Parties,
    ) -> None:
        self.statements = statements
        self.parties = parties
        self._of_actor = of_actor

    def untold(self, contents: Contents, found: Sequence[Finding]) -> str:
        """Return the first figure, date or name outside the acts that no statement tells; or none.

        A date counts if it is one of the calendar. So does an amount of money or a share; a count
        or a length only where a sentence sets it against what it tells, or where it counts what
        statements on the parties count. A name counts where it is set against what is told.
        """
        ties = [finding.tie for finding in found if finding.tie]
        figures = [
            figure
            for index, figure in contents.figures
            if not any(index in tie.figures for tie in ties)
        ]
        times = [
            time
            for time in contents.times
            if not any(time in tie.times or time in tie.asides for tie in ties)
        ]
        against = [each.span("told") for each in _AGAINST.finditer(contents.text)]
        supports = [self.statements[id] for each in found for id in each.supports]
        for act in further_acts(contents, found, supports, self._of_actor, self.parties):
            return act
        times = [time for time in times if _is_dated(time) and time.period]
        loose = list(_loose_dates(contents))
        numbers = list(_loose_numbers(contents))
        others = list(self._others(contents, supports, against))
        if not (figures or times or loose or numbers or others):
            return ""
        known = self._on_parties(contents.mentions, supports)
        for figure in figures:
            if self._counts(figure, contents.text, against, known, supports) and not any(
                tells_amount(figure, each) for each in known
            ):
                return figure.text
        for time in times:
            if time.period and not _tells_date(time.period, known):
                return time.text
        for found_date in loose:
            if not _tells_loose(found_date, known):
                return found_date[0]
        for number in numbers:
            if not any(_has_number(number, each) for each in known):
                return number
        taking_part = self._taking_part(known)
        return next((m.text for m in others if m.actor not in taking_part), "")

    def _on_parties(
        self, mentions: Iterable[Mention], supports: Sequence[Statement]
    ) -> list[Statement]:
        """Return the statements all of whose parties a sentence names, or that are of its acts."""
        ids = {mention.actor for mention in mentions if mention.actor}
        ids |= {end for each in supports for end in (each.subject, each.object) if end}
        named = frozenset[str]().union(*map(self.parties.related_to, ids))
        acts = {(each.subject, each.predicate) for each in supports}
        about = {s.id: s for id in named for s in self._of_actor.get(id, ())}
        return [
            statement
            for statement in about.values()
            if {statement.subject, statement.object or statement.subject} <= named
            or (statement.subject, statement.predicate) in acts
            or (statement.predicate in _BY_OBJECT and statement.object in named)
        ]

    def _counts(
        self,
        figure: Figure,
        text: str,
        against: Sequence[tuple[int, int]],
        known: Sequence[Statement],
        supports: Sequence[Statement],
    ) -> bool:
        """Tell whether a figure is one that statements have to tell."""
        if any(first <= figure.start < last for first, last in against):
            return not (figure.unit == "count" and figure.text[:1].isalpha())
        if _MONEY.fullmatch(figure.unit) or figure.text.endswith(("million", "billion")):
            return True
        same = [statement for statement in known if statement.unit == figure.unit]
        if figure.unit == "km" and _MEASURES.search(text[: figure.end - len(figure.text)]):
            return True
        if figure.unit in _LENGTHS:
            timed = _BEFORE_OR_AFTER.match(text, figure.end)
            return not timed and any(statement in supports for statement in same)
        basis = content_words(figure.basis)
        told = any(basis & content_words(each.basis or "") for each in same)
        return told or any(_counts_too(basis, each) for each in supports)

    def _others(
        self,
        contents: Contents,
        supports: Sequence[Statement],
        against: Sequence[tuple[int, int]],
    ) -> Iterator[Mention]:
        """Yield the names set against what is told, and firms, of which no support is."""
        taking_part = self._taking_part(supports)
        for mention in contents.mentions:
            if not mention.acts or mention.actor is None or mention.actor in taking_part:
                continue
            if any(mention.text in _counted(statement) for statement in supports):
                continue
            within = any(first <= mention.start < last for first, last in against)
            if within or self.parties.actors[mention.actor].kind in _NAMED:
                yield mention

    def _taking_part(self, statements: Iterable[Statement]) -> frozenset[str]:
        """Return the parties of statements, whoever acts for them, and who bears their name."""
        ends = {end for each in statements for end in (each.subject, each.object) if end}
        bearers = self.parties.bearers(ends)
        return bearers.union(*map(self.parties.related_to, ends))


def _counted(statement: Statement) -> str:
    """Return the words for what a statement counts, and for who are counted in its share."""
    shares = statement.predicate in ("market_share", "vendor_share")
    return f"{statement.basis or ''} {statement.summary if shares else ''}"


def _has_number(number: str, statement: Statement) -> bool:
    """Tell whether a statement has a number, as its figure or in its words."""
    values = {f"{bound:.0f}" for bound in (statement.low, statement.high) if bound is not None}
    return number in values or number in statement.words.replace(",", "")


def _counts_too(basis: frozenset[str], statement: Statement) -> bool:
    """Tell whether the words of a statement have a number of the same."""
    words = statement.words
    after = (words[found.end() : found.end() + _NEAR] for found in _NUMBER.finditer(words))
    return any(basis & content_words(each) for each in after)


def _is_dated(time: TimeReference) -> bool:
    """Tell whether a time is a date, and not one told by how long before or after it was."""
    named = time.rule == "from the date before" and re.search(MONTH, time.text)
    return time.rule == "calendar" or bool(named)


def _loose_dates(contents: Contents) -> Iterator[re.Match[str]]:
    """Yield years, and days of a month, that are of no time, figure or name."""
    if not (_DIGIT.search(contents.text) or " of " in contents.text):
        return
    for pattern in (_YEAR, _NAMED_DAY):
        yield from _outside(contents, pattern)


def _loose_numbers(contents: Contents) -> Iterator[str]:
    """Yield the numbers that no figure, time or name holds, without commas; years are none."""
    if _DIGIT.search(contents.text):
        days = [found.span() for found in _loose_dates(contents)]
        for found in _outside(contents, _LOOSE_NUMBER):
            if not any(start <= found.start() < end for start, end in days):
                yield found[0].replace(",", "")


def _outside(contents: Contents, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds outside the times, names and figures of a sentence."""
    spans = [(time.start, time.end) for time in contents.times]
    spans += [(mention.start, mention.end) for mention in contents.mentions]
    spans += [(figure.start, figure.end) for _, figure in contents.figures]
    for found in pattern.finditer(contents.text):
        if not any(start < found.end() and found.start() < end for start, end in spans):
            yield found


def _tells_loose(loose: re.Match[str], statements: Iterable[Statement]) -> bool:
    """Tell whether a date of a statement has the year, or the day and month, that words have."""
    dates = {day for statement in statements for day in _dates_of(statement)}
    if loose.re is _YEAR:
        in_words = any(loose[0] in statement.words for statement in statements)
        return in_words or any(f"{day.year}" == loose[0] for day in dates)
    month = (loose["month"] or loose["us_month"] or loose["of_month"])[:3].lower()
    ordinal = loose["ordinal"]
    number = 1 + _ORDINALS.index(ordinal) if ordinal else int(loose["day"] or loose["us_day"])
    return any(day.day == number and MONTHS[day.month - 1][:3].lower() == month for day in dates)


def _tells_date(period: Period, statements: Iterable[Statement]) -> bool:
    """Tell whether a start, an end or a date in the words of a statement is that of a period."""
    days = [day for day in (period.start, period.end) if day]
    parts = {"year": 1, "month": 2}.get(period.precision, 3)
    if parts == 1:
        years = {f"{day.year}" for day in days}
        if any(years.intersection(_YEAR.findall(each.words)) for each in statements):
            return True
    return any(
        day.timetuple()[:parts] == other.timetuple()[:parts]
        for statement in statements
        for other in _dates_of(statement)
        for day in days
    )


def _dates_of(statement: Statement) -> Iterator[date]:
    told = (each for _, _, each in find_dates(statement.words))
    for period in (statement.period, *told):
        yield from (day for day in (period.start, period.end) if day)
    if statement.deadline:
        yield statement.deadline
