"""How sure a measure is: the interval it takes when links are wrong as often as links are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.checked import typed
from splinternet.base.choices import Counting, Routing
from splinternet.base.errors import MisuseError, SplinternetError, WorldError
from splinternet.measures.catalogue import find_measure
from splinternet.measures.doubts import doubted_as
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.measures.resampling import Draws, ErrorRates
from splinternet.measures.together import Answer, answers_of, schema_of
from splinternet.routing.sweep import Progress
from splinternet.world.evidence import by_evidence
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["bootstrap", "figure_intervals", "interval_schema"]


@typed
def bootstrap(
    world: World,
    measure: str | Measure,
    country: str,
    replicates: int = 100,
    *,
    rates: ErrorRates | None = None,
    seed: int = 0,
    routing: Routing | None = None,
    counting: Counting | None = None,
    progress: Progress | None = None,
    **choices: Any,  # noqa: ANN401 (of the measure, which checks them)
) -> pl.DataFrame:
    """Figures of a measure, each with an interval beside it.

    The measure is computed again on worlds as another set of route collectors, as good as those
    of the world, might have shown them: links go, and as many of the same kinds come, see
    :mod:`splinternet.measures.resampling`. The interval holds 95 % of what came out.

    Parameters
    ----------
    world
        The world.
    measure
        The measure, or its name.
    country
        Code or English name of the nation.
    replicates
        How many worlds; 100 give a fair interval.
    rates
        How often links are wrong.
    seed
        The same seed gives the same worlds.
    routing, counting, choices
        How routes are chosen and what is counted, as objects or as single fields of them, see
        :mod:`splinternet.base.choices`, and options of the measure.

    Returns
    -------
    polars.DataFrame
        The measure's table; after each column of figures ``_low`` and ``_high``, null where it is.
        A row that a replicate has not got counts 0 there, and every row where nothing is left to
        measure. Choices that the measure makes by default on the world (who observes, the clique,
        vantages) are the same in all replicates.

    Raises
    ------
    MisuseError
        If there are fewer than two replicates.
    SplinternetError
        What the measure raises on the world itself.

    Examples
    --------
    >>> bootstrap(world, "reliability", "CU", replicates=2).columns[:5]
    ['asn', 'name', 'others', 'others_low', 'others_high']
    """
    drawing = Draws(replicates, rates or ErrorRates(), seed)
    measure = find_measure(measure).asked_alone
    routing, counting = measure.takes.chosen(routing, counting, choices)
    world = as_routed(world, routing)
    own = {name: value for name, value in choices.items() if name in measure.takes.own}
    options = {**measure.takes.said(routing, counting), **own}
    if measure.settle:
        options |= measure.settle(world, country, **options)
    table = measure.table(world, country, **options)
    keys, shares = _keys_and_shares(measure, table)
    drawn = np.zeros((replicates, len(shares), table.height))

    def draw(number: int) -> None:
        try:
            found = measure.table(drawing.world(world, number), country, **options)
        except (MisuseError, WorldError):
            return  # nothing was left to measure: 0 throughout
        beside = _beside(table.select(keys), found.select(*keys, *shares))
        drawn[number] = beside.select(pl.col(shares).fill_null(0.0)).to_numpy().T

    side_by_side(draw, range(replicates), progress)
    return _with_intervals(table, shares, *Draws.ends(drawn))


def _beside(named: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Put what a replicate has beside rows that are named; rows without a name, in their order."""
    if not named.width:
        return found
    return named.join(found, on=named.columns, how="left", nulls_equal=True, maintain_order="left")


def _keys_and_shares(measure: Measure, table: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Columns that say what a row is about, and columns of figures."""
    shares = [
        name
        for name, dtype in table.schema.items()
        if dtype.is_float() or (dtype == pl.Int64 and name not in measure.naming)
    ]
    # Not whether a figure is exact or in doubt: worlds differ in that, as in figures.
    keys = [
        name
        for name, dtype in table.schema.items()
        if name not in (*shares, "name", "doubt") and dtype != pl.Boolean
    ]
    return keys, shares


def _with_intervals(
    table: pl.DataFrame,
    shares: list[str],
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
) -> pl.DataFrame:
    """Put the ends of intervals beside figures; nothing is known of what is null."""
    columns: list[pl.Series] = []
    for name in table.columns:
        columns.append(table[name])
        if name in shares:
            at = shares.index(name)
            columns += [pl.Series(f"{name}_low", low[at]), pl.Series(f"{name}_high", high[at])]
    return pl.DataFrame(columns).with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.col(f"{name}_low", f"{name}_high"))
        for name in shares
    )


def figure_intervals(
    world: World,
    country: str,
    measures: Iterable[Measure],
    options: Mapping[str, Any],
    draws: Draws,
) -> dict[str, float | None]:
    """Intervals of a nation's figures: ``NAME_low`` and ``NAME_high`` of each that is a number.

    Parameters
    ----------
    world
        The world.
    country
        The nation's code.
    measures, options
        As :func:`~splinternet.measures.together.answers_of` takes them.
    draws
        The worlds to compute the figures on.

    Returns
    -------
    dict
        Both ends by name; None where the world, or no world drawn, has the figure.
    """
    ends: dict[str, float | None] = {}
    for measure in measures:
        settled = measure.only(options)
        if measure.settle:
            with suppress(SplinternetError):  # then the measure fails too, and has no figure
                settled = settled | measure.settle(world, country, **settled)
        names = [name for name, dtype in schema_of([measure]).items() if dtype == pl.Float64()]
        given = next(answers_of(world, country, [measure], settled))
        rows = [] if given.table is None else _drawn(world, country, given, settled, draws)
        for name in names:
            drawn = [row[name] for row in rows if row.get(name) is not None]
            known = given.figures.get(name) is not None and drawn
            low, high = Draws.ends(np.array(drawn, dtype=float)) if known else (None, None)
            ends[f"{name}_low"] = None if low is None else float(low)
            ends[f"{name}_high"] = None if high is None else float(high)
    return ends


def _drawn(
    world: World, country: str, given: Answer, options: Mapping[str, Any], draws: Draws
) -> list[Mapping[str, Any]]:
    """Figures in the worlds drawn; whoever is in doubt in the world itself leads in none."""
    base = by_evidence(world, options.get("links", Routing().links))
    rows: list[Mapping[str, Any]] = []
    for number in range(draws.number):
        found = next(answers_of(draws.world(base, number), country, [given.measure], options))
        if found.table is not None and given.table is not None:
            table = doubted_as(given.table, found.table)
            rows.append(given.measure.summary(table, country))
    return rows


def interval_schema(measures: Iterable[Measure]) -> dict[str, pl.DataType]:
    """Names and types of what :func:`figure_intervals` gives."""
    names = [name for name, dtype in schema_of(measures).items() if dtype == pl.Float64()]
    return {f"{name}_{end}": pl.Float64() for name in names for end in ("low", "high")}
