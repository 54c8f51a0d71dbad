"""On which networks, states and vendors a nation's Internet depends.

The functions behind the ``splinternet`` command; tables come as polars frames::

    import splinternet

    world = splinternet.open_world("2019-12")
    print(splinternet.depend(world, "CU"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splinternet.base.choices import Counting, Routing
    from splinternet.ledger.catalogue import open_ledger
    from splinternet.ledger.ledger import Ledger
    from splinternet.measures.atlas import atlas
    from splinternet.measures.bootstrap import ErrorRates, bootstrap
    from splinternet.measures.catalogue import find_measure, list_measures
    from splinternet.measures.concentration import concentration
    from splinternet.measures.cones import cones
    from splinternet.measures.continuity import continuity
    from splinternet.measures.control import control, points_of_control
    from splinternet.measures.crp import choke_points, crp
    from splinternet.measures.cti import cti
    from splinternet.measures.cut import cut, cut_set
    from splinternet.measures.dependence import depend
    from splinternet.measures.detours import detours
    from splinternet.measures.exposure import exposure
    from splinternet.measures.grp import grp
    from splinternet.measures.hegemony import hegemony
    from splinternet.measures.history import history
    from splinternet.measures.measure import Measure
    from splinternet.measures.reliability import reliability
    from splinternet.measures.states import state_dependence
    from splinternet.routing.clique import clique_of
    from splinternet.routing.routes import path, routes, summary
    from splinternet.routing.traffic import weigh
    from splinternet.routing.transit import crossing, passing, transit
    from splinternet.scenario.apply import apply
    from splinternet.scenario.cases import find_scenario
    from splinternet.scenario.compare import what_if
    from splinternet.scenario.language import read_scenario
    from splinternet.scenario.scenario import Scenario
    from splinternet.scenario.selection import Selection
    from splinternet.world.build import build_world
    from splinternet.world.catalogue import list_worlds, open_world
    from splinternet.world.collectors import read_collector_peers
    from splinternet.world.evidence import by_evidence
    from splinternet.world.fetch import fetch_world
    from splinternet.world.world import World

__all__ = [
    "Counting",
    "ErrorRates",
    "Ledger",
    "Measure",
    "Routing",
    "Scenario",
    "Selection",
    "World",
    "apply",
    "atlas",
    "bootstrap",
    "build_world",
    "by_evidence",
    "choke_points",
    "clique_of",
    "concentration",
    "cones",
    "continuity",
    "control",
    "crossing",
    "crp",
    "cti",
    "cut",
    "cut_set",
    "depend",
    "detours",
    "exposure",
    "fetch_world",
    "find_measure",
    "find_scenario",
    "grp",
    "hegemony",
    "history",
    "list_measures",
    "list_worlds",
    "open_ledger",
    "open_world",
    "passing",
    "path",
    "points_of_control",
    "read_collector_peers",
    "read_scenario",
    "reliability",
    "routes",
    "state_dependence",
    "summary",
    "transit",
    "weigh",
    "what_if",
]

#: The modules of these names, imported when first asked for: tables and compilers load slowly.
_HOMES = {
    "Counting": "base.choices",
    "ErrorRates": "measures.bootstrap",
    "Ledger": "ledger.ledger",
    "Measure": "measures.measure",
    "Routing": "base.choices",
    "Scenario": "scenario.scenario",
    "Selection": "scenario.selection",
    "World": "world.world",
    "apply": "scenario.apply",
    "atlas": "measures.atlas",
    "bootstrap": "measures.bootstrap",
    "build_world": "world.build",
    "by_evidence": "world.evidence",
    "choke_points": "measures.crp",
    "concentration": "measures.concentration",
    "cones": "measures.cones",
    "continuity": "measures.continuity",
    "control": "measures.control",
    "clique_of": "routing.clique",
    "crossing": "routing.transit",
    "crp": "measures.crp",
    "cti": "measures.cti",
    "cut": "measures.cut",
    "cut_set": "measures.cut",
    "depend": "measures.dependence",
    "detours": "measures.detours",
    "exposure": "measures.exposure",
    "fetch_world": "world.fetch",
    "find_measure": "measures.catalogue",
    "find_scenario": "scenario.cases",
    "grp": "measures.grp",
    "hegemony": "measures.hegemony",
    "history": "measures.history",
    "list_measures": "measures.catalogue",
    "list_worlds": "world.catalogue",
    "open_ledger": "ledger.catalogue",
    "open_world": "world.catalogue",
    "passing": "routing.transit",
    "path": "routing.routes",
    "points_of_control": "measures.control",
    "read_collector_peers": "world.collectors",
    "read_scenario": "scenario.language",
    "reliability": "measures.reliability",
    "routes": "routing.routes",
    "state_dependence": "measures.states",
    "summary": "routing.routes",
    "transit": "routing.transit",
    "weigh": "routing.traffic",
    "what_if": "scenario.compare",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
