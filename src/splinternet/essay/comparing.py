"""Setting what an essay says beside what a ledger holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.names import folded
from splinternet.essay.statements import Statement
from splinternet.essay.ties import Tie

__all__ = ["Comparison", "Finding", "Status"]

Status = Literal["supported", "disputed", "unknown"]

#: Predicates of which one narrower case proves no more than that case.
_GENERAL = frozenset(("bans", "restricts", "allows"))
_SHARES = frozenset(("market_share", "vendor_share"))
_SYMMETRIC = frozenset(("partners_with",))
#: Predicates whose statements are words, so that a quote is evidence of them.
_OF_WORDS = frozenset(("accuses", "states"))
#: What a share of a whole market may be of; other bases (one chain of shops, online) are narrower.
_WHOLE_MARKET = frozenset((None, "units", "units sold", "shipments", "value", "sales"))
#: How far "about" a figure reaches.
_ABOUT = 0.05
_MOST_RELATED = 5
_STOP_WORDS = frozenset(
    "a an the of in on at to for by with from and or but as is are was were be been being has have "
    "had it its this that their will would s which who than".split()
)
_NEGATIONS = frozenset(("no", "not", "never", "neither", "nor", "without", "cannot"))
_FEWEST_WORDS = 3


@dataclass(frozen=True)
class Finding:
    """A part of a sentence, and what the ledger has about it.

    Parameters
    ----------
    tie
        The tie; None where the sentence holds the words of an essay's claim that the ledger has.
    status
        supported, disputed or unknown.
    same
        Ids of statements that hold the same claim from an essay, which are no evidence.
    supports, disputes
        Ids of statements that bear it out, and that contradict it.
    related
        Ids of up to five other statements on the two actors, those of the same predicate and the
        nearest in time first, that do not rest on essays alone.
    why
        What the status rests on, in words.
    """

    tie: Tie | None
    status: Status
    same: tuple[str, ...]
    supports: tuple[str, ...]
    disputes: tuple[str, ...]
    related: tuple[str, ...]
    why: str


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
        self._states = {a.country: a.id for a in actors.values() if a.kind == "state"}
        self._agencies: defaultdict[str, set[str]] = defaultdict(set)
        for agency in actors.values():
            if agency.kind == "agency" and agency.country in self._states:
                self._agencies[self._states[agency.country]].add(agency.id)
        self._by_pair: defaultdict[frozenset[str], list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            if statement.object:
                pair = frozenset((statement.subject, statement.object))
                self._by_pair[pair].append(statement)
        self._claims_of_essays = [
            (statement, words)
            for statement in self.statements.values()
            if statement.of_an_essay and statement.predicate == "states"
            if len(words := content_words(statement.claim or "")) >= _FEWEST_WORDS
        ]
        self._name_words = {id: content_words(actor.name) for id, actor in actors.items()}

    def of_tie(self, tie: Tie, period: Period | None, figure: Figure | None) -> Finding:
        """Set a tie, of a time and with a figure where it has one, beside the ledger."""
        of_pair = self._of_pair(tie)
        if tie.mood != "asserted":
            why = "it is denied" if tie.mood == "negated" else "it is put as possible or to come"
            return Finding(tie, "unknown", (), (), (), (), f"{why}, which is not compared")
        same, supports, disputes = [], [], []
        is_share = tie.predicate in _SHARES
        for statement in of_pair:
            if not self._is_same(tie, statement):
                continue
            agrees = figure is None or _agrees(figure, statement)
            if statement.of_an_essay:
                if agrees and _compatible(tie, statement):
                    same.append(statement)
            elif not self._in_time(statement, figure.period if is_share and figure else period):
                continue
            elif agrees and self._proves(tie, statement):
                supports.append(statement)
            elif agrees is False and is_share and _is_of_whole_market(tie, statement):
                disputes.append(statement)
        # That somebody said something is not disputed by what disputes the words.
        contradicted = same if tie.predicate in _OF_WORDS else [*same, *supports]
        disputes += self._disputing(contradicted)
        return _finding(tie, same, supports, disputes, of_pair)

    def of_words(self, text: str, named: Iterable[str]) -> list[Finding]:
        """Set a sentence beside claims of essays whose every word of content it holds.

        ``named`` are the actors it mentions, whose names count as words of it. A sentence that
        denies something holds no claim that does not.
        """
        words = content_words(text).union(*(self._name_words[actor] for actor in named))
        return [
            _finding(None, [statement], [], self._disputing([statement]), [])
            for statement, needed in self._claims_of_essays
            if needed <= words and words & _NEGATIONS == needed & _NEGATIONS
        ]

    def _of_pair(self, tie: Tie) -> list[Statement]:
        """Return the statements on the two actors: of the same predicate, then nearest in time."""
        found = {
            statement.id: statement
            for subject in self._and_agencies(tie.subject)
            for object in self._and_agencies(tie.object)
            for statement in self._by_pair.get(frozenset((subject, object)), ())
        }
        return sorted(
            found.values(), key=lambda s: (s.predicate != tie.predicate, self._distance(s))
        )

    def _is_same(self, tie: Tie, statement: Statement) -> bool:
        """Tell whether a statement has the predicate of a tie, and its actors in that order."""
        subjects, objects = self._same_actor(tie.subject), self._same_actor(tie.object)
        ends = (statement.subject, statement.object)
        ordered = ends[0] in subjects and ends[1] in objects
        turned = ends[1] in subjects and ends[0] in objects and tie.predicate in _SYMMETRIC
        return statement.predicate == tie.predicate and (ordered or turned)

    def _same_actor(self, actor: str) -> set[str]:
        """Return the actor, and the state whose office a person holds."""
        known = self.actors[actor]
        state = self._states.get(known.country)
        return {actor, state} if known.kind == "person" and known.office and state else {actor}

    def _and_agencies(self, actor: str) -> set[str]:
        """Return the same actor and its agencies, whose acts are near but prove nothing of it."""
        same = self._same_actor(actor)
        return same.union(*(self._agencies.get(one, ()) for one in same))

    def _distance(self, statement: Statement) -> tuple[int, str]:
        start = statement.period.start
        if self.dated is None or self.dated.end is None or start is None:
            return 10**6, statement.id
        return abs((start - self.dated.end).days), statement.id

    def _in_time(self, statement: Statement, period: Period | None) -> bool:
        """Tell whether a statement is of the time that the essay speaks of, or of its own."""
        if period and period.precision != "vague":
            return statement.period.overlaps(period)
        if self.dated is None:
            return True
        if statement.lasting:
            return statement.period.overlaps(self.dated)
        return statement.period.overlaps(replace(self.dated, start=None))

    def _proves(self, tie: Tie, statement: Statement) -> bool:
        """Tell whether a statement that agrees is of a kind and scope to bear the tie out."""
        evident = {"fact", "estimate"} | ({"quote"} if tie.predicate in _OF_WORDS else set())
        if statement.kind not in evident:
            return False
        if tie.predicate in _SHARES:
            return _is_of_whole_market(tie, statement)
        claimed = {*tie.scope.generations, *tie.scope.segments}
        stated = {*statement.scope.generations, *statement.scope.segments}
        if tie.predicate in _GENERAL:
            return not stated or (bool(claimed) and claimed <= stated)
        return claimed <= stated

    def _disputing(self, agreeing: Sequence[Statement]) -> list[Statement]:
        ids = {id for statement in agreeing for id in statement.disputes}
        known = [self.statements[id] for id in ids if id in self.statements]
        return [statement for statement in known if not statement.of_an_essay]


def content_words(text: str) -> set[str]:
    """Return the words that carry content, without endings."""
    words = [word for word in folded(text).split() if word not in _STOP_WORDS]
    return {re.sub(r"(?<=\w{4})(?:ing|ed|es|s)$", "", word) for word in words}


def _compatible(tie: Tie, statement: Statement) -> bool:
    """Tell whether both may speak of one thing: unlimited, or with a limit in common."""
    claimed = {*tie.scope.generations, *tie.scope.segments}
    stated = {*statement.scope.generations, *statement.scope.segments}
    return not claimed or not stated or bool(claimed & stated)


def _is_of_whole_market(tie: Tie, statement: Statement) -> bool:
    """Tell whether a statement gives a share of the same market, and of all of it."""
    same = set(tie.scope.segments) == set(statement.scope.segments)
    return same and statement.basis in _WHOLE_MARKET


def _agrees(figure: Figure, statement: Statement) -> bool | None:
    """Tell whether figures overlap; None where they cannot be compared."""
    if statement.unit != figure.unit or (statement.low is None and statement.high is None):
        return None
    counted = content_words(figure.basis) & content_words(statement.basis or "")
    if figure.unit == "count" and not counted:
        return None
    low, high = _bounds(figure.low, figure.high, figure.qualifier)
    least, most = _bounds(statement.low, statement.high, statement.qualifier)
    return low <= most and least <= high


def _bounds(low: float | None, high: float | None, qualifier: str | None) -> tuple[float, float]:
    """Return the interval that a figure means; whole numbers may be rounded."""
    about = _ABOUT if qualifier == "about" else 0.0
    least = -inf if low is None else low * (1 - about) - (0.5 if low.is_integer() else 0.0)
    most = inf if high is None else high * (1 + about) + (0.5 if high.is_integer() else 0.0)
    return least, most


def _finding(
    tie: Tie | None,
    same: Sequence[Statement],
    supports: Sequence[Statement],
    disputes: Sequence[Statement],
    of_pair: Sequence[Statement],
) -> Finding:
    disputing = tuple(dict.fromkeys(s.id for s in sorted(disputes, key=lambda s: s.id)))
    used = {*disputing, *(s.id for s in (*same, *supports))}
    others = [s for s in of_pair if s.id not in used and not s.of_an_essay]
    status: Status = "disputed" if disputing else "supported" if supports else "unknown"
    if disputing or supports:
        why = "statements of the ledger"
    elif same:
        why = "the ledger has it only from an essay"
    elif others:
        why = "the ledger has other statements on the two"
    else:
        why = "the ledger has nothing on it"
    return Finding(
        tie=tie,
        status=status,
        same=tuple(s.id for s in same),
        supports=tuple(s.id for s in supports),
        disputes=disputing,
        related=tuple(s.id for s in others[:_MOST_RELATED]),
        why=why,
    )
