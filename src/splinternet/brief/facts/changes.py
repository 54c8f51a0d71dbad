"""How a nation's figures changed over time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import polars as pl

from splinternet.brief.atlas import DEFAULTS, shipped_atlas, shipped_atlases, shipped_manifests
from splinternet.brief.facts.asked import Asked
from splinternet.measures.history import history
from splinternet.measures.measure import find_measure
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = ["FIGURES", "changes", "evidence"]

#: What is followed over time, and the measure that gives each.
FIGURES = {
    "foreign_dependence": "dependence",
    "state_share": "states",
    "control_points": "control",
    "reliability": "reliability",
    "continuity": "continuity",
}


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
        measures = [find_measure(name) for name in FIGURES.values()]
        options = {key: value for key, value in asked.routing.items() if key != "progress"}
        found = history(worlds, measures, asked.country, progress=asked.progress, **options)
        return found.select(columns)
    usual = {"weights": asked.weights, "preference": asked.prefer, "tie_break": asked.tie_break}
    if shipped_atlas(asked.world) is None or usual != {key: DEFAULTS[key] for key in usual}:
        return None
    rows = [
        atlas.filter(pl.col("country") == asked.country).with_columns(
            date=pl.lit(date), world=pl.lit(date[:7]), kind=pl.lit("digest")
        )
        for date, atlas in shipped_atlases().items()
    ]
    return pl.concat(rows).select(columns).sort("date")


def evidence(found: pl.DataFrame | None, worlds: Sequence[World]) -> tuple[Manifest, ...]:
    """Return the provenance of the worlds that :func:`changes` found figures in, by date."""
    if found is None:
        return ()
    known = [world.manifest for world in worlds] or [
        msgspec.convert(said, Manifest) for said in shipped_manifests()
    ]
    return tuple(sorted(known, key=lambda each: each.date))
