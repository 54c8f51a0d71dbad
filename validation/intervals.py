"""Check that intervals lie around their figures: that worlds drawn are not biased to one side.

``python validation/intervals.py NUMBER WORLD...`` draws so many worlds beside each world, and
prints for each measure, over all rows of 1 % or more of eight nations: how many there are, the part
of them inside their own intervals, the mean by which the mean of the draws lies above the figure
(below, if negative), and the mean of the intervals' widths, both as parts of the figures. Before
these it prints the part of peerings that the rates say is missed, and what part changes in a draw.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import numpy as np
import polars as pl

from splinternet.base.choices import Routing
from splinternet.measures.dependence import depend
from splinternet.measures.hegemony import hegemony, settle_vantages
from splinternet.measures.resampling import Draws
from splinternet.world.catalogue import open_world
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

NATIONS = ("AE", "CU", "EE", "GA", "IR", "KE", "KZ", "UZ")
LEAST = 0.01

Question = Callable[[World], pl.DataFrame]


def questions(world: World) -> dict[tuple[str, str], Question]:
    """By measure and nation, what is asked of the world and of those drawn."""
    found: dict[tuple[str, str], Question] = {}
    for nation in NATIONS:
        found["dependence", nation] = partial(depend, country=nation)
        found["states", nation] = partial(depend, country=nation, by="state")
        settled = settle_vantages(world, nation)
        found["hegemony", nation] = partial(hegemony, country=nation, **settled)
    return found


def values(table: pl.DataFrame) -> pl.DataFrame:
    """Who each row is about, and its figure."""
    figure = "hegemony" if "hegemony" in table.columns else "share"
    who = table.columns[0]
    return table.select(pl.col(who).cast(pl.String).fill_null("").alias("of"), value=figure)


def peerings_drawn(world: World, draws: Draws) -> tuple[float, float]:
    """Part of the peerings that the rates say is missed, and part that the first draw has not."""
    rates, links = draws.rates, world.links.select(pl.col("a", "b").cast(pl.UInt32), "kind")
    customers = links.filter(pl.col("kind") == "p2c").group_by("a").len("customers")
    seen = (
        pl.when(pl.col("customers") >= 50)
        .then(rates.seen_large)
        .when(pl.col("customers") >= 1)
        .then(rates.seen_small)
        .otherwise(rates.seen_stub)
    )
    peerings = links.filter(pl.col("kind") == "p2p").select("a", "b")
    chance = pl.Series(np.ones(peerings.height))
    for end in ("a", "b"):
        found = peerings.join(
            customers, left_on=end, right_on="a", how="left", maintain_order="left"
        )
        chance *= 1 - found.select(seen.alias("seen"))["seen"]
    drawn = draws.world(world, 0).links.select(pl.col("a", "b").cast(pl.UInt32))
    turned = drawn.select(a="b", b="a")
    gone = peerings.join(pl.concat([drawn, turned]), on=["a", "b"], how="anti")
    return float(chance.to_numpy().mean()), gone.height / peerings.height


def main(number: int, names: list[str]) -> None:
    """Print a line for each world and measure."""
    for name in names:
        world = by_evidence(open_world(name), Routing().links)
        asked = questions(world)
        given = {
            which: values(ask(world)).filter(pl.col("value") >= LEAST)
            for which, ask in asked.items()
        }
        drawn: dict[tuple[str, str], list[np.ndarray]] = {which: [] for which in asked}
        draws = Draws(number)
        missed, changed = peerings_drawn(world, draws)
        print(f"{world.manifest.name}: {missed:.0%} of peerings missed, {changed:.0%} changed")
        for at in range(number):
            other = draws.world(world, at)
            for which, ask in asked.items():
                beside = given[which].join(
                    values(ask(other)), on="of", how="left", maintain_order="left"
                )
                drawn[which].append(beside["value_right"].fill_null(0.0).to_numpy())
        for measure in ("dependence", "hegemony", "states"):
            mine = [which for which in asked if which[0] == measure]
            figures = np.concatenate([given[which]["value"].to_numpy() for which in mine])
            every = np.concatenate([np.array(drawn[which]) for which in mine], axis=1)
            low, high = Draws.ends(every)
            inside = ((low <= figures) & (figures <= high)).mean()
            shift = (every.mean(axis=0) - figures).sum() / figures.sum()
            width = (high - low).sum() / figures.sum()
            print(
                f"{world.manifest.name} {measure}: {len(figures)} figures, {inside:.0%} inside, "
                f"mean {shift:+.1%}, width {width:.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
