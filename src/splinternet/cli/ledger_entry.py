"""Commands about a ledger of one's own: ``ledger new``, ``ledger add`` and ``ledger export``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from splinternet.base.errors import AmbiguousError, MisuseError
from splinternet.base.texts import phrase
from splinternet.cli.ledger import ReplaceOption, check_free
from splinternet.cli.options import LedgerOption, open_ledgers
from splinternet.cli.tables import say

if TYPE_CHECKING:
    from splinternet.ledger.entering import Entry
    from splinternet.ledger.ledger import Ledger

__all__ = ["add", "export", "new"]

ExportFormat = Literal["own", "csv", "ftm", "stix", "csl"]

#: Cells of a new source that are asked for.
_ASKED_OF_SOURCES = ("url", "issued", "kind")

_FolderArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="The folder of the ledger.")
]


def _given(name: str, about: str, metavar: str = "TEXT") -> typer.models.OptionInfo:
    """Declare an option that leaves out what it is of."""
    found: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=about)
    return found


_Subject = Annotated[str | None, _given("--subject", "Actor that does or has it.", "ACTOR")]
_Predicate = Annotated[str | None, _given("--predicate", "The tie, as bans.", "WORD")]
_Object = Annotated[str | None, _given("--object", "To whom; a name or an AS number.", "ACTOR")]
_Actors = Annotated[
    list[str] | None,
    _given(
        "--actor",
        "Kind of an actor that no ledger has, as Safaricom=operator:KE. Repeatable.",
        "NAME=KIND[:COUNTRY]",
    ),
]
_Source = Annotated[str | None, _given("--source", "Id or title of the source, old or new.")]
_Url = Annotated[str | None, _given("--url", "Where the source is on the web.")]
_Container = Annotated[str | None, _given("--in", "Its journal, newspaper or site.")]
_Issued = Annotated[str | None, _given("--issued", "When it was out.", "DATE")]
_SourceKind = Annotated[str | None, _given("--source-kind", "Kind of source, as press.", "WORD")]
_Seen = Annotated[str, _given("--seen", "How much of it was read.", "whole|excerpt")]
_Kind = Annotated[str, _given("--kind", "How it is stated.", "WORD")]
_Summary = Annotated[str | None, _given("--summary", "Its statement, in your own words.")]
_Claim = Annotated[str | None, _given("--claim", "Scope: the part that is said, banned or built.")]
_Start = Annotated[str | None, _given("--start", "From when.", "DATE")]
_End = Annotated[str | None, _given("--end", "Until when.", "DATE")]
_Deadline = Annotated[str | None, _given("--deadline", "By when it is due.", "DATE")]
_Value = Annotated[str | None, _given("--value", "A figure, as 65 or 60-70.", "FIGURE")]
_Unit = Annotated[str | None, _given("--unit", "Its unit, as %.", "WORD")]
_Basis = Annotated[str | None, _given("--basis", "Its unit, where it counts, as subscribers.")]
_Generations = Annotated[str | None, _given("--generation", "As 4G;5G.", "LIST")]
_Segments = Annotated[
    str | None, _given("--segment", "Parts of networks that it is about, as RAN.", "LIST")
]
_Countries = Annotated[str | None, _given("--country", "It is limited to these, as KE.", "LIST")]
_Disputes = Annotated[
    str | None, _given("--disputes", "Ids it contradicts, or objects:ID, superseded:ID.", "LIST")
]
_Note = Annotated[str | None, _given("--note", "Doubts and inferences.")]
_Id = Annotated[str | None, _given("--id", "Id of the statement; by default of its words.")]


def new(
    folder: _FolderArgument,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="Subject of the ledger.")
    ] = "A ledger of our own",
    force: ReplaceOption = False,
) -> None:
    """Start a ledger of one's own, without statements.

    'splinternet ledger add' puts facts into it. Used after another ledger, as in
    '--ledger technology-ties --ledger FOLDER', it adds to it. All nations are in it as actors.
    """
    from splinternet.base.folders import new_folder
    from splinternet.ledger.entering import empty_ledger
    from splinternet.ledger.writing import write_files

    if not title.strip():
        raise MisuseError("--title: is empty; say what the ledger is about")
    with new_folder(folder, lambda: check_free(folder, force)) as scratch:
        write_files(empty_ledger(title), scratch)
    say(phrase("terminal.entry.empty", folder=folder))


def add(
    context: typer.Context,
    folder: _FolderArgument,
    subject: _Subject = None,
    predicate: _Predicate = None,
    object: _Object = None,
    source: _Source = None,
    url: _Url = None,
    container: _Container = None,
    issued: _Issued = None,
    source_kind: _SourceKind = None,
    seen: _Seen = "whole",
    actor: _Actors = None,
    kind: _Kind = "fact",
    summary: _Summary = None,
    claim: _Claim = None,
    start: _Start = None,
    end: _End = None,
    deadline: _Deadline = None,
    value: _Value = None,
    unit: _Unit = None,
    basis: _Basis = None,
    generations: _Generations = None,
    segments: _Segments = None,
    countries: _Countries = None,
    disputes: _Disputes = None,
    note: _Note = None,
    identifier: _Id = None,
    ledger: LedgerOption = None,
) -> None:
    """Add one fact to a ledger: a source, the actors, the statement.

    Fields not given as options are asked for, with checks as one goes; an empty answer leaves
    out what need not be there. Nothing is asked if subject, predicate, object and source are given.
    Nothing is written unless 'ledger check' finds no fault. --ledger names those that it adds to.
    """
    given = {
        "claim": claim,
        "start": start,
        "end": end,
        "deadline": deadline,
        "unit": unit,
        "value": value,
        "basis": basis,
        "generations": generations,
        "segments": segments,
        "countries": countries,
        "note": note,
    }
    below = _below(context, ledger)
    made = _Fact(folder, below, actor or [])
    asks = None in (subject, predicate, source) or (object is None and predicate != "states")
    cells = {
        "subject": made.actor("subject", subject),
        "predicate": made.cell(
            "statements", "predicate", predicate, phrase("terminal.entry.predicate")
        ),
    }
    if object is not None or cells["predicate"] != "states":
        cells["object"] = made.actor("object", object)
    about = {"url": url, "container": container, "issued": issued, "kind": source_kind}
    cells["sources"] = made.source(source, about | {"seen": seen}, asks=asks)
    for name, text in given.items():
        if text is None and asks:
            text = made.optional(name)
        cells |= _figures(text) if name == "value" else {name: text or ""}
    cells |= {"kind": kind, "disputes": disputes or ""}
    cells["summary"] = summary or (
        made.asked(phrase("terminal.entry.summary"), option="summary") if asks else ""
    )
    entry = made.entry(cells, identifier)
    from splinternet.ledger.entering import enter

    enter(folder, entry, below)
    say(f"{folder}: {entry.statement['id']}: {entry.statement['summary']}")


def _below(context: typer.Context, ledger: list[str] | None) -> list[Path]:
    """Return the folders of the ledgers that one adds to."""
    from splinternet.ledger.catalogue import find_ledger

    return [find_ledger(each) for each in (ledger or context.obj.ledgers)]


def _figures(text: str | None) -> dict[str, str]:
    """Read ``65`` or ``60-70`` as two bounds."""
    low, _, high = (text or "").partition("-")
    return {"value_low": low.strip(), "value_high": (high or low).strip()}


class _Fact:
    """A fact in the making: what is given, else asked for."""

    def __init__(self, folder: Path, below: list[Path], actors: list[str]) -> None:
        from splinternet.ledger.reading import read_ledger

        self._ledger = read_ledger(*below, folder)
        self._told = dict(self._read(each) for each in actors)
        self._actors: list[dict[str, str]] = []
        self._sources: list[dict[str, str]] = []

    def _read(self, text: str) -> tuple[str, tuple[str, str]]:
        name, equals, what = text.rpartition("=")
        kind, _, country = what.partition(":")
        if not equals or not name.strip():
            raise MisuseError(f"--actor {text!r}: write it as 'Safaricom=operator:KE'")
        return name.strip().casefold(), (kind.strip(), country.strip())

    def actor(self, role: str, given: str | None) -> str:
        """Return the id of an actor by id, name, alias or AS number; one that is new is made."""
        from splinternet.ledger.entering import cell_problem, free_id, network_cells

        text = (
            given
            if given is not None
            else self.asked(phrase(f"terminal.entry.{role}"), option=role)
        )
        known = {row["id"] for row in self._actors} | set(self._ledger.actors["id"])
        network = network_cells(text)
        if network and network["id"] in known:
            return network["id"]
        if not network:
            try:
                return self._ledger.actor(text)
            except MisuseError as error:
                if text.casefold() not in self._told and (
                    given is not None or isinstance(error, AmbiguousError)
                ):
                    hint = f"or say what it is: --actor '{text}=operator:KE'"
                    raise MisuseError(f"--{role}: {error}; {hint}") from None
            kind, country = self._told.get(text.casefold()) or (
                self.cell("actors", "kind", None, phrase("terminal.entry.actor_kind", actor=text)),
                self.asked(phrase("terminal.entry.actor_country"), empty=True, option="actor"),
            )
            network = {"id": free_id(text, known), "kind": kind, "name": text, "country": country}
        for column in ("kind", "country"):
            if problem := cell_problem("actors", column, network.get(column, "")):
                raise MisuseError(f"--actor: {problem}")
        self._actors.append(network)
        return network["id"]

    def source(self, given: str | None, more: Mapping[str, str | None], *, asks: bool) -> str:
        """Return the id of a source that a ledger has, or of one that is made."""
        from splinternet.ledger.entering import cell_problem, free_id

        text = (
            given
            if given is not None
            else self.asked(phrase("terminal.entry.source"), option="source")
        )
        titles = dict(self._ledger.sources.select("title", "id").iter_rows())
        known = set(titles.values())
        if text in known or text in titles:
            return str(titles.get(text, text))
        made = {"title": text}
        for column, cell in more.items():
            needed = column == "kind"
            if cell is None and (needed or (asks and column in _ASKED_OF_SOURCES)):
                cell = self.asked(
                    phrase(f"terminal.entry.source_{column}"),
                    partial(cell_problem, "sources", column),
                    empty=not needed,
                    option="source-kind" if needed else column,
                )
            made[column] = cell or ""
        made["id"] = free_id(f"{text} {made['issued'][:4]}", known)
        self._sources.append(made)
        return made["id"]

    def cell(self, table: str, column: str, given: str | None, label: str) -> str:
        """Return a cell that must be there, given or asked for until it is one."""
        from splinternet.ledger.entering import cell_problem

        if given is None:
            return self.asked(label, partial(cell_problem, table, column), option=column)
        if problem := cell_problem(table, column, given):
            raise MisuseError(f"--{problem}")
        return given

    def optional(self, column: str) -> str:
        """Ask for a cell that may stay empty."""
        from splinternet.ledger.entering import cell_problem

        def check(text: str) -> str | None:
            cells = _figures(text) if column == "value" else {column: text}
            problems = (cell_problem("statements", name, cell) for name, cell in cells.items())
            return next((problem for problem in problems if problem), None)

        label = phrase(f"terminal.entry.{column}")
        return self.asked(label, check, empty=True, option=column)

    def asked(
        self,
        label: str,
        check: Callable[[str], str | None] = lambda _: None,
        *,
        empty: bool = False,
        option: str,
    ) -> str:
        """Ask until the answer can stand."""
        while True:
            try:
                text = typer.prompt(
                    label, default="" if empty else None, show_default=False, err=True
                )
            except typer.Abort:
                raise MisuseError(f"--{option}: is missing, and nobody answers") from None
            problem = check(text.strip()) if text.strip() or not empty else None
            if problem is None:
                return str(text).strip()
            say(problem, error=True)

    def entry(self, cells: dict[str, str], identifier: str | None) -> Entry:
        """Make the entry."""
        from splinternet.ledger.entering import Entry, free_id

        names = dict(self._ledger.actors.select("id", "name").iter_rows())
        names |= {row["id"]: row["name"] for row in self._actors}
        ends = [cells["subject"], cells["predicate"], cells.get("object", "")]
        said = [names.get(part, part).replace("_", " ") for part in ends]
        cells["id"] = identifier or free_id("-".join(ends), self._ledger.statements["id"])
        cells["summary"] = cells["summary"] or " ".join(said).strip()
        return Entry(cells, tuple(self._actors), tuple(self._sources))


def export(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER|FILE", help="Where it goes."),
    ],
    form: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(get_args(ExportFormat)),
            help="own: a folder as ledgers have it; csv: the same with sources as a table; ftm: "
            "FollowTheMoney, an entity a line; stix: a STIX 2.1 bundle; csl: the sources as "
            "CSL-JSON.",
        ),
    ] = "own",
    ledger: LedgerOption = None,
    force: ReplaceOption = False,
) -> None:
    """Write a whole ledger, or several as one, for other programs or to go on with.

    own and csv are read again by every command that takes --ledger, and say the same.
    """
    from splinternet.base.folders import new_folder
    from splinternet.cli.tables import Output
    from splinternet.ledger.writing import ledger_files, write_files

    opened = open_ledgers(context, ledger)
    if form in ("own", "csv"):
        with new_folder(output, lambda: check_free(output, force)) as scratch:
            write_files(ledger_files(opened, csv_only=form == "csv"), scratch)
    else:
        Output(file=output).save(_exported(opened, form).encode())
    say(phrase("terminal.entry.exported", file=output, number=opened.statements.height, form=form))


def _exported(opened: Ledger, form: str) -> str:
    from splinternet.ledger.ftm import ftm_lines
    from splinternet.ledger.stix import stix_bundle
    from splinternet.ledger.writing import csl_json

    return {"ftm": ftm_lines, "stix": stix_bundle, "csl": csl_json}[form](opened)
