"""Loans and grants that name a vendor, by borrower and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from splinternet.base.dates import day_of
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import vendor_id

__all__ = ["finance"]

_SCHEMA = pl.Schema(
    {
        "borrower": pl.String(),
        "year": pl.Int32(),
        "lenders": pl.List(pl.String()),
        "basis": pl.String(),
        "unit": pl.String(),
        "loans": pl.UInt32(),
        "of_unknown_amount": pl.UInt32(),
        "least": pl.Float64(),
        "most": pl.Float64(),
        "statements": pl.List(pl.String()),
    }
)


def finance(
    ledger: Ledger,
    vendor: str,
    *,
    country: str | None = None,
    day: str | date | None = None,
) -> pl.DataFrame:
    """Sum what was lent for a vendor's goods, by borrower, year and currency.

    A statement names a vendor if the vendor lends, or if one of the vendor's names is in its
    claim, summary or note.

    Parameters
    ----------
    vendor
        Id, name or alias of a vendor, or of a group.
    country
        Only borrowers of this nation, by its ISO 3166-1 alpha-2 code.
    day
        Only what began by this day.

    Returns
    -------
    polars.DataFrame
        ``borrower`` and ``lenders`` (ids), ``year`` of the agreement; ``basis``, what the amount is
        (null is a loan, ``grant``, ``insured``); ``unit``, its currency; ``loans``, how many,
        ``of_unknown_amount`` of them; ``least`` and ``most``, their sum, ``most`` null if
        an amount has no upper bound; ``statements``. The newest first. Amounts are nominal, and
        are agreed, not paid out.

    Raises
    ------
    MisuseError
        If there is no such vendor or day.
    """
    asked = vendor_id(ledger, vendor)
    names = _names(ledger, asked)
    last = date.max if day is None else day_of(day)
    homes = dict(ledger.actors.select("id", "country").iter_rows())
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    rows = ledger.without_deprecated().statements.filter(predicate="finances")
    for row in rows.iter_rows(named=True):
        started = row["start"]
        if country not in (None, homes[row["object"]]) or (started and started > last):
            continue
        if row["subject"] == asked or names.search(_words(row)):
            unit = row["unit"] or "USD"  # an unknown amount belongs with the currency most are in
            groups[row["object"], started and started.year, row["basis"], unit].append(row)
    sums = [_summed(key, each) for key, each in groups.items()]
    return pl.DataFrame(sums, schema=_SCHEMA, orient="row").sort(
        "year", "borrower", "unit", "basis", descending=[True, False, False, False], nulls_last=True
    )


def _summed(key: tuple[Any, ...], rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    borrower, year, basis, unit = key
    highs = [row["value_high"] for row in rows]
    return {
        "borrower": borrower,
        "year": year,
        "lenders": sorted({row["subject"] for row in rows}),
        "basis": basis,
        "unit": unit,
        "loans": len(rows),
        "of_unknown_amount": sum(row["unit"] is None for row in rows),
        "least": sum(row["value_low"] or 0.0 for row in rows),
        "most": None if None in highs else sum(highs),
        "statements": [row["id"] for row in rows],
    }


def _names(ledger: Ledger, vendor: str) -> re.Pattern[str]:
    """Match any name of a vendor as a whole word."""
    row = ledger.actors.row(by_predicate=pl.col("id") == vendor, named=True)
    spelled = "|".join(re.escape(name) for name in (row["name"], *row["aliases"]))
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE)


def _words(row: Mapping[str, Any]) -> str:
    return "\n".join(text for text in (row["claim"], row["summary"], row["note"]) if text)
