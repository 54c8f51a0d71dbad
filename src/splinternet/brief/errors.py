"""Errors of a digest: differences that are smaller cannot be told."""

from __future__ import annotations

from splinternet.base.shares import in_points
from splinternet.base.texts import phrase
from splinternet.world.manifest import Manifest

__all__ = ["difference_error", "error_words", "is_told"]


def difference_error(manifest: Manifest, figure: str) -> float:
    """Root mean square error of what changes in a figure; 0 for a full world, or if not measured.

    Parameters
    ----------
    manifest
        Of the world before.
    figure
        Its name, as :mod:`splinternet.digest.errors` has it.
    """
    found = manifest.error_of(figure, "difference")
    return 0.0 if found is None else found.error


def is_told(manifest: Manifest, figure: str, difference: float) -> bool:
    """Whether a difference is as large as the error of the world in it."""
    return abs(difference) >= difference_error(manifest, figure)


def error_words(manifest: Manifest, figure: str) -> str:
    """Say the error: ``the digest's error of 0.4 points``; nothing for a full world."""
    error = difference_error(manifest, figure)
    return phrase("what_if.digest.error", points=in_points(error).lstrip("+")) if error else ""
