"""Ties between two actors in a sentence, by the table of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from splinternet.essay.actors import Mention
from splinternet.essay.arguments import Arguments
from splinternet.essay.beside import (
    contract_owner,
    is_licensed,
    is_past,
    joined_before,
    means_intent,
    names_within,
    onlookers,
    others_told,
)
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.goods import is_elsewhere, is_from_elsewhere, is_owned
from splinternet.essay.moods import clause_around, mood_of_act, phrase_around
from splinternet.essay.orders import Orders, Place
from splinternet.essay.quotations import blanked
from splinternet.essay.scopes import scope_of
from splinternet.essay.sentences import Sentence
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference
from splinternet.essay.timing import are_joined, time_not_until
from splinternet.essay.verbs import Verb, acts_in, read_verbs

__all__ = ["find_ties"]

_NEXT_WORD = re.compile(r" \w+|$")
#: A clause of its own on what stands before it.
_RELATIVE = re.compile(r", (?:which|who)\b(?= )")
_UNTIL = re.compile(r"\b(?:until|till\b|up to (?:the |this |now))")
#: A name that the ledger lacks, joined to one that it has.
_JOINED_UNKNOWN = re.compile(r",? (?:and|or|as well as) (?:the )?[A-ZÀ-Þ][\w-]+(?! \w+ed\b)")
#: A subject that stands for one named before.
_PRONOUN = re.compile(r"\b[Ii]t (?:(?:had|has|also|then|later|soon|now|finally|even) ){0,2}$")
#: Units of what is told beside an act, of a place, a text or a wait.
_BESIDE = frozenset("pages lines km minutes hours inhabitants metres miles words seats".split())
#: No sentence has words for more acts.
_MOST_ACTS = 60
#: Kinds of objects that words after a comma describe, and those words.
_PRODUCTS = frozenset(("system", "site", "cable", "law"))
_APART = re.compile(r", (?:an?|the|its|another)\b[^,;:]*")
#: A clause on what was told just before.
_FOLLOWS = re.compile(r",? ?(?:where|which|when|who)\b[^,;:]*")
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)[0-9]{2}(?![\w%/-]|[.,][0-9])")


def find_ties(
    sentence: Sentence,
    mentions: Sequence[Mention],
    figures: Sequence[tuple[int, Figure]],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
    before: Sequence[Tie] = (),
) -> list[Tie]:
    """Find what a sentence says ties actors.

    The words of an act, with the nearest actor that may be its subject on one side and the nearest
    that may be its object on the other, and those joined to them by ``and``. Words within quotation
    marks are somebody else's and left out. Where several acts share words, the longest counts.
    ``It`` is the one subject of the acts before it in the sentence, or else of the ties ``before``,
    those of the sentence before.
    """
    reader = _Reader(sentence, mentions, figures, times, actors)
    if not reader.arguments.acting:
        return []
    limit = reader.limit()
    found = [
        (match.start, match.start - match.end, rank, match)
        for rank, (verb, order, hits) in enumerate(reader.hits)
        for match in reader.matches(verb, order, hits, limit)
    ]
    ties: list[Tie] = []
    taken = reach = 0
    for _, _, _, match in sorted(found, key=lambda each: each[:3]):
        within = match.start < (reach if match.noun else taken)
        if not within:
            ties += match.ties
            taken, reach = match.end, max(reach, match.reach)
    ties = [_with_subject(tie, ties[:at] or before, actors) for at, tie in enumerate(ties)]
    told = {(tie.predicate, tie.object) for tie in ties if tie.subject}
    return [tie for tie in ties if tie.subject or (tie.predicate, tie.object) not in told]


def _with_subject(tie: Tie, before: Sequence[Tie], actors: dict[str, Actor]) -> Tie:
    """Give ``it`` the one subject of the acts before it, if that may do this act too."""
    subjects = {each.subject for each in before}
    if not tie.by_pronoun or len(subjects) != 1 or any(each.joint for each in before):
        return tie
    (subject,) = subjects
    verb = next(verb for verb in read_verbs() if verb.act == tie.act)
    fits = subject is not None and actors[subject].kind in verb.subjects
    return replace(tie, subject=subject) if fits and subject != tie.object else tie


def _each_time(text: str, tie: Tie) -> list[Tie]:
    """Return a tie for each of two times at which it is said to have been: and again on."""
    if len(tie.times) != 2 or not are_joined(text, *tie.times):
        return [tie]
    return [replace(tie, times=(time,)) for time in tie.times]


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
        self.orders = Orders(self.arguments, times)
        self.onlookers = onlookers(self.text)
        self.untils = tuple(_UNTIL.finditer(self.text))
        self.hits = acts_in(self.text) if self.arguments.acting else []
        self._told_spans = [(time.start, time.end) for time in times]
        self._told_spans += [(mention.start, mention.end) for mention in self.mentions]
        self.others = others_told(self.text, {mention.start for mention in self.mentions})

    def limit(self) -> int:
        """Return how far acts are read: a sentence of more than any has is a list or worse."""
        starts = sorted(found.start() for _, _, hits in self.hits for found in hits)
        return starts[_MOST_ACTS] if len(starts) > _MOST_ACTS else len(self.text)

    def matches(
        self, verb: Verb, order: str, hits: Sequence[re.Match[str]], limit: int
    ) -> Iterator[_Match]:
        """Yield what the words of an act make, up to a place."""
        for found in hits:
            start, end = found.span()
            if start > limit:
                break
            if order == "active" and self.orders.is_participle(found):
                continue
            if is_licensed(self.text, start):
                continue
            places = list(self.orders.places(verb, order, start, end))
            parties = [m for p in places for m in (p.subject, p.object) if m]
            reach = max([*(m.end for m in parties), end])
            noun = order in ("noun", "between")
            ties = tuple(
                tie
                for place in places
                for tie in _each_time(self.text, self._tie(verb, found, place, parties, noun))
            )
            if order in ("pair", "between"):
                ties = tuple(replace(tie, joint=True) for tie in ties)
            if ties:
                yield _Match(start, end, reach, noun, ties)

    def _tie(
        self,
        verb: Verb,
        found: re.Match[str],
        place: Place,
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
        apart = self._apposition(place, last)
        tail = self.text.find(",", reach, last)
        core = tail if tail >= 0 else last
        others = [m for m in others if not apart[0] <= m.start < apart[1] and m.start < core]
        figures = self._figures(first, last, core)
        after = _FOLLOWS.match(self.text, last - 1) or _FOLLOWS.match(self.text, last)
        follows = after.end() if after else last
        asides = tuple(
            time
            for time in self.times
            if first <= time.start < follows and not phrase[0] <= time.start < phrase[1]
        )
        times = self._times(*phrase, found.start())
        mood = mood_of_act(
            verb.predicate, self.text, found, reach, noun, bool(figures), bool(asides)
        )
        if mood in ("negated", "ended") and (not_until := time_not_until(self.text, found, times)):
            mood, times = ("asserted" if mood == "negated" else mood), not_until
        mood = "ended" if verb.ends and mood == "asserted" else mood
        amid = self._object_amid(found) if place.thing else None
        return Tie(
            sentence=self.sentence.number,
            subject=place.subject.actor if place.subject else verb.agent,
            predicate=verb.predicate,
            object=place.object.actor if place.object else amid,
            text=" ".join(self.text[start:end].split()),
            scope=scope_of(
                self.text[first : apart[0]] + self.text[apart[1] : last], others, self.actors
            ),
            mood=mood,
            act=verb.act,
            thing=place.thing,
            figures=figures,
            aside_figures=self._aside_figures(figures, phrase),
            times=times,
            asides=asides,
            years=self._unread_years(first, last),
            past=is_past(self.text, found, reach),
            whole=self._is_whole(verb, found, place, reach, (first, last)),
            clause=self.text[first:last],
            somebody=place.somebody,
            partner=" ".join(
                (
                    *self._named_amid(found, place),
                    contract_owner(self.text, found.end(), place.object.start, place.object.end),
                )
            )
            if place.object
            else " ".join(self._named_amid(found, place)),
            by_pronoun=place.subject is None and self._is_pronoun(found.start(), (first, last)),
        )

    def _apposition(self, place: Place, last: int) -> tuple[int, int]:
        """Return where words stand that only describe a product: Aurora OS, a system for phones."""
        object = place.object
        product = object and self.actors[object.actor or ""].kind in _PRODUCTS
        apart = _APART.match(self.text, object.end, last) if object and product else None
        return apart.span() if apart else (last, last)

    def _is_pronoun(self, at: int, clause: tuple[int, int]) -> bool:
        """Tell whether ``it`` stands before a verb as its subject, alone in the clause."""
        named = any(clause[0] <= m.start < at for m in self.mentions)
        return not named and bool(_PRONOUN.search(self.text, clause[0], at))

    def _figures(self, first: int, last: int, core: int | None = None) -> tuple[int, ...]:
        """Return the figures of a clause but those that tell a time: eight years later.

        Of what is added after a comma, from ``core`` on, lengths and the like are left out.
        """
        core = last if core is None else core
        return tuple(
            index
            for index, figure in self.figures
            if first <= figure.start < last
            if figure.start < core or figure.unit not in _BESIDE
            if not any(start <= figure.start < end for start, end in self._told_spans)
            if not any(start <= figure.start < end for start, end in self.onlookers)
        )

    def _aside_figures(self, figures: tuple[int, ...], phrase: tuple[int, int]) -> tuple[int, ...]:
        """Return those of the figures of a clause that stand outside its phrase on the act."""
        own = self._figures(*phrase) if figures else ()
        return tuple(index for index in figures if index not in own)

    def _is_whole(
        self,
        verb: Verb,
        found: re.Match[str],
        place: Place,
        reach: int,
        clause: tuple[int, int],
    ) -> bool:
        """Tell whether the words name nobody and nothing else than the two.

        Such as somebody beside the object; something of the object's other than its goods
        (``Huawei's rival``); a ban from elsewhere than networks; or an intent.
        """
        if self._goes_on_untold(found.end()):
            return False
        amid = bool(self._named_amid(found, place)) and not (place.object or place.thing)
        meant = means_intent(self.text, *clause) or self._is_told_of_more(place, reach)
        if place.object is None:
            return not (amid or meant)
        beside = _JOINED_UNKNOWN.match(self.text, reach)
        beside = None if self.arguments.begins_clause(reach) else beside
        after = max(place.object.end, found.end())
        part = scope_of(self.text[slice(*clause)], (), self.actors).segments
        elsewhere = verb.predicate == "bans" and is_from_elsewhere(self.text, after)
        elsewhere = (elsewhere and not part) or is_elsewhere(self.text, after)
        owned = is_owned(self.text, place.object.end)
        owned = owned and not (
            verb.tail and verb.tail.search(self.text, place.object.end, reach + 30)
        )
        return not (meant or beside or elsewhere or owned)

    def _is_told_of_more(self, place: Place, reach: int) -> bool:
        """Tell whether the same is said of somebody else: and Huawei too, and it blocked Skype."""
        at = place.subject.start if place.subject else 0
        if self._has_unknown_before(at):
            return True
        listed = [m for m in (place.subject, place.object) if m and m.end < reach]
        if any(self._has_unknown_beside(m.start, m.end) for m in listed):
            return True
        return any(start >= reach for start in self.others)

    def _has_unknown_before(self, at: int) -> bool:
        """Tell whether a name that the ledger lacks is joined to one that starts at a place."""
        name = joined_before(self.text, at)
        return name is not None and not any(name < m.end <= at for m in self.mentions)

    def _has_unknown_beside(self, start: int, end: int) -> bool:
        """Tell whether a name that the ledger lacks is joined to one at a place."""
        joined = _JOINED_UNKNOWN.match(self.text, end)
        if joined and not any(end <= m.start < joined.end() for m in self.mentions):
            return self._has_unknown_before(start) or not self.arguments.begins_clause(end)
        return self._has_unknown_before(start)

    def _named_amid(self, found: re.Match[str], place: Place) -> list[str]:
        """Return the names within the words of an act, but the subject's own and an object."""
        if place.thing:
            return names_within(found[0], {m.text for m in self.mentions})
        own = place.subject.actor if place.subject else None
        within = [m for m in self.arguments.acting if found.start() < m.start < found.end()]
        return [m.text for m in within if m.actor != own]

    def _object_amid(self, found: re.Match[str]) -> str | None:
        """Return the one actor within the words of an act: cut Xinjiang off from the Internet."""
        within = [m for m in self.arguments.acting if found.start() < m.start < found.end()]
        return within[0].actor if len(within) == 1 else None

    def _unread_years(self, first: int, last: int) -> tuple[str, ...]:
        """Return the years of a clause that are of no time, figure or name in it."""
        figures = [(figure.start, figure.end) for _, figure in self.figures]
        known = [*self._told_spans, *figures]
        return tuple(
            year[0]
            for year in _YEAR.finditer(self.text, first, last)
            if not any(start <= year.start() < end for start, end in known)
        )

    def _goes_on_untold(self, at: int) -> bool:
        """Tell whether the sentence names an end of what it tells that is no time that is known."""
        for until in self.untils:
            if until.start() >= at and not any(
                t.start <= until.start() < t.end and t.period for t in self.times
            ):
                return True
        return False

    def _times(self, first: int, last: int, at: int) -> tuple[TimeReference, ...]:
        """Return the times of a clause; without any, the one that the sentence starts with."""
        here = tuple(t for t in self.times if first <= t.start < last)
        alone = self.times if len(self.times) == 1 and self.times[0].start < at else ()
        return here or tuple(alone)
