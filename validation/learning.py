"""How much of what route collectors saw carries over to what they did not: whole paths, exactly.

``python validation/learning.py AS_REL RIB [PART] [DRAWS]`` takes relationships of CAIDA and a
routing table of many monitors of about that date. A part (by default half) of the monitors, and
then of the origins, is held out: their paths are cut from the input before anything is learned.
The table says for which part of the pairs of a held-out monitor (or any monitor and a held-out
origin) the model tells the whole path as it was observed. Of several paths of a pair that for the
most prefixes counts; a pair without a route counts as wrong. One draw says little, so by default
ten are made, by the seeds 1 to 10: the table has their mean, the lowest and the highest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from statistics import fmean

import polars as pl

from splinternet.base.choices import OBSERVED, PREFERENCES, Routing
from splinternet.routing.graph import graph_of
from splinternet.routing.orders import with_order
from splinternet.routing.routes import routes
from splinternet.world.build import build_world
from splinternet.world.learned import as_routed, learn
from splinternet.world.rib.adding import with_tables
from splinternet.world.world import World

#: Preference, and which of the observed is followed.
ROWS = (
    *((each, "none") for each in PREFERENCES),
    *(("shortest", each) for each in reversed(OBSERVED) if each != "none"),
)
#: Origins at a time: their routes of all networks are held.
AT_A_TIME = 64


def held_out(paths: pl.DataFrame, what: str, part: float, seed: int) -> pl.Expr:
    """A part of the monitors, or of the origins, drawn by chance."""
    every = sorted(paths[what].unique())
    Random(seed).shuffle(every)
    return pl.col(what).is_in(every[: int(part * len(every))])


def observed(paths: pl.DataFrame) -> pl.DataFrame:
    """The path of each monitor and origin: that for the most prefixes, the first of equal ones."""
    return (
        paths.filter(pl.col("monitor") != pl.col("origin"))
        .group_by("monitor", "origin", "path")
        .agg(pl.col("prefixes").sum())
        .sort("monitor", "origin", -pl.col("prefixes"), "path")
        .unique(["monitor", "origin"], keep="first", maintain_order=True)
        .select("monitor", "origin", "path")
    )


def modelled(world: World, pairs: pl.DataFrame, routing: Routing) -> Iterator[pl.DataFrame]:
    """Yield the modelled ``way`` of pairs of ``monitor`` and ``origin`` that have a route."""
    here = pl.Series(graph_of(world).asn).implode()
    known = pairs.filter(pl.col("monitor").is_in(here) & pl.col("origin").is_in(here))
    origins = known["origin"].unique().sort()
    for first in range(0, len(origins), AT_A_TIME):
        some = origins[first : first + AT_A_TIME]
        found = [
            routes(world, some.to_list(), told=told, routing=routing).with_columns(own=not told)
            for told in (False, True)
        ]
        yield walked(pl.concat(found), known.filter(pl.col("origin").is_in(some.implode())))


def walked(found: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Follow own choices while the way goes up, and then the routes that are told."""
    walking = pairs.select(
        "origin", "monitor", asn="monitor", own=True, way=pl.concat_list("monitor")
    )
    arrived = []
    while walking.height:
        walking = walking.join(found, on=["origin", "asn", "own"])
        arrived.append(walking.filter(pl.col("next_hop").is_null()))
        walking = walking.filter(pl.col("next_hop").is_not_null()).select(
            "origin",
            "monitor",
            asn="next_hop",
            own=pl.col("own") & (pl.col("class") == "provider"),
            way=pl.col("way").list.concat(pl.concat_list("next_hop")),
        )
    return pl.concat(arrived).select("monitor", "origin", "way")


def exact(world: World, pairs: pl.DataFrame, routing: Routing) -> float:
    """Part of the pairs whose whole path comes out."""
    found = pl.concat(modelled(as_routed(world, routing), pairs, routing))
    both = pairs.join(found, on=["monitor", "origin"])
    return both.filter(pl.col("path") == pl.col("way")).height / pairs.height


def drawn(bare: World, whole: World, what: str, part: float, seed: int) -> Iterator[float]:
    """Yield the exact part of the pairs held out in one draw, of each row of the table."""
    held = held_out(whole.paths, what, part, seed)
    pairs = observed(whole.paths.filter(held))
    world = with_order(learn(replace(bare, paths=whole.paths.filter(~held))))
    for prefer, kind in ROWS:
        yield exact(world, pairs, Routing(prefer, "lowest-asn", links="all", observed=kind))


def main(as_rel: str, rib: str, part: str = "0.5", draws: str = "10") -> None:
    """Print the table."""
    bare, _ = build_world("2008-05-01", as_rel=[as_rel], repair=True)
    whole = with_tables(bare, [rib])
    print("held out   preference      observed   mean    lowest  highest")
    for what in ("origin", "monitor"):
        seeds = range(1, int(draws) + 1)
        found = [list(drawn(bare, whole, what, float(part), seed)) for seed in seeds]
        for (prefer, kind), shares in zip(ROWS, zip(*found, strict=True), strict=True):
            row = f"{what + 's':<10} {prefer:<15} {kind:<10} {fmean(shares):<7.4f} "
            print(f"{row}{min(shares):<7.4f} {max(shares):.4f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:5])
