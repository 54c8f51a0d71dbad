"""Findings of the ledger about a part of a sentence, and how statements weigh in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie

__all__ = ["Finding", "Findings", "Status"]

Status = Literal["supported", "contradicted", "disputed", "unknown"]

#: Predicates whose statements are words.
_OF_WORDS = frozenset(("accuses", "states"))
_MOST_RELATED = 5
#: Kinds of statements that are words, which make no fact disputed.
_MERE_WORDS = frozenset(("quote", "opinion"))


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
        disputes = list(against)
        objections: list[Statement] = []
        superseded: list[Statement] = []
        for statement in (*supports, *held):
            if tie and tie.predicate in _OF_WORDS and statement in supports:
                continue  # that somebody said something is not disputed by what disputes the words
            others = [s for s in self._known(statement.disputes) if s not in supports]
            words = [s for s in others if statement.kind == "fact" and s.kind in _MERE_WORDS]
            disputes += [s for s in others if s not in words]
            objections += words
            if statement in supports:
                objections += self._known(statement.objections)
                superseded += self._known(statement.superseded)
        status: Status = "disputed" if disputes else "supported" if supports else "unknown"
        why = "statements of the ledger"
        if status == "unknown":
            why = (
                "the ledger has it only from an essay"
                if any(s.of_an_essay for s in held)
                else "the ledger has it only as words or a plan"
            )
        return self.of(
            tie,
            status,
            about,
            same=held,
            supports=supports,
            disputes=disputes,
            objections=objections,
            superseded=superseded,
            why=why,
        )

    def _known(self, ids: Sequence[str]) -> list[Statement]:
        """Return the statements of these ids that count and are evidence."""
        found = [self.statements[id] for id in ids if id in self.statements]
        return [statement for statement in found if not statement.of_an_essay]

    def of(
        self,
        tie: Tie | None,
        status: Status,
        about: Sequence[Statement],
        *,
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
