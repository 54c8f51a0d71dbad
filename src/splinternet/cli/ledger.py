"""Commands about who is tied to whom: ``ledger check``, ``ledger import`` and ``ties``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from splinternet.base.errors import MisuseError
from splinternet.base.texts import phrase, phrase_for
from splinternet.cli.options import FileOption, LedgerOption, LimitOption, open_ledgers
from splinternet.cli.tables import Output, say

if TYPE_CHECKING:
    import polars as pl

    from splinternet.ledger.ledger import Ledger

__all__ = [
    "ReplaceOption",
    "check",
    "check_free",
    "import_datasets",
    "known_line",
    "ledger_app",
    "ties",
]

TiesFormat = Literal["table", "csv", "json", "parquet", "ftm", "stix"]
Style = Literal["mla", "apa", "chicago"]

ledger_app = typer.Typer(
    help="Make, check, extend or export a ledger: who is tied to whom, and who says so."
)

AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help="Only what held on this day."),
]
KnownByOption = Annotated[
    str | None,
    typer.Option(
        "--known-by", metavar="YYYY-MM-DD", help="Only what a source of this day or before says."
    ),
]
ReplaceOption = Annotated[bool, typer.Option("--force", help="Replace the ledger that is there.")]
PredicateOption = Annotated[
    list[str] | None,
    typer.Option(
        "--predicate", metavar="WORD", help="Only ties of this kind, as bans. Repeatable."
    ),
]
StyleOption = Annotated[
    Style,
    typer.Option("--style", metavar="|".join(get_args(Style)), help="How works are cited."),
]
TiesFormatOption = Annotated[
    TiesFormat | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(get_args(TiesFormat)),
        help="How to write the ties; by default as the name of the file ends, else table. ftm is "
        "FollowTheMoney, an entity a line; stix a STIX 2.1 bundle.",
    ),
]


@ledger_app.command("check")
def check(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Folder or name of a ledger.")],
    ledger: LedgerOption = None,
) -> None:
    """Find what is wrong with a ledger, with file and line.

    Missing sources and actors, unknown words, impossible dates, private data of persons,
    duplicates, shares over 100 %, and contradictions that are not marked as disputes. Exit status
    1 if there is anything. --ledger names those that it adds to.
    """
    from splinternet.ledger.catalogue import find_ledger
    from splinternet.ledger.reading import check_ledger, read_ledger

    place = Path(folder) if Path(folder).is_dir() else find_ledger(folder)
    below = [find_ledger(each) for each in (ledger or context.obj.ledgers)]
    problems = check_ledger(*below, place)
    for problem in problems:
        say(str(problem))
    if problems:
        many = len(problems)
        say(phrase_for("terminal.ledger.problems", many, ledger=folder, number=many), error=True)
        raise typer.Exit(1)
    opened = read_ledger(*below, place)
    say(
        phrase(
            "terminal.ledger.sound",
            ledger=folder,
            **_size(opened),
        )
    )


def _size(opened: Ledger) -> dict[str, int]:
    """Numbers of what a ledger has, as texts name them."""
    return {
        "statements": opened.statements.height,
        "actors": len(opened.named),
        "sources": opened.sources.height,
    }


@ledger_app.command("import")
def import_datasets(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Published datasets.")],
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Folder that becomes the ledger."),
    ],
    ledger: LedgerOption = None,
    force: ReplaceOption = False,
) -> None:
    """Make a ledger with published datasets added.

    Formats are told by content: AidData's Global Huawei Finance Dataset (xlsx) and TeleGeography's
    Submarine Cable Map (JSON files), alone or in an archive (tar, zip) as their publishers have
    them. That of --ledger comes first and stays; of two editions give the newer one first. Prints
    what each file gave, and its terms.
    """
    from splinternet.base.folders import new_folder
    from splinternet.ledger.extending import extend_ledger
    from splinternet.ledger.reading import read_ledger
    from splinternet.ledger.writing import write_files

    extended = extend_ledger(open_ledgers(context, ledger), files)
    with new_folder(folder, lambda: check_free(folder, force)) as scratch:
        write_files(extended.files, scratch)
        opened = read_ledger(scratch)
    for line in extended.report:
        say(line)
    say(
        phrase(
            "terminal.ledger.made",
            folder=folder,
            **_size(opened),
        )
    )


def check_free(folder: Path, force: bool) -> None:
    """See to it that a folder may become a ledger: it is not there, or is one and may go."""
    from splinternet.ledger.reading import LEDGER_FILE

    if not folder.exists():
        return
    if not force:
        raise MisuseError(f"{folder}: exists already; choose another folder or say --force")
    if not (folder / LEDGER_FILE).is_file():
        raise MisuseError(f"{folder}: is no ledger, so --force does not replace it")


def ties(
    context: typer.Context,
    actor: Annotated[
        str, typer.Argument(metavar="ACTOR", help="Id, name or alias of an actor, such as Huawei.")
    ],
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    predicate: PredicateOption = None,
    style: StyleOption = "mla",
    form: TiesFormatOption = None,
    output: FileOption = None,
    limit: LimitOption = 20,
    ledger: LedgerOption = None,
) -> None:
    """List who is tied to an actor, and who says so.

    The newest first. Works are numbered, and cited below the table, each with what it is: primary,
    press, repost, state media, dataset and so on. All forms but table have every statement, with
    its summary and notes.
    """
    sink = Output(None if form == "ftm" or form == "stix" else form, output, limit)
    from splinternet.ledger.ties import ties_of
    from splinternet.ledger.writing import ledger_record

    opened = open_ledgers(context, ledger)
    whom = opened.actor(actor)
    chosen = ties_of(opened, whom, as_of=as_of, known_by=known_by, predicates=predicate or ())
    name = dict(opened.actors.select("id", "name").iter_rows())[whom]
    heading = phrase("terminal.ledger.ties", actor=name)
    notes = [*_notes(chosen, as_of, known_by), *_of_union(chosen, whom, name)]
    notes.append(_coverage(opened, chosen))
    more = {"ledger": ledger_record(opened)}
    if form == "ftm" or form == "stix":
        sink.save_data(_exported(chosen, form), heading, notes, more)
    elif sink.format == "table":
        frame, works = _numbered(chosen, style, limit)
        sink.write(frame, heading, notes, works)
    else:
        sink.write(_cited(chosen, style), heading, notes, more=more)


def _exported(chosen: Ledger, form: Literal["ftm", "stix"]) -> bytes:
    from splinternet.ledger.ftm import ftm_lines
    from splinternet.ledger.stix import stix_bundle

    return (ftm_lines(chosen) if form == "ftm" else stix_bundle(chosen)).encode()


def known_line(known_by: str) -> str:
    """Say up to which day sources were taken."""
    return phrase("terminal.ledger.known_by", date=known_by)


def _notes(chosen: Ledger, as_of: str | None, known_by: str | None) -> Iterator[str]:
    yield phrase("terminal.ledger.title", ledger=chosen.title)
    if as_of is not None:
        undated = chosen.statements["start"].null_count()
        may = phrase("terminal.ledger.undated", number=undated) if undated else ""
        yield phrase("terminal.ledger.held", date=as_of, undated=may)
    if known_by is not None:
        yield known_line(known_by)
    yield from chosen.notes


def _of_union(chosen: Ledger, whom: str, name: str) -> Iterator[str]:
    """Say which ties are not the state's own, but of the Union it is a member of."""
    from splinternet.ledger.union import BODIES

    rows = chosen.statements.select("subject", "object").iter_rows()
    acts = sum(subject in BODIES and whom not in (subject, other) for subject, other in rows)
    if acts:
        yield phrase_for("terminal.ledger.union", acts, number=acts, actor=name)


