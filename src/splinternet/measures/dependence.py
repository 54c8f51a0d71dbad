"""Dependence: how much of a nation's traffic abroad passes each network, or each state."""

from __future__ import annotations

from typing import Any, Literal, get_args

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.nation import NATIONS_KEPT, Direction, ends
from splinternet.routing.policy import Policy, Prefer, Ties
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import Weights
from splinternet.routing.transit import crossing, transit
from splinternet.world.world import World

__all__ = ["CARRIERS", "MEASURE", "Carriers", "depend"]

#: What carries: a network, or any network of a state.
Carriers = Literal["network", "state"]

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
        ``inbound``: paths from abroad to the nation; ``outbound``: from the nation abroad;
        ``domestic``: between the nation's networks.
    by
        ``network`` or ``state``.
    weights
        What a domestic network counts.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.policy.Policy`.

    Returns
    -------
    polars.DataFrame
        By network ``asn``, ``name``, ``country`` and ``share``; by state ``country`` and
        ``share``; largest first. The ends of a path do not count as passed; the nation's own
        networks, and the nation itself, do.

    Raises
    ------
    MisuseError
        If there is no such country, direction or weight.
    WorldError
        If the world has no network there, or none abroad, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.
    """
    if by not in CARRIERS:
        raise MisuseError.unknown("kind of carrier", by, CARRIERS)
    if by == "network":
        return world.derived(
            "carriers",
            lambda: _carriers(
                world, country, direction, weights, prefer=prefer, ties=ties, progress=progress
            ),
            of=(country, direction, weights, Policy(prefer, ties)),
            most=NATIONS_KEPT,
        )
    both = ends(world, country, direction, weights)
    states = world.networks.select("asn", group="country")
    shares = crossing(world, states, *both, prefer=prefer, ties=ties, progress=progress)
    return shares.rename({"group": "country"})


def _carriers(
    world: World,
    country: str,
    direction: Direction,
    weights: Weights,
    *,
    prefer: Prefer,
    ties: Ties,
    progress: Progress | None,
) -> pl.DataFrame:
    both = ends(world, country, direction, weights)
    shares = transit(world, *both, prefer=prefer, ties=ties, progress=progress)
    return shares.join(world.networks, on="asn", how="left", maintain_order="left").select(
        "asn", "name", "country", "share"
    )


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    foreign = table.filter(pl.col("country").ne_missing(country))
    return {
        "dependence": table["share"].max(),
        "dependence_on": table["asn"].first() if table.height else None,
        "foreign_dependence": foreign["share"].max(),
        "foreign_dependence_on": foreign["asn"].first() if foreign.height else None,
    }


MEASURE = Measure(
    name="dependence",
    question="What share of a nation's traffic abroad passes each network?",
    source=(
        "AS hegemony without trimming, every outside network a vantage: Fontugne, Shah and Aben, "
        "PAM 2018, https://arxiv.org/abs/1711.02805"
    ),
    table=depend,
    figures=(
        Figure("dependence", "share", "Inbound traffic that passes the network that most does."),
        Figure("dependence_on", "ASN", "That network."),
        Figure("foreign_dependence", "share", "The same of networks not known to be domestic."),
        Figure("foreign_dependence_on", "ASN", "That network."),
    ),
    summary=_summary,
)
