"""Supply facts of an actor: the holders of a vendor, the vendors of an operator, a cable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import polars as pl

from splinternet.base.shares import UNKNOWN
from splinternet.base.texts import country_called, phrase, phrase_for
from splinternet.brief.words import count
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.ties import tabulate
from splinternet.supply.ban_words import is_told, share_words
from splinternet.supply.cables import international_cables, landings
from splinternet.supply.figures import Figure, share_figures, supplies
from splinternet.supply.holdings import holdings
from splinternet.supply.standing import standing
from splinternet.supply.weights import operator_weights
from splinternet.supply.words import figure_words
from splinternet.web.parts import Address, Link, Part

__all__ = ["SupplyFacts"]

#: Columns and rows.
_Table = tuple[tuple[str, ...], tuple[tuple[Link, ...], ...]]


@dataclass(frozen=True)
class SupplyFacts:
    """An actor's supply facts, each an interval from what is known to what is possible.

    Attributes
    ----------
    ledger
        The ledger.
    actor
        Id of the actor.
    address
        Where what is named leads.
    """

    ledger: Ledger
    actor: str
    address: Address

    def finding(self, kind: str) -> str:
        """Say the most of an actor of a kind in half a sentence; empty where nothing is known."""
        match kind:
            case "vendor" | "group":
                return self._vendor_finding()
            case "operator":
                ties = [each for each in supplies(self.ledger) if each.operator == self.actor]
                sure = {each.vendor for each in ties if each.certain}
                maybe = {each.vendor for each in ties} - sure
                told = [phrase("web.supply.holds", vendors=self._names(sure))] if sure else []
                told += [phrase("web.supply.may_hold", vendors=self._names(maybe))] if maybe else []
                return ", ".join(told)
            case "cable":
                return ", ".join(self._cable_finding())
        return ""

    def _cable_finding(self) -> Iterator[str]:
        nations = landings(self.ledger).filter(pl.col("cable") == self.actor)["country"].n_unique()
        if nations:
            yield phrase("web.supply.leads", nations=count(nations, "nation"))
        damaged = tabulate(self.ledger.about(self.actor, ["damages"]))["start"].drop_nulls()
        if times := damaged.n_unique():
            last = damaged.max()
            yield phrase_for("web.supply.damaged", times, number=times, last=last)

    def _vendor_finding(self) -> str:
        held = holdings(self.ledger, self.actor)
        users = [operator for operator, each in held.items() if each.uses]
        nations = {self._actors[each]["country"] for each in users} - {None}
        told = []
        if users:
            told.append(
                phrase(
                    "web.supply.known_at",
                    operators=count(len(users), "operator"),
                    nations=count(len(nations), "nation"),
                )
            )
        found = standing(self.ledger, self.actor)
        for position in ("bans", "restricts"):
            states = found.filter(pl.col("position") == position)["country"].n_unique()
            if states:
                of = count(states, "state")
                told.append(phrase_for(f"web.supply.{position}", states, states=of))
        return ", ".join(told)

    def _names(self, actors: set[str]) -> str:
        return phrase("web.supply.and").join(sorted(self._actors[each]["name"] for each in actors))

    def parts(self, kind: str) -> Iterator[Part]:
        """Yield the parts for an actor of a kind; kinds without supply facts have none."""
        match kind:
            case "vendor" | "group":
                yield from self._of_vendor()
            case "operator":
                yield from self._of_operator()
            case "cable":
                yield from self._of_cable()

    @cached_property
    def _actors(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self.ledger.actors.iter_rows(named=True)}

    def _of_vendor(self) -> Iterator[Part]:
        """Operators on its equipment, shares of it elsewhere, and where states stand."""
        held = holdings(self.ledger, self.actor)
        rows = tuple(
            (
                self._named(operator),
                self._nation(operator),
                Link(phrase(f"web.supply.{_SURE[each.uses]}")),
                Link(share_words(each.share), number=each.share.least),
                self._told(each.statements),
            )
            for operator, each in held.items()
        )
        if rows:
            table: _Table = (_columns("operator", "nation", "uses", "share_of", "by"), rows)
            if not any(is_told(each.share) for each in held.values()):
                table = _without(phrase("web.supply.column.share_of"), *table)
            columns, cells = table
            yield Part(
                phrase("web.supply.operators"),
                phrase("web.supply.intervals"),
                columns=columns,
                rows=cells,
            )
        elsewhere = [f for f in share_figures(self.ledger) if f.vendor == self.actor]
        for part in self._shares(
            phrase("web.supply.elsewhere"), "where", elsewhere, is_holder=True
        ):
            yield replace(part, words="") if rows else part  # it is said above
        yield from self._standing()

    def _standing(self) -> Iterator[Part]:
        found = standing(self.ledger, self.actor)
        if found.height:
            rows = tuple(
                (
                    Link(country_called(country), self.address(f"nation:{country}")),
                    Link(str(position)),
                    Link(phrase(f"web.supply.{_SURE[certain or None]}")),
                    self._told(ids),
                )
                for country, position, certain, ids in sorted(
                    found.iter_rows(), key=lambda row: (country_called(row[0]), row[1])
                )
            )
            columns = _columns("state", "stands", "sure", "by")
            yield Part(phrase("web.supply.states"), columns=columns, rows=rows)

    def _of_operator(self) -> Iterator[Part]:
        """Its part of the nation, and whose equipment it has."""
        country = self._actors[self.actor]["country"]
        part = operator_weights(self.ledger, country).get(self.actor) if country else None
        if part is not None:
            own_part = (
                self._nation(self.actor),
                Link(figure_words(100 * part.part, 100 * part.most, "%")),
                Link(part.dated or UNKNOWN),
                self._told(part.statements),
            )
            yield Part(phrase("web.supply.part"), columns=_columns(*_PART), rows=(own_part,))
        own = [f for f in share_figures(self.ledger) if f.holder == self.actor]
        yield from self._shares(phrase("web.supply.shares"), "vendor", own, is_holder=False)
        ties = [each for each in supplies(self.ledger) if each.operator == self.actor]
        rows = tuple(
            (
                self._named(each.vendor),
                Link(str(each.scope) or phrase("web.supply.all")),
                Link(phrase(f"web.supply.{_SURE[each.certain or None]}")),
                self._told((each.statement,)),
            )
            for each in sorted(ties, key=lambda each: (each.vendor, not each.certain))
        )
        if rows:
            columns = _columns("vendor", "part_of_its", "sure", "by")
            yield Part(phrase("web.supply.vendors"), columns=columns, rows=rows)

    def _of_cable(self) -> Iterator[Part]:
        """The nations that a cable leads to, and how many cables these are known to have."""
        led = landings(self.ledger).filter(pl.col("cable") == self.actor)["country"].unique().sort()
        rows = []
        for code in led:
            every = international_cables(self.ledger, code).height
            rows.append(
                (
                    Link(country_called(code), self.address(f"nation:{code}")),
                    Link(str(every), number=every),
                    Link(phrase("web.supply.cut"), self._cut(code)),
                )
            )
        if rows:
            columns = _columns("nation", "cables", "what_if")
            yield Part(phrase("web.supply.leads_to"), columns=columns, rows=tuple(rows))
        else:
            yield Part(phrase("web.supply.leads_to"), phrase("web.supply.leads_nowhere"))

    def _cut(self, country: str) -> str:
        """Return the address of the answer to what the loss of the cable means for a nation."""
        cut = {
            "country": country,
            "shocks.0.kind": "cut",
            "shocks.0.between.0": f'cable:"{self._actors[self.actor]["name"]}"',
            "shocks.0.between.1": f"country:{country}",
            "run": "1",
        }
        return f"/what-if?{urlencode(cut)}"

    def _shares(
        self, heading: str, column: str, figures: list[Figure], *, is_holder: bool
    ) -> Iterator[Part]:
        """List shares of equipment by their holder, or by their vendor."""
        rows = tuple(
            (
                self._named(each.holder if is_holder else each.vendor),
                Link(str(each.scope) or phrase("web.supply.all")),
                Link(share_words(each.share), number=each.share.least),
                Link(each.dated or UNKNOWN),
                self._told(each.statements),
            )
            for each in sorted(figures, key=lambda each: -each.share.least)
            if not (is_holder and self._actors[each.holder]["kind"] == "operator")
        )
        if rows:
            columns = _columns(column, "part_of", "share", "as_of", "by")
            yield Part(heading, phrase("web.supply.intervals"), columns=columns, rows=rows)

    def _named(self, actor: str) -> Link:
        return Link(self._actors[actor]["name"], self.address(f"actor:{actor}"))

    def _nation(self, actor: str) -> Link:
        code = self._actors[actor]["country"]
        return Link(country_called(code), self.address(f"nation:{code}")) if code else Link(UNKNOWN)

    def _told(self, statements: tuple[str, ...] | list[str]) -> Link:
        """Lead to the statement that a fact rests on, the first of several."""
        if not statements:
            return Link(UNKNOWN)
        said = phrase_for("web.supply.told", len(statements), number=len(statements))
        return Link(said, f"/ledger?id={statements[0]}")


def _without(column: str, columns: tuple[str, ...], rows: tuple[tuple[Link, ...], ...]) -> _Table:
    """Leave a column out, of which nothing is known in any row."""
    at = columns.index(column)
    return columns[:at] + columns[at + 1 :], tuple(row[:at] + row[at + 1 :] for row in rows)


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(phrase(f"web.supply.column.{name}") for name in names)


_PART = ("nation", "part", "as_of", "by")

#: Keys of how sure something is.
_SURE = {True: "yes", None: "maybe", False: "no"}
