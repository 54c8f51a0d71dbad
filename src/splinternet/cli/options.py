"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from splinternet.base.choices import Links
from splinternet.base.errors import MisuseError

if TYPE_CHECKING:
    from splinternet.ledger.ledger import Ledger
    from splinternet.measures.resampling import Draws
    from splinternet.scenario.scenario import Recorded, ScenarioFile
    from splinternet.world.world import World

__all__ = [
    "DEFAULT_WORLD",
    "BootstrapOption",
    "Chosen",
    "CountryArgument",
    "FileOption",
    "FolderOption",
    "ForceOption",
    "Format",
    "FormatOption",
    "LedgerOption",
    "LimitOption",
    "RatesOption",
    "ScenarioOption",
    "SeedOption",
    "WorldOption",
    "apply_chosen",
    "check_networks",
    "chosen",
    "draws_of",
    "expanded",
    "open_chosen",
    "open_ledgers",
    "read_chosen",
    "recorded_for",
]

#: The world that is meant where neither an option nor a scenario names one.
DEFAULT_WORLD = "2019-12"

Format = Literal["table", "csv", "json", "parquet"]


def _choice(literal: object) -> str:
    return "|".join(get_args(literal))


WorldOption = Annotated[
    str | None,
    typer.Option("--world", metavar="NAME|FOLDER", help="The world to use, instead of 2019-12."),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME|FILE",
        help="The world after this scenario; 'splinternet scenario' lists those shipped.",
    ),
]
LedgerOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ledger",
        metavar="NAME|FOLDER",
        help="The ledger to use, instead of technology-ties. Repeatable: each adds to those before "
        "it, or corrects them.",
    ),
]
CountryArgument = Annotated[
    str, typer.Argument(metavar="COUNTRY", help="ISO 3166-1 code, such as RU, or English name.")
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        metavar=_choice(Format),
        help="How to write the table; by default as the name of the file ends, else table. All but "
        "table have every row and digit.",
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to the screen."),
]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        metavar="ROWS",
        min=0,
        max=2**31,
        help="Rows to show with --format table; 0 shows all.",
    ),
]
BootstrapOption = Annotated[
    int,
    typer.Option(
        "--bootstrap",
        metavar="N",
        min=0,
        help="Compute it N times more on worlds as other collectors, as good as those of this one, "
        "might have shown them, and give the interval of 95 % beside each figure.",
    ),
]
RatesOption = Annotated[
    str | None,
    typer.Option(
        "--rates",
        metavar="A,B,C,D,E",
        help="For --bootstrap: the part of transit links missed; of large, small and stub networks "
        "all of whose links are seen; of transit links of the other kind [default: "
        "0.01,0.77,0.34,0.005,0.004].",
    ),
]
SeedOption = Annotated[
    int,
    typer.Option("--seed", min=0, help="For --bootstrap: the number that chance starts from."),
]
FolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder that becomes the world.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the world that is there.")]


@dataclass(frozen=True)
class Chosen:
    """What is given before a command: a world, a scenario and ledgers, as names or paths."""

    world: str | None = None
    scenario: str | None = None
    ledgers: tuple[str, ...] = ()


def open_chosen(
    context: typer.Context,
    world: str | None,
    scenario: str | None = None,
    links: Links | None = None,
    ledger: list[str] | None = None,
) -> World:
    """Open the world that is meant, of links that are meant, after the scenario that is meant."""
    from splinternet.world.catalogue import open_world
    from splinternet.world.evidence import by_evidence

    called, named = chosen(context, world, scenario)
    # First: links that a scenario adds are seen nowhere, and stay.
    opened = open_world(called)
    if links is not None:
        opened = by_evidence(opened, links)
    return apply_chosen(context, opened, named, ledger)


def apply_chosen(
    context: typer.Context,
    world: World,
    scenario: str | None,
    ledger: list[str] | None = None,
    *,
    anywhere: bool = False,
) -> World:
    """Apply a scenario, if there is one, to a world; its vendors are those of the ledger meant.

    ``anywhere``: also to another world than the scenario is about.
    """
    if scenario is None:
        return world
    from msgspec.structs import replace

    from splinternet.scenario.apply import apply
    from splinternet.scenario.vendors import Vendors

    read = read_chosen(scenario)
    if anywhere:
        read = replace(read, world=world.manifest.name)
    return apply(world, read, vendors=Vendors(lambda: open_ledgers(context, ledger)))


