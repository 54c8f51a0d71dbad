"""The statements of a ledger, to find those that are alike and those on the same parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from datetime import date
from itertools import chain

from splinternet.essay.dates import Period
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie

__all__ = ["StatementIndex"]

#: A party, a predicate and a day; a subject, a predicate and an object.
_Act = tuple[str, str, date | None]
_Ends = tuple[str, str, str | None]


class StatementIndex:
    """Statements by their parties and their acts.

    Parameters
    ----------
    statements
        Those of the ledger.
    parties
        Its actors, and who acts for whom.
    dated
        Date of the essay.
    """

    def __init__(
        self, statements: Iterable[Statement], parties: Parties, dated: Period | None
    ) -> None:
        self.parties = parties
        self.dated = dated
        self.of_actor: defaultdict[str, list[Statement]] = defaultdict(list)
        self._of_act: defaultdict[_Act, list[Statement]] = defaultdict(list)
        self._abouts: dict[_Ends, list[Statement]] = {}
        self._alike: defaultdict[_Ends, list[Statement]] = defaultdict(list)
        for statement in statements:
            for actor in {statement.subject, statement.object or statement.subject}:
                self.of_actor[actor].append(statement)
                self._of_act[actor, statement.predicate, statement.period.start].append(statement)
            self._alike[statement.subject, statement.predicate, statement.object].append(statement)

    def dated_at(self, dated: Period | None) -> StatementIndex:
        """Return the same for an essay of another date, which orders what is about two parties."""
        other = copy(self)
        other.dated, other._abouts = dated, {}
        return other

    def of_same_parties(self, statement: Statement) -> list[Statement]:
        """Return the statements of the same subject, predicate and object, whenever."""
        return self._alike[statement.subject, statement.predicate, statement.object]

    def of_one_act(self, statement: Statement) -> list[Statement]:
        """Return statements of one act: of the same subject or object, on the same day."""
        start, predicate = statement.period.start, statement.predicate
        ends = (statement.subject, statement.object) if start else ()
        others = (self._of_act[end, predicate, start] for end in ends if end)
        return [statement, *chain.from_iterable(others)]

    def about(self, tie: Tie) -> list[Statement]:
        """Return the statements on the parties: of the same predicate, then nearest in time."""
        key = (tie.subject or "", tie.predicate, tie.object)
        if key not in self._abouts:
            self._abouts[key] = self._found_about(tie)
        return self._abouts[key]

    def _found_about(self, tie: Tie) -> list[Statement]:
        subjects = self.parties.related_to(tie.subject or "")
        objects = self.parties.related_to(tie.object or "")
        if tie.predicate == "lands_at" and tie.object:
            country = self.parties.actors[tie.object].country
            objects |= {
                a.id
                for a in self.parties.actors.values()
                if a.kind == "site" and a.country == country
            }
        found = {}
        for actor in objects or subjects:
            for statement in self.of_actor.get(actor, ()):
                ends = {statement.subject, statement.object}
                if (not objects or ends & objects) and (not subjects or ends & subjects):
                    found[statement.id] = statement
        return sorted(
            found.values(), key=lambda s: (s.predicate != tie.predicate, self._distance(s))
        )

    def _distance(self, statement: Statement) -> tuple[int, str]:
        start = statement.period.start
        if self.dated is None or self.dated.end is None or start is None:
            return 10**6, statement.id
        return abs((start - self.dated.end).days), statement.id
