"""Avoidance: what gets past a nation's busiest border networks, and past the nation itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.errors import MisuseError
from splinternet.measures.measure import Figure, Measure
from splinternet.measures.nation import ends, in_country
from splinternet.routing.avoiding import arriving, avoiding, leaving, networks_below
from splinternet.routing.sweep import Policy, Prefer, Progress, Ties
from splinternet.routing.transit import Weights, passing, weigh
from splinternet.world.world import World

__all__ = ["MEASURE", "avoidance", "choke_points", "crp", "grp"]

_CENSORS = (1, 5, 10)


def avoidance(
    world: World,
    country: str,
    *,
    censors: Iterable[int] = _CENSORS,
    weights: Weights = "networks",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Censorship resilience potential and global reachability potential of a nation.

    Parameters
    ----------
    world, country, censors, weights, prefer, ties, progress
        As for :func:`crp` and :func:`grp`.

    Returns
    -------
    polars.DataFrame
        ``potential``, ``censors`` (null for GRP) and ``share``: a row ``CRP`` for each number of
        censors, none if the nation has no route abroad; and a row ``GRP``, none if there is no
        route between networks outside it.

    Raises
    ------
    MisuseError, WorldError, RoutingError
        As for :func:`crp` and :func:`grp`.
    """
    rules: dict[str, Any] = {
        "weights": weights, "prefer": prefer, "ties": ties, "progress": progress,
    }  # fmt: skip
    resilience = crp(world, country, censors=censors, **rules)
    reachable = grp(world, [country], **rules)
    table = resilience.select(pl.lit("CRP").alias("potential"), "censors", "share")
    found = [("GRP", None, reachable)] if reachable is not None else []
    return pl.concat([table, pl.DataFrame(found, schema=table.schema, orient="row")])


