"""Set covers of a nation's traffic: which sets there are, by routes of the model or observed paths.

Routes between the nation and abroad are covered, each by any of the nation's networks on it; the
fewest networks that cover enough are found by :mod:`splinternet.measures.set_cover`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.measures.seen import Watched, observed_sets
from splinternet.measures.set_cover import Cover, SetCover
from splinternet.routing.path_sets import PathSets, path_sets
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import transit
from splinternet.world.world import World

__all__ = ["Covered", "cover_routes", "cover_seen"]

#: So many networks are tried first; more if the greedy cover might need others.
_CANDIDATES = 128


@dataclass(frozen=True, eq=False)
class Covered:
    """A nation covered by some of its networks, and the greedy cover."""

    networks: pl.Series
    set_cover: SetCover
    greedy: Cover

    def fewest(self, share: float) -> Cover:
        """Cover a share by as few as can be."""
        return self.set_cover.fewest(share, self.greedy)


def cover_routes(
    world: World,
    both: tuple[pl.DataFrame, pl.DataFrame],
    share: float,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
) -> Covered | None:
    """Cover the nation by the networks that are on most of its paths; None if there is no path."""
    passed = transit(world, *both, routing=routing, progress=progress)
    nation = both[counting.direction == "inbound"].join(passed, on="asn", how="left")
    nation = nation.join(world.networks.select("asn", "members"), on="asn").select(
        "asn",
        "members",
        # An end of a path counts here; one network of a group is at the end of its own paths.
        seen=pl.col("share").fill_null(0)
        + pl.col("weight") / pl.col("weight").sum() / pl.col("members"),
    )

    def divide(networks: pl.Series) -> PathSets:
        return path_sets(world, networks, *both, routing=routing, progress=progress)

    return _cover(nation, divide, share)


def cover_seen(world: World, watched: Watched, share: float, counting: Counting) -> Covered | None:
    """The same by the paths that monitors show."""
    inbound = counting.direction == "inbound"
    home = (watched.destinations if inbound else watched.monitors)["asn"]
    every = observed_sets(world, watched, home)
    on = pl.DataFrame({"at": every.member, "share": np.repeat(every.share, np.diff(every.start))})
    seen = on.group_by("at").agg(pl.col("share").sum() * every.routed)
    nation = seen.select(asn=home.gather(seen["at"]), members=pl.lit(1, pl.Int64), seen="share")
    return _cover(nation, lambda networks: observed_sets(world, watched, networks), share)


def _cover(
    nation: pl.DataFrame, divide: Callable[[pl.Series], PathSets], share: float
) -> Covered | None:
    """Cover traffic, divided by the networks that it passes, by those that see the most of it.

    Those that are left out may be needed only if each of them is on more than the last of the
    greedy cover adds: then more are taken.
    """
    nation = nation.filter(pl.col("seen") > 0).sort("seen", "asn", descending=[True, False])
    many = _CANDIDATES
    while True:
        some = nation.head(many)
        sets = divide(some["asn"])
        if not sets.routed:
            return None
        set_cover = SetCover(
            share=sets.share,
            start=sets.start,
            member=sets.member,
            most=some["members"].to_numpy(),
            unsure=float(sets.share[sets.clipped].sum()),
            other=nation["seen"][many] / sets.routed if many < nation.height else 0.0,
        )
        greedy = set_cover.greedy(share)
        if greedy:
            return Covered(some["asn"], set_cover, greedy)
        many *= 2
