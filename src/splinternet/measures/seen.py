"""Traffic of a nation that monitors show: what it passes, by their paths and by the model's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Counting, PathsFrom, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.measures.monitors import (
    full_monitors,
    hops_to,
    in_both,
    reached_by,
    shares_of_monitors,
    shown_by,
    unseen,
)
from splinternet.measures.trimmed import Shares, check_paths, side_by_side, trimmed_mean
from splinternet.routing.path_sets import PathSets
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import crossing, transit
from splinternet.routing.vantage import shares_by_source
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = [
    "Through",
    "Watched",
    "observed_sets",
    "observed_through",
    "parts_counted",
    "shares_seen",
]

#: How an error says that no monitor sees a nation.
_SEES = {
    "inbound": "outside shows a path to {}",
    "outbound": "in {} shows a path abroad",
    "domestic": "in {} shows a path within it",
}


@dataclass(frozen=True, eq=False)
class Watched:
    """Traffic that monitors show.

    Attributes
    ----------
    monitors
        ``asn``, ascending, and ``weight``: each counts one.
    destinations
        ``asn`` and ``weight`` of the networks to which any of them shows a path.

    Both have a column ``group`` where the ends of the traffic have one.
    """

    monitors: pl.DataFrame
    destinations: pl.DataFrame

    @classmethod
    def of(
        cls,
        world: World,
        both: tuple[pl.DataFrame, pl.DataFrame],
        country: str,
        counting: Counting,
    ) -> Watched:
        """Leave of the ends of a nation's traffic what monitors with full tables show.

        Raises
        ------
        MisuseError
            If networks abroad are to count by anything: monitors count one each.
        WorldError
            If the world has no observed paths, or no monitor shows a path of this traffic.
        """
        if counting.outside != Counting().outside:
            raise MisuseError("with observed paths each monitor counts one; leave outside out")
        sources, destinations = both
        names = full_monitors(world)
        monitors = sources.filter(pl.col("asn").is_in(names.implode())).sort("asn")
        shown = shown_by(world, monitors["asn"], destinations).filter(pl.col("weight") > 0)
        reach = pl.Series(reached_by(monitors["asn"], shown))
        monitors = monitors.filter(reach > 0).with_columns(weight=pl.lit(1.0))
        if not monitors.height or not shown.height:
            raise unseen(_SEES[counting.direction].format(country_code(country)))
        return cls(monitors, shown)

    @property
    def ends(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Sources and destinations, as of any traffic."""
        return self.monitors, self.destinations

    def within(self, model: World) -> Watched:
        """Leave the ends that the model has too.

        Raises
        ------
        WorldError
            If none is left at either end.
        """
        monitors = in_both(self.monitors, model, what="the monitors")
        shown = in_both(self.destinations, model, what="what monitors show")
        return Watched(monitors, shown)


class Through(NamedTuple):
    """Part of each monitor's traffic that passes networks, or groups of them.

    ``shares`` are of what counts for a group, ``counted`` is the part of all that does; shape
    ``(monitors, names)``.
    """

    names: pl.Series
    shares: Shares
    counted: Shares

    def means(self, key: str) -> pl.DataFrame:
        """Mean over the monitors of which something counts, without extremes; and ``counted``."""
        found = [
            trimmed_mean(of[counts > 0][:, None])[0] if (counts > 0).any() else 0.0
            for of, counts in zip(self.shares.T, self.counted.T, strict=True)
        ]
        return (
            pl.DataFrame({key: self.names})
            .with_columns(
                share=pl.Series(found, dtype=pl.Float64),
                counted=pl.Series(self.counted.mean(axis=0), dtype=pl.Float64),
            )
            .sort("share", key, descending=[True, False])
        )


