"""Sentences that assert what a statement says is not so."""

from __future__ import annotations

from splinternet.essay.assertion import denies
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.limits import fits_times
from splinternet.essay.passages import Passage
from splinternet.essay.tellings import Tellings
from splinternet.essay.turned import IsTold, OfParties

__all__ = ["disavowed"]


def disavowed(
    passage: Passage, of_parties: OfParties, is_told: IsTold, tellings: Tellings
) -> list[Evidence]:
    """Return statements that say is not so what a passage says is.

    Every word of it must be one of what a statement denies, or of the names of its parties, and
    an act among them is none that the statement tells as done.
    """
    if denies(passage.text):
        return []
    lexicon = read_lexicon()
    found = []
    for each in of_parties(passage):
        one = each.statement
        denied = tellings.denied(one)
        if not denied or not is_evidence(each):
            continue
        words = passage.words - passage.persons - lexicon.idle - tellings.names([one])
        acts = words & lexicon.acting
        scope = roots(" ".join((*one.scope.generations, *one.scope.segments)))
        if not acts or acts & tellings.told(one) or not words - scope <= lexicon.with_same(denied):
            continue
        if is_told(passage, each, sure=False) and fits_times(each):
            found.append(each)
    return found
