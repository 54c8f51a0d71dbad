"""Plain words for the figures of measures; their names are for files and programs."""

from __future__ import annotations

__all__ = ["WORDS"]

#: By the name of a figure. Inbound is what comes from abroad, a cone a network with all customers.
WORDS = {
    "complexity": "Complexity of its points of control (as Roberts and others defined it)",
    "cone_networks": "Networks below its largest network: customers, theirs, and so on",
    "cone_networks_of": "The network with most networks below it",
    "cone_share": "Part of the world's addresses below its largest network: its customers', "
    "theirs, and so on",
    "cone_share_of": "The network with most addresses below it",
    "continuity": "Pairs of its networks that still reach each other with the border closed",
    "continuity_before": "The same with the border open, of all pairs",
    "control_points": "Fewest of its networks that see 90% of the traffic from abroad",
    "control_points_bound": "The same: proved that no fewer do",
    "control_points_greedy": "The same, if always the one that sees most is picked next",
    "control_points_published": "The same, counting providers only, as first published",
    "crp_1": "Traffic out of it that passes clear of its busiest exit",
    "crp_10": "Traffic out of it that passes clear of its 10 busiest exits",
    "crp_5": "Traffic out of it that passes clear of its 5 busiest exits",
    "cti": "Largest part of its traffic that any one network can observe or disturb nearby "
    "(country transit influence)",
    "cti_of": "The network that can",
    "dependence": "Traffic to it that passes the one network that carries most",
    "dependence_on": "The network that carries most",
    "detours": "Traffic between its own networks that passes a network known to be foreign",
    "detours_or_unknown": "The same, or a network of no known country",
    "detours_through": "The state through which most of these detours lead",
    "effective_providers": "Equal foreign providers that would be as concentrated",
    "exposed_domestic": "Traffic within it that this state's networks carry",
    "exposed_inbound": "Traffic to it that this state's networks carry",
    "exposed_outbound": "Traffic out of it that this state's networks carry",
    "exposed_to": "The foreign state whose networks carry most of its traffic",
    "foreign_dependence": "Traffic to it that passes the one foreign network that carries most",
    "foreign_dependence_on": "The foreign network that carries most",
    "grp": "Traffic between all other networks that passes clear of it",
    "hegemony": "Largest part of the paths to it, without the extremes, that one network is on (AS "
    "hegemony)",
    "hegemony_of": "The network that is",
    "hhi": "Concentration of its foreign providers, from 0 to 1, where one has all "
    "(Herfindahl-Hirschman index)",
    "link_cut": "Fewest links whose loss cuts off 90% of it",
    "link_cut_bound": "The same: proved that no fewer do",
    "node_cut": "Fewest networks whose failure cuts off 90% of it",
    "node_cut_bound": "The same: proved that no fewer do",
    "providers": "Foreign networks that sell it transit and carry anything",
    "reliability": "Its networks that lose the world when one other fails, the worst case",
    "reliability_addresses": "Its addresses that go with any one network, the worst case",
    "reliability_of": "The network whose failure is the worst",
    "state": "The foreign state that most traffic to it crosses",
    "state_share": "Traffic to it that crosses that state",
    "state_unavoidable": "Traffic to it that has no way around that state",
    "stranded": "Its networks that reach less than half of it with the border closed, by weight",
}
