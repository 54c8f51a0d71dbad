"""The headlines of a nation and shares of its carriers, by one rule or in worlds drawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import polars as pl

from splinternet.base.choices import Prefer, Weights
from splinternet.base.errors import SplinternetError
from splinternet.brief.facts.after import FiguresAfter
from splinternet.brief.facts.asked import Asked
from splinternet.figures.shipped import LEAST
from splinternet.measures.crossed import states_on_most
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.dependence import depend
from splinternet.measures.doubts import doubted_as
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.measures.resampling import Draws
from splinternet.measures.states import MEASURE as STATES
from splinternet.world.evidence import by_evidence
from splinternet.world.learned import as_routed

__all__ = ["Found", "Wanted", "by_rule", "drawn_worlds", "large_carriers"]


class Wanted(NamedTuple):
    """Carriers of whose shares a range is wanted."""

    networks: Collection[int]
    states: Collection[str]


@dataclass(frozen=True, eq=False)
class Found:
    """Headlines and shares, by one rule or in one world drawn; without states if None."""

    figures: Mapping[str, Any]
    networks: Mapping[int, float]
    states: Mapping[str, float] | None


def large_carriers(asked: Asked) -> Wanted:
    """Carriers with 1 % or more: those that are shipped of the full world, else on this one."""
    networks, states = asked.shipped("dependence"), asked.shipped("states")
    options = _options(asked)
    try:
        if networks is None:
            networks = depend(asked.world, asked.country, **options)
        if states is None:
            states = depend(asked.world, asked.country, by="state", **options)
    except SplinternetError:
        return Wanted((), ())
    of = (
        table.filter(pl.col("share") >= LEAST)[about].drop_nulls().to_list()
        for table, about in ((networks, "asn"), (states, "country"))
    )
    return Wanted(*of)


def by_rule(
    asked: Asked, prefer: Prefer, weights: Weights, wanted: Wanted, with_states: bool
) -> Found:
    """The headlines by a rule and what they are about; none where nothing can be measured."""
    options = _options(asked, prefer=prefer, weights=weights)
    try:
        carriers = depend(asked.world, asked.country, **options)
    except SplinternetError:
        return Found({}, {}, None)
    figures = _moved(asked, CARRIERS, carriers)
    networks = dict(carriers.select("asn", "share").iter_rows())
    if not with_states:
        return Found(figures, networks, None)
    routing = replace(asked.routing, prefer=prefer)
    counting = replace(asked.counting, weights=weights, by="network", observers=None)
    world = as_routed(asked.world, routing)
    states = states_on_most(world, asked.country, counting, routing, carriers, among=wanted.states)
    return _with_states(asked, figures, networks, states)


def _with_states(
    asked: Asked, figures: Mapping[str, Any], networks: Mapping[int, float], states: pl.DataFrame
) -> Found:
    """Add the state with most, besides the nation, to what is found."""
    others = states.filter(pl.col("country") != asked.country)
    if others.height:
        found = _moved(asked, STATES, others)
        figures = {**figures, "state": found["state"], "state_share": found["state_share"]}
    return Found(figures, networks, dict(others.select("country", "share").iter_rows()))


def _moved(asked: Asked, measure: Measure, table: pl.DataFrame) -> dict[str, Any]:
    """Figures of a measure's table; after a scenario headlines as its rows have them on levels."""
    found = dict(measure.summary(table, asked.country))
    figures = asked.figures
    return figures.moved(measure.name, table, found) if isinstance(figures, FiguresAfter) else found


def drawn_worlds(asked: Asked, draws: Draws) -> list[Found]:
    """The headlines and shares in each of the worlds that are drawn."""
    base = by_evidence(asked.world, asked.routing.links)
    options = _options(asked)

    def draw(number: int) -> Found:
        world = draws.world(base, number)
        try:
            carriers = depend(world, asked.country, **options)
        except SplinternetError:
            return Found({}, {}, None)
        carriers = doubted_as(depend(asked.world, asked.country, **options), carriers)
        figures = _moved(asked, CARRIERS, carriers)
        networks = dict(carriers.select("asn", "share").iter_rows())
        states = depend(world, asked.country, by="state", **options)
        return _with_states(asked, figures, networks, states)

    return side_by_side(draw, range(draws.number), asked.progress)


def _options(asked: Asked, **choices: object) -> dict[str, Any]:
    """The choices of the question, but for some; progress is told by whoever asks."""
    return {**asked.options, "progress": None, **choices}
