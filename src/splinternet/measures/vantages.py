"""Vantages: the networks from which a nation is looked at."""

from __future__ import annotations

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.world.world import World

__all__ = ["choose_vantages"]


def choose_vantages(world: World, home: pl.Series, vantages: str | tuple[int, ...]) -> pl.Series:
    """AS numbers of the vantages: networks not in ``home``.

    Parameters
    ----------
    world
        The world.
    home
        The networks that are looked at.
    vantages
        ``all``; ``carriers``, those with customers, as most that feed collectors have; or AS
        numbers, of which those in ``home`` are left out.

    Raises
    ------
    MisuseError
        If an AS number is not in the world, or nothing is left.
    """
    networks = world.networks["asn"]
    if not isinstance(vantages, str):
        missing = set(vantages) - set(networks)
        if missing:
            raise MisuseError(
                f"vantage AS{min(missing)} is not in world {world.manifest.name}; leave it out"
            )
        chosen = pl.Series(sorted(vantages), dtype=pl.UInt32)
    elif vantages == "carriers":
        chosen = networks.filter(
            networks.is_in(world.links.filter(pl.col("kind") == "p2c")["a"].implode())
        )
    else:
        chosen = networks
    outside = chosen.filter(~chosen.is_in(home.implode()))
    if not len(outside):
        raise MisuseError("no vantage is left outside; choose others")
    return outside
