"""The reverse question on pages: the nations whose routes a network or a state is on."""

from __future__ import annotations

import polars as pl

from splinternet.figures.reverse import shipped_dependents
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependents import dependents
from splinternet.world.world import World

__all__ = ["reverse"]

#: Ranges are computed on digests.
_RANGE = ("share_low", "share_high")


def reverse(world: World, carrier: str) -> pl.DataFrame:
    """Find who depends on a network or a state: ``country`` and ``share``, largest first.

    Shipped figures of the full world are taken where they have any; they leave out shares below
    1 %, and say why a share is not sure (``doubt``). Beside them a digest has their ranges,
    ``share_low`` and ``share_high``. Else one sweep over this world finds all, with neither.

    Raises
    ------
    MisuseError, WorldError
        If there is no such network or country.
    """
    figures = shipped_figures(world)
    known = None if figures is None else shipped_dependents(figures, carrier)
    if known is None or known.is_empty():
        return dependents(world, carrier)
    return known if world.manifest.is_digest else known.select(pl.exclude(_RANGE))
