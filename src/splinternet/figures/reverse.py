"""The reverse question of shipped figures: whose routes a network or a state is on; and doubts."""

from __future__ import annotations

import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.countries import country_code
from splinternet.figures.ranges import with_ranges
from splinternet.figures.shipped import Figures

__all__ = ["RESTS", "resting_on_doubt", "shipped_dependents", "states_with_doubts"]

#: A state's share rests on a carrier in doubt that has so much of it.
RESTS = 0.5


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
        ``country``, ``share``, ``share_low`` and ``share_high`` (the range of the share by other
        rules, computed on the digest; null where none is shipped) and ``doubt``, why the share is
        not sure, largest first; None where the table is not shipped. A state's share is in doubt if
        one carrier in doubt has half of it or more.

    Raises
    ------
    MisuseError
        If there is no such country.
    """
    is_network = looks_like_asn(carrier)
    name = "dependence" if is_network else "states"
    table = figures.table(name)
    if table is None:
        return None
    if is_network:
        passed = table.filter(asn=as_number(carrier))
    else:
        code = country_code(str(carrier))
        passed = table.filter(pl.col("country") == code, pl.col("nation") != code)
    if not is_network:
        passed = resting_on_doubt(passed, figures.table("dependence"))
    about = "asn" if is_network else "country"
    ranged = with_ranges(passed.select("nation", about, "share", "doubt"), figures.ranges(name))
    return ranged.select(
        pl.col("nation").alias("country"), "share", "share_low", "share_high", "doubt"
    ).sort("share", "country", descending=[True, False])


def states_with_doubts(figures: Figures, rows: pl.DataFrame, country: str) -> pl.DataFrame:
    """Shares of states on a nation's routes, and why one is not sure.

    Parameters
    ----------
    figures
        Shipped figures of a full world.
    rows
        Rows of its table of states, of one nation.
    country
        The nation's code.

    Returns
    -------
    polars.DataFrame
        The rows with ``doubt`` as the last column: that of a carrier in doubt that has half of the
        share or more; null where there is none.
    """
    of = rows.with_columns(nation=pl.lit(country))
    return resting_on_doubt(of, figures.table("dependence")).drop("nation")


def resting_on_doubt(states: pl.DataFrame, networks: pl.DataFrame | None) -> pl.DataFrame:
    """Add ``doubt`` to shares of states: that of the carrier in doubt with most of one.

    Parameters
    ----------
    states
        ``nation``, ``country`` and ``share``.
    networks
        ``nation``, ``asn``, ``country``, ``share`` and ``doubt`` of carriers; None if not known.
    """
    if networks is None:
        return states.with_columns(doubt=pl.lit(None, pl.String))
    carriers = (
        networks.drop_nulls("doubt")
        .sort("share", descending=True)
        .unique(["nation", "country"], keep="first", maintain_order=True)
        .select("nation", "country", part="share", doubt=pl.format("AS{}: {}", "asn", "doubt"))
    )
    rests = pl.col("part") >= RESTS * pl.col("share")
    return (
        states.join(carriers, on=["nation", "country"], how="left", maintain_order="left")
        .with_columns(doubt=pl.when(rests).then("doubt"))
        .drop("part")
    )
