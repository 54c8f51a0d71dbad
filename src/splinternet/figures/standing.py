"""The state that stands out on a nation's routes: more than that state is on others' routes."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

__all__ = ["standing_ends", "standing_out", "with_standing"]


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


def standing_ends(
    nations: pl.DataFrame, country: str, ends: Callable[[str, float], tuple[float, float] | None]
) -> dict[str, float]:
    """``stands_share_low`` and ``stands_share_high``: the range of the share of who stands out.

    Parameters
    ----------
    nations
        As :func:`with_standing` gives them.
    country
        Code of the nation.
    ends
        Gives the range of a state's share, or None if it is not known.
    """
    if "stands" not in nations.columns:
        return {}
    own = nations.filter(pl.col("country") == country).drop_nulls("stands")
    found = ends(*own.select("stands", "stands_share").row(0)) if own.height else None
    if found is None:
        return {}
    return dict(zip(("stands_share_low", "stands_share_high"), found, strict=True))


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
