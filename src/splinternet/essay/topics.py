"""Statements that a sentence is on, by its parties and its act, whatever it says of them.

A statement is borne out by a sentence that tells all of it, and may be contradicted by one that
does not: *never had any part in* denies a contract in words that no contract is told by. So less is
asked here: that both parties are named, or are told by words of their names; that nobody else is;
and that no word is left that tells one act from another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.anchors import Anchors, is_plain
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings
from splinternet.ledger.vocabulary import UNKNOWN_CAUSE

__all__ = ["Topic", "Topics"]

#: So much of a name, or of a claim, has to be told where nobody is named.
_ENOUGH = 0.6
#: Kinds of actors that words may tell without their name.
_DESCRIBED = frozenset(("group", "market", "law", "cable", "site", "system", "region", "network"))
#: Those of which the object alone may tell who acted.
_BY_OBJECT = frozenset(("damages", "enacts", "regulates", "lands_at", "builds", "operates"))
_KINDS = frozenset(("fact", "estimate"))
#: Acts that are words.
_WORDS = frozenset(("accuses", "states", "allows"))
#: A state that is told as a place, or as whose firm somebody is.
_PLACE = re.compile(
    r"\b(?:in|of|from|to|for|at|off|near|into|across|throughout|outside|within|between|with|and|on|"
    r"against|via) (?:the |all |northern |southern |eastern |western )?$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s?\b|[-–]")
#: Words that stand in many names, and tell nobody.
_COMMON = roots(
    "system systems company group law act of the and for in on new cable cables amendment"
)


@dataclass(frozen=True)
class Topic:
    """A statement that a passage is on, where its parties stand, and how many words they share."""

    statement: Statement
    subject: Mention | None
    object: Mention | None
    shared: int


class Topics:
    """The statements of a ledger, to find those that a passage is on.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    parties
        Its actors, and who acts for whom.
    tellings
        The words by which its statements may be told.
    """

    def __init__(
        self, statements: Mapping[str, Statement], parties: Parties, tellings: Tellings
    ) -> None:
        self.parties = parties
        self.actors = parties.actors
        self.tellings = tellings
        self.lexicon = read_lexicon()
        self.anchors = Anchors()
        self._of_actor: defaultdict[str, list[Statement]] = defaultdict(list)
        self._named_only: set[str] = set()
        self._of_country: defaultdict[str, list[Statement]] = defaultdict(list)
        for one in statements.values():
            for actor in {one.subject, one.object or one.subject}:
                self._of_actor[actor].append(one)
            described = self.actors[one.object].kind in _DESCRIBED if one.object else True
            if not (described or one.claim or one.predicate in _BY_OBJECT):
                self._named_only.add(one.id)
            if one.object and one.predicate in _BY_OBJECT and self._is_nameless(one.object):
                for country in one.scope.countries:
                    self._of_country[country].append(one)
        self._names: dict[str, tuple[frozenset[str], ...]] = {}

    def of(self, passage: Passage, may_be: Callable[[Statement], bool]) -> list[Topic]:
        """Return the statements that a passage is on, those with most of its words first."""
        named = self._named(passage)
        words = self.lexicon.with_same(passage.words)
        candidates = {
            s.id: s
            for id in sorted(named)
            for s in self._of_actor.get(id, ())
            if s.id not in self._named_only or (s.object in named and s.subject in named)
            if may_be(s)
        }
        countries = {self.actors[id].country for id in named if self.actors[id].kind == "state"}
        there = (
            s for country in sorted(c for c in countries if c) for s in self._of_country[country]
        )
        candidates.update({s.id: s for s in there if may_be(s)})
        scope = scope_of(passage.text, (), self.actors)
        found = (self._topic(passage, s, named, words, scope) for s in candidates.values())
        return sorted((each for each in found if each), key=lambda each: -each.shared)

    def between(self, one: Statement) -> list[Statement]:
        """Return the statements of the parties of one, in any order."""
        pair = {one.subject, one.object}
        return [s for s in self._of_actor[one.subject] if {s.subject, s.object} == pair]

    @staticmethod
    def without_names(passage: Passage, *more: tuple[int, int]) -> Passage:
        """Return a passage with blanks for names and times, and for ``more`` places."""
        spans = [(mention.start, mention.end) for mention in passage.mentions]
        spans += [(time.start, time.end) for time in passage.times]
        return replace(passage.blanked([*spans, *more]), ties=[])

    @staticmethod
    def with_masks(passage: Passage) -> str:
        """Return the text of a passage with words of no meaning for its names."""
        text = passage.text
        for mention in passage.mentions:
            name = "x" * (mention.end - mention.start)
            text = f"{text[: mention.start]}{name}{text[mention.end :]}"
        return text

    def leaves_nothing(
        self, passage: Passage, one: Statement, more: frozenset[str], most: int = 0
    ) -> bool:
        """Tell whether no word or name, or at ``most`` so many words, tell one act from another.

        ``more`` are words that what contradicts it may be told by.
        """
        known = self.tellings.known(one) | self.lexicon.idle | more
        left = passage.words - known - passage.persons
        if sum(not is_plain(word) for word in left) > most:
            return False
        return not self.anchors.names_another(passage, known)

    def _is_nameless(self, actor: str) -> bool:
        """Tell whether an actor is told by words rather than by its name."""
        return self.actors[actor].kind in ("cable", "group")

    def _named(self, passage: Passage) -> frozenset[str]:
        """Return whoever is named, with those whose acts theirs are."""
        ids = {m.actor for m in passage.mentions if m.actor}
        ids = ids.union(*(m.candidates for m in passage.mentions))
        countries = {self.actors[id].country for id in ids if self.actors[id].kind == "state"}
        ids |= self.parties.local_ones(ids, [c for c in countries if c])
        return frozenset[str]().union(*map(self.parties.related_to, ids))

    def _topic(
        self,
        passage: Passage,
        one: Statement,
        named: frozenset[str],
        words: frozenset[str],
        scope: Scope,
    ) -> Topic | None:
        if one.of_an_essay or one.deprecated:
            return None
        if (
            one.kind not in _KINDS
            and not (one.kind == "forecast" and is_unsure(passage.text))
            and not (one.kind == "quote" and one.predicate in _WORDS)
        ):
            return None
        if not self._is_named(one, named, words):
            return None
        if not _overlaps(scope, one) or self._has_others(passage, one):
            return None
        shared = len(passage.words & self.tellings.told(one))
        object = self._place(passage, one.object)
        return Topic(one, self._place(passage, one.subject), object, shared)

    def _is_named(self, one: Statement, named: frozenset[str], words: frozenset[str]) -> bool:
        """Tell whether both parties are named, or told by words."""
        subject = one.subject in named or one.subject == UNKNOWN_CAUSE
        object = one.object is not None and one.object in named
        if subject and object:
            return True
        if object and one.predicate in _BY_OBJECT and one.object in named:
            return True
        if one.subject == UNKNOWN_CAUSE and one.object and self._is_described(one.object, words):
            return True
        claim = roots(one.claim or "") - self.lexicon.idle
        claimed = bool(claim) and len(claim & words) >= _ENOUGH * len(claim)
        if subject and one.subject in named:
            return claimed or (bool(one.object) and self._is_described(one.object or "", words))
        return False

    def _is_described(self, actor: str, words: frozenset[str]) -> bool:
        """Tell whether words tell most of one of an actor's names."""
        if self.actors[actor].kind not in _DESCRIBED:
            return False
        if actor not in self._names:
            states = self.tellings.names_of_states()
            names = (roots(name) for name in self.actors[actor].names)
            bare = (frozenset(w for w in n if not w.isdigit()) for n in names)
            self._names[actor] = tuple(n - states - _COMMON for n in bare)
        return any(n and len(n & words) >= _ENOUGH * len(n) for n in self._names[actor])

    def _has_others(self, passage: Passage, one: Statement) -> bool:
        """Tell whether a firm, law, cable or state is named that is no party and is not told of."""
        ends = [id for id in (one.subject, one.object) if id]
        related = frozenset[str]().union(*map(self.parties.related_to, ends))
        related |= self.parties.bearers(ends)
        countries = {self.actors[id].country for id in ends} | {*one.scope.countries}
        names = " ".join(name for id in ends for name in self.actors[id].names)
        told = f"{one.words} {names}".casefold()
        for mention in passage.mentions:
            if mention.actor is None or mention.actor in related or mention.state in related:
                continue
            if related & self.parties.related_to(mention.actor):
                continue
            actor = self.actors[mention.actor]
            if actor.kind in ("state", "region") and actor.country in countries:
                if _acts_itself(passage.text, mention):
                    return True
                continue
            if any(name.casefold() in told for name in (*actor.names, mention.text)):
                continue
            if actor.kind in FIRMS | {"state", "law", "cable", "site", "agency", "network"}:
                return True
        return False

    def _place(self, passage: Passage, actor: str | None) -> Mention | None:
        if actor is None:
            return None
        named = (m for m in passage.mentions if m.actor)
        return next(
            (m for m in named if actor in self.parties.related_to(m.actor or "")), None
        ) or next((m for m in passage.mentions if actor in m.candidates), None)


def _acts_itself(text: str, mention: Mention) -> bool:
    """Tell whether a state is who acts, rather than where somebody is."""
    there = _PLACE.search(text[: mention.start]) or _POSSESSIVE.match(text, mention.end)
    return mention.rule in ("name", "capital", "seat") and not there


def _overlaps(claimed: Scope, one: Statement) -> bool:
    """Tell whether what is told may be of the generations and parts of a statement."""
    stated = {*one.scope.generations}
    if claimed.generations and stated and not stated & {*claimed.generations}:
        return False
    parts = {*one.scope.segments} - {"R&D", "DPI"}
    return not (claimed.segments and parts and not parts & {*claimed.segments})
