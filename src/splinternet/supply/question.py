"""A question about a nation's vendors, and what of a ledger bears on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from splinternet.base.countries import country_name
from splinternet.base.dates import day_of, written
from splinternet.base.errors import MisuseError
from splinternet.base.texts import country_called, nation_called
from splinternet.ledger.disputes import dispute_words
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import (
    Figure,
    Scope,
    Supply,
    share_figures,
    supplies,
    vendor_groups,
    vendor_id,
)
from splinternet.supply.holdings import Holding, held
from splinternet.supply.intervals import UNKNOWN
from splinternet.supply.weights import Weight, Weights, operator_weights, operators_of

__all__ = ["Question"]


@dataclass(frozen=True)
class Question:
    """Question about a nation.

    Parameters
    ----------
    ledger
        The ledger.
    country
        ISO 3166-1 alpha-2 code of the nation.
    vendor
        Id, name or alias of a vendor or group; all by default.
    weights
        What operators are weighed by; by default users, and addresses where ``networks`` are given.
    day
        The day that is asked of, see :func:`splinternet.supply.vendor_reach.vendor_reach`.
    networks
        The networks of a world, see :func:`splinternet.supply.weights.operator_weights`.
    scope
        The part of networks that is asked of; all of them by default.
    only
        Ids of the operators that are asked of; by default all of the nation, known or not.

    Raises
    ------
    MisuseError
        If there is no such country.
    """

    ledger: Ledger
    country: str
    vendor: str | None = None
    weights: Weights | None = None
    day: str | date | None = None
    networks: pl.DataFrame | None = field(default=None, repr=False)
    scope: Scope = Scope()  # noqa: RUF009 - a tuple
    only: frozenset[str] | None = None

    def __post_init__(self) -> None:
        country_name(self.country)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of actors, by id."""
        return dict(self.ledger.actors.select("id", "name").iter_rows())

    @cached_property
    def nation(self) -> str:
        """Name of the nation."""
        return self.names.get(self.country.lower()) or country_called(self.country)

    @property
    def called(self) -> str:
        """The nation as within a sentence: ``the United Kingdom``."""
        return nation_called(self.country)

    @property
    def last(self) -> date:
        """The day that is asked of, or the last of all."""
        return date.max if self.day is None else day_of(self.day)

    @cached_property
    def asked(self) -> str | None:
        """Id of the vendor that is asked for."""
        return None if self.vendor is None else vendor_id(self.ledger, self.vendor)

    @property
    def vendor_asked(self) -> str:
        """Id of the vendor that is asked for.

        Raises
        ------
        MisuseError
            If none is.
        """
        if self.asked is None:
            raise MisuseError("what a vendor's part is needs a vendor; name one")
        return self.asked

    @cached_property
    def operators(self) -> list[str]:
        """Operators of the nation."""
        own = operators_of(self.ledger, self.country)
        return own if self.only is None else [each for each in own if each in self.only]

    @cached_property
    def figures(self) -> list[Figure]:
        """Shares of equipment in the nation as a whole, and at its operators."""
        holders = {self.country.lower(), *self.operators}
        if self.only is not None:  # figures of the nation say nothing of a part of its operators
            holders.discard(self.country.lower())
        return [f for f in share_figures(self.ledger, self.day) if f.holder in holders]

    @cached_property
    def supplies(self) -> list[Supply]:
        """Vendors that equip the nation's operators, or may."""
        return [s for s in supplies(self.ledger, self.day) if s.operator in self.operators]

    @cached_property
    def groups(self) -> dict[str, frozenset[str]]:
        """Groups of vendors that have shares of equipment, and the vendors they sum up."""
        return vendor_groups(self.ledger)

    @cached_property
    def vendors(self) -> list[str]:
        """The vendor that is asked for, else those with equipment in the nation."""
        if self.asked:
            return [self.asked]
        return sorted({f.vendor for f in self.figures} | {s.vendor for s in self.supplies})

    @cached_property
    def parts(self) -> dict[Weights, dict[str, Weight]]:
        """Parts of the nation that operators are known to have, by weights."""
        wanted: list[Weights] = ["users", "addresses"] if self.weights is None else [self.weights]
        each = {
            weights: self.parts_by(weights)
            for weights in wanted
            if self.weights or weights == "users" or self.networks is not None
        }
        return {weights: parts for weights, parts in each.items() if parts}

    def parts_by(self, weights: Weights) -> dict[str, Weight]:
        """Parts of the nation that the operators asked of are known to have, by some weights.

        Raises
        ------
        MisuseError
            If there are no such weights, or they need the networks of a world.
        """
        if weights not in self._parts_by:
            own = set(self.operators)
            found = operator_weights(self.ledger, self.country, weights, self.day, self.networks)
            self._parts_by[weights] = {each: part for each, part in found.items() if each in own}
        return dict(self._parts_by[weights])

    @cached_property
    def _parts_by(self) -> dict[Weights, dict[str, Weight]]:
        """Those that were asked for, by weights."""
        return {}

    def holding(self, operator: str, vendor: str, scope: Scope) -> Holding:
        """Return a vendor's part of an operator's equipment, in a part of its networks."""
        found = held(operator, vendor, scope, self.figures, self.supplies, self.groups)
        return found or Holding(UNKNOWN, None, ())

    def statements(self, ids: Iterable[str]) -> pl.DataFrame:
        """Return statements by their ids."""
        return self.ledger.statements.filter(pl.col("id").is_in(list(ids)))

    def against(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Say what stands against statements, and what they took the place of.

        As in ``supersedes 'Estonia allows Huawei' of 2019``.
        """
        rows = self.statements(ids).iter_rows(named=True)
        disputes = [dispute for row in rows for dispute in row["disputes"]]
        others = self.statements(each["statement"] for each in disputes)
        told = {row["id"]: self._told(row) for row in others.iter_rows(named=True)}
        each = (dispute_words(d, told[d["statement"]]) for d in disputes if d["statement"] in told)
        return tuple(dict.fromkeys(each))

    def deadlines(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Say by when it has to be done what statements demand, as in ``by 2027``."""
        rows = self.statements(ids).drop_nulls("deadline").sort("deadline")
        said = rows.select("deadline", "deadline_precision").iter_rows()
        return tuple(dict.fromkeys(f"by {written(*deadline)}" for deadline in said))

    def _told(self, row: Mapping[str, Any]) -> str:
        """Call a statement by its ends and its date."""
        ends = (self.names[row["subject"]], self.names.get(row["object"]) or row["claim"] or "")
        dated = f" of {written(row['start'], row['start_precision'])}" if row["start"] else ""
        act = str(row["predicate"]).replace("_", " ")
        return f"'{f' {act} '.join(ends).strip()}'{dated}"

    def dated(self, ids: Iterable[str]) -> str | None:
        """Return the first and last date of statements, as exactly as they are known."""
        said = self.statements(ids).drop_nulls("start").sort("start")
        dates = [written(*row) for row in said.select("start", "start_precision").iter_rows()]
        return " to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else None

    def wants(self, vendor: str) -> bool:
        """Tell whether a vendor, or a group that has it or that it has, is asked for."""
        if self.asked is None:
            return True
        return (
            vendor == self.asked
            or vendor in self.groups.get(self.asked, ())
            or self.asked in self.groups.get(vendor, ())
        )
