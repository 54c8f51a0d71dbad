"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from splinternet.base.errors import MisuseError

if TYPE_CHECKING:
    from splinternet.ledger.ledger import Ledger
    from splinternet.scenario.scenario import ScenarioFile
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
    "check_networks",
    "expanded",
    "open_ledgers",
    "read_chosen",
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
    int | None,
    typer.Option(
        "--seed",
        metavar="N",
        min=0,
        help="For --bootstrap: the number that chance starts from [default: 0].",
    ),
]
FolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder that becomes the world.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the world that is there.")]
FullWorldArgument = Annotated[
    str, typer.Argument(metavar="WORLD", help="Name or folder of a full world.")
]


@dataclass(frozen=True)
class Chosen:
    """World, scenario and ledgers that are given before a command, as names or paths."""

    world: str | None = None
    scenario: str | None = None
    ledgers: tuple[str, ...] = ()


def open_ledgers(context: typer.Context, ledger: list[str] | None) -> Ledger:
    """Open the ledgers that are meant as one: those of the command, else those named before it."""
    from splinternet.ledger.catalogue import open_ledger

    before: Chosen = context.obj
    return open_ledger(*(ledger or before.ledgers))


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


def expanded(worlds: list[str]) -> list[str]:
    """Replace a folder of worlds by the worlds in it."""
    found: list[str] = []
    for each in worlds:
        folder = Path(each)
        # A leading dot marks a save in progress.
        inside = sorted(path.parent for path in folder.glob("[!.]*/manifest.json"))
        found += map(str, inside) if inside and not (folder / "manifest.json").exists() else [each]
    return found
