"""A what-if on a digest, told on the levels of its full world.

Levels of a nation are those of the full world, which are shipped; a digest serves for what changes.
So ``before`` is the figure that every page and command tells, and ``after`` is that figure and the
digest's difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Unpack

import polars as pl

from splinternet.base.choices import Carriers, Choices, Counting, Routing
from splinternet.base.texts import phrase
from splinternet.figures.ranges import ends_around
from splinternet.figures.shipped import Figures, levels_line, shipped_answer, shipped_of
from splinternet.measures.catalogue import Measures, find_measure
from splinternet.measures.dependence import MEASURE as CARRIERS
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.measure import Measure
from splinternet.measures.states import MEASURE as STATES
from splinternet.routing.sweep import Progress
from splinternet.scenario.compare import what_if
from splinternet.scenario.comparison import (
    ENDS,
    Comparison,
    MeasureFigure,
    NationCompared,
    beside,
)
from splinternet.scenario.doubted import with_doubts
from splinternet.scenario.headlines import headlines_after
from splinternet.scenario.language import ScenarioLike
from splinternet.scenario.moving import moved, shares_on_levels
from splinternet.scenario.ruled import ranged_by_rules
from splinternet.world.schema import FIRST_GROUP
from splinternet.world.world import World

__all__ = [
    "carriers_on_levels",
    "ends_on_levels",
    "figure_on_levels",
    "what_if_on_levels",
]

_KEYS = ("country", "figure", "of", "unit")


#: Both ends of the range of a figure before, by other rules.
_ENDS = ENDS[:2]


def what_if_on_levels(
    before: World,
    after: World | ScenarioLike,
    country: str | None = None,
    *,
    measures: Measures | None = None,
    routing: Routing | None = None,
    counting: Counting | None = None,
    ranges: bool | Callable[[NationCompared], bool] = False,
    progress: Progress | None = None,
    figures: Figures | None = None,
    **choices: Unpack[Choices],
) -> Comparison:
    """Compare as :func:`~splinternet.scenario.compare.what_if` does, on levels of the full world.

    Of a nation in a digest, shares of carriers and states, detours and the figures of measures are
    before what is shipped of the full world, and after what :func:`moved` says. A network with less
    than 1 % there has its share of the digest, but not above 1 %. Groups of a digest, and all that
    is asked by choices whose figures are not shipped, stay as the digest has them. ``levels`` of
    the comparison says so in a sentence. ``figures`` are the levels of a digest that is itself
    after a scenario, of which none are shipped.

    Ranges of what is before are those shipped, of a digest's full world or of a full world
    itself. With ``ranges`` those of what comes after and of
    differences are computed besides, also of a full world, by every other rule, see
    :mod:`splinternet.scenario.ruled`: two to four times the work. It may be a test of what came
    out, which says whether they are wanted.

    On a digest, and with ``ranges``, carriers have a ``doubt`` too, see
    :mod:`splinternet.scenario.doubted`.
    """
    compared = what_if(
        before,
        after,
        country,
        measures=measures,
        routing=routing,
        counting=counting,
        progress=progress,
        **choices,
    )
    if compared.nation is None:
        return compared
    objects = [vars(each) for each in (routing, counting) if each is not None]
    named = {name: value for each in objects for name, value in each.items()} | {**choices}
    is_ranged = ranges(compared.nation) if callable(ranges) else ranges
    told = _told(compared, compared.nation, before, named, figures, ranges=is_ranged)
    if is_ranged or before.manifest.is_digest:
        told = with_doubts(told, named)
    if not is_ranged:
        return told
    by = Routing(**{name: named[name] for name in vars(Routing()) if name in named})
    counts = Counting(**{name: named[name] for name in vars(Counting()) if name in named})
    return ranged_by_rules(told, compared, by, counts, named, progress, figures)


def _told(
    compared: Comparison,
    nation: NationCompared,
    world: World,
    named: Mapping[str, Any],
    figures: Figures | None,
    *,
    ranges: bool,
) -> Comparison:
    """Set a nation's figures on levels, where the world before is a digest."""
    if not world.manifest.is_digest:
        return compared if ranges else _ranged_before(compared, nation, world, named)
    measure = STATES if nation.by == "state" else CARRIERS
    asked = measure.only(named)
    key = "shipped" if figures or shipped_of(world, measure, asked) else "own"
    why = levels_line(world, asked)
    line = phrase(f"what_if.levels.{key}", **({"why": why} if key == "own" else {}))
    levelled = _levelled(nation, world, named, figures)
    ends = dict(_ends(levelled, world, named))
    if not ranges and (ends or set(_ENDS) <= set(levelled.carriers.columns)):
        line = f"{line} {phrase('what_if.levels.ranged_before')}"
    return replace(compared, nation=levelled, levels=line, ends=ends)


def _ranged_before(
    compared: Comparison, nation: NationCompared, world: World, named: Mapping[str, Any]
) -> Comparison:
    """Put the ranges that are shipped of a full world beside its own figures before."""
    measure, key = (STATES, "country") if nation.by == "state" else (CARRIERS, "asn")
    figures = shipped_answer(world, measure, measure.only(named))
    shipped = None if figures is None else figures.ranged(measure.name, nation.country)
    carriers = nation.carriers
    if shipped is not None and "share_low" in shipped.columns:
        known = shipped.select(key, before_low="share_low", before_high="share_high")
        carriers = carriers.join(
            known, on=key, how="left", nulls_equal=True, maintain_order="left"
        ).select(beside(carriers.columns, _ENDS))
    ends = dict(_ends(nation, world, named))
    if carriers is nation.carriers and not ends:
        return compared
    line = phrase("what_if.levels.ranged_before_full")
    return replace(compared, nation=replace(nation, carriers=carriers), levels=line, ends=ends)


