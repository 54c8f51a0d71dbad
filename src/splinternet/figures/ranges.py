"""Ranges of the headline figures: how far below and above a figure those by other rules lie."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

__all__ = ["COUNTED", "RANGES", "Around", "around_of", "ends_around", "range_rows"]

#: The table of shipped figures that has them.
RANGES = "ranges"

#: The headline that is a number of networks, and no share.
COUNTED = "control_points"

#: By figure: how far below its value the range reaches (0 or less), and how far above it.
Around = Mapping[str, tuple[float, float]]

_SCHEMA = pl.Schema(
    {"nation": pl.String(), "figure": pl.String(), "below": pl.Float64(), "above": pl.Float64()}
)


def range_rows(found: Iterable[tuple[str, Around]]) -> pl.DataFrame:
    """Rows of nations' ranges: ``nation``, ``figure``, ``below`` and ``above``."""
    rows = [(nation, figure, *ends) for nation, around in found for figure, ends in around.items()]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("nation", "figure")


def around_of(rows: pl.DataFrame | None) -> Around:
    """Ranges of one nation from its rows; none where no rows are shipped."""
    if rows is None:
        return {}
    return {
        figure: (below, above)
        for figure, below, above in rows.select("figure", "below", "above").iter_rows()
    }


def ends_around(around: Around, row: Mapping[str, Any]) -> dict[str, float]:
    """``FIGURE_low`` and ``FIGURE_high`` of the figures of a nation's row.

    Shares stay between 0 and 1; a number of networks is 1 at the least.
    """
    found = {}
    for figure, (below, above) in around.items():
        if (value := row.get(figure)) is not None:
            least, most = (1.0, math.inf) if figure == COUNTED else (0.0, 1.0)
            found[f"{figure}_low"] = max(least, value + below)
            found[f"{figure}_high"] = min(most, value + above)
    return found
