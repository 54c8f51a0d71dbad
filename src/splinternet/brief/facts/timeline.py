"""A nation's ties, and the laws about them, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from splinternet.ledger.dates import written
from splinternet.ledger.ledger import Ledger

__all__ = ["Event", "Timeline", "timeline"]

#: What states do by law or decision, and what companies agree on.
_LAWS = ("accuses", "allows", "bans", "enacts", "leaves", "regulates", "restricts")
_DEALS = ("acquires", "builds", "contracts", "owns", "partners_with", "trials_with")

#: How many of either a brief shows, the nearest to its world's day.
_SHOWN = 14


@dataclass(frozen=True)
class Event:
    """A dated statement.

    Attributes
    ----------
    id
        That of the statement.
    start, end
        As exactly as they are known; ``end`` None where there is none.
    first
        The first day that it may have held.
    who, whom
        Names of the actors; the second None where there is none.
    said
        What its sources say, in the ledger's words.
    kind
        Fact, estimate, quote, forecast or opinion.
    predicate
        What ties the two.
    disputes
        What others say against it, each with its sources.
    sources
        Ids of its works.
    """

    id: str
    start: str
    end: str | None
    first: date

    who: str
    whom: str | None
    said: str
    kind: str
    predicate: str
    disputes: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """The laws and decisions about a nation's networks, and the deals of its companies.

    ``all_laws`` and ``all_deals`` say how many there are, with those that are not shown, and
    ``undated`` how many more have no date.
    """

    laws: tuple[Event, ...]
    deals: tuple[Event, ...]
    all_laws: int
    all_deals: int
    undated: int


def timeline(ledger: Ledger, country: str, day: date) -> Timeline:
    """Return what a ledger says of a nation's actors: the nearest to a day, in order of time."""
    own = ledger.actors.filter(pl.col("country") == country)["id"].implode()
    rows = ledger.without_deprecated().statements.filter(
        pl.col("subject").is_in(own) | pl.col("object").is_in(own)
    )
    predicates = rows["predicate"].cast(pl.String)
    told = rows.filter(predicates.is_in([*_LAWS, *_DEALS]))
    dated = told.drop_nulls("start")
    known = {row["id"]: row for row in ledger.statements.iter_rows(named=True)}
    names = dict(ledger.actors.select("id", "name").iter_rows())
    by_kind = {
        name: [row for row in dated.iter_rows(named=True) if row["predicate"] in predicates]
        for name, predicates in (("laws", _LAWS), ("deals", _DEALS))
    }
    laws, deals = (
        tuple(_event(row, known, names) for row in _nearest(by_kind[name], day))
        for name in ("laws", "deals")
    )
    return Timeline(
        laws=laws,
        deals=deals,
        all_laws=len(by_kind["laws"]),
        all_deals=len(by_kind["deals"]),
        undated=told.height - dated.height,
    )


def _nearest(rows: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    kept = sorted(rows, key=lambda row: (abs((row["start"] - day).days), row["id"]))[:_SHOWN]
    return sorted(kept, key=lambda row: (row["start"], row["id"]))


def _event(row: dict[str, Any], known: dict[str, dict[str, Any]], names: dict[str, str]) -> Event:
    return Event(
        id=row["id"],
        start=written(row["start"], row["start_precision"]),
        end=written(row["end"], row["end_precision"]) if row["end"] else None,
        first=row["start"],
        who=names[row["subject"]],
        whom=names.get(row["object"]),
        said=row["summary"],
        kind=row["kind"],
        predicate=row["predicate"],
        disputes=tuple(
            (known[other]["summary"], tuple(known[other]["sources"])) for other in row["disputes"]
        ),
        sources=tuple(row["sources"]),
    )
