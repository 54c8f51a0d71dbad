"""Weights of operators: each one's part of a nation's subscribers, addresses or networks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from splinternet.base.countries import country_name
from splinternet.base.dates import written
from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import figure_share, newest
from splinternet.supply.intervals import hull
from splinternet.world.schema import FIRST_GROUP

__all__ = ["WEIGHTS", "Weight", "Weights", "operator_weights", "operators_of"]

Weights = Literal["users", "addresses", "networks"]

WEIGHTS: tuple[Weights, ...] = ("users", "addresses", "networks")

#: Bases of market shares that count users; the first that a nation has is taken.
_USERS = ("subscribers", "SIM cards", "users")


@dataclass(frozen=True)
class Weight:
    """An operator's part of its nation.

    Attributes
    ----------
    part
        0 to 1; the least where statements give several, or a digest hides some of its networks.
    most
        The most that it may be.
    dated
        When, as exactly as it is known.
    statements
        Ids of the statements, none if it was counted from networks.
    """

    part: float
    most: float
    dated: str | None = None
    statements: tuple[str, ...] = ()


def operators_of(ledger: Ledger, country: str) -> list[str]:
    """Return the ids of the operators that belong to a nation, by its ISO 3166-1 alpha-2 code.

    Raises
    ------
    MisuseError
        If there is no such country.
    """
    country_name(country)
    own = (pl.col("kind") == "operator") & (pl.col("country") == country)
    return sorted(ledger.actors.filter(own)["id"])


def operator_weights(
    ledger: Ledger,
    country: str,
    weights: Weights = "users",
    day: str | date | None = None,
    networks: pl.DataFrame | None = None,
) -> dict[str, Weight]:
    """Return the part of a nation that each of its operators is known to have.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code of the nation.
    weights
        ``users``: the ledger's market shares by subscribers or SIM cards. ``addresses`` or
        ``networks``: of the nation's IPv4 addresses or autonomous systems, those of the numbers
        that the operator runs; of a digest also those that its groups may hide.
    day
        Market shares of this day or earlier, the newest of each operator.
    networks
        ``asn``, ``country``, ``ipv4_addresses`` and ``members``, as a world has them; needed for
        ``addresses`` and ``networks``. Unknown weights count nothing.

    Returns
    -------
    dict of Weight
        By operator; operators of which nothing is known are absent. The parts sum to at most 1.

    Raises
    ------
    MisuseError
        If there are no such weights, ``networks`` is missing, or market shares come to more than
        100 %.
    """
    if weights not in WEIGHTS:
        raise MisuseError.unknown("weights", weights, WEIGHTS, f"one of {', '.join(WEIGHTS)}")
    operators = operators_of(ledger, country)
    if weights == "users":
        return _by_users(ledger, country, operators, day)
    if networks is None:
        raise MisuseError(f"weights by {weights} need the networks of a world")
    return _by_networks(ledger, country, operators, weights, networks)


def _by_users(
    ledger: Ledger, country: str, operators: list[str], day: str | date | None
) -> dict[str, Weight]:
    rows = ledger.without_deprecated().statements.filter(
        (pl.col("predicate") == "market_share")
        & (pl.col("object") == country.lower())
        & pl.col("subject").is_in(operators)
        & (pl.col("unit") == "%")
        & pl.col("kind").cast(pl.String).is_in(["fact", "estimate"])
    )
    basis = next((b for b in _USERS if b in set(rows["basis"])), "")
    found = {}
    for operator in operators:
        own = rows.filter((pl.col("subject") == operator) & (pl.col("basis") == basis))
        if chosen := newest(own.iter_rows(named=True), day):
            share = hull(figure_share(row) for row in chosen)
            start = chosen[0]["start"]
            dated = written(start, chosen[0]["start_precision"]) if start else None
            found[operator] = Weight(*share, dated, tuple(row["id"] for row in chosen))
    total = sum(weight.part for weight in found.values())
    if total > 1 + 1e-9:
        raise MisuseError(
            f"the operators of {country} have {total:.1%} of its {basis} together; "
            "'splinternet ledger check' finds such sums"
        )
    return found


def _by_networks(
    ledger: Ledger,
    country: str,
    operators: list[str],
    weights: Weights,
    networks: pl.DataFrame,
) -> dict[str, Weight]:
    size = "ipv4_addresses" if weights == "addresses" else "members"
    own = networks.filter(pl.col("country") == country)
    sizes = dict(own.select("asn", pl.col(size).fill_null(0)).iter_rows())
    total = sum(sizes.values()) or 1  # of nothing, every part is none
    hidden = sum(each for asn, each in sizes.items() if asn >= FIRST_GROUP)
    run = {operator: ledger.asns(operator) for operator in operators}
    asked = [asn for asns in run.values() for asn in asns]
    here = set(networks["asn"].filter(networks["asn"].is_in(asked)))
    found = {}
    for operator, asns in run.items():
        # A number that two operators are said to run counts for the first.
        least = sum(sizes.pop(asn) for asn in asns if asn in sizes)
        most = least + (hidden if set(asns) - here else 0)
        if most:
            found[operator] = Weight(least / total, most / total)
    return found
