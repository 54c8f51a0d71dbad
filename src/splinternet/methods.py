"""Questions that a world answers in place: ``world.depend("CU")`` is ``depend(world, "CU")``.

The questions belong to rooms above ``world``, so they are given to :class:`World` here, from
above. Each is imported when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
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
    "hijack": ("measures.hijacks", "hijack"),
    "measure": ("measures.catalogue", "measure"),
    "path": ("routing.routes", "path"),
    "protect": ("measures.protection", "protect"),
    "routes": ("routing.routes", "routes"),
    "sweep": ("scenario.sweeps", "sweep"),
    "to_networkx": ("world.graphs", "to_networkx"),
    "transit": ("routing.transit", "transit"),
}


def _method(name: str, module: str, function: str) -> Callable[..., Any]:
    def ask(world: World, *given: Any, **options: Any) -> Any:  # noqa: ANN401 (the function's)
        return getattr(import_module(f"splinternet.{module}"), function)(world, *given, **options)

    ask.__name__, ask.__qualname__ = name, f"World.{name}"
    ask.__doc__ = f"Answer as :func:`splinternet.{function}` does of this world."
    return ask


for _name, (_module, _function) in QUESTIONS.items():
    setattr(World, _name, _method(_name, _module, _function))
