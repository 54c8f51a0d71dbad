"""Reading a ledger: ``ledger.toml``, ``actors.csv``, ``statements.csv`` and ``sources.json``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from splinternet.base.errors import InputError
from splinternet.base.text import read_text
from splinternet.ledger.checks import (
    check_actors,
    check_additions,
    check_ids,
    check_references,
    check_statements,
)
from splinternet.ledger.contradictions import check_content
from splinternet.ledger.disputes import both_ways
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.nations import nations
from splinternet.ledger.rows import Problem, Rows, read_entries, read_table, unknown
from splinternet.ledger.schema import TABLES
from splinternet.ledger.source_table import read_source_table
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


@dataclass(frozen=True)
class _Below:
    """The rows, by id, of ledgers that another adds to."""

    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def named(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The rows of each table."""
        return {name: getattr(self, name) for name in TABLES}

    def with_more(self, files: _Files) -> _Below:
        """Add a ledger: its rows take the place of those of the same id; actors are joined."""
        joined = {
            row["id"]: _joined(self.actors[row["id"]], row) if row["id"] in self.actors else row
            for row in files.actors.rows
        }
        return _Below(
            (*self.titles, files.title),
            tuple(dict.fromkeys((*self.notes, *files.notes))),
            self.actors | joined,
            self.statements | {row["id"]: row for row in files.statements.rows},
            self.sources | {row["id"]: row for row in files.sources.rows},
        )


def _joined(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Join what two ledgers say of an actor; what the later one says counts."""
    said = {name: value for name, value in later.items() if value not in (None, [])}
    names = [*earlier["aliases"], *later["aliases"]]
    names += [earlier["name"]] if earlier["name"] != later["name"] else []
    return earlier | said | {"aliases": list(dict.fromkeys(names))}


def read_ledger(*folders: Path) -> Ledger:
    """Read a folder, or several, of which each adds to those before it.

    Raises
    ------
    InputError
        If something in one cannot be understood, or names what is not there; the first such thing.
    """
    below = _Below()
    for folder in folders:
        files = _read(folder, below)
        if files.problems:
            first, *rest = files.problems
            more = (
                f" (and {len(rest):,} more; 'splinternet ledger check' lists them)" if rest else ""
            )
            raise InputError(first.message + more, first.file, first.line)
        below = below.with_more(files)
    # A nation that is written as it is from the start stands with those that are not written.
    actors = map(_identified, below.actors.values())
    own = [row for row in actors if row != nations().get(row["id"])]
    states = {row["country"] for row in own if row["kind"] == "state"}
    others = [row for row in nations().values() if row["country"] not in states]
    return Ledger(
        title="; with more from: ".join(below.titles),
        actors=_frame("actors", [*own, *others]),
        statements=_frame("statements", both_ways(below.statements.values())),
        sources=_frame("sources", list(below.sources.values())),
        notes=below.notes,
    )


def _identified(actor: dict[str, Any]) -> dict[str, Any]:
    """Give a nation of a ledger the identifier that nations have from the start."""
    nation = nations().get(actor["id"], {})
    return actor | {"wikidata": actor["wikidata"] or nation.get("wikidata")}


def check_ledger(*folders: Path) -> list[Problem]:
    """Find everything that is wrong with a folder, also what does not keep it from being read.

    Duplicates, contradictions that are not marked as disputes, shares that come to more than
    100 %, and facts that are younger than their sources. Folders before the last are those that it
    adds to.

    Raises
    ------
    InputError
        If one of those cannot be understood.
    """
    *lower, folder = folders
    below = _Below()
    for each in lower:
        read_ledger(*lower)
        below = below.with_more(_read(each, below))
    files = _read(folder, below)
    if not files.problems:
        check_content(files.actors, files.statements, files.sources, below.named())
    return files.problems or files.statements.problems


def _read(folder: Path, below: _Below) -> _Files:
    settings, problems = _settings(folder / LEDGER_FILE)
    actors = read_table(folder / "actors.csv", TABLES["actors"])
    statements = read_table(folder / "statements.csv", TABLES["statements"])
    sources = _sources(folder)
    # What names a row that could not be read is not to blame.
    unread = bool(actors.problems or statements.problems or sources.problems)
    for rows in (actors, statements, sources):
        check_ids(rows)
    check_actors(actors)
    check_statements(statements)
    if not unread:
        check_references(actors, statements, sources, below.named())
    check_additions(actors, below.actors, ("kind", "country"))
    check_additions(statements, below.statements, ("subject", "predicate", "object"))
    check_additions(sources, below.sources, ("title", "url"))
    for rows in (actors, statements, sources):
        problems += sorted(rows.problems, key=lambda problem: problem.line or 0)
    title, notes = settings.get("title", ""), tuple(settings.get("notes", ()))
    return _Files(title, notes, actors, statements, sources, problems)


def _sources(folder: Path) -> Rows:
    """Read ``sources.json``, or ``sources.csv`` where that is there instead."""
    table, entries = folder / "sources.csv", folder / "sources.json"
    if table.is_file() and entries.is_file():
        found = Rows(table)
        found.blame(None, "stands beside sources.json; keep one of the two")
        return found
    if table.is_file():
        return read_source_table(table)
    return read_entries(entries, parse_source)


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
        settings = settings | {"notes": []}
    return settings, [Problem(file, None, message) for message in wrong]


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TABLES[name].schema, orient="row")
