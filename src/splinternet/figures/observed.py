"""Shares that a state could observe, on levels of a digest's full world where they are shipped."""

from __future__ import annotations

import polars as pl

from splinternet.figures.shipped import Figures

__all__ = ["exposure_on_levels", "main_observer", "outgoing_on_levels"]


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


def outgoing_on_levels(shares: pl.DataFrame, figures: Figures | None, country: str) -> pl.DataFrame:
    """Take the outgoing share of the state of which that is shipped, so that it is one everywhere.

    Parameters
    ----------
    shares
        A ``share`` by ``country`` of the state, or by ``observer``, of the nation's outgoing routes
        without an end in it, as :func:`~splinternet.measures.dependence.depend` gives them, the
        largest first.
    figures
        Figures of the full world by the choices asked for, if any are shipped.
    country
        The nation's code.
    """
    rows = None if figures is None else figures.table("exposure", country)
    if rows is None:
        return shares
    state = "observer" if "observer" in shares.columns else "country"
    known = rows.filter(direction="outbound").select(
        pl.col("observer").alias(state), pl.col("third").alias("full")
    )
    return (
        shares.join(known.drop_nulls(), on=state, how="left", maintain_order="left")
        .with_columns(share=pl.coalesce("full", "share"))
        .drop("full")
        .sort("share", descending=True, maintain_order=True)
    )


def main_observer(figures: Figures, country: str) -> str | None:
    """The state of which all that it could observe is shipped; None where none is."""
    rows = figures.table("exposure", country)
    return str(rows["observer"][0]) if rows is not None and rows.height else None
