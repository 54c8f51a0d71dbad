"""Dependence: how much of a nation's traffic abroad passes each network, or each state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import MODELLED, PATHS, ROUTING, Choices, Counting, PathsFrom, Routing
from splinternet.base.columns import Column
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.crossed import states_crossed
from splinternet.measures.doubts import shares_and_doubts, with_doubts
from splinternet.measures.measure import (
    ASN,
    DOUBT,
    NAME,
    OBSERVED,
    Figure,
    Measure,
    Rows,
    share_column,
)
from splinternet.measures.nation import NATIONS_KEPT, carriers_by, ends, ends_in_states
from splinternet.measures.observers import observing, passed_by
from splinternet.measures.seen import Watched, shares_seen
from splinternet.measures.trimmed import check_paths
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import crossing, passing
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "QUESTION", "depend"]

TAKES = Takes(
    "dependence",
    (
        *ROUTING,
        "direction",
        "by",
        "weights",
        "where",
        "parties",
        "outside",
        "vantages",
    ),
    own={"paths": PATHS},
)

#: The question takes observers besides, who have no part in the measure's figures.
_ASKED = Takes("dependence", (*TAKES.names, "observers"), own=TAKES.own)


@typed
def depend(
    world: World,
    country: str,
    *,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Dependence of a nation on the networks, or states, that carry its traffic abroad.

    The share of the nation's addresses (or networks, or users), times all networks abroad,
    between which the path passes a network, or any network of a state: AS hegemony (Fontugne,
    Shah and Aben, PAM 2018) in its country form (Internet Health Report). By default every network
    abroad is a vantage and counts one, so that nothing need be trimmed for the bias of a few
    vantages.

    A state's share, or that of what it owns, is of the traffic of third parties, which has no end
    in that state, unless ``parties`` is ``all``. So the shares do not add up, and the nation itself
    has none.

    Of ``observers`` (networks or states, several together as one) there is one row, whatever else
    is on the way: the share of the routes without an end at them that pass any of their networks.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name.
    paths
        ``modelled``; ``observed``, from the paths of the monitors with full tables among the
        sources, to those networks to which any of them shows a path; or ``both``, from these
        monitors to these networks. Each monitor counts one, and a tenth of them at either end is
        left out of the mean, as in :func:`~splinternet.measures.hegemony.hegemony`.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`.
    progress
        Told of destinations done and of all.

    Returns
    -------
    polars.DataFrame
        By network ``asn``, ``name``, ``country``, ``share`` and ``doubt`` (why the share is not
        sure, see :mod:`splinternet.measures.doubts`, or null); by state ``country``, ``share`` and
        ``counted``, the part of all traffic that the share is of; by organisation ``organisation``
        and ``share``; of observers ``observer``, ``share`` and ``counted``; by owning state
        ``country``, ``share``, ``counted`` and ``ends``, the part of the nation's own end that the
        state owns. Largest first. The ends of a path do not count as passed; the nation's own
        networks do. From observed paths without ``doubt`` and ``ends``;
        with ``both`` who it is, ``share`` (modelled), ``observed`` and ``difference``.

    Raises
    ------
    MisuseError
        If there is no such country or choice, an observer is not in the world, or observers are
        named and carriers are to be told apart by state, organisation or owner.
    WorldError
        If the world has no network there, or none abroad, or not the figures to weigh by; or if
        paths are to be observed ones and no monitor shows any.
    RoutingError
        If routes cannot be computed.

    Examples
    --------
    >>> depend(world, "CU")["asn"].first()
    11960
    >>> depend(world, "CU", by="state").columns
    ['country', 'share', 'counted']
    >>> depend(world, "CU", observers=["US", 1299]).columns
    ['observer', 'share', 'counted']
    """
    routing, counting = _ASKED.chosen(routing, counting, choices)
    check_paths(paths)
    if counting.observers is not None:
        return _observed_by(world, country, counting.observers, paths, counting, routing, progress)
    return _table(
        world, country, paths=paths, routing=routing, counting=counting, progress=progress
    )


