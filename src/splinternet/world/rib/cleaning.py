"""Paths as they were told, made paths of networks that are evidence of routes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
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

#: About how many paths are cleaned at a time; it bounds the memory that copies of them take.
_AT_A_TIME = 1 << 17


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
    servers, tops = (np.array(sorted(each), np.uint32) for each in (route_servers, clique))
    paths = join_paths(
        _table(kept, collector)
        for told in _pieces(rib)
        for kept in _cleaned(told, servers, tops, counts)
    )
    return paths, {reason: n for reason, n in counts.items() if n}


def join_paths(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Join tables of paths: of a path that several have, prefixes and addresses are summed."""
    every = pl.concat([TABLES["paths"].empty(), *tables])
    by_monitor = every.partition_by("collector", "monitor")
    del every  # so many paths are not held twice
    by_monitor.sort(key=lambda each: (each["collector"][0], each["monitor"][0]))
    return pl.concat([TABLES["paths"].empty(), *map(_each_once, by_monitor)])


def _each_once(paths: pl.DataFrame) -> pl.DataFrame:
    """Sum what one monitor has of the same path, and order its paths."""
    if paths["path"].is_duplicated().any():
        known = pl.col("addresses").is_not_null().any()
        summed = pl.when(known).then(pl.col("addresses").sum()).alias("addresses")
        first = pl.col("monitor", "collector", "origin").first()
        columns = paths.columns
        paths = paths.group_by("path").agg(first, pl.col("prefixes").sum(), summed).select(columns)
    return paths.sort("path")


def _pieces(rib: Rib) -> Iterator[_Paths]:
    """Yield the paths of a table, of one length at a time, all of a monitor's together."""
    paths = rib.paths
    ordered = np.array([session.is_ordered for session in rib.sessions], np.bool_)
    for length in np.unique(paths.length).tolist():
        rows = np.flatnonzero((paths.length == length) & (paths.prefixes > 0))
        monitor = paths.number[paths.start[rows]]
        by_monitor = np.argsort(monitor, kind="stable")
        ends = np.flatnonzero(np.diff(monitor[by_monitor])) + 1
        _, cuts = np.unique(ends // _AT_A_TIME, return_index=True)
        for some in np.split(rows[by_monitor], ends[cuts]):
            path = paths.number[paths.start[some, None] + np.arange(length)]
            known = ordered[paths.session[some]]
            yield _Paths(path, paths.prefixes[some], np.where(known, paths.addresses[some], -1))


def _cleaned(
    told: _Paths, servers: Numbers, tops: Numbers, counts: Counter[str]
) -> Iterator[_Paths]:
    """Yield of some paths what is evidence, by how long it is then; count the rest."""
    is_server = np.isin(told.path, servers)
    counts[ROUTE_SERVER] += int(told.prefixes[is_server.any(axis=1)].sum())
    for paths in _without(told, is_server):
        yield from _sound(paths, tops, counts)


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


def _table(paths: _Paths, collector: str) -> pl.DataFrame:
    """Make a table of paths of one length, each once."""
    hops = [f"hop{i}" for i in range(paths.path.shape[1])]
    addresses = pl.Series(paths.addresses)
    once = (
        pl.DataFrame(paths.path, schema=dict.fromkeys(hops, pl.UInt32))
        .with_columns(
            prefixes=pl.Series(paths.prefixes),
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
