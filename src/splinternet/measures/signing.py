"""ROAs on a victim's addresses in a trial, where origin validation asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.routing.trials import KINDS, Filters
from splinternet.world.roas import covered as covered_by
from splinternet.world.roas import validity
from splinternet.world.world import World

__all__ = ["Part", "is_found", "parts"]


class Part(NamedTuple):
    """A part of a victim's addresses: whether ROAs find the fault there, and what it weighs."""

    victim: int
    covered: bool
    weight: float


def parts(
    world: World,
    victims: Mapping[int, float],
    kind: str,
    filters: Filters,
    covered: bool | None = None,
) -> list[Part]:
    """Parts of victims' addresses by whether ROAs make the false announcement invalid.

    Parameters
    ----------
    world
        The world.
    victims
        AS numbers, and what each weighs.
    kind
        One of :data:`~splinternet.routing.trials.KINDS`.
    filters
        Networks that filter; if none validates origins, ROAs make no difference.
    covered
        Whether ROAs cover all of them, or nothing. None: what the ROAs of the world name, no more
        than a network originates; all, in a world without ROAs.

    Returns
    -------
    list
        One or two parts of each victim, which add up to its weight. A more specific prefix with a
        forged origin is found only where no ROA allows longer prefixes (RFC 6811).
    """
    asked = any(len(filters.by_kind[name]) for name in ("rov", "peer_rov"))
    if covered is not None or not asked or not world.roas.height:
        return [Part(asn, covered is not False, weight) for asn, weight in victims.items()]
    found = _named(world)
    if kind in KINDS and KINDS[kind].forges:
        longer = world.roas.filter(pl.col("max_length") > pl.col("length"))
        allowed = _named(replace(world, roas=longer))
        found = {asn: share - allowed.get(asn, 0.0) for asn, share in found.items()}
    return [
        Part(asn, says, weight * share)
        for asn, weight in victims.items()
        for says, share in ((True, found.get(asn, 0.0)), (False, 1 - found.get(asn, 0.0)))
        if share > 0
    ]


def is_found(world: World, prefix: str, kind: str, victim: int, by: Iterable[int]) -> bool:
    """Whether ROAs make the announcement of a prefix invalid (RFC 6811).

    Raises
    ------
    MisuseError
        If that is no IPv4 prefix, the world has no ROAs, they allow it to some of those who
        announce it and not to others, or not to the victim either, which announces the same.
    """
    origins = [victim] if KINDS[kind].forges else list(by)
    said = {asn: validity(world, prefix, asn) == "invalid" for asn in origins}
    if len(set(said.values())) > 1:
        allowed = next(asn for asn, invalid in said.items() if not invalid)
        raise MisuseError(
            f"a ROA allows {prefix} to AS{allowed}, and not to all the others who announce it; "
            "name those to whom none does"
        )
    contended = any(not each.hostile for each in KINDS[kind].announce(victim, (), True)[0])
    if contended and validity(world, prefix, victim) == "invalid":
        raise MisuseError(
            f"ROAs make {prefix} invalid for AS{victim} too, which announces the same; name a "
            "prefix that they allow it, or a kind with a more specific prefix"
        )
    return any(said.values())


def _named(world: World) -> dict[int, float]:
    """Share of the addresses of each network that ROAs name."""
    known = covered_by(world).join(world.networks.select("asn", "ipv4_addresses"), on="asn")
    shares = known.filter(pl.col("ipv4_addresses") > 0).select(
        "asn", pl.col("addresses") / pl.col("ipv4_addresses")
    )
    return dict(shares.iter_rows())
