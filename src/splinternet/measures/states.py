"""Dependence on states: what of a nation's traffic crosses them, and what could not avoid it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

import numpy as np
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choice import Choice
from splinternet.base.choices import MODELLED, PATHS, ROUTING, Choices, Counting, PathsFrom, Routing
from splinternet.base.columns import Column
from splinternet.base.countries import codes_of
from splinternet.base.errors import MisuseError
from splinternet.base.takes import Takes
from splinternet.measures.crossed import crossing_of_states
from splinternet.measures.measure import OBSERVED, Figure, Measure, Rows, share_column
from splinternet.measures.nation import ends_in_states
from splinternet.measures.seen import Watched, shares_seen
from splinternet.measures.trimmed import check_paths
from splinternet.routing.graph import graph_of
from splinternet.routing.losses import lost_without
from splinternet.routing.reach import Reach
from splinternet.routing.sweep import Progress
from splinternet.routing.transit import crossing_by_destination
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["MEASURE", "Blocs", "state_dependence"]


def _read_blocs(texts: Iterable[str]) -> dict[str, list[str]]:
    """Read ``west=US,GB``, several times.

    Raises
    ------
    MisuseError
        If one is not written so, or a bloc is named twice.
    """
    blocs: dict[str, list[str]] = {}
    for text in texts:
        name, states = (part.strip() for part in text.partition("=")[::2])
        if not name or not states:
            raise MisuseError(f"{text!r} names no bloc; write it as 'west=US,GB'")
        if name in blocs:
            raise MisuseError(f"bloc {name!r} is given twice; list all its states once")
        blocs[name] = [state.strip() for state in states.split(",")]
    return blocs


TAKES = Takes(
    "states",
    (
        *ROUTING,
        "direction",
        "weights",
        "where",
        "parties",
        "outside",
        "vantages",
    ),
    own={
        "blocs": Choice(
            term="bloc",
            label="Blocs",
            doc="States to take as one, as 'west=US,GB'.",
            others="NAME=STATES",
            read=_read_blocs,
            flag="bloc",
            repeated=True,
            of_rows=True,
        ),
        "paths": PATHS,
    },
)

#: Names of sets of countries, each with its countries.
Blocs = Mapping[str, Iterable[str]]


@typed
def state_dependence(
    world: World,
    country: str,
    *,
    blocs: Blocs | None = None,
    paths: PathsFrom = MODELLED,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Dependence of a nation on each state, and what of it could not be avoided.

    The share of the nation's traffic abroad whose path crosses a network of a state strictly
    between its ends; and the share that would have no route if that state's networks carried for
    nobody else any more, though each still sent and received for itself. Each share is of the
    traffic of third parties, which has no end in that state, so the shares do not add up, and the
    nation itself has none.

    Parameters
    ----------
    world
        The world.
    country
        Code or English name of the nation.
    blocs
        Sets of states to take as one each, ``{"five eyes": ["US", "GB", "CA", "AU", "NZ"]}``;
        instead of single states. A state may be in one of them only.
    paths
        Whose paths are counted, as for :func:`~splinternet.measures.dependence.depend`.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. The unavoidable part depends
        on neither preference nor tie-break.

    Returns
    -------
    polars.DataFrame
        ``country`` (or ``bloc``), ``share`` and ``unavoidable`` (shares of the traffic that
        counts, also of that to which there is no route), and ``counted``, the part of all traffic
        that they are of; largest share first, of states only those with any. Networks of unknown
        country are one row without a country. From observed paths without ``unavoidable``, which
        follows from links; with ``both`` also ``observed`` and ``difference`` beside ``share``.

    Raises
    ------
    MisuseError
        If there is no such country or choice, a bloc has no state, or a state is in two
        blocs.
    WorldError
        If the world has no network there, or none abroad, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Karlin, Forrest and Rexford, Nation-State Routing: Censorship, Wiretapping, and BGP, 2009,
    https://arxiv.org/abs/0903.3218: country centrality, and its strong form, which counts only
    what cannot be routed around the country. Theirs are averages over pairs of countries, and
    count ends (``parties="all"``); these are shares of one nation's traffic. A country is where its
    networks are registered, or most of their addresses; a network's lines may run through other
    states.

    Examples
    --------
    >>> state_dependence(world, "CU").columns
    ['country', 'share', 'unavoidable', 'counted']
    """
    routing, counting = TAKES.chosen(routing, counting, choices)
    bloc_of = _bloc_of(blocs)
    check_paths(paths)
    if paths != "modelled":
        return _seen(world, country, paths, bloc_of, counting, routing, progress)
    world = as_routed(world, routing)
    if bloc_of is None:
        crossing = crossing_of_states(world, country, counting, routing, progress)
    else:
        both = ends_in_states(world, country, counting)
        sources, destinations = (_in_blocs(side, bloc_of) for side in both)
        groups = _in_blocs(world.networks.select("asn", group="country"), bloc_of)
        crossing = crossing_by_destination(
            world, groups, sources, destinations, routing=routing, progress=progress
        )
    names, share, counted = crossing.names, crossing.shares, crossing.counted
    # Without a group stand networks of unknown country; or, where blocs are asked for, all others.
    wanted = (share > 0) & (names.is_not_null().to_numpy() if blocs is not None else True)
    reach = Reach.of(graph_of(world), crossing.demand)
    lost = lost_without(reach, crossing.group_of, (crossing.amounts > 0) & wanted, progress)
    found = [
        (names[at], share[at], lost[at], counted[at]) for at in map(int, np.flatnonzero(wanted))
    ]
    # Who asks for a bloc is told of it, also that nothing crosses it.
    part = dict(zip(names, counted, strict=True))
    absent = [bloc for bloc in blocs or () if bloc not in {name for name, *_ in found}]
    found += [(bloc, 0.0, 0.0, part.get(bloc)) for bloc in absent]
    column = "country" if blocs is None else "bloc"
    schema = {column: pl.String} | dict.fromkeys(("share", "unavoidable", "counted"), pl.Float64)
    return pl.DataFrame(found, schema=schema, orient="row").sort(
        "share", column, descending=[True, False]
    )


