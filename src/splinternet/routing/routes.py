"""Routes that networks choose: to chosen origins, along one path, or counted over all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import Asn, as_number, as_numbers
from splinternet.base.checked import typed
from splinternet.base.choices import ONE_PATH, ROUTING, Routing, RoutingChoices
from splinternet.base.takes import Takes
from splinternet.base.texts import phrase
from splinternet.routing import _kernels
from splinternet.routing.block import Block
from splinternet.routing.codes import NO_ROUTE, classes, code_of_told, lengths
from splinternet.routing.graph import Ints, graph_of
from splinternet.routing.sweep import Progress, Sweep
from splinternet.world.confidence import doubts_of_links
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["CLASSES", "Summary", "path", "routes", "summary"]

#: Kinds of route: one's own, or learned from a customer, a peer or a provider.
CLASSES = ("own", "customer", "peer", "provider")

_TAKES = Takes("routes", ROUTING, routing=ONE_PATH)
#: The tie-break decides the next hop, not the class or the length.
_COUNTED = Takes("summary", ("prefer", "links", "observed"))

_ROUTES = pl.Schema(
    {
        "origin": pl.UInt32(),
        "asn": pl.UInt32(),
        "class": pl.Enum(CLASSES),
        "length": pl.UInt8(),
        "next_hop": pl.UInt32(),
    }
)

#: The columns of routes to one origin.
_Lane = tuple[npt.NDArray[Any], ...]


@typed
def routes(
    world: World,
    origins: Iterable[Asn],
    networks: Iterable[Asn] | None = None,
    *,
    told: bool = False,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Routes that networks choose towards origins.

    Parameters
    ----------
    world
        The world.
    origins
        ASNs of the networks that traffic goes to.
    networks
        ASNs of the networks that choose; all by default.
    told
        List the routes that networks tell to peers and providers, all from customers, instead of
        their own choices. Routes from a peer or provider go on by these; they differ from
        the choices by ``shortest`` alone.
    routing, choices
        How they choose, and single fields of it, see :class:`~splinternet.base.choices.Routing`;
        by default with the tie-break ``lowest-asn``. With ``split`` there is a row for each
        equally good next hop.

    Returns
    -------
    polars.DataFrame
        ``origin``, ``asn``, ``class`` (own, customer, peer or provider), ``length`` (links to the
        origin) and ``next_hop`` (null for one's own route), by origin as given, then by ASN. No
        row where there is no route.

    Raises
    ------
    MisuseError
        If a network is not in the world.
    RoutingError
        If the world has a provider-customer cycle or a path of more than 62 links.

    Notes
    -----
    The model is that of Gao and Rexford (IEEE/ACM Transactions on Networking 9(6), 2001).

    Examples
    --------
    >>> routes(world, 3356).columns
    ['origin', 'asn', 'class', 'length', 'next_hop']
    """
    routing = _TAKES.routed(routing, choices)
    graph = graph_of(as_routed(world, routing))
    to = graph.networks(dict.fromkeys(as_numbers(origins)))
    who = (
        np.arange(len(graph.asn), dtype=np.int32)
        if networks is None
        else np.unique(graph.networks(networks))
    )
    rows, row_place = np.unique(graph.row[who], return_inverse=True)
    targets = np.unique(graph.row[to])
    found: dict[int, _Lane] = {}

    def read(block: Block, place: slice) -> list[tuple[int, _Lane]]:
        return [
            (origin, _read_lane(block, lane, int(origin), who, rows, row_place, told=told))
            for lane, target in enumerate(targets[place])
            for origin in to[graph.row[to] == target]
        ]

    for lanes in Sweep(graph, routing, sources=rows).run(targets, read, progress):
        found.update(lanes)
    return _table([found[origin] for origin in to])


def _read_lane(
    block: Block,
    lane: int,
    origin: int,
    who: Ints,
    rows: Ints,
    row_place: npt.NDArray[np.int64],
    *,
    told: bool,
) -> _Lane:
    """Columns of the routes of networks ``who`` to one origin; a class is its place."""
    graph = block.graph
    code = block.codes[rows, lane]
    if told:
        last = len(block.told) - 1  # of stubs, where they have a row of their own there
        code = code_of_told(block.told[np.minimum(rows, last), lane])
    start, next_rows = block.next_hops(lane, rows, from_above=told)
    length = lengths(code, block.rules)
    kind = classes(code)

    many = np.maximum(np.diff(start), 1)[row_place]  # a direct neighbour's next hop is not listed
    of = np.repeat(np.arange(len(who)), many)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    place = row_place[of]
    hop = np.full(len(of), graph.asn[origin], dtype=np.uint32)
    far = start[place + 1] > start[place]
    hop[far] = graph.asn[graph.first[next_rows[start[place[far]] + nth[far]]]]
    own = who[of] == origin
    kept = np.flatnonzero((own & (nth == 0)) | (~own & (code[place] != NO_ROUTE)))
    own, place = own[kept], place[kept]
    return (
        np.full(len(kept), graph.asn[origin], dtype=np.uint32),
        graph.asn[who[of[kept]]],
        np.where(own, 0, kind[place]).astype(np.uint8),
        np.where(own, 0, length[place]).astype(np.uint8),
        hop[kept],
    )


def _table(lanes: Sequence[_Lane]) -> pl.DataFrame:
    """Routes to all origins as a table; one's own has no next hop."""
    if not lanes:
        return _ROUTES.to_frame()
    columns = zip(_ROUTES, zip(*lanes, strict=True), strict=True)
    table = pl.DataFrame({name: np.concatenate(parts) for name, parts in columns})
    return table.with_columns(
        pl.col("class").replace_strict(dict(enumerate(CLASSES)), return_dtype=_ROUTES["class"]),
        next_hop=pl.when(pl.col("class") > 0).then("next_hop"),
    )


