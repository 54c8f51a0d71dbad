"""Purposes of files given to an import: each is known here, and nowhere else.

The arguments of ``build_world``, the options of ``import`` and what they take are made from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypedDict, get_type_hints

__all__ = ["PURPOSES", "Files", "Paths", "Purpose", "flag"]

#: Files, or the one that stands for several.
Paths = str | Path | Sequence[str | Path]


@dataclass(frozen=True)
class Purpose:
    """A purpose of files.

    Attributes
    ----------
    takes
        What is taken from them, as readers call it in ``PROVIDES``.
    doc
        What they tell, for ``--help``.
    fills
        The columns of the networks table that they fill.
    called
        What one's own tables call these columns.
    """

    takes: str
    doc: str
    fills: tuple[str, ...] = ()
    called: str = ""


class Files(TypedDict, total=False):
    """Files that are given to an import beside those of relationships, by their purpose."""

    as_country: Annotated[
        Paths,
        Purpose("country", "Countries of networks, or of address ranges.", ("country",), "country"),
    ]
    as_names: Annotated[
        Paths,
        Purpose(
            "names", "Names or organisations of networks.", ("name", "org"), "name or organisation"
        ),
    ]
    prefixes: Annotated[
        Paths,
        Purpose(
            "addresses", "Addresses that networks originate.", ("ipv4_addresses",), "addresses"
        ),
    ]
    exchanges: Annotated[Paths, Purpose("exchanges", "Internet exchanges, or their members.")]
    users: Annotated[Paths, Purpose("users", "People who use each network.", ("users",), "users")]
    located: Annotated[
        Paths,
        Purpose(
            "located",
            "Countries of address ranges, or of most addresses of networks, to count addresses "
            "where they are (--where located). Ranges by registry tell who they were given to, not "
            "where they are.",
        ),
    ]
    roas: Annotated[
        Paths, Purpose("roas", "Validated ROA payloads (CSV of routinator or rpki-client).")
    ]
    owners: Annotated[Paths, Purpose("owners", "Networks that states own, for --by owner.")]
    cables: Annotated[
        Paths, Purpose("cables", "Submarine cables and where they land, for cable: in scenarios.")
    ]
    other_dates: Annotated[
        Paths,
        Purpose("links", "Relationships of other dates; links in none of them are doubted."),
    ]


#: Every purpose, by the name of its argument.
PURPOSES = {"as_rel": Purpose("links", "Relationships between networks.")} | {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Files, include_extras=True).items()
}


def flag(purpose: str) -> str:
    """Name of a purpose on the command line and in manifests, as ``as-rel``."""
    return purpose.replace("_", "-")
