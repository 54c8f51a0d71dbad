"""Equipment in networks, by a ledger: figures of shares, and who supplies whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from splinternet.base.dates import day_of, parse_span, written
from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.vocabulary import GENERATIONS, SEGMENTS
from splinternet.supply.intervals import Interval, hull

__all__ = [
    "EQUIPMENT",
    "GOODS",
    "SEGMENT_WORDS",
    "Figure",
    "Scope",
    "Supply",
    "figure_share",
    "held_for_sure",
    "newest",
    "parse_scope",
    "share_figures",
    "supplies",
    "vendor_groups",
    "vendor_id",
]

#: Segments that are equipment of networks, as opposed to phones, cameras or services.
EQUIPMENT = ("RAN", "core", "optical", "fixed", "telecom-equipment")

#: Goods that are counted by what is sold, as nobody counts what is in use.
GOODS = ("smartphones", "cameras")

#: Segments as people call them, each with the word of the ledger.
SEGMENT_WORDS = {
    "radio": "RAN",
    "core": "core",
    "transport": "optical",
    "fixed access": "fixed",
    "phones": "smartphones",
    "cameras": "cameras",
}

#: Kinds of statement whose figures and ties count as known.
_KNOWN = ("fact", "estimate")

_SUPPLIES = ("contracts", "supplies", "depends_on")

#: Ties that may, but need not, bring a vendor's equipment into networks.
_APPROACHES = ("partners_with", "trials_with")


class Scope(NamedTuple):
    """A part of networks; empty tuples mean no limit."""

    generations: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "; ".join(", ".join(words) for words in self if words)

    def holds(self, inner: Scope) -> bool:
        """Tell whether another scope lies within this one."""
        return all(
            not allowed or (words and set(words) <= set(allowed))
            for words, allowed in zip(inner, self, strict=True)
        )

    def touches(self, other: Scope) -> bool:
        """Tell whether the two have a part of networks in common."""
        return all(
            not one or not two or set(one) & set(two) for one, two in zip(self, other, strict=True)
        )

    @property
    def is_goods(self) -> bool:
        """Whether it is of goods that people buy alone, not of networks."""
        return bool(self.segments) and set(self.segments) <= set(GOODS)

    @property
    def words(self) -> str:
        """Name of it, as people say: ``4G radio networks``."""
        called = {segment: word for word, segment in SEGMENT_WORDS.items()}
        segments = " and ".join(called.get(each, each) for each in self.segments)
        each = " ".join(part for part in (", ".join(self.generations), segments) if part)
        if self.is_goods:
            return each
        return f"{each} networks" if each else "networks of all kinds"


@dataclass(frozen=True)
class Figure:
    """A vendor's share of the equipment that a holder has, as the newest statements give it.

    Attributes
    ----------
    vendor, holder
        Ids of a vendor or group of vendors, and of an operator, state, region or market.
    share
        Part of the equipment, 0 to 1; from the least to the most that these statements allow.
    dated
        When, as exactly as it is known; None if not at all.
    statements
        Ids of the statements.
    """

    vendor: str
    holder: str
    scope: Scope
    share: Interval
    dated: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Supply:
    """A vendor's equipment in an operator's networks, of no known share.

    ``certain`` says that a contract, supply or dependence is stated as a fact or estimate, and that
    it held for sure on the day. Agreements and trials are never certain.
    """

    vendor: str
    operator: str
    scope: Scope
    certain: bool
    statement: str

    def is_for_sure_in(self, scope: Scope) -> bool:
        """Tell whether it is known to reach into a part of the networks."""
        return self.certain and all(
            not asked or set(asked) & set(own) for asked, own in zip(scope, self.scope, strict=True)
        )


def parse_scope(generation: str | None, segment: str | None) -> Scope:
    """Make a scope of one generation and one segment, in either spelling; None is no limit.

    Raises
    ------
    MisuseError
        If there is no such generation or segment.
    """
    segment = segment and SEGMENT_WORDS.get(segment, segment)
    for what, given, known in (
        ("generation", generation, GENERATIONS),
        ("segment", segment, tuple(SEGMENTS)),
    ):
        if given is not None and given not in known:
            raise MisuseError.unknown(what, given, known, f"one of {', '.join(known)}")
    return Scope((generation,) if generation else (), (segment,) if segment else ())


def vendor_id(ledger: Ledger, text: str) -> str:
    """Find the vendor, company or group that an id, name or alias means.

    Raises
    ------
    MisuseError
        If there is none, more than one, or it is something else.
    """
    found = ledger.actor(text)
    kind = dict(ledger.actors.select("id", "kind").iter_rows())[found]
    if kind not in ("vendor", "company", "group"):
        raise MisuseError(f"{text!r} is no vendor but of kind {kind!r}; give one such as Huawei")
    return found


def vendor_groups(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Return the groups that have shares of equipment, and the vendors they sum up.

    A group stands for the vendors of its country.
    """
    shared = set(_said(ledger, ["vendor_share"])["subject"])
    groups = ledger.actors.filter((pl.col("kind") == "group") & pl.col("country").is_not_null())
    vendors = ledger.actors.filter(pl.col("kind") == "vendor")
    return {
        group: frozenset(vendors.filter(pl.col("country") == country)["id"])
        for group, country in groups.select("id", "country").iter_rows()
        if group in shared
    }


