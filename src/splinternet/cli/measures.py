"""The command that computes one measure of a nation: ``measure``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
import typer.core
import typer.main

from splinternet.base.texts import phrase
from splinternet.cli.choices import options_for, said, vantage_notes
from splinternet.cli.notes import about_ranges, notes_after, notes_on_levels, notes_on_shipped
from splinternet.cli.options import CountryArgument
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import INTERVALS, OUTPUT, WORLD, Request, asking
from splinternet.cli.tables import Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polars import DataFrame

    from splinternet.cli.notes import Notes
    from splinternet.figures.shipped import Figures
    from splinternet.measures.measure import Measure
    from splinternet.measures.resampling import Draws
    from splinternet.scenario.levelled import Levelled
    from splinternet.world.world import World

__all__ = [
    "after_scenario",
    "called",
    "columns_record",
    "full_figures",
    "interval_of",
    "measure_app",
    "shipped_rows",
]


class _Measures(typer.core.TyperGroup):
    """A command for each measure, made when asked for: its options are those that it declares."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        from splinternet.measures.catalogue import list_measures

        return list(list_measures())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        from splinternet.measures.catalogue import find_measure

        return command_of(find_measure(cmd_name).asked_alone)


measure_app = typer.Typer(
    cls=_Measures, invoke_without_command=True, subcommand_metavar="[MEASURE COUNTRY]"
)


@measure_app.callback()
@asking(OUTPUT, limit=0)
def measure(asked: Request) -> None:
    """Measure how dependent, exposed or fragile a nation's Internet is.

    Without a measure it lists those there are, with what they ask and who defined them. Each has
    the options that make sense for it; docs/measures.md has their formulas.
    """
    if asked.context.invoked_subcommand is None:
        _list(asked.sink)


def command_of(measure: Measure) -> Any:  # noqa: ANN401 (a command of typer's own)
    """Make the command of a measure."""

    @options_for(measure.takes, measure.options, refusing=True)
    @asking(INTERVALS, OUTPUT, WORLD)
    def run(
        asked: Request,
        country: CountryArgument,
        **options: Any,  # noqa: ANN401 (those that the measure declares)
    ) -> None:
        measure.takes.chosen(None, None, options)
        opened = asked.open(options.get("links"))
        settings = _settings(measure, options)
        if not asked.draws and (known := shipped_rows(opened, measure, country, options)):
            notes = notes_on_shipped(known[0], **settings)
            notes += about_ranges(known[1]) if "share_low" in known[1].columns else []
            notes.append(phrase("terminal.notes.source", source=measure.source))
            _write(asked, measure, country, known[1], notes)
            return
        if before := asked.on_levels(options.get("links")):
            _write_after(asked, measure, country, (before, opened), options, settings)
            return
        notes = notes_on_levels(opened, **settings)
        notes += full_figures(opened, measure, country, options)
        notes += vantage_notes(opened, options.get("vantages"))
        with progress_bar(measure.name) as progress:
            if asked.draws:
                table, note = interval_of(opened, measure, country, asked.draws, progress, options)
                notes.append(note)
            else:
                table = measure.table(
                    opened, country, **measure.only({**options, "progress": progress})
                )
                table, said = observer_on_levels(opened, measure, country, options, table)
                notes += said
        notes.append(phrase("terminal.notes.source", source=measure.source))
        _write(asked, measure, country, table, notes)

    columns = "; ".join(f"{each.name} ({_inside(each.doc)})" for each in measure.columns)
    run.__doc__ = f"{measure.question}\n\nColumns: {columns}.\n\nSource: {measure.source}."
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(measure.name)(run)
    return typer.main.get_command(alone)


