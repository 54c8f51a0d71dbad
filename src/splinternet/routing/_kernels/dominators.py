"""Dominators: the networks that all ways down from the tier-1 clique to a network pass."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import jit

__all__ = ["dominate", "sum_below"]


@jit
def dominate(in_clique, graph):
    """Find the last carrier that all ways from the clique down to each row pass.

    A way begins at a row that is ``in_clique`` (one byte each), may first cross one peering link,
    and then descends from provider to customer. Rows are in an order in which every provider comes
    before its customers. The result, int32, has for each row the nearest carrier that is on all
    its ways; -1 if there is none, -2 if there is no way. (The dominator tree of the graph of all
    ways; Cooper, Harvey and Kennedy's intersection of dominators, in one pass, as it has no cycle.)
    """
    provider_start, provider_row = graph.providers
    peer_start, peer_row = graph.peers
    rows, carriers = len(in_clique), graph.carriers
    over = np.full(rows, -2, dtype=np.int32)
    depth = np.zeros(rows, dtype=np.int32)
    for row in range(rows):
        if in_clique[row]:
            over[row] = -1
            depth[row] = 1
    for row in range(rows):
        if in_clique[row]:
            continue
        nearest = -2
        for step in range(2):
            start, stop = provider_start[row], provider_start[row + 1]
            if step:
                start, stop = peer_start[row], peer_start[row + 1]
            for k in range(start, stop):
                above = peer_row[k] if step else provider_row[k]
                if over[above] == -2 or (step and (above >= carriers or not in_clique[above])):
                    continue
                if nearest == -2:
                    nearest = above
                    continue
                one, other = nearest, above
                while one != other:
                    if one >= 0 and (other < 0 or depth[one] >= depth[other]):
                        one = over[one]
                    else:
                        other = over[other]
                nearest = one
        over[row] = nearest
        if nearest != -2:
            depth[row] = 1 if nearest < 0 else depth[nearest] + 1
    return over


@jit
def sum_below(over, below):
    """Add what each row has, and all that hangs on it, to the row that it hangs on.

    ``over`` is as from ``dominate``, ``below``, float64, of shape ``(rows, kinds)``. A row hangs on
    one before it, or on a peer that is ``in_clique``, which hangs on nothing itself.
    """
    for row in range(len(over) - 1, -1, -1):
        if over[row] >= 0:
            for kind in range(below.shape[1]):
                below[over[row], kind] += below[row, kind]
