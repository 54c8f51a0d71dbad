"""Outcomes of hijacks and leaks as BGPy computes them (Furuness et al.), and its ROAs.

Knows nothing of splinternet, so that it also runs where only BGPy is installed.
"""

from collections.abc import Mapping, Sequence
from ipaddress import ip_network
from types import SimpleNamespace

from bgpy.as_graphs import ASGraph
from bgpy.shared.enums import Outcomes, Relationships, Timestamps
from bgpy.simulation_engine import (
    ASPA,
    BGP,
    ROV,
    Announcement,
    OnlyToCustomers,
    SimulationEngine,
)
from bgpy.simulation_engine.policies import Policy
from bgpy.simulation_framework import ASGraphAnalyzer
from roa_checker import ROA

#: BGPy's policies by name; of ours, what each of them does. PeerROV of BGPy 13.0 looks at whom the
#: neighbour had the route from, not at the neighbour; its ground truth is used, its code is not.
POLICIES = {policy.__name__: policy for policy in (BGP, ROV, ASPA, OnlyToCustomers)}
DOES = {
    "BGP": (),
    "ROV": ("rov",),
    "PeerROV": ("peer_rov",),
    "ASPA": ("rov", "aspa", "records"),
    "OnlyToCustomers": ("only_to_customers",),
}
_ENDS = {
    Outcomes.ATTACKER_SUCCESS.value: 0,
    Outcomes.VICTIM_SUCCESS.value: 1,
    Outcomes.DISCONNECTED.value: 2,
}


class Setting(SimpleNamespace):
    """What BGPy asks of a scenario."""

    def get_policy_cls(self, network) -> type[BGP]:
        return POLICIES[self.policies.get(network.asn, "BGP")]


def outcomes(
    graph: ASGraph,
    announced: Sequence[tuple[str, int, tuple[int, ...]]],
    policies: Mapping[int, str],
    victim: int,
    attacker: int,
    *,
    roas: Sequence[tuple[str, int]],
    leaks: bool = False,
) -> dict[int, int]:
    """Where packets of each network end: 0 at the attacker, 1 at the victim, 2 nowhere.

    ``announced`` has a prefix, who announces it and its path, the most specific prefix first.
    """
    Policy.roa_checker.clear()
    for prefix, origin in roas:
        Policy.roa_checker.insert(ip_network(prefix), ROA(ip_network(prefix), origin))
    setting = Setting(
        policies=policies,
        attacker_asns={attacker},
        victim_asns={victim},
        announcements=tuple(
            Announcement(
                prefix=prefix, as_path=path, seed_asn=by, next_hop_asn=by,
                timestamp=Timestamps.VICTIM.value,
            )
            for prefix, by, path in announced
        ),
    )  # fmt: skip
    engine = SimulationEngine(graph)
    engine.setup(setting)
    engine.run(propagation_round=0, scenario=setting)
    if leaks:
        leaked = graph.as_dict[attacker].policy.local_rib.values()
        own = {"recv_relationship": Relationships.ORIGIN, "seed_asn": attacker}
        setting.announcements += tuple(route.copy(own) for route in leaked)
        engine.setup(setting)
        engine.run(propagation_round=0, scenario=setting)
    prefixes = tuple(dict.fromkeys(prefix for prefix, _, _ in announced))
    analyzer = ASGraphAnalyzer(engine, setting, ordered_prefixes=prefixes)
    data = next(iter(analyzer.analyze().values()))
    return {asn: _ENDS[outcome] for asn, outcome in data.items()}
