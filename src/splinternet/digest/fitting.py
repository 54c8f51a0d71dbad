"""Fitting the weights of a digest's groups to what the full world answers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.digest.reference import Answers
from splinternet.routing.block import Block
from splinternet.routing.graph import graph_of
from splinternet.routing.sweep import Sweep
from splinternet.routing.traffic import Demand, weigh
from splinternet.world.world import World

__all__ = ["fitted_addresses"]

_Floats = npt.NDArray[np.float64]

#: Carriers of each nation that weights are fitted to.
_CARRIERS = 40
#: Fitted weights are no exact counts: they are whole numbers of /24 prefixes, and at least one.
_UNIT = 256


def fitted_addresses(world: World, full: Answers, is_group: pl.Series) -> pl.Series:
    """Move addresses between the groups of each nation so that its dependence fits better.

    A group's networks are reached alike in the digest but not quite alike in the full world. The
    shares of a nation's carriers are linear in its groups' addresses, so a ridge regression,
    which moves addresses in proportion to what is there, brings them closer to the full world's.
    The sum of each nation stays but for rounding, and named networks keep theirs.

    Returns
    -------
    polars.Series
        Addresses of each of ``world.networks``, null where they were.
    """
    known = world.networks["ipv4_addresses"]
    addresses = known.fill_null(0).to_numpy().astype(np.float64)
    movable = np.where(is_group.to_numpy() & known.is_not_null().to_numpy(), addresses, 0.0)
    country = world.networks["country"]
    for code, shares in full.items():
        home = np.flatnonzero((country == code).fill_null(False).to_numpy())
        wanted = shares.head(_CARRIERS)
        carried = _carried(world, world.networks[home, "asn"], wanted["asn"])
        if addresses[home].sum() > 0:
            addresses[home] = _moved(
                addresses[home], movable[home], carried, wanted["share"].to_numpy()
            )
    rounded = np.maximum(np.rint(addresses / _UNIT), 1) * _UNIT
    addresses = np.where(movable > 0, rounded, addresses)
    fitted = pl.Series("ipv4_addresses", addresses.astype(np.int64))
    return pl.select(pl.when(known.is_not_null()).then(fitted)).to_series().alias(fitted.name)


def _carried(world: World, home: pl.Series, carriers: pl.Series) -> _Floats:
    """Part of the traffic from abroad to each home network that each carrier passes on."""
    graph = graph_of(world)
    nation = pl.DataFrame({"asn": home, "weight": np.ones(len(home))})
    abroad = weigh(world).join(nation, on="asn", how="anti")
    demand = Demand.of(world, graph, abroad, nation)
    present = carriers.is_in(world.networks["asn"].implode()).to_numpy()
    row = np.full(len(carriers), graph.carriers, dtype=np.int64)
    row[present] = graph.row[graph.networks(carriers.filter(pl.Series(present)))]
    passes = np.flatnonzero(row < graph.carriers)
    by_row = np.zeros((len(carriers), graph.rows))
    sent = float(demand.sources.sum())

    def work(block: Block, place: slice) -> tuple[slice, _Floats]:
        block.carry(demand.sources, demand.own[place])
        entered = block.entered(row[passes].astype(np.int32))
        return place, entered[:, : place.stop - place.start] / sent

    for place, part in Sweep(graph, Routing()).run(demand.targets, work):
        by_row[np.ix_(passes, demand.targets[place])] = part
    return by_row[:, graph.row[graph.networks(home)]]


def _moved(addresses: _Floats, movable: _Floats, carried: _Floats, wanted: _Floats) -> _Floats:
    """Take one ridge step from ``addresses`` towards those that give the wanted shares."""
    total = addresses.sum()
    free = movable.sum()
    if free <= 0:
        return addresses
    short = wanted - carried @ addresses / total
    # Against the mean, so that what one group gains the others lose.
    contrast = carried - (carried @ movable / free)[:, None]
    gram = (contrast * movable) @ contrast.T / total
    ridge = np.trace(gram) / len(gram)
    if ridge <= 0:
        return addresses
    step = movable * (contrast.T @ np.linalg.solve(gram + ridge * np.eye(len(gram)), short))
    moved = np.maximum(movable + step, 0.0)
    if moved.sum() <= 0:
        return addresses
    result: _Floats = addresses - movable + moved * (free / moved.sum())
    return result
