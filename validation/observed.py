"""Hegemony and transit influence by observed paths beside those by modelled ones.

``python validation/observed.py AS_REL AS_COUNTRY RIB`` takes relationships of CAIDA, countries of
networks, and a routing table of many monitors of about that date. Both are of the same monitors to
the same networks, and the model is told nothing of what was observed. Destinations are nations to
which paths lead, each of their networks counting one, and networks drawn by chance, each alone.
"""

from __future__ import annotations

import sys
from random import Random

import polars as pl

from splinternet.base.choices import PREFERENCES, Routing
from splinternet.measures.cti import cti
from splinternet.measures.hegemony import hegemony
from splinternet.world.build import build_world
from splinternet.world.learned import as_routed
from splinternet.world.rib.adding import with_tables
from splinternet.world.world import World

SEED, NETWORKS = 17, 100
#: Nations of which at least so many networks are shown.
FEWEST = 3
#: Values from which on a network counts, by either of the two.
LEAST = 0.05


def places(world: World) -> dict[str, list[str]]:
    """Nations, and networks drawn by chance, to which paths lead."""
    linked = as_routed(world, Routing(observed="none", links="all")).networks
    shown = linked.filter(pl.col("asn").is_in(world.paths["origin"].unique().implode()))
    lands = shown["country"].drop_nulls().value_counts().filter(pl.col("count") >= FEWEST)
    alone = Random(SEED).sample(shown["asn"].to_list(), NETWORKS)
    return {"nations": sorted(lands["country"]), "networks": [f"AS{asn}" for asn in sorted(alone)]}


def compared(world: World, measure: str, several: list[str], prefer: str) -> pl.DataFrame:
    """Values of both kinds for several destinations: ``place``, ``asn``, both, and difference."""
    table = {"hegemony": hegemony, "cti": cti}[measure]
    found = []
    for place in several:
        both = table(
            world, place, at_least=0.001, paths="both", prefer=prefer, links="all",
            weights="networks",
        )  # fmt: skip
        found.append(
            both.select(
                pl.lit(place).alias("place"),
                "asn",
                pl.col(measure).alias("modelled"),
                "observed",
                "difference",
            )
        )
    return pl.concat(found)


def main(as_rel: str, as_country: str, rib: str) -> None:
    """Print the table."""
    bare, _ = build_world("2008-05-01", as_rel=[as_rel], as_country=[as_country], repair=True)
    world = with_tables(bare, [rib])
    print("of        number  measure   preference      pairs  |difference|  within 0.1  same first")
    for kind, several in places(world).items():
        for measure in ("hegemony", "cti"):
            for prefer in PREFERENCES:
                found = compared(world, measure, several, prefer)
                some = found.filter(pl.max_horizontal("modelled", "observed") >= LEAST)
                off = some["difference"].abs()
                first = [
                    each.sort(by, "asn", descending=[True, False])["asn"][0]
                    for by in ("modelled", "observed")
                    for each in found.partition_by("place", maintain_order=True)
                ]
                same = [
                    a == b
                    for a, b in zip(first[: len(first) // 2], first[len(first) // 2 :], strict=True)
                ]
                print(
                    f"{kind:<9} {len(several):<7} {measure:<9} {prefer:<15} {some.height:<6} "
                    f"{off.mean():<13.3f} {(off <= 0.1).mean():<11.3f} {sum(same) / len(same):.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main(*sys.argv[1:4])
