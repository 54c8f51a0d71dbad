"""Compare hegemony and transit influence with those published for March 2020, by routing rule.

``python validation/rules.py WORLD`` takes a full world of about that date (`make shipped` leaves
one in build/worlds/2019-12) and prints a table: for each preference, tie rule and set of
vantages, how well the model agrees with what the authors of CTI measured from observed paths.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

import polars as pl

from splinternet.base.choices import PREFERENCES, TIE_BREAKS
from splinternet.measures.cti import cti
from splinternet.measures.hegemony import hegemony
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

PUBLISHED = Path(__file__).parent / "cti-2020-03.csv"
MEASURES = {"cti": cti, "hegemony": hegemony}


def agreement(
    world: World, name: str, published: pl.DataFrame, **settings: str
) -> dict[str, float]:
    """Compare a measure of all nations of the file: means over nations.

    ``top5`` is the part of the five largest networks that is the same, ``first`` of nations whose
    largest network is; ``error`` the mean absolute difference over the published rows; ``rank``
    the correlation of ranks over all published rows of all nations.
    """
    rows = []
    for (country,), theirs in published.group_by("country", maintain_order=True):
        ours = MEASURES[name](world, str(country), at_least=0.001, **settings)
        both = theirs.join(ours.select("asn", ours=name), on="asn", how="left").with_columns(
            pl.col("ours").fill_null(0.0)
        )
        five = set(theirs.sort(name, descending=True)["asn"][:5])
        mine = ours["asn"][:5].to_list()
        rows.append(
            both.select(
                "country",
                "ours",
                theirs=name,
                top5=pl.lit(len(five & set(mine)) / 5),
                first=pl.lit(mine[:1] == theirs.sort(name, descending=True)["asn"][:1].to_list()),
            )
        )
    found = pl.concat(rows)
    nations = found.unique("country")
    return {
        "top5": nations["top5"].mean(),
        "first": nations["first"].cast(pl.Float64).mean(),
        "error": (found["ours"] - found["theirs"]).abs().mean(),
        "rank": found.select(pl.corr("ours", "theirs", method="spearman")).item(),
    }


def main(world: World) -> None:
    """Print the table."""
    has = world.networks["country"].unique().implode()
    published = pl.read_csv(PUBLISHED, schema_overrides={"asn": pl.UInt32}).filter(
        pl.col("country").is_in(has)
    )
    print(f"{published['country'].n_unique()} nations, world {world.manifest.name}")
    print("measure   prefer          ties        vantages  top5   first  error  rank")
    for name, prefer, ties, vantages in product(
        MEASURES, PREFERENCES, TIE_BREAKS, ("carriers", "all")
    ):
        found = agreement(world, name, published, prefer=prefer, tie_break=ties, vantages=vantages)
        figures = "  ".join(f"{value:.3f}" for value in found.values())
        print(f"{name:<9} {prefer:<15} {ties:<11} {vantages:<9} {figures}", flush=True)


if __name__ == "__main__":
    main(open_world(sys.argv[1]))
