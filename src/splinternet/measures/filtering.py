"""Networks that filter false routes, in a world and in a question about it."""

from __future__ import annotations

import numpy as np

from splinternet.base.errors import MisuseError
from splinternet.routing.trials import Filters
from splinternet.world.world import World

__all__ = ["filters_in", "filters_of"]


def filters_of(world: World) -> Filters:
    """Filters of a world: those that a scenario has set up."""
    by = world.filtering.group_by("by", maintain_order=True)
    return Filters.of({str(how): some["asn"].to_list() for (how,), some in by})


def filters_in(world: World, more: Filters) -> Filters:
    """Filters of a world, and those that a question adds.

    Raises
    ------
    MisuseError
        If a network that is to filter is not in the world.
    """
    unknown = np.setdiff1d(
        np.concatenate([*more.by_kind.values()]), world.networks["asn"].to_numpy()
    )
    if len(unknown):
        raise MisuseError(f"AS{unknown[0]} filters, and is not in world {world.manifest.name}")
    return filters_of(world).joined(more)
