"""The command that sets nations side by side: ``atlas``."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.choices import CHOICES
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.choices import choosing, said
from splinternet.cli.notes import notes_after, notes_on_levels, notes_on_shipped
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, WORLD, Request, asking
from splinternet.cli.tables import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from polars import DataFrame

    from splinternet.measures.measure import Measure
    from splinternet.scenario.levelled import Levelled
    from splinternet.world.world import World

__all__ = ["atlas"]

#: Measures, nations and choices that are named.
_Question = tuple[list[str] | None, list[str] | None, dict[str, Any]]


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
    rows: Annotated[
        Path | None,
        typer.Option(
            "--rows",
            metavar="FOLDER",
            help="Write here the full tables of the measures: every network and state of 1% or "
            "more, nation by nation, a file for each measure.",
        ),
    ] = None,
    ranges: Annotated[
        bool,
        typer.Option(
            "--ranges",
            help="After a scenario on a digest, compute also ranges by other rules, of figures "
            "after and of differences, of dependence, states and reliability. It takes three "
            "times as long: of dependence and states of all nations nine minutes of the "
            "processor.",
        ),
    ] = False,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Set the measures of all nations side by side, in one table.

    With -o FILE it can be stopped, and goes on when the same command is given again; beside FILE
    it writes FILE.manifest.json, which tells what it was made of and what each column means. On a
    digest, by default choices, the figures of its full world are shipped; FIGURE_low and
    FIGURE_high are then the range of a figure by other rules, as far as known. After a scenario on
    a digest a figure is the shipped one and what changes in the digest; behind it are its range by
    other rules (with --ranges), before_FIGURE with its own, and difference_FIGURE.
    """
    from splinternet.brief.ranged import about_figures
    from splinternet.figures.atlas import shipped_atlas
    from splinternet.measures.atlas import atlas as compute
    from splinternet.measures.atlas import atlas_and_rows, atlas_manifest

    draws, output = asked.draws, asked.sink.file
    sink = _sink(asked, rows)
    opened = asked.open(choices.get("links"))
    nations = countries.split(",") if countries else None
    before = None if rows else asked.on_levels(choices.get("links"))
    if before:
        question = (measures, nations, choices)
        _write_after(sink, (before, opened), question, keep, ranges=ranges)
        return
    if ranges:
        raise MisuseError("--ranges are of figures after a scenario on a digest, without --rows")
    full: Mapping[str, DataFrame] = {}
    folder = None
    known = None if draws else shipped_atlas(opened, measures, nations, choices)
    if known is not None:
        table, full, manifest = known.nations, known.rows, dict(known.manifest)
        notes = notes_on_shipped(known.figures, **said(manifest["settings"]))
        notes.append(about_figures((table,)))
    else:
        folder = keep or _parts_beside(output)
        shared: dict[str, Any] = {"folder": folder, **choices}
        with progress_bar("atlas") as progress:
            if rows:
                table, full = atlas_and_rows(opened, measures, nations, progress=progress, **shared)
            else:
                table = compute(opened, measures, nations, draws=draws, progress=progress, **shared)
        manifest = atlas_manifest(opened, measures, **choices)
        notes = notes_on_levels(opened, **said(manifest["settings"]))
    notes.extend(_own_settings(manifest["columns"].values()))
    notes.append(phrase("terminal.atlas.measures"))
    if draws:
        notes.append(phrase("terminal.notes.intervals", draws=draws))
        manifest["intervals"] = str(draws)
    elif known is None:
        notes.append(phrase("terminal.notes.unranged"))
    sink.write(table, phrase("terminal.atlas.heading"), notes, more=manifest)
    if rows:
        _write_full(full, rows, asked.sink, manifest)
    if folder and not keep:
        shutil.rmtree(folder)


def _sink(asked: Request, rows: Path | None) -> Output:
    """Where the table goes, all of it if that is a file."""
    if rows and asked.draws:
        raise MisuseError("full tables have no intervals; leave --rows or --bootstrap out")
    output = asked.sink.file
    if output and output.is_dir():
        raise MisuseError(f"{output}: is a folder; name a file")
    return replace(asked.sink, limit=0) if output else asked.sink


