"""Gaps in what is known of a nation's vendors, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from splinternet.base.texts import phrase, phrase_for
from splinternet.ledger.vocabulary import GENERATIONS
from splinternet.supply.cables import international_cables
from splinternet.supply.question import Question
from splinternet.supply.standing import POSITIONS, standing

__all__ = ["coverage", "gaps", "unknown_parts"]

#: Segments in which shares of vendors are asked about.
_PARTS = ("RAN", "core", "optical", "fixed")

#: So many names are told; the rest are counted.
_TOLD = 8


def gaps(question: Question) -> list[str]:
    """Say what of the supply measures is not known, a sentence each."""
    return [*unknown_parts(question), *_parts(question), *_dates(question), *_others(question)]


def unknown_parts(question: Question) -> Iterator[str]:
    """Say of which operators the vendor's share, or the part of the nation, is not known."""
    wanted = [
        f for f in question.figures if question.wants(f.vendor) and question.scope.holds(f.scope)
    ]
    without = [o for o in question.operators if o not in {f.holder for f in wanted}]
    names = _listed(question.names[operator] for operator in without)
    of = question.names[question.asked] if question.asked else phrase("supply.gap.a_vendor")
    if not question.operators:
        key = "operator" if question.only is None else "operator_under"
        yield phrase(f"supply.gap.{key}", nation=question.called)
    elif without:
        yield phrase_for("supply.gap.share", len(without), vendor=of, operators=names)
    users = question.parts.get("users", {})
    missing = [question.names[o] for o in question.operators if o not in users]
    if not users and question.weights in (None, "users"):
        yield phrase("supply.gap.no_users", nation=question.called)
    elif users and missing:
        yield phrase("supply.gap.users", operators=_listed(missing))


def _parts(question: Question) -> Iterator[str]:
    scopes = [f.scope for f in question.figures if question.wants(f.vendor)]
    segments = [s for s in _PARTS if not any(s in scope.segments for scope in scopes)]
    generations = [g for g in GENERATIONS if not any(g in scope.generations for scope in scopes)]
    for what, missing in (("segments", segments), ("generations", generations)):
        if missing:
            yield phrase(f"supply.gap.{what}", parts=", ".join(missing))


def _dates(question: Question) -> Iterator[str]:
    """When shares are of, and whether later ones were left out."""
    dated = sorted({f.dated[:4] for f in question.figures if f.dated and question.wants(f.vendor)})
    if dated:
        yield phrase("supply.gap.years", years=", ".join(dated))
    if question.day is not None:
        later = replace(question, day=None)
        known = {i for f in question.figures for i in f.statements}
        newer = [f for f in later.figures if not known.intersection(f.statements)]
        if newer and any(question.wants(f.vendor) for f in newer):
            yield phrase("supply.gap.later", date=question.day)


def _others(question: Question) -> Iterator[str]:
    cables = international_cables(question.ledger, question.country, question.day).height
    if not question.ledger.sources["id"].str.starts_with("telegeography").any():
        key = "other_cables" if cables else "cables"
        yield phrase(f"supply.gap.{key}", nation=question.called, number=cables)
    if question.asked:
        stands = standing(question.ledger, question.asked, question.day)
        acts = stands.filter(country=question.country)["position"]
        if not set(acts) & set(POSITIONS[:3]):
            name = question.names[question.asked]
            yield phrase("supply.gap.decided", nation=question.called, vendor=name)


def coverage(question: Question) -> str:
    """Say how much the ledger has on a nation: what it tells is this, and not all that there is."""
    own = question.ledger.actors.filter(country=question.country)["id"].implode()
    said = question.ledger.without_deprecated().statements.filter(
        pl.col("subject").is_in(own) | pl.col("object").is_in(own)
    )
    cables = international_cables(question.ledger, question.country, question.day).height
    each = (
        (said.height, "statement"),
        (len(question.operators), "operator"),
        (cables, "international_cable"),
    )
    told = ", ".join(
        phrase_for(f"words.count.{thing}", number, number=f"{number:,}") for number, thing in each
    )
    return phrase("supply.gap.coverage", nation=question.called, told=told)


def _listed(names: Iterable[str]) -> str:
    each = list(names)
    rest = len(each) - _TOLD
    return ", ".join(each[:_TOLD]) + (phrase("supply.more", number=rest) if rest > 0 else "")
