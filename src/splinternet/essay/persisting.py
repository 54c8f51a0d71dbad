"""Sentences that say something goes on of which statements have that it was left or stopped."""

from __future__ import annotations

import re
from dataclasses import replace

from splinternet.essay.assertion import denies
from splinternet.essay.dates import Period
from splinternet.essay.fitting import Evidence, is_evidence
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.moods import is_unsure
from splinternet.essay.passages import Passage
from splinternet.essay.polarity import direction
from splinternet.essay.statements import Statement
from splinternet.essay.turned import IsTold, OfParties
from splinternet.essay.whole import Whole

__all__ = ["gone_on"]

#: What is said to be so at the time of the essay.
_STILL = re.compile(
    r"\b(?:still|to this day|even now|to the present day|remains?|continues? to|goes on|"
    r"as before|as ever)\b",
    re.IGNORECASE,
)
#: Being somewhere, in dealings or in use, as nobody is who left or was stopped.
_PRESENT = re.compile(
    r"\b(?:(?:is|are|remains?|stays?)(?: (?:a|an|the|full|active))? "
    r"(?:member|part|partner|shareholder|investor|owner|present|active|available|accessible|"
    r"reachable|open|in|on|at|with|allowed|usable|used)(?: (?:of|in|to|at|on))?|"
    r"(?:is|are|can be) (?:freely |easily )?(?:used|reached|open)|can|accessible|available|"
    r"reachable|usable|"
    r"(?:a |an )?(?:member|part|partner)(?: of)?|"
    r"(?:does|do|doing) business|sells?|selling|delivers?|delivering|serves?|serving|carr(?:y|ies)|"
    r"carrying|supplie[sd]|supply|supplying|provides?|works?|working|operates?|operating|runs?|"
    r"running|owns?|holds?|has|have|uses?|using|takes? part|belongs? to|relie[sd]|rely|buys?|"
    r"stays?|remains?|keeps?|lets?|transmits?|traffic|freely|consortium)\b",
    re.IGNORECASE,
)
#: What a statement has as over altogether.
_OVER = re.compile(
    r"\b(?:end(?:s|ed)?|stop\w*|suspen\w+|halt\w*|paus\w+|membership|block\w*|cut\w*|left|sold|exit|"
    r"strip\w*|removed|barred|shut|remov\w+|lies? unused|abandoned)\b",
    re.IGNORECASE,
)
_ENDING = frozenset(("leaves", "restricts", "bans"))
_PART = re.compile(r"[;,]")
#: What a statement has as going on.
_GOES_ON = re.compile(r"\b(?:goes on|go on|stays?|stayed|remain\w*|continu\w+|may still|outside)\b")


def gone_on(
    passage: Passage,
    of_parties: OfParties,
    is_told: IsTold,
    whole: Whole,
    dated: Period | None,
) -> list[Evidence]:
    """Return statements that somebody left, or was cut off, who is said to be there still.

    Parameters
    ----------
    passage, of_parties, is_told, whole
        As for :func:`turned.turned`.
    dated
        Date of the essay.
    """
    text = passage.text
    times = [time for time in passage.times if time.rule != "when it was written"]
    if times or dated is None or not _STILL.search(text) or denies(text) or is_unsure(text):
        return []
    if direction(text) == "stops":
        return []
    spans = [found.span() for found in (*_STILL.finditer(text), *_PRESENT.finditer(text))]
    plain = replace(passage.blanked(spans), ties=[], times=[])
    return [
        e
        for e in of_parties(plain)
        if e.statement.predicate in _ENDING and is_evidence(e)
        if _is_over(e.statement, dated) and not _may_go_on(passage, e.statement)
        if is_told(plain, e, sure=False) and whole.tells_all(plain, [e.statement], shown=True)
    ]


def _is_over(statement: Statement, dated: Period) -> bool:
    """Tell whether a statement has something as over, and nothing that began it again."""
    start = statement.known_from
    if start is None or dated.end is None or start > dated.end or statement.period.end:
        return statement.predicate == "leaves" and bool(start and dated.end and start <= dated.end)
    words = f"{statement.claim or ''} {statement.summary}"
    return statement.predicate == "leaves" or bool(_OVER.search(words))


def _may_go_on(passage: Passage, statement: Statement) -> bool:
    """Tell whether a statement has words of a passage as of what goes on."""
    going = " ".join(p for p in _PART.split(statement.summary) if _GOES_ON.search(p))
    return bool(roots(going) & passage.words - read_lexicon().idle)
