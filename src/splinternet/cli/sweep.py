"""The command that lets the same thing happen to many in turn: ``sweep``."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from splinternet.base.choices import CHOICES
from splinternet.base.takes import Takes
from splinternet.base.texts import phrase
from splinternet.cli.choices import options_for, said
from splinternet.cli.notes import notes_on
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import OUTPUT, WORLD, Request, asking

__all__ = ["sweep"]

Each = Literal["network", "country", "pair"]
Rank = Literal["lost", "deceived"]


VariantOption = Annotated[
    Path | None,
    typer.Option(
        "--variant",
        metavar="FILE",
        help="Scenario that happens to each instead, in which {member} stands for its "
        'networks, as networks = "{member}" in a hijack.',
    ),
]

RankOption = Annotated[
    Rank | None,
    typer.Option(
        "--rank",
        metavar="|".join(get_args(Rank)),
        help="Rank by pairs lost, or by the share deceived; the latter by default where "
        "variants hold hijacks or leaks.",
    ),
]

DaskOption = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Work on the cluster of this dask scheduler, not on the cores here.",
    ),
]

OfOption = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="SELECTION",
        help="Networks, or networks of these countries, as 'country:RU'. All by default; "
        "networks of the --country, if there is one.",
    ),
]


@options_for(Takes("sweep", (), own={"links": CHOICES["links"]}))
@asking(OUTPUT, WORLD, reads_ledger=True)
def sweep(
    asked: Request,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="Where results are kept as they come; the same command goes on from there.",
        ),
    ],
    each: Annotated[
        Each,
        typer.Option(
            "--each",
            metavar="|".join(get_args(Each)),
            help="Lose each network, isolate each country, or cut the links of each pair of them.",
        ),
    ],
    of: OfOption = None,
    largest: Annotated[
        int | None,
        typer.Option(
            "--largest",
            metavar="N",
            min=1,
            max=2**31,
            help="Only the networks with most customers, or the countries with most addresses.",
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="COUNTRY",
            help="Count what this nation loses, not all the world; code or name.",
        ),
    ] = None,
    variant: VariantOption = None,
    rank: RankOption = None,
    dask: DaskOption = None,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Let the same thing happen to many in turn, and rank them by what is lost.

    Lost are pairs of networks that had a route and have none; links are those that the world has,
    unless --links names some. Columns: member, name,
    networks_removed, links_cut, lost (pairs), share (of those with a route), address_share (the
    same by addresses), lost_abroad, lost_domestic, lost_of_others (no end in the member itself).
    With --variant also deceived, deceived_addresses (shares that its hijack or leak deceives) and
    refused (why a variant cannot be).
    """
    from splinternet.base.countries import country_code
    from splinternet.base.texts import country_called
    from splinternet.scenario.cluster import dask_executor
    from splinternet.scenario.language import read_scenario_text
    from splinternet.scenario.members import members_of
    from splinternet.scenario.selection import Selection
    from splinternet.scenario.sweeps import sweep as compute
    from splinternet.world.catalogue import find_world

    links = choices.get("links")
    opened = asked.open(links)
    code = None if country is None else country_code(country)
    if of is None and each == "network" and code is not None:
        of = f"country:{code}"
    selection = None if of is None else Selection(of)
    text = None if variant is None else read_scenario_text(variant)
    members = members_of(
        opened, each, selection, largest=largest, variant=text, vendors=asked.vendors
    )
    with (
        progress_bar("sweep") as progress,
        nullcontext() if dask is None else dask_executor(dask) as executor,
    ):
        table = compute(
            opened,
            members,
            folder,
            country=code,
            rank=rank,
            links=links,
            executor=executor,
            saved=None if dask is None or asked.after else find_world(asked.called),
            progress=progress,
        )
    whose = phrase("terminal.sweep.world") if code is None else country_called(code)
    heading = phrase(f"terminal.sweep.{each}", whose=whose)
    if variant is not None:
        key = f"terminal.sweep.variant_{each}"
        heading = phrase(key, file=variant.name, member="{member}")
    notes = notes_on(opened, **said({"links": links}))
    notes.append(phrase("terminal.sweep.capacities"))
    asked.sink.write(table, heading, notes)
