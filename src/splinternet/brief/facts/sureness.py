"""How sure the headlines on a nation are: by other rules, in worlds drawn, on doubted links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl

from splinternet.base.choices import PREFERENCES, Prefer, Weights
from splinternet.base.errors import SplinternetError
from splinternet.brief.facts.asked import Asked, Missing
from splinternet.brief.facts.by_rule import (
    Wanted,
    by_rule,
    drawn_worlds,
    large_carriers,
)
from splinternet.brief.facts.carriers import Carried, Carrier
from splinternet.brief.facts.front import Doubted
from splinternet.figures.ranges import (
    COUNTED,
    RANGES,
    Around,
    around_of,
    ends_around,
    ranges_of,
    weightings,
)
from splinternet.figures.reverse import RESTS
from splinternet.measures.continuity import MEASURE as CONTINUITY
from splinternet.measures.control import MEASURE as POINTS
from splinternet.measures.control import points_of_control
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.measure import Measure
from splinternet.measures.reliability import MEASURE as RELIABILITY
from splinternet.measures.resampling import Draws

__all__ = [
    "SHARES",
    "Ruled",
    "Sureness",
    "at_hand",
    "doubts_among",
    "headline_doubts",
    "sureness",
]

#: The headlines that are shares, and the column that names what each is about.
SHARES = {"foreign_dependence": "foreign_dependence_on", "state_share": "state"}

#: The share of the network with most, at home or abroad, which a title may be about.
_LARGEST = "dependence"

#: Measures within the nation; a title may be about the figure that goes by the measure's name.
_WITHIN = (CONTINUITY, DETOURS, RELIABILITY)


@dataclass(frozen=True)
class Ruled:
    """The headlines by one preference and one weighting; None where there is nothing to measure."""

    prefer: str
    weights: Weights
    figures: Mapping[str, Any]


#: By carrier (a network's number, or a state's code): how far around its share the range reaches.
_Ranges = Mapping[Any, tuple[float, float]]


@dataclass(frozen=True)
class Sureness:
    """How sure the headlines are, and the shares of carriers.

    Attributes
    ----------
    rules
        The headlines by every preference and weighting; of a digest whose full world's figures are
        shipped these, and what the digest says that another rule changes.
    around
        By figure, how far below and above its value the interval reaches.
    networks, states
        The same of the share of each network, by number, and of each state, by code.
    draws
        The worlds that were drawn for intervals, None if none were.
    """

    rules: tuple[Ruled, ...] = ()
    around: Around | None = None
    draws: Draws | None = None
    networks: _Ranges = field(default_factory=dict)
    states: _Ranges = field(default_factory=dict)

    def ends(self, row: Mapping[str, Any]) -> dict[str, float]:
        """``FIGURE_low`` and ``FIGURE_high`` of the figures of a nation's row."""
        return ends_around(self.around or {}, row)

    def of(self, carrier: int | str | None, share: float) -> tuple[float, float] | None:
        """Range of the share of a network, by number, or of a state, by code; None if unknown."""
        found = (self.states if isinstance(carrier, str) else self.networks).get(carrier)
        if found is None:
            return None
        below, above = found
        return max(0.0, share + below), min(1.0, share + above)


def at_hand(asked: Asked, draws: Draws | None) -> Sureness:
    """Take what is known before anything is computed: the shipped, of a digest without draws."""
    if draws is not None or not asked.world.manifest.is_digest:
        return Sureness()
    networks, states = (
        _ends_by(asked.shipped(ranges_of(table))) for table in ("dependence", "states")
    )
    return Sureness(around=around_of(asked.shipped(RANGES)), networks=networks, states=states)


def _ends_by(rows: pl.DataFrame | None) -> _Ranges:
    """Ranges of shares by what they are of, as they are shipped."""
    return {} if rows is None else {of: (low, high) for of, low, high in rows.iter_rows()}


