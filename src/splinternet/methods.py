"""Questions that a world answers in place: ``world.depend("CU")`` is ``depend(world, "CU")``.

The questions belong to rooms above ``world``, so they are given to :class:`World` here, from
above. Each is imported when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any

from splinternet.base.errors import MisuseError
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
        asked = getattr(import_module(f"splinternet.{module}"), function)
        try:
            signature(asked).bind(world, *given, **options)
        except TypeError as error:
            taken = list(map(str, signature(asked).parameters.values()))[1:]
            named = ", ".join(text.partition(":")[0] for text in taken)
            raise MisuseError(f"world.{name}({named}): {error}") from None
        return asked(world, *given, **options)

    ask.__name__, ask.__qualname__ = name, f"World.{name}"
    ask.__doc__ = f"Answer as :func:`splinternet.{function}` does of this world."
    return ask


for _name, (_module, _function) in QUESTIONS.items():
    setattr(World, _name, _method(_name, _module, _function))
