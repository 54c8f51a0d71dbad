"""Options that several commands share, and what their values mean.

The choices are written out here, as importing them from the library would load it for ``--help``.
"""

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
    "ByOption",
    "Chosen",
    "CountryArgument",
    "DirectionOption",
    "FileOption",
    "ForceOption",
    "Format",
    "FormatOption",
    "LedgerOption",
    "LimitOption",
    "Links",
    "LinksOption",
    "PreferOption",
    "ScenarioOption",
    "TiesOption",
    "WeightsOption",
    "WorldOption",
    "check_networks",
    "chosen",
    "open_chosen",
    "open_ledgers",
    "read_chosen",
]

#: The world that is meant where neither an option nor a scenario names one.
DEFAULT_WORLD = "2019-12"

Format = Literal["table", "csv", "json", "parquet"]
Prefer = Literal["gao-rexford", "customer-first"]
Ties = Literal["lowest-asn", "split"]
Weights = Literal["addresses", "networks", "users"]
Direction = Literal["inbound", "outbound", "domestic"]
By = Literal["network", "state"]
Links = Literal["all", "bgp"]


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
PreferOption = Annotated[
    Prefer,
    typer.Option(
        "--prefer",
        metavar=_choice(Prefer),
        help="Routes from customers first, then from peers before providers (gao-rexford), or "
        "then the shortest (customer-first).",
    ),
]
TiesOption = Annotated[
    Ties,
    typer.Option(
        "--ties",
        metavar=_choice(Ties),
        help="Of equally good next hops take the lowest AS number, or split traffic over all.",
    ),
]
WeightsOption = Annotated[
    Weights,
    typer.Option(
        "--weights",
        metavar=_choice(Weights),
        help="What a network of the country counts: its IPv4 addresses, one, or its users.",
    ),
]
DirectionOption = Annotated[
    Direction,
    typer.Option(
        "--direction",
        metavar=_choice(Direction),
        help="Traffic to the country, from it, or within it.",
    ),
]
ByOption = Annotated[
    By, typer.Option("--by", metavar=_choice(By), help="Shares of each network, or each state.")
]
LinksOption = Annotated[
    Links,
    typer.Option(
        "--links", metavar=_choice(Links), help="All links, or only those that BGP shows."
    ),
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
    links: Links = "all",
    ledger: list[str] | None = None,
) -> World:
    """Open the world that is meant, of links that are meant, after the scenario that is meant."""
    from splinternet.world.catalogue import open_world
    from splinternet.world.evidence import by_evidence

    called, named = chosen(context, world, scenario)
    # First: links that a scenario adds are seen nowhere, and stay.
    opened = by_evidence(open_world(called), links)
    if named is None:
        return opened
    from splinternet.scenario.apply import apply
    from splinternet.scenario.vendors import Vendors

    return apply(opened, read_chosen(named), vendors=Vendors(lambda: open_ledgers(context, ledger)))


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
