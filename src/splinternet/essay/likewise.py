"""Sentences that tell the act of the sentence before of somebody else: SMIC followed on 18 May.

Such a sentence names one party and a day or month; the act, and the other party, are those of the
sentence before. It is borne out by the one statement of the same act, and of the same list, that
has this party then, and contradicted by the one that has it at another time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from splinternet.essay.actors import FIRMS
from splinternet.essay.anchors import Anchors
from splinternet.essay.assertion import denies
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, is_evidence
from splinternet.essay.gazetteer import Actor
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.limits import fits_form, fits_product, fits_times
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.statements import Statement
from splinternet.essay.tellings import Tellings
from splinternet.essay.whole import lists_in

__all__ = ["Likewise"]

#: What refers to the act before: followed, did the same, went the same way, its turn came.
_REFERS = re.compile(
    r"\b(?:followed(?= suit\b| on\b| in\b| soon\b| only\b| [0-9]|[,;:.]|$)|"
    r"(?:did|does|had done) (?:the same|so(?: too)?|likewise)|"
    r"(?:made|had made|came to) the same (?:choice|decision|selection)|"
    r"(?:chose|named|picked|selected|hired) the same "
    r"(?:two|three|four|vendors?|suppliers?|makers?|ones)|"
    r"(?:went|took) (?:the same|that) (?:way|road|path|step)|(?:came|was) next|"
    r"joined (?:them|it|in)|"
    r"(?:met|shared) (?:the same|its|that|their) fate|turn (?:came|was)|was [A-Z][\w’' -]{1,40}"
    r"[’']s? turn|(?:the same )?happened to|copied (?:it|them|that))"
    r"(?! (?:by|up|through|from|with)\b)"
)
#: Acts that happen once between two, so that another time contradicts them.
_ONCE = frozenset(("bans", "restricts", "partners_with", "leaves", "accuses", "contracts"))
#: Words that say so, and that tell nothing else.
_SAYING_SO = roots(
    "followed suit same likewise way road path step next joined met shared fate turn happened "
    "copied came took went done example made choice decision selection chose named picked selected "
    "hired two three four vendors suppliers makers ones"
)


def _is_not_before(one: Statement, other: Statement) -> bool:
    """Tell whether an act, that is said to follow another, was not before it.

    Of choices the other may be told first.
    """
    if one.predicate == "contracts":
        return True
    first, second = other.period.start, one.period.start
    return first is None or second is None or first <= second


def _act_of(statement: Statement) -> tuple[str, str, object]:
    """Return what statements of one act have in common; of a choice of several, its day."""
    chosen = statement.predicate == "contracts"
    what = statement.period.start if chosen else statement.object
    return statement.predicate, statement.subject, what


class Likewise:
    """The statements of a ledger that such sentences may be on.

    Parameters
    ----------
    findings
        The statements and parties of the ledger, and how they weigh in.
    actors
        Its actors.
    tellings
        The words by which its statements may be told.
    """

    def __init__(self, findings: Findings, actors: dict[str, Actor], tellings: Tellings) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.actors = actors
        self.tellings = tellings
        self.anchors = Anchors()
        self._idle = read_lexicon().idle | _SAYING_SO

    def refers(self, passage: Passage) -> bool:
        """Tell whether a sentence tells of one party the act before, at a day or month."""
        exact = [t for t in passage.times if t.period and t.period.precision in ("day", "month")]
        if not exact or len(exact) != len(passage.times) or not _REFERS.search(passage.text):
            return False
        if len({m.actor for m in passage.mentions if m.acts}) != 1:
            return False
        return not (denies(passage.text) or is_unsure(passage.text) or is_hearsay(passage.text))

    def is_alike(
        self, statement: Statement, one: frozenset[str], before: Sequence[Statement]
    ) -> bool:
        """Tell whether a statement has one party where one before has another, in the same act."""
        return any(
            other.predicate == statement.predicate
            and other.id != statement.id
            and _is_not_before(statement, other)
            and lists_in(other.words) == lists_in(statement.words)
            and self._is_beside(statement, other, one)
            for other in before
        )

    def _is_beside(self, statement: Statement, other: Statement, one: frozenset[str]) -> bool:
        object, done = statement.object, other.object
        if statement.subject in self.parties.related_to(other.subject):
            firms = {self.actors[id].kind in FIRMS for id in (object, done) if id}
            return object in one and done not in one and firms == {True}
        return object == done and statement.subject in one and other.subject not in one

    def find(self, passage: Passage, evidence: Sequence[Evidence]) -> Finding | None:
        """Find what tells a sentence of statements that are alike the act before it."""
        told = [e for e in evidence if self._fits(passage, e)]
        if len({_act_of(e.statement) for e in told}) != 1:
            return None
        if then := [e for e in told if fits_times(e)]:
            return self.findings.weighed(then[0].tie, [e.statement for e in then], [], [])
        calendar = all(t.rule == "calendar" for t in passage.times)
        if len(passage.times) != 1 or not calendar or told[0].statement.predicate not in _ONCE:
            return None
        dates = ", ".join(dict.fromkeys(str(e.statement.period) for e in told))
        why = f"the ledger has another date: {dates}"
        against = [e.statement for e in told]
        return self.findings.of(told[0].tie, "contradicted", [], contradicts=against, why=why)

    def _fits(self, passage: Passage, evidence: Evidence) -> bool:
        """Tell whether a statement fits in all but its time, and no word tells more."""
        statement = evidence.statement
        if not (
            is_evidence(evidence)
            and fits_scope(evidence)
            and fits_amounts(evidence)
            and fits_product(evidence, self.actors)
            and fits_form(evidence)
            and statement.period.start
        ):
            return False
        known = self._idle.union(self.tellings.known(statement), self.tellings.names([statement]))
        left = passage.words - known
        if passage.acts - known or self.anchors.names_another(passage, known):
            return False
        return self.anchors.leaves_nothing(left, True) and not self.anchors.has_other_things(
            passage, known
        )
