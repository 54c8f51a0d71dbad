"""A measure: everything that is known of it, declared in its own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any, Literal

import polars as pl

from splinternet.base.columns import Column
from splinternet.base.takes import Takes

__all__ = [
    "ASN",
    "COUNTRY",
    "DOUBT",
    "NAME",
    "OBSERVED",
    "Figure",
    "Measure",
    "Rows",
    "count_column",
    "share_column",
]

#: Columns that tables of many measures have.
ASN = Column("asn", pl.UInt32(), "The network, by its number.", label="AS number")
NAME = Column("name", pl.String(), "Its name.", optional=True)
COUNTRY = Column("country", pl.String(), "Where it is registered.", optional=True)
DOUBT = Column("doubt", pl.String(), "Why the share is not sure.", optional=True)


def share_column(name: str, doc: str, label: str = "") -> Column:
    """Column of shares, from 0 to 1; null where there is nothing to share."""
    return Column(name, pl.Float64(), doc, "share", optional=True, label=label)


def count_column(name: str, doc: str, unit: str, label: str = "") -> Column:
    """Column of whole numbers; null where they are not known."""
    return Column(name, pl.Int64(), doc, unit, optional=True, label=label)


#: Columns that stand beside what is modelled, where both kinds of paths are asked for.
OBSERVED = (
    share_column("observed", "The same of observed paths."),
    share_column("difference", "Observed less modelled.", "observed less modelled"),
)


@dataclass(frozen=True)
class Figure:
    """One figure of a nation that a measure gives: a column of a table of many nations.

    Attributes
    ----------
    name
        For files and programs.
    unit
        ``share``, ``networks``, ``links``, ``ASN``, ``country``, ``text``, or none.
    doc
        What it is, in a line.
    label
        The same in plain words of one nation, as a page has it; by default ``doc``.
    headline
        Its place among the few figures that a brief begins with and follows over time, from 1; 0
        if it is none of them.
    dated
        Its place among those whose changes between two dates a page tells, from 1; 0 if it is none.
    mapped
        Its place among those that a map of all nations shows, from 1; 0 if it is none.
    of_others
        Whether it is of other rows than those that rank first.
    """

    name: str
    unit: str
    doc: str
    label: str = ""
    headline: int = 0
    dated: int = 0
    mapped: int = 0
    of_others: bool = False

    @property
    def words(self) -> str:
        """Plain words for it."""
        return self.label or self.doc

    @property
    def is_number(self) -> bool:
        """Whether it can be compared and drawn."""
        return self.unit not in ("ASN", "country", "text")


@dataclass(frozen=True)
class Rows:
    """Rows of a measure's table that stay beside its figures in an atlas.

    Attributes
    ----------
    least
        The column that must have 1 % for a row to stay; None where a nation has a handful.
    key, ranked
        Where figures are of the largest row: the column that names a row, and those that a
        scenario moves, of which the first ranks; else empty.
    """

    least: str | None = None
    key: str = ""
    ranked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """Measure, as published, of how dependent, exposed or fragile a nation's Internet is.

    Attributes
    ----------
    name
        One word, as the command line has it.
    title
        A few words, as a form has them.
    question
        What it answers, in plain words.
    source
        Who defined it, and where.
    table
        The function: a world, a country and options by keyword give a polars frame. Its docstring
        is the measure's documentation.
    takes
        The choices, and options of its own, that it leaves open.
    figures
        What is left of the table in a list of nations.
    summary
        Gives those figures, by name, from the table and the country's code; None where there is
        nothing to measure.
    settle
        Takes what the function takes and gives, as options, what it would choose by default on
        this world (its clique, say), for measuring another world by the same.
    columns
        Every column that the table can have: some are there only by some choices.
    quick
        Whether it takes a second or less on the Internet of today.
    on_request
        Whether it is left out where no measure is named, since it would take most of the time.
    alone
        The same as a question of its own, which may be asked with more than its figures are; by
        default it is no other.
    rows
        The rows of its table that an atlas keeps beside the figures; none by default.
    by_rule
        Whether ranges of its figures by other rules are computed where they are asked for:
        ``network``, by every weighting too; ``state``, by the asked one alone, as it takes long.
    to_all
        Whether it may ask for routes from a nation to everybody, by the usual choices: where many
        nations are asked for, these are computed once for all.
    """

    name: str
    title: str
    question: str
    source: str
    table: Callable[..., pl.DataFrame]
    takes: Takes
    figures: tuple[Figure, ...]
    summary: Callable[[pl.DataFrame, str], Mapping[str, Any]]
    settle: Callable[..., dict[str, Any]] | None = None
    columns: tuple[Column, ...] = ()
    quick: bool = False
    on_request: bool = False
    alone: Measure | None = None
    rows: Rows | None = None
    by_rule: Literal["", "network", "state"] = ""
    to_all: bool = True

    @property
    def asked_alone(self) -> Measure:
        """The measure as it is where it is asked by itself."""
        return self.alone or self

    @property
    def options(self) -> dict[str, Any]:
        """Names of the choices and options that it leaves open, and what each is by default."""
        parameters = signature(self.table).parameters
        return {
            **self.takes.defaults,
            **{name: parameters[name].default for name in self.takes.own},
        }

    @property
    def naming(self) -> frozenset[str]:
        """Columns that name a row: ``asn``, and all that have no unit; the others are figures."""
        return frozenset({"asn", *(each.name for each in self.columns if not each.unit)})

    @property
    def tells_progress(self) -> bool:
        """Whether the function takes ``progress``."""
        return "progress" in signature(self.table).parameters

    def only(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Leave the options that it takes."""
        known = {*self.takes.names, *self.takes.own}
        if self.tells_progress:
            known.add("progress")
        return {name: value for name, value in options.items() if name in known}
