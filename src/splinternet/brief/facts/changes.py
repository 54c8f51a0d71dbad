"""How a nation's figures changed over time."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from splinternet.brief.facts.asked import Asked
from splinternet.figures.shipped import list_figures, shipped_figures
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
        The nation. Where no worlds are given and its world is a shipped digest, the atlases of
        the shipped digests are taken, which are of one kind.
    worlds
        Worlds of several dates and of one kind.

    Returns
    -------
    polars.DataFrame or None
        ``date``, ``world``, ``kind``, ``state`` and the figures by name, by date; None where
        there are no two worlds.

    Raises
    ------
    MisuseError
        If the worlds are not of one kind, see :func:`splinternet.measures.history.history`.
    """
    columns = ["date", "world", "kind", "foreign_dependence_on", "state", *FIGURES]
    if worlds:
        found = history(worlds, FIGURES.values(), asked.country, **asked.options)
        return found.select(columns)
    if shipped_figures(asked.world) is None or not asked.is_usual:
        return None
    rows = [
        each.nations.filter(pl.col("country") == asked.country).with_columns(
            date=pl.lit(each.world.date),
            world=pl.lit(each.world.name),
            kind=pl.lit(each.world.kind),
        )
        for each in list_figures()
    ]
    return pl.concat(rows).select(columns).sort("date")


def evidence(found: pl.DataFrame | None, worlds: Sequence[World]) -> tuple[Manifest, ...]:
    """Return the provenance of the worlds that :func:`changes` found figures in, by date."""
    if found is None:
        return ()
    known = [world.manifest for world in worlds] or [each.world for each in list_figures()]
    return tuple(sorted(known, key=lambda each: each.date))
