"""Compare what-ifs on a digest, with and without the full world's levels, with the full world's.

``python validation/levels.py FULL [NATION...]``: FULL is the folder of the full world of which a
digest is shipped (``make shipped`` leaves it in ``build/worlds``). For each loss of networks the
shares after it of the carriers with 1 % or more of a nation's routes before it, by the full world,
are set beside those of the digest itself and those on levels. Prints the mean distance of both.
"""

from __future__ import annotations

import sys

import polars as pl

from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.comparison import Comparison
from splinternet.scenario.levels import what_if_on_levels
from splinternet.scenario.scenario import Scenario
from splinternet.scenario.shocks.remove import Remove
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

NATIONS = ("RU", "IR", "CU", "KZ", "DE", "BR", "EG", "RS")
#: Networks that are lost together.
LOST = ("AS174 or AS3356", "AS6939 or AS1299", "country:US")
#: Carriers below this share of a nation's routes are not compared.
LEAST = 0.01


def shares(compared: Comparison) -> pl.DataFrame:
    """Shares of carriers before and after."""
    rows = compared.table().filter(pl.col("figure") == "inbound_passes")
    return rows.select("of", "before", "after")


def main() -> None:
    """Print the mean distances."""
    folder, *nations = sys.argv[1:]
    full = World.open(folder)
    digest = open_world(full.manifest.name)
    for lost in LOST:
        scenario = Scenario(name=lost, world=full.manifest.name, shocks=[Remove(networks=lost)])
        after, small = apply(full, scenario), apply(digest, scenario)
        told = []
        for nation in nations or NATIONS:
            truth = shares(what_if(full, after, nation)).filter(pl.col("before") >= LEAST)
            for name, ask in (("digest", what_if), ("on levels", what_if_on_levels)):
                beside = truth.join(shares(ask(digest, small, nation)), on="of", suffix="_told")
                off = (pl.col("after_told") - pl.col("after")).abs()
                told.append(beside.select(nation=pl.lit(nation), told=pl.lit(name), off=off))
        found = pl.concat(told).group_by("told").agg(pl.col("off").mean(), n=pl.len()).sort("told")
        print(lost, found.rows())


if __name__ == "__main__":
    main()
