"""Means over vantages without the extremes, and values by observed paths beside modelled ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import PathsFrom
from splinternet.base.errors import MisuseError

__all__ = ["TRIMMED", "Shares", "check_paths", "side_by_side", "trimmed_mean"]

#: Shape ``(vantages, networks)``, or groups of networks.
Shares = npt.NDArray[np.float64]

#: Part of the vantages that is left out at either end.
TRIMMED = 0.1


def check_paths(paths: PathsFrom) -> None:
    """Refuse what is no kind of path.

    Raises
    ------
    MisuseError
        If there is no such kind.
    """
    if paths not in get_args(PathsFrom):
        raise MisuseError.unknown("kind of path", paths, get_args(PathsFrom))


def trimmed_mean(shares: Shares) -> npt.NDArray[np.float64]:
    """Mean of each column without the tenth that is smallest and the tenth that is largest."""
    many = len(shares)
    cut = int(TRIMMED * many)
    middle: npt.NDArray[np.float64] = np.sort(shares, axis=0)[cut : many - cut].mean(axis=0)
    return middle


def side_by_side(
    modelled: pl.DataFrame, observed: pl.DataFrame, name: str, keys: Sequence[str]
) -> pl.DataFrame:
    """Set a value by observed paths beside that by modelled ones; what is in one only is 0."""
    both = modelled.select(*keys, name).join(
        observed.select(*keys, observed=name),
        on=list(keys),
        how="full",
        coalesce=True,
        nulls_equal=True,
    )
    return (
        both.with_columns(pl.col(name, "observed").fill_null(0.0))
        .with_columns(difference=pl.col("observed") - pl.col(name))
        .sort("observed", name, keys[0], descending=[True, True, False])
    )
