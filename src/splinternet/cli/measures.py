"""Commands that measure: ``measure``, ``atlas`` and ``history``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core
import typer.main

from splinternet.base.errors import MisuseError
from splinternet.cli.choices import choosing, options_for, said, vantage_notes
from splinternet.cli.options import (
    BootstrapOption,
    CountryArgument,
    FileOption,
    FormatOption,
    LedgerOption,
    LimitOption,
    RatesOption,
    ScenarioOption,
    SeedOption,
    WorldOption,
    apply_chosen,
    draws_of,
    expanded,
    open_chosen,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, notes_on, notes_on_shipped, settings_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polars import DataFrame

    from splinternet.figures.shipped import Figures
    from splinternet.measures.measure import Measure
    from splinternet.measures.resampling import Draws
    from splinternet.world.world import World

__all__ = [
    "atlas",
    "history",
    "interval_of",
    "measure_app",
    "shipped_rows",
]

#: Every choice that a measure may leave open; those of a nation's measures in a table of many.
_EVERY = (
    "prefer", "tie_break", "links", "observed", "direction", "by", "weights", "where", "parties",
    "outside", "vantages", "observers",
)  # fmt: skip


class _Measures(typer.core.TyperGroup):
    """A command for each measure, made when asked for: its options are those that it declares."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        from splinternet.measures.catalogue import list_measures

        return list(list_measures())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        from splinternet.measures.catalogue import find_measure

        return command_of(find_measure(cmd_name))


measure_app = typer.Typer(
    cls=_Measures, invoke_without_command=True, subcommand_metavar="[MEASURE COUNTRY]"
)


@measure_app.callback()
def measure(
    context: typer.Context,
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 0,
) -> None:
    """Measure how dependent, exposed or fragile a nation's Internet is.

    Without a measure it lists those there are, with what they ask and who defined them. Each has
    the options that make sense for it; docs/measures.md has their formulas.
    """
    if context.invoked_subcommand is None:
        _list(Output(form, output, limit))


def command_of(measure: Measure) -> Any:  # noqa: ANN401 (a command of typer's own)
    """Make the command of a measure."""

    @options_for(measure.takes, measure.options, refusing=True)
    def run(
        context: typer.Context,
        country: CountryArgument,
        replicates: BootstrapOption = 0,
        rates: RatesOption = None,
        seed: SeedOption = 0,
        form: FormatOption = None,
        output: FileOption = None,
        limit: LimitOption = 20,
        world: WorldOption = None,
        scenario: ScenarioOption = None,
        ledger: LedgerOption = None,
        **options: Any,  # noqa: ANN401 (those that the measure declares)
    ) -> None:
        sink = Output(form, output, limit)
        draws = draws_of(replicates, rates, seed)
        measure.takes.chosen(None, None, options)
        opened = open_chosen(context, world, scenario, options.get("links"), ledger)
        settings = _settings(measure, options)
        if not draws and (known := shipped_rows(opened, measure, country, options)):
            notes = notes_on_shipped(known[0], **settings)
            notes.append(f"Source: {measure.source}.")
            sink.write(known[1], f"{_called(country)}: {measure.question}", notes)
            return
        notes = notes_on(opened, **settings)
        notes += full_figures(opened, measure, country, options)
        notes += vantage_notes(opened, options.get("vantages"))
        with progress_bar(measure.name) as progress:
            if draws:
                table, note = interval_of(opened, measure, country, draws, progress, options)
                notes.append(note)
            else:
                table = measure.table(
                    opened, country, **measure.only({**options, "progress": progress})
                )
        notes.append(f"Source: {measure.source}.")
        sink.write(table, f"{_called(country)}: {measure.question}", notes)

    run.__doc__ = f"{measure.question}\n\nSource: {measure.source}."
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(measure.name)(run)
    return typer.main.get_command(alone)


def _shipped(world: World, measure: Measure, options: dict[str, Any]) -> Figures | None:
    """Figures of the full world that a digest is made of, if they answer this very question."""
    from splinternet.figures.matching import DEFAULTS
    from splinternet.figures.shipped import shipped_figures

    usual = {**measure.options, **{n: DEFAULTS[n] for n in measure.options if n in DEFAULTS}}
    asked = {**measure.options, **options}
    return shipped_figures(world) if world.manifest.is_digest and asked == usual else None


