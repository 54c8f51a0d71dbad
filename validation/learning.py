"""How much of what route collectors saw carries over to what they did not: whole paths, exactly.

``python validation/learning.py AS_REL RIB`` takes relationships of CAIDA and a routing table of
many monitors of about that date. Half of the monitors, and then half of the origins, are held out:
their paths are cut from the input before anything is learned. The table says for which part of the
pairs of a held-out monitor (or any monitor and a held-out origin) the model tells the whole path as
it was observed. Of several paths of a pair that for the most prefixes counts; a pair without a
route counts as wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import polars as pl

from splinternet.base.choices import OBSERVED, PREFERENCES, Routing
from splinternet.routing.graph import graph_of
from splinternet.routing.routes import routes
from splinternet.world.build import build_world
from splinternet.world.learned import as_routed, learn
from splinternet.world.world import World

SEED = 17
#: Origins at a time: their routes of all networks are held.
AT_A_TIME = 64

Paths = dict[tuple[int, int], list[int]]


def held_out(paths: pl.DataFrame, what: str) -> pl.Expr:
    """Half of the monitors, or of the origins, drawn by chance."""
    every = sorted(paths[what].unique())
    Random(SEED).shuffle(every)
    return pl.col(what).is_in(every[: len(every) // 2])


def observed(paths: pl.DataFrame) -> Paths:
    """The path of each monitor and origin: that for the most prefixes, the first of equal ones."""
    best = (
        paths.filter(pl.col("monitor") != pl.col("origin"))
        .group_by("monitor", "origin", "path")
        .agg(pl.col("prefixes").sum())
        .sort("monitor", "origin", -pl.col("prefixes"), "path")
        .unique(["monitor", "origin"], keep="first", maintain_order=True)
    )
    return {row[:2]: row[2] for row in best.select("monitor", "origin", "path").iter_rows()}


def modelled(world: World, pairs: Paths, routing: Routing) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the modelled path of each pair, as far as there is a route."""
    here = set(graph_of(world).asn.tolist())
    monitors: dict[int, list[int]] = {}
    for monitor, origin in pairs:
        if {monitor, origin} <= here:
            monitors.setdefault(origin, []).append(monitor)
    origins = list(monitors)
    for first in range(0, len(origins), AT_A_TIME):
        some = origins[first : first + AT_A_TIME]
        found = [routes(world, some, told=told, routing=routing) for told in (False, True)]
        own, told = (
            {(to, asn): (hop, kind) for to, asn, kind, _, hop in each.iter_rows()} for each in found
        )
        for origin in some:
            for monitor in monitors[origin]:
                yield monitor, origin, walk(own, told, origin, monitor)


def walk(own: dict, told: dict, origin: int, monitor: int) -> list[int]:
    """Follow own choices while the way goes up, and then the routes that are told."""
    way, choices = [monitor], own
    while way[-1] != origin and (origin, way[-1]) in choices:
        hop, kind = choices[origin, way[-1]]
        choices = choices if kind == "provider" else told
        way.append(hop)
    return way


def exact(world: World, pairs: Paths, routing: Routing) -> float:
    """Part of the pairs whose whole path comes out."""
    world = as_routed(world, routing)
    found = modelled(world, pairs, routing)
    return sum(way == pairs[monitor, origin] for monitor, origin, way in found) / len(pairs)


def main(as_rel: str, rib: str) -> None:
    """Print the table."""
    whole, _ = build_world("2008-05-01", as_rel=[as_rel], ribs=[rib], repair=True)
    bare, _ = build_world("2008-05-01", as_rel=[as_rel], repair=True)
    print("held out   preference      observed   whole paths  pairs")
    for what in ("origin", "monitor"):
        held = held_out(whole.paths, what)
        pairs = observed(whole.paths.filter(held))
        world = learn(replace(bare, paths=whole.paths.filter(~held)))
        kinds = [(each, "none") for each in PREFERENCES]
        kinds += [("shortest", each) for each in reversed(OBSERVED) if each != "none"]
        for prefer, kind in kinds:
            routing = Routing(prefer=prefer, tie_break="lowest-asn", observed=kind)
            share = exact(world, pairs, routing)
            print(
                f"{what + 's':<10} {prefer:<15} {kind:<10} {share:<12.4f} {len(pairs)}", flush=True
            )


if __name__ == "__main__":
    main(*sys.argv[1:3])
