"""How sure a difference is: a scenario on worlds as other collectors might have shown them."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import polars as pl

from splinternet.base.choices import Choices, Routing
from splinternet.base.errors import MisuseError, WorldError
from splinternet.measures.catalogue import Measures
from splinternet.measures.parallel import side_by_side
from splinternet.measures.resampling import Draws
from splinternet.routing.sweep import Progress
from splinternet.scenario.apply import apply
from splinternet.scenario.compare import what_if
from splinternet.scenario.language import ScenarioLike
from splinternet.scenario.vendors import Vendors
from splinternet.world.evidence import by_evidence
from splinternet.world.world import World

__all__ = ["what_if_intervals"]

_KEYS = ("country", "figure", "of", "unit")
_FIGURES = ("before", "after", "difference")


def what_if_intervals(
    before: World,
    scenario: ScenarioLike,
    country: str,
    draws: Draws,
    *,
    measures: Measures | None = None,
    vendors: Vendors | None = None,
    progress: Progress | None = None,
    **choices: Unpack[Choices],
) -> pl.DataFrame:
    """Figures of a what-if with intervals: the scenario happens to each world drawn.

    Before, after and difference come from the same draw, so an interval of a difference is that
    of the change, not of two figures that vary apart.

    Parameters
    ----------
    before
        The world.
    scenario
        What happens to it, as :func:`~splinternet.scenario.apply.apply` takes it.
    country
        Code or name of the nation.
    draws
        The worlds to draw.
    measures, choices
        As :func:`~splinternet.scenario.compare.what_if` takes them.
    vendors
        What operators use, for bans.
    progress
        Told of worlds done and of all.

    Returns
    -------
    polars.DataFrame
        The table of the comparison; after ``before``, ``after`` and ``difference`` their ``_low``
        and ``_high``, null where the figure is. Paths that take longer are left out: other worlds
        have other paths.

    Raises
    ------
    MisuseError
        What the comparison raises on the world itself.
    """
    links = choices.get("links", Routing().links)
    world = by_evidence(before, links)

    def table(drawn: World) -> pl.DataFrame:
        after = apply(drawn, scenario, vendors=vendors, links=links)
        compared = what_if(drawn, after, country, measures=measures, **choices)
        return compared.table().filter(pl.col("figure") != "path")

    given = table(world)
    found = np.zeros((draws.number, len(_FIGURES), given.height))

    def draw(number: int) -> None:
        try:
            other = table(draws.world(world, number))
        except (MisuseError, WorldError):
            return  # nothing was left of the nation, or of what the scenario is about
        once = other.unique(_KEYS, keep="first", maintain_order=True)
        beside = given.select(_KEYS).join(
            once, on=_KEYS, how="left", nulls_equal=True, maintain_order="left"
        )
        found[number] = beside.select(pl.col(_FIGURES).fill_null(0.0)).to_numpy().T

    side_by_side(draw, range(draws.number), progress)
    low, high = Draws.ends(found)
    ends = {
        f"{name}_{end}": pl.Series(values[at])
        for at, name in enumerate(_FIGURES)
        for end, values in (("low", low), ("high", high))
    }
    return given.with_columns(**ends).with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.col(f"{name}_low", f"{name}_high"))
        for name in _FIGURES
    )
