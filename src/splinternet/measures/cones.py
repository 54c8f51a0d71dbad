"""Customer cones: whom a network can reach over its customers alone, and for whom it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Choices, Counting, Routing
from splinternet.base.takes import Takes
from splinternet.measures.measure import (
    ASN,
    COUNTRY,
    NAME,
    Figure,
    Measure,
    count_column,
    share_column,
)
from splinternet.measures.nation import in_country
from splinternet.routing.cones import Cones, find_cones
from splinternet.routing.graph import Graph, graph_of
from splinternet.routing.sweep import Progress
from splinternet.world.confidence import DISTRUSTED, judged
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "cones"]

TAKES = Takes("cones", ROUTING)

_SIZES = ("networks", "addresses", "countries")


@typed
def cones(
    world: World,
    country: str | None = None,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Customer cones of networks, by the two definitions in use.

    The *recursive* cone of a network is itself, its customers, their customers, and so on down.
    The *provider/peer observed* cone is the part of it that others use the network for: itself,
    and every network that comes after it on any path on which one of its providers or peers comes
    just before it. Here paths are those that the model computes, between any two networks, all
    equally good ones with ``split``.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of a nation, to list only its networks; their cones may still lie
        anywhere.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. The recursive cone depends on neither
        preference nor tie-break.
    progress
        Told of rows of networks done and of all, unless the cones of this world are known
        already: they are computed once for each way to choose.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``country``; of the provider/peer observed cone ``networks``,
        ``addresses`` (IPv4, those that are known), ``countries`` (known ones) and ``share`` (of
        the addresses of the world's networks); then the same of the recursive cone, as
        ``recursive_networks`` and so on, and ``recursive_doubted``, how many of these networks are
        below it only by links that are much doubted. Largest first, by networks, then by ASN.
        Addresses and shares are null in a world that knows no addresses. The groups of a digest
        count in the cones of others, each as the networks that it stands for, but have no row.

    Raises
    ------
    MisuseError
        If there is no such country or choice.
    WorldError
        If the world has no network there.
    RoutingError
        If the world has a provider-customer cycle or a path of more than 62 links.

    Notes
    -----
    Luckie, Huffaker, Dhamdhere, Giotsas and claffy, AS Relationships, Customer Cones, and
    Validation, IMC 2013, https://doi.org/10.1145/2504730.2504735. CAIDA's provider/peer observed
    cones (``ppdc-ases``) come from the paths that its vantages see; with every network a vantage
    and no link unseen, these are rather as large as they can be.

    Examples
    --------
    >>> cones(world).sort("networks", descending=True)["asn"].first()
    3356
    """
    routing, _ = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    home = None if country is None else in_country(world, country)
    table = world.derived("cones", lambda: _all_cones(world, routing, progress), of=routing)
    return table if home is None else table.filter(pl.col("asn").is_in(home.implode()))


def _all_cones(world: World, routing: Routing, progress: Progress | None) -> pl.DataFrame:
    graph = graph_of(world)
    networks = world.named.sort("asn")
    addresses = networks["ipv4_addresses"]
    own = np.stack([networks["members"].to_numpy(), addresses.fill_null(0).to_numpy()], axis=1)
    of_row = np.zeros((graph.rows, own.shape[1]), dtype=np.int64)
    np.add.at(of_row, graph.row, own)
    recursive, observed = find_cones(graph, routing, of_row, _flags(graph, networks), progress)

    in_country = networks["country"].is_not_null().to_numpy().astype(np.int64)
    alone = np.column_stack([own, in_country])
    total = int(addresses.sum())
    columns = {
        f"{prefix}{kind}": sizes
        for prefix, found in (("", observed), ("recursive_", recursive))
        for kind, sizes in zip(_SIZES, _sizes(graph, found, alone), strict=True)
    }
    columns["recursive_doubted"] = columns["recursive_networks"] - _without_doubted(
        world, routing, columns["recursive_networks"], progress
    )
    told = [*_reported("", total), *_reported("recursive_", total), pl.col("recursive_doubted")]
    return (
        networks.select("asn", "name", "country", "members")
        .with_columns(**columns)
        .filter(pl.col("members") == 1)
        .select("asn", "name", "country", *told)
        .sort("networks", "asn", descending=[True, False])
    )


