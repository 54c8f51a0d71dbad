"""How sure the headlines on a nation are: by other rules, in worlds drawn, on doubted links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from splinternet.base.choices import PREFERENCES, Weights
from splinternet.base.errors import SplinternetError
from splinternet.brief.facts.asked import Asked, Missing
from splinternet.brief.facts.carriers import Carried, Carrier
from splinternet.brief.facts.front import Doubted
from splinternet.figures.ranges import COUNTED, RANGES, Around, around_of, ends_around
from splinternet.measures.continuity import MEASURE as CONTINUITY
from splinternet.measures.control import MEASURE as POINTS
from splinternet.measures.control import points_of_control
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.dependence import depend
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.doubts import doubted_as
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.measures.reliability import MEASURE as RELIABILITY
from splinternet.measures.resampling import Draws
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["SHARES", "Ruled", "Sureness", "doubts_among", "headline_doubts", "sureness"]

#: The headlines that are shares, and the column that names what each is about.
SHARES = {"foreign_dependence": "foreign_dependence_on", "state_share": "state"}

#: The share of the network with most, at home or abroad, which a title may be about.
_LARGEST = "dependence"

#: Measures within the nation; a title may be about the figure that goes by the measure's name.
_WITHIN = (CONTINUITY, DETOURS, RELIABILITY)

#: A state's share rests on its carriers in doubt if they have so much of it.
_RESTS = 0.5


@dataclass(frozen=True)
class Ruled:
    """The headlines by one preference and one weighting; None where there is nothing to measure."""

    prefer: str
    weights: Weights
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Sureness:
    """How sure the headlines are.

    Attributes
    ----------
    rules
        The headlines by every preference and weighting; of a digest whose full world's figures are
        shipped these, and what the digest says that another rule changes.
    around
        By figure, how far below and above its value the interval reaches.
    draws
        The worlds that were drawn for intervals, None if none were.
    """

    rules: tuple[Ruled, ...] = ()
    around: Around | None = None
    draws: Draws | None = None

    def ends(self, row: Mapping[str, Any]) -> dict[str, float]:
        """``FIGURE_low`` and ``FIGURE_high`` of the figures of a nation's row."""
        return ends_around(self.around or {}, row)


def sureness(asked: Asked, draws: Draws | None) -> Sureness:
    """Find how sure the headlines are, on the asked world.

    The interval of a figure reaches as far around it as the figures by other preferences and
    weightings lie around that by the asked ones, and as far as those of the worlds drawn. Where
    levels are those of a full world, a digest gives only these differences. Those of states take
    long: by other weightings they come with ``draws``. The interval of the points of control holds
    what the preferences give by the asked weighting: 90 % of the networks is another question than
    90 % of the addresses, and a set cover takes too long to be computed in many worlds. Figures of
    which only a title may tell vary by preferences and weightings alone, those within the nation on
    full worlds alone.
    """
    rules = tuple(
        Ruled(
            prefer,
            weights,
            _headlines(
                asked,
                asked.world,
                with_states=draws is not None or weights == asked.weights,
                prefer=prefer,
                weights=weights,
            ),
        )
        for prefer, weights in product(PREFERENCES, _weightings(asked))
    )
    own = next(
        each.figures
        for each in rules
        if (each.prefer, each.weights) == (asked.routing.prefer, asked.weights)
    )
    drawn = _drawn(asked, draws) if draws else {}
    around: dict[str, tuple[float, float]] = {}
    for figure in (*SHARES, _LARGEST):
        if (value := own.get(figure)) is not None:
            known = (value, *drawn.get(figure, ()), *(each.figures.get(figure) for each in rules))
            apart = [each - value for each in known if each is not None]
            around[figure] = (min(apart), max(apart))
    within = {each.name: _apart(each, asked) for each in _WITHIN}
    around |= {name: ends for name, ends in within.items() if ends}
    gates = _gates(asked)
    if (few := gates.get(asked.routing.prefer)) is not None:
        around[COUNTED] = (min(gates.values()) - few, max(gates.values()) - few)
    if draws is None and asked.world.manifest.is_digest:
        around |= around_of(asked.shipped(RANGES))  # as the first screen has told them
    return Sureness(_on_levels(rules, own, asked), around, draws)


def _on_levels(rules: tuple[Ruled, ...], own: Mapping[str, Any], asked: Asked) -> tuple[Ruled, ...]:
    """Set headlines of a digest on the level of the full world: that, and what a rule changes."""
    levels = {} if asked.figures is None else asked.figures.row(asked.country)
    known = {
        figure: levels[figure]
        for figure in SHARES
        if levels.get(figure) is not None and own.get(figure) is not None
    }
    return tuple(replace(each, figures=_ruled(each.figures, own, known, levels)) for each in rules)


def _ruled(
    found: Mapping[str, Any],
    own: Mapping[str, Any],
    known: Mapping[str, float],
    levels: Mapping[str, Any],
) -> dict[str, Any]:
    told = dict(found)
    for figure, level in known.items():
        if found is own:
            told |= {figure: level, SHARES[figure]: levels[SHARES[figure]]}
        elif found.get(figure) is not None:
            told[figure] = min(1.0, max(0.0, level + found[figure] - own[figure]))
    return told


