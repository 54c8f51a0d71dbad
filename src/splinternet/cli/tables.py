"""Writing tables: readable on a terminal; in full and without loss as csv, json or parquet."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from splinternet.base.errors import MisuseError
from splinternet.base.text import shown
from splinternet.cli.notes import Notes
from splinternet.cli.options import Format
from splinternet.cli.rows import print_rows

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from splinternet.brief.comparison import Section
    from splinternet.scenario.levelled import Levelled
    from splinternet.world.manifest import Manifest

__all__ = [
    "Output",
    "command_line",
    "drawn",
    "say",
    "text_console",
]

_SUFFIXES: dict[str, Format] = {".csv": "csv", ".json": "json", ".parquet": "parquet"}

#: The command line that is run, for the record of what it writes.
command_line: ContextVar[str] = ContextVar("command_line", default="")

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
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Write a table.

        ``heading`` and ``notes`` stand above a ``table``, lines ``below`` it; the notes of data go
        to standard error, and with what ``more`` there is to say into the record beside the data.
        """
        if self.format == "table":
            self._print(
                lambda console: _print_table(console, frame, heading, notes, self.limit, below)
            )
        else:
            self.save_table(frame, heading, notes, more)

    def write_after(
        self,
        told: Levelled,
        before: Sequence[Manifest],
        heading: str,
        notes: Iterable[str],
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Write a table of the world after a scenario; a ``table`` tells small changes as none.

        ``before`` are the worlds before it, that of each row or one of all.
        """
        from splinternet.brief.changed import differences_told, rows_told

        frame = told.table
        if told.is_moved and self.format == "table":
            if "difference" in frame.columns:
                frame = differences_told(frame, before[0], told.country)
            else:
                frame = rows_told(frame, before)
        self.write(frame, heading, notes, more=more)

    def write_report(
        self,
        sections: Iterable[Section],
        data: pl.DataFrame,
        heading: str,
        notes: Iterable[str],
        more: Mapping[str, Any],
    ) -> None:
        """Write sections of words and tables, or in the other forms the data behind them."""
        if self.format == "table":
            self._print(lambda console: _print_sections(console, sections, self.limit))
        else:
            self.save_table(data, heading, notes, more)

    def save_table(
        self,
        frame: pl.DataFrame,
        heading: str,
        notes: Iterable[str] = (),
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Write every row and digit, with a record of what made them."""
        from splinternet.base.tables import encode_table

        data = encode_table(frame, self.format, {**_record(heading, notes), **more})
        self.save_data(data, heading, notes, more)

    def save_data(
        self,
        data: bytes,
        heading: str,
        notes: Iterable[str] = (),
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Write CSV, JSON or Parquet, and beside it the record."""
        from splinternet.base.tables import manifest_beside, write_manifest

        self.save(data, notes)
        if self.file is not None and (beside := manifest_beside(self.file)) is not None:
            write_manifest(beside, {**_record(heading, notes), **more})

    def write_record(self, record: Mapping[str, Any], heading: str, notes: Iterable[str]) -> None:
        """Write a single row: as an object in json, one line for each field in a ``table``."""
        import polars as pl

        if self.format == "table":
            self._print(lambda console: _print_record(console, record, heading, notes))
        elif self.format == "json":
            self.save_data(json.dumps(record).encode() + b"\n", heading, notes)
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


def _record(heading: str, notes: Iterable[str]) -> dict[str, Any]:
    """Say what data was made of: program, command, world with inputs and scenarios, settings."""
    from splinternet.world.manifest import software

    known = notes.record() if isinstance(notes, Notes) else {}
    made = {"made_by": software(), "command": command_line.get(), "title": heading}
    return made | known | {"notes": list(notes)}


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


def _print_table(
    console: Console,
    frame: pl.DataFrame,
    heading: str,
    notes: Iterable[str],
    limit: int,
    below: Iterable[str],
) -> None:
    _print_heading(console, heading, notes)
    print_rows(console, frame, limit)
    for number, line in enumerate(below):
        console.print(line if number else f"\n{line}")


def _print_sections(console: Console, sections: Iterable[Section], limit: int) -> None:
    for number, section in enumerate(sections):
        if number:
            console.print()
        console.print(section.heading, style="bold")
        for sentence in section.sentences:
            console.print(sentence)
        for note in section.notes:
            console.print(note, style="dim")
        if section.table is not None:
            print_rows(console, section.table, 0 if section.whole else limit)


def _print_record(
    console: Console, record: Mapping[str, Any], heading: str, notes: Iterable[str]
) -> None:
    from rich.table import Table

    from splinternet.brief.cells import cell_text

    _print_heading(console, heading, notes)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in record.items():
        table.add_row(name, cell_text(name, value))
    console.print(table)


def _print_heading(console: Console, heading: str, notes: Iterable[str]) -> None:
    console.print(heading, style="bold")
    for note in notes:
        console.print(note, style="dim")
    console.print()
