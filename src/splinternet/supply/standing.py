"""States that ban, restrict, allow or contract a vendor, over time, and where a state stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from splinternet.base.dates import day_of
from splinternet.ledger.disputes import contradictions, is_superseded
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import held_for_sure, vendor_groups, vendor_id
from splinternet.supply.intervals import Interval

__all__ = ["POSITIONS", "standing", "standing_by_year", "strictest"]

#: What a state can do about a vendor, the strictest first.
POSITIONS = ("bans", "restricts", "allows", "contracts")

_SCHEMA = pl.Schema(
    {
        "country": pl.String(),
        "position": pl.Enum(POSITIONS),
        "certain": pl.Boolean(),
        "statements": pl.List(pl.String()),
    }
)


def standing(ledger: Ledger, vendor: str, day: str | date | None = None) -> pl.DataFrame:
    """Return where each state stands towards a vendor on a day.

    A state bans, restricts or allows a vendor by its own act or that of one of its agencies, and
    contracts it if it, an agency or an operator of its does. A statement on a group of vendors
    is one on each of them, but not the other way round.

    Parameters
    ----------
    vendor
        Id, name or alias of a vendor or group.
    day
        The day; without one, what has no end counts.

    Returns
    -------
    polars.DataFrame
        ``country``, ``position``; ``certain``: whether a fact or estimate says so that nothing that
        held then disputes, and that held for sure on the day; ``statements``. A state has as many
        rows as positions. States of which nothing is said are absent.

    Raises
    ------
    MisuseError
        If there is no such vendor or day.

    Notes
    -----
    The positions and their order are our own. Any scope counts: a rule for the state's own offices
    or for cameras as much as one for 5G.
    """
    when = date.max if day is None else day_of(day)
    asked = vendor_id(ledger, vendor)
    meant = {asked} | {g for g, inside in vendor_groups(ledger).items() if asked in inside}
    actors = {row["id"]: row for row in ledger.actors.iter_rows(named=True)}
    held = ledger.without_deprecated().as_of(when).statements
    present, begun = set(held["id"]), ledger.begun(when)
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in held.iter_rows(named=True):
        if is_superseded(row, begun):
            continue
        if key := _position(row, meant, actors):
            found[key].append(row)
    order = {position: place for place, position in enumerate(POSITIONS)}
    rows = [
        {
            "country": country,
            "position": position,
            "certain": any(_is_certain(row, when, present) for row in each),
            "statements": [row["id"] for row in each],
        }
        for (country, position), each in found.items()
    ]
    rows.sort(key=lambda row: (str(row["country"]), order[str(row["position"])]))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def standing_by_year(ledger: Ledger, vendor: str, years: Iterable[int]) -> pl.DataFrame:
    """Count states by their strictest position towards a vendor, at the end of each year.

    Returns
    -------
    polars.DataFrame
        ``year``, ``position``, ``least`` and ``most`` states. A state counts in ``least`` if this
        is its strictest position even of all that is uncertain, and certain; in ``most`` if
        it may be. States of which nothing is said do not count.

    Raises
    ------
    MisuseError
        If there is no such vendor.
    """
    rows = []
    for year in years:
        counts = strictest(standing(ledger, vendor, date(year, 12, 31)))
        rows += [(year, position, *counts[position]) for position in POSITIONS]
    schema = {
        "year": pl.Int32(),
        "position": pl.Enum(POSITIONS),
        "least": pl.UInt32(),
        "most": pl.UInt32(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def strictest(positions: pl.DataFrame) -> dict[str, Interval]:
    """Count states by their strictest position, from a table as :func:`standing` gives it."""
    states: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for country, position, certain in positions.drop("statements").iter_rows():
        states[country].append((position, certain))
    least, most = dict.fromkeys(POSITIONS, 0), dict.fromkeys(POSITIONS, 0)
    for each in states.values():
        first_certain = next((n for n, (_, certain) in enumerate(each) if certain), len(each) - 1)
        for position, _ in each[: first_certain + 1]:
            most[position] += 1
        least[each[0][0]] += each[0][1]
    return {position: Interval(least[position], most[position]) for position in POSITIONS}


def _position(
    row: Mapping[str, Any], vendors: set[str], actors: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str] | None:
    """Return the state whose act a statement is, and its position."""
    actor, position, other = row["subject"], row["predicate"], row["object"]
    if position == "supplies":
        actor, position, other = other, "contracts", actor
    if other not in vendors or position not in POSITIONS:
        return None
    kinds = ("state", "agency", "operator") if position == "contracts" else ("state", "agency")
    country = actors[actor]["country"]
    return (country, position) if actors[actor]["kind"] in kinds and country else None


def _is_certain(row: Mapping[str, Any], when: date, present: set[str]) -> bool:
    return held_for_sure(row, when) and not set(contradictions(row)) & present
