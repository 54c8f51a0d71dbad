"""On which networks and states a nation's Internet depends.

The functions behind the ``splinternet`` command; tables come as polars frames::

    import splinternet

    world = splinternet.open_world("2019-12")
    print(splinternet.depend(world, "CU"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splinternet.measures.concentration import concentration
    from splinternet.measures.dependence import depend
    from splinternet.routing.routes import path, routes, summary
    from splinternet.routing.transit import crossing, transit, weigh
    from splinternet.scenario.apply import apply
    from splinternet.scenario.cases import find_scenario
    from splinternet.scenario.language import read_scenario
    from splinternet.scenario.scenario import Scenario
    from splinternet.scenario.selection import Selection
    from splinternet.world.build import build_world
    from splinternet.world.catalogue import list_worlds, open_world
    from splinternet.world.fetch import fetch_world
    from splinternet.world.world import World

__all__ = [
    "Scenario",
    "Selection",
    "World",
    "apply",
    "build_world",
    "concentration",
    "crossing",
    "depend",
    "fetch_world",
    "find_scenario",
    "list_worlds",
    "open_world",
    "path",
    "read_scenario",
    "routes",
    "summary",
    "transit",
    "weigh",
]

#: The modules of these names, imported when first asked for: tables and compilers load slowly.
_HOMES = {
    "Scenario": "scenario.scenario",
    "Selection": "scenario.selection",
    "World": "world.world",
    "apply": "scenario.apply",
    "build_world": "world.build",
    "concentration": "measures.concentration",
    "crossing": "routing.transit",
    "depend": "measures.dependence",
    "fetch_world": "world.fetch",
    "find_scenario": "scenario.cases",
    "list_worlds": "world.catalogue",
    "open_world": "world.catalogue",
    "path": "routing.routes",
    "read_scenario": "scenario.language",
    "routes": "routing.routes",
    "summary": "routing.routes",
    "transit": "routing.transit",
    "weigh": "routing.transit",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
