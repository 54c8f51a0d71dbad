"""Sentences that give several shares, each read with what it has in common with the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from splinternet.essay.actors import Mention
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.passages import Passage

__all__ = ["of_each", "parted"]

#: Where another share begins, and what leads to it.
_JOINT = re.compile(
    r"; |, (?:and |but |while |whereas )?| and | (?:down |up )?(?:from|to|against) "
)
_LED = re.compile(r"\b(?:up |down )?(?:from|to|against) (?:[a-z]+ )?$")
#: What says that each of several has it.
_EACH = re.compile(
    r"\b(?:each|apiece|alike|both|level|equal(?:ly)?|jointly|shared|together)\b", re.I
)
_TOGETHER = re.compile(
    r"\b(?:together|combined|between them|jointly|in sum|joint|"
    r"shared? (?:about |some |nearly )?(?=[0-9]))\b",
    re.IGNORECASE,
)
_OWNERS = frozenset(("vendor", "company", "group"))
_WHOLES = frozenset(("operator", "state", "region", "market"))


def parted(passage: Passage, actors: dict[str, Actor]) -> list[Passage]:
    """Return a passage for each share of several, with blanks for what is of the others only.

    Words before the first share, and behind the last, are common to all, but for times and names of
    which a share has its own.
    """
    shares = sorted((f for _, f in passage.figures if f.unit == "%"), key=lambda f: f.start)
    if len(shares) < 2 or len(shares) != len(passage.figures):
        return []
    bounds = [0]
    for one, other in pairwise(shares):
        joints = [m.start() for m in _JOINT.finditer(passage.text, one.end, _start(other))]
        if not joints and not (joints := _before(passage.text, one.end, _start(other))):
            return []
        bounds.append(joints[-1])
    bounds.append(len(passage.text))
    spans = list(pairwise(bounds))
    return [_of_one(passage, number, shares, spans, actors) for number in range(len(shares))]


def of_each(passage: Passage, actors: dict[str, Actor]) -> list[Passage]:
    """Return a passage for each owner of one share, where the words say that each has it."""
    if not _EACH.search(passage.text) or _TOGETHER.search(passage.text):
        return []
    owners = [m for m in passage.mentions if m.acts and _kind(m, actors) in _OWNERS]
    if len({m.actor for m in owners}) < 2:
        return []
    return [
        _without(passage, [(m.start, m.end) for m in owners if m.actor != owner.actor])
        for owner in owners
    ]


def _before(text: str, first: int, last: int) -> list[int]:
    """Return where words lead to a share right before it."""
    led = _LED.search(text[first:last])
    return [first + led.start()] if led else []


def _start(figure: Figure) -> int:
    return figure.start


def _of_one(
    passage: Passage,
    number: int,
    shares: Sequence[Figure],
    spans: Sequence[tuple[int, int]],
    actors: dict[str, Actor],
) -> Passage:
    first, last = spans[number]
    tail = shares[-1].end
    own = [(t.start, t.end) for t in passage.times if first <= t.start < last]
    kinds = {_sort(m, actors) for m in passage.mentions if first <= m.start < last} - {None}
    out = [(f.start, f.end) for f in shares if f is not shares[number]]
    for start, end in spans[1:-1] if number == 0 else spans[1:]:
        if (start, end) != (first, last):
            out.append((start, min(end, tail) if end == len(passage.text) else end))
    for time in passage.times:
        if own and not first <= time.start < last:
            out.append((time.start, time.end))
    for mention in passage.mentions:
        if not first <= mention.start < last and _sort(mention, actors) in kinds:
            out.append((mention.start, mention.end))
    led = _LED.search(passage.text[: shares[number].start])
    if led:
        out.append((led.start(), shares[number].start))
    if number == 0 and len(spans) > 1:
        out.append((spans[-1][0], tail))
    return _without(passage, out)


def _sort(mention: Mention, actors: dict[str, Actor]) -> str | None:
    kind = _kind(mention, actors)
    return "owner" if kind in _OWNERS else "whole" if kind in _WHOLES else None


def _kind(mention: Mention, actors: dict[str, Actor]) -> str | None:
    return actors[mention.actor].kind if mention.actor else None


def _without(passage: Passage, spans: Sequence[tuple[int, int]]) -> Passage:
    """Return a passage with blanks in some places, and without what was found there."""

    def is_kept(at: int) -> bool:
        return not any(start <= at < end for start, end in spans)

    return replace(
        passage.blanked(spans),
        mentions=[m for m in passage.mentions if is_kept(m.start)],
        times=[t for t in passage.times if is_kept(t.start)],
        figures=[each for each in passage.figures if is_kept(each[1].start)],
        ties=[],
    )