def _without_doubted(
    world: World, routing: Routing, known: npt.NDArray[np.int64], progress: Progress | None
) -> npt.NDArray[np.int64]:
    """Networks in every recursive cone that needs no much doubted link; as ``known`` if none is."""
    links = judged(world).links
    doubted = (pl.col("kind") == "p2c") & pl.col("doubt").is_in(DISTRUSTED).fill_null(False)
    sure = links.filter(~doubted)
    if sure.height == links.height:
        return known
    graph = graph_of(replace(world, links=sure))
    own = world.networks.sort("asn")["members"].to_numpy()[:, None]
    of_row, no_marks = graph.members[:, None], np.zeros((graph.rows, 1), dtype=np.uint64)
    recursive, _ = find_cones(graph, routing, of_row, no_marks, progress)
    found: npt.NDArray[np.int64] = _sizes(
        graph, recursive, np.column_stack([own, np.zeros_like(own)])
    )[0]
    return found


def _flags(graph: Graph, networks: pl.DataFrame) -> npt.NDArray[np.uint64]:
    """Give each row a bit for every country that it has networks in."""
    nth = networks["country"].rank("dense").to_numpy()
    known = np.flatnonzero(networks["country"].is_not_null().to_numpy())
    bit = nth[known].astype(np.int64) - 1
    flags = np.zeros((graph.rows, bit.max(initial=0) // 64 + 1), dtype=np.uint64)
    np.bitwise_or.at(
        flags, (graph.row[known], bit >> 6), np.uint64(1) << (bit & 63).astype(np.uint64)
    )
    return flags


def _sizes(graph: Graph, found: Cones, alone: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sizes of every network's cone, by kind; a network without customers is ``alone`` in its."""
    sizes = alone.copy()
    carrier = graph.row < graph.carriers
    of_carriers = np.column_stack([found.amounts, found.marks])
    sizes[carrier] = of_carriers[graph.row[carrier]]
    return sizes.T


def _reported(prefix: str, total: int) -> list[pl.Expr]:
    """Columns of one definition; addresses only if any are known."""
    networks, addresses, countries = (pl.col(f"{prefix}{kind}") for kind in _SIZES)
    known = pl.lit(total > 0)
    return [
        networks,
        pl.when(known).then(addresses).alias(f"{prefix}addresses"),
        countries,
        pl.when(known).then(addresses / max(total, 1)).alias(f"{prefix}share"),
    ]


def _summary(table: pl.DataFrame, country: str) -> Mapping[str, Any]:
    by_networks = table.row(0, named=True) if table.height else {}
    by_addresses = table.drop_nulls("share").sort("share", descending=True, maintain_order=True)
    widest = by_addresses.row(0, named=True) if by_addresses.height else {}
    return {
        "cone_share": widest.get("share"),
        "cone_share_of": widest.get("asn"),
        "cone_networks": by_networks.get("networks"),
        "cone_networks_of": by_networks.get("asn"),
    }


MEASURE = Measure(
    name="cones",
    title="customer cones",
    question="How large a part of the Internet lies below a nation's networks?",
    source=(
        "Customer cones, recursive and provider/peer observed, the latter of computed paths: "
        "Luckie et al., IMC 2013, https://doi.org/10.1145/2504730.2504735"
    ),
    table=cones,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        COUNTRY,
        count_column("networks", "Networks in its cone, as others see it.", "networks"),
        count_column("addresses", "IPv4 addresses of these.", "addresses"),
        count_column("countries", "Countries that these are registered in.", "countries"),
        share_column("share", "Of the world's addresses, those of its cone.", "of all addresses"),
        count_column("recursive_networks", "Networks below it, whatever routes say.", "networks"),
        count_column("recursive_addresses", "IPv4 addresses of these.", "addresses"),
        count_column("recursive_countries", "Countries that these are registered in.", "countries"),
        share_column("recursive_share", "Of the world's addresses, those below it."),
        count_column(
            "recursive_doubted",
            "Networks below it only by links that are much doubted.",
            "networks",
        ),
    ),
    figures=(
        Figure(
            "cone_share",
            "share",
            "Of the world's addresses, in a domestic network's largest cone.",
            label="Part of the world's addresses below its largest network: its customers', "
            "theirs, and so on",
        ),
        Figure(
            "cone_share_of",
            "ASN",
            "Network with that cone, provider/peer observed.",
            label="The network with most addresses below it",
        ),
        Figure(
            "cone_networks",
            "networks",
            "Most networks in a domestic network's cone.",
            label="Networks below its largest network: customers, theirs, and so on",
        ),
        Figure(
            "cone_networks_of",
            "ASN",
            "Network with that cone, provider/peer observed.",
            label="The network with most networks below it",
        ),
    ),
    summary=_summary,
)
