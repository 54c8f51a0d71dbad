"""Whose filtering keeps hijacks small: tier-1 networks, the largest carriers, or exchanges.

Usage: ``python validation/filtering.py WORLD``: a full world with exchanges. The table stands in
``docs/hijacks.md``.
"""

import sys

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import CONTENDING
from splinternet.measures.hijacks import Audience
from splinternet.routing.clique import clique_of
from splinternet.routing.contests import Contests, Outcomes
from splinternet.routing.trials import NO_FILTERS, Filters, Trial
from splinternet.world.catalogue import open_world
from splinternet.world.world import World

#: Pairs of attacker and victim, and the number that chance starts from.
PAIRS, SEED = 128, 7


def filterers(world: World) -> dict[str, Filters]:
    """Sets of networks that may filter, by name."""
    customers = world.links.filter(pl.col("kind") == "p2c").group_by("a").len()
    largest = customers.sort("len", "a", descending=[True, False])["a"].head(20)
    members = world.exchange_members["asn"].unique()
    tier_1 = list(clique_of(world))
    return {
        "nobody": NO_FILTERS,
        f"the {len(tier_1)} tier-1 networks": Filters(rov=tier_1),
        "the 20 networks with most customers": Filters(rov=largest),
        f"peers at exchanges ({len(members):,} members)": Filters(peer_rov=members),
    }


def main() -> None:
    """Print the mean share of networks deceived, by kind and filter."""
    world = open_world(sys.argv[1])
    contests, audience = Contests(world, CONTENDING), Audience(world)
    random = np.random.default_rng(SEED)
    pairs = [random.choice(contests.graph.asn, 2, replace=False).tolist() for _ in range(PAIRS)]
    everywhere = np.zeros(len(contests.graph.asn), dtype=np.int32)
    for kind in ("prefix", "subprefix"):
        for name, filters in filterers(world).items():
            trials = [Trial.of(kind, victim, attacker, filters) for victim, attacker in pairs]
            whole = audience.whole(trials).sum(axis=0)[0]

            def deceived(outcomes: Outcomes, _: slice) -> npt.NDArray[np.float64]:
                return outcomes.tally(everywhere, audience.weights, 1)[0, 0, 0]

            (found,) = contests.run(trials, deceived)
            print(f"{kind:10} {name:40} {(found / whole).mean():.1%}")


if __name__ == "__main__":
    main()