def _apart(measure: Measure, asked: Asked) -> tuple[float, float] | None:
    """How far below and above a measure's figure those by other rules lie; None without one.

    A digest sums up small networks: within a nation it is too far from its full world by other
    weightings, so it tells nothing where rules matter.
    """
    options: dict[str, Any] = {**asked.options, "progress": None}
    chosen = [measure.only(options)]
    for prefer, weights in product(PREFERENCES, _weightings(asked)):
        other = measure.only({**options, "prefer": prefer, "weights": weights})
        chosen += [] if other in chosen else [other]
    if len(chosen) > 1 and asked.world.manifest.is_digest:
        return None
    try:
        tables = [measure.table(asked.world, asked.country, **each) for each in chosen]
    except SplinternetError:
        return None
    values = [measure.summary(each, asked.country).get(measure.name) for each in tables]
    known = [each for each in values if each is not None]
    return (min(known) - values[0], max(known) - values[0]) if values[0] is not None else None


def _gates(asked: Asked) -> dict[str, int]:
    """By preference how many networks at home see most routes, by a cover that is quick to find."""
    found = {}
    for prefer in PREFERENCES:
        options = POINTS.only({**asked.options, "prefer": prefer})
        try:
            points = points_of_control(asked.world, asked.country, method="greedy", **options)
        except SplinternetError:
            return {}
        if points.height:
            found[prefer] = int(points["networks"].sum())
    return found


def _headlines(asked: Asked, world: World, with_states: bool, **choices: object) -> dict[str, Any]:
    """The headlines and what they are about; none where nothing can be measured."""
    options: dict[str, Any] = {**asked.options, "progress": None, **choices}
    try:
        carriers = depend(world, asked.country, **options)
    except SplinternetError:
        return {}
    if world is not asked.world:
        carriers = doubted_as(depend(asked.world, asked.country, **options), carriers)
    found = dict(CARRIERS.summary(carriers, asked.country))
    if with_states:
        states = depend(world, asked.country, by="state", **options)
        others = states.filter(pl.col("country") != asked.country)
        if others.height:
            found |= {"state": others["country"][0], "state_share": others["share"][0]}
    return found


def _drawn(asked: Asked, draws: Draws) -> dict[str, tuple[float, float]]:
    """Both ends of each headline's interval, in the worlds that are drawn."""
    found: dict[str, list[float]] = {figure: [] for figure in SHARES}
    base = by_evidence(asked.world, asked.routing.links)

    def draw(number: int) -> None:
        world = draws.world(base, number)
        figures = _headlines(asked, world, with_states=True)
        for figure, values in found.items():
            values.append(figures.get(figure) or 0.0)

    side_by_side(draw, range(draws.number), asked.progress)
    ends = {figure: Draws.ends(np.array(values)) for figure, values in found.items()}
    return {figure: (float(low), float(high)) for figure, (low, high) in ends.items()}


def _weightings(asked: Asked) -> tuple[Weights, ...]:
    """The asked weighting first, then the others that the world knows of the nation."""
    own = asked.world.networks.filter(asked.world.networks["country"] == asked.country)
    known: tuple[Weights, ...] = ("networks",)
    if own["ipv4_addresses"].sum():
        known = ("addresses", *known)
    if own["users"].sum():
        known = (*known, "users")
    return (asked.weights, *(each for each in known if each != asked.weights))


def headline_doubts(found: Carried | Missing, row: Mapping[str, Any]) -> dict[str, Doubted]:
    """``FIGURE_doubt`` of the headlines of a nation's row, see :func:`doubts_among`."""
    if isinstance(found, Missing):
        return {}
    return doubts_among((*found.foreign, *found.unknown_carriers), row)


def doubts_among(carriers: Iterable[Carrier], row: Mapping[str, Any]) -> dict[str, Doubted]:
    """``FIGURE_doubt`` of the headlines of a nation's row that rest on a doubted link.

    A network's headline is in doubt if its share is, or if another would lead were its own share
    not in doubt; a state's if one carrier in doubt has half of it or more.

    Parameters
    ----------
    carriers
        Networks abroad that carry most; those without a doubt do not matter.
    row
        The nation's row of an atlas.
    """
    doubts: dict[str, Doubted] = {}
    leader, share = row.get("foreign_dependence_on"), row.get("foreign_dependence") or 0.0
    state, of_state = row.get("state"), row.get("state_share") or 0.0
    for each in carriers:
        if each.doubt is None:
            continue
        if each.asn == leader or each.inbound > share:
            found = Doubted(each.asn, each.doubt, leads=each.asn == leader)
            doubts.setdefault("foreign_dependence_doubt", found)
        if state is not None and each.country == state and each.inbound >= _RESTS * of_state:
            found = Doubted(each.asn, each.doubt, leads=True)
            doubts.setdefault("state_share_doubt", found)
    return doubts
