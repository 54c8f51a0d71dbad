"""Levels of a full world moved by what a scenario changes in its digest."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.figures.shipped import LEAST
from splinternet.scenario.comparison import ENDS, beside

__all__ = ["all_moved", "moved", "shares_on_levels"]

_Floats = npt.NDArray[np.float64]

#: Units of whole numbers.
_COUNTS = ("networks", "links")

#: Both ends of the range of a share before, by other rules.
_ENDS = ENDS[:2]


def moved(level: float, before: float, after: float, unit: str = "") -> float:
    """Move a level of the full world by the change that a digest has from before to after.

    It is the level and the difference, but not above 1 if it is a share, and nothing where the
    digest has nothing left. Where the difference would leave nothing though the digest has some
    left, the level falls by the same part; so does any number of networks or links that falls from
    more than the level.

    Examples
    --------
    >>> moved(10.0, 12.0, 9.0)
    7.0
    >>> moved(10.0, 9.0, 0.0)
    0.0
    >>> moved(44.0, 52.0, 6.0, "networks")
    5.0
    >>> moved(0.125, 0.5, 0.25, "share")
    0.0625
    """
    if not after:
        return 0.0
    if unit in _COUNTS and after < before and level < before:
        return float(max(1, round(level * after / before)))
    then = level + after - before
    if then <= 0:  # so it falls, from more than the level
        return level * after / before
    return min(then, 1.0 if unit == "share" else math.inf)


def all_moved(level: _Floats, before: _Floats, after: _Floats, most: float = 1.0) -> _Floats:
    """Move many levels at once as :func:`moved` does, to no more than ``most``."""
    then = level + after - before
    by_part = level * after / np.where(then <= 0, np.maximum(before, np.finfo(float).tiny), 1.0)
    found: _Floats = np.where(after > 0, np.where(then > 0, np.minimum(then, most), by_part), 0.0)
    return found


def shares_on_levels(
    carriers: pl.DataFrame,
    shares: pl.DataFrame,
    key: str | Sequence[str],
    of_full_world: pl.Expr,
) -> pl.DataFrame:
    """Set shares before on the level that is shipped, or below the least that is shipped.

    Parameters
    ----------
    carriers
        ``key``, ``before``, ``after`` and ``difference``.
    shares
        ``key`` and ``share`` of the full world, and ``share_low`` and ``share_high`` if known.
    key
        Column that says what a share is of, or several.
    of_full_world
        Of which rows the full world has shares.
    """
    level = pl.coalesce("level", pl.min_horizontal("before", pl.lit(LEAST)))
    then = pl.col("level") + pl.col("after") - pl.col("before")
    by_part = pl.col("level") * pl.col("after") / pl.col("before")
    left = (
        pl.when(pl.col("after") <= 0)
        .then(0.0)
        .when(then > 0)
        .then(then.clip(upper_bound=1.0))
        .otherwise(by_part)
    )
    ends = {name: name.replace("before", "share") for name in _ENDS}
    known = {to: name for to, name in ends.items() if name in shares.columns}
    return (
        carriers.join(
            shares.select(key, level="share", **known),
            on=key,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        .with_columns(level=pl.when(of_full_world).then(level).otherwise("before"))
        .with_columns(after=left, before="level")
        .with_columns(difference=pl.col("after") - pl.col("before"))
        .select(beside(carriers.columns, _ENDS) if known else carriers.columns)
    )
