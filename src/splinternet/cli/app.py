"""The commands, and the options before them."""

from __future__ import annotations

from typing import Annotated

import typer

from splinternet.cli import (
    atlas,
    checking,
    essay,
    hijack,
    history,
    ledger,
    ledger_entry,
    measures,
    nation,
    ribs,
    routing,
    scenario,
    serve,
    sweep,
    vendors,
    what_if,
    worlds,
)
from splinternet.cli.choices import MeasuresCommand
from splinternet.cli.options import DEFAULT_WORLD, Chosen, LedgerOption, ScenarioOption

__all__ = ["app"]

app = typer.Typer(
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

#: Commands that have options of the measures they are asked about.
_OF_MEASURES = ("atlas", "history", "what-if")

for _command, _name in (
    (nation.brief, "brief"),
    (nation.depend, "depend"),
    (nation.dependents, "dependents"),
    (atlas.atlas, "atlas"),
    (history.history, "history"),
    (routing.transit, "transit"),
    (routing.routes, "routes"),
    (routing.path, "path"),
    (scenario.scenario, "scenario"),
    (what_if.what_if, "what-if"),
    (sweep.sweep, "sweep"),
    (hijack.hijack, "hijack"),
    (hijack.protect, "protect"),
    (ledger.ties, "ties"),
    (vendors.vendors, "vendors"),
    (essay.read, "read"),
    (serve.serve, "serve"),
    (worlds.list_worlds, "worlds"),
    (worlds.fetch, "fetch"),
    (worlds.import_files, "import"),
    (ribs.rib, "rib"),
    (ribs.add_paths, "add-paths"),
    (checking.check_model, "check-model"),
    (worlds.digest, "digest"),
):
    app.command(_name, cls=MeasuresCommand if _name in _OF_MEASURES else None)(_command)
#: Commands that ask no world, or name theirs themselves, and commands that read no ledger.
_WITHOUT_WORLD = ("ties", "read", "ledger", "worlds", "fetch", "import", "rib", "add-paths")
_WITHOUT_LEDGER = ("worlds", "fetch", "import", "rib", "add-paths", "check-model", "digest")

app.add_typer(measures.measure_app, name="measure")
ledger.ledger_app.command("new")(ledger_entry.new)
ledger.ledger_app.command("add")(ledger_entry.add)
ledger.ledger_app.command("export")(ledger_entry.export)
app.add_typer(ledger.ledger_app, name="ledger")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    world: Annotated[
        str,
        typer.Option(
            "--world",
            metavar="NAME|FOLDER",
            help="The world that commands use; 'splinternet worlds' lists those there are.",
        ),
    ] = DEFAULT_WORLD,
    scenario: ScenarioOption = None,
    ledger: LedgerOption = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """On which networks, states and vendors a nation's Internet depends.

    Start with 'splinternet brief RU'. A world is the Internet on a date: its networks, and who
    buys transit from whom. A ledger holds who is tied to whom, and who says so. SPLINTERNET_DATA
    names the folder of downloads and worlds; NO_COLOR switches colours off.
    """
    source = context.get_parameter_source("world")
    is_given = source is not None and source.name == "COMMANDLINE"
    context.obj = Chosen(world if is_given else None, scenario, tuple(ledger or ()))
    command = context.invoked_subcommand
    if scenario is not None and command in _WITHOUT_WORLD:
        raise typer.BadParameter(
            f"'{command}' asks no world, so no scenario changes what it says",
            param_hint="'--scenario'",
        )
    if is_given and command in _WITHOUT_WORLD:
        raise typer.BadParameter(
            f"'{command}' takes no world from before it", param_hint="'--world'"
        )
    if ledger and command in _WITHOUT_LEDGER:
        raise typer.BadParameter(f"'{command}' reads no ledger", param_hint="'--ledger'")
    if version:
        from splinternet.world.manifest import software

        typer.echo(software())
    elif command is None:
        typer.echo(context.get_help())
