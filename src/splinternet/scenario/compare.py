"""Comparison of a world before a scenario and after it, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import ROUTING, Carriers, Choices, Counting, Routing
from splinternet.base.countries import country_code
from splinternet.base.errors import MisuseError, SplinternetError, remedy
from splinternet.measures.catalogue import Measures, find_measures
from splinternet.measures.measure import Measure
from splinternet.measures.nation import ends, ends_in_states, in_country
from splinternet.measures.together import options_of, takes_of
from splinternet.routing.changes import Change, crossing_change, passing_change, transit_change
from splinternet.routing.reroutes import reroutes
from splinternet.routing.sweep import Progress
from splinternet.scenario.apply import apply
from splinternet.scenario.comparison import (
    BothTables,
    Comparison,
    MeasureFigure,
    NationCompared,
)
from splinternet.scenario.language import ScenarioLike
from splinternet.scenario.reachability import Reachability
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["CHOKEPOINTS", "carriers_change", "summary_of", "tables_of", "what_if"]

#: Measures of how few networks and links a nation hangs on.
CHOKEPOINTS = ("cut", "reliability")

#: What the comparison itself leaves open; measures may leave open more.
_TAKES = (
    *ROUTING,
    "direction",
    "by",
    "weights",
    "where",
    "parties",
    "outside",
    "vantages",
)


@typed
def what_if(
    before: World,
    after: World | ScenarioLike,
    country: str | None = None,
    *,
    measures: Measures | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> Comparison:
    """Comparison of a world with the world after a scenario.

    Parameters
    ----------
    before
        The world.
    after
        The same after a scenario, see :func:`~splinternet.scenario.apply.apply`; or the scenario,
        as that takes it.
    country
        Code or name of a nation. Without one only reachability is compared, of all.
    measures
        Measures, or their names, whose figures of the nation are set side by side; its chokepoints
        by default, and exposure where observers are named. Not used without a nation.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them; see
        :mod:`splinternet.base.choices`. ``by`` state takes some times longer than by network.
        Measures take those of the choices that make a difference to them.
    progress
        Told of destinations done and of all, for each part of the work.

    Raises
    ------
    MisuseError
        If there is no such country, measure or choice, or ``after`` has networks of its own.
    WorldError
        If the world before has no network there, or not the figures to weigh by.
    RoutingError
        If routes cannot be computed.

    Notes
    -----
    Whether there is a route at all is asked for every pair; what is carried is followed again only
    to destinations whose routes can change, see :mod:`splinternet.routing.changes`.

    Examples
    --------
    >>> what_if(later, "two-blocs", "RU").nation.country
    'RU'
    """
    asked = find_measures(_usual(counting, choices) if measures is None else measures)
    takes = takes_of("what_if", asked, _TAKES)
    options = options_of(takes, routing, counting, choices) | {"progress": progress}
    routing, counting = takes.chosen(routing, counting, choices)
    if counting.by not in ("network", "state"):
        raise MisuseError(
            f"what-if compares carriers by network or by state, not by {counting.by}; "
            f"{_either(counting.by)} tells of either world"
        )
    for observer in counting.observers or ():
        if isinstance(observer, str):
            country_code(observer)  # a measure that fails is but told to be missing
    if not isinstance(after, World):
        after = apply(before, after, links=routing.links)
    before, after = (as_routed(world, routing) for world in (before, after))
    change = Change.between(before, after)
    if country is None:
        known, pairs = _reachability(before, after, None)
        return Comparison(before, after, known.total(pairs), known.by_country(pairs), None)
    code = country_code(country)
    both = ends_in_states(before, code, counting)
    # What tells no progress is done beside what does: neither has work for every core at all times.
    with ExitStack() as stack:
        beside = stack.enter_context(ThreadPoolExecutor(1))
        stack.callback(beside.shutdown, cancel_futures=True)  # where the rest fails or is cancelled
        reached = beside.submit(_reachability, before, after, code)
        longer = beside.submit(reroutes, change, *both, routing=routing)
        carriers = carriers_change(change, both, counting.by, routing, progress)
        detours = _detours(change, code, counting, routing, progress)
        known, pairs = reached.result()
        longest = longer.result()
    worlds = before, after
    tables = {each.name: tables_of(each, worlds, code, each.only(options)) for each in asked}
    nation = NationCompared(
        country=code,
        by=counting.by,
        direction=counting.direction,
        abroad=known.abroad(pairs),
        within=known.within(pairs),
        carriers=carriers,
        detours=detours,
        reroutes=longest,
        figures=tuple(_figures(asked, tables, code)),
        tables=tables,
    )
    return Comparison(before, after, known.total(pairs), known.with_each(pairs), nation)


def _usual(counting: Counting | None, choices: Choices) -> tuple[str, ...]:
    """Measures whose figures are compared where none is named."""
    observed = counting is not None and counting.observers is not None
    return (*CHOKEPOINTS, "exposure") if observed or "observers" in choices else CHOKEPOINTS


def _reachability(
    before: World, after: World, country: str | None
) -> tuple[Reachability, npt.NDArray[np.float64]]:
    known = Reachability.known(before, country)
    return known, known.after(after)


def carriers_change(
    change: Change,
    both: tuple[pl.DataFrame, pl.DataFrame],
    by: Carriers,
    routing: Routing,
    progress: Progress | None,
) -> pl.DataFrame:
    """Shares of the traffic between some ends that pass each network, or each state.

    Parameters
    ----------
    change
        From which world to which.
    both
        Sources and destinations, see :func:`~splinternet.measures.nation.ends_in_states`.
    by
        Whether carriers are networks or states.
    routing
        How networks choose routes.
    progress
        Told of destinations done and of all.

    Returns
    -------
    polars.DataFrame
        As ``carriers`` of :class:`~splinternet.scenario.comparison.NationCompared`.
    """
    networks = change.world.networks
    if by == "state":
        states = networks.select("asn", group="country")
        found = crossing_change(change, states, *both, routing=routing, progress=progress).rename(
            {"group": "country"}
        )
        columns = ["country"]
    else:
        found = transit_change(change, *both, routing=routing, progress=progress).join(
            change.world.named.select("asn", "name", "country"), on="asn", how="left"
        )
        columns = ["asn", "name", "country"]
    return (
        found.with_columns(difference=pl.col("after") - pl.col("before"))
        .select(*columns, "before", "after", "difference")
        .sort("difference", "after", columns[0], descending=[True, True, False])
    )


def _detours(
    change: Change, code: str, counting: Counting, routing: Routing, progress: Progress | None
) -> tuple[float, float] | None:
    home = in_country(change.world, code, counting.where)
    if change.world.networks.filter(pl.col("asn").is_in(home.implode()))["members"].sum() < 2:
        return None
    foreign = change.world.networks.filter(pl.col("country") != code)["asn"]
    within = Counting(direction="domestic", weights=counting.weights, where=counting.where)
    both = ends(change.world, code, within)
    return passing_change(change, foreign, *both, routing=routing, progress=progress)


def _figures(
    measures: Iterable[Measure], tables: Mapping[str, BothTables], code: str
) -> Iterator[MeasureFigure]:
    """Yield the figures of measures that are numbers, before and after."""
    for measure in measures:
        found = [summary_of(measure, table, code) for table in tables[measure.name]]
        for figure in measure.figures:
            then, now = (each.get(figure.name) for each in found)
            if figure.is_number:
                yield measure.name, figure.name, figure.unit, then, now


def tables_of(
    measure: Measure, worlds: tuple[World, World], country: str, options: Mapping[str, Any]
) -> BothTables:
    """Tables of a measure in two worlds; None where there is nothing to measure."""
    then, now = (_table(measure, world, country, options) for world in worlds)
    return then, now


def _table(
    measure: Measure, world: World, country: str, options: Mapping[str, Any]
) -> pl.DataFrame | None:
    try:
        return measure.table(world, country, **options)
    except SplinternetError:
        return None  # nothing is left to measure


def summary_of(measure: Measure, table: pl.DataFrame | None, country: str) -> dict[str, Any]:
    """Figures of a measure by name; none where there is nothing to measure."""
    try:
        return {} if table is None else dict(measure.summary(table, country))
    except SplinternetError:
        return {}


def _either(by: str) -> str:
    """Question that tells of either world what a comparison does not."""
    option = f"'splinternet depend --by {by} --scenario ...'"
    return remedy(f"depend(after, country, by={by!r})", option)
