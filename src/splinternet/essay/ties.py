"""What a sentence says ties two actors, by the table of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from splinternet.essay.actors import Mention
from splinternet.essay.arguments import Arguments
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.goods import is_from_elsewhere, is_owned
from splinternet.essay.moods import Mood, clause_around, mood_of, phrase_around
from splinternet.essay.quotations import blanked
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.sentences import Sentence
from splinternet.essay.times import TimeReference
from splinternet.essay.verbs import Verb, read_verbs

__all__ = ["Tie", "find_ties"]

#: So near the object of an act has to stand whose subject the ledger lacks.
_NEXT = 30
_NEXT_WORD = re.compile(r" \w+|$")
#: A clause of its own on what stands before it.
_RELATIVE = re.compile(r", (?:which|who)\b(?= )")
_UNTIL = re.compile(r"\b(?:until|till\b|up to (?:the |this |now))")
_HAS_BEFORE = re.compile(r"\b(?:has|have)(?: \w+)? $")
_TO_THIS_DAY = re.compile(r"\b(?:to this day|(?:until|till|up to) (?:today|now)|still)\b")
_PASSIVE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: (?:also|since|now|then|again|\w{3,20}ly))? $"
)
#: A name that is not the usual agent's nor of a month, and so that of somebody else who acts.
_ANOTHER = re.compile(
    r"(?<![.!?] )\b(?!Trump|Biden|Obama|Commerce|Department|Bureau|Industry|Security|Secretary|"
    r"American|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)[A-ZÀ-Þ][\w-]+"
)
#: A name that the ledger lacks, joined to one that it has.
_JOINED_UNKNOWN = re.compile(r",? (?:and|or|as well as) (?:the )?[A-ZÀ-Þ][\w-]+(?! \w+ed\b)")
#: Who does what stands in the passive, where it is nobody of the ledger; dates are nobody.
_BY_SOMEBODY = re.compile(
    r"\bby (?!then\b|now\b|the end\b|[0-9]|the (?:time|summer|spring|autumn|winter)\b)"
    r"(?P<who>[^,;:()]{2,80}?)(?=,|;|$|[.:]| (?:in|on|and|which|that|while|when|off|near)\b)"
)
#: A clause on what was told just before.
_FOLLOWS = re.compile(r",? ?(?:where|which|when|who)\b[^,;:]*")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)[0-9]{2}(?![\w%/-]|[.,][0-9])")
#: How an act was meant, which a ledger of acts does not tell.
_INTENT = re.compile(
    r"\b(?:sabotage[drs]?|saboteurs?|deliberate(?:ly)?|intentional(?:ly)?|on purpose|wilful(?:ly)?|"
    r"knowingly|accidental(?:ly)?|by accident|twice|three times|again|repeatedly)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tie:
    """A subject, an act and an object, as a sentence has them.

    Parameters
    ----------
    sentence
        Number of the sentence.
    subject, object
        Ids of actors; None where the sentence names none.
    predicate
        The predicate of the ledger that it says first of all.
    text
        The words from the first of them to the last.
    scope
        What the clause limits it to: also states and places named in it besides the two.
    mood
        asserted, negated, ended, possible or doubted.
    act
        Name of the act in the table of verbs; None for a share.
    thing
        What is acted on where no actor is.
    figures
        Indices of the figures of the clause.
    aside_figures
        Those of them that tell something else that the act led to.
    times
        Times that the clause names, or else the one time of the sentence.
    asides
        Times of something else in the clause that the act led to.
    years
        Years of the clause that are of no time, such as deadlines.
    whole
        False if a name that the ledger lacks is joined to the object.
    past
        Whether the act is told as past: owned, allowed.
    clause
        The whole clause.
    somebody
        Words for who acts, where that is no actor of the ledger: a fishing boat.
    """

    sentence: int
    subject: str | None
    predicate: str
    object: str | None
    text: str
    scope: Scope
    mood: Mood
    act: str | None = None
    thing: str | None = None
    figures: tuple[int, ...] = ()
    aside_figures: tuple[int, ...] = ()
    times: tuple[TimeReference, ...] = ()
    asides: tuple[TimeReference, ...] = ()
    years: tuple[str, ...] = ()
    whole: bool = True
    past: bool = False
    clause: str = ""
    somebody: str = ""

    @property
    def figure(self) -> int | None:
        """Index of the first of its figures."""
        return self.figures[0] if self.figures else None


@dataclass(frozen=True)
class _Place:
    """Where subject and object of an act stand; None for those not named."""

    subject: Mention | None
    object: Mention | None
    thing: str | None = None
    somebody: str = ""


def find_ties(
    sentence: Sentence,
    mentions: Sequence[Mention],
    figures: Sequence[tuple[int, Figure]],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
) -> list[Tie]:
    """Find what a sentence says ties actors.

    The words of an act, with the nearest actor that may be its subject on one side and the nearest
    that may be its object on the other, and those joined to them by ``and``. Words within quotation
    marks are somebody else's and left out. Where several acts share words, the longest counts.
    """
    reader = _Reader(sentence, mentions, figures, times, actors)
    if not reader.arguments.acting:
        return []
    found = [
        (match.start, match.start - match.end, rank, match)
        for rank, verb in enumerate(read_verbs())
        for match in reader.matches(verb)
    ]
    ties: list[Tie] = []
    taken = reach = 0
    for _, _, _, match in sorted(found, key=lambda each: each[:3]):
        within = match.start < (reach if match.noun else taken)
        if not within:
            ties += match.ties
            taken, reach = match.end, max(reach, match.reach)
    told = {(tie.predicate, tie.object) for tie in ties if tie.subject}
    return [tie for tie in ties if tie.subject or (tie.predicate, tie.object) not in told]


@dataclass(frozen=True)
class _Match:
    """Ties that one place of a sentence makes; ``reach`` is where the last actor ends."""

    start: int
    end: int
    reach: int
    noun: bool
    ties: tuple[Tie, ...]


class _Reader:
    """Reads the ties of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        figures: Sequence[tuple[int, Figure]],
        times: Sequence[TimeReference],
        actors: dict[str, Actor],
    ) -> None:
        self.sentence = sentence
        self.figures = figures
        self.times = times
        self.actors = actors
        self.text = blanked(sentence.text)
        self.mentions = [m for m in mentions if m.actor and self.text[m.start] != " "]
        self.arguments = Arguments(self.text, self.mentions, actors)

    def matches(self, verb: Verb) -> Iterator[_Match]:
        """Yield what the words of an act make."""
        for order, pattern in verb.words.items():
            for found in pattern.finditer(self.text):
                start, end = found.span()
                if order == "active" and self._is_participle(found):
                    continue
                places = list(self._places(verb, order, start, end))
                parties = [m for p in places for m in (p.subject, p.object) if m]
                reach = max([*(m.end for m in parties), end])
                noun = order in ("noun", "between")
                if ties := [self._tie(verb, found, place, parties, noun) for place in places]:
                    yield _Match(start, end, reach, noun, tuple(ties))

    def _is_participle(self, found: re.Match[str]) -> bool:
        """Tell ``was banned`` from ``banned``; ``has been working`` is as active as ``works``."""
        going_on = found[0].partition(" ")[0].endswith("ing")
        if going_on:
            return False
        before = self.text[max(0, found.start() - 30) : found.start()]
        return bool(_PASSIVE_BEFORE.search(before)) or self.text.startswith(" by ", found.end())

    def _places(self, verb: Verb, order: str, start: int, end: int) -> Iterator[_Place]:
        acting = self.arguments.acting
        match order:
            case "pair":
                two = [m for m in acting if m.end <= start][-2:]
                yield from (_Place(*each) for each in self.arguments.pair(two, start))
            case "between":
                two = [m for m in acting if m.start >= end][:2]
                yield from (_Place(*each) for each in self.arguments.pair(two, end))
            case "passive" | "participle" | "happens":
                yield from self._passive(verb, start, end)
            case "dative":
                yield from self._dative(verb, start, end)
            case "noun" if (agent := self._agent_of_noun(verb, start, end)) is not None:
                yield from agent
            case _ if verb.law_first:
                law = self.arguments.before(start, verb.objects)
                if law:
                    yield _Place(None, law)
            case _:
                yield from self._active(verb, start, end)

    def _active(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        subject = self.arguments.before(start, verb.subjects)
        if not subject:
            yield from self._without_subject(verb, start, end)
            return
        if verb.things:
            thing = re.compile(rf" (?P<thing>{verb.things.pattern})\b", re.I).match(self.text, end)
            if thing:
                for one in self.arguments.listed(subject, verb.subjects):
                    yield _Place(one, None, thing["thing"])
            return
        object = self.arguments.after(end, verb.objects)
        if not object or not self._has_tail(verb, start, object.end):
            return
        for one in self.arguments.listed(subject, verb.subjects):
            for other in self.arguments.objects(object, verb.objects):
                if one.actor != other.actor:
                    yield _Place(one, other)

    def _without_subject(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        """Yield the object of an act whose subject the ledger lacks."""
        first = self.arguments.subject_from(start)
        named = any(first <= m.start < start for m in self.mentions)
        named |= bool(verb.agent and _ANOTHER.search(self.text, first + 1, start))
        if verb.things or (named and not verb.by_anybody):
            return
        object = self.arguments.after(end, verb.objects)
        near = object and (verb.by_anybody or object.start - end <= _NEXT)
        if object and near and self._has_tail(verb, start, object.end):
            somebody = self._without_times(first, start) if verb.by_anybody else ""
            for one in self.arguments.listed(object, verb.objects):
                yield _Place(None, one, somebody=somebody)

    def _without_times(self, first: int, last: int) -> str:
        """Return words without the times among them."""
        words = self.text[first:last]
        for time in self.times:
            if first <= time.start < last:
                words = words.replace(time.text, " ")
        return words

    def _agent_of_noun(self, verb: Verb, start: int, end: int) -> list[_Place] | None:
        """Return who acts by a noun, where an adjective or ``by`` says it: the Swedish ban on."""
        object = self.arguments.after(end, verb.objects)
        if not object:
            return None
        objects = self.arguments.objects(object, verb.objects)
        after = self.arguments.agent(objects[-1].end, verb.subjects)
        by = after and re.fullmatch(r" by (?:the )?", self.text[objects[-1].end : after.start])
        kind = self.arguments.kind
        of_state = [m for m in self.mentions if m.rule == "adjective" and kind(m) == "state"]
        before = [m for m in of_state if start - 1 <= m.end <= start + 1 or start <= m.start < end]
        if not (after and by) and not (before and kind(before[-1]) in verb.subjects):
            return None
        subject = after if after and by else before[-1]
        return [_Place(subject, one) for one in objects if one.actor != (subject and subject.actor)]

    def _passive(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        subject = self.arguments.agent(end, verb.subjects)
        if verb.things:
            before = self.text[max(0, start - 60) : start].rstrip()
            thing = re.search(rf"(?:^|\W)(?P<thing>{verb.things.pattern})$", before, re.I)
            if thing and subject:
                yield _Place(subject, None, thing["thing"])
            return
        object = self.arguments.before(start, verb.objects)
        if not object and subject:  # Being barred from it, the firm left.
            object = self.arguments.after(subject.end, verb.objects)
        if not object or not self._has_tail(verb, start, end):
            return
        by = _BY_SOMEBODY.search(self.text, end, clause_around(self.text, start, end)[1])
        somebody = by["who"] if by and not subject else ""
        for one in self.arguments.listed(object, verb.objects):
            if subject is None or subject.actor != one.actor:
                yield _Place(subject, one, somebody=somebody)

    def _dative(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        """Yield who gives and who gets: terminals were supplied to Ukraine by SpaceX."""
        object = self.arguments.after(end, verb.objects)
        if not object or object.start - end > len(" the "):
            return
        subject = self.arguments.agent(object.end, verb.subjects)
        subject = subject or self.arguments.before(start, verb.subjects)
        if subject and subject.actor != object.actor:
            yield _Place(subject, object)

    def _has_tail(self, verb: Verb, start: int, end: int) -> bool:
        if verb.tail is None:
            return True
        _, last = clause_around(self.text, start, end)
        return bool(verb.tail.search(self.text, start, min(last, end + 60)))

    def _tie(
        self,
        verb: Verb,
        found: re.Match[str],
        place: _Place,
        parties: Sequence[Mention],
        noun: bool,
    ) -> Tie:
        named = [m for m in (place.subject, place.object) if m]
        reach = max([*(m.end for m in parties), found.end()])
        start = min([m.start for m in named] + [found.start()])
        end = max([m.end for m in named] + [found.end()])
        if place.object and place.object.rule == "adjective":
            end += len(_NEXT_WORD.findall(self.text, end, end + 40)[0])
        relative = _RELATIVE.search(self.text, start, found.start())
        first, last = clause_around(self.text, relative.end() if relative else start, reach)
        phrase = phrase_around(self.text, relative.end() if relative else start, reach)
        own = {self.actors[m.actor or ""].country for m in parties}
        others = [
            m
            for m in self.mentions
            if first <= m.start < last and self.actors[m.actor or ""].country not in own
        ]
        figures = self._figures(first, last)
        after = _FOLLOWS.match(self.text, last - 1) or _FOLLOWS.match(self.text, last)
        follows = after.end() if after else last
        asides = tuple(
            time
            for time in self.times
            if first <= time.start < follows and not phrase[0] <= time.start < phrase[1]
        )
        return Tie(
            sentence=self.sentence.number,
            subject=place.subject.actor if place.subject else verb.agent,
            predicate=verb.predicate,
            object=place.object.actor if place.object else None,
            text=" ".join(self.text[start:end].split()),
            scope=scope_of(self.text[first:last], others, self.actors),
            mood=mood_of(self.text, *found.span(), reach, noun, bool(figures), bool(asides)),
            act=verb.act,
            thing=place.thing,
            figures=figures,
            aside_figures=tuple(i for i in figures if i not in self._figures(*phrase)),
            times=self._times(*phrase, found.start()),
            asides=asides,
            years=self._unread_years(first, last),
            past=self._is_past(found, reach),
            whole=self._is_whole(verb.predicate, found, place, reach, (first, last)),
            clause=self.text[first:last],
            somebody=place.somebody,
        )

    def _figures(self, first: int, last: int) -> tuple[int, ...]:
        """Return the figures of a clause but those that tell a time: eight years later."""
        return tuple(
            index
            for index, figure in self.figures
            if first <= figure.start < last
            if not any(start <= figure.start < end for start, end in self._told_spans())
        )

    def _is_past(self, found: re.Match[str], reach: int) -> bool:
        """Tell what was from what is: has owned, or owned to this day, and so does."""
        until_now = _HAS_BEFORE.search(self.text, max(0, found.start() - 12), found.start())
        until_now = until_now or _TO_THIS_DAY.search(self.text, reach)
        return found[0].partition(" ")[0].endswith("ed") and not until_now

    def _is_whole(
        self,
        predicate: str,
        found: re.Match[str],
        place: _Place,
        reach: int,
        clause: tuple[int, int],
    ) -> bool:
        """Tell whether the words name nobody and nothing else than the two.

        Such as somebody beside the object, or between it and the verb; something of the object's
        other than its goods (``Huawei's rival``); a ban from elsewhere than networks; or an intent.
        """
        if self._goes_on_untold(found.end()):
            return False
        amid = any(found.start() < m.start < found.end() for m in self.arguments.acting)
        meant = _INTENT.search(self.text, *clause)
        if place.object is None:
            return not (amid or meant)
        beside = _JOINED_UNKNOWN.match(self.text, reach)
        after = max(place.object.end, found.end())
        elsewhere = predicate == "bans" and is_from_elsewhere(self.text, after)
        owned = is_owned(self.text, place.object.end)
        return not (amid or meant or beside or elsewhere or owned)

    def _unread_years(self, first: int, last: int) -> tuple[str, ...]:
        """Return the years of a clause that are of no time, figure or name in it."""
        figures = [(figure.start, figure.end) for _, figure in self.figures]
        known = [*self._told_spans(), *figures]
        return tuple(
            year[0]
            for year in _YEAR.finditer(self.text, first, last)
            if not any(start <= year.start() < end for start, end in known)
        )

    def _told_spans(self) -> list[tuple[int, int]]:
        """Return where the times and the names of the sentence stand."""
        times = [(time.start, time.end) for time in self.times]
        return [*times, *((mention.start, mention.end) for mention in self.mentions)]

    def _goes_on_untold(self, at: int) -> bool:
        """Tell whether the sentence names an end of what it tells that is no time that is known."""
        for until in _UNTIL.finditer(self.text, at):
            if not any(t.start <= until.start() < t.end and t.period for t in self.times):
                return True
        return False

    def _times(self, first: int, last: int, at: int) -> tuple[TimeReference, ...]:
        """Return the times of a clause; without any, the one that the sentence starts with."""
        here = tuple(t for t in self.times if first <= t.start < last)
        alone = self.times if len(self.times) == 1 and self.times[0].start < at else ()
        return here or tuple(alone)