def open_ledgers(context: typer.Context, ledger: list[str] | None) -> Ledger:
    """Open the ledgers that are meant as one: those of the command, else those named before it."""
    from splinternet.ledger.catalogue import open_ledger

    before: Chosen = context.obj
    return open_ledger(*(ledger or before.ledgers))


def chosen(
    context: typer.Context, world: str | None, scenario: str | None = None
) -> tuple[str, str | None]:
    """Return how the world and the scenario are called that the command names.

    Else it is what is named before the command. A scenario brings its own world where none is.
    """
    before: Chosen = context.obj
    named = scenario or before.scenario
    called = world or before.world
    if called is None:
        called = DEFAULT_WORLD if named is None else _world_of(read_chosen(named))
    return called, named


def _world_of(scenario: ScenarioFile) -> str:
    """Return the world that a scenario is about, if there is one of that name."""
    from splinternet.world.catalogue import find_world

    try:
        find_world(scenario.world)
    except MisuseError as error:
        raise scenario.error(("world",), str(error)) from None
    return scenario.world


def recorded_for(
    context: typer.Context, world: str | None, scenario: ScenarioFile
) -> Recorded | None:
    """Return the answer that a case brings, where its own world is not at hand in full."""
    from splinternet.world.catalogue import find_world
    from splinternet.world.world import read_manifest

    called = world or context.obj.world or scenario.world
    if scenario.recorded is None or called != scenario.world:
        return None
    try:
        return scenario.recorded if read_manifest(find_world(called)).is_digest else None
    except MisuseError:
        return scenario.recorded


def read_chosen(scenario: str) -> ScenarioFile:
    """Read a scenario by its name or file."""
    from splinternet.scenario.cases import find_scenario
    from splinternet.scenario.language import read_scenario

    return read_scenario(find_scenario(scenario))


def check_networks(world: World, asns: Iterable[int]) -> None:
    """See to it that the world has these networks.

    Raises
    ------
    MisuseError
        If it has not; a digest sums most of them up.
    """
    has = set(world.networks["asn"])
    for asn in asns:
        if asn in has:
            continue
        named = f"AS{asn} is not in world {world.manifest.name}"
        if world.manifest.is_digest:
            raise MisuseError(
                f"{named} by itself, a digest that sums small networks up; "
                f"'splinternet fetch {world.manifest.date[:7]}' brings the full one, if it is there"
            )
        raise MisuseError(f"{named}; it has no link there, or the number is wrong")


def draws_of(replicates: int, rates: str | None, seed: int) -> Draws | None:
    """Worlds to draw for intervals, as options say; None where none are asked for.

    Raises
    ------
    MisuseError
        If rates are given alone, or are none.
    """
    from splinternet.measures.resampling import Draws, ErrorRates

    if not replicates and rates is not None:
        raise MisuseError("--rates tells how to draw for --bootstrap N; give that too")
    if not replicates:
        return None
    try:
        given = ErrorRates(*(float(part) for part in rates.split(","))) if rates else ErrorRates()
    except (ValueError, TypeError):
        raise MisuseError(
            f"{rates!r} are no five rates; give the part of transit links missed, of large, small "
            "and stub networks all of whose links are seen, and of transit links of the other "
            "kind, as 0.01,0.77,0.34,0.005,0.004"
        ) from None
    return Draws(replicates, given, seed)


def expanded(worlds: list[str]) -> list[str]:
    """Replace a folder of worlds by the worlds in it."""
    found: list[str] = []
    for each in worlds:
        folder = Path(each)
        # A leading dot marks a save in progress.
        inside = sorted(path.parent for path in folder.glob("[!.]*/manifest.json"))
        found += map(str, inside) if inside and not (folder / "manifest.json").exists() else [each]
    return found
