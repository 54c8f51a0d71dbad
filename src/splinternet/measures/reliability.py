"""Reliability: what part of a nation loses the rest of the world when one of its networks fails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack

import numpy as np
import polars as pl

from splinternet.base.asn import as_numbers
from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import Choices, Counting, Routing
from splinternet.base.errors import WorldError
from splinternet.base.takes import Takes
from splinternet.measures.measure import ASN, NAME, Figure, Measure, Rows, share_column
from splinternet.measures.nation import in_country, residents
from splinternet.routing.clique import clique_of
from splinternet.routing.dominators import lost_with
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "reliability"]

#: An option of every measure that asks for the way to the clique.
CLIQUE = Choice(
    term="clique",
    label="Global tier-1 networks",
    doc="The global tier-1 networks, AS numbers with commas between.",
    others="ASNS",
    read=lambda text: tuple(as_numbers(text.split(","))),
)

TAKES = Takes("reliability", ("links", "observed", "where"), own={"clique": CLIQUE})


@typed
def reliability(
    world: World,
    country: str,
    *,
    clique: Iterable[int] | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Share of a nation that loses the global tier-1 networks if one of its networks fails.

    A network has the world while it can reach a network of the clique by a path that climbs from
    customer to provider and crosses one peering link at the most, the last. When a network fails,
    all those lose the world whose every such path it is on. The nation's figure is the worst one.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    clique
        ASNs of the global tier-1 networks; by default
        :func:`~splinternet.routing.clique.clique_of` finds them.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`.

    Returns
    -------
    polars.DataFrame
        A row for each network of the nation: ``asn``, ``name``, ``others`` (share of the nation's
        other networks that lose the world when this one fails; null if there are no others),
        ``networks`` (the same with the failing one among them), and ``addresses`` (share of the
        nation's known addresses, those of the failing network among them; null if none are
        known). The worst first. Those without the world from the start cannot lose it; they count
        in the whole.

    Raises
    ------
    MisuseError
        If there is no such country, or a network of the clique is not in the world or has no
        customers.
    WorldError
        If the world has no network there, or has no clique.
    RoutingError
        If providers and customers form a cycle.

    Notes
    -----
    Qrator Labs, National Internet Segments Reliability, yearly since 2016
    (https://blog.qrator.net/en/2019-internet-reliability_56), which asks how many of a country's
    networks lose the tier-1 operators when one of them fails, and takes the worst. Whether the
    failing network counts there is not said; ``others`` leaves it out. Reachability only: neither
    the preference of routes nor their tie-break matters, nor do capacities, and sites abroad of a
    domestic network fail with it. Nothing is recomputed: the failure of a network cuts those off
    whose ways all pass it, its part of the dominator tree of all ways to the clique. In a digest a
    group of networks without customers fails one by one, a group of carriers at once.

    Examples
    --------
    >>> reliability(world, "CU")["asn"].first()
    11960
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    home = in_country(world, country, counting.where)
    top = clique_of(world, clique)
    if not top:
        raise WorldError(
            f"world {world.manifest.name} has no clique: no network in it has customers; "
            "name the networks of the clique"
        )
    networks, sells = _by_number(world)
    inside = networks["asn"].is_in(home.implode())
    amounts = _counted(world, country, networks.filter(inside), counting)
    everyone = networks.select("asn").join(amounts, on="asn", how="left", maintain_order="left")
    counted = everyone.select("members", "addresses").fill_null(0).cast(pl.Float64).to_numpy()
    lost, connected = lost_with(world, top, counted)
    at_once = np.where(sells, 1, networks["members"])[:, None]
    here = inside.to_numpy()
    fails, other = (counted / at_once)[here], lost[here]
    every = other + np.where(connected[here, None], fails, 0)
    many, addresses = counted.sum(axis=0)
    rest = pl.Series(many - fails[:, 0])
    return (
        networks.filter(inside)
        .select("asn", "name")
        .with_columns(
            others=pl.when(rest > 0).then(pl.Series(other[:, 0]) / rest),
            networks=every[:, 0] / many,
            addresses=every[:, 1] / addresses if addresses else pl.lit(None, pl.Float64),
        )
        .sort("others", "networks", "asn", descending=[True, True, False])
    )


def _by_number(world: World) -> tuple[pl.DataFrame, pl.Series]:
    """Networks by number, and which of them sell transit; found once, as every nation asks."""

    def find() -> tuple[pl.DataFrame, pl.Series]:
        networks = world.named.sort("asn")
        sellers = world.links.filter(pl.col("kind") == "p2c")["a"]
        return networks, networks["asn"].is_in(sellers.implode())

    return world.derived("networks by number, and who sells transit", find)


def _counted(world: World, country: str, home: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    """Count the networks and addresses of each network of the nation: those that it has there."""
    if counting.where == "registered":
        return home.select("asn", "members", addresses="ipv4_addresses")
    there = residents(world, country, counting).rename({"weight": "addresses"})
    return home.select("asn", "members").join(there, on="asn")


def _settle(
    world: World, country: str, *, clique: Iterable[int] | None = None, **_: object
) -> dict[str, Any]:
    return {"clique": clique_of(world, clique) or None}


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    worst = table.row(0, named=True)
    if worst["others"] is None or not table["networks"].max():
        # Nobody has the world, so nobody can lose it; or nobody else is there to lose it.
        return dict.fromkeys(("reliability", "reliability_of", "reliability_addresses"))
    return {
        "reliability": worst["others"],
        "reliability_of": worst["asn"],
        "reliability_addresses": table["addresses"].max(),
    }


MEASURE = Measure(
    name="reliability",
    title="its weakest single point",
    question="What part of the nation loses the world when one of its networks fails?",
    source="Qrator Labs, National Internet Segments Reliability, https://blog.qrator.net",
    table=reliability,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        share_column("others", "Of the nation's other networks, those that lose the world."),
        share_column("networks", "The same, with itself among them."),
        share_column("addresses", "Of the nation's addresses, those that lose the world."),
    ),
    figures=(
        Figure(
            "reliability",
            "share",
            "The nation's other networks that lose the world when the one that matters most fails.",
            label="Its networks that lose the world when one other fails, the worst case",
            headline=4,
            dated=4,
        ),
        Figure(
            "reliability_of", "ASN", "That network.", label="The network whose failure is the worst"
        ),
        Figure(
            "reliability_addresses",
            "share",
            "The most addresses that go with any one network, its own among them.",
            label="Its addresses that go with any one network, the worst case",
            of_others=True,
        ),
    ),
    summary=_summary,
    rows=Rows("others", "asn", ("others",)),
    by_rule="network",
    settle=_settle,
    quick=True,
    to_all=False,
)
