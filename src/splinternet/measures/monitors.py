"""Networks on the paths to a nation that route collectors saw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.errors import WorldError, remedy
from splinternet.world.rib.summary import summarise_monitors
from splinternet.world.world import World

__all__ = [
    "full_monitors",
    "hops_to",
    "in_both",
    "monitors_of",
    "reached_by",
    "shares_of_monitors",
    "shown_by",
    "unseen",
]


def full_monitors(world: World) -> pl.Series:
    """AS numbers of the monitors with full tables of IPv4, ascending; of all, if none has one.

    Raises
    ------
    WorldError
        If the world has no observed paths.
    """
    paths = world.paths.filter(pl.col("addresses").is_not_null())
    if not paths.height:
        raise WorldError(
            f"world {world.manifest.name} has no observed paths of IPv4; add some with "
            "'splinternet add-paths'"
        )
    monitors = summarise_monitors(paths)
    full = monitors.filter(pl.col("table") == "full")
    return (full if full.height else monitors)["asn"].unique().sort()


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
    names = full_monitors(world)
    outside = names.filter(~names.is_in(home.implode()))
    if not shown_by(world, outside, pl.DataFrame({"asn": home})).height:
        raise unseen(f"outside shows a path to {what}")
    return outside


def _paths(paths: str) -> str:
    """Choice of paths, as it is written."""
    return remedy(f"paths={paths!r}", f"--paths {paths}")


def unseen(what: str) -> WorldError:
    """No monitor does what is wanted."""
    return WorldError(
        f"no monitor {what}; take {_paths('modelled')}, or add routing tables of more collectors"
    )


def in_both(networks: pl.DataFrame, model: World, *, what: str) -> pl.DataFrame:
    """Leave networks that the model has too, which knows none that observed paths alone show.

    Raises
    ------
    WorldError
        If it has none of them.
    """
    here = networks.filter(pl.col("asn").is_in(model.networks["asn"].implode()))
    if not here.height:
        raise WorldError(
            f"only observed paths show a link of {what}: there is no model to compare; "
            f"take {_paths('observed')}"
        )
    return here


def shown_by(world: World, monitors: pl.Series, networks: pl.DataFrame) -> pl.DataFrame:
    """Leave the networks to which some of the monitors, not themselves, show a path."""
    seen = world.paths.filter(
        pl.col("addresses").is_not_null()
        & pl.col("monitor").is_in(monitors.implode())
        & (pl.col("monitor") != pl.col("origin"))
    )["origin"]
    return networks.filter(pl.col("asn").is_in(seen.implode()))


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
        ASNs, and shares of all that is to be reached, shape ``(monitors, networks)``. The
        weight of a network is split over a monitor's paths to it by their addresses. Ends of a path
        do not count; what a monitor shows no path to counts as reached through nobody.
    """
    hops = hops_to(world, monitors, nation)
    if discount:
        hops = _below_the_top(world, hops)
    inner = hops.filter((pl.col("place") > 0) & (pl.col("place") < pl.col("links")))
    if discount:
        inner = inner.with_columns(part=pl.col("part") / (pl.col("links") - pl.col("place")))
    summed = inner.group_by("monitor", "asn", maintain_order=True).agg(pl.col("part").sum())
    networks = summed["asn"].unique().sort()
    shares = np.zeros((len(monitors), len(networks)))
    rows, columns = (
        np.searchsorted(every.to_numpy(), summed[name].to_numpy())
        for every, name in ((monitors, "monitor"), (networks, "asn"))
    )
    shares[rows, columns] = summed["part"].to_numpy()
    return networks, shares / reached_by(monitors, nation)[:, None]


def reached_by(monitors: pl.Series, destinations: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Weight of all that each monitor is to reach: itself it need not."""
    own = pl.DataFrame({"asn": monitors}).join(
        destinations.select("asn", "weight"), on="asn", how="left", maintain_order="left"
    )
    left: npt.NDArray[np.float64] = (
        destinations["weight"].sum() - own["weight"].fill_null(0.0).to_numpy()
    )
    return left


def hops_to(world: World, monitors: pl.Series, destinations: pl.DataFrame) -> pl.DataFrame:
    """Networks on observed paths of some monitors, in order.

    Returns
    -------
    polars.DataFrame
        ``row`` numbers the paths; ``monitor``, ``origin``; ``part``, what of the weight of its
        origin goes by the path; ``asn``, ``place`` on it from 0, and ``links`` of the path. The
        weight of a network is split over a monitor's paths to it by their addresses.
    """
    on = ("monitor", "origin")
    addresses = pl.col("addresses").cast(pl.Float64) + 1e-9  # all may lie in longer prefixes
    told = (
        world.paths.filter(
            pl.col("addresses").is_not_null()
            & pl.col("monitor").is_in(monitors.implode())
            & (pl.col("monitor") != pl.col("origin"))
        )
        .join(destinations.select(origin="asn", weight="weight"), on="origin")
        .with_columns(part=pl.col("weight") * addresses / addresses.sum().over(on))
        .with_row_index("row")
    )
    return (
        told.select("row", *on, "part", asn="path", links=pl.col("path").list.len() - 1)
        .explode("asn")
        .with_columns(place=pl.int_range(pl.len()).over("row"))
    )


def _below_the_top(world: World, hops: pl.DataFrame) -> pl.DataFrame:
    """Keep of each path what stands from its first provider of the next network on."""
    transit = world.links.filter(pl.col("kind") == "p2c").select("a", "b")
    after = hops.with_columns(after=pl.col("asn").shift(-1).over("row"))
    down = after.join(transit, left_on=["asn", "after"], right_on=["a", "b"], how="semi")
    top = down.group_by("row").agg(pl.col("place").min().alias("top"))
    return hops.join(top, on="row").filter(pl.col("place") >= pl.col("top"))
