"""Rules of a nation about a vendor, or about equipment of networks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from splinternet.base.dates import written
from splinternet.ledger.disputes import is_superseded
from splinternet.ledger.union import ACTS, BODIES, acts_for
from splinternet.supply.figures import EQUIPMENT, Scope
from splinternet.supply.question import Question

__all__ = ["Rule", "rules"]


@dataclass(frozen=True)
class Rule:
    """Decision of a nation: its act, from when, by when, for what part of networks.

    ``disputes`` says what stands against it, as ``supersedes 'Estonia allows Huawei' of 2019``;
    ``of_union``: whether it is the act of a body of the European Union, which counts for its
    members.
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
    """Yield what the nation, its agencies and the Union it is in decided, the earliest first.

    Of the vendor that is asked for, or of any, and of equipment of networks; what something else
    took the place of is left out.

    Raises
    ------
    MisuseError
        If there is no such vendor or day.
    """
    actors = {row["id"]: row for row in question.ledger.actors.iter_rows(named=True)}
    country = pl.col("country") == question.country
    own = question.ledger.actors.filter(pl.col("kind").is_in(["state", "agency"]) & country)["id"]
    when = question.last
    of_nation = pl.col("subject").is_in(own.implode()) & pl.col("predicate").is_in(ACTS)
    held = question.ledger.without_deprecated().as_of(when).statements
    acts = held.filter(of_nation | acts_for(question.country, when))
    vendors, begun = _vendors(question), question.ledger.begun(when)
    for row in acts.sort("start", "id", nulls_last=True).iter_rows(named=True):
        if _concerns(question, row, vendors) and not is_superseded(row, begun):
            yield _rule(question, row, actors)


def _vendors(question: Question) -> set[str]:
    """The vendor that is asked for, with its groups and members, or all of them."""
    if question.asked is None:
        return {*question.ledger.actors.filter(kind="vendor")["id"], *question.groups}
    groups = (group for group, inside in question.groups.items() if question.asked in inside)
    return {question.asked, *groups, *question.groups.get(question.asked, ())}


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


def _rule(
    question: Question, row: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]
) -> Rule:
    return Rule(
        who=actors[row["subject"]]["name"],
        act=row["predicate"],
        whom=actors[row["object"]]["name"],
        claim=row["claim"],
        start=row["start"] and written(row["start"], row["start_precision"]),
        deadline=row["deadline"] and written(row["deadline"], row["deadline_precision"]),
        scope=Scope(tuple(row["generations"]), tuple(row["segments"])),
        kind=row["kind"],
        disputes=question.against([row["id"]]),
        statement=row["id"],
        of_union=row["subject"] in BODIES,
    )
