"""A nation's ties, and the laws about them, in the order of time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from splinternet.base.dates import written
from splinternet.ledger.ledger import Ledger

__all__ = ["Event", "Stage", "Timeline", "timeline"]

#: What states do by law or decision, what somebody accuses somebody of, and what companies agree
#: on.
_LAWS = ("allows", "bans", "enacts", "leaves", "regulates", "restricts")
_ACCUSATIONS = ("accuses",)
_DEALS = ("acquires", "builds", "contracts", "owns", "partners_with", "trials_with")

#: How many of either a brief shows, the nearest to its world's day.
_SHOWN = 14


#: What only says that a statement holds of another actor too.
_LIKEWISE = re.compile(r"Same\b")


@dataclass(frozen=True)
class Stage:
    """One of the statements on an event: when, what is said, as what, and by which works."""

    start: str
    said: str
    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A dated statement, or some on the same law, or of the same words about several actors.

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
        What stands against it: how, what others say, and their sources.
    sources
        Ids of its works.
    stages
        Of a law that several statements are about: each of these, in order of time; else none.
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
    disputes: tuple[tuple[str, str, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The laws and decisions about a nation's networks, accusations, and deals of its companies.

    ``all_laws`` and the like say how many there are, with those that are not shown.
    """

    laws: tuple[Event, ...]
    accusations: tuple[Event, ...]
    deals: tuple[Event, ...]
    all_laws: int
    all_accusations: int
    all_deals: int


def timeline(ledger: Ledger, country: str, day: date) -> Timeline:
    """Return what a ledger says of a nation's actors: the nearest to a day, in order of time."""
    own = ledger.actors.filter(pl.col("country") == country)["id"].implode()
    rows = ledger.without_deprecated().statements.filter(
        pl.col("subject").is_in(own) | pl.col("object").is_in(own)
    )
    predicates = rows["predicate"].cast(pl.String)
    groups = {"laws": _LAWS, "accusations": _ACCUSATIONS, "deals": _DEALS}
    told = rows.filter(predicates.is_in([name for names in groups.values() for name in names]))
    dated = told.drop_nulls("start").sort("start", "id")
    known = {row["id"]: row for row in ledger.statements.iter_rows(named=True)}
    names = dict(ledger.actors.select("id", "name").iter_rows())
    found = {
        name: _together(
            [
                _event(row, known, names)
                for row in dated.iter_rows(named=True)
                if row["predicate"] in predicates
            ]
        )
        for name, predicates in groups.items()
    }
    laws, accusations, deals = (_nearest(events, day) for events in found.values())
    return Timeline(
        laws=laws,
        accusations=accusations,
        deals=deals,
        all_laws=len(found["laws"]),
        all_accusations=len(found["accusations"]),
        all_deals=len(found["deals"]),
    )


def _nearest(events: list[Event], day: date) -> tuple[Event, ...]:
    kept = sorted(events, key=lambda each: (abs((each.first - day).days), each.id))[:_SHOWN]
    return tuple(sorted(kept, key=lambda each: (each.first, each.id)))


def _together(events: list[Event]) -> list[Event]:
    """Make one event of the statements on one law, and of those that say the same of several."""
    alike: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        law = event.predicate == "enacts"
        same = () if law else (event.start, event.end, event.kind, event.sources)
        alike[event.who, event.predicate, event.whom if law else None, *same].append(event)
    return [joined for each in alike.values() for joined in _joined(each)]


def _joined(events: list[Event]) -> Iterator[Event]:
    first = events[0]
    if first.predicate == "enacts":
        stages = [Stage(each.start, each.said, each.kind, each.sources) for each in events]
        yield replace(
            first,
            disputes=tuple(against for each in events for against in each.disputes),
            sources=tuple(dict.fromkeys(source for each in events for source in each.sources)),
            stages=tuple(stages) if len(events) > 1 else (),
        )
        return
    likewise = [each for each in events if _LIKEWISE.match(each.said)]
    others = [each for each in events if each not in likewise]
    if len(others) != 1:  # what they are like is not known here
        yield from events
        return
    whom = ", ".join(each.whom for each in (*others, *likewise) if each.whom)
    against = tuple(against for each in (*others, *likewise) for against in each.disputes)
    yield replace(others[0], whom=whom or None, disputes=against)


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
            (each["kind"], other["summary"], tuple(other["sources"]))
            for each in row["disputes"]
            for other in [known[each["statement"]]]
        ),
        sources=tuple(row["sources"]),
    )
