"""A nation in a world: its networks, the traffic to it, from it and within it, its border."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Carriers, Counting, Where
from splinternet.base.countries import country_code, country_name
from splinternet.base.errors import MisuseError, WorldError, remedy
from splinternet.measures.vantages import choose_vantages
from splinternet.routing.graph import link_ends
from splinternet.routing.traffic import weigh
from splinternet.world.world import World

__all__ = [
    "NATIONS_KEPT",
    "border_links",
    "carriers_by",
    "ends",
    "ends_in_states",
    "homes",
    "in_country",
    "residents",
    "within",
]

#: Nations whose answers to a question a world keeps: as many as are asked about at once, and some.
NATIONS_KEPT = 16


def check_share(share: object, to: str) -> None:
    """Refuse a share of a nation that nobody can want, ``to`` do what."""
    if not isinstance(share, int | float) or not 0 < share <= 1:
        raise MisuseError(f"the share to {to} is {share!r}; give one above 0 and up to 1, as 0.9")


def in_country(world: World, country: str, where: Where = Counting().where) -> pl.Series:
    """Return the ASNs of the networks of a country.

    These are registered there; or, if ``located``, have more of their located addresses there
    than anywhere else, or none that is located, and are registered there.

    Raises
    ------
    MisuseError
        If there is no such country.
    WorldError
        If the world has no network there.
    """
    code = country_code(country)
    asns, codes, start = _by_country(world, where)
    if code not in codes:
        raise WorldError(
            f"world {world.manifest.name} has no network in {country_name(code)} ({code})"
        )
    place = codes.index(code)
    return asns[start[place] : start[place + 1]]


def _by_country(
    world: World, where: Where
) -> tuple[pl.Series, tuple[str, ...], npt.NDArray[np.int64]]:
    """ASNs of networks by country, the countries, and where those of each begin and end."""

    def find() -> tuple[pl.Series, tuple[str, ...], npt.NDArray[np.int64]]:
        known = homes(world, where).drop_nulls("country").sort("country", maintain_order=True)
        runs = known["country"].rle().struct.unnest()
        start = np.append(0, np.cumsum(runs["len"].to_numpy(), dtype=np.int64))
        return known["asn"], tuple(runs["value"]), start

    return world.derived("networks by country", find, of=where)


def homes(world: World, where: Where) -> pl.DataFrame:
    """Return ``asn`` and ``country`` of each network, as :func:`in_country` has them.

    Raises
    ------
    WorldError
        If the world does not know where addresses are, and is asked.
    """
    if where == "registered":
        return world.networks.select("asn", "country")
    located = _located(world)

    def find() -> pl.DataFrame:
        most = (
            located.sort("addresses", "country", descending=[True, False])
            .unique("asn", keep="first", maintain_order=True)
            .select("asn", home="country")
        )
        return world.networks.join(most, on="asn", how="left", maintain_order="left").select(
            "asn", country=pl.coalesce("home", "country")
        )

    return world.derived("homes of networks", find)


def _located(world: World) -> pl.DataFrame:
    if world.located.is_empty():
        raise WorldError(
            f"world {world.manifest.name} does not know where addresses are; count them where "
            f"networks are registered, or import a world with {remedy('located=...', '--located')}"
        )
    return world.located


def _weigh_home(world: World, country: str, counting: Counting) -> pl.DataFrame:
    """Weigh the networks of a nation as ends of its traffic: ``asn`` and ``weight``.

    If ``located``, each network with addresses in the nation is one of them, by these, or by its
    users in proportion. One without any located address counts where it is registered.
    """
    if counting.where == "registered":
        return weigh(world, counting.weights, in_country(world, country))
    code = country_code(country)
    parts = _located(world).with_columns(
        part=pl.col("addresses") / pl.col("addresses").sum().over("asn")
    )
    elsewhere = world.networks.join(parts, on="asn", how="anti").filter(country=code)
    here = pl.concat(
        [
            parts.filter(country=code).select("asn", "addresses", "part"),
            elsewhere.select("asn", addresses="ipv4_addresses", part=pl.lit(1.0)),
        ]
    )
    if here.is_empty():
        raise WorldError(
            f"world {world.manifest.name} has no addresses in {country_name(code)} ({code})"
        )
    # What is located need not be known of the whole network.
    whole = "networks" if counting.weights == "addresses" else counting.weights
    weighed = weigh(world, whole, here["asn"]).join(here, on="asn", maintain_order="left")
    by = {
        "addresses": pl.col("addresses").fill_null(0).cast(pl.Float64),
        "users": pl.col("weight") * pl.col("part"),
        "networks": pl.col("weight"),
    }
    return weighed.select("asn", weight=by[counting.weights])


def residents(world: World, country: str, counting: Counting) -> pl.DataFrame:
    """Weigh the networks that are at home in a nation: ``asn`` and ``weight``.

    These are the ones of :func:`in_country`, each by what it has in the nation. Where addresses
    are located, networks that have some there and are at home elsewhere are left out: the nation
    has a border then, with each network on one side of it.

    Raises
    ------
    MisuseError
        If there is no such country.
    WorldError
        If the world has no network there, or not the figures to weigh by.
    """
    home = in_country(world, country, counting.where)
    nation = _weigh_home(world, country, counting)
    return nation.filter(pl.col("asn").is_in(home.implode()))


def ends(
    world: World, country: str, counting: Counting, *, at_home: bool = False
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sources and destinations of a nation's traffic: ``asn`` and ``weight``.

    Networks of the nation count by ``weights``, those abroad that are ``vantages`` by
    ``outside``. Networks of unknown country count as abroad. With ``at_home`` the nation's are
    its :func:`residents` alone, so that no network is at both ends.

    Raises
    ------
    MisuseError
        If there is no such country or vantage, or vantages are named for domestic traffic.
    WorldError
        If the world has no network there, or not the figures to weigh by, or if all that is known
        of them is zero; if for domestic traffic fewer than two networks count, or if for other
        traffic there is no network abroad.
    """
    usual = Counting()
    asked = replace(counting, by=usual.by, parties=usual.parties, observers=None)
    return world.derived(
        "ends of a nation",
        lambda: _ends(world, country, asked, at_home=at_home),
        of=(country, asked, at_home),
        most=NATIONS_KEPT,
    )


