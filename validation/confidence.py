"""Count how many links, by what speaks against them, are the same in a later snapshot.

``python validation/confidence.py WORLD LATER [AS-REL ...]`` takes two full worlds, the later one
last, and files of relationships of other dates than these two (for links that no other snapshot has).
Beside each doubt stand the others of its kind: links that nothing speaks against, between provider
and customer where the customer has customers itself (upside-down), or another provider too (content,
seen-once), or between peers (exchange-only). Links of networks that are gone are left out.
"""

from __future__ import annotations

import sys

import polars as pl

from splinternet.world.catalogue import open_world
from splinternet.world.confidence import LINK_DOUBTS, judge
from splinternet.world.given import read_files
from splinternet.world.world import World

TRANSIT = pl.col("kind") == "p2c"
#: Links that nothing speaks against and that are otherwise like the doubted ones.
LIKE = {
    "upside-down": TRANSIT & (pl.col("customers") >= 5),
    "content": TRANSIT & (pl.col("providers") > 1),
    "seen-once": TRANSIT & (pl.col("providers") > 1),
    "exchange-only": ~TRANSIT,
}


def followed(links: pl.DataFrame, later: World) -> pl.DataFrame:
    """Links whose networks are still there, with what became of them: same, turned, other, gone."""
    now = later.links.select("a", "b", now="kind")
    there = later.networks["asn"].implode()
    left = links.filter(pl.col("a").is_in(there) & pl.col("b").is_in(there))
    forth = left.join(now, on=["a", "b"], how="left")
    back = now.select(a="b", b="a", turned="now")
    same = pl.col("now") == pl.col("kind")
    return forth.join(back, on=["a", "b"], how="left").with_columns(
        became=pl.when(same)
        .then(pl.lit("same"))
        .when(pl.col("now").is_not_null())
        .then(pl.lit("other"))
        .when(TRANSIT & (pl.col("turned") == "p2c"))
        .then(pl.lit("turned"))
        .when(pl.col("turned").is_not_null())
        .then(pl.lit("other"))
        .otherwise(pl.lit("gone"))
    )


def line(name: str, links: pl.DataFrame) -> float:
    """Print what became of some links, and return the part that is the same."""
    count = dict(links["became"].value_counts().iter_rows())
    parts = [count.get(each, 0) / max(links.height, 1) for each in ("same", "other", "turned", "gone")]
    print(f"{name:<28}{links.height:>8}" + "".join(f"{part:>9.1%}" for part in parts))
    return parts[0]


def main(world: World, later: World, files: list[str]) -> None:
    """Print a table: a line for each doubt, and one for the others of its kind."""
    given = read_files({"other-dates": files}, None)["other-dates"]
    others = [links for use in given if (links := use.links()) is not None]
    links = judge(world.links, others=others)
    size = links.filter(TRANSIT).group_by(b="a").len("customers")
    above = links.filter(TRANSIT).group_by("b").len("providers")
    sized = links.join(size, on="b", how="left").join(above, on="b", how="left").fill_null(0)
    known = followed(sized.with_columns(links["doubt"]), later)
    print(f"{world.manifest.name} to {later.manifest.name}")
    print(f"{'':<28}{'links':>8}{'same':>9}{'other':>9}{'turned':>9}{'gone':>9}  confidence")
    for name in LINK_DOUBTS:
        doubted = known.filter(pl.col("doubt") == name)
        if name in LIKE and doubted.height:
            beside = known.filter(pl.col("doubt").is_null() & LIKE[name])
            found = line(name, doubted) / line(f"  others like {name}", beside)
            print(f"{'':<72}{found:>12.2f}")


if __name__ == "__main__":
    main(open_world(sys.argv[1]), open_world(sys.argv[2]), sys.argv[3:])
