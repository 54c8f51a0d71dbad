"""Commands about worlds: ``worlds``, ``fetch``, ``import`` and ``digest``."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from splinternet.base.texts import phrase
from splinternet.cli.choices import taking_files
from splinternet.cli.options import (
    FileOption,
    FolderOption,
    ForceOption,
    FormatOption,
    FullWorldArgument,
    LimitOption,
)
from splinternet.cli.progress import progress_bar, stages_bar
from splinternet.cli.ribs import DaskOption, RibOption, with_paths
from splinternet.cli.tables import Output, say

__all__ = ["digest", "fetch", "import_files", "list_worlds"]

_DateOption = Annotated[
    str, typer.Option("--date", metavar="YYYY-MM-DD", help="Day the world stands for.")
]
_NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="Name of the world; year and month by default."),
]
_SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="NAME",
        help="Publisher, such as CAIDA, of files that do not tell it themselves.",
    ),
]
_OverrideOption = Annotated[
    bool,
    typer.Option("--override", help="Let tables of your own hold against published files."),
]
_KeepReservedOption = Annotated[
    bool,
    typer.Option(
        "--keep-reserved", help="Keep networks with numbers for private use and documentation."
    ),
]
_RepairOption = Annotated[
    bool,
    typer.Option(
        "--repair",
        help="Keep the first of two relationships of a pair, and leave out the fewest links "
        "that break every cycle of providers and customers, instead of refusing the file.",
    ),
]
_ToldCountriesOption = Annotated[
    bool,
    typer.Option(
        "--told-countries",
        help="Leave networks whose country no file tells without one, instead of finding it "
        "by other evidence.",
    ),
]
_JoinOption = Annotated[
    list[str] | None,
    typer.Option(
        "--join",
        metavar="TERRITORY",
        help="Count networks of this territory, as HK, to the state that docs/world.md names; "
        "else they count apart. Repeatable.",
    ),
]


def list_worlds(
    form: FormatOption = None, output: FileOption = None, limit: LimitOption = 0
) -> None:
    """List the worlds that can be named.

    Columns: name, date, kind (full, digest or damaged), networks, links, place, made.
    """
    from splinternet.world.catalogue import list_worlds as listed
    from splinternet.world.catalogue import worlds_folder

    sink = Output(form, output, limit)
    sink.write(
        listed(),
        phrase("terminal.worlds.heading"),
        [phrase("terminal.worlds.folder", folder=worlds_folder())],
    )


def fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A month, as 2019-12.")],
    ribs: Annotated[
        str,
        typer.Option(
            "--ribs",
            metavar="COLLECTORS",
            help="Route collectors of RouteViews and RIPE RIS, as route-views2,rrc00, of which to "
            "download the first routing table of the month too, for observed paths.",
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Download again, and replace the world.")
    ] = False,
) -> None:
    """Download a month's files from their publishers, and make a world of them.

    Files here are kept if it breaks off; the same command goes on from there. The world is
    then used instead of the digest of its name.
    """
    from splinternet.routing.adding import taught
    from splinternet.world.fetch import fetch_world
    from splinternet.world.rib.collectors import find_collectors

    wanted = find_collectors(each.strip() for each in ribs.split(",") if each.strip())

    folder, fetched = fetch_world(
        name, ribs=wanted, checked=taught, progress=sys.stderr.isatty(), force=force
    )
    for file in fetched.files:
        received, got = file.received, "downloaded" if file.new else "was_here"
        key = f"terminal.worlds.{got}"
        say(phrase(key, file=file.path.name, bytes=received.bytes, address=received.url))
        for note in received.notes:
            say(phrase("terminal.worlds.note", note=note))
    for missing in fetched.missing:
        say(phrase("terminal.worlds.unpublished", date=fetched.date, file=missing))
    say(phrase("terminal.worlds.saved", world=fetched.name, folder=folder))


@taking_files
def import_files(
    date: _DateOption,
    folder: FolderOption,
    name: _NameOption = None,
    source: _SourceOption = None,
    override: _OverrideOption = False,
    keep_reserved: _KeepReservedOption = False,
    repair: _RepairOption = False,
    told_countries: _ToldCountriesOption = False,
    join: _JoinOption = None,
    rib: RibOption = None,
    dask: DaskOption = None,
    force: ForceOption = False,
    **files: Any,  # noqa: ANN401 (as declared)
) -> None:
    """Make a world from published files and tables of your own.

    Formats are told by content: CAIDA AS Relationships, pfx2as, IXPs, as-org2info and AS Rank;
    RIR delegated-extended; IHR classified AS; libloc; integer ranges; APNIC's users; CSV with
    'asn,country', 'asn,name', 'asn,organisation', 'asn,addresses', 'asn,country,users',
    'a,b,kind' or 'cable,place,country'; TeleGeography's cable map; MRT for --rib. Plain, gzip,
    bzip2 or xz, files or pipes. Later files fill what earlier ones left unknown. Prints what each
    file gave.
    """
    from splinternet.world.build import build_world
    from splinternet.world.world import check_free

    check_free(folder, overwrite=force)
    with progress_bar("import"):
        world, report = build_world(
            date,
            name=name,
            source=source,
            override=override,
            keep_reserved=keep_reserved,
            repair=repair,
            told_countries=told_countries,
            join=join or (),
            **files,
        )
        lines = report.lines()
        if rib:
            world, observed = with_paths(world, rib, dask)
            lines += observed
        world.save(folder, overwrite=force)
    for line in lines:
        say(line)
    say(phrase("terminal.worlds.saved", world=world.manifest.name, folder=folder))


def digest(
    world: FullWorldArgument,
    folder: FolderOption,
    force: ForceOption = False,
) -> None:
    """Make a small world that stands for a full one.

    Keeps the networks that matter, sums up the rest in groups, and measures how far its answers
    are from those of the full world.
    """
    from splinternet.digest.build import make_digest, with_errors
    from splinternet.figures.shipped import shipped_figures
    from splinternet.world.catalogue import open_world
    from splinternet.world.world import check_free

    check_free(folder, overwrite=force)
    full = open_world(world)
    with stages_bar("digest") as progress:
        made = make_digest(full, progress=progress)
        if (known := shipped_figures(full)) is not None:
            made = with_errors(made, full, known.nations, progress=progress)
    made.save(folder, overwrite=force)
    for key, value in made.manifest.error.items():
        say(f"{key}: {value:.4f}")
    say(phrase("terminal.worlds.digest", world=made.manifest.name, folder=folder))
