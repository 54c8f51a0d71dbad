"""Vantages: the networks from which a nation is looked at."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from splinternet.base.asn import is_reserved
from splinternet.base.choices import Settled
from splinternet.base.errors import MisuseError
from splinternet.world.world import World

__all__ = ["choose_vantages", "named_vantages", "vantages_left_out"]

#: So many of those left out are named.
_NAMED = 6


def choose_vantages(
    world: World, home: pl.Series, vantages: str | tuple[int, ...] | Settled
) -> pl.Series:
    """AS numbers of the vantages: networks not in ``home``.

    Parameters
    ----------
    world
        The world.
    home
        The networks that are looked at.
    vantages
        ``all``; ``carriers``, those with customers, as most that feed collectors have; or AS
        numbers, of which those in ``home`` are left out, and those that
        :func:`vantages_left_out` counts.

    Raises
    ------
    MisuseError
        If nothing is left.
    """
    chosen = named_vantages(world, vantages)
    outside = chosen.filter(~chosen.is_in(home.implode()))
    if not len(outside):
        raise MisuseError("no vantage is left outside; choose others")
    return outside


def named_vantages(world: World, vantages: str | tuple[int, ...] | Settled) -> pl.Series:
    """AS numbers of vantages, wherever they are; see :func:`choose_vantages`.

    Raises
    ------
    MisuseError
        If none of them is in the world.
    """
    networks = world.networks["asn"]
    if isinstance(vantages, Settled):
        chosen = networks.filter(networks.is_in(vantages.asns))
    elif not isinstance(vantages, str):
        chosen = pl.Series(sorted(_usable(world, vantages)), dtype=pl.UInt32)
    elif vantages == "carriers":
        chosen = networks.filter(
            networks.is_in(world.links.filter(pl.col("kind") == "p2c")["a"].implode())
        )
    else:
        chosen = networks
    if not len(chosen):
        raise MisuseError("no vantage is left outside; choose others")
    return chosen


def vantages_left_out(world: World, listed: Iterable[int]) -> tuple[str, ...]:
    """Say which AS numbers of a list are no vantages here; nothing if all are.

    Left out is what is not in the world, and in a digest numbers for private use, which are its
    groups' there and name no network of the Internet.
    """
    wanted = set(listed)
    gone = sorted(wanted - _usable(world, wanted))
    if not gone:
        return ()
    named = ", ".join(f"AS{asn}" for asn in gone[:_NAMED]) + (", ..." if gone[_NAMED:] else "")
    private = sum(map(is_reserved, gone))
    what = f"{len(gone) - private:,} not in world {world.manifest.name}"
    if private:
        what += f", {private:,} for private use or documentation"
    return (f"{len(gone):,} of {len(wanted):,} vantages left out ({what}): {named}.",)


def _usable(world: World, numbers: Iterable[int]) -> set[int]:
    known = set(world.networks["asn"])
    digest = world.manifest.is_digest
    return {asn for asn in numbers if asn in known and not (digest and is_reserved(asn))}
