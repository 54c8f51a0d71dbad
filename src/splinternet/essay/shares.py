"""Shares of markets, and of the equipment that a nation or operator has installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.figures import Figure
from splinternet.essay.gazetteer import Actor
from splinternet.essay.moods import clause_around, mood_of
from splinternet.essay.quotations import blanked
from splinternet.essay.scopes import scope_of
from splinternet.essay.sentences import Sentence
from splinternet.essay.tie import Tie
from splinternet.essay.times import TimeReference
from splinternet.essay.wording import content_words

__all__ = ["find_shares"]

_MARKET = re.compile(r"\bmarkets?\b", re.IGNORECASE)
_INSTALLED = re.compile(
    r"\b(?:(?:radio|access|core|mobile|[2-5]G) (?:\w+ )?(?:networks?|equipment)|RAN|equipment|"
    r"base stations|cores?)\b"
)
#: What is sold in a market as a whole.
_SALES = re.compile(
    r"\b(?:smart ?phones?|phones?|handsets?) (?:shipments|sales|sold)\b", re.IGNORECASE
)
#: A market without a part of it is another one.
_APART = re.compile(
    r"\b(?:outside|except|excluding|without|apart from|online|leav(?:e|ing) \w+ (?:out|aside))\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:(?:Outside|Except in|Without|Apart from) [^,;]{2,40}|Leav(?:e|ing) \w+ (?:out|aside)), "
    r"(?:and )?"
)
#: What a share changed by is no share.
_CHANGE = re.compile(
    r"\b(?:by|lost|lose[sd]?|gained|gains?|shed|another|further)(?: \w+)? $", re.IGNORECASE
)
#: A share of another time, or of others, beside which one is set; its own date is of no other.
_BESIDE = re.compile(
    r"\b(?:against|up from|down from|compared (?:with|to)|as against|after|versus|vs\.?)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
#: A share of several in one, of which none of them has as much.
_TOGETHER = re.compile(
    r"\b(?:together|combined|between them|jointly|in sum|"
    r"shared? (?:about |some |nearly )?(?=[0-9]))",
    re.IGNORECASE,
)
_OPERATOR = frozenset(("operator",))


def find_shares(
    sentence: Sentence,
    mentions: Sequence[Mention],
    figures: Sequence[tuple[int, Figure]],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
) -> Iterator[Tie]:
    """Find the shares that a sentence gives: of a market, or of installed equipment.

    A share ties whoever has it, a firm or a group of firms, to the state, region or operator that
    the clause names, or else to the world market of the goods.
    """
    text = blanked(sentence.text)
    earlier: Tie | None = None
    for index, figure in figures:
        if figure.unit not in ("%", "times") or figure.start >= len(text):
            continue
        before = text[: figure.end - len(figure.text)][-30:]
        if text[figure.start] == " " or _CHANGE.search(before) or _BESIDE.search(before):
            continue
        first, last = clause_around(text, figure.start, figure.end)
        here = [m for m in mentions if first <= m.start < last and m.actor]
        states = {m.actor for m in here if actors[m.actor or ""].kind == "state"}
        if len(states) > 1:  # in Germany 57 percent, in Poland 60 percent
            after = text.find(",", figure.end, last)
            apart = (text.rfind(",", first, figure.start), after if after > 0 else last)
            here = [
                m
                for m in here
                if actors[m.actor or ""].kind != "state" or apart[0] <= m.start < apart[1]
            ]
        if figure.of is not None:  # which has tripled: of the figure before, in another clause
            here = [m for m in mentions if m.actor]
        if _TOGETHER.search(text) and len(_firms(here, actors)) > 1:
            continue
        owner = _owner(text, here, figure, actors)
        clause = text[first:last] if figure.of is None else figure.basis
        predicate = _predicate(clause, figure)
        led = _LED.match(text)
        apart_of = f"{led[0]}{clause}" if led and led.end() - first in range(5) else clause
        market = _market_apart(apart_of, actors) if _APART.search(apart_of) else None
        if not owner or (market is None and _APART.search(apart_of)):
            continue
        if not predicate and earlier and earlier.subject != owner.actor and figure.unit == "%":
            # Of what the share before it is of: and Nokia had 15 percent.
            one = replace(earlier, subject=owner.actor, text=figure.text, figures=(index,))
            yield from (replace(one, subject=i) for i in _owners(clause, owner, here, actors))
            continue
        if not predicate:
            continue
        others = [m for m in here if m.actor not in (owner.actor, actors[owner.actor or ""].id)]
        others = [] if market else others  # its state is no limit, but what it is without
        scope = scope_of(clause, others, actors) if figure.of is None else figure.scope
        object = market or _object(predicate, others, scope.countries, scope.segments, actors)
        if object and object != owner.actor:
            found = tuple(t for t in times if first <= t.start < last)
            one = Tie(
                sentence=sentence.number,
                subject=owner.actor,
                predicate=predicate,
                object=object,
                text=figure.text,
                scope=scope,
                mood=mood_of(
                    text, figure.end - len(figure.text), figure.end, figure.end, counted=True
                ),
                figures=(index,),
                times=found or (tuple(times) if len(times) == 1 else ()),
            )
            earlier = one
            yield from (replace(one, subject=each) for each in _owners(clause, owner, here, actors))


def _firms(mentions: Sequence[Mention], actors: dict[str, Actor]) -> set[str]:
    return {m.actor for m in mentions if m.acts and m.actor and actors[m.actor].kind in FIRMS}


def _market_apart(clause: str, actors: dict[str, Actor]) -> str | None:
    """Return the market without a part of it that a clause has all words of."""
    words = content_words(clause)
    apart = (a for a in actors.values() if a.kind == "market" and _APART.search(a.name))
    return next((a.id for a in apart if content_words(a.name) <= words), None)


def _predicate(clause: str, figure: Figure) -> str | None:
    if figure.is_market_share or _MARKET.search(clause) or _SALES.search(clause):
        return "market_share"
    return "vendor_share" if figure.unit == "%" and _INSTALLED.search(clause) else None


def _owner(
    text: str, mentions: Sequence[Mention], figure: Figure, actors: dict[str, Actor]
) -> Mention | None:
    """Return whose share it is: right after ``for``, or the nearest before, or else after it."""
    market = bool(_MARKET.search(figure.basis))
    kinds = (FIRMS if market else FIRMS - _OPERATOR) | {"group"}
    firms = [m for m in mentions if m.acts and actors[m.actor or ""].kind in kinds]
    for mention in firms:
        if re.fullmatch(r" (?:for|by) (?:the )?", text[figure.end : mention.start]):
            return mention
        of_it = re.fullmatch(r" (?:of|from) (?:the )?", text[figure.end : mention.start])
        if of_it and not market and actors[mention.actor or ""].kind == "vendor":
            return mention
    before = [m for m in firms if m.start < figure.start]
    return before[-1] if before else next(iter(firms), None)


def _owners(
    clause: str, owner: Mention, mentions: Sequence[Mention], actors: dict[str, Actor]
) -> list[str]:
    """Return whose share it is: of all firms before it, where each of them has it."""
    firms = [m for m in mentions if m.acts and actors[m.actor or ""].kind in FIRMS]
    joint = [m for m in firms if m.start <= owner.start] if re.search(r"\beach\b", clause) else []
    return list(dict.fromkeys(m.actor for m in (*joint, owner) if m.actor))


def _object(
    predicate: str,
    others: Sequence[Mention],
    countries: Sequence[str],
    segments: Sequence[str],
    actors: dict[str, Actor],
) -> str | None:
    """Return the operator, state or region whose market it is, or the world market."""
    kinds = {actor: actors[actor].kind for m in others if (actor := m.actor)}
    operators = [actor for actor, kind in kinds.items() if kind in ("operator", "group")]
    if predicate == "vendor_share" and operators:
        return operators[0] if len(operators) == 1 else None
    if len(countries) == 1:
        state = countries[0].lower()
        return state if state in actors else None
    if countries:
        return None
    regions = [actor for actor, kind in kinds.items() if kind in ("region", "market")]
    if regions:
        return regions[0] if len(regions) == 1 else None
    if predicate != "market_share" or len(segments) != 1:
        return None
    market = segments[0].lower()
    return market if market in actors and actors[market].kind == "market" else None
