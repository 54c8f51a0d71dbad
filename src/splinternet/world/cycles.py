"""Cycles of providers and customers, and the fewest links without which there are none.

A network cannot be above itself, so links in a circle contradict each other. The fewest that have
to go are a minimum feedback arc set (Karp 1972). It is found exactly, as an integer programme with
one condition for each cycle met so far: of every cycle one link goes (Baharev, Schichl, Neumaier
and Achterberg, An Exact Method for the Minimum Feedback Arc Set Problem, 2021,
https://doi.org/10.1145/3446429).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["MOST_EXACT", "Removal", "components", "fewest_arcs", "short_cycle"]

Arc = tuple[int, int]
Integers = npt.NDArray[np.int64]

#: Components with more links than this are repaired by a rule of thumb.
MOST_EXACT = 500

#: Nodes of the search tree, and rounds of new conditions, after which a search is given up.
_MOST_NODES, _MOST_ROUNDS = 2_000, 200

#: From so many networks a short cycle to name is looked for.
_TRIED = 100


@dataclass(frozen=True)
class Removal:
    """Arcs that break every cycle, in the order given, and how many are needed at least."""

    arcs: tuple[Arc, ...]
    at_least: int


def components(a: Integers, b: Integers) -> Integers:
    """Strongly connected component in which each arc from ``a`` to ``b`` lies.

    Returns
    -------
    numpy.ndarray
        Shape ``(arcs,)``: the number of the component, -1 for an arc that lies on no cycle.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    nodes, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    start, end = places[: len(a)], places[len(a) :]
    ones = np.ones(len(a), dtype=np.int8)
    graph = csr_array((ones, (start, end)), shape=(len(nodes), len(nodes)))
    _, component = connected_components(graph, connection="strong")
    found: Integers = np.where(component[start] == component[end], component[start], -1)
    return found


def _parts(arcs: Sequence[Arc]) -> list[list[Arc]]:
    """Arcs that lie on cycles, by component, in the order given."""
    if not arcs:
        return []
    ends = np.array(arcs, dtype=np.int64)
    found: dict[int, list[Arc]] = {}
    for arc, number in zip(arcs, components(ends[:, 0], ends[:, 1]).tolist(), strict=True):
        if number >= 0:
            found.setdefault(number, []).append(arc)
    return list(found.values())


def fewest_arcs(arcs: Sequence[Arc]) -> Removal:
    """Fewest arcs without which no cycle is left.

    Parameters
    ----------
    arcs
        Arcs, none of them twice; those to be left out first, if there is a choice, come first. Of
        equally few arcs those are chosen whose places in this order, among the arcs that lie on
        cycles, have the smallest sum.

    Returns
    -------
    Removal
        In a component of more than ``MOST_EXACT`` arcs, or one that takes too long, more arcs than
        needed may be chosen: none of them can be put back, and ``at_least`` says how many a
        packing of cycles without a common arc shows to be needed.

    Examples
    --------
    >>> fewest_arcs([(1, 2), (2, 3), (3, 1), (3, 4)]).arcs
    ((1, 2),)
    """
    chosen: set[Arc] = set()
    at_least = 0
    parts = _parts(arcs)
    on_cycles = {arc for component in parts for arc in component}
    place = {arc: at for at, arc in enumerate(arc for arc in arcs if arc in on_cycles)}
    for component in parts:
        packed = _disjoint_cycles(component)
        exact = _exactly(component, packed, place) if len(component) <= MOST_EXACT else None
        chosen |= _roughly(component) if exact is None else exact
        at_least += len(packed) if exact is None else len(exact)
    return Removal(tuple(arc for arc in arcs if arc in chosen), at_least)


def short_cycle(arcs: Sequence[Arc]) -> list[int]:
    """Shortest cycle through any of the lowest numbers, of arcs all of which are on some cycle."""
    after = _after(arcs)
    return min((_way_back(after, start) for start in sorted(after)[:_TRIED]), key=len)


def _exactly(
    arcs: Sequence[Arc], cycles: list[list[Arc]], rank: Mapping[Arc, int]
) -> set[Arc] | None:
    """Solve with the conditions known, and add cycles that are left, until none is."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {arc: at for at, arc in enumerate(arcs)}
    # One arc fewer always weighs more than any choice among equally many.
    cost = np.array([rank[arc] for arc in arcs], dtype=np.float64) + len(arcs) * len(rank)
    for _ in range(_MOST_ROUNDS):
        row = np.repeat(np.arange(len(cycles)), [len(cycle) for cycle in cycles])
        column = np.array([place[arc] for cycle in cycles for arc in cycle])
        hit = csr_array((np.ones(len(row)), (row, column)), shape=(len(cycles), len(arcs)))
        solved = milp(
            cost,
            integrality=np.ones(len(arcs)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(hit, lb=1),
            options={"mip_rel_gap": 0, "node_limit": _MOST_NODES},
        )
        if solved.status != 0:
            return None
        chosen = {arc for arc, gone in zip(arcs, _is_set(solved.x), strict=True) if gone}
        left = [arc for arc in arcs if arc not in chosen]
        fresh = [cycle for part in _parts(left) for cycle in _disjoint_cycles(part)]
        if not fresh:
            return chosen
        cycles = cycles + fresh
    return None


def _is_set(values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = values > 0.5
    return found


def _roughly(arcs: Sequence[Arc]) -> set[Arc]:
    """Put back, one by one, the arcs that close no cycle; begin with those to be kept first."""
    after: dict[int, set[int]] = {}
    gone = set()
    for a, b in reversed(arcs):
        if _leads(after, b, a):
            gone.add((a, b))
        else:
            after.setdefault(a, set()).add(b)
    return gone


def _leads(after: dict[int, set[int]], start: int, goal: int) -> bool:
    seen, todo = {start}, [start]
    while todo:
        fresh = after.get(todo.pop(), set()) - seen
        if goal in fresh:
            return True
        seen |= fresh
        todo += fresh
    return False


def _disjoint_cycles(arcs: Sequence[Arc]) -> list[list[Arc]]:
    """Cycles that share no arc, short ones first looked for, until no cycle is left."""
    found = []
    left = list(arcs)
    while parts := _parts(left):
        gone: set[Arc] = set()
        for part in parts:
            nodes = short_cycle(part)
            cycle = list(pairwise(nodes))
            found.append(cycle)
            gone |= set(cycle)
        left = [arc for part in parts for arc in part if arc not in gone]
    return found


def _after(arcs: Iterable[Arc]) -> dict[int, list[int]]:
    after: dict[int, list[int]] = {}
    for a, b in sorted(arcs):
        after.setdefault(a, []).append(b)
    return after


def _way_back(after: dict[int, list[int]], start: int) -> list[int]:
    """Walk from a node until it is met again, the shortest way."""
    came_from: dict[int, int] = {}
    queue = deque([start])
    while start not in came_from:
        node = queue.popleft()
        for following in after.get(node, ()):
            if following not in came_from:
                came_from[following] = node
                queue.append(following)
    circle = [start, came_from[start]]
    while circle[-1] != start:
        circle.append(came_from[circle[-1]])
    return circle[::-1]
