"""Worlds with the paths of route collectors, and all that follows from these."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from splinternet.base.checked import typed
from splinternet.base.errors import MisuseError
from splinternet.routing.observed import with_fit
from splinternet.routing.orders import with_order
from splinternet.world.rib.adding import with_tables
from splinternet.world.world import World, as_world

__all__ = ["add_paths", "taught"]


@typed
def add_paths(
    world: World, files: str | Path | Sequence[str | Path], *, executor: Executor | None = None
) -> World:
    """World with the paths that routing tables of route collectors show.

    Parameters
    ----------
    world
        A full world.
    files
        Routing tables in MRT form, one or several, of one collector or of several.
    executor
        Reads them side by side; by default one file after the other.

    Returns
    -------
    World
        The world with the tables ``paths``, ``learned`` and ``preferred``, with links that paths
        alone show, and with the figure that says how well the model does on its paths.

    Raises
    ------
    MisuseError
        If the world is none, or a digest; if no file is named, or one is in it already.
    InputError
        If a file cannot be read, or shows no path.

    Examples
    --------
    >>> add_paths(world, [])
    Traceback (most recent call last):
    splinternet.base.errors.MisuseError: name one or more routing tables
    """
    as_world(world)
    named = [files] if isinstance(files, str | Path) else list(files)
    if not named:
        raise MisuseError("name one or more routing tables")
    return taught(with_tables(world, named, executor=executor))


def taught(world: World) -> World:
    """World that has learned the order of neighbours from its paths, and how well the model does.

    Examples
    --------
    >>> taught(world) is world  # it has no paths
    True
    """
    return with_fit(with_order(world))
