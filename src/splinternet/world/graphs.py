"""A world's graph for other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.world.world import World, as_world

if TYPE_CHECKING:
    import networkx

__all__ = ["to_networkx"]


@typed
def to_networkx(world: World) -> networkx.DiGraph:
    """Graph of a world's networks and links, as networkx has it.

    Returns
    -------
    networkx.DiGraph
        A node for each AS number, with the columns of ``networks`` as attributes. An edge goes
        from a provider to its customer; two peers have an edge each way. ``kind`` is ``p2c`` or
        ``p2p``, ``evidence`` how the link came to be known.

    Raises
    ------
    MisuseError
        If networkx is not installed, or there is no world.

    Examples
    --------
    >>> graph = to_networkx(world)
    >>> graph.nodes[11960]["country"], graph.edges[1299, 8359]["kind"]
    ('CU', 'p2p')
    """
    try:
        import networkx
    except ImportError:
        raise MisuseError(
            "networkx is not installed; 'pip install splinternet[networkx]' brings it"
        ) from None
    graph = networkx.DiGraph(name=as_world(world).manifest.name)
    rows = world.networks.iter_rows(named=True)
    graph.add_nodes_from((row.pop("asn"), row) for row in rows)
    for link in world.links.iter_rows(named=True):
        a, b = link.pop("a"), link.pop("b")
        graph.add_edge(a, b, **link)
        if link["kind"] == "p2p":
            graph.add_edge(b, a, **link)
    return graph
