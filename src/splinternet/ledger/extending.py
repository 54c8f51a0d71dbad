"""Adding published datasets to a ledger: its files anew, with more rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from splinternet.base.archives import DataFile
from splinternet.ledger.importers import find_importer
from splinternet.ledger.importers._additions import Additions
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.writing import ledger_files

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


def extend_ledger(ledger: Ledger, datasets: Iterable[str | Path]) -> Extended:
    """Add what published datasets hold to a ledger, which stays as it is.

    A file's content tells its dataset; see :mod:`splinternet.ledger.importers`.
    Statements that the ledger has stay, so of two editions give the newer one first.

    Raises
    ------
    InputError
        If a dataset cannot be understood.
    """
    additions = Additions(ledger)
    report = [_read(DataFile(path), additions) for path in datasets]
    files = ledger_files(
        ledger,
        actors=additions.actors,
        statements=additions.statements,
        sources=additions.sources,
        notes=additions.notes,
    )
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
