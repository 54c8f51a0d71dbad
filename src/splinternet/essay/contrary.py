"""Sentences that say the contrary of what statements have, beside those of another date.

An act is turned round; something goes on that is over; a deadline is another; something is said to
be so of which a statement says that it is not.
"""

from __future__ import annotations

from collections.abc import Callable

from splinternet.essay.antonyms import put_otherwise, refused_to
from splinternet.essay.dates import Period
from splinternet.essay.deadlines import other_deadlines
from splinternet.essay.disavowed import disavowed
from splinternet.essay.findings import Finding, Findings
from splinternet.essay.fitting import Evidence
from splinternet.essay.gainsaid import gainsaid
from splinternet.essay.hearsay import is_hearsay
from splinternet.essay.lexicon import roots
from splinternet.essay.passages import Passage
from splinternet.essay.persisting import gone_on
from splinternet.essay.recounted import recounted
from splinternet.essay.redated import redated
from splinternet.essay.tellings import Tellings
from splinternet.essay.topics import Topic, Topics
from splinternet.essay.turned import IsTold, OfParties, opposed, turned
from splinternet.essay.whole import Whole

__all__ = ["Contrary"]

#: Words for what was stopped, beside which leave is none.
_GONE = roots("disappearance removal gone out phase-out replace replaced missing absent")


class Contrary:
    """Finds statements of which a sentence says the contrary.

    Parameters
    ----------
    findings
        The statements and parties of the ledger, and how they weigh in.
    tellings, whole
        The words by which statements may be told, and by which they tell all of a passage.
    """

    def __init__(self, findings: Findings, tellings: Tellings, whole: Whole) -> None:
        self.findings = findings
        self.tellings = tellings
        self.whole = whole
        self.topics = Topics(findings.statements, findings.parties, tellings)

    def find(
        self, passage: Passage, of_parties: OfParties, is_told: IsTold, dated: Period | None
    ) -> Finding | None:
        """Find what a sentence says the contrary of.

        Parameters
        ----------
        passage
            The sentence.
        of_parties
            Returns the statements on the parties of a passage.
        is_told
            Tells whether one fits a passage in all but time and words.
        dated
            Date of the essay.
        """
        if is_hearsay(passage.text):
            return None
        given = (passage, of_parties, is_told, self.whole)
        ways: list[tuple[str, Callable[[], list[Evidence]]]] = [
            ("the ledger says the opposite", lambda: self._turned(*given)),
            ("the ledger says the opposite", lambda: put_otherwise(*given)),
            ("the ledger says that it was done", lambda: refused_to(*given)),
            ("the ledger has another deadline", lambda: other_deadlines(*given)),
            ("the ledger has it as over", lambda: gone_on(*given, dated)),
            ("the ledger says that it is not so", lambda: disavowed(*given[:3], self.tellings)),
        ]
        for why, way in ways:
            if told := way():
                against = [e.statement for e in told]
                tie = told[0].tie
                return self.findings.of(tie, "contradicted", [], contradicts=against, why=why)
        return None

    def gainsaid(self, sentence: Passage, dated: Period | None) -> Finding | None:
        """Find statements that a sentence is on, and says otherwise: not so, so much or then."""
        if is_hearsay(sentence.text):
            return None
        given = (sentence, self.topics)
        others: list[tuple[str, Callable[[], list[Topic]]]] = [
            ("the ledger says the opposite", lambda: gainsaid(*given)),
            ("the ledger has another figure", lambda: recounted(*given)),
            ("the ledger has another date", lambda: redated(*given, dated)),
        ]
        for why, way in others:
            if told := way():
                against = [topic.statement for topic in told]
                tie = sentence.tie_of(told[0].statement)
                return self.findings.of(tie, "contradicted", [], contradicts=against, why=why)
        return None

    def _turned(
        self, passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
    ) -> list[Evidence]:
        """Return statements of which a passage tells all, but turns the act round."""
        if passage.words & _GONE:
            return []
        exact = any(t.period and t.period.precision != "vague" for t in passage.times)
        told = turned(passage, of_parties, is_told, whole) if exact else []
        return told or opposed(passage, of_parties, is_told, whole)
