"""Adding published datasets to a ledger: its files anew, with more rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.text import read_text
from splinternet.base.toml_text import write_toml
from splinternet.ledger.importers import find_importer
from splinternet.ledger.importers._additions import Additions
from splinternet.ledger.importers._files import DataFile
from splinternet.ledger.reading import LEDGER_FILE, read_ledger
from splinternet.ledger.rows import written_columns
from splinternet.ledger.schema import TABLES

__all__ = ["Extended", "extend_ledger"]


@dataclass(frozen=True)
class Extended:
    """A ledger with more in it.

    Attributes
    ----------
    files
        Text of each file of its folder, by name.
    report
        What each dataset gave, a line each.
    """

    files: dict[str, str]
    report: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Write the files into a folder that is there."""
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")


def extend_ledger(folder: Path, datasets: Iterable[str | Path]) -> Extended:
    """Add what published datasets hold to the ledger in a folder, which stays as it is.

    Which dataset a file holds is told by its content; see :mod:`splinternet.ledger.importers`. What
    the ledger says already stays, so of two editions give the newer one first.

    Raises
    ------
    InputError
        If a file of the ledger or a dataset cannot be understood.
    """
    ledger = read_ledger(folder)
    additions = Additions(ledger)
    report = [_read(DataFile(path), additions) for path in datasets]
    works = [*json.loads(read_text(folder / "sources.json")), *additions.sources]
    files = {
        "actors.csv": _table(folder, "actors", additions.actors),
        "statements.csv": _table(folder, "statements", additions.statements),
        "sources.json": json.dumps(works, ensure_ascii=False, indent=1) + "\n",
        LEDGER_FILE: _settings(ledger.title, additions.notes),
    }
    return Extended(files, tuple(report))


def _read(file: DataFile, additions: Additions) -> str:
    """Read a dataset, and tell what it gave."""
    importer = find_importer(file)
    actors, statements = len(additions.actors), len(additions.statements)
    additions.skipped.clear()
    importer.read(file, additions)
    added = (
        _counted(len(additions.statements) - statements, "statement"),
        _counted(len(additions.actors) - actors, "actor"),
    )
    left_out = [f"{number:,} {reason}" for reason, number in additions.skipped.items()]
    return (
        f"{file.path.name}: {importer.NAME}; {' and '.join(added)} added"
        + (f"; left out: {', '.join(left_out)}" if left_out else "")
        + f". Terms: {importer.LICENCE}."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def _table(folder: Path, name: str, more: list[dict[str, str]]) -> str:
    """Write the rows of a file, and more."""
    text = read_text(folder / f"{name}.csv")
    rows = [
        {column.strip(): cell for column, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]
    columns = [column.name for column in written_columns(TABLES[name])]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([*rows, *more])
    return out.getvalue()


def _settings(title: str, notes: Iterable[str]) -> str:
    return write_toml({"title": title, "notes": list(notes)})
