"""The reverse question on pages: the nations whose routes a network or a state is on."""

from __future__ import annotations

import polars as pl

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.countries import country_code
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependents import dependents
from splinternet.world.world import World

__all__ = ["reverse"]


def reverse(world: World, carrier: str) -> pl.DataFrame:
    """Find who depends on a network or a state: ``country`` and ``share``, largest first.

    Shipped figures of the full world are taken where there are any; they leave out shares below
    1 %. Else one sweep over this world finds all.

    Raises
    ------
    MisuseError, WorldError
        If there is no such network or country.
    """
    figures = shipped_figures(world)
    is_network = looks_like_asn(carrier)
    name, column = ("dependence", "asn") if is_network else ("states", "country")
    table = figures.table(name) if figures else None
    if table is None:
        return dependents(world, carrier)
    wanted = as_number(carrier) if is_network else country_code(carrier)
    return (
        table.filter(pl.col(column) == wanted)
        .select(country="nation", share="share")
        .filter(pl.col("country") != str(wanted))
        .sort("share", "country", descending=[True, False])
    )
