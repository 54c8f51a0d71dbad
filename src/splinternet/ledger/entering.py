"""Starting a ledger of one's own, and entering one fact after the other with all checks."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from splinternet.base.columns import Table
from splinternet.base.errors import InputError, MisuseError
from splinternet.base.folders import new_file
from splinternet.base.text import read_text
from splinternet.ledger.importers._additions import slug
from splinternet.ledger.reading import LEDGER_FILE, check_ledger, read_ledger
from splinternet.ledger.rows import read_cell
from splinternet.ledger.schema import TABLES
from splinternet.ledger.source_table import SOURCE_TABLE, csl_item
from splinternet.ledger.writing import settings_text, table_text

__all__ = ["Entry", "cell_problem", "empty_ledger", "enter", "free_id", "network_cells"]

_NETWORK = re.compile(r"AS([1-9][0-9]{0,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One fact: its statement, and the actors and the source that a ledger has not yet.

    Cells by column, as the files have them.
    """

    statement: Mapping[str, str]
    actors: tuple[Mapping[str, str], ...] = ()
    sources: tuple[Mapping[str, str], ...] = field(default=())


def empty_ledger(title: str) -> dict[str, str]:
    """Return the files of a ledger without statements, by name."""
    return {
        LEDGER_FILE: settings_text(title, ()),
        "actors.csv": table_text("actors", ()),
        "statements.csv": table_text("statements", ()),
        "sources.csv": table_text("sources", ()),
    }


def cell_problem(table: str, column: str, text: str) -> str | None:
    """Say why a text cannot stand in a column of a ledger's files; None if it can."""
    declared = SOURCE_TABLE if table == "sources" else TABLES[table]
    try:
        read_cell(next(each for each in declared.columns if each.name == column), text)
    except ValueError as error:
        return f"{column}: {error}"
    return None


def network_cells(text: str) -> dict[str, str] | None:
    """Return the actor that ``AS33771`` means, or None if the text is no AS number."""
    found = _NETWORK.fullmatch(text.strip())
    if not found:
        return None
    return {
        "id": f"as{found[1]}",
        "kind": "network",
        "name": f"AS{found[1]}",
        "asn": found[1],
    }


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Make an id of some words that nothing else has."""
    known = set(taken)
    base = slug(wanted)[:60].strip("-") or "fact"
    names = [base, *(f"{base}-{number}" for number in range(2, len(known) + 3))]
    return next(name for name in names if name not in known)


def enter(folder: Path, entry: Entry, below: Sequence[Path] = ()) -> None:
    """Add a fact to the ledger in a folder, if all of it passes ``ledger check``.

    Parameters
    ----------
    folder
        The ledger; its own columns and the form of its sources are kept.
    below
        Ledgers that it adds to.

    Raises
    ------
    MisuseError
        If the fact does not pass: what is wrong with it. Nothing is written then.
    InputError
        If the ledger itself cannot be read, or has problems already.
    """
    read_ledger(*below, folder)
    files = {
        "actors.csv": _with_rows(folder / "actors.csv", TABLES["actors"], entry.actors),
        "statements.csv": _with_rows(
            folder / "statements.csv", TABLES["statements"], (entry.statement,)
        ),
        **_with_sources(folder, entry.sources),
    }
    known = {each.message for each in check_ledger(*below, folder)}
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch)
        for name, text in {LEDGER_FILE: read_text(folder / LEDGER_FILE), **files}.items():
            (trial / name).write_text(text, encoding="utf-8", newline="")
        problems = [each.message for each in check_ledger(*below, trial)]
    if wrong := [message for message in problems if message not in known]:
        raise MisuseError("; ".join(wrong))
    for name, text in files.items():
        with new_file(folder / name) as fresh:
            fresh.write_text(text, encoding="utf-8", newline="")


def _with_rows(file: Path, table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    """Return a table's text with more rows, and the columns that these need."""
    text, more = read_text(file), list(rows)
    if not more:
        return text
    old = csv.DictReader(io.StringIO(text, newline=""))
    kept = list(old)
    head = [name.strip() for name in old.fieldnames or ()]
    needed = [
        c.name for c in table.columns if c.name not in head and any(r.get(c.name) for r in more)
    ]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*head, *needed], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name.strip(): cell for name, cell in row.items()} for row in kept)
    writer.writerows({name: cell for name, cell in row.items() if cell} for row in more)
    return out.getvalue()


def _with_sources(folder: Path, rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    table, entries = folder / "sources.csv", folder / "sources.json"
    if table.is_file():
        return {table.name: _with_rows(table, SOURCE_TABLE, rows)}
    works = json.loads(read_text(entries))
    works += [csl_item(_typed(row)) for row in rows]
    return {entries.name: json.dumps(works, ensure_ascii=False, indent=1) + "\n"}


def _typed(row: Mapping[str, str]) -> dict[str, object]:
    """Type the cells of a source.

    Raises
    ------
    InputError
        If one cannot be understood.
    """
    made: dict[str, object] = {}
    for column in SOURCE_TABLE.columns:
        if not column.name.endswith("_precision"):
            try:
                made |= read_cell(column, row.get(column.name, ""))
            except ValueError as error:
                raise InputError(f"{column.name}: {error}") from None
    return made
