"""How far greed is from the best set of networks that filter, and whether its bound holds.

Usage: ``python validation/greed.py WORLD``: a digest will do. Of the networks with most customers
all sets are tried. The figures stand in ``docs/hijacks.md``.
"""

import sys
from itertools import combinations

import polars as pl

from splinternet.base.choices import CONTENDING
from splinternet.measures.protection import Exposed, greedy
from splinternet.routing.trials import NO_FILTERS
from splinternet.world.catalogue import open_world

NATIONS = ("CU", "EE", "IR", "KZ", "MM", "NG")
#: Networks that may filter, how many are taken of them, and attackers abroad.
CANDIDATES, BUDGET, ATTACKERS = 10, 3, 8


def main() -> None:
    """Print what is deceived by kind and nation: before, by greed, at best, and the bound."""
    world = open_world(sys.argv[1])
    single = world.networks.filter(members=1).sort(
        "ipv4_addresses", "asn", descending=[True, False]
    )
    customers = world.links.filter(pl.col("kind") == "p2c").group_by(asn="a").len()
    candidates = customers.sort("len", "asn", descending=[True, False])["asn"].head(CANDIDATES)
    every = [list(some) for some in combinations(candidates, BUDGET)]
    for kind in ("prefix", "subprefix"):
        for nation in NATIONS:
            victim = single.filter(country=nation)["asn"].head(1).to_list()
            abroad = single.filter(pl.col("country") != nation)["asn"]
            attackers = abroad.gather_every(abroad.len() // ATTACKERS).head(ATTACKERS).to_list()
            exposed = Exposed(world, victim, attackers, kind, NO_FILTERS, CONTENDING)
            _, left, bound = greedy(exposed.of, candidates.to_list(), BUDGET)
            best = min(exposed.of(every))
            least = exposed.at_least(candidates.to_list())
            assert least <= best + 1e-12, f"{nation}: {least} is no bound"
            told = "a gain grows" if bound is None else f"bound {bound:.2%}"
            holds = "" if bound is None or bound <= best + 1e-12 else ", which does not hold"
            print(
                f"{kind:10} {nation}: before {left[0]:.2%}, greed {left[-1]:.2%}, best {best:.2%}, "
                f"{least:.2%} always, "
                f"{told}{holds}"
            )


if __name__ == "__main__":
    main()
