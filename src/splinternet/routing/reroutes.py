"""Paths that get longer when links are cut or made."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing.block import Block
from splinternet.routing.changes import Change
from splinternet.routing.codes import lengths
from splinternet.routing.graph import Ints
from splinternet.routing.sweep import Sweep
from splinternet.routing.traffic import Traffic

__all__ = ["Reroutes", "reroutes"]

_Int64s = npt.NDArray[np.int64]

_PATHS = pl.Schema(
    {
        "source": pl.UInt32(),
        "destination": pl.UInt32(),
        "before": pl.Int64(),
        "after": pl.Int64(),
    }
)


@dataclass(frozen=True, eq=False)
class Reroutes:
    """Routes that a change makes longer.

    Attributes
    ----------
    longer
        Share of the traffic offered before whose path has more links after.
    paths
        ``source``, ``destination``, ``before`` and ``after`` (links): for each destination the
        path that got longer by most, such paths first.
    """

    longer: float
    paths: pl.DataFrame


@dataclass(frozen=True, eq=False)
class _Alike:
    """Networks that share a row in both worlds, taken together.

    ``before`` and ``after`` are these rows, ``low`` and ``high`` the lowest and highest of their
    numbers, ``weight`` what they weigh together, and ``own`` what of the product of all that they
    send and receive goes from networks to themselves.
    """

    before: Ints
    after: Ints
    low: npt.NDArray[np.uint32]
    high: npt.NDArray[np.uint32]
    weight: _Int64s
    own: _Int64s

    @classmethod
    def of(cls, change: Change, traffic: Traffic, weight: _Int64s) -> _Alike:
        which = np.flatnonzero((weight > 0) & ~change.gone)
        asn = change.before.asn[which]
        row = change.after.row[np.searchsorted(change.after.asn, asn)]
        key = change.before.row[which].astype(np.int64) * change.after.rows + row
        keys, first, place = np.unique(key, return_index=True, return_inverse=True)
        together, own = np.zeros((2, len(keys)), dtype=np.int64)
        np.add.at(together, place, weight[which])
        np.add.at(own, place, traffic.to_itself[which])
        high = np.zeros(len(keys), dtype=np.uint32)
        np.maximum.at(high, place, asn)
        before, after = keys // change.after.rows, keys % change.after.rows
        return cls(before.astype(np.int32), after.astype(np.int32), asn[first], high, together, own)

    def among(self, others: _Alike) -> Ints:
        """Return the place of each among others, -1 for those that are not there."""
        place = {both: i for i, both in enumerate(zip(others.before, others.after, strict=True))}
        mine = zip(self.before, self.after, strict=True)
        return np.array([place.get(both, -1) for both in mine], dtype=np.int32)


def reroutes(
    change: Change,
    sources: pl.DataFrame | None = None,
    destinations: pl.DataFrame | None = None,
    *,
    routing: Routing,
) -> Reroutes:
    """Find the paths that a change makes longer.

    Parameters
    ----------
    change
        From which world to which.
    sources, destinations
        As for :func:`~splinternet.routing.transit.transit`, of the world before.
    routing
        How networks choose routes. Equally good ones are equally long, so their tie-break does not
        matter.

    Returns
    -------
    Reroutes
        Of pairs that have a route in both worlds.

    Raises
    ------
    MisuseError, RoutingError
        As for :func:`~splinternet.routing.transit.transit`.
    """
    routing = replace(routing, tie_break="lowest-asn")
    traffic = Traffic.of(change.world, change.before, sources, destinations)
    demand = traffic.on(change.before)
    senders = _Alike.of(change, traffic, traffic.send)
    receivers = _Alike.of(change, traffic, traffic.receive)
    itself = receivers.among(senders)
    again = Sweep(change.after, routing, sources=senders.after)

    def work(block: Block, which: slice) -> tuple[int, pl.DataFrame]:
        if not change.touches(block).any():
            return 0, _PATHS.to_frame()
        other = again.block()
        other.route(receivers.after[which])
        return _compare(block, other, senders, receivers, itself, which)

    parts = list(change.sweep(routing, senders.before).run(receivers.before, work))
    paths = pl.concat([_PATHS.to_frame(), *(part for _, part in parts)])
    more = pl.col("after").cast(pl.Int64) - pl.col("before")
    return Reroutes(
        longer=sum(amount for amount, _ in parts) / demand.offered,
        paths=paths.sort(
            more, "after", "source", "destination", descending=[True, True, False, False]
        ),
    )


def _compare(
    before: Block, after: Block, senders: _Alike, receivers: _Alike, itself: Ints, which: slice
) -> tuple[int, pl.DataFrame]:
    """Return the weight of what takes longer, and to each target the path that got longest."""
    weight = receivers.weight[which]
    longer, most, whose = np.zeros((3, len(weight)), dtype=np.int64)
    _kernels.lengthen_block(
        before.codes,
        after.codes,
        (senders.before, senders.after, senders.weight),
        itself[which],
        np.rint(receivers.own[which] / weight).astype(np.int64),
        before.rules,
        (longer, most, whose),
    )
    lane = np.flatnonzero(most)
    source = whose[lane]
    low, high = receivers.low[which][lane], receivers.high[which][lane]
    # Of two that are alike, and two different ones at least, the ends are not one network.
    start = np.where(senders.low[source] == low, senders.high[source], senders.low[source])
    paths = {
        "source": start,
        "destination": np.where(start == low, high, low),
        "before": lengths(before.codes[senders.before[source], lane], before.rules),
        "after": lengths(after.codes[senders.after[source], lane], before.rules),
    }
    return int(longer @ weight), pl.DataFrame(paths).cast(_PATHS)
