"""Shares that a state could observe, on levels of a digest's full world where they are shipped."""

from __future__ import annotations

import polars as pl

from splinternet.figures.shipped import Figures

__all__ = ["exposure_on_levels", "main_observer"]


def exposure_on_levels(
    exposure: pl.DataFrame, figures: Figures | None, country: str
) -> pl.DataFrame:
    """Take of what a state could observe that which is shipped of the full world.

    All of the state that most incoming routes pass is shipped; of others the incoming share, among
    the shares of states. The rest is as the digest has it.

    Parameters
    ----------
    exposure
        As :func:`~splinternet.measures.exposure.exposure` gives it, of modelled paths.
    figures
        Figures of the full world by the choices asked for, if any are shipped.
    country
        The nation's code.
    """
    if figures is None or not exposure.height:
        return exposure
    observer = exposure["observer"][0]
    rows, states = (figures.table(name, country) for name in ("exposure", "states"))
    if rows is not None and (own := rows.filter(observer=observer)).height:
        asked = pl.col("direction").is_in(exposure["direction"].implode())
        return own.filter(asked).select(exposure.columns)
    found = None if states is None else states.filter(country=observer)
    if found is None or found.is_empty() or found["counted"].has_nulls():
        return exposure
    share, counted = found.select("share", "counted").row(0)
    values = {
        "third": share,
        "passing": share * counted,
        "ending": 1 - counted,
        "exposed": share * counted + 1 - counted,
    }
    return exposure.with_columns(
        pl.when(direction="inbound").then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in values.items()
    )


def main_observer(figures: Figures, country: str) -> str | None:
    """The state of which all that it could observe is shipped; None where none is."""
    rows = figures.table("exposure", country)
    return str(rows["observer"][0]) if rows is not None and rows.height else None
