"""Options that several commands share, and what their values mean.

The choices are written out here, as importing them from the library would load it for ``--help``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from splinternet.errors import MisuseError

if TYPE_CHECKING:
    from splinternet.world.world import World

__all__ = [
    "ByOption",
    "CountryArgument",
    "DirectionOption",
    "FileOption",
    "ForceOption",
    "Format",
    "FormatOption",
    "LimitOption",
    "PreferOption",
    "TiesOption",
    "WeightsOption",
    "WorldOption",
    "asn_of",
    "check_networks",
    "open_chosen",
]

Format = Literal["table", "csv", "json", "parquet"]
Prefer = Literal["gao-rexford", "customer-first"]
Ties = Literal["lowest-asn", "split"]
Weights = Literal["addresses", "networks", "users"]
Direction = Literal["inbound", "outbound", "domestic"]
By = Literal["network", "state"]


def _choice(literal: object) -> str:
    return "|".join(get_args(literal))


WorldOption = Annotated[
    str | None,
    typer.Option("--world", metavar="NAME|FOLDER", help="The world to use, instead of 2019-12."),
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
        "--limit", metavar="ROWS", min=0, help="Rows to show with --format table; 0 shows all."
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace the world that is there.")]


def asn_of(text: str) -> int:
    """Read an AS number, ``3356`` or ``AS3356``.

    Raises
    ------
    MisuseError
        If this is none.
    """
    found = re.fullmatch(r"(?:AS)?([0-9]{1,10})", text.strip(), re.IGNORECASE)
    number = int(found[1]) if found else 0
    if not 0 < number < 2**32:
        raise MisuseError(
            f"{text!r} is no AS number; give a number up to 4294967295, as 3356 or AS3356"
        )
    return number


def open_chosen(context: typer.Context, world: str | None) -> World:
    """Open the world that the command names, else the one named before it."""
    from splinternet.world.catalogue import open_world

    return open_world(chosen(context, world))


def chosen(context: typer.Context, world: str | None) -> str:
    """Return the name or folder of the world that is meant."""
    named: str = world or context.obj
    return named


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
