"""Check that intervals lie around their figures: that worlds drawn are not biased to one side.

``python validation/intervals.py NUMBER WORLD...`` draws so many worlds beside each world, and
prints for each measure, over all rows of 1 % or more of eight nations: how many there are, the part
of them inside their own intervals, the mean by which the mean of the draws lies above the figure
(below, if negative), the same of rows that are chosen by the mean of figure and draw, and the mean
of the intervals' widths; all three as parts of the figures. If figures were large because the rows
were chosen by them, the second mean would be nought. Then it prints the same of dependence with
errors of one kind alone. Before these it prints the part of peerings that the rates say is missed,
and what part changes in a draw.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl

from splinternet.base.choices import Routing
from splinternet.measures.dependence import depend
from splinternet.measures.hegemony import hegemony, settle_vantages
from splinternet.measures.resampling import Draws, ErrorRates
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


def alone(rates: ErrorRates) -> dict[str, ErrorRates]:
    """Errors of one kind alone, by name."""
    seen = {"seen_large": 1.0, "seen_small": 1.0, "seen_stub": 1.0}
    return {
        "peerings missed": replace(rates, missed_transit=0.0, wrong=0.0),
        "transit missed": replace(rates, wrong=0.0, **seen),
        "of the other kind": replace(rates, missed_transit=0.0, **seen),
    }


def score(world: World, asked: dict[tuple[str, str], Question], draws: Draws, what: str) -> None:
    """Print a line for each measure that is asked."""
    found: dict[str, list[pl.DataFrame]] = {}
    others = [draws.world(world, number) for number in range(draws.number)]
    for (measure, _), ask in asked.items():
        table = values(ask(world))
        for number, other in enumerate(others):
            beside = values(ask(other)).rename({"value": str(number)})
            table = table.join(beside, on="of", how="full", coalesce=True)
        found.setdefault(measure, []).append(table.fill_null(0.0))
    for measure, tables in found.items():
        every = pl.concat(tables)
        figures, drawn = every["value"].to_numpy(), every.drop("of", "value").to_numpy().T
        large = figures >= LEAST
        low, high = Draws.ends(drawn[:, large])
        inside = ((low <= figures[large]) & (figures[large] <= high)).mean()
        total = figures[large].sum()
        shift = (drawn[:, large].mean(axis=0) - figures[large]).sum() / total
        alike = (drawn + figures) / 2 >= LEAST
        evenly = (drawn - figures)[alike].sum() / np.broadcast_to(figures, drawn.shape)[alike].sum()
        width = (high - low).sum() / total
        print(
            f"{world.manifest.name} {measure}{what}: {large.sum()} figures, {inside:.0%} inside, "
            f"mean {shift:+.1%}, chosen by both {evenly:+.1%}, width {width:.1%}",
            flush=True,
        )


def main(number: int, names: list[str]) -> None:
    """Print a line for each world and measure, and for each kind of error alone."""
    for name in names:
        world = by_evidence(open_world(name), Routing().links)
        asked, draws = questions(world), Draws(number)
        missed, changed = peerings_drawn(world, draws)
        print(f"{world.manifest.name}: {missed:.0%} of peerings missed, {changed:.0%} changed")
        score(world, asked, draws, "")
        dependence = {which: ask for which, ask in asked.items() if which[0] == "dependence"}
        for kind, rates in alone(draws.rates).items():
            score(world, dependence, replace(draws, rates=rates), f", {kind}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
