"""Cut: the fewest networks, or links, whose loss takes a nation off the rest of the world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Unpack, get_args

import numpy as np
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import Choices, Counting, Routing
from splinternet.base.columns import Column
from splinternet.base.countries import country_code, country_name
from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.takes import Takes
from splinternet.measures.measure import Figure, Measure, Rows, count_column, share_column
from splinternet.measures.minimum_cut import Lost, MinimumCut
from splinternet.measures.nation import check_share, residents
from splinternet.measures.reliability import CLIQUE
from splinternet.measures.up_graph import UpGraph
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["KINDS", "MEASURE", "cut", "cut_set"]

#: What is cut.
KINDS: tuple[Lost, ...] = get_args(Lost)

TAKES = Takes(
    "cut",
    ("links", "observed", "weights", "where"),
    own={
        "share": Choice(
            term="share",
            label="Share to be lost",
            doc="The share of what is connected that is to be lost, instead of 90 %.",
            others="SHARE",
            read=float,
        ),
        "clique": CLIQUE,
    },
)

_CUTS = pl.Schema(
    {
        "kind": pl.Enum(KINDS),
        "size": pl.Int64(),
        "lower_bound": pl.Int64(),
        "exact": pl.Boolean(),
        "share": pl.Float64(),
        "base": pl.Float64(),
        "unconnected": pl.Float64(),
    }
)


@typed
def cut(
    world: World,
    country: str,
    *,
    share: float = 0.9,
    clique: Iterable[int] | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Number of networks, or links, whose loss takes a wanted share of a nation off the world.

    A domestic network is connected while it has a route that policy allows to a network of the
    clique abroad: a path that climbs from customers to providers, through any networks, and ends at
    such a network or, by one peering link, beside it. The node cut is the fewest domestic networks
    whose failure leaves the wanted share of the addresses unconnected; those of the failed
    networks count as lost. The link cut is the fewest links with a domestic end.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name.
    share
        The share of the addresses connected before that is to be lost, above 0 and up to 1.
    clique
        ASNs of the tier-1 clique; by default those of
        :func:`splinternet.routing.clique.clique_of`. The nation's own are left out: what is cut
        off with them is cut off from the world.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`.

    Returns
    -------
    polars.DataFrame
        A row for each ``kind`` (``network``, ``link``): ``size`` (how many; the smallest that was
        found), ``lower_bound`` (proved: none is smaller), ``exact`` (whether the two are the
        same), ``share`` (what is lost), ``base`` (addresses, or what else the weights are, that
        were connected) and ``unconnected`` (those that were not, which count nowhere else).
        Empty where nothing of the nation is connected.

    Raises
    ------
    MisuseError
        If there is no such country, choice or share, or the clique names no network or one that is
        not in the world.
    WorldError
        If the world has no network there, or not the figures to weigh by, or all of them are zero.
    RoutingError
        If providers and customers form a cycle.

    Notes
    -----
    Only whether there is a way counts, not which one is chosen: the preference order and the
    tie-break play no part. Ways by peering with other than the clique are no transit, and left out.

    Cuts under routing policy between two networks are from Erlebach, Hall, Panconesi and
    Vukadinović, "Cuts and Disjoint Paths in the Valley-Free Path Model of Internet BGP Routing"
    (CAAN 2004, LNCS 3405); node cuts are hard there, and easy here, for every way only climbs. A
    share of 1 is a maximum flow (Menger's theorem) and exact. For less, the bound is the best
    Lagrangian one over maximum flows, and integer programming closes the gap that is left where
    there are few links.

    Examples
    --------
    >>> cut(world, "CU").select("kind", "size").rows()
    [('network', 1), ('link', 2)]
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    up_graph, unconnected = _up_graph(world, country, share, counting, clique)
    rows: list[dict[str, Any]] = []
    for kind in KINDS if up_graph.base else ():
        found, bound = MinimumCut(up_graph, kind, share).search()
        rows.append(
            {
                "kind": kind,
                "size": found.size,
                "lower_bound": bound,
                "exact": found.size == bound,
                "share": 1 - found.kept / up_graph.base,
                "base": up_graph.base,
                "unconnected": unconnected,
            }
        )
    return pl.DataFrame(rows, schema=_CUTS)


@typed
def cut_set(
    world: World,
    country: str,
    *,
    kind: Lost = "network",
    share: float = 0.9,
    clique: Iterable[int] | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Networks, or links, that :func:`cut` counts.

    Parameters
    ----------
    kind
        ``network`` or ``link``.
    world, country, share, clique, routing, counting, choices
        As for :func:`cut`.

    Returns
    -------
    polars.DataFrame
        Of networks ``asn``, ``name`` and ``networks`` (how many of a digest's group; else 1), by
        ASN; of links ``a``, ``b`` and ``kind`` as in the world's table of links, with the names
        and countries of both ends and ``links`` (how many of a group's), by ASNs. Empty where
        nothing of the nation is connected. There can be other cuts as small.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`cut`.

    Examples
    --------
    >>> cut_set(world, "CU").columns
    ['asn', 'name', 'networks']
    """
    if kind not in KINDS:
        raise MisuseError.unknown("kind of cut", kind, KINDS)
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    up_graph, _ = _up_graph(world, country, share, counting, clique)
    lost = (
        MinimumCut(up_graph, kind, share).search()[0].lost if up_graph.base else np.array([], int)
    )
    known = world.named.select("asn", "name", "country")
    if kind == "network":
        return (
            pl.DataFrame({"asn": up_graph.asn[lost]}, schema={"asn": pl.UInt32})
            .group_by("asn")
            .agg(networks=pl.len().cast(pl.Int64))
            .join(known, on="asn", how="left")
            .select("asn", "name", "networks")
            .sort("asn")
        )
    ends = up_graph.ends[lost]
    links = pl.DataFrame({"one": ends[:, 0], "other": ends[:, 1]}).group_by("one", "other").len()
    either_way = pl.concat(
        [
            links.select(a="other", b="one", links=pl.col("len").cast(pl.Int64)),
            links.select(a="one", b="other", links=pl.col("len").cast(pl.Int64)),
        ]
    )
    return (
        world.links.join(either_way, on=["a", "b"])
        .join(known.rename({"asn": "a", "name": "a_name", "country": "a_country"}), on="a")
        .join(known.rename({"asn": "b", "name": "b_name", "country": "b_country"}), on="b")
        .select("a", "a_name", "a_country", "b", "b_name", "b_country", "kind", "links")
        .sort("a", "b")
    )


