"""Classes of figures on a map: few enough that their shades can be told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10

from splinternet.base.shares import in_figures
from splinternet.base.texts import phrase

__all__ = ["class_names", "class_of", "round_breaks", "round_step"]

#: How many classes there are where no figure is below nought.
_ONE_ARM = 5

#: Steps that people count in.
_STEPS = (1, 2, 2.5, 5, 10)

#: Less than this part of a step counts as no change.
_HARDLY = 0.1


def round_breaks(values: Sequence[float], unit: str) -> list[float]:
    """Choose where one class ends and the next begins.

    Shares and differences get equal steps; anything else, often one great and many small, gets
    classes of about equally many.

    Parameters
    ----------
    values
        The figures; some below nought ask for two arms.
    unit
        ``share`` or any other.

    Returns
    -------
    list of float
        Ascending; fewer than four where figures are few.
    """
    most = max(map(abs, values), default=0) or 1
    if min(values, default=0) < 0:
        step = round_step(most / 3)
        return [-2 * step, -step, -step * _HARDLY, step * _HARDLY, step, 2 * step]
    if unit == "share":
        step = round_step(most / _ONE_ARM)
        return [step * (n + 1) for n in range(_ONE_ARM - 1)]
    ordered = sorted(values) or [0.0]
    found = {_rounded(ordered[len(ordered) * (n + 1) // _ONE_ARM]) for n in range(_ONE_ARM - 1)}
    return sorted(found - {0.0}) or [1.0]


def class_of(value: float, breaks: Sequence[float]) -> int:
    """Return the number of the class, from nought; a figure on a break is in the upper one."""
    # Steps of a tenth do not add up exactly: 3 * 0.1 > 0.3.
    return bisect_right([each - abs(each) * 1e-9 for each in breaks], value)


def class_names(breaks: Sequence[float], unit: str) -> list[str]:
    """Name the classes: ``under 20%``, ``20 to 40%``, ``80% or more``."""
    sign, size = ("%", 100) if unit == "share" else ("", 1)
    ends = [in_figures(each * size, ",.10g") for each in breaks]
    between = [
        phrase("charts.between", low=low, high=f"{high}{sign}") for low, high in pairwise(ends)
    ]
    under = phrase("charts.under", number=f"{ends[0]}{sign}")
    return [under, *between, phrase("charts.more", number=f"{ends[-1]}{sign}")]


def round_step(least: float) -> float:
    """Return the smallest round step that is not less than this."""
    power = 10.0 ** floor(log10(least))
    return next(power * each for each in _STEPS if power * each >= least * 0.999)


def _rounded(value: float) -> float:
    """Round to one figure, so that it can be read: 3,417 is 3,000."""
    if not value:
        return 0.0
    power = 10.0 ** floor(log10(abs(value)))
    return round(value / power) * power
