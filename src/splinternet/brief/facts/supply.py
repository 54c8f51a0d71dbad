"""Supply of a nation's networks, by a ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from splinternet.base.dates import written
from splinternet.brief.facts.asked import Asked
from splinternet.ledger.ledger import Ledger
from splinternet.supply.bans import NationBanned, OperatorBanned, ban_in_nation
from splinternet.supply.gaps import coverage, gaps
from splinternet.supply.intervals import Interval
from splinternet.supply.overview import overview
from splinternet.supply.question import Question
from splinternet.supply.vendor_reach import vendor_reach

__all__ = ["MainVendor", "Supplied", "User", "supplied"]


@dataclass(frozen=True)
class User:
    """An operator that uses a vendor's equipment.

    Attributes
    ----------
    name
        What it is called.
    kind
        What the statements that say so are: ``fact``, ``estimate`` and so on.
    dated
        Their first and last date; None where they have none.
    sources
        Ids of their works.
    """

    name: str
    kind: str
    dated: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MainVendor:
    """The vendor that most of a nation is known to be on.

    Attributes
    ----------
    vendor, name
        Its id, and what it is called.
    weights
        What operators were weighed by: ``users`` or ``addresses``.
    behind
        Part of the nation behind operators that use any of its equipment.
    banned
        What a ban of it would reach.
    operators
        The operators that are known to use it.
    networks
        AS numbers that these run and the world has.
    """

    vendor: str
    name: str
    weights: str
    behind: Interval
    banned: NationBanned
    operators: tuple[User, ...]
    networks: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Supplied:
    """Supply of a nation's networks: their vendors.

    Attributes
    ----------
    figures
        Every supply measure of which something is known, see
        :func:`~splinternet.supply.overview.overview`.
    coverage
        How much the ledger has on the nation, in a sentence.
    gaps
        What is not known, in sentences.
    vendors, groups
        Names of the vendors with equipment in the nation, and of the groups of vendors.
    main
        The vendor that most of the nation is known to be on, if any is.
    """

    figures: pl.DataFrame
    coverage: str
    gaps: tuple[str, ...]
    vendors: tuple[str, ...]
    groups: tuple[str, ...]
    main: MainVendor | None


def supplied(asked: Asked, ledger: Ledger) -> Supplied:
    """Find who builds a nation's networks: all that the ledger knows, of whatever date."""
    question = Question(ledger, asked.country, networks=asked.standing.networks)
    single = _single(question)
    return Supplied(
        figures=overview(question),
        coverage=coverage(question),
        gaps=tuple(gaps(question)),
        vendors=tuple(single.values()),
        groups=tuple(question.names[each] for each in question.vendors if each not in single),
        main=_main(asked, ledger, question, single),
    )


def _single(question: Question) -> dict[str, str]:
    """Name the vendors with equipment in the nation that are no groups, by id."""
    vendors = set(question.ledger.actors.filter(kind="vendor")["id"])
    return {each: question.names[each] for each in question.vendors if each in vendors}


def _main(
    asked: Asked, ledger: Ledger, question: Question, vendors: dict[str, str]
) -> MainVendor | None:
    """Choose the vendor with most of the nation behind it for sure; of equals, most ties."""
    weights = next(iter(question.parts), None)
    if weights is None or not vendors:
        return None
    standing, here = asked.standing.networks, asked.world.networks
    behind = {
        vendor: vendor_reach(
            ledger, asked.country, vendor, weights=weights, networks=standing
        ).behind
        for vendor in vendors
    }
    ties = [supply.vendor for supply in question.supplies]
    first = min(vendors, key=lambda each: (-behind[each].least, -ties.count(each), each))
    banned = ban_in_nation(replace(question, vendor=first))
    asns = {asn for operator in banned.users for asn in operator.asns}
    of_nation = here.filter(pl.col("country") == asked.country)
    return MainVendor(
        vendor=first,
        name=vendors[first],
        weights=weights,
        behind=behind[first],
        banned=banned,
        operators=tuple(_user(question, each, first) for each in banned.users),
        networks=tuple(sorted(asns & set(of_nation["asn"]))),
    )


def _user(question: Question, operator: OperatorBanned, vendor: str) -> User:
    """Tell by which statements an operator uses a vendor: the certain ones, where there are any."""
    certain = [
        supply.statement
        for supply in question.supplies
        if supply.certain and (supply.operator, supply.vendor) == (operator.operator, vendor)
    ]
    ids = certain or list(operator.statements)
    said = question.ledger.statements.filter(pl.col("id").is_in(ids)).sort("start", "id")
    dates = [
        written(*row)
        for row in said.drop_nulls("start").select("start", "start_precision").iter_rows()
    ]
    return User(
        name=operator.name,
        kind=", ".join(sorted(set(said["kind"].cast(pl.String)))),
        dated=" to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else None,
        sources=tuple(dict.fromkeys(source for each in said["sources"] for source in each)),
    )
