"""Who could watch a nation's traffic, or cut it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked, Missing, attempt
from splinternet.brief.facts.carriers import Carried
from splinternet.measures.control import points_of_control
from splinternet.measures.crp import crp
from splinternet.measures.cut import cut
from splinternet.measures.detours import detours
from splinternet.measures.exposure import exposure

__all__ = ["Watch", "watch"]

#: How many states' view of the traffic is computed.
_OBSERVERS = 3


@dataclass(frozen=True, eq=False)
class Watch:
    """Who could watch a nation's traffic, or cut it; each a table, or why there is none.

    Attributes
    ----------
    exposure
        For the foreign states that most traffic crosses: ``observer`` (code), ``inbound``,
        ``outbound`` and ``domestic`` (null where there is none), what each could observe.
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

    exposure: pl.DataFrame | Missing
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
        control=attempt(lambda: points_of_control(world, code, **asked.routing)),
        cut=attempt(lambda: cut(world, code, weights=asked.weights)),
        crp=attempt(lambda: crp(world, code, **asked.routing)),
        detours=attempt(lambda: detours(world, code, **asked.routing)),
    )


def _exposure(asked: Asked, carried: Carried) -> pl.DataFrame:
    states = sorted(carried.by_state, key=lambda code: (-carried.by_state[code], code))
    rows = []
    for state in states[:_OBSERVERS]:
        found = exposure(asked.world, asked.country, observers=[state], **asked.routing)
        seen = dict(found.select("direction", "exposed").iter_rows())
        rows.append((state, seen["inbound"], seen["outbound"], seen.get("domestic")))
    schema = {
        "observer": pl.String,
        "inbound": pl.Float64,
        "outbound": pl.Float64,
        "domestic": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
