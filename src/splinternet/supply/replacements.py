"""Replacements of equipment: their time and cost, where a ledger says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from splinternet.base.dates import day_of, parse_span, written
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import figure
from splinternet.supply.figures import EQUIPMENT, Scope

__all__ = ["Replacement", "replacements"]

#: Words by which a statement is known to tell of a replacement.
_REPLACES = re.compile(r"\b(?:replac|remov|swap|rip(?:ped|s)?[ -](?:out|and)|phas\w* out)", re.I)

_TIES = ("contracts", "leaves")
_ORDERS = ("bans", "restricts")


@dataclass(frozen=True)
class Replacement:
    """A replacement of network equipment that a source tells of.

    Attributes
    ----------
    who, whom
        Whose equipment it was or whose act it is, and the other end of the tie.
    text
        What the sources say, in the ledger's words.
    took
        From when to when it took, or was given; None if that is not told.
    months
        Whole months of it, from the fewest to the most that its dates may mean; None where one is
        missing.
    cost
        What it cost or was said to cost; None if that is not told.
    ordered
        Whether the time is what an order gave, rather than what it took.
    kind
        How it is stated: fact, estimate and so on.
    statement
        Id of the statement.
    """

    who: str
    whom: str | None
    text: str
    took: str | None
    months: tuple[int, int] | None
    cost: str | None
    ordered: bool
    kind: str
    statement: str


def replacements(ledger: Ledger, day: str | date | None = None) -> tuple[Replacement, ...]:
    """Return the replacements of which a ledger has the time or the cost, the earliest first.

    A statement tells of one if its claim or summary says that equipment of networks is replaced or
    removed; and an order does if it has a deadline.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    last = date.max if day is None else day_of(day)
    names = dict(ledger.actors.select("id", "name").iter_rows())
    rows = ledger.without_deprecated().statements.sort("start", "id", nulls_last=True)
    begun = (row for row in rows.iter_rows(named=True) if (row["start"] or date.min) <= last)
    return tuple(found for row in begun for found in _replacement(row, names))


def _replacement(row: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Replacement]:
    if row["kind"] in ("quote", "opinion") or not _is_of_networks(row):
        return
    says_so = bool(_REPLACES.search(f"{row['claim'] or ''}\n{row['summary']}"))
    ordered = row["predicate"] in _ORDERS and row["deadline"] is not None
    end = "deadline" if ordered else "end"
    timed = ordered or (says_so and row["predicate"] in _TIES and row["end"] is not None)
    costs = says_so and (row["unit"] or "").isupper()
    if not (timed or costs):
        return
    yield Replacement(
        who=names[row["subject"]],
        whom=names.get(row["object"]),
        text=row["claim"] or row["summary"],
        took=_span(row, end) if timed else None,
        months=_months(row, end) if timed else None,
        cost=figure({**row, "deadline": None}) if costs else None,
        ordered=ordered,
        kind=row["kind"],
        statement=row["id"],
    )


def _is_of_networks(row: Mapping[str, Any]) -> bool:
    """Tell whether a statement is about networks on land, of all kinds or in part."""
    scope = Scope(tuple(row["generations"]), tuple(row["segments"]))
    return not scope.segments or bool(set(scope.segments) & set(EQUIPMENT))


def _span(row: Mapping[str, Any], end: str) -> str:
    start = written(row["start"], row["start_precision"]) if row["start"] else "an unknown day"
    return f"{start} to {written(row[end], row[f'{end}_precision'])}"


def _months(row: Mapping[str, Any], end: str) -> tuple[int, int] | None:
    """Whole months between the two dates, at least and at most."""
    if row["start"] is None:
        return None
    begun = parse_span(written(row["start"], row["start_precision"]))
    over = parse_span(written(row[end], row[f"{end}_precision"]))
    return _months_between(begun.last, over.first), _months_between(begun.first, over.last)


def _months_between(first: date, last: date) -> int:
    months = 12 * (last.year - first.year) + last.month - first.month
    return max(0, months - (last.day < first.day))
