"""Knowledge that a world has of a nation, and of all networks."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.world.world import World

__all__ = ["Knowledge", "knowledge"]


@dataclass(frozen=True)
class Knowledge:
    """Knowledge that a world has of a nation, and of all networks.

    Attributes
    ----------
    networks, world_networks
        Networks of the nation, and in all; of a digest's group each member counts.
    with_country
        Share of all networks whose country is known.
    parts, world_parts
        The same networks, but a digest's group counts one. In a full world there are no groups.
    with_addresses, world_with_addresses
        How many of the nation's parts, and what share of all, have a known address. Of a group a
        digest knows only the sum.
    addresses
        The nation's known addresses.
    """

    networks: int
    world_networks: int
    with_country: float
    parts: int
    world_parts: int
    with_addresses: int
    world_with_addresses: float
    addresses: int


def knowledge(world: World, code: str) -> Knowledge:
    """Count what a world knows of a nation; it may have no network there."""
    networks = world.networks
    home = networks.filter(pl.col("country") == code)
    everyone = _members(networks)
    has_addresses = pl.col("ipv4_addresses") > 0
    return Knowledge(
        networks=_members(home),
        world_networks=everyone,
        with_country=_members(networks.drop_nulls("country")) / everyone,
        parts=home.height,
        world_parts=networks.height,
        with_addresses=home.filter(has_addresses).height,
        world_with_addresses=networks.filter(has_addresses).height / networks.height,
        addresses=int(home["ipv4_addresses"].sum()),
    )


def _members(networks: pl.DataFrame) -> int:
    return int(networks["members"].sum())