def choke_points(
    world: World,
    country: str,
    *,
    weights: Weights = "networks",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Choke potential of a nation's border networks.

    The share of the nation's outbound traffic that a network hands to one abroad: what it could
    hold up at the border. Paths go from every network of the nation to every other network.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    weights
        What a network of the nation counts; each network abroad counts one.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.sweep.Policy`.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``members`` (networks that it stands for, above 1 only in a digest) and
        ``share`` of the traffic that has a route; those first that choke most, by member, those
        equal to six decimals by ASN. Only networks with any share, so none if the nation has no
        route abroad. The shares add up to 1, and to more where paths leave the nation repeatedly.

    Raises
    ------
    MisuseError
        If there is no such country or weight, or nothing lies abroad.
    WorldError
        If the world has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Ivanovic, Wirz, Subirà Nieto and Perrig, Charting Censorship Resilience and Global Internet
    Reachability, IFIP Networking 2024, https://arxiv.org/abs/2403.09447. Here every network that
    is registered in the nation is one of it, whether or not links within the nation join it to
    the others; theirs are only those of the largest part so joined.
    """
    both = ends(world, country, "outbound", weights)
    handed = leaving(world, *both, prefer=prefer, ties=ties, progress=progress)
    return _rank(world, both[0]["asn"], handed, arriving(world, *both))


def _rank(
    world: World, home: pl.Series, handed: npt.NDArray[np.float64], routed: float
) -> pl.DataFrame:
    """Order networks by what each hands abroad, as a share of all that has a route."""
    share = pl.Series(handed / routed if routed else handed)
    by_member = (pl.col("share") / pl.col("members")).round(6)
    return (
        pl.DataFrame({"asn": home, "share": share})
        .filter(pl.col("share") > 0)
        .join(world.networks, on="asn")
        .sort(by_member, "asn", descending=[True, False])
        .select("asn", "name", "members", "share")
    )


def crp(
    world: World,
    country: str,
    *,
    censors: Iterable[int] = _CENSORS,
    weights: Weights = "networks",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Censorship resilience potential: what still leaves a nation past its N busiest exits.

    The share of the nation's outbound traffic with a route, that neither starts at a censor nor
    passes one. The censors are the N border networks with the largest :func:`choke_points`, all
    if there are fewer. Paths stay as they are: nobody routes around a censor.

    Parameters
    ----------
    censors
        Numbers N of censors.
    world, country, weights, prefer, ties, progress
        As for :func:`choke_points`.

    Returns
    -------
    polars.DataFrame
        ``censors`` and ``share``, by the former; no rows if the nation has no route abroad. In a
        digest a group of networks counts as so many censors.

    Raises
    ------
    MisuseError
        If a number of censors is below one; and as for :func:`choke_points`.
    WorldError, RoutingError
        As for :func:`choke_points`.

    Notes
    -----
    Defined in the paper that :func:`choke_points` names.
    """
    numbers = sorted(set(censors))
    if any(number < 1 for number in numbers):
        raise MisuseError(f"there cannot be {numbers[0]} censors; ask for one or more")
    both = ends(world, country, "outbound", weights)
    sources = both[0]
    handed = leaving(world, *both, prefer=prefer, ties=ties, progress=progress)
    routed = arriving(world, *both)
    if not routed or not numbers:
        return pl.DataFrame(schema={"censors": pl.Int64, "share": pl.Float64})
    points = _rank(world, sources["asn"], handed, routed)
    chosen = [_first(points, number) for number in numbers]
    whole = [each.filter(pl.col("part") == 1)["asn"] for each in chosen]
    clear = avoiding(world, whole, *both, prefer=prefer, ties=ties, progress=progress)
    weight = sources["weight"].to_numpy()
    shares = []
    for each, arrives in zip(chosen, clear, strict=True):
        part = sources.join(each, on="asn", how="left", maintain_order="left")["part"].fill_null(0)
        shares.append(weight * (1 - part.to_numpy()) @ arrives / weight.sum() / routed)
    return pl.DataFrame({"censors": numbers, "share": shares})


def _first(points: pl.DataFrame, number: int) -> pl.DataFrame:
    """Make the first networks censors: ``asn`` and what ``part`` of its members, if any."""
    before = pl.col("members").cum_sum() - pl.col("members")
    part = ((number - before) / pl.col("members")).clip(0, 1)
    return points.select("asn", part=part).filter(pl.col("part") > 0)


def grp(
    world: World,
    countries: Iterable[str],
    *,
    weights: Weights = "networks",
    prefer: Prefer = "customer-first",
    ties: Ties = "split",
    progress: Progress | None = None,
) -> float | None:
    """Global reachability potential: what of the rest of the world's traffic avoids some states.

    The share of the traffic between networks outside these states, of that which has a route,
    whose path passes no network of theirs. Networks of unknown country are outside.

    Parameters
    ----------
    world
        The world.
    countries
        Codes or English names of the states, one or more.
    weights
        What a network counts as source, and as destination.
    prefer, ties
        How networks choose routes; see :class:`~splinternet.routing.sweep.Policy`.

    Returns
    -------
    float or None
        From 0 (nothing avoids them) to 1; None if there is no route between networks outside, as
        where there are fewer than two.

    Raises
    ------
    MisuseError
        If there is no such country or weight, or none is named.
    WorldError
        If the world has no network in one of them, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Defined in the paper that :func:`choke_points` names. There, networks with several countries
    (the largest carriers) belong to none and so never stand in the way; here each belongs to the
    one that the world has for it.
    """
    states = [in_country(world, country) for country in countries]
    if not states:
        raise MisuseError("no state to avoid; name one or more")
    theirs = pl.concat(states).unique()
    policy: dict[str, Any] = asdict(Policy(prefer, ties))
    outside = weigh(world, weights).filter(~pl.col("asn").is_in(theirs.implode()))
    routed = _routed_without(world, weights, outside["asn"])
    if not routed:
        return None
    # A path can only pass a network if that is above its source or its destination.
    below = pl.col("asn").is_in(networks_below(world, theirs).implode())
    passed = 0.0
    for sources, destinations in (
        (outside, outside.filter(below)),
        (outside.filter(below), outside.filter(~below)),
    ):
        if (pairs := _pairs(world, sources, destinations)) > 0:
            share = passing(world, theirs, sources, destinations, **policy, progress=progress)
            passed += pairs * share
    return max(0.0, 1 - passed / routed)


def _routed_without(world: World, weights: Weights, outside: pl.Series) -> float:
    """Weight of the pairs of networks outside that have a route.

    Who reaches whom is the same both ways, and among all networks the same for every state: so
    what has an end among the others, mostly few, is taken from what is found once for a world.
    """
    everyone = weigh(world, weights)
    known = _routed_pairs.setdefault(world, {})
    if weights not in known:
        known[weights] = _routed(world, everyone, everyone)
    others = everyone.filter(~pl.col("asn").is_in(outside.implode()))
    left = known[weights] - 2 * _routed(world, everyone, others) + _routed(world, others, others)
    # Of numbers that large the difference is hardly ever zero.
    return left if left > 1e-9 * known[weights] else 0.0


_routed_pairs: WeakKeyDictionary[World, dict[str, float]] = WeakKeyDictionary()


def _routed(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Weight of the pairs of two different networks that have a route."""
    pairs = _pairs(world, sources, destinations)
    return pairs * arriving(world, sources, destinations) if pairs > 0 else 0.0


def _pairs(world: World, sources: pl.DataFrame, destinations: pl.DataFrame) -> float:
    """Sum the products of the weights of all pairs of two different networks."""
    same = sources.join(destinations, on="asn").join(world.networks, on="asn")
    itself = float((same["weight"] * same["weight_right"] / same["members"]).sum())
    return float(sources["weight"].sum()) * float(destinations["weight"].sum()) - itself


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    crps = dict(table.filter(pl.col("potential") == "CRP").select("censors", "share").iter_rows())
    grps = table.filter(pl.col("potential") == "GRP")["share"]
    return {
        **{f"crp_{number}": crps.get(number) for number in _CENSORS},
        "grp": grps.first() if len(grps) else None,
    }


MEASURE = Measure(
    name="avoidance",
    question="What gets past a nation's busiest border networks, and past the nation itself?",
    source=(
        "Censorship resilience and global reachability potential: Ivanovic et al., IFIP Networking "
        "2024, https://arxiv.org/abs/2403.09447"
    ),
    table=avoidance,
    figures=(
        *(
            Figure(
                f"crp_{number}",
                "share",
                "Outbound pairs of networks that keep clear of "
                + ("the busiest exit." if number == 1 else f"the {number} busiest exits."),
            )
            for number in _CENSORS
        ),
        Figure("grp", "share", "Pairs of networks abroad whose path avoids the nation."),
    ),
    summary=_summary,
)
