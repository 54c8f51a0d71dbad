"""Exposure: what of a nation's traffic given networks, or a state, can observe or tamper with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack, get_args

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import (
    MODELLED,
    PATHS,
    ROUTING,
    Choices,
    Counting,
    Direction,
    PathsFrom,
    Routing,
)
from splinternet.base.columns import Column
from splinternet.base.countries import country_code, country_name
from splinternet.base.errors import MisuseError, WorldError
from splinternet.base.takes import Takes
from splinternet.measures.dependence import depend
from splinternet.measures.measure import OBSERVED, Figure, Measure, Rows, share_column
from splinternet.measures.nation import ends
from splinternet.measures.observers import observing, passed_by
from splinternet.measures.seen import Watched, parts_counted, shares_seen
from splinternet.measures.trimmed import check_paths
from splinternet.routing.sweep import Progress
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "exposure"]

TAKES = Takes(
    "exposure",
    (
        *ROUTING,
        "observers",
        "weights",
        "where",
        "parties",
        "outside",
        "vantages",
    ),
    own={"paths": PATHS},
)

_SHARES = ("third", "passing", "ending", "exposed")
#: The group of networks that observe.
_OBSERVER = "observer"


@typed
def exposure(
    world: World,
    country: str,
    *,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Share of a nation's traffic that a set of networks can observe or tamper with.

    They can where it passes any of them, and where it begins or ends at one of them. The two are
    told apart: an end is observed by nature, a way by the routes.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    paths
        Whose paths are counted, as for :func:`~splinternet.measures.dependence.depend`.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. ``observers`` are AS numbers (``3356`` or
        ``AS3356``), and codes or names of states, whose networks all count; together one observer.
        By default it is the foreign state on which the nation depends most,
        see :func:`~splinternet.measures.dependence.depend`.

    Returns
    -------
    polars.DataFrame
        A row each for ``inbound``, ``outbound`` and ``domestic`` traffic (``direction``; domestic
        only where there is any) with ``observer``, ``third`` (share of the traffic without an end
        at the observer that passes it), ``passing`` (the same as a share of all), ``ending`` (share
        that begins or ends at it) and ``exposed``, the sum of these two. Of traffic also without a
        route; ``third`` is null where all has an end there. From observed paths a row is null but
        for the direction where no monitor shows this traffic; with ``both`` the columns are
        ``direction``, ``observer``, ``third`` (modelled), ``observed`` and ``difference``.

    Raises
    ------
    MisuseError
        If there is no such country or choice, an observer is not in the world, or no foreign state
        is passed by default.
    WorldError
        If the world has no network there, or not the figures to weigh by; or if paths are to be
        observed ones and no monitor abroad shows any.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Traffic observation and selective tampering as Gamero-Garrido et al. (PAM 2022,
    https://arxiv.org/abs/2110.05772) and Edmundson et al. (Nation-State Hegemony in Internet
    Routing, COMPASS 2018) speak of them: who is on the path can; whether anybody does, and whether
    encryption stops it, no route tells.

    Examples
    --------
    >>> exposure(world, "CU", observers=["US"]).columns
    ['direction', 'observer', 'third', 'passing', 'ending', 'exposed']
    """
    code = country_code(country)
    routing, counting = TAKES.chosen(routing, counting, choices)
    check_paths(paths)
    if paths == "modelled":
        world = as_routed(world, routing)
    observers = counting.observers
    if observers is None:
        observers = (_main_state(world, code, counting, routing, progress, paths),)
    named, watching = observing(world, observers)
    if paths != "modelled":
        return _seen(world, code, named, watching, paths, counting, routing, progress)
    rows = []
    for direction in get_args(Direction):
        try:
            both = ends(world, code, _towards(direction, counting))
        except WorldError:
            if direction != "domestic":
                raise
            continue  # the nation is there, and counts: it has no two networks that do
        # The state was chosen by what of the inbound routes crosses it.
        if direction == "inbound" and counting.observers is None and _is_crossing(counting):
            states = _states(world, code, counting, routing, progress, paths)
            row = states.row(by_predicate=pl.col("country") == named, named=True)
            through, left, offered = row["share"], row["counted"], 1.0
        else:
            through, left, offered = passed_by(
                world, watching, both, routing=routing, progress=progress
            )
        passed, ended = through * left / offered, 1 - left / offered
        third = through if left > 0 else None
        rows.append((direction, named, third, passed, ended, passed + ended))
    schema = dict.fromkeys(("direction", "observer"), pl.String) | dict.fromkeys(
        _SHARES, pl.Float64
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _towards(direction: Direction, counting: Counting) -> Counting:
    if direction == "domestic":  # no end is abroad
        return Counting(direction=direction, weights=counting.weights, where=counting.where)
    return replace(counting, direction=direction)


def _seen(
    world: World,
    code: str,
    named: str,
    watching: pl.Series,
    paths: PathsFrom,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    """The same from the paths that monitors show."""
    groups = pl.DataFrame({"asn": watching}).with_columns(group=pl.lit(_OBSERVER))
    rows = []
    for direction in get_args(Direction):
        towards = _towards(direction, counting)
        try:
            both = ends(world, code, towards)
            sources, destinations = (side.join(groups, on="asn", how="left") for side in both)
            watched = Watched.of(world, (sources, destinations), code, towards)
        except WorldError:
            if direction == "inbound":
                raise
            rows.append({"direction": direction, "observer": named})
            continue
        ended = 1 - float(parts_counted(watched, _OBSERVER).mean())
        found = shares_seen(
            world, watched, paths, "group", groups, routing=routing, progress=progress
        ).filter(group=_OBSERVER)
        shares = found.row(0, named=True) if found.height else {}
        third = shares.get("share", 0.0) if ended < 1 else None
        row = {"direction": direction, "observer": named, "third": third}
        if paths == "both":
            seen = shares.get("observed", 0.0) if ended < 1 else None
            row |= {"observed": seen, "difference": None if seen is None else seen - third}
        else:
            passed = (third or 0.0) * (1 - ended)
            row |= {"passing": passed, "ending": ended, "exposed": passed + ended}
        rows.append(row)
    columns = ("third", "observed", "difference") if paths == "both" else _SHARES
    schema = dict.fromkeys(("direction", "observer"), pl.String) | dict.fromkeys(
        columns, pl.Float64
    )
    return pl.DataFrame(rows, schema=schema, orient="row")


def _is_crossing(counting: Counting) -> bool:
    """Whether dependence on a state counts just what passes observers in it."""
    return counting.parties == "third" and counting.where == "registered"


def _main_state(
    world: World,
    code: str,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
    paths: PathsFrom = MODELLED,
) -> str:
    states = _states(world, code, counting, routing, progress, paths)
    foreign = states.filter(pl.col("country") != code)
    if not foreign.height:
        raise MisuseError(f"no foreign state is on the way to {country_name(code)}; name observers")
    return str(foreign["country"][0])


def _states(
    world: World,
    code: str,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
    paths: PathsFrom,
) -> pl.DataFrame:
    """States on the nation's inbound routes, see :func:`depend`."""
    counted = replace(counting, direction="inbound", by="state", observers=None)
    return depend(
        world,
        code,
        paths="modelled" if paths == "modelled" else "observed",
        routing=routing,
        counting=counted,
        progress=progress,
    )


def _settle(
    world: World,
    country: str,
    *,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    **choices: Unpack[Choices],
) -> dict[str, Any]:
    routing, counting = TAKES.chosen(routing, counting, choices)
    if counting.observers is not None:
        return {}
    world = as_routed(world, routing)
    return {"observers": (_main_state(world, country_code(country), counting, routing, None),)}


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    shares = dict(table.select("direction", "third").iter_rows())
    return {
        "exposed_to": table["observer"][0],
        "exposed_inbound": shares["inbound"],
        "exposed_outbound": shares["outbound"],
        "exposed_domestic": shares.get("domestic"),
    }


MEASURE = Measure(
    name="exposure",
    title="exposure to observation",
    question="What of the nation's routes can given networks, or a state, observe or tamper with?",
    source=(
        "Traffic observation and selective tampering: Gamero-Garrido et al., PAM 2022, "
        "https://arxiv.org/abs/2110.05772"
    ),
    table=exposure,
    takes=TAKES,
    columns=(
        Column("direction", pl.String(), "Direction of the routes."),
        Column("observer", pl.String(), "The observers."),
        share_column("third", "Of routes without an end at the observer, those that pass it."),
        share_column("passing", "Of all routes, those that pass the observer and end elsewhere."),
        share_column("ending", "Of all routes, those that begin or end at the observer."),
        share_column("exposed", "Both together."),
        *OBSERVED,
    ),
    figures=(
        Figure(
            "exposed_to",
            "country",
            "The foreign state whose networks carry most of it for third parties.",
            label="The foreign state whose networks are on most of its routes with others",
        ),
        Figure(
            "exposed_inbound",
            "share",
            "Inbound routes without an end there that it can observe.",
            label="Routes to it from elsewhere that this state's networks are on",
        ),
        Figure(
            "exposed_outbound",
            "share",
            "Outbound routes without an end there that it can observe.",
            label="Routes out of it to elsewhere that this state's networks are on",
        ),
        Figure(
            "exposed_domestic",
            "share",
            "Domestic routes without an end there that it can observe.",
            label="Routes within it that this state's networks are on",
        ),
    ),
    summary=_summary,
    rows=Rows(),
    settle=_settle,
)
