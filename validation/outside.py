"""Compare dependence with published hegemony of March 2020, by what networks abroad count.

``python validation/outside.py WORLD`` takes a full world of about that date (`make digests` leaves
one in build/worlds/2019-12) and prints, for each weight of networks abroad, how well dependence of
nations agrees with what the authors of CTI published as hegemony, and how stable it is: what
becomes of it when doubted links are taken as published. Choices are made on the nations from A to
M; those from N to Z are for reporting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from splinternet.base.choices import OUTSIDE, Counting, Outside, Routing
from splinternet.base.errors import SplinternetError
from splinternet.measures.dependence import depend
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

PUBLISHED = Path(__file__).parent / "cti-2020-03.csv"

#: Networks of each nation whose shares are compared with doubted links and without.
LARGEST = 10


def agreement(world: World, published: pl.DataFrame, outside: Outside) -> dict[str, float]:
    """Nearness to the published figures and stability: means over nations.

    ``top5`` is the part of the five largest networks that is the same, ``first`` of nations whose
    largest network is, ``error`` the mean difference over the published rows; ``same`` the part of
    the five largest that stays with doubted links as published, ``moved`` how far shares of the ten
    largest move.
    """
    counting = Counting(outside=outside)
    rows = []
    for (country,), theirs in published.group_by("country", maintain_order=True):
        ours, other = (
            depend(world, str(country), routing=Routing(links=links), counting=counting)
            for links in ("trusted", "all")
        )
        theirs = theirs.sort("hegemony", "asn", descending=[True, False])
        both = theirs.join(ours, on="asn", how="left").fill_null(0.0)
        moved = ours.head(LARGEST).join(other, on="asn", how="left", suffix="_other")
        best = [set(frame["asn"].head(5)) for frame in (theirs, ours, other)]
        rows.append(
            {
                "top5": len(best[0] & best[1]) / 5,
                "first": float(theirs["asn"][0] == ours["asn"][0]),
                "error": (both["hegemony"] - both["share"]).abs().mean(),
                "same": len(best[1] & best[2]) / 5,
                "moved": (moved["share"] - moved["share_other"].fill_null(0.0)).abs().mean(),
            }
        )
    return pl.DataFrame(rows).mean().row(0, named=True)


def main(world: World) -> None:
    """Print a line for each part of the nations and each weight."""
    published = pl.read_csv(PUBLISHED, schema_overrides={"asn": pl.UInt32})
    early = pl.col("country") < "N"
    print("nations  outside         top 5  first  error  same   moved")
    for part, rows in (("A to M", published.filter(early)), ("N to Z", published.filter(~early))):
        for outside in OUTSIDE:
            try:
                found = agreement(world, rows, outside)
            except SplinternetError as error:
                print(f"{part:<8} {outside:<15} {error}")
                continue
            figures = "  ".join(f"{value:.3f}" for value in found.values())
            print(f"{part:<8} {outside:<15} {figures}", flush=True)


if __name__ == "__main__":
    main(open_world(sys.argv[1]))
