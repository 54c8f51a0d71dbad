"""The command about essays: ``read``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import typer

from splinternet.base.texts import phrase
from splinternet.cli.options import FileOption, Format, LedgerOption, LimitOption, open_ledgers
from splinternet.cli.tables import Output, drawn, text_console

if TYPE_CHECKING:
    from rich.console import Console

    from splinternet.essay.reading import Reading

__all__ = ["read"]

EssayFormat = Literal["report", "html", "table", "csv", "json", "parquet"]

#: Columns of text that are still read with ease.
_WIDEST = 100
_SUFFIXES = (".csv", ".json", ".parquet")
_PAGES = (".html", ".htm")


def read(
    context: typer.Context,
    essay: Annotated[
        Path,
        typer.Argument(
            metavar="ESSAY",
            help="A file of plain text, Markdown, HTML or MHTML (a saved page), in English.",
        ),
    ],
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="DATE",
            help="When the essay was written, as 2019-11-30 or 2019-11; by default the date in the "
            "lines before its text.",
        ),
    ] = None,
    form: Annotated[
        EssayFormat | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(get_args(EssayFormat)),
            help="How to write what was found; by default as the name of the file ends, else "
            "report. html is the essay itself with the verdicts in its margin; table, csv and "
            "parquet have the claims, json everything.",
        ),
    ] = None,
    output: FileOption = None,
    limit: LimitOption = 0,
    post: Annotated[
        int,
        typer.Option("--post", metavar="NUMBER", help="The post of a page that holds several."),
    ] = 1,
    ledger: LedgerOption = None,
) -> None:
    """Read an essay: its citations, and what the ledger has about its claims.

    Finds its works, which of them each citation means, claims without a citation, actors, times,
    figures and quotations, and sets each claim beside the ledger: supported, contradicted,
    disputed or unknown.
    By rules alone; what they can and cannot do is in docs/essay.md.
    """
    from splinternet.essay.reading import read_essay_file
    from splinternet.ledger.writing import ledger_record

    suffix = output.suffix.lower() if output else ""
    as_page = form == "html" or (form is None and suffix in _PAGES)
    as_report = form == "report" or (form is None and suffix not in (*_SUFFIXES, *_PAGES))
    as_text = as_report or as_page
    sink = Output(None if as_text else cast("Format | None", form), output, limit)
    opened = open_ledgers(context, ledger)
    reading = read_essay_file(essay, opened, date, post)
    more = {"ledger": ledger_record(opened)}
    if as_page:
        _write_page(sink, reading)
    elif as_report:
        _write_report(sink, reading)
    elif sink.format == "json":
        _write_json(sink, reading, more)
    else:
        _write_table(sink, reading, more)


def _write_report(sink: Output, reading: Reading) -> None:
    width = min(_WIDEST, text_console().width) if sink.file is None else _WIDEST
    text = drawn(lambda console: _print_report(console, reading), text_console(width))
    if sink.file is None:
        sys.stdout.write(text)
    else:
        sink.save(text.encode())


def _write_page(sink: Output, reading: Reading) -> None:
    from splinternet.essay.margin import essay_page

    page = essay_page(reading)
    if sink.file is None:
        sys.stdout.write(page)
    else:
        sink.save(page.encode())


def _write_json(sink: Output, reading: Reading, more: Mapping[str, Any]) -> None:
    import msgspec

    data = msgspec.json.format(msgspec.json.encode(reading), indent=2) + b"\n"
    sink.save_data(data, phrase("terminal.essay.json"), more=more)


def _write_table(sink: Output, reading: Reading, more: Mapping[str, Any]) -> None:
    from splinternet.essay.table import claims_table

    frame = claims_table(reading)
    if sink.format == "table":
        frame = frame.drop("text", "works", "why", "objections")
    notes = [_summary(reading), *reading.notes]
    sink.write(frame, phrase("terminal.essay.claims"), notes, more=more)


def _summary(reading: Reading) -> str:
    dated = phrase("terminal.essay.dated", date=reading.dated)
    return phrase(
        "terminal.essay.summary",
        dated=dated if reading.dated else phrase("essay.margin.undated"),
        sentences=len(reading.sentences),
        works=len(reading.works),
        citations=len(reading.citations),
        claims=len(reading.claims),
        uncited=sum(not claim.cited for claim in reading.claims),
        ledger=reading.ledger,
    )


def _print_report(console: Console, reading: Reading) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from splinternet.essay.report import report

    console.print(Text(reading.title or phrase("essay.untitled"), style="bold"))
    console.print(Text(_summary(reading), style="dim"))
    for section in report(reading):
        console.print()
        console.print(Text(section.heading, style="bold"))
        if section.lead:
            console.print(Padding(Text(section.lead, style="dim"), (0, 0, 0, 2)))
        grid = Table.grid(padding=(0, 1))
        for point in section.points:
            grid.add_row("-", Text(point.text))
            for line in point.below:
                grid.add_row("", Padding(Text(line, style="dim"), (0, 0, 0, 2)))
        console.print(Padding(grid, (0, 0, 0, 2)))
