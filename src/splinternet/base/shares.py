"""Shares and other numbers as people read them; data for programs keep the hyphen as minus."""

from __future__ import annotations

__all__ = ["in_figures", "percent", "rounded", "rounded_number"]


def in_figures(number: float, form: str) -> str:
    """Write a number in a form as :func:`format` has them, with the sign that is a minus."""
    return format(number, form).replace("-", "−")


def percent(share: float) -> str:
    """Write a share that was counted as a percentage with one decimal, more where it is small."""
    if 0 < share < 0.0001:
        return "<0.01%"
    return in_figures(share, f".{2 if 0 < share < 0.001 else 1}%")


def rounded(share: float) -> str:
    """Write a share as a percentage of two digits, which is as much as the model can tell."""
    if share < 0:
        return f"−{rounded(-share)}"
    if share >= 0.995:
        return "100%" if share > 1 - 1e-9 else "over 99%"
    if 0 < share < 0.0001:
        return "under 0.01%"
    return f"{100 * share:.2g}%"


def rounded_number(value: float) -> str:
    """Write a number that is no share: whole in full, others with three digits."""
    return in_figures(value, ",.0f" if value == round(value) or abs(value) >= 1000 else ",.3g")
