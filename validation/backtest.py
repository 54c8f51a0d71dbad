"""Back-test: what the model says of links that later went, against what a later snapshot shows.

``python validation/backtest.py WORLD LATER`` takes two full worlds. A network that lost a provider
between them, and kept another, is a trial: its lost links are cut in the earlier world, and the
carriers of what is sent to it are compared with those in the later world. Beside stands the guess
that nothing changes. Trials are the Russian customers of Cogent and Lumen, which left Russia in
March 2022; the customers of Sprint, whose network Cogent took over in May 2023; and a sample of all
others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from splinternet.measures.dependence import depend
from splinternet.routing.transit import transit
from splinternet.world.catalogue import open_world
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

COGENT, LUMEN, SPRINT = 174, 3356, 1239
#: So many trials of each kind at the most, drawn with this seed.
TRIALS, SEED = 24, 14
#: Carriers that count: those with so much of what is sent to a network, before or later.
COUNTS = 0.05


@dataclass(frozen=True)
class Scores:
    """Mean error of carriers' shares, and how often the largest is the same as later."""

    trials: int
    error: float
    first: float


def providers(world: World) -> pl.DataFrame:
    """Links of provider and customer: ``a`` and ``b``."""
    return world.links.filter(pl.col("kind") == "p2c").select("a", "b")


def lost_links(before: World, later: World) -> pl.DataFrame:
    """Links of provider and customer that went, of customers that kept another provider."""
    then = providers(before)
    here = later.networks["asn"].implode()
    still = then.filter(pl.col("b").is_in(here) & pl.col("a").is_in(here))
    pairs = pl.concat([later.links["a", "b"], later.links.select(a="b", b="a")])
    gone = still.join(pairs, on=["a", "b"], how="anti")
    kept = then.join(providers(later), on=["a", "b"], how="semi")
    return gone.join(kept, on="b", how="semi")


def shares_of(world: World, asn: int) -> pl.DataFrame:
    """Share of what all others send to a network that passes each carrier."""
    target = pl.DataFrame({"asn": [asn], "weight": [1.0]}, schema_overrides={"asn": pl.UInt32})
    return transit(world, None, target)


def scored(guess: Callable[[int], pl.DataFrame], later: World, asns: list[int]) -> Scores:
    """Score guesses at who carries what is sent to networks."""
    errors, first = [], 0
    for asn in asns:
        said, found = guess(asn), shares_of(later, asn)
        both = said.join(found, on="asn", how="full", coalesce=True, suffix="_later").fill_null(0.0)
        large = both.filter(pl.max_horizontal("share", "share_later") >= COUNTS)
        errors += (large["share"] - large["share_later"]).abs().to_list()
        first += said["asn"].head(1).equals(found["asn"].head(1))
    return Scores(len(asns), sum(errors) / max(len(errors), 1), first / max(len(asns), 1))


def trial(name: str, before: World, later: World, gone: pl.DataFrame) -> None:
    """Cut what went, and print how well that and no change tell what came."""
    asns = sorted(gone["b"].unique().to_list())
    if len(asns) > TRIALS:
        asns = sorted(pl.Series(asns).sample(TRIALS, seed=SEED).to_list())
    cut = gone.filter(pl.col("b").is_in(asns))
    after = replace(before, links=before.links.join(cut, on=["a", "b"], how="anti"))
    model = scored(lambda asn: shares_of(after, asn), later, asns)
    same = scored(lambda asn: shares_of(before, asn), later, asns)
    print(
        f"{name:<28}{model.trials:>7}{model.error:>9.3f}{same.error:>12.3f}"
        f"{model.first:>9.1%}{same.first:>12.1%}",
        flush=True,
    )


def nation(name: str, before: World, after: World, later: World) -> None:
    """Compare who gains in a nation by the model with who gained by the later snapshot."""
    said, model, found = (depend(each, name) for each in (before, after, later))
    both = (
        said.select("asn", before="share")
        .join(model.select("asn", after="share"), on="asn", how="full", coalesce=True)
        .join(found.select("asn", later="share"), on="asn", how="full", coalesce=True)
        .fill_null(0.0)
        .filter(pl.max_horizontal("before", "after", "later") >= 0.01)
    )
    gains = both.select(
        "asn", told=pl.col("after") - pl.col("before"), came=pl.col("later") - pl.col("before")
    )
    rank = gains.select(pl.corr("told", "came", method="spearman")).item()
    right = gains.filter(pl.col("told").abs() >= 0.002)
    same = (right["told"].sign() == right["came"].sign()).mean()
    print(f"{name}: {gains.height} carriers, rank correlation of gains {rank:.2f}; ", end="")
    print(f"of {right.height} that change by 0.2 points or more, {same:.1%} go the same way")
    with pl.Config(tbl_rows=12, tbl_hide_dataframe_shape=True):
        print(gains.sort("told", descending=True).head(6))


def main(before: World, later: World) -> None:
    """Print a line for each kind of trial, then the gains in Russia."""
    gone = lost_links(before, later)
    russian = before.networks.filter(country="RU")["asn"].implode()
    left = pl.col("a").is_in([COGENT, LUMEN]) & pl.col("b").is_in(russian)
    sprint = pl.col("a") == SPRINT
    print(f"{before.manifest.name} to {later.manifest.name}")
    print(f"{'':<28}{'trials':>7}{'error':>9}{'no change':>12}{'first':>9}{'no change':>12}")
    trial("Cogent and Lumen, Russia", before, later, gone.filter(left))
    trial("Sprint", before, later, gone.filter(sprint))
    trial("others", before, later, gone.filter(~left & ~sprint))
    cut = gone.filter(left)
    after = replace(before, links=before.links.join(cut, on=["a", "b"], how="anti"))
    nation("RU", before, after, later)


if __name__ == "__main__":
    main(*(by_evidence(open_world(name), "trusted") for name in sys.argv[1:3]))