def observer_on_levels(
    world: World, measure: Measure, country: str, options: dict[str, Any], table: DataFrame
) -> tuple[DataFrame, list[str]]:
    """Set shares of states that are shipped on the level of the full world, and say so.

    Of what a state could observe these are the incoming ones, and both of the main observer; of
    outgoing shares of states, that of the main observer.
    """
    from splinternet.figures.observed import exposure_on_levels, outgoing_on_levels
    from splinternet.figures.shipped import shipped_of

    of_states = {"country", "observer"} & set(table.columns) and "asn" not in table.columns
    is_outgoing = (
        measure.name in ("dependence", "states")
        and options.get("direction") == "outbound"
        and of_states
    )
    if not (is_outgoing or measure.name == "exposure"):
        return table, []
    left = {"by", "direction", "observers"} if is_outgoing else {"observers"}
    figures = shipped_of(world, measure, {k: v for k, v in options.items() if k not in left})
    take = outgoing_on_levels if is_outgoing else exposure_on_levels
    found = take(table, figures, _code(country))
    if figures is None or found.equals(table):
        return table, []
    name = "outgoing" if is_outgoing else "incoming"
    return found, [phrase(f"terminal.measures.{name}", world=figures.world.name)]


def _write_after(
    asked: Request,
    measure: Measure,
    country: str,
    worlds: tuple[World, World],
    options: dict[str, Any],
    settings: dict[str, str],
) -> None:
    """Write the answer about the world after a scenario, on levels of the digest's full world."""
    told, notes = after_scenario(measure, country, worlds, options, settings)
    notes.append(phrase("terminal.notes.source", source=measure.source))
    heading = phrase("terminal.measures.of", nation=called(country), question=measure.question)
    asked.sink.write_after(
        told, [worlds[0].manifest], heading, notes, columns_record(measure, told)
    )


def after_scenario(
    measure: Measure,
    country: str,
    worlds: tuple[World, World],
    options: dict[str, Any],
    settings: dict[str, str],
) -> tuple[Levelled, Notes]:
    """Tell a measure of a nation before and after a scenario, and what to know of it."""
    from splinternet.scenario.levelled import measure_on_levels

    with progress_bar(measure.name) as progress:
        choices = measure.only({**options, "progress": progress})
        told = measure_on_levels(
            *worlds,
            measure,
            country,
            lambda world: measure.table(world, country, **choices),
            options,
            lambda world, rule: measure.table(
                world, country, **{**choices, **measure.only(rule), "progress": None}
            ),
        )
    notes = notes_after(told, worlds[1], **settings)
    notes += vantage_notes(worlds[1], options.get("vantages"))
    return told, notes


def _write(
    asked: Request, measure: Measure, country: str, table: DataFrame, notes: list[str]
) -> None:
    heading = phrase("terminal.measures.of", nation=called(country), question=measure.question)
    more = columns_record(measure, table, drawn=bool(asked.draws))
    asked.sink.write(table, heading, notes, more=more)


def _inside(sentence: str) -> str:
    """Write a sentence as it stands within another."""
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def columns_record(
    measure: Measure, table: DataFrame | Levelled, *, drawn: bool = False
) -> dict[str, Any]:
    """Say in the record of a table what its columns hold; ``drawn`` if ends are of intervals."""
    from splinternet.figures.ranges import range_columns
    from splinternet.scenario.levelled import COLUMNS, Levelled

    if isinstance(table, Levelled):
        record = columns_record(measure, table.table)
        shares = {name: {"unit": "share", "meaning": doc} for name, doc in COLUMNS.items()}
        if table.is_moved:
            record["columns"] |= {n: it for n, it in shares.items() if n in table.table.columns}
        return record
    columns = {
        each.name: {"unit": each.unit, "meaning": each.doc}
        for each in measure.columns
        if each.name in table.columns
    }
    known = columns | range_columns(table.columns, columns, drawn=drawn)
    columns = {name: known[name] for name in table.columns if name in known}
    return {"measure": measure.name, "columns": columns}


