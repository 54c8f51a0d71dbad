"""Intervals ``[known, known + unknown]``: what a sum is at least, and at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["UNKNOWN", "Interval", "add", "hull", "per_cent"]


class Interval(NamedTuple):
    """The least and the most that something may be."""

    least: float
    most: float

    @property
    def width(self) -> float:
        """How much of it is unknown."""
        return self.most - self.least

    def scaled(self, weight: float) -> Interval:
        """Return both bounds times a weight that is not negative."""
        return Interval(weight * self.least, weight * self.most)


#: A share of which nothing is known.
UNKNOWN = Interval(0.0, 1.0)


def add(parts: Iterable[Interval]) -> Interval:
    """Sum intervals that may take any values independently; nothing sums to 0."""
    least = most = 0.0
    for part in parts:
        least += part.least
        most += part.most
    return Interval(least, most)


def hull(parts: Iterable[Interval]) -> Interval:
    """Return the smallest interval that holds all of one or more."""
    each = list(parts)
    return Interval(min(part.least for part in each), max(part.most for part in each))


def per_cent(share: float) -> float:
    """Return a share in per cent, without what a binary fraction adds in the tenth digit."""
    return round(100 * share, 9)
