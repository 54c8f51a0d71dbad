"""Ranks: a nation's place among all nations."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

__all__ = ["Rank", "rank"]


@dataclass(frozen=True)
class Rank:
    """A nation's place among those that have the figure.

    Attributes
    ----------
    place
        1 is the most dependent, or the most fragile.
    of
        How many nations have the figure.
    alike
        How many others share the place.
    """

    place: int
    of: int
    alike: int


def rank(nations: pl.DataFrame, figure: str, country: str, *, most: bool = True) -> Rank | None:
    """Rank a nation by a figure.

    Parameters
    ----------
    nations
        As :func:`~splinternet.measures.atlas.atlas` gives it.
    figure
        One of its columns.
    country
        The nation's code.
    most
        Whether the largest figure takes the first place; else the smallest does.

    Returns
    -------
    Rank or None
        None where the nation has no such figure.
    """
    if figure not in nations.columns:
        return None
    known = nations.select("country", pl.col(figure).cast(pl.Float64)).drop_nulls()
    own = known.filter(pl.col("country") == country)[figure]
    if not len(own):
        return None
    # Figures that differ by rounding alone are alike.
    differs = known[figure] - float(own[0])
    ahead = differs > 1e-9 if most else differs < -1e-9
    place = 1 + int(ahead.sum())
    return Rank(place, known.height, int((differs.abs() <= 1e-9).sum()) - 1)
