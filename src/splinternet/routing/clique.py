"""The tier-1 clique: the networks without providers that all peer with each other."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from splinternet.base.asn import Asn, as_numbers
from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.routing.graph import graph_of
from splinternet.world.world import World

__all__ = ["clique_of"]


@typed
def clique_of(world: World, given: Iterable[Asn] | None = None) -> tuple[int, ...]:
    """Tier-1 clique: the networks at the top of a world.

    Of the networks that have customers and no provider, the one with the most customers is the
    first; then each, by the number of its customers, that peers with all found so far.

    Parameters
    ----------
    world
        The world.
    given
        ASNs to take instead; each must be in the world.

    Returns
    -------
    tuple of int
        ASNs, ascending. Empty if no network has a customer.

    Raises
    ------
    MisuseError
        If ``given`` names a network that the world has not got, or none at all.
    RoutingError
        If providers and customers form a cycle.

    Notes
    -----
    The definition is that of tier 1: to reach everyone without buying transit. The way to find
    them is after the clique of Luckie et al., "AS Relationships, Customer Cones, and Validation"
    (IMC 2013), who rank by transit degree and infer from paths what relationship a pair has; here
    the relationships are known. A network of a digest counts as the networks that it stands for;
    of two with as many customers the lower ASN goes first.

    On CAIDA's AS Relationships of December 2019 and of September 2025 this gives the 19 networks
    of the line ``# input clique`` in these files, neither more nor fewer; so it does on 20 more
    files from 1998 to 2018, but for AS6830 in January 2017, which the line leaves out.

    Examples
    --------
    >>> clique_of(world)[:5]
    (174, 209, 286, 701, 1239)
    """
    if given is not None:
        asns = sorted(set(as_numbers(given)))
        if not asns:
            raise MisuseError("the clique has no network; name one at least")
        graph_of(world).networks(asns)
        return tuple(asns)
    return world.derived("clique", lambda: _find(world))


def _find(world: World) -> tuple[int, ...]:
    graph = graph_of(world)
    start, provider = graph.providers.start, graph.providers.row
    customers = np.zeros(graph.carriers, dtype=np.int64)
    np.add.at(customers, provider, np.repeat(graph.members, np.diff(start)))
    tops = np.flatnonzero(np.diff(start[: graph.carriers + 1]) == 0)
    found: list[int] = []
    for row in tops[np.lexsort((graph.first[tops], -customers[tops]))]:
        peers = graph.peers.row[graph.peers.start[row] : graph.peers.start[row + 1]]
        if np.isin(found, peers).all():
            found.append(int(row))
    return tuple(int(asn) for asn in np.sort(graph.asn[graph.first[found]]))
