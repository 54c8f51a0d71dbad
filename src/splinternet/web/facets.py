"""Facets of statements: how many there are of each value of a column, and links to choose one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from splinternet.base.texts import phrase
from splinternet.web.statements import Filters

__all__ = ["Facet", "Value", "facets"]

#: Values of a facet.
_MOST = 10


@dataclass(frozen=True)
class Value:
    """A value, how many statements have it, the query that chooses it, or drops it if chosen."""

    text: str
    many: int
    query: str
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A column, in words, its most frequent values, and how many more there are."""

    heading: str
    values: tuple[Value, ...]
    more: int


def facets(table: pl.DataFrame, filters: Filters, contradicted: Collection[str]) -> Iterator[Facet]:
    """Count statements by actor, tie, year, kind, and whether they are among those contradicted."""
    against = table["id"].is_in(contradicted)
    known = (
        ("actor", pl.concat([table["subject"], table["object"].drop_nulls()])),
        ("predicate", table["predicate"]),
        ("year", table["start"].drop_nulls().str.head(4)),
        ("kind", table["kind"]),
        ("disputed", against.replace_strict({True: "yes", False: "no"})),
    )
    for field, column in known:
        heading = phrase(f"web.facets.{field}")
        if chosen := str(getattr(filters, field)):
            dropped = filters.query(**{field: "", "page": 1})
            yield Facet(heading, (Value(_words(chosen), table.height, dropped, True),), 0)
        elif len(column):
            yield _counted(field, heading, column, filters)


def _counted(field: str, heading: str, column: pl.Series, filters: Filters) -> Facet:
    """Count the values of a column, the most frequent first."""
    counted = column.alias("value").value_counts().sort("count", "value", descending=[True, False])
    values = tuple(
        Value(_words(value), many, filters.query(**{field: value, "page": 1}))
        for value, many in counted.head(_MOST).iter_rows()
    )
    return Facet(heading, values, counted.height - len(values))


def _words(value: str) -> str:
    return value.replace("_", " ")
