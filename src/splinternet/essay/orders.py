"""Where subject and object of an act stand, in each order of words that English has for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from splinternet.essay.actors import Mention
from splinternet.essay.arguments import Arguments
from splinternet.essay.moods import clause_around
from splinternet.essay.times import TimeReference
from splinternet.essay.verbs import Verb

__all__ = ["Orders", "Place"]

#: So near the object of an act has to stand whose subject the ledger lacks.
_NEXT = 30
_PASSIVE_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: (?:also|since|now|then|again|\w{3,20}ly))? $"
)
#: What leads from an object to the clause whose verb it belongs to: the cable, which X built.
_ANTECEDENT = re.compile(r",? (?:which|that|whom) (?:the )?$")
_IT = re.compile(r" it\b")
#: A name that is not the usual agent's nor of a month, and so that of somebody else who acts.
_ANOTHER = re.compile(
    r"(?<![.!?] )\b(?!Trump|Biden|Obama|Commerce|Department|Bureau|Industry|Security|Secretary|"
    r"American|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)[A-ZÀ-Þ][\w-]+"
)
#: Who does what stands in the passive, where it is nobody of the ledger; dates are nobody.
_BY_SOMEBODY = re.compile(
    r"\bby (?!then\b|now\b|the end\b|[0-9]|the (?:time|summer|spring|autumn|winter)\b)"
    r"(?P<who>[^,;:()]{2,80}?)(?=,|;|$|[.:]| (?:in|on|and|which|that|while|when|off|near)\b)"
)


@dataclass(frozen=True)
class Place:
    """Where subject and object of an act stand; None for those not named.

    Parameters
    ----------
    subject, object
        The two actors.
    thing
        What is acted on where no actor is.
    somebody
        Words for who acts, where that is no actor of the ledger.
    """

    subject: Mention | None
    object: Mention | None
    thing: str | None = None
    somebody: str = ""


class Orders:
    """The orders of words of one sentence.

    Parameters
    ----------
    arguments
        Its actors, sought by where they stand.
    times
        The times that it names.
    """

    def __init__(self, arguments: Arguments, times: Sequence[TimeReference]) -> None:
        self.arguments = arguments
        self.text = arguments.text
        self.mentions = arguments.mentions
        self.times = times

    def is_participle(self, found: re.Match[str]) -> bool:
        """Tell ``was banned`` from ``banned``; ``has been working`` is as active as ``works``."""
        going_on = found[0].partition(" ")[0].endswith("ing")
        if going_on:
            return False
        before = self.text[max(0, found.start() - 30) : found.start()]
        return bool(_PASSIVE_BEFORE.search(before)) or self.text.startswith(" by ", found.end())

    def places(self, verb: Verb, order: str, start: int, end: int) -> Iterator[Place]:
        """Yield where the parties of an act stand, by the order in which its words have them."""
        acting = self.arguments.acting
        match order:
            case "pair":
                two = [m for m in acting if m.end <= start][-2:]
                two = [m for m in two if self.arguments.kind(m) != "law"]
                yield from (Place(*each) for each in self.arguments.pair(two, start))
            case "between":
                two = [m for m in acting if m.start >= end][:2]
                yield from (Place(*each) for each in self.arguments.pair(two, end))
            case "passive" | "participle" | "happens":
                yield from self._passive(verb, start, end)
            case "dative":
                yield from self._dative(verb, start, end)
            case "noun" if (agent := self._agent_of_noun(verb, start, end)) is not None:
                yield from agent
            case _ if verb.law_first:
                law = self.arguments.before(start, verb.objects)
                if law:
                    yield Place(None, law)
            case _:
                yield from self._active(verb, start, end)

    def _active(self, verb: Verb, start: int, end: int) -> Iterator[Place]:
        subject = self.arguments.before(start, verb.subjects)
        if not subject:
            yield from self._without_subject(verb, start, end)
            return
        if verb.things:
            thing = re.compile(rf" (?P<thing>{verb.things.pattern})\b", re.I).match(self.text, end)
            if thing:
                for one in self.arguments.listed(subject, verb.subjects):
                    yield Place(one, None, thing["thing"])
            return
        object = self.arguments.after(end, verb.objects)
        if not object and (relative := _ANTECEDENT.search(self.text, 0, subject.start)):
            object = self.arguments.before(relative.start(), verb.objects)
        if not object and (it := _IT.match(self.text, end)):
            law = self.arguments.only_before(subject.start, verb.objects)
            object = replace(law, start=it.start() + 1, end=it.end()) if law else None
        if not object or not self._has_tail(verb, start, max(end, object.end)):
            return
        for one in self.arguments.listed(subject, verb.subjects):
            for other in self.arguments.objects(object, verb.objects):
                if one.actor != other.actor:
                    yield Place(one, other)

    def _without_subject(self, verb: Verb, start: int, end: int) -> Iterator[Place]:
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
                yield Place(None, one, somebody=somebody)

    def _without_times(self, first: int, last: int) -> str:
        """Return words without the times among them."""
        words = self.text[first:last]
        for time in self.times:
            if first <= time.start < last:
                words = words.replace(time.text, " ")
        return words

    def _agent_of_noun(self, verb: Verb, start: int, end: int) -> list[Place] | None:
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
        return [Place(subject, one) for one in objects if one.actor != (subject and subject.actor)]

    def _passive(self, verb: Verb, start: int, end: int) -> Iterator[Place]:
        subject = self.arguments.agent(end, verb.subjects)
        if verb.things:
            before = self.text[max(0, start - 60) : start].rstrip()
            thing = re.search(rf"(?:^|\W)(?P<thing>{verb.things.pattern})$", before, re.I)
            if thing and subject:
                yield Place(subject, None, thing["thing"])
            return
        object = self.arguments.before(start, verb.objects)
        if not object and subject:  # Being barred from it, the firm left.
            object = self.arguments.after(subject.end, verb.objects)
        if not object or not self._has_tail(verb, start, end):
            return
        if verb.head and not verb.head.search(self.text, *self._head_of(object)):
            return
        by = _BY_SOMEBODY.search(self.text, end, clause_around(self.text, start, end)[1])
        somebody = by["who"] if by and not subject else ""
        for one in self.arguments.listed(object, verb.objects):
            if subject is None or subject.actor != one.actor:
                yield Place(subject, one, somebody=somebody)

    def _head_of(self, object: Mention) -> tuple[int, int]:
        """Return where the words stand that an object belongs to, in its clause."""
        first, _ = clause_around(self.text, object.start, object.end)
        return first, object.start

    def _dative(self, verb: Verb, start: int, end: int) -> Iterator[Place]:
        """Yield who gives and who gets: terminals were supplied to Ukraine by SpaceX."""
        object = self.arguments.after(end, verb.objects)
        if not object or object.start - end > len(" the "):
            return
        subject = self.arguments.agent(object.end, verb.subjects)
        subject = subject or self.arguments.before(start, verb.subjects)
        if subject and subject.actor != object.actor:
            yield Place(subject, object)

    def _has_tail(self, verb: Verb, start: int, end: int) -> bool:
        if verb.tail is None:
            return True
        _, last = clause_around(self.text, start, end)
        return bool(verb.tail.search(self.text, start, min(last, end + 60)))
