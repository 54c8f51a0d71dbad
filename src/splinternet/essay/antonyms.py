"""Words of which a sentence has one where a statement has the other: upheld, overturned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from splinternet.essay.assertion import denies
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.limits import fits_times
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.turned import IsTold, OfParties
from splinternet.essay.whole import Whole

__all__ = ["put_otherwise", "refused_to"]

#: What a court, a parliament or somebody who is asked did, and the other that it may have done.
#: Each is no longer than what it stands for, so that places stay.
_OTHER = (
    (r"approved|accepted|endorsed|authori[sz]ed|cleared|granted", "rejected"),
    (r"passed|adopted|upheld|allowed", "denied"),
    (r"overturned|quashed|annulled|struck down|reversed|set aside|lifted", "upheld"),
    (r"withdrew|dropped|scrapped|abandoned|ended", "keeps"),
    (r"conceded|admitted|acknowledged|confirmed", "denies"),
    (r"rejected|refused|denied|threw out|turned down|dismissed", "allows"),
    (r"refused to suspend|declined to suspend|upheld", "suspends"),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b"), other) for words, other in _OTHER)
#: What somebody did not do, before the verb.
_REFUSED = re.compile(r" (?:had |has )?(?:refused|declined|failed|hesitated) to (?=[a-z]+\b)")
_OF_WORDS = frozenset(("states",))


def _turned(passage: Passage) -> Iterator[Passage]:
    """Yield a passage with each such word put for its other."""
    for pattern, other in _PATTERNS:
        found = pattern.search(passage.text)
        if found and len(other) <= len(found[0]):
            start, end = found.span()
            text = passage.text[:start] + other.ljust(end - start) + passage.text[end:]
            yield replace(passage, text=text, ties=[])


def put_otherwise(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> list[Evidence]:
    """Return words and rulings of which a passage tells all, but has the other word.

    Arguments as for :func:`turned.turned`.
    """
    if not passage.times or denies(passage.text) or is_unsure(passage.text):
        return []
    for other in _turned(passage):
        told = [
            e
            for e in of_parties(other)
            if e.statement.predicate in _OF_WORDS and is_evidence(e)
            if is_told(other, e) and fits_times(e)
            if whole.tells_all(other, [e.statement])
        ]
        if told and not any(whole.tells_all(passage, [e.statement]) for e in told):
            return told
    return []


def refused_to(
    passage: Passage, of_parties: OfParties, is_told: IsTold, whole: Whole
) -> list[Evidence]:
    """Return acts that somebody is said to have refused, of which a passage tells all else.

    Arguments as for :func:`turned.turned`.
    """
    found = _REFUSED.search(passage.text)
    if not found:
        return []
    plain = replace(passage.blanked([(found.start() + 1, found.end() - 1)]), ties=[])
    if denies(plain.text) or is_unsure(plain.text):
        return []
    subjects = {m.actor for m in passage.mentions if m.end <= found.start()}
    return [
        e
        for e in of_parties(plain)
        if e.statement.subject in subjects and is_evidence(e) and e.statement.predicate != "states"
        if is_told(plain, e) and fits_times(e) and whole.tells_all(plain, [e.statement])
    ]
