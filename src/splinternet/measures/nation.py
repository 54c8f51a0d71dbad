"""A nation in a world: its networks, the traffic to it, from it and within it, its border."""

from __future__ import annotations

import polars as pl

from splinternet.base.choices import Counting
from splinternet.base.countries import country_code, country_name
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.vantages import choose_vantages
from splinternet.routing.traffic import weigh
from splinternet.world.world import World

__all__ = [
    "NATIONS_KEPT",
    "border_links",
    "ends",
    "in_country",
    "within",
]

#: Nations whose answers to a question a world keeps: as many as are asked about at once, and some.
NATIONS_KEPT = 16


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


def ends(world: World, country: str, counting: Counting) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sources and destinations of a nation's traffic: ``asn`` and ``weight``.

    Networks of the nation count by ``weights``, those abroad that are ``vantages`` by
    ``outside``. Networks of unknown country count as abroad.

    Raises
    ------
    MisuseError
        If there is no such country or vantage, or vantages are named for domestic traffic.
    WorldError
        If the world has no network there, or not the figures to weigh by, or if all that is known
        of them is zero; if for domestic traffic fewer than two networks count, or if for other
        traffic there is no network abroad.
    """
    weights = counting.weights
    nation = weigh(world, weights, in_country(world, country))
    if not nation["weight"].sum():
        raise WorldError(
            f"no network of {country_name(country_code(country))} has any {weights} in world "
            f"{world.manifest.name}; weigh by networks"
        )
    if counting.direction == "domestic":
        _check_domestic(counting)
        counted = nation.filter(pl.col("weight") > 0).join(world.networks, on="asn")
        if counted["members"].sum() < 2:
            which = "" if weights == "networks" else f" with {weights}"
            raise WorldError(
                f"{country_name(country_code(country))} has one network{which} in world "
                f"{world.manifest.name}: there is no traffic within it"
            )
        return nation, nation
    abroad = _abroad(world, country, nation, counting)
    return (abroad, nation) if counting.direction == "inbound" else (nation, abroad)


def _check_domestic(counting: Counting) -> None:
    for name in ("outside", "vantages"):
        if getattr(counting, name) != getattr(Counting(), name):
            raise MisuseError(f"domestic traffic has no end abroad; leave {name} out")


def _abroad(world: World, country: str, nation: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    """Weigh the networks at the other end of the traffic."""
    abroad = weigh(world, counting.outside).join(nation, on="asn", how="anti")
    if not abroad.height:
        raise WorldError(
            f"world {world.manifest.name} has no network outside "
            f"{country_name(country_code(country))}: there is no traffic abroad"
        )
    if counting.vantages != "all":
        chosen = choose_vantages(world, nation["asn"], counting.vantages)
        abroad = abroad.filter(pl.col("asn").is_in(chosen.implode()))
    if not abroad["weight"].sum():
        raise WorldError(
            f"no network at the other end has any {counting.outside} in world "
            f"{world.manifest.name}; weigh that end by networks"
        )
    return abroad


def border_links(world: World, home: pl.Series) -> pl.DataFrame:
    """Return the links that have exactly one end among the networks of ``home``."""
    inside = [pl.col(end).is_in(home.implode()) for end in ("a", "b")]
    return world.links.filter(inside[0] != inside[1])


def within(world: World, home: pl.Series) -> World:
    """Return the world that is left of a nation when every link across its border is cut."""
    inside = [pl.col(end).is_in(home.implode()) for end in ("a", "b")]
    return World(
        manifest=world.manifest,
        networks=world.networks.filter(pl.col("asn").is_in(home.implode())),
        links=world.links.filter(inside[0] & inside[1]),
    )
