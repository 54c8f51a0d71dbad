"""The statements of a ledger, as an essay is compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from splinternet.base.dates import parse_span, written
from splinternet.essay.dates import Period
from splinternet.essay.scopes import Scope
from splinternet.ledger.disputes import contradictions
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.vocabulary import PREDICATES

__all__ = ["Statement", "Witness", "read_statements"]

_ESSAY = "essay"
#: A claim that names no part, but whose words it is.
_AS_TOLD = re.compile(r"as .{3,60} ha(?:ve|s) it$")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


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

    ``as_told`` is a claim that names no part, but whose words it is, as media lists of a year.
    ``period`` is the time it holds for, by the span of its predicate. ``of_an_essay`` says that it
    rests on nothing but essays, and so is no evidence. ``start_precision`` is day, month or year;
    ``known_from`` the start, or else the day of the oldest source; ``deadline`` the last day by
    which what it demands must be done. ``words`` are all its words:
    claim, summary, basis, note and titles of its sources. ``disputes`` are the statements that
    cannot be so if it is, ``objections`` those by which somebody objects to it, ``superseded``
    those that it took the place of, or that took its place, ``superseded_by`` the latter alone.
    """

    id: str
    subject: str
    predicate: str
    object: str | None
    claim: str | None
    as_told: str | None
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
    start_precision: str
    known_from: date | None
    deadline: date | None
    words: str
    summary: str
    note: str
    disputes: tuple[str, ...]
    objections: tuple[str, ...]
    superseded: tuple[str, ...]
    superseded_by: tuple[str, ...]
    witnesses: tuple[Witness, ...]

    @cached_property
    def separate_words(self) -> frozenset[str]:
        """All its words, each by itself."""
        return frozenset(self.words.split())

    @cached_property
    def own_words(self) -> str:
        """Its claim, summary and basis, without its note and its sources."""
        return f"{self.claim or ''} {self.summary} {self.basis or ''}"

    @cached_property
    def started_by(self) -> date | None:
        """Last day on which it may have started, as exactly as the ledger knows."""
        start = self.period.start
        return parse_span(written(start, self.start_precision)).last if start else None

    @cached_property
    def happened(self) -> Period:
        """When it happened: of what lasts, when it may have started."""
        return replace(self.period, end=self.started_by) if self.lasting else self.period

    @cached_property
    def went_on(self) -> Period:
        """From when to when it is known to have gone on."""
        return replace(self.period, start=self.known_from)

    @cached_property
    def told_in(self) -> Period | None:
        """The year of those whose words it is, where it has no start of its own."""
        year = _YEAR.search(self.as_told or "") if self.period.start is None else None
        span = parse_span(year[0]) if year else None
        return Period(span.first, span.last, span.precision) if span else None

    @cached_property
    def lasting(self) -> bool:
        """Whether it holds from its start on, until an end is given."""
        return PREDICATES[self.predicate].span == "lasting"

    @cached_property
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
    sources = {row["id"]: row for row in ledger.sources.iter_rows(named=True)}
    witnesses = {
        row["id"]: Witness(row["id"], row["kind"], _source_name(row), row["url"])
        for row in sources.values()
    }
    for row in ledger.statements.iter_rows(named=True):
        yield Statement(
            id=row["id"],
            subject=row["subject"],
            predicate=row["predicate"],
            object=row["object"],
            claim=None if _AS_TOLD.match(row["claim"] or "") else row["claim"],
            as_told=row["claim"] if _AS_TOLD.match(row["claim"] or "") else None,
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
            start_precision=row["start_precision"] or "year",
            known_from=row["start"] or _first_issued(row, sources),
            deadline=_last_of(row["deadline"], row["deadline_precision"]),
            words=_words(row, sources),
            summary=row["summary"],
            note=row["note"] or "",
            disputes=tuple(contradictions(row)),
            objections=_disputes(row, "objected"),
            superseded=_disputes(row, "superseded", "supersedes"),
            superseded_by=_disputes(row, "superseded"),
            witnesses=tuple(witnesses[id] for id in row["sources"] if id in witnesses),
        )


def _last_of(day: date | None, precision: str | None) -> date | None:
    """Return the last day that a date may mean."""
    return parse_span(written(day, precision or "day")).last if day else None


def _disputes(row: dict[str, Any], *kinds: str) -> tuple[str, ...]:
    return tuple(each["statement"] for each in row["disputes"] if each["kind"] in kinds)


def _first_issued(row: dict[str, Any], sources: dict[str, dict[str, Any]]) -> date | None:
    issued = [sources[id]["issued"] for id in row["sources"] if id in sources]
    return min((day for day in issued if day), default=None)


def _words(row: dict[str, Any], sources: dict[str, dict[str, Any]]) -> str:
    titles = [sources[id]["title"] for id in row["sources"] if id in sources]
    parts = [row["claim"], row["summary"], row["basis"], row["note"], *titles]
    return " ".join(part for part in parts if part)


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
