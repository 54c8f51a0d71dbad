"""Compare transit influence with that published for March 2020, by where addresses count.

``python validation/located.py WORLD DATA [LINKS]`` takes a full world of about that date (`make
digests` leaves one in build/worlds/2019-12), the folder of the files named below, and prints how
well CTI of nations agrees: with addresses where networks are registered, where the authors located
them (published for the nations from A to M), and where a file of ranges puts them, if the world was
imported with one. Choices are made on the nations from A to M; those from N to Z are for reporting.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from splinternet.base.errors import SplinternetError
from splinternet.measures.cti import cti
from splinternet.world.catalogue import open_world
from splinternet.world.schema import TABLES
from splinternet.world.world import World

PUBLISHED = "published/cti-pam2022-202003.csv"
THEIRS = "published/cti-located-a-m-202003.csv.gz"
#: Addresses of a /24 block, in which the authors count.
BLOCK = 256


#: Their addresses, and ours.
_BOTH = ("addresses", "addresses_right")


def by_authors(world: World, data: Path) -> World:
    """The world with addresses where the authors of CTI located them."""
    rows = pl.read_csv(data / THEIRS).select(
        pl.col("asn").cast(pl.UInt32), "country", addresses=pl.col("prefixes") * BLOCK
    )
    ours = rows.join(world.networks, on="asn", how="semi").sort("asn", "country")
    table = ours.select(TABLES["located"].schema.names())
    return World(world.manifest, world.networks, world.links, located=table)


def placed(theirs: pl.DataFrame, ours: pl.DataFrame) -> tuple[float, float]:
    """Part of their addresses that are in the same place, and overlap of networks in a nation.

    Both have ``asn``, ``country`` and ``addresses``; nations are those of ``theirs``.
    """
    keys = ["country", "asn"]
    named = ours.filter(pl.col("country").is_in(theirs["country"].unique().implode()))
    both = theirs.join(named, on=keys, how="full", coalesce=True).fill_null(0)
    part = [pl.col(each) / pl.col(each).sum().over("country") for each in _BOTH]
    nations = both.select("country", same=pl.min_horizontal(*part).fill_nan(0))
    held = both.select(pl.min_horizontal(*_BOTH).sum()).item() / both["addresses"].sum()
    same = nations.group_by("country").agg(pl.col("same").sum())
    return held, same.select(pl.col("same").mean()).item()


def agreement(world: World, published: pl.DataFrame, **choices: str) -> tuple[int, float, float]:
    """Nations compared, their mean overlap of the first five, and how often the first agrees."""
    five, first, nations = 0.0, 0, 0
    for (country,), theirs in published.group_by("country", maintain_order=True):
        try:
            ours = cti(world, str(country), at_least=0.001, **choices)
        except SplinternetError as error:
            print(f"  {country} left out: {error}")
            continue
        best, mine = theirs["asn"][:5].to_list(), ours["asn"][:5].to_list()
        five += len({*best} & {*mine}) / 5
        first += best[:1] == mine[:1]
        nations += 1
    return nations, five / nations, first / nations


def main(world: World, data: Path, **choices: str) -> None:
    """Print a line for each part of the nations and each place of addresses."""
    published = pl.read_csv(data / PUBLISHED).sort("country", "cti", descending=[False, True])
    early = pl.col("country") < "N"
    places = {"registered": (world, "registered")}
    if world.located.height:
        places["ranges"] = (world, "located")
    authors = by_authors(world, data)
    registered = world.networks.select("asn", "country", addresses="ipv4_addresses").drop_nulls()
    for name, (seen, where) in places.items():
        ours = seen.located if where == "located" else registered
        held, same = placed(authors.located, ours)
        print(f"A to M, {name}: placed {held:.3f}, networks {same:.3f}")
    print("nations  addresses   compared  top 5  first")
    for part, rows in (("A to M", published.filter(early)), ("N to Z", published.filter(~early))):
        known = places | ({"authors": (authors, "located")} if part == "A to M" else {})
        for name, (seen, where) in known.items():
            nations, five, first = agreement(seen, rows, where=where, **choices)
            print(f"{part:<8} {name:<11} {nations:>8}  {five:.3f}  {first:.3f}", flush=True)


if __name__ == "__main__":
    named = {"links": sys.argv[3]} if sys.argv[3:] else {}
    main(open_world(sys.argv[1]), Path(sys.argv[2]), **named)
