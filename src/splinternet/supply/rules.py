"""Rules of a nation about a vendor, or about equipment of networks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from splinternet.base.dates import day_of, written
from splinternet.ledger.disputes import dispute_words
from splinternet.supply.figures import EQUIPMENT, Scope
from splinternet.supply.question import Question
from splinternet.supply.union import BODIES, is_member

__all__ = ["Rule", "rules"]

#: What a nation may do about a vendor, or about equipment of networks.
_ACTS = ("bans", "restricts", "allows", "regulates", "enacts")


@dataclass(frozen=True)
class Rule:
    """Decision of a nation: its act, from when, by when, for what part of networks.

    ``disputes`` says what stands against it, as ``objected to by cn-au``; ``of_union``: whether it
    is the act of a body of the European Union, which counts for its members.
    """

    who: str
    act: str
    whom: str
    claim: str | None
    start: str | None
    deadline: str | None
    scope: Scope
    kind: str
    disputes: tuple[str, ...]
    statement: str
    of_union: bool = False


def rules(question: Question) -> Iterator[Rule]:
    """Yield what the nation, its agencies and the Union it is in decided, the earliest first."""
    asked = question.vendor_asked
    meant = {asked} | {g for g, inside in question.groups.items() if asked in inside}
    actors = {row["id"]: row for row in question.ledger.actors.iter_rows(named=True)}
    when = date.max if question.day is None else day_of(question.day)
    held = question.ledger.without_deprecated().as_of(when).statements
    bodies = BODIES if is_member(question.country, when) else ()
    for row in held.sort("start", "id", nulls_last=True).iter_rows(named=True):
        subject = actors[row["subject"]]
        is_own = subject["kind"] in ("state", "agency") and subject["country"] == question.country
        counts = is_own or row["subject"] in bodies
        if counts and row["predicate"] in _ACTS and _concerns(question, row, meant):
            yield _rule(row, actors)


def _concerns(question: Question, row: Mapping[str, Any], vendors: set[str]) -> bool:
    """Tell whether an act is about the vendor, or sets rules for equipment of its kind."""
    if row["object"] in vendors:
        return True
    scope = Scope(tuple(row["generations"]), tuple(row["segments"]))
    of_networks = scope.generations or set(scope.segments) & set(EQUIPMENT)
    return (
        row["predicate"] in ("regulates", "enacts")
        and row["kind"] != "opinion"
        and bool(of_networks)
        and question.scope.touches(scope)
    )


def _rule(row: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]) -> Rule:
    return Rule(
        who=actors[row["subject"]]["name"],
        act=row["predicate"],
        whom=actors[row["object"]]["name"],
        claim=row["claim"],
        start=row["start"] and written(row["start"], row["start_precision"]),
        deadline=row["deadline"] and written(row["deadline"], row["deadline_precision"]),
        scope=Scope(tuple(row["generations"]), tuple(row["segments"])),
        kind=row["kind"],
        disputes=tuple(map(dispute_words, row["disputes"])),
        statement=row["id"],
        of_union=row["subject"] in BODIES,
    )
