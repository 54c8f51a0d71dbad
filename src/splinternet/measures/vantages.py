"""Vantages: the networks from which a nation is looked at."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from splinternet.base.asn import Asn, as_numbers, looks_like_asn
from splinternet.base.errors import MisuseError
from splinternet.world.world import World

__all__ = ["VANTAGES", "Vantages", "choose_vantages"]

#: A named set, or AS numbers.
Vantages = str | Iterable[Asn]

#: Every outside network that has customers, as most of those that feed collectors do; or every
#: outside network.
VANTAGES = ("carriers", "all")


def choose_vantages(world: World, home: pl.Series, vantages: Vantages) -> pl.Series:
    """Return the ASNs of the vantages: networks not in ``home``.

    Parameters
    ----------
    world
        The world.
    home
        The networks that are looked at.
    vantages
        ``carriers``, ``all``, or AS numbers, of which those in ``home`` are left out.

    Raises
    ------
    MisuseError
        If there is no such set, an AS number is not in the world, or nothing is left.
    """
    networks = world.networks["asn"]
    if vantages == "carriers":
        chosen = networks.filter(
            networks.is_in(world.links.filter(pl.col("kind") == "p2c")["a"].implode())
        )
    elif vantages == "all":
        chosen = networks
    elif isinstance(vantages, str) and not looks_like_asn(vantages):
        raise MisuseError.unknown("set of vantages", vantages, VANTAGES)
    else:
        wanted = set(as_numbers(vantages))
        missing = wanted - set(networks)
        if missing:
            raise MisuseError(
                f"vantage AS{min(missing)} is not in world {world.manifest.name}; leave it out"
            )
        chosen = pl.Series(sorted(wanted), dtype=pl.UInt32)
    outside = chosen.filter(~chosen.is_in(home.implode()))
    if not len(outside):
        raise MisuseError("no vantage is left outside; choose others")
    return outside
