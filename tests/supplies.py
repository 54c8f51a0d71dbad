"""Small ledgers for the supply measures, from rows with few cells."""

from datetime import date

import polars as pl

from splinternet.base.dates import parse_span
from splinternet.ledger.disputes import parse_dispute
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.schema import TABLES

LISTS = (
    "countries", "generations", "segments", "disputes", "aliases", "authors", "mcc_mnc",
)  # fmt: skip


def actor(name: str, kind: str, country: str | None = None) -> dict[str, object]:
    return {"id": name, "kind": kind, "name": name.title(), "country": country}


def said(
    name: str, subject: str, predicate: str, object: str | None, **cells: object
) -> dict[str, object]:
    """A statement; start and end as they are written, `share` for both bounds of a per cent."""
    row = {"id": name, "subject": subject, "predicate": predicate, "object": object}
    share = cells.pop("share", None)
    if share is not None:
        low, high = share if isinstance(share, tuple) else (share, share)
        row |= {"value_low": low, "value_high": high, "unit": "%"}
    for column in ("start", "end"):
        text = cells.pop(column, None)
        if text:
            span = parse_span(text)
            row |= {column: span.first if column == "start" else span.last}
            row |= {f"{column}_precision": span.precision}
    cells["disputes"] = [parse_dispute(text) for text in cells.get("disputes", ())]
    defaults = {"kind": "fact", "status": "normal", "sources": ["paper"], "summary": "So it is"}
    return defaults | row | cells


def ledger_of(actors: list[dict], statements: list[dict]) -> Ledger:
    source = {"id": "paper", "kind": "press", "title": "A paper", "seen": "whole"}
    csl = '{"id": "paper", "type": "book", "title": "A paper"}'
    return Ledger(
        title="A small ledger",
        actors=frame("actors", actors),
        statements=frame("statements", statements),
        sources=frame("sources", [source | {"csl": csl, "issued": date(2020, 1, 1)}]),
    )


def frame(table: str, rows: list[dict]) -> pl.DataFrame:
    schema = TABLES[table].schema
    full = [{name: row.get(name, [] if name in LISTS else None) for name in schema} for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")
