"""The statements of a ledger, as an essay is compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from splinternet.base.dates import parse_span, written
from splinternet.essay.dates import Period
from splinternet.essay.scopes import Scope
from splinternet.ledger.disputes import contradictions
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.vocabulary import PREDICATES

__all__ = ["Statement", "Witness", "read_statements"]

_ESSAY = "essay"


@dataclass(frozen=True)
class Witness:
    """A source of a statement: who says so, and of what kind that source is."""

    id: str
    kind: str
    name: str
    url: str | None


@dataclass(frozen=True)
class Statement:
    """A statement of the ledger.

    ``period`` is the time it holds for, by the span of its predicate. ``of_an_essay`` says that it
    rests on nothing but essays, and so is no evidence.
    """

    id: str
    subject: str
    predicate: str
    object: str | None
    claim: str | None
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str | None
    basis: str | None
    rank: int | None
    scope: Scope
    kind: str
    deprecated: bool
    period: Period
    summary: str
    disputes: tuple[str, ...]
    witnesses: tuple[Witness, ...]

    @property
    def lasting(self) -> bool:
        """Whether it holds from its start on, until an end is given."""
        return PREDICATES[self.predicate].span == "lasting"

    @property
    def of_an_essay(self) -> bool:
        """Whether it rests on essays alone."""
        return all(witness.kind == _ESSAY for witness in self.witnesses)

    @property
    def value(self) -> str:
        """The figure in words: ``about 11 %``, ``30 to 40 %``, ``rank 1``, or nothing."""
        if self.rank is not None:
            return f"rank {self.rank}"
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        if not bounds:
            return ""
        figures = " to ".join(
            dict.fromkeys(f"{bound:,.6g}" if bound < 1e6 else f"{bound:,.0f}" for bound in bounds)
        )
        unit = "" if self.unit == "count" else f" {self.unit}"
        return f"{self.qualifier or ''} {figures}{unit}".strip()


def read_statements(ledger: Ledger) -> Iterator[Statement]:
    """Yield the statements of a ledger."""
    witnesses = {
        row["id"]: Witness(row["id"], row["kind"], _source_name(row), row["url"])
        for row in ledger.sources.iter_rows(named=True)
    }
    for row in ledger.statements.iter_rows(named=True):
        yield Statement(
            id=row["id"],
            subject=row["subject"],
            predicate=row["predicate"],
            object=row["object"],
            claim=row["claim"],
            low=row["value_low"],
            high=row["value_high"],
            qualifier=row["qualifier"],
            unit=row["unit"],
            basis=row["basis"],
            rank=row["rank"],
            scope=Scope(tuple(row["countries"]), tuple(row["generations"]), tuple(row["segments"])),
            kind=row["kind"],
            deprecated=row["status"] == "deprecated",
            period=_period(row),
            summary=row["summary"],
            disputes=tuple(contradictions(row)),
            witnesses=tuple(witnesses[id] for id in row["sources"] if id in witnesses),
        )


def _source_name(row: dict[str, Any]) -> str:
    """Name a source: where it appeared, or else its first author, and when."""
    who = row["container"] or next(iter(row["authors"]), row["id"])
    when = written(row["issued"], row["issued_precision"]) if row["issued"] else "undated"
    return f"{who}, {when}"


def _period(row: dict[str, Any]) -> Period:
    """Return the time that a statement is of."""
    start, end = row["start"], row["end"]
    known = {row["start_precision"], row["end_precision"]}
    precision = next((each for each in ("day", "month") if each in known), "year")
    if PREDICATES[row["predicate"]].span != "lasting" and end is None and start is not None:
        end = parse_span(written(start, row["start_precision"])).last
    return Period(start, end, precision)
