"""Reach of a vendor: the part of a nation that is on its equipment, and behind a ban of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

import polars as pl

from splinternet.base.errors import MisuseError
from splinternet.ledger.ledger import Ledger
from splinternet.supply.figures import Scope, parse_scope
from splinternet.supply.holdings import Holding
from splinternet.supply.intervals import UNKNOWN, Interval, add, hull
from splinternet.supply.question import Question
from splinternet.supply.weights import Weight, Weights

__all__ = [
    "Ban",
    "Terms",
    "VendorReach",
    "ban",
    "banned",
    "national_figures",
    "question_on",
    "reach_asked",
    "vendor_reach",
]


class Terms(TypedDict, total=False):
    """By what operators are weighed, and what figures of their equipment count.

    Attributes
    ----------
    weights, networks
        See :func:`splinternet.supply.weights.operator_weights`; by default users.
    generation, segment
        The part of networks, as ``4G`` and ``RAN``; all of them by default. Only figures of this
        very part count.
    day
        Figures of this day or earlier, the newest of each; supplies that held on it.
    """

    weights: Weights
    generation: str | None
    segment: str | None
    day: str | date | None
    networks: pl.DataFrame | None


def question_on(
    ledger: Ledger, country: str, vendor: str | None, terms: Terms
) -> tuple[Question, Weights, Scope]:
    """Question about a nation by some terms, with the weights and the part of networks meant.

    Raises
    ------
    MisuseError
        If there is no such term, country, generation or segment.
    """
    for name in set(terms) - set(Terms.__annotations__):
        raise MisuseError.unknown("term", name, Terms.__annotations__)
    weights = terms.get("weights", "users")
    question = Question(ledger, country, vendor, weights, terms.get("day"), terms.get("networks"))
    return question, weights, parse_scope(terms.get("generation"), terms.get("segment"))


@dataclass(frozen=True)
class VendorReach:
    """Part of a nation on a vendor's equipment, from 0 to 1.

    Attributes
    ----------
    vendor, country, weights, scope
        What was asked.
    share
        Part of the nation that is on the vendor's equipment: each operator counts with the vendor's
        share of its equipment.
    of_known
        The same, of the operators alone whose part of the nation and whose share are both known;
        None if there is none.
    known
        Part of the nation that these operators have.
    behind
        Part of the nation behind operators that use any of the vendor's equipment.
    statements
        Ids of all statements that this rests on.
    """

    vendor: str
    country: str
    weights: Weights
    scope: Scope
    share: Interval
    of_known: Interval | None
    known: float
    behind: Interval
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Ban:
    """Effect of a ban of a vendor on a nation; each is a part of it, 0 to 1.

    Attributes
    ----------
    strand
        At operators that have nothing but the vendor's equipment.
    replace
        On the vendor's equipment at operators that have other equipment too.
    unaffected
        On other equipment.
    alternatives
        On other equipment at operators that use the vendor's: the alternatives already in place.
        A part of ``unaffected``.
    statements
        Ids of all statements that this rests on.
    """

    strand: Interval
    replace: Interval
    unaffected: Interval
    alternatives: Interval
    statements: tuple[str, ...]


def vendor_reach(
    ledger: Ledger,
    country: str,
    vendor: str,
    **terms: Unpack[Terms],
) -> VendorReach:
    """Part of a nation that is on a vendor's equipment.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code of the nation.
    vendor
        Id, name or alias of a vendor or group.
    terms
        By what operators are weighed, and what figures count, see :class:`Terms`.

    Returns
    -------
    VendorReach
        Operators of unknown weight or share are the width of its intervals.

    Raises
    ------
    MisuseError
        If there is no such country, vendor, generation, segment, day or weights.

    Notes
    -----
    The sum over operators of their part of the nation's users times the vendor's share of their
    equipment is how Strand Consult counts Chinese equipment in Europe's 4G networks ("Understanding
    the market for 4G RAN in Europe", 2020). The intervals are our own.
    """
    return reach_asked(*question_on(ledger, country, vendor, terms))


def reach_asked(question: Question, weights: Weights, scope: Scope) -> VendorReach:
    """Part of a nation that is on the equipment of the vendor that is asked for.

    Raises
    ------
    MisuseError
        If no vendor is asked for, or see :func:`vendor_reach`.
    """
    each, rest = _weighed(question, weights, scope)
    known = [(w, h) for w, h in each if h.share != UNKNOWN]
    covered = sum(weight.part for weight, _ in known)
    summed = add(held.share.scaled(weight.part) for weight, held in known)
    return VendorReach(
        vendor=question.vendor_asked,
        country=question.country,
        weights=weights,
        scope=scope,
        share=add([*(h.share.scaled(w.part) for w, h in each), rest]),
        of_known=summed.scaled(1 / covered) if covered else None,
        known=covered,
        behind=add([*(_use(held).scaled(weight.part) for weight, held in each), rest]),
        statements=_statements(each),
    )


def ban(
    ledger: Ledger,
    country: str,
    vendor: str,
    **terms: Unpack[Terms],
) -> Ban:
    """Parts that a ban of a vendor would strand, replace and leave unaffected.

    Parameters and errors are those of :func:`vendor_reach`. The definitions are our own: that all
    equipment of the vendor has to go at once, and nothing new is there yet.
    """
    return banned(*question_on(ledger, country, vendor, terms))


def banned(question: Question, weights: Weights, scope: Scope) -> Ban:
    """Parts that a ban of the vendor asked for would strand, replace and leave unaffected.

    Raises
    ------
    MisuseError
        If no vendor is asked for, or see :func:`vendor_reach`.
    """
    each, rest = _weighed(question, weights, scope)
    parts = [tuple(p.scaled(weight.part) for p in _banned(held)) for weight, held in each]
    parts.append((rest,) * 4)
    strand, replace, unaffected, alternatives = (add(column) for column in zip(*parts, strict=True))
    return Ban(strand, replace, unaffected, alternatives, _statements(each))


def national_figures(question: Question, scope: Scope) -> dict[str, Interval]:
    """Shares of equipment that are published for a nation as a whole, by vendor or group."""
    return {
        figure.vendor: figure.share
        for figure in question.figures
        if figure.holder == question.country.lower() and figure.scope == scope
    }


def _weighed(
    question: Question, weights: Weights, scope: Scope
) -> tuple[list[tuple[Weight, Holding]], Interval]:
    """Return operators' parts of the nation and of the vendor, and what nobody is known to have.

    Where only some operators are asked of, the rest is not.
    """
    parts = question.parts_by(weights)
    each = [
        (weight, question.holding(operator, question.vendor_asked, scope))
        for operator, weight in parts.items()
    ]
    left = 0.0 if question.only is not None else 1 - sum(weight.part for weight in parts.values())
    return each, Interval(0.0, max(0.0, left))


def _use(held: Holding) -> Interval:
    """Part of an operator's users that are behind it as one that uses the vendor: none or all."""
    return UNKNOWN if held.uses is None else Interval(held.uses, held.uses)


def _banned(held: Holding) -> tuple[Interval, Interval, Interval, Interval]:
    """Fate of an operator's users: stranded, replaced, unaffected, with an alternative."""
    least, most = held.share
    other = Interval(1 - most, 1 - least)
    nothing, all_of_it = Interval(0.0, 0.0), Interval(1.0, 1.0)
    if least == 1:
        return all_of_it, nothing, nothing, nothing
    if most == 0:
        return nothing, nothing, all_of_it, nothing
    strand = UNKNOWN if most == 1 else nothing
    replace = Interval(0.0, 1.0) if most == 1 else held.share
    alternatives = other if held.uses else hull([nothing, other])
    return strand, replace, other, alternatives


def _statements(each: list[tuple[Weight, Holding]]) -> tuple[str, ...]:
    ids = [i for weight, held in each for i in (*weight.statements, *held.statements)]
    return tuple(dict.fromkeys(ids))
