"""What a brief on a nation says: figures and facts, not yet their layout."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from splinternet.measures.concentration import Concentration, concentration
from splinternet.measures.dependence import Carriers, depend
from splinternet.measures.nation import Direction, in_country
from splinternet.routing.sweep import Prefer, Progress, Ties
from splinternet.routing.transit import Weights
from splinternet.world.catalogue import DEFAULT_WORLD
from splinternet.world.countries import country_code
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = ["Carrier", "CountryBrief", "Knowledge", "State", "make_brief"]

#: How many carriers and states of each kind a brief names, and how many of unknown country.
_NAMED, _UNKNOWN_NAMED = 6, 3
#: Carriers of unknown country are named if one share is above this.
_LITTLE = 0.001

#: A carrier is used one way if one share is above this, and the other below that part of it.
_MUCH, _HARDLY = 0.02, 0.2

_DIRECTIONS: tuple[Direction, ...] = ("inbound", "outbound")
_BY: tuple[Carriers, ...] = ("network", "state")


@dataclass(frozen=True)
class Carrier:
    """A network, and the shares of the nation's traffic abroad that pass it."""

    asn: int
    name: str | None
    country: str | None
    members: int
    inbound: float
    outbound: float


@dataclass(frozen=True)
class State:
    """A state, and the shares of the nation's traffic abroad that pass any network of it."""

    country: str | None
    inbound: float
    outbound: float


_Named = TypeVar("_Named", bound=Carrier | State)


