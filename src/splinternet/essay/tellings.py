"""The words by which a statement may be told: its own, names of its parties, others for its act."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from splinternet.essay.dates import find_dates
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.parties import Parties
from splinternet.essay.peoples import ADJECTIVES, CAPITALS, INHABITANTS, SHORT
from splinternet.essay.statements import Statement

__all__ = ["Tellings", "ends_of", "own_part", "tells_step"]

#: What a statement says is not so, up to the end of its clause.
_DENIED = re.compile(
    r"\b(?:no|not|never|without|nor|rather than|instead of|before (?:it|they) (?:was|"
    r"were))\b[^,;.:]*"
)
#: The same of a ban, which may itself be told by "no".
_DENIED_OF_BAN = re.compile(r"\b(?:not|never|without|nor|rather than|instead of)\b[^,;.:]*")
_BANS = frozenset(("bans", "restricts"))
#: What refers to another statement of the same act.
_SAME = re.compile(r"\b(?:[Ss]ame|Named with|likewise)\b")
#: Words of a summary that tell which step of a law its date is of.
_STEP = re.compile(
    r"\b(?:sign|adopt|effect|force|propos|draft|bill|publi|decided|start)", re.IGNORECASE
)
#: An act of which there may be several statements: a predicate and a day.
_Act = tuple[str, date | None]


class Tellings:
    """The words by which statements may be told.

    Parameters
    ----------
    parties
        The actors of the ledger.
    of_actor
        The statements on each of them, by its id.
    """

    def __init__(self, parties: Parties, of_actor: Mapping[str, Sequence[Statement]]) -> None:
        self.parties = parties
        self.actors = parties.actors
        self.lexicon = read_lexicon()
        self._of_actor = of_actor
        self._states: frozenset[str] | None = None
        self._cache: dict[str, frozenset[str]] = {}
        self._denied: dict[str, frozenset[str]] = {}
        self._of_act = _by_act({s.id: s for each in of_actor.values() for s in each}.values())
        self._words: dict[_Act, frozenset[str]] = {}
        self._statements: dict[str, dict[_Act, list[Statement]]] = {}
        self._acts: dict[str, list[tuple[_Act, frozenset[str]]]] = {}
        self._names: dict[tuple[str, ...], frozenset[str]] = {}
        self._all_known: dict[tuple[str, ...], frozenset[str]] = {}

    def telling(self, words: frozenset[str], actors: Iterable[str]) -> list[Statement]:
        """Return the statements on any of some actors that are of acts with all these words.

        The words are of every statement of the act, whoever it is done to.
        """
        found = {
            statement.id: statement
            for id in sorted(actors)
            for act, known in self._acts_of(id)
            if words <= known
            for statement in self._statements[id][act]
        }
        return list(found.values())

    def _acts_of(self, actor: str) -> list[tuple[_Act, frozenset[str]]]:
        """Return the acts that statements on an actor are of, each with all its words."""
        if actor not in self._acts:
            self._statements[actor] = _by_act(self._of_actor.get(actor, ()))
            self._acts[actor] = [(act, self._words_of(act)) for act in self._statements[actor]]
        return self._acts[actor]

    def _words_of(self, act: _Act) -> frozenset[str]:
        if act not in self._words:
            self._words[act] = frozenset[str]().union(*map(self.known, self._of_act[act]))
        return self._words[act]

    def known(self, statement: Statement) -> frozenset[str]:
        """Return every word by which a statement may be told, but the light ones."""
        if statement.id not in self._cache:
            told = self.told(statement, denied=True) | roots("list join")
            done = self.lexicon.done(statement.predicate)
            self._cache[statement.id] = done.union(
                self.lexicon.with_same(told),
                self.lexicon.acts["enacts by itself"],
                self.words(statement, denied=True),
                self.names([statement]),
            )
        return self._cache[statement.id]

    def all_known(self, statements: Sequence[Statement]) -> frozenset[str]:
        """Return the words by which any of some statements may be told, and the idle ones."""
        ids = tuple(each.id for each in statements)
        if ids not in self._all_known:
            self._all_known[ids] = self.lexicon.idle.union(*map(self.known, statements))
        return self._all_known[ids]

    def told(self, statement: Statement, denied: bool = False) -> frozenset[str]:
        """Return the words by which a statement tells what was done.

        Without what it denies, unless ``denied``. One that says "the same" is told by that of
        the same act.
        """
        same = self.same_act(statement)
        told = " . ".join(f"{each.claim or each.as_told or ''} . {each.summary}" for each in same)
        return roots(told if denied else _denied_by(statement).sub(" ", told))

    def words(self, statement: Statement, denied: bool = False) -> frozenset[str]:
        """Return all words of a statement, without what it denies unless ``denied``."""
        scope = " ".join((*statement.scope.generations, *statement.scope.segments))
        words = " . ".join(each.words for each in self.same_act(statement))
        words = words if denied else _denied_by(statement).sub(" ", words)
        return roots(f"{words} {scope}")

    def denied(self, statement: Statement) -> frozenset[str]:
        """Return the words of what a statement says is not so."""
        if statement.id not in self._denied:
            told = f"{statement.claim or ''} . {statement.summary}"
            found = _denied_by(statement).finditer(told)
            self._denied[statement.id] = roots(" ".join(each[0] for each in found))
        return self._denied[statement.id]

    def names(self, statements: Sequence[Statement]) -> frozenset[str]:
        """Return the words of the names of the parties, and of their states."""
        ids = tuple(each.id for each in statements)
        if ids not in self._names:
            self._names[ids] = self._names_of(statements)
        return self._names[ids]

    def _names_of(self, statements: Sequence[Statement]) -> frozenset[str]:
        ends = {id for statement in statements for id in ends_of(statement)}
        related = {other for id in ends for other in self.parties.related_to(id)}
        codes = {self.actors[id].country for id in ends}
        codes |= {code for statement in statements for code in statement.scope.countries}
        names = [name for id in related | ends for name in self.actors[id].names]
        peoples = (*ADJECTIVES.items(), *CAPITALS.items(), *INHABITANTS.items(), *SHORT.items())
        names += [word for word, code in peoples if code in codes]
        states = (self.parties.states[code] for code in codes & self.parties.states.keys())
        names += [name for state in states for name in self.actors[state].names]
        return frozenset[str]().union(*map(roots, names))

    def names_of_states(self) -> frozenset[str]:
        """Return the words for states and those who live in them."""
        if self._states is None:
            names = [name for id in self.parties.states.values() for name in self.actors[id].names]
            self._states = roots(" ".join((*names, *ADJECTIVES, *INHABITANTS)))
        return self._states

    def same_act(self, statement: Statement) -> list[Statement]:
        """Return a statement, and those of the same act that it refers to."""
        if not _SAME.search(statement.summary):
            return [statement]
        others = [
            other
            for other in self._of_actor.get(statement.subject, ())
            if other.id != statement.id and other.subject == statement.subject
            if other.predicate == statement.predicate
            if other.period.start == statement.period.start
        ]
        return [statement, *others]


def _by_act(statements: Iterable[Statement]) -> dict[_Act, list[Statement]]:
    acts: defaultdict[_Act, list[Statement]] = defaultdict(list)
    for statement in statements:
        acts[statement.predicate, statement.period.start].append(statement)
    return acts


def _denied_by(statement: Statement) -> re.Pattern[str]:
    return _DENIED_OF_BAN if statement.predicate in _BANS else _DENIED


def tells_step(statement: Statement) -> bool:
    """Tell whether a statement on a law says of which step its date is.

    A step with a date of its own is another one.
    """
    return bool(statement.claim or _STEP.search(own_part(statement)))


def own_part(statement: Statement) -> str:
    """Return a summary without what it tells of other dates than that of its statement."""
    start = statement.period.start
    parts = re.split("(?<=[;,])", statement.summary)
    return "".join(p for p in parts if all(day.start == start for _, _, day in find_dates(p)))


def ends_of(statement: Statement) -> list[str]:
    """Return the ids of the parties of a statement."""
    return [id for id in (statement.subject, statement.object) if id]
