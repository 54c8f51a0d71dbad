"""Ties between two actors in a sentence, by the table of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from splinternet.essay.actors import Mention
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.goods import is_from_elsewhere, is_owned
from splinternet.essay.moods import Mood, clause_around, mood_of
from splinternet.essay.quotations import blanked
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.sentences import Sentence
from splinternet.essay.times import TimeReference
from splinternet.essay.verbs import Verb, read_verbs

__all__ = ["Tie", "find_ties"]

#: So far from the words, in characters, an actor may stand.
_FAR = 120
#: So near the object of an act has to stand whose subject the ledger lacks.
_NEXT = 30
_SEPARATES = re.compile(r"[;:]|\([^()]*\)")
_NEXT_WORD = re.compile(r" \w+|$")
_LISTED = re.compile(r",? (?:(?:and|or) )?(?:the )?")
_JOINS = re.compile(r"(?:[’']s)?,? (?:and|with )?(?:and )?(?:the )?(?:[’']s)?")
#: A clause of its own on what stands before it.
_RELATIVE = re.compile(r", (?:which|who)\b(?= )")
#: Words set apart by commas that describe what stands before them.
_APART = re.compile(
    r", (?:an?|one|the|its|then|once|now)\b[^,;]{2,60}, ?(?:(?:has|have|had|also) ){0,2}$"
)
_UNTIL = re.compile(r"\b(?:until|till\b|up to (?:the |this |now))")
_HAS_BEFORE = re.compile(r"\b(?:has|have)(?: \w+)? $")
_TO_THIS_DAY = re.compile(r"\b(?:to this day|(?:until|till|up to) (?:today|now)|still)\b")
#: What makes an adjective stand for the state: its Russian customers.
_BELONGING = re.compile(r" (?:customers|clients|networks|operators|users|business|market|firms)\b")
_PASSIVE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: (?:also|since|now|then|again|\w{3,20}ly))? $"
)
#: An aim, which has objects of its own: paid for a cable to keep Huawei away.
_PURPOSE = re.compile(
    r" to (?!the\b|its\b|their\b|a\b|his\b|her\b)[a-z]{3,}\b|\bbecause\b|\bso that\b|, but\b"
)
_BY = re.compile(r"\b(?:by|from|of|in|under) (?:the )?$")
#: A name that is not the usual agent's nor of a month, and so that of somebody else who acts.
_ANOTHER = re.compile(
    r"(?<![.!?] )\b(?!Trump|Biden|Obama|Commerce|Department|Bureau|Industry|Security|Secretary|"
    r"American|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)[A-ZÀ-Þ][\w-]+"
)
#: A name that the ledger lacks, joined to one that it has.
_JOINED_UNKNOWN = re.compile(r",? (?:and|or|as well as) (?:the )?[A-ZÀ-Þ][\w-]+(?! \w+ed\b)")


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
    times
        Times that the clause names, or else the one time of the sentence.
    whole
        False if a name that the ledger lacks is joined to the object.
    past
        Whether the act is told as past: owned, allowed.
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
    times: tuple[TimeReference, ...] = ()
    whole: bool = True
    past: bool = False

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
    if not reader.acting:
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
    return ties


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
        self.acting = [m for m in self.mentions if m.acts or self._stands_for_state(m)]

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
        before = self.text[max(0, found.start() - 30) : found.start()]
        return bool(_PASSIVE_BEFORE.search(before)) and not going_on

    def _places(self, verb: Verb, order: str, start: int, end: int) -> Iterator[_Place]:
        match order:
            case "pair":
                yield from self._two([m for m in self.acting if m.end <= start][-2:], start)
            case "between":
                yield from self._two([m for m in self.acting if m.start >= end][:2], end)
            case "passive":
                yield from self._passive(verb, start, end)
            case "noun" if (agent := self._agent_of_noun(verb, start, end)) is not None:
                yield from agent
            case _ if verb.law_first:
                law = self._before(start, verb.objects)
                if law:
                    yield _Place(None, law)
            case _:
                yield from self._active(verb, start, end)

    def _active(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        subject = self._before(start, verb.subjects)
        if not subject:
            first = self._subject_from(start)
            named = any(first <= m.start < start for m in self.mentions)
            named |= bool(verb.agent and _ANOTHER.search(self.text, first + 1, start))
            object = None if verb.things or named else self._after(end, verb.objects)
            if object and object.start - end <= _NEXT and self._has_tail(verb, start, object.end):
                yield _Place(None, object)
            return
        if verb.things:
            thing = re.compile(rf" (?P<thing>{verb.things.pattern})\b", re.I).match(self.text, end)
            if thing:
                for one in self._listed(subject, verb.subjects):
                    yield _Place(one, None, thing["thing"])
            return
        object = self._after(end, verb.objects)
        if not object or not self._has_tail(verb, start, object.end):
            return
        for one in self._listed(subject, verb.subjects):
            for other in self._objects(verb, object):
                if one.actor != other.actor:
                    yield _Place(one, other)

    def _agent_of_noun(self, verb: Verb, start: int, end: int) -> list[_Place] | None:
        """Return who acts by a noun, where an adjective or ``by`` says it: the Swedish ban on."""
        object = self._after(end, verb.objects)
        if not object:
            return None
        objects = self._objects(verb, object)
        after = self._agent(verb, objects[-1].end)
        by = after and re.fullmatch(r" by (?:the )?", self.text[objects[-1].end : after.start])
        of_state = [m for m in self.mentions if m.rule == "adjective" and self._kind(m) == "state"]
        before = [m for m in of_state if start - 1 <= m.end <= start + 1 or start <= m.start < end]
        if not (after and by) and not (before and self._kind(before[-1]) in verb.subjects):
            return None
        subject = after if after and by else before[-1]
        return [_Place(subject, one) for one in objects if one.actor != (subject and subject.actor)]

    def _objects(self, verb: Verb, object: Mention) -> list[Mention]:
        """Return the objects; of a contract ``between`` two, the firm that comes second."""
        listed = self._listed(object, verb.objects)
        between = re.search(
            r"\bbetween (?:the )?$", self.text[max(0, object.start - 20) : object.start]
        )
        return listed[-1:] if between else listed

    def _passive(self, verb: Verb, start: int, end: int) -> Iterator[_Place]:
        subject = self._agent(verb, end)
        if verb.things:
            before = self.text[max(0, start - 60) : start].rstrip()
            thing = re.search(rf"(?:^|\W)(?P<thing>{verb.things.pattern})$", before, re.I)
            if thing and subject:
                yield _Place(subject, None, thing["thing"])
            return
        object = self._before(start, verb.objects)
        if not object and subject:  # Being barred from it, the firm left.
            object = self._after(subject.end, verb.objects)
        if not object or not self._has_tail(verb, start, end):
            return
        for one in self._listed(object, verb.objects):
            if subject is None or subject.actor != one.actor:
                yield _Place(subject, one)

    def _agent(self, verb: Verb, end: int) -> Mention | None:
        """Return who does what stands in the passive: after by, or whose thing it is."""
        near = [m for m in self.acting if m.start >= end and self._kind(m) in verb.subjects]
        near = [m for m in near if self._is_near(end, m.start)]
        for mention in near:
            if re.search(r"\bby (?:the )?$", self.text[max(0, mention.start - 8) : mention.start]):
                return mention
        if near and _BY.search(self.text[max(0, near[0].start - 12) : near[0].start]):
            return near[0]
        return None

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
        own = {self.actors[m.actor or ""].country for m in parties}
        others = [
            m
            for m in self.mentions
            if first <= m.start < last and self.actors[m.actor or ""].country not in own
        ]
        return Tie(
            sentence=self.sentence.number,
            subject=place.subject.actor if place.subject else verb.agent,
            predicate=verb.predicate,
            object=place.object.actor if place.object else None,
            text=" ".join(self.text[start:end].split()),
            scope=scope_of(self.text[first:last], others, self.actors),
            mood=mood_of(self.text, *found.span(), reach, noun=noun),
            act=verb.act,
            thing=place.thing,
            figures=tuple(i for i, figure in self.figures if first <= figure.start < last),
            times=self._times(first, last, found.start()),
            past=self._is_past(found, reach),
            whole=self._is_whole(verb.predicate, found, place, reach),
        )

    def _is_past(self, found: re.Match[str], reach: int) -> bool:
        """Tell what was from what is: has owned, or owned to this day, and so does."""
        until_now = _HAS_BEFORE.search(self.text, max(0, found.start() - 12), found.start())
        until_now = until_now or _TO_THIS_DAY.search(self.text, reach)
        return found[0].partition(" ")[0].endswith("ed") and not until_now

    def _is_whole(self, predicate: str, found: re.Match[str], place: _Place, reach: int) -> bool:
        """Tell whether the words name nobody and nothing else than the two.

        Such as somebody beside the object, or between it and the verb; something of the object's
        other than its goods (``Huawei's rival``); or a ban from elsewhere than networks.
        """
        if self._goes_on_untold(found.end()):
            return False
        amid = any(found.start() < m.start < found.end() for m in self.acting)
        if place.object is None:
            return not amid
        beside = _JOINED_UNKNOWN.match(self.text, reach)
        after = max(place.object.end, found.end())
        elsewhere = predicate == "bans" and is_from_elsewhere(self.text, after)
        return not (amid or beside or elsewhere or is_owned(self.text, place.object.end))

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

    def _listed(self, mention: Mention, kinds: frozenset[str]) -> list[Mention]:
        """Return an actor with those before or after it in a list that ends in ``and``."""
        acting = [m for m in self.acting if self._kind(m) in kinds]
        if mention not in acting:
            return [mention]
        first = last = acting.index(mention)
        while first and self._joined(acting[first - 1], acting[first]):
            first -= 1
        while last + 1 < len(acting) and self._joined(acting[last], acting[last + 1]):
            last += 1
        listed = acting[first : last + 1]
        if len(listed) < 2 or not re.search("and|or", self._between(*listed[-2:])):
            return [mention]
        return listed

    def _joined(self, one: Mention, other: Mention) -> bool:
        return bool(_LISTED.fullmatch(self._between(one, other)))

    def _between(self, one: Mention, other: Mention) -> str:
        return self.text[one.end : other.start]

    def _two(self, two: Sequence[Mention], at: int) -> Iterator[_Place]:
        """Yield two actors if only ``and`` stands between them, and they are near."""
        if len(two) == 2:
            first, second = two
            together = first.start == second.start or _JOINS.fullmatch(self._between(*two))
            near = min(abs(second.end - at), abs(first.start - at)) <= _FAR
            if together and near and first.actor != second.actor:
                yield _Place(first, second)

    def _before(self, at: int, kinds: frozenset[str]) -> Mention | None:
        first = self._subject_from(at)
        near = [m for m in self.acting if m.acts and first <= m.start < m.end <= at]
        near = [m for m in near if self._kind(m) in kinds]
        while len(near) > 1 and self._is_set_apart(near[-1], at):
            near.pop()
        return near[-1] if near and self._is_near(near[-1].end, at) else None

    def _is_set_apart(self, mention: Mention, at: int) -> bool:
        """Tell whether an actor only describes the subject: Cogent, a firm of the United States."""
        apart = _APART.search(self.text[:at], max(0, mention.start - 60))
        return bool(apart and apart.start() < mention.start and mention.end < apart.end())

    def _subject_from(self, at: int) -> int:
        """Return how far back a subject may stand: to the start of a clause that has its own."""
        first, _ = clause_around(self.text, at, at)
        own = re.sub(
            r"^(?:,? ?(?:and|but|then|so|yet|also|later|now|still|has|had|have|was|were|is) ?)+",
            "",
            self.text[first:at],
        )
        relative = re.search(r"\b(?:which|who)$", self.text[max(0, first - 6) : first])
        return 0 if relative or not own.strip() else first

    def _after(self, at: int, kinds: frozenset[str]) -> Mention | None:
        for mention in self.mentions:
            region = mention.rule == "adjective" and self._kind(mention) == "region"
            acts = mention in self.acting or region
            if acts and mention.start >= at and self._kind(mention) in kinds:
                aside = _PURPOSE.search(self.text, at, mention.start)
                return mention if self._is_near(at, mention.start) and not aside else None
        return None

    def _stands_for_state(self, mention: Mention) -> bool:
        belongs = _BELONGING.match(self.text, mention.end)
        return mention.rule == "adjective" and bool(belongs)

    def _is_near(self, start: int, end: int) -> bool:
        return end - start <= _FAR and not _SEPARATES.search(self.text, start, end)

    def _kind(self, mention: Mention) -> str:
        return self.actors[mention.actor or ""].kind
