"""How a nation's figures changed over time."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from splinternet.brief.facts.asked import Asked
from splinternet.figures.history import history_made, shipped_history
from splinternet.measures.catalogue import headline_figures
from splinternet.measures.history import history
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = ["FIGURES", "changes", "evidence"]

#: The headlines, which are followed over time, and the measure that gives each.
FIGURES = {figure.name: measure.name for figure, measure in headline_figures()}


def changes(asked: Asked, worlds: Sequence[World]) -> pl.DataFrame | None:
    """Follow a nation's figures over time.

    Parameters
    ----------
    asked
        The nation. Where no worlds are given and levels are shipped, the shipped figures of all
        dates are taken, which are of one kind: links that BGP shows, by networks.
    worlds
        Worlds of several dates and of one kind.

    Returns
    -------
    polars.DataFrame or None
        ``date``, ``world``, ``kind``, ``state``, the figures by name, and ``doubt``, which says
        which carriers in doubt they rest on, by date; None where there are no two worlds.

    Raises
    ------
    MisuseError
        If the worlds are not of one kind, see :func:`splinternet.measures.history.history`.
    """
    columns = ["date", "world", "kind", "foreign_dependence_on", "state", *FIGURES, "doubt"]
    if worlds:
        found = history(worlds, FIGURES.values(), asked.country, **asked.options)
        return found.select(columns)
    if asked.full is None:
        return None
    shipped = shipped_history(asked.country, weights="networks")
    if shipped is None:
        return None
    unknown = [name for name in columns if name not in (*shipped.columns, "kind")]
    blank = [pl.lit(None, pl.Float64).alias(name) for name in unknown]
    return shipped.with_columns(*blank, kind=pl.lit("full")).select(columns)


def evidence(
    asked: Asked, found: pl.DataFrame | None, worlds: Sequence[World]
) -> tuple[Manifest, ...]:
    """Return the provenance of the worlds that :func:`changes` found figures in, by date."""
    if found is None:
        return ()
    made = history_made()
    shipped = () if made is None or asked.full is None else made.worlds
    known = tuple(world.manifest for world in worlds) or shipped
    return tuple(sorted(known, key=lambda each: each.date))
