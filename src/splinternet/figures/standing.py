"""The state that stands out on a nation's routes: more than that state is on others' routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

__all__ = ["CARRIED", "carrier_ends", "standing_out", "with_standing"]

#: Shares of an atlas, and of who stands out, and the columns that name who has each.
CARRIED = {
    "foreign_dependence": "foreign_dependence_on",
    "dependence": "dependence_on",
    "state_share": "state",
    "stands_share": "stands",
}


def standing_out(states: pl.DataFrame, nations: int) -> pl.DataFrame:
    """Find for each nation the state that is on most more of its routes than on all nations'.

    The largest state is the same for most nations. The one that stands out is that whose share
    lies furthest above its mean share over all nations; a share that is not shipped counts 0.

    Parameters
    ----------
    states
        ``nation``, ``country`` and ``share``, as shipped figures have them.
    nations
        How many nations there are.

    Returns
    -------
    polars.DataFrame
        ``nation``, ``state``, ``share`` and ``mean``; no row of a nation on whose routes no other
        state is above its mean.
    """
    others = states.drop_nulls("country").filter(pl.col("country") != pl.col("nation"))
    above = pl.col("share") - pl.col("mean")
    return (
        others.with_columns(mean=pl.col("share").sum().over("country") / nations)
        .filter(above > 0)
        .sort(above, "country", descending=[True, False])
        .unique("nation", keep="first", maintain_order=True)
        .select("nation", "share", "mean", state="country")
        .select("nation", "state", "share", "mean")
        .sort("nation")
    )


def carrier_ends(
    row: Mapping[str, Any], ends: Callable[[int | str, float], tuple[float, float] | None]
) -> dict[str, float]:
    """Ranges of the shares of carriers that a row names: ``COLUMN_low`` and ``COLUMN_high``.

    That of the largest share is another: by other rules another carrier has it.

    Parameters
    ----------
    row
        The nation's row of an atlas, or of :func:`with_standing`.
    ends
        Gives the range of the share of a network or a state, or None if it is not known.
    """
    found = {}
    for figure, of in CARRIED.items():
        carrier, share = row.get(of), row.get(figure)
        if carrier is not None and share is not None and (around := ends(carrier, share)):
            found[f"{of}_low"], found[f"{of}_high"] = around
    return found


def with_standing(nations: pl.DataFrame, states: pl.DataFrame | None) -> pl.DataFrame:
    """Add to nations the state that stands out, its share, and how far that is above its mean.

    Returns
    -------
    polars.DataFrame
        ``nations`` with ``stands``, ``stands_share`` and ``stands_above``; as they were where the
        shares of states are not known.
    """
    if states is None:
        return nations
    found = standing_out(states, nations.height).select(
        country="nation",
        stands="state",
        stands_share="share",
        stands_above=pl.col("share") - pl.col("mean"),
    )
    return nations.join(found, on="country", how="left", maintain_order="left")
