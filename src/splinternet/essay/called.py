"""Whether a passage names the parties of a statement, calls them what they are, or needs not to.

One party may be left out where the day of the act, or its amount of money, is told: on one day
nothing else is told of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from splinternet.essay.actors import FIRMS
from splinternet.essay.anchors import Anchors
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import ends_of
from splinternet.essay.whole import lists_in

__all__ = ["Called"]

#: Those of which the object alone tells who is meant.
_BY_OBJECT = frozenset(("enacts", "damages", "regulates"))
#: What a sentence may call an actor that it does not name, by its kind, beside its state.
_CALLED = {
    "law": r"laws?|acts?|amendment|bill|decree|decree-law|order|regulation|directive|rules|"
    r"legislation|programme|powers?|toolbox|proposals?|scheme|statutes?|draft|reforms?|measures|"
    r"framework|strategy|ordinance|decision|guidelines|recommendations?|code|package",
    "group": r"operators|carriers|providers|makers|users|firms|companies|vendors|suppliers|"
    r"winners|bidders|subscribers|customers|buyers|clients|departments|manufacturers|entities",
    "cable": r"cables?|lines?|links?|systems?",
    "site": r"zones?|projects?|cit(?:y|ies)|network",
}
_HEADS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _CALLED.items()}
#: The same where the object was named before, and whose stake is bought.
_MEANT = {
    "cable": re.compile(r"\b(?:the|that|this) (?:project|cable|system|consortium)\b"),
    "site": re.compile(r"\b(?:the|that|this) (?:project|zone|network)\b"),
}
_STAKE = re.compile(r"[’']s? (?:[0-9]+ ?(?:%|per ?cent) (?:of|stake)|stake|share)\b")
#: The state that was named before, or in it.
_THERE = re.compile(
    r"\b[Tt]here\b(?! (?:is|was|are|were|has|had)\b)|\b[Ii]n that country\b|"
    r"(?:^\W*|[;:,] (?:and |but )?)[Ii]t (?!took\b)|"
    r"\b[Tt]he (?:country|state|government|cabinet|parliament|regulator|president|prime minister|"
    r"minister|ministry|authorities)\b(?! of\b)"
)
#: A firm that was named before.
_FIRM = re.compile(
    r"(?:^\W*|[;:,] (?:and |but )?)[Ii]t (?!took\b)|\b[Tt]he (?:[A-Z][a-z]+ )?(?:company|firm|"
    r"operator|vendor|maker|carrier|supplier|giant)\b(?! of\b)"
)
_IN_THAT_YEAR = re.compile(r"(?:(?:in|of) )?(?:that|the same) year")
#: What something is done to is told by.
_IS = re.compile(r" (?:was|were|is|are|has been|had been|have been|got) ")
#: Those whose subject the sentences before may have.
_LIMITS = frozenset(("bans", "restricts"))
#: Kinds of which a name has several words for what is meant.
_NAMED_IN_PART = frozenset(("group", "region", "site"))
#: So many words of a statement show what is meant where its object is not named.
_SHOWN = 2
_MONEY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class _Told:
    """Parts of a passage that tell which statement it is on, beside names."""

    passage: Passage
    anchors: Anchors

    @cached_property
    def exact(self) -> bool:
        """Whether it has a time shorter than a year, or a figure."""
        times = self.passage.times
        dated = any(t.period and t.period.precision != "year" for t in times)
        return dated or bool(self.passage.figures)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists and licences that it names."""
        return lists_in(self.passage.text)

    @cached_property
    def _days(self) -> tuple[set[date], set[date | None]]:
        """The days that it has, and those that end something; none if any time is no day."""
        times = [time.period for time in self.passage.times if not _IN_THAT_YEAR.match(time.text)]
        if not all(period and period.precision == "day" for period in times):
            return set(), set()
        days = {period.start for period in times if period and period.start}
        return days, {period.end for period in times if period and not period.start}

    @cached_property
    def alike(self) -> frozenset[str]:
        """Its words, with those that mean the same."""
        return read_lexicon().with_same(self.passage.words)

    def is_of(self, statement: Statement) -> bool:
        """Tell whether it has the day of a statement, and no other but its end or deadline."""
        days, ends = self._days
        if not days:
            return False
        start, end = statement.period.start, statement.period.end
        own = {start, end, statement.deadline}
        return start in days and days <= own and ends <= own - {start}

    @cached_property
    def money(self) -> tuple[str, float] | None:
        """The one amount of money that it has, and a time."""
        found = {(f.unit, f.low, f.high) for _, f in self.passage.figures}
        found = {(unit, low, high) for unit, low, high in found if _MONEY.fullmatch(unit)}
        unit, low, high = found.pop() if len(found) == 1 else ("", None, None)
        return (unit, low) if low is not None and low == high and self.passage.times else None


