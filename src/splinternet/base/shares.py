"""Shares and other numbers as people read them; data for programs keep the hyphen as minus.

Shares have two digits, which is as much as the model can tell; so have differences of them, and
what was counted. A third would tell of nothing: ranges by other rules are wider. Where two shares
are compared, their difference stands beside them. Statements of the ledger keep the digits of their
sources; what is summed of them has two (:mod:`splinternet.supply.words`).
"""

from __future__ import annotations

__all__ = [
    "UNKNOWN",
    "in_figures",
    "in_points",
    "in_times",
    "in_unit",
    "rounded",
    "rounded_number",
]

#: What stands where there is no number or nothing is known, in every table, page and terminal.
UNKNOWN = "–"


def in_figures(number: float, form: str) -> str:
    """Write a number in a form as :func:`format` has them, with the sign that is a minus."""
    return format(number, form).replace("-", "−")


def rounded(share: float) -> str:
    """Write a share as a percentage of two digits, which is as much as the model can tell."""
    if share < 0:
        words, _, figure = rounded(-share).rpartition(" ")
        return f"{words} −{figure}".lstrip()
    if share >= 0.995:
        return "100%" if share > 1 - 1e-9 else "over 99%"
    if 0 < share < 0.0001:
        return "under 0.01%"
    return f"{100 * share + 0.0:.2g}%"  # no minus before nothing


def in_points(difference: float) -> str:
    """Write a difference of shares in points of percent, with its sign and two digits.

    Examples
    --------
    >>> in_points(0.0314), in_points(-0.251), in_points(1.0), in_points(0.0)
    ('+3.1', '−25', '+100', '0')
    """
    if 0 < abs(difference) < 0.0001:
        return "under +0.01" if difference > 0 else "under −0.01"
    points = float(f"{100 * difference:.2g}")
    return in_figures(points, "+.10g") if points else "0"


def in_times(factor: float) -> str:
    """Write by what factor a share grows, with two digits: ``1.0``, ``3.4``, ``35``, ``1,200``."""
    return f"{factor:,.1f}" if factor < 9.95 else f"{float(f'{factor:.2g}'):,.0f}"


def rounded_number(value: float) -> str:
    """Write a number that is no share: whole in full, others with three digits.

    Examples
    --------
    >>> rounded_number(12345.6), rounded_number(999.6), rounded_number(0.2312), rounded_number(-4.0)
    ('12,346', '1,000', '0.231', '−4')
    """
    if value == round(value) or abs(value) >= 1000:
        return in_figures(value + 0.0, ",.0f")
    return in_figures(float(f"{value:.3g}"), ",.10g")


def in_unit(value: float | None, unit: str) -> str:
    """Write a figure in its unit; of one that is not known, that it is not.

    Examples
    --------
    >>> in_unit(0.178, "share"), in_unit(1200.0, "networks"), in_unit(None, "share")
    ('18%', '1,200', '–')
    """
    if value is None:
        return UNKNOWN
    return rounded(value) if unit == "share" else rounded_number(value)
