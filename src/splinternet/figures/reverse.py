"""The reverse question of shipped figures: the nations whose routes a network or a state is on."""

from __future__ import annotations

import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.countries import country_code
from splinternet.figures.shipped import Figures

__all__ = ["shipped_dependents"]


def shipped_dependents(figures: Figures, carrier: Asn) -> pl.DataFrame | None:
    """Nations of which 1 % or more of the routes pass a network, or any network of a state.

    The levels of the full world that :func:`~splinternet.measures.dependents.dependents` gives.

    Parameters
    ----------
    figures
        Shipped figures of a full world.
    carrier
        A network's number (``3356`` or ``AS3356``), or a state's code or English name.

    Returns
    -------
    polars.DataFrame or None
        ``country`` and ``share``, largest first, and of a network ``doubt``, why a share is not
        sure; None where the table is not shipped.

    Raises
    ------
    MisuseError
        If there is no such country.
    """
    is_network = looks_like_asn(carrier)
    table = figures.table("dependence" if is_network else "states")
    if table is None:
        return None
    if is_network:
        passed = table.filter(asn=as_number(carrier))
    else:
        code = country_code(str(carrier))
        passed = table.filter(pl.col("country") == code, pl.col("nation") != code)
    columns = ("share", "doubt") if is_network else ("share",)
    return passed.select(pl.col("nation").alias("country"), *columns).sort(
        "share", "country", descending=[True, False]
    )