def shares_seen(
    world: World,
    watched: Watched,
    paths: PathsFrom,
    key: str,
    groups: pl.DataFrame | None = None,
    *,
    routing: Routing,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Shares of traffic that monitors show, by networks or groups of them.

    Parameters
    ----------
    world
        A world with the table ``paths``.
    watched
        The traffic.
    paths
        ``observed`` or ``both``.
    key
        How to call the column of networks, or groups.
    groups
        ``asn`` and ``group``; each network by itself if None.
    routing
        How the model chooses. It is told nothing of what was observed.

    Returns
    -------
    polars.DataFrame
        ``key``, ``share`` and ``counted``; or with ``both`` ``key``, ``share`` (modelled),
        ``observed`` and ``difference``. Only what has a share.
    """
    check_paths(paths)
    if paths == "observed":
        found = observed_through(world, watched, groups).means(key)
        return found.filter(pl.col("share") > 0)
    routing = replace(routing, observed="none")
    model = as_routed(world, routing)
    watched = watched.within(model)
    observed = observed_through(world, watched, groups).means(key)
    modelled = _modelled_through(model, watched, groups, routing, progress).means(key)
    both = side_by_side(modelled, observed, "share", keys=[key])
    return both.filter((pl.col("share") > 0) | (pl.col("observed") > 0))


def observed_through(world: World, watched: Watched, groups: pl.DataFrame | None) -> Through:
    """Networks that observed paths pass strictly between their ends; a group once on each."""
    monitors, destinations = watched.monitors["asn"], watched.destinations
    if groups is None:
        names, shares = shares_of_monitors(world, monitors, destinations, discount=False)
        return Through(names, shares, np.ones(shares.shape))
    hops = hops_to(world, monitors, destinations)
    crossed = (
        hops.filter((pl.col("place") > 0) & (pl.col("place") < pl.col("links")))
        .join(groups.select("asn", "group"), on="asn", how="left")
        .unique(["row", "group"], maintain_order=True)
    )
    if "group" in destinations.columns:
        for end, side in (("monitor", watched.monitors), ("origin", destinations)):
            ends = side.select(pl.col("asn").alias(end), end_group="group")
            crossed = (
                crossed.join(ends, on=end)
                .filter(pl.col("group").ne_missing(pl.col("end_group")))
                .drop("end_group")
            )
    summed = crossed.group_by("monitor", "group", maintain_order=True).agg(
        share=pl.col("part").sum()
    )
    names, passed = _laid_out(monitors, summed)
    counted = _counted(watched, names)
    reach = reached_by(monitors, destinations)[:, None]
    return Through(names, passed / reach / np.where(counted > 0, counted, 1.0), counted)


def _modelled_through(
    world: World,
    watched: Watched,
    groups: pl.DataFrame | None,
    routing: Routing,
    progress: Progress | None,
) -> Through:
    """The same by the routes that the model gives these monitors."""
    monitors, destinations = watched.monitors, watched.destinations
    if groups is None and not destinations["asn"].is_in(monitors["asn"].implode()).any():
        names = transit(world, monitors, destinations, routing=routing, progress=progress)["asn"]
        shares = shares_by_source(
            world, monitors["asn"], destinations, names, routing=routing, progress=progress
        )
        return Through(names, shares, np.ones(shares.shape))
    found = []
    for one in monitors.iter_slices(1):
        if groups is None:
            each = transit(world, one, destinations, routing=routing).rename({"asn": "group"})
        else:
            each = crossing(world, groups, one, destinations, routing=routing)
        found.append(
            each.select(monitor=pl.lit(one["asn"][0], pl.UInt32), group="group", share="share")
        )
        if progress:
            progress(len(found), monitors.height)
    names, shares = _laid_out(monitors["asn"], pl.concat(found))
    return Through(
        names, shares, np.ones(shares.shape) if groups is None else _counted(watched, names)
    )


def _laid_out(monitors: pl.Series, shares: pl.DataFrame) -> tuple[pl.Series, Shares]:
    """Lay ``monitor``, ``group`` and ``share`` out: names, and shape ``(monitors, names)``."""
    names = shares["group"].unique().sort()
    place = pl.DataFrame({"group": names}).with_row_index("column")
    at = shares.join(place, on="group", nulls_equal=True)
    laid = np.zeros((len(monitors), len(names)))
    rows = np.searchsorted(monitors.to_numpy(), at["monitor"].to_numpy())
    laid[rows, at["column"].to_numpy()] = at["share"].to_numpy()
    return names, laid


def _counted(watched: Watched, names: pl.Series) -> Shares:
    """Part of each monitor's traffic that has no end in a group; all where groups have no ends."""
    if "group" not in watched.destinations.columns or names.is_empty():
        return np.ones((watched.monitors.height, len(names)))
    return np.stack([parts_counted(watched, name) for name in names], axis=1)


def parts_counted(watched: Watched, name: str | None) -> npt.NDArray[np.float64]:
    """Part of each monitor's traffic that has no end in a group; shape ``(monitors,)``."""
    monitors, destinations = watched.monitors["asn"], watched.destinations
    in_it = pl.col("group").eq_missing(pl.lit(name, pl.String))
    inside = destinations.filter(in_it)
    ended = reached_by(monitors, inside) / reached_by(monitors, destinations)
    at_home = watched.monitors.select(in_it).to_series().to_numpy()
    counted: npt.NDArray[np.float64] = np.where(at_home, 0.0, 1 - ended)
    return counted


def observed_sets(world: World, watched: Watched, networks: pl.Series) -> PathSets:
    """Divide observed paths by the set of the given networks that they pass, ends included.

    A path counts its part of what its monitor reaches; monitors count alike. A set cover
    is of the traffic of all of them together: none is left out as extreme.
    """
    monitors = watched.monitors["asn"]
    hops = hops_to(world, monitors, watched.destinations)
    reach = pl.DataFrame({"monitor": monitors, "reach": reached_by(monitors, watched.destinations)})
    place = pl.DataFrame({"asn": networks}).with_row_index("member")
    parts = (
        hops.filter(pl.col("place") == 0)
        .join(reach, on="monitor")
        .select("row", share=pl.col("part") / pl.col("reach") / len(monitors))
    )
    routed = float(parts["share"].sum())
    sets = (
        hops.join(place, on="asn")
        .group_by("row")
        .agg(pl.col("member").unique().sort())
        .join(parts, on="row")
        .sort("row")
        .group_by("member", maintain_order=True)
        .agg(pl.col("share").sum() / routed)
        .sort("member")
    )
    lengths = sets["member"].list.len().to_numpy()
    return PathSets(
        share=sets["share"].to_numpy(),
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        member=sets["member"].explode().cast(pl.Int64).to_numpy(),
        clipped=np.zeros(sets.height, dtype=np.bool_),
        routed=routed,
    )
