"""The command that compares a world with the one after a scenario: ``what-if``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.choices import Counting, Links, Routing
from splinternet.base.errors import MisuseError
from splinternet.cli.choices import choosing, said
from splinternet.cli.options import (
    FileOption,
    FormatOption,
    LimitOption,
    WorldOption,
    open_chosen,
    read_chosen,
    vendors_of,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.tables import Output, notes_on

if TYPE_CHECKING:
    from splinternet.brief.comparison import Section
    from splinternet.scenario.apply import Effect
    from splinternet.scenario.scenario import Scenario
    from splinternet.world.world import World

__all__ = ["what_if"]

_USUAL = {**vars(Routing()), **vars(Counting())}


@choosing(
    "prefer", "tie_break", "links", "direction", "by", "weights", "outside", "vantages",
    "observers",
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
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            metavar="NAME|FOLDER",
            help="The ledger that scenarios take vendors from.",
        ),
    ] = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Say what a scenario changes: who loses whom, who carries the traffic then, who profits.

    Without --country it says which countries lose how many pairs of networks that had a route.
    With one, also who carries the nation's traffic before and after, detours, and paths that get
    longer. A scenario brings its own world unless --world names one. Other forms than table have
    one long table: scenario, country, figure, of, name, unit, before, after, difference.
    """
    import polars as pl

    from splinternet.brief.comparison import tell
    from splinternet.scenario.apply import rehearse
    from splinternet.scenario.compare import CHOKEPOINTS
    from splinternet.scenario.compare import what_if as compare

    sink = Output(form, output, limit)
    vendors = vendors_of(context, ledger)
    if measures and country is None:
        raise MisuseError("measures are of a nation; name one with --country")
    sections: list[Section] = []
    tables, noted = [], []
    opened: dict[str | None, World] = {}
    for read in [read_chosen(name) for name in scenarios]:
        before = _world(context, world, read, choices.get("links"), opened)
        after, effects = rehearse(before, read, vendors=vendors)
        with progress_bar(read.name) as progress:
            compared = compare(
                before,
                after,
                country,
                measures=CHOKEPOINTS if measures is None else measures,
                progress=progress,
                **choices,
            )
        notes = [*notes_on(before, **said({**_USUAL, **choices})), *_told(effects)]
        sections += tell(read.name, compared, notes)
        tables.append(compared.table().select(pl.lit(read.name).alias("scenario"), pl.all()))
        noted += [f"{read.name}: {note}" for note in notes]
    sink.write_report(sections, pl.concat(tables), noted)


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


def _told(effects: list[Effect]) -> Iterator[str]:
    """Say what the shocks did."""
    from splinternet.brief.words import count

    counted = [
        ("network", "removed", sum(effect.networks_removed for effect in effects)),
        ("link", "cut", sum(effect.links_cut for effect in effects)),
        ("link", "added", sum(effect.links_added for effect in effects)),
        ("link", "changed", sum(effect.links_changed for effect in effects)),
    ]
    done = [f"{count(many, what)} {how}" for what, how, many in counted if many]
    yield f"The shocks: {', '.join(done) or 'no link is cut, made or changed'}."
    for effect in effects:
        yield from effect.notes
