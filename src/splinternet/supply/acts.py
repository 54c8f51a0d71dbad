"""Acts of vendors in a nation, by their own decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from splinternet.base.dates import written
from splinternet.supply.question import Question

__all__ = ["Act", "own_acts"]

_ACTS = ("leaves", "restricts", "bans", "acquires", "builds", "researches_in")


@dataclass(frozen=True)
class Act:
    """An act of a vendor: in words, since when, and whether it is told as a fact or estimate."""

    words: str
    start: str | None
    certain: bool
    statement: str


def own_acts(question: Question) -> Iterator[Act]:
    """Yield what the vendor asked for, or any vendor, did in the nation, the earliest first.

    Raises
    ------
    MisuseError
        If the day is none.
    """
    vendors = {*question.ledger.actors.filter(kind="vendor")["id"], *question.groups}
    own = question.ledger.actors.filter(country=question.country)["id"]
    rows = question.ledger.without_deprecated().statements.filter(
        pl.col("predicate").cast(pl.String).is_in(_ACTS)
        & pl.col("subject").is_in(sorted(vendors))
        & pl.col("object").is_in(own.implode())
    )
    for row in rows.sort("start", "id", nulls_last=True).iter_rows(named=True):
        if question.wants(row["subject"]) and (row["start"] or date.min) <= question.last:
            ends = (question.names[row["subject"]], question.names[row["object"]])
            claim = f": {row['claim']}" if row["claim"] else ""
            yield Act(
                words=f" {row['predicate'].replace('_', ' ')} ".join(ends) + claim,
                start=written(row["start"], row["start_precision"]) if row["start"] else None,
                certain=row["kind"] in ("fact", "estimate"),
                statement=row["id"],
            )
