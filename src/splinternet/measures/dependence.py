"""Dependence: how much of a nation's traffic abroad passes each network, or each state."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from splinternet.errors import MisuseError, WorldError
from splinternet.routing.sweep import Prefer, Progress, Ties
from splinternet.routing.transit import Weights, crossing, transit, weigh
from splinternet.world.countries import country_code, country_name
from splinternet.world.world import World

__all__ = ["CARRIERS", "DIRECTIONS", "Carriers", "Direction", "depend", "in_country"]

#: To the nation from abroad, or from the nation abroad.
Direction = Literal["inbound", "outbound"]
#: What carries: a network, or any network of a state.
Carriers = Literal["network", "state"]

DIRECTIONS: tuple[str, ...] = get_args(Direction)
CARRIERS: tuple[str, ...] = get_args(Carriers)


def depend(
    world: World,
    country: str,
    *,
    direction: Direction = "inbound",
    by: Carriers = "network",
    weights: Weights = "addresses",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Dependence of a nation on the networks, or states, that carry its traffic abroad.

    The share of the nation's addresses (or networks, or users), times all networks abroad,
    between which the path passes a network, or any network of a state: AS hegemony (Fontugne,
    Shah and Aben, PAM 2018) in its country form (Internet Health Report). Every network abroad
    is a vantage and counts one, so that nothing need be trimmed for the bias of a few vantages.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name.
    direction
        ``inbound``: paths from abroad to the nation; ``outbound``: from the nation abroad.
    by
        ``network`` or ``state``.
    weights
        What a domestic network counts.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.sweep.Policy`.

    Returns
    -------
    polars.DataFrame
        By network ``asn``, ``name``, ``country`` and ``share``; by state ``country`` and
        ``share``; largest first. The ends of a path do not count as passed; the nation's own
        networks, and the nation itself, do.

    Raises
    ------
    MisuseError
        If there is no such country, direction or weight, or nothing lies abroad.
    WorldError
        If the world has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.
    """
    if direction not in DIRECTIONS:
        raise MisuseError.unknown("direction", direction, DIRECTIONS)
    if by not in CARRIERS:
        raise MisuseError.unknown("kind of carrier", by, CARRIERS)
    home = in_country(world, country)
    nation = weigh(world, weights, home)
    abroad = weigh(world).join(nation, on="asn", how="anti")
    ends = (abroad, nation) if direction == "inbound" else (nation, abroad)
    if by == "network":
        shares = transit(world, *ends, prefer=prefer, ties=ties, progress=progress)
        return shares.join(world.networks, on="asn", how="left", maintain_order="left").select(
            "asn", "name", "country", "share"
        )
    states = world.networks.select("asn", group="country")
    shares = crossing(world, states, *ends, prefer=prefer, ties=ties, progress=progress)
    return shares.rename({"group": "country"})


def in_country(world: World, country: str) -> pl.Series:
    """Return the ASNs of the networks of a country.

    Raises
    ------
    MisuseError
        If there is no such country.
    WorldError
        If the world has no network there.
    """
    code = country_code(country)
    found = world.networks.filter(pl.col("country") == code)["asn"]
    if not len(found):
        raise WorldError(
            f"world {world.manifest.name} has no network in {country_name(code)} ({code})"
        )
    return found