def shipped_rows(
    world: World, measure: Measure, country: str, options: dict[str, Any]
) -> tuple[Figures, DataFrame] | None:
    """Rows of a measure in the full world that a digest is made of, if they are shipped.

    Dependence by state is a part of what is shipped of states.
    """
    import polars as pl

    from splinternet.base.naming import with_shown_names
    from splinternet.figures.observed import main_observer
    from splinternet.figures.reverse import states_with_doubts
    from splinternet.figures.shipped import shipped_of

    by_state = measure.name == "dependence" and options.get("by") == "state"
    name = "states" if by_state else measure.name
    observers = tuple(options.get("observers") or ())
    is_watched = bool(observers) or measure.name == "exposure"
    left = {"by"} if by_state else {"observers"} if is_watched else set()
    figures = shipped_of(world, measure, {k: v for k, v in options.items() if k not in left})
    if observers and figures is not None:
        if measure.name == "dependence":
            return _observer_row(figures, _code(country), observers)
        if observers != (main_observer(figures, _code(country)),):
            return None
    rows = None if figures is None else figures.ranged(name, _code(country))
    if figures is None or rows is None or rows.is_empty():
        return None
    rows = with_shown_names(rows, world.networks)
    if name == "states":
        rows = states_with_doubts(figures, rows, _code(country))
    return figures, rows.select(pl.exclude("unavoidable")) if by_state else rows


def _observer_row(
    figures: Figures, country: str, observers: tuple[int | str, ...]
) -> tuple[Figures, DataFrame] | None:
    """Share of a nation's routes that one state is on, as the shipped shares of states have it."""
    import polars as pl

    rows = figures.ranged("states", country)
    if rows is None or len(observers) > 1 or isinstance(observers[0], int):
        return None
    row = rows.filter(country=_code(observers[0]))
    if row.is_empty():
        return None
    ends = [name for name in ("share_low", "share_high") if name in row.columns]
    return figures, row.select(pl.col("country").alias("observer"), "share", *ends, "counted")


def full_figures(
    world: World, measure: Measure, country: str, options: dict[str, Any]
) -> Iterator[str]:
    """Say what a measure's figures are in the full world, where a table is a digest's."""
    from splinternet.brief.cells import cell_text
    from splinternet.figures.shipped import shipped_of

    figures = shipped_of(world, measure, options)
    row = {} if figures is None else figures.row(_code(country))
    known = [each for each in measure.figures if row.get(each.name) is not None]
    if figures is not None and known:
        told = ", ".join(f"{each.name} {cell_text(each.name, row[each.name])}" for each in known)
        yield phrase("terminal.measures.full", world=figures.world.name, figures=told)


def _code(country: str) -> str:
    """Return a nation's code; a network, as some measures take, is itself."""
    from splinternet.base.countries import known_country

    return known_country(country) or country


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
        world,
        measure,
        country,
        draws.number,
        rates=draws.rates,
        seed=draws.seed,
        progress=progress,
        **options,
    )
    return table, phrase("terminal.notes.intervals", draws=draws)


def _settings(measure: Measure, options: dict[str, Any]) -> dict[str, str]:
    """Name the choices and options of a measure, also those that it has by default."""
    return said({**measure.options, **options})


def _list(sink: Output) -> None:
    import polars as pl

    from splinternet.measures.catalogue import list_measures

    rows = [
        (
            m.name,
            m.question,
            phrase("terminal.measures.on_request" if m.on_request else "terminal.measures.usual"),
            m.source,
        )
        for m in list_measures().values()
    ]
    frame = pl.DataFrame(rows, schema=["measure", "question", "in_atlas", "source"], orient="row")
    sink.write(frame, phrase("terminal.measures.heading"))


def called(country: str) -> str:
    """Name what is measured: a country, or a network where there is none of this name."""
    from splinternet.base.countries import known_country
    from splinternet.base.texts import country_called

    code = known_country(country)
    return country if code is None else country_called(code)
