"""Vantages: the networks from which a nation is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from splinternet.base.asn import Asn, as_numbers, is_reserved, looks_like_asn
from splinternet.base.errors import MisuseError
from splinternet.world.world import World

__all__ = ["VANTAGES", "Settled", "Vantages", "choose_vantages", "vantages_left_out"]


@dataclass(frozen=True)
class Settled:
    """Vantages that were chosen in a world, groups of a digest among them, for its variants."""

    asns: tuple[int, ...]


#: A named set, AS numbers, or what was chosen before.
Vantages = str | Iterable[Asn] | Settled

#: Every outside network that has customers, as most of those that feed collectors do; or every
#: outside network.
VANTAGES = ("carriers", "all")

#: So many of those left out are named.
_NAMED = 6


def choose_vantages(world: World, home: pl.Series, vantages: Vantages) -> pl.Series:
    """Return the ASNs of the vantages: networks not in ``home``.

    Parameters
    ----------
    world
        The world.
    home
        The networks that are looked at.
    vantages
        ``carriers``, ``all``, or AS numbers, of which those in ``home`` are left out, and those
        that :func:`vantages_left_out` counts.

    Raises
    ------
    MisuseError
        If there is no such set, or nothing is left.
    """
    networks = world.networks["asn"]
    if vantages == "carriers":
        chosen = networks.filter(
            networks.is_in(world.links.filter(pl.col("kind") == "p2c")["a"].implode())
        )
    elif vantages == "all":
        chosen = networks
    elif isinstance(vantages, Settled):
        chosen = networks.filter(networks.is_in(vantages.asns))
    elif isinstance(vantages, str) and not looks_like_asn(vantages):
        raise MisuseError.unknown("set of vantages", vantages, VANTAGES)
    else:
        chosen = pl.Series(sorted(_usable(world, as_numbers(vantages))), dtype=pl.UInt32)
    outside = chosen.filter(~chosen.is_in(home.implode()))
    if not len(outside):
        raise MisuseError("no vantage is left outside; choose others")
    return outside


def vantages_left_out(world: World, vantages: Vantages) -> tuple[str, ...]:
    """Say which AS numbers of a list are no vantages here; nothing if all are.

    Left out is what is not in the world, and in a digest numbers for private use, which are its
    groups' there and name no network of the Internet.
    """
    if isinstance(vantages, Settled) or (isinstance(vantages, str) and vantages in VANTAGES):
        return ()
    wanted = set(as_numbers(vantages))
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
