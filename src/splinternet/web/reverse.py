"""The reverse question on pages: the nations whose routes a network or a state is on."""

from __future__ import annotations

import polars as pl

from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependents import dependents
from splinternet.world.world import World

__all__ = ["reverse"]


def reverse(world: World, carrier: str) -> pl.DataFrame:
    """Find who depends on a network or a state: ``country``, ``share``, ``doubt``, largest first.

    Shipped figures of the full world are taken where they have any; they leave out shares below
    1 %, and say why a network's share is not sure. Else one sweep over this world finds all, with
    no doubts.

    Raises
    ------
    MisuseError, WorldError
        If there is no such network or country.
    """
    figures = shipped_figures(world)
    known = None if figures is None else shipped_dependents(figures, carrier)
    found = dependents(world, carrier) if known is None or known.is_empty() else known
    return found if "doubt" in found.columns else found.with_columns(doubt=pl.lit(None, pl.String))
