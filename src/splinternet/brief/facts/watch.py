"""Networks and states that could watch a nation's traffic, or cut it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried, most
from splinternet.figures.observed import exposure_on_levels
from splinternet.measures.control import MEASURE as CONTROL
from splinternet.measures.control import points_of_control
from splinternet.measures.crp import MEASURE as CRP
from splinternet.measures.cut import MEASURE as CUT
from splinternet.measures.detours import MEASURE as DETOURS
from splinternet.measures.exposure import MEASURE as EXPOSURE
from splinternet.measures.measure import Measure

__all__ = ["Watch", "watch"]

#: Of how many foreign states a brief tells what they could observe.
_OBSERVERS = 3


@dataclass(frozen=True, eq=False)
class Watch:
    """Observers and cuts of a nation's traffic; each a table, or why there is none.

    Attributes
    ----------
    asked
        What the observers asked for could observe, see
        :func:`~splinternet.measures.exposure.exposure`; None where none were asked for.
    exposure
        What each of the foreign states that carry most, both directions taken together, could
        observe, see
        :func:`~splinternet.measures.exposure.exposure`; none where there is no such state.
    control
        The fewest domestic networks that see 90 % of inbound paths, see
        :func:`~splinternet.measures.control.points_of_control`.
    cut
        See :func:`~splinternet.measures.cut.cut`.
    crp
        See :func:`~splinternet.measures.crp.crp`.
    detours
        See :func:`~splinternet.measures.detours.detours`.
    """

    asked: pl.DataFrame | Missing | None
    exposure: tuple[pl.DataFrame, ...] | Missing
    control: pl.DataFrame | Missing
    cut: pl.DataFrame | Missing
    crp: pl.DataFrame | Missing
    detours: pl.DataFrame | Missing


def watch(asked: Asked, carried: Carried | Missing) -> Watch:
    """Find who could watch a nation's traffic, or cut it."""
    observers, points = asked.counting.observers, CONTROL.only(asked.options)
    return Watch(
        asked=None if observers is None else attempt(lambda: _observed(asked, observers)),
        exposure=carried
        if isinstance(carried, Missing)
        else attempt(lambda: _exposure(asked, carried)),
        control=attempt(lambda: points_of_control(asked.world, asked.country, **points)),
        cut=_level(asked, CUT),
        crp=_level(asked, CRP),
        detours=_level(asked, DETOURS),
    )


def _level(asked: Asked, measure: Measure) -> pl.DataFrame | Missing:
    """Take the rows of the full world where they are shipped, else compute them."""
    shipped = asked.shipped(measure.name)
    return attempt(lambda: asked.answer(measure)) if shipped is None else shipped


def _observed(asked: Asked, observers: tuple[int | str, ...]) -> pl.DataFrame:
    """Find what observers could see; incoming shares of a state as far as they are shipped."""
    found = asked.answer(EXPOSURE, observers=observers)
    if len(observers) > 1 or isinstance(observers[0], int):
        return found
    return exposure_on_levels(found, asked.figures, asked.country)


def _exposure(asked: Asked, carried: Carried) -> tuple[pl.DataFrame, ...]:
    """Find what each of the largest foreign states could observe."""
    passed = [each for each in carried.states if each.inbound or each.outbound]
    return tuple(
        _observed(asked, (each.country,)) for each in most(passed, _OBSERVERS) if each.country
    )
