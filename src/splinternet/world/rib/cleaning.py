"""Paths as they were told, made paths of networks that are evidence of routes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import RESERVED
from splinternet.world.rib.reading import Rib
from splinternet.world.schema import TABLES

__all__ = ["LOOP", "POISONED", "PRIVATE", "ROUTE_SERVER", "clean", "join_paths"]

LOOP = "path that meets a network twice"
PRIVATE = "path with a private or reserved AS number"
POISONED = "poisoned path: a network between two of the tier-1 clique"
ROUTE_SERVER = "route server taken out of the path"

Numbers = npt.NDArray[np.uint32]


class _Paths(NamedTuple):
    """Paths of one length, ``(paths, length)``; prefixes and addresses of each, -1 for unknown."""

    path: Numbers
    prefixes: npt.NDArray[np.int64]
    addresses: npt.NDArray[np.int64]

    def where(self, kept: npt.NDArray[np.bool_]) -> _Paths:
        return _Paths(self.path[kept], self.prefixes[kept], self.addresses[kept])


def clean(
    rib: Rib,
    collector: str,
    *,
    route_servers: Collection[int] = (),
    clique: Collection[int] = (),
) -> tuple[pl.DataFrame, dict[str, int]]:
    """Clean the paths of a routing table as CAIDA's AS Rank does.

    A path with a private or reserved number, with a network twice (prepending apart), or with
    another network between two of the clique (put there to poison the path) is left out. Numbers
    of route servers are taken out of paths: they pass routes on, not traffic.

    Parameters
    ----------
    rib
        The table. AS sets and prepending are gone from it already.
    collector
        How to call the route collector.
    route_servers, clique
        AS numbers of route servers at exchanges, and of the tier-1 clique.

    Returns
    -------
    tuple of polars.DataFrame and dict
        The table ``paths``, and the routes that were left out or changed, by reason.

    Notes
    -----
    After Luckie, Huffaker, Dhamdhere, Giotsas, claffy, "AS Relationships, Customer Cones, and
    Validation" (IMC 2013), section 4.1. The monitor is the first network of a path, also where a
    route server passed the route on to the collector.
    """
    counts: Counter[str] = Counter()
    by_length: dict[int, list[_Paths]] = defaultdict(list)
    servers, tops = (np.array(sorted(each), np.uint32) for each in (route_servers, clique))
    for length in np.unique(rib.paths.length).tolist():
        told = _of_length(rib, length)
        is_server = np.isin(told.path, servers)
        counts[ROUTE_SERVER] += int(told.prefixes[is_server.any(axis=1)].sum())
        for paths in _without(told, is_server):
            for kept in _sound(paths, tops, counts):
                by_length[kept.path.shape[1]].append(kept)
    tables = [_table(by_length[length], collector) for length in sorted(by_length)]
    return join_paths(tables), {reason: n for reason, n in counts.items() if n}


def join_paths(tables: Collection[pl.DataFrame]) -> pl.DataFrame:
    """Join tables of paths: of a path that several have, prefixes and addresses are summed."""
    schema = TABLES["paths"].schema
    every = pl.concat([TABLES["paths"].empty(), *tables])
    key = ["collector", "monitor", "path"]
    if len(tables) < 2 or not every.select(key).is_duplicated().any():
        return every.sort("collector", "monitor", "path")
    known = pl.col("addresses").is_not_null().any()
    return (
        every.group_by("collector", "monitor", "path")
        .agg(
            pl.col("origin").first(),
            pl.col("prefixes").sum(),
            pl.when(known).then(pl.col("addresses").sum()).alias("addresses"),
        )
        .select(schema.names())
        .sort("collector", "monitor", "path")
    )


def _of_length(rib: Rib, length: int) -> _Paths:
    paths = rib.paths
    rows = np.flatnonzero((paths.length == length) & (paths.prefixes > 0))
    ordered = np.array([session.is_ordered for session in rib.sessions], np.bool_)
    path = paths.number[paths.start[rows, None] + np.arange(length)]
    known = ordered[paths.session[rows]]
    return _Paths(path, paths.prefixes[rows], np.where(known, paths.addresses[rows], -1))


def _without(paths: _Paths, gone: npt.NDArray[np.bool_]) -> list[_Paths]:
    """Take some numbers out of paths: the same paths, by how long they are then."""
    left = (~gone).sum(axis=1)
    found = []
    for length in np.unique(left[left > 0]).tolist():
        which = left == length
        kept = paths.where(which)
        found.append(kept._replace(path=kept.path[~gone[which]].reshape(-1, length)))
    return found


def _sound(paths: _Paths, clique: Numbers, counts: Counter[str]) -> list[_Paths]:
    """Leave out paths that are no evidence, and fold what stands side by side twice."""
    again = np.zeros(paths.path.shape, np.bool_)
    again[:, 1:] = paths.path[:, 1:] == paths.path[:, :-1]
    found = []
    for folded in _without(paths, again):
        path = folded.path
        reserved = path == 0
        for first, last in RESERVED:
            reserved |= (path >= first) & (path <= last)
        is_private = reserved.any(axis=1)
        ascending = np.sort(path, axis=1)
        loops = (ascending[:, 1:] == ascending[:, :-1]).any(axis=1) & ~is_private
        poisoned = _is_poisoned(path, clique) & ~is_private & ~loops
        for reason, wrong in ((PRIVATE, is_private), (LOOP, loops), (POISONED, poisoned)):
            counts[reason] += int(folded.prefixes[wrong].sum())
        found.append(folded.where(~(is_private | loops | poisoned)))
    return found


def _is_poisoned(path: Numbers, clique: Numbers) -> npt.NDArray[np.bool_]:
    """Tell whether another network stands between two of the clique."""
    at_top = np.isin(path, clique)
    length = path.shape[1]
    first, last = at_top.argmax(axis=1), length - 1 - at_top[:, ::-1].argmax(axis=1)
    found: npt.NDArray[np.bool_] = at_top.any(axis=1) & (at_top.sum(axis=1) < last - first + 1)
    return found


def _table(several: list[_Paths], collector: str) -> pl.DataFrame:
    """Make a table of paths of one length, each once."""
    path = np.concatenate([each.path for each in several])
    hops = [f"hop{i}" for i in range(path.shape[1])]
    addresses = pl.Series(np.concatenate([each.addresses for each in several]))
    once = (
        pl.DataFrame(path, schema=dict.fromkeys(hops, pl.UInt32))
        .with_columns(
            prefixes=pl.Series(np.concatenate([each.prefixes for each in several])),
            addresses=pl.when(addresses >= 0).then(addresses),
        )
        .group_by(hops)
        .agg(
            pl.col("prefixes").sum(),
            pl.when(pl.col("addresses").is_not_null().any()).then(pl.col("addresses").sum()),
        )
    )
    return once.select(
        monitor=hops[0],
        collector=pl.lit(collector),
        origin=hops[-1],
        path=pl.concat_list(hops),
        prefixes="prefixes",
        addresses="addresses",
    )
