"""Commands about worlds: ``worlds``, ``fetch``, ``import`` and ``digest``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from splinternet.base.errors import MisuseError
from splinternet.cli.options import FileOption, ForceOption, FormatOption, LimitOption
from splinternet.cli.progress import progress_bar, stages_bar
from splinternet.cli.tables import Output, say

if TYPE_CHECKING:
    from splinternet.world.world import World

__all__ = ["digest", "fetch", "import_files", "list_worlds"]

FolderOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder that becomes the world.")
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
    sink.write(listed(), "Worlds", [f"Those not shipped are in {worlds_folder()}."])


def fetch(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A month, as 2019-12.")],
    force: Annotated[
        bool, typer.Option("--force", help="Download again, and replace the world.")
    ] = False,
) -> None:
    """Download a month's files from their publishers, and make a world of them.

    What has arrived is kept if it breaks off; the same command goes on from there. The world is
    then used instead of the digest of its name.
    """
    from splinternet.world.fetch import fetch_world

    folder, fetched = fetch_world(name, progress=sys.stderr.isatty(), force=force)
    for file in fetched.files:
        got = "downloaded" if file.new else "was here"
        say(f"{got}: {file.path.name} ({file.received.bytes:,} bytes, {file.received.url})")
        for note in file.received.notes:
            say(f"    note: {note}")
    for missing in fetched.missing:
        say(f"not published for {fetched.date}, left out: {missing}")
    say(f"World {fetched.name} is in {folder}.")


def import_files(
    folder: FolderOption,
    date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day the world stands for.")
    ] = None,
    as_rel: Annotated[
        list[Path] | None,
        typer.Option(
            "--as-rel", metavar="FILE", help="Relationships between networks. Repeatable."
        ),
    ] = None,
    as_country: Annotated[
        list[Path] | None,
        typer.Option(
            "--as-country",
            metavar="FILE",
            help="Countries of networks, or of address ranges. Repeatable.",
        ),
    ] = None,
    as_names: Annotated[
        list[Path] | None,
        typer.Option(
            "--as-names", metavar="FILE", help="Names or organisations of networks. Repeatable."
        ),
    ] = None,
    prefixes: Annotated[
        list[Path] | None,
        typer.Option(
            "--prefixes", metavar="FILE", help="Addresses that networks originate. Repeatable."
        ),
    ] = None,
    exchanges: Annotated[
        list[Path] | None,
        typer.Option(
            "--exchanges", metavar="FILE", help="Internet exchanges, or their members. Repeatable."
        ),
    ] = None,
    users: Annotated[
        list[Path] | None,
        typer.Option("--users", metavar="FILE", help="People who use each network. Repeatable."),
    ] = None,
    located: Annotated[
        list[Path] | None,
        typer.Option(
            "--located",
            metavar="FILE",
            help="Countries of address ranges, to count addresses where they are (--where "
            "located). Ranges by registry tell who they were given to, not where they are. "
            "Repeatable.",
        ),
    ] = None,
    owners: Annotated[
        list[Path] | None,
        typer.Option(
            "--owners",
            metavar="FILE",
            help="Networks that states own, for --by owner. Repeatable.",
        ),
    ] = None,
    rib: Annotated[
        list[Path] | None,
        typer.Option(
            "--rib",
            metavar="FILE",
            help="Routing tables (MRT) of route collectors, whose names their files bear: the "
            "paths that were observed. Repeatable.",
        ),
    ] = None,
    add_to: Annotated[
        str | None,
        typer.Option(
            "--add-to",
            metavar="NAME|FOLDER",
            help="Take this world, and add to it what --rib shows; nothing else is given then.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help="Name of the world; year and month by default."
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="Read files of --rib on the cluster of this dask scheduler, one a worker.",
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="NAME",
            help="Publisher, such as CAIDA, of files that do not tell it themselves.",
        ),
    ] = None,
    override: Annotated[
        bool,
        typer.Option("--override", help="Let tables of your own hold against published files."),
    ] = False,
    keep_reserved: Annotated[
        bool,
        typer.Option(
            "--keep-reserved",
            help="Keep networks with numbers for private use and documentation.",
        ),
    ] = False,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Keep the first of two relationships of a pair, and leave out the fewest links "
            "that break every cycle of providers and customers, instead of refusing the file.",
        ),
    ] = False,
    told_countries: Annotated[
        bool,
        typer.Option(
            "--told-countries",
            help="Leave networks whose country no file tells without one, instead of finding it "
            "by other evidence.",
        ),
    ] = False,
    join: Annotated[
        list[str] | None,
        typer.Option(
            "--join",
            metavar="TERRITORY",
            help="Count networks of this territory, as HK, to the state that docs/world.md names; "
            "else they count apart. Repeatable.",
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Make a world from published files and tables of your own.

    Formats are told by content: CAIDA AS Relationships, pfx2as, IXPs, as-org2info and AS Rank;
    RIR delegated-extended; IHR classified AS; libloc; integer ranges; APNIC's users; CSV with
    'asn,country', 'asn,name', 'asn,organisation', 'asn,addresses', 'asn,country,users' or
    'a,b,kind'; for --rib MRT. Plain, gzip, bzip2 or xz, files or pipes. Later files fill what
    earlier ones left unknown. Prints what each file gave.
    """
    from splinternet.world.build import build_world
    from splinternet.world.catalogue import open_world
    from splinternet.world.world import check_free

    check_free(folder, overwrite=force)
    others = (date, as_rel, as_country, as_names, prefixes, exchanges, users, located, owners, name)
    if add_to is None and date is None:
        raise MisuseError("no day is given; give --date, or --add-to with a world that there is")
    if add_to is not None and (not rib or any(others)):
        raise MisuseError("--add-to adds what --rib shows to a world; give these two and no others")
    with progress_bar("import"):
        if add_to is not None or date is None:
            world, lines = open_world(add_to or ""), []
        else:
            world, report = build_world(
                date,
                as_rel or (),
                as_country or (),
                as_names or (),
                prefixes or (),
                exchanges or (),
                users or (),
                located or (),
                owners or (),
                name=name,
                source=source,
                override=override,
                keep_reserved=keep_reserved,
                repair=repair,
                told_countries=told_countries,
                join=join or (),
            )
            lines = report.lines()
        if rib:
            world, observed = _with_paths(world, rib, dask)
            lines += observed
        world.save(folder, overwrite=force)
    for line in lines:
        say(line)
    say(f"World {world.manifest.name} is in {folder}.")


