"""Shocks to a world: one module for each kind, registered by being here.

A module whose name does not begin with an underscore has ``SHOCK``, a
:class:`~splinternet.scenario.shocks._kind.Kind`: the shock, a subclass of
:class:`~splinternet.scenario.shocks._shock.Shock` with the module's name as its tag (the ``kind``
that a scenario names), and the words that lists, forms and documents have for it. Other packages
register theirs as entry points of the group ``splinternet.shocks``.
"""

from __future__ import annotations

from functools import cache

from splinternet.base.parts import Parts, find_parts
from splinternet.scenario.shocks._kind import Field, Kind, Preset, kind_of
from splinternet.scenario.shocks._shock import Outcome, Shock, Stage, asks

__all__ = ["Field", "Kind", "Outcome", "Preset", "Shock", "Stage", "asks", "kinds", "parts"]


@cache
def parts() -> Parts[Kind]:
    """Return every kind of shock, and why some cannot be used."""
    return find_parts("shock", __name__, __path__, "splinternet.shocks", kind_of)


def kinds() -> dict[str, Kind]:
    """Return every kind of shock that can be used, by name."""
    return parts().known
