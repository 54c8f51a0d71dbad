"""Count how many links, by what speaks against them, are the same in a later snapshot.

``python validation/confidence.py WORLD LATER [AS-REL ...]`` takes two full worlds, the later one
last, and files of relationships of other dates than these two (for links that no other snapshot
has). Beside each doubt stand the others of its kind: links that nothing speaks against, between
provider and customer where the customer has five customers itself (upside-down), or another
provider too (content, seen-once), or between peers (exchange-only). Links of networks that are gone
are left out.
"""

from __future__ import annotations

import sys

import polars as pl

from splinternet.world.catalogue import open_world
from splinternet.world.confidence import LINK_DOUBTS, judge
from splinternet.world.given import read_files
from splinternet.world.world import World

TRANSIT = pl.col("kind") == "p2c"
#: What becomes of a link: it is the same, of the other kind, the other way round, or gone.
FATES = ("same", "other", "turned", "gone")
#: Links that nothing speaks against and that are otherwise like the doubted ones.
LIKE = {
    "upside-down": TRANSIT & (pl.col("customers") >= 5),
    "content": TRANSIT & (pl.col("providers") > 1),
    "seen-once": TRANSIT,
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
    parts = [
        count.get(each, 0) / max(links.height, 1) for each in ("same", "other", "turned", "gone")
    ]
    print(f"{name:<28}{links.height:>8}" + "".join(f"{part:>9.1%}" for part in parts))
    return parts[0]


def main(world: World, later: World, files: list[str]) -> None:
    """Print a table: a line for each doubt, and one for the others of its kind."""
    given = read_files({"other_dates": files}, None)["other_dates"]
    others = [links for use in given if (links := use.links()) is not None]
    links = judge(world.links, world.networks, others=others)
    size = links.filter(TRANSIT).group_by(b="a").len("customers")
    above = links.filter(TRANSIT).group_by("b").len("providers")
    sized = (
        links.join(size, on="b", how="left")
        .join(above, on="b", how="left")
        .with_columns(pl.col("customers", "providers").fill_null(0))
    )
    known = followed(sized, later)
    print(f"{world.manifest.name} to {later.manifest.name}")
    print(f"{'':<28}{'links':>8}{'same':>9}{'other':>9}{'turned':>9}{'gone':>9}  confidence")
    for name in LINK_DOUBTS:
        like = known.filter(LIKE.get(name, False))
        doubted = like.filter(pl.col("doubt") == name)
        if doubted.height:
            beside = like.filter(pl.col("doubt").is_null())
            found = line(name, doubted) / line(f"  others like {name}", beside)
            print(f"{'':<72}{found:>12.2f}")


if __name__ == "__main__":
    main(open_world(sys.argv[1]), open_world(sys.argv[2]), sys.argv[3:])