def _seen(
    world: World,
    country: str,
    paths: PathsFrom,
    bloc_of: dict[str, str] | None,
    counting: Counting,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    """The shares from the paths that monitors show."""
    sources, destinations = ends_in_states(world, country, counting)
    both = _in_blocs(sources, bloc_of), _in_blocs(destinations, bloc_of)
    watched = Watched.of(world, both, country, counting)
    groups = _in_blocs(world.networks.select("asn", group="country"), bloc_of)
    key = "country" if bloc_of is None else "bloc"
    found = shares_seen(world, watched, paths, key, groups, routing=routing, progress=progress)
    return found if bloc_of is None else found.drop_nulls(key)


def _bloc_of(blocs: Blocs | None) -> dict[str, str] | None:
    """Return the bloc of each state that is in one; None where none are asked for."""
    if blocs is None:
        return None
    if not isinstance(blocs, Mapping):
        raise MisuseError(f"{blocs!r} names no blocs; write them as {{'west': ['US', 'GB']}}")
    bloc_of: dict[str, str] = {}
    for bloc, countries in blocs.items():
        codes = codes_of(countries)
        if not codes:
            raise MisuseError(f"bloc {bloc} has no state; name one at least")
        for code in codes:
            if bloc_of.setdefault(code, bloc) != bloc:
                raise MisuseError(f"{code} is in two blocs, {bloc_of[code]} and {bloc}; choose one")
    return bloc_of


def _in_blocs(networks: pl.DataFrame, bloc_of: dict[str, str] | None) -> pl.DataFrame:
    """Put networks, whose ``group`` is a state, in the blocs of these; where there are any."""
    if bloc_of is None or "group" not in networks.columns:
        return networks
    bloc = pl.col("group").replace_strict(bloc_of, default=None, return_dtype=pl.String)
    return networks.with_columns(group=bloc)


def _summary(table: pl.DataFrame, country: str) -> dict[str, Any]:
    foreign = table.filter(pl.col("country").is_not_null() & (pl.col("country") != country))
    top = foreign.row(0, named=True) if foreign.height else {}
    return {
        "state": top.get("country"),
        "state_share": top.get("share"),
        "state_unavoidable": top.get("unavoidable"),
    }


MEASURE = Measure(
    name="states",
    title="dependence on states",
    question="Which states do a nation's routes cross, and which of them could they not avoid?",
    source=(
        "Country centrality, plain and strong: Karlin, Forrest and Rexford, 2009, "
        "https://arxiv.org/abs/0903.3218"
    ),
    table=state_dependence,
    takes=TAKES,
    columns=(
        Column("country", pl.String(), "The state; null: no known one.", optional=True),
        Column("bloc", pl.String(), "The state or bloc, where blocs are named.", optional=True),
        share_column("share", "Of the routes, what crosses it."),
        share_column("unavoidable", "Of the routes, what has no way around it."),
        share_column("counted", "Of all routes, those that the shares are of."),
        *OBSERVED,
    ),
    figures=(
        Figure(
            "state",
            "country",
            "The foreign state that most inbound routes of third parties cross.",
            label="The foreign state that most routes to it from elsewhere cross",
        ),
        Figure(
            "state_share",
            "share",
            "Inbound routes that do not begin in that state and cross it.",
            label="Of routes to it from third states, those through the foreign state with most",
            headline=2,
            dated=1,
            mapped=2,
        ),
        Figure(
            "state_unavoidable",
            "share",
            "The part of them that would have no other way.",
            label="Of routes to it from third states, those with no way round one state",
            mapped=3,
        ),
    ),
    summary=_summary,
    rows=Rows("share", "country", ("share", "unavoidable")),
    by_rule="state",
)
