"""Who could watch a nation's traffic, or cut it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried, most
from splinternet.measures.control import points_of_control
from splinternet.measures.crp import crp
from splinternet.measures.cut import cut
from splinternet.measures.detours import detours
from splinternet.measures.exposure import exposure

__all__ = ["Watch", "watch"]

#: Of how many foreign states a brief tells what they could observe.
_OBSERVERS = 3


@dataclass(frozen=True, eq=False)
class Watch:
    """Who could watch a nation's traffic, or cut it; each a table, or why there is none.

    Attributes
    ----------
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

    exposure: tuple[pl.DataFrame, ...] | Missing
    control: pl.DataFrame | Missing
    cut: pl.DataFrame | Missing
    crp: pl.DataFrame | Missing
    detours: pl.DataFrame | Missing


def watch(asked: Asked, carried: Carried | Missing) -> Watch:
    """Find who could watch a nation's traffic, or cut it."""
    world, code = asked.world, asked.country
    return Watch(
        exposure=carried
        if isinstance(carried, Missing)
        else attempt(lambda: _exposure(asked, carried)),
        control=attempt(lambda: points_of_control(world, code, **asked.options)),
        cut=_level(asked, "cut", lambda: cut(world, code, weights=asked.weights)),
        crp=_level(asked, "crp", lambda: crp(world, code, **asked.options)),
        detours=_level(asked, "detours", lambda: detours(world, code, **asked.options)),
    )


def _level(asked: Asked, table: str, compute: Callable[[], pl.DataFrame]) -> pl.DataFrame | Missing:
    """Take the rows of the full world where they are shipped, else compute them."""
    shipped = asked.shipped(table)
    return shipped if shipped is not None and shipped.height else attempt(compute)


def _exposure(asked: Asked, carried: Carried) -> tuple[pl.DataFrame, ...]:
    """Find what each of the largest foreign states could observe."""
    passed = [each for each in carried.states if each.inbound or each.outbound]
    return tuple(
        exposure(asked.world, asked.country, observers=[each.country], **asked.options)
        for each in most(passed, _OBSERVERS)
        if each.country
    )