def _parts_beside(output: Path | None) -> Path | None:
    """Folder of parts beside the file; a pipe or a device has nothing beside it."""
    if output is None or (output.exists() and not output.is_file()):
        return None
    return output.with_name(f"{output.name}.parts")


def _own_settings(columns: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Say by which settings of its own each measure is computed."""
    own = {each["measure"]: each["settings"] for each in columns if "settings" in each}
    for measure, settings in own.items():
        yield phrase("terminal.atlas.settings", measure=measure, settings=settings)


def _write_after(
    sink: Output,
    worlds: tuple[World, World],
    question: _Question,
    keep: Path | None,
    *,
    ranges: bool,
) -> None:
    """Write nations side by side after a scenario."""
    from splinternet.measures.atlas import atlas_manifest

    measures, _, choices = question
    folder = keep or _parts_beside(sink.file)
    with progress_bar("atlas") as progress:
        told = _on_levels(*worlds, question, folder, progress, ranges=ranges)
    manifest = atlas_manifest(worlds[1], measures, **choices)
    notes = notes_after(told, worlds[1], **said(manifest["settings"]))
    notes.extend(_own_settings(manifest["columns"].values()))
    notes.append(phrase("terminal.atlas.measures"))
    if not told.is_moved:
        notes.append(phrase("terminal.notes.unranged"))
    manifest["columns"] |= _columns_after(told.table, manifest["columns"])
    heading = phrase("terminal.atlas.heading")
    sink.write_after(told, [worlds[0].manifest], heading, notes, manifest)
    if folder and not keep:
        shutil.rmtree(folder)


def _on_levels(
    before: World,
    after: World,
    question: _Question,
    folder: Path | None,
    progress: Any,  # noqa: ANN401
    *,
    ranges: bool,
) -> Levelled:
    """Set nations side by side after a scenario, on levels of the digest's full world."""
    from splinternet.measures.atlas import atlas_and_rows
    from splinternet.scenario.levelled_figures import LEAST, atlas_on_levels

    measures, nations, choices = question

    def nations_in(
        world: World, asked: Sequence[Measure], rule: Mapping[str, Any]
    ) -> tuple[DataFrame, Mapping[str, DataFrame]]:
        called = "-".join(["before" if world is before else "after", *rule.values()])
        shared = {"folder": folder and folder / called, "least": LEAST, "progress": progress}
        return atlas_and_rows(world, asked, nations, **shared, **{**choices, **rule})

    return atlas_on_levels(before, after, measures, nations, nations_in, choices, ranges=ranges)


def _columns_after(
    table: DataFrame, columns: Mapping[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Say what columns of figures before a scenario, of changes and of ranges are.

    Each is told by what is said of its figure.
    """
    from splinternet.figures.ranges import range_columns
    from splinternet.scenario.levelled_rows import BEFORE, DIFFERENCE

    known = dict(columns)
    for prefix, key in ((BEFORE, "before"), (DIFFERENCE, "difference")):
        for figure, column in columns.items():
            meaning = phrase(f"terminal.atlas.{key}", figure=figure)
            known[f"{prefix}{figure}"] = {**column, "meaning": meaning}
    known |= range_columns(table.columns, known)
    return {name: known[name] for name in table.columns if name in known}


def _write_full(
    full: Mapping[str, DataFrame], folder: Path, sink: Output, manifest: dict[str, Any]
) -> None:
    """Write the full table of each measure, in the form of the table of nations, or as CSV."""
    form = "csv" if sink.format == "table" else sink.format
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MisuseError(f"{folder}: cannot be made ({error.strerror}); choose another") from None
    for name, table in full.items():
        beside = replace(sink, form=form, file=folder / f"{name}.{form}", limit=0)
        beside.save_table(table, phrase("terminal.atlas.rows", measure=name), more=manifest)
