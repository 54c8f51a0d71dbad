"""Setting what an essay says beside what a ledger holds.

Nothing untrue may come out ``supported``: a statement bears a tie out only if parties, act, time,
scope, place and amounts all fit. What does not fit is named in ``why``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.fitting import (
    Evidence,
    content_words,
    fits_amounts,
    fits_scope,
    fits_time,
    is_evidence,
    is_other_date,
    overlaps_scope,
    share_fits,
)
from splinternet.essay.gazetteer import Actor
from splinternet.essay.parties import Parties
from splinternet.essay.statements import Statement
from splinternet.essay.ties import Tie
from splinternet.essay.verbs import Verb, read_verbs

__all__ = ["Comparison", "Finding", "Status"]

Status = Literal["supported", "contradicted", "disputed", "unknown"]

#: Predicates whose statements are words.
_OF_WORDS = frozenset(("accuses", "states"))
_MOST_RELATED = 5
_FEWEST_WORDS = 3
_NEGATIONS = frozenset(("no", "not", "never", "neither", "nor", "without", "cannot"))
_MOODS = {
    "negated": "it is denied, and nothing shows that",
    "ended": "it is said to have ended, and the ledger has no such end",
    "possible": "it is put as possible, wished for or to come, which is not compared",
    "doubted": "it is doubted or denied, which is not compared",
    "presupposed": "it is only taken for granted beside what the sentence says",
}


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


class Comparison:
    """Compares ties and sentences of an essay with the statements of a ledger.

    Parameters
    ----------
    statements
        Those of the ledger; deprecated ones are left out.
    actors
        Its actors.
    dated
        Date of the essay.
    """

    def __init__(
        self, statements: Iterable[Statement], actors: dict[str, Actor], dated: Period | None
    ) -> None:
        self.statements = {s.id: s for s in statements if not s.deprecated}
        self.actors = actors
        self.dated = dated
        self._verbs = {verb.act: verb for verb in read_verbs()}
        self.parties = Parties(actors)
        self._of_actor: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            for actor in {statement.subject, statement.object or statement.subject}:
                self._of_actor[actor].append(statement)
        self._claims = [
            (statement, words)
            for statement in self.statements.values()
            if statement.claim and (statement.of_an_essay or statement.kind == "fact")
            if len(words := content_words(statement.claim)) >= _FEWEST_WORDS
        ]
        self._name_words = {id: content_words(actor.name) for id, actor in actors.items()}

    def of_tie(self, tie: Tie, figures: Sequence[Figure]) -> Finding:
        """Set a tie, with the figures of its clause, beside the ledger."""
        about = self._about(tie)
        if tie.act is None:
            return self._of_share(tie, figures[0], about)
        verb = self._verbs[tie.act]
        of_law = tie.object is not None and self.actors[tie.object].kind == "law"
        if tie.subject is None and not of_law:
            why = "the ledger does not have whoever does it, or the sentence does not say"
            return self._finding(tie, "unknown", about, why=why)
        evidence = [
            Evidence(statement, tie, figures, verb.lasting, self.dated)
            for statement in about
            if self._is_act(tie, verb, statement, verb.proved)
        ]
        match tie.mood:
            case "asserted":
                return self._of_assertion(tie, verb, evidence, about)
            case "negated":
                return self._of_negation(tie, evidence, about)
            case "ended":
                return self._of_end(tie, evidence, about)
        return self._finding(tie, "unknown", about, why=_MOODS[tie.mood])

    def _of_assertion(
        self, tie: Tie, verb: Verb, evidence: list[Evidence], about: list[Statement]
    ) -> Finding:
        fitting = [e for e in evidence if fits_scope(e) and fits_amounts(e) and tie.whole]
        timely = [e for e in fitting if fits_time(e)]
        supports = [e.statement for e in timely if is_evidence(e)]
        held = [
            e.statement
            for e in evidence
            if e.statement not in supports
            and overlaps_scope(e)
            and (e.statement.of_an_essay or (e in timely and not is_evidence(e)))
        ]
        if supports or held:
            return self._weighed(tie, supports, held, about)
        opposed = [
            statement
            for statement in about
            if self._is_act(tie, verb, statement, verb.opposite)
            if self._opposes(tie, figures=(), statement=statement, verb=verb)
        ]
        if opposed:
            why = "the ledger says the opposite"
            return self._finding(tie, "contradicted", about, contradicts=opposed, why=why)
        if verb.once and (other := self._other_dates(tie, verb, evidence)):
            when = ", ".join(dict.fromkeys(str(statement.period) for statement in other))
            why = f"the ledger has another date: {when}"
            return self._finding(tie, "contradicted", about, contradicts=other, why=why)
        return self._finding(tie, "unknown", about, why=_misfit(tie, evidence))

    def _other_dates(self, tie: Tie, verb: Verb, evidence: list[Evidence]) -> list[Statement]:
        """Return the statements that have the same act at another date; none if any has no date."""
        same = [e for e in evidence if is_evidence(e) and overlaps_scope(e)]
        if not same or not all(is_other_date(e) for e in same) or any(map(fits_time, evidence)):
            return []
        return [e.statement for e in same]

    def _opposes(
        self, tie: Tie, figures: Sequence[Figure], statement: Statement, verb: Verb
    ) -> bool:
        """Tell whether a statement that says the opposite holds at the time, and in general."""
        evidence = Evidence(statement, tie, figures, True, self.dated)
        general = statement.claim is None and statement.kind != "opinion"
        claimed = [time.period for time in tie.times if time.period]
        start, end = statement.period.start, statement.period.end
        for period in claimed:
            if start and period.end and period.end < start:
                return False
            if end and period.start and period.start > end:
                return False
        return general and not statement.of_an_essay and overlaps_scope(evidence)

    def _of_negation(self, tie: Tie, evidence: list[Evidence], about: list[Statement]) -> Finding:
        opposed = [
            e.statement
            for e in evidence
            if is_evidence(e) and fits_time(e) and fits_scope(e) and fits_amounts(e)
        ]
        if opposed:
            why = "it is denied, and the ledger says that it is so"
            return self._finding(tie, "contradicted", about, contradicts=opposed, why=why)
        return self._finding(tie, "unknown", about, why=_MOODS["negated"])

    def _of_end(self, tie: Tie, evidence: list[Evidence], about: list[Statement]) -> Finding:
        ends = []
        for e in evidence:
            end = e.statement.period.end
            known = [time.period for time in tie.times if time.period]
            then = known or ([self.dated] if self.dated else [])
            if end and e.statement.lasting and is_evidence(e) and then and overlaps_scope(e):
                exact = Period(end, end, e.statement.period.precision)
                if all(exact.overlaps(p) if known else p.end is None or end <= p.end for p in then):
                    ends.append(e.statement)
        if ends and tie.times and not tie.figures:
            why = "the ledger has the end"
            return self._finding(tie, "supported", about, supports=ends, why=why)
        return self._finding(tie, "unknown", about, why=_MOODS["ended"])

    def _of_share(self, tie: Tie, figure: Figure, about: list[Statement]) -> Finding:
        same, supports, other = [], [], []
        for statement in about:
            if not self.parties.are_of(tie, statement, False):
                continue
            if statement.predicate != tie.predicate:
                continue
            fits = share_fits(tie, figure, statement, self.dated)
            if statement.of_an_essay:
                same += [statement] if fits else []
            elif fits and statement.kind in ("fact", "estimate"):
                supports.append(statement)
            elif fits is False:
                other.append(statement)
        if tie.mood != "asserted":
            return self._finding(tie, "unknown", about, why=_MOODS[tie.mood])
        if same and (other or not supports):
            return self._weighed(tie, supports, same, about, other)
        if supports:
            return self._weighed(tie, supports, same, about)
        if other:
            why = "the ledger has another share for the same time; it may count another thing"
            return self._finding(tie, "contradicted", about, contradicts=other, why=why)
        return self._finding(tie, "unknown", about)

    def _weighed(
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
        return self._finding(
            tie, status, about, held, supports, (), disputes, objections, superseded, why
        )

    def _is_objection(self, statement: Statement, other: Statement) -> bool:
        """Tell an objection of the party concerned, or an opinion, from a dispute of facts."""
        if other.kind == "opinion":
            return True
        concerned = {statement.object}
        known = self.actors.get(statement.object or "")
        if known:
            concerned.add(self.parties.states.get(known.country))
        return other.predicate in _OF_WORDS and other.subject in concerned

    def of_words(self, text: str, named: Iterable[str]) -> list[Finding]:
        """Set a sentence beside claims in words, whose every word of content it holds.

        Claims of essays, and facts whose subject and time the sentence names. ``named`` are the
        actors it mentions, whose names count as words of it. A sentence that denies something
        holds no claim that does not.
        """
        named = set(named)
        words = content_words(text).union(*(self._name_words[actor] for actor in named))
        return [
            self._weighed(None, [], [statement], [])
            for statement, needed in self._claims
            if statement.of_an_essay
            and needed <= words
            and words & _NEGATIONS == needed & _NEGATIONS
        ]

    def of_facts_in_words(
        self, tie: Tie, text: str, named: Iterable[str], figures: Sequence[Figure]
    ) -> list[Finding]:
        """Find a fact that the ledger has in words, every one of which a sentence holds.

        The tie gives the times, places and figures of the sentence; its subject and object are
        taken from the statement, whose subject has to be among the actors ``named``.
        """
        words = content_words(text)
        supports = [
            statement
            for statement, needed in self._claims
            if not statement.of_an_essay
            and statement.subject in named
            and needed <= words
            and words & _NEGATIONS == needed & _NEGATIONS
            and self._fits_in_words(Evidence(statement, tie, figures, False, self.dated))
        ]
        if not supports:
            return []
        one = replace(tie, subject=supports[0].subject, object=supports[0].object)
        return [self._weighed(one, supports, [], [])]

    def _fits_in_words(self, evidence: Evidence) -> bool:
        lasting = evidence.statement.lasting
        return fits_time(replace(evidence, lasting=lasting)) and fits_amounts(evidence)

    def _about(self, tie: Tie) -> list[Statement]:
        """Return the statements on the parties: of the same predicate, then nearest in time."""
        subjects = self.parties.related_to(tie.subject) if tie.subject else set()
        objects = self.parties.related_to(tie.object) if tie.object else set()
        found = {}
        for actor in objects or subjects:
            for statement in self._of_actor.get(actor, ()):
                ends = {statement.subject, statement.object}
                if (not objects or ends & objects) and (not subjects or ends & subjects):
                    found[statement.id] = statement
        return sorted(
            found.values(), key=lambda s: (s.predicate != tie.predicate, self._distance(s))
        )

    def _is_act(
        self,
        tie: Tie,
        verb: Verb,
        statement: Statement,
        predicates: Sequence[tuple[str, bool]],
    ) -> bool:
        """Tell whether a statement is of the same parties, and of the act by these predicates."""
        turned = [turn for predicate, turn in predicates if predicate == statement.predicate]
        if not any(self.parties.are_of(tie, statement, turn) for turn in turned):
            return False
        if predicates is verb.opposite:
            return True
        if verb.about and not verb.about.search(statement.words):
            return False
        words = statement.words.casefold()
        if any(kind in tie.text.casefold() and kind not in words for kind in verb.kinds):
            return False
        if tie.thing is None:
            return True
        things = content_words(tie.thing)
        return things <= content_words(f"{statement.claim or ''}")

    def _distance(self, statement: Statement) -> tuple[int, str]:
        start = statement.period.start
        if self.dated is None or self.dated.end is None or start is None:
            return 10**6, statement.id
        return abs((start - self.dated.end).days), statement.id

    def _finding(
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
                    if named and self.actors[s.subject].kind == "agency"
                    if s.subject not in named and s.object not in named
                ]
            ),
            related=tuple(s.id for s in others[:_MOST_RELATED]),
            why=why,
        )


def _ids(statements: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted(statement.id for statement in statements)))


#: What a state or firm decides, and may decide otherwise later.
_DECISIONS = frozenset(("bans", "restricts", "allows"))


def _supersedes(statement: Statement, other: Statement) -> bool:
    """Tell whether two are decisions of one side at different times, of which the later counts."""
    if not {statement.predicate, other.predicate} <= _DECISIONS:
        return False
    same_side = bool(set(statement.scope.countries) & set(other.scope.countries))
    start, then = statement.known_from, other.known_from
    return same_side and start is not None and then is not None and start != then


def _misfit(tie: Tie, evidence: Sequence[Evidence]) -> str:
    """Say what of a tie does not fit the statements of the same act."""
    near = [e for e in evidence if is_evidence(e)]
    if not near:
        return ""
    if not tie.whole:
        return "a name beside the object is not in the ledger"
    if not any(fits_scope(e) for e in near):
        return "the ledger has it of another generation, part or place"
    if not any(fits_amounts(e) for e in near):
        return "the ledger has no such amount"
    return "the ledger has it of another time"
