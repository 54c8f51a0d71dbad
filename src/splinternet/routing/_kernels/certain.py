"""Least lengths of true routes, and false routes that nobody who may filter can take away."""

from __future__ import annotations

import numpy as np

from splinternet.base.compiler import jit, spliced
from splinternet.routing._kernels.codes import LANES

__all__ = ["NEVER", "certain_block", "least_block"]

#: Length of a route that there is not, and of one whose length is not known.
NEVER, _SOME = np.uint8(255), np.uint8(254)
#: False routes that a network may have, whoever filters: from customers, from peers.
_FROM_CUSTOMER, _FROM_PEER = np.uint8(1), np.uint8(2)


@spliced
def _next(length):
    """Length of a route a link further on."""
    return length if length >= _SOME else np.uint8(length + 1)


@jit
def least_block(least, topology):
    """Find the least length of a route by whom it is from, whatever anybody prefers or drops.

    ``least`` has lengths from customers (0 where the route is a network's own), peers and
    providers; the first is given at the origins, and filled in.
    """
    customer, peer, provider = least
    rows = len(customer)
    start, above = topology.providers
    for row in range(rows - 1, -1, -1):
        for k in range(start[row], start[row + 1]):
            for lane in range(LANES):
                told = _next(customer[row, lane])
                customer[above[k], lane] = min(customer[above[k], lane], told)
    across, beside = topology.peers
    for row in range(rows):
        for k in range(across[row], across[row + 1]):
            for lane in range(LANES):
                told = _next(customer[beside[k], lane])
                peer[row, lane] = min(peer[row, lane], told)
        for k in range(start[row], start[row + 1]):
            near = above[k]
            for lane in range(LANES):
                best = min(customer[near, lane], peer[near, lane], provider[near, lane])
                provider[row, lane] = min(provider[row, lane], _next(best))


@jit
def certain_block(least, may, own, certain, topology, peers_first):
    """Find the networks that take a false route whoever of those that may filter does.

    Parameters
    ----------
    least
        Least lengths of true routes, see :func:`least_block`.
    may
        Whether a row may drop false routes.
    own
        Length of the false route at those who announce it, ``NEVER`` elsewhere. At the end of all
        that are certain: the most that the length of theirs is.
    certain
        Filled in: whether a row is certain to take a false route.
    peers_first
        Whether a peer's route goes before a shorter one of a provider's.
    """
    customer = least[0]
    rows = len(customer)
    start, above = topology.providers
    possible = np.zeros((rows, LANES), dtype=np.uint8)
    for row in range(rows - 1, -1, -1):
        for lane in range(LANES):
            length = own[row, lane]
            if length != NEVER:
                possible[row, lane] |= _FROM_CUSTOMER
                if length == 0 or length < customer[row, lane]:
                    certain[row, lane] = not may[row, lane]
            if not certain[row, lane]:
                own[row, lane] = NEVER
        for k in range(start[row], start[row + 1]):
            near = above[k]
            for lane in range(LANES):
                possible[near, lane] |= possible[row, lane]
                told = _next(own[row, lane])
                own[near, lane] = min(own[near, lane], told)
    _across(least, may, own, certain, possible, topology, peers_first)
    _down(least, may, own, certain, possible, topology)


@jit
def _across(least, may, own, certain, possible, topology, peers_first):
    """Go on from customers' routes to peers, of rows that no customer can tell a true one."""
    customer, peer, provider = least
    rows = len(customer)
    across, beside = topology.peers
    found = np.full((rows, LANES), NEVER, dtype=np.uint8)
    hidden = possible.copy()
    for row in range(rows):
        for k in range(across[row], across[row + 1]):
            near = beside[k]
            for lane in range(LANES):
                possible[row, lane] |= _FROM_PEER * (hidden[near, lane] & _FROM_CUSTOMER)
                found[row, lane] = min(found[row, lane], _next(own[near, lane]))
    for row in range(rows):
        for lane in range(LANES):
            length = found[row, lane]
            if certain[row, lane] or may[row, lane] or customer[row, lane] != NEVER:
                continue
            if length < peer[row, lane] and (peers_first or length <= provider[row, lane]):
                certain[row, lane] = True
                own[row, lane] = _SOME if hidden[row, lane] else length


@jit
def _down(least, may, own, certain, possible, topology):
    """Go on to customers, of rows that no customer or peer can tell a true route."""
    customer, peer, provider = least
    start, above = topology.providers
    found = np.empty(LANES, dtype=np.uint8)
    for row in range(len(customer)):  # every provider comes before
        found[:] = NEVER
        for k in range(start[row], start[row + 1]):
            for lane in range(LANES):
                found[lane] = min(found[lane], _next(own[above[k], lane]))
        for lane in range(LANES):
            if certain[row, lane] or may[row, lane]:
                continue
            if customer[row, lane] != NEVER or peer[row, lane] != NEVER:
                continue
            if found[lane] < provider[row, lane]:
                certain[row, lane] = True
                own[row, lane] = _SOME if possible[row, lane] else found[lane]
