"""Commands about false announcements: ``hijack`` and ``protect``."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.asn import looks_like_asn
from splinternet.base.choices import CONTENDING, Routing
from splinternet.base.errors import MisuseError
from splinternet.base.shares import rounded
from splinternet.base.texts import nation_called, phrase
from splinternet.cli.choices import choosing, said
from splinternet.cli.notes import Notes, notes_on
from splinternet.cli.options import (
    CountryArgument,
)
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import OUTPUT, WORLD, Request, asking

if TYPE_CHECKING:
    from polars import DataFrame

    from splinternet.measures.hijacks import Diversion
    from splinternet.routing.trials import Filters
    from splinternet.world.world import World

__all__ = ["hijack", "protect"]

_KINDS = (
    "prefix",
    "subprefix",
    "forged-origin",
    "forged-origin-subprefix",
    "stripped",
    "unrouted",
    "superprefix",
    "unrouted-superprefix",
    "leak",
)

KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="|".join(_KINDS),
        help="The same prefix, a more specific one, the same with the victim's number at the end "
        "of the path, that path without the attacker's number, addresses that nobody routes, a "
        "shorter prefix besides, or a leak of what the attacker has from providers and peers.",
    ),
]


def _filtering(flag: str, does: str) -> Any:  # noqa: ANN401 - typer's
    return typer.Option(flag, metavar="SELECTION", help=f"Networks that {does}; or 'all'.")


_EVERY = "--matrix takes every state and nation; leave VICTIM, --by and --prefix out"

RovOption = Annotated[
    str | None, _filtering("--rov", "drop what ROAs make invalid (origin validation)")
]

RoaOption = Annotated[
    bool | None,
    typer.Option(
        "--roa/--no-roa",
        help="Whether ROAs cover the victim, so that the fault is found; by default as far as "
        "those of the world do, all in a world without any.",
    ),
]


@choosing("prefer", "tie_break", "links", routing=CONTENDING)
@asking(OUTPUT, WORLD, reads_ledger=True)
def hijack(
    asked: Request,
    victim: Annotated[
        str | None,
        typer.Argument(
            metavar="VICTIM",
            help="The victim: an AS number, a nation, or a selection, as 'org:\"Example\"'.",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="ATTACKER", help="Attackers, all at once: the same, as 'country:RU'."
        ),
    ] = None,
    kind: KindOption = "prefix",
    rov: RovOption = None,
    peer_rov: Annotated[
        str | None, _filtering("--peer-rov", "drop it only where a peer offers it")
    ] = None,
    aspa: Annotated[
        str | None,
        _filtering("--aspa", "validate paths by provider records, publish theirs, and origins too"),
    ] = None,
    only_to_customers: Annotated[
        str | None,
        _filtering("--only-to-customers", "mark routes for customers only, and drop marked ones"),
    ] = None,
    covered: RoaOption = None,
    prefix: Annotated[
        str | None,
        typer.Option(
            "--prefix",
            metavar="PREFIX",
            help="The IPv4 prefix that is announced: the world's ROAs say whether it is valid.",
        ),
    ] = None,
    matrix: Annotated[
        Path | None,
        typer.Option(
            "--matrix",
            metavar="FOLDER",
            help="Instead: every state against every nation. Results are kept here as they come; "
            "the same command goes on from there.",
        ),
    ] = None,
    victims: Annotated[
        int,
        typer.Option(
            "--victims",
            metavar="N",
            min=1,
            help="For --matrix: so many networks of each nation, and so many times as long.",
        ),
    ] = 1,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="For --matrix: work on the cluster of this dask scheduler.",
        ),
    ] = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show what part of the world would send to others what is for a network, or a nation.

    Somebody announces addresses that are not theirs, or tells everyone routes that they have for
    themselves. Columns: country, networks, addresses, users (shares of each nation's that are
    deceived), lost (share of its networks that have no route). With --matrix: attacker, victim,
    networks, addresses, users, lost.
    """
    routing = replace(CONTENDING, **choices)
    opened = asked.open(routing.links)
    who = {"rov": rov, "peer_rov": peer_rov, "aspa": aspa, "only_to_customers": only_to_customers}
    filters = _filters(asked, opened, **who)
    roa = None if covered is None else "yes" if covered else "no"
    settings = _settings(kind, routing, **who, roa=roa, prefix=prefix)
    options = {"kind": kind, "filters": filters, "covered": covered, "routing": routing}
    if matrix is not None:
        if (victim, by, prefix) != (None, None, None):
            raise MisuseError(_EVERY)
        table = _matrix(opened, matrix, dask, victims=victims, **options)
        asked.sink.write(table, phrase("terminal.hijack.matrix"), _notes(opened, settings))
        return
    if victims != 1 or dask is not None:
        raise MisuseError("--victims and --dask are for --matrix; leave them out")
    if victim is None or by is None:
        raise MisuseError("name a victim, as AS9198, and who announces it, as --by AS3356")
    found = _contest(asked, opened, victim, by, prefix=prefix, **options)
    heading = phrase(
        "terminal.hijack.heading", attacker=_called(opened, by), victim=_called(opened, victim)
    )
    asked.sink.write(found.nations, heading, _notes(opened, settings), _below(opened, found))


