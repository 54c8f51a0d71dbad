"""Shares as people read them."""

from __future__ import annotations

__all__ = ["percent", "rounded"]


def percent(share: float) -> str:
    """Write a share that was counted as a percentage with one decimal, more where it is small."""
    if 0 < share < 0.0001:
        return "<0.01%"
    return f"{share:.{2 if 0 < share < 0.001 else 1}%}"


def rounded(share: float) -> str:
    """Write a share as a percentage of two digits, which is as much as the model can tell."""
    if share >= 0.995:
        return "100%" if share > 1 - 1e-9 else "over 99%"
    if 0 < share < 0.0001:
        return "under 0.01%"
    return f"{100 * share:.2g}%"