def _ends(
    world: World, country: str, counting: Counting, *, at_home: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    weights = counting.weights
    nation = (residents if at_home else _weigh_home)(world, country, counting)
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
    abroad = _abroad(world, country, counting)
    return (abroad, nation) if counting.direction == "inbound" else (nation, abroad)


def ends_in_states(
    world: World, country: str, counting: Counting
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Ends as from :func:`ends`, and the state that each is in, if third parties are told apart.

    The column ``group`` has it: the nation for its own end, else where the network is registered,
    or, if ``located``, has most of its addresses; never its owner.
    """
    both = ends(world, country, counting)
    if counting.parties == "all":
        return both
    lands = homes(world, counting.where).select("asn", group="country")
    at_home = {"inbound": (False, True), "outbound": (True, False), "domestic": (True, True)}
    code = country_code(country)
    sources, destinations = (
        side.with_columns(group=pl.lit(code))
        if home
        else side.join(lands, on="asn", how="left", maintain_order="left")
        for side, home in zip(both, at_home[counting.direction], strict=True)
    )
    return sources, destinations


def _check_domestic(counting: Counting) -> None:
    for name in ("outside", "vantages"):
        if getattr(counting, name) != getattr(Counting(), name):
            raise MisuseError(f"domestic traffic has no end abroad; leave {name} out")


def _abroad(world: World, country: str, counting: Counting) -> pl.DataFrame:
    """Weigh the networks at the other end of the traffic."""
    home = in_country(world, country, counting.where)
    abroad = weigh(world, counting.outside).filter(~pl.col("asn").is_in(home.implode()))
    if not abroad.height:
        raise WorldError(
            f"world {world.manifest.name} has no network outside "
            f"{country_name(country_code(country))}: there is no traffic abroad"
        )
    if counting.vantages != "all":
        chosen = choose_vantages(world, home, counting.vantages)
        abroad = abroad.filter(pl.col("asn").is_in(chosen.implode()))
    if not abroad["weight"].sum():
        raise WorldError(
            f"no network at the other end has any {counting.outside} in world "
            f"{world.manifest.name}; weigh that end by networks"
        )
    return abroad


def carriers_by(world: World, by: Carriers) -> pl.DataFrame:
    """Group carriers: ``asn`` and ``group``, without those that are in none.

    By ``state`` a group is the country of its networks, null the unknown one; by ``owner`` the
    state that owns them, which says who is on the way and never where an end is; by
    ``organisation`` who runs them, by name, or the name of the network where that is unknown.

    Raises
    ------
    WorldError
        If the world does not know any.
    """
    if by == "state":
        return world.networks.select("asn", group="country")
    if by == "owner":
        found = world.owners.select("asn", group="state")
    else:
        found = world.networks.select("asn", group=pl.coalesce("org", "name")).drop_nulls("group")
    if found.is_empty():
        option, what = ("owners", "owners") if by == "owner" else ("as-names", "organisations")
        raise WorldError(
            f"world {world.manifest.name} does not know {what} of networks; import a world with "
            f"--{option}"
        )
    return found


def border_links(world: World, home: pl.Series) -> pl.DataFrame:
    """Return the links that have exactly one end among the networks of ``home``."""
    inside = [pl.col(end).is_in(home.implode()) for end in ("a", "b")]
    return world.links.filter(inside[0] != inside[1])


def within(world: World, home: pl.Series) -> World:
    """Return the world that is left of a nation when every link across its border is cut."""
    is_home = world.networks["asn"].is_in(home.implode())
    inside = is_home.gather(world.networks["asn"].arg_sort()).to_numpy()
    a, b = link_ends(world)
    return World(
        manifest=world.manifest,
        networks=world.networks.filter(is_home),
        links=world.links.filter(inside[a] & inside[b]),
        learned=world.learned,
        preferred=world.preferred,
    )
