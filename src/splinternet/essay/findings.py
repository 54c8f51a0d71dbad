"""What the ledger has about a part of a sentence, and how statements weigh against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.ties import Tie

__all__ = ["Finding", "Findings", "Status"]

Status = Literal["supported", "contradicted", "disputed", "unknown"]

#: Predicates whose statements are words.
_OF_WORDS = frozenset(("accuses", "states"))
_MOST_RELATED = 5
#: What a state or firm decides, and may decide otherwise later.
_DECISIONS = frozenset(("bans", "restricts", "allows"))


@dataclass(frozen=True)
class Finding:
    """A part of a sentence, and what the ledger has about it.

    Parameters
    ----------
    tie
        The tie; None where the sentence holds the words of a claim that the ledger has.
    status
        supported, contradicted, disputed or unknown.
    same
        Ids of statements that hold the same, but are no evidence: from essays, or mere words.
    supports, contradicts
        Ids of statements that bear it out, or that say otherwise.
    disputes
        Ids of statements that stand against one that holds the same.
    objections
        Ids of statements by which the party concerned objects, and of mere opinions against it.
    superseded
        Ids of statements that held it before, or other than it, until another took their place.
    by_agency
        Ids of those of ``supports`` that are acts of an agency, which are told as its state's.
    related
        Ids of up to five other statements on the two actors, those of the same act first.
    why
        What the status rests on, in words.
    """

    tie: Tie | None
    status: Status
    same: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    by_agency: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    why: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of every statement that it names."""
        found = (self.same, self.supports, self.contradicts, self.disputes, self.objections)
        return tuple(id for ids in (*found, self.superseded, self.related) for id in ids)


class Findings:
    """Makes findings of statements, by what stands for and against them.

    Parameters
    ----------
    statements
        Those of the ledger, by id.
    parties
        Its actors.
    """

    def __init__(self, statements: dict[str, Statement], parties: Parties) -> None:
        self.statements = statements
        self.parties = parties

    def weighed(
        self,
        tie: Tie | None,
        supports: Sequence[Statement],
        held: Sequence[Statement],
        about: Sequence[Statement],
        against: Sequence[Statement] = (),
    ) -> Finding:
        """Weigh what bears a tie out, or holds the same, against what stands against that."""
        disputes, objections, superseded = list(against), [], []
        for statement in (*supports, *held):
            if tie and tie.predicate in _OF_WORDS and statement in supports:
                continue  # that somebody said something is not disputed by what disputes the words
            for id in statement.disputes:
                other = self.statements.get(id)
                if other is None or other.of_an_essay or other in supports:
                    continue
                if statement in supports and self._is_objection(statement, other):
                    objections.append(other)
                elif statement in supports and _supersedes(statement, other):
                    superseded.append(other)
                else:
                    disputes.append(other)
        status: Status = "disputed" if disputes else "supported" if supports else "unknown"
        why = "statements of the ledger"
        if status == "unknown":
            why = (
                "the ledger has it only from an essay"
                if any(s.of_an_essay for s in held)
                else "the ledger has it only as words or a plan"
            )
        return self.of(
            tie, status, about, held, supports, (), disputes, objections, superseded, why
        )

    def _is_objection(self, statement: Statement, other: Statement) -> bool:
        """Tell an objection of the party concerned, or an opinion, from a dispute of facts."""
        if other.kind == "opinion":
            return True
        concerned = {statement.object}
        known = self.parties.actors.get(statement.object or "")
        if known:
            concerned.add(self.parties.states.get(known.country))
        return other.predicate in _OF_WORDS and other.subject in concerned

    def of(
        self,
        tie: Tie | None,
        status: Status,
        about: Sequence[Statement],
        same: Sequence[Statement] = (),
        supports: Sequence[Statement] = (),
        contradicts: Sequence[Statement] = (),
        disputes: Sequence[Statement] = (),
        objections: Sequence[Statement] = (),
        superseded: Sequence[Statement] = (),
        why: str = "",
    ) -> Finding:
        """Make a finding; what of ``about`` it does not name is related to it."""
        used = {s.id for s in (*same, *supports, *contradicts, *disputes, *objections, *superseded)}
        others = [s for s in about if s.id not in used and not s.of_an_essay]
        if not why:
            has = "other statements on the two" if others else "nothing on it"
            why = f"the ledger has {has}"
        named = self.parties.same(tie.subject) if tie and tie.subject else set()
        return Finding(
            tie=tie,
            status=status,
            same=_ids(same),
            supports=_ids(supports),
            contradicts=_ids(contradicts),
            disputes=_ids(disputes),
            objections=_ids(objections),
            superseded=_ids(superseded),
            by_agency=_ids(
                [
                    s
                    for s in supports
                    if named and self.parties.actors[s.subject].kind == "agency"
                    if s.subject not in named and s.object not in named
                ]
            ),
            related=tuple(s.id for s in others[:_MOST_RELATED]),
            why=why,
        )


def _ids(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted(statement.id for statement in statements)))


def _supersedes(statement: Statement, other: Statement) -> bool:
    """Tell whether two are decisions of one side at different times, of which the later counts."""
    if not {statement.predicate, other.predicate} <= _DECISIONS:
        return False
    same_side = bool(set(statement.scope.countries) & set(other.scope.countries))
    start, then = statement.known_from, other.known_from
    return same_side and start is not None and then is not None and start != then
