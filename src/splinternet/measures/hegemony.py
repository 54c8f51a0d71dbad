"""Hegemony and transit influence: on which networks many vantages' paths to a nation agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, SupportsIndex, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.asn import Asn, as_number, looks_like_asn
from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import (
    MODELLED,
    PATHS,
    ROUTING,
    Choices,
    Counting,
    PathsFrom,
    Routing,
    Settled,
)
from splinternet.base.countries import country_code
from splinternet.base.doubts import Doubt
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.doubts import shares_and_doubts, with_doubts
from splinternet.measures.measure import (
    ASN,
    COUNTRY,
    DOUBT,
    NAME,
    OBSERVED,
    Figure,
    Measure,
    Rows,
    share_column,
)
from splinternet.measures.monitors import in_both, monitors_of, shares_of_monitors, shown_by
from splinternet.measures.nation import NATIONS_KEPT, ends
from splinternet.measures.trimmed import TRIMMED, Shares, check_paths, side_by_side, trimmed_mean
from splinternet.measures.vantages import choose_vantages
from splinternet.routing.graph import graph_of
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import transit
from splinternet.routing.vantage import both_by_source, shares_by_source
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = [
    "MEASURE",
    "hegemony",
    "seen_from",
    "settle_vantages",
    "told_by",
]

TAKES = Takes(
    "hegemony",
    (*ROUTING, "vantages", "weights", "where"),
    own={
        "at_least": Choice(
            term="smallest value",
            label="Smallest value",
            doc="The smallest value to list.",
            others="VALUE",
            read=float,
            of_rows=True,
        ),
        "paths": PATHS,
    },
    counting=Counting(vantages="carriers"),
)

#: The plain mean of what is nothing negative is at least this part of the trimmed one.
_BOUND = (1 - 2 * TRIMMED) * (1 - 1e-6)


@typed
def hegemony(
    world: World,
    country: Asn,
    *,
    at_least: float = 0.01,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """AS hegemony of the networks on the way to a nation, or to one network.

    For each vantage *v* and network *x*, *BC(v, x)* is the share of the nation's addresses (or
    networks, or users) that *v* reaches through *x*. Hegemony is the mean of *BC(v, x)* over the
    vantages without the tenth of them for which it is the smallest, and that for which it is the
    largest, so that no vantage counts for being near.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of a nation, or one network, as ``AS12389``.
    at_least
        The smallest hegemony to list. Above 0: no network that has as much is missing.
    paths
        ``modelled``; ``observed``, from the paths of the monitors with full tables that lie
        outside, to those networks of the nation to which any of them shows a path; or ``both``,
        from these monitors to these networks.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. ``vantages`` are by default ``carriers``,
        outside networks with customers; they may be AS numbers such as
        :func:`~splinternet.world.collectors.read_collector_peers` returns; those that name no
        network of the world are left out. Each counts one.

    Returns
    -------
    polars.DataFrame
        ``asn``, ``name``, ``country`` and ``hegemony`` (0 to 1, of all that is to be reached,
        also of what some vantage has no route to), largest first, and ``doubt`` (why a value is not
        sure, see :mod:`splinternet.measures.doubts`, or null). The ends of a path do not
        count: neither the vantage nor the network that is reached. With ``both``, for ``doubt``,
        ``observed`` and ``difference`` (observed less modelled).

    Raises
    ------
    MisuseError
        If there is no such country, network, choice or vantage.
    WorldError
        If the world has no network there, or not the figures to weigh by; or if paths are to be
        observed ones and no monitor shows any to it.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Fontugne, Shah and Aben, The (Thin) Bridges of AS Connectivity: Measuring Dependency using AS
    Hegemony, PAM 2018, https://arxiv.org/abs/1711.02805, with their trimming of 10 %. There the
    ends of a path count too. The Internet Health Report's country form averages the hegemonies of
    a country's networks, so each is trimmed by itself; here the country is one destination, as in
    Gamero-Garrido et al. (PAM 2022).

    Examples
    --------
    >>> hegemony(world, "CU")["asn"].first()
    11960
    >>> hegemony(world, "AS11960").height > 0
    True
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    return told_by(
        world,
        country,
        "hegemony",
        trimmed_mean,
        paths=paths,
        routing=routing,
        counting=counting,
        at_least=at_least,
        progress=progress,
    )