def _up_graph(
    world: World, country: str, share: float, counting: Counting, clique: Iterable[int] | None
) -> tuple[UpGraph, float]:
    """Arrange the nation's ways up, and sum the weight that has none."""
    check_share(share, "cut off")
    nation = residents(world, country, counting)
    total = float(nation["weight"].sum())
    if not total:
        raise WorldError(
            f"no network of {country_name(country_code(country))} has any {counting.weights} in "
            f"world {world.manifest.name}; weigh by networks"
        )
    up_graph = UpGraph.of(world, nation, clique)
    return up_graph, total - up_graph.base


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    of = {row["kind"]: row for row in table.iter_rows(named=True)}
    return {
        f"{name}_cut{suffix}": of.get(kind, {}).get(column)
        for kind, name in (("network", "node"), ("link", "link"))
        for suffix, column in (("", "size"), ("_bound", "lower_bound"))
    }


MEASURE = Measure(
    name="cut",
    title="chokepoints (what it takes to cut it off)",
    question="How many networks or links must fail to take a nation off the rest of the world?",
    source=(
        "Minimum cuts in the valley-free model: Erlebach, Hall, Panconesi and Vukadinović, "
        "CAAN 2004, https://doi.org/10.1007/11527954_6; for a share of a nation, ours"
    ),
    table=cut,
    takes=TAKES,
    columns=(
        Column("kind", pl.Enum(KINDS), "Things that are cut: networks or links."),
        count_column("size", "The fewest that were found.", "networks or links"),
        count_column("lower_bound", "Proved: fewer cannot do.", "networks or links"),
        Column("exact", pl.Boolean(), "Whether both are the same."),
        share_column("share", "Of what was connected, what is lost."),
        Column("base", pl.Float64(), "Weight of what was connected.", "addresses"),
        Column("unconnected", pl.Float64(), "Weight of the rest; it counts nowhere.", "addresses"),
    ),
    figures=(
        Figure(
            "node_cut",
            "networks",
            "Fewest networks whose failure cuts off 90 %.",
            label="Fewest networks whose failure cuts off 90% of it",
        ),
        Figure(
            "node_cut_bound",
            "networks",
            "Proved: no fewer do.",
            label="Networks that must fail at the least, which is proved, to cut off 90% of it",
        ),
        Figure(
            "link_cut",
            "links",
            "Fewest links whose loss cuts off 90 %.",
            label="Fewest links whose loss cuts off 90% of it",
        ),
        Figure(
            "link_cut_bound",
            "links",
            "Proved: no fewer do.",
            label="Links that must be lost at the least, which is proved, to cut off 90% of it",
        ),
    ),
    summary=_summary,
    rows=Rows(),
    quick=True,
)
