"""What can happen to a world: one module for each kind of shock, registered by being here.

A module whose name does not begin with an underscore has ``SHOCK``, a subclass of
:class:`~splinternet.scenario.shocks._shock.Shock` with the module's name as its tag, which is the
``kind`` that a scenario names.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from splinternet.scenario.shocks._shock import Shock

__all__ = ["Shock", "kinds"]


@cache
def kinds() -> dict[str, type[Shock]]:
    """Return every kind of shock, by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}").SHOCK for name in names}
