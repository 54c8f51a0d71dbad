"""Figures: shares, counts, money and multiples, with unit, scope and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.dates import Period
from splinternet.essay.gazetteer import Actor
from splinternet.essay.quantities import find_quantities
from splinternet.essay.quantity import Quantity
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.sentences import Sentence, by_sentence
from splinternet.essay.times import TimeReference

__all__ = ["Figure", "find_figures"]

#: Where the words about a figure end.
_PHRASE_END = re.compile(
    r"[,;:(.](?! ?[0-9])| (?:which|that|while|whereas|but|and|as|according|compared|up|down|since|"
    r"after|before|when)\b"
)


@dataclass(frozen=True)
class Figure:
    """A figure in a sentence.

    Parameters
    ----------
    text
        The words.
    sentence, start, end
        Number of the sentence, and where they stand in it.
    low, high
        The figure, or its bounds; None where there is no bound (``more than``, ``up to``).
    qualifier
        about (also for nearly, almost), more than, at least, just over, just under, less
        than or up to.
    unit
        As in a ledger: %, times, count, days, months, years, hours, km, USD and other currencies.
    basis
        What is counted, or what a share is of, in the words of the essay.
    actor
        Id of the actor whose figure it is: the last firm, else the last actor, named before it.
    scope
        States, generations and segments that the words after it name.
    period
        What time it is of: one the sentence names, else the date of the essay.
    of
        Index, among all figures, of the share or count that a multiple multiplies.
    """

    text: str
    sentence: int
    start: int
    end: int
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str
    basis: str
    actor: str | None
    scope: Scope
    period: Period | None
    of: int | None = None

    @property
    def is_market_share(self) -> bool:
        """Whether it is somebody's share of a market."""
        return self.unit in ("%", "times") and "market" in self.basis


def find_figures(
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
    dated: Period | None,
) -> list[Figure]:
    """Find figures with unit, qualifier, scope and date.

    A multiple without a thing of its own (``a figure which has nearly tripled since 2017``)
    multiplies the figure before it in the sentence, and takes over whose it is and its scope.
    """
    figures: list[Figure] = []
    mentioned, timed = by_sentence(mentions), by_sentence(times)
    for sentence in sentences:
        here, then = mentioned.get(sentence.number, ()), timed.get(sentence.number, ())
        first = len(figures)
        for quantity in _outside(find_quantities(sentence.text), then):
            figure = _figure(sentence, quantity, here, then, actors, dated)
            figures.append(_related(figure, figures, first, quantity))
    return figures


def _outside(quantities: Sequence[Quantity], times: Sequence[TimeReference]) -> Iterator[Quantity]:
    """Yield the quantities that are no part of a time."""
    for quantity in quantities:
        if not any(t.start < quantity.end and quantity.start < t.end for t in times):
            yield quantity


def _figure(
    sentence: Sentence,
    quantity: Quantity,
    mentions: Sequence[Mention],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
    dated: Period | None,
) -> Figure:
    end = _PHRASE_END.search(sentence.text, quantity.end)
    until = end.start() if end else len(sentence.text)
    phrase = sentence.text[quantity.end : until]
    within = [m for m in mentions if quantity.end <= m.start < until]
    return Figure(
        text=sentence.text[quantity.qualified_from : quantity.end].strip(),
        sentence=sentence.number,
        start=quantity.start,
        end=quantity.end,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        basis=_basis(quantity, phrase),
        actor=_owner(mentions, quantity.start, actors),
        scope=scope_of(f"{quantity.what} {phrase}", within, actors),
        period=_time(times, quantity, until, dated),
    )


def _basis(quantity: Quantity, phrase: str) -> str:
    words = " ".join(f"{quantity.what} {phrase}".split())
    return words.removeprefix("of ").removeprefix("the ")[:100]


def _owner(mentions: Sequence[Mention], before: int, actors: dict[str, Actor]) -> str | None:
    acting = [m.actor for m in mentions if m.acts and m.actor and m.start < before]
    firms = [actor for actor in acting if actors[actor].kind in FIRMS]
    nearest = (firms or acting)[-1:]
    return nearest[0] if nearest else None


def _time(
    times: Sequence[TimeReference], quantity: Quantity, until: int, dated: Period | None
) -> Period | None:
    """Choose the time that stands nearest; a multiple takes what follows it."""
    multiple = quantity.unit == "times"
    known = [t for t in times if t.period and (not multiple or t.start >= quantity.end)]
    if not multiple:
        # What follows a later figure's verb ("tripled since 2017") is of that figure.
        known = [t for t in known if t.start < until + 20]
    near = min(known, key=lambda t: abs(t.start - quantity.start), default=None)
    return near.period if near else dated


def _related(figure: Figure, figures: Sequence[Figure], first: int, quantity: Quantity) -> Figure:
    if figure.unit != "times" or len(figures) == first or quantity.what:
        return figure
    of = len(figures) - 1
    base = figures[of]
    return replace(
        figure, of=of, basis=base.basis, scope=base.scope, actor=base.actor or figure.actor
    )