def told_by(
    world: World,
    country: Asn,
    name: str,
    mean: Callable[[Shares], npt.NDArray[np.float64]],
    *,
    paths: PathsFrom,
    routing: Routing,
    counting: Counting,
    at_least: float,
    progress: Progress | None,
) -> pl.DataFrame:
    """Ranked table of a mean over vantages: of modelled paths, of observed ones, or of both."""
    check_paths(paths)
    discount = name == "cti"
    if paths == "modelled":
        routed = as_routed(world, routing)
        found, shares = seen_from(
            routed, country, routing, counting, at_least, discount=discount, progress=progress
        )
        table = ranked(world, found, mean(shares), name, at_least)
        alike = _sent_alike(routed, _place(country), counting, routing, progress=progress)
        return with_doubts(table, alike.doubts)
    place = _place(country)
    nation = _destinations(world, place, counting)
    monitors = monitors_of(world, nation["asn"], what=str(country))
    nation = shown_by(world, monitors, nation)
    alone = replace(routing, observed="none")
    if paths == "both":
        model = as_routed(world, alone)
        nation = in_both(nation, model, what=str(country))
        monitors = in_both(pl.DataFrame({"asn": monitors}), model, what="the monitors")["asn"]
    seen, shares = shares_of_monitors(world, monitors, nation, discount=discount)
    observed = ranked(world, seen, mean(shares), name, at_least)
    if paths == "observed":
        return observed
    found, shares = _looking(
        model, monitors, nation, alone, at_least, discount=discount, progress=progress
    )
    modelled = ranked(world, found, mean(shares), name, at_least)
    return side_by_side(modelled, observed, name, keys=("asn", "name", "country"))


def _looking(
    world: World,
    watching: pl.Series,
    nation: pl.DataFrame,
    routing: Routing,
    at_least: float,
    *,
    discount: bool,
    progress: Progress | None,
) -> tuple[pl.Series, Shares]:
    """Networks on the modelled way, and the share of each that watches through each of them."""
    equal = pl.DataFrame({"asn": watching, "weight": np.ones(len(watching))})
    mean = transit(world, equal, nation, routing=routing, progress=progress)
    enough = mean.filter(pl.col("share") >= at_least * _BOUND)["asn"]
    shares = shares_by_source(
        world, watching, nation, enough, discount=discount, routing=routing, progress=progress
    )
    return enough, shares


def seen_from(
    world: World,
    country: Asn,
    routing: Routing,
    counting: Counting,
    at_least: float,
    *,
    discount: bool = False,
    progress: Progress | None,
) -> tuple[pl.Series, Shares]:
    """Networks on the way, and each vantage's share through each of them.

    A trimmed mean is at most 1 / 0.8 of the plain one, as nothing is negative: that bounds which
    networks can reach ``at_least``, and only those are looked at from each vantage.
    """
    country = _place(country)
    if not isinstance(at_least, int | float) or not 0 < at_least <= 1:
        raise MisuseError(f"the smallest value to list is above 0 and at most 1, not {at_least!r}")
    alike = _sent_alike(world, country, counting, routing, progress=progress)
    enough = alike.shares.filter(pl.col("share") >= at_least * _BOUND)["asn"]
    asked = world, alike.vantages, alike.nation, enough
    if not graph_of(world).precomputed:
        shares = shares_by_source(*asked, discount=discount, routing=routing, progress=progress)
        return enough, shares
    # Of many nations both means are mostly asked for: what routes pass is followed once for them.
    both = world.derived(
        "views from vantages",
        lambda: both_by_source(*asked, routing=routing, progress=progress),
        of=(country, counting, routing, at_least),
        most=NATIONS_KEPT,
    )
    return enough, both[discount]


class _Alike(NamedTuple):
    """Routes to a place if all vantages send alike: what passes networks, and who is in doubt."""

    nation: pl.DataFrame
    vantages: pl.Series
    shares: pl.DataFrame
    doubts: Mapping[int, Doubt]