def _contest(asked: Request, world: World, victim: str, by: str, **options: Any) -> Diversion:  # noqa: ANN401
    """Let some networks announce what is others'."""
    from splinternet.measures.hijacks import hijack as compute

    if victim.strip().casefold() == by.strip().casefold():
        raise MisuseError(f"{victim} is the victim, and announces its own addresses; name another")
    named = [_meant(asked, world, text) for text in (victim, by)]
    with progress_bar("hijacks") as progress:
        return compute(world, named[0], named[1], progress=progress, **options)


def _matrix(world: World, folder: Path, dask: str | None, **options: Any) -> DataFrame:  # noqa: ANN401
    """Let every state's networks contend for every nation's, on the cores here or a cluster."""
    from splinternet.scenario.cluster import dask_executor
    from splinternet.scenario.hijack_matrix import hijack_matrix

    with (
        progress_bar("hijacks") as progress,
        nullcontext() if dask is None else dask_executor(dask) as executor,
    ):
        return hijack_matrix(world, folder, executor=executor, progress=progress, **options)


@choosing("prefer", "tie_break", "links", routing=CONTENDING)
@asking(OUTPUT, WORLD, reads_ledger=True)
def protect(
    asked: Request,
    country: CountryArgument,
    budget: Annotated[
        int, typer.Option("--budget", metavar="N", min=1, help="So many networks, at the most.")
    ] = 10,
    kind: KindOption = "prefix",
    sample: Annotated[
        int, typer.Option("--sample", metavar="N", min=1, help="So many attackers abroad.")
    ] = 16,
    rov: RovOption = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show which networks' filtering would protect a nation most, at home and abroad.

    One after the other, the network is taken whose origin validation lowers the nation's exposure
    most. Columns: asn, name, country, exposed (share of the world that is deceived, the mean over
    attackers, once it filters too), gain.
    """
    from splinternet.measures.protection import protect as compute

    routing = replace(CONTENDING, **choices)
    opened = asked.open(routing.links)
    filters = _filters(asked, opened, rov=rov)
    with progress_bar("trials") as progress:
        found = compute(
            opened,
            country,
            budget=budget,
            kind=kind,
            sample=sample,
            filters=filters,
            routing=routing,
            progress=progress,
        )
    settings = _settings(kind, routing, rov=rov)
    asked.sink.write(
        found.steps,
        phrase("terminal.hijack.protect", nation=_called(opened, country)),
        _notes(opened, settings),
        found.words,
    )


def _settings(kind: str, routing: Routing, **asked: str | None) -> dict[str, str]:
    """Kind and rules of a trial, and who filters, as notes have them."""
    rules = {name: getattr(routing, name) for name in ("prefer", "tie_break", "links")}
    return {"kind": kind, **said({**asked, **rules})}


def _notes(world: World, settings: dict[str, str]) -> Notes:
    """Say which world and settings a trial is of, and what of these does not apply to it."""
    notes = notes_on(world, **settings)
    if world.learned.height:
        notes.append(phrase("terminal.hijack.model_alone"))
    return notes


def _meant(asked: Request, world: World, text: str) -> list[int]:
    """Networks that an AS number, a nation or a selection means; groups of a digest left out."""
    import polars as pl

    from splinternet.base.countries import known_country
    from splinternet.scenario.matching import Matcher
    from splinternet.scenario.selection import Selection

    code = None if looks_like_asn(text) else known_country(text)
    selection = Selection(text if code is None else f"country:{code}")
    found = world.networks.filter(pl.Series(Matcher(world, {}, asked.vendors).match(selection)))
    single = found.filter(members=1) if (found["members"] == 1).any() else found
    return single["asn"].to_list()


def _filters(asked: Request, world: World, **does: str | None) -> Filters:
    """Networks that are to filter, by how."""
    from splinternet.routing.trials import Filters

    return Filters.of(
        {
            how.replace("_", "-"): _filterers(asked, world, text)
            for how, text in does.items()
            if text is not None
        }
    )


def _filterers(asked: Request, world: World, text: str) -> list[int]:
    if text == "all":
        return world.networks["asn"].to_list()
    if not text.strip():
        raise MisuseError("nobody filters: the selection is empty; leave the option out")
    import polars as pl

    from splinternet.scenario.matching import Matcher
    from splinternet.scenario.selection import Selection

    mask = Matcher(world, {}, asked.vendors).match(Selection(text))
    return world.networks.filter(pl.Series(mask))["asn"].to_list()


def _below(world: World, found: Diversion) -> list[str]:
    """Lines under the table: the whole world, and the networks on the way."""
    from splinternet.brief.words import with_names

    def share(value: float | None) -> str:
        return phrase("terminal.hijack.unknown") if value is None else rounded(value)

    lines = [
        phrase(
            "terminal.hijack.world",
            networks=share(found.networks),
            addresses=share(found.addresses),
            users=share(found.users),
            lost=share(found.lost),
        )
    ]
    if len(found.victims) > 1:
        lines.append(phrase("terminal.hijack.mean", networks=len(found.victims)))
    if found.through.height:
        carriers = ", ".join(
            f"AS{asn} {rounded(part)}"
            for asn, part in found.through.head(5).select("asn", "share").iter_rows()
        )
        way = phrase("terminal.hijack.way", network=f"AS{found.victims[0]}", carriers=carriers)
        lines.append(with_names(way, world))
    return lines


def _called(world: World, text: str) -> str:
    """Call who announces, or the victim, as a sentence does; a selection as it is written."""
    from splinternet.base.countries import known_country
    from splinternet.brief.words import with_names

    code = None if looks_like_asn(text) else known_country(text)
    return with_names(text, world) if code is None else nation_called(code)
