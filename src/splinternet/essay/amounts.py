"""Whether figures of an essay are those of a statement of the ledger."""

from __future__ import annotations

import re
from math import inf

from splinternet.essay.figures import Figure
from splinternet.essay.lexicon import read_lexicon, roots
from splinternet.essay.statements import Statement
from splinternet.essay.wording import content_words

__all__ = ["agrees", "is_in_words", "tells_amount"]

#: How far above an amount that is only said to be exceeded another may be.
_NEAR = 1.1
#: How far "about" a figure reaches.
_ABOUT = 0.05
#: A smaller number stands in too many words to show anything.
_LEAST_TOLD = 10
_IN_WORDS: dict[float, str] = dict(
    enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
)
#: Before a number in words of a statement, what makes it the whole of which a part is told.
_OF_ALL = re.compile(rf"(?i:\b(?:[0-9]+|{'|'.join(_IN_WORDS.values())}) of (?:the |its )?)$")
#: A multiple that is told by its verb.
_MULTIPLE = re.compile(r"doubled|trebled|tripled|quadrupled|halved")
_LENGTHS = frozenset(("days", "weeks", "months", "years", "hours"))
#: So many characters after a portion tell of what it is.
_NEAR_IT = 30
#: How far "just over" or "just under" a figure reaches.
_JUST = 0.15


def tells_amount(figure: Figure, statement: Statement, of_all: bool = True) -> bool:
    """Tell whether a figure is a statement's, or stands in its words; maybe as a total there."""
    agreed = agrees(figure, statement)
    if agreed:
        return True
    # Of what a statement counts itself, a title of a source may tell a later number.
    words = statement.words if agreed is None else statement.own_words
    if _MULTIPLE.fullmatch(figure.text) and figure.text in words:
        return True
    ends = {end for end in (figure.low, figure.high) if end is not None}
    if len(ends) != 1:
        return False
    (value,) = ends
    forms = [re.escape(w) for w in (f"{value:,.10g}", f"{value:.10g}")]
    forms += [
        rf"{re.escape(f'{value / scale:.10g}')} {word}"
        for scale, word in ((1e6, "million"), (1e9, "billion"))
        if figure.unit == "count" and value >= scale
    ]
    if value in _IN_WORDS:
        forms.append(rf"(?i:\b{_IN_WORDS[value]}\b)")
    written = "|".join(forms)
    counted = content_words(figure.basis) or {figure.unit.rstrip("s")}
    if figure.unit in _LENGTHS:
        counted |= content_words(figure.unit)  # seven years, of a seven-year credit
    alike = read_lexicon().with_same(roots(figure.basis.partition(" ")[0]))
    for found in re.finditer(rf"(?<![\d.,])(?:{written})(?![\d.,]\d|\d)", words):
        if not of_all and _OF_ALL.search(words[: found.start()]):
            continue  # eleven of 27 are not 27
        near = words[found.end() : found.end() + 40]
        if figure.unit == "count" and alike & roots(near):
            return True  # three suppliers, of three chosen vendors
        after = content_words(near)
        if counted & after or (figure.unit != "count" and value >= _LEAST_TOLD):
            return True
    return False


def is_in_words(figure: Figure, statement: Statement, named: str) -> bool:
    """Tell whether a statement, or the name of its object, has a figure in words: half of them."""
    number = figure.text.partition(" ")[0].casefold()
    if figure.unit == "count" and number in named.casefold().split():
        return True  # five operators on the route
    if figure.low != figure.high and f" {figure.text} " in f" {statement.words} ":
        return True
    if not figure.text.isalpha():
        return False
    basis = roots(figure.basis) - read_lexicon().light
    told = statement.words.split(f" {figure.text} ")[1:]
    return bool(basis) and any(basis <= roots(after[:_NEAR_IT]) for after in told)


def agrees(figure: Figure, statement: Statement) -> bool | None:
    """Tell whether figures overlap; None where they cannot be compared."""
    if statement.unit != figure.unit or (statement.low is None and statement.high is None):
        return None
    counted = content_words(figure.basis) & content_words(statement.basis or "")
    if figure.unit == "count" and not counted:
        return None
    if figure.qualifier in ("just over", "just under") and statement.high is not None:
        return _is_just(figure, statement)
    if figure.qualifier in ("less than", "more than") and statement.qualifier is None:
        bound = figure.high if figure.qualifier == "less than" else figure.low
        ends = (statement.low, statement.high)
        if bound is None or None in ends:
            return False
        beyond = (
            end < bound if figure.qualifier == "less than" else end > bound
            for end in ends
            if end is not None
        )
        return all(beyond)
    bounded = figure.low is None and (figure.qualifier == "up to" or statement.low is None)
    if bounded and None not in (figure.high, statement.high):
        # Up to so much, or as much as that, is borne out only by what is near to it.
        return bool(statement.high <= figure.high <= _NEAR * statement.high)  # type: ignore[operator]
    if statement.high is None and statement.low is not None:
        # More than so much bears out no other amount than one near to that.
        least = statement.low if figure.high is not None else statement.low / _NEAR
        return figure.low is not None and least <= figure.low <= _NEAR * statement.low
    rounded = _is_whole(figure.low, figure.high) != _is_whole(statement.low, statement.high)
    twice = figure.unit == "%" and figure.qualifier == statement.qualifier == "about"
    own = None if twice else figure.qualifier  # two that are about so much are not as far apart
    low, high = _bounds(figure.low, figure.high, own, rounded)
    least, most = _bounds(statement.low, statement.high, statement.qualifier, rounded)
    ranges = (figure.low != figure.high, statement.low != statement.high)
    if all(ranges) and None not in (figure.low, figure.high):
        return least <= low and high <= most
    return low <= most and least <= high


def _is_just(figure: Figure, statement: Statement) -> bool | None:
    """Tell whether a statement has what is near to a figure; None if it has much more, or less."""
    over = figure.qualifier == "just over"
    bound = figure.low if over else figure.high
    if bound is None or statement.high is None:
        return False
    least, most = (bound, bound * (1 + _JUST)) if over else (bound * (1 - _JUST), bound)
    low, high = _bounds(statement.low, statement.high, statement.qualifier, False)
    if low <= most and least <= high:
        return True
    return None if (low > most if over else high < least) else False


def _is_whole(*bounds: float | None) -> bool:
    return all(bound is None or bound.is_integer() for bound in bounds)


def _bounds(
    low: float | None, high: float | None, qualifier: str | None, rounded: bool
) -> tuple[float, float]:
    """Return the interval that a figure means; a whole number beside a finer one may be rounded."""
    about = _ABOUT if qualifier == "about" else 0.0
    half = 0.5 if rounded and _is_whole(low, high) else 0.0
    least = -inf if low is None else low * (1 - about) - half
    most = inf if high is None else high * (1 + about) + half
    return least, most