def share_figures(ledger: Ledger, day: str | date | None = None) -> list[Figure]:
    """Return vendors' shares of equipment, the newest of each vendor, holder and scope.

    Only facts and estimates count, and of those only what is of ``day`` or earlier: a figure stands
    until there is a newer one. Figures of one date are joined in the interval that holds all.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    rows: dict[tuple[str, str, Scope], list[dict[str, Any]]] = defaultdict(list)
    for row in _said(ledger, ["vendor_share", "depends_on"]).iter_rows(named=True):
        if row["unit"] == "%":
            ends = row["subject"], row["object"]
            vendor, holder = ends if row["predicate"] == "vendor_share" else ends[::-1]
            rows[vendor, holder, _scope(row)].append(row)
    found = []
    for (vendor, holder, scope), each in rows.items():
        if chosen := newest(each, day):
            share = hull(figure_share(row) for row in chosen)
            ids = tuple(row["id"] for row in chosen)
            found.append(Figure(vendor, holder, scope, share, _dated(chosen[0]), ids))
    return found


def newest(rows: Iterable[Mapping[str, Any]], day: str | date | None) -> list[Mapping[str, Any]]:
    """Keep the rows that begin last of those that begin by a day; None is any day.

    A statement without a start comes first of all.
    """
    last = date.max if day is None else day_of(day)
    begun = [row for row in rows if (row["start"] or date.min) <= last]
    start = max((row["start"] or date.min for row in begun), default=None)
    return [row for row in begun if (row["start"] or date.min) == start]


def figure_share(row: Mapping[str, Any]) -> Interval:
    """Return a statement's per cent as a share; a bound that is not given is 0 or 1."""
    low, high = row["value_low"], row["value_high"]
    return Interval(0.0 if low is None else low / 100, 1.0 if high is None else high / 100)


def supplies(ledger: Ledger, day: str | date | None = None) -> list[Supply]:
    """Return which vendors' equipment operators have, or may have after an agreement or trial.

    ``day`` is the day they are asked of; without one, what has no end counts.

    Raises
    ------
    MisuseError
        If ``day`` is no day.
    """
    when = date.max if day is None else day_of(day)
    kinds = dict(ledger.actors.select("id", "kind").iter_rows())
    told = _said(ledger.as_of(when), (*_SUPPLIES, *_APPROACHES), kinds=None)
    return [supply for row in told.iter_rows(named=True) for supply in _supply(row, kinds, when)]


def held_for_sure(row: Mapping[str, Any], day: date) -> bool:
    """Tell whether what may have held on a day did so whatever its dates mean exactly."""
    if row["kind"] not in _KNOWN or row["start"] is None:
        return False
    begun = parse_span(written(row["start"], row["start_precision"])).last
    over = row["end"] and parse_span(written(row["end"], row["end_precision"])).first
    return begun <= day and (over is None or over >= day)


def _supply(row: Mapping[str, Any], kinds: Mapping[str, str], when: date) -> Iterator[Supply]:
    ends = row["subject"], row["object"]
    is_equipment = not row["segments"] or set(row["segments"]) & set(EQUIPMENT)
    certain = row["predicate"] in _SUPPLIES and held_for_sure(row, when)
    for vendor, operator in (ends, ends[::-1]):
        if is_equipment and kinds[vendor] in ("vendor", "group") and kinds[operator] == "operator":
            yield Supply(vendor, operator, _scope(row), certain, row["id"])


def _said(
    ledger: Ledger, predicates: Iterable[str], kinds: tuple[str, ...] | None = _KNOWN
) -> pl.DataFrame:
    """Statements that count, of some predicates and kinds."""
    rows = ledger.without_deprecated().statements
    kept = pl.col("predicate").cast(pl.String).is_in(list(predicates))
    if kinds is not None:
        kept &= pl.col("kind").cast(pl.String).is_in(kinds)
    return rows.filter(kept)


def _scope(row: Mapping[str, Any]) -> Scope:
    return Scope(tuple(row["generations"]), tuple(row["segments"]))


def _dated(row: Mapping[str, Any]) -> str | None:
    return written(row["start"], row["start_precision"]) if row["start"] else None
