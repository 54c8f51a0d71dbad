"""What the paths that route collectors saw pass on their way to a nation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.errors import WorldError
from splinternet.world.rib.summary import summarise_monitors
from splinternet.world.world import World

__all__ = ["monitors_of", "shares_of_monitors", "shown_by"]


def monitors_of(world: World, home: pl.Series, *, what: str) -> pl.Series:
    """AS numbers of the monitors with full tables outside a nation, of which some path leads to it.

    Parameters
    ----------
    world
        A world with the table ``paths``.
    home
        The networks of the nation.
    what
        How to call the nation in an error.

    Raises
    ------
    WorldError
        If the world has no observed paths, or no monitor shows a path to the nation.
    """
    paths = world.paths.filter(pl.col("addresses").is_not_null())
    if not paths.height:
        raise WorldError(
            f"world {world.manifest.name} has no observed paths of IPv4; add some with "
            "'splinternet add-paths'"
        )
    monitors = summarise_monitors(paths)
    full = monitors.filter(pl.col("table") == "full")
    names = (full if full.height else monitors)["asn"].unique().sort()
    outside = names.filter(~names.is_in(home.implode()))
    to_it = pl.col("origin").is_in(home.implode()) & pl.col("monitor").is_in(outside.implode())
    if not paths.filter(to_it).height:
        raise WorldError(
            f"no monitor outside shows a path to {what}; take --paths modelled, or add routing "
            "tables of more collectors"
        )
    return outside


def shown_by(world: World, monitors: pl.Series, nation: pl.DataFrame) -> pl.DataFrame:
    """Networks of a nation, with their weights, to which some of the monitors show a path."""
    seen = world.paths.filter(pl.col("monitor").is_in(monitors.implode()))["origin"]
    return nation.filter(pl.col("asn").is_in(seen.implode()))


def shares_of_monitors(
    world: World, monitors: pl.Series, nation: pl.DataFrame, *, discount: bool
) -> tuple[pl.Series, npt.NDArray[np.float64]]:
    """Networks on observed paths to a nation, and each monitor's share through each of them.

    Parameters
    ----------
    world
        A world with the table ``paths``.
    monitors
        AS numbers of the monitors, each a row of the result.
    nation
        ``asn`` and ``weight`` of the networks to be reached.
    discount
        Count as CTI does: from the provider of the first link down to a customer on, divided by
        the links to the origin.

    Returns
    -------
    tuple of polars.Series and numpy.ndarray
        ASNs, and shares of all that is to be reached, shape ``(monitors, networks)``. What a
        network weighs is split over a monitor's paths to it by their addresses. The ends of a path
        do not count; what a monitor shows no path to counts as reached through nobody.
    """
    on = ("monitor", "origin")
    addresses = pl.col("addresses").cast(pl.Float64) + 1e-9  # all may lie in longer prefixes
    told = (
        world.paths.filter(
            pl.col("addresses").is_not_null() & pl.col("monitor").is_in(monitors.implode())
        )
        .join(nation.select(origin="asn", weight="weight"), on="origin")
        .with_columns(part=pl.col("weight") * addresses / addresses.sum().over(on))
        .with_row_index("row")
    )
    hops = (
        told.select("row", "monitor", "part", asn="path", links=pl.col("path").list.len() - 1)
        .explode("asn")
        .with_columns(place=pl.int_range(pl.len()).over("row"))
    )
    if discount:
        hops = _below_the_top(world, hops)
    inner = hops.filter((pl.col("place") > 0) & (pl.col("place") < pl.col("links")))
    if discount:
        inner = inner.with_columns(part=pl.col("part") / (pl.col("links") - pl.col("place")))
    summed = inner.group_by("monitor", "asn").agg(pl.col("part").sum())
    networks = summed["asn"].unique().sort()
    shares = np.zeros((len(monitors), len(networks)))
    rows, columns = (
        np.searchsorted(every.to_numpy(), summed[name].to_numpy())
        for every, name in ((monitors, "monitor"), (networks, "asn"))
    )
    shares[rows, columns] = summed["part"].to_numpy() / nation["weight"].sum()
    return networks, shares


def _below_the_top(world: World, hops: pl.DataFrame) -> pl.DataFrame:
    """Keep of each path what stands from its first provider of the next network on."""
    transit = world.links.filter(pl.col("kind") == "p2c").select("a", "b")
    after = hops.with_columns(after=pl.col("asn").shift(-1).over("row"))
    down = after.join(transit, left_on=["asn", "after"], right_on=["a", "b"], how="semi")
    top = down.group_by("row").agg(pl.col("place").min().alias("top"))
    return hops.join(top, on="row").filter(pl.col("place") >= pl.col("top"))
