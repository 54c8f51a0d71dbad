"""Sentences that give another share, amount or length of time than statements have then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from splinternet.essay.amounts import agrees, tells_amount
from splinternet.essay.assertion import without_announced
from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.reversals import turns_in
from splinternet.essay.scopes import Scope
from splinternet.essay.statements import Statement
from splinternet.essay.topics import Topic, Topics

__all__ = ["recounted"]

#: How many days a length of time has.
_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.25}
#: So far apart, as a part of the larger, two figures are none of one thing; more if one is about.
_APART, _ABOUT = 0.08, 0.3
#: So many points apart shares are.
_POINTS = 2.5
#: Figures that are no more, or no less, than they say.
_AT_MOST, _AT_LEAST = frozenset(("less than", "up to")), frozenset(("more than", "at least"))
_SHARES = frozenset(("market_share", "vendor_share", "depends_on"))
#: Words of what a share may be of, which tell one count from another.
_COUNTED = roots("units value revenue shipments online retail subscribers sites")
#: A change, or a part of what is told, which is no figure of it.
_CHANGE = re.compile(
    r"\b(?:by|from|another|further|additional|extra|rose|fell|grew|up|down|gain(?:ed)?|lost|plus|"
    r"more|each|every|per|annual(?:ly)?|average|first|next|last|initial(?:ly)?)(?: [a-z]+)? $"
)
#: Portions in words that no unit follows, and one whole length of time.
_PARTS = ("half", "third", "quarter", "fifth", "tenth")
_LAST_PART = 5
_TIMES = {"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4}
_PORTION = re.compile(
    r"\b(?:at|was|were|is|to|only|just|had|held|mere|barely|about|some) (?:a mere |just |only )?"
    r"(?P<times>an?|one|two|three|four)?[ -]?(?P<part>half|third|quarter|fifth|tenth)s?(?= of\b|"
    r"[.,;]|$)",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:an?|one) (?:full|whole|entire|single|mere) (?P<unit>hour|day|week|month|year)\b", re.I
)
_FROM_ANOTHER = re.compile(r" (?:later|earlier|before|after|afterwards?|ago|on)\b")
_PHRASE = re.compile(r" (?:to|in|from|of|by|for|at|on|with) ")
#: Acts that may be done several times, so that what one has may not be all.
_ADD_UP = frozenset(("contracts", "supplies", "sells_to", "builds", "finances", "acquires", "owns"))
#: The one that is told of.
_DEFINITE = re.compile(
    r"(?:\b(?:the|its|their|that|this|total|whole)|[’']s?) (?:[\w’'-]+ ){0,5}?(?:contracts?|"
    r"loans?|credits?|"
    r"deals?|purchases?|batch|orders?|facilit(?:y|ies)|tranches?|bids?|stakes?|grants?|sales|"
    r"price|costs?|"
    r"appropriations?|insurance|agreements?|tenders?|programme|investments?|shares?|parts?|funding|"
    r"participation|value|volume|transfers?|framework|package|compensation|budget|memorandum)\b|"
    r"\bin total\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[A-Z]{3}|%|km")


def recounted(passage: Passage, topics: Topics) -> list[Topic]:
    """Return the statements of which a passage gives another figure, if none has that of it.

    Parameters
    ----------
    passage
        The passage.
    topics
        The statements of the ledger, to find those that it is on.
    """
    read = [_as_length(figure) for _, figure in passage.figures]
    read += _in_words(passage, read)
    figures = [figure for figure in read if _is_whole(passage.text, figure)]
    if not figures or any(sum(f.unit == g.unit for f in figures) > 1 for g in figures):
        return []
    plain = topics.without_names(passage)
    found = topics.of(passage, lambda one: any(_is_of(one, f) for f in figures))
    found = [each for each in found if _is_then(passage, each.statement)]
    told = []
    for figure in figures:
        of_unit = [each for each in found if _is_of(each.statement, figure)]
        of_unit = [each for each in of_unit if _is_counted_so(passage, each.statement, of_unit)]
        of_unit = [each for each in of_unit if _is_one(passage, each.statement, figure)]
        if of_unit and all(_is_other(figure, each.statement) for each in of_unit):
            told += [each for each in of_unit if each.shared == of_unit[0].shared]
    return [each for each in told if _tells(plain, each, topics)]


def _as_length(figure: Figure) -> Figure:
    """Return a count of weeks or days as a length of time."""
    unit = figure.basis.partition(" ")[0].rstrip("s") + "s"
    return replace(figure, unit=unit) if figure.unit == "count" and unit in _DAYS else figure


def _in_words(passage: Passage, read: Sequence[Figure]) -> list[Figure]:
    """Return the portions, and the one length of time, that words alone give."""
    found = []
    for match in _PORTION.finditer(passage.text):
        parts = _PARTS.index(match["part"].lower().rstrip("s")) + 2
        parts = 10 if parts > _LAST_PART else parts
        times = _TIMES.get((match["times"] or "a").lower(), 1)
        found.append((match, 100.0 * times / parts, "%"))
    found += [(match, 1.0, f"{match['unit'].lower()}s") for match in _ONE.finditer(passage.text)]
    return [
        Figure(
            text=match[0],
            sentence=passage.number,
            start=match.start(),
            end=match.end(),
            low=value,
            high=value,
            qualifier=None,
            unit=unit,
            basis="",
            actor=None,
            scope=Scope(),
            period=None,
        )
        for match, value, unit in found
        if not any(each.start < match.end() and match.start() < each.end for each in read)
    ]


def _is_whole(text: str, figure: Figure) -> bool:
    """Tell whether a figure is of all, and no change of it."""
    if figure.unit in _DAYS and _FROM_ANOTHER.match(text, figure.end):
        return False
    return not _CHANGE.search(text[: figure.end - len(figure.text)][-24:])


def _is_of(one: Statement, figure: Figure) -> bool:
    """Tell whether a statement has a figure of the kind of another."""
    if one.low is None and one.high is None:
        return False
    if figure.unit in _DAYS:
        return one.unit in _DAYS
    if figure.unit == "count":
        what = " ".join(_PHRASE.split(figure.basis)[0].split()[:4])
        counted = roots(what) & roots(f"{one.basis or ''}") - read_lexicon().light
        return one.unit == "count" and bool(counted)
    return one.unit == figure.unit and bool(_UNIT.fullmatch(figure.unit))


def _is_then(passage: Passage, one: Statement) -> bool:
    """Tell whether a statement is of the time of a passage, as exactly as that is told."""
    times = [t.period for t in passage.times if t.period and t.period.precision != "vague"]
    if len(times) != len(passage.times) or passage.unread_years:
        return False
    start = one.period.start
    if not times or start is None:
        return start is None and not times
    if one.predicate in _SHARES:
        return all(_is_same(one.period, time) for time in times)
    return any(one.happened.overlaps(time) for time in times)


def _is_same(own: Period, told: Period) -> bool:
    """Tell whether a time is within that of a share, and this no shorter than it."""
    if not own.overlaps(told) or own.start is None or told.start is None or told.end is None:
        return False
    end = own.end or told.end
    return own.precision == told.precision or (own.start <= told.start and told.end <= end)


def _is_counted_so(passage: Passage, one: Statement, others: Sequence[Topic]) -> bool:
    """Tell whether a share counts what a passage says, or no other one of that time does."""
    if one.predicate not in _SHARES:
        return True
    counted = roots(f"{one.basis or ''}") & _COUNTED
    told = passage.words & _COUNTED
    if counted and told:
        return bool(counted & told)
    return not counted or len({each.statement.basis for each in others}) == 1


def _is_one(passage: Passage, one: Statement, figure: Figure) -> bool:
    """Tell whether there is one amount only, rather than one of several that may add up."""
    if one.predicate not in _ADD_UP or figure.unit in _DAYS or figure.qualifier in _AT_MOST:
        return True
    days = [t.period.start for t in passage.times if t.period and t.period.precision == "day"]
    exact = one.start_precision == "day" and one.period.start in days
    return exact or bool(_DEFINITE.search(passage.text))


def _is_other(figure: Figure, one: Statement) -> bool:
    """Tell whether a figure is another than that of a statement, however near it may be meant."""
    if figure.unit == one.unit and (agrees(figure, one) or tells_amount(figure, one)):
        return False
    per = _DAYS.get(figure.unit, 1.0) / _DAYS.get(one.unit or "", 1.0)
    low, high = _bounds(figure.low, figure.high, figure.qualifier, per)
    least, most = _bounds(one.low, one.high, one.qualifier, 1.0)
    near = _ABOUT if "about" in (figure.qualifier, one.qualifier) else _APART
    if one.unit == "%" and min(abs(low - most), abs(least - high)) < _POINTS:
        return False
    return low * (1 - near) > most or high < least * (1 - near)


def _bounds(
    low: float | None, high: float | None, qualifier: str | None, per: float
) -> tuple[float, float]:
    least = -inf if low is None or qualifier in _AT_MOST else low * per
    most = inf if high is None or qualifier in _AT_LEAST else high * per
    return least, most


def _tells(plain: Passage, topic: Topic, topics: Topics) -> bool:
    """Tell whether words are for the act of a statement, and none tells another, or denies it."""
    one = topic.statement
    lexicon = read_lexicon()
    if turns_in(plain.text, one.predicate).denials:
        return False
    if one.kind == "fact" and is_unsure(without_announced(plain.text)):
        return False
    acts = lexicon.acts.get(one.predicate, frozenset())
    acts |= lexicon.with_same(topics.tellings.told(one)) | roots(one.basis or "")
    if one.predicate not in _SHARES and not plain.words & acts:
        return False
    return topics.leaves_nothing(plain, one, lexicon.acting | _FREE, 1)


#: Words for being so much.
_FREE = roots(
    "amount amounted total totalled come came worth value valued reckoned put stood fewer less "
    "mere "
    "just only exactly fully barely hardly some about nearly over share part percent total size"
)
