"""To whom something happens in turn: the members of a sweep, each with its scenario."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.countries import country_name
from splinternet.base.errors import MisuseError
from splinternet.scenario.language import decode
from splinternet.scenario.matching import Matcher
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.selection import Selection
from splinternet.scenario.shocks import Shock
from splinternet.scenario.shocks.cut import Cut
from splinternet.scenario.shocks.hijack import Hijack
from splinternet.scenario.shocks.isolate import Isolate
from splinternet.scenario.shocks.leak import Leak
from splinternet.scenario.shocks.remove import Remove
from splinternet.scenario.vendors import Vendors
from splinternet.world.world import World

__all__ = ["EACH", "MEMBER", "Each", "Member", "members_of"]

#: What happens: each network is lost, each country isolated, or the links between each pair of
#: countries are cut.
Each = Literal["network", "country", "pair"]

EACH: tuple[str, ...] = get_args(Each)

#: Letters that stand for a member in the text of a variant.
MEMBER = "{member}"


@dataclass(frozen=True)
class Member:
    """One of a sweep: ``of`` is a network's AS number, or the codes of one or two countries.

    ``variant`` is a scenario's text in which :data:`MEMBER` stands for it; None for a loss.
    """

    each: Each
    of: tuple[str, ...]
    name: str | None
    variant: str | None = None

    @property
    def label(self) -> str:
        """How it is called in a table: ``AS12389``, ``RU``, ``CN-US``."""
        return "-".join(self.of)

    @property
    def selected(self) -> str:
        """Selection of its networks."""
        return self.of[0] if self.each == "network" else f"country:{','.join(self.of)}"

    def scenario(self, world: World) -> Scenario:
        """Return what happens to it.

        Raises
        ------
        InputError
            If its variant is no scenario.
        """
        if self.variant is not None:
            return decode(self.variant.replace(MEMBER, self.selected), "the variant")
        match self.each:
            case "network":
                shock: Remove | Isolate | Cut = Remove(networks=Selection(self.of[0]))
            case "country":
                shock = Isolate(networks=Selection(f"country:{self.of[0]}"))
            case "pair":
                one, other = (Selection(f"country:{code}") for code in self.of)
                shock = Cut(between=(one, other))
        return Scenario(name=self.label, world=world.manifest.name, shocks=(shock,))


@typed
def members_of(
    world: World,
    each: Each,
    of: Selection | str | int | None = None,
    *,
    largest: int | None = None,
    variant: str | None = None,
    vendors: Vendors | None = None,
) -> tuple[Member, ...]:
    """Members of a sweep, the largest first.

    Parameters
    ----------
    world
        The world.
    each
        ``network``, ``country`` or ``pair`` of countries.
    of
        The networks, or networks whose countries are meant, as ``country:RU``; all by default.
    largest
        Only so many networks or countries: the networks with most customers, of equal ones with
        most addresses; the countries with most addresses.
    variant
        What happens in place of a loss: the text of a scenario, in TOML, in which ``{member}``
        stands for the networks of the member.
    vendors
        Who knows which networks are on a vendor's equipment, if ``of`` asks for it.

    Raises
    ------
    MisuseError
        If nobody is selected, if there is no such kind of member, or no pair, or the variant names
        no member, or lets each network announce or leak.
    InputError
        If the variant is no scenario.

    Examples
    --------
    >>> [member.label for member in members_of(world, "country", largest=2)]
    ['US', 'CN']
    """
    if each not in EACH:
        raise MisuseError.unknown("kind of member", each, EACH)
    if largest is not None and largest < 1:
        raise MisuseError(f"a sweep of nobody: of the largest {largest}; ask for 1 at least")
    if variant is not None:
        _check_variant(each, variant)
    networks = world.named
    if of is not None:
        selected = Matcher(world, {}, vendors).match(Selection(of))
        networks = networks.filter(pl.Series(selected))
    if each == "network":
        rows = _by_customers(world, networks).head(largest or networks.height)
        return tuple(
            Member(each, (f"AS{asn}",), name, variant)
            for asn, name in rows.select("asn", "name").iter_rows()
        )
    codes = _by_addresses(networks)[:largest]
    if not codes:
        raise MisuseError("the country of none of these networks is known; select others")
    if each == "country":
        return tuple(Member(each, (code,), country_name(code), variant) for code in codes)
    if len(codes) == 1:
        raise MisuseError(f"{codes[0]} alone makes no pair; select networks of more countries")
    return tuple(
        Member(each, pair, " and ".join(map(country_name, pair)), variant)
        for pair in (tuple(sorted(two)) for two in combinations(codes, 2))
    )


def _check_variant(each: Each, variant: str) -> None:
    """Refuse a variant in which all would be alike, or that would rank places to attack from."""
    if MEMBER not in variant:
        raise MisuseError(f"the variant never says {MEMBER}, so all would be alike; name it there")
    one, other = (decode(variant.replace(MEMBER, asn), "the variant") for asn in ("AS1", "AS2"))
    for shock, another in zip(one.shocks, other.shocks, strict=True):
        acts = [getattr(of, _ACTOR.get(type(of), ""), None) for of in (shock, another)]
        if each == "network" and acts[0] != acts[1]:
            raise MisuseError(
                "a sweep ranks no network as a place to attack from; let each network be the one "
                "whose addresses they are, or one that filters, or sweep countries"
            )


#: Field of each kind of false announcement that selects those who make it.
_ACTOR: dict[type[Shock], str] = {Hijack: "by", Leak: "network"}


def _by_customers(world: World, networks: pl.DataFrame) -> pl.DataFrame:
    members = world.networks.select("asn", "members")
    customers = (
        world.links.filter(pl.col("kind") == "p2c")
        .join(members, left_on="b", right_on="asn")
        .group_by("a")
        .agg(pl.col("members").sum().alias("customers"))
    )
    return networks.join(customers, left_on="asn", right_on="a", how="left").sort(
        pl.col("customers").fill_null(0),
        pl.col("ipv4_addresses").fill_null(0),
        "asn",
        descending=[True, True, False],
    )


def _by_addresses(networks: pl.DataFrame) -> list[str]:
    return (
        networks.drop_nulls("country")
        .group_by("country")
        .agg(pl.col("ipv4_addresses").sum())
        .sort("ipv4_addresses", "country", descending=[True, False])["country"]
        .to_list()
    )
