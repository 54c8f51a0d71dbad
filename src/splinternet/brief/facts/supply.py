"""Who builds a nation's networks, by a ledger."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from splinternet.brief.facts.asked import Asked
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.supply.exposure import Ban, ban, exposure
from splinternet.ledger.supply.figures import Scope
from splinternet.ledger.supply.gaps import gaps
from splinternet.ledger.supply.holdings import holdings
from splinternet.ledger.supply.intervals import Interval
from splinternet.ledger.supply.overview import overview
from splinternet.ledger.supply.question import Question
from splinternet.ledger.supply.weights import Weights

__all__ = ["MainVendor", "Supplied", "supplied"]


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
    ban, scope
        What a ban of it would do, by the same weights, and to which part of networks: the one of
        which most is known.
    operators
        Names of the operators that are known to use it.
    networks
        AS numbers that these run and the world has.
    sources
        Ids of the works behind it.
    """

    vendor: str
    name: str
    weights: str
    behind: Interval
    ban: Ban
    scope: Scope
    operators: tuple[str, ...]
    networks: tuple[int, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Supplied:
    """Who builds a nation's networks.

    Attributes
    ----------
    figures
        Every supply measure of which something is known, see
        :func:`~splinternet.ledger.supply.overview.overview`.
    gaps
        What is not known, in sentences.
    main
        The vendor that most of the nation is known to be on, if any is.
    """

    figures: pl.DataFrame
    gaps: tuple[str, ...]
    main: MainVendor | None


def supplied(asked: Asked, ledger: Ledger) -> Supplied:
    """Find who builds a nation's networks: all that the ledger knows, of whatever date."""
    question = Question(ledger, asked.country, networks=asked.world.networks)
    return Supplied(
        figures=overview(question), gaps=tuple(gaps(question)), main=_main(asked, ledger, question)
    )


def _main(asked: Asked, ledger: Ledger, question: Question) -> MainVendor | None:
    """Choose the vendor with most of the nation behind it for sure; of equals, most ties."""
    weights = next(iter(question.parts), None)
    vendors = dict(ledger.actors.filter(kind="vendor").select("id", "name").iter_rows())
    known = [vendor for vendor in question.vendors if vendor in vendors]
    if weights is None or not known:
        return None
    networks = asked.world.networks
    behind = {
        vendor: exposure(ledger, asked.country, vendor, weights=weights, networks=networks).behind
        for vendor in known
    }
    ties = [supply.vendor for supply in question.supplies]
    first = min(known, key=lambda each: (-behind[each].least, -ties.count(each), each))
    held = holdings(ledger, first)
    users = [each for each in question.operators if each in held and held[each].uses]
    asns = {asn for operator in users for asn in ledger.asns(operator)}
    here = networks.filter(
        (pl.col("country") == asked.country) & pl.col("asn").is_in(sorted(asns))
    )["asn"]
    scope, found = _ban(asked, ledger, question, first, weights)
    ids = {statement for operator in users for statement in held[operator].statements}
    said = ledger.statements.filter(pl.col("id").is_in(sorted(ids)))["sources"]
    return MainVendor(
        vendor=first,
        name=vendors[first],
        weights=weights,
        behind=behind[first],
        ban=found,
        scope=scope,
        operators=tuple(question.names[each] for each in users),
        networks=tuple(sorted(here)),
        sources=tuple(dict.fromkeys(source for each in said for source in each)),
    )


def _ban(
    asked: Asked, ledger: Ledger, question: Question, vendor: str, weights: Weights
) -> tuple[Scope, Ban]:
    """Ban a vendor from all networks, or from a part of which more is known."""
    scopes = {
        figure.scope
        for figure in question.figures
        if figure.holder in question.operators and all(len(words) <= 1 for words in figure.scope)
    }
    tried = []
    for scope in (Scope(), *sorted(scopes)):
        generation, segment = (words[0] if words else None for words in scope)
        found = ban(
            ledger,
            asked.country,
            vendor,
            weights=weights,
            generation=generation,
            segment=segment,
            networks=asked.world.networks,
        )
        tried.append((scope, found))
    return min(tried, key=lambda each: each[1].replace.width)
