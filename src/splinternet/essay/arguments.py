"""Subject and object of an act: the actors of a sentence that stand where they must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from splinternet.essay.actors import Mention
from splinternet.essay.gazetteer import Actor
from splinternet.essay.moods import clause_around
from splinternet.essay.verbs import has_act, is_act_at

__all__ = ["Arguments"]

#: So far from the words, in characters, an actor may stand.
_FAR = 120
_SEPARATES = re.compile(r"[;:]|\([^()]*\)")
#: What may lead to a clause with a subject of its own, after an actor of the one before.
_CLAUSE_JOINT = re.compile(r", (?:and|but|or) (?:the )?")
#: Words between two actors of which the second stands in another clause.
_ANOTHER_CLAUSE = re.compile(r", (?:and|but|while|whereas)\b")
#: What leads to another verb of the same subject: dropped Huawei and chose.
_SAME_SUBJECT = re.compile(r",? (?:and|then|and then|but|and later|and instead|and so) ?")
_ALSO_DID = re.compile(r"[^,] and (?:then |later |also )?$")
_LISTED = re.compile(r",? (?:(?:and|or) )?(?:the )?")
_JOINS = re.compile(r"(?:[’']s)?,? (?:and|with )?(?:and )?(?:the )?(?:[’']s)?")
#: Words set apart by commas that describe what stands before them.
_APART = re.compile(
    r", (?:(?:an?|one|the|its|then|once|now)\b|[A-ZÀ-Þ][\w-]+[’']s? (?=[a-z]))[^,;]{2,60}"
    r", ?(?:(?:has|have|had|also) ){0,2}$"
)
#: What makes an adjective stand for the state: its Russian customers.
_BELONGING = re.compile(r" (?:customers|clients|networks|operators|users|business|market|firms)\b")
#: An aim, which has objects of its own: paid for a cable to keep Huawei away.
_PURPOSE = re.compile(
    r" to (?!the\b|its\b|their\b|a\b|his\b|her\b)[a-z]{3,}\b|\bbecause\b|\bso that\b|, but\b"
)
_BY = re.compile(r"\b(?:by|from|of|in|under) (?:the )?$")
#: What somebody is, before the name: by the freighter Vezhen.
_APPOSED = (
    r"(?:(?:[A-ZÀ-Þ][a-z]+ )?(?:freighter|ship|tanker|vessel|carrier|operator|firm|company|vendor|"
    r"supplier|maker|giant|group|regulator|agency|bank) )?"
)
_BY_ONLY = re.compile(rf"\bby (?:(?:the|its) {_APPOSED})?$")
_TO = re.compile(rf" (?:the {_APPOSED})?")
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
#: A contract, whose it is, and with whom.
_CONTRACT_OF = re.compile(r"\b(?:contract|deal|order|agreement) of (?:the )?$")
_WITH = re.compile(r" (?:with|from) (?:the )?")
_CONTRACT_WITH = re.compile(
    r"[’']s? (?:[\w-]+ ){0,3}?(?:contract|deal|order|agreement) (?:with|from) (?:the )?"
)
#: What leads to the verb of a clause whose subject stands in the clause before.
_LEADING = re.compile(
    r"^(?:,? ?(?:and|but|then|so|yet|also|later|now|still|has|had|have|was|were|is) ?)+"
)


class Arguments:
    """The actors of one sentence, sought by where they stand.

    Parameters
    ----------
    text
        The sentence, without what it quotes.
    mentions
        The actors that it names.
    actors
        Those of the ledger, by id.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], actors: dict[str, Actor]) -> None:
        self.text = text
        self.mentions = mentions
        self.actors = actors
        self.acting = [m for m in mentions if m.acts or self._stands_for_state(m)]
        self._acting = {id(mention) for mention in self.acting}

    def kind(self, mention: Mention) -> str:
        """Return the kind of an actor."""
        return self.actors[mention.actor or ""].kind

    def before(self, at: int, kinds: frozenset[str]) -> Mention | None:
        """Return the nearest actor before a place, in its clause or the main one."""
        first = self.subject_from(at)
        near = [m for m in self.acting if m.acts and first <= m.start < m.end <= at]
        near = [m for m in near if self.kind(m) in kinds]
        while len(near) > 1 and (
            self._is_set_apart(near[-1], at) or _SAME_SUBJECT.fullmatch(self.text, near[-1].end, at)
        ):
            near.pop()
        if len(near) > 1 and _ALSO_DID.search(self.text, max(0, at - 16), at):
            return near[0]  # who did what stands before: chose Samsung and left Huawei out
        return near[-1] if near and self._is_near(near[-1].end, at) else None

    def only_before(self, at: int, kinds: frozenset[str]) -> Mention | None:
        """Return the actor before a place that ``it`` may mean: the one law named there."""
        named = [m for m in self.acting if m.end <= at and self.kind(m) == "law"]
        alone = {mention.actor for mention in named}
        return named[-1] if len(alone) == 1 and "law" in kinds else None

    def after(self, at: int, kinds: frozenset[str]) -> Mention | None:
        """Return the nearest actor after a place that is no part of an aim."""
        for mention in self.mentions:
            region = mention.rule == "adjective" and self.kind(mention) == "region"
            acts = id(mention) in self._acting or region
            if mention.start >= at and acts and self.kind(mention) in kinds:
                aside = _PURPOSE.search(self.text, at, mention.start)
                beyond = aside or self._is_beyond_clause(at, mention)
                return mention if self._is_near(at, mention.start) and not beyond else None
        return None

    def _is_beyond_clause(self, at: int, mention: Mention) -> bool:
        """Tell whether an actor stands in a later clause, beyond another one of this clause."""
        joint = _ANOTHER_CLAUSE.search(self.text, at, mention.start)
        nearer = joint and any(at <= m.start < joint.start() for m in self.acting)
        return bool(nearer) and is_act_at(self.text, mention.end + 1)

    def agent(self, end: int, kinds: frozenset[str]) -> Mention | None:
        """Return who does what stands in the passive: after by, or whose thing it is."""
        near = [m for m in self.acting if m.start >= end and self.kind(m) in kinds]
        near = [m for m in near if self._is_near(end, m.start)]
        for mention in near:
            if _BY_ONLY.search(self.text, max(0, mention.start - 40), mention.start):
                return mention
        if (
            near
            and self.text[:end].endswith(" to")
            and _TO.fullmatch(self.text[end : near[0].start])
        ):
            return near[0]  # contracted to, went to
        if near and _BY.search(self.text, max(0, near[0].start - 12), near[0].start):
            return near[0]
        return None

    def listed(self, mention: Mention, kinds: frozenset[str]) -> list[Mention]:
        """Return an actor with those before or after it in a list that ends in ``and``."""
        acting = [m for m in self.acting if self.kind(m) in kinds]
        if mention not in acting:
            return [mention]
        first = last = acting.index(mention)
        while first and self._joined(acting[first - 1], acting[first]):
            first -= 1
        while last + 1 < len(acting) and self._joined(acting[last], acting[last + 1]):
            last += 1
        listed = acting[first : last + 1]
        for cut in range(1, len(listed)):
            if self._is_next_clause(listed[:cut], listed[cut]):
                listed = listed[:cut] if mention in listed[:cut] else listed[cut:]
                break
        if len(listed) < 2 or not re.search("and|or", self._between(*listed[-2:])):
            return [mention]
        return listed

    def objects(self, object: Mention, kinds: frozenset[str]) -> list[Mention]:
        """Return the objects; of a contract of or between two, the firm that comes second."""
        listed = self.listed(object, kinds)
        between = _BETWEEN.search(self.text, max(0, object.start - 20), object.start)
        if partner := self._partner(object, kinds):
            return [partner]
        return listed[-1:] if between else listed

    def _partner(self, object: Mention, kinds: frozenset[str]) -> Mention | None:
        """Return the firm with which the object has the contract that is spoken of."""
        following = (m for m in self.acting if m.start >= object.end and self.kind(m) in kinds)
        other = next(following, None)
        if other is None:
            return None
        of = _CONTRACT_OF.search(self.text, max(0, object.start - 30), object.start)
        joint = _WITH if of else _CONTRACT_WITH
        return other if joint.fullmatch(self._between(object, other)) else None

    def pair(self, two: Sequence[Mention], at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield two actors if only ``and`` stands between them, and they are near."""
        if len(two) == 2:
            first, second = two
            together = first.start == second.start or _JOINS.fullmatch(self._between(*two))
            near = min(abs(second.end - at), abs(first.start - at)) <= _FAR
            if together and near and first.actor != second.actor:
                yield first, second

    def subject_from(self, at: int) -> int:
        """Return how far back a subject may stand: to the start of a clause that has its own."""
        first, _ = clause_around(self.text, at, at)
        own = _LEADING.sub("", self.text[first:at])
        relative = re.search(r"\b(?:which|who)$", self.text[max(0, first - 6) : first])
        return 0 if relative or not own.strip() else first

    def _is_next_clause(self, before: Sequence[Mention], other: Mention) -> bool:
        """Tell whether ``, and`` leads to a clause of its own: Samsung, and Viettel picked."""
        if not _CLAUSE_JOINT.fullmatch(self._between(before[-1], other)):
            return False
        told = any("and" in self._between(*two) for two in pairwise(before))
        if not (len(before) == 1 or told) or not is_act_at(self.text, other.end + 1):
            return False
        return has_act(self.text, before[0].start)

    def begins_clause(self, at: int) -> bool:
        """Tell whether an actor right after ``, and`` at a place begins a clause of its own."""
        joint = _CLAUSE_JOINT.match(self.text, at)
        starts = (m for m in self.acting if joint and m.start == joint.end())
        return any(is_act_at(self.text, m.end + 1) for m in starts)

    def _joined(self, one: Mention, other: Mention) -> bool:
        return bool(_LISTED.fullmatch(self._between(one, other)))

    def _between(self, one: Mention, other: Mention) -> str:
        return self.text[one.end : other.start]

    def _is_set_apart(self, mention: Mention, at: int) -> bool:
        """Tell whether an actor only describes the subject: Cogent, a firm of the United States."""
        apart = _APART.search(self.text[:at], max(0, mention.start - 60))
        return bool(apart and apart.start() < mention.start and mention.end < apart.end())

    def _stands_for_state(self, mention: Mention) -> bool:
        belongs = _BELONGING.match(self.text, mention.end)
        return mention.rule == "adjective" and bool(belongs)

    def _is_near(self, start: int, end: int) -> bool:
        return end - start <= _FAR and not _SEPARATES.search(self.text, start, end)
