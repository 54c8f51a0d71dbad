"""What a sentence says ties two actors, in the predicates of a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.quotations import blanked
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.sentences import Sentence

__all__ = ["Tie", "find_ties"]

#: How a tie is put: as so, as not so, or as possible or to come.
Mood = Literal["asserted", "negated", "possible"]

_POWERS = frozenset(("state", "agency", "person", "organisation"))
_ANY = _POWERS | FIRMS | {"group", "region"}

_WORKS_WITH = (
    r"(?:work(?:s|ed|ing)?|partner(?:s|ed|ing)?|cooperat(?:e|es|ed|ing)|co-operat(?:e|es|ed|ing)|"
    r"collaborat(?:e|es|ed|ing)|team(?:s|ed|ing)? up)"
)
_PACT = (
    r"(?:joint (?:venture|deal|agreement|project|statement|declaration)|partnership|alliance|"
    r"(?:strategic|close) relationship|agreement|memorandum|pact)"
)


@dataclass(frozen=True)
class _Pattern:
    """Words that tie actors: where subject and object stand, and what they may be.

    ``order`` is active (subject, words, object), passive (object, words, subject), or pair, for
    two actors joined by ``and`` before the words, or after them where ``after`` is set.
    """

    predicate: str
    words: re.Pattern[str]
    order: Literal["active", "passive", "pair", "pair after"]
    subjects: frozenset[str]
    objects: frozenset[str]


def _pattern(
    predicate: str,
    order: Literal["active", "passive", "pair", "pair after"],
    words: str,
    subjects: frozenset[str] = _ANY,
    objects: frozenset[str] = _ANY,
) -> _Pattern:
    return _Pattern(predicate, re.compile(rf"\b(?:{words})\b", re.I), order, subjects, objects)


_BE = r"(?:is|are|was|were|be|been|being)(?: (?:also|since|now|then|recently|effectively))?"
_BANNED = r"(?:banned|barred|blacklisted|outlawed|prohibited|forbidden|shut out)"
_CURBED = r"(?:restricted|sanctioned|limited)"
_PATTERNS = (
    _pattern("bans", "passive", rf"{_BE} {_BANNED}(?: from| in| by)", _POWERS, FIRMS),
    _pattern("bans", "active", r"(?<!be )(?<!been )(?<!being )(?<!was )(?<!were )(?<!is )(?:bans|"
             r"banned|banning|barred|blacklisted|outlawed|prohibited)", _POWERS, FIRMS),
    _pattern("restricts", "passive", rf"{_BE} {_CURBED}(?: in| by)", _POWERS, FIRMS),
    _pattern("restricts", "active", r"restricts|restricting|sanctions|sanctioning", _POWERS, FIRMS),
    _pattern("accuses", "active", r"accuse[sd]?|accusing", _ANY, _ANY),
    _pattern("partners_with", "active", rf"{_WORKS_WITH}(?: \w+)? with", _ANY, _ANY),
    _pattern("partners_with", "active", rf"{_PACT} with", _ANY, _ANY),
    _pattern("partners_with", "pair", rf"(?:{_WORKS_WITH} together|"
             rf"(?:sign(?:s|ed)?|cement(?:s|ed)?|form(?:s|ed)?|continue|conclude[sd]?|announced?) "
             rf"(?:\w+ ){{0,3}}?{_PACT})|(?<=[’']s ){_PACT}", _ANY, _ANY),
    _pattern("partners_with", "pair after", rf"{_PACT} (?:between|of)|"
             rf"{_PACT},? (?:\w+ ){{0,2}}?(?:signed|concluded) by", _ANY, _ANY),
    _pattern("sells_to", "active", r"sells?|sold|selling", FIRMS, _ANY),
    _pattern("supplies", "active", r"suppl(?:y|ies|ied|ying)|equip(?:s|ped|ping)?", FIRMS, _ANY),
    _pattern("contracts", "active", r"awarded (?:\w+ ){0,3}?contracts? to|contracted", _ANY, FIRMS),
    _pattern("trials_with", "active", r"(?:test(?:s|ed|ing)?|trial(?:s|led)?|pilot(?:s|ed|ing)?) "
             r"(?:\w+ ){0,3}?with", _ANY, FIRMS),
    _pattern("acquires", "active", r"acquire[sd]?|acquiring|took over|"
             r"bought(?! (?:[\w,-]+ ){0,6}?from)", _ANY, FIRMS),
    _pattern("sells_to", "passive", r"(?:bought|buys?|buying|purchase[sd]?) (?:[\w,-]+ ){0,6}?from",
             FIRMS, _ANY),
    _pattern("owns", "active", r"owns|owned", _ANY, _ANY),
    _pattern("finances", "active", r"financ(?:es|ed|ing)|lent|lends|funded|funds", _ANY, _ANY),
    _pattern("enacts", "active", r"enact(?:s|ed)|passed|adopted|signed(?: \w+){0,3}? into law",
             _POWERS, frozenset(("law",))),
    _pattern("builds", "active", r"builds?|built|building", FIRMS,
             frozenset(("cable", "site", "system"))),
)  # fmt: skip

_NEGATION = re.compile(
    r"\b(?:not|never|no longer|without|cannot|neither|nor|den(?:y|ies|ied)|refus(?:e|es|ed))\b"
    r"|n[’']t\b"
)
_MODAL = re.compile(
    r"\b(?:will|would|may|might|could|can|should|shall|likely|possibly|perhaps|potentially|if|"
    r"plans?|planned|hopes?|poised|allegedly|reportedly)\b"
)
#: So far from the words, in characters, an actor may stand.
_FAR = 120
_SEPARATES = re.compile(r"[;:]|\([^()]*\)")
_NEXT_WORD = re.compile(r" \w+|$")
#: Where the words about a tie end.
_CLAUSE_END = re.compile(
    r"[,;:(.](?: |$)| (?:which|that|who|while|whereas|but|and|as|for|because|after|before|when|"
    r"since|until|where)\b"
)
_LISTED = re.compile(r",? (?:(?:and|or) )?(?:the )?")
_JOINS = re.compile(r"(?:[’']s)?,? (?:and )?(?:the )?(?:[’']s)?")


@dataclass(frozen=True)
class Tie:
    """A subject, a predicate and an object, as a sentence has them.

    Parameters
    ----------
    sentence
        Number of the sentence.
    subject, object
        Ids of actors.
    predicate
        A predicate of the ledger.
    text
        The words from the first of them to the last.
    scope
        What these words limit it to.
    mood
        asserted, negated or possible.
    figure
        Index of the figure that says how much, where there is one.
    """

    sentence: int
    subject: str
    predicate: str
    object: str
    text: str
    scope: Scope
    mood: Mood
    figure: int | None = None


def find_ties(
    sentence: Sentence,
    mentions: Sequence[Mention],
    figures: Sequence[tuple[int, Figure]],
    actors: dict[str, Actor],
) -> list[Tie]:
    """Find what a sentence says ties actors.

    A verb or noun of the predicate, with the nearest actor that may be its subject on one side and
    the nearest that may be its object on the other, and those joined to them by ``and``. Words
    within quotation marks are somebody else's and left out. A share of a market ties whoever has
    it to the state of the market.
    """
    reader = _Reader(sentence, mentions, figures, actors)
    ties = [tie for pattern in _PATTERNS for tie in reader.matches(pattern)]
    ties += [tie for index, figure in figures if (tie := reader.share(index, figure))]
    seen: dict[tuple[str, str, str, int | None], Tie] = {}
    for tie in ties:
        seen.setdefault((tie.subject, tie.predicate, tie.object, tie.figure), tie)
    return list(seen.values())


class _Reader:
    """Reads the ties of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        figures: Sequence[tuple[int, Figure]],
        actors: dict[str, Actor],
    ) -> None:
        self.sentence = sentence
        self.figures = figures
        self.actors = actors
        self.text = blanked(sentence.text)
        self.mentions = [m for m in mentions if m.actor and self.text[m.start] != " "]

    def share(self, index: int, figure: Figure) -> Tie | None:
        """Return the tie that a share of a nation's market, or of its equipment, is."""
        if figure.actor is None or len(figure.scope.countries) != 1:
            return None
        state = figure.scope.countries[0].lower()
        equipment = figure.unit == "%" and {"telecom-equipment", "RAN"} & set(figure.scope.segments)
        if state not in self.actors or not (figure.is_market_share or equipment):
            return None
        return Tie(
            sentence=figure.sentence,
            subject=figure.actor,
            predicate="market_share" if figure.is_market_share else "vendor_share",
            object=state,
            text=figure.text,
            scope=figure.scope,
            mood=self._mood(figure.start, figure.end),
            figure=index,
        )

    def matches(self, pattern: _Pattern) -> Iterator[Tie]:
        """Yield the ties that the words of a pattern make."""
        for found in pattern.words.finditer(self.text):
            pairs = list(self._pairs(pattern, found))
            reach = max((mention.end for pair in pairs for mention in pair), default=0)
            for subject, object in pairs:
                if subject.actor and object.actor and subject.actor != object.actor:
                    yield self._tie(pattern, found, subject, object, max(reach, found.end()))

    def _tie(
        self,
        pattern: _Pattern,
        found: re.Match[str],
        subject: Mention,
        object: Mention,
        reach: int,
    ) -> Tie:
        """Make a tie; ``reach`` is where the last actor stands that the words tie."""
        assert subject.actor
        assert object.actor
        start = min(subject.start, object.start, found.start())
        end = max(subject.end, object.end, found.end())
        if object.rule == "adjective":  # European countries
            end += len(_NEXT_WORD.findall(self.text, end, end + 40)[0])
        close = _CLAUSE_END.search(self.text, max(reach, end))
        clause_end = close.start() if close else len(self.text)
        amounts = [
            index
            for index, figure in self.figures
            if start <= figure.start < clause_end
            and (figure.unit not in ("%", "times") or found.end() <= figure.start < end)
        ]
        return Tie(
            sentence=self.sentence.number,
            subject=subject.actor,
            predicate=pattern.predicate,
            object=object.actor,
            text=" ".join(self.text[start:end].split()),
            scope=scope_of(self.text[start:clause_end], (), self.actors),
            mood=self._mood(*found.span()),
            figure=amounts[0] if amounts else None,
        )

    def _pairs(self, pattern: _Pattern, found: re.Match[str]) -> Iterator[tuple[Mention, Mention]]:
        """Yield subjects and objects."""
        start, end = found.span()
        acting = self._acting()
        match pattern.order:
            case "active":
                subject = self._before(start, pattern.subjects)
                object = self._after(end, pattern.objects)
            case "passive":
                object = self._before(start, pattern.objects)
                subject = self._after(end, pattern.subjects)
                if not object and subject:
                    object = self._after(subject.end, pattern.objects)
            case "pair":
                yield from self._two([m for m in acting if m.end <= start][-2:], start)
                return
            case "pair after":
                yield from self._two([m for m in acting if m.start >= end][:2], end)
                return
        if subject and object:
            for one in self._listed(subject, pattern.subjects):
                for other in self._listed(object, pattern.objects):
                    yield one, other

    def _listed(self, mention: Mention, kinds: frozenset[str]) -> list[Mention]:
        """Return an actor with those before or after it in a list that ends in ``and``."""
        acting = [m for m in self._acting() if self._kind(m) in kinds]
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

    def _acting(self) -> list[Mention]:
        return [m for m in self.mentions if m.acts and self._kind(m) in _ANY]

    def _two(self, two: Sequence[Mention], at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield two actors if only ``and`` stands between them, and they are near."""
        if len(two) == 2:
            first, second = two
            together = first.start == second.start or _JOINS.fullmatch(self._between(*two))
            if together and min(abs(second.end - at), abs(first.start - at)) <= _FAR:
                yield first, second

    def _before(self, at: int, kinds: frozenset[str]) -> Mention | None:
        near = [m for m in self._acting() if m.end <= at and self._kind(m) in kinds]
        return near[-1] if near and self._is_near(near[-1].end, at) else None

    def _after(self, at: int, kinds: frozenset[str]) -> Mention | None:
        for mention in self.mentions:
            region = mention.rule == "adjective" and self._kind(mention) == "region"
            acts = mention.acts or region
            if acts and mention.start >= at and self._kind(mention) in kinds:
                return mention if self._is_near(at, mention.start) else None
        return None

    def _is_near(self, start: int, end: int) -> bool:
        return end - start <= _FAR and not _SEPARATES.search(self.text, start, end)

    def _kind(self, mention: Mention) -> str:
        return self.actors[mention.actor or ""].kind

    def _mood(self, start: int, end: int) -> Mood:
        """Tell what the few words before say of it."""
        before = " ".join(self.text[max(0, start - 80) : end].split()[-6:])
        if _NEGATION.search(before):
            return "negated"
        return "possible" if _MODAL.search(before) else "asserted"
