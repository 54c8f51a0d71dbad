"""The questions that a world answers in place, each with the function that answers it.

Checkers of types and editors read this file; :mod:`splinternet.methods` does the same at run time.
"""

from splinternet.brief.country import make_brief as _brief
from splinternet.measures.atlas import atlas as _atlas
from splinternet.measures.catalogue import measure as _measure
from splinternet.measures.dependence import depend as _depend
from splinternet.measures.dependents import dependents as _dependents
from splinternet.measures.exposure import exposure as _exposure
from splinternet.measures.hijacks import hijack as _hijack
from splinternet.measures.history import history as _history
from splinternet.measures.protection import protect as _protect
from splinternet.routing.routes import path as _path
from splinternet.routing.routes import routes as _routes
from splinternet.routing.routes import summary as _summary
from splinternet.routing.transit import transit as _transit
from splinternet.scenario.apply import apply as _apply
from splinternet.scenario.compare import what_if as _what_if
from splinternet.scenario.sweeps import sweep as _sweep
from splinternet.supply.overview import vendors_in as _vendors_in
from splinternet.world.graphs import to_networkx as _to_networkx

__all__ = ["Questions"]

class Questions:
    after = _apply
    atlas = _atlas
    brief = _brief
    compare = _what_if
    depend = _depend
    dependents = _dependents
    exposure = _exposure
    hijack = _hijack
    history = _history
    measure = _measure
    path = _path
    protect = _protect
    routes = _routes
    summary = _summary
    sweep = _sweep
    to_networkx = _to_networkx
    transit = _transit
    vendors = _vendors_in
