"""Sentences set beside what the ledger has in words: sayings, claims of essays, and facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from splinternet.essay.dates import Period
from splinternet.essay.figures import Figure
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence, fits_amounts, fits_scope, fits_time
from splinternet.essay.gazetteer import Actor
from splinternet.essay.statements import Statement
from splinternet.essay.tie import Tie
from splinternet.essay.told import Told, told_of
from splinternet.essay.wording import content_words

__all__ = ["Reported"]

_FEWEST_WORDS = 3
#: Predicates that say nothing which the words of a statement do not say.
_IN_WORDS = frozenset(("states", "regulates"))
_NEGATIONS = frozenset(("no", "not", "never", "neither", "nor", "without", "cannot"))


class Reported:
    """The statements that a ledger has in words.

    Parameters
    ----------
    findings
        Its statements and parties, and how they weigh in.
    actors
        Its actors.
    of_actor
        The statements on each of them, by its id.
    dated
        Date of the essay.
    """

    def __init__(
        self,
        findings: Findings,
        actors: dict[str, Actor],
        of_actor: Mapping[str, Sequence[Statement]],
        dated: Period | None,
    ) -> None:
        self.findings = findings
        self.parties = findings.parties
        self.actors = actors
        self.dated = dated
        self._of_actor = of_actor
        claims = [
            (statement, words)
            for statement in findings.statements.values()
            if statement.claim and (statement.of_an_essay or statement.kind == "fact")
            if len(words := content_words(statement.claim)) >= _FEWEST_WORDS
        ]
        self._of_essays = [each for each in claims if each[0].of_an_essay]
        self._in_words: defaultdict[str, list[tuple[Statement, frozenset[str]]]] = defaultdict(list)
        for statement, words in claims:
            if not statement.of_an_essay and statement.predicate in _IN_WORDS:
                self._in_words[statement.subject].append((statement, words))
        self._name_words = {id: content_words(actor.name) for id, actor in actors.items()}

    def dated_at(self, dated: Period | None) -> Reported:
        """Return the same for an essay of another date."""
        other = copy(self)
        other.dated = dated
        return other

    def of_words(self, text: str, named: Iterable[str]) -> list[Finding]:
        """Set a sentence beside claims in words, whose every word of content it holds.

        Claims of essays, and facts whose subject and time the sentence names. ``named`` are the
        actors it mentions, whose names count as words of it. A sentence that denies something
        holds no claim that does not.
        """
        named = set(named)
        words = content_words(text).union(*(self._name_words[actor] for actor in named))
        return [
            self.findings.weighed(None, [], [statement], [])
            for statement, needed in self._of_essays
            if needed <= words and words & _NEGATIONS == needed & _NEGATIONS
        ]

    def of_what_is_told(self, tie: Tie, text: str, figures: Sequence[Figure]) -> list[Finding]:
        """Find statements of words that a sentence reports, with who says them and when."""
        speakers = self.parties.related_to(tie.subject) if tie.subject else set()
        supports = [
            statement
            for speaker in sorted(speakers)
            for statement in told_of(
                Told(text), speaker, self._of_actor.get(speaker, ()), figures, self.actors
            )
            if fits_time(Evidence(statement, tie, figures, False, self.dated))
        ]
        if not supports:
            return []
        one = replace(tie, object=supports[0].object)
        return [self.findings.weighed(one, supports, [], [])]

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
            for subject in sorted(named)
            for statement, needed in self._in_words.get(subject, ())
            if needed <= words
            and words & _NEGATIONS == needed & _NEGATIONS
            and self._fits_in_words(Evidence(statement, tie, figures, False, self.dated))
        ]
        if not supports:
            return []
        one = replace(tie, subject=supports[0].subject, object=supports[0].object)
        return [self.findings.weighed(one, supports, [], [])]

    def _fits_in_words(self, evidence: Evidence) -> bool:
        lasting = evidence.statement.lasting
        timely = fits_time(replace(evidence, lasting=lasting))
        return timely and fits_amounts(evidence) and fits_scope(evidence)
