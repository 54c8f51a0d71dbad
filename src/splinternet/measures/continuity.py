"""Domestic continuity: what of a nation still holds together when its border is closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Choices, Counting, Routing
from splinternet.base.takes import Takes
from splinternet.measures.measure import ASN, NAME, Figure, Measure, share_column
from splinternet.measures.nation import ends, in_country, within
from splinternet.routing.graph import graph_of
from splinternet.routing.reach import Reach
from splinternet.routing.traffic import Demand
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "continuity"]

TAKES = Takes("continuity", ("links", "observed", "weights", "where"))


@typed
def continuity(
    world: World,
    country: str,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Share of a nation's domestic pairs that still reach each other with every border link cut.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. A pair counts the product of its two networks.

    Returns
    -------
    polars.DataFrame
        A row for each network of the nation that counts: ``asn``, ``name``, ``part`` (of the
        nation's weight), ``before`` and ``after``: the share of the rest of the nation's weight
        that it has a route to while the border is open, and when every link across it is cut
        (``rest`` is that rest, as a share of the whole). The worst first: the stranded. The
        nation's figure is the mean of ``after``, each row counting ``part`` times ``rest``.

    Raises
    ------
    MisuseError
        If there is no such country or choice.
    WorldError
        If the world has fewer than two networks there, or not the figures to weigh by.
    RoutingError
        If providers and customers form a cycle.

    Notes
    -----
    Our definition, of the question that Russia's law of November 2019 asks: whether the domestic
    Internet runs on by itself. It is about reachability by policy only: neither the preference of
    routes nor their tie-break matters; nor do capacities, names (DNS), certificates or content
    that is abroad. A network of unknown country counts as abroad, so the figure errs to the low
    side.

    Examples
    --------
    >>> continuity(world, "CU").columns
    ['asn', 'name', 'part', 'rest', 'before', 'after']
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    home = in_country(world, country, counting.where)
    nation = ends(world, country, replace(counting, direction="domestic"), at_home=True)[0]
    before, after = (_reached(each, nation) for each in (world, within(world, home)))
    return (
        before.join(after.select("asn", after="reached"), on="asn")
        .join(world.named.select("asn", "name"), on="asn")
        .select("asn", "name", "part", "rest", before="reached", after="after")
        .sort("after", "part", "asn", descending=[False, True, False])
    )


def _reached(world: World, nation: pl.DataFrame) -> pl.DataFrame:
    """Return ``asn``, ``part``, ``rest`` and ``reached`` of each network that counts."""
    graph = graph_of(world)
    demand = Demand.of(world, graph, nation, nation)
    # What a network would send to itself is taken off below, by network, not by row.
    reach = Reach.of(graph, replace(demand, own=np.zeros_like(demand.own)))
    missing = np.zeros(graph.rows)
    missing[demand.targets] = reach.missing(np.arange(len(demand.targets), dtype=np.int32))
    counted = nation.filter(pl.col("weight") > 0)
    row = graph.row[graph.networks(counted["asn"])]
    # The stubs of a row reach each other through a provider that they share, or not at all.
    apart = (row >= graph.carriers) & (np.diff(graph.providers.start)[row] == 0)
    members = counted.join(world.networks, on="asn", maintain_order="left")["members"].to_numpy()
    part = counted["weight"].to_numpy() / counted["weight"].to_numpy().sum()
    own = part / members
    rest = 1 - own
    lost = missing[row] / demand.sources.sum() - np.where(apart, own, 0)
    reached = np.divide(rest - lost, rest, where=rest > 0, out=np.zeros(len(rest)))
    return pl.DataFrame(
        {"asn": counted["asn"], "part": part, "rest": rest, "reached": reached.clip(0, 1)}
    )


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    pairs = (table["part"] * table["rest"]).to_numpy()
    return {
        "continuity": float(pairs @ table["after"].to_numpy() / pairs.sum()),
        "continuity_before": float(pairs @ table["before"].to_numpy() / pairs.sum()),
        "stranded": table.filter(pl.col("after") < 0.5)["part"].sum(),
    }


MEASURE = Measure(
    name="continuity",
    title="what holds with the border closed",
    question="What of the nation still holds together when its border is closed?",
    source="Our own: reachability by policy with every border link cut",
    table=continuity,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        share_column("part", "Its part of the nation, by weight."),
        share_column("rest", "The rest of the nation, by weight."),
        share_column("before", "Of the rest, what it has a route to while the border is open."),
        share_column("after", "The same when every link across the border is cut."),
    ),
    figures=(
        Figure(
            "continuity",
            "share",
            "Domestic pairs that still reach each other.",
            label="Pairs at home that still reach each other with the border closed",
            headline=5,
        ),
        Figure(
            "continuity_before",
            "share",
            "Domestic pairs that do while the border is open.",
            label="Pairs at home that reach each other with the border open",
        ),
        Figure(
            "stranded",
            "share",
            "Of the weight, in networks that reach less than half of it.",
            label="Its networks that reach less than half of it with the border closed, by weight",
        ),
    ),
    summary=_summary,
    to_all=False,
)