@dataclass(frozen=True)
class Knowledge:
    """What a world knows of a nation, and of all networks.

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


@dataclass(frozen=True)
class CountryBrief:
    """On whom a nation's traffic abroad depends, how far that is known, and how to redo it.

    Attributes
    ----------
    country
        The nation, as an ISO 3166-1 alpha-2 code.
    manifest
        The provenance of the world.
    weights, prefer, ties
        As for :func:`splinternet.measures.dependence.depend`.
    foreign, domestic
        The networks that carry most, abroad (or of unknown country) and in the nation, both
        directions taken together. Those that lead one direction are always among them.
    states
        The other states that most traffic passes, chosen and ordered in the same way.
    unknown, unknown_carriers
        What passes networks whose country is unknown, None if nothing does; and which of these
        carry most.
    concentration
        That of the nation's foreign providers, for ``inbound`` and ``outbound``; None where
        there are none.
    knowledge
        What the world knows.
    citations
        Of the data, without repetition.
    commands
        Command lines that give these figures in full, and what each gives.
    """

    country: str
    manifest: Manifest
    weights: Weights
    prefer: Prefer
    ties: Ties
    foreign: tuple[Carrier, ...]
    domestic: tuple[Carrier, ...]
    states: tuple[State, ...]
    unknown: State | None
    unknown_carriers: tuple[Carrier, ...]
    concentration: dict[Direction, Concentration | None]
    knowledge: Knowledge
    citations: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]

    @property
    def one_way(self) -> tuple[Carrier, ...]:
        """Carriers named here that one direction uses much and the other hardly."""
        named = self.foreign + self.domestic
        return tuple(
            each
            for each in named
            if max(each.inbound, each.outbound) > _MUCH
            and min(each.inbound, each.outbound) < _HARDLY * max(each.inbound, each.outbound)
        )


def make_brief(
    world: World,
    country: str,
    *,
    weights: Weights = "addresses",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    called: str | None = None,
    scenario: str | None = None,
    progress: Progress | None = None,
) -> CountryBrief:
    """Compute what a brief on a nation says.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name.
    weights, prefer, ties
        As for :func:`splinternet.measures.dependence.depend`.
    called
        Name or folder by which the command line finds the world, if not the manifest's name.
    scenario
        Name or file by which it finds the scenario that the world is after, if any.
    progress
        Told of steps done, of all.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`splinternet.measures.dependence.depend`.
    """
    code = country_code(country)
    found: dict[tuple[Carriers, Direction], pl.DataFrame] = {}
    for by in _BY:
        for direction in _DIRECTIONS:
            found[by, direction] = depend(
                world,
                code,
                direction=direction,
                by=by,
                weights=weights,
                prefer=prefer,
                ties=ties,
                progress=_part(progress, len(found), len(_BY) * len(_DIRECTIONS)),
            )
    carriers = _carriers(world, found["network", "inbound"], found["network", "outbound"])
    states = _states(found["state", "inbound"], found["state", "outbound"])
    return CountryBrief(
        country=code,
        manifest=world.manifest,
        weights=weights,
        prefer=prefer,
        ties=ties,
        foreign=_most([each for each in carriers if each.country != code]),
        domestic=_most([each for each in carriers if each.country == code]),
        states=_most([each for each in states if each.country not in (code, None)]),
        unknown=next((each for each in states if each.country is None), None),
        unknown_carriers=tuple(
            each
            for each in carriers
            if each.country is None and max(each.inbound, each.outbound) > _LITTLE
        )[:_UNKNOWN_NAMED],
        concentration={
            way: concentration(world, code, found["network", way]) for way in _DIRECTIONS
        },
        knowledge=_knowledge(world, code),
        citations=tuple(
            dict.fromkeys(item.citation for item in world.manifest.inputs if item.citation)
        ),
        commands=_commands(called or world.manifest.name, scenario, code, weights, prefer, ties),
    )


def _part(progress: Progress | None, nth: int, parts: int) -> Progress | None:
    """Make the progress of one of several equal parts that of the whole, in thousandths."""
    if progress is None:
        return None

    def report(done: int, total: int) -> None:
        progress(1000 * nth + 1000 * done // total, 1000 * parts)

    return report


def _both(inbound: pl.DataFrame, outbound: pl.DataFrame, key: str) -> pl.DataFrame:
    """Join the shares of both directions, the largest first."""
    other = outbound.select(key, outbound="share")
    return (
        inbound.select(key, inbound="share")
        .join(other, on=key, how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col("inbound", "outbound").fill_null(0.0))
        .sort(pl.col("inbound") + pl.col("outbound"), key, descending=[True, False])
    )


def _carriers(world: World, inbound: pl.DataFrame, outbound: pl.DataFrame) -> list[Carrier]:
    # A handle such as COGENT-174 says less than the organisation's name.
    handle = pl.col("name").str.contains(r"^[A-Z0-9_-]+$")
    name = pl.coalesce(pl.when(~handle).then("name"), "org", "name")
    named = world.networks.select("asn", name.alias("name"), "country", "members")
    shares = _both(inbound, outbound, "asn")
    rows = shares.join(named, on="asn", how="left", maintain_order="left")
    return [Carrier(**row) for row in rows.iter_rows(named=True)]


def _states(inbound: pl.DataFrame, outbound: pl.DataFrame) -> list[State]:
    return [State(**row) for row in _both(inbound, outbound, "country").iter_rows(named=True)]


def _most(ranked: Sequence[_Named]) -> tuple[_Named, ...]:
    """Keep the first few, and among them always those that lead one direction."""
    into = sorted(ranked, key=lambda each: -each.inbound)
    out = sorted(ranked, key=lambda each: -each.outbound)
    kept = list(dict.fromkeys([*into[:1], *out[:1], *ranked]))[:_NAMED]
    return tuple(each for each in ranked if each in kept)


def _knowledge(world: World, code: str) -> Knowledge:
    networks = world.networks
    home = networks.filter(pl.col("asn").is_in(in_country(world, code).implode()))
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


def _commands(
    called: str,
    scenario: str | None,
    code: str,
    weights: Weights,
    prefer: Prefer,
    ties: Ties,
) -> tuple[tuple[str, str], ...]:
    world = "" if called == DEFAULT_WORLD else f" --world {shlex.quote(called)}"
    if scenario is not None:
        world += f" --scenario {shlex.quote(scenario)}"
    options = (
        ("weights", weights, "addresses"),
        ("prefer", prefer, "customer-first"),
        ("ties", ties, "split"),
    )
    chosen = "".join(f" --{name} {value}" for name, value, default in options if value != default)
    start = f"splinternet{world} depend {code}"
    return (
        (f"{start}{chosen}", "inbound, by network, and how concentrated"),
        (f"{start} --direction outbound{chosen}", "outbound, the same"),
        (f"{start} --by state{chosen}", "inbound, by state"),
        (f"{start} --by state --direction outbound{chosen}", "outbound, by state"),
        (f"splinternet{world} brief {code}{chosen}", "all of this"),
    )
