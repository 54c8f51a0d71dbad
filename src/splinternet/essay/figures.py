"""Figures: shares, counts, money and multiples, with unit, scope and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from splinternet.essay.actors import FIRMS, Mention
from splinternet.essay.dates import Period
from splinternet.essay.gazetteer import Actor
from splinternet.essay.scopes import Scope, scope_of
from splinternet.essay.sentences import Sentence, by_sentence
from splinternet.essay.times import TimeReference

__all__ = ["Figure", "find_figures"]

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,15}(?:\.[0-9]{1,6})?"
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SCALE = r"(?: ?(?P<scale>thousand|million|billion|trillion|bn|m)\b)?"
_CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP",
    "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "rub": "RUB",
    "yuan": "CNY", "cny": "CNY", "rmb": "CNY", "a$": "AUD", "aud": "AUD",
}  # fmt: skip
_COUNTED = (
    r"(?:base stations|stations|smartphones|phones|handsets|devices|units|cameras|users|customers|"
    r"subscribers|employees|workers|people|staff|engineers|countries|states|cities|contracts|"
    r"operators|networks|cables|projects|companies|sites|zones|exchanges)"
)
_FRACTIONS = {
    "half": 50.0, "a third": 100 / 3, "one third": 100 / 3, "two thirds": 200 / 3,
    "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0, "a fifth": 20.0,
    "one fifth": 20.0,
}  # fmt: skip
_MULTIPLES = {
    "doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "twofold": 2.0,
    "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "tenfold": 10.0,
}  # fmt: skip
_QUALIFIERS = {
    "about": "about", "around": "about", "roughly": "about", "approximately": "about",
    "nearly": "about", "almost": "about", "some": "about", "close to": "about",
    "more than": "more than", "over": "more than", "above": "more than", "at least": "at least",
    "up to": "up to", "just over": "just over",
}  # fmt: skip
_QUALIFIER = re.compile(
    rf"\b({'|'.join(sorted(_QUALIFIERS, key=len, reverse=True))})(?: an?| the)? ?$", re.IGNORECASE
)
_FIGURE = re.compile(
    rf"(?<![\w.,-])(?:"
    rf"(?P<low>{_NUMBER})(?: ?(?:%|per ?cent))?(?:[-–]| to )(?P<high>{_NUMBER}) ?(?:%|per ?cent\b)"
    rf"|(?P<share>{_NUMBER}) ?(?:%|per ?cent\b)(?! points?)"
    rf"|(?P<fraction>half|(?:a|one) third|two[- ]thirds|(?:a|one) quarter|three[- ]quarters|"
    rf"(?:a|one) fifth) (?=of\b)"
    rf"|(?P<multiple>{'|'.join(_MULTIPLES)})\b"
    rf"|(?P<times>{_NUMBER})(?:[- ]fold\b| times\b)"
    rf"|(?P<sign>US\$|A\$|\$|€|£|USD |EUR |GBP |RUB |CNY )(?P<money>{_NUMBER}){_SCALE}"
    rf"|(?P<sum>{_NUMBER})(?: ?(?P<sum_scale>thousand|million|billion|trillion|bn))? "
    rf"(?P<currency>dollars?|euros?|pounds|roubles?|rubles?|yuan)\b"
    rf"|(?P<count>{_NUMBER})(?: (?P<count_scale>thousand|million|billion))? "
    rf"(?P<what>(?:[a-z0-9-]{{2,20}} ){{0,3}}{_COUNTED})\b"
    rf")",
    re.IGNORECASE,
)
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
        about (also for nearly, almost), more than, at least, just over or up to.
    unit
        As in a ledger: %, times, count, USD and other currencies.
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
        for match in _FIGURE.finditer(sentence.text):
            if figure := _figure(sentence, match, here, then, actors, dated):
                figures.append(_related(figure, figures, first))
    return figures


def _figure(
    sentence: Sentence,
    match: re.Match[str],
    mentions: Sequence[Mention],
    times: Sequence[TimeReference],
    actors: dict[str, Actor],
    dated: Period | None,
) -> Figure | None:
    value = _value(match)
    if value is None or any(t.start <= match.start() < t.end for t in times):
        return None
    low, high, unit, what = value
    start = match.start()
    qualified = _QUALIFIER.search(sentence.text, max(0, start - 20), start)
    qualifier = _QUALIFIERS[qualified[1].lower()] if qualified else None
    end = _PHRASE_END.search(sentence.text, match.end())
    until = end.start() if end else len(sentence.text)
    phrase = sentence.text[match.end() : until]
    scope = scope_of(f"{what} {phrase}", _within(mentions, match.end(), until), actors)
    return Figure(
        text=sentence.text[qualified.start() if qualified else start : match.end()].strip(),
        sentence=sentence.number,
        start=start,
        end=match.end(),
        low=None if qualifier == "up to" else low,
        high=None if qualifier in ("more than", "at least", "just over") else high,
        qualifier=qualifier,
        unit=unit,
        basis=" ".join(f"{what} {phrase}".split()).removeprefix("of ").removeprefix("the ")[:100],
        actor=_owner(mentions, start, actors),
        scope=scope,
        period=_time(times, match, until, dated),
    )


def _value(match: re.Match[str]) -> tuple[float, float, str, str] | None:
    """Return bounds, unit, and what is counted."""
    parts = {name: text for name, text in match.groupdict().items() if text}
    if "low" in parts:
        low, high = _number(parts["low"]), _number(parts["high"])
        return (low, high, "%", "") if low <= high else None
    if "share" in parts:
        value, unit = _number(parts["share"]), "%"
    elif "fraction" in parts:
        value, unit = _FRACTIONS[parts["fraction"].lower().replace("-", " ")], "%"
    elif "multiple" in parts:
        value, unit = _MULTIPLES[parts["multiple"].lower()], "times"
    elif "times" in parts:
        value, unit = _number(parts["times"]), "times"
    elif "money" in parts:
        value = _number(parts["money"]) * _SCALES.get(parts.get("scale", "").lower(), 1)
        unit = _CURRENCIES[parts["sign"].strip().lower()]
    elif "sum" in parts:
        value = _number(parts["sum"]) * _SCALES.get(parts.get("sum_scale", "").lower(), 1)
        unit = _CURRENCIES[parts["currency"].lower()]
    else:
        value = _number(parts["count"]) * _SCALES.get(parts.get("count_scale", "").lower(), 1)
        return value, value, "count", parts["what"].lower()
    return value, value, unit, ""


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [mention for mention in mentions if start <= mention.start < end]


def _owner(mentions: Sequence[Mention], before: int, actors: dict[str, Actor]) -> str | None:
    acting = [m.actor for m in mentions if m.acts and m.actor and m.start < before]
    firms = [actor for actor in acting if actors[actor].kind in FIRMS]
    nearest = (firms or acting)[-1:]
    return nearest[0] if nearest else None


def _time(
    times: Sequence[TimeReference], match: re.Match[str], until: int, dated: Period | None
) -> Period | None:
    """Choose the time that stands nearest; a multiple takes what follows it."""
    multiple = bool(match["multiple"] or match["times"])
    known = [t for t in times if t.period and (not multiple or t.start >= match.end())]
    if not multiple:
        # What follows a later figure's verb ("tripled since 2017") is of that figure.
        known = [t for t in known if t.start < until + 20]
    near = min(known, key=lambda t: abs(t.start - match.start()), default=None)
    return near.period if near else dated


def _related(figure: Figure, figures: Sequence[Figure], first: int) -> Figure:
    if figure.unit != "times" or len(figures) == first:
        return figure
    of = len(figures) - 1
    base = figures[of]
    return replace(
        figure, of=of, basis=base.basis, scope=base.scope, actor=base.actor or figure.actor
    )
