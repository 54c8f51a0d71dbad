"""Sources as a table: ``sources.csv``, which may stand in place of ``sources.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from splinternet.base.columns import Table
from splinternet.base.dates import written
from splinternet.ledger.rows import Rows, read_table
from splinternet.ledger.schema import TABLES
from splinternet.ledger.sources import parse_source

__all__ = ["SOURCE_TABLE", "csl_item", "read_source_table"]

#: The columns of ``sources.csv``. Where ``csl`` is empty, a citation is made of the others.
SOURCE_TABLE = Table(
    "sources",
    TABLES["sources"].doc,
    tuple(
        replace(column, optional=column.optional or column.name == "csl")
        for column in TABLES["sources"].columns
    ),
    ("id",),
)

#: What a work is where the table does not say: nearly all are found on the web.
_TYPE = "webpage"


def read_source_table(file: Path) -> Rows:
    """Read ``sources.csv``, with the checks of works in CSL-JSON."""
    table = read_table(file, SOURCE_TABLE)
    found = Rows(file, problems=table.problems)
    for line, row in table:
        try:
            parsed = parse_source(csl_item(row))
        except ValueError as error:
            found.blame(line, str(error))
            continue
        for message in _at_odds(row, parsed):
            found.blame(line, message)
        found.add(line, parsed)
    return found


def csl_item(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make a work in CSL-JSON of a row of the table ``sources``.

    Raises
    ------
    ValueError
        If its column ``csl`` is no JSON object.
    """
    custom = {name: row[name] for name in ("kind", "seen", "original") if row[name]}
    if row["csl"]:
        try:
            item = json.loads(row["csl"])
        except (ValueError, RecursionError):
            item = None
        if not isinstance(item, dict):
            raise ValueError("csl: is no JSON object; leave it empty, or copy it whole")
        return {**item, "custom": custom}
    item = {
        "id": row["id"],
        "type": _TYPE,
        "title": row["title"],
        "author": [{"literal": author} for author in row["authors"]],
        "container-title": row["container"],
        "issued": _date(row["issued"] and written(row["issued"], row["issued_precision"])),
        "accessed": _date(row["accessed"] and written(row["accessed"], "day")),
        "URL": row["url"],
        "custom": custom,
    }
    return {key: value for key, value in item.items() if value}


def _date(text: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None


def _at_odds(row: Mapping[str, Any], parsed: Mapping[str, Any]) -> Iterator[str]:
    """Blame a work whose columns say otherwise than its CSL-JSON."""
    for name in ("id", "title", "authors", "container", "issued", "accessed", "url"):
        if row["csl"] and row[name] not in (None, [], parsed[name]):
            yield f"{name}: csl says otherwise; change both, or leave csl empty"
