"""International submarine cables of a nation: who built and owns them, and where they lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

from splinternet.base.dates import day_of
from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import held_for_sure
from splinternet.supply.intervals import Interval

__all__ = [
    "CABLES_BY",
    "CablesBy",
    "cables_by",
    "international_cables",
    "landing_points",
    "landings",
]

CablesBy = Literal["builder", "owner state"]

CABLES_BY: tuple[CablesBy, ...] = ("builder", "owner state")

_SCHEMA = pl.Schema(
    {
        "cable": pl.String(),
        "name": pl.String(),
        "in_service": pl.Boolean(),
        "countries": pl.List(pl.String()),
        "builders": pl.List(pl.String()),
        "owners": pl.List(pl.String()),
        "owner_states": pl.List(pl.String()),
        "owners_of_unknown_state": pl.UInt32(),
        "statements": pl.List(pl.String()),
    }
)


@dataclass
class _Cable:
    """Statements of the ledger on one cable on a day."""

    countries: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    builders: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    in_service: bool = False
    statements: list[str] = field(default_factory=list)


def international_cables(
    ledger: Ledger, country: str, day: str | date | None = None
) -> pl.DataFrame:
    """Cables that land in a nation and in another one, and that are or may be in service on a day.

    A cable is in service from when it lands, or was built; it leads to the states that its landing
    points lie in, and to those that its building is limited to. Where there are facts, plans for
    the same cable do not count.

    Returns
    -------
    polars.DataFrame
        ``cable``, ``name``; ``in_service``, false if it only may be: planned, or of no exact date;
        ``countries`` it leads to, ``builders``, ``owners`` and ``owner_states`` as far as they are
        known, ``owners_of_unknown_state`` (how many), ``statements``.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    rows = []
    for cable, found in sorted(_cables(ledger, day).items()):
        if country in found.countries and len(found.countries) > 1:
            states = [actors[owner]["country"] for owner in found.owners]
            rows.append(
                {
                    "cable": cable,
                    "name": actors[cable]["name"],
                    "in_service": found.in_service,
                    "countries": sorted(found.countries),
                    "builders": sorted(found.builders),
                    "owners": sorted(found.owners),
                    "owner_states": sorted({state for state in states if state}),
                    "owners_of_unknown_state": states.count(None),
                    "statements": found.statements,
                }
            )
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def landings(ledger: Ledger, day: str | date | None = None) -> pl.DataFrame:
    """Nations that each cable leads to which is in service on a day, or may be.

    Returns
    -------
    polars.DataFrame
        ``cable``, ``name`` (the cable's name, and each of its aliases) and ``country``.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    rows = [
        (cable, name, country)
        for cable, found in sorted(_cables(ledger, day).items())
        for name in (actors[cable]["name"], *actors[cable]["aliases"])
        for country in sorted(found.countries)
    ]
    schema = dict.fromkeys(("cable", "name", "country"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def cables_by(cables: pl.DataFrame, by: CablesBy) -> dict[str, Interval]:
    """Count a nation's international cables by who built them, or by the states of their owners.

    Parameters
    ----------
    cables
        As from :func:`international_cables`.
    by
        ``builder`` or ``owner state``. A cable counts for each of its builders, and once for each
        state that an owner belongs to.

    Returns
    -------
    dict of Interval
        By builder's id or state's code: cables in service that are known to be its; and with them
        those that only may be in service, or whose builder, or an owner's state, is unknown.

    Raises
    ------
    MisuseError
        If ``by`` is neither.
    """
    if by not in CABLES_BY:
        raise MisuseError.unknown("grouping of cables", by, CABLES_BY)
    names = "builders" if by == "builder" else "owner_states"
    rows = list(cables.iter_rows(named=True))
    least: dict[str, int] = defaultdict(int)
    most: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row[names]:
            least[name] += row["in_service"]
            most[name] += 1
    hidden = [row for row in rows if _is_hidden(row, by)]
    return {
        name: Interval(least[name], most[name] + sum(name not in row[names] for row in hidden))
        for name in sorted(most, key=lambda name: (-least[name], -most[name], name))
    }


def landing_points(ledger: Ledger, country: str, day: str | date | None = None) -> pl.DataFrame:
    """Landing points of a nation's international cables, and the other nations they lead to.

    Returns
    -------
    polars.DataFrame
        ``place`` (its name), ``cables``, ``nations`` (others that its cables lead to), and
        ``one_nation``: whether that is one alone; null if it depends on cables that only may be in
        service.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    sure: dict[str, set[str]] = defaultdict(set)
    maybe: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for cable, found in _cables(ledger, day).items():
        abroad = found.countries - {country}
        for place in found.places if abroad else ():
            if actors[place]["country"] == country:
                names[place].add(actors[cable]["name"])
                maybe[place] |= abroad
                sure[place] |= abroad if found.in_service else set()
    rows = [
        (actors[place]["name"], sorted(names[place]), sorted(led), _is_one(sure[place], led))
        for place, led in maybe.items()
    ]
    texts = pl.List(pl.String())
    schema = {"place": pl.String(), "cables": texts, "nations": texts, "one_nation": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("place")


def _is_one(sure: set[str], maybe: set[str]) -> bool | None:
    """Whether exactly one nation is reached, of those reached for sure and those that may be."""
    if len(sure) > 1:
        return False
    return True if sure == maybe and len(sure) == 1 else None


def _is_hidden(row: Mapping[str, Any], by: CablesBy) -> bool:
    if by == "builder":
        return not row["builders"]
    return not row["owners"] or row["owners_of_unknown_state"] > 0


def _cables(ledger: Ledger, day: str | date | None) -> dict[str, _Cable]:
    """All cables that are or may be in service on a day."""
    when = date.max if day is None else day_of(day)
    actors = dict(ledger.actors.select("id", "kind").iter_rows())
    countries = dict(ledger.actors.select("id", "country").iter_rows())
    by_cable: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _about_cables(ledger).iter_rows(named=True):
        cable = row["subject"] if row["predicate"] == "lands_at" else row["object"]
        if actors[cable] == "cable":
            by_cable[cable].append(row)
    held = set(ledger.as_of(when).statements["id"])
    found = {}
    for cable, rows in by_cable.items():
        facts = [row for row in rows if row["kind"] != "forecast"]
        here = [row for row in facts or rows if row["id"] in held]
        if any(row["predicate"] in ("lands_at", "builds") for row in here):
            found[cable] = _cable(here, countries, when)
    return found


def _about_cables(ledger: Ledger) -> pl.DataFrame:
    told = pl.col("predicate").cast(pl.String).is_in(["builds", "owns", "lands_at"])
    return ledger.without_deprecated().statements.filter(told)


def _cable(
    rows: Iterable[Mapping[str, Any]], countries: Mapping[str, str | None], when: date
) -> _Cable:
    found = _Cable()
    for row in rows:
        found.statements.append(row["id"])
        match row["predicate"]:
            case "owns":
                found.owners.add(row["subject"])
            case "builds":
                found.builders.add(row["subject"])
                found.countries |= set(row["countries"])
            case _:
                found.places.add(row["object"])
                found.countries |= {c for c in [countries[row["object"]]] if c}
        if row["predicate"] != "owns" and held_for_sure(row, when):
            found.in_service = True
    return found
