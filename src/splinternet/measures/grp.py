"""Global reachability: what of the traffic between all others gets past a state, or several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Choices, Counting, Routing, Weights
from splinternet.base.columns import Column
from splinternet.base.countries import codes_of, country_code
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.measure import Figure, Measure, Rows, share_column
from splinternet.measures.nation import homes, in_country
from splinternet.routing.avoiding import arriving, arriving_clear, networks_below
from splinternet.routing.graph import graph_of
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "grp", "past_a_state"]

#: Each network counts one, as in the paper.
TAKES = Takes(
    "grp",
    (*ROUTING, "weights", "where"),
    counting=Counting(weights="networks"),
)


@typed
def grp(
    world: World,
    countries: str | Iterable[str],
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> float | None:
    """Global reachability potential: what of the rest of the world's traffic avoids some states.

    The share of the traffic between networks outside these states, of that which has a route,
    whose path passes no network of theirs. Networks of unknown country are outside.

    Parameters
    ----------
    world
        The world.
    countries
        Codes or English names of the states, one or more.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. ``weights`` are what a network counts as
        source, and as destination; by default each counts one.

    Returns
    -------
    float or None
        From 0 (nothing avoids them) to 1; None if there is no route between networks outside, as
        where there are fewer than two.

    Raises
    ------
    MisuseError
        If there is no such country or choice, or none is named.
    WorldError
        If the world has no network in one of them, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Ivanovic, Wirz, Subirà Nieto and Perrig, Charting Censorship Resilience and Global Internet
    Reachability, IFIP Networking 2024, https://arxiv.org/abs/2403.09447. There, networks with
    several countries (the largest carriers) belong to none and so never stand in the way; here
    each belongs to the one that the world has for it.

    Examples
    --------
    >>> round(grp(world, "CU"), 3)
    1.0
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    named = codes_of(countries)
    states = [in_country(world, country, counting.where) for country in named]
    if not states:
        raise MisuseError("no state to avoid; name one or more")
    theirs = pl.concat(states).unique()
    weights = counting.weights
    outside = weigh(world, weights).filter(~pl.col("asn").is_in(theirs.implode()))
    routed = _routed_without(world, weights, outside)
    if not routed:
        return None
    if len(states) == 1 and graph_of(world).precomputed:
        by_all = _passed_by_all(world, counting, routing)
        known = by_all.filter(pl.col("group") == named[0])["share"].sum()
        passed = float(known) * _pairs(world, outside, outside)
    else:
        passed = _passed_between(world, theirs, outside, routing, progress)
    return min(max(0.0, 1 - passed / routed), 1.0)


def _passed_between(
    world: World,
    theirs: pl.Series,
    outside: pl.DataFrame,
    routing: Routing,
    progress: Progress | None,
) -> float:
    """Weight of the pairs of networks outside whose path passes one of theirs."""
    # A path can only pass a network if that is above its source or its destination.
    below = pl.col("asn").is_in(networks_below(world, theirs).implode())
    passed = 0.0
    for sources, destinations in (
        (outside, outside.filter(below)),
        (outside.filter(below), outside.filter(~below)),
    ):
        if (pairs := _pairs(world, sources, destinations)) > 0:
            clear = arriving_clear(
                world, theirs, sources, destinations, routing=routing, progress=progress
            )
            passed += pairs * (arriving(world, sources, destinations) - clear)
    return passed


def _passed_by_all(world: World, counting: Counting, routing: Routing) -> pl.DataFrame:
    """Share of the pairs without an end in a state whose path passes it: ``group``, ``share``.

    Found once for all states; it takes as long as twenty do one by one.
    """
    weights, where = counting.weights, counting.where

    def find() -> pl.DataFrame:
        states = homes(world, where).select("asn", group="country")
        everyone = weigh(world, weights).join(states, on="asn", maintain_order="left")
        return crossing(world, states, everyone, everyone, routing=routing)

    return world.derived("pairs passed by all states", find, of=(weights, where, routing))


def _routed_without(world: World, weights: Weights, outside: pl.DataFrame) -> float:
    """Weight of the pairs of networks outside that have a route.

    Reach is the same both ways, and among all networks the same for every state: so
    what has an end among the others, mostly few, is taken from what is found once for a world.
    """
    if _pairs(world, outside, outside) <= 0:
        return 0.0
    everyone = weigh(world, weights)
    known = world.derived("routed pairs", lambda: _routed(world, everyone, everyone), of=weights)
    others = everyone.filter(~pl.col("asn").is_in(outside["asn"].implode()))
    left = known - 2 * _routed(world, everyone, others) + _routed(world, others, others)
    # Of numbers that large the difference is hardly ever zero.
    return left if left > 1e-9 * known else 0.0


def _routed(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Weight of the pairs of two different networks that have a route."""
    pairs = _pairs(world, sources, destinations)
    return pairs * arriving(world, sources, destinations) if pairs > 0 else 0.0


def _pairs(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Sum the products of the weights of all pairs of two different networks."""
    same = sources.join(destinations, on="asn").join(world.networks, on="asn")
    itself = float((same["weight"] * same["weight_right"] / same["members"]).sum())
    return float(sources["weight"].sum()) * float(destinations["weight"].sum()) - itself


def past_a_state(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Tell what of the traffic between all other networks gets past a state.

    Parameters
    ----------
    world, country, routing, counting, choices, progress
        As for :func:`grp`, of one state.

    Returns
    -------
    polars.DataFrame
        One row: ``country`` and ``share``, as :func:`grp` gives it; none if it gives None.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`grp`.
    """
    share = grp(world, country, routing=routing, counting=counting, progress=progress, **choices)
    found = [] if share is None else [(country_code(country), share)]
    return pl.DataFrame(found, schema={"country": pl.String, "share": pl.Float64}, orient="row")


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    return {"grp": table["share"].first() if table.height else None}


MEASURE = Measure(
    name="grp",
    title="reachability past it",
    question="What of the routes between all other networks gets past the nation?",
    source=(
        "Global reachability potential: Ivanovic et al., IFIP Networking 2024, "
        "https://arxiv.org/abs/2403.09447"
    ),
    table=past_a_state,
    takes=TAKES,
    columns=(
        Column("country", pl.String(), "The nation."),
        share_column("share", "Of the routes between all others, what keeps clear of it."),
    ),
    figures=(
        Figure(
            "grp",
            "share",
            "Routes between networks abroad that avoid the nation.",
            label="Routes between all other networks that keep clear of it",
        ),
    ),
    summary=_summary,
    rows=Rows(),
)
