"""The command that sets nations side by side: ``atlas``."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from splinternet.base.choices import CHOICES
from splinternet.base.errors import MisuseError
from splinternet.cli.choices import choosing, said
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, WORLD, Request, asking
from splinternet.cli.tables import notes_on

__all__ = ["atlas"]


@choosing(*CHOICES)
@asking(INTERVALS, OUTPUT, WORLD)
def atlas(
    asked: Request,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="One of them; by default all that 'splinternet measure' does not mark as on "
            "request. Repeatable.",
        ),
    ] = None,
    countries: Annotated[
        str | None,
        typer.Option("--countries", metavar="CODES", help="With commas between; all by default."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            metavar="FOLDER",
            help="Keep each nation's figures here [default: FILE.parts].",
        ),
    ] = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Set the measures of all nations side by side, in one table.

    With -o FILE it can be stopped, and goes on when the same command is given again; beside FILE
    it writes FILE.manifest.json, which tells what it was made of and what each column means.
    """
    from splinternet.measures.atlas import atlas as compute
    from splinternet.measures.atlas import atlas_manifest

    draws, output = asked.draws, asked.sink.file
    sink = replace(asked.sink, limit=0) if output else asked.sink
    if output and output.is_dir():
        raise MisuseError(f"{output}: is a folder; name a file")
    opened = asked.open(choices.get("links"))
    # A pipe or a device has nothing beside it.
    beside = output if output and (output.is_file() or not output.exists()) else None
    folder = keep or (beside.with_name(f"{beside.name}.parts") if beside else None)
    nations = countries.split(",") if countries else None
    with progress_bar("atlas") as progress:
        table = compute(
            opened, measures, nations, folder=folder, draws=draws, progress=progress, **choices
        )
    manifest = atlas_manifest(opened, measures, **choices)
    notes = notes_on(opened, **said(manifest["settings"]))
    notes.append("'splinternet measure' lists the measures with their sources.")
    if draws:
        notes.append(f"Intervals: {draws}.")
        manifest["intervals"] = str(draws)
    sink.write(table, "Nations by measures", notes, more=manifest)
    if folder and not keep:
        shutil.rmtree(folder)
