"""Supply figures as people read them."""

from __future__ import annotations

from splinternet.base.shares import rounded
from splinternet.base.texts import phrase

__all__ = ["figure_words", "is_uncertain", "not_known"]

#: A share known no better than this, in points, is told by its lower bound alone.
_EMPTY = 90

_LARGE = ((1e9, "billion"), (1e6, "million"))


def not_known() -> str:
    """Say of a figure that nothing is known of it."""
    return phrase("supply.figure.not_known")


def figure_words(least: float, most: float | None, unit: str) -> str:
    """Write a figure of the overview: ``59 to 63%``, ``45%``, ``not known``, ``2 billion USD``.

    Shares have two digits; statements keep those of their sources. An interval of nearly all that
    can be is no answer: ``at least 0.2%``, or ``not known``; of an index always the latter.
    """
    if unit == "yes":
        return phrase("supply.figure.yes" if least else "supply.figure.maybe")
    if most is None and not least:
        return phrase("supply.figure.unknown")
    if unit.isupper():
        size, word = next((pair for pair in _LARGE if least >= pair[0]), (1.0, ""))
        large = phrase(f"supply.figure.{word}") if word else ""
        return f"{_joined(least / size, most and most / size, ',.10g')} {large}{unit}"
    if not unit and most is not None and 100 * (most - least) > _EMPTY:
        return not_known()
    if unit == "%":
        if most is not None and most - least > _EMPTY:
            if least == 0:
                return not_known()
            most = None
        if most is not None and least == 0 < most:
            return phrase("supply.figure.up_to", figure=rounded(most / 100))
        if most == 100 > least:
            most = None
        return f"{_joined(least, most, '%')}%"
    things = unit.removesuffix("s") if least == most == 1 else unit
    return f"{_joined(least, most, '.0f' if unit else '.2f')} {things}".rstrip()


def is_uncertain(figure: str, kind: str | None) -> bool:
    """Tell whether to say of a figure in words that it is an estimate, quote or forecast.

    Sums of several kinds are of none, and what is not known is not estimated.
    """
    return kind is not None and kind != "fact" and "," not in kind and figure != not_known()


def _joined(least: float, most: float | None, form: str) -> str:
    low = _written(least, form)
    if most is None:
        return phrase("supply.figure.at_least", figure=low)
    high = _written(most, form)
    return low if low == high else f"{low}{phrase('supply.to')}{high}"


def _written(number: float, form: str) -> str:
    """Write a number, or a share without its sign."""
    if form == "%":
        return rounded(number / 100).removesuffix("%")
    return format(number, form)
