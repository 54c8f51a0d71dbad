"""Sentences that turn an act round at its own time: lost the contract, let it stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from splinternet.essay.assertion import (
    GAINS,
    STOPS,
    denies,
    is_kept,
    is_turned_back,
    spans_an_act,
    turning,
)
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.limits import fits_times
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.whole import Whole

__all__ = ["IsTold", "OfParties", "opposed", "turned"]

#: What is not done, which is no act the other way.
_NOT_DONE = re.compile(r"\b(?:refrain|abstain|declin|refus|fail|hesitat|stopped short|shied)\w*")
#: Returns the statements on the parties of a passage.
OfParties = Callable[[Passage], list[Evidence]]
#: Tells whether one fits a passage in all but time and words.
IsTold = Callable[..., bool]


def turned(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> list[Evidence]:
    """Return statements of which a passage tells all, but for a word that turns the act round.

    Parameters
    ----------
    passage
        The passage.
    of_parties
        Returns the statements on the parties of a passage.
    is_told
        Tells whether one fits a passage in all but time and words.
    whole
        The words by which statements tell all of a passage.
    """
    for predicates in (GAINS, STOPS):
        spans = turning(passage.text, next(iter(predicates)))
        if not spans or not spans_an_act(passage.text, spans):
            continue
        plain = replace(passage.blanked(spans), ties=[])
        told = [
            e
            for e in of_parties(plain)
            if e.statement.predicate in predicates and is_evidence(e)
            if not any(is_kept(passage.text[a:b], e.statement.words) for a, b in spans)
            if is_told(plain, e) and fits_times(e)
            if whole.tells_all(plain, [e.statement], shown=True)
        ]
        if told:
            return told
    return []


def _stands(evidence: Evidence, others: Sequence[Evidence]) -> bool:
    """Tell whether a limit or leave of something told holds on, and no other goes the other way."""
    one = evidence.statement
    if one.period.start is None or one.period.end or not one.claim:
        return False
    pair = {one.subject, one.object}
    alike = (e.statement for e in others if {e.statement.subject, e.statement.object} == pair)
    return all(each.predicate == one.predicate for each in alike)


def opposed(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> list[Evidence]:
    """Return limits or leaves of which a passage tells all, but that it goes the other way.

    Its time has to be as exact as theirs, a day or a month, and nothing in it may be unsure; other
    arguments as for :func:`turned`.
    """
    known = {t.period.precision for t in passage.times if t.period} - {"vague"}
    if is_unsure(passage.text) or denies(passage.text) or _NOT_DONE.search(passage.text):
        return []
    if not known and passage.times:
        return []
    evidence = of_parties(passage)
    return [
        e
        for e in evidence
        if is_turned_back(passage.text, e.statement.predicate) and is_evidence(e)
        if known != {"year"} or e.statement.start_precision == "year"
        if known or _stands(e, evidence)
        if is_told(passage, e, sure=False) and fits_times(e)
        if whole.tells_all(passage, [e.statement], shown=True)
    ]
