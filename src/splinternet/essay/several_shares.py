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

__all__ = ["goes_on", "of_each", "parted"]

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
_WORD = re.compile(r"[a-zà-ÿ0-9][\w’'-]*")
_GENERATION = re.compile(r"\b[1-9]G\b")
_OWNERS = frozenset(("vendor", "company", "group"))
_WHOLES = frozenset(("operator", "state", "region", "market"))


#: All that a sentence may say that goes on with the shares before, beside places and figures.
_GOING_ON = frozenset(
    "a about against and as at came comes comparable compared corresponding equivalent estimate "
    "estimates figure figures follow followed follows for gave give gives in is it its just number "
    "numbers of only part parts percentage percentages put puts reach reached reaches report "
    "roughly same share shares some stand stands stood study that the their to value values was "
    "were while with".split()
)


def goes_on(passage: Passage) -> bool:
    """Tell whether a passage only goes on with the shares before: in France it was 25%."""
    spans = [(m.start, m.end) for m in passage.mentions]
    spans += [(f.start, f.end) for _, f in passage.figures]
    words = _WORD.findall(passage.blanked(spans).text.lower())
    return not passage.times and all(word in _GOING_ON for word in words)


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
    ends = _ends(passage, actors)
    return [_of_one(passage, number, shares, spans, ends) for number in range(len(shares))]


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
    ends: Sequence[str | None],
) -> Passage:
    first, last = spans[number]
    tail = shares[-1].end
    own = [(t.start, t.end) for t in passage.times if first <= t.start < last]
    sorts = list(zip(passage.mentions, ends, strict=True))
    kinds = {sort for m, sort in sorts if first <= m.start < last} - {None}
    out = [(f.start, f.end) for f in shares if f is not shares[number]]
    for start, end in spans[1:-1] if number == 0 else spans[1:]:
        if (start, end) != (first, last):
            out.append((start, min(end, tail) if end == len(passage.text) else end))
    for time in passage.times:
        if own and not first <= time.start < last:
            out.append((time.start, time.end))
    generations = [found.span() for found in _GENERATION.finditer(passage.text)]
    if any(first <= start < last for start, _ in generations):
        out += [(start, end) for start, end in generations if not first <= start < last]
    for mention, sort in sorts:
        if not first <= mention.start < last and sort in kinds:
            out.append((mention.start, mention.end))
    led = _LED.search(passage.text[: shares[number].start])
    if led:
        out.append((led.start(), shares[number].start))
    if number == 0 and len(spans) > 1:
        out.append((spans[-1][0], tail))
    return _without(passage, out)


def _ends(passage: Passage, actors: dict[str, Actor]) -> list[str | None]:
    """Return of each mention whether shares are its own or of it.

    Operators have shares of a market, where no vendor has any of their networks.
    """
    kinds = [_kind(mention, actors) for mention in passage.mentions]
    owners = _OWNERS if _OWNERS & {*kinds} else _OWNERS | {"operator"}
    return ["owner" if k in owners else "whole" if k in _WHOLES else None for k in kinds]


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
