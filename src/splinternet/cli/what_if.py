"""The command that compares a world with the one after a scenario: ``what-if``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.choices import Counting, Links, Routing
from splinternet.base.errors import MisuseError
from splinternet.cli.choices import choosing, said, vantage_notes
from splinternet.cli.options import (
    BootstrapOption,
    FileOption,
    FormatOption,
    LedgerOption,
    LimitOption,
    RatesOption,
    SeedOption,
    WorldOption,
    draws_of,
    open_chosen,
    open_ledgers,
    read_chosen,
    recorded_for,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.scenario import deceived
from splinternet.cli.tables import Output, notes_on

if TYPE_CHECKING:
    import polars as pl

    from splinternet.scenario.scenario import Recorded, Scenario
    from splinternet.world.world import World

__all__ = ["what_if"]

_USUAL = {**vars(Routing()), **vars(Counting())}


@choosing(
    "prefer", "tie_break", "links", "observed", "direction", "by", "weights", "parties",
    "outside", "vantages", "observers",
)  # fmt: skip
def what_if(
    context: typer.Context,
    scenarios: Annotated[
        list[str],
        typer.Argument(metavar="SCENARIO...", help="Names of shipped scenarios, or TOML files."),
    ],
    country: Annotated[
        str | None,
        typer.Option(
            "--country", metavar="COUNTRY", help="What changes for this nation; code or name."
        ),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="MEASURE",
            help="Its figures for the nation, before and after; by default those of chokepoints, "
            "cut and reliability. Repeatable.",
        ),
    ] = None,
    form: FormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 10,
    world: WorldOption = None,
    ledger: LedgerOption = None,
    replicates: BootstrapOption = 0,
    rates: RatesOption = None,
    seed: SeedOption = 0,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Say what a scenario changes: who loses whom, who is on the routes then, who profits.

    Without --country it says which countries lose how many pairs of networks that had a route.
    With one, also who is on the nation's routes before and after, detours, and paths that get
    longer. Of a ban it says first whom the equipment serves, who uses it and what is decided
    already; what routes would lose is its strict reading. A scenario brings its own world unless
    --world names one. Other forms than table have one long table: scenario, country, figure, of,
    name, unit, before, after, difference; with --bootstrap also both ends of their intervals. A
    case whose world is not at hand in full tells its recorded answer.
    """
    import polars as pl

    from splinternet.brief import bans, cables
    from splinternet.brief.comparison import Section, effects_told, intervals_told, tell
    from splinternet.scenario.apply import rehearse
    from splinternet.scenario.bans import ban_answers, cuts_cables, read_strictly
    from splinternet.scenario.compare import CHOKEPOINTS
    from splinternet.scenario.compare import what_if as compare
    from splinternet.scenario.intervals import what_if_intervals
    from splinternet.scenario.vendors import Vendors

    sink = Output(form, output, limit)
    if measures and country is None:
        raise MisuseError("measures are of a nation; name one with --country")
    draws = draws_of(replicates, rates, seed)
    if draws and country is None:
        raise MisuseError("intervals are of a nation's figures; name one with --country")
    sections: list[Section] = []
    tables, noted, compared_of = [], [], []
    opened: dict[str | None, World] = {}
    vendors = Vendors(lambda: open_ledgers(context, ledger))
    for read in [read_chosen(name) for name in scenarios]:
        if answer := recorded_for(context, world, read):
            sections.append(Section(read.name, answer.words))
            tables.append(_named(read.name, _recorded(answer)))
            continue
        before = _world(context, world, read, choices.get("links"), opened)
        answers = ban_answers(before, read, vendors)
        is_bound = cuts_cables(read)
        struck = read_strictly(read) if answers or is_bound else read
        after, effects = rehearse(before, struck, vendors=vendors)
        title = read.name
        notes = notes_on(before, **said({**_USUAL, **choices}))
        notes += vantage_notes(before, choices.get("vantages"))
        told = list(effects_told(effects))
        noted += [f"{title}: {note}" for note in (*notes, *told)]
        compared_of.append({"scenario": read.plain(), **notes.record()})
        about = [*notes, *told]
        if answers:
            sections += bans.tell_bans(title, answers, notes)
            tables.append(_named(title, bans.ban_rows(answers)))
            title, about = f"{title}: {bans.STRICT}", [bans.STRICTLY, *told]
        if is_bound:
            sections.append(Section(title, tuple(about), (cables.UNKNOWN,)))
            title, about = f"{title}: {cables.BOUND}", [cables.BOUNDING, told[0]]
        if answers and bans.changes_nothing(effects):
            sections.append(Section(title, tuple(about), (bans.UNREAD,)))
            continue
        with progress_bar(read.name) as progress:
            compared = compare(
                before,
                after,
                country,
                measures=CHOKEPOINTS if measures is None else measures,
                progress=progress,
                **choices,
            )
        sections += tell(title, compared, about)
        table = compared.table()
        if draws and country is not None:
            with progress_bar(f"{read.name}, intervals") as progress:
                table = what_if_intervals(
                    before, read_strictly(read) if answers else read, country, draws,
                    measures=CHOKEPOINTS if measures is None else measures,
                    vendors=vendors, progress=progress, **choices,
                )  # fmt: skip
            sections.append(intervals_told(table, str(draws)))
        tables.append(_named(title, table))
    more = {"comparisons": compared_of}
    sink.write_report(
        sections, pl.concat(tables, how="diagonal"), "What scenarios change", noted, more
    )


def _named(scenario: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Put the name of a scenario before its figures."""
    import polars as pl

    return frame.select(pl.lit(scenario).alias("scenario"), pl.all())


def _recorded(answer: Recorded) -> pl.DataFrame:
    """Rows of a recorded answer among those of comparisons."""
    import polars as pl

    text, number = pl.lit(None, pl.String), pl.lit(None, pl.Float64)
    return deceived(answer).select(
        country=text,
        figure=pl.lit("deceived"),
        of=pl.format("shocks[{}]", "shock"),
        name=text,
        unit=pl.lit("share"),
        before=number,
        after="deceived",
        difference=number,
    )


def _world(
    context: typer.Context,
    world: str | None,
    read: Scenario,
    links: Links | None,
    opened: dict[str | None, World],
) -> World:
    """Open the world before a scenario, its own where none is named, each only once."""
    called = world or context.obj.world
    if called is None and context.obj.scenario is None:
        called = read.world
    if called not in opened:
        opened[called] = open_chosen(context, called, links=links)
    return opened[called]
