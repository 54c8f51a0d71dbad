"""Effects of a scenario by other rules: how far shares after it, and differences, reach.

A rule is an order in which networks choose routes, and a weight of the nation's networks. By each
the world before is compared with that after, so a difference is one rule's, not of two figures
that vary apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import PREFERENCES, Counting, Routing, Weights
from splinternet.base.errors import SplinternetError
from splinternet.base.texts import phrase
from splinternet.figures.ranges import weightings
from splinternet.figures.shipped import Figures, shipped_of
from splinternet.measures.catalogue import list_measures
from splinternet.measures.measure import Measure
from splinternet.measures.nation import ends_in_states
from splinternet.measures.parallel import side_by_side
from splinternet.routing.changes import Change
from splinternet.routing.sweep import Progress
from splinternet.scenario.compare import carriers_change, summary_of, tables_of
from splinternet.scenario.comparison import ENDS, BothTables, Comparison, NationCompared, beside
from splinternet.scenario.headlines import Headlines
from splinternet.scenario.moving import all_moved
from splinternet.world.world import World

__all__ = [
    "BothFigures",
    "choices_by_rule",
    "ends_by_rule",
    "figures_by_rule",
    "other_rules",
    "ranged_by_rules",
    "with_ends",
]

#: Figures before and after, by name.
BothFigures = tuple[Mapping[str, Any], Mapping[str, Any]]

_Rule = tuple[Routing, Counting]
_Floats = npt.NDArray[np.float64]


def ranged_by_rules(
    told: Comparison,
    compared: Comparison,
    routing: Routing,
    counting: Counting,
    options: Mapping[str, Any],
    progress: Progress | None = None,
    figures: Figures | None = None,
) -> Comparison:
    """Add to a comparison the ranges of what comes before, after and between by other rules.

    Parameters
    ----------
    told
        The comparison of a nation, maybe on the levels of a full world; ranges that it has of what
        is before are kept.
    compared
        The same as the two worlds have it.
    routing, counting
        The rule by which it was asked.
    options
        The choices by which its measures were asked.
    progress
        Told of rules done and of all.
    figures
        Levels of a digest that is itself after a scenario, of which none are shipped.

    Returns
    -------
    Comparison
        Carriers have ``before``, ``after`` and ``difference`` each with ``_low`` and ``_high``;
        ``ends`` has the same of the figures of those measures that are asked about. Rules are every
        preference by every weighting that is known of the nation; of states by the asked one
        alone, as they take long.
    """
    nation, own = told.nation, compared.nation
    if nation is None or own is None:
        return told
    key = "country" if nation.by == "state" else "asn"
    known = weightings(compared.before, nation.country, counting.weights)
    rules = {
        by: tuple(other_rules(routing, counting, some))
        for by, some in (("network", known), ("state", known[:1]))
    }
    change = Change.between(compared.before, compared.after)

    def shares(rule: _Rule) -> pl.DataFrame | None:
        try:
            both = ends_in_states(compared.before, nation.country, rule[1])
            return carriers_change(change, both, nation.by, rule[0], None)
        except SplinternetError:
            return None  # nothing can be measured by this rule

    found = side_by_side(shares, rules[nation.by], progress)
    shares_by_rule = [each for each in found if each is not None]
    ends: dict[str, Mapping[str, float]] = {}
    for measure in list_measures().values():
        if not measure.by_rule:
            continue
        by = rules[measure.by_rule]
        levels = figures or shipped_of(compared.before, measure, measure.only(options))
        ends |= _of_measure(
            measure, nation, own, compared, choices_by_rule(measure, options, by), levels
        )
    for name, each in told.ends.items():
        ends[name] = {**ends.get(name, {}), **each}
    line = phrase(f"what_if.levels.ruled_{nation.by}")
    return replace(
        told,
        nation=replace(
            nation, carriers=with_ends(nation.carriers, own.carriers, shares_by_rule, key)
        ),
        ends=ends,
        levels=line if told.levels is None else f"{told.levels} {line}",
    )


def other_rules(routing: Routing, counting: Counting, known: Sequence[Weights]) -> Iterator[_Rule]:
    """Rules but the asked one: every preference by each of the ``known`` weightings."""
    for prefer, weights in product(PREFERENCES, known):
        if (prefer, weights) != (routing.prefer, counting.weights):
            yield replace(routing, prefer=prefer), replace(counting, weights=weights)


def with_ends(
    carriers: pl.DataFrame, own: pl.DataFrame, others: Sequence[pl.DataFrame], key: str
) -> pl.DataFrame:
    """Put ranges beside the shares of carriers; those before that are known stay.

    Parameters
    ----------
    carriers
        ``key``, ``before``, ``after`` and ``difference``, maybe on the levels of a full world.
    own, others
        ``key``, ``before`` and ``after`` as the two worlds have them, by the asked rule and by each
        other one.
    key
        Column that says what a share is of.
    """
    rows = carriers.select(key)
    before, after = (
        np.stack([_column(rows, each, key, name) for each in (own, *others)])
        for name in ("before", "after")
    )
    found = _ends(carriers["before"].to_numpy(), before, after)
    known = [name for name in ENDS[:2] if name in carriers.columns]
    ends = pl.DataFrame(found).select(
        pl.coalesce(carriers[name], name) if name in known else name for name in ENDS
    )
    return carriers.drop(known).hstack(ends).select(beside(carriers.drop(known).columns, ENDS))


def _column(rows: pl.DataFrame, shares: pl.DataFrame, key: str, name: str) -> _Floats:
    joined = rows.join(
        shares.select(key, name), on=key, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined[name].fill_null(0.0).to_numpy()


def _ends(level: _Floats, before: _Floats, after: _Floats, most: float = 1.0) -> dict[str, _Floats]:
    """Ends of the ranges of figures at a level, each by the first rule, by all of these.

    Other rules stand around the level as far as they stand around the first: before between 0 and
    ``most``, and after as :func:`~splinternet.scenario.moving.moved` has it.

    Parameters
    ----------
    level
        The figures before, as they are told.
    before, after
        The figures by each rule, the first the asked one; shape ``(rules, figures)``.
    most
        The most that is possible.
    """
    then = np.clip(before + level - before[0], 0.0, most)
    now = all_moved(level, before[0], after, most)
    told = {"before": then, "after": now, "difference": now - then}
    return {
        f"{name}_{end}": (values.min if end == "low" else values.max)(axis=0)
        for name, values in told.items()
        for end in ("low", "high")
    }


def _of_measure(
    measure: Measure,
    nation: NationCompared,
    own: NationCompared,
    compared: Comparison,
    others: Sequence[Mapping[str, Any]],
    figures: Figures | None,
) -> dict[str, dict[str, float]]:
    """Ranges of the figures of a measure, by its name and theirs; none if it is not asked about."""
    told = [each[1:] for each in nation.figures if each[0] == measure.name]
    if not told:
        return {}
    asked, worlds = own.tables[measure.name], (compared.before, compared.after)
    headlines = Headlines.of(measure, nation.country, asked[0], figures)
    by_rule = figures_by_rule(measure, nation.country, worlds, asked, others, headlines)
    known = frozenset() if headlines is None else headlines.known
    found = ends_by_rule(told, by_rule, known)
    return {f"{measure.name}.{figure}": ends for figure, ends in found.items()}


def figures_by_rule(
    measure: Measure,
    country: str,
    worlds: tuple[World, World],
    asked: BothTables,
    others: Sequence[Mapping[str, Any]],
    headlines: Headlines | None,
) -> list[BothFigures]:
    """Figures of a measure before and after by name, by the asked rule and by each other one.

    Parameters
    ----------
    measure, country, worlds
        The measure, the nation's code, and the worlds before and after.
    asked
        The measure's tables by the asked rule.
    others
        The measure's choices by each other rule.
    headlines
        Those that are moved row by row, if any are.
    """
    tables = [asked, *(tables_of(measure, worlds, country, each) for each in others)]
    return [
        (
            _by_name(measure, country, then, headlines),
            _by_name(measure, country, now, headlines),
        )
        for then, now in tables
    ]


def ends_by_rule(
    told: Iterable[tuple[str, str, float | None, float | None]],
    by_rule: Sequence[BothFigures],
    moved: Collection[str],
) -> dict[str, dict[str, float]]:
    """Ranges of figures before, after and between, by name.

    Parameters
    ----------
    told
        Each figure, its unit, and what is told of before and after.
    by_rule
        Figures before and after by each rule, the asked one first.
    moved
        Figures of which those by every rule are on levels already.
    """
    found = {}
    for figure, unit, level, after in told:
        values = [(then.get(figure), now.get(figure)) for then, now in by_rule]
        if level is not None and after is not None and None not in values[0]:
            known = [each for each in values if None not in each]
            then, now = np.array(known, dtype=np.float64).T[:, :, None]
            most = 1.0 if unit == "share" else np.inf
            ends = _ends(then[0] if figure in moved else np.array([level]), then, now, most)
            found[figure] = {name: float(each[0]) for name, each in ends.items()}
    return found


def _by_name(
    measure: Measure, country: str, table: pl.DataFrame | None, headlines: Headlines | None
) -> dict[str, Any]:
    """Figures of a table: headlines of rows at their levels, the others as the world has them."""
    found = summary_of(measure, table, country)
    if table is None or headlines is None:
        return found
    return found | headlines.after(table)


def choices_by_rule(
    measure: Measure, options: Mapping[str, Any], rules: Sequence[_Rule]
) -> list[dict[str, Any]]:
    """The choices of a measure by each rule that makes a difference to it, the asked one aside."""
    asked = {**options, "progress": None}
    seen = [measure.only(asked)]
    for routing, counting in rules:
        other = {**asked, "prefer": routing.prefer, "weights": counting.weights}
        if (only := measure.only(other)) not in seen:
            seen.append(only)
    return seen[1:]
