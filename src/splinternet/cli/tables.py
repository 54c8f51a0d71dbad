"""Writing tables: readable on a terminal; in full and without loss as csv, json or parquet."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from splinternet.base.errors import MisuseError
from splinternet.base.text import in_one_line, shown
from splinternet.cli.options import Format

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.text import Text

    from splinternet.brief.comparison import Section
    from splinternet.world.world import World

__all__ = ["Output", "drawn", "notes_on", "say", "text_console"]

_SUFFIXES: dict[str, Format] = {".csv": "csv", ".json": "json", ".parquet": "parquet"}

#: Wide enough for any row, for text that no terminal shows.
_UNBOUNDED = 10_000


@dataclass(frozen=True)
class Output:
    """Where a table goes, and in which form.

    Parameters
    ----------
    form
        What was asked for; by default what the name of the file ends in, else a table.
    file
        The file to write; standard output by default.
    limit
        Rows of a ``table``; 0 for all.

    Raises
    ------
    MisuseError
        If a parquet file would go to a terminal.
    """

    form: Format | None = None
    file: Path | None = None
    limit: int = 0

    def __post_init__(self) -> None:
        if self.format == "parquet" and self.file is None and sys.stdout.isatty():
            raise MisuseError("parquet is nothing for a terminal; name a file with -o")

    @property
    def format(self) -> Format:
        """The form of the table."""
        suffix = "" if self.file is None else self.file.suffix.lower()
        return self.form or _SUFFIXES.get(suffix, "table")

    def write(
        self,
        frame: pl.DataFrame,
        heading: str,
        notes: Iterable[str] = (),
        below: Iterable[str] = (),
    ) -> None:
        """Write a table.

        ``heading`` and ``notes`` stand above a ``table``, lines ``below`` it; the notes of data go
        to standard error.
        """
        if self.format == "table":
            self._print(
                lambda console: _print_table(console, frame, heading, notes, self.limit, below)
            )
        else:
            self.save(_WRITERS[self.format](frame), notes)

    def write_report(
        self, sections: Iterable[Section], data: pl.DataFrame, notes: Iterable[str]
    ) -> None:
        """Write sections of words and tables, or in the other forms the data behind them."""
        if self.format == "table":
            self._print(lambda console: _print_sections(console, sections, self.limit))
        else:
            self.save(_WRITERS[self.format](data), notes)

    def write_record(self, record: Mapping[str, Any], heading: str, notes: Iterable[str]) -> None:
        """Write a single row: as an object in json, one line for each field in a ``table``."""
        import polars as pl

        if self.format == "json":
            self.save(json.dumps(record).encode() + b"\n", notes)
        elif self.format == "table":
            self._print(lambda console: _print_record(console, record, heading, notes))
        else:
            self.write(pl.DataFrame([record]), heading, notes)

    def _print(self, draw: Callable[[Console], None]) -> None:
        text = drawn(draw, _table_console(self.file is None))
        if self.file is None:
            sys.stdout.write(text)
        else:
            self.save(text.encode())

    def save(self, data: bytes, notes: Iterable[str] = ()) -> None:
        """Write bytes to the file, or to standard output; notes go to standard error."""
        from splinternet.base.folders import new_file

        if self.file is not None:
            with new_file(self.file) as scratch:
                scratch.write_bytes(data)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(_for_terminal(data) if sys.stdout.isatty() else data)
            sys.stdout.buffer.flush()
        _tell(notes)


def notes_on(world: World, **settings: str) -> list[str]:
    """Say which world and settings an answer comes from, and that a digest is one."""
    from splinternet.brief.words import day, digest_line, scenario_line

    manifest = world.manifest
    used = "".join(f"; {name} {value}" for name, value in settings.items())
    said = [f"World {manifest.name}, the Internet of {day(manifest.date)}{used}."]
    if after := scenario_line(manifest):
        said.append(after)
    return [*said, digest_line(manifest)] if manifest.is_digest else said


def drawn(draw: Callable[[Console], None], console: Console) -> str:
    """Return as text what is drawn on a console, without spaces at the ends of lines."""
    with console.capture() as capture:
        draw(console)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def text_console(width: int | None = None, file: io.StringIO | None = None) -> Console:
    """Make a console for plain words: nothing in them is markup."""
    from splinternet.cli.console import PlainConsole

    return PlainConsole(width, file)


def _table_console(on_screen: bool) -> Console:
    """Make a console for a table, which only a terminal cuts."""
    if on_screen and (sys.stdout.isatty() or "COLUMNS" in os.environ):
        return text_console()
    return text_console(_UNBOUNDED, None if on_screen else io.StringIO())


def say(line: str, *, error: bool = False) -> None:
    """Write a line to standard output, or to standard error."""
    print(shown(line), file=sys.stderr if error else sys.stdout)


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        say(note, error=True)


def _for_terminal(data: bytes) -> bytes:
    """Leave out of data what a terminal might obey; files and pipes get every character."""
    return shown(data.decode(errors="replace")).encode(errors="replace")


def _csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv().encode()


def _json(frame: pl.DataFrame) -> bytes:
    return frame.write_json().encode() + b"\n"


def _parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


# Polars does not always notice that a disk is full, so it writes to memory.
_WRITERS: dict[Format, Callable[[Any], bytes]] = {"csv": _csv, "json": _json, "parquet": _parquet}


def _print_table(
    console: Console,
    frame: pl.DataFrame,
    heading: str,
    notes: Iterable[str],
    limit: int,
    below: Iterable[str],
) -> None:
    _print_heading(console, heading, notes)
    _print_rows(console, frame, limit)
    for number, line in enumerate(below):
        console.print(line if number else f"\n{line}")


def _print_sections(console: Console, sections: Iterable[Section], limit: int) -> None:
    for number, section in enumerate(sections):
        if number:
            console.print()
        console.print(section.heading, style="bold")
        for note in section.notes:
            console.print(note, style="dim")
        for sentence in section.sentences:
            console.print(sentence)
        if section.table is not None:
            _print_rows(console, section.table, 0 if section.whole else limit)


def _print_rows(console: Console, frame: pl.DataFrame, limit: int) -> None:
    from rich.table import Table
    from rich.text import Text

    if not frame.height:
        console.print("nothing")
        return
    rows = frame.head(limit) if limit else frame
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, dtype in frame.schema.items():
        right = dtype.is_numeric() and name not in _AS_NUMBERS
        # Where there is too little room, only the longest texts lose some.
        table.add_column(
            Text(name),
            justify="right" if right else "left",
            no_wrap=name not in (*_ELASTIC, *_WRAPPED),
            min_width=len(name),
        )
    for row in rows.iter_rows(named=True):
        table.add_row(*(_text(name, _cell(name, value)) for name, value in row.items()))
    console.print(table)
    if rest := frame.height - rows.height:
        console.print(f"{rest:,} more; --limit 0 shows all", style="dim")


def _text(column: str, cell: str) -> Text:
    from rich.text import Text

    if column in _WRAPPED:
        return Text(cell, overflow="fold")
    return Text(cell, no_wrap=True, overflow="ellipsis")


def _print_record(
    console: Console, record: Mapping[str, Any], heading: str, notes: Iterable[str]
) -> None:
    from rich.table import Table

    _print_heading(console, heading, notes)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in record.items():
        table.add_row(name, _cell(name, value))
    console.print(table)


def _print_heading(console: Console, heading: str, notes: Iterable[str]) -> None:
    console.print(heading, style="bold")
    for note in notes:
        console.print(note, style="dim")
    console.print()


#: Columns of text of any length.
_ELASTIC = ("name", "place")
#: Columns of words that go on in the next line.
_WRAPPED = ("tie", "figure", "disputes", "dated", "works")
_AS_NUMBERS = ("asn", "origin", "next_hop")
_SHARES = ("share", "share_low", "share_high", "address_share", "before", "after")


def _cell(column: str, value: object) -> str:
    """Write a value as people read it."""
    from splinternet.brief.words import percent

    if value is None:
        return "unknown" if column == "country" else "-"
    if column in _AS_NUMBERS or column.endswith(("_of", "_on")):
        return f"AS{value}"
    if column in _SHARES and isinstance(value, float):
        return percent(value)
    if column == "points" and isinstance(value, float):
        return f"{100 * value:+.1f}"
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else in_one_line(str(value))
