"""Print headline figures of some nations by the old defaults and by the present ones.

``python validation/headlines.py WORLD...`` takes full worlds. For each of the nations it prints
the foreign network and the foreign state on which it depends most, and of Russia's traffic what
passes Sweden; by the defaults of definitions 1 (`customer-first`, links as published, all traffic
counts for a state), step by step, and by those of today.
"""

from __future__ import annotations

import sys

import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.dependence import depend
from splinternet.measures.exposure import exposure
from splinternet.measures.states import state_dependence
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

NATIONS = ("RU", "IR", "CN", "CU", "EE", "KZ", "AE", "GA", "KE", "DE")

#: What was changed, one after the other.
STEPS = (
    ("definitions 1", Routing("customer-first", links="all"), Counting(parties="all")),
    ("shortest routes", Routing(links="all"), Counting(parties="all")),
    ("trusted links", Routing(), Counting(parties="all")),
    ("third parties", Routing(), Counting()),
)


def headline(world: World, code: str, routing: Routing, counting: Counting) -> str:
    """Name the foreign network and state that carry most, and what has no way round."""
    carriers = depend(world, code, routing=routing).filter(pl.col("country") != code)
    states = state_dependence(world, code, routing=routing, counting=counting)
    carrier, state = (
        each.row(0, named=True) for each in (carriers, states.filter(pl.col("country") != code))
    )
    return (
        f"AS{carrier['asn']} {carrier['share']:.1%}  {state['country']} {state['share']:.1%}  "
        f"no way round {state['unavoidable']:.1%}"
    )


def main(worlds: list[World]) -> None:
    """Print a line for each nation and step, and one for each world about Sweden."""
    for world in worlds:
        seen = exposure(world, "RU", observers=["SE"])
        share = seen.filter(direction="inbound")["third"].item()
        print(f"{world.manifest.name}: of Russia's incoming traffic {share:.1%} pass Sweden")
    for code in NATIONS:
        for step, routing, counting in STEPS:
            print(f"{code} {step:<16} {headline(worlds[0], code, routing, counting)}", flush=True)


if __name__ == "__main__":
    main([open_world(each) for each in sys.argv[1:]])
