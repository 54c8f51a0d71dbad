"""Errors of a digest: differences that are smaller cannot be told."""

from __future__ import annotations

from splinternet.base.shares import in_points
from splinternet.base.texts import phrase
from splinternet.world.manifest import Manifest

__all__ = ["difference_error", "error_words", "is_told", "measured_error"]

#: Figures that are told by the error of another: a carrier's or a state's share by that of such
#: shares, as its row is, and both bounds of what is one truth alike.
_TOLD_BY = {
    **dict.fromkeys(
        ("dependence", "exposed_inbound", "foreign_dependence", "state_share"), "carrier"
    ),
    "detours_or_unknown": "detours",
}


def difference_error(manifest: Manifest, figure: str) -> float:
    """Root mean square error of what changes in a figure; 0 for a full world, or if not measured.

    Parameters
    ----------
    manifest
        Of the world before.
    figure
        Its name, as :mod:`splinternet.digest.errors` has it.
    """
    return measured_error(manifest, figure) or 0.0


def measured_error(manifest: Manifest, figure: str) -> float | None:
    """Error as :func:`difference_error` gives it; None where none was measured."""
    found = manifest.error_of(_TOLD_BY.get(figure, figure), "difference")
    return None if found is None else found.error


def is_told(manifest: Manifest, figure: str, difference: float) -> bool:
    """Whether a difference is as large as the error of the world in it."""
    return abs(difference) >= difference_error(manifest, figure)


def error_words(manifest: Manifest, figure: str) -> str:
    """Say the error: ``the digest's error of 0.4 points``; nothing for a full world."""
    error = difference_error(manifest, figure)
    return phrase("what_if.digest.error", points=in_points(error).lstrip("+")) if error else ""