def carriers_on_levels(
    carriers: pl.DataFrame, figures: Figures | None, country: str, by: Carriers
) -> pl.DataFrame:
    """Set the shares of a nation's carriers on shipped levels; groups stay as they are.

    Parameters
    ----------
    carriers
        ``asn``, or by state ``country``; ``before``, ``after`` and ``difference``.
    figures
        Those of the full world that answer this question, if any.
    country
        The nation's code.
    by
        Whether carriers are networks or states.
    """
    table, key = ("states", "country") if by == "state" else ("dependence", "asn")
    shares = None if figures is None else figures.ranged(table, country)
    if shares is None:
        return carriers
    named = pl.lit(value=True) if by == "state" else pl.col("asn") < FIRST_GROUP
    return shares_on_levels(carriers, shares, key, named)


def figure_on_levels(
    told: MeasureFigure,
    country: str,
    world: World,
    named: Mapping[str, Any],
    figures: Figures | None = None,
    headlines: Mapping[str, Any] = MappingProxyType({}),
) -> MeasureFigure:
    """Set a figure of a measure, before and after, on the level that is shipped, or else given.

    After it is that of ``headlines``, see :mod:`splinternet.scenario.headlines`, if it is there.
    """
    measure, figure, unit, before, after = told
    level = _row(find_measure(measure), country, world, named, figures).get(figure)
    if level is None or before is None:
        return told
    if figure in headlines:
        return measure, figure, unit, level, headlines[figure]
    return (
        measure,
        figure,
        unit,
        level,
        None if after is None else moved(level, before, after, unit),
    )


def ends_on_levels(intervals: pl.DataFrame, compared: Comparison) -> pl.DataFrame:
    """Move intervals of a digest to the levels of a comparison.

    Parameters
    ----------
    intervals
        As :func:`~splinternet.scenario.intervals.what_if_intervals` gives them.
    compared
        The same question, on levels.
    """
    if compared.levels is None:
        return intervals
    told = compared.table().unique(_KEYS, keep="first").select(*_KEYS, *_TOLD, "factor")
    beside = intervals.drop("factor").join(
        told, on=_KEYS, how="left", nulls_equal=True, maintain_order="left", suffix="_told"
    )
    is_share = pl.col("unit") == "share"
    return beside.with_columns(
        expression for name in _TOLD for expression in _moved_ends(name, is_share)
    ).select(intervals.columns)


_TOLD = ("before", "after", "difference")


def _moved_ends(name: str, is_share: pl.Expr) -> Iterator[pl.Expr]:
    """Move a figure to its level, and both ends of its interval as far."""
    level, figure = pl.col(f"{name}_told"), pl.col(name)
    yield level.alias(name)
    for end in ("low", "high"):
        at = pl.col(f"{name}_{end}") + (level - figure)
        if name != "difference":
            at = at.clip(lower_bound=0.0)
            at = pl.when(is_share).then(at.clip(upper_bound=1.0)).otherwise(at)
        yield at.alias(f"{name}_{end}")


def _levelled(
    nation: NationCompared, world: World, named: Mapping[str, Any], given: Figures | None
) -> NationCompared:
    measure = STATES if nation.by == "state" else CARRIERS
    figures = given or shipped_of(world, measure, measure.only(named))
    carriers = carriers_on_levels(nation.carriers, figures, nation.country, nation.by)
    return replace(
        nation,
        carriers=_ordered(carriers, nation.by),
        detours=_detours(nation, world, named, given),
        figures=tuple(_figures(nation, world, named, given)),
    )


def _figures(
    nation: NationCompared, world: World, named: Mapping[str, Any], given: Figures | None
) -> Iterator[MeasureFigure]:
    """Set the figures of measures on levels, headlines by the rows that they are of."""
    headlines: dict[str, Any] = {}
    for name, tables in nation.tables.items():
        measure = find_measure(name)
        figures = given or shipped_of(world, measure, measure.only(named))
        headlines |= headlines_after(measure, nation.country, world, tables, figures, named)
    for each in nation.figures:
        yield figure_on_levels(each, nation.country, world, named, given, headlines)


def _ends(
    nation: NationCompared, world: World, named: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Ranges of the figures of measures that are those shipped."""
    for measure, figure, *_ in nation.figures:
        asked = find_measure(measure)
        figures = shipped_answer(world, asked, asked.only(named))
        if figures is not None:
            around = figures.around.get(nation.country, {})
            ends = ends_around(around, figures.row(nation.country))
            if f"{figure}_low" in ends:
                both = ends[f"{figure}_low"], ends[f"{figure}_high"]
                yield f"{measure}.{figure}", dict(zip(_ENDS, both, strict=True))


def _row(
    measure: Measure, country: str, world: World, named: Mapping[str, Any], given: Figures | None
) -> dict[str, Any]:
    """Figures of a nation that are given, or shipped by the choices that a measure takes."""
    figures = given or shipped_of(world, measure, measure.only(named))
    return {} if figures is None else figures.row(country)


def _detours(
    nation: NationCompared, world: World, named: Mapping[str, Any], given: Figures | None
) -> tuple[float, float] | None:
    level = _row(DETOURS, nation.country, world, named, given).get("detours")
    if nation.detours is None or level is None:
        return nation.detours
    return level, moved(level, *nation.detours, "share")


def _ordered(carriers: pl.DataFrame, by: str) -> pl.DataFrame:
    """Put carriers in order again: the largest gain first, the largest loss last."""
    key = "country" if by == "state" else "asn"
    return carriers.sort("difference", "after", key, descending=[True, True, False])