def _table(
    world: World,
    country: str,
    *,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Table of the measure: every carrier, without observers; see :func:`depend`."""
    routing, counting = TAKES.chosen(routing, counting, choices)
    check_paths(paths)
    if paths != "modelled":
        return _seen(world, country, paths, counting, routing, progress)
    world, country = as_routed(world, routing), country_code(country)
    if counting.by == "network":
        return world.derived(
            "carriers",
            lambda: _carriers(world, country, counting, routing, progress=progress),
            of=(country, counting, routing),
            most=NATIONS_KEPT,
        )
    if counting.by == "state":
        return states_crossed(world, country, counting, routing, progress)
    groups = carriers_by(world, counting.by)
    if counting.by == "organisation":
        both = ends(world, country, counting)
        shares = crossing(world, groups, *both, routing=routing, progress=progress)
        return shares.drop_nulls("group").select(pl.col("group").alias("organisation"), "share")
    both = ends_in_states(world, country, counting)
    shares = crossing(world, groups, *both, routing=routing, progress=progress)
    shares = shares.rename({"group": "country"})
    ends_owned = _owned_ends(both[counting.direction != "outbound"], groups)
    known = shares.drop_nulls("country").join(ends_owned, on="country", how="full", coalesce=True)
    return known.select(
        "country", pl.col("share").fill_null(0.0), "counted", pl.col("ends").fill_null(0.0)
    ).sort("share", "ends", "country", descending=[True, True, False])


def _observed_by(
    world: World,
    country: str,
    observers: tuple[int | str, ...],
    paths: PathsFrom,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    """The row of observers, who are one carrier."""
    if counting.by != "network":
        raise MisuseError(f"observers are one carrier, so leave 'by {counting.by}' out")
    named, watching = observing(world, observers)
    both = ends(world, country, counting)
    if paths != "modelled":
        groups = pl.DataFrame({"asn": watching}).with_columns(group=pl.lit(named))
        if counting.parties == "third":
            sources, destinations = (side.join(groups, on="asn", how="left") for side in both)
            both = sources, destinations
        watched = Watched.of(world, both, country, counting)
        return shares_seen(
            world, watched, paths, "observer", groups, routing=routing, progress=progress
        ).filter(observer=named)
    world = as_routed(world, routing)
    if counting.parties == "all":
        share, counted = passing(world, watching, *both, routing=routing, progress=progress), 1.0
    else:
        seen = passed_by(world, watching, both, routing=routing, progress=progress)
        share, counted = seen.third, seen.left / seen.offered
    return pl.DataFrame({"observer": [named], "share": [share], "counted": [counted]})


def _owned_ends(nation: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Part of the nation's own end that each state owns: ``country`` and ``ends``."""
    total = nation["weight"].sum()
    weights = nation.select("asn", "weight").filter(pl.col("weight") > 0)
    owned = weights.join(owners, on="asn")
    return owned.group_by(country="group").agg(ends=pl.col("weight").sum() / total)


def _carriers(
    world: World,
    country: str,
    counting: Counting,
    routing: Routing,
    *,
    progress: Progress | None,
) -> pl.DataFrame:
    both = ends(world, country, counting)
    shares, doubts = shares_and_doubts(world, *both, routing=routing, progress=progress)
    known = world.named.select("asn", "name", "country")
    named = shares.join(known, on="asn", how="left", maintain_order="left")
    return with_doubts(named.select("asn", "name", "country", "share"), doubts)


def _seen(
    world: World,
    country: str,
    paths: PathsFrom,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    """The same from the paths that monitors show."""
    by_land = counting.by in ("state", "owner")
    both = (ends_in_states if by_land else ends)(world, country, counting)
    watched = Watched.of(world, both, country, counting)
    groups = None if counting.by == "network" else carriers_by(world, counting.by)
    key = {"network": "asn", "organisation": "organisation"}.get(counting.by, "country")
    found = shares_seen(world, watched, paths, key, groups, routing=routing, progress=progress)
    if counting.by == "network":
        named = found.join(world.named, on="asn", how="left", maintain_order="left")
        rest = ("share",) if paths == "observed" else ("share", "observed", "difference")
        return named.select("asn", "name", "country", *rest)
    if counting.by == "organisation":
        return found.drop_nulls(key).drop("counted", strict=False)
    return found if counting.by == "state" else found.drop_nulls(key)


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    sure = table.filter(pl.col("doubt").is_null()) if "doubt" in table.columns else table
    known = "country" in sure.columns  # an organisation is of no state
    foreign = sure.filter(pl.col("country").ne_missing(country) if known else False)
    return {
        "dependence": sure["share"].max(),
        "dependence_on": _first_network(sure),
        "foreign_dependence": foreign["share"].max(),
        "foreign_dependence_on": _first_network(foreign),
    }


def _first_network(carriers: pl.DataFrame) -> int | None:
    """Number of the largest carrier, where carriers are networks."""
    return carriers["asn"][0] if "asn" in carriers.columns and carriers.height else None


_FIGURES = Measure(
    name="dependence",
    title="dependence on networks",
    question="What share of a nation's routes abroad pass each network?",
    source=(
        "AS hegemony without trimming, every outside network a vantage: Fontugne, Shah and Aben, "
        "PAM 2018, https://arxiv.org/abs/1711.02805"
    ),
    table=_table,
    takes=TAKES,
    columns=(
        ASN,
        NAME,
        Column("organisation", pl.String(), "Organisation that runs the networks."),
        Column("country", pl.String(), "Where it is registered; or the state.", optional=True),
        share_column("share", "Of the routes, what passes it."),
        share_column("counted", "Of all routes, those that the share is of."),
        share_column("ends", "Of the nation's own end, what the state owns."),
        DOUBT,
        *OBSERVED,
    ),
    figures=(
        Figure(
            "dependence",
            "share",
            "Inbound routes that pass the network that most do.",
            label="Of all routes to it, those through its largest network",
        ),
        Figure("dependence_on", "ASN", "That network.", label="The network that carries most"),
        Figure(
            "foreign_dependence",
            "share",
            "The same of networks not known to be domestic.",
            label="Of all routes to it, those through its largest foreign network",
            headline=1,
            dated=2,
            mapped=1,
        ),
        Figure(
            "foreign_dependence_on",
            "ASN",
            "That network.",
            label="The foreign network that carries most",
        ),
    ),
    summary=_summary,
    rows=Rows("share", "asn", ("share",)),
    by_rule="network",
    quick=True,
    to_all=False,
)

#: The measure as a question of its own, which takes observers besides.
QUESTION = replace(
    _FIGURES,
    table=depend,
    takes=_ASKED,
    columns=(
        Column("observer", pl.String(), "The observers, several taken as one."),
        *_FIGURES.columns,
    ),
)

MEASURE = replace(_FIGURES, alone=QUESTION)