def _coverage(opened: Ledger, chosen: Ledger) -> str:
    """Say that what is listed is what the ledger has."""
    return phrase(
        "terminal.ledger.coverage", number=chosen.statements.height, all=opened.statements.height
    )


def _cited(chosen: Ledger, style: Style) -> pl.DataFrame:
    """All of every statement, with the citations of its sources, each on a line."""
    import polars as pl

    from splinternet.ledger.citations import cite
    from splinternet.ledger.ties import tabulate

    frame = tabulate(chosen)
    each = [sources.split(";") for sources in frame["sources"]]
    works = cite(chosen, [source for sources in each for source in sources], style)
    cited = ["\n".join(works[source] for source in sources) for sources in each]
    return frame.with_columns(pl.Series("citations", cited, dtype=pl.String()))


def _numbered(chosen: Ledger, style: Style, limit: int) -> tuple[pl.DataFrame, list[str]]:
    """A short form of every statement, and the works that the first ones cite, by number."""
    import polars as pl

    from splinternet.ledger.citations import cite
    from splinternet.ledger.ties import tabulate

    frame = tabulate(chosen)
    shown = frame.head(limit) if limit else frame
    works = cite(chosen, ";".join(shown["sources"]).split(";") if shown.height else [], style)
    numbers = {source: f"[{number}]" for number, source in enumerate(works, 1)}
    said = [_sentence(row) for row in frame.iter_rows(named=True)]
    cited = [
        " ".join(numbers.get(source, "") for source in sources.split(";"))
        for sources in frame["sources"]
    ]
    short = frame.with_columns(
        pl.Series("tie", said, dtype=pl.String()),
        pl.Series("works", cited, dtype=pl.String()),
    ).select("start", "end", "tie", "figure", "kind", "works", "disputes", "id")
    return short, [f"{numbers[source]} {work}" for source, work in works.items()]


def _sentence(row: dict[str, str | None]) -> str:
    """Put a statement in words: ``Huawei states of Russia: has staff there``."""
    verb = str(row["predicate"]).replace("_", " ")
    of = (
        f" {phrase('terminal.ledger.of')}" if row["predicate"] == "states" and row["object"] else ""
    )
    claim = f": {row['claim']}" if row["claim"] else ""
    within = f" ({row['scope']})" if row["scope"] else ""
    wrong = f" ({phrase('terminal.ledger.deprecated')})" if row["status"] == "deprecated" else ""
    return f"{row['subject']} {verb}{of} {row['object'] or ''}".rstrip() + claim + within + wrong
