"""Questions that a world answers in place: ``world.depend("CU")`` is ``depend(world, "CU")``.

The questions belong to rooms above ``world``, so they are given to :class:`World` here, from
above. Each is imported when it is first asked, or when its help is. Checkers of types read the
same list in ``world/questions.pyi``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MethodType
from typing import Any

from splinternet.world.world import World

__all__ = ["QUESTIONS"]

#: Methods of a world: the module and the function that answer each.
QUESTIONS = {
    "after": ("scenario.apply", "apply"),
    "atlas": ("measures.atlas", "atlas"),
    "brief": ("brief.country", "make_brief"),
    "compare": ("scenario.compare", "what_if"),
    "depend": ("measures.dependence", "depend"),
    "dependents": ("measures.dependents", "dependents"),
    "exposure": ("measures.exposure", "exposure"),
    "hijack": ("measures.hijacks", "hijack"),
    "history": ("measures.history", "history"),
    "measure": ("measures.catalogue", "measure"),
    "path": ("routing.routes", "path"),
    "protect": ("measures.protection", "protect"),
    "routes": ("routing.routes", "routes"),
    "summary": ("routing.routes", "summary"),
    "sweep": ("scenario.sweeps", "sweep"),
    "to_networkx": ("world.graphs", "to_networkx"),
    "transit": ("routing.transit", "transit"),
    "vendors": ("supply.overview", "vendors_in"),
}


class _Question:
    """A method of a world that is a function of another room: its signature and its help."""

    def __init__(self, module: str, function: str) -> None:
        self._module, self._function = f"splinternet.{module}", function

    def __get__(self, world: World | None, _owner: type | None = None) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(import_module(self._module), self._function)
        return function if world is None else MethodType(function, world)


for _name, (_module, _function) in QUESTIONS.items():
    setattr(World, _name, _Question(_module, _function))
