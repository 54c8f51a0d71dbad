"""A ledger: dated statements about actors, with their sources and disputes, as frozen tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from splinternet.base.countries import known_country
from splinternet.base.dates import day_of
from splinternet.base.errors import AmbiguousError, MisuseError, most_alike
from splinternet.base.html import html_facts
from splinternet.base.texts import phrase
from splinternet.ledger.schema import TABLES
from splinternet.ledger.vocabulary import PREDICATES

__all__ = ["Ledger"]

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, eq=False)
class Ledger:
    """Ledger of ties between actors, and who says so.

    Attributes
    ----------
    title
        What the ledger is about.
    actors, statements, sources
        Tables as declared in :mod:`splinternet.ledger.schema`.
    notes
        What whoever uses it must know: its licence, the attributions its sources ask for.

    Raises
    ------
    MisuseError
        If a table is not as declared.

    Examples
    --------
    >>> open_ledger().about("Huawei").as_of("2019-11-30").named >= {"huawei", "us"}
    True
    """

    title: str
    actors: pl.DataFrame
    statements: pl.DataFrame
    sources: pl.DataFrame
    notes: tuple[str, ...] = ()
    _memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for name, table in TABLES.items():
            if not table.fits(getattr(self, name)):
                raise MisuseError(f"the table {name} does not have the columns of its declaration")

    def __repr__(self) -> str:
        return (
            f"<Ledger {self.title}: {self.statements.height:,} statements about "
            f"{len(self.named):,} actors from {self.sources.height:,} sources>"
        )

    def _repr_html_(self) -> str:
        """Table of what the ledger holds, for notebooks."""
        kinds = self.statements.group_by("predicate").len().sort("len", descending=True)
        facts = {
            phrase("notebook.ledger.statements"): f"{self.statements.height:,}",
            phrase("notebook.ledger.actors"): f"{len(self.named):,}",
            phrase("notebook.ledger.sources"): f"{self.sources.height:,}",
            phrase("notebook.ledger.most"): ", ".join(
                f"{name} ({many})" for name, many in kinds.head(5).iter_rows()
            ),
        }
        return html_facts(phrase("notebook.ledger.heading", ledger=self.title), facts)

    @property
    def named(self) -> frozenset[str]:
        """Ids of the actors that statements name."""
        return frozenset(self.statements["subject"]) | set(self.statements["object"].drop_nulls())

    def as_of(self, day: str | date) -> Ledger:
        """Keep the statements that held on a day, as far as their dates tell.

        How long a statement holds is a matter of its predicate, see
        :class:`splinternet.ledger.vocabulary.Predicate`. A date known to the month or year may be
        any day of it. A missing start may be any earlier day; a missing end of a lasting tie
        means that it goes on. Knowledge found out later counts: see :meth:`known_by`.

        Raises
        ------
        MisuseError
            If ``day`` is no day, such as 2019-02-30.
        """
        when = pl.lit(day_of(day))
        begun = pl.col("start").is_null() | (pl.col("start") <= when)
        over = (
            pl.when(_span() == "period")
            .then(pl.coalesce("end", _last_day("start")))
            .when(_span() == "lasting")
            .then("end")  # an event is never over
        )
        return self._with(begun & (over.is_null() | (over >= when)))

    def begun(self, day: str | date) -> frozenset[str]:
        """Ids of the statements that count and began by a day, over by then or not.

        These may have taken another's place; a missing start may be any earlier day.

        Raises
        ------
        MisuseError
            If ``day`` is no day.
        """
        by_then = pl.col("start").is_null() | (pl.col("start") <= day_of(day))
        return frozenset(self.without_deprecated()._with(by_then).statements["id"])

    def known_by(self, day: str | date) -> Ledger:
        """Keep the statements that could be known on a day: those of a source issued by then.

        A source known to be of a month or a year counts from its last day. One without a date of
        issue counts from the day it was looked up; without that too, it never does. Later sources
        of a statement that stays are left out of it. Words said by then, not what held: see
        :meth:`as_of`.

        Raises
        ------
        MisuseError
            If ``day`` is no day, such as 2019-02-30.
        """
        out_by = pl.coalesce("issued", "accessed") <= day_of(day)
        known = self.sources.filter(out_by)["id"].implode()
        element = pl.element()
        named = pl.col("sources").list.eval(element.filter(element.is_in(known)))
        statements = self.statements.with_columns(named).filter(pl.col("sources").list.len() > 0)
        return replace(self, statements=statements)

    def without_deprecated(self) -> Ledger:
        """Keep the statements that count."""
        return replace(self, statements=self._counting.clone())

    @cached_property
    def _counting(self) -> pl.DataFrame:
        return self.statements.filter(pl.col("status") != "deprecated")

    def about(
        self, actor: str, predicates: Iterable[str] = (), besides: pl.Expr | bool = False
    ) -> Ledger:
        """Keep the statements of which an actor is subject or object.

        Parameters
        ----------
        actor
            Its id, name or alias, see :meth:`actor`.
        predicates
            Keep only statements of these, or of one; all by default.
        besides
            Condition on other statements that bear on it.

        Raises
        ------
        MisuseError
            If there is no such actor or predicate, or the name may mean several actors.
        """
        whom = self.actor(actor)
        several = isinstance(predicates, Iterable) and not isinstance(predicates, str)
        wanted: list[Any] = list(predicates) if several else [predicates]
        for predicate in wanted:
            if not isinstance(predicate, str) or predicate not in PREDICATES:
                hint = f"one of {', '.join(PREDICATES)}"
                raise MisuseError.unknown("predicate", predicate, PREDICATES, hint)
        names = (pl.col("subject") == whom) | (pl.col("object") == whom).fill_null(False)
        kept = pl.col("predicate").cast(pl.String).is_in(wanted or list(PREDICATES))
        return self._with((names | besides) & kept)

    def actor(self, text: str) -> str:
        """Find the id of the actor that an id, name or alias means, in any case.

        A nation is found by each of its names, in other languages too.

        Raises
        ------
        MisuseError
            If there is none, or more than one.
        """
        if not isinstance(text, str):
            raise MisuseError(f"{text!r} is no actor; give an id, a name or an alias")
        asked = text.strip().casefold()
        if asked in self.actors["id"]:
            return asked
        spellings = self._spellings()
        found = [actor for actor, names in spellings.items() if asked in map(str.casefold, names)]
        if len(found) > 1:
            raise AmbiguousError(text, found)
        if not found:
            nation = (known_country(text) or "").lower()
            if nation not in self.actors["id"]:
                raise self._unknown(text)
            return nation
        return found[0]

    def _unknown(self, text: str) -> MisuseError:
        """Say that nobody is called so, and by their names who may be meant."""
        known = {
            each.casefold(): names[1] for names in self._spellings().values() for each in names
        }
        near = dict.fromkeys(known[each] for each in most_alike(text.casefold(), known))
        return MisuseError.unmatched("actor", text, list(near), "give an id, a name or an alias")

    def derived(self, kind: str, make: Callable[[], _Answer]) -> _Answer:
        """Answer that follows from this ledger alone: made once, kept by it and gone with it.

        Whoever gets it must not change it.

        Parameters
        ----------
        kind
            What is asked, in a word or two; no other question has it.
        make
            Computes the answer.
        """
        if kind not in self._memo:
            self._memo[kind] = make()
        found: _Answer = self._memo[kind]
        return found

    def asns(self, actor: str) -> list[int]:
        """Return the AS numbers of the networks that an actor, by its id, operates."""
        return sorted(self._operated.get(actor, ()))

    @cached_property
    def _operated(self) -> dict[str, set[int]]:
        """AS numbers of the networks that actors operate."""
        runs = self.statements.filter(pl.col("predicate") == "operates").select("subject", "object")
        networks = self.actors.filter(pl.col("asn").is_not_null()).select("id", "asn")
        found: dict[str, set[int]] = {}
        for actor, asn in (
            runs.join(networks, left_on="object", right_on="id")
            .select("subject", "asn")
            .iter_rows()
        ):
            found.setdefault(actor, set()).add(asn)
        return found

    def _spellings(self) -> dict[str, list[str]]:
        """Every spelling of every actor, as they are written."""
        rows = self.actors.select("id", "name", "aliases").iter_rows()
        return {actor: [actor, name, *aliases] for actor, name, aliases in rows}

    def _with(self, kept: pl.Expr) -> Ledger:
        return replace(self, statements=self.statements.filter(kept))


def _span() -> pl.Expr:
    """How long a statement holds."""
    spans = {name: predicate.span for name, predicate in PREDICATES.items()}
    return pl.col("predicate").cast(pl.String).replace_strict(spans)


def _last_day(column: str) -> pl.Expr:
    """Last day that a date, stored as its first, may mean."""
    first, precision = pl.col(column), pl.col(f"{column}_precision")
    of_year = pl.date(first.dt.year(), 12, 31)
    return (
        pl.when(precision == "year")
        .then(of_year)
        .when(precision == "month")
        .then(first.dt.month_end())
        .otherwise(first)
    )
