"""Reading a ledger: ``ledger.toml``, ``actors.csv``, ``statements.csv`` and ``sources.json``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from splinternet.base.errors import InputError
from splinternet.base.text import read_text
from splinternet.ledger.checks import (
    check_actors,
    check_ids,
    check_references,
    check_statements,
)
from splinternet.ledger.contradictions import check_content
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.rows import Problem, Rows, read_entries, read_table, unknown
from splinternet.ledger.schema import TABLES
from splinternet.ledger.sources import parse_source

__all__ = ["LEDGER_FILE", "check_ledger", "read_ledger"]

#: The file that makes a folder a ledger.
LEDGER_FILE = "ledger.toml"

_SETTINGS = ("title", "notes")


@dataclass(frozen=True)
class _Files:
    """All rows of a folder, and what is wrong with it."""

    title: str
    notes: tuple[str, ...]
    actors: Rows
    statements: Rows
    sources: Rows
    problems: list[Problem]


def read_ledger(folder: Path) -> Ledger:
    """Read a folder.

    Raises
    ------
    InputError
        If something in it cannot be understood, or names what is not there; the first such thing.
    """
    files = _read(folder)
    if files.problems:
        first, *rest = files.problems
        more = f" (and {len(rest):,} more; 'splinternet ledger check' lists them)" if rest else ""
        raise InputError(first.message + more, first.file, first.line)
    statements = _both_ways(files.statements.rows)
    return Ledger(
        title=files.title,
        actors=_frame("actors", files.actors.rows),
        statements=_frame("statements", statements),
        sources=_frame("sources", files.sources.rows),
        notes=files.notes,
    )


def check_ledger(folder: Path) -> list[Problem]:
    """Find everything that is wrong with a folder, also what does not keep it from being read.

    Duplicates, contradictions that are not marked as disputes, shares that come to more than
    100 %, and facts that are younger than their sources.
    """
    files = _read(folder)
    if not files.problems:
        check_content(files.actors, files.statements, files.sources)
    return files.problems or files.statements.problems


def _read(folder: Path) -> _Files:
    settings, problems = _settings(folder / LEDGER_FILE)
    actors = read_table(folder / "actors.csv", TABLES["actors"])
    statements = read_table(folder / "statements.csv", TABLES["statements"])
    sources = read_entries(folder / "sources.json", parse_source)
    # What names a row that could not be read is not to blame.
    unread = bool(actors.problems or statements.problems or sources.problems)
    for rows in (actors, statements, sources):
        check_ids(rows)
    check_actors(actors)
    check_statements(statements)
    if not unread:
        check_references(actors, statements, sources)
    for rows in (actors, statements, sources):
        problems += sorted(rows.problems, key=lambda problem: problem.line or 0)
    title, notes = settings.get("title", ""), tuple(settings.get("notes", ()))
    return _Files(title, notes, actors, statements, sources, problems)


def _settings(file: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read ``ledger.toml``: a title, and notes."""
    try:
        settings = tomllib.loads(read_text(file))
    except InputError as error:
        return {}, [Problem(file, error.line, error.reason)]
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line ([0-9]+)", str(error))
        line = int(found[1]) if found else None
        return {}, [Problem(file, line, f"is malformed TOML ({error})")]
    except (ValueError, RecursionError):
        return {}, [Problem(file, None, "is TOML of no sensible kind")]
    wrong = [unknown("key", key, _SETTINGS) for key in settings if key not in _SETTINGS]
    title, notes = settings.get("title"), settings.get("notes", [])
    if not isinstance(title, str) or not title.strip():
        wrong.append("title: must be text")
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        wrong.append("notes: must be a list of texts")
    return settings, [Problem(file, None, message) for message in wrong]


def _both_ways(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let each of two statements know that the other disputes it."""
    others: dict[str, list[str]] = {row["id"]: list(row["disputes"]) for row in rows}
    for row in rows:
        for other in row["disputes"]:
            if row["id"] not in others[other]:
                others[other].append(row["id"])
    return [row | {"disputes": others[row["id"]]} for row in rows]


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[name].schema, orient="row")
