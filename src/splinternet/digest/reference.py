"""Reference of a digest: the dependence of nations in the full world and in the digest."""

from __future__ import annotations

from collections.abc import Callable
from statistics import fmean

import numpy as np
import polars as pl

from splinternet.base.choices import Counting
from splinternet.measures.dependence import depend
from splinternet.world.world import World

__all__ = ["LARGEST", "Answers", "answers", "compare", "measured_countries"]

#: How many of the largest carriers of each nation are compared.
LARGEST = 20

#: The dependence of each nation: its carriers' ``asn`` and ``share``, largest first.
Answers = dict[str, pl.DataFrame]


def measured_countries(world: World, networks: int = 20) -> list[str]:
    """Countries with at least so many networks, and with known addresses, sorted."""
    return (
        world.networks.drop_nulls("country")
        .group_by("country")
        .agg(pl.col("members").sum(), pl.col("ipv4_addresses").sum())
        .filter((pl.col("members") >= networks) & (pl.col("ipv4_addresses") > 0))["country"]
        .sort()
        .to_list()
    )


def answers(
    world: World,
    countries: list[str],
    *,
    counting: Counting | None = None,
    tick: Callable[[], None] | None = None,
) -> Answers:
    """Dependence of each country on networks, with the default routing."""
    found: Answers = {}
    for country in countries:
        shares = depend(world, country, counting=counting)
        found[country] = shares.select("asn", "share")
        if tick:
            tick()
    return found


def compare(full: Answers, digest: Answers) -> dict[str, float]:
    """Measure how far a digest's answers are from those of the full world.

    Over each nation's 20 largest carriers in the full world (a carrier that the digest lacks has
    share 0 there), and then averaged over nations: ``spearman``, the rank correlation of shares;
    ``top_agreement``, the part of nations whose largest carrier is the same;
    ``mean_absolute_error`` of shares.
    """
    from scipy.stats import spearmanr

    ranks, tops, errors = [], [], []
    for country, shares in full.items():
        both = (
            shares.head(LARGEST)
            .join(digest[country], on="asn", how="left", suffix="_digest", maintain_order="left")
            .fill_null(0.0)
        )
        if not both.height:
            continue
        true, found = both["share"].to_numpy(), both["share_digest"].to_numpy()
        if len(set(true)) > 1:
            ranks.append(float(spearmanr(true, found).statistic) if len(set(found)) > 1 else 0.0)
        tops.append(
            float(digest[country].height > 0 and digest[country]["asn"][0] == both["asn"][0])
        )
        errors.append(float(np.abs(true - found).mean()))
    return {
        "spearman": round(fmean(ranks), 4),
        "top_agreement": round(fmean(tops), 4),
        "mean_absolute_error": round(fmean(errors), 5),
    }
