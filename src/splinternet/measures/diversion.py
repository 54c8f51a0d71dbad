"""Diversion: how much foreign states could take of a nation's traffic, and its own transit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import CONTENDING, Choices, Counting, Routing
from splinternet.base.columns import Column
from splinternet.base.countries import country_code
from splinternet.base.errors import WorldError
from splinternet.base.takes import Takes
from splinternet.measures.filtering import filters_of
from splinternet.measures.hijacks import COUNTED, Audience, shares, victims_among
from splinternet.measures.measure import Figure, Measure, share_column
from splinternet.measures.nation import in_country
from splinternet.measures.signing import parts
from splinternet.routing.contests import Contests, Outcomes
from splinternet.routing.sweep import Progress
from splinternet.routing.trials import Trial
from splinternet.world.evidence import by_evidence
from splinternet.world.roas import covered
from splinternet.world.world import World

__all__ = ["MEASURE", "covered_share", "diversion"]

TAKES = Takes("diversion", ("prefer", "tie_break", "links"), routing=CONTENDING)

#: Networks of the nation whose prefixes are announced: those with most addresses.
_VICTIMS = 4

_Sums = npt.NDArray[np.float64]


def diversion(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Share of the world that each foreign state's networks could take of a nation's traffic.

    All networks of a state announce at once the prefixes of the nation's networks with most
    addresses, four at most, one after the other. Nobody filters but those that do in the world, as
    a scenario may have it. The last row is of the nation's own networks with customers, and of the
    nation's other networks in place of the world.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    routing, counting, choices
        How routes are chosen, as an object or as single fields of it; see
        :mod:`splinternet.base.choices`. Nothing of counting makes a difference.

    Returns
    -------
    polars.DataFrame
        ``by`` (``state``, or ``home`` for the nation's own transit), ``country``; ``networks``,
        ``addresses`` and ``users``: shares of those of all others that would send to the wrong
        place, the mean over the nation's networks by their addresses; and ``covered``, in each row
        alike, see :func:`covered_share`. States by code; groups of a digest take nothing.

    Raises
    ------
    MisuseError
        If there is no such country or choice.
    WorldError
        If the world has no network there that stands for itself, or none of another state.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Our definition, on prefix hijacks as Ballani, Francis and Zhang have them, "A Study of Prefix
    Hijacking and Interception in the Internet", SIGCOMM 2007. It tells positions in the graph:
    nothing of what anybody does, or would.

    Examples
    --------
    >>> diversion(world, "CU").columns
    ['by', 'country', 'networks', 'addresses', 'users', 'covered']
    """
    code = country_code(country)
    routing, _ = TAKES.chosen(routing, counting, choices)
    world = by_evidence(world, routing.links)
    targets, attackers = _ends(world, code)
    filters = filters_of(world)
    tried = parts(world, targets, "prefix", filters)
    pairs = [(part, by) for by in attackers for part in tried if attackers[by] != (part.victim,)]
    trials = [
        Trial.of(
            "prefix",
            part.victim,
            _without(attackers[by], part.victim),
            filters,
            covered=part.covered,
        )
        for part, by in pairs
    ]
    audience = Audience(world)
    at_home = audience.networks["country"].eq_missing(code).cast(pl.Int32).to_numpy()
    foreign = np.array([by is not None for _, by in pairs])

    def work(outcomes: Outcomes, place: slice) -> _Sums:
        deceived = outcomes.tally(at_home, audience.weights, 2)[0]
        abroad, home = np.stack(
            [deceived, audience.whole(trials[place], at_home, 2)], axis=1
        ).astype(np.float64)
        sums: _Sums = home + abroad * foreign[place]
        return sums

    found = np.concatenate(list(Contests(world, routing).run(trials, work, progress)), axis=2)
    weighed = found * np.array([part.weight for part, _ in pairs])
    lanes: dict[str | None, list[int]] = {by: [] for by in attackers}
    for place, (_, by) in enumerate(pairs):
        lanes[by].append(place)
    rows = [
        ("home" if by is None else "state", by or code, *shares(*weighed[:, :, places].sum(axis=2)))
        for by, places in lanes.items()
    ]
    schema = {"by": pl.String, "country": pl.String, **dict.fromkeys(COUNTED, pl.Float64)}
    signed = pl.lit(covered_share(world, code), pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(covered=signed)


def covered_share(world: World, country: str) -> float | None:
    """Share of a nation's addresses that ROAs name, at most; None where the world has no ROAs.

    A world knows how many addresses a network announces, not which, so of each network as many
    count as its ROAs cover, and no more than it announces.
    """
    home = world.networks.filter(country=country_code(country))
    every = int(home["ipv4_addresses"].sum())
    if not world.roas.height or not every:
        return None
    named = int(covered(world).join(home, on="asn", how="semi")["addresses"].sum())
    return named / every


def _ends(world: World, code: str) -> tuple[dict[int, int], dict[str | None, tuple[int, ...]]]:
    """Return victims and their addresses, and attackers by state, None for the nation's transit.

    Raises
    ------
    WorldError
        If there is none of either.
    """
    single = world.networks.filter(pl.col("members") == 1)
    home = single.filter(pl.col("asn").is_in(in_country(world, code).implode()))
    ranked = victims_among(world, home["asn"])
    targets = {asn: max(ranked[asn], 1) for asn in list(ranked)[:_VICTIMS]}
    attackers: dict[str | None, tuple[int, ...]] = {
        state: networks for state, networks in _by_state(world) if state != code
    }
    if not targets or not attackers:
        raise WorldError(
            f"world {world.manifest.name} has no network of {code} by itself, or none of another "
            "state"
        )
    sellers = world.links.filter(pl.col("kind") == "p2c")["a"]
    transit = home.filter(pl.col("asn").is_in(sellers.implode())).sort("asn")["asn"].to_list()
    if transit and home.height > 1:
        attackers[None] = tuple(transit)
    return targets, attackers


def _without(networks: tuple[int, ...], victim: int) -> tuple[int, ...]:
    """Leave out the victim; where it is not among them they are the same, which trials share."""
    return tuple(asn for asn in networks if asn != victim) if victim in networks else networks


def _by_state(world: World) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Networks that stand for themselves, by state."""

    def find() -> tuple[pl.Series, pl.Series]:
        single = world.networks.filter(pl.col("country").is_not_null(), members=1)
        found = single.sort("country", "asn")
        return found["country"], found["asn"]

    country, asn = world.derived("networks by state", find)
    states = country.rle().struct.unnest()
    asns, first = asn.to_list(), 0
    for many, state in states.iter_rows():
        yield state, tuple(asns[first : first + many])
        first += many


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    by = "addresses" if table["addresses"].count() else "networks"
    states = table.filter(pl.col("by") == "state").sort(by, "country", descending=[True, False])
    home = table.filter(pl.col("by") == "home")
    return {
        "diverted_most": states[by].first(),
        "diverted_most_by": states["country"].first(),
        "diverted_least": states[by].last(),
        "diverted_at_home": home[by].first() if home.height else None,
        "covered": table["covered"].first(),
    }


MEASURE = Measure(
    name="diversion",
    title="what others could take",
    question="How much of the world could other states divert, and its transit at home take?",
    source=(
        "Our own, on prefix hijacks as in Ballani, Francis and Zhang, A Study of Prefix Hijacking "
        "and Interception in the Internet, SIGCOMM 2007"
    ),
    table=diversion,
    takes=TAKES,
    columns=(
        Column("by", pl.String(), "Taker: a foreign state, or the nation's own transit."),
        Column("country", pl.String(), "The state."),
        share_column("networks", "Of all other networks, those that would send it there."),
        share_column("addresses", "The same of their addresses."),
        share_column("users", "The same of their users."),
        share_column("covered", "Of the nation's addresses, those that ROAs may cover."),
    ),
    figures=(
        Figure(
            "diverted_most",
            "share",
            "Of the world, by addresses: what the best-placed foreign state could take.",
            label="Part of the world that the foreign state in the best position could take",
        ),
        Figure(
            "diverted_most_by",
            "country",
            "That state; a position in the graph, no accusation.",
            label="The foreign state in that position, which need not do anything of the kind",
        ),
        Figure(
            "diverted_least",
            "share",
            "Share that the worst-placed foreign state could take.",
            label="Part of the world that the foreign state in the worst position could take",
        ),
        Figure(
            "diverted_at_home",
            "share",
            "Of the nation, by addresses: what its own transit could take.",
            label="Part of the nation that its own carriers could take",
        ),
        Figure(
            "covered",
            "share",
            "Of its addresses, those that ROAs name, at most.",
            label="Part of its addresses that route origin authorisations (ROAs) may cover",
        ),
    ),
    summary=_summary,
    on_request=True,
)
