"""Routes as BGPy computes them (Furuness et al., https://github.com/jfuruness/bgpy_pkg).

Knows nothing of splinternet, so that it also runs where only BGPy is installed.
"""

import gc
from collections.abc import Iterable, Iterator

from bgpy.as_graphs import AS, ASGraph, ASGraphInfo, CustomerProviderLink, PeerLink
from bgpy.shared.enums import Relationships
from bgpy.simulation_engine import BGP, Announcement, SimulationEngine

CLASSES = {
    Relationships.ORIGIN: "own",
    Relationships.CUSTOMERS: "customer",
    Relationships.PEERS: "peer",
    Relationships.PROVIDERS: "provider",
}


class Everyone:
    """What BGPy asks of a scenario: who announces, and which policy each network runs."""

    def __init__(self, origins: Iterable[int]) -> None:
        # One prefix an origin: prefixes do not meet, so one run serves many origins.
        self.announcements = tuple(Announcement(prefix=f"{o}", as_path=(o,)) for o in origins)

    def get_policy_cls(self, network: AS) -> type[BGP]:
        return BGP


def as_graph(links: Iterable[tuple[int, int, str]], networks: Iterable[int] = ()) -> ASGraph:
    """Make BGPy's graph of ``a, b, kind`` links, and of networks that have none."""
    links = list(links)
    return ASGraph(
        ASGraphInfo(
            customer_provider_links=frozenset(
                CustomerProviderLink(customer_asn=b, provider_asn=a)
                for a, b, kind in links
                if kind == "p2c"
            ),
            peer_links=frozenset(PeerLink(a, b) for a, b, kind in links if kind == "p2p"),
            unlinked_asns=frozenset(networks),
        ),
        store_customer_cone_size=False,
    )


def propagate(graph: ASGraph, origins: Iterable[int]) -> None:
    """Let every network of the graph choose its routes to these origins."""
    engine, everyone = SimulationEngine(graph), Everyone(origins)
    engine.setup(everyone)
    engine.run(propagation_round=0, scenario=everyone)


def chosen(graph: ASGraph) -> Iterator[tuple[int, int, str, int, int | None]]:
    """Yield ``origin, asn, class, length, next_hop`` of every route chosen."""
    for network in graph:
        for route in network.policy.local_rib.values():
            own = route.recv_relationship is Relationships.ORIGIN
            yield (
                route.origin,
                network.asn,
                CLASSES[route.recv_relationship],
                len(route.as_path) - 1,
                None if own else route.next_hop_asn,
            )


def routes(
    graph: ASGraph, origins: Iterable[int]
) -> Iterator[tuple[int, int, str, int, int | None]]:
    """Yield ``origin, asn, class, length, next_hop`` of every route to some twenty origins."""
    gc.disable()  # millions of small objects and no cycles: looking for them takes a third
    try:
        propagate(graph, origins)
    finally:
        gc.enable()
    yield from chosen(graph)
