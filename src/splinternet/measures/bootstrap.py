"""How sure a measure is: the interval it takes when links are wrong as often as links are."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from splinternet.base.choices import Counting, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.catalogue import find_measure
from splinternet.measures.measure import Measure
from splinternet.measures.parallel import side_by_side
from splinternet.measures.resampling import ErrorRates, resampled
from splinternet.routing.sweep import Progress
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["bootstrap"]

#: Part of the replicates between the two ends of an interval.
_INSIDE = 0.95


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
    """Compute a measure with an interval beside each figure.

    The measure is computed again on worlds whose links were dropped or changed at the given
    rates, at random. The interval holds 95 % of what came out. As links only go and none come, it
    need not hold the figure itself.

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
        measure. What the measure chooses by default on the world (who observes, the core, the
        vantages) is the same in all replicates.

    Raises
    ------
    MisuseError
        If there are fewer than two replicates.
    SplinternetError
        What the measure raises on the world itself.
    """
    if replicates < 2:
        raise MisuseError("an interval takes two replicates or more; 100 give a fair one")
    measure = find_measure(measure)
    routing, counting = measure.takes.chosen(routing, counting, choices)
    world = by_evidence(world, routing.links)
    own = {name: value for name, value in choices.items() if name in measure.takes.own}
    options = {**measure.takes.said(routing, counting), **own}
    if measure.settle:
        options |= measure.settle(world, country, **options)
    table = measure.table(world, country, **options)
    shares = [
        name
        for name, dtype in table.schema.items()
        if dtype.is_float() or (dtype == pl.Int64 and name not in measure.naming)
    ]
    # Not whether a figure is exact: that differs from one world to another, as figures do.
    keys = [
        name
        for name, dtype in table.schema.items()
        if name not in shares and name != "name" and dtype != pl.Boolean
    ]
    draws = np.zeros((replicates, len(shares), table.height))

    def draw(number: int) -> None:
        other = resampled(world, rates or ErrorRates(), np.random.default_rng([seed, number]))
        try:
            found = measure.table(other, country, **options)
        except (MisuseError, WorldError):
            return  # nothing was left to measure: 0 throughout
        beside = table.select(keys).join(
            found.select(*keys, *shares), on=keys, how="left", nulls_equal=True,
            maintain_order="left",
        )  # fmt: skip
        draws[number] = beside.select(pl.col(shares).fill_null(0.0)).to_numpy().T

    side_by_side(draw, range(replicates), progress)
    ends = [(1 - _INSIDE) / 2, (1 + _INSIDE) / 2]
    low, high = np.quantile(draws, ends, axis=0)
    columns: list[pl.Series] = []
    for name in table.columns:
        columns.append(table[name])
        if name in shares:
            at = shares.index(name)
            columns += [pl.Series(f"{name}_low", low[at]), pl.Series(f"{name}_high", high[at])]
    # Nothing is known of what is null: no interval either.
    return pl.DataFrame(columns).with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.col(f"{name}_low", f"{name}_high"))
        for name in shares
    )
