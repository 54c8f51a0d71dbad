"""Commands about routing tables of route collectors: ``rib`` and ``add-paths``."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from splinternet.base.texts import phrase
from splinternet.cli.options import (
    FileOption,
    FolderOption,
    ForceOption,
    FormatOption,
    FullWorldArgument,
    LimitOption,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, say

if TYPE_CHECKING:
    from splinternet.world.world import World

__all__ = ["DaskOption", "RibOption", "add_paths", "rib", "with_paths"]

RibOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rib",
        metavar="FILE",
        help="Routing tables (MRT) of route collectors, whose names their files bear: the paths "
        "that were observed. Repeatable.",
    ),
]
DaskOption = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Read routing tables on the cluster of this dask scheduler, each on one worker.",
    ),
]
FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Routing tables (MRT), plain, gzip, bzip2 or xz."),
]


def rib(
    files: FilesArgument,
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 25,
) -> None:
    """Sum up routing tables of route collectors: who tells how much, and what was left out.

    Columns: asn (the monitor), collector, table (full: routes to three quarters of the origins
    or more; else partial), origins, prefixes, addresses (IPv4), paths.
    """
    from splinternet.world.report import input_lines
    from splinternet.world.rib.observing import Hints, observe
    from splinternet.world.rib.summary import summarise_monitors

    sink = Output(form, output, limit)
    with progress_bar("rib"):
        observed = observe(files, Hints())
    monitors = summarise_monitors(observed.paths)
    full = monitors.filter(monitors["table"] == "full")["asn"].n_unique()
    notes = [
        *input_lines(observed.inputs),
        phrase(
            "terminal.rib.summary",
            monitors=monitors["asn"].n_unique(),
            full=full,
            paths=observed.paths.height,
            origins=observed.paths["origin"].n_unique(),
        ),
    ]
    sink.write(monitors, phrase("terminal.rib.heading"), notes)


def add_paths(
    world: FullWorldArgument,
    files: FilesArgument,
    folder: FolderOption,
    dask: DaskOption = None,
    force: ForceOption = False,
) -> None:
    """Add the paths that routing tables show to a world, and save it as another.

    'splinternet import --rib' does the same to a world that it makes.
    """
    from splinternet.world.catalogue import open_world
    from splinternet.world.world import check_free

    check_free(folder, overwrite=force)
    with progress_bar("add-paths"):
        after, lines = with_paths(open_world(world), files, dask)
        after.save(folder, overwrite=force)
    for line in lines:
        say(line)
    say(phrase("terminal.worlds.saved", world=after.manifest.name, folder=folder))


def with_paths(world: World, files: list[Path], dask: str | None) -> tuple[World, list[str]]:
    """Add what routing tables show to a world, and say what each of them gave."""
    from splinternet.base.choices import Routing
    from splinternet.brief.words import fit_line
    from splinternet.routing.adding import add_paths
    from splinternet.scenario.cluster import dask_executor
    from splinternet.world.report import input_lines

    with nullcontext() if dask is None else dask_executor(dask) as executor:
        after = add_paths(world, files, executor=executor)
    before = world.manifest
    added = after.manifest.inputs[len(before.inputs) :]
    fresh = (note for note in after.manifest.notes if note not in before.notes)
    told = *fresh, fit_line(after.manifest, Routing().prefer)
    return after, [*input_lines(added), *told]
