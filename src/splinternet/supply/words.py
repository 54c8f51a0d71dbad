"""Supply figures as people read them."""

from __future__ import annotations

from splinternet.base.texts import phrase

__all__ = ["figure_words", "is_uncertain", "not_known"]

#: A share known no better than this, in points, is told by its lower bound alone.
_EMPTY = 90

_LARGE = ((1e9, "billion"), (1e6, "million"))


def not_known() -> str:
    """Say of a figure that nothing is known of it."""
    return phrase("supply.figure.not_known")


def figure_words(least: float, most: float | None, unit: str) -> str:
    """Write a figure of the overview: ``59.2 to 62.8%``, ``45%``, ``not known``, ``2 billion USD``.

    An interval of nearly all that can be is no answer: ``at least 0.2%``, or ``not known``; of an
    index always the latter.
    """
    if unit == "yes":
        return phrase("supply.figure.yes" if least else "supply.figure.maybe")
    if most is None and not least:
        return phrase("supply.figure.unknown")
    if unit.isupper():
        size, word = next((pair for pair in _LARGE if least >= pair[0]), (1.0, ""))
        large = phrase(f"supply.figure.{word}") if word else ""
        return f"{_joined(least / size, most and most / size, ',.10g')} {large}{unit}"
    form = ".0f" if unit else ".2f"
    if not unit and most is not None and 100 * (most - least) > _EMPTY:
        return not_known()
    if unit == "%":
        if most is not None and most - least > _EMPTY:
            if least == 0:
                return not_known()
            most = None
        form = ".2f" if 0 < least < 0.1 else ".1f"
        if most is not None and least == 0 < most:
            return phrase("supply.figure.up_to", figure=f"{_written(most, form)}%")
        if most == 100 > least:
            most = None
    if unit == "%":
        return f"{_joined(least, most, form)}%"
    things = unit.removesuffix("s") if least == most == 1 else unit
    return f"{_joined(least, most, form)} {things}".rstrip()


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
    """Write a number; a source's 45 % is no 45.0."""
    return format(number, form).removesuffix(".0")
