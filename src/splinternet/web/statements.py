"""The statements of a ledger that somebody wants to see, a page of them, with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.ledger.citations import Style, cite
from splinternet.ledger.disputes import contradicted, disputes_of
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import tabulate
from splinternet.ledger.vocabulary import PREDICATES, STATEMENT_KINDS

__all__ = [
    "PAGE",
    "Dispute",
    "Filters",
    "Page",
    "Shown",
    "Statement",
    "Year",
    "YesNo",
    "show",
    "statements",
]

#: Statements of a page.
PAGE = 25

YesNo = Literal["", "yes", "no"]
#: Said by :func:`statements` in words; here it is for the description of the API.
Year = Annotated[str, msgspec.Meta(extra_json_schema={"pattern": "^([0-9]{4})?$"})]
Page = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Statements that are wanted, as an address has it."""

    q: str = ""
    actor: str = ""
    predicate: str = ""
    kind: str = ""
    year: Year = ""
    as_of: str = ""
    known_by: str = ""
    disputed: YesNo = ""
    id: str = ""
    style: Style = "mla"
    page: Page = 1

    def query(self, **changes: object) -> str:
        """Return the query string of these filters, with changes."""
        wanted = msgspec.structs.replace(self, **changes)
        fields = msgspec.structs.fields(wanted)
        return urlencode(
            [
                (field.name, value)
                for field in fields
                if (value := getattr(wanted, field.name)) != field.default
            ]
        )


#: How a statement stands against another; see :data:`splinternet.ledger.vocabulary.DISPUTES`.
DisputeKind = Literal["contradicts", "objects", "objected", "superseded", "supersedes"]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Dispute of a statement with another: the kind, the other's id and its words."""

    kind: DisputeKind
    statement: str
    summary: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, as :func:`~splinternet.ledger.ties.tabulate` has it; ids in lists."""

    id: str
    subject: str
    predicate: str
    object: str | None
    claim: str | None
    start: str | None
    end: str | None
    figure: str | None
    scope: str | None
    kind: str
    status: str
    disputes: list[Dispute]
    sources: list[str]
    summary: str
    note: str | None


@dataclass(frozen=True)
class Shown:
    """All statements that are wanted, those of a page, and its sources: citations and addresses."""

    table: pl.DataFrame
    rows: list[Statement]
    citations: dict[str, str]
    urls: dict[str, str]

    @cached_property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.table.height // PAGE))


def statements(ledger: Ledger, filters: Filters) -> pl.DataFrame:
    """Return the statements that are wanted, as a table of texts, the newest first.

    Raises
    ------
    MisuseError
        If an actor, predicate, kind, year or day is none.
    """
    if filters.as_of:
        ledger = ledger.as_of(filters.as_of)
    if filters.known_by:
        ledger = ledger.known_by(filters.known_by)
    if filters.actor:
        ledger = ledger.about(ledger.actor(filters.actor))
    table = tabulate(ledger)
    for column, wanted, known in (
        ("predicate", filters.predicate, PREDICATES),
        ("kind", filters.kind, STATEMENT_KINDS),
    ):
        if not wanted:
            continue
        if wanted not in known:
            raise MisuseError.unknown(column, wanted, known, f"one of {', '.join(known)}")
        table = table.filter(pl.col(column) == wanted)
    for word in filters.q.lower().split():
        table = table.filter(_says(word))
    if filters.year:
        if not re.fullmatch("[0-9]{4}", filters.year):
            raise MisuseError(f"{filters.year!r} is no year; write it as 2019")
        table = table.filter(pl.col("start").str.head(4) == filters.year)
    if filters.id:
        table = table.filter(pl.col("id") == filters.id)
    if filters.disputed:
        disputed = pl.col("id").is_in(contradicted(ledger.statements))
        table = table.filter(disputed if filters.disputed == "yes" else ~disputed)
    return table


def _says(word: str) -> pl.Expr:
    """Whether a statement has a word in what people read of it."""
    texts = pl.concat_str(
        "subject",
        "predicate",
        "object",
        "claim",
        "summary",
        "scope",
        "note",
        separator=" ",
        ignore_nulls=True,
    )
    return texts.str.replace_all("_", " ").str.to_lowercase().str.contains(word, literal=True)


def show(ledger: Ledger, filters: Filters) -> Shown:
    """Return the statements of a page, and cite their sources.

    Raises
    ------
    MisuseError
        If an actor, predicate, kind, year or day is none.
    """
    table = statements(ledger, filters)
    page = table.slice((filters.page - 1) * PAGE, PAGE).to_dicts()
    summaries = dict(ledger.statements.select("id", "summary").iter_rows())
    disputes = disputes_of(ledger.statements)
    rows = msgspec.convert(
        [_in_lists(row, disputes.get(row["id"], ()), summaries) for row in page], list[Statement]
    )
    named = list(dict.fromkeys(source for row in rows for source in row.sources))
    return Shown(
        table, rows, cite(ledger, named, filters.style) if named else {}, _urls(ledger, named)
    )


def _in_lists(
    row: dict[str, Any], disputes: Iterable[dict[str, str]], summaries: dict[str, str]
) -> dict[str, Any]:
    """Give a row of texts its disputes, with the words of the others, and sources as lists."""
    return row | {
        "disputes": [
            {
                "kind": each["kind"],
                "statement": each["statement"],
                "summary": summaries[each["statement"]],
            }
            for each in disputes
        ],
        "sources": row["sources"].split(";"),
    }


def _urls(ledger: Ledger, sources: Iterable[str]) -> dict[str, str]:
    """Return where sources are on the web, if that is an address that a page may lead to."""
    wanted = ledger.sources.filter(pl.col("id").is_in(list(sources)), pl.col("url").is_not_null())
    found = wanted.select("id", "url").iter_rows()
    return {id: url for id, url in found if url.startswith(("https://", "http://"))}
