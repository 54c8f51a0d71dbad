"""Ties of an actor as a table that people can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from splinternet.base.checked import typed
from splinternet.base.dates import written
from splinternet.ledger.catalogue import LedgerLike, ledger_of
from splinternet.ledger.disputes import dispute_words
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.union import acts_for

__all__ = ["figure", "scope", "tabulate", "ties", "ties_of"]

_TEXT = pl.String()

#: Columns of the table of ties.
COLUMNS = (
    "id subject predicate object claim start end figure scope kind status disputes sources summary "
    "note".split()
)

_LARGE = ((1e9, "billion"), (1e6, "million"))


@typed
def ties(
    actor: str,
    ledger: LedgerLike | None = None,
    *,
    as_of: str | date | None = None,
    known_by: str | date | None = None,
    predicates: Iterable[str] = (),
) -> pl.DataFrame:
    """Ties of an actor, the newest first; a member of the European Union has the Union's acts too.

    Parameters
    ----------
    actor
        Id, name or alias.
    ledger
        The ledger; by default the one that is shipped.
    as_of
        Only what held on this day.
    known_by
        Only what a source that was issued by this day says.
    predicates
        Only ties of these kinds, as ``bans``.

    Returns
    -------
    polars.DataFrame
        As :func:`tabulate` gives it.

    Raises
    ------
    MisuseError
        If there is no such actor, predicate or day.

    Examples
    --------
    >>> ties("Huawei", predicates=["bans"])["object"].unique().to_list()
    ['Huawei']
    """
    opened = ledger_of(ledger)
    return tabulate(ties_of(opened, actor, as_of=as_of, known_by=known_by, predicates=predicates))


def ties_of(
    ledger: Ledger,
    actor: str,
    *,
    as_of: str | date | None = None,
    known_by: str | date | None = None,
    predicates: Iterable[str] = (),
) -> Ledger:
    """Keep the ties of an actor, and of a member of the European Union the acts of the Union too.

    Parameters and errors are those of :func:`ties`.
    """
    actors = ledger.actors.filter(id=ledger.actor(actor), kind="state")
    state = actors["country"].item() if actors.height else None
    chosen = ledger.about(actor, predicates, besides=acts_for(state, as_of))
    chosen = chosen if as_of is None else chosen.as_of(as_of)
    return chosen if known_by is None else chosen.known_by(known_by)


def tabulate(ledger: Ledger) -> pl.DataFrame:
    """Write statements with the names of actors, the newest first.

    Returns
    -------
    polars.DataFrame
        Text columns: ``id``, ``subject``, ``predicate``, ``object`` and ``claim``; ``start`` and
        ``end`` as exactly as they are known; ``figure`` with its unit, rank or deadline;
        ``scope``; ``kind``, ``status``; ``disputes``, as ``objected to by cn-au``; ``sources``, ids
        joined by ``;``; ``summary``, ``note``. Unknown is null.
    """
    names = dict(ledger.actors.select("id", "name").iter_rows())
    ordered = ledger.statements.sort(
        "start", "id", descending=[True, False], nulls_last=[True, False]
    )
    rows = [
        {
            "id": row["id"],
            "subject": names[row["subject"]],
            "predicate": row["predicate"],
            "object": names.get(row["object"]),
            "claim": row["claim"],
            "start": _date(row, "start"),
            "end": _date(row, "end"),
            "figure": figure(row) or None,
            "scope": scope(row) or None,
            "kind": row["kind"],
            "status": row["status"],
            "disputes": "; ".join(map(dispute_words, row["disputes"])) or None,
            "sources": ";".join(row["sources"]),
            "summary": row["summary"],
            "note": row["note"],
        }
        for row in ordered.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, _TEXT), orient="row")


def figure(row: Mapping[str, Any]) -> str:
    """Write a statement's figure, rank and deadline: ``about 45 %``, ``rank 1 by shipments``."""
    basis = row["basis"] or ""
    parts = [_amount(row)]
    if row["rank"]:
        parts.append(f"rank {row['rank']}" + (f" by {basis}" if basis else ""))
    if deadline := _date(row, "deadline"):
        parts.append(f"by {deadline}")
    return ", ".join(part for part in parts if part)


def scope(row: Mapping[str, Any]) -> str:
    """Write what a statement is limited to: ``RU; 4G, 5G; RAN``."""
    lists = (row["countries"], row["generations"], row["segments"])
    return "; ".join(", ".join(words) for words in lists if words)


def _amount(row: Mapping[str, Any]) -> str:
    low, high, unit, basis = row["value_low"], row["value_high"], row["unit"], row["basis"]
    bounds = [value for value in (low, high) if value is not None]
    if not bounds:
        return ""
    size, word = next((pair for pair in _LARGE if min(bounds) >= pair[0]), (1, ""))
    digits = " to ".join(f"{value / size:,.10g}" for value in dict.fromkeys(bounds))
    said = " ".join(part for part in (row["qualifier"], digits, word) if part)
    if unit == "count":
        return f"{said} {basis}"
    return f"{said} {unit}" + (f" ({basis})" if basis else "")


def _date(row: Mapping[str, Any], name: str) -> str | None:
    return written(row[name], row[f"{name}_precision"]) if row[name] else None
