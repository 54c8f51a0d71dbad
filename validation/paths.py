"""Compare whole computed paths with those that a route collector saw on 1 May 2008.

``python validation/paths.py DATA`` takes the folder of the files named below, and prints for each
preference, over all links and over trusted ones, by ``lowest-asn`` (one path a pair), what part of
the pairs of a monitor and an origin has the computed path among those observed, network by network;
and what part of the observed paths is the computed one.
"""

from __future__ import annotations

import bz2
import struct
import sys
from collections.abc import Iterator
from itertools import groupby, product
from pathlib import Path

import polars as pl

from splinternet.base.choices import PREFERENCES
from splinternet.routing.routes import routes
from splinternet.world.build import build_world
from splinternet.world.confidence import DISTRUSTED
from splinternet.world.world import World

TABLE = "mrt/routeviews.route-views2.rib.20080501.0644.first-MB.bz2"
LINKS = "as-rel/20080401.as-rel.txt.bz2"

#: A monitor tells a full table if it has routes to so many of the origins.
FULL = 0.8

#: Origins are asked about in so many parts, for memory's sake.
PARTS = 8

#: Where a route of a TABLE_DUMP for IPv4 (RFC 6396, 4.2) has its peer's AS number, and the length
#: of its attributes; these follow. AS numbers have two bytes.
_HEADER, _PEER, _LENGTH, _IPV4 = struct.Struct(">IHHI"), 18, 20, (12, 1)
_AS_PATH, _SEQUENCE, _EXTENDED = 2, 2, 0x10


def read_table(file: Path) -> Iterator[tuple[int, ...]]:
    """Read the path of each route, its monitor first; the file is cut in the middle of one."""
    with file.open("rb") as packed:
        data = bz2.BZ2Decompressor().decompress(packed.read())
    at = 0
    while at + _HEADER.size <= len(data):
        _, kind, form, length = _HEADER.unpack_from(data, at)
        record = data[at + _HEADER.size : at + _HEADER.size + length]
        at += _HEADER.size + length
        if (kind, form) == _IPV4 and len(record) == length:
            (peer,), (size,) = (struct.unpack_from(">H", record, to) for to in (_PEER, _LENGTH))
            found = _as_path(record[_LENGTH + 2 : _LENGTH + 2 + size])
            if found and found[0] == peer:
                yield found


def _as_path(attributes: bytes) -> tuple[int, ...]:
    """Read the path of networks, each once; none if it has a set or comes back to a network."""
    at = 0
    while at < len(attributes):
        flags, kind = attributes[at], attributes[at + 1]
        wide = 2 if flags & _EXTENDED else 1
        size = int.from_bytes(attributes[at + 2 : at + 2 + wide])
        value = attributes[at + 2 + wide : at + 2 + wide + size]
        at += 2 + wide + size
        if kind == _AS_PATH:
            if len(value) < 2 or value[0] != _SEQUENCE or len(value) != 2 + 2 * value[1]:
                return ()
            told = struct.unpack_from(f">{value[1]}H", value, 2)
            path = tuple(asn for asn, _ in groupby(told))
            return path if len({*path}) == len(path) else ()
    return ()


def observed_paths(file: Path, world: World) -> pl.DataFrame:
    """Paths of monitors with full tables, each once, between networks that the world has."""
    rows = [(told[0], told[-1], list(told)) for told in set(read_table(file))]
    schema = {"monitor": pl.UInt32, "origin": pl.UInt32, "path": pl.List(pl.UInt32)}
    paths = pl.DataFrame(rows, schema=schema, orient="row")
    reached = paths.group_by("monitor").agg(many=pl.col("origin").n_unique())
    full = reached.filter(pl.col("many") >= FULL * paths["origin"].n_unique())
    has = pl.col("monitor", "origin").is_in(world.networks["asn"].implode())
    return paths.join(full, on="monitor", how="semi").filter(
        pl.all_horizontal(has), pl.col("monitor") != pl.col("origin")
    )


def computed_paths(
    world: World, pairs: pl.DataFrame, prefer: str, links: str = "trusted"
) -> pl.DataFrame:
    """Path of each ``monitor`` and ``origin``: by own choices up, then by what customers tell."""
    return pl.concat(
        _follow(world, few.select("monitor", "origin").unique(), prefer, links)
        for _, few in pairs.group_by(pl.col("origin") % PARTS)
    )


def _follow(world: World, pairs: pl.DataFrame, prefer: str, links: str) -> pl.DataFrame:
    origins = pairs["origin"].unique().sort()
    steps = pl.concat(
        routes(world, origins, told=told, prefer=prefer, links=links)  # type: ignore[arg-type]
        .filter(pl.col("length") > 0)
        .select(
            "origin",
            "asn",
            "next_hop",
            free=pl.lit(not told),
            stays=pl.lit(not told) & (pl.col("class") == "provider"),
        )
        for told in (False, True)
    )
    path = pl.concat_list("monitor").alias("path")
    going = pairs.with_columns(path, asn="monitor", free=pl.lit(value=True))
    done = []
    while going.height:
        there = pl.col("asn") == pl.col("origin")
        done.append(going.filter(there).select("monitor", "origin", "path"))
        going = (
            going.filter(~there)
            .join(steps, on=["origin", "asn", "free"])
            .select(
                "monitor",
                "origin",
                path=pl.col("path").list.concat(pl.col("next_hop")),
                asn="next_hop",
                free="stays",
            )
        )
    return pl.concat(done)


def main(data: Path) -> None:
    """Print a line for each preference and each choice of links."""
    world, _ = build_world("2008-04-01", [data / LINKS])
    observed = observed_paths(data / TABLE, world)
    pairs = observed.select("monitor", "origin").unique()
    monitors = observed["monitor"].n_unique()
    print(f"{monitors} monitors, {pairs.height:,} pairs with an origin, {observed.height:,} paths")
    doubts = world.links["doubt"].is_in(DISTRUSTED).sum()
    print(f"{doubts:,} of {world.links.height:,} links are much doubted")
    print("preference      links    pairs  paths")
    for prefer, links in product(PREFERENCES, ("all", "trusted")):
        computed = computed_paths(world, pairs, prefer, links)
        same = observed.join(computed, on=["monitor", "origin", "path"])
        of_pairs = same.select("monitor", "origin").unique().height / pairs.height
        of_paths = same.height / observed.height
        print(f"{prefer:<15} {links:<8} {of_pairs:.4f}  {of_paths:.4f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
