"""Sentences that say that something goes on, beside what the ledger has as over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from splinternet.essay.contents import Contents
from splinternet.essay.dates import Period
from splinternet.essay.findings import Finding
from splinternet.essay.lexicon import roots
from splinternet.essay.statements import Statement

__all__ = ["still_told"]

#: What is said to be so at the time of the essay.
_NOW = re.compile(
    r"\b(?:still|to this day|even now|today|nowadays|these days|at present|currently|remains?|"
    r"continues? to|(?:has|have) never (?:stopped|ceased|ended))\b",
    re.IGNORECASE,
)
_LIMITS = frozenset(("bans", "restricts"))
#: What was so at a time before, or goes with another verb.
_THEN = re.compile(
    r"\bstill (?:had|was|were|did|could|held|owned|ran|used)\b|\btoday[’']s\b|"
    r"(?<!\bhas )(?<!\bhave )\bremained\b"
)
#: What is said to be so still of a limit, whenever that began.
_LASTS = re.compile(
    r"\b(?:still|to this day|remains?|stays?|(?:has|have) (?:since )?(?:remained|stayed|been))\b"
    r"[^.;]{0,40}?\b(?:in (?:force|effect|place)|valid|banned|blocked|barred|cut off|offline|"
    r"suspended|dark|out of reach|without (?:access|the Internet)|"
    r"under (?:it|(?:the|that) (?:ban|order)))\b",
    re.IGNORECASE,
)


def still_told(
    contents: Contents,
    finding: Finding,
    statements: Mapping[str, Statement],
    dated: Period | None,
) -> Finding:
    """Return a finding, or another where the same of the same parties was over before the essay.

    Statements that have more of the sentence's words than those that support it contradict it.
    """
    if dated is None or not dated.start or finding.status != "supported":
        return finding
    if not _NOW.search(contents.text) or _THEN.search(contents.text):
        return finding
    own = [statements[id] for id in finding.supports if id in statements]
    times = [t.period for t in contents.times if t.period and t.rule == "calendar"]
    if times and not (_LASTS.search(contents.text) and _began_then(own, times)):
        return finding
    pairs = {frozenset((s.subject, s.object)) for s in own}
    over = [
        s
        for s in statements.values()
        if frozenset((s.subject, s.object)) in pairs and s.lasting and not s.of_an_essay
        if s.period.end is not None and s.period.end < dated.start
    ]
    if not over:
        return finding
    words = roots(contents.text)
    most = max(_told(words, [s]) for s in over)
    against = [s for s in over if _told(words, [s]) == most]
    why = f"the ledger has an end: {', '.join(str(s.period.end) for s in against)}"
    ids = tuple(s.id for s in against)
    if most > _told(words, own) or all(each in over for each in own):
        return replace(
            finding, status="contradicted", supports=(), by_agency=(), contradicts=ids, why=why
        )
    told, ended = {s.predicate for s in own}, {s.predicate for s in over}
    if not told & ended and (told & _LIMITS or not ended & _LIMITS):
        return finding
    same = (*finding.same, *finding.supports)
    return replace(finding, status="unknown", supports=(), by_agency=(), same=same, why=why)


def _began_then(limits: Iterable[Statement], times: Sequence[Period]) -> bool:
    """Tell whether times are those at which limits began."""
    return all(
        each.predicate in _LIMITS
        and (begun := each.known_from) is not None
        and all(time.overlaps(Period(begun, begun, "day")) for time in times)
        for each in limits
    )


def _told(words: frozenset[str], statements: Iterable[Statement]) -> int:
    told = roots(" ".join(f"{s.claim or ''} {s.words}" for s in statements))
    return len(words & told)
