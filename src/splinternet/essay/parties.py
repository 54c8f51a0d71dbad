"""Parties that act in a tie and in a statement, and whether the two are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from splinternet.essay.gazetteer import Actor
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie

__all__ = ["SHARES", "Parties"]

#: Predicates of which an agency's are not its state's.
SHARES = frozenset(("market_share", "vendor_share"))
#: What a department is of, by which it is called too: Commerce.
_FIELD = re.compile(r"\b(?:Department|Ministry) of (?:the )?([A-Z]\w+)")
_SYMMETRIC = frozenset(("partners_with",))


def _is_of_name(other: str, one: str) -> bool:
    """Tell whether a name is another one, and the name of a country behind it: Vodafone UK."""
    return other != one and other.startswith(f"{one} ")


class Parties:
    """The actors of a ledger, with the states that persons and agencies act for."""

    def __init__(self, actors: dict[str, Actor]) -> None:
        self.actors = actors
        self._same: dict[str, frozenset[str]] = {}
        self._related: dict[str, frozenset[str]] = {}
        self.states = {a.country: a.id for a in actors.values() if a.kind == "state"}
        self._operators: defaultdict[str, list[Actor]] = defaultdict(list)
        self._called: defaultdict[str, list[Actor]] = defaultdict(list)
        for operator in actors.values():
            if operator.kind == "operator":
                self._operators[operator.name.partition(" ")[0]].append(operator)
                for name in operator.names[1:]:
                    self._called[name].append(operator)
        self._agencies: defaultdict[str, set[str]] = defaultdict(set)
        for agency in actors.values():
            if agency.kind == "agency" and agency.country in self.states:
                self._agencies[self.states[agency.country]].add(agency.id)

    def are_of(self, tie: Tie, statement: Statement, turn: bool) -> bool:
        """Tell whether subject and object of a tie are those of a statement, in that order."""
        ends = (statement.subject, statement.object)
        orders = [ends[::-1] if turn else ends]
        if statement.predicate in _SYMMETRIC:
            orders.append(orders[0][::-1])
        return any(
            self._is(tie.subject, subject, statement, True)
            and self._is(tie.object, object, statement, False)
            for subject, object in orders
        )

    def _is(self, named: str | None, party: str | None, statement: Statement, acting: bool) -> bool:
        """Tell whether a party of a statement is the one that is named.

        A person acts for the state whose office he or she holds; an agency for its state. A
        statement on the state is of an agency only if its words name the agency.
        """
        if named is None:
            return True
        if party is None:
            return False
        if party in self.same(named):
            return True
        if statement.predicate in SHARES and self.actors[party].kind in ("region", "market"):
            return self.actors[party].name.startswith(f"{self.actors[named].name}, ")
        if statement.predicate == "lands_at" and self.actors[named].kind == "state":
            return self.actors[party].country == self.actors[named].country
        if not acting or statement.predicate in _SYMMETRIC | SHARES:
            return False
        if party in self._agencies.get(named, ()):
            return True
        one = self.actors[named]
        if one.kind == "agency" and party == self.states.get(one.country):
            return self.is_named(one.id, statement)
        person = self.same(named) - {named}
        return any(party in self._agencies.get(state, ()) for state in person)

    def local_ones(self, ids: Iterable[str], countries: Collection[str]) -> frozenset[str]:
        """Return the operators in some countries that bear the name of one of some operators."""
        named = [self.actors[id] for id in ids if self.actors[id].kind == "operator"]
        return frozenset(
            other.id
            for one in named
            for first in {name.partition(" ")[0] for name in one.names}
            for other in self._operators.get(first, ())
            if other.country in countries
            if any(_is_of_name(other.name, name) for name in one.names)
            or (other.country != one.country and one.name.startswith(f"{first} "))
        )

    def bearers(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the operators elsewhere of the name that some operators bear."""
        named = [self.actors[id] for id in ids if self.actors[id].kind == "operator"]
        firsts = [one.name.partition(" ")[0] for one in named]
        alike = (o for n in firsts for o in (*self._operators[n], *self._called.get(n, ())))
        return frozenset(other.id for other in alike)

    def is_named(self, agency: str, statement: Statement) -> bool:
        """Tell whether the words of a statement name an agency, or what it is for: Commerce."""
        names = self.actors[agency].names
        fields = (field[1] for name in names for field in _FIELD.finditer(name))
        named = any(f" {name} " in f" {statement.words} " for name in names)
        return named or any(field in statement.separate_words for field in fields)

    def has_person(self, words: str, besides: Collection[str | None]) -> bool:
        """Tell whether words have the last name of a person, besides some."""
        persons = (a for a in self.actors.values() if a.kind == "person" and a.id not in besides)
        told = set(words.split())
        return any(person.names[0].rpartition(" ")[2] in told for person in persons)

    def same(self, actor: str) -> frozenset[str]:
        """Return the actor, and the state whose office a person holds."""
        if actor not in self._same:
            known = self.actors[actor]
            state = self.states.get(known.country) if known.kind == "person" else None
            own = (actor, state) if known.office and state else (actor,)
            self._same[actor] = frozenset(own)
        return self._same[actor]

    def related_to(self, actor: str) -> frozenset[str]:
        """Return the same actor, its agencies, and the state whose agency it is."""
        if not actor:
            return frozenset()
        if actor not in self._related:
            same = self.same(actor)
            known = self.actors[actor]
            state = self.states.get(known.country) if known.kind == "agency" else None
            more = {state} if state else set()
            self._related[actor] = same.union(more, *(self._agencies.get(one, ()) for one in same))
        return self._related[actor]