def _sent_alike(
    world: World,
    country: Asn,
    counting: Counting,
    routing: Routing,
    *,
    progress: Progress | None,
) -> _Alike:
    """Follow what vantages send if all send alike, once for all that ask of a place."""

    def follow() -> tuple[pl.DataFrame, pl.Series, pl.DataFrame, tuple[tuple[int, Doubt], ...]]:
        nation = _destinations(world, country, counting)
        watching = choose_vantages(world, nation["asn"], counting.vantages)
        equal = pl.DataFrame({"asn": watching, "weight": np.ones(len(watching))})
        shares, doubts = shares_and_doubts(world, equal, nation, routing=routing, progress=progress)
        return nation, watching, shares, tuple(doubts.items())

    nation, watching, shares, doubts = world.derived(
        "transit if vantages send alike", follow, of=(country, counting, routing), most=NATIONS_KEPT
    )
    return _Alike(nation, watching, shares, dict(doubts))


def _place(given: Asn) -> Asn:
    """Network or country that a caller means: its number or its code.

    Raises
    ------
    MisuseError
        If it is neither.
    """
    is_number = isinstance(given, str | SupportsIndex) and looks_like_asn(given)
    return as_number(given) if is_number else country_code(given)  # type: ignore[arg-type]


def _destinations(world: World, country: Asn, counting: Counting) -> pl.DataFrame:
    if not looks_like_asn(country):
        chosen = Counting(weights=counting.weights, where=counting.where)
        return ends(world, str(country), chosen)[1]
    number = as_number(country)
    graph_of(world).networks([number])  # it must be there
    return pl.DataFrame(
        {"asn": [number], "weight": [1.0]}, schema={"asn": pl.UInt32, "weight": pl.Float64}
    )


def settle_vantages(
    world: World,
    country: Asn,
    *,
    routing: Routing | None = None,
    counting: Counting | None = None,
    at_least: float | None = None,
    paths: PathsFrom = MODELLED,
    **choices: Unpack[Choices],
) -> dict[str, Any]:
    """Name the vantages, for looking at another world from the same."""
    routing, counting = TAKES.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    home = _destinations(world, country, counting)["asn"]
    return {"vantages": Settled(tuple(choose_vantages(world, home, counting.vantages)))}


def ranked(
    world: World, networks: pl.Series, values: npt.NDArray[np.float64], name: str, at_least: float
) -> pl.DataFrame:
    """List networks by a value, largest first, with what the world knows of them."""
    return (
        pl.DataFrame({"asn": networks, name: values})
        .filter(pl.col(name) >= at_least)
        .join(world.named.select("asn", "name", "country"), on="asn", how="left")
        .select("asn", "name", "country", name)
        .sort(name, "asn", descending=[True, False])
    )


def largest(name: str) -> Callable[[pl.DataFrame, str], dict[str, Any]]:
    """Make the summary of a ranked table: its largest value not in doubt, and whose it is."""

    def summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
        sure = table.filter(pl.col("doubt").is_null()) if "doubt" in table.columns else table
        top = sure.row(0, named=True) if sure.height else {}
        return {name: top.get(name), f"{name}_of": top.get("asn")}

    return summary


MEASURE = Measure(
    name="hegemony",
    title="hegemony",
    question="Through which networks do most vantages abroad reach the nation?",
    source="AS hegemony: Fontugne, Shah and Aben, PAM 2018, https://arxiv.org/abs/1711.02805",
    table=hegemony,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        COUNTRY,
        share_column("hegemony", "Its hegemony: part of the paths, without the extremes."),
        DOUBT,
        *OBSERVED,
    ),
    figures=(
        Figure(
            "hegemony",
            "share",
            "The largest hegemony of any network that is not in doubt.",
            label="Largest part of the paths to it, without the extremes, that one network is "
            "on (AS hegemony)",
        ),
        Figure("hegemony_of", "ASN", "That network.", label="The network that is"),
    ),
    summary=largest("hegemony"),
    rows=Rows("hegemony", "asn", ("hegemony",)),
    settle=settle_vantages,
)
