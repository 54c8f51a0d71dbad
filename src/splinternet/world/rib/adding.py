"""Giving a world the paths that route collectors saw."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from splinternet.base.errors import MisuseError
from splinternet.world.learned import learn
from splinternet.world.rib.cleaning import join_paths
from splinternet.world.rib.observing import Hints, is_same_table, notes_on, observe
from splinternet.world.world import World

__all__ = ["with_tables"]


def with_tables(
    world: World, files: Sequence[str | Path], *, executor: Executor | None = None
) -> World:
    """World with the paths of routing tables, see ``routing.adding`` for what follows from them.

    Parameters
    ----------
    world
        A full world. It tells which numbers are route servers' and which networks are the tier-1
        clique, if the relationships that it was made from do.
    files
        Routing tables in MRT form, of one collector or of several.
    executor
        Reads them side by side; by default one file after the other.

    Returns
    -------
    World
        The same world with more rows in the table ``paths``, and with what follows from these, see
        :func:`~splinternet.world.learned.learn`. Each file is among its inputs, and what is odd
        of the paths among its notes.

    Raises
    ------
    MisuseError
        If the world is a digest, or a file is in it already.
    InputError
        If a file cannot be read, or shows no path.
    """
    if world.manifest.is_digest:
        raise MisuseError(
            f"{world.manifest.name} is a digest, whose groups no path meets; add paths to a full "
            "world"
        )
    told = world.manifest.parameters
    hints = Hints(tuple(told.get("clique", ())), tuple(told.get("route_servers", ())))
    observed = observe(files, hints, executor=executor)
    for each in observed.inputs:
        if any(is_same_table(each, here) for here in world.manifest.inputs):
            raise MisuseError(f"{each.file}: its paths are in the world already")
    notes = notes_on(observed, world.networks["asn"], world.manifest.date, hints)
    days = {*told.get("observed_on", ()), *(each.isoformat() for each in observed.days)}
    manifest = msgspec.structs.replace(
        world.manifest,
        parameters={**told, "observed_on": sorted(days)},
        inputs=(*world.manifest.inputs, *observed.inputs),
        notes=(*world.manifest.notes, *notes),
    )
    paths = join_paths([world.paths, observed.paths])
    return learn(dataclasses.replace(world, manifest=manifest, paths=paths))
