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
    from splinternet.ledger.catalogue import open_ledger
    from splinternet.ledger.ledger import Ledger
    from splinternet.measures.concentration import concentration
    from splinternet.measures.dependence import depend
    from splinternet.routing.routes import path, routes, summary
    from splinternet.routing.transit import crossing, transit, weigh
    from splinternet.world.build import build_world
    from splinternet.world.catalogue import list_worlds, open_world
    from splinternet.world.fetch import fetch_world
    from splinternet.world.world import World

__all__ = [
    "Ledger",
    "World",
    "build_world",
    "concentration",
    "crossing",
    "depend",
    "fetch_world",
    "list_worlds",
    "open_ledger",
    "open_world",
    "path",
    "routes",
    "summary",
    "transit",
    "weigh",
]

#: The modules of these names, imported when first asked for: tables and compilers load slowly.
_HOMES = {
    "Ledger": "ledger.ledger",
    "World": "world.world",
    "build_world": "world.build",
    "concentration": "measures.concentration",
    "crossing": "routing.transit",
    "depend": "measures.dependence",
    "fetch_world": "world.fetch",
    "list_worlds": "world.catalogue",
    "open_ledger": "ledger.catalogue",
    "open_world": "world.catalogue",
    "path": "routing.routes",
    "routes": "routing.routes",
    "summary": "routing.routes",
    "transit": "routing.transit",
    "weigh": "routing.transit",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
