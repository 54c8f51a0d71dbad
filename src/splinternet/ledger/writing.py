"""Writing a ledger as the files it is read from: its own form, and CSV alone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from splinternet.base.columns import Column
from splinternet.base.dates import written
from splinternet.base.toml_text import write_toml
from splinternet.ledger.disputes import written_dispute
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.nations import nations
from splinternet.ledger.reading import LEDGER_FILE
from splinternet.ledger.rows import written_columns
from splinternet.ledger.schema import TABLES
from splinternet.ledger.source_table import csl_item

__all__ = [
    "csl_json",
    "ledger_files",
    "ledger_record",
    "settings_text",
    "table_text",
    "write_files",
]

_Cells = Mapping[str, str]
_Row = Mapping[str, Any]


def ledger_files(
    ledger: Ledger,
    *,
    csv_only: bool = False,
    actors: Iterable[_Cells] = (),
    statements: Iterable[_Cells] = (),
    sources: Iterable[Mapping[str, Any]] = (),
    notes: Iterable[str] | None = None,
) -> dict[str, str]:
    """Write a ledger as the text of each file of its folder, by name.

    Reading them gives the same tables again. With ``csv_only`` sources are in ``sources.csv``, so
    that every table opens in a spreadsheet.

    Parameters
    ----------
    actors, statements, sources, notes
        Rows to add, as files have them, and the notes to write in place of the ledger's.
    """
    # Nations are there from the start, so no file needs them.
    own = [row for row in _rows(ledger.actors) if row != nations().get(row["id"])]
    files = {
        "actors.csv": table_text("actors", own, actors),
        "statements.csv": table_text("statements", _rows(ledger.statements), statements),
        LEDGER_FILE: settings_text(ledger.title, ledger.notes if notes is None else notes),
    }
    if csv_only:
        return files | {"sources.csv": table_text("sources", _rows(ledger.sources))}
    return files | {"sources.json": csl_json(ledger, sources)}


def ledger_record(ledger: Ledger) -> dict[str, Any]:
    """Record of a ledger beside what is made of it.

    Returns
    -------
    dict
        Its title, the SHA-256 of its tables as files have them, and how many statements these hold.

    Examples
    --------
    >>> from splinternet.ledger.catalogue import open_ledger
    >>> ledger = open_ledger()
    >>> len(ledger_record(ledger)["sha256"])
    64
    """
    digest = hashlib.sha256()
    for name in TABLES:
        digest.update(table_text(name, _rows(getattr(ledger, name))).encode())
    many = ledger.statements.height
    return {"title": ledger.title, "sha256": digest.hexdigest(), "statements": many}


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder that is there."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def csl_json(ledger: Ledger, more: Iterable[Mapping[str, Any]] = ()) -> str:
    """Write the sources of a ledger, and more, as a list of works in CSL-JSON."""
    works = [csl_item(row) for row in ledger.sources.iter_rows(named=True)]
    return json.dumps([*works, *more], ensure_ascii=False, indent=1) + "\n"


def settings_text(title: str, notes: Iterable[str]) -> str:
    """Write ``ledger.toml``."""
    return write_toml({"title": title, "notes": list(notes)})


def table_text(name: str, rows: Iterable[_Row], more: Iterable[_Cells] = ()) -> str:
    """Write rows of a table, and more that are cells already, as CSV."""
    columns = written_columns(TABLES[name])
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [each.name for each in columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([{each.name: _cell(each, row) for each in columns} for row in rows])
    writer.writerows(more)
    return out.getvalue()


def _rows(frame: pl.DataFrame) -> Iterable[_Row]:
    return frame.iter_rows(named=True)


def _cell(column: Column, row: _Row) -> str:
    value = row[column.name]
    if value is None:
        return ""
    if isinstance(column.dtype, pl.List):
        return ";".join(written_dispute(each) if isinstance(each, dict) else each for each in value)
    if column.dtype == pl.Date:
        return written(value, row.get(f"{column.name}_precision") or "day")
    if column.dtype.is_float():
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return str(value)