@typed
def path(
    world: World,
    source: Asn,
    destination: Asn,
    *,
    routing: Routing | None = None,
    **choices: Unpack[RoutingChoices],
) -> pl.DataFrame:
    """Networks that traffic from one network to another passes.

    Returns
    -------
    polars.DataFrame
        ``hop`` (links from the source), ``asn``, ``name``, ``country``, ``share`` (of the
        traffic; below 1 only with ``split``) and ``doubt`` (what speaks against a link that leads
        there, or null), by hop, largest share first. Empty where there is no route.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`routes`.

    Examples
    --------
    >>> path(world, 3356, 11960)["asn"].to_list()
    [3356, 22351, 11960]
    """
    source, destination = as_number(source), as_number(destination)
    routing = _TAKES.routed(routing, choices)
    world = as_routed(world, routing)
    graph_of(world).networks([source])
    # By its own choice until it goes across or down; from there by customer routes.
    chosen = _hops(routes(world, [destination], routing=routing))
    told = _hops(routes(world, [destination], told=True, routing=routing))
    passing: dict[tuple[int, bool], float] = {(source, True): 1.0} if source in chosen else {}
    of_links = doubts_of_links(world)
    doubts: dict[int, str] = {}
    table: list[tuple[int, int, float, str | None]] = []
    for hop in range(_kernels.LANES):
        shares: dict[int, float] = {}
        after: dict[tuple[int, bool], float] = {}
        for (asn, free), share in passing.items():
            shares[asn] = shares.get(asn, 0.0) + share
            up, hops = (chosen if free else told)[asn]
            for near in hops:
                place = near, free and up
                after[place] = after.get(place, 0.0) + share / len(hops)
                if doubt := of_links.get((min(asn, near), max(asn, near))):
                    doubts[near] = phrase("words.doubt.link", asn=asn, doubt=doubt.words)
        table += [(hop, asn, share, doubts.get(asn)) for asn, share in shares.items()]
        passing = after
    schema = {"hop": pl.UInt8(), "asn": pl.UInt32(), "share": pl.Float64(), "doubt": pl.String()}
    return (
        pl.DataFrame(table, schema=schema, orient="row")
        .join(world.named.select("asn", "name", "country"), on="asn", how="left")
        .select("hop", "asn", "name", "country", "share", "doubt")
        .sort("hop", "share", "asn", descending=[False, True, False])
    )


def _hops(found: pl.DataFrame) -> dict[int, tuple[bool, list[int]]]:
    """Tell of each network whether its route leads to a provider, and over which next hops."""
    hops: dict[int, tuple[bool, list[int]]] = {}
    for asn, kind, hop in found.select("asn", "class", "next_hop").iter_rows():
        _, known = hops.setdefault(asn, (kind == "provider", []))
        if hop is not None:
            known.append(hop)
    return hops


@dataclass(frozen=True)
class Summary:
    """Counts over all ordered pairs of networks, oneself included.

    ``own``, ``customer``, ``peer`` and ``provider`` count routes of each class, ``unreachable``
    the pairs without a route; ``mean_length`` is in links, over routes to other networks.
    """

    networks: int
    own: int
    customer: int
    peer: int
    provider: int
    unreachable: int
    mean_length: float | None


@typed
def summary(
    world: World,
    *,
    routing: Routing | None = None,
    progress: Progress | None = None,
    **choices: Unpack[RoutingChoices],
) -> Summary:
    """Counts of all routes of a world.

    In a digest a group counts as the networks that it stands for. The tie-break plays no part: it
    decides the next hop, not the class or the length.

    Raises
    ------
    RoutingError
        As for :func:`routes`.

    Examples
    --------
    >>> summary(world).networks
    67026
    """
    routing = _COUNTED.routed(routing, choices)
    graph = graph_of(as_routed(world, routing))
    targets = np.arange(graph.rows, dtype=np.int32)
    counts = np.zeros(4, dtype=np.int64)
    for part in Sweep(graph, routing).run(targets, _count, progress):
        counts += part
    networks = int(graph.members.sum())
    customer, peer, provider, length = (int(count) for count in counts)
    routed = customer + peer + provider
    return Summary(
        networks=networks,
        own=networks,
        customer=customer,
        peer=peer,
        provider=provider,
        unreachable=networks * networks - networks - routed,
        mean_length=length / routed if routed else None,
    )


def _count(block: Block, place: slice) -> npt.NDArray[np.int64]:
    """Count routes by customer, peer and provider, and their lengths, without those to oneself."""
    graph, targets = block.graph, block.targets
    lanes = np.zeros((4, _kernels.LANES), dtype=np.int64)
    _kernels.count_block(block.codes, graph.members, block.rules, *lanes)
    routed, customer, peer, length = lanes[:, : len(targets)]
    per_lane = np.stack([customer, peer, routed - customer - peer, length])
    total = per_lane @ graph.members[targets]
    # Each network's route to itself was counted as its row's route to the row it is in.
    code = block.codes[targets, np.arange(len(targets))]
    kind = classes(code)
    members = graph.members[targets]
    routable = code != NO_ROUTE
    for which in range(3):
        total[which] -= members[routable & (np.maximum(kind, 1) == which + 1)].sum()
    total[3] -= (members * lengths(code, block.rules))[routable].sum()
    return total