class Called:
    """The parties that passages name, or call what they are.

    Parameters
    ----------
    parties
        The actors of the ledger, and who acts for whom.
    statements
        The statements of the ledger.
    """

    def __init__(self, parties: Parties, statements: Iterable[Statement]) -> None:
        self.parties = parties
        self.actors = parties.actors
        self._laws: defaultdict[tuple[str, int], set[str | None]] = defaultdict(set)
        for one in statements:
            if one.predicate == "enacts" and one.period.start:
                self._laws[one.subject, one.period.start.year].add(one.object)
        self.anchors = Anchors()
        states = (parties.actors[id] for id in parties.states.values())
        self._states = roots(" ".join(name for state in states for name in state.names))
        self._idle = read_lexicon().idle

    def meant(
        self, passage: Passage, statements: Iterable[Statement], named: frozenset[str]
    ) -> list[Statement]:
        """Return those of some statements of which a passage names the parties.

        Parameters
        ----------
        passage
            The passage.
        statements
            The statements.
        named
            Everybody it names, and who acts for these.
        """
        told = _Told(passage, self.anchors)
        found = list(statements)
        return [each for each in found if self._is_meant(told, each, named, found)]

    def are_on_one_list(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether both speak of the same list, or licence, that only one agency has."""
        lists = lists_in(passage.text)
        return bool(lists and lists & lists_in(statement.words))

    def _is_meant(
        self, told: _Told, statement: Statement, named: frozenset[str], beside: Sequence[Statement]
    ) -> bool:
        subject, object = statement.subject in named, statement.object in named
        if statement.predicate == "lands_at" and not object:
            object = self.parties.states.get(self.actors[statement.object or ""].country) in named
        if (subject and object) or not statement.object:
            return subject
        if told.is_of(statement) and self._is_alone(told, statement, beside):
            return statement.start_precision == "day"
        if object:
            of_list = bool(told.lists) and self.are_on_one_list(told.passage, statement)
            by_object = statement.predicate in _BY_OBJECT or of_list
            return by_object or self._is_by_named(told.passage, statement)
        return subject and (
            self._has_amount(told, statement)
            or self._calls(told, statement)
            or self._is_sold(told.passage, statement)
            or self._is_meant_by(told, statement)
            or self._is_its_law(told, statement)
        )

    def _is_its_law(self, told: _Told, statement: Statement) -> bool:
        """Tell whether a law is called its state's, of which year the ledger has no other."""
        start, law = statement.period.start, self.actors[statement.object or ""]
        if start is None or statement.predicate != "enacts" or law.kind != "law":
            return False
        years = {t.period.start.year for t in told.passage.times if t.period and t.period.start}
        if start.year not in years or len(self._laws[statement.subject, start.year]) > 1:
            return False
        laws = {m.actor for m in told.passage.mentions if m.acts and m.actor}
        laws = {id for id in laws if self.actors[id].kind == "law" and id != law.id}
        return not laws and bool(_HEADS["law"].search(told.passage.text))

    def _is_by_named(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether whoever limits its object was named before, and nobody else is after."""
        if statement.predicate not in _LIMITS:
            return False
        own = self.parties.related_to(statement.subject)
        ends = own | self.parties.related_to(statement.object or "")
        acting = [m for m in passage.mentions if m.acts]
        alone = all(m.actor in ends and _IS.match(passage.text, m.end) for m in acting)
        return alone and bool(own.intersection(passage.named_before))

    def _is_sold(self, passage: Passage, statement: Statement) -> bool:
        """Tell whether a stake of somebody is bought whom the statement has as its seller."""
        if statement.predicate != "acquires":
            return False
        own = self.parties.related_to(statement.subject)
        others = {m.actor for m in passage.mentions if m.acts and m.actor not in own}
        sellers = [m for m in passage.mentions if _STAKE.match(passage.text, m.end)]
        names = [n for m in sellers if m.actor for n in self.actors[m.actor].names]
        told = statement.summary.replace("’", "'")
        return len(others) == 1 and any(f"{name}'s stake" in told for name in names)

    def _is_meant_by(self, told: _Told, statement: Statement) -> bool:
        """Tell whether *the project* is the object, of which the text before told."""
        head = _MEANT.get(self.actors[statement.object or ""].kind)
        if head is None or statement.object not in told.passage.named_before:
            return False
        return bool(told.passage.times) and bool(head.search(told.passage.text))

    def _calls(self, told: _Told, statement: Statement) -> bool:
        """Tell whether the object of a statement is called what it is, or all else is told."""
        actor = self.actors[statement.object or ""]
        head = _HEADS.get(actor.kind)
        claim, shown = _words_of(statement.claim, statement.summary)
        words = told.passage.words
        if not (told.exact or len((shown & words) - self._idle) > _SHOWN):
            return False
        claim = frozenset(word for word in claim - self._idle if not word.isdigit())
        whole = len(claim) > _SHOWN and claim <= told.alike
        called = bool(head and head.search(told.passage.text))
        called = called or (
            actor.kind in _NAMED_IN_PART and self._is_named_in_part(told, statement)
        )
        if not (whole or called):
            return False
        own = self.parties.related_to(statement.subject)
        others = (m for m in told.passage.mentions if m.acts and m.actor not in own)
        return not any(self.actors[m.actor or ""].kind == actor.kind for m in others)

    def _is_named_in_part(self, told: _Told, statement: Statement) -> bool:
        """Tell whether a passage has a word of a name: drones, one of three places."""
        subject, actor = (self.actors[id] for id in (statement.subject, statement.object or ""))
        own = roots(actor.name) - self._idle - self._states - roots(" ".join(subject.names))
        own = frozenset(word for word in own if word.isalpha())
        return told.exact and bool(own & told.passage.words)

    def _is_alone(self, told: _Told, statement: Statement, beside: Sequence[Statement]) -> bool:
        """Tell whether a passage names nobody but the parties of a statement: the Bureau.

        Those of statements beside it, who did the same on the same day, may be named too.
        """
        act = _same(statement)
        parties = {each.subject for each in beside if _same(each) == act}.union(ends_of(statement))
        ends = frozenset[str]().union(*map(self.parties.related_to, parties))
        if self._is_of_another(told.passage, ends):
            return False
        states = {self.parties.states.get(self.actors[id].country or "") for id in ends}
        text, acting = told.passage.text, [m for m in told.passage.mentions if m.acts]
        owning = {m.actor for m in acting if m.actor in states and text.startswith("’s ", m.end)}
        if not all(m.actor in ends | owning for m in acting):
            return False
        agencies = [id for id in ends_of(statement) if self.actors[id].kind == "agency"]
        own = roots(" ".join(name for id in agencies for name in self.actors[id].names))
        return not self.anchors.names_another(
            told.passage, self._idle.union(own, roots(statement.words))
        )

    def _is_of_another(self, passage: Passage, ends: frozenset[str]) -> bool:
        """Tell whether a passage speaks of a state, or a firm, before it that is none of some."""
        before = [self.actors[id] for id in passage.named_before]
        states = {actor.country for actor in before if actor.kind == "state"}
        own = {self.actors[id].country for id in ends}
        if states and not states & own and _THERE.search(passage.text):
            return True
        firms = {actor.id for actor in before if actor.kind in FIRMS}
        return bool(firms and _FIRM.search(passage.text)) and not firms & ends

    def _has_amount(self, told: _Told, statement: Statement) -> bool:
        """Tell whether a passage has the amount of money of a statement, and half of its claim."""
        if told.money != (statement.unit, statement.low) or statement.high != statement.low:
            return False
        claim = _words_of(statement.claim, statement.summary)[0] - self._idle
        claim = frozenset(word for word in claim if not word.isdigit())
        return 2 * len(claim & told.passage.words) >= len(claim)


def _same(statement: Statement) -> tuple[str, object, str | None]:
    """Return what statements on the same act have in common, whoever did it."""
    return statement.predicate, statement.period.start, statement.object


@lru_cache(maxsize=4096)
def _words_of(claim: str | None, summary: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a claim, and of claim and summary."""
    claimed = roots(claim or "")
    return claimed, claimed | roots(summary)
