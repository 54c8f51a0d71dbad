"""Ranges and doubts of the shares of carriers in words: one way to write them, and to explain."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from splinternet.base.choices import Routing
from splinternet.base.shares import in_points, rounded, rounded_number
from splinternet.base.texts import phrase
from splinternet.measures.dependents import networks_of
from splinternet.measures.resampling import Draws
from splinternet.world.confidence import doubts_of_links
from splinternet.world.learned import as_routed
from splinternet.world.manifest import Manifest
from splinternet.world.world import World

__all__ = [
    "about_computed",
    "about_figures",
    "about_shipped",
    "between",
    "figure_ranged",
    "has_ranges",
    "of_shipped",
    "points_ranged",
    "ranged",
    "unsought_doubts",
]


def ranged(share: float, low: float | None, high: float | None, *, known: bool = False) -> str:
    """Write a share, and its range in brackets: ``10% (7% to 13%)``.

    A share that is the same by every rule stands alone, and so does one whose range is not known;
    where ``known`` says that others beside it have ranges, that is said of it.
    """
    own, ends = rounded(share), between(low, high)
    if not ends and known:
        ends = phrase("words.ranges.unknown")
    return own if ends in ("", own) else phrase("words.ranges.share", share=own, ends=ends)


def between(low: float | None, high: float | None) -> str:
    """Write a range, as one share if both ends are; nothing where it is not known."""
    if low is None or high is None:
        return ""
    ends = rounded(low), rounded(high)
    return ends[0] if ends[0] == ends[1] else phrase("charts.between", low=ends[0], high=ends[1])


def figure_ranged(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Write a figure in its unit, and its range in brackets as :func:`ranged` does."""
    if unit == "share" or low is None or high is None:
        return ranged(value, low, high) if unit == "share" else rounded_number(value)
    ends = rounded_number(low), rounded_number(high)
    if ends[0] == ends[1]:
        return rounded_number(value)
    between_ends = phrase("charts.between", low=ends[0], high=ends[1])
    return phrase("words.ranges.share", share=rounded_number(value), ends=between_ends)


def points_ranged(difference: float, low: float | None, high: float | None) -> str:
    """Write a difference in points, and its range in brackets: ``+5 (+3 to +8)``."""
    own = in_points(difference)
    if low is None or high is None:
        return own
    ends = in_points(low), in_points(high)
    if ends[0] == ends[1]:
        return own
    between_ends = phrase("charts.between", low=ends[0], high=ends[1])
    return phrase("words.ranges.share", share=own, ends=between_ends)


def about_shipped(shares: pl.DataFrame, *, headline: bool = True) -> str:
    """Say what the ranges are that stand beside shares if they are shipped; else why none do.

    With ``headline`` also that the range of the largest share of a nation is another.
    """
    if not has_ranges(shares):
        return phrase("words.ranges.none")
    return of_shipped(headline=headline)


def about_figures(tables: Iterable[pl.DataFrame]) -> str:
    """Say what the ranges of nations' figures in tables are, or why there are none."""
    known = any(
        has_ranges(table, low) for table in tables for low in table.columns if low.endswith("_low")
    )
    return phrase("words.ranges.some" if known else "words.ranges.none")


def has_ranges(shares: pl.DataFrame, low: str = "share_low") -> bool:
    """Whether a table has the range of any share."""
    return low in shares.columns and shares[low].count() > 0


def of_shipped(*, headline: bool = True) -> str:
    """Say what ranges are that are shipped, as :func:`about_shipped`."""
    return _about(phrase("words.ranges.shipped"), headline=headline)


def about_computed(world: Manifest, draws: Draws | None = None, *, headline: bool = True) -> str:
    """Say what ranges are that were computed on a world, and in worlds drawn besides.

    With ``headline`` also that the range of the largest share of a nation is another.
    """
    if draws is None:
        return _about(phrase("words.ranges.computed", world=world.name), headline=headline)
    return _about(phrase("words.ranges.drawn", world=world.name, draws=draws), headline=headline)


def _about(of: str, *, headline: bool = True) -> str:
    """Say how far ranges reach, of what they are, and that those of headlines are others."""
    said = (phrase("words.ranges.rules"), of, *[phrase("words.ranges.headline")] * headline)
    return " ".join(said)


def unsought_doubts(world: World, carrier: str) -> str:
    """Say what is known of doubts where shares of many nations are computed, and none looked for.

    A share rests on a doubted link of the carrier itself; so it cannot where there is none.
    """
    networks = networks_of(world, carrier)
    if not doubts_of_links(as_routed(world, Routing()), networks):
        return phrase("words.doubts.none")
    return phrase("words.doubts.unsought")