def sureness(asked: Asked, draws: Draws | None, wanted: Wanted | None = None) -> Sureness:
    """Find how sure the headlines are, and the shares of carriers, on the asked world.

    The interval of a figure reaches as far around it as the figures by other preferences and
    weightings lie around that by the asked ones, and as far as those of the worlds drawn. Where
    levels are those of a full world, a digest gives only these differences. Those of states take
    long: by other weightings they come with ``draws``. The interval of the points of control holds
    what the preferences give by the asked weighting: 90 % of the networks is another question than
    90 % of the addresses, and a set cover takes too long to be computed in many worlds. Figures of
    which only a title may tell vary by preferences and weightings alone, those within the nation on
    full worlds alone.

    The interval of a headline is that of the largest share, whoever has it by each rule; that of a
    carrier is of its own share by the same rules.

    Parameters
    ----------
    asked
        The question.
    draws
        Worlds to draw besides, if any.
    wanted
        Carriers of whose shares a range is wanted; by default those with 1 % or more. Of a digest
        without draws they are those that are shipped.
    """
    known = at_hand(asked, draws)
    if wanted is None:
        is_known = bool(known.networks or known.states)
        wanted = Wanted((), ()) if is_known else large_carriers(asked)
    choices = list(product(PREFERENCES, weightings(asked.world, asked.country, asked.weights)))
    found = {
        (prefer, weights): by_rule(
            asked, prefer, weights, wanted, draws is not None or weights == asked.weights
        )
        for prefer, weights in choices
    }
    rules = tuple(Ruled(*rule, each.figures) for rule, each in found.items())
    own = found[asked.routing.prefer, asked.weights]
    drawn = drawn_worlds(asked, draws) if draws else []
    around: dict[str, tuple[float, float]] = {}
    for figure in (*SHARES, _LARGEST):
        if (value := own.figures.get(figure)) is not None:
            more = [each.figures.get(figure) or 0.0 for each in drawn if figure in SHARES]
            around[figure] = _reach(value, more, (each.figures.get(figure) for each in rules))
    within = {each.name: _apart(each, asked) for each in _WITHIN}
    around |= {name: ends for name, ends in within.items() if ends}
    gates = _gates(asked)
    if (few := gates.get(asked.routing.prefer)) is not None:
        around[COUNTED] = (min(gates.values()) - few, max(gates.values()) - few)
    networks = _of_shares(
        wanted.networks,
        own.networks,
        [each.networks for each in found.values()],
        [each.networks for each in drawn],
    )
    by_state = [each.states for each in found.values() if each.states is not None]
    states = _of_shares(
        wanted.states, own.states or {}, by_state, [each.states or {} for each in drawn]
    )
    # Of a digest as the first screen has told them.
    return Sureness(
        _on_levels(rules, own.figures, asked),
        {**around, **(known.around or {})},
        draws,
        known.networks or networks,
        known.states or states,
    )


def _of_shares(
    wanted: Collection[Any],
    own: Mapping[Any, float],
    rules: Sequence[Mapping[Any, float]],
    drawn: Sequence[Mapping[Any, float]],
) -> _Ranges:
    """How far around the share of each carrier its shares by other rules, or in worlds, lie.

    A carrier that the world does not have, as a digest takes many together, has none.
    """
    have: set[Any] = set().union(*rules)
    return {
        each: _reach(
            own.get(each, 0.0),
            [world.get(each, 0.0) for world in drawn],
            (rule.get(each, 0.0) for rule in rules),
        )
        for each in wanted
        if each in have
    }


def _reach(
    value: float, drawn: Sequence[float], rules: Iterable[float | None]
) -> tuple[float, float]:
    """How far below and above a value reach those by rules, and the interval of those drawn."""
    ends = Draws.ends(np.array(drawn)) if drawn else ()
    known = (value, *map(float, ends), *rules)
    apart = [each - value for each in known if each is not None]
    return min(apart), max(apart)


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
    for prefer, weights in product(
        PREFERENCES, weightings(asked.world, asked.country, asked.weights)
    ):
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


def _gates(asked: Asked) -> dict[Prefer, int]:
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
        if state is not None and each.country == state and each.inbound >= RESTS * of_state:
            found = Doubted(each.asn, each.doubt, leads=True)
            doubts.setdefault("state_share_doubt", found)
    return doubts