def _with_paths(world: World, files: list[Path], dask: str | None) -> tuple[World, list[str]]:
    """Add what routing tables show to a world, and say what each of them gave."""
    from splinternet.scenario.cluster import dask_executor
    from splinternet.world.report import input_lines
    from splinternet.world.rib.adding import add_paths

    with nullcontext() if dask is None else dask_executor(dask) as executor:
        after = add_paths(world, files, executor=executor)
    before = world.manifest
    added = after.manifest.inputs[len(before.inputs) :]
    return after, [*input_lines(added), *after.manifest.notes[len(before.notes) :]]


def digest(
    world: Annotated[str, typer.Argument(metavar="WORLD", help="Name or folder of a full world.")],
    folder: FolderOption,
    force: ForceOption = False,
) -> None:
    """Make a small world that stands for a full one.

    Keeps the networks that matter, sums up the rest in groups, and measures how far its answers
    are from those of the full world.
    """
    from splinternet.digest.build import make_digest
    from splinternet.world.catalogue import open_world
    from splinternet.world.world import check_free

    check_free(folder, overwrite=force)
    full = open_world(world)
    with stages_bar("digest") as progress:
        made = make_digest(full, progress=progress)
    made.save(folder, overwrite=force)
    for key, value in made.manifest.error.items():
        say(f"{key}: {value:.4f}")
    say(f"World {made.manifest.name} (digest) is in {folder}.")
