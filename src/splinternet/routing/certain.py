"""Networks that a false announcement deceives whoever of some filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from splinternet.base.choices import Routing
from splinternet.routing import _kernels
from splinternet.routing.graph import Graph, Ints, graph_of_each
from splinternet.routing.trials import Trial
from splinternet.world.world import World

__all__ = ["certainly_deceived"]


def certainly_deceived(
    world: World, trials: Sequence[Trial], may: Iterable[int], routing: Routing
) -> npt.NDArray[np.bool_]:
    """Networks whose packets end at the attacker, whoever of those that may filter does.

    Found without trying sets: of true routes the least length counts that any of them can have, of
    false ones only those that reach a network past none that may filter, over networks that cannot
    choose otherwise. ``docs/hijacks.md`` proves it. More may be deceived.

    Parameters
    ----------
    world
        The world.
    trials
        The trials, none of them a leak; filters of theirs may filter too, and need not.
    may
        AS numbers.
    routing
        How routes are chosen: by ``gao-rexford`` or ``customer-first``.

    Returns
    -------
    numpy.ndarray
        Shape ``(networks, trials)``, by ASN; attackers are among them.
    """
    graph, size = graph_of_each(world), _kernels.LANES
    asked = _rows(graph, [*may])
    blocks = (trials[start : start + size] for start in range(0, len(trials), size))
    return np.concatenate([_block(graph, each, asked, routing) for each in blocks], axis=1)


def _block(
    graph: Graph, trials: Sequence[Trial], asked: Ints, routing: Routing
) -> npt.NDArray[np.bool_]:
    """Decide as many trials as go side by side."""
    shape = (graph.rows, _kernels.LANES)
    false, true = (
        tuple(np.full(shape, _kernels.NEVER, dtype=np.uint8) for _ in range(3)) for _ in range(2)
    )
    filtering, certain = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    filtering[asked] = True
    for lane, trial in enumerate(trials):
        for each in trial.prefixes[0]:
            length = len(each.behind) - (not each.itself)
            (false if each.hostile else true)[0][_rows(graph, each.networks), lane] = length
        # Packets that reach a victim end there, whatever it believes.
        filtering[_rows(graph, trial.victims), lane] = True
        for asns in trial.filters.by_kind.values():
            filtering[_rows(graph, asns), lane] = True
        filtering[_rows(graph, trial.attackers), lane] = False
    own = false[0].copy()
    _kernels.least_block(false, graph.topology)
    for lane, trial in enumerate(trials):
        # So a route by a victim counts as true: what it has from customers it tells everyone.
        at = _rows(graph, trial.victims)
        told = np.minimum(true[0][at, lane], false[0][at, lane])
        true[0][at, lane] = told
        true[2][at, lane] = np.min([each[at, lane] for each in false], axis=0)
    _kernels.least_block(true, graph.topology)
    first = not _kernels.PREFERENCES[routing.prefer].then_shorter
    _kernels.certain_block(true, filtering, own, certain, graph.topology, first)
    found: npt.NDArray[np.bool_] = certain[graph.row, : len(trials)]
    return found


def _rows(graph: Graph, asns: npt.ArrayLike) -> Ints:
    rows: Ints = graph.row[graph.networks(np.asarray(asns, dtype=np.int64))]
    return rows
