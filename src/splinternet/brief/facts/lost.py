"""Routes that a nation loses by a scenario."""

from __future__ import annotations

from splinternet.base.choices import Routing
from splinternet.base.errors import WorldError
from splinternet.brief.changed import part_lost
from splinternet.scenario.reachability import Reachability
from splinternet.world.learned import as_routed
from splinternet.world.world import World

__all__ = ["routes_lost"]


def routes_lost(before: World | None, after: World, country: str, routing: Routing) -> float | None:
    """Part of its routes to the world that a nation loses, as a what-if tells it.

    Parameters
    ----------
    before, after
        The world before and after a scenario; no world before where there is none.
    country
        The nation's code.
    routing
        Which links are used. Whether there is a route depends on no other choice.

    Returns
    -------
    float or None
        Less than 0 where routes are gained; None where the world before has no network there.
    """
    if before is None:
        return None
    try:
        known = Reachability.known(as_routed(before, routing), country)
    except WorldError:
        return None
    return part_lost(known.abroad(known.after(after)))
