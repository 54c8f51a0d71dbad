"""Commands about routes: ``routes``, ``path`` and ``transit``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from splinternet.base.asn import as_number, looks_like_asn
from splinternet.base.choices import ONE_PATH, ROUTING, WEIGHTS, Routing, Weights
from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.choices import choosing, said
from splinternet.cli.notes import notes_on
from splinternet.cli.options import check_networks
from splinternet.cli.progress import progress_bar
from splinternet.cli.request import OUTPUT, WORLD, Request, asking

if TYPE_CHECKING:
    from splinternet.world.world import World

__all__ = ["path", "routes", "transit"]


@choosing(*ROUTING, routing=ONE_PATH)
@asking(OUTPUT, WORLD)
def routes(
    asked: Request,
    origins: Annotated[
        list[str] | None,
        typer.Argument(metavar="ORIGIN", help="Networks that routes lead to, as AS numbers."),
    ] = None,
    network: Annotated[
        list[str] | None,
        typer.Option("--network", metavar="ASN", help="Only routes of this one. Repeatable."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="To all networks; only with --summary.")
    ] = False,
    count: Annotated[
        bool,
        typer.Option(
            "--summary",
            help="Count the routes of each class and the pairs without one, and give the mean "
            "length in links; only with --all.",
        ),
    ] = False,
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show the routes that networks choose to origins, or count all routes of a world.

    Columns: origin, asn, class (own, customer, peer or provider), length (links to the origin),
    next_hop. No row where there is no route.
    """
    wanted = [as_number(text) for text in origins or ()]
    among = [as_number(text) for text in network or ()]
    if everything or count:
        if wanted or among or not (everything and count):
            raise MisuseError(
                "--all and --summary go together, and with no network: too many routes to list"
            )
        _summary(asked, choices)
        return
    if not wanted:
        raise MisuseError("name an origin, such as 3356, or say --all --summary")
    from splinternet.routing.routes import routes as compute

    routing = replace(ONE_PATH, **choices)
    opened = asked.open(routing.links)
    check_networks(opened, wanted + among)
    with progress_bar("routes") as progress:
        frame = compute(opened, wanted, among or None, routing=routing, progress=progress)
    to = ", ".join(f"AS{asn}" for asn in wanted)
    asked.sink.write(
        frame,
        phrase("terminal.routes.heading", networks=to),
        notes_on(opened, **said(vars(routing))),
    )


def _summary(asked: Request, choices: dict[str, Any]) -> None:
    from dataclasses import asdict

    from splinternet.routing.routes import summary

    world = asked.open(choices.get("links"))
    with progress_bar("routes") as progress:
        counted = summary(world, progress=progress, **choices)
    every = vars(replace(Routing(), **choices))
    settings = {name: value for name, value in every.items() if name != "tie_break"}
    notes = notes_on(world, **said(settings))
    asked.sink.write_record(asdict(counted), phrase("terminal.routes.summary"), notes)


@choosing(*ROUTING, routing=ONE_PATH)
@asking(OUTPUT, WORLD)
def path(
    asked: Request,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="AS number of the sender.")],
    destination: Annotated[
        str, typer.Argument(metavar="DESTINATION", help="AS number of the receiver.")
    ],
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show the networks on the way from one network to another.

    Columns: hop (links from the source), asn, name, country, share (of the routes; below 1 only
    with --tie-break split), doubt (of the link that leads there). No row if there is no route.
    """
    from splinternet.routing.routes import path as compute

    ends = as_number(source), as_number(destination)
    routing = replace(ONE_PATH, **choices)
    opened = asked.open(routing.links)
    check_networks(opened, ends)
    frame = compute(opened, *ends, routing=routing)
    notes = notes_on(opened, **said(vars(routing)))
    if not frame.height:
        notes.append(
            phrase("terminal.routes.no_path", source=f"AS{ends[0]}", destination=f"AS{ends[1]}")
        )
    asked.sink.write(
        frame,
        phrase("terminal.routes.path", source=f"AS{ends[0]}", destination=f"AS{ends[1]}"),
        notes,
    )


@choosing(*ROUTING)
@asking(OUTPUT, WORLD)
def transit(
    asked: Request,
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--sources",
            metavar="WHO",
            help="Countries and AS numbers that send, as 'RU,AS3356'; all by default. Repeatable.",
        ),
    ] = None,
    destinations: Annotated[
        list[str] | None,
        typer.Option(
            "--destinations",
            metavar="WHO",
            help="Those that receive; all by default. Repeatable.",
        ),
    ] = None,
    weights: Annotated[
        Weights,
        typer.Option(
            "--weights",
            metavar="|".join(WEIGHTS),
            help="Weight of a source, and of a destination: IPv4 addresses, one, or users (in "
            "worlds imported with --users).",
        ),
    ] = "networks",
    **choices: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Show what share of the routes between networks pass each network.

    Each source sends to each destination, in proportion to both their weights. The ends of a
    path are not counted as passed. Columns: asn, name, country, share.
    """
    from splinternet.routing.traffic import weigh
    from splinternet.routing.transit import transit as compute

    routing = replace(Routing(), **choices)
    opened = asked.open(routing.links)
    senders, receivers = (
        weigh(opened, weights, _chosen_networks(opened, texts)) for texts in (sources, destinations)
    )
    with progress_bar("transit") as progress:
        shares = compute(opened, senders, receivers, routing=routing, progress=progress)
    named = opened.named.select("asn", "name", "country")
    frame = shares.join(named, on="asn", how="left", maintain_order="left")
    notes = notes_on(opened, **said({"weights": weights, **vars(routing)}))
    heading = _transit_heading(", ".join(sources or ()), ", ".join(destinations or ()))
    asked.sink.write(frame.select("asn", "name", "country", "share"), heading, notes)


def _transit_heading(sources: str, destinations: str) -> str:
    which = ("from_" if sources else "") + ("to_" if destinations else "") or "all_"
    key = f"terminal.transit.{which.rstrip('_')}"
    return phrase(key, sources=sources, destinations=destinations)


def _chosen_networks(world: World, texts: list[str] | None) -> list[int] | None:
    """Return the networks that a list of countries and AS numbers means."""
    from splinternet.measures.nation import in_country

    if not texts:
        return None
    found: dict[int, None] = {}
    for part in (part.strip() for text in texts for part in text.split(",")):
        if looks_like_asn(part):
            asn = as_number(part)
            check_networks(world, [asn])
            found[asn] = None
        else:
            found.update(dict.fromkeys(in_country(world, part)))
    return list(found)
