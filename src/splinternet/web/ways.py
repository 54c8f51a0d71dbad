"""Carriers on the routes from one nation to another, how sure they are, and who else could be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import polars as pl

from splinternet.base.choices import PREFERENCES, Routing, Weights
from splinternet.measures.doubts import shares_and_doubts
from splinternet.measures.nation import in_country
from splinternet.routing.avoiding import arriving
from splinternet.routing.sweep import Progress
from splinternet.routing.traffic import weigh
from splinternet.routing.transit import crossing, transit
from splinternet.scenario.apply import apply
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["SHOWN", "Way", "find_way"]

#: Networks and states of a table.
SHOWN = 8

#: Who carries at least so much more of the traffic is an alternative.
_GAIN = 0.005

_Ends = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Way:
    """Carriers on the routes one way: parts of the traffic by network and by state.

    Attributes
    ----------
    networks, states
        ``asn`` and ``share``, ``group`` and ``share``, largest first. ``share_low`` and
        ``share_high`` of those that are shown reach from the smallest to the largest of what other
        rules give: every preference, and of networks every weighting. States are those of third
        nations alone.
    doubts
        Why shares of networks are not sure, by AS number.
    lost
        The network of a third nation that is on most routes; None if there is none.
    instead
        Networks that are on more of the routes without it, the largest gain first: ``share`` then
        and ``before``, each with ``_low`` and ``_high`` of what other rules give.
    reached
        Part of the traffic that still has a route without it.
    """

    networks: pl.DataFrame
    states: pl.DataFrame
    doubts: Mapping[int, str] = field(default_factory=dict)
    lost: int | None = None
    instead: pl.DataFrame | None = None
    reached: float = 1.0


def find_way(world: World, source: str, destination: str, progress: Progress | None = None) -> Way:
    """Find who is on the routes, and who would be without the carrier that is on most."""
    codes = source, destination
    routing = Routing()
    ends = _ends(world, codes, "addresses")
    networks, doubts = shares_and_doubts(
        as_routed(world, routing), *ends, routing=routing, progress=progress
    )
    groups = world.networks.select("asn", group="country")
    states = crossing(world, groups, *ends).filter(~pl.col("group").is_in(codes))
    rules = list(_networks_by_rule(world, codes))
    found = Way(
        _ranged(networks, "asn", rules),
        _ranged(states, "group", _states_by_rule(world, groups, states["group"], ends)),
        {asn: doubt.words for asn, doubt in doubts.items()},
    )
    own = world.networks.filter(pl.col("country").is_in(codes))["asn"]
    third = networks.filter(~pl.col("asn").is_in(own.implode()), pl.col("share") > 0)
    if third.is_empty():
        return found
    lost = int(third["asn"][0])
    after = apply(
        world,
        f'name = "Without AS{lost}"\nworld = "{world.manifest.name}"\n'
        f'[[shocks]]\nkind = "remove"\nnetworks = "AS{lost}"\n',
    )
    reached = arriving(after, *ends) / (arriving(world, *ends) or 1.0)
    gained = _gained(networks, transit(after, *ends, progress=progress))
    now = _ranged(gained.select("asn", share="before"), "asn", rules)
    then = _ranged(gained.select("asn", "share"), "asn", _networks_by_rule(after, codes))
    before = now.rename(lambda name: name.replace("share", "before"))
    instead = then.join(before, on="asn", maintain_order="left")
    return Way(found.networks, found.states, found.doubts, lost, instead, reached)


def _gained(networks: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Networks that carry more than before, and both shares; the largest gain first."""
    before = networks.select("asn", before="share")
    gain = pl.col("share") - pl.col("before")
    return (
        after.select("asn", "share")
        .join(before, on="asn", how="left")
        .with_columns(pl.col("before").fill_null(0.0))
        .filter(gain >= _GAIN)
        .sort(gain, "asn", descending=[True, False])
        .head(SHOWN)
    )


def _ends(world: World, codes: tuple[str, str], weights: Weights) -> _Ends:
    """Weigh the networks of both nations, alike where what they weigh is not known of one."""
    column = "ipv4_addresses" if weights == "addresses" else "members"
    known = [world.networks.filter(country=code)[column].sum() for code in codes]
    one, other = (
        weigh(world, weights if sum_ else "networks", in_country(world, code))
        for code, sum_ in zip(codes, known, strict=True)
    )
    return one, other


def _networks_by_rule(world: World, codes: tuple[str, str]) -> Iterable[pl.DataFrame]:
    """Shares of networks by every preference and weighting."""
    weightings: tuple[Weights, ...] = ("addresses", "networks")
    for weights, prefer in product(weightings, PREFERENCES):
        yield transit(world, *_ends(world, codes, weights), prefer=prefer)


def _states_by_rule(
    world: World, groups: pl.DataFrame, wanted: pl.Series, ends: _Ends
) -> Iterable[pl.DataFrame]:
    """Shares of the states that are shown by every preference."""
    some = groups.filter(pl.col("group").is_in(wanted.drop_nulls().head(SHOWN).implode()))
    if some.height:
        for prefer in PREFERENCES:
            yield crossing(world, some, *ends, prefer=prefer)


def _ranged(shares: pl.DataFrame, of: str, rules: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Add to those that are shown the smallest and largest share by any rule."""
    shown = shares.select(of, "share").drop_nulls(of).head(SHOWN)
    found = [shown, *(each.select(of, "share") for each in rules)]
    if len(found) == 1:
        none = pl.lit(None, pl.Float64)
        return shares.with_columns(share_low=none, share_high=none)
    ends = (
        pl.concat(
            shown.select(of)
            .join(each, on=of, how="left")
            .with_columns(pl.col("share").fill_null(0))
            for each in found
        )
        .group_by(of)
        .agg(share_low=pl.col("share").min(), share_high=pl.col("share").max())
    )
    return shares.join(ends, on=of, how="left", maintain_order="left")
