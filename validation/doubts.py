"""Count over all nations of shipped digests which headlines rest on a doubted link.

``python validation/doubts.py 2019-12 2023-11 2025-09`` prints for each digest how many nations
there are, for how many a carrier in doubt leads abroad or would lead, or has half of what passes
the largest state, and of how many any carrier abroad with 1 % or more is in doubt.
"""

from __future__ import annotations

import sys
from typing import Any

import polars as pl

from splinternet.base.errors import SplinternetError
from splinternet.brief.facts.carriers import Carrier
from splinternet.brief.facts.sureness import doubts_among
from splinternet.figures.shipped import shipped_figures
from splinternet.measures.dependence import depend
from splinternet.world.catalogue import open_world
from splinternet.world.world import World


def doubted(world: World, row: dict[str, Any]) -> list[Carrier] | None:
    """Carriers abroad that are in doubt; None of a nation without figures."""
    try:
        carriers = depend(world, row["country"])
    except SplinternetError:
        return None
    abroad = carriers.drop_nulls("doubt").filter(pl.col("country").ne_missing(row["country"]))
    return [
        Carrier(each["asn"], each["name"], each["country"], 1, each["share"], 0.0, each["doubt"])
        for each in abroad.iter_rows(named=True)
    ]


def main(names: list[str]) -> None:
    """Print a line for each digest."""
    for name in names:
        world = open_world(name)
        figures = shipped_figures(world)
        if figures is None:
            raise SystemExit(f"no figures of {name} are shipped")
        rows = [(row, doubted(world, row)) for row in figures.nations.iter_rows(named=True)]
        known = [(row, found) for row, found in rows if found is not None]
        headlines = sum(bool(doubts_among(found, row)) for row, found in known)
        named = sum(bool(found) for _, found in known)
        print(
            f"{name}: {len(known)} nations, {headlines} with a doubted headline, "
            f"{named} with a doubted carrier abroad",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