def shipped_rows(
    world: World, measure: Measure, country: str, options: dict[str, Any]
) -> tuple[Figures, DataFrame] | None:
    """Rows of a measure in the full world that a digest is made of, if they are shipped."""
    figures = _shipped(world, measure, options)
    rows = None if figures is None else figures.table(measure.name, _code(country))
    return None if figures is None or rows is None or rows.is_empty() else (figures, rows)


def full_figures(
    world: World, measure: Measure, country: str, options: dict[str, Any]
) -> Iterator[str]:
    """Say what a measure's figures are in the full world, where a table is a digest's."""
    figures = _shipped(world, measure, options)
    row = {} if figures is None else figures.row(_code(country))
    known = [each for each in measure.figures if row.get(each.name) is not None]
    if figures is not None and known:
        told = ", ".join(f"{each.name} {row[each.name]:.4g}" if each.is_number
                         else f"{each.name} {row[each.name]}" for each in known)  # fmt: skip
        yield f"In the full world {figures.world.name}: {told}. The table is the digest's."


def _code(country: str) -> str:
    """Return a nation's code; a network, as some measures take, is itself."""
    from splinternet.base.countries import country_code

    try:
        return country_code(country)
    except MisuseError:
        return country


@choosing(*_EVERY)
def atlas(
    context: typer.Context,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="One of them; all but diversion by default. Repeatable.",
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
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 20,
    world: WorldOption = None,
    scenario: ScenarioOption = None,
    ledger: LedgerOption = None,
    replicates: BootstrapOption = 0,
    rates: RatesOption = None,
    seed: SeedOption = 0,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Set the measures of all nations side by side, in one table.

    With -o FILE it can be stopped, and goes on when the same command is given again; beside FILE
    it writes FILE.manifest.json, which tells what it was made of and what each column means.
    """
    from splinternet.measures.atlas import atlas as compute
    from splinternet.measures.atlas import atlas_manifest

    sink = Output(form, output, 0 if output else limit)
    draws = draws_of(replicates, rates, seed)
    if output and output.is_dir():
        raise MisuseError(f"{output}: is a folder; name a file")
    opened = open_chosen(context, world, scenario, choices.get("links"), ledger)
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


@choosing(*_EVERY)
def history(
    context: typer.Context,
    country: CountryArgument,
    worlds: Annotated[
        list[str] | None,
        typer.Option(
            "--worlds",
            metavar="NAME|FOLDER",
            help="Worlds, one or more; without any the shipped figures of all dates are shown.",
        ),
    ] = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME|FOLDER]...", help="More of them.")
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="By default dependence; or exposure, where there is an --observer. Repeatable.",
        ),
    ] = None,
    through: Annotated[
        str | None,
        typer.Option(
            "--through",
            metavar="STATE|ASN",
            help="Follow what of the nation's routes pass this state or network.",
        ),
    ] = None,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="Compare also what is not of one kind.")
    ] = False,
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 0,
    scenario: ScenarioOption = None,
    ledger: LedgerOption = None,
    replicates: BootstrapOption = 0,
    rates: RatesOption = None,
    seed: SeedOption = 0,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Follow a nation's figures over time, a row for each world.

    Only like is compared with like: worlds whose links other evidence shows, or digests with full
    worlds, are refused unless --mixed says otherwise. A folder of worlds stands for all in it. A
    scenario happens to each of them, whichever world it is about. Without worlds it shows figures
    of full worlds from 1998 on that are shipped, by networks, and by addresses where prefixes of
    the time are known; only --measure and --weights choose among them.
    """
    draws = draws_of(replicates, rates, seed)
    if through and not worlds and not more:
        raise MisuseError("a given network or state is followed in worlds; name some with --worlds")
    if draws and not worlds and not more:
        raise MisuseError("intervals need worlds to draw from; name some with --worlds")
    if not worlds and not more:
        named = scenario or context.obj.scenario
        _shipped_history(Output(form, output, limit), country, measures, named, choices)
        return
    import msgspec

    from splinternet.brief.words import repair_line
    from splinternet.measures.atlas import settings_of
    from splinternet.measures.catalogue import find_measures
    from splinternet.measures.history import history as compute
    from splinternet.measures.together import options_of, takes_of
    from splinternet.world.catalogue import open_world
    from splinternet.world.evidence import by_evidence

    sink = Output(form, output, limit)
    usual = [] if through else ["exposure" if "observers" in choices else "dependence"]
    chosen = find_measures(measures or usual)
    settings = settings_of(options_of(takes_of("history", chosen), None, None, choices))
    named = scenario or context.obj.scenario
    opened = [
        apply_chosen(
            context, by_evidence(open_world(each), settings["links"]), named, anywhere=True
        )
        for each in expanded([*(worlds or []), *(more or [])])
    ]
    with progress_bar("history") as progress:
        table = compute(
            opened, chosen, country, through=through, mixed=mixed, draws=draws, progress=progress,
            **choices,
        )  # fmt: skip
    shown = said(settings)
    if not any(each.learned.height for each in opened):
        shown.pop("observed", None)
    repaired = (line for world in opened if (line := repair_line(world.manifest)))
    sources = (f"Source: {each.source}." for each in chosen)
    notes = [f"Computed with {settings_line(shown)}.", *repaired, *sources]
    if draws:
        notes.append(f"Intervals: {draws}.")
    manifests = [msgspec.to_builtins(each.manifest) for each in opened]
    record = {"worlds": manifests, "settings": settings}
    sink.write(table, f"{_called(country)} over time", notes, more=record)


def _shipped_history(
    sink: Output,
    country: str,
    measures: list[str] | None,
    scenario: str | None,
    choices: dict[str, Any],
) -> None:
    """Write the figures of a nation at all dates that are shipped."""
    import msgspec

    from splinternet.figures.history import history_made, shipped_history

    others = [name for name in choices if name != "weights"]
    if others or scenario is not None:
        what = f"--{others[0].replace('_', '-')}" if others else "a scenario"
        raise MisuseError(f"shipped figures know no {what}; name worlds with --worlds")
    made = history_made()
    found = shipped_history(country, weights=choices.get("weights"), measures=measures)
    if made is None or found is None:
        raise MisuseError(
            "no figures of all dates are shipped by these definitions; name worlds with --worlds"
        )
    left_out = ("weights", "observed")  # each row has its weights; no paths are behind them
    settings = {name: value for name, value in made.settings.items() if name not in left_out}
    used = settings_line(said(settings))
    notes = [f"Shipped figures of full worlds, computed with {used}.", *made.notes]
    record = {"worlds": msgspec.to_builtins(made.worlds), "settings": made.settings}
    sink.write(found, f"{_called(country)} over time", notes, more=record)


def interval_of(
    world: World,
    measure: str | Measure,
    country: str,
    draws: Draws,
    progress: Any,  # noqa: ANN401
    options: dict[str, Any],
) -> tuple[Any, str]:
    """Compute a measure with intervals, and the note that says what they are."""
    from splinternet.measures.bootstrap import bootstrap

    table = bootstrap(
        world, measure, country, draws.number, rates=draws.rates, seed=draws.seed,
        progress=progress, **options,
    )  # fmt: skip
    return table, f"Intervals: {draws}."


def _settings(measure: Measure, options: dict[str, Any]) -> dict[str, str]:
    """Name the choices and options of a measure, also those that it has by default."""
    return said({**measure.options, **options})


def _list(sink: Output) -> None:
    import polars as pl

    from splinternet.measures.catalogue import list_measures

    rows = [(m.name, m.question, m.source) for m in list_measures().values()]
    frame = pl.DataFrame(rows, schema=["measure", "question", "source"], orient="row")
    sink.write(frame, "Measures; 'splinternet measure NAME COUNTRY' computes one")


def _called(country: str) -> str:
    """Name what is measured: a country, or a network where there is none of this name."""
    from splinternet.base.countries import country_code, country_name

    try:
        return country_name(country_code(country))
    except MisuseError:
        return country
